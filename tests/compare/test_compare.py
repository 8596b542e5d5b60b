"""Two audits of one company: what became of every finding, and why."""

from __future__ import annotations

import pytest

from stackaudit.audit import audit
from stackaudit.compare import Comparison, NotComparableError, compare
from stackaudit.compare.model import STATES, Change
from stackaudit.result import AuditResult, Finding, Note, Question, Subject
from stackaudit.testing import DAY, make_resolved

STACK = """
stackaudit: 1
company: {name: X, currency: EUR}
complete: [tools, integrations]
systems_of_record: {contact: crm}
tools:
  - {name: CRM, owner: none, data: {contact: store}, cost: 1000}
  - {name: Form, owner: Mia, data: {contact: capture}}
  - {name: Mail, owner: Mia, data: {contact: activate}}
integrations:
  - {from: form, to: mail, objects: [contact], status: broken, owner: Mia}
"""


def audited(text: str = STACK, **options: object) -> AuditResult:
    return audit(make_resolved(text), DAY, **options)  # type: ignore[arg-type]


def edited(*changes: tuple[str, str]) -> AuditResult:
    text = STACK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return audited(text)


def change(comparison: Comparison, identity: str) -> Change:
    [found] = [c for c in comparison.changes if c.id == identity]
    return found


def with_check(result: AuditResult, name: str, **update: object) -> AuditResult:
    checks = [c.model_copy(update=update) if c.id == name else c for c in result.checks]
    return result.model_copy(update={"checks": checks})


def without(result: AuditResult, identity: str, **update: object) -> AuditResult:
    kept = [f for f in result.findings if f.id != identity]
    return result.model_copy(update={"findings": kept, **update})


def test_an_audit_compared_with_itself_has_open_and_accepted_findings_only() -> None:
    result = audited()
    comparison = compare(result, result)
    assert result.findings
    assert {c.state for c in comparison.changes} == {"open"}
    assert len(comparison.changes) == len(result.findings)
    assert {c.reason for c in comparison.changes} == {None}
    assert comparison.same_inventory
    assert (comparison.rules, comparison.facts) == ([], [])
    assert [m.id for m in comparison.measures if m.before != m.after] == []


def test_a_mended_fact_resolves_its_finding_and_is_named() -> None:
    comparison = compare(audited(), edited(("owner: none", "owner: Mia")))
    found = change(comparison, "unowned:crm")
    assert (found.state, found.reason) == ("resolved", "fact changed")
    assert [fact.text for fact in found.facts] == ["CRM: owner was none, is Mia"]
    assert (found.severity, found.was_severity) == (None, "medium")


def test_an_integration_that_was_built_is_the_reason_for_what_it_resolves() -> None:
    new = edited(
        ("integrations:\n", "integrations:\n  - {from: form, to: crm, objects: [contact]}\n")
    )
    found = change(compare(audited(), new), "trapped-data:form/contact")
    assert (found.state, found.reason) == ("resolved", "fact changed")
    assert "integration Form → CRM is new on the list" in [f.text for f in found.facts]


def test_a_new_problem_is_new_with_the_fact_that_made_it() -> None:
    found = change(compare(edited(("owner: none", "owner: Mia")), audited()), "unowned:crm")
    assert (found.state, found.reason) == ("new", "fact changed")
    assert [fact.text for fact in found.facts] == ["CRM: owner was Mia, is none"]
    assert found.note == ""


def test_a_tool_that_only_got_another_id_keeps_its_findings() -> None:
    new = edited(("{name: CRM,", "{name: CRM, id: sales,"), ("contact: crm}", "contact: sales}"))
    comparison = compare(audited(), new)
    found = change(comparison, "unowned:sales")
    assert found.state == "open"
    assert "It was unowned:crm before" in found.note
    assert comparison.counts["resolved"] == comparison.counts["new"] == 0


def test_a_tool_that_left_the_list_is_said_to_have_left() -> None:
    line = "  - {name: CRM, owner: none, data: {contact: store}, cost: 1000}\n"
    new = edited((line, ""), ("systems_of_record: {contact: crm}\n", ""))
    found = change(compare(audited(), new), "unowned:crm")
    assert found.state == "resolved"
    assert [fact.text for fact in found.facts] == ["CRM is no longer listed"]


@pytest.mark.parametrize("status", ["error", "unknown"])
def test_a_finding_whose_check_did_not_judge_is_never_resolved(status: str) -> None:
    old = audited()
    new = with_check(without(old, "unowned:crm"), "unowned", status=status)
    found = change(compare(old, new), "unowned:crm")
    assert (found.state, found.reason) == ("not-judged", "no longer judged")
    assert "The check unowned" in found.note


def test_a_finding_whose_check_was_not_run_is_never_resolved() -> None:
    old, new = audited(), audited(only=["blind-tool"])
    comparison = compare(old, new)
    gone = [c for c in comparison.changes if c.check != "blind-tool"]
    assert gone
    assert {c.state for c in gone} == {"not-judged"}
    assert comparison.counts["resolved"] == 0
    assert "not the same as resolved" in comparison.headline


def test_a_finding_that_became_a_question_is_never_resolved() -> None:
    old = audited()
    question = Question(id="q", text="Who looks after CRM?", settles=["unowned:crm"])
    found = change(compare(old, without(old, "unowned:crm", questions=[question])), "unowned:crm")
    assert found.state == "not-judged"
    assert "Who looks after CRM?" in found.note
    wide = Question(
        id="q", text="Who?", settles=["unowned"], subjects=[Subject(kind="tool", id="crm")]
    )
    found = change(compare(old, without(old, "unowned:crm", questions=[wide])), "unowned:crm")
    assert found.state == "not-judged"
    other = wide.model_copy(update={"subjects": [Subject(kind="tool", id="mail")]})
    found = change(compare(old, without(old, "unowned:crm", questions=[other])), "unowned:crm")
    assert found.state == "resolved"


def test_a_real_unknown_owner_is_not_a_resolved_finding() -> None:
    found = change(compare(audited(), edited(("owner: none, ", ""))), "unowned:crm")
    assert found.state == "not-judged"


def test_a_tool_put_out_of_scope_is_not_resolved() -> None:
    new = edited(
        ("  - {name: CRM, owner: none, data: {contact: store}, cost: 1000}\n", ""),
        ("systems_of_record: {contact: crm}\n", "out_of_scope: [{tool: CRM, because: sold}]\n"),
    )
    found = change(compare(audited(), new), "unowned:crm")
    assert (found.state, found.note) == ("not-judged", "CRM was put out of scope.")


def test_an_accepted_finding_says_until_when_and_an_ended_acceptance_is_a_reclassification() -> (
    None
):
    accepted = audited(
        STACK + "accepted:\n  - {check: unowned, key: crm, because: it goes, until: 2027-01-01}\n"
    )
    found = change(compare(audited(), accepted), "unowned:crm")
    assert found.state == "accepted"
    assert found.differs == ["it is accepted now"]
    assert found.note == "Accepted until 2027-01-01: it goes."
    back = change(compare(accepted, audited()), "unowned:crm")
    assert (back.state, back.differs) == ("reclassified", ["it is no longer accepted"])


def test_another_severity_or_confidence_is_a_reclassification_with_both() -> None:
    old = audited()
    findings: list[Finding] = [
        f.model_copy(update={"severity": "high", "confidence": "possible"})
        if f.id == "unowned:crm"
        else f
        for f in old.findings
    ]
    found = change(compare(old, old.model_copy(update={"findings": findings})), "unowned:crm")
    assert found.state == "reclassified"
    assert found.differs == [
        "severity was medium, is high",
        "confidence was confirmed, is possible",
    ]
    assert found.reason == "not explained"


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"version": "9.9"}, "the version of stackaudit was"),
        ({"company": {"profile": "b2b"}}, "the profile was"),
    ],
)
def test_without_a_fact_a_rule_that_differs_is_the_reason(
    update: dict[str, object], words: str
) -> None:
    old = audited()
    if "company" in update:
        update = {"company": old.company.model_copy(update=update["company"])}
    comparison = compare(old, without(old, "unowned:crm", **update))
    found = change(comparison, "unowned:crm")
    assert (found.state, found.reason) == ("resolved", "rule changed")
    assert any(words in rule for rule in found.rules)
    assert any(words in rule for rule in comparison.rules)
    assert "other rules" in comparison.headline


def test_a_threshold_explains_more_than_a_fact_beside_it() -> None:
    old = with_check(audited(), "unowned", thresholds={"days": 30})
    new = with_check(without(old, "unowned:crm"), "unowned", thresholds={"days": 60})
    found = change(compare(old, new), "unowned:crm")
    assert (found.reason, found.rules) == ("rule changed", ["unowned: days was 30, is 60"])


def test_a_finding_of_a_check_that_is_new_need_not_be_a_new_problem() -> None:
    found = change(compare(audited(only=["blind-tool"]), audited()), "unowned:crm")
    assert (found.state, found.reason) == ("new", "rule changed")
    assert found.rules == ["the check unowned was not run before"]
    assert found.note.startswith("Not judged before.")


def test_only_time_passing_is_said_to_be_time() -> None:
    old = audited()
    new = without(old, "unowned:crm", as_of=DAY.replace(year=DAY.year + 1))
    assert change(compare(old, new), "unowned:crm").reason == "time passed"


def test_numbers_are_before_and_after_and_scores_want_the_same_rules() -> None:
    old, new = audited(), edited(("cost: 1000", "cost: 2500"), ("status: broken, ", ""))
    numbers = {m.id: m for m in compare(old, new).measures}
    assert (numbers["spend"].before, numbers["spend"].after) == (1000, 2500)
    assert (numbers["integrations"].before, numbers["integrations"].after) == (0, 1)
    assert numbers["score-silos"].comparable
    other = {m.id: m for m in compare(old, new.model_copy(update={"version": "9"})).measures}
    assert not other["score-silos"].comparable
    assert other["spend"].comparable


def test_another_currency_is_not_comparable() -> None:
    new = edited(("currency: EUR", "currency: USD"))
    numbers = {m.id: m for m in compare(audited(), new).measures}
    assert (numbers["spend"].comparable, numbers["spend"].why_not) == (
        False,
        "the currency is another",
    )


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"stackaudit_result": 2}, "different formats: 1 and 2"),
        ({"as_of": DAY.replace(year=2020)}, "a later day than the second"),
        ({"notes": [Note(code="redacted", text="Costs are left out.")]}, "redacted"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    update: dict[str, object], words: str
) -> None:
    old = audited()
    with pytest.raises(NotComparableError, match=words):
        compare(old, old.model_copy(update=update))


def test_two_companies_are_not_compared_and_case_makes_no_second_one() -> None:
    with pytest.raises(NotComparableError, match="different companies: X and Y"):
        compare(audited(), edited(("name: X", "name: Y")))
    assert compare(audited(), edited(("name: X", "name: x"))).company == "x"


def test_the_same_results_give_the_same_bytes_and_every_finding_is_there_once() -> None:
    old, new = audited(), edited(("owner: none", "owner: Mia"), ("status: broken, ", ""))
    one, other = compare(old, new), compare(old, new)
    assert one.to_json() == other.to_json()
    assert Comparison.model_validate_json(one.to_json()) == one
    ids = [c.id for c in one.changes]
    assert sorted(ids) == sorted({f.id for f in (*old.findings, *new.findings)})
    assert sum(one.counts.values()) == len(ids)
    order = [STATES.index(c.state) for c in one.changes]
    assert order == sorted(order)
