"""What is listed: tools, flows, records and contracts of a stack, by what is asked of them.

Read-only. Everything derived is computed once and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from stackaudit.catalogue.model import Catalogue
from stackaudit.graph.intervals import interval_minutes
from stackaudit.graph.model import ContractFact, Flow, RecordFact, Role, StackTool
from stackaudit.graph.money import yearly
from stackaudit.inventory.schema import Inventory
from stackaudit.resolve import Resolved
from stackaudit.resolve.observed import Row, reconciled

Expectation = Literal["must", "should", "could", "not-expected"]


class Listed:
    """What an inventory lists, bound to the catalogue: everything that needs no path.

    Attributes
    ----------
    tools, flows
        All tools (in use or not) and all flows, each at its own index.
    scopes
        The company's scopes, sorted; ``("all",)`` when it has none.
    index
        Tool id → index.
    records
        (object, scope) → where the record of the object is; no entry when the inventory is silent.
    """

    def __init__(
        self,
        *,
        resolved: Resolved,
        as_of: date,
        scopes: tuple[str, ...],
        tools: tuple[StackTool, ...],
        flows: tuple[Flow, ...],
        index: dict[str, int],
        records: dict[tuple[str, str], RecordFact],
        contracts: tuple[ContractFact, ...],
    ) -> None:
        self.resolved = resolved
        self.as_of = as_of
        self.scopes = scopes
        self.tools = tools
        self.flows = flows
        self.index = index
        self.records = records
        self.contracts = contracts
        self.automatic: tuple[bool | None, ...] = tuple(flow.automatic for flow in flows)

    # ---------------------------------------------------------------- what it was made from

    @property
    def inventory(self) -> Inventory:
        """Return the inventory."""
        return self.resolved.inventory

    @property
    def catalogue(self) -> Catalogue:
        """Return the catalogue."""
        return self.resolved.catalogue

    @cached_property
    def tools_complete(self) -> bool:
        """Return whether the list of tools is stated to be all there is."""
        return "tools" in (self.inventory.complete or ())

    @cached_property
    def observed(self) -> tuple[Row, ...]:
        """Return the tools beside the lists of others; nothing where the inventory has none."""
        return reconciled(self.resolved)

    @cached_property
    def integrations_complete(self) -> bool:
        """Return whether the list of integrations is stated to be all there is."""
        return "integrations" in (self.inventory.complete or ())

    @property
    def integrations_listed(self) -> bool:
        """Return whether the inventory says anything about integrations."""
        return self.inventory.integrations is not None

    # ---------------------------------------------------------------- tools

    @cached_property
    def subjects(self) -> tuple[StackTool, ...]:
        """Return the tools that checks speak about: in use, in scope; ordered by id."""
        return tuple(sorted((t for t in self.tools if t.subject), key=lambda t: t.id))

    def tool(self, reference: str) -> StackTool | None:
        """Return a tool by id, name or unambiguous alias."""
        known = self.resolved.tool_id(reference) or reference
        number = self.index.get(known)
        return None if number is None else self.tools[number]

    def scope_names(self, mask: int) -> list[str]:
        """Return the scopes of a bit mask, sorted; all of them for a mask that covers them."""
        return [scope for number, scope in enumerate(self.scopes) if mask >> number & 1]

    @cached_property
    def everywhere(self) -> int:
        """Return the mask of all scopes."""
        return (1 << len(self.scopes)) - 1

    def scopes_of(self, mask: int) -> list[str]:
        """Return scope names for a result: empty when the mask covers the whole company."""
        return [] if mask & self.everywhere == self.everywhere else self.scope_names(mask)

    @cached_property
    def _providers(self) -> dict[str, list[StackTool]]:
        found: dict[str, list[StackTool]] = {}
        for tool in self.subjects:
            for capability in tool.capabilities:
                found.setdefault(capability, []).append(tool)
        return found

    def providers(
        self, capability: str, scope: int | None = None, *, unused: bool = False
    ) -> list[StackTool]:
        """Return the tools in use that provide a capability, ordered by id.

        Parameters
        ----------
        capability
            Id of the capability.
        scope
            Number of the scope they must serve; None: any.
        unused
            Whether bought-but-unused parts count.
        """
        return [
            tool
            for tool in self._providers.get(capability, ())
            if (unused or tool.capabilities[capability] != "unused")
            and (scope is None or tool.scopes >> scope & 1)
        ]

    def with_role(self, role: Role, data_object: str, scope: int) -> list[StackTool]:
        """Return the tools in use in a scope that have a role on an object, ordered by id."""
        return [t for t in self._role_index.get((role, data_object), ()) if t.scopes >> scope & 1]

    @cached_property
    def _role_index(self) -> dict[tuple[Role, str], list[StackTool]]:
        found: dict[tuple[Role, str], list[StackTool]] = {}
        for tool in self.subjects:
            if tool.kind == "service" and not tool.data_declared:
                continue  # a service is in the graph only when its data is declared
            for data_object, roles in tool.roles.items():
                for role in roles:
                    found.setdefault((role, data_object), []).append(tool)
        return found

    def cost(self, tool: StackTool) -> tuple[Decimal | None, Decimal | None]:
        """Return a tool's yearly cost, low and high, in the company's currency; None: unknown."""
        if tool.record is None:
            return None, None
        return yearly(tool.record.cost, self.inventory.company)

    def integrations_known(self, tool: StackTool) -> bool:
        """Return whether a tool's integrations are stated to be listed; its own word goes first."""
        own = tool.record.integrations_known if tool.record is not None else None
        return self.integrations_complete if own is None else own in ("complete", "none")

    def _says(self, node: int, *words: str) -> bool:
        """Return whether a tool's own ``integrations_known`` is one of some words."""
        record = self.tools[node].record if 0 <= node < len(self.tools) else None
        return record is not None and record.integrations_known in words

    @cached_property
    def carriers(self) -> dict[int, list[Flow]]:
        """Return tool index → live flows that it carries."""
        found: dict[int, list[Flow]] = {}
        for flow in self.flows:
            if flow.live:
                for carrier in flow.via:
                    if self.tools[carrier].in_use:
                        found.setdefault(carrier, []).append(flow)
        return found

    @cached_property
    def arrivals(self) -> dict[int, dict[str, Flow]]:
        """Return tool index → data object → a live integration that is declared to bring it."""
        found: dict[int, dict[str, Flow]] = {}
        for flow in self.flows:
            if flow.kind != "integration" or not flow.live or not flow.objects:
                continue
            ends = [flow.target, flow.source if flow.direction == "both-ways" else None]
            for end in ends if flow.direction != "unknown" else ():
                if end is not None:
                    brought = found.setdefault(end, {})
                    for data_object in flow.objects:
                        brought.setdefault(data_object, flow)
        return found

    @cached_property
    def departures(self) -> dict[int, dict[str, Flow]]:
        """Return tool index → data object → a live integration that is declared to take it away."""
        found: dict[int, dict[str, Flow]] = {}
        for flow in self.flows:
            if flow.kind != "integration" or not flow.live or not flow.objects:
                continue
            ends = [flow.source, flow.target if flow.direction == "both-ways" else None]
            for end in ends if flow.direction != "unknown" else ():
                if end is not None:
                    taken = found.setdefault(end, {})
                    for data_object in flow.objects:
                        taken.setdefault(data_object, flow)
        return found

    @cached_property
    def busy(self) -> frozenset[int]:
        """Return the tools that a live flow uses, as an end or as its carrier."""
        return frozenset(e for f in self.flows if f.live for e in (*f.ends, *f.via))

    @cached_property
    def contract_of(self) -> dict[int, ContractFact]:
        """Return tool index → the contract that covers it."""
        return {tool: contract for contract in self.contracts for tool in contract.tools}

    # ---------------------------------------------------------------- what is expected

    def expectation(
        self, capability: str
    ) -> tuple[Expectation | None, Literal["profile", "inventory"] | None]:
        """Return how strongly a capability is expected, and who says so; None when nobody does."""
        asked = self.inventory.requirements
        if asked is not None:
            if capability in asked.not_needed:
                return "not-expected", "inventory"
            if capability in asked.must:
                return "must", "inventory"
            if capability in asked.should:
                return "should", "inventory"
        profile = self.resolved.profile
        if profile is None:
            return None, None
        word = profile.expected.get(capability)
        return (word, "profile") if word is not None else (None, None)

    # ---------------------------------------------------------------- records

    def record(self, data_object: str, scope: int) -> RecordFact:
        """Return where the record of an object is kept in a scope, as the inventory says."""
        return self.records.get((data_object, self.scopes[scope]), RecordFact((), "unknown"))

    def best_holder(self, data_object: str, scope: int) -> StackTool | None:
        """Return the likeliest record among the tools that store an object.

        A tool that does what the tool of the record usually does comes first (a CRM for contacts,
        by the catalogue); then most neighbours, most flows, the id. It stands in for the record
        where none is declared; what rests on it is only possible.
        """
        holders = self.with_role("store", data_object, scope)
        if not holders:
            return None
        usual = self.catalogue.objects[data_object].record
        strength = {"primary": 0, "secondary": 1}
        return min(
            holders,
            key=lambda t: (
                strength.get(str(t.capabilities.get(usual)), 2),
                -len(self.neighbours[t.index]),
                -self._degree[t.index],
                t.id,
            ),
        )

    @cached_property
    def touching(self) -> tuple[tuple[Flow, ...], ...]:
        """Return per tool the flows of which it is an end, whatever their state."""
        found: list[list[Flow]] = [[] for _ in self.tools]
        for flow in self.flows:
            for end in flow.ends:
                found[end].append(flow)
        return tuple(tuple(f) for f in found)

    @cached_property
    def handled_in(self) -> dict[str, dict[int, int]]:
        """Return object → scope mask → how many tools in use with that mask have a role on it."""
        found: dict[str, dict[int, int]] = {}
        for tool in self.subjects:
            for data_object in tool.roles:
                masks = found.setdefault(data_object, {})
                masks[tool.scopes] = masks.get(tool.scopes, 0) + 1
        return found

    @cached_property
    def neighbours(self) -> tuple[frozenset[int], ...]:
        """Return per tool the tools it exchanges data with over live integrations, either way."""
        near: list[set[int]] = [set() for _ in self.tools]
        for flow in self.flows:
            if flow.live and flow.source is not None and flow.target is not None:
                near[flow.source].add(flow.target)
                near[flow.target].add(flow.source)
        return tuple(frozenset(n) for n in near)

    @cached_property
    def _degree(self) -> list[int]:
        count = [0] * len(self.tools)
        for flow in self.flows:
            if flow.live:
                for end in flow.ends:
                    count[end] += 1
        return count

    def fresh_within(self, data_object: str) -> int | None:
        """Return how old a copy of an object may be, in minutes, where the inventory says so."""
        word = (self.inventory.freshness or {}).get(data_object)
        if word is None:
            return None
        limit = self.catalogue.limit_minutes(word)
        return limit if limit is not None else interval_minutes(word, self.catalogue)

    # ---------------------------------------------------------------- flows by what is asked

    @cached_property
    def gated_into(self) -> dict[int, list[Flow]]:
        """Return tool index → live flows into it, or over it as a carrier, that a tool gates."""
        found: dict[int, list[Flow]] = {}
        for flow in self.flows:
            if flow.live and flow.record is not None and flow.record.gated_by:
                for end in {flow.target, *flow.via} - {None}:
                    found.setdefault(end, []).append(flow)  # type: ignore[arg-type]
        return found

    @cached_property
    def by_hand(self) -> tuple[bool, ...]:
        """Return per flow index whether it is known to run by hand."""
        return tuple(flow.automatic is False for flow in self.flows)

    @cached_property
    def repairable(self) -> tuple[bool, ...]:
        """Return per flow index whether it is broken and would carry data if repaired."""
        return tuple(flow.repairable for flow in self.flows)

    @cached_property
    def avoidable(self) -> tuple[bool, ...]:
        """Return per flow index whether a path avoids it where it can: by hand, or broken."""
        return tuple(flow.automatic is False or flow.repairable for flow in self.flows)

    @cached_property
    def _carrying(self) -> dict[str, list[Flow]]:
        found: dict[str, list[Flow]] = {}
        for flow in self.flows:
            if flow.kind == "integration" and flow.objects:
                for data_object in flow.objects:
                    found.setdefault(data_object, []).append(flow)
        return found

    def carrying(self, data_object: str) -> Sequence[Flow]:
        """Return the integrations that are declared to carry an object, live or not."""
        return self._carrying.get(data_object, ())

    @cached_property
    def carried_objects(self) -> tuple[str, ...]:
        """Return the objects that some integration is declared to carry, sorted."""
        return tuple(sorted(self._carrying))

    @cached_property
    def unsure_flows(self) -> list[Flow]:
        """Return live flows of unknown content or direction, with both ends known."""
        return [
            flow
            for flow in self.flows
            if flow.kind == "integration"
            and flow.live
            and flow.source is not None
            and flow.target is not None
            and (flow.objects is None or flow.direction == "unknown")
        ]
