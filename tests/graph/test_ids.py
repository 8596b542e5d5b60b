"""Integrations keep their ids whatever the order of the file."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.testing import make_stack

INTEGRATIONS: list[dict[str, object]] = [
    {"from": "a", "to": "b", "objects": ["contact"]},
    {"from": "a", "to": "b", "objects": ["order", "contact"]},
    {"from": "a", "to": "b"},
    {"from": "b", "to": "c", "objects": ["contact"]},
    {"from": ["a", "b"], "to": "d", "objects": ["contact"]},
    {"from": "unknown", "to": "c"},
    {"id": "nightly", "from": "a", "to": "c"},
    {"from": "c", "to": "d", "objects": ["contact"], "method": "webhook"},
    {"from": "c", "to": "d", "objects": ["contact"], "method": "sftp-file"},
]


def ids(integrations: list[dict[str, object]]) -> dict[str, tuple[object, ...]]:
    stack = make_stack(
        {
            "stackaudit": 1,
            "company": {"name": "X"},
            "tools": [{"id": n, "name": n} for n in "abcd"],
            "integrations": integrations,
        }
    )
    return {flow.id: (flow.source, flow.target, flow.objects, flow.method) for flow in stack.flows}


def test_ids_are_made_from_the_ends_and_where_several_from_the_content() -> None:
    assert set(ids(INTEGRATIONS)) == {
        "a-b-contact",
        "a-b-contact+order",
        "a-b-unknown",
        "b-c",
        "a-d",
        "b-d",
        "unknown-c",
        "nightly",
        "c-d-contact-webhook",
        "c-d-contact-sftp-file",
    }


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(INTEGRATIONS))
def test_reordering_the_file_changes_no_id(order: list[dict[str, object]]) -> None:
    assert ids(order) == ids(INTEGRATIONS)
