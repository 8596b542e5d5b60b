"""Two audit results side by side, in the words of one report: what the pictures of both share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from stackaudit.compare import Comparison
from stackaudit.compare.compare import renamed
from stackaudit.report.context import Context
from stackaudit.report.safe import esc, like, name, prose
from stackaudit.report.words import Words
from stackaudit.result import AuditResult, Money, Place


class Since:
    """A comparison in the words of a report, with the names and places of the results at hand."""

    has_facts = False
    """Whether the page has the table of all facts, as ``#facts``."""

    def __init__(self, comparison: Comparison, *contexts: Context) -> None:
        self.comparison = comparison
        self.contexts = contexts
        """The results at hand, the newest last."""
        self.new = contexts[-1]
        self.w = self.new.w

    @cached_property
    def days(self) -> tuple[str, str]:
        """The two days in words."""
        return self.w.day(self.comparison.old_day), self.w.day(self.comparison.new_day)

    def rest_note(self, rows: Sequence[object]) -> Markup:
        """Return what to say under a table that does not show all of its rows."""
        return self.new.rest_note(rows)

    def contract_name(self, contract: str) -> str:
        """Return what a contract is called: by its vendor, else by its tools, else by its id."""
        for context in reversed(self.contexts):
            for entry in context.result.contracts:
                if entry.id == contract:
                    tools = ", ".join(context.tool_name(t) for t in entry.tools)
                    return entry.vendor or tools or contract
        return contract

    def place(self, kind: str, identity: str) -> Markup:
        """Return where an entry is written: in the newer inventory, else in the older one."""
        for context in reversed(self.contexts):
            for entry in self._entries(context.result, kind):
                if entry.id == identity and entry.place is not None:
                    return cite(context, entry.place)
        return Markup("")

    @staticmethod
    def _entries(result: AuditResult, kind: str) -> Iterator[Any]:
        kinds: dict[str, Iterable[Any]] = {
            "tool": result.tools,
            "integration": result.integrations,
            "contract": result.contracts,
            "process": result.processes,
        }
        yield from kinds.get(kind, ())

    def said(self, text: str) -> Markup:
        """Return a sentence of the comparison with days and money as the report writes them."""
        return prose(like(text, self.w.signed(text, self.comparison.currency)))

    def money(self, low: float, high: float, which: Context | None = None) -> str:
        """Return an amount in the currency of one result (the newer one, if not said)."""
        context = which or self.new
        return self.w.money(Money(low=low, high=high), context.currency)

    def step(self, value: float) -> Markup:
        """Return how far a number moved, with its sign."""
        return self._step(value, self.w.number(abs(value))) if value else self.w("cmp.same")

    def money_step(self, value: float) -> Markup:
        """Return how far an amount moved, with its sign."""
        amount = self.money(abs(value), abs(value))
        return self._step(value, amount) if round(value) else self.w("cmp.same")

    def span(self, low: float, high: float, said: Callable[[float], Markup]) -> Markup:
        """Return how far a range moved: one step, or that of its lower and of its upper end."""
        if round(low) == round(high):
            return said(low)
        ends = (said(x) if round(x) else Markup("0") for x in (low, high))
        return self.w("cmp.range", low=next(ends), high=next(ends))

    @staticmethod
    def _step(value: float, text: str) -> Markup:
        sign = "+" if value > 0 else "\u2212"
        return Markup('<span class="nb">') + f"{sign}{text}" + Markup("</span>")


class Both(Since):
    """The older and the newer result, each with its names, and the comparison of them."""

    has_facts = True

    def __init__(
        self, old: AuditResult, new: AuditResult, comparison: Comparison, words: Words
    ) -> None:
        self.old = Context(old, words)
        super().__init__(comparison, self.old, Context(new, words))
        self.now = renamed(old, new)
        """Old id → new id of tools that only got another id."""

    def rest_note(self, rows: Sequence[object]) -> Markup:
        """Return what to say under a long table: this page has no script to show the rest."""
        return self.w("cmp.rest", n=len(rows))

    @property
    def same_currency(self) -> bool:
        """Whether amounts of both can be compared."""
        return self.old.currency == self.new.currency

    def tool_now(self, tool: str) -> str:
        """Return the id a tool of the older result has in the newer one, if it is there."""
        return self.now.get(tool, tool)

    def tool_name(self, tool: str) -> str:
        """Return a tool's name by its newer id."""
        if tool in self.new.tools:
            return self.new.tool_name(tool)
        return self.old.tool_name(tool)

    def domain(self, domain: str) -> str:
        """Return the name of an area of capabilities."""
        return self.new.domains.get(domain) or self.old.domains.get(domain, domain)

    def domains(self) -> list[str]:
        """Return the areas of both, in the newer result's order."""
        return list(dict.fromkeys([*self.new.domains, *self.old.domains]))

    def stages(self) -> list[tuple[str, str]]:
        """Return id and name of the stages of both, in the newer result's order."""
        named: dict[str, str] = {}
        for context in (self.new, self.old):
            for stage in context.result.stages:
                named.setdefault(stage.id, stage.name)
        return list(named.items())


def cite(context: Context, place: Place) -> Markup:
    """Return a place as the report writes it."""
    return Markup(f"<cite>{esc(context.place(place))}</cite>")


def bold(text: str) -> Markup:
    """Return a stranger's name set apart from the sentence around it."""
    return Markup("<b>") + name(text) + Markup("</b>")
