"""What the text under a tool's heading says: facts in lines ``Owner: …``, the purpose, hints."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from stackaudit.importers.model import Found, FoundTool, Place
from stackaudit.importers.registers.data import Record
from stackaudit.importers.registers.judging import Judge, unpublished
from stackaudit.importers.registers.markdown import Page, Section
from stackaudit.importers.registers.tidy import (
    brief,
    sentences,
    shown,
    without_handles,
    word_set,
)
from stackaudit.importers.spreadsheet.headers import meaning

_KEYS: Final = word_set(
    """owner technical_owner team used_by vendor status cost url seats.paid contract.ends
    contract.renews contract.notice_days privacy.hosted_in privacy.dpa"""
)
_LINE: Final = re.compile(r"\W*([A-Za-zÄÖÜäöü][\w /()-]{1,30}?)\**\s*:\**\s+(\S.*)")
_SECRET_PLACE: Final = re.compile(
    r"\b(?:vaults?|passwords?|credentials?|1pass(?:word)?|log-?ins? (?:is|are|details)"
    r"|shared log-?in|account details)\b",
    re.IGNORECASE,
)
_FLOW: Final = re.compile(
    r"\b(?:integrat\w*|sync\w*|connect(?:ed|s|or)?|hook(?:ed|s)? up|sends?|sending|sent|import\w*"
    r"|export\w*|notif\w+|plug-?in|webhook\w*|feeds?|track\w*|receiv\w+|push(?:es|ed)?|forward\w*)\b",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"\b(?:through|via|with|using) (?:their|your|our|a)\b.*\baccounts?\b|\bsingle sign|\bsso\b"
    r"|\b(?:sign|log)(?:ging)? ?-?in\b",
    re.IGNORECASE,
)
_ABOUT: Final = frozenset(("about", "overview", "purpose", "what", "introduction", ""))
_OF_ITSELF: Final = frozenset(("owner", "owners", "ownership", "access", "account", "details"))
"""Headings under which lines such as ``Owner: …`` are about the tool; under others they may be
about what is kept in it."""
_FREE: Final = re.compile(
    r"\b(?:uses?|using|on) (?:the|a|its|their) free (?:plan|tier|version)\b", re.IGNORECASE
)
_JOINED: Final = frozenset(("integrations", "integration", "integrates with", "connected apps"))
_MOST: Final = 60
_LONGEST: Final = 2_000
"""Characters of a sentence; what is longer is none."""


def facts_of(sections: list[Section], dropped: Counter[str]) -> tuple[Record, str]:
    """Return what the text of a tool states by keys, with its purpose as notes; and the text.

    Sentences that say where a password is kept are dropped.
    """
    record = Record()
    said: list[str] = []
    whole: list[str] = []
    for place, section in enumerate(sections):
        title = section.title.casefold().strip()
        purpose = place == 0 or section.level <= 1 or title in _ABOUT
        own = purpose or title in _OF_ITSELF
        for text in section.texts:
            line = _LINE.fullmatch(text.words)
            key = meaning("tools", line[1])[0] if line else None
            if own and line and key in _KEYS:
                record.setdefault(line[1].strip(), line[2])
                continue
            each = sentences(text.words)
            kept = [s for s in each if not _SECRET_PLACE.search(s)]
            if len(kept) < len(each):
                dropped["where a password is kept"] += len(each) - len(kept)
            whole += kept
            if purpose and not text.depth:
                said += kept
    notes = without_handles(" ".join(said), dropped)
    if notes:
        record["notes"] = brief(notes)
    return record, "\n".join(whole)


def free_plan(text: str) -> str:
    """Return the sentence that says a free plan is used; "" if none does."""
    return next((brief(s, 160) for s in sentences(text) if _FREE.search(s)), "")


class Hints:
    """Asks about what prose says between two tools."""

    def __init__(self, found: Found, judge: Judge, pages: list[Page]) -> None:
        self.found = found
        self.judge = judge
        self.pages = pages
        self.tools = {t.name: t for t in found.tools}
        self.anchors = {_anchor(t.name): t.name for t in found.tools}
        self.asked: set[frozenset[str]] = set()
        """Pairs of tools that a question names."""
        self.log_ins: dict[str, list[str]] = {}

    def ask(self) -> None:
        """Say which tools are named together, where, and in which words."""
        asked: list[tuple[str, Place]] = []
        for page in self.pages:
            each = self._sections(page)
            for tool, section in each:
                asked += self._section(page, tool, section)
            for tool, section in each:
                if section.title.casefold().strip() in _JOINED:
                    asked += self._listed(page, tool, section)
        for text, place in asked[:_MOST]:
            self.found.ask(text, place)
        if len(asked) > _MOST:
            self.found.ask(f"and {len(asked) - _MOST} more sentences that name two tools")
        for way, names in self.log_ins.items():
            self.found.left_out(
                f"people log in to {shown(names)} with {way}: that is no flow of data"
            )

    def _sections(self, page: Page) -> list[tuple[FoundTool, Section]]:
        """Return the sections of a page that belong to a tool."""
        made = []
        whole = self.tools.get(page.title)
        for section in page.sections:
            own: Section | None = section
            while own is not None and own.title not in self.tools:
                own = own.parent
            tool = whole or (self.tools[own.title] if own else None)
            if tool is not None and (whole is not None or tool.place.file == page.file):
                made.append((tool, section))
        return made

    def _section(self, page: Page, tool: FoundTool, section: Section) -> list[tuple[str, Place]]:
        hidden = " (on a page that is not published)" if unpublished(page.file) else ""
        made = []
        place = Place(page.file, f"heading {section.title!r}, line {section.line}")
        here: set[str] = set()
        over = section.title
        joined = over.casefold().strip() in _JOINED
        for text in [t for t in section.texts if not (joined and t.depth)]:
            linked = {
                name
                for _, url in text.links
                if url.startswith("#") and (name := self.anchors.get(url[1:].casefold()))
            }
            for sentence in sentences(text.words):
                if len(sentence) > _LONGEST or _SECRET_PLACE.search(sentence):
                    continue
                others = [
                    n
                    for n in self.tools
                    if n != tool.name
                    and (
                        n in linked
                        or _FLOW.search(sentence if text.depth else f"{over} {sentence}")
                    )
                    and _names(sentence, n)
                ]
                if others and _LOGIN.search(sentence):
                    self.log_ins.setdefault(others[0], []).append(tool.name)
                    continue
                new = [o for o in others if o not in here]
                if new:
                    here.update(new)
                    self.asked.update(frozenset((o, tool.name)) for o in new)
                    quoted = brief(without_handles(sentence, Counter()), 160)
                    where = Place(page.file, f"{place.spot.partition(',')[0]}, line {text.line}")
                    text_ = (
                        f"{tool.name} and {shown(new)}: {quoted!r}{hidden}. Is data exchanged, "
                        "and which way? No integration was taken from it"
                    )
                    made.append((text_, where))
        return made

    def _listed(self, page: Page, tool: FoundTool, section: Section) -> list[tuple[str, Place]]:
        """Ask about what a section on integrations lists, as far as it was not asked about."""
        leads = [t.lead for t in section.texts if t.depth and t.lead]
        leads += [s.title for s in section.children if self.judge.known(s.title)]
        others = [
            x for x in leads if x != tool.name and frozenset((x, tool.name)) not in self.asked
        ]
        if not others:
            return []
        hidden = " (on a page that is not published)" if unpublished(page.file) else ""
        text = (
            f"{tool.name} is said to be integrated with {shown(others)}{hidden}: which of them, "
            "and which way does data go? No integration was taken from it"
        )
        return [(text, Place(page.file, f"heading {section.title!r}, line {section.line}"))]


def _anchor(name: str) -> str:
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", name.casefold()).strip())


def _names(sentence: str, name: str) -> bool:
    """Tell whether a sentence names a tool: as spelled, or after a preposition in any case."""
    if name.casefold() not in sentence.casefold():
        return False
    spelled = re.escape(name)
    if re.search(rf"(?<!^)(?<![\w.-]){spelled}(?![\w-]|\.\w)", sentence):
        return True
    if sentence.startswith(name) and (" " in name or not name.isalpha()):
        return True
    return bool(
        re.search(
            rf"\b(?:to|in|into|from|via|with|through|by) {spelled}(?![\w-])",
            sentence,
            re.IGNORECASE,
        )
    )
