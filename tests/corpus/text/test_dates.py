"""Dates as Indonesian news writes them: every shape, and what is no date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text.dates import WIB, date_from_url, from_epoch, parse_date

# Text, then the moment in ISO: without an offset WIB is meant, without a time midnight.
DATES = """
31 Juli 2019 12:38 | 2019-07-31T12:38
31 Juli 2019 12:38 WIB | 2019-07-31T12:38
31 Juli 2019, 12.38 WIB | 2019-07-31T12:38
31 Juli 2019 12:38:59 | 2019-07-31T12:38:59
31 Juli 2019 | 2019-07-31
31 juli 2019 | 2019-07-31
31 JULI 2019 | 2019-07-31
31 Jul 2019 | 2019-07-31
31-Juli-2019 | 2019-07-31
31/Juli/2019 | 2019-07-31
31 Juli, 2019 | 2019-07-31
(31 Juli 2019) | 2019-07-31
10-Sep-19 23:04 | 2019-09-10T23:04
10-Sep-2019 23:04 | 2019-09-10T23:04
10 Sep 19 23:04 | 2019-09-10T23:04
10/Sep/2019:23:04:05 +0700 | 2019-09-10T23:04:05
10-SEP-19 | 2019-09-10
1-Jan-99 | 1999-01-01
1-Jan-70 | 1970-01-01
1-Jan-69 | 2069-01-01
 Oct 2, 2019  | 2019-10-02
Oct 2, 2019 | 2019-10-02
Oct 02 2019 | 2019-10-02
Oct. 2, 2019 | 2019-10-02
October 2, 2019 | 2019-10-02
October 2nd, 2019 | 2019-10-02
October 21st 2019 | 2019-10-21
Oktober 19, 2019 | 2019-10-19
Oktober 19, 2019 10:00 | 2019-10-19T10:00
Oct 2, 2019 10:05 PM | 2019-10-02T22:05
Oct 2, 2019 10:05 am | 2019-10-02T10:05
Oct 2, 2019 12:05 am | 2019-10-02T00:05
Oct 2, 2019 12:05 p.m. | 2019-10-02T12:05
Oct 2, 2019, 10:05pm | 2019-10-02T22:05
 Senin, 21 Januari 2019 / 22:05 WIB  | 2019-01-21T22:05
Senin, 21 Januari 2019 | 22:05 WIB | 2019-01-21T22:05
Senin, 21 Januari 2019 - 22:05 WIB | 2019-01-21T22:05
Senin, 21 Januari 2019 – 22.05 WIB | 2019-01-21T22:05
Senin, 21 Januari 2019 pukul 22.05 WIB | 2019-01-21T22:05
Senin, 21 Januari 2019 pukul 22:05:30 WIB | 2019-01-21T22:05:30
Senin 21 Januari 2019 jam 22.05 | 2019-01-21T22:05
Senin (21 Januari 2019) 22:05 WIB | 2019-01-21T22:05
Senin, 21 Januari 2019 | 2019-01-21
22:05 WIB, Senin 21 Januari 2019 | 2019-01-21T22:05
22.05 WIB - 21 Januari 2019 | 2019-01-21T22:05
Diterbitkan: Senin, 21 Januari 2019, 22:05 WIB | 2019-01-21T22:05
Terbit pada 21 Januari 2019 oleh Redaksi | 2019-01-21
Diperbarui 21 Januari 2019 22:05 WIB | 2019-01-21T22:05
Tayang: Selasa, 9 Januari 2024 7:05 WIB | 2024-01-09T07:05
Selasa, 09 Jan 2024 15:10 WIB | 2024-01-09T15:10
Rabu, 13 Maret 2024 14:20 WIB | 2024-03-13T14:20
Kamis, 29 Februari 2024 | 2024-02-29
Jumat, 1 Maret 2024 | 2024-03-01
Jum'at, 1 Maret 2024 10:00 | 2024-03-01T10:00
Jum’at 1 Maret 2024 | 2024-03-01
Sabtu, 2 Maret 2024 | 2024-03-02
Minggu, 3 Maret 2024 | 2024-03-03
Minggu, 03/03/2024 08:15 WIB | 2024-03-03T08:15
Ahad, 3 Maret 2024 | 2024-03-03
21+January+2019 | 2019-01-21
21+Januari+2019 | 2019-01-21
8+September+2023 | 2023-09-08
8%20September%202023 | 2023-09-08
21+January+2019+22%3A05 | 2019-01-21T22:05
Senin,+21+Januari+2019 | 2019-01-21
02/09/2019 22:58 WIB | 2019-09-02T22:58
16/09/2019 22:58 WIB | 2019-09-16T22:58
02/09/2019 | 2019-09-02
2/9/2019 | 2019-09-02
(31/7/2019) | 2019-07-31
Rabu (31/7/2019) | 2019-07-31
31/7/19 | 2019-07-31
31-07-19 | 2019-07-31
31-07-2019 | 2019-07-31
31-7-2019 07.05 | 2019-07-31T07:05
31.07.2019 | 2019-07-31
31.07.2019 07:05 | 2019-07-31T07:05
( 31 / 7 / 2019 ) | 2019-07-31
12/11/2020 | 2020-11-12
01/02/2020 | 2020-02-01
2019-10-09 23:51 WIB | 2019-10-09T23:51
2019-10-09 23:51 | 2019-10-09T23:51
2019-10-09 23.51 | 2019-10-09T23:51
2019-10-09 23.51 WIB | 2019-10-09T23:51
Tue Sep 10 23:04:05 +0700 2019 | 2019-09-10T23:04:05
2019-10-09 23:51:07 | 2019-10-09T23:51:07
2019-10-09 | 2019-10-09
2019/10/09 | 2019-10-09
2019/10/9 07:05 | 2019-10-09T07:05
2019.10.09 | 2019-10-09
2019-1-9 | 2019-01-09
2019-Oct-09 | 2019-10-09
2019-10-09T23:51:07 | 2019-10-09T23:51:07
2019-10-09T23:51:07Z | 2019-10-09T23:51:07+00:00
2019-10-09T23:51:07.123Z | 2019-10-09T23:51:07+00:00
2019-10-09T23:51:07.123456Z | 2019-10-09T23:51:07+00:00
2019-10-09T23:51:07+07:00 | 2019-10-09T23:51:07
2019-10-09T23:51:07+0700 | 2019-10-09T23:51:07
2019-10-09T23:51:07+08:00 | 2019-10-09T23:51:07+08:00
2019-10-09T23:51:07-05:00 | 2019-10-09T23:51:07-05:00
2019-10-09T23:51+07:00 | 2019-10-09T23:51
2019-10-09t23:51:07z | 2019-10-09T23:51:07+00:00
2019-10-09 23:51:07 +0700 | 2019-10-09T23:51:07
2019-10-09 23:51:07 UTC | 2019-10-09T23:51:07+00:00
2019-10-09 23:51:07 GMT | 2019-10-09T23:51:07+00:00
2019-10-09 23:51:07 GMT+7 | 2019-10-09T23:51:07
2019-10-09 23:51:07 GMT+07:00 | 2019-10-09T23:51:07
2019-10-09 23:51:07 UTC+8 | 2019-10-09T23:51:07+08:00
2019-10-09 23:51 WITA | 2019-10-09T23:51+08:00
2019-10-09 23:51 WIT | 2019-10-09T23:51+09:00
2019-10-09 23:51 wita | 2019-10-09T23:51+08:00
9 Oktober 2019 23:51 WITA | 2019-10-09T23:51+08:00
9 Oktober 2019 23.51 WIT | 2019-10-09T23:51+09:00
9 Oktober 2019 WITA | 2019-10-09T00:00+08:00
Rabu, 9 Oktober 2019 | 23:51 WITA | 2019-10-09T23:51+08:00
09/10/2019, 23.51 WITA | 2019-10-09T23:51+08:00
9 Oktober 2019 23:51 WIB (GMT+7) | 2019-10-09T23:51
Wed, 09 Oct 2019 23:51:07 +0700 | 2019-10-09T23:51:07
Wed, 09 Oct 2019 23:51:07 GMT | 2019-10-09T23:51:07+00:00
Wed, 9 Oct 2019 23:51:07 -0400 | 2019-10-09T23:51:07-04:00
Wed, 09 Oct 19 23:51 UT | 2019-10-09T23:51+00:00
09 Oct 2019 23:51:07 EST | 2019-10-09T23:51:07-05:00
Wed Oct  9 23:51:07 2019 | 2019-10-09T23:51:07
Wed Oct 9 23:51:07 WIB 2019 | 2019-10-09T23:51:07
Wed Oct 09 2019 23:51:07 GMT+0700 (Western Indonesia Time) | 2019-10-09T23:51:07
9 October 2019 at 23:51 | 2019-10-09T23:51
9th October 2019 | 2019-10-09
9th of October, 2019 | 2019-10-09
20191009 | 2019-10-09
20191009T235107 | 2019-10-09T23:51:07
20191009T235107Z | 2019-10-09T23:51:07+00:00
20191009235107 | 2019-10-09T23:51:07
201910092351 | 2019-10-09T23:51
1570639867 | 2019-10-09T23:51:07
1570639867000 | 2019-10-09T23:51:07
1570639867000000 | 2019-10-09T23:51:07
1570639867.0 | 2019-10-09T23:51:07
 1570639867  | 2019-10-09T23:51:07
1 Jan 2020 | 2020-01-01
1 Januari 2020 | 2020-01-01
1 January 2020 | 2020-01-01
2 Feb 2020 | 2020-02-02
2 Peb 2020 | 2020-02-02
2 Pebruari 2020 | 2020-02-02
2 Februari 2020 | 2020-02-02
2 February 2020 | 2020-02-02
3 Mar 2020 | 2020-03-03
3 Mrt 2020 | 2020-03-03
3 Maret 2020 | 2020-03-03
3 March 2020 | 2020-03-03
4 Apr 2020 | 2020-04-04
4 April 2020 | 2020-04-04
5 Mei 2020 | 2020-05-05
5 May 2020 | 2020-05-05
6 Jun 2020 | 2020-06-06
6 Juni 2020 | 2020-06-06
6 June 2020 | 2020-06-06
7 Jul 2020 | 2020-07-07
7 Juli 2020 | 2020-07-07
7 July 2020 | 2020-07-07
8 Agu 2020 | 2020-08-08
8 Agt 2020 | 2020-08-08
8 Ags 2020 | 2020-08-08
8 Agst 2020 | 2020-08-08
8 Agus 2020 | 2020-08-08
8 Agustus 2020 | 2020-08-08
8 Aug 2020 | 2020-08-08
8 August 2020 | 2020-08-08
9 Sep 2020 | 2020-09-09
9 Sept 2020 | 2020-09-09
9 September 2020 | 2020-09-09
10 Okt 2020 | 2020-10-10
10 Oct 2020 | 2020-10-10
10 Oktober 2020 | 2020-10-10
10 October 2020 | 2020-10-10
11 Nov 2020 | 2020-11-11
11 Nop 2020 | 2020-11-11
6 Nop 2019 | 2019-11-06
11 November 2020 | 2020-11-11
11 Nopember 2020 | 2020-11-11
12 Des 2020 | 2020-12-12
12 Dec 2020 | 2020-12-12
12 Desember 2020 | 2020-12-12
12 December 2020 | 2020-12-12
29 Des 2024 | 2024-12-29
05 Jan 2025 | 2025-01-05
8 Agt. 2020 | 2020-08-08
Agt 8, 2020 | 2020-08-08
Des 12, 2020 10:00 | 2020-12-12T10:00
Mei 5, 2020 | 2020-05-05
Nop 6, 2019 | 2019-11-06
29 Februari 2020 | 2020-02-29
29/02/2020 | 2020-02-29
31 Desember 2019 23:59:59 | 2019-12-31T23:59:59
1 Januari 2020 00:00 | 2020-01-01T00:00
1 Januari 2020 00.00 WIB | 2020-01-01T00:00
17 Agustus 1945 | 1945-08-17
13 Agustus 1938 | 1938-08-13
Kabar Wening - 3 Mei 2024, 19:05 WIB | 2024-05-03T19:05
Rina Sari - Jumat, 3 Mei 2024 | 19:05 WIB | 2024-05-03T19:05
Jakarta, 3 Mei 2024 | 2024-05-03
26 Mei 2024, 19:05 WIB | 2024-05-26T19:05
Update: 26/05/2024 · 19:05 | 2024-05-26T19:05
26 Mei 2024 | 07:05:09 | 2024-05-26T07:05:09
26 Mei 2024\t07:05 | 2024-05-26T07:05
26\xa0Mei\xa02024 07:05 | 2024-05-26T07:05
26 Mei 2024 7:05 | 2024-05-26T07:05
26 Mei 2024 7.05 WIB | 2024-05-26T07:05
May 26 2024 19:05:00 +0700 | 2024-05-26T19:05
Sun, 26 May 2024 12:05:00 Z | 2024-05-26T12:05+00:00
2024-05-26 19:05:00.000000 | 2024-05-26T19:05
2024-05-26T19:05:00+07 | 2024-05-26T19:05
2024-05-26T12:05:00+00:00 | 2024-05-26T12:05+00:00
"""

NONSENSE = """
31 Februari 2019
30 Februari 2020
29 Februari 2019
31 April 2019
32 Januari 2019
0 Januari 2019
31/02/2019
10/13/2019
13/13/2019
00/00/0000
0000-00-00
2019-13-01
2019-00-10
2019-02-30
2019-02-29
2019-10-32
20191301
10 September 2019 25:00
10 September 2019 12:60
10/09/2019 99.99 WIB
2019-10-09T24:30:00
9 Foo 2019
kemarin
hari ini
2 jam yang lalu
4 tahun lalu
baru saja
10 September
September 2019
2019
22:05 WIB
pukul 22.05
Senin
Minggu
minggu lalu
belum ada tanggal
null
None
-
?

12345
123456789012345678901234567890
99999999999999999999
Rp 1.234.567
5,2 persen
0811-2345-6789
1/2
1.2.3
halaman 2 dari 3
31 Juli 12019
1 Mei 3019
1 Januari 1066
"""


def lines(text: str) -> list[str]:
    return [line for line in text.removeprefix("\n").removesuffix("\n").split("\n") if line]


def expected(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=WIB)


@pytest.mark.parametrize("line", lines(DATES))
def test_date(line: str) -> None:
    text, _, iso = line.rpartition(" | ")
    text = text.replace("\\t", "\t").replace("\\xa0", "\xa0")
    found = parse_date(text)
    assert found == expected(iso)
    assert found.utcoffset() == expected(iso).utcoffset()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Tue, 05/04/2021 - 07:10", "2021-05-04T07:10"),
        ("Selasa, 05/04/2021", "2021-05-04"),
        ("Senin, 05/04/2021", "2021-04-05"),
        ("Rabu, 05/04/2021", "2021-04-05"),  # neither: the day first, as ever
        ("Minggu, 25/04/2021", "2021-04-25"),
    ],
)
def test_the_name_of_the_day_tells_which_number_it_is(text: str, iso: str) -> None:
    assert parse_date(text) == expected(iso)


@pytest.mark.parametrize("text", [*lines(NONSENSE), "", " ", "\n", "x" * 100_000, "1" * 5000])
def test_nonsense_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://a.id/read/2019/09/10/21485171/judul", "2019-09-10"),
        ("https://a.id/2019/9/1/judul", "2019-09-01"),
        ("https://a.id/2019-09-10-judul", "2019-09-10"),
        ("https://a.id/berita/20190910/judul", "2019-09-10"),
        ("https://a.id/berita/20190910181222-4-123/judul", "2019-09-10"),
        ("https://a.id/read/2019/09/10", "2019-09-10"),
        ("https://a.id/read/2019/13/10/judul", None),
        ("https://a.id/read/2019/09/judul", None),
        ("https://a.id/berita/1438967/178/judul-1568277806", None),
        ("https://a.id/?tanggal=/2019/09/10/", None),
        ("", None),
    ],
)
def test_date_from_url(url: str, iso: str | None) -> None:
    assert date_from_url(url) == (iso and expected(iso))


def test_epoch_out_of_reach_is_none() -> None:
    assert from_epoch(1e300) is None
    assert from_epoch(float("nan")) is None
    assert from_epoch(float("inf")) is None
    assert from_epoch(-1) is None
    assert from_epoch(1_570_639_867) == datetime(2019, 10, 9, 16, 51, 7, tzinfo=UTC)


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_in_every_shape(day: date) -> None:
    month = MONTHS.split()[day.month - 1]
    moment = datetime(day.year, day.month, day.day, tzinfo=WIB)
    for text in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        day.isoformat(),
    ):
        assert parse_date(text) == moment


@given(st.text())
def test_any_text_is_a_moment_with_a_zone_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.tzinfo is not None
