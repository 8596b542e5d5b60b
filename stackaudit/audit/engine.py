"""Run checks one by one; a check that raises is an error and never a pass."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from stackaudit.check import Check, Outcome
from stackaudit.graph import Stack
from stackaudit.registry import Registered, Registry
from stackaudit.result import CheckResult, CheckStatus, Finding, Question


def run_checks(
    stack: Stack, registry: Registry, only: Sequence[str] | None = None
) -> tuple[list[CheckResult], list[Finding], list[Question]]:
    """Return what every check did, all findings, and the questions, each asked once.

    Raises ``ValueError`` when `only` names a check that does not exist.
    """
    chosen = registry.checks
    if only is not None:
        unknown = sorted(set(only) - {r.check.id for r in registry.checks})
        if unknown:
            raise ValueError(f"there is no check {', '.join(unknown)}")
        chosen = tuple(r for r in registry.checks if r.check.id in only)
    results: list[CheckResult] = []
    findings: list[Finding] = []
    questions: list[Question] = []
    profile = stack.resolved.profile
    changes = profile.thresholds if profile is not None else {}
    for registered in chosen:
        result, outcome = run_one(stack, adjusted(registered, changes))
        results.append(result)
        findings.extend(outcome.findings)
        questions.extend(outcome.unknown)
    results.extend(
        CheckResult(
            id=failed.name,
            title="A package of checks that could not be loaded",
            category="gaps",
            status="error",
            examined=0,
            error=failed.error,
            origin=failed.name,
        )
        for failed in registry.failed
    )
    return results, findings, merge_questions(questions)


def adjusted(registered: Registered, changes: Mapping[str, Mapping[str, float]]) -> Registered:
    """Return a check with the thresholds that a profile changes; unknown names change nothing."""
    mine = changes.get(registered.check.id, {})
    fields = {
        f.name: getattr(registered.check, f.name) for f in dataclasses.fields(registered.check)
    }
    wanted = {name: type(fields[name])(value) for name, value in mine.items() if name in fields}
    if not wanted:
        return registered
    return Registered(dataclasses.replace(registered.check, **wanted), registered.origin)


def changed_rules(stack: Stack, registry: Registry) -> list[str]:
    """Return in words what the profile changes of thresholds and weights, or names wrongly."""
    profile = stack.resolved.profile
    if profile is None:
        return []
    known = {r.check.id: r.check for r in registry.checks}
    lines = []
    for check, values in sorted(profile.thresholds.items()):
        for name, value in sorted(values.items()):
            usual = known[check].thresholds().get(name) if check in known else None
            lines.append(
                f"{check}: {name} is {value:g} instead of {usual:g}"
                if isinstance(usual, int | float)
                else f"{check}: there is no threshold {name}; it changes nothing"
            )
    lines += [f"weight of {name}: {value:g}" for name, value in sorted(profile.weights.items())]
    return lines


def run_one(stack: Stack, registered: Registered) -> tuple[CheckResult, Outcome]:
    """Return what one check did; what raises or breaks a promise is an error without findings."""
    check = registered.check
    error = ""
    try:
        outcome = check.run(stack)
        error = broken_promise(check, outcome)
    except Exception as raised:  # noqa: BLE001 - a check may raise anything; the audit goes on and says so
        error = f"{type(raised).__name__}: {raised}"
    if error:
        outcome = Outcome(0)
    page = check.page()
    return (
        CheckResult(
            id=check.id,
            title=check.title,
            category=check.category,
            status="error" if error else status_of(outcome),
            examined=outcome.examined,
            examined_what=check.examined_what,
            confirmed=sum(1 for f in outcome.findings if f.confidence == "confirmed"),
            possible=sum(1 for f in outcome.findings if f.confidence == "possible"),
            unknown=len(outcome.unknown),
            thresholds=check.thresholds(),
            summary=_one_line(page["summary"]),
            why=_one_line(page.get("Why it matters", "")),
            false_positives=_one_line(page.get("Known false positives", "")),
            error=error,
            origin=registered.origin,
        ),
        outcome,
    )


def status_of(outcome: Outcome) -> CheckStatus:
    """Return the status.

    Findings → fail, examined → pass, only unknowns → unknown, nothing → not-applicable.
    """
    if outcome.findings:
        return "fail"
    if outcome.examined:
        return "pass"
    return "unknown" if outcome.unknown else "not-applicable"


def broken_promise(check: Check, outcome: Outcome) -> str:
    """Return what an outcome breaks: two findings with one key, or findings of another check."""
    seen: set[str] = set()
    for finding in outcome.findings:
        if finding.key in seen:
            return f"two findings have the key {finding.key!r}"
        if finding.check != check.id:
            return f"a finding belongs to the check {finding.check!r}"
        if not finding.evidence:
            return f"the finding {finding.key!r} has no evidence"
        seen.add(finding.key)
    return ""


def merge_questions(questions: Sequence[Question]) -> list[Question]:
    """Return every question once, what its answers settle joined, the weightiest first."""
    merged: dict[str, Question] = {}
    for question in questions:
        known = merged.get(question.id)
        if known is None:
            merged[question.id] = question
            continue
        subjects = {(s.kind, s.id): s for s in (*known.subjects, *question.subjects)}
        merged[question.id] = known.model_copy(
            update={
                "settles": sorted({*known.settles, *question.settles}),
                "subjects": [subjects[k] for k in sorted(subjects)],
                "weight": known.weight + question.weight,
                "fills": sorted({*known.fills, *question.fills}),
            }
        )
    return sorted(merged.values(), key=lambda q: (-q.weight, q.id))


def _one_line(text: str) -> str:
    return " ".join(text.split())
