"""The views of the stack say what networkx says of the same graph."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.graph import Stack
from stackaudit.graph.views import Mode, reach, reach_cheapest, trace
from stackaudit.testing import make_stack

NAMES = "abcdef"
OBJECTS = ("contact", "order")
WORDS = {"one-way": "->", "both-ways": "<->", "unknown": "--"}

METHODS = {"native-connector": True, "manual-export": False, None: None}

flows = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(sorted(WORDS)),
        st.sampled_from(["contact", "order", None]),
        st.sampled_from(["live", "live", "live", "broken", "idle"]),
        st.sampled_from(sorted(METHODS, key=str)),
    ).filter(lambda flow: flow[0] != flow[1]),
    max_size=9,
)
Drawn = tuple[str, str, str, str | None, str, str | None]


def stack_of(drawn: Iterable[Drawn]) -> Stack:
    """Return a stack of six tools with these flows."""
    integrations = []
    for number, (source, target, direction, data_object, status, method) in enumerate(drawn):
        entry: dict[str, object] = {
            "id": f"flow-{number}",
            "from": source,
            "to": target,
            "direction": direction,
            "status": status,
            # A filter tells equal integrations apart, which the reader would otherwise refuse.
            "only": f"part {number}",
        }
        if data_object is not None:
            entry["objects"] = [data_object]
        if method is not None:
            entry["method"] = method
        integrations.append(entry)
    return make_stack(
        {
            "stackaudit": 1,
            "company": {"name": "X"},
            "tools": [{"id": n, "name": n} for n in NAMES],
            "integrations": integrations,
        }
    )


def reached(stack: Stack, data_object: str, start: str, kind: str, mode: Mode = "any") -> set[str]:
    view = stack.view(data_object, 0, kind)  # type: ignore[arg-type]
    found = reach(view.out, [stack.index[start]], stack.automatic, mode)
    return {stack.tools[n].id for n in found if 0 <= n < len(stack.tools)}


def oracle(
    drawn: Iterable[Drawn], data_object: str, mode: Mode, *, widest: bool
) -> nx.DiGraph[str]:
    """Return the graph of a view, made from the words of the design and not with the package."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(NAMES)
    for source, target, direction, carried, status, method in drawn:
        automatic = METHODS[method]
        if mode == "automatic" and automatic is not True:
            continue
        if mode == "maybe-automatic" and automatic is False:
            continue
        if status != "live" or (carried is not None and carried != data_object):
            continue
        if not widest and (carried is None or direction == "unknown"):
            continue
        graph.add_edge(source, target)
        if direction != "one-way":
            graph.add_edge(target, source)
    return graph


@settings(max_examples=30, deadline=None)
@given(drawn=flows, mode=st.sampled_from(["any", "maybe-automatic", "automatic"]))
def test_reachability_is_that_of_networkx_for_every_object_and_start(
    drawn: list[Drawn], mode: Mode
) -> None:
    stack = stack_of(drawn)
    for data_object in OBJECTS:
        for kind in ("certain", "widest"):
            graph = oracle(drawn, data_object, mode, widest=kind == "widest")
            for start in NAMES:
                expected = {start} | nx.descendants(graph, start)
                assert reached(stack, data_object, start, kind, mode) == expected


@settings(max_examples=20, deadline=None)
@given(drawn=flows)
def test_the_widest_and_the_repaired_view_contain_the_certain_one(drawn: list[Drawn]) -> None:
    stack = stack_of(drawn)
    for data_object in OBJECTS:
        certain = stack.view(data_object, 0)
        for kind in ("widest", "repaired"):
            wider = stack.view(data_object, 0, kind)
            for node, arcs in certain.out.items():
                assert set(arcs) <= set(wider.out.get(node, ()))


@settings(max_examples=20, deadline=None)
@given(drawn=flows)
def test_a_view_can_be_walked_back_as_it_is_walked_forward(drawn: list[Drawn]) -> None:
    stack = stack_of(drawn)
    for data_object in OBJECTS:
        view = stack.view(data_object, 0, "widest")
        forward = {(a, b, flow) for a, arcs in view.out.items() for b, flow in arcs}
        back = {(a, b, flow) for b, arcs in view.into.items() for a, flow in arcs}
        assert forward == back


@settings(max_examples=20, deadline=None)
@given(drawn=flows)
def test_a_path_by_hand_is_taken_only_where_there_is_no_other(drawn: list[Drawn]) -> None:
    stack = stack_of(drawn)
    costly = [flow.automatic is False for flow in stack.flows]
    for data_object in OBJECTS:
        view = stack.view(data_object, 0)
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(len(NAMES)))
        for node, arcs in view.out.items():
            for nxt, flow in arcs:
                known = graph.get_edge_data(node, nxt, {"weight": 2})["weight"]
                graph.add_edge(node, nxt, weight=min(known, int(costly[flow])))
        cheapest = reach_cheapest(view.out, [0], costly)
        expected = nx.single_source_dijkstra_path_length(graph, 0)
        assert set(cheapest) == set(expected)
        for goal, cost in expected.items():
            hops = trace(cheapest, goal, len(stack.tools))
            assert sum(costly[hop.flow] for hop in hops) == cost
            assert all(one.target == two.source for one, two in pairwise(hops))


@settings(max_examples=20, deadline=None)
@given(drawn=flows)
def test_the_groups_are_the_weakly_connected_components(drawn: list[Drawn]) -> None:
    stack = stack_of(drawn)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from((flow[0], flow[1]) for flow in drawn if flow[4] == "live")
    groups = [{stack.tools[i].id for i in group} for group in stack.groups]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, nx.connected_components(graph)))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)


@settings(max_examples=20, deadline=None)
@given(drawn=flows)
def test_the_public_graph_agrees_with_the_flows(drawn: list[Drawn]) -> None:
    stack = stack_of(drawn)
    expected = set()
    for number, (source, target, direction, _object, status, _method) in enumerate(drawn):
        if status == "live" and direction != "unknown":
            expected.add((source, target, f"flow-{number}"))
            if direction == "both-ways":
                expected.add((target, source, f"flow-{number}"))
    assert set(stack.graph.edges(keys=True)) == expected
    assert set(stack.graph.nodes) == set(NAMES)
    for source, target, key in stack.graph.edges(keys=True):
        assert stack.graph.edges[source, target, key]["flow"].id == key
    with pytest.raises(nx.NetworkXError):
        stack.graph.add_node("new")


def test_two_flows_through_one_carrier_do_not_mix() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [{name: A}, {name: B}, {name: C}, {name: D}, {name: Zap}]
integrations:
  - {from: a, to: b, objects: [contact], via: zap}
  - {from: c, to: d, objects: [contact], via: zap}
""")
    assert reached(stack, "contact", "a", "widest") == {"a", "b"}
    assert reached(stack, "contact", "c", "widest") == {"c", "d"}
    assert "zap" not in reached(stack, "contact", "a", "certain")
    assert [len(group) for group in stack.groups] == [5]


def test_a_suite_shares_only_what_the_catalogue_lists_and_only_among_its_members() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [Salesforce Sales Cloud, Salesforce Service Cloud, Salesforce Commerce Cloud]
integrations: []
""")
    sales, service = "salesforce-sales-cloud", "salesforce-service-cloud"
    assert reached(stack, "contact", sales, "certain") == {sales, service}
    assert reached(stack, "segment", sales, "certain") == {sales}


def test_an_app_shares_everything_with_its_host_both_ways() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [{name: Host}, {name: App, runs_inside: host}, {name: Other}]
integrations: [Other -> App: contact]
""")
    assert reached(stack, "contact", "other", "certain") == {"other", "app", "host"}
    assert reached(stack, "order", "host", "certain") == {"host", "app"}


def test_an_integration_serves_the_scopes_that_both_ends_share() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X, scopes: [eu, us]}
tools: [{name: A}, {name: B, scopes: [eu]}]
integrations: [A -> B: contact]
""")
    assert stack.scopes == ("eu", "us")
    [eu, us] = [stack.view("contact", scope).out for scope in (0, 1)]
    assert eu == {0: [(1, 0)]}
    assert us == {}


def test_the_repaired_view_has_what_is_broken_or_paused_and_no_more() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools: [{name: A}, {name: B}, {name: C}, {name: D}, {name: E, status: retired}]
integrations:
  - {from: a, to: b, objects: [contact], status: broken}
  - {from: b, to: c, objects: [contact], status: paused}
  - {from: c, to: d, objects: [contact], status: idle}
  - {from: a, to: e, objects: [contact], status: broken}
""")
    assert reached(stack, "contact", "a", "certain") == {"a"}
    assert reached(stack, "contact", "a", "repaired") == {"a", "b", "c"}


def test_unknown_content_is_limited_by_what_the_ends_are_stated_to_handle() -> None:
    stack = make_stack("""
stackaudit: 1
company: {name: X}
tools:
  - {name: Prices, data: {product: store}}
  - {name: CRM, data: {contact: store}}
  - {name: Anything}
integrations: [Prices -> CRM, CRM -> Anything, Anything -> Prices]
""")
    assert reached(stack, "contact", "prices", "widest") == {"prices"}
    assert reached(stack, "contact", "crm", "widest") == {"crm", "anything"}
    assert reached(stack, "product", "anything", "widest") == {"anything", "prices"}


def test_a_live_integration_of_a_tool_that_is_not_in_use_is_out_of_the_graph() -> None:
    stack = make_stack(
        """
stackaudit: 1
company: {name: X}
tools: [{name: A}, {name: B, status: retiring, retires_on: 2026-12-31}]
integrations: [A -> B: contact]
""",
        "2027-01-01",
    )
    assert set(stack.graph.nodes) == {"a"}
    assert [flow.live for flow in stack.flows] == [False]
