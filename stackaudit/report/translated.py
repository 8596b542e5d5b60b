"""An audit result with its own words in the language of the report, as far as they are known.

The audit speaks English. Fixed texts of the catalogue and the checks (titles, names of
capabilities) have their translation in the language's file of words; a text of a company's own has
none and stays as it is. Sentences of a known form are translated with what varies in them. All
others stay English and say so in the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from stackaudit import result as r
from stackaudit.report.phrasebook import Phrasebook
from stackaudit.report.safe import Foreign
from stackaudit.report.words import Words

if TYPE_CHECKING:
    from stackaudit.compare import Comparison

NAMES: Final[dict[type[r.Part], tuple[str, ...]]] = {
    r.Company: ("profile_name",),
    r.Named: ("name",),
    r.JourneyStage: ("name",),
    r.CapabilityEntry: ("name",),
    r.ObjectEntry: ("name",),
    r.FlowEntry: ("method_name", "every"),
    r.SenderEntry: ("channel_name",),
}
"""Names of the catalogue; one that is not known here is the company's own."""

SENTENCES: Final[dict[type[r.Part], tuple[str, ...]]] = {
    r.Money: ("basis",),
    r.Evidence: ("text",),
    r.Action: ("text", "deadline_why"),
    r.Finding: ("sentence", "harmless_if"),
    r.Question: ("text",),
    r.CheckResult: ("title", "examined_what", "summary", "why", "false_positives", "error"),
    r.CapabilityEntry: ("definition",),
    r.ObjectEntry: ("definition",),
    r.Demand: ("why",),
    r.Answer: ("question", "text", "note"),
    r.Tile: ("text", "label", "coverage"),
    r.Summary: ("headline", "good", "completeness"),
    r.AreaScore: ("formula", "why"),
    r.Quality: ("formula",),
    r.Repair: ("text",),
    r.Funds: ("formula",),
    r.Note: ("text",),
}
"""What the audit and the checks say, in English where no translation is known."""

LISTS: Final[dict[type[r.Part], tuple[str, ...]]] = {
    r.Summary: ("so_what",),
    r.Answer: ("missing",),
}
"""Lists of such sentences."""


def translated(result: r.AuditResult, words: Words) -> r.AuditResult:
    """Return the result with its words in the language of `words`; in English the same one."""
    if words.is_english:
        return result
    made: r.AuditResult = _Translator(words, Phrasebook(words, result)).part(result)
    return made


class _Translator:
    """One result on its way into another language."""

    def __init__(self, words: Words, book: Phrasebook) -> None:
        self.words = words
        self.book = book

    def part(self, part: Any) -> Any:
        kind = type(part)
        update = {name: self.value(getattr(part, name)) for name in kind.model_fields}
        for name in NAMES.get(kind, ()):
            update[name] = update[name] and (self.words.term(update[name]) or update[name])
        for name in SENTENCES.get(kind, ()):
            update[name] = self.sentence(update[name])
        for name in LISTS.get(kind, ()):
            update[name] = [self.sentence(text) for text in update[name]]
        return part.model_copy(update=update)

    def value(self, value: Any) -> Any:
        if isinstance(value, r.Part):
            return self.part(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict) and any(isinstance(v, r.Part) for v in value.values()):
            return {key: self.value(item) for key, item in value.items()}
        return value

    def sentence(self, text: str) -> str:
        return (self.book.said(text) or Foreign(text)) if text else text


def translated_comparison(
    comparison: Comparison, results: Sequence[r.AuditResult], words: Words
) -> Comparison:
    """Return what became of the findings in the language of `words`; the results are both audits'.

    A sentence is looked for with the names of each result, the newest last and first asked.
    """
    if words.is_english:
        return comparison
    books = [Phrasebook(words, result) for result in reversed(results)]

    def said(text: str) -> str:
        found = (book.said(text) for book in books)
        return next((f for f in found if f), Foreign(text)) if text else text

    changes = [
        change.model_copy(
            update={
                "sentence": said(change.sentence),
                "note": said(change.note),
                "differs": [said(text) for text in change.differs],
                "rules": [said(rule) for rule in change.rules],
            }
        )
        for change in comparison.changes
    ]
    rules = [said(rule) for rule in comparison.rules]
    return comparison.model_copy(update={"changes": changes, "rules": rules})
