"""Two routes that share no edge, and how firmly two groups are joined, against maximum flows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest

from stackaudit.graph.routes import doubly_reached, two_routes
from stackaudit.graph.walls import joint

Arcs = dict[int, list[tuple[int, int]]]

SEEDS = range(200)


def drawn(seed: int) -> tuple[int, Arcs]:
    """Return how many nodes a small random graph has, and its arcs, some of them parallel."""
    dice = random.Random(seed)  # noqa: S311 - any graph will do
    nodes = dice.randint(2, 9)
    arcs: Arcs = {}
    for number in range(dice.randint(1, 20)):
        one, other = dice.randrange(nodes), dice.randrange(nodes)
        if one != other:
            arcs.setdefault(one, []).append((other, number))
    return nodes, arcs


def triples(arcs: Arcs) -> Iterator[tuple[int, int, int]]:
    for one, out in arcs.items():
        for other, number in out:
            yield one, other, number


def flow(graph: nx.Graph[int], one: int, other: int) -> int:
    return int(nx.maximum_flow_value(graph, one, other))


def with_capacity(graph: nx.Graph[int], nodes: int, arcs: Arcs) -> nx.Graph[int]:
    graph.add_nodes_from(range(nodes))
    for one, other, _number in triples(arcs):
        before = graph[one][other]["capacity"] if graph.has_edge(one, other) else 0
        graph.add_edge(one, other, capacity=before + 1)
    return graph


@pytest.mark.parametrize("seed", SEEDS)
def test_two_routes_are_found_where_the_maximum_flow_is_two(seed: int) -> None:
    nodes, arcs = drawn(seed)
    graph = with_capacity(nx.DiGraph(), nodes, arcs)
    expected = [node for node in range(1, nodes) if flow(graph, 0, node) >= 2]
    assert doubly_reached(0, arcs, set(range(nodes))) == expected
    for node in range(1, nodes):
        routes = two_routes(0, node, arcs)
        assert (routes is not None) == (node in expected)
        for route in routes or ():
            assert (route[0][0], route[-1][1]) == (0, node)
            assert all(a[1] == b[0] for a, b in pairwise(route))
            assert set(route) <= set(triples(arcs))
        if routes is not None:
            assert not set(routes[0]) & set(routes[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_are_joined_as_firmly_as_the_maximum_flow_says(seed: int) -> None:
    nodes, arcs = drawn(seed)
    edges: Arcs = {}
    for one, other, number in triples(arcs):
        edges.setdefault(one, []).append((other, number))
        edges.setdefault(other, []).append((one, number))
    ours, theirs = {0}, {nodes - 1}
    graph = with_capacity(nx.Graph(), nodes, arcs)
    found = joint(ours, theirs, edges)
    assert found.ways == min(2, flow(graph, 0, nodes - 1))
    if found.ways == 1:
        rest = {n: [e for e in near if e[1] != found.bridge] for n, near in edges.items()}
        assert joint(ours, theirs, rest).ways == 0


def test_a_tool_in_both_groups_joins_them_for_good() -> None:
    assert joint({1, 2}, {2, 3}, {}).ways == 2


def test_a_long_chain_of_detours_is_no_problem() -> None:
    arcs: Arcs = {n: [(n + 1, 2 * n), (n + 2, 2 * n + 1)] for n in range(5_000)}
    assert doubly_reached(0, arcs, {4_999}) == [4_999]
    assert doubly_reached(0, {n: [(n + 1, n)] for n in range(5_000)}, {4_999}) == []
