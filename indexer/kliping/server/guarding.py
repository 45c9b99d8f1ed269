"""What stands before every route: who may ask, and what every response says to a browser.

One place for the API and for pages. The policy lets a page load what this server has, and nothing
else: no script or style within a page, no frame around it, no form that goes elsewhere.
"""

from __future__ import annotations

import hmac
from base64 import b64decode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping.server.problems import Problem
from kliping.server.settings import Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
SAID = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
# Whoever watches over the server asks this, and learns nothing else.
OPEN = frozenset({"/healthz"})
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="kliping", Basic realm="kliping"'}


class Headers:
    """Adds to every response what it says to a browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response with more headers."""

        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *SAID]
            await send(message)

        await self._app(scope, receive, saying)


class Guard:
    """Lets those in who know the token, and address the server by one of its names."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._token = settings.token.encode() if settings.token else None
        self._hosts = frozenset(settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why not."""
        if scope["type"] == "http" and scope["path"] not in OPEN and (why := self._refusal(scope)):
            await why.response()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = dict(scope["headers"])
        if self._hosts and _name(headers.get(b"host", b"")) not in self._hosts:
            # Else a page of another site whose name is made to mean this machine could read it.
            return Problem(421, "this server is not known by that name; see serve --public")
        if self._token is None:
            return None
        given = _credential(headers.get(b"authorization", b""))
        if hmac.compare_digest(given, self._token):
            return None
        detail = "give the token: Authorization: Bearer TOKEN, or as a password in a browser"
        return Problem(401, detail, headers=_CHALLENGE)


def _name(host: bytes) -> str:
    """Return a host without its port."""
    text = host.decode("latin-1").lower()
    return text.partition("]")[0] + "]" if text.startswith("[") else text.partition(":")[0]


def _credential(header: bytes) -> bytes:
    """Return what a request gives as the token: bearer's, or the password of any user."""
    scheme, _, value = header.partition(b" ")
    if scheme.lower() == b"bearer":
        return value.strip()
    if scheme.lower() == b"basic":
        try:
            return b64decode(value.strip(), validate=True).partition(b":")[2]
        except ValueError:
            return b""
    return b""
