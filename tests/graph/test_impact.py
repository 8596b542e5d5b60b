"""What falls when something is taken away: what a stack without it would lack."""

from __future__ import annotations

import random

import pytest

from stackaudit.graph.impact import WORKING
from stackaudit.graph.views import Loss
from stackaudit.testing import make_stack

IDS = [f"t{n}" for n in range(7)]


def inventory(seed: int, lost: str | None = None) -> dict[str, object]:
    """Return an inventory with random flows, without one tool and all that it carries."""
    dice = random.Random(seed)  # noqa: S311 - the same stack every time
    flows = []
    for source in IDS:
        for target in IDS:
            chance, carried, via = dice.random(), dice.random() < 0.3, dice.choice(IDS)
            if source == target or chance > 0.28:
                continue
            flow: dict[str, object] = {
                "from": source,
                "to": target,
                "objects": ["order", "preference"],
                "method": "rest-api",
            }
            if carried and via not in (source, target):
                flow["via"] = via
            if lost is None or lost not in (source, target, flow.get("via")):
                flows.append(flow)
    tools: list[dict[str, object]] = [
        {"id": i, "name": i, "product": "none"} for i in IDS if i != lost
    ]
    for tool in tools:
        if tool["id"] == IDS[-1]:
            tool |= {"channels": ["email"], "personal_data": True}
    steps = [f"tool:{IDS[0]}", f"tool:{IDS[-2]}", f"tool:{IDS[-1]}"]
    return {
        "stackaudit": 1,
        "company": {"name": "X"},
        "complete": ["integrations"],
        "systems_of_record": {"preference": IDS[0]},
        "tools": tools,
        "integrations": flows,
        "processes": [{"name": "P", "carries": "order", "steps": steps}],
    }


@pytest.mark.parametrize("seed", range(30))
def test_what_falls_is_what_a_stack_without_it_does_not_serve(seed: int) -> None:
    stack = make_stack(inventory(seed))
    served = {n.id for n in stack.impact.needs}
    for lost in IDS[1:-2]:
        left = make_stack(inventory(seed, lost)).impact.needs
        falls = {n.id for n in stack.impact.falls(stack.impact.loss_of([stack.index[lost]]))}
        assert falls == served - {n.id for n in left}, lost


def test_an_end_falls_with_itself() -> None:
    stack = make_stack(inventory(3))
    for need in stack.impact.needs:
        for end in need.ends:
            assert need in stack.impact.falls(Loss(frozenset({end})))


def test_a_lost_integration_takes_the_flows_that_have_no_other() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [{name: A, product: none}, {name: B, product: none}, {name: C, product: none}]
integrations:
  - {id: straight, from: a, to: c, objects: [order], method: rest-api}
  - {id: first, from: a, to: b, objects: [order, cart], method: rest-api}
  - {id: second, from: b, to: c, objects: [order, cart], method: rest-api}
processes:
  - {id: orders, name: Orders, carries: order, steps: ["tool:a", "tool:c"]}
  - {id: carts, name: Carts, carries: cart, steps: ["tool:a", "tool:c"]}
""")
    number = {f.id: f.index for f in stack.flows}
    falls = {
        name: [
            n.id.partition(":")[0]
            for n in stack.impact.falls(Loss(flows=frozenset({number[name]})))
        ]
        for name in ("straight", "first", "second")
    }
    assert falls == {"straight": [], "first": ["carts"], "second": ["carts"]}


def test_what_may_be_carried_elsewhere_is_not_said_to_fall() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [{name: A, product: none}, {name: B, product: none}, {name: C, product: none}]
integrations:
  - {from: a, to: b, objects: [order], method: rest-api}
  - {from: b, to: c, objects: [order], method: rest-api}
  - {from: a, to: c, method: rest-api}
processes: [{name: Orders, carries: order, steps: ["tool:a", "tool:c"]}]
""")
    loss = stack.impact.loss_of([1])
    assert stack.impact.falls(loss) == []
    assert [outcome for _need, outcome in stack.impact.after(loss)] == ["unknown"]
    assert {n.serving.outcome for n in stack.impact.needs} <= WORKING


def test_an_app_falls_with_its_host() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools:
  - {name: Host, product: none}
  - {name: App, product: none, runs_inside: host}
  - {name: Inner, product: none, runs_inside: app}
integrations: []
""")
    host, app, inner = (stack.index[i] for i in ("host", "app", "inner"))
    assert stack.impact.loss_of([host]).tools == {host, app, inner}
    assert stack.impact.loss_of([app]).tools == {app, inner}
