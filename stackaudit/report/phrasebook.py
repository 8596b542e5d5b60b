"""Sentences of the audit in another language, recognised by their form.

The audit says in English what it has found, and its result is the same in every language. A
language's file of words lists, under ``terms``, forms of English sentences with slots for what
varies, each with its translation: ``Repair the integration {flow}``. A sentence is translated only
when it has such a form and what stands in every slot is what the slot is for: a name of this very
result, a number, a day. Else it stays English, and the page marks it as English. So a sentence that
an audit of another version words otherwise is never translated wrongly.

Slots, each of which may have a digit behind it: ``n`` and ``of`` (numbers), ``day``, ``money``,
``tool``, ``tools``, ``flow`` (``A → B``), ``cap``, ``caps`` and ``caplist`` (capabilities, the
latter joined by semicolons), ``end`` (one of a flow: a capability or a tool), ``object``,
``things`` (data objects as they are called in a sentence), ``scopes``, ``kept`` (tools and
integrations), ``lists`` (of the inventory), ``term`` and ``terms`` (fixed texts with a translation
of their own, joined by semicolons), ``title`` (the same, in quotation marks), ``said`` (a whole
sentence of a known form), ``name`` (whatever somebody has called something). ``(is|are)`` stands
for either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Final

from stackaudit.report.words import Words
from stackaudit.result import AuditResult

_PART: Final = re.compile(r"\{([a-z]+)(\d*)\}|\(([^()]*\|[^()]*)\)")
_PLAIN: Final = re.compile(r"\{[a-z]+\d*\}|\([^()]*\|[^()]*\)")
_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_SHAPES: Final = {
    "n": _NUMBER,
    "of": _NUMBER,
    "day": r"\d{4}-\d\d-\d\d",
    "money": rf"(?:[A-Z]{{3}} )?{_NUMBER}(?:–{_NUMBER})?",
}
_MORE: Final = re.compile(r"(\d+) more\Z")
LISTS: Final = ("tools", "integrations", "processes", "contracts", "objectives")
"""Lists of the inventory that can be stated to be complete."""

DEPTH: Final = 4
"""How deep sentences may stand in sentences."""


class Phrasebook:
    """What one result says, in the language of `words` as far as its form is known."""

    def __init__(self, words: Words, result: AuditResult) -> None:
        self.words = words
        self.tools = {t.name: t.name for t in result.tools}
        self.capabilities = {c.name: words.term(c.name) or c.name for c in result.capabilities}
        self.objects = {o.name: words.term(o.name) or o.name for o in result.objects}
        self.ends = self.capabilities | self.tools
        self.things = words.things | {k[:1].upper() + k[1:]: v for k, v in words.things.items()}
        self.scopes = {scope: scope for scope in result.company.scopes}
        self.flows = self._flows(result)
        self.kept = self.tools | self.flows
        self._readers: dict[str, Callable[[str], str | None]] = {
            "n": self._number,
            "of": self._number,
            "day": lambda given: words.day(date.fromisoformat(given)),
            "money": self._money,
            "tool": self.tools.get,
            "tools": lambda given: self._list(given, self.tools),
            "flow": self.flows.get,
            "cap": self.capabilities.get,
            "caps": lambda given: self._list(given, self.capabilities),
            "caplist": self._caplist,
            "object": self.objects.get,
            "end": self.ends.get,
            "things": lambda given: self._list(given, self.things),
            "scopes": lambda given: self._list(given, self.scopes),
            "kept": lambda given: self._list(given, self.kept),
            "lists": self._lists,
            "term": words.term,
            "terms": self._terms,
            "title": self._titles,
        }
        self._known: dict[str, str | None] = {}
        self._forms = [Form(*phrase) for phrase in words.phrases().items()]

    def _flows(self, result: AuditResult) -> dict[str, str]:
        """Return the integrations as the audit calls them."""
        names = {t.id: t.name for t in result.tools}
        unknown = self.words.plain("not-known")
        flows = {}
        for flow in result.integrations:
            ends = [names.get(end) if end else None for end in (flow.source, flow.target)]
            for arrow in "→↔–":
                english = f" {arrow} ".join(end or "unknown" for end in ends)
                flows[english] = f" {arrow} ".join(end or unknown for end in ends)
        return flows

    def said(self, text: str, depth: int = 0) -> str | None:
        """Return a sentence in the language; None where its form is not known."""
        if not text or depth > DEPTH:
            return None
        if text not in self._known:
            self._known[text] = self.words.term(text) or self._read(text, depth)
            if self._known[text] is None and text[-1] not in ".?!":
                # A headline is a sentence without its full stop.
                ended = self._read(f"{text}.", depth)
                self._known[text] = ended.removesuffix(".") if ended else None
        return self._known[text]

    def _read(self, text: str, depth: int) -> str | None:
        for form in self._forms:
            if form.literal in text and text.startswith(form.start):
                shown = form.read(text, lambda slot, given: self._shown(slot, given, depth))
                if shown is not None:
                    return shown
        return None

    def _shown(self, slot: str, given: str, depth: int) -> str | None:
        """Return what stands in a slot as the language writes it; None: it is not of its kind."""
        if slot == "said":
            return self.said(given, depth + 1)
        read = self._readers.get(slot)
        return read(given) if read else given

    def _terms(self, given: str) -> str | None:
        parts, found = given.split("; "), list[str]()
        while parts:
            # A text may have a semicolon in it: the longest that is known is read first.
            known = ((n, self._reason("; ".join(parts[:n]))) for n in range(len(parts), 0, -1))
            taken, shown = next(((n, text) for n, text in known if text), (0, ""))
            if not taken:
                return None
            found.append(shown or "")
            parts = parts[taken:]
        return "; ".join(found)

    def _titles(self, given: str) -> str | None:
        titles = [self.words.term(part) for part in given.strip("“”").split("”, “")]
        if not all(titles):
            return None
        return ", ".join(self.words.plain("quoted", what=title) for title in titles)

    def _caplist(self, given: str) -> str | None:
        names = given.split("; ")
        found = [self.capabilities.get(name) or self._more(name) for name in names]
        return "; ".join(f for f in found if f) if all(found) else None

    def _more(self, text: str) -> str | None:
        more = _MORE.match(text)
        return self.words.plain("and-more", n=int(more[1])) if more else None

    def _lists(self, given: str) -> str | None:
        return self._list(given, {k: self.words.term(k) or k for k in LISTS})

    def _reason(self, text: str) -> str | None:
        """Return a reason of the catalogue, which may stand with a small letter in a sentence."""
        return self.words.term(text) or self.words.term(text[:1].upper() + text[1:])

    def _number(self, given: str) -> str:
        return self.words.number(float(given.replace(",", "")))

    def _money(self, given: str) -> str:
        code, _, amount = given.rpartition(" ")
        ends = [float(end.replace(",", "")) for end in amount.split("–")]
        return self.words.amount(ends[0], ends[-1], code or None)

    def _list(self, given: str, known: dict[str, str]) -> str | None:
        """Return a list of known names; a name may have commas and "and" in it."""
        found = _split(given, known)
        if found is None:
            return None
        shown = [text for name in found if (text := known.get(name) or self._more(name))]
        if len(shown) < 2:
            return "".join(shown)
        comma, last = self.words.plain("list-comma"), self.words.plain("list-and")
        return comma.join(shown[:-1]) + last + shown[-1]


class Form:
    """One form of an English sentence, and what to say instead."""

    __slots__ = ("_shapes", "_shown", "_slots", "literal", "start")

    def __init__(self, english: str, shown: str | dict[str, str]) -> None:
        self._shown = shown
        self._slots: list[tuple[str, str]] = []
        lazy = greedy = ""
        at = 0
        for part in _PART.finditer(english):
            plain = re.escape(english[at : part.start()])
            at = part.end()
            if part[1]:
                self._slots.append((part[1], part[1] + part[2]))
                shape = _SHAPES.get(part[1])
                lazy += f"{plain}({shape or '.+?'})"
                greedy += f"{plain}({shape or '.+'})"
            else:
                either = "|".join(map(re.escape, part[3].split("|")))
                lazy += f"{plain}(?:{either})"
                greedy += f"{plain}(?:{either})"
        rest = re.escape(english[at:])
        # Compiled when first needed: most forms are of sentences that a result does not have.
        self._shapes = dict.fromkeys((lazy + rest, greedy + rest))
        pieces: list[str] = _PLAIN.split(english)
        self.start = pieces[0]
        self.literal = max(pieces, key=len)

    def read(self, text: str, shown: Callable[[str, str], str | None]) -> str | None:
        """Return `text` in the language when it has this form and its slots hold what they may."""
        for shape in self._shapes:
            found = re.fullmatch(shape, text)
            if found is None:
                return None
            values = [
                shown(s, given) for (s, _), given in zip(self._slots, found.groups(), strict=True)
            ]
            if all(v is not None for v in values):
                filled = {name: v for (_, name), v in zip(self._slots, values, strict=True)}
                return self._form(found, filled).format(**filled)
        return None

    def _form(self, found: re.Match[str], filled: dict[str, str | None]) -> str:
        if isinstance(self._shown, str):
            return self._shown
        names = [name for _, name in self._slots]
        one = "n" in filled and found.group(names.index("n") + 1) == "1"
        return self._shown["one"] if one and "one" in self._shown else self._shown["other"]


def _split(given: str, names: Collection[str]) -> list[str] | None:
    """Return the names that a list in words consists of; None when it is no list of known ones."""

    def rest(text: str) -> list[str] | None:
        if text in names or _MORE.match(text):
            return [text]
        for mark in (", ", " and "):
            at = text.find(mark)
            while at > 0:
                if text[:at] in names:
                    after = rest(text[at + len(mark) :])
                    if after is not None:
                        return [text[:at], *after]
                at = text.find(mark, at + 1)
        return None

    return rest(given)
