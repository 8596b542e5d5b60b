"""The tutorial, followed to the letter: every command, every edit, every line it promises."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from stackaudit.cli.app import run

FOLDER = Path(__file__).parents[2] / "docs/tutorial"
BLOCK = re.compile(r"^```(console|diff|sheet)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    """Return kind and text of every block, in order."""
    return BLOCK.findall((FOLDER / "README.md").read_text("utf-8"))


def edit(path: Path, diff: str) -> None:
    """Apply a block that shows a line of the file and, with ``+``, the lines to write below it."""
    lines = diff.splitlines()
    kept = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    new = "\n".join(line[1:] for line in lines)
    text = path.read_text("utf-8")
    assert text.count(kept + "\n") == 1, kept
    path.write_text(text.replace(kept + "\n", new + "\n"), "utf-8")


def fill(path: Path, answers: str) -> None:
    """Write answers behind the colons of the sheet."""
    text = path.read_text("utf-8")
    for line in answers.splitlines():
        place, _, answer = line.partition(": ")
        found = re.findall(rf"(?m)^  {re.escape(place)}:$", text)
        assert len(found) == 1, place
        text = text.replace(f"  {place}:\n", f"  {place}: {answer}\n")
    path.write_text(text, "utf-8")


def test_the_tutorial_is_true_from_its_first_command_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("our-tools.xlsx", "GTM-HARBOUR.json", "payments.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    commands = 0
    for kind, text in blocks():
        if kind == "diff":
            edit(Path("stack.yaml"), text)
            continue
        if kind == "sheet":
            fill(Path("sheet.yaml"), text)
            continue
        first, *promised = text.splitlines()
        words = shlex.split(first.removeprefix("$ stackaudit "))
        code = run(words)
        shown = capsys.readouterr()
        out = " ".join(shown.out.split())
        assert code == 0, shown.err
        for line in promised:
            assert line in out, f"{first}\n{line!r} is not in:\n{shown.out}"
        commands += 1
    assert commands >= 8
    report = Path("report.html").read_text("utf-8")
    assert "TikTok Ads Manager" in report
    assert "Semrush" in report
    assert report.rstrip().endswith("</html>")


def test_the_files_of_the_tutorial_are_of_nobody() -> None:
    text = (FOLDER / "GTM-HARBOUR.json").read_text("utf-8")
    assert "harbour-and-pine.example" in text
    assert not re.search(r"@(?!\w+\.example)[\w-]+\.\w+", text)
