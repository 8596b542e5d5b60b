"""The interview sheet: what an audit could not judge, as questions to the people who know.

Questions are ranked by what their answers settle (judgements and money) and grouped by who is
likely to know. As Markdown they are printed or mailed; as YAML people fill them in, and
``stackaudit answer`` writes the answers into the inventory.
"""

from __future__ import annotations

import fnmatch
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stackaudit.inventory import schema
from stackaudit.inventory.shape import nested
from stackaudit.result import AuditResult, Finding, FlowEntry, Question, ToolEntry
from stackaudit.source.problems import visible
from stackaudit.source.words import make_id

SHEET: Final = 1
"""Version of the sheet's format."""
MARK: Final = "stackaudit-answers"
"""The key a sheet starts with."""
NOBODY: Final = "Nobody named"
"""Heading of the questions nobody is known to answer."""
NEW: Final = "integrations/new"
"""Where an integration belongs that the inventory does not have."""

RECORDS: Final[dict[str, type[schema.Record]]] = {
    "tools": schema.Tool,
    "integrations": schema.Integration,
    "contracts": schema.Contract,
    "processes": schema.Process,
    "objectives": schema.Objective,
    "observed": schema.Observed,
    "seen": schema.Seen,
}
"""Sections whose entries have ids: `SECTION/ID/KEY`. What is ``seen`` stands in an ``observed``
list: `seen/LIST/NAME/KEY`."""

_HOW: Final[dict[str, str]] = {
    "complete": "yes, when the list is all there is; no, when something is missing.",
    "systems_of_record": "the tool that holds the record; `{eu: TOOL, us: TOOL}` where it depends "
    "on the scope; none, when there is none.",
    "freshness": "how old a copy may be: real-time, near-real-time, hourly, daily, weekly, 4h, 2d.",
    NEW: "one line for each integration, as in [A -> B: contact, C <-> D: order]; none, when there "
    "is none.",
    "objects": "the data objects it carries, as in [contact, order].",
    "data": "what it does with each data object, as in {contact: store, message-engagement: "
    "[capture, measure]}; none, when it holds none.",
    "owner": "a name, a list of names, team:ID or role:WORD; none, when nobody does.",
    "last_verified": "the day, as 2026-11-01.",
    "cost": "a year: a number, a range 40000-60000, or {amount: 4000, per: month, currency: USD}.",
    "capabilities": "what it is used for, as in [email-marketing, landing-pages]; "
    "`stackaudit catalogue search WORD` finds the words.",
    "method": "native-connector, rest-api, ipaas, etl-elt, reverse-etl, sftp-file, manual-export; "
    "`stackaudit catalogue` knows more.",
    "product": "the catalogue's id or the product's usual name; none, when it is in no catalogue.",
    "personal_data": "yes or no.",
    "auto_renews": "yes or no.",
    "from": "the tool it comes from.",
    "to": "the tool it goes to.",
    "ends": "the last day of the term, as 2027-06-30.",
}

_PARTLY: Final[dict[str, str]] = {
    "last_verified": "When was each of these last seen working?",
    "owner": "Who answers for each of these?",
    "privacy.dpa": "Is a data processing agreement signed for each of these?",
    "privacy.hosted_in": "Where is the personal data hosted that each of these holds?",
    "privacy.transfer": "Which mechanism covers the transfer of personal data to each of these?",
    "seats.active": "How many people use each of these?",
    "data": "What data does each of these hold?",
    "capabilities": "What is each of these used for?",
    "product": "Which product is each of these?",
}
"""A question about several things, in the words for those that one person is asked about."""


@dataclass(frozen=True)
class Asked:
    """One question to one person: its number on the sheet, and what its answer settles."""

    number: int
    question: Question
    fills: tuple[str, ...]
    findings: tuple[Finding, ...]
    """Findings that are possible only as long as the question is open."""
    money: float

    @property
    def rank(self) -> tuple[int, float, str]:
        """Return what questions are ordered by: most settled first."""
        return -max(self.weight, len(self.findings)), -self.money, self.question.id

    @property
    def whole(self) -> bool:
        """Return whether one person is asked all of it."""
        return len(self.fills) == len(self.question.fills)

    @property
    def weight(self) -> int:
        """Return how many judgements hang on this person's answers."""
        return self.question.weight if self.whole else len(self.fills)

    @property
    def text(self) -> str:
        """Return the question; one that is asked of several people names nothing of the others."""
        if self.whole or not self.fills:
            return self.question.text
        return _PARTLY.get(split(self.fills[0])[2], self.question.text)


@dataclass(frozen=True)
class Part:
    """The questions of one person."""

    who: str
    questions: tuple[Asked, ...]


def interview(result: AuditResult) -> list[Part]:
    """Return the questions of an audit by person, whose answers settle most first.

    Questions about several tools go to the owner of each; "nobody named" comes last.
    """
    by_person: dict[str, list[Asked]] = {}
    for question in result.questions:
        findings = tuple(settled(question, result.findings))
        money = sum(f.money.high for f in findings if f.money is not None)
        for who, fills in _people(question, result):
            asked = Asked(0, question, tuple(fills), findings, money)
            by_person.setdefault(who, []).append(asked)
    parts = [(who, sorted(mine, key=lambda a: a.rank)) for who, mine in by_person.items()]
    parts.sort(key=lambda part: (part[0] == NOBODY, part[1][0].rank, part[0]))
    number = 0
    numbered = []
    for who, mine in parts:
        each = []
        for asked in mine:
            number += 1
            each.append(replace(asked, number=number))
        numbered.append(Part(who, tuple(each)))
    return numbered


def settled(question: Question, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the possible findings that an answer would confirm or remove."""
    for finding in findings:
        if finding.confidence == "possible" and any(
            finding.check == what if ":" not in what else fnmatch.fnmatchcase(finding.id, what)
            for what in question.settles
        ):
            yield finding


def _people(question: Question, result: AuditResult) -> list[tuple[str, list[str]]]:
    """Return who is asked, and for which keys."""
    if question.asked_of is not None:
        return [(_named(question.asked_of, result), list(question.fills))]
    tools = {tool.id: tool for tool in result.tools}
    flows = {flow.id: flow for flow in result.integrations}
    found: dict[str, list[str]] = {}
    for fill in question.fills:
        who = _keeper(fill, tools, flows)
        found.setdefault(_named(who, result) if who else NOBODY, []).append(fill)
    return sorted(found.items()) or [(NOBODY, [])]


def _keeper(fill: str, tools: dict[str, ToolEntry], flows: dict[str, FlowEntry]) -> str | None:
    section, identity, _ = split(fill)
    if section == "tools" and identity in tools:
        return _tool_keeper(tools[identity])
    if section == "integrations" and identity in flows:
        flow = flows[identity]
        people = [p for p in flow.owner or () if p != "withheld"]
        if people:
            return ", ".join(people)
        ends = [tools[e] for e in (flow.target, flow.source) if e is not None and e in tools]
        return next((who for tool in ends if (who := _tool_keeper(tool))), None)
    return None


def _tool_keeper(tool: ToolEntry) -> str | None:
    for people in (tool.owner, tool.technical_owner):
        named = [p for p in people or () if p != "withheld"]
        if named:
            return ", ".join(named)
    return f"team:{tool.team}" if tool.team else None


def _named(who: str, result: AuditResult) -> str:
    teams = {f"team:{team.id}": f"Team {team.name}" for team in result.teams}
    return ", ".join(teams.get(word, word) for word in who.split(", "))


def split(fill: str) -> tuple[str, str, str]:
    """Return section, id and key of a place: `tools/ID/KEY`; the key of `complete/LIST` is "".

    An id may hold slashes (`contact/enrichment`); a key may lead into a mapping (`seats.active`).
    """
    section, _, rest = fill.partition("/")
    if section in RECORDS and fill != NEW:
        identity, _, key = rest.rpartition("/")
        return section, identity, key
    if section == "company":
        return section, "", rest
    return section, rest, ""


def how_to_write(fill: str) -> str:
    """Return what may be written at a place, in words."""
    section, _, key = split(fill)
    for name in (fill, key, section):
        if name in _HOW:
            return _HOW[name]
    model: type[schema.Record] = RECORDS.get(section, schema.Company)
    first, _, inner = key.partition(".")
    if inner:
        model, first = nested(model)[first], inner
    name = next((n for n, f in model.model_fields.items() if (f.alias or n) == first), first)
    field = model.model_fields.get(name)
    text = (field.description or "") if field is not None else ""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _label(fill: str, names: dict[str, str]) -> str:
    """Return a place as people call it: ``Klaviyo: seats, active``."""
    section, identity, key = split(fill)
    if fill == NEW:
        return "Integrations that are not in the list"
    if section == "complete":
        return f"The list of {identity} is complete"
    words = key.replace("_", " ").replace(".", ", ")
    if section == "company":
        return f"The company: {words}"
    if section in ("systems_of_record", "freshness"):
        return f"{section.replace('_', ' ').capitalize()}: {identity}"
    return f"{names.get(f'{section}/{identity}', identity)}: {words}"


def _names(result: AuditResult) -> dict[str, str]:
    known = {t.id: t.name for t in result.tools}
    names = {f"tools/{i}": name for i, name in known.items()}
    for flow in result.integrations:
        ends = [known.get(e or "", "unknown") for e in (flow.source, flow.target)]
        names[f"integrations/{flow.id}"] = " → ".join(ends)
    for process in result.processes:
        names[f"processes/{process.id}"] = process.name
    for contract in result.contracts:
        of = [known.get(t, t) for t in contract.tools]
        names[f"contracts/{contract.id}"] = f"Contract of {contract.vendor or ', '.join(of)}"
    for shown in result.observed.lists if result.observed else ():
        names[f"observed/{make_id(shown.name)}"] = f"The list {shown.name}"
    for row in result.observed.rows if result.observed else ():
        for sight in row.seen:
            fill = f"seen/{make_id(sight.seen_in)}/{make_id(sight.name)}"
            names[fill] = f"{sight.name} in {sight.seen_in}"
    return names


def _why(asked: Asked, result: AuditResult) -> list[str]:
    """Return why a question is asked: what its answer settles."""
    titles = {check.id: check.title for check in result.checks}
    about = sorted({titles.get(s.split(":")[0], s) for s in asked.question.settles})
    number = max(asked.weight, len(asked.findings))
    times = f" ({number} judgements hang on it)" if number > 1 else ""
    lines = [f"It decides: {'; '.join(about)}{times}."] if about else []
    shown = [f.sentence for f in asked.findings[:3]]
    if shown:
        more = len(asked.findings) - len(shown)
        tail = f" And {more} more." if more else ""
        lines.append("Possible until then: " + " ".join(shown) + tail)
    if asked.money:
        currency = result.company.currency or ""
        lines.append(f"At stake: up to {asked.money:,.0f} {currency}".rstrip() + " a year.")
    return lines


def as_markdown(result: AuditResult) -> str:
    """Return the sheet to print or to mail."""
    parts, names = interview(result), _names(result)
    total = sum(len(part.questions) for part in parts)
    lines = [
        f"# Questions about the marketing stack of {_safe(result.company.name)}",
        "",
        (
            f"{_counted(total)}, as of {result.as_of.isoformat()}. Those whose answers settle most "
            "stand first. “Not known” is an answer too: leave the line empty."
        ),
    ]
    first: dict[str, int] = {}
    for part in parts:
        lines += ["", f"## {_safe(part.who)}", ""]
        if part.who == NOBODY:
            lines += ["The inventory names nobody who would know.", ""]
        for asked in part.questions:
            lines += [f"### {asked.number}. {_safe(asked.text)}", ""]
            lines += [_safe(line) for line in _why(asked, result)]
            lines += [""]
            for how, fills in _by_hint(asked.fills):
                if how and any(fill not in first for fill in fills):
                    lines += [f"*Write:* {_safe(how)}", ""]
                for fill in fills:
                    seen = first.setdefault(fill, asked.number)
                    known = f"see question {seen}" if seen != asked.number else "________________"
                    lines.append(f"- {_safe(_label(fill, names))}: {known}")
                lines += [""]
            if not asked.fills:
                lines += ["Answer: ________________", ""]
        lines.pop()
    return "\n".join(lines).rstrip() + "\n"


def as_yaml(result: AuditResult) -> str:
    """Return the sheet to fill in: every place that an answer belongs to, once, and empty."""
    parts, names = interview(result), _names(result)
    lines = [
        f"# Questions about the marketing stack of {_line(result.company.name)}.",
        f"# As of {result.as_of.isoformat()}; those whose answers settle most stand first.",
        "#",
        "# Write the answer after the colon, and leave empty what you do not know.",
        "# Then write the answers into the inventory:",
        "#   stackaudit answer THIS-FILE INVENTORY",
        f"{MARK}: {SHEET}",
        f"company: {quoted(result.company.name)}",
    ]
    body: list[str] = []
    first: dict[str, int] = {}
    for part in parts:
        body += ["", f"  # ======== {_line(part.who)} ========"]
        for asked in part.questions:
            body += ["", *_comment(f"{asked.number}. {asked.text}")]
            for line in _why(asked, result):
                body += _comment(line, "   ")
            for how, fills in _by_hint(asked.fills):
                if how and any(fill not in first for fill in fills):
                    body += _comment(f"Write: {how}", "   ")
                for fill in fills:
                    if fill in first:
                        words = f"{_label(fill, names)}: see question {first[fill]}."
                        body += _comment(words, "   ")
                        continue
                    first[fill] = asked.number
                    body.append(f"  {quoted(fill)}:")
            if not asked.fills:
                body += _comment("The inventory has no key for it; note the answer here.", "   ")
    if first:
        lines += ["answers:", *body]
    else:
        lines += ["answers: {}", *body]
    return "\n".join(lines) + "\n"


def _by_hint(fills: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return places with the same words of how to write them together, in order."""
    found: dict[str, list[str]] = {}
    for fill in fills:
        found.setdefault(how_to_write(fill), []).append(fill)
    return list(found.items())


def _comment(text: str, indent: str = "") -> list[str]:
    lead = f"  # {indent}"
    return textwrap.wrap(
        _line(text),
        100,
        initial_indent=lead,
        subsequent_indent="  #    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _line(text: str) -> str:
    """Return text as one line without characters that could end a comment."""
    return visible(" ".join(text.split()))


def _safe(text: str) -> str:
    """Return text that is text in Markdown too: no markup, no link, no tag."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", _line(text))


def _counted(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"


_PLAIN: Final = re.compile(r"[^\W_](?:[\w ./@+€$%()<>&'→↔-]*[\w./+)%-])?\Z")
_WORDS: Final = frozenset(("null", "~", ""))


def quoted(text: str) -> str:
    """Return a text as YAML, in quotes only where it needs them, also inside ``[ ]`` and ``{ }``.

    Words that other readers of YAML take for a boolean or a number stay plain: the inventory's
    reader keeps every scalar as it is written.
    """
    if _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped}"'
