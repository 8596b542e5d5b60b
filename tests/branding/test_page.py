"""The page in a house's look and with an author's voice: safe, complete, and said to be so."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256

import pytest
import sample
from hostile import PAYLOADS, WRITABLE
from page import Page

from stackaudit.audit.override import overridden
from stackaudit.branding.comments import bind
from stackaudit.branding.model import SECTIONS, Brand, Comments, Logo, Remark, Shade, Voice
from stackaudit.report import render_html
from stackaudit.report.compared import render_comparison
from stackaudit.report.dress import NotAppliedError
from stackaudit.report.markdown import folded, markdown
from stackaudit.report.pdf import PdfError, render_pdf
from stackaudit.result import AuditResult, Finding

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 40"><path d="M0 0h9"/></svg>'
BRAND = Brand(
    name="Lighthaus",
    logo=Logo("image/svg+xml", SVG, 150.0, 40.0, "Lighthaus"),
    accent=Shade("#5b2bb8", "#c3a6ff"),
    second=Shade("#a87a08", "#d4a017"),
    footer="Lighthaus GmbH, Hamburg",
    confidentiality="Confidential: for the board",
    contact=("Lighthaus GmbH", "hello@lighthaus.example", "https://lighthaus.example/a"),
)


def spoken(result: AuditResult, comments: Comments, brand: Brand | None = None) -> str:
    voice, warnings = bind(comments, result.findings, author=brand.name if brand else "")
    assert warnings == []
    counted = overridden(result, voice.severities, [h.id for h in voice.hidden])
    return render_html(counted, brand=brand, voice=voice)


@cache
def everything(extra: str = "") -> str:
    """A report in which every text a house and an author can write is written."""
    result = sample.retailer()
    ids = [f.id for f in result.findings]
    brand = replace(
        BRAND,
        name="Lighthaus" + extra,
        footer="Foot" + extra,
        confidentiality="Secret" + extra,
        contact=("Line" + extra, f"https://lighthaus.example/{extra}"),
        logo=replace(BRAND.logo, alt="Alt" + extra) if BRAND.logo else None,
    )
    remarks = {i: Remark(comment=f"About {n}{extra}") for n, i in enumerate(ids)}
    remarks[ids[0]] = Remark(hide=True, reason="Settled" + extra)
    now = result.findings[1].severity
    remarks[ids[1]] = Remark(
        comment="Less" + extra, severity="low" if now != "low" else "info", reason="Why" + extra
    )
    comments = Comments(
        author="Dana" + extra,
        executive=f"First{extra}\n\nSecond{extra}",
        sections={s: f"On {s}{extra}" for s in SECTIONS},
        findings=remarks,
    )
    return spoken(result, comments, brand)


MARKDOWN = {"p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "br", "a", "bdi"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_text_of_house_and_author_adds_nothing_that_acts(payload: str) -> None:
    plain, page = Page(everything()), Page(everything(payload))
    assert set(page.tags) - set(plain.tags) <= MARKDOWN
    for tag in ("script", "style", "img", "svg", "iframe", "form", "input", "h1", "h2", "details"):
        assert page.tags[tag] == plain.tags[tag], tag
    known = {(t, n) for t, n, _ in plain.attributes} | {("a", "rel"), ("a", "href")}
    assert {(t, n) for t, n, _ in page.attributes} <= known
    for tag, name, value in page.attributes:
        if name == "href":
            assert value.startswith(("#", "https://", "http://", "mailto:")), value
        if name == "src":
            assert (tag, value.partition(",")[0]) == ("img", "data:image/svg+xml;base64")


@pytest.mark.parametrize("case", sorted(WRITABLE))
def test_strange_characters_of_house_and_author_are_made_visible(case: str) -> None:
    html = everything(WRITABLE[case])
    html.encode("utf-8")
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]", html
    )


def test_the_policy_still_names_the_style_and_links_leave_nothing_behind() -> None:
    page = Page(everything())
    policy = next(v for t, n, v in page.attributes if t == "meta" and v.startswith("default-src"))
    style = page.raw["style"][0]
    made = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{made}'" in policy
    assert not [n for _, n, _ in page.attributes if n == "style"]
    assert "#5b2bb8" in style
    assert "#134b5f" not in style


def test_every_section_has_its_comment_under_its_heading() -> None:
    html = everything()
    shown = [s for s in SECTIONS if f'<section id="{s}"' in html]
    assert len(shown) > 8
    for section in shown:
        body = html.split(f'<section id="{section}"')[1].split("</section>")[0]
        assert f"On {section}" in body
        if section != "answer":
            heading = body.split("</h2>", 1)[1]
            assert heading.startswith('<div class="voice" role="note">'), section


def test_every_finding_that_is_shown_has_its_comment_wherever_it_is_shown() -> None:
    html = everything()
    result = sample.retailer()
    open_ = [f for f in result.findings if f.accepted is None or f.accepted.lapsed]
    for number, finding in enumerate(result.findings[2:], 2):
        if finding in open_:
            assert html.count(f"<p>About {number}</p>") == 1, finding.id


def test_another_severity_is_shown_with_the_checks_own_and_the_reason() -> None:
    result = sample.retailer()
    one = next(f for f in result.findings if f.severity == "high" and f.confidence == "confirmed")
    remark = Remark(severity="low", reason="A fix is under way")
    html = spoken(result, Comments(author="Dana", findings={one.id: remark}))
    said = html.split('<p class="override">')[1].split("</p>")[0]
    words = re.sub(r"<[^>]+>", "", said)
    assert words == "Severity Low is the author’s; the check says High. Reason: A fix is under way"
    words = Page(html).words
    number = sum(f.severity == "high" for f in _confirmed(result))
    assert f"findings are confirmed, {number - 1} of high severity" in words
    sure = len(_confirmed(result))
    note = f"The checks themselves count {sure} confirmed findings, {number} of high severity"
    assert words.count(note) == 2  # on the first screen, and at the head of the findings


def _confirmed(result: AuditResult) -> list[Finding]:
    open_ = [f for f in result.findings if f.accepted is None or f.accepted.lapsed]
    return [f for f in open_ if f.severity != "info" and f.confidence == "confirmed"]


def test_a_hidden_finding_has_no_card_and_is_listed_as_hidden() -> None:
    result = sample.retailer()
    one = result.findings[0]
    remark = Remark(hide=True, reason="Settled in May")
    html = spoken(result, Comments(author="Dana", findings={one.id: remark}))
    assert one.sentence not in Page(html).words
    row = html.split('<table id="hidden"')[1].split("</table>")[0]
    for text in (one.id, "Settled in May", "Dana", f'class="sev {one.severity}'):
        assert text in row
    assert 'href="#hidden"' in html
    ids = Page(html).ids
    assert {v[1:] for t, n, v in Page(html).attributes if n == "href" and v[:1] == "#"} <= set(ids)


def test_a_page_that_contradicts_its_author_is_not_drawn() -> None:
    result = sample.retailer()
    one = result.findings[0]
    voice, _ = bind(Comments(findings={one.id: Remark(hide=True, reason="x")}), result.findings)
    with pytest.raises(NotAppliedError):
        render_html(result, voice=voice)


def test_without_brand_and_comments_nothing_of_them_is_in_the_page() -> None:
    html = render_html(sample.retailer())
    body = html.split("</style>")[1]
    assert 'class="voice' not in body
    assert 'class="house' not in body
    assert html == render_html(sample.retailer(), brand=Brand(), voice=Voice())


NAME = re.compile("stackaudit", re.IGNORECASE)


def _named() -> AuditResult:
    """A result that speaks of the program wherever it can."""
    result = sample.retailer()
    first = result.findings[0]
    fact = first.evidence[0].model_copy(update={"quote": "stackaudit: 1"})
    finding = first.model_copy(
        update={"evidence": [fact], "harmless_if": "run `stackaudit validate`, or StackAudit"}
    )
    return result.model_copy(update={"findings": [finding, *result.findings[1:]]})


def test_the_name_of_the_tool_is_absent_when_asked() -> None:
    brand = replace(BRAND, tool_name=False, footer="Made with stackaudit")
    html = render_html(_named(), brand=brand)
    assert NAME.search(render_html(_named(), brand=BRAND))
    assert NAME.findall(html) == []
    assert "Drawn from an audit result; the JSON" in html
    page = Page(html)
    policy = next(v for t, n, v in page.attributes if t == "meta" and v.startswith("default-src"))
    made = b64encode(sha256(page.raw["style"][0].encode()).digest()).decode()
    assert made in policy


@pytest.mark.browser
@pytest.mark.slow
def test_the_name_of_the_tool_is_absent_from_the_pdf() -> None:
    html = render_html(sample.bare(1), brand=replace(BRAND, tool_name=False), paper="a4")
    try:
        data = render_pdf(html, date(2026, 11, 1))
    except PdfError as error:
        pytest.skip(str(error))
    assert NAME.search(data.decode("latin-1")) is None
    # Texts of the document's information and outline are UTF-16.
    assert NAME.search(data.decode("latin-1").replace("\0", "")) is None


def test_the_page_of_a_comparison_has_the_look_of_the_house() -> None:
    old = sample.retailer()
    new = old.model_copy(update={"as_of": date(2027, 2, 1)})
    html = render_comparison(old, new, brand=replace(BRAND, tool_name=False))
    page = Page(html)
    assert NAME.findall(html) == []
    assert page.tags["img"] == 1
    assert "Confidential: for the board" in page.words
    assert "#5b2bb8" in page.raw["style"][0]
    policy = next(v for t, n, v in page.attributes if t == "meta" and v.startswith("default-src"))
    assert b64encode(sha256(page.raw["style"][0].encode()).digest()).decode() in policy
    assert 'class="house' not in render_comparison(old, new).split("</style>")[1]


def test_what_is_printed_at_the_foot_of_pages_is_quoted() -> None:
    nasty = 'x"}</style><script>alert(1)</script>\\'
    html = render_html(sample.bare(1), brand=Brand(confidentiality=nasty, footer=nasty))
    assert html.count("</style>") == 1
    style = html.split("<style>")[1].split("</style>")[0]
    left = re.search(r"@bottom-left\{content:(.*?);white-space", style)[1]
    lines = re.findall(r'"([^"]*)"', left)
    assert lines[1] == r"\a"
    shown = re.sub(r"\\([0-9a-f]{6})", lambda m: chr(int(m[1], 16)), lines[2])
    assert shown == nasty


def test_the_logo_is_in_the_page_and_keeps_its_shape() -> None:
    page = Page(render_html(sample.bare(1), brand=BRAND))
    got = {n: v for t, n, v in page.attributes if t == "img"}
    assert b64decode(got["src"].partition(",")[2]) == SVG
    assert (got["alt"], got["width"], got["height"]) == ("Lighthaus", "105", "28")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One\n\n## Two", "<p><strong>One</strong></p><p><strong>Two</strong></p>"),
        ("Title\n===\nText", "<p><strong>Title</strong></p><p>Text</p>"),
        ("a **b** *c* `d`", "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n\n   b", "<ol><li><p>a</p><p>b</p></li></ol>"),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("![a cat](https://e.org/x.png)", "<p>a cat</p>"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>"),
        ("    <i>\n", "<pre><code>&lt;i&gt;\n</code></pre>"),
        (
            "[a](https://e.org/?a=1&b=2 'x')",
            '<p><a href="https://e.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a></p>',
        ),
        (
            "<mailto:a@e.org>",
            '<p><a href="mailto:a@e.org" rel="noopener noreferrer">mailto:a@e.org</a></p>',
        ),
        ("[a](ftp://e.org/) [b](/local) [c](#x)", "<p>a b c</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("a  \nb\n\n---\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("a\u202eb", "<p>a⟨U+202E⟩b</p>"),
    ],
)
def test_markdown_becomes_a_few_plain_elements(text: str, html: str) -> None:
    assert markdown(text) == html


def test_a_short_comment_is_shown_whole_and_a_long_one_is_cut_behind_a_sentence() -> None:
    assert folded("One **short** text.") == (markdown("One **short** text."), "")
    first = "A sentence of some length that says one thing. " * 5
    text = f"{first}**But this. And this** is one. {first}\n\nAnother."
    head, rest = folded(text)
    assert head.striptags().endswith("says one thing.")
    assert len(head.striptags()) <= 330
    whole = " ".join(markdown(text).striptags().split())
    assert " ".join(f"{head.striptags()} {rest.striptags()}".split()) == whole
    assert folded("- a list") == (markdown("- a list"), "")
    assert folded("- a list\n\n- of two") == ("", markdown("- a list\n\n- of two"))
    assert folded("One.\n\nTwo.") == ("<p>One.</p>", "<p>Two.</p>")
