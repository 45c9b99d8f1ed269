"""The words of an index that have a stem, found by how they begin."""

from __future__ import annotations

import pytest

from kliping.analysis import analyser
from kliping.analysis.affixes import prefix_table
from kliping.query.forms import Forms

HAVING = {
    "tulis": "tulis menulis ditulis penulis penulisan tertulis menuliskannya ditulisi tulisanmu",
    "beras": "beras berasnya perberasan",
    "ajar": "ajar belajar pelajaran mengajar mempelajari pembelajaran",
    "prancis": "prancis perancis",
    "orang": "orang seseorang perorangan",
    "xyzzy": "xyzzy xyzzynya",
}  # fmt: skip
OTHERS = "tulus menuli berasal keberatan pelajaran ajak perang oranye xyz"


def forms(*words: str) -> Forms:
    """Return the forms among words that stand in bodies, but for the first, which titles have."""
    has = {"title_words": words[:1], "body_words": words[1:]}
    return Forms(
        analyser(),
        lambda field, beginning: [(w, 1) for w in has[field] if w.startswith(beginning)],
    )


@pytest.mark.parametrize("stem", HAVING)
def test_every_form_is_found_and_no_other_word(stem: str) -> None:
    words = HAVING[stem].split()
    others = [word for word in OTHERS.split() if word not in words]
    found = forms(*words, *others)
    assert found(stem) == tuple(sorted(words)) == found(stem)


def test_a_stem_that_no_word_has_stands_for_itself() -> None:
    assert forms()("tulis") == ("tulis",)


@pytest.mark.parametrize("root", ["tulis", "kawal", "rusak"])
def test_what_affixes_make_of_a_root_is_found(root: str) -> None:
    begun = [prefix + kept for prefix in ("", *prefix_table()) for kept in (root, root[1:])]
    words = [word + suffix for word in begun for suffix in ("", "an", "kan", "i", "nya")]
    having = {word for word in words if analyser().stems(word) == (root,)}
    assert len(having) > 50
    assert set(forms("judul", *words)(root)) == having
