"""Which rules differ between two audits: the version, the profile, the checks, their limits."""

from __future__ import annotations

from stackaudit.result import AuditResult, CheckResult, Finding

ON_LISTS = ("undeclared-tool", "unseen-tool")
"""Checks that judge by lists of others: without the list they say neither yes nor no."""


def differing_rules(old: AuditResult, new: AuditResult) -> list[str]:
    """Return in words which rules differ, the widest first."""
    lines = [*whole_rules(old, new)]
    before, after = ({c.id: c for c in result.checks} for result in (old, new))
    for name in sorted(before.keys() | after.keys()):
        lines += check_rules(name, before.get(name), after.get(name))
    return lines


def whole_rules(old: AuditResult, new: AuditResult) -> list[str]:
    """Return in words which rules of the whole audit differ: the profile, the version, weights."""
    lines = []
    if old.company.profile != new.company.profile:
        was, now = (r.company.profile_name or r.company.profile or "none" for r in (old, new))
        lines.append(f"the profile was {was}, is {now}")
    if old.version != new.version:
        lines.append(f"the version of stackaudit was {old.version}, is {new.version}")
    gone, came = set(old.changed) - set(new.changed), set(new.changed) - set(old.changed)
    lines += [f"no longer set by the profile: {line}" for line in sorted(gone)]
    lines += [f"now set by the profile: {line}" for line in sorted(came)]
    return lines


def check_rules(name: str, old: CheckResult | None, new: CheckResult | None) -> list[str]:
    """Return in words what differs of one check: whether it ran, and its limits."""
    if old is None:
        return [f"the check {name} was not run before"]
    if new is None:
        return [f"the check {name} was not run this time"]
    lines = []
    if (old.status == "error") != (new.status == "error"):
        when = "this time" if new.status == "error" else "before"
        lines.append(f"the check {name} failed {when} and said nothing")
    for key in sorted(old.thresholds.keys() | new.thresholds.keys()):
        was, now = (check.thresholds.get(key, "not set") for check in (old, new))
        if was != now:
            lines.append(f"{name}: {key.replace('_', ' ')} was {was}, is {now}")
    return lines


def unjudged(finding: Finding, result: AuditResult) -> str:
    """Return in a sentence why a result says neither yes nor no to a finding; empty: it judged."""
    check = next((c for c in result.checks if c.id == finding.check), None)
    if check is None:
        return f"The check {finding.check} was not run."
    if check.status == "error":
        return f"The check {finding.check} failed."
    if check.status == "unknown":
        return f"The check {finding.check} knew too little to judge anything."
    shown = finding.details.get("lists") if finding.check in ON_LISTS else None
    here = {one.name for one in result.observed.lists} if result.observed else set()
    if shown and here.isdisjoint(shown):
        return f"It was seen on a list that this audit did not have: {shown[0]}."
    subjects = {(s.kind, s.id) for s in finding.subjects}
    for question in result.questions:
        if finding.id in question.settles or (
            finding.check in question.settles
            and not subjects.isdisjoint((s.kind, s.id) for s in question.subjects)
        ):
            return f"It hangs on an open question: {question.text}"
    return ""
