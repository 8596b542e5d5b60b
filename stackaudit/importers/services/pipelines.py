"""Tools and flows of a data pipeline: what its connections start from and end at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from stackaudit.catalogue.match import folded
from stackaudit.catalogue.model import Product
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundIntegration,
    FoundTool,
    Place,
    Setting,
)
from stackaudit.importers.services.connectors import Kind, kind_of
from stackaudit.importers.services.documents import Item, about, items_of, told
from stackaudit.importers.services.timing import every_of_several
from stackaudit.importers.values import text_without_secrets

_RANK: Final = ("live", "broken", "paused", "retired")
"""Several connections between two tools are one flow: it is live while one of them is."""
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class End:
    """One end of a connection."""

    key: str
    name: str
    product: Product | None


@dataclass(frozen=True, slots=True)
class Connection:
    """What a pipeline says about one of its connections; what it does not say is left out."""

    name: str
    objects: tuple[str, ...] = ()
    minutes: int | None = None
    word: str | None = None
    """How often, where it is no length of time: ``manual``."""
    status: str | None = None
    match_on: str | None = None


@dataclass(slots=True)
class _Flow:
    place: Place
    connections: list[Connection] = field(default_factory=list)


class Pipeline:
    """What the documents of one pipeline service say, as tools and flows.

    Parameters
    ----------
    service, product
        Id of the service, and its product of the catalogue.
    method
        How it moves data.
    """

    def __init__(
        self, bundle: Bundle, setting: Setting, service: str, product: str, method: str
    ) -> None:
        self._setting = setting
        self._bundle = bundle
        self._service = service
        self._product = setting.catalogue.products.get(product)
        self._method = method
        _, self.about = about(bundle)
        self.name = self._product.name if self._product else product
        account = f" ({self.about.account})" if self.about.account else ""
        self.found = Found(service, self.about.account or service, f"{self.name} by API{account}")
        self.items = items_of(bundle, self.found)
        self._flows: dict[tuple[str, str], _Flow] = {}
        self._unknown: dict[str, list[str]] = {}
        self._tests: list[str] = []
        self._added: set[str] = set()
        self._kinds: dict[str, Kind] = {}

    def clean(self, text: str) -> str:
        """Return a text without secrets and addresses."""
        return text_without_secrets(text, self.found.dropped)

    def end(self, type_id: str, label: str, place: Place) -> End | None:
        """Return what a connection starts from or ends at; None for what is only a test."""
        kind = self._kind(type_id) if type_id else None
        label = self.clean(label)
        if kind is not None and kind.mark == "test":
            self._tests.append(label or kind.name)
            return None
        if kind is not None and kind.product is not None:
            end = End(f"product:{kind.product.id}", kind.product.name, kind.product)
            self._add(end, place)
            return end
        if kind is not None and kind.candidates:
            end = End(f"type:{folded(type_id)}", kind.name, None)
            self._add(end, place)
            return end
        shown = label or (kind.name if kind else "")
        if not shown:
            return None
        what = kind.name if kind and kind.known else f"{self.name} type {type_id}" if kind else ""
        end = End(f"label:{folded(shown) or shown}", shown, None)
        if end.key not in self._added:
            self._unknown.setdefault(what, []).append(shown)
        self._add(end, place)
        return end

    def _kind(self, type_id: str) -> Kind:
        if type_id not in self._kinds:
            self._kinds[type_id] = kind_of(self._service, type_id, self._setting.catalogue)
        return self._kinds[type_id]

    def _add(self, end: End, place: Place) -> None:
        if end.key not in self._added:
            self._added.add(end.key)
            product = end.product.id if end.product else None
            self.found.tools.append(FoundTool(end.key, end.name, place, product=product))

    def flow(self, from_: End, to: End | None, place: Place, connection: Connection) -> None:
        """Note a connection; those with the same ends become one flow."""
        ends = (from_.key, to.key if to else "unknown")
        self._flows.setdefault(ends, _Flow(place)).connections.append(connection)

    def finish(self) -> Found:
        """Return what was found, with what has to be asked and said."""
        found = self.found
        if self._flows and self._product is not None:
            found.tools.insert(
                0, FoundTool("service", self.name, Place(found.source), product=self._product.id)
            )
        for (from_, to), flow in self._flows.items():
            found.integrations.append(
                FoundIntegration(from_, to, _place(flow), self._facts(flow), id=None)
            )
        for what, labels in sorted(self._unknown.items()):
            kind = f" ({what})" if what else ""
            found.ask(
                f"which systems are these{kind}: {listed_names(labels)}? Taken as they are called"
            )
        if self._tests:
            found.left_out(f"sample data and logs of its own: {listed_names(self._tests)}")
        told(self._bundle, found)
        return found

    def _facts(self, flow: _Flow) -> dict[str, object]:
        """Return what the connections say; those that rest say nothing while another runs."""
        statuses = {c.status for c in flow.connections}
        status = next((s for s in _RANK if s in statuses), None)
        each = [c for c in flow.connections if c.status == status]
        facts: dict[str, object] = {"method": self._method}
        if self._product is not None:
            facts["via"] = "service"
        objects = sorted({o for c in each for o in c.objects})
        if objects:
            facts["objects"] = objects
        minutes = [c.minutes for c in each if c.minutes is not None]
        words = {c.word for c in each}
        often = every_of_several(minutes) or (words.pop() if len(words) == 1 else None)
        if often is not None:
            facts["every"] = often
        if status is not None:
            facts["status"] = status
        keys = {c.match_on for c in each}
        if None not in keys:
            facts["match_on"] = sorted(k for k in keys if k)
        return facts


def by_id(items: Iterable[Item], key: str, found: Found, what: str) -> dict[str, Item]:
    """Return items by their id; one that comes twice is said, and the first is kept."""
    made: dict[str, Item] = {}
    twice = 0
    for item in items:
        own = item.text(key)
        if own and own not in made:
            made[own] = item
        elif own and made[own].data != item.data:
            twice += 1
    if twice:
        found.note(f"{twice} {what} came twice and differ; the first of each was taken")
    return made


def _place(flow: _Flow) -> Place:
    others = len(flow.connections) - 1
    more = f" and {others} more" if others else ""
    return Place(flow.place.file, f"{flow.place.spot}{more}")


def listed_names(names: Iterable[str]) -> str:
    """Return names in order, the first of them where they are many."""
    each = sorted(dict.fromkeys(names), key=str.casefold)
    more = f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else ""
    return ", ".join(each[:_SHOWN]) + more
