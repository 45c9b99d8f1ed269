"""What a content system's codes in square brackets leave of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text.shortcodes import has_shortcodes, without_shortcodes


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('Air naik.[gallery ids="1,2"]', "Air naik."),
        ("Air naik.[gallery]", "Air naik."),
        ("[vc_row][vc_column_text]Air naik.[/vc_column_text][/vc_row]", "Air naik."),
        ('[su_box title="Fakta [a]" style=soft]Air naik.[/su_box]', "Air naik."),
        ("[dropcap]A[/dropcap]ir naik.", "Air naik."),
        ("[b]Air[/b] naik [url=https://contoh.id/a]di sini[/url].", "Air naik di sini."),
        ("Air naik.[youtube]https://video.example/7[/youtube]", "Air naik."),
        ("[contact-form-7 id='7' title='Kirim']Air naik.", "Air naik."),
        ("Air naik.[button link=&quot;/a&quot;]", "Air naik."),
        (
            'Air [caption id="a"]naik [eko].[caption id="b"]<img src=b>Arus[/caption]',
            "Air naik [eko].\n\n<figure data-code><figcaption>Arus</figcaption></figure>\n\n",
        ),
    ],
)
def test_codes_are_no_words(text: str, plain: str) -> None:
    assert has_shortcodes(text)
    assert without_shortcodes(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Air surut, Kamis. [eko]",
        "Air surut [sic] di Kota [Wening].",
        "Lihat catatan [1] dan [12, 14].",
        "[red: kutipan diperpendek]",
        "[Gambas:Video 20detik]",
        "[BREAKING] Air naik",
        "“Kami [warga] pulang,” katanya [...].",
        "[rsa/eko]",
        "a[i] = b[j]",
    ],
)
def test_other_brackets_are_text(text: str) -> None:
    assert without_shortcodes(text) is text
    assert not has_shortcodes(text)


@given(st.text(alphabet='[]/a"=_ x', max_size=80))
def test_nothing_is_added(text: str) -> None:
    plain = without_shortcodes(text)
    assert len(plain) <= len(text)
    assert not has_shortcodes(plain) or has_shortcodes(text)
