"""Confirmed findings of one check that say the same: said once what they share, a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from os.path import commonprefix
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from stackaudit.report.safe import like

if TYPE_CHECKING:
    from stackaudit.report.findings import Card

ALIKE: Final = 5
"""From this many confirmed findings of one check on, they share a card."""


@dataclass(frozen=True)
class Block:
    """Findings that share a card: the facts and the action of all of them, and what each has."""

    facts: list[Markup]
    harmless: Markup | str
    action: str
    """What to do for each of them, `…` in the place of what its sentence names."""
    effort: Markup | str
    owner: Markup | str
    """How much work each of the actions is, and whose they are, if that is the same for all."""
    cards: list[Card]


def alike(cards: Sequence[Card]) -> tuple[list[Card], list[Block]]:
    """Return the cards that stand alone, and blocks of the others.

    One that others follow from, that money or a day hangs on, or that is decided together with
    another keeps its card; so do those that would be harmless for a reason of their own.
    """
    by_reason: dict[str, list[Card]] = {}
    for one in cards:
        if _plain(one):
            by_reason.setdefault(str(one.harmless), []).append(one)
    many = [part for mine in by_reason.values() for part in _parts(mine) if len(part) >= ALIKE]
    taken = {k.anchor for mine in many for k in mine}
    return [k for k in cards if k.anchor not in taken], [_block(mine) for mine in many]


def _parts(cards: list[Card]) -> list[list[Card]]:
    """Return the cards by severity where many have one, as they rest on the same; and the rest."""
    grades = list(dict.fromkeys(k.finding.severity for k in cards))
    by_grade = [[k for k in cards if k.finding.severity == grade] for grade in grades]
    few = {k.anchor for mine in by_grade if len(mine) < ALIKE for k in mine}
    rest = [k for k in cards if k.anchor in few]
    return [*(mine for mine in by_grade if len(mine) >= ALIKE), rest]


def _plain(one: Card) -> bool:
    due = one.finding.action is not None and one.finding.action.deadline is not None
    return not (one.led or one.related or one.at_stake or due or one.finding.money)


def _block(cards: list[Card]) -> Block:
    common = set(cards[0].evidence).intersection(*(k.evidence for k in cards[1:]))
    facts = [e for e in cards[0].evidence if e in common]
    action = _action(cards)
    efforts = {k.action.effort if k.action else "" for k in cards}
    owners = {k.action.owner if k.action else "" for k in cards}
    effort = efforts.pop() if len(efforts) == 1 else ""
    owner = owners.pop() if len(owners) == 1 else ""
    kept = [
        replace(
            k,
            evidence=[e for e in k.evidence if e not in common],
            harmless="",
            action=None if action and effort and owner else k.action,
        )
        for k in cards
    ]
    return Block(facts, cards[0].harmless, action, effort, owner, kept)


def _action(cards: list[Card]) -> str:
    """Return the action of all of them; nothing where a sentence does not tell whose it is."""
    texts = [k.action.action.text if k.action else "" for k in cards]
    if len(set(texts)) == 1:
        return texts[0]
    before = commonprefix(texts)  # noqa: RUF071 - sentences, no paths
    before = before[: before.rfind(" ") + 1]
    tails = [t[len(before) :][::-1] for t in texts]
    after = commonprefix(tails)[::-1]  # noqa: RUF071 - sentences, no paths
    after = after[after.find(" ") :] if " " in after else ""
    rests = [t[len(before) : len(t) - len(after)] for t in texts]
    comma = "," if all(r.endswith(",") for r in rests) else ""
    own = [r.removesuffix(comma) for r in rests]
    named = all(o and o in k.finding.sentence for o, k in zip(own, cards, strict=True))
    return like(texts[0], f"{before}…{comma}{after}") if before and named else ""
