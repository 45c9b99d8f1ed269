"""A scraper's pipeline that adds articles as it crawls. With Scrapy:

    ITEM_PIPELINES = {"scraper_pipeline.KlipingPipeline": 300}
    KLIPING_INDEX = "index"

Nothing of Scrapy is imported: any program that opens, gives items and closes can use it. An item
with ``markup`` is a page, from which the article is taken; any other is a record, by the names
of its fields. What is committed stays, whatever ends the crawl.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Self

import kliping

EVERY = 500  # articles a commit: what is searchable, and what a crash cannot take away


class KlipingPipeline:
    """Takes in each item that is an article, and lets every item pass on."""

    def __init__(self, index: str) -> None:
        self.index, self.taken, self.refused = index, 0, 0

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Make it as Scrapy does, from its settings."""
        return cls(crawler.settings.get("KLIPING_INDEX", "index"))

    def open_spider(self, spider: object) -> None:
        """Begin: another crawl, or a run of ``kliping index``, is waited for."""
        self.writer = kliping.writer(self.index, clean=True, wait=600)

    def process_item(self, item: Mapping[str, Any], spider: object) -> Mapping[str, Any]:
        """Take in one item."""
        try:
            self.writer.add(self._article(item))
        except (kliping.errors.ArticleRefused, kliping.errors.NotAnArticle) as error:
            self.refused += 1
            logging.info("%s", error)
            return item
        self.taken += 1
        if self.taken % EVERY == 0:
            self.writer.commit()
        return item

    def close_spider(self, spider: object) -> None:
        """Commit the rest."""
        self.writer.close()
        logging.info("%d articles taken, %d items refused", self.taken, self.refused)

    def _article(self, item: Mapping[str, Any]) -> kliping.Article | Mapping[str, Any]:
        if "markup" in item:
            return kliping.extract(item["markup"], url=item["url"])
        return item
