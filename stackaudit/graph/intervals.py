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
