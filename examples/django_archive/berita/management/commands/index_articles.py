"""``python manage.py index_articles``: makes the index of what the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import kliping
from berita.models import Story


class Command(BaseCommand):
    """Adds every story, in place of what the index has of it, and takes out those deleted."""

    help = "Bring the search index up to date with the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Stream the stories into the index: none is held longer than it takes to add it."""
        with kliping.writer(settings.KLIPING_INDEX) as writer:
            writer.add(_rows())
            writer.commit()
            with kliping.open(settings.KLIPING_INDEX) as index:
                known = {article.id for article in index}
            there = {str(key) for key in Story.objects.values_list("pk", flat=True)}
            gone = writer.delete(*(known - there))
        self.stdout.write(f"{len(there)} stories indexed, {gone} taken out")


def _rows() -> Iterator[dict[str, Any]]:
    for story in Story.objects.iterator():
        yield {
            "id": story.pk,
            "title": story.headline,
            "body": story.text,
            "author": story.author,
            "published": story.published,
        }
