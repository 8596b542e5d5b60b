"""Copies of data: which tools read one, where fresh data is, and what brings it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stackaudit.graph.demands import Demand
from stackaudit.graph.latency import Delays
from stackaudit.graph.model import Role, StackTool

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


def readers(stack: Stack, data_object: str, scope: int) -> list[tuple[StackTool, Role]]:
    """Return the tools that act on an object, or keep it and serve a stage of the journey."""
    found: dict[str, tuple[StackTool, Role]] = {
        t.id: (t, "activate") for t in stack.with_role("activate", data_object, scope)
    }
    capabilities = stack.catalogue.capabilities
    for tool in stack.with_role("store", data_object, scope):
        stages = {s for c in tool.working if c in capabilities for s in capabilities[c].stages}
        if tool.id not in found and stages - {"enabling"}:
            found[tool.id] = (tool, "store")
    return [found[i] for i in sorted(found)]


@dataclass(frozen=True)
class ExpectedCopy:
    """A copy that an expected flow with a limit leads to, and how late data gets there."""

    demand: Demand
    tool: StackTool
    limit: int
    starts: tuple[int, ...]
    """Where the data is fresh: the sources, and where carriers among them deliver."""
    fed: Delays


def expected_copies(stack: Stack) -> Iterator[ExpectedCopy]:
    """Yield the copies at the ends of expected flows that run by themselves and have a limit.

    What ``freshness`` states goes first; only measuring tools, which it does not speak of, are then
    compared with the flow's limit.
    """
    for demand in stack.demands:
        serving = demand.serving
        if demand.kind != "expected" or demand.limit is None or not serving.hops:
            continue
        if serving.outcome not in ("automatic", "maybe-automatic"):
            continue
        stated = stack.fresh_within(demand.data_object) is not None
        starts = tuple(sorted({t.index for t in demand.source.tools} | _carried_to(stack, demand)))
        fed = Delays(stack, stack.view(demand.data_object, demand.scope), starts)
        for tool in demand.target.tools:
            measures = tool.has_role("measure", demand.data_object)
            if tool in demand.source.tools or (stated and not measures) or tool.index in starts:
                continue
            yield ExpectedCopy(demand, tool, demand.limit, starts, fed)


def _carried_to(stack: Stack, demand: Demand) -> set[int]:
    """Return where the carriers among the sources deliver: the flow begins where they end."""
    return {
        flow.target
        for tool in demand.source.tools
        for flow in stack.carriers.get(tool.index, ())
        if flow.target is not None and demand.data_object in (flow.objects or ())
    }
