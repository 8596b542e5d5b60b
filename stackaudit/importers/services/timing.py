"""How often something runs: from minutes and cron expressions to what ``every`` holds.

Cron has five fields (minute, hour, day of month, month, day of week; crontab(5)); Quartz, which
Airbyte uses, has the seconds in front and may have the year behind. Where the runs of a day are not
evenly apart, the longest wait counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

HOUR: Final = 60
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY

_BASIC = re.compile(
    r"every[\s_]+(?:(\d{1,4})[\s_]+)?(minute|hour|day|week)s?\Z", re.IGNORECASE | re.ASCII
)
_UNITS: Final = {"minute": 1, "hour": HOUR, "day": DAY, "week": WEEK}


def every(minutes: float) -> str | None:
    """Return minutes as ``hourly``, ``daily``, ``weekly``, ``15m``, ``6h`` or ``2d``."""
    whole = round(minutes)
    if whole < 1 or whole > 366 * DAY:
        return None
    words = {HOUR: "hourly", DAY: "daily", WEEK: "weekly"}
    return words.get(whole) or _short(whole)


def every_of_several(minutes: Iterable[int]) -> str | None:
    """Return one interval, or the range from the shortest to the longest."""
    each = sorted(set(minutes))
    if not each:
        return None
    return every(each[0]) if len(each) == 1 else f"{_short(each[0])}-{_short(each[-1])}"


def minutes_of(quantity: object, unit: object) -> int | None:
    """Return an interval such as 6 and ``hour`` in minutes."""
    size = _UNITS.get(str(unit).casefold().removesuffix("s"))
    if isinstance(quantity, str) and quantity.strip().isdecimal():
        quantity = int(quantity)
    if size is None or isinstance(quantity, bool) or not isinstance(quantity, int | float):
        return None
    made = quantity * size
    return round(made) if 1 <= made <= 366 * DAY else None


def minutes_of_words(text: str) -> int | None:
    """Return ``Every 6 HOURS`` or ``every_24_hours`` in minutes."""
    match = _BASIC.match(text.strip())
    return minutes_of(int(match[1] or 1), match[2]) if match else None


def minutes_of_cron(expression: str) -> int | None:
    """Return the longest usual wait of a cron expression in minutes; None where it is unusual."""
    named = {
        "@hourly": HOUR,
        "@daily": DAY,
        "@midnight": DAY,
        "@weekly": WEEK,
        "@monthly": 30 * DAY,
    }
    if expression.strip() in named:
        return named[expression.strip()]
    fields = expression.split()
    if len(fields) >= 8 and "/" in fields[-1]:  # a time zone behind it, as Airbyte writes it
        fields = fields[:-1]
    if len(fields) in (6, 7):
        fields = fields[1:6]
    if len(fields) != 5:
        return None
    minute, hour, month_day, month, week_day = fields
    if month not in ("*", "?"):
        return None
    within = _within_a_day(minute, hour)
    if within is None:
        return None
    if month_day not in ("*", "?"):
        interval = re.fullmatch(r"[*1]/(\d{1,2})", month_day)
        if interval:
            return max(within, int(interval[1]) * DAY)
        return 30 * DAY if month_day.isdecimal() or month_day.upper() == "L" else None
    if week_day in ("*", "?"):
        return within
    days = len(week_day.split(","))
    return WEEK if days == 1 and "-" not in week_day else max(within, DAY)


def _within_a_day(minute: str, hour: str) -> int | None:
    minutes, hours = _values(minute, 60), _values(hour, 24)
    if not minutes or not hours:
        return None
    runs = [h * HOUR + m for h in hours for m in minutes]
    waits = [b - a for a, b in zip(runs, [*runs[1:], runs[0] + DAY], strict=True)]
    # `0 9-17 * * *` rests at night: what counts is how old data may be.
    return max(waits)


def _values(field: str, below: int) -> list[int]:
    """Return the values that a field of cron means; empty for what it does not understand."""
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(\*|\?|\d{1,2})(?:-(\d{1,2}))?(?:/(\d{1,2}))?", part)
        if not match:
            return []
        start = 0 if match[1] in ("*", "?") else int(match[1])
        step = int(match[3] or 1)
        open_end = match[1] in ("*", "?") or match[3] is not None
        end = int(match[2]) if match[2] else below - 1 if open_end else start
        if step < 1 or start >= below or end >= below:
            return []
        found.update(range(start, end + 1, step))
    return sorted(found)


def _short(minutes: int) -> str:
    for size, letter in ((DAY, "d"), (HOUR, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{letter}"
    return f"{minutes}m"
