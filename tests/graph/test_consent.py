"""Whether permission reaches who contacts people: one walk for all says what each path says."""

from __future__ import annotations

import random

import pytest

from stackaudit.graph import Stack
from stackaudit.graph.consent import Reach
from stackaudit.graph.demands import End, serve
from stackaudit.testing import make_stack


def reaches(text: str) -> dict[tuple[str, str, int], Reach]:
    stack = make_stack(text)
    return {(r.sender.tool.id, r.sender.channel, r.scope): r for r in stack.consent_reach}


def random_stack(seed: int) -> Stack:
    """Return a stack of eight tools with random flows of consent, of every kind there is."""
    dice = random.Random(seed)  # noqa: S311 - the same stack every time
    ids = [f"t{n}" for n in range(8)]
    flows = []
    for source in ids:
        for target in ids:
            if source == target or dice.random() > 0.25:
                continue
            flow: dict[str, object] = {"from": source, "to": target}
            if dice.random() < 0.75:
                flow["objects"] = [dice.choice(["consent", "preference", "contact"])]
            flow["method"] = dice.choice(["rest-api", "manual-export", "ipaas"])
            flow["direction"] = dice.choice(["one-way", "one-way", "both-ways", "unknown"])
            flow["status"] = dice.choice(["live", "live", "live", "broken", "planned"])
            flow["id"] = f"{source}{target}"
            flows.append(flow)
    flows = [f for n, f in enumerate(flows) if f["direction"] == "one-way" or n % 2]
    if dice.random() < 0.3:
        flows.append(
            {"id": "out", "from": "unknown", "to": dice.choice(ids), "objects": ["consent"]}
        )
    pairs: dict[tuple[object, ...], dict[str, object]] = {}
    for flow in flows:  # the same ends and content are not stated twice
        pairs.setdefault(tuple(sorted((str(flow["from"]), str(flow["to"])))), flow)
    tools = [{"id": i, "name": i, "product": "none", "personal_data": True} for i in ids]
    for tool in tools[1:]:
        tool["channels"] = ["ads"]
    return make_stack(
        {
            "stackaudit": 1,
            "company": {"name": "X"},
            "systems_of_record": {"consent": "t0"},
            "tools": tools,
            "integrations": list(pairs.values()),
        }
    )


@pytest.mark.parametrize("seed", range(40))
def test_the_shared_walk_says_what_one_path_at_a_time_says(seed: int) -> None:
    stack = random_stack(seed)
    record = End("record:consent", (stack.tools[0],))
    for reach in stack.consent_reach:
        tool = reach.sender.tool
        one = serve(stack, record, End(f"tool:{tool.id}", (tool,)), "consent", 0)
        assert reach.serving.outcome == one.outcome, tool.id
        assert reach.serving.perhaps_automatic == one.perhaps_automatic, tool.id


def test_a_channel_follows_from_what_a_tool_is_bought_for_and_not_from_its_extras() -> None:
    found = reaches("""
stackaudit: 1
company: {name: X}
systems_of_record: {preference: prefs, consent: prefs}
tools: [{id: prefs, name: Preferences, product: none}, {name: Klaviyo}, {name: Shopify}]
integrations: []
""")
    assert {(tool, channel) for tool, channel, _ in found} == {("klaviyo", "email")}


def test_a_record_of_one_scope_says_nothing_of_another() -> None:
    found = reaches("""
stackaudit: 1
company: {name: X, scopes: [eu, us]}
systems_of_record: {preference: {eu: prefs}, consent: {eu: prefs}}
tools:
  - {id: prefs, name: Preferences, product: none}
  - {name: Mailer, product: none, personal_data: yes, channels: email}
integrations: []
complete: [integrations]
""")
    assert found["mailer", "email", 0].serving.outcome == "no"
    assert found["mailer", "email", 1].serving.outcome == "unknown"


def test_of_two_kinds_of_permission_the_one_that_arrives_counts() -> None:
    found = reaches("""
stackaudit: 1
company: {name: X}
systems_of_record: {preference: prefs, consent: cmp}
tools:
  - {id: prefs, name: Preferences, product: none}
  - {id: cmp, name: Consent, product: none}
  - {name: Mailer, product: none, channels: [email, web]}
integrations:
  - prefs -> Mailer: preference
""")
    assert found["mailer", "email", 0].serving.outcome == "maybe-automatic"
    assert found["mailer", "email", 0].data_object == "preference"
    assert found["mailer", "web", 0].serving.outcome == "no"
    assert [w.from_nowhere for w in found["mailer", "web", 0].ways] == [True]
