"""Newsletters: the message is the article, in whatever form and envelope it comes."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from kliping.corpus.formats import sniff
from tests.corpus.containers.holding import Folder
from tests.corpus.containers.making import SENTENCES

_TITLE = "Jembatan bambu selesai dibangun"
_PLAIN = "\n\n".join(["Lihat di peramban: https://contoh.id/surat/7", *SENTENCES])
_HTML = (
    "<html><head><title>x</title><style>p {}</style></head><body>"
    "<div style='display:none'>Cuplikan yang tersembunyi di kotak masuk.</div>"
    "<table><tr><td><a href='https://contoh.id/7'>Lihat di peramban</a></td></tr><tr><td>"
    + "".join(f"<p>{text}</p>" for text in SENTENCES)
    + "</td></tr><tr><td>Bosan? <a href='x'>Berhenti berlangganan</a></td></tr></table></body>"
)


def message(*, plain: str = "", markup: str = "", **headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {
        "From": '"Kabar Wening" <surat@kabarwening.example>',
        "To": "rina@contoh.example",
        "Subject": _TITLE,
        "Date": "Mon, 11 Mar 2024 09:15:00 +0700",
        "Message-ID": "<7@kabarwening.example>",
    } | headers
    for name, value in told.items():
        made[name] = value
    if plain:
        made.set_content(plain, cte="quoted-printable")
    if markup and plain:
        made.add_alternative(markup, subtype="html", cte="quoted-printable")
    elif markup:
        made.set_content(markup, subtype="html", cte="base64")
    return made


def forwarded(rule: str, names: tuple[str, str, str, str]) -> EmailMessage:
    sender, day, subject, to = names
    head = (
        f"{rule}\n{sender}: Kabar Wening <surat@kabarwening.example>\n{day}: 11 Maret 2024 09.15\n"
        f"{subject}: {_TITLE}\n{to}: <bagas@contoh.example>\n\n"
    )
    plain = f"{head}\n" + "\n\n".join(SENTENCES)
    return message(plain=plain, Subject=f"Fwd: {_TITLE}", From="Bagas <bagas@contoh.example>")


def attached() -> EmailMessage:
    outer = message(plain="Lihat ini", Subject="Fwd", From="Bagas <bagas@contoh.example>")
    outer.add_attachment(message(plain=_PLAIN))
    return outer


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    "mail",
    [
        message(plain=_PLAIN),
        message(markup=_HTML),
        message(plain=_PLAIN, markup=_HTML),
        message(plain="Pesan ini perlu HTML.", markup=_HTML),
        forwarded("---------- Forwarded message ---------", ("From", "Date", "Subject", "To")),
        forwarded("-------- Pesan Diteruskan --------", ("Dari", "Tanggal", "Perihal", "Kepada")),
        attached(),
    ],
)
@pytest.mark.parametrize("name", ["a.eml", "a"])
def test_a_message_is_an_article(folder: Folder, mail: EmailMessage, name: str) -> None:
    (article,), problems = folder.read(name, mail.as_bytes())
    assert problems == []
    assert (article.title, article.source) == (_TITLE, "Kabar Wening")
    assert article.body.split("\n\n") == list(SENTENCES)
    assert article.published
    assert article.published.isoformat() == "2024-03-11T09:15:00+07:00"


def test_a_mailbox(folder: Folder) -> None:
    line = b"From surat@kabarwening.example Mon Mar 11 09:15:00 2024\n"
    mails = (message(plain=_PLAIN), message(markup=_HTML, Subject="Kabar kedua"))
    data = b"".join(line + mail.as_bytes() + b"\n\n" for mail in mails)
    articles, problems = folder.read("a.mbox", data)
    assert [article.title for article in articles] == [_TITLE, "Kabar kedua"]
    assert [article.body.split("\n\n") for article in articles] == [list(SENTENCES)] * 2
    assert problems == []


def test_a_message_without_text_says_so(folder: Folder) -> None:
    empty = message()
    empty.set_content("\n")
    articles, problems = folder.read("a.eml", empty.as_bytes())
    assert (articles, problems) == ([], ["a.eml: a message without text"])


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"From: a\nSubject: b\nDate: c\n\nIsi.", "a.eml", "mail"),
        (b"From: a\nSubject: b\nDate: c\n\nIsi.", "a.txt", "text"),
        (b"Judul: a\nTanggal: b\n\nIsi.", "a.txt", "text"),
        (
            b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: b\n"
            b"MIME-Version: 1.0\nContent-Type: multipart/related; type=text/html; boundary=x\n\n",
            "a",
            "mhtml",
        ),
    ],
)
def test_what_is_a_message(data: bytes, name: str, found: str) -> None:
    assert sniff(data, name) == found
