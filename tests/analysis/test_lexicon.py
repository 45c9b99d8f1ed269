"""A user's lexicon: what may stand in it, and what is said when it cannot be understood."""

from pathlib import Path

import pytest

from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.stemmer import Stemmer
from kliping.errors import LexiconError

TEXT = """
# my words
memprihatinkan = prihatin   # an exception
!Gojek
bekisar
Tiongkok ~ China ~ Cina
komisi pemberantasan korupsi ~ kpk
"""


def test_each_kind_of_line() -> None:
    lexicon = UserLexicon.parse(TEXT)
    assert lexicon.exceptions == {"memprihatinkan": "prihatin"}
    assert lexicon.protected == {"gojek", "bekisar"}
    assert lexicon.synonyms == {
        frozenset(("tiongkok", "china", "cina")),
        frozenset(("komisi pemberantasan korupsi", "kpk")),
    }


def test_a_form_that_is_its_own_root_is_protected() -> None:
    assert UserLexicon.parse("menteng = menteng").protected == {"menteng"}


@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("= akar", 1, "form = root"),
        ("\nkata =", 2, "form = root"),
        ("dua kata", 1, "not one word"),
        ("a = b c", 1, "not one word"),
        ("a = b = c", 1, "not one word"),
        ("!", 1, "not one word"),
        ("!a = b", 1, "not one word"),
        ("...", 1, "not one word"),
        ("a ~", 1, "a ~ b"),
        ("a ~ a", 1, "a ~ b"),
        ("a = b ~ c", 1, "a ~ b"),
        ("a = b\na = c", 2, "line 1; keep one"),
        ("a = b\n!a", 2, "line 1; keep one"),
        ("!a\na = b", 2, "line 1; keep one"),
        ("a = b\nb = c", 1, "name the final root"),
    ],
)
def test_a_bad_line_is_named_with_its_cure(text: str, line: int, cure: str) -> None:
    with pytest.raises(LexiconError, match=f"^kata.txt:{line}: .*{cure}") as caught:
        UserLexicon.parse(text, "kata.txt")
    assert (caught.value.path, caught.value.line) == ("kata.txt", line)


def test_the_same_line_twice_is_no_error() -> None:
    assert UserLexicon.parse("a = b\na = b\n!c\nc") == UserLexicon.parse("a = b\n!c")


def test_a_file_may_open_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "kata.txt"
    path.write_text("!gojek", encoding="utf-8-sig")
    assert UserLexicon.read(path).protected == {"gojek"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="check the path"):
        UserLexicon.read(tmp_path / "tiada.txt")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "kata.txt"
    path.write_bytes("café".encode("latin-1"))
    with pytest.raises(LexiconError, match="UTF-8"):
        UserLexicon.read(path)


def test_the_digest_follows_what_is_said_not_how() -> None:
    lexicon = UserLexicon.parse("!satu\ndua = tiga")
    assert lexicon.digest == UserLexicon.parse("dua=tiga # order\n\nSATU").digest
    assert lexicon.digest != UserLexicon.parse("!satu\ndua = empat").digest
    assert len(lexicon.digest) == 8


def test_an_empty_lexicon_has_no_digest_and_changes_nothing() -> None:
    assert UserLexicon.parse("# nothing\n").digest == ""
    assert Stemmer(UserLexicon()).version == Stemmer().version


def test_the_lexicon_goes_before_our_rules() -> None:
    stemmer = Stemmer(UserLexicon.parse("makanan = pangan\n!perumahan\nmengojek = gojek"))
    assert stemmer.stem("makanan") == "pangan"
    assert stemmer.stem("perumahan") == "perumahan"
    assert stemmer.stem("digojekkan") == "gojek", "a root named by the user takes affixes"
    assert stemmer.version != Stemmer().version


def test_a_root_of_ours_may_be_a_form_of_the_user() -> None:
    stemmer = Stemmer(UserLexicon.parse("ajar = pelajaran"))
    for form in ("belajar", "mengajar", "ajar", "pelajaran"):
        assert stemmer.stem(form) == "pelajaran"
