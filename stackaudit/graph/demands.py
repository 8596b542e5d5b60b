"""Needed flows: which flows the company needs, and whether each is served today.

Required flows are the profile's expected flows (must and should) whose both ends exist, and the
hand-overs of declared processes. They are worked out once and shared by the checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from stackaudit.graph.model import Flow, StackTool
from stackaudit.graph.views import (
    NOTHING,
    WILD,
    Hop,
    Loss,
    Mode,
    View,
    ViewKind,
    reach,
    reach_cheapest,
    trace,
)
from stackaudit.inventory.schema import Process

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

Outcome = Literal["automatic", "maybe-automatic", "manual", "broken", "unknown", "no"]

CONSENT_OBJECTS = frozenset({"consent", "preference"})
"""Objects whose arrival a gate may replace: the tool is held back until permission is given."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a needed flow: the tools that provide it, and the capability if it is one."""

    name: str
    """Capability id, or ``tool:ID``."""
    tools: tuple[StackTool, ...]
    capability: str | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """Whether a flow from one end to the other is served, and how."""

    outcome: Outcome
    hops: tuple[Hop, ...] = ()
    same_tool: StackTool | None = None
    gated: StackTool | None = None
    broken: tuple[Flow, ...] = ()
    """The broken or paused flows whose repair would serve it."""
    perhaps_automatic: bool = False
    """It works by hand, and integrations of unknown content could carry it without."""

    @property
    def taken_for_granted(self) -> bool:
        """Return whether it is served only because the catalogue says one tool does both ends."""
        return self.same_tool is not None and self.same_tool.capabilities_assumed


@dataclass(frozen=True, slots=True)
class Demand:
    """A flow that is needed in one scope, and how it is served."""

    kind: Literal["expected", "hand-over"]
    source: End
    target: End
    data_object: str
    scope: int
    strength: Literal["must", "should"]
    why: str
    limit: int | None
    """How late it may arrive, in minutes; None when not stated."""
    serving: Serving
    process: Process | None = None

    @property
    def id(self) -> str:
        """Return an id that names both ends, the object and the scope number."""
        return self.id_in(str(self.scope))

    def id_in(self, scope: str) -> str:
        """Return the id with a scope by its name, as results have it."""
        head = f"{self.process.id}:" if self.process is not None else ""
        return f"{head}{self.source.name}/{self.target.name}/{self.data_object}/{scope}"


def capability_end(stack: Stack, capability: str, scope: int) -> End:
    """Return the tools that provide a capability in a scope and can be ends of flows.

    Services are in the graph only when their data is declared; carriers count through what they
    carry.
    """
    tools = [
        t for t in stack.providers(capability, scope) if t.kind != "service" or t.data_declared
    ]
    return End(capability, tuple(tools), capability)


def step_end(stack: Stack, step: str, scope: int) -> End:
    """Return the tools of a process step: a capability, or `tool:ID`."""
    if step.startswith("tool:"):
        tool = stack.tool(step.removeprefix("tool:").strip())
        there = tool is not None and tool.subject and tool.scopes >> scope & 1
        return End(step, (tool,) if there and tool is not None else ())
    return capability_end(stack, step, scope)


def required_flows(stack: Stack) -> list[Demand]:
    """Return the flows the company needs, in the order of strength, then name.

    Expected flows whose both ends exist in a scope, and hand-overs of declared processes whose both
    steps have tools there.
    """
    demands = [*_expected(stack), *_hand_overs(stack)]
    demands.sort(key=lambda d: (d.strength != "must", d.kind, d.id))
    return demands


def _expected(stack: Stack) -> Iterable[Demand]:
    profile = stack.resolved.profile
    for flow in profile.flows if profile is not None else ():
        if flow.strength not in ("must", "should"):
            continue
        for scope in range(len(stack.scopes)):
            source = capability_end(stack, flow.source, scope)
            target = capability_end(stack, flow.target, scope)
            if source.tools and target.tools:
                yield Demand(
                    kind="expected",
                    source=source,
                    target=target,
                    data_object=flow.object,
                    scope=scope,
                    strength=flow.strength,
                    why=flow.why,
                    limit=stack.catalogue.limit_minutes(flow.within) if flow.within else None,
                    serving=serve(stack, source, target, flow.object, scope),
                )


def _hand_overs(stack: Stack) -> Iterable[Demand]:
    for process in stack.inventory.processes:
        if process.carries is None:
            continue
        steps = process.steps or ()
        for first, second in pairwise(steps):
            for scope in range(len(stack.scopes)):
                source = step_end(stack, first, scope)
                target = step_end(stack, second, scope)
                if source.tools and target.tools:
                    yield Demand(
                        kind="hand-over",
                        source=source,
                        target=target,
                        data_object=process.carries,
                        scope=scope,
                        strength="must",
                        why=f"hand-over in the process “{process.name}”",
                        limit=None,
                        serving=serve(stack, source, target, process.carries, scope),
                        process=process,
                    )


def serve(
    stack: Stack,
    source: End,
    target: End,
    data_object: str,
    scope: int,
    loss: Loss = NOTHING,
) -> Serving:
    """Return how an object gets from one end to the other in a scope.

    Served by one tool that is both ends, by a gate (consent and preference only), or by a path: all
    automatic, perhaps automatic, or only by hand. Where the certain view has no path, the widest
    one decides between ``unknown`` and ``no``; a path over broken flows makes it ``broken``.
    """
    if loss:
        source, target = _left(source, loss), _left(target, loss)
        if not source.tools or not target.tools:
            return Serving("no")
    source, target = _main_tools(source, target), _main_tools(target, source)
    ids = {t.index for t in target.tools}
    for tool in source.tools:
        if tool.index in ids:
            return Serving("automatic", same_tool=tool)
    if data_object in CONSENT_OBJECTS:
        gate = gate_of(stack, source, target)
        if gate is not None:
            return Serving("automatic", gated=gate)
    certain = stack.view(data_object, scope, "certain", loss)
    modes: tuple[tuple[Mode, Outcome], ...] = (
        ("automatic", "automatic"),
        ("maybe-automatic", "maybe-automatic"),
    )
    for mode, outcome in modes:
        hops = _path(stack, certain, "certain", source, target, data_object, scope, mode, loss)
        if hops is not None:
            return Serving(outcome, hops)
    hops = _path(stack, certain, "certain", source, target, data_object, scope, "any", loss)
    if hops is not None:
        widest = stack.view(data_object, scope, "widest", loss)
        better = _path(
            stack, widest, "widest", source, target, data_object, scope, "maybe-automatic", loss
        )
        return Serving("manual", hops, perhaps_automatic=better is not None)
    if loss:
        perhaps = _perhaps(stack, source, target, data_object, scope, loss)
        return Serving("unknown" if perhaps else "no")
    repaired = stack.view(data_object, scope, "repaired")
    hops = _path(stack, repaired, "repaired", source, target, data_object, scope, "any")
    if hops is not None:
        broken = tuple(
            stack.flows[h.flow] for h in hops if h.flow >= 0 and stack.flows[h.flow].repairable
        )
        return Serving("broken", hops, broken=broken)
    if _perhaps(stack, source, target, data_object, scope):
        return Serving("unknown")
    return Serving("no")


def _left(end: End, loss: Loss) -> End:
    return replace(end, tools=tuple(t for t in end.tools if t.index not in loss.tools))


def _main_tools(end: End, other: End) -> End:
    """Return an end without tools of both ends that are only assumed to serve this one on the side.

    A marketing automation tool that brings a small CRM of its own does not hand leads over to the
    CRM the company bought; a sender that records opt-outs is not told of those in the consent tool.
    """
    wanted = end.capability
    if wanted is None or not any(t.capabilities.get(wanted) == "primary" for t in end.tools):
        return end
    both = {t.index for t in other.tools}
    kept = tuple(
        t
        for t in end.tools
        if t.index not in both
        or not t.capabilities_assumed
        or t.capabilities.get(wanted) != "secondary"
    )
    return replace(end, tools=kept)


def gate_of(stack: Stack, source: End, target: End) -> StackTool | None:
    """Return the consent tool that holds back a target tool, or a flow into one."""
    gates = {t.id: t for t in source.tools}
    wanted = {t.index for t in target.tools}
    for tool in target.tools:
        for ref in (tool.record.gated_by if tool.record is not None else None) or ():
            known = stack.tool(ref)
            if known is not None and known.id in gates:
                return known
    into = {flow.index: flow for end in wanted for flow in stack.gated_into.get(end, ())}
    for _index, flow in sorted(into.items()):
        for ref in (flow.record.gated_by if flow.record is not None else None) or ():
            known = stack.tool(ref)
            if known is not None and known.id in gates:
                return known
    return None


def _allowed(automatic: bool | None, mode: Mode) -> bool:
    return mode == "any" or automatic is True or (automatic is None and mode == "maybe-automatic")


def _carried(
    stack: Stack,
    end: End,
    data_object: str,
    scope: int,
    kind: ViewKind,
    mode: Mode,
    loss: Loss,
) -> list[Flow]:
    """Return the flows that the tools of an end carry: such a flow is at their capability."""
    found = []
    for tool in end.tools:
        for flow in stack.carriers.get(tool.index, ()):
            if not flow.scopes >> scope & 1 or not _allowed(flow.automatic, mode):
                continue
            if loss and stack.lost(flow, loss):
                continue
            if flow.objects is None:
                if kind == "widest":
                    found.append(flow)
            elif data_object in flow.objects and (flow.direction != "unknown" or kind == "widest"):
                found.append(flow)
    return found


def _path(
    stack: Stack,
    view: View,
    kind: ViewKind,
    source: End,
    target: End,
    data_object: str,
    scope: int,
    mode: Mode,
    loss: Loss = NOTHING,
) -> tuple[Hop, ...] | None:
    """Return the hops of a path from one end to the other, or None when there is none."""
    starts: dict[int, Hop | None] = {t.index: None for t in source.tools}
    goals: dict[int, Hop | None] = {t.index: None for t in target.tools}
    for flow in (
        _carried(stack, source, data_object, scope, kind, mode, loss) if source.capability else ()
    ):
        for a, b in _ends(flow):
            if b in goals:
                return (Hop(a, b, flow.index),)
            starts.setdefault(b, Hop(a, b, flow.index))
    for flow in (
        _carried(stack, target, data_object, scope, kind, mode, loss) if target.capability else ()
    ):
        for a, b in _ends(flow):
            if a in starts:
                first = starts[a]
                return ((first,) if first is not None else ()) + (Hop(a, b, flow.index),)
            goals.setdefault(a, Hop(a, b, flow.index))
    if mode == "any":
        # Both a manual flow and (in the repaired view) a broken one are worth avoiding.
        reached = reach_cheapest(view.out, starts, stack.avoidable)
    else:
        reached = reach(view.out, starts, stack.automatic, mode)
    found = [g for g in goals if g in reached]
    if not found:
        return None
    paths = [trace(reached, goal, len(stack.tools)) for goal in sorted(found)]
    best = min(paths, key=lambda p: (sum(_by_hand(stack, h) for h in p), len(p)))
    goal = best[-1].target if best else min(found)
    before = starts.get(best[0].source if best else goal)
    after = goals[goal]
    return ((before,) if before else ()) + tuple(best) + ((after,) if after else ())


def _by_hand(stack: Stack, hop: Hop) -> bool:
    return hop.flow >= 0 and stack.flows[hop.flow].automatic is False


def _ends(flow: Flow) -> list[tuple[int, int]]:
    if flow.source is None or flow.target is None:
        return []
    pairs = [(flow.source, flow.target)]
    if flow.direction != "one-way":
        pairs.append((flow.target, flow.source))
    return pairs


def _perhaps(
    stack: Stack, source: End, target: End, data_object: str, scope: int, loss: Loss = NOTHING
) -> bool:
    """Return whether a path may exist at the widest: over unknown content, direction or ends."""
    view = stack.view(data_object, scope, "widest", loss)
    path = _path(stack, view, "widest", source, target, data_object, scope, "any", loss)
    if path is not None:
        return True
    forward = reach(view.out, [t.index for t in source.tools], stack.automatic)
    back = reach(view.into, [t.index for t in target.tools], stack.automatic)
    return WILD in forward or WILD in back
