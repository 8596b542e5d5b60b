"""The interview sheet: who is asked what, in which order."""

from __future__ import annotations

import yaml

from stackaudit.audit import audit
from stackaudit.interview import NOBODY, as_markdown, as_yaml, interview
from stackaudit.result import AuditResult
from stackaudit.testing import DAY, make_resolved

STACK = """\
stackaudit: 1
company: {name: "Acme\\n  evil: yes", profile: b2c-ecommerce}
teams: [{id: crm, name: CRM & more}]
tools:
  - {name: Shopify, owner: Mia Chen}
  - {name: Klaviyo, team: crm}
  - {name: "Zendesk # <script>"}
  - {name: Mailchimp, owner: withheld}
integrations:
  - Shopify -> Klaviyo
"""


def result() -> AuditResult:
    return audit(make_resolved(STACK), DAY)


def test_every_question_is_asked_and_those_of_nobody_come_last() -> None:
    parts = interview(result())
    asked = {a.question.id for part in parts for a in part.questions}
    assert asked == {question.id for question in result().questions}
    assert [part.who for part in parts if part.who == NOBODY] == [parts[-1].who]
    assert {part.who for part in parts} == {"Mia Chen", "Team CRM & more", NOBODY}


def test_what_settles_most_stands_first() -> None:
    for part in interview(result()):
        ranks = [asked.rank for asked in part.questions]
        assert ranks == sorted(ranks)
    numbers = [a.number for part in interview(result()) for a in part.questions]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_question_about_several_tools_goes_to_the_owner_of_each() -> None:
    fills = {
        part.who: {f for a in part.questions if a.question.id == "dpa" for f in a.fills}
        for part in interview(result())
    }
    assert fills["Mia Chen"] == {"tools/shopify/privacy.dpa"}
    assert fills["Team CRM & more"] == {"tools/klaviyo/privacy.dpa"}


def test_every_place_stands_once_and_empty_in_the_yaml() -> None:
    sheet = yaml.safe_load(as_yaml(result()))
    wanted = {fill for question in result().questions for fill in question.fills}
    assert set(sheet["answers"]) == wanted
    assert set(sheet["answers"].values()) == {None}
    assert sheet["company"].startswith("Acme")
    assert set(sheet) == {"stackaudit-answers", "company", "answers"}


def test_names_cannot_break_out_of_either_form() -> None:
    markdown = as_markdown(result())
    assert "<script>" not in markdown
    assert "\\<script\\>" in markdown
    assert all(
        line.startswith(("#", " ", "stackaudit-answers", "company:", "answers:")) or not line
        for line in as_yaml(result()).splitlines()
    )


def test_a_sheet_without_questions_is_valid() -> None:
    empty = result().model_copy(update={"questions": []})
    assert yaml.safe_load(as_yaml(empty))["answers"] == {}
    assert "0 questions" in as_markdown(empty)
