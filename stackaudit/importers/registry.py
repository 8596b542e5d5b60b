"""Importers and services by entry point; the built-in ones come through the same door.

The group is ``stackaudit.importers``. An entry point names an importer or service class, a list of
them, or a function that returns one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from stackaudit.importers.model import Bundle, Importer, ImportFailure, Service

GROUP: Final = "stackaudit.importers"
BUILT_IN: Final = EntryPoint("stackaudit", "stackaudit.importers.built_in:built_in", GROUP)


@dataclass(frozen=True, slots=True)
class Registry:
    """All importers and services in the order in which they are asked, and what failed to load."""

    importers: tuple[Importer, ...]
    services: tuple[Service, ...]
    failed: tuple[str, ...] = ()

    def importer(self, name: str) -> Importer | None:
        """Return an importer by id."""
        return next((i for i in self.importers if i.id == name), None)

    def service(self, name: str) -> Service | None:
        """Return a service by id."""
        return next((s for s in self.services if s.id == name), None)

    def recognise(self, bundle: Bundle) -> Importer | None:
        """Return the first importer that knows this kind of source; third-party ones go first."""
        for importer in self.importers:
            try:
                if importer.recognises(bundle):
                    return importer
            except ImportFailure:
                return importer  # it is of this kind, and broken: parsing will say how
        return None


@cache
def installed() -> Registry:
    """Return all that is installed."""
    points = {point.value: point for point in entry_points(group=GROUP)}
    points.setdefault(BUILT_IN.value, BUILT_IN)
    others = sorted(
        (p for v, p in points.items() if v != BUILT_IN.value), key=lambda p: (p.name, p.value)
    )
    return load([*others, points[BUILT_IN.value]])


def load(points: Iterable[EntryPoint]) -> Registry:
    """Return the importers of entry points; one that fails is named and the others are kept."""
    importers: dict[str, Importer] = {}
    services: dict[str, Service] = {}
    failed = []
    for point in points:
        try:
            for made in _made(point.load()):
                table: dict[str, Any] = services if hasattr(made, "fetch") else importers
                table.setdefault(made.id, made)
        except Exception as error:  # noqa: BLE001 - a plug-in may raise anything; it is reported
            failed.append(f"{point.name}: {type(error).__name__}: {error}")
    return Registry(tuple(importers.values()), tuple(services.values()), tuple(failed))


def _made(thing: Any) -> list[Any]:
    if callable(thing) and not isinstance(thing, type):
        thing = thing()
    each = list(thing) if isinstance(thing, Iterable) else [thing]
    made = [one() if isinstance(one, type) else one for one in each]
    for one in made:
        if not (hasattr(one, "id") and (hasattr(one, "parse") or hasattr(one, "fetch"))):
            raise TypeError(f"{one!r} is neither an importer nor a service")
    return made
