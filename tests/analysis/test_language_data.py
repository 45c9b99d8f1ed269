"""The word lists of kliping/analysis/data hold what their headers promise.

The files are read here by a few lines of the test's own, so that a mistake in kliping's readers
cannot hide one in the lists.
"""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "indexer" / "kliping" / "analysis" / "data"
FILES = ["synonyms.txt", "normalisation.txt", "stopwords.txt", "questionwords.txt"]
NEGATIONS = {"tidak", "bukan", "belum", "tanpa", "jangan", "tak", "tiada", "bukankah", "tidakkah"}


def read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def header(name: str) -> str:
    return read(name).split("\n\n")[0]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def sections(name: str, heading: str) -> dict[str, list[str]]:
    """The data lines under each heading; `heading` is a pattern with the title as its one group."""
    parts = re.split(heading, read(name), flags=re.MULTILINE)
    return {title: lines(body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def entries(line: str) -> list[str]:
    """`^AS = Amerika Serikat | USA` -> ['^AS', 'Amerika Serikat', 'USA']; so for `A ~ B`."""
    return re.split(r" = | \| | ~ ", line)


def folded(entry: str) -> str:
    """The words of an entry as the analyser sees them: no mark, no case, no punctuation."""
    return " ".join(re.findall(r"\w+", entry.lower().replace("'", "")))


def repeated(items: list[str]) -> list[str]:
    return [item for item, count in Counter(items).items() if count > 1]


STOP = lines(read("stopwords.txt"))
QUESTION = lines(read("questionwords.txt"))
PAIRS = [tuple(line.split(" = ")) for line in lines(read("normalisation.txt"))]
VARIANTS = {pair[0] for pair in PAIRS}
GROUPS = [entries(line) for line in lines(read("synonyms.txt"))]
SHORT_FORMS = [entries(line) for line in lines(read("synonyms.txt")) if " = " in line]
ALL_ENTRIES = [entry for group in GROUPS for entry in group]
ENTRIES = {folded(entry) for entry in ALL_ENTRIES}
MARKED = [entry for entry in ALL_ENTRIES if "^" in entry]

# Small letters make another word of these, Indonesian, English or a name.
ALSO_WORDS = [
    *("as", "pan", "bin", "ham", "bos", "sun", "kek", "tik", "maki", "sara", "das", "dak", "pon"),
    *("aji", "psi", "stan", "mu", "ma", "ka", "ai", "pad", "tim", "kai", "big", "its", "it", "un"),
]
# Should one of these be added as an acronym, it needs a mark.
NEVER_UNMARKED = [
    *("api", "dia", "tas", "kas", "teman", "padi", "asa", "pos", "pas", "bis", "man", "min", "sin"),
    *("dom", "kali", "kota", "pin", "pil", "ban", "ram", "kol", "uap", "ras", "sis", "kat", "net"),
    *ALSO_WORDS,
]
# Initials of a foreign name: their Indonesian expansion begins with other letters.
FOREIGN = [
    *("FIFA", "AFC", "AFF", "IOC", "ILO", "FAO", "UNICEF", "UNHCR", "IAEA", "ICC", "ICJ", "NATO"),
    *("ASEAN", "CIA", "FBI", "NASA", "ECB", "PNG"),
]
INITIALS = [
    group for group in SHORT_FORMS if group[0].isupper() and group[0].lstrip("^") not in FOREIGN
]


# ---- every file ----


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("field", ["Provenance:", "Licence:    MIT", "Used for:", "Format:"])
def test_header_says_where_the_list_comes_from(name: str, field: str) -> None:
    assert re.search(rf"^# {field}", header(name), re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_text_is_clean(name: str) -> None:
    text = read(name)
    assert text == unicodedata.normalize("NFC", text)
    assert re.search(r"[^\n]\n\Z", text)
    assert not re.search(r"\t|[ ]$|^[ ]|.{101}", text, re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_no_line_stands_twice(name: str) -> None:
    assert not repeated(lines(read(name)))


# ---- normalisation.txt ----


def test_normalisation_maps_one_lower_case_word_to_one() -> None:
    pattern = re.compile("[a-z]+ = [a-z]+")
    assert not [line for line in lines(read("normalisation.txt")) if not pattern.fullmatch(line)]


@pytest.mark.parametrize(("number", "least"), [("1", 250), ("2", 200), ("3", 60)])
def test_normalisation_is_long_enough(number: str, least: int) -> None:
    assert len(sections("normalisation.txt", r"^# -+\n# (\d)\.")[number]) >= least


def test_normalisation_gives_each_variant_one_standard() -> None:
    assert not repeated([variant for variant, _ in PAIRS])


def test_normalisation_needs_one_look_up() -> None:
    """No standard side is itself a variant: so there are neither chains nor cycles."""
    assert not {standard for _, standard in PAIRS} & VARIANTS


def test_normalisation_spares_every_word_its_header_keeps_out() -> None:
    kept_out = header("normalisation.txt").partition("standard words:")[2]
    words = set(re.findall("[a-z]+", re.sub(r"\([^)]*\)", "", kept_out)))
    assert {"rubah", "liat", "spt", "dpt", "bener", "toer"} <= words
    assert not words & VARIANTS


@pytest.mark.parametrize(
    "protected",
    [set(STOP), set(QUESTION), NEGATIONS, ENTRIES],
    ids=["stop words", "question words", "negations", "synonyms"],
)
def test_normalisation_leaves_the_other_lists_alone(protected: set[str]) -> None:
    """The other lists are written in standard spelling: a variant among them is never met."""
    assert not protected & VARIANTS


@pytest.mark.parametrize(
    ("variant", "standard"),
    [
        ("resiko", "risiko"),
        ("apotik", "apotek"),
        ("himbau", "imbau"),
        ("hutang", "utang"),
        ("mempengaruhi", "memengaruhi"),
        ("gak", "tidak"),
        ("yg", "yang"),
        ("gimana", "bagaimana"),
        ("soeharto", "suharto"),
        ("djakarta", "jakarta"),
        ("jusuf", "yusuf"),
    ],
)
def test_normalisation_knows(variant: str, standard: str) -> None:
    assert (variant, standard) in PAIRS


# ---- synonyms.txt ----


def test_synonyms_are_enough() -> None:
    assert len(GROUPS) >= 450


def test_synonyms_have_sections_and_none_is_empty() -> None:
    parts = sections("synonyms.txt", "^# ---- (.*) ----$")
    assert len(parts) >= 20
    assert all(parts.values())
    assert sum(map(len, parts.values())) == len(GROUPS)


def test_synonym_lines_are_of_one_form() -> None:
    """Either `short = expansion | expansion` or `a ~ b ~ c`, and nothing behind it."""
    entry = r"[^\s=|~#]+(?: [^\s=|~#]+)*"
    form = re.compile(rf"{entry} = {entry}(?: \| {entry})*|{entry}(?: ~ {entry})+")
    assert not [line for line in lines(read("synonyms.txt")) if not form.fullmatch(line)]


def test_each_synonym_stands_in_one_group_and_once() -> None:
    """By its words: `usaha kecil, menengah` would repeat `usaha kecil menengah`."""
    assert not repeated([folded(entry) for entry in ALL_ENTRIES])


def test_no_synonym_is_a_single_letter_or_a_function_word() -> None:
    assert not [entry for entry in ENTRIES if len(entry) < 2]
    assert not ENTRIES & {*STOP, *QUESTION, *NEGATIONS}


def test_marked_entries_are_short_forms_in_capitals() -> None:
    assert not [entry for entry in MARKED if not re.fullmatch(r"\^[A-Z]{2,5}", entry)]
    assert not [group for group in SHORT_FORMS if "^" in " ".join(group[1:])]


@pytest.mark.parametrize("word", ALSO_WORDS)
def test_an_acronym_that_is_also_a_word_is_marked(word: str) -> None:
    assert f"^{word.upper()}" in MARKED


@pytest.mark.parametrize("word", NEVER_UNMARKED)
def test_no_unmarked_entry_is_a_common_word(word: str) -> None:
    assert word not in {folded(entry) for entry in ALL_ENTRIES if entry not in MARKED}


def test_an_expansion_is_longer_than_its_short_form() -> None:
    for short, *expansions in SHORT_FORMS:
        assert all(len(expansion) > len(short) for expansion in expansions), short


@pytest.mark.parametrize("group", INITIALS, ids=lambda group: group[0])
def test_an_expansion_spells_out_its_initials(group: list[str]) -> None:
    """The letters occur, in order, in an expansion: catches a line with its sides mixed up."""
    letters = [letter for letter in folded(group[0]) if letter.isalpha()]
    pattern = re.compile(".*".join(letters))
    assert any(pattern.match(folded(expansion)) for expansion in group[1:])


@pytest.mark.parametrize(
    "group",
    [
        {"kpk", "komisi pemberantasan korupsi"},
        {"as", "amerika serikat"},
        {"tiongkok", "china", "cina"},
        {"jabar", "jawa barat"},
        {"yogyakarta", "jogja", "jogjakarta"},
        {"unjuk rasa", "demonstrasi", "demo"},
        {"pemilu", "pemilihan umum"},
        {"wali kota", "walikota"},
    ],
    ids=min,
)
def test_synonyms_know(group: set[str]) -> None:
    assert any(group <= set(map(folded, known)) for known in GROUPS)


# ---- stopwords.txt, questionwords.txt ----


@pytest.mark.parametrize("words", [STOP, QUESTION], ids=["stop", "question"])
def test_words_are_single_and_lower_case(words: list[str]) -> None:
    assert not [word for word in words if not re.fullmatch("[a-z]+", word)]


def test_stop_words_are_few() -> None:
    assert 40 <= len(STOP) <= 60


@pytest.mark.parametrize("words", [STOP, QUESTION], ids=["stop", "question"])
def test_no_negation_is_dropped(words: list[str]) -> None:
    """Dropping one would turn a query into its opposite."""
    assert not NEGATIONS & set(words)
    assert not [word for word in words if word.startswith(("tidak", "bukan", "belum"))]


def test_stop_words_spare_every_word_their_header_keeps_out() -> None:
    kept_out = header("stopwords.txt").partition("Not here")[2]
    words = set(re.findall("[a-z]+", re.sub(r"\([^)]*\)", "", kept_out.partition("about:")[2])))
    assert {"antara", "bisa", "per", "hari", "hal"} <= words
    assert not words & {*STOP, *QUESTION}


def test_question_words_are_not_stop_words() -> None:
    assert not set(STOP) & set(QUESTION)


@pytest.mark.parametrize(
    "word", ["apa", "siapa", "kapan", "berapa", "mana", "bagaimana", "mengapa", "kenapa"]
)
def test_question_words_know(word: str) -> None:
    assert word in QUESTION
