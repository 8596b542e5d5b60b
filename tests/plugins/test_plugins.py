"""Checks of other packages: found by entry point, and never silently left out."""

from __future__ import annotations

import importlib
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stackaudit.__main__ import main
from stackaudit.registry import installed

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/example-plugin"
STACK = """\
stackaudit: 1
company: {name: Acme, as_of: 2026-11-01}
tools:
  - {name: Mailer, reviewed: 2025-01-01}
  - {name: Shop}
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install packages into a folder on the path, as an installer leaves them."""
    site = tmp_path / "site"
    site.mkdir()
    loaded = set(sys.modules)

    def add(name: str, points: dict[str, str], code: dict[str, str], *folders: Path) -> None:
        info = site / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8"
        )
        lines = ["[stackaudit.checks]", *(f"{key} = {value}" for key, value in points.items())]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for file, text in code.items():
            (site / file).write_text(text, encoding="utf-8")
        for folder in (site, *folders):
            monkeypatch.syspath_prepend(folder)
        importlib.invalidate_caches()
        installed.cache_clear()

    yield add
    installed.cache_clear()
    for module in set(sys.modules) - loaded:
        if module.startswith(("stackaudit_review", "broken_checks", "second_checks")):
            del sys.modules[module]


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text(STACK, encoding="utf-8")
    return path


def audit(stack: Path) -> tuple[int, dict[str, object]]:
    target = stack.with_suffix(".json")
    code = main(["audit", str(stack), "-o", str(target), "--format", "json"])
    return code, json.loads(target.read_text(encoding="utf-8"))


def example_points() -> dict[str, str]:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return dict(project["entry-points"]["stackaudit.checks"])


def test_the_example_package_is_found_and_runs(
    install: Install, stack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install("stackaudit-review", example_points(), {}, EXAMPLE / "src")
    code, result = audit(stack)
    assert code == 0
    found = [f["id"] for f in result["findings"] if f["check"] == "stale-review"]
    assert found == ["stale-review:mailer"]
    (ran,) = [c for c in result["checks"] if c["id"] == "stale-review"]
    assert (ran["origin"], ran["thresholds"]) == ("stackaudit-review", {"days": 365})
    (question,) = [q for q in result["questions"] if q["id"] == "reviewed"]
    assert question["fills"] == ["tools/shop/reviewed"]
    capsys.readouterr()
    assert main(["explain", "stale-review"]) == 0
    assert "Tools that never change." in capsys.readouterr().out


def test_the_test_of_the_example_package_passes(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("stackaudit-review", example_points(), {}, EXAMPLE / "src")
    monkeypatch.syspath_prepend(EXAMPLE / "tests")
    module = importlib.import_module("test_stale_review")
    tests = [getattr(module, name) for name in dir(module) if name.startswith("test_")]
    assert len(tests) >= 3
    for test in tests:
        test()


def test_the_check_of_the_page_is_the_one_that_runs(install: Install) -> None:
    page = (EXAMPLE.parent / "plugins.md").read_text(encoding="utf-8")
    check, test = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    install("second", {}, {"second_checks.py": check})
    names: dict[str, object] = {}
    lines = test.replace("from stackaudit_review import", "from second_checks import")
    exec(compile(lines, "plugins.md", "exec"), names)  # noqa: S102 - the page's own example
    names["test_an_old_review_is_found"]()
    points = re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1]
    written = tomllib.loads(points)["project"]["entry-points"]["stackaudit.checks"]
    assert written == example_points()


BROKEN = {
    "a module that is not there": ("nowhere_to_be_found:checks", {}, "ModuleNotFoundError"),
    "a module that raises": (
        "broken_checks:Check",
        {"broken_checks.py": "raise RuntimeError('no licence')\n"},
        "RuntimeError: no licence",
    ),
    "something that is no check": (
        "broken_checks:thing",
        {"broken_checks.py": "thing = 42\n"},
        "42 is not a check class",
    ),
}


@pytest.mark.parametrize(("point", "code", "error"), BROKEN.values(), ids=BROKEN)
def test_a_package_that_fails_is_an_error_line_and_exit_code_4(
    install: Install,
    stack: Path,
    capsys: pytest.CaptureFixture[str],
    point: str,
    code: dict[str, str],
    error: str,
) -> None:
    install("acme-checks", {"acme-checks": point}, code)
    left, result = audit(stack)
    out = " ".join(capsys.readouterr().out.split())
    assert left == 4
    (line,) = [c for c in result["checks"] if c["status"] == "error"]
    assert (line["id"], line["origin"]) == ("acme-checks", "acme-checks")
    assert error in line["error"]
    assert "acme-checks failed" in out
    assert error in out
    assert "Traceback" not in out
    assert [c for c in result["checks"] if c["status"] != "error"]


def test_a_second_check_of_one_name_is_refused(install: Install, stack: Path) -> None:
    code = "from stackaudit.checks.unowned import Unowned\nchecks = [Unowned]\n"
    install("acme-checks", {"acme-checks": "second_checks:checks"}, {"second_checks.py": code})
    left, result = audit(stack)
    (line,) = [c for c in result["checks"] if c["status"] == "error"]
    assert (left, line["error"]) == (4, "the check unowned exists already, in stackaudit")
