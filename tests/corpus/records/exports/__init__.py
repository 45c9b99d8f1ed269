"""Exports as programs write them, by kind of program."""

from tests.corpus.records.exporting import EXPORTS
from tests.corpus.records.exports import databases, oddities, scrapers, services, tables

__all__ = ["EXPORTS", "databases", "oddities", "scrapers", "services", "tables"]
