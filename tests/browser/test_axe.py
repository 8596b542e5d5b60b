"""axe-core finds nothing: every sample, light, dark and on paper, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Draw = Callable[[str], Path]

SAMPLES = [
    "five",
    "minimal",
    "retailer",
    "sparse",
    "thirty",
    "sixty",
    "long-names",
    "nothing",
    "northwind",
    "meltano",
]
"""Samples looked at in every scheme and at every width with every rule."""
SCHEMES = ("light", "dark", "print")
WIDTHS = (1280, 768, 320)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
POINTED = ["target-size"]
"""Rules about pointing, which nobody does at paper."""

# What repeats is looked at twice: axe's time grows faster than what is on the page.
PRUNE = """() => {
  for (const d of document.querySelectorAll('details')) d.open = true;
  const lists = 'ul, ol, tbody, .cards, .pairs, .smalls, .area, svg, svg g';
  for (const list of document.querySelectorAll(lists)) {
    const seen = {};
    for (const e of [...list.children]) {
      const kind = `${e.tagName} ${e.getAttribute('class')}`;
      seen[kind] = (seen[kind] || 0) + 1;
      if (seen[kind] > 2) e.remove();
    }
  }
}"""
RUN = """(options) => axe.run(document, {...options, resultTypes: ['violations']}).then((r) =>
  r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))"""

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until the scheme and the width that were set are on the screen."""


@pytest.fixture(scope="module")
def axe(browser: Any) -> Any:
    """One page that has axe wherever it goes."""
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed"
    )
    source = (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(source)
    yield context.new_page()
    context.close()


def _runs() -> list[tuple[str, int, dict[str, Any]]]:
    every = {"runOnly": {"type": "tag", "values": TAGS}}
    paper = {**every, "rules": {rule: {"enabled": False} for rule in POINTED}}
    return [(s, w, paper if s == "print" else every) for s in SCHEMES for w in WIDTHS]


def _violations(page: Any, path: Path, runs: list[tuple[str, int, dict[str, Any]]]) -> list[Any]:
    page.emulate_media(media="screen", color_scheme="light")
    page.goto(path.as_uri())
    page.evaluate(PRUNE)
    found = []
    for scheme, width, options in runs:
        page.emulate_media(
            media="print" if scheme == "print" else "screen",
            color_scheme="light" if scheme == "light" else "dark",
        )
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(DRAWN)
        seen = page.evaluate(RUN, options)
        if seen:  # a fault stays; what is gone after a moment was the page still being drawn
            page.wait_for_timeout(500)
            seen = page.evaluate(RUN, options)
        found += [(scheme, width, *v) for v in seen]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_axe_finds_nothing_in_any_scheme_at_any_width(axe: Any, drawn: Draw, name: str) -> None:
    assert _violations(axe, drawn(name), _runs()) == []


def test_axe_finds_what_is_wrong(axe: Any, drawn: Draw, tmp_path: Path) -> None:
    path = tmp_path / "worse.html"
    worse = drawn("one-tool").read_text("utf-8").replace("<html lang=", "<html data-lang=")
    path.write_text(worse, "utf-8")
    assert "html-has-lang" in {v[2] for v in _violations(axe, path, _runs()[:1])}
