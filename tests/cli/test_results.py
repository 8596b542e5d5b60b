"""What is said of a result, and the result read back from its JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stackaudit.cli.audit import FailOn, exit_code
from stackaudit.cli.summary import show_summary
from stackaudit.result import SEVERITIES, AuditResult
from tests.report.sample import bare, retailer


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return retailer()


@pytest.fixture
def result_file(result: AuditResult, tmp_path: Path) -> Path:
    path = tmp_path / "acme.json"
    path.write_text(result.to_json(), encoding="utf-8")
    return path


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_summary_has_the_answer_the_counts_the_actions_and_the_questions(
    result: AuditResult, capsys: pytest.CaptureFixture[str]
) -> None:
    show_summary(result)
    text = capsys.readouterr().out
    assert result.summary.headline in flat(text)
    for area in result.areas:
        row = next(
            line for line in text.splitlines() if line.startswith(f"  {area.category.title()}")
        )
        numbers = [
            0 if cell == "-" else int(cell) for cell in re.findall(r" (-|\d+)(?= |$)", row)[:4]
        ]
        assert numbers == [area.high, area.medium, area.low, area.info]
    known = {action.id: action for action in result.actions}
    for number, name in enumerate(result.summary.first_actions, start=1):
        assert f"{number}. {known[name].text}" in flat(text)
    assert result.questions[0].text in flat(text)
    assert f"the facts describe {result.as_of.isoformat()}" in flat(text)


def test_the_summary_names_a_check_that_failed(
    result: AuditResult, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = [check for check in result.checks if check.status == "error"]
    show_summary(result)
    text = flat(capsys.readouterr().out)
    assert failed
    for check in failed:
        assert (
            f"The check {check.id} failed and says nothing about this stack: {check.error}" in text
        )


def test_no_line_of_the_summary_is_wider_than_the_terminal(
    result: AuditResult, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    show_summary(result)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > 60 and "(" not in line] == []


def test_a_day_taken_from_the_clock_is_said_to_be_one(
    result: AuditResult, capsys: pytest.CaptureFixture[str]
) -> None:
    show_summary(result.model_copy(update={"as_of_from": "today"}))
    assert "which is today: the inventory does not say" in flat(capsys.readouterr().out)


def test_an_audit_of_next_to_nothing_has_a_summary_too(capsys: pytest.CaptureFixture[str]) -> None:
    show_summary(bare())
    assert bare().summary.headline in capsys.readouterr().out


def test_the_severities_of_fail_on_are_those_of_findings() -> None:
    assert tuple(FailOn) == SEVERITIES


def only(result: AuditResult, **changes: object) -> AuditResult:
    """Return the result with one open finding of severity low, and no failed check."""
    low = next(f for f in result.findings if f.severity == "low" and f.accepted is None)
    return result.model_copy(
        update={
            "findings": [low.model_copy(update=changes)],
            "checks": [check for check in result.checks if check.status != "error"],
        }
    )


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [(None, 0), (FailOn.high, 0), (FailOn.medium, 0), (FailOn.low, 1), (FailOn.info, 1)],
)
def test_findings_at_or_above_the_severity_fail(
    result: AuditResult, fail_on: FailOn | None, code: int
) -> None:
    assert exit_code(only(result), fail_on) == code


def test_an_accepted_finding_does_not_fail_until_its_acceptance_lapses(result: AuditResult) -> None:
    accepted = next(f.accepted for f in result.findings if f.accepted and not f.accepted.lapsed)
    lapsed = accepted.model_copy(update={"lapsed": True})
    assert exit_code(only(result, accepted=accepted), FailOn.info) == 0
    assert exit_code(only(result, accepted=lapsed), FailOn.info) == 1


def test_a_check_that_failed_weighs_more_than_findings(result: AuditResult) -> None:
    assert any(check.status == "error" for check in result.checks)
    assert exit_code(result, FailOn.info) == 4
    assert exit_code(result, None) == 4


def test_a_report_is_drawn_from_the_json_alone(tool, result_file: Path) -> None:
    said = tool("report", result_file)
    assert said.code == 0
    page = result_file.with_suffix(".html")
    assert said.out.strip() == f"Report: {page}"
    assert "Northwind Outfitters" in page.read_text(encoding="utf-8")
    assert tool("report", result_file, "-o", "-").out == page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not the result of an audit"),
        ("{}", "is not the result of an audit"),
        ('{"stackaudit_result": 2}', "was written by a newer stackaudit"),
        ('{"stackaudit_result": 1}', "is not a whole audit result: version: "),
        ("\x00", "is not JSON"),
        ("[" * 100_000, "is not"),
    ],
)
def test_what_is_no_result_is_invalid_input(tool, write, text: str, words: str) -> None:
    said = tool("report", write("r.json", text))
    assert said.code == 3
    assert words in said.err
    assert not Path("r.html").exists()


def test_an_inventory_is_no_result_and_the_right_command_is_named(tool, write) -> None:
    said = tool("report", write("acme.yaml", "stackaudit: 1\n"))
    assert said.code == 2
    assert "hint: stackaudit audit" in said.err


def test_a_result_is_no_inventory_and_the_right_command_is_named(tool, result_file: Path) -> None:
    for command in ("audit", "validate"):
        said = tool(command, result_file)
        assert said.code == 2
        assert f"hint: stackaudit report {result_file}" in said.err


def test_a_finding_is_explained_with_what_it_rests_on(
    tool, result: AuditResult, result_file: Path
) -> None:
    finding = next(f for f in result.findings if any(e.place for e in f.evidence))
    place = next(e.place for e in finding.evidence if e.place)
    for name in (finding.id, finding.key):
        said = tool("explain", name, result_file)
        assert said.code == 0
        assert finding.id in said.out
        assert finding.sentence in flat(said.out)
        assert f"{place.file}:{place.line}:{place.column}" in said.out


def test_an_unknown_finding_names_the_nearest(tool, result: AuditResult, result_file: Path) -> None:
    finding = result.findings[0]
    said = tool("explain", finding.id + "x", "--result", result_file)
    assert said.code == 2
    assert f"did you mean '{finding.id}'?" in said.err


def test_without_a_place_the_newest_result_in_reports_is_used(
    tool, result: AuditResult, write
) -> None:
    write("reports/acme.json", result.to_json())
    said = tool("explain", result.findings[0].id)
    assert said.code == 0
    assert str(Path("reports/acme.json")) in said.out.splitlines()[0]


def test_the_schema_of_results_accepts_a_result(tool, result: AuditResult) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(tool("schema", "--result").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(result.to_json()), schema)
