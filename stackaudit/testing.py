"""Helpers for authors of checks: a stack from a few lines of YAML, and one check run on it.

A test of a check is an inventory that a person can read and what must be found in it:

    >>> from stackaudit.checks.unowned import Unowned
    >>> from stackaudit.testing import keys, run_check
    >>> outcome = run_check(Unowned, '''
    ... stackaudit: 1
    ... company: {name: Example}
    ... tools:
    ...   - {name: Mailer, owner: none}
    ...   - {name: Shop, owner: Mia Chen}
    ... ''')
    >>> keys(outcome)
    {'mailer': 'confirmed'}
    >>> outcome.examined
    2

The inventory may be a mapping instead of text. Nothing is read from disk and no clock is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import yaml

from stackaudit.audit import audit
from stackaudit.audit.engine import broken_promise, status_of
from stackaudit.catalogue.load import load_catalogue
from stackaudit.check import Check, Outcome
from stackaudit.graph import Stack, build_stack
from stackaudit.inventory.load import parse_inventory
from stackaudit.registry import Registered, Registry
from stackaudit.resolve import Resolved, resolve
from stackaudit.result import AuditResult
from stackaudit.source.problems import InputError, has_errors

__all__ = [
    "DAY",
    "audit_with",
    "keys",
    "make_resolved",
    "make_stack",
    "questions",
    "run_check",
    "status_of",
]

DAY: Final = date(2026, 11, 1)
"""The day of the audit where neither the caller nor the inventory says one."""

InventoryLike = str | Mapping[str, Any]


def make_resolved(inventory: InventoryLike) -> Resolved:
    """Return an inventory, given as YAML text or as a mapping, bound to the built-in catalogue.

    Raises :class:`~stackaudit.source.problems.InputError` when the inventory has an error; the
    message of the exception lists every problem with its line.
    """
    text = inventory if isinstance(inventory, str) else _as_text(inventory)
    loaded = parse_inventory(text)
    problems = list(loaded.problems)
    if loaded.inventory is None and loaded.rest is None:
        raise _refused(problems)
    resolved = resolve(loaded, load_catalogue(), problems)
    if has_errors(problems):
        raise _refused(problems)
    return resolved


def make_stack(inventory: InventoryLike, as_of: date | str | None = None) -> Stack:
    """Return the stack of an inventory on a day.

    Parameters
    ----------
    inventory
        YAML text, or a mapping with the same keys.
    as_of
        The day, also as ``YYYY-MM-DD``; the inventory's own ``as_of`` when left out, else `DAY`.

    Raises :class:`~stackaudit.source.problems.InputError` when the inventory has an error.
    """
    resolved = make_resolved(inventory)
    return build_stack(resolved, _day(resolved, as_of))


def run_check(
    check: Check | type[Check], inventory: InventoryLike, as_of: date | str | None = None
) -> Outcome:
    """Return what a check says of an inventory, after holding it to what every check promises.

    Parameters
    ----------
    check
        A check, or its class when the usual thresholds will do.
    inventory, as_of
        As for :func:`make_stack`.

    Raises ``AssertionError`` when the outcome is one that an audit would refuse (two findings with
    one key, a finding without evidence), and whatever the check itself raises: an audit would
    report that as an error of the check.
    """
    made = check() if isinstance(check, type) else check
    outcome = made.run(make_stack(inventory, as_of))
    problem = broken_promise(made, outcome)
    if problem:
        raise AssertionError(f"{made.id}: {problem}")
    return outcome


def audit_with(
    check: Check | type[Check], inventory: InventoryLike, as_of: date | str | None = None
) -> AuditResult:
    """Return the result of an audit that has this one check: its findings as a reader gets them.

    Takes what :func:`run_check` takes. A check that raises is an error in the result.
    """
    made = check() if isinstance(check, type) else check
    resolved = make_resolved(inventory)
    registry = Registry((Registered(made, "tests"),), ())
    return audit(resolved, _day(resolved, as_of), "option", registry=registry)


def keys(outcome: Outcome) -> dict[str, str]:
    """Return key → confidence of what was found."""
    return {finding.key: finding.confidence for finding in outcome.findings}


def questions(outcome: Outcome) -> set[str]:
    """Return the ids of the questions that were asked."""
    return {question.id for question in outcome.unknown}


def _day(resolved: Resolved, as_of: date | str | None) -> date:
    if isinstance(as_of, str):
        return date.fromisoformat(as_of)
    return as_of or resolved.inventory.company.as_of or DAY


def _as_text(inventory: Mapping[str, Any]) -> str:
    text: str = yaml.safe_dump(dict(inventory), sort_keys=False, allow_unicode=True)
    return text


def _refused(problems: list[Any]) -> InputError:
    error = InputError(problems)
    for problem in error.problems:
        error.add_note(str(problem))
    return error
