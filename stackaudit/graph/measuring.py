"""Where results are measured: who measures an object, where it comes from, and whether it arrives.

A measuring tool of an object is one with the role ``measure`` on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from stackaudit.graph.model import StackTool
from stackaudit.graph.views import WILD, ViewKind, reach

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

COST: Final = "ad-performance"
"""What paid channels cost and bring, as the advertising tools say."""

OUTCOMES: Final = ("order", "opportunity", "donation", "subscription")
"""What a sale is called: an order in a shop, an opportunity in B2B, elsewhere a gift."""


def measuring(
    stack: Stack, data_object: str, scope: int, but: StackTool | None = None
) -> list[StackTool]:
    """Return the tools that measure an object in a scope, but for one, ordered by id."""
    found = stack.with_role("measure", data_object, scope)
    return [t for t in found if t is not but and (t.kind != "service" or t.data_declared)]


def keeps_results(tool: StackTool, data_object: str) -> bool:
    """Return whether an object comes about or is kept in a tool."""
    return bool(tool.roles.get(data_object, frozenset()) & {"capture", "store"})


def reached_by(
    stack: Stack, tools: Iterable[StackTool], data_object: str, scope: int
) -> list[StackTool]:
    """Return the tools that an object surely gets to from some tools, those included."""
    starts = [t.index for t in tools]
    reached = reach(stack.view(data_object, scope).out, starts, stack.automatic)
    return [stack.tools[n] for n in sorted(reached) if n < len(stack.tools)]


def of_undeclared_data(
    stack: Stack, tool: StackTool, data_objects: Iterable[str]
) -> list[StackTool]:
    """Return the tools that get some objects from a tool and of which no data is known."""
    found = {
        t.index: t
        for data_object in data_objects
        for scope in range(len(stack.scopes))
        for t in reached_by(stack, [tool], data_object, scope)
        if t is not tool and not t.data_declared and not t.roles
    }
    return [found[i] for i in sorted(found)]


class Results:
    """Whether the results of tools are measured; what channels have in common is kept."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._behind: dict[tuple[str, int, ViewKind, tuple[int, ...]], frozenset[int]] = {}
        self._sent: dict[int, set[str]] = {}
        for flow in stack.flows:
            if not flow.live or flow.kind != "integration":
                continue
            out = [flow.source] if flow.direction == "one-way" else [flow.source, flow.target]
            for end in out:
                if end is not None:
                    self._sent.setdefault(end, set()).update(flow.objects or ())

    def sent(self, tool: StackTool, data_object: str) -> bool:
        """Return whether a live integration takes an object from a tool."""
        return data_object in self._sent.get(tool.index, ())

    def known(self, tool: StackTool, data_object: str) -> bool:
        """Return whether an object is known as a result of a tool: kept there, or sent on."""
        return keeps_results(tool, data_object) or self.sent(tool, data_object)

    def measured(
        self, tool: StackTool, data_object: str, scope: int
    ) -> Literal["measured", "path", "use", "no"]:
        """Return whether a tool's results reach another tool that measures them.

        ``path``: integrations of unknown content could carry them there. ``use``: what the tools
        that get them are used for is not known.
        """
        stack = self._stack
        starts = self._starts(tool, data_object, scope)
        targets = tuple(t.index for t in measuring(stack, data_object, scope, tool))
        if not self._before(data_object, scope, "certain", targets).isdisjoint(starts):
            return "measured"
        perhaps = self._before(data_object, scope, "widest", targets)
        if not perhaps.isdisjoint(starts) or (targets and WILD in perhaps):
            return "path"
        if not self._before(data_object, scope, "widest", (WILD,)).isdisjoint(starts):
            return "path"
        readers = reached_by(stack, [stack.tools[n] for n in starts], data_object, scope)
        if any(
            t is not tool and not t.data_declared and not t.roles and not t.out_of_scope
            for t in readers
        ):
            return "use"
        return "no"

    def _starts(self, tool: StackTool, data_object: str, scope: int) -> list[int]:
        """Return where a tool's results come from: itself, or what it only gets from others."""
        if keeps_results(tool, data_object):
            return [tool.index]
        tools = self._stack.tools
        into = self._stack.view(data_object, scope).into
        behind = reach(into, [tool.index], self._stack.automatic)
        return sorted(
            n
            for n in behind
            if n == tool.index or (n < len(tools) and tools[n].has_role("capture", data_object))
        )

    def _before(
        self, data_object: str, scope: int, kind: ViewKind, ends: tuple[int, ...]
    ) -> frozenset[int]:
        """Return the nodes from which an object reaches one of some ends, those included."""
        key = (data_object, scope, kind, ends)
        if key not in self._behind:
            into = self._stack.view(data_object, scope, kind).into
            self._behind[key] = frozenset(reach(into, ends, self._stack.automatic))
        return self._behind[key]


@dataclass(frozen=True)
class Meeting:
    """Whether what a paid channel costs and what it sells meet in one measuring tool."""

    state: Literal["meets", "open", "apart"]
    readers: list[StackTool]
    """Tools that have its costs and measure them, itself among them."""
    origins: dict[str, list[StackTool]]
    """Outcome → the tools it comes from; only what comes from somewhere."""


def meeting(stack: Stack, tool: StackTool, scope: int) -> Meeting:
    """Return whether costs of a tool and an outcome meet in a scope."""
    reached = {t.index for t in reached_by(stack, [tool], COST, scope)}
    readers = [t for t in measuring(stack, COST, scope) if t.index in reached]
    if tool not in readers:
        readers.append(tool)
    origins = {o: tools for o in OUTCOMES if (tools := origins_of(stack, o, scope))}
    unsure = not origins
    for data_object, sources in sorted(origins.items()):
        starts = [t.index for t in sources]
        certain = reach(stack.view(data_object, scope).out, starts, stack.automatic)
        widest = reach(stack.view(data_object, scope, "widest").out, starts, stack.automatic)
        for reader in readers:
            measures = reader.has_role("measure", data_object)
            if measures and reader.index in certain:
                return Meeting("meets", readers, origins)
            if reader.index in widest and (measures or reader.roles_assumed):
                unsure = True
    return Meeting("open" if unsure else "apart", readers, origins)


def origins_of(stack: Stack, data_object: str, scope: int) -> list[StackTool]:
    """Return the tools that an outcome comes from: its record, else who captures or stores it."""
    record = stack.record(data_object, scope)
    if record.declared:
        return [stack.tools[i] for i in record.tools]
    captors = stack.with_role("capture", data_object, scope)
    return captors or stack.with_role("store", data_object, scope)


def originators(stack: Stack, data_object: str, scope: int) -> list[StackTool]:
    """Return who may originate an object: its record and who captures it, else who stores it."""
    found = set(stack.record(data_object, scope).tools)
    found |= {t.index for t in stack.with_role("capture", data_object, scope)}
    stored = {t.index for t in stack.with_role("store", data_object, scope)}
    return [stack.tools[n] for n in sorted(found or stored)]


def arrives(
    stack: Stack, data_object: str, scope: int
) -> Literal["yes", "no", "unknown", "not-here"]:
    """Return whether an object gets to a tool that measures it.

    ``not-here`` is a scope where nobody has or measures it. It arrives where a measuring tool
    originates it, is reached from who does, or is the declared target of a live flow of it.
    """
    targets = [t.index for t in measuring(stack, data_object, scope)]
    sources = [t.index for t in originators(stack, data_object, scope)]
    if not targets and not sources:
        return "no" if len(stack.scopes) == 1 else "not-here"
    view = stack.view(data_object, scope)
    ahead = reach(view.out, sources, stack.automatic)
    if any(t in ahead or any(flow >= 0 for _source, flow in view.into.get(t, ())) for t in targets):
        return "yes"
    widest = stack.view(data_object, scope, "widest")
    further = reach(widest.out, sources, stack.automatic)
    behind = reach(widest.into, targets, stack.automatic)
    if WILD in further or WILD in behind or any(t in further for t in targets):
        return "unknown"
    if any(any(flow >= 0 for _s, flow in widest.into.get(t, ())) for t in targets):
        return "unknown"
    return "unknown" if targets and not sources else "no"
