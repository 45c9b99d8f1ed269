"""A page as a browser saves it with all that belongs to it."""

from __future__ import annotations

import base64
import quopri

from tests.corpus.containers.holding import url


def mhtml(markup: str, *, encoding: str = "quoted-printable", charset: str = "utf-8") -> bytes:
    data = markup.encode(charset)
    packed = quopri.encodestring(data) if encoding != "base64" else base64.encodebytes(data)
    return (
        b"From: <Saved by Blink>\r\n"
        b"Snapshot-Content-Location: " + url(1).encode() + b"\r\n"
        b"Subject: Jembatan\r\nDate: Mon, 1 Jan 2001 00:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n'
        b"------B\r\nContent-Type: text/html; charset=" + charset.encode() + b"\r\n"
        b"Content-ID: <frame-1@mhtml.blink>\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n"
        b"Content-Location: " + url(1).encode() + b"\r\n\r\n" + packed + b"\r\n------B\r\n"
        b"Content-Type: text/html\r\nContent-Location: https://iklan.example/\r\n\r\n"
        b"<html><body><p>Belanja murah!</p></body></html>\r\n------B--\r\n"
    )
