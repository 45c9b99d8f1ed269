"""What every regular expression of the package costs on text that was made to cost much.

``collecting`` finds them, ``pumping`` makes such text out of their own pieces and measures,
``bounds`` says which may cost more than a line, and why. ``python -m tests.regexes`` asks a
checker of the field for more text (``make check``); ``tests/test_regexes.py`` makes do without.
"""
