"""Dates as Indonesian news writes them: "What moment does this line name?".

>>> parse_date("Senin, 21 Januari 2019 / 22:05 WIB").isoformat()
'2019-01-21T22:05:00+07:00'
>>> parse_date("31 Februari 2019") is None
True

Where no zone is given, WIB is meant; where no time is given, midnight. Day comes before month
in 02/09/2019. Nothing is completed: "10 September", "kemarin" and "22.05 WIB" name no moment
(unless ``now`` says what "kemarin" counts from).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote_plus

WIB = timezone(timedelta(hours=7), "WIB")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb febr",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agst agus",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}

# Hours east of Greenwich. RFC 822 names beside our own.
_ZONES: dict[str, float] = {
    "wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0, "ut": 0,
    "sgt": 8, "myt": 8, "jst": 9, "kst": 9, "bst": 1, "cet": 1, "cest": 2, "msk": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_MONTH = r"(?P<mon>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_TIME = r"(?P<H>\d{1,2})[:.](?P<M>\d\d)(?:[:.](?P<S>\d\d)(?:[.,]\d+)?)?"

# Tried in this order; the first that matches decides, and if it names no day (month 13), no
# other shape is tried.
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        # 2019-09-10, 2019/9/10, 2019.09.10, 2019-Sep-10
        rf"(?<!\d){_YEAR}[-/.](?:(?P<m>\d{{1,2}})|{_MONTH})[-/.](?P<d>\d{{1,2}})(?!\d)",
        # 20190910, 20190910T2304, 20190910230405
        rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?:[T ]?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?)?(?!\d)",
        # 10 September 2019, 10-Sep-19, 10Sep2019, 2nd of May, 2019
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-/.,]*\b{_MONTH}\b"
        r"[\s\-/.,'’]*(?P<y>(?:19|20)?\d\d)(?!\d)",
        # Sep 10, 2019; September 10th 2019; Tue Sep 10 23:04:05 WIB 2019, or +0700
        rf"\b{_MONTH}\b[\s.\-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
        rf"(?:[\s,]+{_TIME}(?:\s*(?:[a-z]{{1,4}}\b|(?P<offset>[+-]\d{{4}})\b))?)?[\s,\-]+{_YEAR}(?!\d)",
        # 10/09/2019, 10-9-2019, 10.09.2019: the day first
        rf"(?<!\d)(?P<d>\d{{1,2}})\s*[-/.]\s*(?P<m>\d{{1,2}})\s*[-/.]\s*{_YEAR}(?!\d)",
        # 10/09/19, 10-09-19
        r"(?<![\d/-])(?P<d>\d{1,2})([-/])(?P<m>\d{1,2})\2(?P<y>\d\d)(?![\d/-])",
    )
)
# "Tue, 05/04/2021" is in May, by the name of its day.
_DAY_NAMES = {
    name: day
    for day, names in enumerate(
        ("sen mon", "sel tue", "rab wed", "kam thu", "jum fri", "sab sat", "min aha sun")
    )
    for name in names.split()
}
_DAY_NAME = re.compile(rf"\b((?:{'|'.join(_DAY_NAMES)})[a-z’']*)[\s,.]+\Z", re.IGNORECASE)
_CLOCK = re.compile(
    rf"(?<![\d.,]){_TIME}(?!\d)\s*(?P<half>[ap]\.?m\b)?\s*(?P<offset>[+-]\d\d:?\d\d(?!\d))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?P<name>"
    + "|".join(_ZONES)
    + r")\b(?:\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?"
    r"|(?<=\d)(?P<zulu>z)\b",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})|(\d{15,16})")
_UNITS = {
    name: unit
    for unit, names in {
        "seconds": "detik second seconds sec secs",
        "minutes": "menit minute minutes min mins",
        "hours": "jam hour hours",
        "days": "hari day days",
        "weeks": "minggu pekan week weeks",
        "months": "bulan month months",
        "years": "tahun year years",
    }.items()
    for name in names.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "se satu a an one",
            "dua two",
            "tiga three",
            "empat four",
            "lima five",
            "enam six",
            "tujuh seven",
            "delapan eight",
            "sembilan nine",
            "sepuluh ten",
        ),
        start=1,
    )
    for word in words.split()
}
_BACK = {
    "kemarin lusa": 2, "kemarin dulu": 2, "kemarin": 1, "kemaren": 1, "yesterday": 1,
    "hari ini": 0, "tadi": 0, "today": 0, "baru saja": 0, "just now": 0,
}  # fmt: skip
_DAYS_BACK = re.compile("|".join(rf"\b{name}\b" for name in _BACK), re.IGNORECASE)
_AGO = re.compile(
    rf"\b(?:(?P<n>\d{{1,4}}|{'|'.join(_NUMBERS)})\s*)?(?P<unit>{'|'.join(_UNITS)})"
    r"\s+(?:yang\s+|yg\s+)?(?:lalu|silam|ago)\b",
    re.IGNORECASE,
)
_PLUS = re.compile(r"(?<=[\w,])\+(?=[a-z])|(?<!gmt)(?<!utc)(?<=[a-z,])\+(?=\d)", re.IGNORECASE)
_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?P<sep>[/-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?=[/\-?#]|$)"
    r"|/(?P<y2>(?:19|20)\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?=[/\-_?#.]|$|\d{4,6}(?=[/\-_?#.]|$))"
)


def parse_date(text: str, /, *, now: datetime | None = None) -> datetime | None:
    """Return the moment that the text names, timezone-aware, or None if it names none.

    ``now`` is what "2 jam yang lalu" and "kemarin" are counted from; without it they are None.
    """
    text = _plain(text)
    # To datetime the minutes of 22.05 are a fraction of a second.
    if text[4:5] == "-" and text[13:14] != "." and (moment := _from_iso(text)):
        return moment
    for shape in _SHAPES:
        if found := shape.search(text):
            return _moment(found, text)
    if _EPOCH.fullmatch(text):
        return from_epoch(float(text))
    return None if now is None else _relative(text, now)


def month_of(name: str, /) -> int | None:
    """Return the number of a month by its name, long or short, in Indonesian or English.

    >>> month_of("Agustus"), month_of("nop"), month_of("senin")
    (8, 11, None)
    """
    return _MONTHS.get(name.lower())


def from_epoch(seconds: float, /) -> datetime | None:
    """Return the moment of a Unix time in seconds, milliseconds or microseconds, or None."""
    for _ in range(2):
        if abs(seconds) >= 1e11:
            seconds /= 1000
    try:
        moment = datetime.fromtimestamp(seconds, WIB)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if 1970 <= moment.year < 2100 and seconds >= 1e8 else None


def date_from_url(url: str, /) -> datetime | None:
    """Return the day that a URL's path names, as /2019/09/10/ or /20190910 do.

    >>> date_from_url("https://contoh.id/read/2019/09/10/2148/judul").isoformat()
    '2019-09-10T00:00:00+07:00'
    """
    found = _IN_URL.search(url.partition("?")[0])
    if not found:
        return None
    year, month, day = (found[name] or found[name + "2"] for name in "ymd")
    return _checked(int(year), int(month), int(day))


def no_earlier(moment: datetime | None, /, *, than: datetime | None) -> datetime | None:
    """Return the moment, or None if it lies before another: no article changes before it is out."""
    return None if moment and than and moment < than else moment


def _plain(text: str) -> str:
    if "%" in text or "+" in text:  # 21+January+2019, from a query string
        text = _PLUS.sub(" ", text)
        text = unquote_plus(text) if "%" in text else text
    return " ".join(text.split()).strip()


def _moment(found: re.Match[str], text: str) -> datetime | None:
    day = found.groupdict()
    month = _MONTHS[day["mon"].lower()] if day.get("mon") else int(day["m"])
    if day.get("H"):
        clock: re.Match[str] | None = found
        rest = found[0] + text[found.end() :]
    else:
        rest = f"{text[: found.start()]} | {text[found.end() :].lstrip('Tt')}"
        clock = _CLOCK.search(rest)
    year, number = _year(day["y"]), int(day["d"])
    if not day.get("mon") and (named := _DAY_NAME.search(text, 0, found.start())):
        number, month = _on_day(_DAY_NAMES[named[1].lower()[:3]], year, number, month)
    return _at_clock(year, month, number, clock, rest)


def _on_day(weekday: int, year: int, day: int, month: int) -> tuple[int, int]:
    """Return day and month, the other way round where only so the day has the name it is given."""
    one, other = _checked(year, month, day), _checked(year, day, month)
    if other and other.weekday() == weekday and not (one and one.weekday() == weekday):
        return month, day
    return day, month


def _at_clock(
    year: int, month: int, day: int, clock: re.Match[str] | None, rest: str
) -> datetime | None:
    if clock is None:
        return _checked(year, month, day, zone=_zone(rest) or WIB)
    time = clock.groupdict()
    hour = int(time["H"])
    if half := time.get("half"):
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    zone = _offset(time["offset"]) if time.get("offset") else _zone(rest) or WIB
    return _checked(year, month, day, hour, int(time["M"]), int(time["S"] or 0), zone=zone)


def _year(digits: str) -> int:
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _checked(*parts: int, zone: timezone | None = WIB) -> datetime | None:
    try:
        year, month, day, *clock = parts
        hour, minute, second = clock or (0, 0, 0)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone or WIB)
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    found = _ZONE.search(text)
    if not found:
        return None
    if found["zulu"]:
        return UTC
    if found["hours"] and found["name"].lower() in {"utc", "gmt"}:
        return _offset(f"{found['sign']}{found['hours']:0>2}{found['minutes'] or '00'}")
    name = found["name"].upper()
    return WIB if name == "WIB" else timezone(timedelta(hours=_ZONES[name.lower()]), name)


def _offset(digits: str) -> timezone | None:
    sign = -1 if digits[0] == "-" else 1
    hours, minutes = int(digits[1:3]), int(digits[-2:])
    if hours > 14 or minutes > 59:
        return None
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _from_iso(text: str) -> datetime | None:
    """Return what the commonest shape names, without the cost of the others."""
    try:
        moment = datetime.fromisoformat(text.removesuffix(" WIB"))
    except ValueError:
        return None
    if not 1900 <= moment.year < 2100:
        return None
    return moment.replace(microsecond=0, tzinfo=moment.tzinfo or WIB)


def _relative(text: str, now: datetime) -> datetime | None:
    """Return what "2 jam yang lalu" and "kemarin" name, counted from ``now``."""
    now = now if now.tzinfo else now.replace(tzinfo=WIB)
    if found := _AGO.search(text):
        amount = _NUMBERS.get(found["n"].lower()) or int(found["n"]) if found["n"] else 1
        return _back(now, _UNITS[found["unit"].lower()], amount)
    day = _DAYS_BACK.search(text)
    if day is None:
        return None
    past = now - timedelta(days=_BACK[day[0].lower()])
    clock = _CLOCK.search(text)
    return _at_clock(past.year, past.month, past.day, clock, text) if clock else past


def _back(now: datetime, unit: str, amount: int) -> datetime | None:
    try:
        if unit not in {"months", "years"}:
            return now - timedelta(**{unit: amount})
        months = now.year * 12 + now.month - 1 - amount * (12 if unit == "years" else 1)
        year, month = divmod(months, 12)
        last = (datetime(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return now.replace(year=year, month=month + 1, day=min(now.day, last))
    except (ValueError, OverflowError):
        return None
