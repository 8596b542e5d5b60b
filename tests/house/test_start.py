"""The first thing a newcomer runs."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_the_file_that_tells_it_that_it_is_old() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 5))


def test_an_old_python_is_told_what_is_needed(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "OLDEST", (3, 99))
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    assert start.main([]) == 2
    assert "stackaudit needs Python 3.99 or newer; this is 3." in capsys.readouterr().out


def test_a_newer_python_of_the_computer_is_used(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(start, "OLDEST", (3, 19))
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(
        start.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.19" else None
    )
    monkeypatch.setattr(start, "run", lambda command: ran.append(command) or 0)
    assert start.main(["test", "-x"]) == 0
    assert ran == [["/bin/python3.19", str(ROOT / "start.py"), "test", "-x"]]


def test_a_python_without_venv_is_told_which_package_is_missing(
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    class Failed:
        returncode = 1
        stdout = "ensurepip is not available"

    monkeypatch.setattr(start, "VENV", str(tmp_path / "venv"))
    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: Failed())
    assert start.main(["setup"]) == 2
    said = capsys.readouterr().out
    assert "ensurepip is not available" in said
    assert "sudo apt install python3." in said


def test_without_a_connection_the_reason_is_said(
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(start, "VENV", str(tmp_path / "venv"))
    monkeypatch.setattr(start, "works", lambda _: True)
    monkeypatch.setattr(start.subprocess, "call", lambda *_, **__: 1)
    assert start.main([]) == 2
    assert "check the connection to the internet" in capsys.readouterr().out


def test_what_is_set_up_is_not_set_up_again(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(start, "VENV", str(tmp_path))
    monkeypatch.setattr(start, "works", lambda _: True)
    installs: list[str] = []
    monkeypatch.setattr(
        start.subprocess, "call", lambda words, **_: installs.append(words[-1]) or 0
    )
    assert start.main(["setup"]) == 0
    assert start.main(["setup"]) == 0
    assert installs == [".[importers]"]
    assert start.set_up("test") is not None
    assert start.main(["setup"]) == 0
    assert installs == [".[importers]", ".[test]"]


def test_an_unknown_word_gets_the_help(
    start: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["dance"]) == 2
    assert "python3 start.py test" in capsys.readouterr().out
