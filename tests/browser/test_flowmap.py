"""The flow map's questions: scopes, findings, steps, the way between two tools, what falls."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stackaudit.audit import audit
from stackaudit.graph import Stack, build_stack
from stackaudit.graph.ways import ways
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.result import AuditResult
from stackaudit.testing import DAY, make_resolved

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
WIDE = {"width": 1280, "height": 900}
Draw = Callable[[str], Path]

SUITES = """
stackaudit: 1
company: {name: X, scopes: [north, south]}
tools:
  - {name: HubSpot Marketing Hub, product: hubspot-marketing-hub}
  - {name: HubSpot Sales Hub, product: hubspot-sales-hub}
  - {name: HubSpot Service Hub, product: hubspot-service-hub}
  - {name: Shop, data: {order: capture}}
  - {name: Shop app, runs_inside: shop, data: {order: activate}}
  - {name: Agency, kind: service}
  - {name: Depot, scopes: [south]}
  - {name: Sheet, scopes: [north]}
integrations:
  - {from: shop, to: hubspot-sales-hub, objects: [contact, order], method: api}
  - {from: hubspot-service-hub, to: hubspot-sales-hub, objects: [ticket], status: absent}
  - {from: shop, to: hubspot-service-hub, objects: [ticket], method: api}
  - {from: shop, to: agency, objects: [order], method: api}
  - {from: agency, to: depot, objects: [order], method: api}
  - {from: shop, to: depot, method: api}
  - {from: shop, to: sheet, objects: [order], method: manual-export}
  - {from: sheet, to: shop, objects: [contact], status: broken}
"""


@pytest.fixture(scope="module")
def northwind() -> tuple[Stack, AuditResult]:
    resolved = open_inventory(ROOT / "inventories/northwind")
    return build_stack(resolved, DAY), audit(resolved, DAY)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when it complains."""
    context = browser.new_context(viewport=WIDE)
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda m: complaints.append(m.text))
    made.on("pageerror", lambda e: complaints.append(str(e)))
    yield made
    context.close()
    assert complaints == []


@pytest.fixture
def shop(page: Any, northwind: tuple[Stack, AuditResult], tmp_path: Path) -> Any:
    """Northwind's report, open."""
    return _open(page, northwind[1], tmp_path)


def _open(page: Any, result: AuditResult, folder: Path) -> Any:
    path = folder / "report.html"
    path.write_text(render_html(result), "utf-8")
    page.goto(path.as_uri())
    return page


def said(page: Any) -> str:
    return str(page.locator("#flow-say").text_content())


def lit(page: Any) -> set[str]:
    """Return the lines that are not faded, by the names of their ends."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll('svg.flow.focus .e.on')].map(
              (line) => line.dataset.e.split(' ').map((n) => document.querySelector(
                `svg.flow .node[data-n="${n}"]`).querySelector('title,text').textContent
              ).join(' → '))"""
        )
    )


def tools(page: Any, css: str) -> set[str]:
    return set(
        page.evaluate(
            """(css) => [...document.querySelectorAll('svg.flow .node' + css)].map(
              (n) => n.querySelector('title,text').textContent)""",
            css,
        )
    )


def test_object_and_scope_combine_and_the_page_says_how_many_connections_are_left(
    shop: Any, northwind: tuple[Stack, AuditResult]
) -> None:
    result = northwind[1]
    consent = next(o for o in result.objects if o.id == "consent")
    shop.select_option("#flow-object", label=consent.name)
    shop.select_option("#flow-scope", label="eu")
    wanted = [
        f
        for f in result.integrations
        if (f.live or f.status in ("planned", "broken", "paused", "idle")) and f.source and f.target
    ]
    found = [
        f for f in wanted if "consent" in (f.objects or ()) and ("eu" in f.scopes or not f.scopes)
    ]
    assert said(shop) == f"{consent.name}, eu: {len(found)} of {len(wanted)} connections."
    names = {t.id: t.name for t in result.tools}
    assert lit(shop) == {f"{names[f.source or '']} → {names[f.target or '']}" for f in found}
    shop.click("#flow-clear")
    assert shop.locator("svg.flow.focus").count() == 0
    assert shop.input_value("#flow-scope") == ""


def test_findings_of_an_area_mark_the_tools_and_lines_they_name(
    shop: Any, northwind: tuple[Stack, AuditResult]
) -> None:
    result = northwind[1]
    shop.select_option("#flow-about", label="Silos")
    names = {t.id: t.name for t in result.tools}
    wanted = {
        names[s.id]
        for f in result.findings
        if f.category == "silos" and f.accepted is None
        for s in f.subjects
        if s.kind == "tool"
    }
    marked = tools(shop, ".found")
    assert marked == wanted
    assert re.fullmatch(rf"Silos: \d+ of \d+ connections, {len(wanted)} tools marked\.", said(shop))
    title = next(k.title for k in result.checks if k.id == "broken-integration")
    shop.select_option("#flow-about", label=title)
    assert "Typeform → Klaviyo" in lit(shop)
    assert said(shop).startswith(f"{title}: {len(lit(shop))} of ")


def test_a_tool_is_followed_up_to_three_steps_up_and_down(shop: Any) -> None:
    shop.fill("#flow-tool", "Klaviyo")
    near = tools(shop, ".on")
    assert {"OneTrust", "Shopify EU", "LoyaltyLion"} < near
    assert "Akeneo" not in near
    shop.select_option("#flow-ask", "up")
    shop.select_option("#flow-steps", "2")
    before = tools(shop, ".on")
    assert "Akeneo" in before
    # Carriers of the lines are marked as well, but are no step of their own.
    ends = {end for line in lit(shop) for end in line.split(" → ")} - {"Klaviyo"}
    assert ends < before
    assert said(shop) == f"{len(ends)} tools up to 2 steps before Klaviyo."
    shop.select_option("#flow-ask", "down")
    after = tools(shop, ".on")
    assert "OneTrust" not in after
    shop.keyboard.press("Escape")


def test_the_card_says_what_a_tool_sends_and_links_its_findings(
    shop: Any, northwind: tuple[Stack, AuditResult]
) -> None:
    result = northwind[1]
    shop.locator("svg.flow .node", has_text="Klaviyo").click()
    assert "#tool-" not in shop.url, "a tool is chosen, not left for the register"
    assert shop.input_value("#flow-tool") == "Klaviyo"
    card = shop.locator("#flow-card").inner_text()
    assert "Twilio Segment" in card
    about = [
        f
        for f in result.findings
        if f.accepted is None and any(s.id == "klaviyo" for s in f.subjects)
    ]
    assert f"Findings ({len(about)})" in card
    links = shop.locator("#flow-card dd a")
    assert links.count() == len(about)
    for link in links.all():
        target = shop.locator(str(link.get_attribute("href")))
        assert str(link.text_content()) in " ".join(str(target.text_content()).split())
    shop.locator("#flow-card p a").click()
    assert shop.url.endswith("#tool-klaviyo")


def test_a_tool_is_chosen_with_the_keyboard_alone(shop: Any) -> None:
    shop.locator("svg.flow .node", has_text="Klaviyo").focus()
    shop.keyboard.press("Enter")
    shop.locator("#flow-ask").focus()
    assert "Klaviyo" in shop.locator("#flow-card").inner_text()
    assert tools(shop, ".on") >= {"Klaviyo", "OneTrust"}, "it stays when the focus goes"
    shop.locator("svg.flow .node", has_text="Klaviyo").focus()
    shop.keyboard.press("Escape")
    assert shop.locator("svg.flow.focus").count() == 0
    assert shop.locator("#flow-card").inner_text() == ""


def test_a_path_goes_over_its_carriers_and_is_said_in_words(shop: Any) -> None:
    shop.fill("#flow-tool", "Shopify EU")
    shop.select_option("#flow-ask", "path")
    assert said(shop).startswith("Choose the tool that the data should get to")
    shop.locator("svg.flow .node", has_text="Looker Studio").click()
    assert said(shop) == (
        "Shopify EU → BigQuery (through Fivetran) → Looker Studio: Order; automatic, then "
        "automatic."
    )
    assert lit(shop) == {"Shopify EU → BigQuery", "BigQuery → Looker Studio"}
    assert tools(shop, ".on") == {"Shopify EU", "BigQuery", "Fivetran", "Looker Studio"}
    shop.fill("#flow-to", "nothing of that name")
    assert said(shop) == "No tool here is called “nothing of that name”."


OUTCOMES = {
    "gate": "gate",
    "automatic": "works",
    "maybe-automatic": "works",
    "manual": "works",
    "broken": "broken",
    "unknown": "no",
    "no": "no",
}
ASK = """(questions) => {
  const by = (id) => document.getElementById(id);
  const set = (id, value, kind) => { by(id).value = value; by(id).dispatchEvent(new Event(kind)); };
  set('flow-ask', 'path', 'change');
  return questions.map(([a, b, object, scope]) => {
    by('flow-object').value = object;
    if (by('flow-scope')) by('flow-scope').value = scope;
    by('flow-to').value = b;
    set('flow-tool', a, 'input');
    return by('flow-say').textContent;
  });
}"""


def _spoken(text: str) -> tuple[str, int]:
    """Return the outcome a sentence of the page tells, and the number of hops."""
    if "until there is permission" in text:
        return "gate", 0
    if text.startswith("No path"):
        return ("broken" if "way there is broken" in text else "no"), 0
    return "works", text.partition(": ")[0].count(" → ")


def _ask(page: Any, stack: Stack, step: int) -> tuple[list[tuple[str, ...]], list[Any], list[Any]]:
    """Ask the page and the command's rule the same questions; every `step`-th of all."""
    data = json.loads(str(page.locator("#flow-data").text_content()))
    options = page.locator("#flow-object option").all()
    objects = {str(o.text_content()): str(o.get_attribute("value")) for o in options[1:]}
    names = page.evaluate(
        "[...document.querySelectorAll('svg.flow .node')].map("
        "(n) => n.querySelector('title,text').textContent)"
    )
    drawn = [t for t in stack.tools if t.name in names and t.in_use]
    questions, wanted = [], []
    number = 0
    for a in drawn:
        for b in drawn:
            for o, noun in stack.catalogue.objects.items():
                for scope in range(len(stack.scopes)):
                    both = a.scopes & b.scopes & data["all"]
                    if a is b or noun.name not in objects or not both >> scope & 1:
                        continue
                    number += 1
                    if number % step:
                        continue
                    bit = str(1 << scope) if len(stack.scopes) > 1 else ""
                    questions.append((a.name, b.name, objects[noun.name], bit))
                    serving = ways(stack, a, b, o, [scope])[0].serving
                    kind = "gate" if serving.gated else OUTCOMES[serving.outcome]
                    wanted.append((kind, len(serving.hops) if kind == "works" else 0))
    return questions, wanted, page.evaluate(ASK, questions)


def test_the_page_and_the_command_agree_on_what_gets_where(
    shop: Any, northwind: tuple[Stack, AuditResult]
) -> None:
    questions, wanted, answers = _ask(shop, northwind[0], 17)
    assert len(questions) > 1000
    assert {kind for kind, _ in wanted} == {"gate", "works", "broken", "no"}
    pairs = zip(questions, wanted, answers, strict=True)
    assert [(q, w, a) for q, w, a in pairs if _spoken(a) != w] == []


def test_the_page_and_the_command_agree_on_suites_apps_services_and_scopes(
    page: Any, tmp_path: Path
) -> None:
    resolved = make_resolved(SUITES)
    stack = build_stack(resolved, DAY)
    assert stack.sharing, "the sample has a suite with one database"
    _open(page, audit(resolved, DAY), tmp_path)
    questions, wanted, answers = _ask(page, stack, 1)
    pairs = zip(questions, wanted, answers, strict=True)
    assert [(q, w, a) for q, w, a in pairs if _spoken(a) != w] == []
    by_pair = {(q[0], q[1]) for q, w in zip(questions, wanted, strict=True) if w[0] == "works"}
    assert ("Shop app", "HubSpot Marketing Hub") in by_pair
    assert ("Agency", "Depot") not in by_pair, "nothing surely passes a service of unknown data"
    depot_sheet = page.evaluate(ASK, [("Depot", "Sheet", "", "")])
    assert depot_sheet == ["Depot and Sheet serve no scope in common."]


def test_what_falls_without_a_tool_is_what_the_audit_says(
    shop: Any, northwind: tuple[Stack, AuditResult]
) -> None:
    result = northwind[1]
    shop.select_option("#flow-ask", "remove")
    falls = {f.name: f for f in result.falls if f.kind == "tool"}
    for name in sorted(falls):
        shop.fill("#flow-tool", name)
        n, must = len(falls[name].falls), falls[name].must
        assert f"{n} needed flow{'s' if n > 1 else ''} fall" in said(shop), name
        assert f", {must} of them" in said(shop), name
    shop.fill("#flow-tool", "Klaviyo")
    assert said(shop).startswith("Without Klaviyo, ")
    assert tools(shop, ".cut") == {"Klaviyo"}
    assert tools(shop, ".lost") == {"Twilio Segment"}
    card = shop.locator("#flow-card").inner_text()
    assert "Twilio Segment loses Message send & engagement" in card
    assert "Loyalty membership: LoyaltyLion → Klaviyo" in card
    shop.fill("#flow-tool", "Semrush")
    assert "No needed flow is known to fall." in said(shop)
    shop.fill("#flow-tool", "Shopify EU")
    assert "Fit Finder runs inside it and falls with it." in said(shop)
    assert tools(shop, ".cut") == {"Shopify EU", "Fit Finder"}


def test_above_the_limit_only_the_questions_that_apply_to_areas_are_there(
    page: Any, drawn: Draw
) -> None:
    page.goto(drawn("three-hundred").as_uri())
    assert page.locator("#flow-object").count() == 1
    for name in ("tool", "ask", "steps", "to", "about", "card"):
        assert page.locator(f"#flow-{name}").count() == 0, name
    page.select_option("#flow-object", index=1)
    assert re.match(r".+: \d+ of \d+ connections\.$", said(page))
    assert page.locator("svg.flow.focus .e.on").count() > 0
    page.locator("svg.flow .node").first.hover()
    page.locator("svg.flow .node").first.click()
    assert page.url.endswith("#tools")


@pytest.mark.parametrize("width", [390, 1280])
def test_controls_are_named_large_enough_and_inside_the_page(
    browser: Any, drawn: Draw, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(drawn("retailer").as_uri())
    page.fill("#flow-tool", "Snowflake")
    page.select_option("#flow-ask", "path")
    small = page.evaluate(
        """(width) => [...document.querySelectorAll(
            '#flow-map :is(select,input,button), #flow-card a, svg.flow .node')].filter((e) => {
          const box = e.getBoundingClientRect();
          if (!box.width) return false;
          const named = e.labels ? e.labels.length || e.textContent : e.textContent;
          const out = !e.closest('svg') && box.right > width;
          return box.height < 24 || box.width < 24 || !String(named).trim() || out;
        }).map((e) => [e.id || e.textContent, e.getBoundingClientRect().toJSON()])""",
        width,
    )
    assert small == []
    # A tool that is out of sight is brought into it.
    seen = page.evaluate(
        """() => {
          const node = [...document.querySelectorAll('svg.flow .node')].find(
            (n) => n.textContent.includes('Snowflake')).getBoundingClientRect();
          const frame = document.querySelector('svg.flow').parentNode.getBoundingClientRect();
          return node.left >= frame.left - 1 && node.right <= frame.right + 1;
        }"""
    )
    assert seen
    context.close()


def test_no_line_passes_behind_a_box(shop: Any) -> None:
    behind = shop.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('svg.flow .node path')].map(
            (p) => [p.parentNode.textContent, p.getBBox()]);
          const bad = [];
          for (const line of document.querySelectorAll('svg.flow .e')) {
            const long = line.getTotalLength();
            for (let at = 4; at < long - 4; at += 3) {
              const p = line.getPointAtLength(at);
              for (const [name, b] of boxes) {
                const inside = p.x > b.x + 1 && p.x < b.x + b.width - 1
                  && p.y > b.y + 1 && p.y < b.y + b.height - 1;
                if (inside) bad.push(line.dataset.e + ' behind ' + name);
              }
            }
          }
          return [...new Set(bad)];
        }"""
    )
    assert behind == []
