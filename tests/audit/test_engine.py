"""Checks are run one by one; what a check breaks is said, and is never a pass."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from stackaudit.audit import audit
from stackaudit.registry import BUILT_IN, GROUP, Registry, load
from stackaudit.result import AuditResult, CheckResult
from stackaudit.testing import DAY, make_resolved

INVENTORY = """
stackaudit: 1
company: {name: X}
tools: [{name: Mailer}, {name: CRM}]
"""


def point(name: str) -> EntryPoint:
    return EntryPoint(f"{name.lower()}-package", f"tests.audit.plugins:{name}", GROUP)


def audited(*names: str, only: list[str] | None = None) -> AuditResult:
    registry = load([point(name) for name in names])
    return audit(make_resolved(INVENTORY), DAY, registry=registry, only=only)


def of(result: AuditResult, check: str) -> CheckResult:
    return next(c for c in result.checks if c.id == check)


def test_a_check_of_another_package_is_run_and_named_with_its_origin() -> None:
    result = audited("Named")
    assert [f.id for f in result.findings] == ["long-name:mailer"]
    check = of(result, "long-name")
    assert (check.status, check.examined, check.confirmed) == ("fail", 2, 1)
    assert (check.origin, check.thresholds) == ("named-package", {"longest": 3})
    assert check.summary == "A tool whose name is longer than wanted."


def test_a_check_that_raises_is_an_error_and_the_others_still_run() -> None:
    result = audited("Raises", "Named")
    failed = of(result, "raises")
    assert (failed.status, failed.examined) == ("error", 0)
    assert failed.error == "ZeroDivisionError: no such thing"
    assert [f.check for f in result.findings] == ["long-name"]


@pytest.mark.parametrize(
    ("name", "check", "words"),
    [
        ("SameKeys", "same-keys", "two findings have the key 'x'"),
        ("NoEvidence", "no-evidence", "has no evidence"),
        ("Stolen", "stolen", "belongs to the check 'long-name'"),
    ],
)
def test_a_check_that_breaks_its_promise_is_an_error_without_findings(
    name: str, check: str, words: str
) -> None:
    result = audited(name)
    assert of(result, check).status == "error"
    assert words in of(result, check).error
    assert result.findings == []


@pytest.mark.parametrize(
    ("name", "check", "status"),
    [
        ("Named", "long-name", "fail"),
        ("Perhaps", "perhaps", "fail"),
        ("Asks", "asks", "unknown"),
        ("Idle", "idle", "not-applicable"),
    ],
)
def test_the_status_follows_from_what_was_looked_at(name: str, check: str, status: str) -> None:
    assert of(audited(name), check).status == status


def test_a_check_that_looked_and_found_nothing_passes() -> None:
    registry = load([point("Named")])
    short = make_resolved("stackaudit: 1\ncompany: {name: X}\ntools: [{name: CRM}]\n")
    assert of(audit(short, DAY, registry=registry), "long-name").status == "pass"


def test_possible_findings_are_counted_apart() -> None:
    check = of(audited("Perhaps"), "perhaps")
    assert (check.confirmed, check.possible, check.unknown) == (0, 1, 1)


def test_one_question_of_two_checks_is_asked_once_and_settles_both() -> None:
    [question] = audited("Perhaps", "Asks").questions
    assert question.settles == ["asks", "perhaps"]
    assert question.weight == 4


def test_an_entry_point_may_name_a_class_or_a_function_that_returns_several() -> None:
    registry = load([point("several"), point("Idle")])
    assert [r.check.id for r in registry.checks] == ["long-name", "perhaps", "idle"]
    assert registry.get("perhaps") is registry.checks[1].check
    assert registry.get("nothing") is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("broken", "RuntimeError: licence missing"),
        ("NO_CHECK", "is not a check class"),
        ("missing", "AttributeError"),
    ],
)
def test_an_entry_point_that_cannot_be_loaded_is_an_error_in_the_result(
    name: str, words: str
) -> None:
    result = audited(name, "Named")
    failed = of(result, f"{name.lower()}-package")
    assert failed.status == "error"
    assert words in failed.error
    assert of(result, "long-name").status == "fail"


def test_a_second_check_with_the_id_of_another_is_refused() -> None:
    registry = load([BUILT_IN, point("OverlappingTools")])
    kept = registry.get("overlapping-tools")
    assert kept is not None
    assert type(kept).__module__ == "stackaudit.checks.overlapping_tools"
    assert [f.name for f in registry.failed] == ["overlappingtools-package"]
    assert "exists already" in registry.failed[0].error
    result = audit(make_resolved(INVENTORY), DAY, registry=registry)
    assert of(result, "overlappingtools-package").status == "error"


def test_only_the_chosen_checks_run() -> None:
    result = audited("Named", "Perhaps", only=["perhaps"])
    assert [c.id for c in result.checks] == ["perhaps"]


def test_a_chosen_check_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no check nothing"):
        audited("Named", only=["nothing"])


def test_without_checks_there_is_a_result_without_findings() -> None:
    result = audit(make_resolved(INVENTORY), DAY, registry=Registry((), ()))
    assert (result.findings, result.checks) == ([], [])
