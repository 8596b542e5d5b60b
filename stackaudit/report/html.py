"""The audit result as one HTML file: no request to anywhere, readable without scripts."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import Final

import jinja2
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from stackaudit.branding.model import Brand, Voice
from stackaudit.compare import Comparison
from stackaudit.report import assets, compiled
from stackaudit.report.answer import Cover, First, cover, first
from stackaudit.report.appendix import Appendix, appendix
from stackaudit.report.audience import Audience, Banner, for_audience, unlinked
from stackaudit.report.context import Context
from stackaudit.report.declared import Declared, declared
from stackaudit.report.dress import coloured, dress, foot, unnamed
from stackaudit.report.findings import Register, register
from stackaudit.report.flowmap import FlowMap, flow_map
from stackaudit.report.funds import Freed, funds
from stackaudit.report.heat import Coverage, coverage
from stackaudit.report.losses import Losses, losses
from stackaudit.report.matrix import Matrices, matrices
from stackaudit.report.money import Spending, spending
from stackaudit.report.order import SECTIONS, contents
from stackaudit.report.owners import Owners, owners
from stackaudit.report.paper import rules as paper_rules
from stackaudit.report.personal import Personal
from stackaudit.report.quadrant import Quadrant, quadrant
from stackaudit.report.repairs import Repairs, repairs
from stackaudit.report.roadmap import Roadmap, roadmap
from stackaudit.report.safe import prose, visible
from stackaudit.report.scores import Scores, scores
from stackaudit.report.silos import Silos, silos
from stackaudit.report.since import LastTime, last_time
from stackaudit.report.stackmap import StackMap, stack_map
from stackaudit.report.strips import Strips, strips
from stackaudit.report.tables import Table
from stackaudit.report.translated import translated, translated_comparison
from stackaudit.report.trust import Trust, trust
from stackaudit.report.unknowns import Unknowns, unknowns
from stackaudit.report.words import Words
from stackaudit.result import AuditResult


@dataclass(frozen=True)
class View:
    """All that the template shows; a section that is None is not there."""

    cover: Cover
    first: First
    map: StackMap | None
    coverage: Coverage | None
    silos: Silos | None
    matrices: Matrices | None
    flow_map: FlowMap | None
    strips: Strips | None
    repairs: Repairs | None
    owners: Owners | None
    losses: Losses | None
    spending: Spending | None
    freed: Freed | None
    trust: Trust | None
    scores: Scores | None
    quadrant: Quadrant | None
    roadmap: Roadmap | None
    register: Register | None
    unknowns: Unknowns | None
    declared: Declared | None
    appendix: Appendix
    order: tuple[str, ...] = SECTIONS
    personal: Personal | None = None
    audience: Banner | None = None
    since: LastTime | None = None


def view(context: Context, since: Comparison | None = None) -> View:
    """Return the sections of the report."""
    return View(
        cover=cover(context),
        first=first(context),
        map=stack_map(context),
        coverage=coverage(context),
        silos=silos(context),
        matrices=matrices(context),
        flow_map=flow_map(context),
        strips=strips(context),
        repairs=repairs(context),
        owners=owners(context),
        losses=losses(context),
        spending=spending(context),
        freed=funds(context),
        trust=trust(context),
        scores=scores(context),
        quadrant=quadrant(context),
        roadmap=roadmap(context),
        register=register(context),
        unknowns=unknowns(context),
        declared=declared(context),
        appendix=appendix(context),
        since=last_time(context, since),
    )


def render_html(
    result: AuditResult,
    *,
    paper: str | None = None,
    audience: Audience | None = None,
    words: Words | None = None,
    brand: Brand | None = None,
    voice: Voice | None = None,
    since: Comparison | None = None,
) -> str:
    """Return the report of an audit result: one HTML file, the same bytes for the same result.

    Everything shown comes from `result`; its text is escaped, and a content security policy made of
    the hashes of the page's own style and script forbids all others. `paper` is the size of its
    pages when printed (`stackaudit.report.paper.SIZES`), else that of the reader's printer.
    An `audience` gets a view of the same result: fewer sections, in another order. `words` are the
    language of the page and its numbers, days and money; English when left out. A `brand` gives it
    the look of a house; `voice` is what an author says of the result, in which the author's
    overrides already count (:func:`stackaudit.audit.override.overridden`). `since` is the
    comparison with the audit before: the page says what changed.

    Raises :class:`stackaudit.report.dress.NotAppliedError` when they do not.
    """
    words = words.fresh() if words else Words()
    named = brand is None or brand.tool_name
    context = Context(translated(result, words), words, named=named)
    style = coloured(assets.style(), brand)
    style += paper_rules(context.w, foot(brand, result.company.name), paper)
    if not named:
        style = unnamed(style, words.plain("tool.unnamed"))
    script = assets.script()
    policy = (
        f"default-src 'none'; script-src '{csp_hash(script)}'; style-src '{csp_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    since = translated_comparison(since, (result,), words) if since else None
    v = view(context, since)
    if audience:
        v = for_audience(v, context, audience)
    page = _template().render(
        v=v,
        c=context,
        d=dress(context, brand, voice),
        w=context.w,
        contents=contents(v, context.w),
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        rest={t.id: {"labels": t.labels, "columns": t.rest} for t in _tables(v) if t.rest},
    )
    page = unlinked(page) if audience else page
    return page if named else unnamed(page, words.plain("tool.unnamed"))


_LAST: Final = ("appendix", "since")
"""Parts whose tables are in the appendix."""


def _tables(v: View) -> list[Table]:
    """Return every table of the sections shown; a long one has rows that are data only."""
    parts = [getattr(v, f.name) for f in fields(v) if f.name not in _LAST or "appendix" in v.order]
    inner = [getattr(p, f.name) for p in parts if is_dataclass(p) for f in fields(p)]
    listed = [x for p in (*parts, *inner) for x in (p if isinstance(p, list) else [p])]
    return [t for t in listed if isinstance(t, Table)]


def csp_hash(text: str) -> str:
    """Return the name a content security policy knows a style or a script by."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def _template() -> Template:
    """Return the page's template, as compiled beforehand if that is of this text and this Jinja."""
    text = assets.template()
    made = environment()
    if jinja2.__version__ == compiled.JINJA and text_hash(text) == compiled.TEXT:
        return Template.from_module_dict(made, vars(compiled), made.make_globals(None))
    return made.from_string(text)


def text_hash(text: str) -> str:
    """Return the name a text is known by."""
    return sha256(text.encode()).hexdigest()


def environment() -> Environment:
    """Return where the page is made: a missing name is an error, a string escaped and visible."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["prose"] = prose
    return made


def _shown(value: object) -> object:
    return visible(value) if type(value) is str else value
