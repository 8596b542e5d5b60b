"""Scores per area: the share of what was examined that is sound, weighted by importance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stackaudit.result import CATEGORIES, AreaScore, Category, CheckResult, Finding, Severity

WEIGHTS: Final[Mapping[str, float]] = {"high": 3, "medium": 2, "low": 1, "info": 0}
"""How much a check counts, by the gravest severity it can find; a profile may change them."""

KNOWN_SHARE: Final = 0.5
"""An area has a score only where at least this share of its judgements could be made."""

LEAST_COMPLETE: Final = 25
"""Percent of the inventory that must be filled in before any score means something."""

FORMULA: Final = (
    "100 x sum(weight x (examined - unsound) / examined) / sum(weight), "
    "over the checks of the area that examined something; "
    "unsound: things with a confirmed, open finding above information. "
    "The lower end counts possible findings as true."
)


def area_scores(
    checks: Sequence[CheckResult],
    severities: Mapping[str, Severity],
    findings: Sequence[Finding],
    weights: Mapping[str, float] = WEIGHTS,
    completeness: int | None = 100,
) -> list[AreaScore]:
    """Return a score for every area, or why it has none.

    Parameters
    ----------
    checks
        What every check did.
    severities
        Check id → the severity it can reach; checks of plug-ins that failed to load have none.
    findings
        All findings; accepted ones count as sound, information never lowers a score.
    weights
        Severity → weight.
    completeness
        Percent of the inventory that is filled in; below :data:`LEAST_COMPLETE` there is no score.
    """
    if completeness is None or completeness < LEAST_COMPLETE:
        why = f"no score: only {completeness or 0} percent of the inventory is filled in"
        return [
            AreaScore(category=c, low=None, high=None, why=why, formula=FORMULA) for c in CATEGORIES
        ]
    return [_area(category, checks, severities, findings, weights) for category in CATEGORIES]


def _area(
    category: Category,
    checks: Sequence[CheckResult],
    severities: Mapping[str, Severity],
    findings: Sequence[Finding],
    weights: Mapping[str, float],
) -> AreaScore:
    mine = [c for c in checks if c.category == category and c.status != "not-applicable"]
    broken = [c for c in mine if c.status == "error"]
    if broken:
        why = f"no score: {', '.join(c.id for c in broken)} could not run"
        return AreaScore(category=category, low=None, high=None, why=why, formula=FORMULA)
    judged = [c for c in mine if c.examined]
    examined = sum(c.examined for c in judged)
    unknown = sum(c.unknown for c in mine)
    if not judged:
        return AreaScore(
            category=category,
            low=None,
            high=None,
            why="no score: nothing in this area could be examined",
            formula=FORMULA,
        )
    unsure = [c for c in mine if not c.examined]
    known = sum(_weight(c, severities, weights) for c in judged)
    whole = known + sum(_weight(c, severities, weights) for c in unsure)
    if not whole or known / whole < KNOWN_SHARE:
        return AreaScore(
            category=category,
            low=None,
            high=None,
            examined=examined,
            unknown=unknown,
            why="no score: too little is known to judge this area",
            formula=FORMULA,
        )
    score = AreaScore(
        category=category,
        low=None,
        high=None,
        examined=examined,
        unknown=unknown,
        weights={c.id: _weight(c, severities, weights) for c in judged},
        formula=FORMULA,
    )
    return scored(score, judged, findings)


def scored(
    score: AreaScore, checks: Sequence[CheckResult], findings: Sequence[Finding]
) -> AreaScore:
    """Return an area's score with its two ends counted, by the weights it names."""
    judged = [c for c in checks if c.id in score.weights]
    sure, perhaps = _unsound(findings, "confirmed"), _unsound(findings, "possible")
    both = {c.id: sure.get(c.id, 0) + perhaps.get(c.id, 0) for c in judged}
    ends = {"low": _mean(judged, score.weights, both), "high": _mean(judged, score.weights, sure)}
    return score.model_copy(update=ends)


def _weight(
    check: CheckResult, severities: Mapping[str, Severity], weights: Mapping[str, float]
) -> float:
    return weights[severities.get(check.id, "medium")]


def _unsound(findings: Sequence[Finding], confidence: str) -> dict[str, int]:
    count: dict[str, int] = {}
    for finding in findings:
        is_open = finding.accepted is None or finding.accepted.lapsed
        if is_open and finding.severity != "info" and finding.confidence == confidence:
            count[finding.check] = count.get(finding.check, 0) + 1
    return count


def _mean(
    judged: Sequence[CheckResult], weights: Mapping[str, float], unsound: Mapping[str, int]
) -> int | None:
    total = sum(weights[c.id] for c in judged)
    if not total:
        return None
    share = sum(
        weights[c.id] * (1 - min(c.examined, unsound.get(c.id, 0)) / c.examined) for c in judged
    )
    return round(100 * share / total)
