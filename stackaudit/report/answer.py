"""The first screen: the biggest problem, the numbers, the three questions, what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import like, name, prose
from stackaudit.result import Action, Answer, Tile

NAMED: Final = 2
"""How many of the actions to do before another are named."""


@dataclass(frozen=True)
class ActionLine:
    """An action as a line: what, who, how much work, by when."""

    action: Action
    owner: Markup
    effort: Markup
    size: Markup
    by: Markup | str
    settles: Markup | str
    saving: Markup | str
    stake: Markup | str = ""
    after: Markup | str = ""


@dataclass(frozen=True)
class Cover:
    """Whose audit this is and what it looked at."""

    company: Markup
    day: str
    scope: list[Markup]
    redacted: Markup | str = ""


@dataclass(frozen=True)
class First:
    """The first screen."""

    headline: str
    so_what: list[str]
    tiles: list[Tile]
    answers: list[Answer]
    actions: list[ActionLine]
    more_actions: int
    good: str
    completeness: str


def cover(c: Context) -> Cover:
    """Return the cover strip."""
    r = c.result
    scope = [c.tools_in_use(), c.w("integrations", n=c.count("integrations", len(r.integrations)))]
    if r.company.scopes:
        scope.append(c.w("cover.scopes", what=c.scopes(r.company.scopes)))
    if r.company.profile:
        scope.append(c.w("cover.profile", what=name(r.company.profile_name or r.company.profile)))
    gone = c.w.listed(c.w(f"redacted.{part}") for part in r.redacted)
    redacted = c.w("redacted", what=gone) if gone else ""
    return Cover(name(r.company.name), c.day(r.as_of), scope, redacted)


def action_line(c: Context, action: Action) -> ActionLine:
    """Return an action in words."""
    by: Markup | str = ""
    if action.deadline:
        key = "action.by-why" if action.deadline_why else "action.by"
        by = c.w(key, day=c.day(action.deadline), why=action.deadline_why)
    settles: Markup | str = c.w("action.settles", n=len(action.settles)) if action.settles else ""
    saving: Markup | str = ""
    if action.saving and action.saving.high > 0:
        key = "action.saving-from" if action.saving_from else "action.saving"
        saving = c.w(key, money=up_to(c, action), day=c.day(action.saving_from))
    owner = (
        c.person(action.owner)
        if action.owner
        else Markup(f'<span class="none">{c.w("no-owner-known")}</span>')
    )
    effort, size = c.w(f"effort.{action.effort}"), c.w(f"size.{action.effort}")
    return ActionLine(
        action, owner, effort, size, by, settles, saving, _stake(c, action), after(c, action)
    )


def after(c: Context, action: Action) -> Markup | str:
    """Return what is to be done before an action, or nothing; of many the first are named."""
    # The action of a single finding does not know what the merged one of the result waits for.
    wanted = set(c.actions.get(action.id, action).depends_on)
    first = [prose(a.text) for i, a in c.actions.items() if i in wanted]
    if not first:
        return ""
    more = [c.w("and-more", n=len(first) - NAMED)] if len(first) > NAMED else []
    return c.w("action.after", what=Markup("; ").join([*first[:NAMED], *more]))


def _stake(c: Context, action: Action) -> Markup | str:
    """Return what the contract costs that an action decides; nothing for other actions."""
    if not action.id.startswith("contract:"):
        return ""
    money = (c.findings[i].money for i in action.settles if i in c.findings)
    known = next((m for m in money if m is not None and m.high > 0), None)
    return c.w("action.stake", money=c.money(known)) if known else ""


def up_to(c: Context, action: Action) -> str:
    """Return the most an action can save."""
    saving = action.saving
    return c.money(saving.model_copy(update={"low": saving.high})) if saving else ""


def _shown(c: Context, tile: Tile) -> Tile:
    """Return a tile; one that is withheld says so in the words of the report."""
    hidden = c.result.redacted and tile.value is None and tile.text == "withheld"
    return tile.model_copy(update={"text": c.w.plain("withheld")}) if hidden else tile


def _once(c: Context, answer: Answer) -> Answer:
    """Return an answer whose text does not repeat that it is not known: the mark says so."""
    mark = f"{c.w.plain('answer.unknown')}: "
    if answer.answer != "unknown" or not answer.text.startswith(mark):
        return answer
    rest = answer.text[len(mark) :]
    return answer.model_copy(update={"text": like(answer.text, rest[:1].upper() + rest[1:])})


def _said(c: Context) -> str:
    """Return what a redacted result says of itself behind its completeness: the cover says it."""
    notes = [n.text for n in c.result.notes if n.code == "redacted"]
    return notes[-1] if notes else ""


def first(c: Context) -> First:
    """Return the first screen, as the result's summary has it."""
    s = c.result.summary
    actions = [c.actions[a] for a in s.first_actions if a in c.actions][:5]
    return First(
        headline=s.headline,
        so_what=s.so_what,
        tiles=[_shown(c, t) for t in s.tiles[:6]],
        answers=[_once(c, a) for a in c.result.answers],
        actions=[action_line(c, a) for a in actions],
        more_actions=len(c.result.actions) - len(actions),
        good=s.good,
        completeness=s.completeness.removesuffix(_said(c)).strip(),
    )
