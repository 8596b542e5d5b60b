"""How late data is: the freshest of all paths, by going through every one of them."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

import pytest

from stackaudit.graph import Stack
from stackaudit.graph.latency import Delays, delay
from stackaudit.testing import make_stack

IDS = [f"t{n}" for n in range(6)]


def stack_of(seed: int) -> tuple[Stack, dict[tuple[str, str], tuple[int | None, bool]]]:
    """Return a stack and (source, target) → (minutes, by hand) of its flows of contacts."""
    dice = random.Random(seed)  # noqa: S311 - the same stack every time
    arcs: dict[tuple[str, str], tuple[int | None, bool]] = {}
    flows = []
    for source in IDS:
        for target in IDS:
            if source == target or dice.random() > 0.35:
                continue
            minutes, by_hand = dice.choice([15, 60, 240, None]), dice.random() < 0.25
            arcs[source, target] = (minutes, by_hand)
            flow = {
                "from": source,
                "to": target,
                "objects": ["contact"],
                "method": "manual-export" if by_hand else "rest-api",
            }
            flows.append(flow | ({"every": f"{minutes}m"} if minutes else {}))
    tools = [{"id": i, "name": i, "product": "none"} for i in IDS]
    return make_stack(
        {"stackaudit": 1, "company": {"name": "X"}, "tools": tools, "integrations": flows}
    ), arcs


def every_path(
    arcs: dict[tuple[str, str], tuple[int | None, bool]], end: str, *, by_hand: bool
) -> list[list[int | None]]:
    """Return the intervals of every path from the first tool to one other."""
    found: list[list[int | None]] = []
    middle = [i for i in IDS if i not in (IDS[0], end)]
    for length in range(len(middle) + 1):
        for between in permutations(middle, length):
            hops = list(pairwise((IDS[0], *between, end)))
            if all(h in arcs and (by_hand or not arcs[h][1]) for h in hops):
                found.append([arcs[h][0] for h in hops])
    return found


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_the_delay_is_that_of_the_freshest_path(seed: int, by_hand: bool) -> None:
    stack, arcs = stack_of(seed)
    delays = Delays(stack, stack.view("contact", 0), [0], by_hand=by_hand)
    for end in IDS[1:]:
        paths = every_path(arcs, end, by_hand=by_hand)
        late = delays.at(stack.index[end])
        if not paths:
            assert late is None
            continue
        assert late is not None
        known = [sum(m for m in path if m) for path in paths if None not in path]
        assert late.known == min(known, default=None)
        assert late.least == min(sum(m or 0 for m in path) for path in paths)


def test_two_starts_may_share_a_database() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools:
  - {id: host, name: Host, product: none}
  - {id: app, name: App, product: none, runs_inside: host}
  - {id: mail, name: Mailer, product: none}
integrations: [{from: app, to: mail, objects: [contact], every: 15m}]
""")
    late = delay(stack, stack.view("contact", 0), [0, 1], 2)
    assert late is not None
    assert (late.known, late.least, len(late.hops)) == (15, 15, 1)


def test_the_slowest_hop_is_named() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [{name: A, product: none}, {name: B, product: none}, {name: C, product: none}]
integrations:
  - {from: a, to: b, objects: [contact], every: 15m}
  - {id: nightly, from: b, to: c, objects: [contact], every: daily}
""")
    late = delay(stack, stack.view("contact", 0), [0], 2)
    assert late is not None
    slowest = late.slowest(stack)
    assert slowest is not None
    assert stack.flows[slowest.flow].id == "nightly"
