"""Loops without a winner: what the search finds are loops, and none of two is missed."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from stackaudit.graph import Stack
from stackaudit.graph.loops import LONGEST, loops_of
from stackaudit.testing import make_stack

IDS = [f"t{n}" for n in range(7)]


def stack_of(seed: int) -> Stack:
    dice = random.Random(seed)  # noqa: S311 - the same stack every time
    flows = [
        {"from": a, "to": b, "objects": ["contact"], "method": "rest-api", "field_owner": "none"}
        for a in IDS
        for b in IDS
        if a != b and dice.random() < 0.22
    ]
    tools = [{"id": i, "name": i, "product": "none"} for i in IDS]
    return make_stack(
        {"stackaudit": 1, "company": {"name": "X"}, "tools": tools, "integrations": flows}
    )


@pytest.mark.parametrize("seed", range(30))
def test_a_loop_is_found_where_there_is_one_and_each_flow_is_in_one_at_most(seed: int) -> None:
    stack = stack_of(seed)
    found = loops_of(stack, "contact")
    graph: nx.DiGraph[int | None] = nx.DiGraph([(f.source, f.target) for f in stack.flows])
    cycles = {frozenset(c) for c in nx.simple_cycles(graph, length_bound=LONGEST)}
    assert found.complete
    assert bool(found.loops) == bool(cycles)
    assert {frozenset(loop.tools) for loop in found.loops} <= cycles
    two = {c for c in cycles if len(c) == 2}
    assert {frozenset(loop.tools) for loop in found.loops if len(loop.flows) == 2} == two
    used = [f.index for loop in found.loops for f in loop.flows]
    assert len(used) == len(set(used))


@pytest.mark.parametrize("seed", range(10))
def test_after_the_loops_found_are_cut_none_is_left(seed: int) -> None:
    stack = stack_of(seed)
    used = {f.index for loop in loops_of(stack, "contact").loops for f in loop.flows}
    rest: nx.DiGraph[int | None] = nx.DiGraph(
        [(f.source, f.target) for f in stack.flows if f.index not in used]
    )
    assert list(nx.simple_cycles(rest, length_bound=LONGEST)) == []
