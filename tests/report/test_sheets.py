"""What makes a report fit on paper: sizes of pages, blocks of a matrix, numbers of findings."""

from __future__ import annotations

import re

import pytest
import sample
from page import Page

from stackaudit.report import render_html
from stackaudit.report.context import SENTENCES, Context
from stackaudit.report.paper import quoted, rules
from stackaudit.report.pdf import pages_of, with_pages
from stackaudit.report.sheets import COLUMNS, ROWS, sheets, spans
from stackaudit.report.tables import FEW, LONG, SHOWN, Table
from stackaudit.report.words import Words
from stackaudit.result import AuditResult


@pytest.mark.parametrize(
    ("paper", "size"),
    [("a4", "size:a4 "), ("letter", "size:letter "), (None, "size:"), ("x;}", "size:")],
)
def test_pages_have_the_size_asked_for_else_the_printers(paper: str | None, size: str) -> None:
    made = rules(Words(), "Acme", paper)
    assert f"@page{{{size}portrait;" in made
    assert f"@page wide{{{size}landscape}}" in made


@pytest.mark.parametrize("name", ['"}</style><script>', "a\nb", "\\", "*/", "Ünïcode €"])
def test_no_name_ends_the_string_it_stands_in(name: str) -> None:
    made = quoted(name)
    assert re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*"', made)
    back = re.sub(r"\\([0-9a-f]{6})", lambda m: chr(int(m[1], 16)), made[1:-1])
    assert back == name


def test_the_style_of_a_hostile_name_is_still_one_style() -> None:
    result = sample.retailer()
    company = result.company.model_copy(update={"name": '"}</style><script>alert(1)</script>'})
    page = Page(render_html(result.model_copy(update={"company": company})))
    assert len(page.raw["style"]) == 1
    assert "alert" in page.words
    assert not any("alert" in text for text in page.raw["script"])


@pytest.mark.parametrize("count", [1, 26, 27, 43, 44, 60])
def test_blocks_of_a_matrix_hold_every_row_once_and_none_is_too_long(count: int) -> None:
    for most in (ROWS, COLUMNS):
        blocks = spans(count, most)
        assert [i for b in blocks for i in range(b.first, b.end)] == list(range(count))
        assert max(b.end - b.first for b in blocks) <= most


def test_every_block_uses_the_rows_and_its_own_heads() -> None:
    places = [20.0 * i for i in range(50)]
    made = str(sheets("mx", places, left=200, top=100, cell=20, beyond=78))
    assert made.count('<svg class="pic matrix"') == 4
    assert made.count('href="#mx-0"') == made.count('href="#mx-1"') == 2
    assert made.count('href="#mx-r"') == 8


def test_a_small_matrix_is_one_picture_and_a_large_one_has_blocks_for_paper() -> None:
    assert '<div class="paper">' not in render_html(sample.scaled(ROWS))
    assert '<div class="paper">' in render_html(sample.scaled(ROWS + 1))


PDF = b"""%PDF-1.4
2 0 obj
<</Type /Page
/Parent 4 0 R>>
endobj
3 0 obj
<</Type /Page
/Parent 4 0 R>>
endobj
4 0 obj
<</Type /Pages
/Count 2
/Kids [2 0 R 3 0 R]>>
endobj
5 0 obj
<</answer [2 0 R /XYZ 1 2 0]
/f-x [3 0 R /XYZ 1 2 0]>>
endobj
6 0 obj
<</Type /Catalog
/Pages 4 0 R
/Dests 5 0 R>>
endobj
%%EOF
"""


def test_links_get_the_number_of_the_page_they_lead_to() -> None:
    pages = pages_of(PDF)
    assert pages == {"answer": 1, "f-x": 2}
    made = with_pages('<a class="see" href="#f-x">x</a> <a href="#gone">y</a>', pages)
    assert made == '<a class="see" href="#f-x" data-page="2">x</a> <a href="#gone">y</a>'


def test_a_pdf_built_otherwise_names_no_pages() -> None:
    assert pages_of(b"%PDF-1.7\nanything\n%%EOF") == {}


def test_findings_are_numbered_as_they_stand_and_the_roadmap_names_the_numbers() -> None:
    result = sample.retailer()
    html = render_html(result)
    numbers = Context(result, Words()).numbers
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    register = html[html.index('<section id="findings"') : html.index('<section id="not-judged"')]
    seen = re.findall(r'class="(?:perma" href="[^"]*|no)">(\d+)</', register)
    assert [int(n) for n in seen] == sorted(numbers.values())
    named = re.findall(r'<a class="ref" href="#([^"]*)">(\d+)</a>', html)
    anchors = Context(result, Words()).finding_anchors
    assert named
    assert all(numbers[i] == int(n) for a, n in named for i in anchors if anchors[i] == a)


def test_many_findings_in_a_cell_are_named_by_their_numbers() -> None:
    context = Context(sample.retailer(), Words())
    ids = [f.id for f in context.open]
    made = str(context.finding_links(ids))
    assert made.count('class="ref"') == len(ids) - SENTENCES


def test_a_table_nobody_reads_from_the_top_has_few_rows_and_the_rest_as_data() -> None:
    def table(rows: int) -> Table:
        return Table("t", "T", ["a"], [(str(i),) for i in range(rows)])

    assert str(table(LONG).__html__()).count("<tr") == SHOWN + 1
    long = table(LONG + 1)
    assert str(long.__html__()).count("<tr") == FEW + 1
    assert long.rest == [[str(i) for i in range(FEW, LONG + 1)]]


def test_words_of_one_place_are_quoted_once_for_a_check_and_their_place_each_time() -> None:
    result = sample.retailer()
    one = next(
        f for f in result.findings if f.led_by is None and f.evidence and f.evidence[0].place
    )
    fact = one.evidence[0].model_copy(update={"quote": "stack: said-once"})
    first = one.model_copy(update={"evidence": [fact], "leads": [], "related": []})
    second = first.model_copy(update={"id": first.id + "-2", "sentence": "Another."})
    assert fact.place
    place = f"{fact.place.file}:{fact.place.line}"
    html = render_html(_only(result, [first, second]))
    register = html[html.index('<section id="findings"') :]
    register = register[: register.index("</section>")]
    assert register.count("stack: said-once") == 1
    assert register.count(place) == 2


def _only(result: AuditResult, findings: list[object]) -> AuditResult:
    return result.model_copy(update={"findings": findings, "actions": [], "repairs": []})
