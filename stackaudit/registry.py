"""Checks by entry point: the built-in ones come through the same door as third-party ones.

The group is ``stackaudit.checks``. An entry point names a check class, a list of check classes, or
a function that returns them. One that cannot be loaded is reported and never silently left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from stackaudit.check import Check

GROUP: Final = "stackaudit.checks"
BUILT_IN: Final = EntryPoint("stackaudit", "stackaudit.checks:built_in", GROUP)
"""Used as well when the package runs without being installed."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A check and the package it comes from."""

    check: Check
    origin: str


@dataclass(frozen=True, slots=True)
class Unloaded:
    """An entry point that could not be loaded, and why."""

    name: str
    error: str


@dataclass(frozen=True, slots=True)
class Registry:
    """All checks, built-in ones first, and the entry points that failed."""

    checks: tuple[Registered, ...]
    failed: tuple[Unloaded, ...]

    def get(self, check_id: str) -> Check | None:
        """Return a check by id."""
        return next((r.check for r in self.checks if r.check.id == check_id), None)


@cache
def installed() -> Registry:
    """Return the registry of everything that is installed, made once."""
    points = {point.value: point for point in entry_points(group=GROUP)}
    points.setdefault(BUILT_IN.value, BUILT_IN)
    others = sorted(
        (p for v, p in points.items() if v != BUILT_IN.value), key=lambda p: (p.name, p.value)
    )
    return load([points[BUILT_IN.value], *others])


def load(points: Iterable[EntryPoint]) -> Registry:
    """Return the checks of entry points; whatever fails, fails for its own point only.

    Two checks with one id are refused: the later one is reported as failed.
    """
    checks: list[Registered] = []
    failed: list[Unloaded] = []
    taken: dict[str, str] = {}
    for point in points:
        try:
            made = [check_class() for check_class in _classes(point.load())]
        except Exception as error:  # noqa: BLE001 - a plug-in may raise anything; it is reported
            failed.append(Unloaded(point.name, f"{type(error).__name__}: {error}"))
            continue
        for check in made:
            if check.id in taken:
                failed.append(
                    Unloaded(
                        point.name, f"the check {check.id} exists already, in {taken[check.id]}"
                    )
                )
                continue
            taken[check.id] = point.name
            checks.append(Registered(check, point.name))
    return Registry(tuple(checks), tuple(failed))


def _classes(thing: object) -> list[type[Check]]:
    if callable(thing) and not isinstance(thing, type):
        thing = thing()
    found: list[type[Check]] = []
    for item in thing if isinstance(thing, Iterable) else [thing]:
        if not (isinstance(item, type) and issubclass(item, Check)):
            raise TypeError(f"{item!r} is not a check class")
        found.append(item)
    return found
