"""The roadmap: what to do now, next and later."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.answer import action_line
from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.tables import Table
from stackaudit.result import Action


@dataclass(frozen=True)
class Roadmap:
    """Actions in three steps of time; those that rest on something only possible are apart."""

    title: Markup
    steps: list[Table]
    possible: Table
    unsettled: int


def roadmap(c: Context) -> Roadmap | None:
    """Return the roadmap, or None where there is nothing to do."""
    actions = c.result.actions
    if not actions:
        return None
    steps = []
    for when in ("now", "next", "later"):
        table = _table(
            c,
            f"roadmap-{when}",
            c.w(f"when.{when}"),
            [a for a in actions if a.when == when and a.confidence == "confirmed"],
        )
        if table:
            steps.append(table)
    possible = [a for a in actions if a.confidence == "possible"]
    settled = {i for a in actions for i in a.settles}
    open_ids = {f.id for f in c.problems}
    title = c.w(
        "roadmap.title" if len(possible) < len(actions) else "roadmap.title.possible",
        n=c.count("actions", len(actions)),
        settled=c.count("settled", len(settled & open_ids)),
        of=c.count("findings-open", len(open_ids)),
    )
    return Roadmap(
        title,
        steps,
        _table(c, "roadmap-possible", c.w("roadmap.possible", n=len(possible)), possible),
        len(open_ids - settled),
    )


def _table(c: Context, ident: str, caption: Markup, actions: list[Action]) -> Table:
    rows = []
    for action in actions:
        line = action_line(c, action)
        settled = [i for i in action.settles if i in c.numbers]
        links = Markup(" ").join(
            c.finding_number(i) for i in sorted(settled, key=c.numbers.__getitem__)
        )
        rows.append((prose(action.text), line.size, line.owner, line.by, line.saving, links))
    # A column nobody has anything to say in is left out.
    keep = [i for i in range(6) if i < 2 or any(row[i] for row in rows)]
    labels = [
        c.w(f"roadmap.col.{k}") for k in ("action", "effort", "owner", "by", "saving", "findings")
    ]
    return Table(
        ident,
        caption,
        [labels[i] for i in keep],
        [[row[i] for i in keep] for row in rows],
        css="road",
        note=c.rest_note(rows),
    )
