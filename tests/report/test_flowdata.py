"""What the flow map tells its script, and the script as it goes into the page."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import sample

from stackaudit.report import assets, render_html


def data(html: str) -> dict[str, Any]:
    """Return the numbers in the page."""
    found = re.search(r'<script type="application/json" id="flow-data">(.*?)</script>', html)
    assert found
    return dict(json.loads(found[1]))


def test_every_box_and_line_of_the_map_has_its_number_in_the_data() -> None:
    html = render_html(sample.retailer())
    known = data(html)
    boxes = {int(n) for n in re.findall(r'data-n="(\d+)"', html)}
    assert boxes <= set(range(len(known["tools"])))
    back = [[f[1], f[0], *f[2:]] for f in known["flows"] if f[3] & 8]
    live = {(a, b) for a, b, _, how, *_ in [*known["flows"], *back] if how & 7 < 3}
    ends = {(f[0], f[1]) for f in [*known["flows"], *back]}
    drawn = {tuple(map(int, e.split())) for e in re.findall(r'data-e="(\d+ \d+)"', html)}
    assert drawn
    # What works is drawn; what is broken or planned is, unless an end of it is in the band below.
    assert live <= drawn <= ends


def test_a_map_of_areas_has_no_data_of_single_tools() -> None:
    html = render_html(sample.scaled(300))
    known = data(html)
    assert known["flows"]
    assert not {"tools", "checks", "falls", "needs"} & set(known)
    assert 'id="flow-tool"' not in html


def test_findings_in_the_data_are_those_of_the_register() -> None:
    html = render_html(sample.retailer())
    anchors = {f"f-{check}-{f[0]}" for _, check, found in data(html)["checks"] for f in found}
    assert anchors
    assert {a for a in anchors if f'id="{a}"' not in html} == set()


def test_leaving_out_spaces_changes_no_text_and_no_pattern_of_the_script() -> None:
    text = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?<=\()/(?:[^/\\\n]|\\.)+/[a-z]*')
    folder = files("stackaudit.report").joinpath("templates", "script")
    lean = assets.script()
    whole = "".join(folder.joinpath(f"{name}.js").read_text("utf-8") for name in assets.SCRIPT)
    bare = re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)
    assert sorted(text.findall(lean)) == sorted(['"use strict"', *text.findall(bare)])
    assert len(lean) < 0.9 * len("\n".join(line.strip() for line in bare.splitlines()))
