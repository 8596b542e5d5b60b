"""What is worked out for a whole graph at once equals what networkx finds node by node."""

from __future__ import annotations

import random

import networkx as nx

from stackaudit.graph.openings import gathered
from stackaudit.graph.repair import Candidate, cover


def test_marks_are_gathered_from_everything_a_node_reaches() -> None:
    for seed in range(200):
        chance = random.Random(seed)  # noqa: S311 - the same graphs every time
        nodes = chance.randint(2, 9)
        graph = nx.gnm_random_graph(nodes, chance.randint(1, 20), seed=seed, directed=True)
        arcs = {a: [(b, 0) for b in graph[a]] for a in graph if graph[a]}
        found = gathered(arcs, {n: 1 << n for n in graph})
        for node in (n for n in graph if graph.degree(n)):
            reached = nx.descendants(graph, node) | {node}
            assert found[node] == sum(1 << n for n in reached)


def test_the_integration_that_settles_most_per_cost_is_chosen_at_every_step() -> None:
    for seed in range(100):
        chance = random.Random(seed)  # noqa: S311 - the same candidates every time
        needs = [f"need-{n}" for n in range(8)]
        options = [
            Candidate(
                chance.choice(["connect", "repair"]),
                n,
                n + 1,
                None,
                frozenset(),
                frozenset(chance.sample(needs, chance.randint(1, 4))),
            )
            for n in range(chance.randint(1, 12))
        ]
        left = set(needs)
        for chosen in cover(options, needs):
            worth = len(chosen.settles & left) / chosen.cost
            assert worth == max(len(c.settles & left) / c.cost for c in options) > 0
            left -= chosen.settles
        assert not any(c.settles & left for c in options)
