"""The answer: the headline, what follows, the numbers of the first screen, what is good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stackaudit.audit.headline import biggest, headline
from stackaudit.audit.registers import Registers
from stackaudit.graph import Stack
from stackaudit.phrases import for_what
from stackaudit.result import (
    CATEGORIES,
    Action,
    Answer,
    AreaCount,
    CheckResult,
    Finding,
    Funds,
    Question,
    Summary,
    Tile,
)

UNKNOWN: Final = "Not known: "
"""How an answer begins that nothing recorded gives."""

ENOUGH: Final = 5
"""How many things a check must have judged for its finding nothing to say something."""


def open_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that count: not accepted (or lapsed), and more than information."""
    return [
        f for f in findings if f.severity != "info" and (f.accepted is None or f.accepted.lapsed)
    ]


def area_counts(findings: Sequence[Finding]) -> list[AreaCount]:
    """Return findings counted by area and severity; accepted ones apart."""
    counts = []
    for category in CATEGORIES:
        mine = [f for f in findings if f.category == category]
        live = [f for f in mine if f.accepted is None or f.accepted.lapsed]
        counts.append(
            AreaCount(
                category=category,
                high=sum(1 for f in live if f.severity == "high"),
                medium=sum(1 for f in live if f.severity == "medium"),
                low=sum(1 for f in live if f.severity == "low"),
                info=sum(1 for f in live if f.severity == "info"),
                possible=sum(1 for f in live if f.confidence == "possible"),
                accepted=len(mine) - len(live),
            )
        )
    return counts


def summarise(
    stack: Stack,
    findings: Sequence[Finding],
    actions: Sequence[Action],
    questions: Sequence[Question],
    checks: Sequence[CheckResult],
    answers: Sequence[Answer],
    parts: Registers,
    funds: Funds | None = None,
) -> Summary:
    """Return the answer, every number of it computed from what the result holds."""
    live = open_findings(findings)
    sure = [f for f in live if f.confidence == "confirmed"]
    return Summary(
        headline=headline(
            stack.inventory.company.name,
            len(stack.subjects),
            sure,
            live,
            questions,
            next(a for a in answers if a.id == "support-integrated"),
        ),
        so_what=so_what(sure, live, answers),
        good=_good(checks, answers, questions),
        completeness=_completeness(stack, parts),
        tiles=_tiles(stack, sure, live, answers, parts, questions, funds),
        first_actions=[a.id for a in actions[:5]],
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def so_what(
    sure: Sequence[Finding], live: Sequence[Finding], answers: Sequence[Answer]
) -> list[str]:
    """Return two sentences: how data flows today, and how much of what was found is sure."""
    integrated = next(a for a in answers if a.id == "support-integrated")
    sentences = []
    if integrated.of and integrated.answer == "unknown":
        left = integrated.of - integrated.unknown
        sentences.append(
            f"Of {integrated.of} flows of data that this kind of company needs, {left} "
            f"{'has' if left == 1 else 'have'} no recorded automatic path and "
            f"{integrated.unknown} cannot be judged."
        )
    elif integrated.of == 1 and not integrated.done:
        sentences.append(
            "Whether the only flow of data that the company needs runs by itself is not known."
            if integrated.unknown
            else "No automatic path is recorded for the only flow of data that the company needs."
        )
    elif integrated.of:
        left = integrated.of - integrated.done - integrated.unknown
        rest = []
        if left:
            rest.append(f"for {left} no automatic path is recorded")
        if integrated.unknown:
            rest.append(f"for {integrated.unknown} it is not known")
        sentences.append(
            f"{integrated.done} of {integrated.of} flows of data that the company needs run by "
            f"themselves; {' and '.join(rest)}."
            if rest
            else f"All {integrated.of} flows of data that the company needs run by themselves."
        )
    elif integrated.text.startswith(UNKNOWN):
        why = integrated.text.removeprefix(UNKNOWN)
        sentences.append(f"Whether data flows by itself is not known: {why}")
    else:
        sentences.append(integrated.text)
    stakes = list(
        dict.fromkeys(
            str(f.details["why"])
            for f in sure
            if f.check == "missing-flow" and f.severity == "high" and f.details.get("why")
        )
    )
    theme, mine = biggest(sure) if sure else ("", [])
    musts = list(
        dict.fromkeys(
            f.subjects[0].name or f.subjects[0].id
            for f in mine
            if f.check == "missing-capability" and f.severity == "high" and not f.scopes
        )
    )
    if theme == "gaps" and musts:
        # The headline is about what is missing: which it is says more than a second number.
        # Their names have commas in them.
        others = [f"{len(musts) - 3} more"] if musts[4:] else musts[3:]
        named = "; ".join([*musts[:3], *others])
        sentences = [f"This kind of company must have what is missing here: {named}."]
    elif stakes:
        sentences = [f"At stake where a flow is missing: {'; '.join(map(for_what, stakes[:3]))}."]
    possible = len(live) - len(sure)
    high = sum(1 for f in sure if f.severity == "high")
    if sure:
        text = _count(len(sure), "finding is", "findings are")
        text += f" confirmed, {high} of high severity"
    else:
        text = "No finding is confirmed"
    if possible:
        more = " more" if sure else ""
        needs = _count(
            possible,
            f"{more} is possible and needs".strip(),
            f"{more} are possible and need".strip(),
        )
        text += f"; {needs} an answer first"
    sentences.append(f"{text}.")
    return sentences


def _good(
    checks: Sequence[CheckResult], answers: Sequence[Answer], questions: Sequence[Question]
) -> str:
    """Return what is in order: needed flows that run, and what was looked for and is not there.

    A check speaks for the stack only where it judged enough things, and more than it had to leave
    open; none does where less than half of the checks could judge anything.
    """
    integrated = next(a for a in answers if a.id == "support-integrated")
    parts = []
    if integrated.done:
        parts.append(
            _count(integrated.done, "needed flow of data runs", "needed flows of data run")
            + " without anybody’s help"
        )
    judged = [c for c in checks if c.status in ("pass", "fail")]
    if 2 * len(judged) >= len(checks):
        clean = [_no(c.title) for c in judged if _speaks(c, questions)][:2]
        if clean:
            parts.append(f"the audit found {' and '.join(clean)}")
    text = ", and ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if parts else ""


def _speaks(check: CheckResult, questions: Sequence[Question]) -> bool:
    """Return whether "nothing found" of a check means that all is well."""
    if check.status != "pass" or check.examined < ENOUGH:
        return False
    if check.title.split(" ", 1)[0] in ("Nobody", "Same", "The"):  # no noun that "no" goes with
        return False
    left = sum(
        q.weight
        for q in questions
        if any(k == check.id or k.startswith(f"{check.id}:") for k in q.settles)
    )
    return check.examined > max(left, check.unknown)


def _no(title: str) -> str:
    """Return that what a check looks for is not there, from its title."""
    acronym = title[1:2].isupper()
    return f"no {title}" if acronym else f"no {title[:1].lower()}{title[1:]}"


def _completeness(stack: Stack, parts: Registers) -> str:
    tools = [t for t in parts.tools if t.in_use and not t.mentioned_only]
    if not tools:
        return "No tool in use is recorded."
    owner = sum(1 for t in tools if "owner" in t.known)  # "none" is known, too
    data = sum(1 for t in tools if "data" in t.known)
    cost = parts.spend.known_for  # a tool that a known contract covers counts, as in the tile
    lists = stack.inventory.complete
    stated = (
        f"The list{'s' if lists[1:] else ''} of {' and '.join(sorted(lists))} "
        f"{'are' if lists[1:] else 'is'} stated to be complete."
        if lists
        else "The lists are not stated to be complete."
    )
    return (
        f"Of {len(tools)} tools in use, ownership is recorded for {owner}, "
        f"the cost for {cost}, what they do with data for {data}. {stated}"
    )


def _tiles(
    stack: Stack,
    sure: Sequence[Finding],
    live: Sequence[Finding],
    answers: Sequence[Answer],
    parts: Registers,
    questions: Sequence[Question],
    funds: Funds | None,
) -> list[Tile]:
    integrated = next(a for a in answers if a.id == "support-integrated")
    tiles = [
        Tile(
            id="tools",
            value=len(stack.subjects),
            unit="tools",
            text=str(len(stack.subjects)),
            label="tools in use",
            coverage="the list is stated to be complete"
            if stack.tools_complete
            else "the list is not stated to be complete",
        ),
        findings_tile(sure, live),
        Tile(
            id="flows",
            value=None if integrated.answer == "unknown" else integrated.done,
            unit="flows",
            text="not known"
            if integrated.answer == "unknown"
            else f"{integrated.done} of {integrated.of}",
            label="needed flows that run by themselves",
            coverage=integrated.note or "the list of integrations is stated to be complete",
            tone="neutral"
            if integrated.answer == "unknown"
            else "good"
            if integrated.done == integrated.of
            else "warn",
        ),
    ]
    spend = parts.spend
    own = any(t.kind == "own-channel" for t in stack.subjects)
    currency = stack.inventory.company.currency or ""
    tiles.append(
        Tile(
            id="spend",
            value=spend.total.high if spend.total is not None and spend.total.high else None,
            unit=_a_year(currency),
            text=_amount(spend.total.low, spend.total.high, currency)
            if spend.total is not None and spend.total.high
            else "not known",
            label="known cost a year",
            coverage=f"cost known for {spend.known_for} of {spend.of} tools"
            + (", own websites and apps aside" if own else ""),
        )
    )
    if funds is not None and funds.high:
        tiles.append(saving_tile(funds, currency))
    tiles.append(
        Tile(
            id="questions",
            value=len(questions),
            unit="questions",
            text=str(len(questions)),
            label="open questions",
            coverage="their answers confirm or clear what is possible",
        )
    )
    return tiles


def _a_year(currency: str) -> str:
    """Return the unit of an amount a year."""
    return f"{currency} a year".strip()


def findings_tile(sure: Sequence[Finding], live: Sequence[Finding]) -> Tile:
    """Return how many findings are confirmed, of all that count."""
    high = sum(1 for f in sure if f.severity == "high")
    return Tile(
        id="findings",
        value=len(sure),
        unit="findings",
        text=str(len(sure)),
        label=f"confirmed findings, {high} of high severity" if sure else "confirmed findings",
        coverage=_count(len(live) - len(sure), "more is possible", "more are possible"),
        tone="bad" if high else "warn" if sure else "neutral",
    )


def saving_tile(funds: Funds, currency: str) -> Tile:
    """Return what could be freed a year, and from when."""
    return Tile(
        id="saving",
        value=funds.high,
        unit=_a_year(currency),
        text=_amount(funds.high, funds.high, currency)
        if funds.low == funds.high
        else f"up to {_amount(funds.high, funds.high, currency)}",
        label="a year could be freed for campaigns",
        coverage=_from_when(funds, currency),
        tone="good",
    )


def _from_when(funds: Funds, currency: str) -> str:
    """Return when the money is free: the first dated step, and what has no day yet."""
    dated = [s for s in funds.steps if s.from_day is not None]
    least = f"at least {_amount(funds.low, funds.low, currency)}; "
    if funds.low == funds.high:
        least = ""
    if not dated:
        return f"{least}the day the contracts can end is not known"
    first = dated[0]
    when = first.from_day.isoformat() if first.from_day is not None else ""
    if len(funds.steps) == 1 and not least:
        return f"from {when}"
    text = f"{least}{_amount(first.high, first.high, currency)} from {when}"
    return text if len(funds.steps) == 1 else f"{text}, the rest later"


def _amount(low: float, high: float, currency: str) -> str:
    """Return an amount for people: grouped, without cents, a range where the ends differ."""
    a, b = f"{low:,.0f}", f"{high:,.0f}"
    text = a if a == b else f"{a}–{b}"
    return f"{currency} {text}".strip()
