"""The documentation page of a check, from its docstring: on the terminal and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stackaudit.cli.terminal import BOLD, paint, say

if TYPE_CHECKING:
    from stackaudit.check import Check

GENERATED: Final = "A page for each check, made by `stackaudit checks --docs docs/checks` from it."


def print_page(check: Check) -> None:
    """Print the page of a check."""
    parts = check.page()
    say(f"{paint(check.id, BOLD)}: {check.title}")
    say(f"{check.category}, {check.severity} at most{_thresholds(check)}")
    say()
    say(parts.pop("summary"))
    for heading, text in parts.items():
        say()
        say(paint(heading, BOLD))
        say(textwrap.indent(text, "  "))


def _thresholds(check: Check) -> str:
    values = check.thresholds()
    if not values:
        return ""
    return "; " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items())


def markdown(check: Check) -> str:
    """Return the page of a check as Markdown."""
    parts = check.page()
    lines = [
        f"# {check.id}",
        "",
        f"**{check.title}** · {check.category} · {check.severity} at most",
        "",
        parts.pop("summary"),
    ]
    for heading, text in parts.items():
        lines += ["", f"## {heading}", "", text]
    values = check.thresholds()
    if values:
        lines += ["", "## Thresholds", ""]
        lines += [f"- `{name}`: {value}" for name, value in values.items()]
    return "\n".join(lines) + "\n"


def markdown_index(checks: Sequence[Check]) -> str:
    """Return the list of all pages as Markdown."""
    lines = [
        "# The checks",
        "",
        GENERATED,
        "",
        "| check | area | severity | what it finds |",
        "|---|---|---|---|",
    ]
    for check in checks:
        summary = " ".join(check.page()["summary"].split())
        lines.append(
            f"| [{check.id}]({check.id}.md) | {check.category} | {check.severity} | {summary} |"
        )
    return "\n".join(lines) + "\n"


def all_pages(folder: Path, checks: Sequence[Check]) -> dict[Path, str]:
    """Return every page's file and text."""
    pages = {folder / "README.md": markdown_index(checks)}
    return pages | {folder / f"{check.id}.md": markdown(check) for check in checks}
