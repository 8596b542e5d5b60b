"""One cause leads, a euro is claimed once, actions are merged and ordered."""

from __future__ import annotations

from datetime import date

from stackaudit.audit import audit
from stackaudit.audit.actions import merge_actions
from stackaudit.audit.claims import claim_savings
from stackaudit.result import Action, AuditResult, Finding, Money
from stackaudit.testing import DAY, make_resolved, make_stack

BROKEN = """
stackaudit: 1
company: {name: X, profile: nonprofit}
complete: [integrations]
systems_of_record: {contact: crm}
tools:
  - {name: CRM, capabilities: [donation-management], data: {contact: store}}
  - {name: Mail, capabilities: [email-marketing], data: {contact: activate}}
  - {name: Form, data: {contact: capture}}
  - {name: Post, data: {contact: activate}}
integrations:
  - {from: form, to: crm, objects: [contact]}
  - {id: feed, from: crm, to: mail, objects: [contact, donation], status: broken}
"""


def audited(inventory: str, day: date = DAY) -> AuditResult:
    return audit(make_resolved(inventory), day)


def by_id(result: AuditResult) -> dict[str, Finding]:
    return {f.id: f for f in result.findings}


def test_what_follows_from_a_broken_integration_is_listed_under_it() -> None:
    found = by_id(audited(BROKEN))
    lead = found["broken-integration:feed"]
    followers = [
        "blind-tool:mail/contact",
        "missing-flow:donation-management/email-marketing/donation/all",
    ]
    assert set(followers) <= set(lead.leads)
    assert lead.led_by is None
    assert all(found[f].led_by == lead.id for f in lead.leads)
    assert found["blind-tool:post/contact"].led_by is None


def test_a_broken_edge_and_what_follows_are_settled_by_one_action() -> None:
    [action] = [a for a in audited(BROKEN).actions if a.id == "repair:feed"]
    assert {"broken-integration:feed", "blind-tool:mail/contact"} <= set(action.settles)
    assert action.severity == "high"


PAID = """
stackaudit: 1
company: {name: X, currency: EUR}
tools:
  - {name: HubSpot Marketing Hub, capabilities: [email-marketing, landing-pages], cost: 50000}
  - {name: A, product: none, capabilities: [email-marketing], cost: 1000}
  - {name: B, product: none, capabilities: [email-marketing], cost: 3000}
"""


def claims(stack_text: str, *findings: Finding) -> dict[str, Finding]:
    return {f.id: f for f in claim_savings(make_stack(stack_text), findings)}


def claiming(check: str, key: str, tools: list[str], keeps: int) -> Finding:
    return Finding(
        id=f"{check}:{key}",
        check=check,
        key=key,
        category="redundancies",
        severity="medium",
        confidence="confirmed",
        sentence="So it is.",
        subjects=[],
        evidence=[],
        details={"claims": tools, "keeps": keeps},
    )


def test_a_euro_belongs_to_the_first_check_that_claims_it() -> None:
    found = claims(
        PAID,
        claiming("overlapping-tools", "email-marketing/all", ["a", "b"], 1),
        claiming("shadowed-by-suite", "a", ["a"], 0),
    )
    shadowed = found["shadowed-by-suite:a"].saving
    assert shadowed is not None
    assert (shadowed.low, shadowed.high) == (1000, 1000)
    # Of the overlap only B is left, and one tool stays.
    assert found["overlapping-tools:email-marketing/all"].saving is None
    at_stake = found["overlapping-tools:email-marketing/all"].money
    assert at_stake is not None
    assert at_stake.high == 4000


def test_all_but_the_tool_that_stays_is_saved_up_to_the_dearer_choice() -> None:
    found = claims(PAID, claiming("overlapping-tools", "x", ["a", "b"], 1))
    saving = found["overlapping-tools:x"].saving
    assert saving is not None
    assert (saving.low, saving.high) == (1000, 3000)


def test_the_savings_of_all_findings_are_no_more_than_what_the_tools_cost() -> None:
    result = audited(PAID)
    claimed = sum(f.saving.high for f in result.findings if f.saving is not None)
    assert 0 < claimed <= 4000


def test_a_cost_that_is_not_known_is_no_saving() -> None:
    text = PAID.replace(", cost: 1000", "").replace(", cost: 3000", "")
    found = claims(text, claiming("overlapping-tools", "x", ["a", "b"], 1))
    assert found["overlapping-tools:x"].saving is None
    assert found["overlapping-tools:x"].money is None


def test_a_cost_in_a_currency_without_a_rate_is_no_saving() -> None:
    text = PAID.replace("cost: 1000", "cost: {amount: 1000, currency: USD}")
    found = claims(text, claiming("shadowed-by-suite", "a", ["a"], 0))
    assert found["shadowed-by-suite:a"].saving is None


def test_an_accepted_finding_claims_nothing() -> None:
    accepted = """
accepted: [{check: shadowed-by-suite, key: a, because: b, until: 2027-01-01}]
"""
    found = by_id(audited(PAID + accepted))
    assert found["shadowed-by-suite:a"].saving is None


def acting(key: str, action: Action) -> Finding:
    made = claiming("unowned", key, [], 0)
    settles = {"settles": [made.id]}
    return made.model_copy(update={"details": {}, "action": action.model_copy(update=settles)})


def todo(identity: str, **more: object) -> Action:
    return Action.model_validate({"id": identity, "text": "Do it", "effort": "small", **more})


def test_findings_that_name_one_action_are_settled_together() -> None:
    stack = make_stack(PAID)
    merged = merge_actions(
        stack,
        [
            acting("x", todo("do", severity="low", confidence="possible", tools=["b"])),
            acting("y", todo("do", severity="high", owner="Mia", tools=["a"])),
            acting("z", todo("do", deadline=date(2026, 12, 1), saving=Money(low=1, high=2))),
        ],
        [],
    )
    [action] = merged
    assert action.settles == ["unowned:x", "unowned:y", "unowned:z"]
    assert (action.severity, action.confidence, action.owner) == ("high", "confirmed", "Mia")
    assert (action.deadline, action.tools) == (date(2026, 12, 1), ["a", "b"])
    assert action.saving is not None
    assert action.saving.high == 2


def test_what_is_due_now_comes_first_then_the_gravest_and_there_the_sure_before_the_possible() -> (
    None
):
    stack = make_stack(PAID)
    findings = [
        acting("1", todo("possible", severity="high", confidence="possible")),
        acting("2", todo("medium", severity="medium")),
        acting("3", todo("high", severity="high")),
        acting("4", todo("soon", severity="low", deadline=date(2026, 11, 20))),
        acting("5", todo("large", severity="high", effort="large")),
    ]
    order = [a.id for a in merge_actions(stack, findings, [])]
    assert order == ["high", "soon", "large", "possible", "medium"]
    assert order == [a.id for a in merge_actions(stack, findings[::-1], [])]


def test_naming_an_owner_does_not_stand_above_a_flow_of_permission() -> None:
    # Both may be grave; mail that reaches people who opted out is what a CMO must hear first.
    told = acting("1", todo("connect:cmp>mail", severity="high", confidence="possible"))
    findings = [
        acting("2", todo("owner:polls", severity="medium")),
        acting("3", todo("owner:hub", severity="high", effort="large")),
        told.model_copy(update={"check": "consent-not-propagated"}),
        acting("4", todo("connect:a>b", severity="high", confidence="possible")),
    ]
    order = [a.id for a in merge_actions(make_stack(PAID), findings, [])]
    assert order == ["connect:cmp>mail", "owner:hub", "connect:a>b", "owner:polls"]


def test_of_two_contracts_the_one_whose_notice_ends_first_is_decided_first() -> None:
    findings = [
        acting("1", todo("repair:x", severity="high")),
        acting("2", todo("contract:a", severity="high", deadline=date(2026, 11, 12))),
        acting("3", todo("contract:b", severity="high", deadline=date(2026, 11, 10))),
        acting("4", todo("contract:c", severity="high", deadline=date(2026, 11, 25))),
    ]
    order = [a.id for a in merge_actions(make_stack(PAID), findings, [])]
    assert order == ["contract:b", "contract:a", "contract:c", "repair:x"]


def test_finding_out_asks_without_the_keys_of_the_inventory() -> None:
    result = audited("stackaudit: 1\ncompany: {name: X, profile: nonprofit}\ntools: [A, B]\n")
    asked = [a.text for a in result.actions if a.id.startswith("answer:")]
    assert asked
    assert [text for text in asked if "`" in text] == []


def test_when_follows_from_the_deadline_and_the_gravity() -> None:
    stack = make_stack(PAID)
    findings = [
        acting("1", todo("today", severity="low", deadline=date(2026, 12, 1))),
        acting("2", todo("soon", severity="low", deadline=date(2027, 1, 30))),
        acting("3", todo("far", severity="low", deadline=date(2027, 1, 31))),
        acting("4", todo("grave", severity="high")),
        acting("5", todo("large", severity="high", effort="large")),
        acting("6", todo("perhaps", severity="high", confidence="possible")),
    ]
    when = {a.id: a.when for a in merge_actions(stack, findings, [])}
    assert when == {
        "today": "now",
        "soon": "next",
        "far": "later",
        "grave": "now",
        "large": "next",
        "perhaps": "later",
    }


def test_where_little_is_sure_finding_out_is_the_best_thing_to_do() -> None:
    result = audited("stackaudit: 1\ncompany: {name: X}\ntools: [{name: A}, {name: B}]\n")
    assert [f for f in result.findings if f.confidence == "confirmed"] == []
    assert any(a.id.startswith("answer:") for a in result.actions)


def test_a_contract_names_the_findings_it_decides() -> None:
    terms = "contract: {ends: 2026-12-31, notice_days: 60, auto_renews: yes}"
    found = by_id(audited(PAID.replace("cost: 1000", f"cost: 1000, {terms}")))
    assert "shadowed-by-suite:a" in found["renewal-deadline:a"].related


def test_findings_are_ordered_by_gravity_then_by_certainty() -> None:
    result = audited(BROKEN)
    order = ["high", "medium", "low", "info"]
    ranks = [(order.index(f.severity), f.confidence != "confirmed") for f in result.findings]
    assert ranks == sorted(ranks)
    assert len(ranks) > 5
