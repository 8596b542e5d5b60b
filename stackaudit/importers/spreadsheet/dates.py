"""Days as people type them: ``03/2027``, ``1.3.27``, ``Q1 2027``, ``31/12/2026``, Excel's numbers.

A month or quarter means its end, and that is said. A day that can be read two ways is decided by
the other cells of its column, or left out and asked about.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from stackaudit.importers.spreadsheet.words import unknown

Order = Literal["day", "month"]
"""What stands first where both numbers could be either."""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar févr février febrero",
            "march mar märz maerz mrz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?\Z")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?\Z")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})\Z|(\d{4})[-/.](\d{1,2})\Z")
_QUARTER = re.compile(
    r"(?:q([1-4])|([1-4])\.?\s?(?:q|quartal))[\s/\-']*(\d{4}|\d{2})\Z|(\d{4})[\s/\-]*q([1-4])\Z"
)
_HALF = re.compile(r"h([12])[\s/\-']*(\d{4}|\d{2})\Z|(\d{4})[\s/\-]*h([12])\Z")
_WORDS = re.compile(r"[a-zäöüéûà]+|\d+")
_END = re.compile(r"\b(end of year|eoy|jahresende|ende|end of|end|eom|ende des jahres)\b")
_VAGUE = re.compile(
    r"\b(mid|mitte|early|anfang|late|spring|summer|autumn|fall|winter|frühjahr|sommer|herbst|~"
    r"|ca|circa|around|about|approx)\b"
)
_ROLLING = re.compile(
    r"(month[- ]to[- ]month|monthly|monatlich|rolling|unbefristet|laufend|evergreen|perpetual"
    r"|unlimited|ongoing|indefinite|open[- ]ended|auto(matic)?( renewal)?|annual(ly)?|yearly"
    r"|jährlich)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """What a cell says about a day."""

    day: date | None = None
    why: str = ""
    """Why no day was taken; empty for a cell that only says that it is not known."""
    meant: str = ""
    """What a less exact text was taken to mean, to be said."""


def order_of(texts: Iterable[str]) -> Order | None:
    """Return which number stands first in a column, where a cell shows it and none denies it."""
    day = month = False
    for text in texts:
        match = _NUMERIC.match(text.strip())
        if match and match[2] != ".":
            day = day or int(match[1]) > 12
            month = month or int(match[3]) > 12
    return None if day == month else "day" if day else "month"


def read_day(value: object, order: Order | None = None) -> Day:
    """Return the day a cell means."""
    if isinstance(value, date):
        return _checked(value, str(value))
    if isinstance(value, bool):
        return Day(why="it holds a tick, not a day")
    if isinstance(value, int | float):
        return _serial(float(value))
    written = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    if unknown(written):
        return Day()
    text = written.casefold().strip(" .")
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _serial(float(text))
    match = _ISO.match(text)
    if match:
        return _made(int(match[1]), int(match[2]), int(match[3]), written)
    match = _NUMERIC.match(text)
    if match:
        return _numeric(match, written, order)
    match = _MONTH_YEAR.match(text)
    if match:
        year, month = int(match[2] or match[3]), int(match[1] or match[4])
        return _end_of(year, month, written) if 1 <= month <= 12 else _no(written)
    match = _QUARTER.match(text)
    if match:
        quarter = int(match[1] or match[2] or match[5])
        return _end_of(_year(match[3] or match[4]), quarter * 3, written)
    match = _HALF.match(text)
    if match:
        return _end_of(_year(match[2] or match[3]), int(match[1] or match[4]) * 6, written)
    if _ROLLING.fullmatch(text):
        return Day(why=f"{written!r} is no day")
    return _in_words(text, written)


def _numeric(match: re.Match[str], written: str, order: Order | None) -> Day:
    one, other, year = int(match[1]), int(match[3]), _year(match[4])
    if match[2] == "." or one > 12 or one == other:
        return _made(year, other, one, written)
    if other > 12:
        return _made(year, one, other, written)
    if order is None:
        first, second = f"{year}-{other:02d}-{one:02d}", f"{year}-{one:02d}-{other:02d}"
        return Day(why=f"{written!r} may be {first} or {second}")
    return _made(year, other, one, written) if order == "day" else _made(year, one, other, written)


def _in_words(text: str, written: str) -> Day:
    parts = _WORDS.findall(text)
    months = [_MONTHS[p] for p in parts if p in _MONTHS]
    numbers = [int(p) for p in parts if p.isdigit()]
    end = _END.search(text) is not None
    if _VAGUE.search(text):
        return Day(why=f"{written!r} is not exact enough")
    known = {
        "of",
        "the",
        "st",
        "nd",
        "rd",
        "th",
        "end",
        "ende",
        "until",
        "bis",
        "by",
        "des",
        "am",
        "on",
    }
    known |= {"renews", "ends", "expires", "mo", "di", "mi", "do", "fr", "sa", "so"}
    known |= {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    strange = [p for p in parts if not p.isdigit() and p not in _MONTHS and p not in known]
    if len(months) == 1 and not strange:
        years = [n for n in numbers if n >= 1990]
        if len(numbers) == 1 and not years:
            if re.search(r"['’/-]\s?\d{2}\Z", text) or numbers[0] > 31:
                return _end_of(2000 + numbers[0], months[0], written)
            return Day(why=f"{written!r} names no year")
        if len(numbers) == 1:
            return _end_of(years[0], months[0], written)
        if len(numbers) == 2:
            year = years[0] if years else 2000 + numbers[1]
            day = next((n for n in numbers if n != year and n <= 31), 0)
            return _made(year, months[0], day, written)
    if len(numbers) == 1 and 1990 <= numbers[0] <= 2100:
        if end or re.search(r"\beoy\b", text):
            return _end_of(numbers[0], 12, written)
        if not strange:
            return Day(why=f"{written!r} names only the year")
    return _no(written)


def _no(written: str) -> Day:
    return Day(why=f"{written!r} is no day that can be read")


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _end_of(year: int, month: int, written: str) -> Day:
    if not 1 <= month <= 12 or not 1990 <= year <= 2100:
        return _no(written)
    day = date(year, month, calendar.monthrange(year, month)[1])
    return Day(day, meant=f"{written} is read as {day.isoformat()}")


def _made(year: int, month: int, day: int, written: str) -> Day:
    try:
        return _checked(date(year, month, day), written)
    except ValueError:
        return Day(why=f"{written!r} is no day of the calendar")


def _checked(day: date, written: str) -> Day:
    if not 1990 <= day.year <= 2100:
        return Day(why=f"{written!r} is not a likely day")
    return Day(day)


def _serial(number: float) -> Day:
    """Return the day of a spreadsheet's number: days since 1899-12-30 (ECMA-376 18.17.4.1)."""
    if number == 0:
        return Day()
    if 1990 <= number <= 2100 and number == int(number):
        return Day(why=f"{int(number)} names only the year")
    if not 32_874 <= number <= 73_415:
        return Day(why=f"{number:g} is no day")
    day = date(1899, 12, 30) + timedelta(days=int(number))
    return Day(day, meant=f"{number:g} is read as {day.isoformat()}, as spreadsheets count days")


_NOTICE = re.compile(
    r"(\d{1,4})\s*(?:(-|\s)?(calendar|working|business)\s*)?(days?|tage?n?|d|weeks?|wochen?|w"
    r"|months?|monate?n?|m|mo|quarters?|quartale?|years?|jahre?|y)?\b"
)
_DAYS: Final = {"d": 1, "t": 1, "w": 7, "m": 30, "q": 90, "y": 365, "j": 365}


def notice_days(value: object, header: str = "") -> tuple[int | None, str]:
    """Return a notice period in days, and what was taken for it (or why nothing was)."""
    if isinstance(value, bool):
        return None, "it holds a tick"
    if isinstance(value, int | float):
        value = f"{value:g}"
    written = " ".join(str(value).split())
    if unknown(written):
        return None, ""
    text = written.casefold()
    words = {
        "one": 1,
        "two": 2,
        "three": 3,
        "six": 6,
        "ein": 1,
        "einen": 1,
        "zwei": 2,
        "drei": 3,
        "sechs": 6,
    }
    for name, number in words.items():
        text = re.sub(rf"\b{name}\b", str(number), text)
    match = _NOTICE.search(text)
    if match is None:
        return (0, "") if text in ("none", "keine") else (None, f"{written!r} is no period of days")
    unit = (match[4] or "")[:1]
    if not unit:
        lower = header.casefold()
        unit = (
            "m"
            if re.search(r"month|monat", lower)
            else "w"
            if re.search(r"week|woche", lower)
            else "d"
        )
        if int(match[1]) < 7 and unit == "d" and not re.search(r"day|tag", lower):
            return None, f"{written!r}: days or months?"
    days = int(match[1]) * _DAYS[unit]
    if days > 1_100:
        return None, f"{written!r} is not a likely notice period"
    said = f"{written} is read as {days} days" if unit != "d" else ""
    return days, said
