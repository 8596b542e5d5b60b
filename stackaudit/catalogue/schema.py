"""What a catalogue file of a user's own may hold: the same shape as the built-in data files.

Only reading such a file (and the tests of the built-in ones) imports this module, and with it
pydantic. Entries are checked one by one, so that every problem of a file is found at once. All
keys are optional here: an entry with a known id changes only what it names; that a new entry has
what it needs is checked after merging.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from stackaudit.catalogue.build import words
from stackaudit.catalogue.model import possible_days


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text is expected here")  # noqa: TRY004 - pydantic collects ValueErrors
    return value


def _words(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    raise ValueError("a word or a list of words is expected here")


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    raise ValueError("a whole number is expected here")


def _share(value: Any) -> float:
    try:
        number = float(_text(value))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ValueError("a number from 0 to 1 is expected here")
    return number


def _flag(value: Any) -> bool:
    if value in ("yes", "true", "no", "false"):
        return bool(value in ("yes", "true"))
    raise ValueError("yes or no is expected here")


def _some_day(value: Any) -> str:
    text = _text(value)
    try:
        possible_days(text)
    except ValueError:
        text = ""
    if not text:
        raise ValueError("a date is expected here: 2026, 2026-11 or 2026-11-01")
    return text


def _strengths(value: Any) -> dict[str, str]:
    """Return strength by capability; ``""`` where the place in the list decides."""
    if isinstance(value, Mapping):
        pairs = [(name, strength) for name, strength in value.items()]
    else:
        pairs = [(n.strip(), s.strip()) for n, _, s in (w.partition(":") for w in _words(value))]
    for name, strength in pairs:
        if strength not in ("primary", "secondary", ""):
            raise ValueError(f"`{name}` is {strength!r}; a capability is primary or secondary")
    return dict(pairs)


def _roles(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        what = "a mapping of data object to roles is expected here"
        raise ValueError(what)  # noqa: TRY004 - pydantic collects ValueErrors
    found = {name: _words(roles) for name, roles in value.items()}
    for name, roles in found.items():
        for role in roles:
            if role not in ("capture", "store", "activate", "measure"):
                raise ValueError(f"`{name}`: {role!r} is not capture, store, activate or measure")
    return found


Text = Annotated[str, BeforeValidator(_text)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Whole = Annotated[int, BeforeValidator(_whole)]
Share = Annotated[float, BeforeValidator(_share)]
Flag = Annotated[bool, BeforeValidator(_flag)]
SomeDay = Annotated[str, BeforeValidator(_some_day)]
Strengths = Annotated[dict[str, str], BeforeValidator(_strengths)]
Roles = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_roles)]
Evidence = Literal["seen", "unverified"]
Strength = Literal["must", "should", "could"]


class Entry(BaseModel):
    """One entry of a section; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Entry):
    """An entry with a name and a definition."""

    name: Text | None = None
    definition: Text | None = None


class StageEntry(Named):
    """A stage of the customer journey."""

    maps_to: Text | None = None


class ProductEntry(Entry):
    """A product."""

    name: Text | None = None
    vendor: Text | None = None
    domain: Text | None = None
    chiefmartec: Text | None = None
    capabilities: Strengths | None = None
    objects: Words | None = None
    suite: Text | None = None
    aliases: Words | None = None
    status: Literal["active", "renamed", "acquired", "merged", "retiring", "retired"] | None = None
    status_date: SomeDay | None = None
    successor: Text | None = None
    note: Text | None = None
    evidence: Evidence | None = None


class CapabilityEntry(Named):
    """A capability, with its roles per data object."""

    domain: Text | None = None
    stages: Words | None = None
    plurality: Literal["singleton", "few", "many"] | None = None
    used_by: Literal["people", "machines", "both"] | None = None
    office: Flag | None = None
    roles: Roles | None = None
    may: Words | None = None
    chiefmartec: Words | None = None


class ObjectEntry(Named):
    """A data object."""

    noun: Text | None = None
    personal_data: Literal["yes", "pseudonymous", "low", "no"] | None = None
    needs_record: Flag | None = None
    record: Text | None = None
    names: dict[str, Text] | None = None


class MethodEntry(Entry):
    """An integration method."""

    name: Text | None = None
    aliases: Words | None = None
    latency: Text | None = None
    automated: Flag | None = None
    robustness: Share | None = None
    flow: Flag | None = None
    note: Text | None = None


class LatencyEntry(Entry):
    """A word for how often data moves, in minutes."""

    name: Text | None = None
    interval: Whole | None = None
    limit: Whole | None = None
    aliases: Words | None = None


class FlowEntry(Entry):
    """An expected flow."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    source: Text = Field(alias="from")
    target: Text = Field(alias="to")
    object: Text
    strength: Strength | Literal["not-expected"]
    within: Text | None = None
    profiles: Words
    why: Text | None = None


class JourneyEntry(Entry):
    """A stage of a profile's journey."""

    stage: Text
    carries: Text | None = None


class ProcessEntry(Entry):
    """A default process of a profile."""

    name: Text
    carries: Text
    steps: Words


class ProfileEntry(Named):
    """A profile; ``like`` starts from another one."""

    like: Text | None = None
    size: Literal["small", "mid", "large"] | None = None
    hub: Text | None = None
    regulation: Text | None = None
    must: Words | None = None
    should: Words | None = None
    could: Words | None = None
    not_expected: Words | None = None
    journey: tuple[JourneyEntry, ...] | None = None
    processes: dict[str, ProcessEntry] | None = None
    thresholds: dict[str, dict[str, float]] | None = None
    weights: dict[Literal["high", "medium", "low", "info"], float] | None = None


class SharedEntry(Entry):
    """Members of a suite that keep objects in one database."""

    members: Words
    objects: Words
    note: Text | None = None
    evidence: Evidence | None = None


class SuiteEntry(Entry):
    """A suite of products."""

    name: Text | None = None
    vendor: Text | None = None
    note: Text | None = None
    shares: tuple[SharedEntry, ...] | None = None


class RuleEntry(Entry):
    """A rule and its limit."""

    name: Text | None = None
    where: Text | None = None
    kind: Literal["opt-out", "consent"] | None = None
    what: Text | None = None
    limit: Whole | None = None
    unit: Literal["days", "business-days"] | None = None
    days: Whole | None = None
    channels: Words | None = None
    source: Text | None = None
    version: SomeDay | None = None
    evidence: Evidence | None = None


class RegionEntry(Entry):
    """A region."""

    name: Text | None = None
    countries: Words | None = None
    aliases: Words | None = None
    law: Text | None = None


class TransferEntry(Entry):
    """What the law of a region asks when personal data leaves it."""

    free: Words | None = None
    certified: Words | None = None
    unsure: Words | None = None
    otherwise: Literal["yes", "no", "unknown"] | None = None
    source: Text | None = None
    version: SomeDay | None = None
    evidence: Evidence | None = None
    note: Text | None = None


class ChannelEntry(Entry):
    """A channel."""

    name: Text | None = None
    needs: Words | None = None
    implied_by: Words | None = None
    transactional: Words | None = None
    results: Words | None = None
    paid: Flag | None = None


ENTRIES: Mapping[str, type[Entry]] = {
    "domains": Named,
    "stages": StageEntry,
    "capabilities": CapabilityEntry,
    "objects": ObjectEntry,
    "methods": MethodEntry,
    "latency": LatencyEntry,
    "profiles": ProfileEntry,
    "products": ProductEntry,
    "suites": SuiteEntry,
    "rules": RuleEntry,
    "regions": RegionEntry,
    "transfers": TransferEntry,
    "channels": ChannelEntry,
}
"""Sections whose entries stand under their id."""

PLAIN = ("ambiguous", "mechanisms")
"""Sections of words under a name."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "domains": ("name",),
    "stages": ("name",),
    "capabilities": ("name", "domain"),
    "objects": ("name",),
    "methods": ("name",),
    "latency": ("name",),
    "profiles": ("name",),
    "products": ("name",),
    "suites": ("name",),
    "rules": ("name",),
    "regions": ("name",),
    "transfers": (),
    "channels": ("name", "needs"),
}
"""What an entry must have once it is merged with a known entry of its id."""
