"""Two audits side by side in a real browser: quiet, readable, safe, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sample
from hostile import PAYLOADS, planted

from stackaudit.compare import compare
from stackaudit.report.compared import render_comparison
from stackaudit.result import AuditResult

pytestmark = pytest.mark.browser

NAMES = ["retailer", "little", "three-hundred", "other-rules"]


def later(result: AuditResult) -> AuditResult:
    """Return a later result: tools gone and come, findings settled, costs and flows moved."""
    kept = [t for i, t in enumerate(result.tools) if i % 11 != 3]
    kept = [
        t.model_copy(update={"owner": ["Ravi Patel"]}) if i % 5 == 1 else t
        for i, t in enumerate(kept)
    ]
    if kept:
        kept.append(kept[0].model_copy(update={"id": "newcomer", "name": "Newcomer"}))
    ids = {t.id for t in kept}
    flows = [
        f.model_copy(update={"status": "broken", "live": False}) if i % 7 == 2 else f
        for i, f in enumerate(result.integrations)
        if f.source in ids and f.target in ids and i % 9 != 4
    ]
    gone = {f.id for i, f in enumerate(result.findings) if i % 6 == 1}
    findings = [
        f.model_copy(update={"id": f"{f.id}-again"}) if i % 8 == 5 else f
        for i, f in enumerate(result.findings)
        if f.id not in gone
    ]
    return result.model_copy(
        update={
            "as_of": result.as_of.replace(year=result.as_of.year + 1),
            "tools": kept,
            "integrations": flows,
            "findings": findings,
            "inventory_hash": "f" * 64,
        }
    )


def pair(name: str) -> tuple[AuditResult, AuditResult]:
    made = {
        "retailer": sample.retailer,
        "little": lambda: sample.bare(1),
        "three-hundred": lambda: sample.scaled(300),
        "other-rules": sample.retailer,
    }
    old = made[name]()
    new = later(old)
    if name == "other-rules":
        company = new.company.model_copy(update={"currency": "USD", "profile": "b2b-saas"})
        new = new.model_copy(update={"version": "9.9.9", "company": company})
    return old, new


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A comparison by the name of its sample, written once."""
    folder = tmp_path_factory.mktemp("compared")

    def draw(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(render_comparison(*pair(name)), "utf-8")
        return path

    return draw


class Sight:
    """A page, and what it asked for or complained of while it was open."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def open(self, path: Path) -> Any:
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture
def see(browser: Any) -> Iterator[Callable[..., Sight]]:
    open_: list[Sight] = []

    def make(**options: Any) -> Sight:
        open_.append(Sight(browser, **options))
        return open_[-1]

    yield make
    for sight in open_:
        sight.context.close()


UNFOLD = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"


@pytest.mark.parametrize("name", NAMES)
def test_the_comparison_asks_for_nothing_and_the_console_stays_empty(
    see: Callable[..., Sight], compared: Callable[[str], Path], name: str
) -> None:
    sight = see(viewport={"width": 1280, "height": 800})
    page = sight.open(compared(name))
    page.wait_for_timeout(50)
    assert sight.requests == [compared(name).as_uri()]
    assert sight.complaints == []
    assert page.locator("script").count() == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_comparison_never_scrolls_sideways(
    see: Callable[..., Sight], compared: Callable[[str], Path], name: str
) -> None:
    page = see(viewport={"width": 1280, "height": 800}).open(compared(name))
    page.evaluate(UNFOLD)
    wide = {}
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {w: is_ for w, is_ in wide.items() if is_ > w} == {}


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *(
            ("retailer", width, scheme)
            for width in (320, 768, 1280)
            for scheme in ("light", "dark")
        ),
        ("other-rules", 1280, "light"),
        ("three-hundred", 1280, "dark"),
        ("little", 320, "light"),
    ],
)
def test_axe_finds_nothing_in_the_comparison(
    see: Callable[..., Sight],
    compared: Callable[[str], Path],
    name: str,
    width: int,
    scheme: str,
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed"
    )
    source = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    sight = see(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = sight.open(compared(name))
    page.evaluate(UNFOLD)
    page.wait_for_timeout(50)
    page.evaluate(source)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then((r) => "
        "r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))",
        tags,
    )
    assert found == []


def test_before_and_after_stand_beside_each_other_on_a_screen_and_below_on_a_phone(
    see: Callable[..., Sight], compared: Callable[[str], Path]
) -> None:
    page = see(viewport={"width": 1280, "height": 800}).open(compared("retailer"))
    for pictures in ("#heat-before, #heat-after", "svg.pairmatrix"):
        left, right = (page.locator(pictures).nth(i).bounding_box() for i in (0, 1))
        assert left["x"] + left["width"] <= right["x"]
        assert abs(left["y"] - right["y"]) < 1
        assert abs(left["width"] - right["width"]) < 1
    page.set_viewport_size({"width": 390, "height": 844})
    left, right = (page.locator("svg.pairmatrix").nth(i).bounding_box() for i in (0, 1))
    assert left["y"] + left["height"] < right["y"]


def test_the_first_screen_holds_what_changed(
    see: Callable[..., Sight], compared: Callable[[str], Path]
) -> None:
    page = see(viewport={"width": 1280, "height": 800}).open(compared("retailer"))
    for part in ("h1", ".sowhat", ".tiles", ".named >> nth=0", ".limits"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, part


@pytest.mark.parametrize("name", ["retailer", "three-hundred"])
def test_names_in_a_picture_do_not_lie_on_each_other(
    see: Callable[..., Sight], compared: Callable[[str], Path], name: str
) -> None:
    page = see(viewport={"width": 1280, "height": 800}).open(compared(name))
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll('svg.pic')].flatMap((svg) => {
          const level = [...svg.querySelectorAll('text.lab.end, text.val')].map((t) =>
            [t.textContent, t.getBoundingClientRect()]);
          return level.flatMap(([a, p], i) => level.slice(i + 1)
            .filter(([, q]) => p.left < q.right - 1 && q.left < p.right - 1
              && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4)
            .map(([b]) => `${a} / ${b}`));
        })"""
    )
    assert overlaps == []


def test_hostile_text_in_both_results_runs_nothing(
    see: Callable[..., Sight], tmp_path: Path
) -> None:
    sight = see(viewport={"width": 1280, "height": 800})
    old, new = pair("little")
    for number, payload in enumerate(PAYLOADS):
        html = render_comparison(planted(old, payload), planted(new, payload))
        # Escaping alone: the policy is taken away.
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
        path = tmp_path / f"{number}.html"
        path.write_text(html, "utf-8")
        page = sight.open(path)
        page.mouse.move(200, 200)
        clean = "window.__pwn === undefined && document.getElementById('clickme') === null"
        assert page.evaluate(clean), payload
    assert [r for r in sight.requests if not r.startswith("file:")] == []


def test_hostile_text_runs_nothing_in_the_comparison_as_it_is(
    see: Callable[..., Sight], tmp_path: Path
) -> None:
    old, new = (planted(r, " ".join(PAYLOADS[:40])) for r in pair("retailer"))
    path = tmp_path / "all.html"
    path.write_text(render_comparison(old, new), "utf-8")
    sight = see(viewport={"width": 1280, "height": 800})
    page = sight.open(path)
    assert page.evaluate("window.__pwn") is None
    assert sight.complaints == []


def test_the_printed_comparison_holds_every_changed_finding(
    see: Callable[..., Sight], compared: Callable[[str], Path], tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    page = see(viewport={"width": 1280, "height": 800}).open(compared("retailer"))
    path = tmp_path / "compared.pdf"
    page.pdf(path=str(path), format="A4", prefer_css_page_size=True)
    out = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    raw = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    bare = re.sub(r"\s+", "", re.sub(r"-\n", "", raw))
    changes = compare(*pair("retailer")).changes
    missing = [c.id for c in changes if re.sub(r"\s+", "", c.sentence)[:40] not in bare]
    assert missing == []
    pages = out.count("\f")
    assert f"Page {pages} of {pages}" in out
