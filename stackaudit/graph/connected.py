"""How tools are connected: what is one database, and views of the flows per object and scope.

Read-only. Everything derived is computed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from stackaudit.graph.listed import Listed
from stackaudit.graph.model import Flow, StackTool
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

_KEPT_SEARCHES: Final = 512
"""Searches kept for the next question: one per object and scope fits, one per tool does not."""


class Connected(Listed):
    """What is listed, and how data gets from tool to tool."""

    # ---------------------------------------------------------------- one database, or stated apart

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

    # ---------------------------------------------------------------- views per object and scope

    @cached_property
    def _views(self) -> dict[tuple[str, int, ViewKind], View]:
        """Return the views made so far."""
        return {}

    @cached_property
    def _reduced(self) -> tuple[Loss, dict[tuple[str, int, ViewKind], View]]:
        """Return the loss looked at last, and what is left of the views made so far."""
        return NOTHING, {}

    @cached_property
    def _mended(self) -> dict[tuple[tuple[int, ...], str, int], Reached]:
        """Return the searches for repairs made lately."""
        return {}

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

    def mended_from(self, starts: Iterable[int], data_object: str, scope: int) -> Reached:
        """Return what is reached with the fewest repairs, from the same starts only once."""
        key = (tuple(sorted(set(starts))), data_object, scope)
        if key not in self._mended:
            if len(self._mended) >= _KEPT_SEARCHES:
                self._mended.clear()
            view = self.view(data_object, scope, "repaired")
            self._mended[key] = reach_cheapest(view.out, key[0], self.repairable)
        return self._mended[key]

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
    def _hosting(self) -> list[Flow]:
        return [flow for flow in self.flows if flow.kind == "host" and flow.live]

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
