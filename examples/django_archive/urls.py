"""One address: /cari?q="""

from __future__ import annotations

from berita.views import search
from django.urls import path

urlpatterns = [path("cari", search, name="search")]
