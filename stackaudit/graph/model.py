"""What a stack is made of: tools in their roles, flows between them, records of data objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from stackaudit.catalogue.model import Product
from stackaudit.inventory.schema import Contract, Integration, Terms, Tool

Strength = Literal["primary", "secondary", "unused"]
Role = Literal["capture", "store", "activate", "measure"]
FlowKind = Literal["integration", "suite", "host"]

WEIGHT: dict[str, float] = {"primary": 1.0, "secondary": 0.5, "unused": 0.0}
"""What a capability counts for in an overlap, by its strength."""


@dataclass(frozen=True, slots=True)
class StackTool:
    """A tool of the stack with everything that is known or assumed about it."""

    index: int
    id: str
    name: str
    record: Tool | None
    """The inventory's entry; None for an out-of-scope tool that is only an end of flows."""
    product: Product | None
    product_how: str
    kind: str
    status: str
    in_use: bool
    out_of_scope: bool
    mentioned_only: bool
    scopes: int
    """Bit mask over :attr:`Stack.scopes`."""
    capabilities: dict[str, Strength]
    capabilities_assumed: bool
    roles: dict[str, frozenset[Role]]
    """What it does with each data object."""
    roles_assumed: bool
    handles: frozenset[str] | None
    """Objects it is known or assumed to handle; None: nothing is known, it may handle any."""
    data_declared: bool
    suite: str | None

    @property
    def subject(self) -> bool:
        """Return whether checks may speak about it: in use and in scope."""
        return self.in_use and not self.out_of_scope

    @property
    def disputed(self) -> bool:
        """Return whether another source says otherwise about it."""
        return self.record is not None and self.record.is_disputed

    def has_role(self, role: Role, data_object: str) -> bool:
        """Return whether it captures, stores, activates or measures the object."""
        return role in self.roles.get(data_object, ())

    @property
    def working(self) -> dict[str, Strength]:
        """Return its capabilities that are in use: primary and secondary ones."""
        return {c: s for c, s in self.capabilities.items() if s != "unused"}


@dataclass(frozen=True, slots=True)
class Flow:
    """One edge: an integration between two ends, or two tools that share data without one."""

    index: int
    id: str
    kind: FlowKind
    record: Integration | None
    source: int | None
    target: int | None
    direction: Literal["one-way", "both-ways", "unknown"]
    objects: frozenset[str] | None
    """What it carries; None: not known."""
    method: str | None
    automatic: bool | None
    """True: runs by itself, False: by hand, None: not known."""
    minutes: int | None
    """Worst-case interval between two runs; None when not known."""
    via: tuple[int, ...]
    scopes: int
    status: str
    live: bool
    """Carries data today between two tools in use."""
    repairable: bool
    """Broken or paused between two tools in use: would carry data if repaired."""

    @property
    def ends(self) -> tuple[int, ...]:
        """Return the known ends."""
        return tuple(e for e in (self.source, self.target) if e is not None)


@dataclass(frozen=True, slots=True)
class RecordFact:
    """Where the record of an object is kept in one scope."""

    tools: tuple[int, ...]
    how: Literal["declared", "none", "unknown"]
    """declared: named in the inventory; none: stated that there is none; unknown: left out."""
    key: str | None = None
    """The key under ``systems_of_record`` that says so."""

    @property
    def declared(self) -> bool:
        """Return whether the inventory names tools that are in use."""
        return self.how == "declared" and bool(self.tools)


@dataclass(frozen=True, slots=True)
class ContractFact:
    """A contract of one or several tools, with the yearly cost in the company's currency."""

    id: str
    record: Contract | Terms
    vendor: str | None
    tools: tuple[int, ...]
    low: Decimal | None
    high: Decimal | None
    ends: date | None
    notice_days: int | None
    auto_renews: bool | None
    of_contracts: bool = field(default=False)
    """True for an entry of ``contracts``, False for the terms written on a tool."""
