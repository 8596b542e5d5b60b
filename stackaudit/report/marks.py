"""Marks on the findings of the register: by what they can be filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import esc, visible
from stackaudit.result import Finding


@dataclass(frozen=True)
class Marks:
    """What can be chosen in the filter, each as a value and its name."""

    tools: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    unowned: bool
    """Whether a finding has an action without an owner."""

    def of(self, finding: Finding, led: Iterable[Finding] = ()) -> Markup:
        """Return the marks of a finding and of those shown with it, as short attributes.

        `t`: ids of tools, `o`: who would act, `d`: the deadline, `s`: what can be saved a year.
        """
        action = finding.action
        marks = {"t": " ".join(dict.fromkeys(t for f in (finding, *led) for t in tools_of(f)))}
        if action:
            marks["o"] = action.owner or "-"
            marks["d"] = f"{action.deadline:%Y%m%d}" if action.deadline else ""
            marks["s"] = f"{action.saving.high:.0f}" if action.saving else ""
        return Markup("".join(f' data-{k}="{esc(v)}"' for k, v in marks.items() if v))


def tools_of(finding: Finding) -> list[str]:
    """Return the ids of the tools a finding is about."""
    return [s.id for s in finding.subjects if s.kind == "tool"]


def marks(c: Context) -> Marks:
    """Return what the open findings can be filtered by."""
    tools = {t for f in c.open for t in tools_of(f)}
    owners = {f.action.owner for f in c.open if f.action}
    named = [(t, visible(c.tool_name(t))) for t in tools]
    people = [(o, c.person(o).striptags()) for o in owners if o]
    return Marks(
        sorted(named, key=lambda x: (x[1].casefold(), x[0])),
        sorted(people, key=lambda x: (x[1].casefold(), x[0])),
        None in owners,
    )
