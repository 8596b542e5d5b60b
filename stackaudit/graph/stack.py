"""The stack: tools, flows and records of one company on one day, and the questions asked of it.

Read-only. Everything derived is computed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

import networkx as nx

from stackaudit.catalogue.model import Catalogue
from stackaudit.graph.consent import Reach, consent_reach
from stackaudit.graph.demands import Demand, Serving, required_flows
from stackaudit.graph.impact import Impact
from stackaudit.graph.intervals import interval_minutes
from stackaudit.graph.model import ContractFact, Flow, RecordFact, Role, StackTool
from stackaudit.graph.money import yearly
from stackaudit.graph.openings import Openings, open_facts
from stackaudit.graph.views import (
    NOTHING,
    SUITE,
    WILD,
    Hop,
    Loss,
    Reached,
    View,
    ViewKind,
    all_reached,
    reach_cheapest,
)
from stackaudit.inventory.schema import Inventory
from stackaudit.resolve import Resolved

Expectation = Literal["must", "should", "could", "not-expected"]


_KEPT_SEARCHES: Final = 512
"""Searches kept for the next question: one per object and scope fits, one per tool does not."""


class Stack:
    """Inventory and catalogue as one graph.

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
        self._views: dict[tuple[str, int, ViewKind], View] = {}
        self._reduced: tuple[Loss, dict[tuple[str, int, ViewKind], View]] = (NOTHING, {})
        self._openings: dict[tuple[str, int], Openings] = {}
        self._mended: dict[tuple[tuple[int, ...], str, int], Reached] = {}

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
    def integrations_complete(self) -> bool:
        """Return whether the list of integrations is stated to be all there is."""
        return "integrations" in (self.inventory.complete or ())

    @property
    def integrations_listed(self) -> bool:
        """Return whether the inventory says anything about integrations."""
        return self.inventory.integrations is not None

    # ---------------------------------------------------------------- the public graph

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """Return the live stack as a frozen networkx graph.

        Nodes are ids of tools in use (attribute ``tool``), edges live flows (key: flow id,
        attribute ``flow``); a both-ways flow is two edges. Flows with an unknown end or direction
        are left out.
        """
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from((tool.id, {"tool": tool}) for tool in self.tools if tool.in_use)
        for flow in self.flows:
            if (
                not flow.live
                or flow.source is None
                or flow.target is None
                or flow.direction == "unknown"
            ):
                continue
            source, target = self.tools[flow.source].id, self.tools[flow.target].id
            graph.add_edge(source, target, key=flow.id, flow=flow)
            if flow.direction == "both-ways":
                graph.add_edge(target, source, key=flow.id, flow=flow)
        nx.freeze(graph)
        return graph

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
        """Return the best-connected tool that stores an object.

        Most neighbours count first, then most flows, then the id. It stands in for the record where
        none is declared; what rests on it is only possible.
        """
        holders = self.with_role("store", data_object, scope)
        if not holders:
            return None
        return min(
            holders, key=lambda t: (-len(self.neighbours[t.index]), -self._degree[t.index], t.id)
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

    def mended_from(self, starts: Iterable[int], data_object: str, scope: int) -> Reached:
        """Return what is reached with the fewest repairs, from the same starts only once."""
        key = (tuple(sorted(set(starts))), data_object, scope)
        if key not in self._mended:
            if len(self._mended) >= _KEPT_SEARCHES:
                self._mended.clear()
            view = self.view(data_object, scope, "repaired")
            self._mended[key] = reach_cheapest(view.out, key[0], self.repairable)
        return self._mended[key]

    # ---------------------------------------------------------------- views per object and scope

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

    @cached_property
    def _open_ended(self) -> list[Flow]:
        """Return live flows of which one end is not known."""
        return [f for f in self.flows if f.kind == "integration" and f.live and len(f.ends) == 1]

    def _add_open_ended(self, view: View, flow: Flow) -> None:
        if flow.source is not None:
            view.add(flow.source, WILD, flow.index)
        if flow.target is not None:
            view.into.setdefault(flow.target, []).append((WILD, flow.index))

    @cached_property
    def open_flows(self) -> dict[str | None, list[Flow]]:
        """Return object → live integrations that carry it and of which something is not known.

        Those of unknown content are under None.
        """
        found: dict[str | None, list[Flow]] = {}
        for flow in self.flows:
            if flow.kind == "integration" and flow.live and open_facts(self, flow):
                for data_object in (None,) if flow.objects is None else flow.objects:
                    found.setdefault(data_object, []).append(flow)
        return found

    def open_between(
        self, sources: Iterable[int], targets: Iterable[int], data_object: str, scope: int
    ) -> set[str]:
        """Return where the unknown facts belong on which a path of an object hangs in a scope."""
        key = (data_object, scope)
        if key not in self._openings:
            self._openings[key] = Openings(self, data_object, scope)
        return self._openings[key].between(sources, targets)

    @cached_property
    def _hosting(self) -> list[Flow]:
        return [flow for flow in self.flows if flow.kind == "host" and flow.live]

    @cached_property
    def _absent_pairs(self) -> dict[tuple[int, int], list[frozenset[str] | None]]:
        """(Source, target) → what is stated not to get from one to the other; None: anything."""
        found: dict[tuple[int, int], list[frozenset[str] | None]] = {}
        for flow in self.flows:
            if flow.status == "absent" and flow.source is not None and flow.target is not None:
                found.setdefault((flow.source, flow.target), []).append(flow.objects)
                if flow.direction != "one-way":
                    found.setdefault((flow.target, flow.source), []).append(flow.objects)
        return found

    def stated_absent(self, a: int, b: int, data_object: str) -> bool:
        """Return whether it is stated that nothing of an object gets from one tool to another."""
        stated = self._absent_pairs.get((a, b), ())
        return any(objects is None or data_object in objects for objects in stated)

    @cached_property
    def sharing(self) -> list[tuple[str, frozenset[str], list[StackTool]]]:
        """Return (suite, objects, tools in use) for each part of a suite with one database."""
        members: dict[str, list[StackTool]] = {}
        for tool in self.tools:
            if tool.in_use and tool.suite is not None:
                members.setdefault(tool.suite, []).append(tool)
        found = []
        for suite, tools in sorted(members.items()):
            known = self.catalogue.suites.get(suite)
            for shared in known.shares if known is not None else ():
                group = [
                    t for t in tools if t.product is not None and t.product.id in shared.members
                ]
                # Two accounts of one product are two databases: they share nothing by themselves.
                if len({t.product.id for t in group if t.product is not None}) > 1:
                    found.append((suite, shared.objects, group))
        return found

    def one_database(self, one: StackTool, other: StackTool, data_object: str) -> bool:
        """Return whether two tools keep an object in one place: one database, or app and host."""
        common = self.places[one.index] & self.places[other.index]
        if any(place >= 0 for place in common):
            return True
        return any(data_object in self.sharing[-1 - place][1] for place in common) and not (
            self.stated_absent(one.index, other.index, data_object)
            or self.stated_absent(other.index, one.index, data_object)
        )

    @cached_property
    def places(self) -> tuple[frozenset[int], ...]:
        """Return per tool where its data may be kept: two tools with none in common share nothing.

        They are its own index and its host's; below zero the parts of suites with one database, -1
        for the first of `sharing`.
        """
        found: list[set[int]] = [{t.index} for t in self.tools]
        for tool in self.tools:
            inside = tool.record.runs_inside if tool.record is not None else None
            host = self.tool(inside) if inside is not None else None
            if host is not None:
                found[tool.index].add(host.index)
        for number, (_suite, _objects, group) in enumerate(self.sharing):
            for tool in group:
                found[tool.index].add(-1 - number)
        return tuple(frozenset(f) for f in found)

    def separate(self, tools: Iterable[StackTool], data_object: str) -> list[StackTool]:
        """Return the first tool of every separate database that keeps an object."""
        found: list[StackTool] = []
        at: dict[int, list[StackTool]] = {}
        for tool in tools:
            places = self.places[tool.index]
            near = (other for place in places for other in at.get(place, ()))
            if not any(self.one_database(tool, other, data_object) for other in near):
                found.append(tool)
                for place in places:
                    at.setdefault(place, []).append(tool)
        return found

    def view(
        self, data_object: str, scope: int, kind: ViewKind = "certain", loss: Loss = NOTHING
    ) -> View:
        """Return the view of an object in a scope (its number), made once.

        With a loss, the view is what is left of it: no arc from, to or carried by what is lost.
        """
        key = (data_object, scope, kind)
        if key not in self._views:
            self._views[key] = self._make_view(data_object, scope, kind)
        whole = self._views[key]
        if not loss:
            return whole
        if self._reduced[0] != loss:  # one loss is looked at at a time
            self._reduced = (loss, {})
        if key not in self._reduced[1]:
            self._reduced[1][key] = self._without(whole, loss)
        return self._reduced[1][key]

    def lost(self, flow: Flow, loss: Loss) -> bool:
        """Return whether a flow is gone with what is lost: itself, an end, or a carrier."""
        if flow.index in loss.flows:
            return True
        return bool(loss.tools) and not loss.tools.isdisjoint((*flow.ends, *flow.via))

    @cached_property
    def _flows_at(self) -> dict[int, list[int]]:
        """Return tool index → flows that it is an end or a carrier of."""
        found: dict[int, list[int]] = {}
        for flow in self.flows:
            for tool in {*flow.ends, *flow.via}:
                found.setdefault(tool, []).append(flow.index)
        return found

    def _without(self, whole: View, loss: Loss) -> View:
        gone = set(loss.flows).union(*(self._flows_at.get(t, ()) for t in loss.tools))
        ends = {e for number in gone for e in self.flows[number].ends}
        return whole.without(loss.tools, gone, ends)

    def _make_view(self, data_object: str, scope: int, kind: ViewKind) -> View:
        view = View()
        bit = 1 << scope
        for flow in self._carrying.get(data_object, ()):
            usable = flow.live or (kind == "repaired" and flow.repairable)
            if usable and flow.scopes & bit and (kind == "widest" or not self._vague(flow)):
                self._add(view, flow, flow.direction)
        if kind == "widest":
            for flow in self.unsure_flows:
                if flow.scopes & bit:
                    self._add_unsure(view, flow, data_object)
            for flow in self._open_ended:
                if flow.scopes & bit and (flow.objects is None or data_object in flow.objects):
                    self._add_open_ended(view, flow)
        for flow in self._hosting:
            if flow.scopes & bit:
                self._add(view, flow, "both-ways")
        self._add_suites(view, data_object, bit)
        return view

    def _vague(self, flow: Flow) -> bool:
        """Return whether an end is a service of undeclared data: no place data surely passes."""
        return any(
            self.tools[e].kind == "service" and not self.tools[e].data_declared for e in flow.ends
        )

    def _add(self, view: View, flow: Flow, direction: str) -> None:
        if flow.source is None or flow.target is None or direction == "unknown":
            return
        view.add(flow.source, flow.target, flow.index)
        if direction == "both-ways":
            view.add(flow.target, flow.source, flow.index)

    def _add_unsure(self, view: View, flow: Flow, data_object: str) -> None:
        assert flow.source is not None
        assert flow.target is not None
        if flow.objects is not None:
            if data_object in flow.objects:  # only its direction is not known
                view.add(flow.source, flow.target, flow.index)
                view.add(flow.target, flow.source, flow.index)
            return
        if self._may_carry(flow.source, flow.target, data_object):
            view.add(flow.source, flow.target, flow.index)
        if flow.direction != "one-way" and self._may_carry(flow.target, flow.source, data_object):
            view.add(flow.target, flow.source, flow.index)

    def may_carry(self, flow: Flow, data_object: str) -> bool:
        """Return whether a flow of unknown content, its ends known, may carry an object."""
        if flow.source is None or flow.target is None:
            return False
        if self._may_carry(flow.source, flow.target, data_object):
            return True
        return flow.direction != "one-way" and self._may_carry(
            flow.target, flow.source, data_object
        )

    def _may_carry(self, source: int, target: int, data_object: str) -> bool:
        """Return whether a flow of unknown content may carry an object one way.

        It may when the source handles the object and the target may handle it.
        """
        sender, receiver = self.tools[source], self.tools[target]
        if sender.handles is not None and data_object not in sender.handles:
            return False
        return (
            not receiver.data_declared
            or receiver.handles is None
            or data_object in receiver.handles
        )

    def _add_suites(self, view: View, data_object: str, bit: int) -> None:
        for number, (_suite, objects, group) in enumerate(self.sharing):
            if data_object not in objects:
                continue
            members = [t.index for t in group if t.scopes & bit]
            inside = set(members)
            apart: set[int] = set()
            for a, b in self._absent_pairs:
                if a in inside and b in inside and self.stated_absent(a, b, data_object):
                    apart |= {a, b}
            # A tool that is apart from another shares with each of the rest by itself.
            for a in sorted(apart):
                for b in members:
                    if a != b and not self.stated_absent(a, b, data_object):
                        view.add(a, b, SUITE)
                        if b not in apart:
                            view.add(b, a, SUITE)
            hub = len(self.tools) + number
            for member in members:
                if member not in apart:
                    view.add(member, hub, SUITE)
                    view.add(hub, member, SUITE)

    def to_steps(
        self, hops: Sequence[Hop]
    ) -> Iterator[tuple[StackTool, StackTool, str, bool | None]]:
        """Return (source, target, over what, automatic) for each hop of a path."""
        for hop in hops:
            source, target = self.tools[hop.source], self.tools[hop.target]
            if hop.flow == SUITE:
                suite = target.suite or source.suite or ""
                yield source, target, f"suite:{suite}", True
            else:
                flow = self.flows[hop.flow]
                yield source, target, flow.id, flow.automatic

    # ---------------------------------------------------------------- absence

    def absence_is_stated(
        self, sources: Iterable[int], targets: Iterable[int], data_object: str, scope: int
    ) -> bool:
        """Return whether "there is no path" is stated rather than merely not listed.

        It is when the list of integrations is complete and no tool on the way is marked
        ``partial``; when every tool that can be reached from the sources (or that can reach the
        targets), at the widest, has its own integrations all listed; or when every pair of ends is
        stated to exchange nothing.
        """
        if self.integrations_complete and not self._some_partial:
            return True
        from_, to = sorted(set(sources)), sorted(set(targets))
        if not from_ or not to:
            return False
        if all(self.stated_absent(a, b, data_object) for a in from_ for b in to):
            return True
        view = self.view(data_object, scope, "widest")
        both = ((view.out, from_), (view.into, to))
        if self.integrations_complete:
            return all(all_reached(arcs, starts, self._not_partial) for arcs, starts in both)
        return any(all_reached(arcs, starts, self._listed_at) for arcs, starts in both)

    def _not_partial(self, node: int) -> bool:
        return not self._says(node, "partial")

    @cached_property
    def _some_partial(self) -> bool:
        return any(t.in_use and self._says(t.index, "partial") for t in self.tools)

    def _listed_at(self, node: int) -> bool:
        """Return whether all integrations of a node of a view are listed; suites have none."""
        return node >= len(self.tools) or self._says(node, "complete", "none")

    # ---------------------------------------------------------------- groups of connected tools

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Return the groups of connected tools in use, the largest first, each sorted by tool id.

        Tools are connected by any live flow either way, by being the carrier of one, by their host,
        and by a suite that shares an object both handle. Ties go to the group with more flows, then
        by id.
        """
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(t.index for t in self.tools if t.in_use)
        weight: dict[int, int] = {}
        for flow in self.flows:
            if not flow.live:
                continue
            joined = [*flow.ends, *(c for c in flow.via if self.tools[c].in_use)]
            for end in joined:
                weight[end] = weight.get(end, 0) + 1
            graph.add_edges_from(pairwise(joined))
        for _suite, objects, group in self.sharing:
            holders = [
                t.index for t in group if t.handles is None or not objects.isdisjoint(t.handles)
            ]
            graph.add_edges_from(pairwise(holders))
        found = [sorted(c, key=lambda i: self.tools[i].id) for c in nx.connected_components(graph)]
        found.sort(
            key=lambda c: (
                -len(c),
                -sum(weight.get(i, 0) for i in c),
                [self.tools[i].id for i in c],
            )
        )
        return tuple(tuple(c) for c in found)

    # ---------------------------------------------------------------- what is needed

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """Return the required flows and how each is served."""
        return tuple(required_flows(self))

    @cached_property
    def consent_reach(self) -> tuple[Reach, ...]:
        """Return for every tool that contacts or targets people whether permission reaches it."""
        return tuple(consent_reach(self))

    @cached_property
    def impact(self) -> Impact:
        """Return what falls when an element of the stack is lost."""
        return Impact(self)

    @cached_property
    def critical_flows(self) -> frozenset[int]:
        """Return flows that a required flow runs over, permission on its way included."""
        return frozenset(h.flow for s in self._required for h in s.hops if h.flow >= 0)

    @cached_property
    def _required(self) -> tuple[Serving, ...]:
        """Return how every required flow is served."""
        permission = (r.serving for r in self.consent_reach if not r.sender.transactional)
        return (*(d.serving for d in self.demands), *permission)

    @cached_property
    def critical_tools(self) -> frozenset[int]:
        """Return tools that a required flow runs over, or that alone provide a must in a scope."""
        found: set[int] = set()
        for serving in self._required:
            for hop in serving.hops:
                found.update(n for n in (hop.source, hop.target) if n < len(self.tools))
                if hop.flow >= 0:
                    found.update(self.flows[hop.flow].via)
        for capability in self._providers:
            if self.expectation(capability)[0] == "must":
                for scope in range(len(self.scopes)):
                    providers = self.providers(capability, scope)
                    if len(providers) == 1:
                        found.add(providers[0].index)
        return frozenset(found)
