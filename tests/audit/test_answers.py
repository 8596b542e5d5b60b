"""The three questions, worked out by hand on a tiny stack."""

from __future__ import annotations

from stackaudit.audit import audit
from stackaudit.result import Answer
from stackaudit.testing import DAY, make_resolved

STACK = """
stackaudit: 1
company: {name: X, profile: nonprofit}
complete: [integrations]
requirements:
  not_needed: {}
tools:
  - {name: Donor, capabilities: [donation-management], reviewed: 2025-11-01}
  - {name: Mail, capabilities: [email-marketing], reviewed: 2025-10-31}
  - {name: Prefs, capabilities: [preference-management]}
  - {name: Old, capabilities: [crm], status: retired, reviewed: 2026-10-01}
processes:
  - name: Thanks
    carries: donation
    steps: [donation-management, email-marketing]
    reviewed: 2026-10-01
  - {name: Follow up, carries: lead, steps: [form-capture, email-marketing]}
integrations: [{from: donor, to: mail, objects: [donation], method: native-connector}]
"""


def answers(inventory: str) -> dict[str, Answer]:
    return {a.id: a for a in audit(make_resolved(inventory), DAY).answers}


def test_a_review_counts_for_twelve_months_to_the_day() -> None:
    answer = answers(STACK)["technologies-examined"]
    # Donor was reviewed 365 days ago, Mail 366, Prefs never; Old is not in use.
    assert (answer.answer, answer.done, answer.of) == ("partly", 1, 3)
    assert answer.missing == ["Mail", "Prefs"]


def test_capabilities_count_as_reviewed_with_a_tool_that_provides_them() -> None:
    answer = answers(STACK)["activities-analysed"]
    profile = make_resolved(STACK).profile
    assert profile is not None
    expected = [c for c, word in profile.expected.items() if word in ("must", "should")]
    # One capability (donation management) and one of the two processes.
    assert (answer.done, answer.of) == (2, len(expected) + 2)
    assert "process: Follow up" in answer.missing
    assert len(answer.missing) == answer.of - answer.done


def test_needed_flows_count_where_they_are_served_automatically() -> None:
    answer = answers(STACK)["support-integrated"]
    # Donations to mail as an expected flow and as a hand-over: served. Preferences to mail: not.
    # The hand-over from forms to mail lacks its first step and counts as unserved.
    assert (answer.answer, answer.done, answer.of) == ("partly", 2, 4)
    assert len(answer.missing) == 2


def test_a_flow_by_hand_is_not_served_automatically() -> None:
    answer = answers(STACK.replace("native-connector", "manual-export"))["support-integrated"]
    assert (answer.answer, answer.done, answer.of) == ("no", 0, 4)


def test_every_scope_is_counted() -> None:
    text = STACK.replace("profile: nonprofit", "profile: nonprofit, scopes: [eu, us]")
    answer = answers(text)["support-integrated"]
    assert (answer.done, answer.of) == (4, 8)


def test_all_reviewed_is_a_yes_and_none_is_not_known() -> None:
    yes = "stackaudit: 1\ncompany: {name: X}\ntools: [{name: A, reviewed: 2026-05-01}]\n"
    assert answers(yes)["technologies-examined"].answer == "yes"
    silent = "stackaudit: 1\ncompany: {name: X}\ntools: [{name: A}]\n"
    assert {a.answer for a in answers(silent).values()} == {"unknown"}


def test_reviews_that_are_all_too_old_are_a_no() -> None:
    old = "stackaudit: 1\ncompany: {name: X}\ntools: [{name: A, reviewed: 2020-05-01}]\n"
    answer = answers(old)["technologies-examined"]
    assert (answer.answer, answer.done, answer.of) == ("no", 0, 1)


def test_a_review_of_the_future_does_not_count() -> None:
    ahead = "stackaudit: 1\ncompany: {name: X}\ntools: [{name: A, reviewed: 2027-05-01}]\n"
    assert answers(ahead)["technologies-examined"].done == 0
