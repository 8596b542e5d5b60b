"""What falls when part of the stack is lost: a tool, carrier, vendor, integration or person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from stackaudit.graph.capabilities import provides
from stackaudit.graph.consent import Reach, Way, record_fact, sender_fact
from stackaudit.graph.demands import Demand, End, Outcome, Serving, serve
from stackaudit.graph.facts import fact
from stackaudit.graph.views import NOTHING, WILD, Hop, Loss, reach
from stackaudit.result import Evidence
from stackaudit.source.words import make_id

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

WORKING: Final = frozenset({"automatic", "maybe-automatic", "manual"})

_Walk = tuple[frozenset[int], frozenset[int]]
"""Tools that are surely reached, and tools that perhaps are."""


@dataclass(frozen=True, slots=True)
class Need:
    """A needed flow that works today: expected, a hand-over, or permission for a sender."""

    id: str
    source: End
    target: End
    data_object: str
    scope: int
    must: bool
    serving: Serving
    of: Demand | Reach

    @property
    def ends(self) -> frozenset[int]:
        """Return the tools that are an end of it."""
        return frozenset(t.index for t in (*self.source.tools, *self.target.tools))

    def beyond(self, stack: Stack) -> frozenset[int]:
        """Return the tools on the far side of an end that is a carrier of its first or last flow.

        What a pipeline brings from an ad platform starts, for the pipeline, at the platform.
        """
        hops, found = self.serving.hops, set()
        if hops and _carried_by(stack, hops[0], self.source):
            found.add(hops[0].source)
        if hops and _carried_by(stack, hops[-1], self.target):
            found.add(hops[-1].target)
        return frozenset(found)


def _carried_by(stack: Stack, hop: Hop, end: End) -> bool:
    return hop.flow >= 0 and any(t.index in stack.flows[hop.flow].via for t in end.tools)


class Impact:
    """Removes elements from a stack, one at a time, and tests the needed flows again."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._walked: tuple[Loss, dict[tuple[frozenset[int], str, int], _Walk]] = (NOTHING, {})

    @cached_property
    def required(self) -> tuple[Need, ...]:
        """Return every needed flow, served or not: expected, hand-overs, permission to senders."""
        permission = (r for r in self.stack.consent_reach if not r.sender.transactional)
        return (
            *(_of_demand(self.stack, d) for d in self.stack.demands),
            *(_of_reach(self.stack, r) for r in permission),
        )

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Return every needed flow that is served today, by itself or by hand."""
        return tuple(n for n in self.required if n.serving.outcome in WORKING)

    @cached_property
    def apps(self) -> dict[int, frozenset[int]]:
        """Return tool index → the apps that run inside it, at any depth: they fall with it."""
        inside: dict[int, set[int]] = {}
        for flow in self.stack.flows:
            if flow.kind == "host" and flow.source is not None and flow.target is not None:
                inside.setdefault(flow.source, set()).add(flow.target)
        found: dict[int, frozenset[int]] = {}
        for host, apps in inside.items():
            seen: set[int] = set()
            open_ = list(apps)
            while open_:
                app = open_.pop()
                if app not in seen:
                    seen.add(app)
                    open_.extend(inside.get(app, ()))
            found[host] = frozenset(seen - {host})
        return found

    @cached_property
    def vendors(self) -> dict[str, tuple[str, frozenset[int]]]:
        """Return vendor id → (name, tools in use of it), for vendors the catalogue knows."""
        found: dict[str, tuple[str, set[int]]] = {}
        for tool in self.stack.tools:
            if tool.in_use and tool.product is not None and tool.product.vendor:
                vendor = tool.product.vendor
                found.setdefault(make_id(vendor), (vendor, set()))[1].add(tool.index)
        return {v: (name, frozenset(tools)) for v, (name, tools) in sorted(found.items())}

    def loss_of(self, tools: Iterable[int], flows: Iterable[int] = ()) -> Loss:
        """Return a loss of tools with the apps inside them, and of single flows."""
        whole: set[int] = set()
        for tool in tools:
            whole |= {tool} | self.apps.get(tool, frozenset())
        return Loss(frozenset(whole), frozenset(flows))

    def falls(self, loss: Loss) -> list[Need]:
        """Return the needed flows that are served today and surely not without what is lost."""
        return [
            need
            for need in (self.needs[number] for number in self._touched_by(loss))
            if self._on_way(need, loss) and self._outcome(need, loss) == "no"
        ]

    def _on_way(self, need: Need, loss: Loss) -> bool:
        """Return whether the way that serves a need is hit; while it stands, the need does."""
        hops = need.serving.hops
        if not hops or isinstance(need.of, Reach):
            return True
        lost = loss.tools
        return any(
            h.source in lost
            or h.target in lost
            or (h.flow >= 0 and self.stack.lost(self.stack.flows[h.flow], loss))
            for h in hops
        )

    def after(self, loss: Loss, *, between: bool = False) -> Iterator[tuple[Need, Outcome]]:
        """Yield every needed flow that a loss touches, with how it is served then.

        ``unknown`` where integrations of unknown content could take over. With `between` only those
        in whose middle the loss is, and neither at an end.
        """
        for number in self._touched_by(loss):
            need = self.needs[number]
            if not between or (need.ends | need.beyond(self.stack)).isdisjoint(loss.tools):
                yield need, self._outcome(need, loss)

    def _touched_by(self, loss: Loss) -> list[int]:
        """Return the needed flows that are served over what is lost; no other can fall."""
        tools, flows = self._uses
        found: set[int] = set()
        for tool in loss.tools:
            found.update(tools.get(tool, ()))
        for flow in loss.flows:
            found.update(flows.get(flow, ()))
        return sorted(found)

    @cached_property
    def _uses(self) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        """Return tool → and flow → the needed flows that are served over it."""
        tools: dict[int, set[int]] = {}
        flows: dict[int, set[int]] = {}
        for number, need in enumerate(self.needs):
            used = set(need.ends)
            used.update(t.index for t in (need.serving.same_tool, need.serving.gated) if t)
            for hop in need.serving.hops:
                used.update((hop.source, hop.target))
                if hop.flow >= 0:
                    flow = self.stack.flows[hop.flow]
                    used.update((*flow.ends, *flow.via))
                    flows.setdefault(hop.flow, set()).add(number)
            for tool in used:
                tools.setdefault(tool, set()).add(number)
        return tools, flows

    def _outcome(self, need: Need, loss: Loss) -> Outcome:
        if isinstance(need.of, Reach):
            return self._permission(need.of, loss)
        return serve(
            self.stack, need.source, need.target, need.data_object, need.scope, loss
        ).outcome

    def _permission(self, permission: Reach, loss: Loss) -> Outcome:
        """Return how permission gets to a sender, by any of its ways."""
        gate = permission.serving.gated
        goal = permission.sender.tool.index
        if goal in loss.tools:
            return "no"
        if gate is not None and gate.index not in loss.tools:
            return "automatic"
        outcomes = [self._way(way, permission.scope, goal, loss) for way in permission.ways]
        return min(outcomes, key=("automatic", "unknown", "no").index)

    def _way(self, way: Way, scope: int, goal: int, loss: Loss) -> Outcome:
        """Return whether one kind of permission gets to a sender.

        All senders share the walk from its record.
        """
        starts = frozenset(t.index for t in way.record) - loss.tools
        if not starts:
            return "no"
        if self._walked[0] != loss:
            self._walked = (loss, {})
        key = (starts, way.data_object, scope)
        widest = self.stack.view(way.data_object, scope, "widest", loss)
        if key not in self._walked[1]:
            certain = self.stack.view(way.data_object, scope, "certain", loss)
            self._walked[1][key] = (
                frozenset(reach(certain.out, starts, ())),
                frozenset(reach(widest.out, starts, ())),
            )
        surely, perhaps = self._walked[1][key]
        if goal in surely:
            return "automatic"
        unknown = goal in perhaps or WILD in perhaps
        return "unknown" if unknown or WILD in reach(widest.into, [goal], ()) else "no"


def _of_demand(stack: Stack, demand: Demand) -> Need:
    return Need(
        id=demand.id_in(stack.scopes[demand.scope]),
        source=demand.source,
        target=demand.target,
        data_object=demand.data_object,
        scope=demand.scope,
        must=demand.strength == "must",
        serving=demand.serving,
        of=demand,
    )


def _of_reach(stack: Stack, permission: Reach) -> Need:
    tool = permission.sender.tool
    return Need(
        id=f"consent:{tool.id}/{permission.sender.channel}/{stack.scopes[permission.scope]}",
        source=End(f"record:{permission.data_object}", permission.record),
        target=End(f"tool:{tool.id}", (tool,)),
        data_object=permission.data_object,
        scope=permission.scope,
        must=True,
        serving=permission.serving,
        of=permission,
    )


def grounds(stack: Stack, need: Need) -> list[Evidence]:
    """Return why a flow is needed: what its two ends are, or who sends and where permission is."""
    if isinstance(need.of, Reach):
        facts = [sender_fact(stack, need.of.sender)]
        return [*facts, record_fact(stack, need.of.ways[0], need.scope)]
    facts = []
    if need.of.process is not None:
        text = f"It is a hand-over of the process “{need.of.process.name}”."
        facts.append(fact(need.of.process, "steps", text))
    hops = need.serving.hops
    at = (hops[0].source, hops[-1].target) if hops else (-1, -1)
    for end, place in zip((need.source, need.target), at, strict=True):
        tools = [t for t in end.tools if t.index == place] or end.tools[:1]
        facts += provides(stack, end.name, tools)
    return facts
