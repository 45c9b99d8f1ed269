"""The least that Django needs; a real site has its own."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent
SECRET_KEY = os.environ.get("SECRET_KEY", "an example has no secrets")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["berita"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DATABASE", str(HERE / "db.sqlite3")),
    }
}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
KLIPING_INDEX = os.environ.get("KLIPING_INDEX", str(HERE / "index"))
