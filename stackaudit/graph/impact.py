"""What falls when part of the stack is lost: a tool, carrier, vendor, integration or person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from stackaudit.graph.demands import Demand, End, Serving, serve
from stackaudit.graph.views import Loss
from stackaudit.source.words import make_id

if TYPE_CHECKING:
    from stackaudit.graph.consent import Reach
    from stackaudit.graph.stack import Stack

WORKING = frozenset({"automatic", "maybe-automatic", "manual"})


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

    @property
    def ends(self) -> frozenset[int]:
        """Return the tools that are an end of it."""
        return frozenset(t.index for t in (*self.source.tools, *self.target.tools))


class Impact:
    """Removes elements from a stack, one at a time, and tests the needed flows again."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Return every needed flow that is served today, by itself or by hand."""
        found = [_of_demand(self.stack, d) for d in self.stack.demands]
        found += [
            _of_reach(self.stack, r) for r in self.stack.consent_reach if not r.sender.transactional
        ]
        return tuple(n for n in found if n.serving.outcome in WORKING)

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
        """Return the needed flows that are served today and not without what is lost."""
        return [n for n in self.needs if self._uses(n, loss) and not self._survives(n, loss)]

    def _uses(self, need: Need, loss: Loss) -> bool:
        """Return whether a loss touches how the need is served; nothing else can make it fall."""
        serving = need.serving
        for tool in (serving.same_tool, serving.gated):
            if tool is not None and tool.index in loss.tools:
                return True
        if not loss.tools.isdisjoint(need.ends):
            return True
        for hop in serving.hops:
            if hop.source in loss.tools or hop.target in loss.tools:
                return True
            if hop.flow >= 0 and self.stack.lost(self.stack.flows[hop.flow], loss):
                return True
        return False

    def _survives(self, need: Need, loss: Loss) -> bool:
        again = serve(self.stack, need.source, need.target, need.data_object, need.scope, loss)
        return again.outcome in WORKING


def _of_demand(stack: Stack, demand: Demand) -> Need:
    return Need(
        id=f"{demand.process.id + ':' if demand.process else ''}{demand.source.name}/"
        f"{demand.target.name}/{demand.data_object}/{stack.scopes[demand.scope]}",
        source=demand.source,
        target=demand.target,
        data_object=demand.data_object,
        scope=demand.scope,
        must=demand.strength == "must",
        serving=demand.serving,
    )


def _of_reach(stack: Stack, reach: Reach) -> Need:
    tool = reach.sender.tool
    return Need(
        id=f"consent:{tool.id}/{reach.sender.channel}/{stack.scopes[reach.scope]}",
        source=End(f"record:{reach.data_object}", reach.record),
        target=End(f"tool:{tool.id}", (tool,)),
        data_object=reach.data_object,
        scope=reach.scope,
        must=True,
        serving=reach.serving,
    )
