"""``stackaudit validate``: every problem of an inventory, and nothing else."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackaudit.cli.errors import DONE, INVALID
from stackaudit.cli.terminal import pour, say


class Form(StrEnum):
    """How to print."""

    text = "text"
    json = "json"


def validate(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Inventories: YAML files or folders.")
    ],
    form: Annotated[
        Form,
        typer.Option("--format", metavar="text|json", help="Print for people or for programs."),
    ] = Form.text,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue", metavar="PATH", help="Your own products, capabilities and profiles."
        ),
    ] = None,
) -> int:
    """Say every problem of an inventory, with its line and how to mend it."""
    from stackaudit.cli.problems import as_json, exit_code_of, show_problems
    from stackaudit.cli.reading import must_exist, read_inventory
    from stackaudit.source.problems import InputError, Problem, has_errors

    for path in paths:
        must_exist(path)
    codes = {DONE}
    reports = []
    for path in paths:
        problems: list[Problem]
        size = ""
        try:
            resolved = read_inventory(path, catalogue)
            problems = list(resolved.problems)
            size = _size(len(resolved.tools), len(resolved.inventory.integrations or ()))
        except InputError as error:
            problems = error.problems
        valid = not (has_errors(problems) or (strict and problems))
        if not valid:
            codes.add(exit_code_of(problems) if has_errors(problems) else INVALID)
        reports.append(
            {"path": str(path), "valid": valid, "problems": [p.as_json() for p in problems]}
        )
        if form is Form.text:
            show_problems(problems, sys.stdout)
            say(_verdict(str(path), problems, size))
    if form is Form.json:
        pour(as_json({"stackaudit_problems": 1, "valid": codes == {DONE}, "inventories": reports}))
    return max(codes)


def _size(tools: int, integrations: int) -> str:
    from stackaudit.cli.problems import counted

    return f"{counted(tools, 'tool')}, {counted(integrations, 'integration')}"


def _verdict(path: str, problems: list, size: str) -> str:  # type: ignore[type-arg]
    from stackaudit.cli.problems import counted

    errors = sum(1 for problem in problems if problem.level == "error")
    warnings = len(problems) - errors
    found = [counted(errors, "error")] if errors else []
    found += [counted(warnings, "warning")] if warnings else []
    head = f"{path}: {' and '.join(found) or 'no problems'}"
    return f"{head}; {size}" if size else head
