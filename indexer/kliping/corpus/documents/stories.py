"""The articles of a document, parted at its headlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kliping.article import Article
from kliping.corpus.documents.prose import Paragraph
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.text.plain_text import parse_text
from kliping.corpus.text.several import split_texts

# A text under each of several headlines: so many letters, or a headline is but a crosshead.
_LEAST_TEXT = 300


def read_stories(
    file: SourceFile, found: Sequence[Paragraph], told: Mapping[str, object], /
) -> Iterator[Article | Problem]:
    """Yield the articles that paragraphs make; ``told`` is what the document says of them all."""
    records = [_record(story) for story in _parted(found)]
    if not any(one.headline for one in found):
        texts = split_texts("\n\n".join(one.text for one in found))
        records = [parse_text(text) for _, text in texts]
    reader = RecordReader(file.path.as_posix(), file.key)
    for number, record in enumerate(records, start=1):
        number_of_several = number if len(records) > 1 else None
        yield from reader.read({**told, **record}, number=number_of_several)
    yield from reader.notes()


def _parted(found: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    stories: list[list[Paragraph]] = [[]]
    for paragraph in found:
        if paragraph.headline and any(not one.headline for one in stories[-1]):
            stories.append([])
        stories[-1].append(paragraph)
    lengths = [sum(len(one.text) for one in story if not one.headline) for story in stories]
    is_headed = all(story[0].headline for story in stories if story)
    if len(stories) > 1 and is_headed and min(lengths) >= _LEAST_TEXT:
        yield from stories
    else:
        yield list(found)


def _record(story: Sequence[Paragraph]) -> dict[str, object]:
    """Return the record of a story: its first headline is its title, wherever that stands."""
    at = next((at for at, one in enumerate(story) if one.headline), None)
    rest = [one.text for place, one in enumerate(story) if place != at]
    if at is None:
        return parse_text("\n\n".join(rest))
    return parse_text("\n\n".join([story[at].text, *rest])) | {"title": story[at].text}
