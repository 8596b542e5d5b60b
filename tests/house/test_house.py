"""The rules of the house that a linter does not know: see docs/README.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LONGEST_MODULE = 800
LONGEST_CHECK = 350

CORE = (
    "audit",
    "check",
    "checks",
    "graph",
    "phrases",
    "result",
    "resolve",
    "inventory",
    "catalogue",
    "source",
)
"""What reads no clock."""

PRINTS = {
    "stackaudit/source/codes.py": "writes docs/errors.md when it is run by itself",
}
"""Modules outside the command line that may print, and why."""

CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "localtime", "gmtime"}


def in_core(name: str) -> bool:
    return any(
        name == f"stackaudit/{part}.py" or name.startswith(f"stackaudit/{part}/") for part in CORE
    )


def calls(text: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def test_the_core_reads_no_clock_and_throws_no_dice(modules: dict[str, str]) -> None:
    found = [
        f"{name}:{call.lineno}"
        for name, text in modules.items()
        if in_core(name) or name.startswith("stackaudit/report/")
        for call in calls(text)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCKS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"date", "datetime", "time", "dt"}
    ]
    assert found == []


def test_only_the_command_line_prints(modules: dict[str, str]) -> None:
    found = [
        f"{name}:{call.lineno}"
        for name, text in modules.items()
        if not name.startswith(("stackaudit/cli/", "stackaudit/__main__")) and name not in PRINTS
        for call in calls(text)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert found == []


def test_the_network_is_named_in_importers_only(modules: dict[str, str]) -> None:
    network = {"httpx", "requests", "urllib3", "socket", "ssl", "http", "ftplib", "smtplib"}
    found = [
        (name, module)
        for name, text in modules.items()
        if not name.startswith("stackaudit/importers/")
        for module in imported(text)
        if module in network
    ]
    found += [
        (name, "urllib.request") for name, text in modules.items() if "urllib.request" in text
    ]
    assert found == []


def test_modules_are_short(modules: dict[str, str]) -> None:
    lengths = {name: text.count("\n") for name, text in modules.items()}
    assert {n: k for n, k in lengths.items() if k > LONGEST_MODULE} == {}
    checks = {n: k for n, k in lengths.items() if n.startswith("stackaudit/checks/")}
    assert {n: k for n, k in checks.items() if k > LONGEST_CHECK} == {}


def test_there_is_no_module_for_odds_and_ends(modules: dict[str, str]) -> None:
    odds = {"util", "utils", "helpers", "common", "misc", "tools", "base", "constants", "settings"}
    assert [name for name in modules if Path(name).stem in odds] == []


def test_nothing_is_left_to_be_done_later(texts: dict[str, str]) -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HACK|NotImplemented" + r"Error)\b")
    found = [
        f"{name}:{number}"
        for name, text in texts.items()
        if name != ".ci/run"
        for number, line in enumerate(text.splitlines(), start=1)
        if later.search(line) and not name.startswith("tests/house/")
    ]
    assert found == []


def test_no_file_names_a_package_registry_or_a_path_of_one_computer(texts: dict[str, str]) -> None:
    # Written in pieces, so that this file does not name them itself.
    hosts = [
        "pypi" + ".org",
        "python" + "hosted",
        "npmjs" + ".",
        "proxy.go" + "lang",
        "yarn" + "pkg",
    ]
    places = [r"(?<![\w.~:/])/" + part for part in ("wo" + "rk/", "ro" + "ot/", "home/" + r"\w")]
    pattern = re.compile("|".join([*map(re.escape, hosts), *places, re.escape(".." + "/shared")]))
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_everything_public_says_what_it_is(modules: dict[str, str]) -> None:
    silent = [
        f"{name}:{line} {what}"
        for name, text in modules.items()
        for what, line in undocumented(ast.parse(text))
    ]
    assert silent == []


SELF_EVIDENT = 12
"""Lines of a method that may go without a docstring: its name and types say it."""


def undocumented(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield what is public and has no docstring: the module, classes, functions, methods."""
    if tree.body and not ast.get_docstring(tree):
        yield "the module", 1
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name, node.lineno
            if isinstance(node, ast.ClassDef):
                for part in node.body:
                    if not isinstance(part, ast.FunctionDef) or part.name.startswith("_"):
                        continue
                    inherited = node.bases and part.name in {"run", "write", "visit"}
                    short = (part.end_lineno or 0) - part.lineno < SELF_EVIDENT
                    if not ast.get_docstring(part) and not inherited and not short:
                        yield f"{node.name}.{part.name}", part.lineno


DISTRIBUTIONS = {
    "yaml": "pyyaml",
    "ruamel": "ruamel.yaml",
    "pydantic_core": "pydantic",
    "markdown_it": "markdown-it-py",
}


def imported(text: str) -> set[str]:
    """Return the top names of the modules a text imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_what_is_imported_is_what_is_declared_and_nothing_more(modules: dict[str, str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[; ]", line)[0] for line in project["dependencies"]}
    used = {
        DISTRIBUTIONS.get(module, module)
        for name, text in modules.items()
        if not name.startswith("stackaudit/importers/")
        for module in imported(text)
        if module not in sys.stdlib_module_names
        and module not in {"stackaudit", "typing_extensions"}
    }
    # Babel is asked for places that are not built in, inside the one function that needs it.
    locales = {re.split(r"[<>=]", line)[0] for line in project["optional-dependencies"]["i18n"]}
    assert used == declared | locales


def test_every_lint_exception_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("\nignore = [") : text.index("[tool.ruff.lint.pydocstyle]")]
    rules = [line for line in section.splitlines() if line.startswith('  "')]
    assert len(rules) > 10
    assert [line for line in rules if "  # " not in line and " # " not in line] == []


def test_the_licence_is_stated_once_and_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
