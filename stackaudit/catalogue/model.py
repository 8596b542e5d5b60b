"""What the catalogue consists of, as light immutable records.

No reading, no validation and no graph here: :mod:`stackaudit.catalogue.load` builds these from the
data files, :mod:`stackaudit.catalogue.schema` says what a user's own catalogue file may hold.
They are named tuples and not dataclasses because every command pays for making these classes: 4 ms
against 24 ms. Use their fields by name.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

CapabilityStrength = Literal["primary", "secondary"]
Expectation = Literal["must", "should", "could"]
Plurality = Literal["singleton", "few", "many"]
UsedBy = Literal["people", "machines", "both"]
Role = Literal["capture", "store", "activate", "measure"]
PersonalData = Literal["yes", "pseudonymous", "low", "no"]
Lifecycle = Literal["active", "retiring", "retired", "unknown"]
Answer = Literal["yes", "no", "unknown"]

RETIRING_MONTHS = 24
"""A planned end counts as *retiring* from this many months before it; earlier it is no news."""


def possible_days(text: str) -> tuple[date, date] | None:
    """Return the first and the last day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean.

    Returns ``None`` for an empty text. Raises ``ValueError`` for anything else.
    """
    if not text:
        return None
    if len(text) not in (4, 7, 10):
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class Domain(NamedTuple):
    """A field of marketing work that groups capabilities."""

    id: str
    name: str
    definition: str


class Stage(NamedTuple):
    """A stage of the customer journey (or ``enabling``, which has no place in it)."""

    id: str
    name: str
    definition: str
    maps_to: str


class Product(NamedTuple):
    """A product that can be bought, with what it is usually bought for."""

    id: str
    name: str
    vendor: str
    domain: str
    """The product's or vendor's web domain."""
    category: str
    """Subcategory id of the chiefmartec landscape, or ``""``."""
    capabilities: Mapping[str, CapabilityStrength]
    """In the order of the file: what it is bought for first."""
    objects: tuple[str, ...]
    """Data objects that it typically holds or passes on; never a fact about one company's use."""
    suite: str
    aliases: tuple[str, ...]
    status: str
    """``active``, ``renamed``, ``acquired``, ``merged``, ``retiring`` or ``retired``."""
    status_date: str
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``""`` where unknown."""
    successor: str
    """Catalogue id of the product that replaces it, or a name, or ``""``."""
    note: str
    evidence: str
    """How the status is known: ``seen`` in a source, ``unverified``, or ``""`` (no claim)."""

    def lifecycle_at(self, day: date) -> Lifecycle:
        """Return whether the product was alive on a day.

        A product retired in 2023 was ``active`` in 2022. A planned end makes it ``retiring`` from
        24 months before. ``unknown`` where the date is missing or too coarse to say.
        """
        if self.status not in ("retired", "retiring"):
            return "active"
        days = possible_days(self.status_date)
        if days is None:
            return "unknown"
        first, last = days
        if day >= last:
            return "retired"
        if self.status == "retired":
            return "active" if day < first else "unknown"
        return "active" if day < _months_before(first, RETIRING_MONTHS) else "retiring"


class Capability(NamedTuple):
    """Something marketing technology is for, such as ``email-marketing``."""

    id: str
    name: str
    domain: str
    definition: str
    stages: tuple[str, ...]
    plurality: Plurality
    used_by: UsedBy
    office: bool
    """Planning, design or office work: its tools are never called a data silo."""
    roles: Mapping[str, tuple[Role, ...]]
    """Per data object what a tool with this capability surely does with it."""
    may: tuple[str, ...]
    """Objects such a tool may hold or pass on; nothing is assumed about them."""
    chiefmartec: tuple[str, ...]
    expected: Mapping[str, Expectation]
    """Profile id to strength; a profile that does not expect it is not a key."""

    @property
    def objects(self) -> tuple[str, ...]:
        """Return every object a tool with this capability handles or may handle."""
        return (*self.roles, *(o for o in self.may if o not in self.roles))


class DataObject(NamedTuple):
    """A kind of data that moves through a stack, such as ``contact``."""

    id: str
    name: str
    definition: str
    personal_data: PersonalData
    needs_record: bool
    """Person-level and revenue objects that want one declared system of record."""
    record: str
    """The capability whose tool usually is the system of record."""
    names: Mapping[str, str]
    """What it is called in ``salesforce``, ``hubspot``, ``segment_spec``, ``dynamics_cdm``."""
    order: int
    """Place in lists, from 0."""
    noun: str = ""
    """What several of them are called in a sentence: ``contacts``."""

    @property
    def personal(self) -> bool:
        """Return whether it is personal data (``yes`` or ``pseudonymous``)."""
        return self.personal_data in ("yes", "pseudonymous")


class Latency(NamedTuple):
    """A word for how often data moves, in minutes."""

    id: str
    name: str
    interval: int | None
    """What it means as an integration's declared interval (worst case); ``None``: no schedule."""
    limit: int | None
    """What it means as a need (how old data may be)."""
    aliases: tuple[str, ...]


class Method(NamedTuple):
    """A way to integrate two tools."""

    id: str
    name: str
    aliases: tuple[str, ...]
    latency: str
    """Typical latency, a word of the latency table or one of its aliases."""
    automated: bool
    moves_data: bool
    """False for single sign-on, embedded links and the like: never an integration."""
    robustness: float
    """Expert rating from 0 to 1, not a measurement."""
    note: str


class ExpectedFlow(NamedTuple):
    """Data that should get from a tool with one capability to a tool with another."""

    source: str
    target: str
    object: str
    strength: Expectation
    within: str
    """How old the data may be on arrival: a word of the latency table, or ``""`` (no limit)."""
    profiles: tuple[str, ...]
    why: str

    @property
    def key(self) -> str:
        """Return ``from/to/object``."""
        return f"{self.source}/{self.target}/{self.object}"


class JourneyStage(NamedTuple):
    """A stage of a profile's journey and what must get from its tools to the next stage's."""

    stage: str
    carries: str
    """Data object, or ``""`` on the last stage."""


class Process(NamedTuple):
    """A default process: capabilities in order and the object handed from one to the next."""

    id: str
    name: str
    carries: str
    steps: tuple[str, ...]


class Profile(NamedTuple):
    """A kind of company and what its stack is expected to do (norms, never facts)."""

    id: str
    name: str
    definition: str
    size: str
    hub: str
    """The capability whose tool usually sits in the middle."""
    regulation: str
    expected: Mapping[str, Expectation]
    """Capability id to strength; what is missing is not expected."""
    flows: tuple[ExpectedFlow, ...]
    journey: tuple[JourneyStage, ...]
    processes: tuple[Process, ...]
    thresholds: Mapping[str, Mapping[str, float]] = {}
    """Check id to threshold name to value: what this profile changes."""
    weights: Mapping[str, float] = {}
    """Severity to weight in the scores: what this profile changes."""


class Shared(NamedTuple):
    """Members of a suite that keep objects in one database."""

    members: frozenset[str]
    objects: frozenset[str]
    note: str
    evidence: str


class Suite(NamedTuple):
    """Products of one vendor sold together."""

    id: str
    name: str
    vendor: str
    members: tuple[str, ...]
    shares: tuple[Shared, ...]
    note: str

    def shared_objects(self, one: str, other: str) -> frozenset[str]:
        """Return the objects two member products share without an integration (often none)."""
        found: frozenset[str] = frozenset()
        for group in self.shares:
            if one in group.members and other in group.members:
                found |= group.objects
        return found


class Rule(NamedTuple):
    """A law or regulation with (or without) a limit on how long an opt-out may take."""

    id: str
    name: str
    where: str
    kind: str
    what: str
    limit: int | None
    """Number in ``unit``; ``None``: the rule names none and is never compared with one."""
    unit: str
    days: int | None
    """The limit in calendar days."""
    channels: tuple[str, ...]
    source: str
    version: str
    evidence: str

    @property
    def minutes(self) -> int | None:
        """Return the limit in minutes of calendar time."""
        return None if self.days is None else self.days * 1440


class Region(NamedTuple):
    """Where people are or data is hosted."""

    id: str
    name: str
    countries: tuple[str, ...]
    aliases: tuple[str, ...]
    law: str
    """Rule id of its data protection law, or ``""``."""


class Transfer(NamedTuple):
    """What the law of a region asks when personal data leaves it."""

    region: str
    free: frozenset[str]
    certified: frozenset[str]
    unsure: frozenset[str]
    otherwise: Answer
    source: str
    version: str
    evidence: str
    note: str


class Channel(NamedTuple):
    """A way to contact or target people."""

    id: str
    name: str
    needs: tuple[str, ...]
    """Objects whose record must reach the tool; a path of any one is enough."""
    implied_by: tuple[str, ...]
    transactional: tuple[str, ...]
    """Capabilities that imply it for transactional messages only."""
    results: tuple[str, ...]
    paid: bool


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything known; each mapping by id, in the order of the data files."""

    domains: Mapping[str, Domain]
    stages: Mapping[str, Stage]
    capabilities: Mapping[str, Capability]
    objects: Mapping[str, DataObject]
    methods: Mapping[str, Method]
    latency: Mapping[str, Latency]
    """By word; an alias (``batch-daily``) is a key too."""
    flows: tuple[ExpectedFlow, ...]
    profiles: Mapping[str, Profile]
    products: Mapping[str, Product]
    suites: Mapping[str, Suite]
    rules: Mapping[str, Rule]
    regions: Mapping[str, Region]
    transfers: Mapping[str, Transfer]
    mechanisms: Mapping[str, str]
    channels: Mapping[str, Channel]
    ambiguous: Mapping[str, tuple[str, ...]]
    """Names that mean several products, with the ids of the candidates."""

    def interval_minutes(self, word: str) -> int | None:
        """Return the minutes a latency word means as a declared interval; ``None``: no schedule."""
        entry = self.latency.get(word)
        return entry.interval if entry else None

    def limit_minutes(self, word: str) -> int | None:
        """Return the minutes a latency word means as a limit; ``None``: no limit."""
        entry = self.latency.get(word)
        return entry.limit if entry else None

    def shared_objects(self, one: str, other: str) -> frozenset[str]:
        """Return the objects two products share without an integration, by their suite."""
        first, second = self.products.get(one), self.products.get(other)
        if first is None or second is None or not first.suite or first.suite != second.suite:
            return frozenset()
        suite = self.suites.get(first.suite)
        return suite.shared_objects(one, other) if suite else frozenset()

    def assumed_roles(
        self, capabilities: Iterable[str], product: Product | None = None
    ) -> dict[str, tuple[Role, ...]]:
        """Return what a tool with these capabilities is assumed to do, per data object.

        Pass ``product`` only where the capabilities come from the catalogue. Then less is assumed,
        since a product rarely does everything its capabilities can mean: ``capture``, ``store`` and
        ``activate`` for the product's own objects alone, and ``store`` and ``activate`` only from
        what it is bought for (its primary capabilities). ``measure`` is always kept: it can make no
        tool a silo.
        """
        keep = set(product.objects) if product and product.objects else None
        found: dict[str, set[Role]] = {}
        for capability_id in capabilities:
            capability = self.capabilities.get(capability_id)
            if capability is None:
                continue
            certain = product is None or product.capabilities.get(capability_id) != "secondary"
            for name, roles in capability.roles.items():
                own = keep is None or name in keep
                kept = [r for r in roles if r == "measure" or (own and (certain or r == "capture"))]
                if kept:
                    found.setdefault(name, set()).update(kept)
        order: tuple[Role, ...] = ("capture", "store", "activate", "measure")
        return {
            name: tuple(role for role in order if role in found[name])
            for name in sorted(found, key=self._object_order)
        }

    def may_handle(
        self, capabilities: Iterable[str], product: Product | None = None
    ) -> frozenset[str]:
        """Return the objects that a tool with these capabilities handles or may handle."""
        found = set(product.objects) if product else set()
        for capability_id in capabilities:
            capability = self.capabilities.get(capability_id)
            if capability is not None:
                found.update(capability.objects)
        return frozenset(found)

    def _object_order(self, name: str) -> tuple[int, str]:
        entry = self.objects.get(name)
        return (entry.order if entry else len(self.objects), name)

    @cached_property
    def country_region(self) -> Mapping[str, str]:
        """Return region id by ISO 3166-1 alpha-2 country code."""
        return {code: region.id for region in self.regions.values() for code in region.countries}

    def transfer_needed(self, people: str, host: str) -> Answer:
        """Return whether hosting a region's people's data in another region needs a mechanism.

        ``unknown`` where the catalogue knows no law of the first region, or is not sure.
        """
        if people == host:
            return "no"
        law = self.transfers.get(people)
        if law is None or host in law.unsure or host not in self.regions:
            return "unknown"
        if host in law.free:
            return "no"
        return "yes" if host in law.certified else law.otherwise
