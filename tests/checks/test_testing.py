"""The helpers for authors of checks do what their page shows."""

from __future__ import annotations

import doctest
from datetime import date

import pytest

import stackaudit.testing
from stackaudit.checks.unowned import Unowned
from stackaudit.source.problems import InputError
from stackaudit.testing import DAY, audit_with, keys, make_stack, questions, run_check
from tests.audit.plugins import NoEvidence, Raises

TEXT = "stackaudit: 1\ncompany: {name: X}\ntools: [{name: A, owner: none}, {name: B}]\n"


def test_the_example_runs() -> None:
    result = doctest.testmod(stackaudit.testing)
    assert result.attempted > 3
    assert result.failed == 0


def test_text_and_mapping_give_the_same() -> None:
    mapping = {
        "stackaudit": 1,
        "company": {"name": "X"},
        "tools": [{"name": "A", "owner": "none"}, {"name": "B"}],
    }
    assert keys(run_check(Unowned, mapping)) == keys(run_check(Unowned(), TEXT))
    assert keys(run_check(Unowned, TEXT)) == {"a": "confirmed"}
    assert questions(run_check(Unowned, TEXT)) == {"owner:tools"}


def test_the_day_is_given_or_the_inventorys_or_a_fixed_one() -> None:
    dated = TEXT.replace("name: X", "name: X, as_of: 2025-02-03")
    assert make_stack(TEXT).as_of == DAY
    assert make_stack(dated).as_of == date(2025, 2, 3)
    assert make_stack(dated, "2024-01-02").as_of == date(2024, 1, 2)
    assert make_stack(dated, date(2024, 1, 2)).as_of == date(2024, 1, 2)


def test_a_wrong_inventory_is_refused_with_its_lines() -> None:
    with pytest.raises(InputError) as refused:
        make_stack(TEXT.replace("owner", "ownr"))
    assert any("inventory.yaml:3:" in note for note in refused.value.__notes__)


def test_a_broken_promise_fails_the_test() -> None:
    with pytest.raises(AssertionError, match=r"no-evidence: .*no evidence"):
        run_check(NoEvidence, TEXT)


def test_what_a_check_raises_is_raised_here_and_an_error_in_an_audit() -> None:
    with pytest.raises(ZeroDivisionError):
        run_check(Raises, TEXT)
    [check] = audit_with(Raises, TEXT).checks
    assert check.status == "error"


def test_one_check_can_be_audited_alone() -> None:
    result = audit_with(Unowned, TEXT, "2026-01-01")
    assert [f.id for f in result.findings] == ["unowned:a"]
    assert result.as_of == date(2026, 1, 1)
