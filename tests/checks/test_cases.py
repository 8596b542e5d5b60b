"""Every check against its cases, and every case kind against every check."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from stackaudit.testing import status_of
from tests.checks.casebook import CHECKS, Case, cases

KINDS = {"found", "possible", "unknown", "decoy", "not-applicable"}

WITHOUT: dict[tuple[str, str], str] = {}
"""Kinds of cases that a check cannot have, and why."""


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_case(case: Case) -> None:
    outcome = case.run()
    found = {finding.key: finding for finding in outcome.findings}
    expected = {entry["key"]: entry for entry in case.expect.get("found", [])}
    if "not_found" in case.expect:
        assert expected.keys() <= found.keys(), sorted(found)
        for glob in case.expect["not_found"]:
            assert [key for key in found if fnmatchcase(key, glob)] == []
    else:
        assert sorted(found) == sorted(expected)
    for key, entry in expected.items():
        finding = found[key]
        assert finding.confidence == entry["confidence"], [
            (e.text, e.assumed) for e in finding.evidence
        ]
        assert finding.severity == entry.get("severity", finding.severity)
        assert finding.scopes == entry.get("scopes", finding.scopes)
        assert set(entry.get("names", [])) <= {s.id for s in finding.subjects}
        assert entry.get("says", "") in finding.sentence
    if "first" in case.expect:
        assert outcome.findings[0].key == case.expect["first"]
    if "unknown" in case.expect:
        settled = {s.partition(":")[2] or s for q in outcome.unknown for s in q.settles}
        assert sorted(settled) == sorted(case.expect["unknown"])
    if "status" in case.expect:
        assert status_of(outcome) == case.expect["status"]
    if "examined" in case.expect:
        assert outcome.examined == case.expect["examined"]


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_check_has_cases_of_every_kind(check: str) -> None:
    shown = {kind for case in cases() if case.check == check for kind in case.kinds}
    excused = {kind for name, kind in WITHOUT if name == check}
    assert shown | excused == KINDS
    assert not shown & excused, "an exception that is none"


def test_every_file_of_cases_belongs_to_a_check() -> None:
    assert {case.check for case in cases()} <= CHECKS.keys()


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.id for case in cases()]
    assert sorted(set(names)) == sorted(names)
