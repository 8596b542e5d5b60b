"""What a brand and an author add to the page: colours, cover, foot, and the author's own voice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from markupsafe import Markup

from stackaudit.branding.contrast import DARK, LIGHT, mixed
from stackaudit.branding.model import SECTIONS, Brand, Logo, Shade, Voice
from stackaudit.report.context import Context
from stackaudit.report.markdown import folded, markdown
from stackaudit.report.safe import esc, name, safe_href
from stackaudit.report.tables import Table

TINTS: Final = {"wash": (0.09, 0.14), "h1": (0.07, 0.1), "h2": (0.2, 0.17), "h3": (0.33, 0.23)}
"""Share of the accent in the tints, on light and on dark paper: ink is readable on all of them."""

LOGO_BOX: Final = (180.0, 28.0)
"""Pixels a logo fills at most."""

_DARK_BLOCK: Final = re.compile(
    r"@media screen and \(prefers-color-scheme:dark\)\{:root\{[^}]*\}\}"
)
_TOOL: Final = re.compile("stackaudit", re.IGNORECASE)


class NotAppliedError(ValueError):
    """A result in which the author's overrides are not counted cannot be drawn with them."""


@dataclass(frozen=True)
class House:
    """What the cover and the foot of a page ask for."""

    brand: Brand

    @cached_property
    def logo(self) -> Markup:
        """Return the logo as a picture in the page itself."""
        return picture(self.brand.logo) if self.brand.logo else Markup("")

    @cached_property
    def contact(self) -> list[Markup]:
        """Return the lines of the address; what is a mail or web address is a link."""
        return [line(text) for text in self.brand.contact]


@dataclass(frozen=True)
class Dress(House):
    """What the templates of the report ask for; empty where nothing was said."""

    voice: Voice
    context: Context
    who: Markup
    executive: Markup = field(default_factory=Markup)
    sections: Mapping[str, Markup] = field(default_factory=dict)

    def about(self, finding: str) -> Markup:
        """Return what the author says about a finding: the override, its reason, the comment."""
        said = self.voice.findings.get(finding)
        entry = self.context.findings.get(finding)
        if said is None or entry is None:
            return Markup("")
        parts = Markup("")
        if said.check_says:
            text = self.context.w(
                "voice.severity",
                own=self.context.severity(entry.severity),
                check=self.context.severity(said.check_says),
                reason=esc_line(said.reason),
            )
            parts += Markup(f'<p class="override">{text}</p>')
        if said.comment:
            parts += markdown(said.comment)
        return self._spoken(parts) if parts else parts

    def _spoken(self, text: Markup, css: str = "voice") -> Markup:
        return Markup(f'<div class="{css}" role="note"><p class="who">{self.who}</p>{text}</div>')

    @cached_property
    def changed(self) -> Markup:
        """Return what the author changed, and what the checks themselves count."""
        if not self.voice.changes:
            return Markup("")
        w, voice = self.context.w, self.voice
        parts = []
        if voice.severities:
            parts.append(w("voice.changed", n=len(voice.severities)))
        if voice.hidden:
            linked = Markup(f'<a href="#hidden">{w("voice.hidden", n=len(voice.hidden))}</a>')
            parts.append(linked)
        by = name(voice.author) if voice.author else w("voice.author")
        return w(
            "voice.counts",
            by=by,
            what=w.listed(parts),
            n=voice.confirmed,
            high=voice.high,
        )

    @cached_property
    def hidden(self) -> Table:
        """Return the findings that are left out, for the appendix."""
        w = self.context.w
        titles = {k.id: k.title for k in self.context.result.checks}
        by = name(self.voice.author) if self.voice.author else Markup("")
        rows = [
            (
                Markup(f"<code>{esc(h.id)}</code>"),
                titles.get(h.check, h.check),
                self.context.severity(h.severity, h.confidence),
                h.reason,
                by,
            )
            for h in self.voice.hidden
        ]
        labels = [w(f"col.{k}") for k in ("finding", "check", "severity", "because", "by")]
        return Table("hidden", w("appendix.hidden", n=len(rows)), labels, rows)


def dress(c: Context, brand: Brand | None, voice: Voice | None) -> Dress:
    """Return what is added to the report of a result.

    Raises :class:`NotAppliedError` when the result still counts what the author hides or judges
    otherwise: see :func:`stackaudit.audit.override.overridden`.
    """
    brand, voice = brand or Brand(), voice or Voice()
    left = [h.id for h in voice.hidden if h.id in c.findings]
    left += [
        i for i, s in voice.severities.items() if i in c.findings and c.findings[i].severity != s
    ]
    if left:
        raise NotAppliedError(f"the result does not count the author's judgement of {left[0]}")
    w = c.w
    who = w("voice.by", who=name(voice.author)) if voice.author else w("voice.by-author")
    plain = Dress(brand, voice, c, who)
    sections = dict.fromkeys(SECTIONS, Markup(""))
    for section, text in voice.sections.items():
        sections[section] = plain._spoken(markdown(text))  # noqa: SLF001 - one thing in two steps
    return Dress(brand, voice, c, who, _executive(c, plain, voice.executive), sections)


def _executive(c: Context, plain: Dress, text: str) -> Markup:
    """Return the comment of the first screen: its beginning, and the rest folded."""
    if not text:
        return Markup("")
    head, rest = folded(text)
    if rest:
        more = c.w("voice.more" if head else "voice.read")
        rest = Markup(f"<details><summary>{more}</summary>{rest}</details>")
    return plain._spoken(head + rest, "voice exec")  # noqa: SLF001 - the same


def esc_line(text: str) -> Markup:
    """Return one line of the author's, as it is: no Markdown in it."""
    return Markup(esc(text))


def picture(logo: Logo) -> Markup:
    """Return a logo, as large as its box allows."""
    wide, high = LOGO_BOX
    scale = min(wide / logo.width, high / logo.height)
    return Markup(
        f'<img class="logo" src="{logo.uri}" alt="{esc(logo.alt)}" '
        f'width="{round(logo.width * scale)}" height="{round(logo.height * scale)}">'
    )


def line(text: str) -> Markup:
    """Return a line of an address; a mail or web address becomes a link."""
    href = None
    if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+", text):
        href = safe_href(f"mailto:{text}")
    elif text.lower().startswith(("https://", "http://")) and not re.search(r"\s", text):
        href = safe_href(text)
    if href is None:
        return name(text)
    return Markup(f'<a href="{esc(href)}" rel="noopener noreferrer">{esc(text)}</a>')


def foot(brand: Brand | None, company: str) -> str:
    """Return what the foot of every page says: whose it is, and that it is not for everybody."""
    if brand is None:
        return company
    first = " · ".join(part for part in (company, brand.footer or brand.name) if part)
    return "\n".join(part for part in (first, brand.confidentiality) if part)


def coloured(style: str, brand: Brand | None) -> str:
    """Return a style sheet with the brand's colours in the places of the report's own."""
    if brand is None or not (brand.accent or brand.second):
        return style
    dark = _DARK_BLOCK.search(style)
    if dark is None:
        return _painted(style, brand, 0)
    return (
        _painted(style[: dark.start()], brand, 0)
        + _painted(dark[0], brand, 1)
        + _painted(style[dark.end() :], brand, 0)
    )


def _painted(style: str, brand: Brand, theme: int) -> str:
    colours: dict[str, str] = {}
    if brand.accent:
        own, paper = _of(brand.accent, theme), (LIGHT, DARK)[theme][0]
        colours = {key: mixed(own, paper, shares[theme]) for key, shares in TINTS.items()}
        colours["accent"] = colours["second"] = own
    if brand.second:
        colours["second"] = _of(brand.second, theme)
    for key, colour in colours.items():
        style = re.sub(rf"(--{key}:)#[0-9a-f]{{3,6}}\b", rf"\g<1>{colour}", style)
    return style


def _of(shade: Shade, theme: int) -> str:
    return (shade.light, shade.dark)[theme]


def unnamed(text: str, instead: str) -> str:
    """Return a text without the name of this program."""
    return _TOOL.sub(lambda _: instead, text)
