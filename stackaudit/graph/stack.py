"""The stack: tools, flows and records of one company on one day, and the questions asked of it.

Read-only. Everything derived is computed once and kept. What needs no path is in
`stackaudit.graph.listed`, the views that paths are looked for in are in
`stackaudit.graph.connected`; what follows from both is here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

import networkx as nx

from stackaudit.graph.connected import Connected
from stackaudit.graph.consent import Reach, consent_reach
from stackaudit.graph.demands import Demand, Serving, required_flows
from stackaudit.graph.impact import Impact
from stackaudit.graph.model import Flow
from stackaudit.graph.openings import Openings, open_facts


class Stack(Connected):
    """Inventory and catalogue as one graph; its attributes are those of `Listed`."""

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

    # ---------------------------------------------------------------- what is open

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

    @cached_property
    def _openings(self) -> dict[tuple[str, int], Openings]:
        """Return what is open, per object and scope, as far as it was asked."""
        return {}

    def open_between(
        self, sources: Iterable[int], targets: Iterable[int], data_object: str, scope: int
    ) -> set[str]:
        """Return where the unknown facts belong on which a path of an object hangs in a scope."""
        key = (data_object, scope)
        if key not in self._openings:
            self._openings[key] = Openings(self, data_object, scope)
        return self._openings[key].between(sources, targets)

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
