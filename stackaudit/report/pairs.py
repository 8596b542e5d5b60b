"""Before and after as paired bars: one scale for both, the older one pale, the newer one full."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, log10
from typing import Final

from markupsafe import Markup

from stackaudit.report.both import Both
from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.svg import Svg, fit, width
from stackaudit.report.tables import Cell, Table
from stackaudit.result import CATEGORIES, SEVERITIES, AreaScore

LEFT: Final = 240.0
"""Room for the names, at most."""
BAR: Final = 320.0
THICK: Final = 14.0
STEP: Final = 44.0
TOP: Final = 22.0
COUNTED: Final = tuple(s for s in SEVERITIES if s != "info")


@dataclass(frozen=True)
class Pair:
    """A picture of both results, its sentence and its table."""

    id: str
    title: Markup
    reading: Markup
    label: Markup
    picture: Markup | None
    legend: list[tuple[str, Markup]]
    table: Table
    warning: Markup | None = None


@dataclass(frozen=True)
class Bar:
    """One bar: how long it surely is, how long at most, or its parts; and what stands behind it."""

    low: float
    high: float
    text: str
    parts: list[tuple[str, float]] = field(default_factory=list)


def bars(label: str, rows: list[tuple[str, Bar | None, Bar | None]], top: float, b: Both) -> Markup:
    """Draw two bars a row on one scale from nought to `top`; None is said, not drawn as nought."""
    ticks = scale(top)
    most = ticks[-1]
    high = TOP + STEP * len(rows) + 6
    left = min(LEFT, 14 + max(width(what, 12.5) for what, *_ in rows))
    shown = [bar for _, *both in rows for bar in both if bar is not None]
    ends = [BAR * bar.high / most + width(bar.text, 12) + 8 for bar in shown]
    svg = Svg(left + max([*ends, BAR + 22]), high, label, "pic paired")
    for tick in ticks:
        x = left + BAR * tick / most
        svg.line(x, TOP - 4, x, high - 4, "tick")
        svg.text(x, TOP - 9, b.w.number(tick), "ax mid")
    for i, (what, before, after) in enumerate(rows):
        y = TOP + i * STEP + 4
        svg.text(left - 10, y + 20, fit(what, 12.5, left - 10), "lab end", title=what)
        for bar, css, at in ((before, "was", y), (after, "now", y + THICK + 2)):
            if bar is None:
                svg.text(left + 4, at + 11, b.w.plain("cmp.unknown"), "note")
            else:
                _bar(svg, bar, css, left, at, most)
    return svg.done()


def _bar(svg: Svg, bar: Bar, css: str, left: float, y: float, most: float) -> None:
    long = BAR * bar.high / most
    x = left
    if bar.parts:
        for severity, count in bar.parts:
            wide = BAR * count / most
            if wide <= 0:
                continue
            svg.rect(x, y, max(wide - 1, 1), THICK, f"s {severity} {css}")
            text = f"{count:.0f}"
            if wide > width(text, 11) + 4:
                svg.text(x + wide / 2, y + 11, text, f"in {severity} {css}")
            x += wide
    else:
        sure = BAR * bar.low / most
        svg.rect(x, y, sure, THICK, css)
        if bar.high > bar.low:
            svg.rect(x + sure, y, long - sure, THICK, f"{css} maybe")
    svg.text(left + long + 6, y + 11, bar.text, f"val {css}")


def scale(top: float) -> list[float]:
    """Return the ticks of an axis that begins at nought and holds `top`: round, at most six."""
    if top <= 0:
        return [0.0, 1.0]
    size = 10.0 ** floor(log10(top))
    step = next(k * size for k in (0.1, 0.2, 0.25, 0.5, 1, 2) if top <= 5 * k * size)
    step = max(step, 1.0)
    count = int(-(-top // step))
    return [step * i for i in range(count + 1)]


def legend(b: Both) -> list[tuple[str, Markup]]:
    """Return which bar is which day."""
    before, after = b.days
    return [("was", b.w("cmp.was", day=before)), ("now", b.w("cmp.now", day=after))]


def scores(b: Both) -> Pair | None:
    """Return the scores of both, or None where neither result has any."""
    w = b.w
    before, after = ({s.category: s for s in c.result.scores} for c in b.contexts)
    if not before and not after:
        return None
    rules = b.comparison.rules
    moves: list[tuple[str, int]] = []
    rows: list[tuple[Cell, ...]] = []
    drawn: list[tuple[str, Bar | None, Bar | None]] = []
    for category in CATEGORIES:
        was, now = before.get(category), after.get(category)
        if was is None and now is None:
            continue
        area = w.plain(f"area.{category}")
        change: Cell = w("cmp.not-comparable")
        if not rules:
            change = _score_step(b, was, now)
            if was and now and was.low is not None and now.low is not None:
                moves.append((area, now.low - was.low))
        rows.append((area, _score(b, was), _score(b, now), change))
        drawn.append((area, _score_bar(b, was), _score_bar(b, now)))
    better, worse = (sum(1 for _, m in moves if m * sign > 0) for sign in (1, -1))
    known = any(bar for _, *both in drawn for bar in both)
    if not known:
        title = w("cmp.scores.title.none")
    elif rules:
        title = w("cmp.scores.title.rules")
    elif better or worse:
        title = w(
            "cmp.scores.title", up=w("cmp.scores.up", n=better), down=w("cmp.scores.down", n=worse)
        )
    else:
        title = w("cmp.scores.title.same")
    labels = [w(f"cmp.col.{k}") for k in ("area", "before", "after", "change")]
    numeric = frozenset({1, 2, 3})
    return Pair(
        "scores",
        title,
        w("cmp.scores.reading"),
        w("cmp.scores.label"),
        bars(w.plain("cmp.scores.label"), drawn, 100, b) if known and not rules else None,
        legend(b) if known and not rules else [],
        Table("scores-table", w("cmp.scores.label"), labels, rows, numeric=numeric),
        w("cmp.scores.rules") if rules else None,
    )


def _score(b: Both, score: AreaScore | None) -> str:
    if score is None or score.low is None:
        return b.w.plain("cmp.unknown")
    high = score.low if score.high is None else score.high
    return str(score.low) if score.low == high else f"{score.low}–{high}"


def _score_bar(b: Both, score: AreaScore | None) -> Bar | None:
    if score is None or score.low is None:
        return None
    high = score.low if score.high is None else score.high
    return Bar(score.low, high, _score(b, score))


def _score_step(b: Both, was: AreaScore | None, now: AreaScore | None) -> Markup:
    if was is None or now is None or was.low is None or now.low is None:
        return b.w("cmp.not-comparable")
    low = now.low - was.low
    high = (now.high or 0) - (was.high or 0)
    return b.span(low, high, b.step)


def severities(b: Both) -> Pair | None:
    """Return the open findings of both by area and severity, or None where there are none."""
    w = b.w
    rows: list[tuple[Cell, ...]] = []
    drawn: list[tuple[str, Bar | None, Bar | None]] = []
    totals = [len(c.problems) for c in b.contexts]
    if not any(totals):
        return None
    for category in CATEGORIES:
        both = [_severities(c, category) for c in b.contexts]
        if not any(sum(counts) for counts in both):
            continue
        area = w.plain(f"area.{category}")
        before, after = (_stack(b, counts) for counts in both)
        rows.append((area, *both[0], *both[1], b.step(sum(both[1]) - sum(both[0]))))
        drawn.append((area, before, after))
    top = max(bar.high for _, *both2 in drawn for bar in both2 if bar is not None)
    labels = [
        w("cmp.col.area"),
        *(
            w(f"cmp.col.{when}.severity", severity=w(f"severity.{s}"))
            for when in ("before", "after")
            for s in COUNTED
        ),
        w("cmp.col.change"),
    ]
    title = w(
        "cmp.severities.title",
        was=w.fact("open-before", totals[0]),
        now=w.fact("open-after", totals[1]),
        before=b.days[0],
        after=b.days[1],
    )
    return Pair(
        "severities",
        title,
        w("cmp.severities.reading"),
        w("cmp.severities.label"),
        bars(w.plain("cmp.severities.label"), drawn, top, b),
        [*legend(b), *((f"s {s}", w(f"severity.{s}")) for s in COUNTED)],
        Table(
            "severities-table",
            w("cmp.severities.label"),
            labels,
            rows,
            numeric=frozenset(range(1, 8)),
        ),
        w("cmp.severities.rules") if b.comparison.rules else None,
    )


def _severities(c: Context, category: str) -> list[int]:
    mine = [f.severity for f in c.problems if f.category == category]
    return [mine.count(s) for s in COUNTED]


def _stack(b: Both, counts: list[int]) -> Bar:
    total = sum(counts)
    parts: list[tuple[str, float]] = [(s, float(n)) for s, n in zip(COUNTED, counts, strict=True)]
    return Bar(total, total, b.w.number(total), parts)


def spend(b: Both) -> Pair | None:
    """Return the known cost of both by area, or None where neither result knows any."""
    w = b.w
    before, after = (c.result.spend.by_domain for c in b.contexts)
    areas = [a for a in b.domains() if a in before or a in after]
    areas += sorted((before.keys() | after.keys()) - set(areas))
    if not areas:
        return None
    areas.sort(key=lambda a: -max(m.high for m in (before.get(a), after.get(a)) if m))
    rows: list[tuple[Cell, ...]] = []
    drawn: list[tuple[str, Bar | None, Bar | None]] = []
    for area in areas:
        was, now = before.get(area), after.get(area)
        change: Cell = w("cmp.not-comparable")
        if b.same_currency and was and now:
            change = b.span(now.low - was.low, now.high - was.high, b.money_step)
        texts = [c.money(m) if m else "" for c, m in zip(b.contexts, (was, now), strict=True)]
        label = b.domain(area)
        shown = [text or w("cmp.unknown") for text in texts]
        rows.append((name(label), *shown, change))
        drawn.append(
            (
                label,
                Bar(was.low, was.high, texts[0]) if was else None,
                Bar(now.low, now.high, texts[1]) if now else None,
            )
        )
    labels = [w(f"cmp.col.{k}") for k in ("area", "before", "after", "change")]
    picture = None
    if b.same_currency:
        top = max(bar.high for _, *both in drawn for bar in both if bar is not None)
        picture = bars(w.plain("cmp.spend.label"), drawn, top, b)
    return Pair(
        "spend",
        w("cmp.spend.label"),
        w("cmp.spend.reading"),
        w("cmp.spend.label"),
        picture,
        legend(b) if picture else [],
        Table("spend-table", w("cmp.spend.label"), labels, rows, numeric=frozenset({1, 2, 3})),
        None if b.same_currency else w("cmp.spend.currency"),
    )
