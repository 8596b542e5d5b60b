"""An audit from end to end, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from stackaudit import registry
from stackaudit.check import Outcome
from stackaudit.checks import built_in
from stackaudit.checks.missing_flow import MissingFlow
from stackaudit.registry import Registered, Registry
from stackaudit.result import AuditResult

ACME = """\
stackaudit: 1
company: {name: Acme, profile: b2c-ecommerce, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {name: Shopify, owner: none}
  - {name: Klaviyo, owner: Mia}
  - {name: Mailchimp, owner: none, cost: 12000}
integrations:
  - Shopify -> Klaviyo: contact, order
"""
UNDATED = ACME.replace(", as_of: 2026-11-01", "")


@pytest.fixture
def acme(write: Callable[..., Path]) -> Path:
    return write("acme.yaml", ACME)


def result_of(path: str | Path) -> AuditResult:
    return AuditResult.model_validate_json(Path(path).read_text(encoding="utf-8"))


def test_an_audit_writes_the_report_and_its_data_and_says_where(tool, acme: Path) -> None:
    said = tool("audit", acme)
    assert said.code == 0
    assert said.out.splitlines()[-2:] == [
        f"Report: {Path('reports/acme.html')}",
        f"Data: {Path('reports/acme.json')}",
    ]
    result = result_of("reports/acme.json")
    assert result.company.name == "Acme"
    assert result.summary.headline in " ".join(said.out.split())
    assert len(result.checks) == len(built_in())
    assert "Acme" in Path("reports/acme.html").read_text(encoding="utf-8")


def test_the_report_of_the_audit_is_the_one_drawn_from_its_data(tool, acme: Path) -> None:
    assert tool("audit", acme, "-o", "out/").code == 0
    page = Path("out/acme.html").read_bytes()
    assert tool("report", "out/acme.json", "-o", "again.html").code == 0
    assert Path("again.html").read_bytes() == page


def test_the_day_comes_from_the_option_then_the_inventory_then_today(tool, acme, write) -> None:
    tool("audit", acme, "-o", "a.json", "--format", "json", "--as-of", "2026-09-30")
    assert (result_of("a.json").as_of, result_of("a.json").as_of_from) == (
        date(2026, 9, 30),
        "option",
    )
    tool("audit", acme, "-o", "b.json", "--format", "json")
    assert (result_of("b.json").as_of, result_of("b.json").as_of_from) == (
        date(2026, 11, 1),
        "inventory",
    )
    before = date.today()
    said = tool("audit", write("undated.yaml", UNDATED), "-o", "c.json", "--format", "json")
    assert before <= result_of("c.json").as_of <= date.today()
    assert result_of("c.json").as_of_from == "today"
    assert "which is today" in said.out


def test_only_the_checks_asked_for_run(tool, acme: Path) -> None:
    ask = ("--check", "missing-flow", "--check", "unowned")
    assert tool("audit", acme, "-o", "a.json", *ask).code == 0
    assert [check.id for check in result_of("a.json").checks] == ["missing-flow", "unowned"]


def test_a_mistyped_check_stops_the_audit_with_the_nearest(tool, acme: Path) -> None:
    said = tool("audit", acme, "--check", "missing-flows")
    assert said.code == 2
    assert "did you mean 'missing-flow'?" in said.err
    assert not Path("reports").exists()


def test_findings_make_the_exit_code_only_when_asked(tool, acme: Path) -> None:
    assert tool("audit", acme, "-o", "a.json").code == 0
    grave = {f.severity for f in result_of("a.json").findings if not f.accepted}
    assert grave
    for severity in ("high", "medium", "low", "info"):
        reached = any(
            ["high", "medium", "low", "info"].index(s)
            <= ["high", "medium", "low", "info"].index(severity)
            for s in grave
        )
        assert tool("audit", acme, "-q", "--fail-on", severity).code == int(reached)


def test_a_quiet_audit_says_nothing(tool, acme: Path) -> None:
    said = tool("audit", acme, "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert Path("reports/acme.html").exists()


def test_the_data_can_be_printed_for_another_program(tool, acme: Path) -> None:
    said = tool("audit", acme, "-o", "-", "-q")
    assert json.loads(said.out)["company"]["name"] == "Acme"
    assert not Path("reports").exists()


def test_warnings_are_said_in_short_and_do_not_stop_the_audit(tool, write) -> None:
    path = write("acme.yaml", ACME + "  - Klaviyo -> NetSuite: order\n")
    said = tool("audit", path)
    assert said.code == 0
    assert said.err.count("warning[W011]") == 1
    assert "W011" in Path("reports/acme.json").read_text(encoding="utf-8")


def test_the_report_is_opened_when_asked(tool, acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    assert tool("audit", acme, "--open").code == 0
    assert opened == [Path("reports/acme.html").resolve().as_uri()]


def test_without_a_browser_the_audit_still_succeeds(
    tool, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    said = tool("audit", acme, "--open")
    assert said.code == 0
    assert "No browser could be opened" in said.err


def test_an_output_that_cannot_be_written_is_an_environment_error(tool, acme: Path) -> None:
    Path("reports").mkdir()
    Path("reports/acme.json").symlink_to(acme)
    said = tool("audit", acme)
    assert said.code == 2
    assert "it is a symbolic link" in said.err
    assert acme.read_text(encoding="utf-8") == ACME
    assert not Path("reports/acme.html").exists()


def test_a_file_in_the_place_of_the_folder_is_an_environment_error(tool, acme: Path) -> None:
    Path("reports").write_text("a file")
    said = tool("audit", acme)
    assert said.code == 2
    assert "cannot write" in said.err


def test_a_check_that_raises_is_said_and_the_exit_code_is_4(
    tool, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(MissingFlow):
        """A check that does not work."""

        id = "broken-on-purpose"

        def run(self, stack: object) -> Outcome:
            raise KeyError("nowhere")

    whole = registry.installed()
    more = Registry((*whole.checks, Registered(Broken(), "tests")), whole.failed)
    monkeypatch.setattr("stackaudit.audit.run.installed", lambda: more)
    said = tool("audit", acme)
    assert said.code == 4
    assert "The check broken-on-purpose failed" in " ".join(said.out.split())
    broken = next(c for c in result_of("reports/acme.json").checks if c.id == "broken-on-purpose")
    assert (broken.status, broken.examined) == ("error", 0)


def test_a_finding_of_an_inventory_is_explained(tool, acme: Path) -> None:
    tool("audit", acme, "-q")
    finding = result_of("reports/acme.json").findings[0]
    said = tool("explain", finding.id, acme)
    assert said.code == 0
    assert finding.sentence in " ".join(said.out.split())


@pytest.mark.slow
def test_the_same_inventory_gives_the_same_bytes_whatever_the_hash_seed_and_time_zone(
    tmp_path: Path,
) -> None:
    (tmp_path / "acme.yaml").write_text(ACME, encoding="utf-8")
    seen = set()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Kiritimati"), ("77", "America/Los_Angeles")):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "stackaudit", "audit", "../acme.yaml", "-q", "-o", "."],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            check=True,
        )
        seen.add(((folder / "acme.json").read_bytes(), (folder / "acme.html").read_bytes()))
    assert len(seen) == 1


def test_a_redacted_audit_names_nobody_in_any_of_its_files(tool, write) -> None:
    text = "stackaudit: 1\ncompany: {name: X}\ntools:\n  - {name: Zzvend, owner: Zz Person}\n"
    said = tool("audit", write("a.yaml", text), "--redact", "people,vendors", "-o", "out")
    assert said.code == 0
    written = "".join(path.read_text("utf-8") for path in Path("out").iterdir())
    assert "Zz" not in written + said.out.replace("out/a", "")
    assert "Owner 1" in written
    whole = tool("audit", "a.yaml", "-o", "-").out
    write("whole.json", whole)
    again = tool("report", "whole.json", "--redact", "people", "-o", "-").out
    assert "Zzvend" in again
    assert "Zz Person" not in again


def test_an_unknown_word_of_redact_is_wrong_usage(tool, write) -> None:
    said = tool("audit", write("a.yaml", "stackaudit: 1\n"), "--redact", "peple")
    assert said.code == 2
    assert "did you mean 'people'?" in said.err
