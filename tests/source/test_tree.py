"""The reader: positions, caps, and what of YAML is left out."""

from __future__ import annotations

import gc

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stackaudit.source.problems import Problem
from stackaudit.source.tree import Limits, Map, Seq, read_tree

TEXT = """\
company:
  name: Ännå & Söns   # a comment
  scopes: [eu, 'us']
tools:
  - id: a
    notes: |
      two
      lines
  - "b: c"
"""


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_every_key_value_and_item_knows_its_place() -> None:
    tree, problems = read_tree(TEXT, "f.yaml")
    assert not problems
    assert isinstance(tree, Map)
    company, tools = tree["company"], tree["tools"]
    assert isinstance(company, Map)
    assert isinstance(tools, Seq)
    assert str(tree.mark) == "f.yaml:1:1"
    assert company.key_mark_of("scopes")[1:] == (3, 3)
    assert company.mark_of("scopes")[1:] == (3, 11)
    assert company["scopes"].mark_of(1)[1:] == (3, 16)
    assert tools.mark_of(0)[1:] == (5, 5)
    assert tools[0].mark_of("notes")[1:] == (6, 12)
    assert tools[0]["notes"] == "two\nlines\n"
    assert tools.mark_of(1)[1:] == (9, 5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_change_neither_values_nor_places(encoding: str, end: str) -> None:
    plain, _ = read_tree(TEXT, "f.yaml")
    other, problems = read_tree(TEXT.replace("\n", end).encode(encoding), "f.yaml")
    assert not problems
    assert other == plain
    assert isinstance(other, Map)
    assert isinstance(plain, Map)
    assert other["tools"].mark_of(1) == plain["tools"].mark_of(1)


def test_scalars_stay_the_text_that_was_written() -> None:
    tree, _ = read_tree("[NO, 010, 12:30, 1e3, 2026-02-30, yes, .5, 'null']", "f.yaml")
    assert tree == ["NO", "010", "12:30", "1e3", "2026-02-30", "yes", ".5", "null"]


def test_nothing_and_null_are_none_and_quoted_nothing_is_text() -> None:
    tree, problems = read_tree("a:\nb: ~\nc: null\nd: ''\ne: '~'\n", "f.yaml")
    assert tree == {"a": None, "b": None, "c": None, "d": "", "e": "~"}
    assert not problems


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def test_depth_is_read_to_its_limit_and_refused_one_past_it() -> None:
    assert codes(read_tree(nested(40), "f.yaml")[1]) == []
    tree, problems = read_tree(nested(41), "f.yaml")
    assert tree is None
    assert codes(problems) == ["E012"]


def test_absurd_depth_is_an_error_and_no_crash() -> None:
    for text in (nested(100_000), "- " * 50_000, "{a: " * 50_000):
        assert codes(read_tree(text, "f.yaml")[1]) in (["E012"], ["E006"])


def test_bytes_are_read_to_their_limit_and_refused_one_past_it() -> None:
    limits = Limits(bytes=10)
    assert codes(read_tree(b"a: 1234567", "f.yaml", limits)[1]) == []
    assert codes(read_tree(b"a: 12345678", "f.yaml", limits)[1]) == ["E002"]


def test_nodes_are_read_to_their_limit_and_refused_one_past_it() -> None:
    # Start and end of the list, three texts, and the two events that end the document.
    assert codes(read_tree("[a, b, c]", "f.yaml", Limits(nodes=7))[1]) == []
    assert codes(read_tree("[a, b, c, d]", "f.yaml", Limits(nodes=7))[1]) == ["E013"]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"a: \xff", 1, 4),
        (b"a: 1\nname: caf\xe9\n", 2, 10),
        ("a: 1".encode("utf-16-le"), 1, 2),
    ],
)
def test_what_is_not_utf8_is_said_with_its_place(data: bytes, line: int, column: int) -> None:
    tree, problems = read_tree(data, "f.yaml")
    assert tree is None
    assert problems[0].code in ("E003", "E004")
    assert problems[0].mark[1:] == (line, column)


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\ufeff", "\uffff"]
)
def test_control_characters_are_refused_where_they_stand(character: str) -> None:
    tree, problems = read_tree(f"a: 1\nb: x{character}y\n", "f.yaml")
    assert tree is None
    assert codes(problems) == ["E004"]
    assert problems[0].mark[1:] == (2, 5)
    assert character not in problems[0].render()


def test_a_control_character_written_as_an_escape_is_refused_too() -> None:
    assert codes(read_tree(r'a: "\x1b[31m"', "f.yaml")[1]) == ["E004"]


def test_a_duplicate_key_names_both_lines() -> None:
    tree, problems = read_tree("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert tree == {"a": "1", "b": "2"}
    assert [(p.code, p.mark.line, p.also[0].line) for p in problems] == [("E008", 3, 1)]


def test_an_alias_bomb_costs_nothing() -> None:
    rows = ["a0: &a0 [x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 20)}]" for n in range(1, 40)
    ]
    _, problems = read_tree("\n".join(rows), "f.yaml")
    assert set(codes(problems)) == {"E010"}


@pytest.mark.parametrize(
    "text",
    [
        "notes: 'a' # fine",
        "notes: C# developer",
        "notes: a#1",
        'notes: "Tag #1 Manager"',
        "notes: a # comment",
        "# Tag #1 Manager\nnotes: a",
        "notes: |\n  Tag #1\n  Manager\n",
    ],
)
def test_a_hash_that_cuts_nothing_is_no_warning(text: str) -> None:
    assert read_tree(text, "f.yaml")[1] == []


def test_a_quote_over_several_lines_without_keys_is_no_warning() -> None:
    assert read_tree('notes: "one\n  two: three\n  four"\nb: 1', "f.yaml")[1] != []
    assert read_tree('notes: "one\n  two, three\n  four"\nb: 1', "f.yaml")[1] == []


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    assert gc.isenabled()
    read_tree(TEXT, "f.yaml")
    assert gc.isenabled()
    gc.disable()
    try:
        read_tree(TEXT, "f.yaml")
        assert not gc.isenabled()
    finally:
        gc.enable()


NULLS = ("~", "null", "Null", "NULL")
"""What says nothing, in YAML."""


@settings(max_examples=300, deadline=None)
@given(st.text())
@example("? [")
@example("&")
@example("%")
@example("- \t- x")
@example("{a: b, c")
@example('"\\ud800"')
@example("\ud800")
@example("!<tag:yaml.org,2002:str> a")
@example("NULL")
def test_any_text_gives_a_tree_or_problems_and_never_an_exception(text: str) -> None:
    tree, problems = read_tree(text, "f.yaml")
    assert tree is not None or problems or not text.strip() or text.strip() in NULLS
    for problem in problems:
        assert problem.mark.line >= 1
        assert problem.mark.column >= 1
        assert problem.render().isprintable() or "\n" in problem.render()


@settings(max_examples=150, deadline=None)
@given(st.binary())
def test_any_bytes_give_a_tree_or_problems_and_never_an_exception(data: bytes) -> None:
    read_tree(data, "f.yaml")


_values = st.recursive(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(categories=("L", "N")), min_size=1), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(_values)
def test_what_a_yaml_writer_wrote_is_read_back(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    tree, problems = read_tree(text, "f.yaml")
    if not any(problem.code in ("E016", "W003", "W001") for problem in problems):
        assert tree == value
