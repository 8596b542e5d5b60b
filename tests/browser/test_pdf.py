"""A real browser prints the report: every finding is on paper, on numbered pages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import sample
from printout import closed, missing, poppler

from stackaudit.report import render_html
from stackaudit.report.pdf import find_browser, render_pdf

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_browser() is None:
        missing("none on the PATH")
    path = tmp_path_factory.mktemp("paper") / "report.pdf"
    path.write_bytes(render_pdf(render_html(sample.retailer()), date(2026, 11, 1), "chromium"))
    return path


def test_the_pdf_is_tagged_has_an_outline_and_bears_the_day_of_the_audit(paper: Path) -> None:
    said = poppler("pdfinfo", "-isodates", paper)
    assert re.search(r"Tagged: +yes", said)
    assert re.search(r"CreationDate: +2026-11-01T00:00:00", said)
    assert sample.retailer().company.name in said
    assert b"/Outlines" in paper.read_bytes()


def test_every_finding_and_all_it_rests_on_is_on_paper(paper: Path) -> None:
    # Raw: in the order of the page's own text; cards stand in two columns.
    text = closed(poppler("pdftotext", "-raw", paper, "-"))
    for finding in sample.retailer().findings:
        assert closed(finding.sentence.replace("`", "")) in text
        for evidence in finding.evidence:
            assert closed(evidence.text.replace("`", "")) in text


def test_every_page_but_the_cover_has_its_number_and_some_lie_across(paper: Path) -> None:
    text = poppler("pdftotext", "-layout", paper, "-")
    numbers = [(int(n), int(of)) for n, of in re.findall(r"Page (\d+) of (\d+)", text)]
    pages = text.count("\f")
    assert numbers == [(n, pages) for n in range(2, pages + 1)]
    sizes = poppler("pdfinfo", "-l", str(pages), paper)
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", sizes)
    assert any(float(wide) > float(high) for wide, high in found)
    assert any(float(wide) < float(high) for wide, high in found)


def test_nothing_lies_beyond_the_edge_of_a_page(paper: Path) -> None:
    boxes = poppler("pdftotext", "-bbox", paper, "-")
    for page in re.split(r"(?=<page )", boxes)[1:]:
        wide, high = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = re.findall(
            r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<',
            page,
        )
        beyond = [
            w for x, y, x2, y2, w in words if float(x2) > wide or float(y2) > high or x[0] == "-"
        ]
        assert beyond == []
