"""Needed flows that have a path: which way each takes today, and what makes it needed.

Needed are the required flows (expected flows with both ends, hand-overs of declared processes,
permission on its way to senders), the record to tools that act, and tools that capture to the
record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from stackaudit.graph.model import Role, StackTool
from stackaudit.graph.views import Hop, reach, reach_cheapest, trace

if TYPE_CHECKING:
    from stackaudit.graph.demands import Demand
    from stackaudit.graph.stack import Stack

Kind = Literal["expected", "hand-over", "consent", "activate", "capture"]
RecordOf = Callable[[str, int], tuple[StackTool, ...]]


@dataclass(frozen=True, slots=True)
class NeededPath:
    """One needed flow with a path, and the hops it takes."""

    kind: Kind
    data_object: str
    scope: int
    starts: tuple[StackTool, ...]
    ends: tuple[StackTool, ...]
    hops: tuple[Hop, ...]
    demand: Demand | None = None

    @property
    def must(self) -> bool:
        """Return whether the company must have it: a must, a hand-over, or permission."""
        if self.demand is not None:
            return self.demand.strength == "must"
        return self.kind == "consent"


def judged_objects(stack: Stack) -> list[str]:
    """Return the objects whose record silos are judged by: those that need or have one."""
    declared = {data_object for data_object, _scope in stack.records}
    needed = {o.id for o in stack.catalogue.objects.values() if o.needs_record}
    return sorted(declared | needed)


def needed_paths(stack: Stack, record_of: RecordOf, objects: list[str]) -> Iterator[NeededPath]:
    """Yield every needed flow that has a path of integrations or suites today.

    Parameters
    ----------
    record_of
        (object, scope) → the tools that hold its record, none where nobody does.
    objects
        The objects whose record the flows around it are looked at.
    """
    for demand in stack.demands:
        if demand.serving.hops and demand.serving.outcome in _WORKING:
            yield NeededPath(
                demand.kind,
                demand.data_object,
                demand.scope,
                demand.source.tools,
                demand.target.tools,
                demand.serving.hops,
                demand,
            )
    for way in stack.consent_reach:
        if way.sender.transactional or way.serving.outcome not in _WORKING:
            continue
        if way.serving.hops:
            yield NeededPath(
                "consent",
                way.data_object,
                way.scope,
                way.record,
                (way.sender.tool,),
                way.serving.hops,
            )
    for data_object in objects:
        for scope in range(len(stack.scopes)):
            record = record_of(data_object, scope)
            if record:
                yield from _around(stack, data_object, scope, record)


@dataclass(frozen=True, slots=True)
class RecordPath:
    """The path with the fewest steps by hand between a record and a tool that needs it."""

    role: Role
    """``activate``: from the record to a tool that acts; ``capture``: from a tool to the record."""
    tool: StackTool
    hops: tuple[Hop, ...]
    outcome: Literal["automatic", "maybe-automatic", "maybe-manual", "manual"]
    """``maybe-manual``: by hand, unless an integration of unknown content runs by itself."""


def record_paths(
    stack: Stack, record: list[StackTool], data_object: str, scope: int
) -> Iterator[RecordPath]:
    """Yield the paths from a record to tools that act, and from tools that capture to it."""
    view = stack.view(data_object, scope)
    widest = stack.view(data_object, scope, "widest")
    starts = [t.index for t in record]
    ways: tuple[Role, Role] = ("activate", "capture")
    for role in ways:
        forward = role == "activate"
        arcs, wide = (view.out, widest.out) if forward else (view.into, widest.into)
        anyhow = reach_cheapest(arcs, starts, stack.by_hand)
        alone = reach(arcs, starts, stack.automatic, "maybe-automatic")
        sure = reach(arcs, starts, stack.automatic, "automatic")
        perhaps = reach(wide, starts, stack.automatic, "maybe-automatic")
        for tool in stack.with_role(role, data_object, scope):
            if tool in record or tool.index not in anyhow:
                continue
            hops = trace(anyhow, tool.index, len(stack.tools))
            if not forward:
                hops = [Hop(h.target, h.source, h.flow) for h in reversed(hops)]
            yield RecordPath(
                role,
                tool,
                tuple(hops),
                "automatic"
                if tool.index in sure
                else "maybe-automatic"
                if tool.index in alone
                else "maybe-manual"
                if tool.index in perhaps
                else "manual",
            )


_WORKING = frozenset({"automatic", "maybe-automatic", "manual"})


def _around(
    stack: Stack, data_object: str, scope: int, record: tuple[StackTool, ...]
) -> Iterator[NeededPath]:
    view = stack.view(data_object, scope)
    starts = [t.index for t in record]
    count = len(stack.tools)
    ahead = reach(view.out, starts, stack.automatic)
    for tool in stack.with_role("activate", data_object, scope):
        if tool.index in ahead and tool not in record:
            hops = tuple(trace(ahead, tool.index, count))
            yield NeededPath("activate", data_object, scope, record, (tool,), hops)
    behind = reach(view.into, starts, stack.automatic)
    for tool in stack.with_role("capture", data_object, scope):
        if tool.index in behind and tool not in record:
            back = trace(behind, tool.index, count)
            turned = tuple(Hop(h.target, h.source, h.flow) for h in reversed(back))
            yield NeededPath("capture", data_object, scope, (tool,), record, turned)
