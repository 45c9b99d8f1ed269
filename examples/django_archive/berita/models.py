"""The site's own articles, as its database keeps them."""

from __future__ import annotations

from django.db import models


class Story(models.Model):
    """An article of the site."""

    headline = models.CharField(max_length=300)
    text = models.TextField()
    author = models.CharField(max_length=100, blank=True)
    published = models.DateTimeField()

    class Meta:
        app_label = "berita"
