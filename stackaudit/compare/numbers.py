"""The numbers of two audits side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.compare.model import Measure
from stackaudit.result import CATEGORIES, AuditResult, Money

_ANSWERS: Final = {
    "support-integrated": "needed flows that run by themselves",
    "activities-analysed": "capabilities and processes reviewed",
    "technologies-examined": "technologies examined",
}


def measures(old: AuditResult, new: AuditResult, rules: Sequence[str]) -> list[Measure]:
    """Return the movement of the audit's numbers; what rests on other rules is not comparable."""
    moved = [
        _count("tools", "tools in use", *(sum(t.in_use for t in r.tools) for r in (old, new))),
        _count(
            "integrations",
            "live integrations",
            *(sum(f.live for f in r.integrations) for r in (old, new)),
        ),
        *_answers(old, new),
        *(
            _count(f"findings-{name}", label, *(_findings(r, name) for r in (old, new)))
            for name, label in (
                ("high", "confirmed findings of high severity"),
                ("confirmed", "confirmed findings"),
                ("possible", "possible findings"),
                ("accepted", "accepted findings"),
            )
        ),
        _money("spend", "known cost a year", old, new, old.spend.total, new.spend.total),
        _money("saving", "could be freed a year", old, new, _funds(old), _funds(new)),
        _count("questions", "open questions", len(old.questions), len(new.questions)),
        _count("not-judged", "checks that said nothing", _silent(old), _silent(new)),
    ]
    if old.quality is not None and new.quality is not None:
        moved.append(
            Measure(
                id="completeness",
                label="completeness of the inventory",
                unit="percent",
                before=old.quality.completeness,
                after=new.quality.completeness,
            )
        )
    return [*moved, *_scores(old, new, rules)]


def _count(identity: str, label: str, before: int, after: int) -> Measure:
    return Measure(id=identity, label=label, before=before, after=after)


def _answers(old: AuditResult, new: AuditResult) -> list[Measure]:
    before, after = ({a.id: a for a in result.answers} for result in (old, new))
    profile = old.company.profile == new.company.profile
    return [
        Measure(
            id=name,
            label=label,
            before=before[name].done,
            after=after[name].done,
            before_of=before[name].of,
            after_of=after[name].of,
            comparable=profile,
            why_not="" if profile else "the profile, and with it what is needed, is another",
        )
        for name, label in _ANSWERS.items()
        if name in before and name in after
    ]


def _findings(result: AuditResult, which: str) -> int:
    accepted = [f for f in result.findings if f.accepted and not f.accepted.lapsed]
    if which == "accepted":
        return len(accepted)
    live = [
        f
        for f in result.findings
        if f.severity != "info" and (f.accepted is None or f.accepted.lapsed)
    ]
    if which == "possible":
        return sum(1 for f in live if f.confidence == "possible")
    sure = [f for f in live if f.confidence == "confirmed"]
    return sum(1 for f in sure if f.severity == "high") if which == "high" else len(sure)


def _silent(result: AuditResult) -> int:
    return sum(1 for check in result.checks if check.status in ("error", "unknown"))


def _funds(result: AuditResult) -> Money | None:
    funds = result.funds
    return None if funds is None else Money(low=funds.low, high=funds.high, basis="")


def _money(
    identity: str,
    label: str,
    old: AuditResult,
    new: AuditResult,
    before: Money | None,
    after: Money | None,
) -> Measure:
    same = old.company.currency == new.company.currency
    spend = identity == "spend"
    return Measure(
        id=identity,
        label=label,
        unit="money",
        before=before.low if before else None,
        before_high=before.high if before else None,
        after=after.low if after else None,
        after_high=after.high if after else None,
        before_of=old.spend.known_for if spend else None,
        after_of=new.spend.known_for if spend else None,
        comparable=same,
        why_not="" if same else "the currency is another",
    )


def _scores(old: AuditResult, new: AuditResult, rules: Sequence[str]) -> list[Measure]:
    before, after = ({s.category: s for s in result.scores} for result in (old, new))
    return [
        Measure(
            id=f"score-{category}",
            label=f"score of {category}",
            unit="percent",
            before=before[category].low,
            before_high=before[category].high,
            after=after[category].low,
            after_high=after[category].high,
            comparable=not rules,
            why_not="the rules are others" if rules else "",
        )
        for category in CATEGORIES
        if category in before and category in after
    ]
