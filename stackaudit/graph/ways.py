"""How one object gets from one tool to another, scope by scope: the answer to a question.

It is the same judgement that expected flows get, with what is needed to explain it: the hops, how
late the object can arrive, what could carry it where the content of integrations is not known, and
the cheapest integration where nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stackaudit.graph.demands import End, Serving, serve
from stackaudit.graph.latency import Delay, delay
from stackaudit.graph.model import Flow, StackTool
from stackaudit.graph.repair import Candidate, FlowNeed, candidates, cheapest
from stackaudit.graph.views import Hop, reach, reach_cheapest, trace

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


@dataclass(frozen=True)
class Way:
    """How an object gets from one tool to another in some scopes."""

    data_object: str
    scopes: tuple[int, ...]
    serving: Serving
    hops: tuple[Hop, ...]
    """The path that serves it (the freshest where intervals are known), could serve it, or would
    when mended."""
    delay: Delay | None
    """How late it can be over automatic hops; None when there is no such path."""

    @property
    def works(self) -> bool:
        """Return whether it gets there today, by itself or by hand."""
        return self.serving.outcome in ("automatic", "maybe-automatic", "manual")


def ways(
    stack: Stack,
    source: StackTool,
    target: StackTool,
    data_object: str,
    scopes: Iterable[int] | None = None,
) -> list[Way]:
    """Return how an object gets from one tool to another; scopes with one answer are one way."""
    found: dict[object, Way] = {}
    for scope in range(len(stack.scopes)) if scopes is None else scopes:
        if not (source.scopes >> scope & 1 and target.scopes >> scope & 1):
            continue
        way = _way(stack, source, target, data_object, scope)
        same = (way.serving.outcome, way.hops)
        if same in found:
            way = found[same]
            way = Way(way.data_object, (*way.scopes, scope), way.serving, way.hops, way.delay)
        found[same] = way
    return list(found.values())


def _way(stack: Stack, source: StackTool, target: StackTool, data_object: str, scope: int) -> Way:
    ends = End(f"tool:{source.id}", (source,)), End(f"tool:{target.id}", (target,))
    serving = serve(stack, *ends, data_object, scope)
    late: Delay | None = None
    hops = serving.hops
    if serving.outcome in ("automatic", "maybe-automatic"):
        view = stack.view(data_object, scope)
        late = delay(stack, view, [source.index], target.index)
        if late is not None and late.known is not None and _surely(stack, late.hops, serving):
            hops = late.hops
    elif serving.outcome == "unknown":
        hops = _perhaps(stack, source, target, data_object, scope)
    return Way(data_object, (scope,), serving, tuple(hops), late)


def _surely(stack: Stack, hops: Iterable[Hop], serving: Serving) -> bool:
    """Return whether a path is as sure to run by itself as the one that was judged."""
    if serving.outcome != "automatic":
        return True
    return all(h.flow < 0 or stack.flows[h.flow].automatic is True for h in hops)


def _perhaps(
    stack: Stack, source: StackTool, target: StackTool, data_object: str, scope: int
) -> tuple[Hop, ...]:
    """Return the path at the widest with the fewest integrations of unknown content."""
    view = stack.view(data_object, scope, "widest")
    unsure = {f.index for f in stack.unsure_flows}
    reached = reach_cheapest(view.out, [source.index], [f.index in unsure for f in stack.flows])
    if target.index not in reached:
        return ()
    hops = trace(reached, target.index, len(stack.tools))
    tools = range(len(stack.tools))
    return tuple(hops) if all(h.source in tools and h.target in tools for h in hops) else ()


def open_ends(
    stack: Stack, source: StackTool, target: StackTool, data_object: str, scope: int
) -> list[Flow]:
    """Return the flows with an unknown end that could be part of a path."""
    view = stack.view(data_object, scope, "widest")
    ahead = reach(view.out, [source.index], stack.automatic)
    behind = reach(view.into, [target.index], stack.automatic)
    return [
        f
        for f in stack.flows
        if f.live
        and len(f.ends) == 1
        and (f.objects is None or data_object in f.objects)
        and (f.ends[0] in ahead or f.ends[0] in behind)
    ]


def would_close(
    stack: Stack, source: StackTool, target: StackTool, data_object: str, scopes: Iterable[int]
) -> Candidate | None:
    """Return the cheapest single integration that would give a way where there is none."""
    need = FlowNeed("asked", data_object, tuple(scopes), (source.index,), (target.index,))
    return cheapest(candidates(stack, [need])).get("asked")


def near(
    stack: Stack, tool: StackTool, data_object: str, scope: int, *, ahead: bool
) -> list[StackTool]:
    """Return the tools an object surely gets to from a tool (or that it gets to the tool from)."""
    view = stack.view(data_object, scope)
    reached = reach(view.out if ahead else view.into, [tool.index], stack.automatic)
    tools = range(len(stack.tools))
    found = [stack.tools[n] for n in reached if n in tools and n != tool.index]
    return sorted(found, key=lambda t: t.name.casefold())
