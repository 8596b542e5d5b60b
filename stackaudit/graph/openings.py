"""Unknown facts on the way: what decides whether an object gets from some tools to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import networkx as nx

from stackaudit.graph.model import Flow

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


def gathered(arcs: Mapping[int, list[tuple[int, int]]], marks: Mapping[int, int]) -> dict[int, int]:
    """Return node → the marks, as bits, of all nodes that are reached from it, itself included.

    Nodes without arcs in or out are left out. One pass over strongly connected components instead
    of one search a node: their generator yields what a component leads to before it.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from((node, nxt) for node, out in arcs.items() for nxt, _flow in out)
    found: dict[int, int] = {}
    for component in nx.strongly_connected_components(graph):
        bits = 0
        for node in component:
            bits |= marks.get(node, 0)
            for nxt, _flow in arcs.get(node, ()):
                bits |= found.get(nxt, 0)
        found.update(dict.fromkeys(component, bits))
    return found


class Openings:
    """The unknown facts of one object in one scope, and between which tools each lies.

    They are the content, direction or ends of the live integrations that may carry it, and what a
    service at an end of one does with data.
    """

    def __init__(self, stack: Stack, data_object: str, scope: int) -> None:
        flows = [
            flow
            for flow in (*stack.open_flows.get(None, ()), *stack.open_flows.get(data_object, ()))
            if flow.scopes >> scope & 1
        ]
        self._facts = [open_facts(stack, flow) for flow in flows]
        self._count = count = len(flows)
        # Per flow three bits: its way, the other way where it may run both, and its carriers.
        before: dict[int | None, int] = {}
        behind: dict[int | None, int] = {}
        for number, flow in enumerate(flows):
            bit = 1 << number
            ends = [(flow.source, flow.target, bit)]
            if flow.direction != "one-way":
                ends.append((flow.target, flow.source, bit << count))
            for a, b, way in ends:
                before[a] = before.get(a, 0) | way
                behind[b] = behind.get(b, 0) | way
            for carrier in flow.via:
                for marks in (before, behind):
                    marks[carrier] = marks.get(carrier, 0) | bit << 2 * count
        # An end that is not known may be any tool.
        self._from_any, self._to_any = before.pop(None, 0), behind.pop(None, 0)
        self._before = {n: marks for n, marks in before.items() if n is not None}
        self._behind = {n: marks for n, marks in behind.items() if n is not None}
        view = stack.view(data_object, scope, "widest")
        self._ahead_of = gathered(view.out, self._before)
        self._leads_to = gathered(view.into, self._behind)

    def between(self, sources: Iterable[int], targets: Iterable[int]) -> set[str]:
        """Return where the facts belong that lie between some tools and others, at the widest."""
        ahead, back = self._from_any, self._to_any
        for node in sources:
            ahead |= self._ahead_of.get(node, self._before.get(node, 0))
        for node in targets:
            back |= self._leads_to.get(node, self._behind.get(node, 0))
        both, carried = ahead & back, (ahead | back) >> 2 * self._count
        on_way = (both | both >> self._count | carried) & (1 << self._count) - 1
        found: set[str] = set()
        while on_way:
            lowest = on_way & -on_way
            found.update(self._facts[lowest.bit_length() - 1])
            on_way ^= lowest
        return found


def open_facts(stack: Stack, flow: Flow) -> list[str]:
    """Return what is not known about a flow and the services at its ends, by where it belongs."""
    found = [
        f"integrations/{flow.id}/{key}"
        for key, unknown in (
            ("from", flow.source is None),
            ("to", flow.target is None),
            ("objects", flow.objects is None),
            ("direction", flow.direction == "unknown"),
        )
        if unknown
    ]
    for end in flow.ends:
        tool = stack.tools[end]
        if tool.kind == "service" and not tool.data_declared:
            found.append(f"tools/{tool.id}/data")
    return found
