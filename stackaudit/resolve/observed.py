"""What lists of others show, beside what the inventory lists: which tool each name means.

A name means a tool where a person says so (``tool:``), by the tool's id or name, by the name of its
product or by the vendor of its contract. Likeness is only ever a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from stackaudit.catalogue.match import find_product, folded, suggest_products
from stackaudit.catalogue.model import Product
from stackaudit.inventory.schema import Observed, Seen, Tool
from stackaudit.resolve.model import Resolved
from stackaudit.source.words import make_id

State = Literal[
    "both", "only-declared", "only-observed", "retired", "likely", "unrecognised", "ignored"
]
STATES: Final[tuple[State, ...]] = (
    "only-observed",
    "retired",
    "likely",
    "only-declared",
    "both",
    "unrecognised",
    "ignored",
)
"""In the order they are shown: what somebody has to look at comes first."""

NOT_LISTED_ANYWHERE: Final = frozenset(("service", "homegrown", "spreadsheet", "own-channel"))
"""Kinds of tool that lists of logins, payments and tags do not show as such."""

_LIKE: Final = 0.86
"""Least likeness of two folded names that is worth a question."""
_SHORT: Final = 4
"""A part of a name that is shorter says nothing."""
_CARD: Final = re.compile(r"\s*[*#]+\s*|\s{2,}|\s+-\s+")
"""What stands between the parts of a line on a card statement: ``HS *HUBSPOT``."""
_PLACE: Final = re.compile(
    r"(?i)\b(?:emea|apac|amer|europe|usa|us|uk|eu|de|ie|intl|international|subscription|"
    r"invoice|payment|annual|monthly|www)\b|[\d./_+-]{3,}"
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name on a list, and what it means."""

    shown: Observed
    entry: Seen
    tools: tuple[str, ...] = ()
    """Ids of the tools it is: several where accounts of one product cannot be told apart."""
    product: Product | None = None
    """The product it is, where no tool of the inventory is."""
    maybe: tuple[str, ...] = ()
    """Ids of tools it may be: somebody has to say."""
    like: tuple[str, ...] = ()
    """Names of products it may be, of which no tool is listed."""
    ignored: str = ""
    """Why it does not count: a person's reason, or that it is out of scope."""


@dataclass(frozen=True, slots=True)
class Row:
    """A tool, product or name, and which lists show it."""

    key: str
    """Tool id, product id or folded name: what the row is about, whatever the lists call it."""
    name: str
    state: State
    tool: str | None = None
    product: Product | None = None
    sightings: tuple[Sighting, ...] = ()
    maybe: tuple[str, ...] = ()
    like: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[str, ...]:
        """Return the names of the lists that show it, in their order."""
        return tuple(dict.fromkeys(s.shown.name for s in self.sightings))


def sightings(resolved: Resolved) -> tuple[Sighting, ...]:
    """Return what every entry of every list means, in the order of the inventory."""
    reading = _Meaning(resolved)
    return tuple(
        reading.of(shown, entry) for shown in resolved.inventory.observed for entry in shown.entries
    )


def reconciled(resolved: Resolved, found: Iterable[Sighting] | None = None) -> tuple[Row, ...]:
    """Return the tools and the lists side by side; nothing where the inventory has no lists.

    Rows come by state (:data:`STATES`), then by name. A tool that no list shows has a row where a
    list could show it at all: software in production that is in use.
    """
    if not resolved.inventory.observed:
        return ()
    seen = tuple(sightings(resolved) if found is None else found)
    by_tool: dict[str, list[Sighting]] = {}
    maybe: dict[str, list[Sighting]] = {}
    others: dict[tuple[str, str], list[Sighting]] = {}
    for sighting in seen:
        for tool in sighting.tools:
            by_tool.setdefault(tool, []).append(sighting)
        for tool in sighting.maybe:
            maybe.setdefault(tool, []).append(sighting)
        if not sighting.tools:
            others.setdefault(_about(sighting), []).append(sighting)
    rows = [_tool_row(resolved.tools[i], each) for i, each in by_tool.items()]
    rows += [_other_row(state, key, each) for (state, key), each in others.items()]  # type: ignore[arg-type]
    rows += [
        Row(tool.id, tool.name, "only-declared", tool.id)
        for tool in resolved.tools.values()
        if tool.id not in by_tool and tool.id not in maybe and could_be_seen(resolved, tool)
    ]
    return tuple(sorted(rows, key=lambda r: (STATES.index(r.state), folded(r.name), r.key)))


def resembling(resolved: Resolved, names: Iterable[str]) -> frozenset[str]:
    """Return those of some names that are, or may be, a tool of the inventory or a known product.

    A product is only meant by a name that has its name in it (``MAILCHIMP *MISC``).
    """
    reading = _Meaning(resolved)
    shown = Observed.model_construct(name="", entries=())
    found = set()
    for name in names:
        sighting = reading.of(shown, Seen.model_construct(name=name))
        named = any(folded(like.split()[-1]) in folded(name) for like in sighting.like)
        if named or sighting.tools or sighting.maybe or sighting.product or sighting.ignored:
            found.add(name)
    return frozenset(found)


def could_be_seen(resolved: Resolved, tool: Tool) -> bool:
    """Return whether some list of others could show a tool under a name of its own."""
    return (
        tool.status in (None, "live", "pilot", "retiring")
        and tool.environment in (None, "production")
        and tool.kind not in NOT_LISTED_ANYWHERE
        and tool.runs_inside is None
        and tool.id not in out_of_scope(resolved)
    )


def out_of_scope(resolved: Resolved) -> dict[str, str]:
    """Return id → why of everything that is out of scope, listed under tools or not."""
    return {
        resolved.tool_id(entry.tool) or make_id(entry.tool): entry.because or "out of scope"
        for entry in resolved.inventory.out_of_scope
    }


def _about(sighting: Sighting) -> tuple[State, str]:
    named = folded(sighting.entry.name) or sighting.entry.name.strip()
    if sighting.ignored:
        return "ignored", named
    if sighting.product is not None:
        return "only-observed", sighting.product.id
    return ("likely" if sighting.maybe else "unrecognised"), named


def _tool_row(tool: Tool, found: list[Sighting]) -> Row:
    state: State = "retired" if tool.status == "retired" else "both"
    return Row(tool.id, tool.name, state, tool.id, sightings=tuple(found))


def _other_row(state: State, key: str, found: list[Sighting]) -> Row:
    first = found[0]
    name = first.product.name if first.product is not None else first.entry.name
    return Row(
        key, name, state, None, first.product, tuple(found), maybe=first.maybe, like=first.like
    )


class _Meaning:
    """What names mean to one inventory; everything is looked up once."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.out = out_of_scope(resolved)
        self.out_products = {
            product.id: why
            for entry in resolved.inventory.out_of_scope
            if (product := find_product(resolved.catalogue, entry.tool).product) is not None
            for why in [entry.because or "out of scope"]
        }
        self.by_product: dict[str, list[str]] = {}
        for known, match in resolved.products.items():
            if match.product is not None:
                self.by_product.setdefault(match.product.id, []).append(known)
        self.vague: dict[str, list[str]] = {}
        for known, match in resolved.products.items():
            for candidate in match.candidates if match.how == "ambiguous" else ():
                self.vague.setdefault(candidate.id, []).append(known)
        for known in sorted(resolved.mentioned):
            product = find_product(resolved.catalogue, resolved.tools[known].name).product
            if product is not None and known not in self.by_product.get(product.id, ()):
                self.by_product.setdefault(product.id, []).append(known)
        self.by_name: dict[str, list[str]] = {}
        for tool in resolved.tools.values():
            for key in dict.fromkeys((folded(tool.name), folded(tool.id))):
                self.by_name.setdefault(key, []).append(tool.id)
        self.by_vendor: dict[str, list[str]] = {}
        of_contract = {c.id: c.vendor for c in resolved.inventory.contracts if c.vendor}
        for tool in resolved.inventory.tools:
            vendor = of_contract.get(tool.contract) if isinstance(tool.contract, str) else None
            if vendor:
                self.by_vendor.setdefault(folded(vendor), []).append(tool.id)

    def of(self, shown: Observed, entry: Seen) -> Sighting:
        """Return what an entry of a list means."""
        if entry.ignore is not None:
            return Sighting(shown, entry, ignored=entry.ignore)
        if entry.tool is not None:
            known = self.resolved.tool_id(entry.tool)
            if known is not None and known not in self.out:
                return Sighting(shown, entry, (known,))
            return Sighting(shown, entry, ignored=self.out.get(known or "", "out of scope"))
        why = self._left_out(entry.name)
        if why:
            return Sighting(shown, entry, ignored=why)
        tools = self._named(entry.name)
        if tools:
            return Sighting(shown, entry, tools)
        match = find_product(self.resolved.catalogue, entry.name)
        if match.product is not None:
            vague = [t for t in self.vague.get(match.product.id, ()) if t not in self.out]
            if vague:  # the inventory says `Google`: that may be it
                return Sighting(shown, entry, maybe=tuple(vague), like=(match.product.name,))
            return Sighting(shown, entry, product=match.product)
        vendor = self.by_vendor.get(folded(entry.name), ())
        if vendor:
            return Sighting(shown, entry, tuple(vendor))
        names = tuple(p.name for p in match.candidates)
        some = [t for p in match.candidates for t in self.by_product.get(p.id, ())]
        if not some and not names:
            some, names = self._alike(entry.name)
        maybe = tuple(t for t in dict.fromkeys(some) if t not in self.out)
        return Sighting(shown, entry, maybe=maybe, like=() if maybe else names)

    def _left_out(self, name: str) -> str:
        known = self.resolved.tool_id(name) or make_id(name)
        if known in self.out:
            return self.out[known]
        product = find_product(self.resolved.catalogue, name).product
        listed = product is not None and product.id in self.by_product
        return self.out_products.get(product.id, "") if product is not None and not listed else ""

    def _named(self, name: str) -> tuple[str, ...]:
        """Return the tools a name means: those in use before those that are retired."""
        found = self.by_name.get(folded(name), [])
        if not found:
            product = find_product(self.resolved.catalogue, name).product
            found = self.by_product.get(product.id, []) if product is not None else []
        found = [t for t in found if t not in self.out]
        alive = [t for t in found if self.resolved.tools[t].status != "retired"]
        return tuple(dict.fromkeys(alive or found))

    def _alike(self, name: str) -> tuple[list[str], tuple[str, ...]]:
        """Return the tools, or else the names of products, that a name is spelled like."""
        from rapidfuzz.distance import OSA

        for part in _parts(name):
            named = self._named(part)
            match = find_product(self.resolved.catalogue, part)
            if named or match.product is not None:
                return list(named), () if match.product is None else (match.product.name,)
            some = [t for p in match.candidates for t in self.by_product.get(p.id, ())]
            if match.candidates:
                return some, tuple(p.name for p in match.candidates)
        tools: list[str] = []
        asked = folded(name)
        for known, ids in sorted(self.by_name.items()):
            shorter, longer = sorted((known, asked), key=len)
            inside = len(shorter) > _SHORT and longer.startswith(shorter)
            if inside or OSA.normalized_similarity(asked, known) >= _LIKE:
                tools += ids
        products = suggest_products(self.resolved.catalogue, name)
        for near in products:
            product = find_product(self.resolved.catalogue, near).product
            tools += self.by_product.get(product.id, []) if product is not None else []
        return tools, tuple(products)


def _parts(name: str) -> list[str]:
    """Return what may be a name in one: without places and numbers, of a card statement its parts.

    The longest come first: ``GOOGLE *ADS5551212`` is Google Ads before it is Google.
    """
    words = _PLACE.sub(" ", name.replace("*", " ")).split()
    parts = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
    parts += [*map(str.strip, _CARD.split(name)), *words[1:]]
    return [p for p in dict.fromkeys(parts) if len(folded(p)) >= _SHORT and p != name]
