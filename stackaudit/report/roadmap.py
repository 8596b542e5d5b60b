"""The roadmap: what to do now, next and later."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.answer import action_line
from stackaudit.report.context import Context
from stackaudit.report.tables import Table


@dataclass(frozen=True)
class Roadmap:
    """Actions in three steps of time."""

    title: Markup
    table: Table
    unsettled: int


def roadmap(c: Context) -> Roadmap | None:
    """Return the roadmap, or None where there is nothing to do."""
    actions = c.result.actions
    if not actions:
        return None
    rows = []
    for when in ("now", "next", "later"):
        for action in actions:
            if action.when != when:
                continue
            line = action_line(c, action)
            settled = [i for i in action.settles if i in c.findings]
            links = Markup(" ").join(
                Markup(f'<a class="ref" href="#{c.finding_anchors[i]}" title="{c.w("plain", text=c.findings[i].sentence)}">{number}</a>')
                for number, i in enumerate(settled, 1)
            )
            what = c.w("plain", text=action.text)
            if action.confidence == "possible":
                what += Markup(f' <span class="assumed">{c.w("action.possible")}</span>')
            rows.append((c.w(f"when.{when}"), what, line.effort, line.owner, line.by, line.saving, links))
    settled_all = {i for a in actions for i in a.settles if i in c.findings}
    open_ids = {f.id for f in c.open}
    title = c.w(
        "roadmap.title",
        n=c.count("actions", len(actions)),
        settled=c.count("settled", len(settled_all & open_ids)),
        of=c.count("findings-open", len(open_ids)),
    )
    labels = [c.w(f"roadmap.col.{k}") for k in ("when", "action", "effort", "owner", "by", "saving", "findings")]
    return Roadmap(title, Table("roadmap-table", c.w("roadmap.table"), labels, rows), len(open_ids - settled_all))
