"""The roadmap: what to do now, next and later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.answer import action_line
from stackaudit.report.context import Context
from stackaudit.report.safe import name, prose
from stackaudit.report.tables import Table
from stackaudit.result import Action

FOLDED: Final = 3
"""From how many on the decisions on missing capabilities are one row."""


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
    folded = _folded(c, actions)
    for action in actions:
        if action is not (folded[:1] or [action])[0] and action in folded:
            continue
        line = action_line(c, action)
        together = folded if action in folded else [action]
        settled = [i for a in together for i in a.settles if i in c.numbers]
        links = Markup(" ").join(
            c.finding_number(i) for i in sorted(settled, key=c.numbers.__getitem__)
        )
        text = prose(action.text)
        if action in folded:
            what = Markup("; ").join(_capability(c, a) for a in folded)
            text = c.w("roadmap.add", n=len(folded), what=what)
        if line.after:
            text += Markup(" <small>{}</small>").format(line.after)
        rows.append((text, line.size, line.owner, line.by, line.saving, links))
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


def _folded(c: Context, actions: list[Action]) -> list[Action]:
    """Return the decisions on capabilities without a tool that are one row of a table.

    Each is the same question about one more line of a profile: a screen full of them hides what
    stands below. Grave ones keep a row of their own, and so do those with a day or somebody named.
    """
    same = [
        a
        for a in actions
        if a.id.startswith("add:")
        and a.severity != "high"
        and a.owner is None
        and a.deadline is None
        and _capability(c, a)
    ]
    return same if len(same) >= FOLDED else []


def _capability(c: Context, action: Action) -> Markup:
    """Return the name of the capability that an action is about, or nothing."""
    about = (s for i in action.settles if i in c.findings for s in c.findings[i].subjects)
    found = next((s for s in about if action.id == f"add:{s.id}"), None)
    if found is None:
        return Markup()
    entry = c.capabilities.get(found.id)
    return name(entry.name if entry is not None else found.name or found.id)
