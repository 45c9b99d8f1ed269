"""An index over HTTP: an API, and pages for people, with limits that hold under load.

``app.create_app`` makes the ASGI application: routes, and what guards them. An endpoint is a row of
``api.ENDPOINTS``: its parameters are a class (``parameters``), its answer's form is the library's
own (:mod:`kliping.json_forms`), and ``openapi`` describes both. ``asking`` hands questions to the
index in threads, ``problems`` are what goes wrong, ``guarding`` is what every response has.

Nothing here is imported by ``import kliping``; it needs the extra ``server``.
"""
