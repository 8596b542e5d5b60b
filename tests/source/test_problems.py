"""Problems: how they look, in which order they come, and that every code is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stackaudit
from stackaudit.source.codes import CODES, page
from stackaudit.source.problems import InputError, Mark, Problem, in_file_order
from stackaudit.source.words import did_you_mean, listed, make_id, nearest

ROOT = Path(stackaudit.__file__).parent


def test_a_problem_shows_its_line_with_a_caret_and_a_hint() -> None:
    problem = Problem(
        "E031",
        "2026-02-30 is not a date",
        Mark("acme.yaml", 14, 11),
        "February 2026 has 28 days",
        "  reviewed: 2026-02-30",
    )
    problem = Problem(
        problem.code, problem.message, Mark("acme.yaml", 14, 13), problem.hint, problem.source_line
    )
    assert problem.render() == (
        "acme.yaml:14:13: error[E031]: 2026-02-30 is not a date\n"
        "  14 |   reviewed: 2026-02-30\n"
        "     |             ^\n"
        "  hint: February 2026 has 28 days"
    )


def test_a_caret_stands_right_behind_wide_letters() -> None:
    problem = Problem("E034", "no", Mark("f.yaml", 1, 4), "", "漢字: x")
    excerpt, caret = problem.render().split("\n")[1:]
    assert caret.index("^") - excerpt.index("漢") == len("漢字:") + 2


def test_a_long_line_is_cut_around_its_problem() -> None:
    line = "a" * 5000 + "!" + "b" * 5000
    lines = Problem("E034", "no", Mark("f.yaml", 1, 5001), "", line).render().split("\n")
    assert len(lines[1]) < 130
    assert lines[1][lines[2].index("^")] == "!"


def test_hostile_characters_are_shown_and_not_obeyed() -> None:
    text = Problem("E034", "x\x1b[31m\u202e", Mark("f.yaml", 1, 1), "\x07", "\u2066a\x00").render()
    assert "\x1b" not in text
    assert "<U+202E>" in text
    assert "<U+2066>a<U+0000>" in text


def test_problems_come_in_the_order_of_files_and_once_each() -> None:
    def at(file: str, line: int, code: str = "E001") -> Problem:
        return Problem(code, "m", Mark(file, line, 1))

    mixed = [at("b", 1), at("a", 10), at("a", 9), at("a", 9), at("a", 9, "W001")]
    order = [(p.mark.file, p.mark.line, p.code) for p in in_file_order(mixed)]
    assert order == [("a", 9, "E001"), ("a", 9, "W001"), ("a", 10, "E001"), ("b", 1, "E001")]


def test_an_input_error_counts_errors_and_not_warnings() -> None:
    problems = [Problem("E001", "m", Mark("a", 1, 1)), Problem("W001", "m", Mark("a", 2, 1))]
    assert str(InputError(problems)) == "1 error in the input"


def test_json_has_place_level_code_and_words() -> None:
    also = (Mark("b.yaml", 3, 4),)
    data = Problem("W015", "m", Mark("a.yaml", 1, 2), "h", "secret line", also).as_json()
    assert data == {
        "file": "a.yaml",
        "line": 1,
        "column": 2,
        "level": "warning",
        "code": "W015",
        "message": "m",
        "hint": "h",
        "also": [{"file": "b.yaml", "line": 3, "column": 4}],
    }


def test_every_code_in_the_source_is_in_the_table_and_every_code_of_the_table_is_used() -> None:
    used = {
        code
        for file in sorted(ROOT.rglob("*.py"))
        if file.name != "codes.py"
        for code in re.findall(r'"([EW]\d{3})"', file.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)


def test_the_page_of_errors_is_made_from_the_table() -> None:
    docs = ROOT.parent / "docs" / "errors.md"
    if not docs.exists():
        pytest.skip("the documentation is not installed")
    assert docs.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Google Analytics 4", "google-analytics-4"),
        ("HubSpot", "hubspot"),
        ("  R&D_Tool  ", "r-d-tool"),
        ("Ännå", "ännå"),
        ("ＨｕｂＳｐｏｔ", "hubspot"),
        ("Cafe\u0301", "café"),
        ("!!!", ""),
    ],
)
def test_ids_are_made_from_names(name: str, made: str) -> None:
    assert make_id(name) == made


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("klavyo", ["klaviyo"]),
        ("owners", ["owner"]),
        ("xyz", []),
        ("analytics", ["google-analytics"]),
    ],
)
def test_a_near_word_is_found_and_a_far_one_is_not(word: str, meant: list[str]) -> None:
    assert nearest(word, ["google-analytics", "klaviyo", "owner", "shopify"]) == meant


def test_no_near_word_gives_the_other_hint() -> None:
    assert did_you_mean("zzz", ["owner"], "look it up") == "look it up"
    assert did_you_mean("ownr", ["owner"]) == "did you mean `owner`?"


def test_words_are_listed_as_in_a_sentence() -> None:
    assert [listed("a"), listed("ab"), listed("abc", "and")] == ["a", "a or b", "a, b and c"]
