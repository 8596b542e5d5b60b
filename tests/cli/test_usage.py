"""The first screen, wrong usage, and what a failure of the program looks like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit import __version__
from stackaudit.cli import app
from stackaudit.cli.terminal import link, paint, say
from stackaudit.cli.usage import COMMANDS, EXIT_CODES


def test_the_first_screen_names_every_command_and_exit_code(tool) -> None:
    said = tool("--help")
    assert said.code == 0
    for name in COMMANDS:
        assert f"  {name} " in said.out
    for code, meaning in EXIT_CODES.items():
        assert f"  {code:<4} {meaning}" in said.out


def test_no_command_gives_the_first_screen(tool) -> None:
    assert tool() == tool("-h") == tool("help")


def test_the_first_screen_fits_a_wide_terminal(tool) -> None:
    assert max(len(line) for line in tool("--help").out.splitlines()) <= 110


def test_the_version_is_said(tool) -> None:
    assert tool("--version") == (0, f"stackaudit {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(tool, command: str) -> None:
    said = tool(command, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: stackaudit {command}")


def test_a_mistyped_command_is_answered_with_the_nearest(tool) -> None:
    said = tool("adit", "x.yaml")
    assert said.code == 2
    assert "Did you mean 'audit'?" in said.err
    assert said.out == ""


def test_a_mistyped_option_is_wrong_usage(tool) -> None:
    said = tool("audit", "x.yaml", "--quite")
    assert said.code == 2
    assert "--quiet" in said.err
    assert "hint: stackaudit audit --help" in said.err


def test_a_missing_path_is_wrong_usage(tool) -> None:
    said = tool("audit")
    assert said.code == 2
    assert "PATH" in said.err


def test_a_path_that_is_not_there_names_the_nearest(tool, write) -> None:
    write("northwind.yaml", "stackaudit: 1\n")
    said = tool("audit", "nortwind.yaml")
    assert said.code == 2
    assert said.err.splitlines() == [
        "error: there is no file or folder nortwind.yaml",
        "  hint: did you mean 'northwind.yaml'?",
    ]


def test_an_unknown_severity_lists_the_known_ones(tool) -> None:
    said = tool("audit", "x.yaml", "--fail-on", "hihg")
    assert said.code == 2
    assert "'high', 'medium', 'low', 'info'" in said.err
    assert "Value error" not in said.err


@pytest.mark.parametrize("day", ["2026-02-30", "20261101", "tomorrow", "2026-11"])
def test_a_day_that_is_none_is_wrong_usage(tool, write, day: str) -> None:
    said = tool("audit", write("a.yaml", "stackaudit: 1\n"), "--as-of", day)
    assert said.code == 2
    assert f"--as-of {day} is not a date" in said.err


def test_a_failure_of_the_program_is_a_sentence_and_not_a_traceback(
    tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: list[str]) -> int:
        raise ZeroDivisionError("nothing to divide")

    monkeypatch.setattr(app, "_invoke", broken)
    said = tool("checks")
    assert said.code == 4
    assert "stackaudit itself failed (ZeroDivisionError: nothing to divide)" in said.err
    assert "Traceback" not in said.err
    said = tool("checks", "--debug")
    assert said.code == 4
    assert "Traceback (most recent call last)" in said.err


def test_an_interruption_is_130(tool, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "_invoke", interrupted)
    assert tool("checks").code == 130


def test_what_the_system_refuses_is_an_environment_error(
    tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: list[str]) -> int:
        raise PermissionError(13, "Permission denied", "secret.yaml")

    monkeypatch.setattr(app, "_invoke", refused)
    said = tool("checks")
    assert (said.code, said.err) == (2, "error: secret.yaml: Permission denied\n")


class Screen:
    """A terminal that shows ASCII only."""

    encoding = "ascii"

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text.encode("ascii").decode()
        return len(text)


def test_colours_are_for_terminals_and_no_color_is_honoured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert paint("x", "31", stream=sys.stdout) == "x"
    monkeypatch.setattr(sys, "stdout", Screen())
    assert paint("x", "31") == "\x1b[31mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paint("x", "31") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert paint("x", "31") == "x"


def test_paths_are_links_on_terminals_only(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    path = tmp_path / "a report.html"
    assert link(path) == str(path)
    monkeypatch.setattr(sys, "stdout", Screen())
    assert link(path) == f"\x1b]8;;{path.as_uri()}\x1b\\{path}\x1b]8;;\x1b\\"


def test_letters_a_terminal_cannot_show_do_not_end_the_program() -> None:
    screen = Screen()
    say("Müller \u2192 x", screen)  # type: ignore[arg-type]
    assert screen.text == "M?ller ? x\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell with pipes")
def test_a_reader_that_goes_away_is_no_failure() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m stackaudit schema | head -c 10; echo ":${{PIPESTATUS[0]}}"',
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith(":0\n")
    assert done.stderr == ""


def test_what_programs_read_is_utf_8_whatever_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("stackaudit: 1\ncompany: {name: A, Müller: 1}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "stackaudit", "validate", "--format", "json", str(path)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert "Müller" in done.stdout.decode("utf-8")
