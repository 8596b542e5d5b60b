"""The result is a contract: valid, complete, and the same bytes for the same input."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.result import AuditResult, result_schema

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ["inventories/northwind", "inventories/meltano.yaml", "inventories/minimal.yaml"]
DAY = date(2026, 11, 1)


@lru_cache
def audited(path: str) -> AuditResult:
    resolved = open_inventory(ROOT / path)
    return audit(resolved, resolved.inventory.company.as_of or DAY)


@pytest.mark.parametrize("path", SAMPLES)
def test_the_json_is_valid_by_its_schema(path: str) -> None:
    schema = result_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(json.loads(audited(path).to_json()))) == []


@pytest.mark.parametrize("path", SAMPLES)
def test_a_result_read_back_is_the_same_result(path: str) -> None:
    text = audited(path).to_json()
    again = AuditResult.model_validate_json(text)
    assert again == audited(path)
    assert again.to_json() == text


@pytest.mark.parametrize("path", SAMPLES)
def test_the_same_input_gives_the_same_bytes(path: str) -> None:
    resolved = open_inventory(ROOT / path)
    again = audit(resolved, resolved.inventory.company.as_of or DAY)
    assert again.to_json() == audited(path).to_json()


@pytest.mark.parametrize("path", SAMPLES)
def test_no_check_fails_on_an_inventory_that_ships(path: str) -> None:
    assert [(c.id, c.error) for c in audited(path).checks if c.status == "error"] == []


@pytest.mark.parametrize("path", SAMPLES)
def test_what_is_referred_to_is_in_the_result(path: str) -> None:
    result = audited(path)
    findings = {f.id for f in result.findings}
    tools = {t.id for t in result.tools}
    assert len(findings) == len(result.findings)
    for finding in result.findings:
        assert {s.id for s in finding.subjects if s.kind == "tool"} <= tools
        assert {*finding.leads, *finding.related} <= findings
        assert finding.led_by is None or finding.led_by in findings
    for action in result.actions:
        assert set(action.settles) <= findings
        assert set(action.tools) <= tools
    assert set(result.summary.first_actions) <= {a.id for a in result.actions}


@pytest.mark.parametrize("path", SAMPLES)
def test_the_numbers_of_the_checks_are_those_of_the_findings(path: str) -> None:
    result = audited(path)
    for check in result.checks:
        own = [f for f in result.findings if f.check == check.id]
        assert check.confirmed == sum(f.confidence == "confirmed" for f in own)
        assert check.possible == sum(f.confidence == "possible" for f in own)
        assert (check.status == "fail") is bool(own)


@pytest.mark.parametrize("path", SAMPLES)
def test_every_area_counts_each_of_its_findings_once(path: str) -> None:
    result = audited(path)
    for area in result.areas:
        own = [f for f in result.findings if f.category == area.category]
        open_ = [f for f in own if f.accepted is None or f.accepted.lapsed]
        assert area.high + area.medium + area.low + area.info == len(open_)
        assert area.accepted == len(own) - len(open_)
        assert area.possible == sum(f.confidence == "possible" for f in open_)


def test_an_unknown_key_is_no_result() -> None:
    said = json.loads(audited("inventories/minimal.yaml").to_json())
    said["surprise"] = True
    with pytest.raises(ValidationError, match="surprise"):
        AuditResult.model_validate(said)
