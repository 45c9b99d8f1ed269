"""Containers of invented articles, made by the tests that read them."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

TITLE = "Jembatan Bambu Sungai Lirih Dibuka"
SENTENCES = (
    "Warga Lembah Wening membuka jembatan bambu sepanjang 42 meter di atas Sungai Lirih, Selasa.",
    "Anak-anak tidak lagi menyeberang dengan rakit, kata Ningsih Wardani, ketua rukun warga.",
    "Sebanyak 60 orang bekerja bergantian selama sebelas hari di bawah hujan yang tidak berhenti.",
    "Pemerintah kabupaten menjanjikan jembatan beton, tetapi lelangnya baru dibuka tahun depan.",
)
BODY = "\n\n".join(SENTENCES)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
SITE = "https://www.kabarwening.example"


def page(number: int = 1, *, head: str = "", paragraphs: str = PARAGRAPHS) -> str:
    """Return a page with an article of its own."""
    title = f"{TITLE} {number}"
    return (
        f"<!doctype html><html lang='id'><head><meta charset='utf-8'><title>{title}</title>{head}"
        f"</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, str | bytes], *, packed: bool = False) -> bytes:
    """Return a tar of these files, as .tar.gz if it is packed."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, text in members.items():
            data = text.encode() if isinstance(text, str) else text
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue()) if packed else out.getvalue()


def http(body: str | bytes, *, kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    """Return an answer of a web server."""
    data = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nDate: Mon, 01 Jan 2001 00:00:00 GMT\r\n"
    return (head + more + "\r\n").encode() + data


def record(url: str, block: bytes, *, kind: str = "response") -> bytes:
    """Return one record of a WARC."""
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2001-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def warc(blocks: Iterable[bytes], *, packed: bool = False) -> bytes:
    """Return a WARC of records, each a member of its own if it is packed."""
    first = record("urn:x", b"software: uji\r\n", kind="warcinfo")
    records = [first.replace(b"WARC-Target-URI: urn:x\r\n", b""), *blocks]
    return b"".join(map(gzip.compress, records) if packed else records)
