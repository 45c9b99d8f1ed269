"""Tidy text: spaces, entities, invisible characters, paragraphs, markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text.tidying import has_markup, split_paragraphs, strip_markup, tidy


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Harga\xa0beras  naik ", "Harga beras naik"),
        ("Harga\u2009beras\u3000naik\tlagi", "Harga beras naik lagi"),
        ("ban\u200bjir me\xadlanda\ufeff\u2060", "banjir melanda"),
        ("\u202aWening\u202c\u200e", "Wening"),
        ("Rina &amp; Budi", "Rina & Budi"),
        ("Rina &amp;amp; Budi &amp;nbsp;pulang", "Rina & Budi pulang"),
        ("&quot;Air&quot; &#8211; &#x27;surut&#x27; &hellip;", "\"Air\" – 'surut' …"),
        ("R&D, AT&T, P&regional, a & b;", "R&D, AT&T, P&regional, a & b;"),
        ("Air\x00 na\x07ik\x1b", "Air naik"),
        ("Air\ud83d naik", "Air naik"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("\n\n a \n", "a"),
        ("Air \ufffc surut\ufffc", "Air surut"),
        ("a_x000D_\nb", "a\n\nb"),
        ("", ""),
        ("\xa0\u200b\n", ""),
        ("Emoji 🏁 ❤️ dan “kutipan”", "Emoji 🏁 ❤️ dan “kutipan”"),
    ],
)
def test_tidy(text: str, plain: str) -> None:
    assert tidy(text) == plain


@given(st.text())
def test_tidy_leaves_nothing_to_tidy(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once or "&" in once
    assert once == once.strip()
    assert "  " not in once
    assert "\n\n\n" not in once
    once.encode()


@given(st.text(alphabet="ab .\n\xa0"))
def test_tidy_loses_no_letter(text: str) -> None:
    assert tidy(text).replace("\n", " ").split() == text.split()


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("A satu.\n\nB dua.", ["A satu.", "B dua."]),
        ("A satu.\nB dua.", ["A satu.", "B dua."]),
        (
            "Hujan turun\nsejak subuh\ndi kota\nitu.\n\nB dua.",
            ["Hujan turun sejak subuh di kota itu.", "B dua."],
        ),
        ("Judul\nA satu.", ["Judul", "A satu."]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert split_paragraphs(text) == paragraphs


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>A.</p><p>B.</p>", "A.\n\nB."),
        ("A.<br>B.<br/><br/>C.", "A.\nB.\n\nC."),
        (
            "<div>A <b>tebal</b>, <a href='x'>tautan</a>.</div>\n  <div>B.</div>",
            "A tebal, tautan.\n\nB.",
        ),
        ("<ul><li>satu</li><li>dua</li></ul>", "satu\ndua"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<p>A.</p><!-- <p>x</p> --><SCRIPT>y()</Script><p>B.</p>", "A.\n\nB."),
        ("A <!-- tak ditutup", "A <!-- tak ditutup"),
        ("İ<script>x</script>B", "İ B"),
        ("5 < 7 &amp; 7 > 5 <i>ya</i>", "5 < 7 & 7 > 5 ya"),
        ("&lt;p&gt; adalah tag", "<p> adalah tag"),
    ],
)
def test_markup(markup: str, text: str) -> None:
    assert strip_markup(markup) == text


def test_what_is_markup() -> None:
    assert has_markup("<p>A.</p>")
    assert has_markup("A<br>B")
    assert not has_markup("3 < 5 dan a > b")
    assert not has_markup("<3 kamu")
