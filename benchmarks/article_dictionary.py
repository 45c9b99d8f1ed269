"""The dictionary that stored articles refer to, made of the project's own sample articles.

    python benchmarks/article_dictionary.py

It is part of the format of an index: with another one, ``FORMAT_VERSION`` counts up.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import zstandard

from kliping.article import Article
from kliping.corpus import find_files, read_file
from kliping.engines import packing
from kliping.engines.documents import dump_article

_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_BYTES = 32_768  # half of it takes 2 of 100 bytes less off an article
_SENTENCES = re.compile(r"(?<=\.) |\n+")


def main() -> None:
    """Write the dictionary beside the code that reads it."""
    found = (each for file in find_files([_CORPUS]) for each in read_file(file))
    texts = [dump_article(each).decode() for each in found if isinstance(each, Article)]
    sentences = [each.encode() for text in texts for each in _SENTENCES.split(text)]
    trained = zstandard.train_dictionary(_BYTES, sentences).as_bytes()
    Path(packing.__file__).parent.joinpath(packing.DICTIONARY).write_bytes(trained)
    print(f"{len(sentences)} sentences of {len(texts)} articles: {len(trained)} bytes")


if __name__ == "__main__":
    main()
