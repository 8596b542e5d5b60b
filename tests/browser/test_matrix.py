"""The matrix under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_pointing_at_a_cell_names_the_sender_and_the_receiver(
    browser: Any, drawn: Callable[[str], Path]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(drawn("retailer").as_uri())
    say = page.locator("#matrix-say")
    hint = say.inner_text()
    rows = page.locator("svg.matrix.screen text.lab.end")
    columns = page.locator("svg.matrix.screen text.lab.small")
    grid = page.locator("svg.matrix.screen")
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    scale = box["width"] / float(str(grid.get_attribute("width")))
    for row, column in ((0, 1), (3, 0), (2, 5)):
        x = float(str(columns.nth(column).get_attribute("x"))) - 3
        y = float(str(rows.nth(row).get_attribute("y"))) - 4
        page.mouse.move(box["x"] + x * scale, box["y"] + y * scale)
        a, b = rows.nth(row).text_content(), columns.nth(column).text_content()
        assert say.inner_text() == f"{a} → {b}"
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    assert say.inner_text() == hint
    page.close()
