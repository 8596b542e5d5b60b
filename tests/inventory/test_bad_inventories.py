"""Every case of the corpus gets its problems: code, line, column, words, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from stackaudit.opening import open_inventory
from stackaudit.source.codes import CODES
from stackaudit.source.problems import InputError, Problem

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "bad_inventories" / "cases.yaml").read_text(encoding="utf-8")
)


def problems_of(path: Path) -> list[Problem]:
    try:
        return list(open_inventory(path).problems)
    except InputError as error:
        return error.problems


def line_of(problem: Problem) -> str:
    hint = f" / {problem.hint}" if problem.hint else ""
    place = f"{problem.mark.line}:{problem.mark.column}"
    return f"{problem.code} {place} {problem.message}{hint}"


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_bad_inventory_gets_exactly_its_problems(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(case["text"], encoding="utf-8")
    problems = problems_of(path)
    assert [line_of(problem) for problem in problems] == case["problems"]
    assert {problem.mark.file for problem in problems} == {"acme.yaml"}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_line_ends_and_byte_order_marks_change_no_problem(
    case: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "acme.yaml"
    for data in (
        case["text"].replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + case["text"].encode(),
        case["text"].encode("utf-16"),
    ):
        path.write_bytes(data)
        assert [line_of(problem) for problem in problems_of(path)] == case["problems"]


def test_no_two_cases_have_one_name() -> None:
    names = [case["case"] for case in CASES]
    assert len(set(names)) == len(names) >= 60


def test_every_problem_points_at_a_line_that_is_there() -> None:
    for case in CASES:
        lines = case["text"].split("\n")
        for problem in case["problems"]:
            line, column = map(int, problem.split()[1].split(":"))
            assert line <= len(lines), case["case"]
            assert column <= len(lines[line - 1]) + 1, case["case"]


def test_the_corpus_covers_every_code_of_an_inventory() -> None:
    shown = {problem.split()[0] for case in CASES for problem in case["problems"]}
    # Codes that a single text cannot raise have tests of their own: files, sizes, encodings, depth.
    elsewhere = {"E001", "E002", "E003", "E012", "E013", "E041"}
    inventory = {code for code in CODES if not code.startswith(("E2", "W04"))}
    assert inventory - shown - elsewhere == set()
