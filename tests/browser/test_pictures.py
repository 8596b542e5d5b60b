"""Pictures in a real browser: no label over another or cut, and readable without colour."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

Draw = Callable[[str], Path]

SIZES = ["five", "thirty", "sixty", "long-names", "retailer", "northwind", "minimal"]

# Texts as the rectangles they fill, turned ones too: two overlap when no axis keeps them apart.
LABELS = """() => {
  const bad = [];
  const quad = (t) => {
    const b = t.getBBox(), m = t.getScreenCTM(), slack = 1;
    return [[b.x + slack, b.y + slack], [b.x + b.width - slack, b.y + slack],
      [b.x + b.width - slack, b.y + b.height - slack], [b.x + slack, b.y + b.height - slack]]
      .map(([x, y]) => [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]);
  };
  const axes = (q) => [[q[1][0] - q[0][0], q[1][1] - q[0][1]],
    [q[3][0] - q[0][0], q[3][1] - q[0][1]]];
  const span = (q, [x, y]) => {
    const all = q.map((p) => p[0] * x + p[1] * y);
    return [Math.min(...all), Math.max(...all)];
  };
  const meet = (p, q) => [...axes(p), ...axes(q)].every((axis) => {
    const [a, b] = span(p, axis), [c, d] = span(q, axis);
    const length = Math.hypot(...axis);
    return (Math.min(b, d) - Math.max(a, c)) / length > 2;
  });
  for (const svg of document.querySelectorAll('svg.pic')) {
    const frame = svg.getBoundingClientRect();
    // Letters set one by one in the cells of a matrix are one element; cells keep them apart.
    const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim() &&
      t.checkVisibility() && !(t.getAttribute('x') || '').includes(' '));
    const quads = texts.map((t) => [t.firstChild.textContent, quad(t)]);
    quads.forEach(([text, q], i) => {
      const xs = q.map((p) => p[0]), ys = q.map((p) => p[1]);
      if (Math.min(...xs) < frame.left - 1 || Math.max(...xs) > frame.right + 1 ||
          Math.min(...ys) < frame.top - 3 || Math.max(...ys) > frame.bottom + 3)
        bad.push([svg.classList.value, text, 'cut']);
      for (const [other, o] of quads.slice(i + 1))
        if (meet(q, o)) bad.push([svg.classList.value, text, other]);
    });
    for (const t of texts) {
      const said = t.firstChild.textContent, title = t.querySelector('title')?.textContent || '';
      const named = t.closest('a, g')?.querySelector('title')?.textContent || '';
      if (said.endsWith('…') && !title.startsWith(said.slice(0, -1).replace(/^★ /, '').trim()) &&
          !named && !t.closest('a')?.getAttribute('aria-label'))
        bad.push([svg.classList.value, said, 'no full name']);
    }
  }
  return bad.slice(0, 12);
}"""
BOXES = """() => {
  const bad = [];
  const map = document.querySelector('.map');
  if (!map) return bad;
  const own = (e) => e.getBoundingClientRect();
  const texts = [...map.querySelectorAll('h3, .cap, .word, .chip')].filter((e) =>
    own(e).width && own(e).height);
  texts.forEach((e, i) => {
    const p = own(e), room = own(e.closest('.box, .stage, .band'));
    if (p.right > room.right + 1 || p.left < room.left - 1) bad.push([e.textContent, 'outside']);
    for (const f of texts.slice(i + 1)) {
      const q = own(f);
      if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 &&
          Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3)
        bad.push([e.textContent, f.textContent]);
    }
    const clipped = getComputedStyle(e).overflow === 'hidden';
    if (clipped && e.scrollHeight > e.clientHeight + 2 && !e.title)
      bad.push([e.textContent, 'cut without its name']);
  });
  return bad.slice(0, 12);
}"""


@pytest.fixture(scope="module")
def pages(browser: Any, drawn: Draw) -> Iterator[Callable[..., Any]]:
    """A page by the name of its sample, opened once, with everything unfolded."""
    context = browser.new_context()
    page = context.new_page()
    shown: list[str] = []

    def show(name: str, width: int = 1280, media: str = "screen", scheme: str = "light") -> Any:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media, color_scheme=scheme)
        if shown != [name]:
            page.goto(drawn(name).as_uri())
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            shown[:] = [name]
        return page

    yield show
    context.close()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", SIZES)
def test_no_label_of_a_picture_is_over_another_or_cut_without_its_name(
    pages: Callable[..., Any], name: str, language: str
) -> None:
    assert pages(f"{name}:{language}").evaluate(LABELS) == []


def test_labels_and_boxes_that_do_overlap_are_seen(pages: Callable[..., Any]) -> None:
    page = pages("thirty")
    page.evaluate(
        """() => {
          const label = document.querySelector('svg.matrix text.end');
          label.after(label.cloneNode(true));
          const chip = document.querySelectorAll('.map .chip')[1];
          chip.style.cssText = 'position:absolute;width:900px';
        }"""
    )
    # The policy forbids styles in attributes; one set by the script of a test is not stopped by it.
    seen, boxes = page.evaluate(LABELS), page.evaluate(BOXES)
    pages("five")  # what was spoilt is not shown to the next test
    assert len(seen) == 1
    assert boxes


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", [*SIZES, "three-hundred"])
def test_what_the_stack_map_says_keeps_to_its_boxes_at_every_width(
    pages: Callable[..., Any], name: str, language: str
) -> None:
    found = {}
    for width in (320, 768, 1280):
        found[width] = pages(f"{name}:{language}", width).evaluate(BOXES)
    assert {w: bad for w, bad in found.items() if bad} == {}


@pytest.mark.parametrize("name", ["five", "sixty", "long-names", "northwind", "minimal"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_name_and_no_language_makes_the_page_scroll_sideways(
    pages: Callable[..., Any], name: str, language: str
) -> None:
    wide = {}
    for width in (320, 768):
        page = pages(f"{name}:{language}", width)
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {w: is_ for w, is_ in wide.items() if is_ > w} == {}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["retailer", "northwind"])
def test_what_is_pressed_is_large_enough(pages: Callable[..., Any], name: str, width: int) -> None:
    small = pages(name, width).evaluate(
        """() => [...document.querySelectorAll('button, select, input, summary, .toc a')]
          .filter((e) => e.checkVisibility())
          .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
          .filter(([, b]) => b.width < 24 || b.height < 23.9).map(([t, b]) => [t, b.height])"""
    )
    assert small == []


# Without colour

GREY = """(color) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return a ? 0.2126 * r + 0.7152 * g + 0.0722 * b : -1;
}"""


@pytest.mark.parametrize("name", ["retailer", "northwind", "sparse"])
def test_every_mark_that_has_a_colour_has_a_word(pages: Callable[..., Any], name: str) -> None:
    page = pages(name)
    marks = ".sev, .conf, .ans, .link, .box.gap .word, .box.overlap .word, .st, .due, .none, .miss"
    bare = page.evaluate(
        "(marks) => [...document.querySelectorAll(marks)]"
        ".filter((e) => !e.textContent.trim()).map((e) => e.outerHTML.slice(0, 120))",
        marks,
    )
    assert bare == []
    unsaid = page.evaluate(
        "() => [...document.querySelectorAll('.box.gap, .box.overlap')]"
        ".filter((e) => !e.querySelector('.word')).map((e) => e.textContent)"
    )
    assert unsaid == []


def test_severities_have_shapes_of_their_own(pages: Callable[..., Any]) -> None:
    shapes = pages("retailer").evaluate(
        """() => Object.fromEntries(['high', 'medium', 'low', 'info'].map((s) => {
          const mark = document.querySelector(`.sev.${s}`);
          return [s, mark && getComputedStyle(mark, '::before').content];
        }).filter(([, shape]) => shape))"""
    )
    assert len(shapes) >= 3
    assert len(set(shapes.values())) == len(shapes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["retailer", "three-hundred"])
def test_what_a_legend_sets_apart_differs_without_colour(
    pages: Callable[..., Any], name: str, scheme: str
) -> None:
    legends = pages(name, scheme=scheme).evaluate(
        f"""() => {{
          const grey = {GREY};
          return [...document.querySelectorAll('#matrix .legend, #stack-map .legend')].map((all) =>
            [...all.querySelectorAll('svg rect, .chip')].map((e) => {{
              const s = getComputedStyle(e), svg = e.tagName === 'rect';
              return [grey(svg ? s.fill : s.backgroundColor),
                svg ? s.strokeDasharray : s.borderTopStyle + s.fontWeight +
                  (grey(s.borderTopColor) >= 0)];
            }}));
        }}"""
    )
    assert all(len(legend) >= 2 for legend in legends)
    alike = [
        (a, b)
        for legend in legends
        for i, a in enumerate(legend)
        for b in legend[i + 1 :]
        if abs(a[0] - b[0]) < 6 and a[1] == b[1]
    ]
    assert alike == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_darker_cells_of_the_heat_table_are_darker_in_grey_and_hold_their_number(
    pages: Callable[..., Any], scheme: str
) -> None:
    page = pages("three-hundred", scheme=scheme)
    greys = page.evaluate(
        f"""() => {{
          const grey = {GREY};
          return [0, 1, 2, 3].map((n) => document.querySelector(`.heat .h${{n}}`))
            .filter((e) => e).map((e) => grey(getComputedStyle(e).backgroundColor));
        }}"""
    )
    assert len(greys) >= 3
    shaded = greys[-3:]
    steps = [b - a for a, b in itertools.pairwise(shaded)]
    assert all(step < -6 for step in steps) if scheme == "light" else all(s > 6 for s in steps)
    assert (
        page.locator(".heat td[class^=h]").evaluate_all(
            "(all) => all.filter((e) => !e.textContent.trim()).length"
        )
        == 0
    )
