"""How often data moves, in minutes."""

from __future__ import annotations

from typing import Final

from stackaudit.catalogue.model import Catalogue

UNIT_MINUTES: Final = {"m": 1, "h": 60, "d": 1440, "w": 10080}


def interval_minutes(every: str, catalogue: Catalogue) -> int | None:
    """Return the worst case of an interval in minutes: a word, ``4h``, or the end of ``15m-4h``.

    None for ``manual``, which has no schedule.
    """
    if every in catalogue.latency:
        return catalogue.interval_minutes(every)
    last = every.rsplit("-", 1)[-1].strip()
    return int(last[:-1]) * UNIT_MINUTES[last[-1]]


def in_words(minutes: int) -> str:
    """Return a time in the words people use: ``15 minutes``, ``4 hours``, ``2 days``."""
    for size, word in ((10080, "week"), (1440, "day"), (60, "hour")):
        if minutes >= size and minutes % size == 0:
            return _some(minutes // size, word)
    if minutes > 1440:
        return _some(round(minutes / 1440, 1), "day")
    if minutes > 60:
        return _some(round(minutes / 60, 1), "hour")
    return _some(minutes, "minute")


def _some(number: float, word: str) -> str:
    return f"{number:g} {word}" if number == 1 else f"{number:g} {word}s"
