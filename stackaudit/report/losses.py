"""Losses: which needed flows stop when one tool, vendor or integration fails, and who is alone."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.svg import Svg, fit
from stackaudit.report.tables import Table
from stackaudit.result import Fall

BARS = 10
"""Losses drawn, the widest first; all are in the table."""


@dataclass(frozen=True)
class Losses:
    """What falls, as bars and as a table, and what one person keeps alone."""

    title: Markup | None
    reading: Markup | None
    bars: Markup | None
    table: Table | None
    keepers_title: Markup | None
    keepers: Table | None


def losses(c: Context) -> Losses | None:
    """Return the losses, or None where nothing falls and nobody keeps anything alone."""
    things = [f for f in c.result.falls if f.kind != "person" and f.falls]
    people = sorted(
        (f for f in c.result.falls if f.kind == "person" and f.keeps),
        key=lambda f: (-len(f.keeps), f.name),
    )
    if not things and not people:
        return None
    title = reading = bars = table = keepers_title = keepers = None
    if things:
        worst = things[0]
        title = c.w(
            f"losses.title.{worst.kind}",
            what=name(_label(c, worst)),
            n=c.count("flows-fall", len(worst.falls)),
        )
        if worst.must:
            every = worst.must == len(worst.falls)
            must = c.count("flows-fall-must", worst.must)
            title += c.w("losses.must.all" if every else "losses.must", n=must)
        reading = c.w("losses.reading")
        bars = _bars(c, things[:BARS])
        rows = [
            (
                name(_label(c, f)),
                c.w(f"losses.kind.{f.kind}"),
                len(f.falls),
                f.must,
                f.between,
            )
            for f in things
        ]
        labels = [c.w(f"losses.col.{k}") for k in ("what", "kind", "falls", "must", "between")]
        table = Table(
            "loss-table",
            c.w("losses.table"),
            labels,
            rows,
            numeric=frozenset({2, 3, 4}),
            note=c.rest_note(rows),
        )
    if people:
        most = people[0]
        keepers_title = c.w(
            "losses.keepers.title",
            n=c.count("sole-keepers", len(people)),
            who=c.person(most.name),
            most=c.count("kept-alone", len(most.keeps)),
        )
        kept = [(c.person(f.name), len(f.keeps), c.tool_list(f.keeps)) for f in people]
        labels = [c.w(f"losses.col.{k}") for k in ("who", "count", "keeps")]
        keepers = Table(
            "keeper-table",
            c.w("losses.keepers"),
            labels,
            kept,
            numeric=frozenset({1}),
            note=c.rest_note(kept),
        )
    return Losses(title, reading, bars, table, keepers_title, keepers)


def _label(c: Context, f: Fall) -> str:
    return c.tool_name(f.id) if f.kind == "tool" else f.name


def _bars(c: Context, shown: list[Fall]) -> Markup:
    """Draw the flows that fall: musts filled, the others light, the numbers at the end."""
    left, long, step = 270.0, 330.0, 25.0
    top = max(len(f.falls) for f in shown)
    svg = Svg(left + long + 150, step * len(shown) + 4, c.w.plain("losses.bars"), "pic bars")
    for i, f in enumerate(shown):
        y = i * step + 3
        label = c.w.plain("losses.bar", what=_label(c, f), kind=c.w.plain(f"losses.kind.{f.kind}"))
        svg.text(left - 10, y + 14, fit(label, 12.5, left - 14), "lab end", title=label)
        must, every = long * f.must / top, long * len(f.falls) / top
        svg.rect(left, y, every, 18, "b range")
        if f.must:
            svg.rect(left, y, must, 18, "b")
        text = c.w.number(len(f.falls))
        if f.must:
            all_of_them = f.must == len(f.falls)
            text += c.w.plain("losses.must.all" if all_of_them else "losses.must", n=f.must)
        svg.text(left + every + 6, y + 14, text, "val")
    return svg.done()
