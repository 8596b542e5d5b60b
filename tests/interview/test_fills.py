"""Every question says where its answer belongs, and that place exists."""

from __future__ import annotations

from functools import lru_cache

import pytest

from stackaudit.catalogue import load_catalogue
from stackaudit.graph import Stack
from stackaudit.interview import NEW, RECORDS, how_to_write, split
from stackaudit.inventory import schema
from stackaudit.inventory.shape import keys_of, nested
from stackaudit.result import Question
from stackaudit.source.words import make_id
from stackaudit.testing import make_stack
from tests.checks.casebook import CHECKS, Case, cases

NO_PLACE = {
    "only": "the filters are written already; whether they mean the same is theirs to say",
    "lifecycle": "whether a vendor still offers a product is a fact of the catalogue",
}
"""Beginning of a question's id → why the inventory has no key for its answer."""


@lru_cache
def asked() -> list[tuple[Case, Stack, Question]]:
    """Return every question of every case."""
    found = []
    for case in cases():
        stack = make_stack(case.inventory, case.as_of)
        found += [(case, stack, q) for q in CHECKS[case.check].run(stack).unknown]
    return found


def place_is_there(stack: Stack, fill: str) -> bool:
    """Return whether a place exists: the entry is in the inventory and the key in the schema."""
    section, identity, key = split(fill)
    if fill == NEW or fill in ("complete/tools", "complete/integrations"):
        return True
    if section in ("systems_of_record", "freshness"):
        return identity.split("/")[0] in load_catalogue().objects
    if section == "company":
        return key in keys_of(schema.Company)
    if section not in RECORDS:
        return False
    known = {
        "tools": set(stack.resolved.tools),
        "integrations": {f.id for f in stack.flows if f.kind == "integration"},
        "seen": {
            f"{shown.id}/{make_id(entry.name)}"
            for shown in stack.inventory.observed
            for entry in shown.entries
        },
    }
    ids = known.get(section) or {record.id for record in getattr(stack.inventory, section)}
    outer, _, inner = key.partition(".")
    model = nested(RECORDS[section])[outer] if inner else RECORDS[section]
    return identity in ids and (inner or outer) in keys_of(model)


@pytest.mark.parametrize("check", sorted({case.check for case in cases()}))
def test_every_question_says_where_its_answer_belongs(check: str) -> None:
    missing = [
        f"{case.name}: {question.id}"
        for case, _, question in asked()
        if case.check == check and not question.fills and question.id.split(":")[0] not in NO_PLACE
    ]
    assert missing == []


@pytest.mark.parametrize("check", sorted({case.check for case in cases()}))
def test_every_place_exists_and_can_be_explained(check: str) -> None:
    wrong = [
        f"{case.name}: {question.id}: {fill}"
        for case, stack, question in asked()
        if case.check == check
        for fill in question.fills
        if not place_is_there(stack, fill) or not how_to_write(fill)
    ]
    assert wrong == []


def test_the_cases_ask_enough_questions_to_mean_something() -> None:
    assert len({question.id.split(":")[0] for _, _, question in asked()}) >= 15
