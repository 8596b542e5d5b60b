"""A filled-in interview sheet: which answers it holds, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stackaudit.interview import MARK, SHEET, quoted
from stackaudit.source.problems import InputError, Mark, Problem, has_errors
from stackaudit.source.tree import Map, read_tree


@dataclass(frozen=True)
class Answer:
    """One value that somebody filled in."""

    fill: str
    """Where it belongs: ``tools/ID/KEY`` and the like, as :class:`Question.fills` says."""
    value: Any
    """What was written: a text, a list or a mapping."""
    answers: Map
    """The mapping it stands in."""

    @property
    def mark(self) -> Mark:
        """Return where the answer stands in the sheet."""
        return self.answers.mark_of(self.fill)

    @property
    def shown(self) -> str:
        """Return the answer as it can be shown on a line."""
        return self.value if isinstance(self.value, str) else flow(self.value)

    def problem(self, code: str, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """Return a problem at the answer, or at the key in front of it."""
        source = self.answers.source
        at = self.answers.at_of_key(self.fill) if key else self.answers.at_of(self.fill)
        return source.problem(code, at, message, hint)


def read_sheet(data: bytes | str, name: str) -> tuple[list[Answer], int]:
    """Return the answers of a sheet in its order, and how many are left empty.

    Raises :class:`~stackaudit.source.problems.InputError` with every problem of the sheet.
    """
    tree, problems = read_tree(data, name)
    if has_errors(problems):
        raise InputError(problems)
    hint = "stackaudit questions INVENTORY -o sheet.yaml writes one"
    if not isinstance(tree, Map) or MARK not in tree:
        start = Mark(name, 1, 1)
        raise InputError([Problem("E221", f"this is no sheet (it has no `{MARK}`)", start, hint)])
    if tree[MARK] != str(SHEET):
        message = f"this release reads sheets of version {SHEET}, not {tree[MARK]}"
        raise InputError([tree.problem("E221", MARK, message, "update stackaudit")])
    answers = tree.get("answers")
    if answers is not None and not isinstance(answers, Map):
        message = "`answers` is a mapping: a place, a colon, and the answer"
        raise InputError([tree.problem("E221", "answers", message, hint)])
    # What looks like a secret has been masked: it must not be written anywhere.
    secrets = [
        Problem("E223", "this looks like a secret", p.mark, "take it out, and change the secret")
        for p in problems
        if p.code == "W003"
    ]
    if secrets:
        raise InputError(secrets)
    found = answers if answers is not None else {}
    filled = [
        Answer(fill, value, answers)
        for fill, value in found.items()
        if answers is not None and not _empty(value)
    ]
    return filled, len(found) - len(filled)


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def flow(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return "" if value is None else quoted(str(value))
