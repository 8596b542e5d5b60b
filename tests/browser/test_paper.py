"""The report of a whole inventory on paper, A4 and Letter: what a reader with a print-out meets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from printout import closed, missing, poppler

from stackaudit.report.pdf import find_browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
SIZES = {"a4": (595, 842), "letter": (612, 792)}
FOOT = 45
"""Points at the bottom of a page that are its foot."""


@dataclass(frozen=True)
class Line:
    """A line of text on a page, and where it stands."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Sheet:
    """A page."""

    wide: float
    high: float
    lines: list[Line]

    @property
    def body(self) -> list[Line]:
        """What is above the foot."""
        return [line for line in self.lines if line.bottom < self.high - FOOT]


@dataclass(frozen=True)
class Printed:
    """A report as PDF, the page it was printed from and its data."""

    size: str
    path: Path
    html: str
    result: dict[str, object]
    sheets: list[Sheet]


@pytest.fixture(scope="module", params=sorted(SIZES))
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    if find_browser() is None:
        missing("none on the PATH")
    folder = tmp_path_factory.mktemp(request.param)
    command = [sys.executable, "-m", "stackaudit", "audit", "inventories/northwind", "-q"]
    options = ["--format", "html,json,pdf", "--paper", request.param, "-o", str(folder)]
    subprocess.run([*command, *options], check=True, cwd=ROOT)
    pdf = folder / "northwind.pdf"
    return Printed(
        request.param,
        pdf,
        (folder / "northwind.html").read_text("utf-8"),
        json.loads((folder / "northwind.json").read_text("utf-8")),
        read(pdf),
    )


def read(pdf: Path) -> list[Sheet]:
    """Return the pages of a PDF with their lines of text."""
    sheets = []
    for page in re.split(r"(?=<page )", poppler("pdftotext", "-bbox-layout", pdf, "-"))[1:]:
        found = re.search(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert found
        lines = []
        for box, inside in re.findall(r"<line ([^>]*)>(.*?)</line>", page, re.DOTALL):
            x, y, x2, y2 = (float(n) for n in re.findall(r'"(-?[\d.]+)"', box))
            words = re.findall(r"<word [^>]*>(.*?)</word>", inside)
            lines.append(Line(x, y, x2, y2, unescape(" ".join(words))))
        sheets.append(Sheet(float(found[1]), float(found[2]), lines))
    return sheets


def headings(html: str) -> set[str]:
    """Return the texts of headings and captions of pictures that stand in no cell of a table."""
    heads = re.findall(r"<(h[2-4]|figcaption)\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    cells = re.findall(r"<(t[dh])\b[^>]*>(.*?)(?=<t[dhr]|</t)", html, re.DOTALL)
    said, other = (
        {closed(unescape(re.sub(r"<[^>]*>", "", text))) for _, text in found}
        for found in (heads, cells)
    )
    return {head for head in said if not any(head in cell for cell in other if len(cell) < 80)}


def test_no_text_is_smaller_than_seven_points(printed: Printed) -> None:
    xml = poppler("pdftohtml", "-xml", "-i", "-stdout", "-zoom", "3", printed.path)
    sizes: dict[str, int] = {}
    small = defaultdict(set)
    page = ""
    pattern = r'<page number="(\d+)"|<fontspec id="(\d+)" size="(-?\d+)"|<text ([^>]*)>(.*?)</text>'
    for number, font, size, where, inside in re.findall(pattern, xml):
        if number:
            page = number
        elif font:
            sizes[font] = int(size)
        else:
            text = re.sub(r"<[^>]*>", "", inside)
            used = re.search(r'font="(\d+)"', where)
            # Three units are a point; a mark that is no letter says nothing that is not also said.
            if used and sizes[used[1]] < 21 and re.search(r"\w", text):
                small[page].add((round(sizes[used[1]] / 3, 1), re.sub(r"<[^>]*>", "", text)))
    assert dict(small) == {}


def test_no_heading_is_the_last_on_its_page_or_column(printed: Printed) -> None:
    heads = headings(printed.html)
    last = []
    for number, sheet in enumerate(printed.sheets, 1):
        for line in sheet.body:
            below = [
                other
                for other in sheet.body
                if other.top >= line.bottom - 1 and other.left < line.right < other.right + 400
            ]
            if not below and closed(line.text) in heads:
                last.append((number, line.text))
    assert last == []


def test_no_page_is_nearly_empty(printed: Printed) -> None:
    reach = {
        number: max((line.bottom for line in sheet.body), default=0) / sheet.high
        for number, sheet in enumerate(printed.sheets, 1)
    }
    del reach[len(printed.sheets)]
    assert {n: round(part, 2) for n, part in reach.items() if part < 0.15} == {}


def test_the_whole_is_not_longer_than_a_meeting_bears(printed: Printed) -> None:
    # 38 pages of A4 and 42 of Letter with Liberation Sans; other fonts run wider.
    assert 25 <= len(printed.sheets) <= 48


def test_every_page_but_the_cover_names_its_number_and_the_client(printed: Printed) -> None:
    of = len(printed.sheets)
    company = printed.result["company"]["name"]  # type: ignore[index]
    for number, sheet in enumerate(printed.sheets, 1):
        foot = " ".join(line.text for line in sheet.lines if line.bottom >= sheet.high - FOOT)
        if number == 1:
            assert foot == ""
        else:
            assert f"Page {number} of {of}" in foot
            assert company in foot


def test_the_pages_have_the_size_asked_for_and_pictures_that_are_wide_lie_across(
    printed: Printed,
) -> None:
    short, long = SIZES[printed.size]
    seen = {(round(sheet.wide), round(sheet.high)) for sheet in printed.sheets}
    assert seen == {(short, long), (long, short)}


def test_the_contents_name_the_page_on_which_a_section_begins(printed: Printed) -> None:
    cover = printed.sheets[0]
    nav = re.search(r'<nav class="toc".*?</nav>', printed.html, re.DOTALL)
    assert nav
    for address, word in re.findall(r'href="#([\w-]+)"[^>]*>(.*?)</a>', nav[0]):
        row = next(line for line in cover.lines if line.text.startswith(unescape(word)))
        number = next(
            int(line.text.split()[-1])
            for line in cover.lines
            if abs(line.top - row.top) < 4 and line.text.split()[-1].isdigit()
        )
        section = printed.html[printed.html.index(f'<section id="{address}"') :]
        head = re.search(r"<h[12]\b[^>]*>(.*?)</h[12]>", section, re.DOTALL)
        assert head
        title = closed(unescape(re.sub(r"<[^>]*>", "", head[1])))
        there = closed(" ".join(line.text for line in printed.sheets[number - 1].lines))
        assert title in there, (word, number)


def test_every_finding_and_its_evidence_is_on_paper(printed: Printed) -> None:
    text = closed(poppler("pdftotext", "-raw", printed.path, "-"))
    findings = printed.result["findings"]
    assert isinstance(findings, list)
    lost = [f["id"] for f in findings if closed(f["sentence"].replace("`", "")) not in text]
    facts = {e["text"] for f in findings for e in f["evidence"]}
    assert lost == []
    assert [fact for fact in facts if closed(fact.replace("`", "")) not in text] == []
