"""Answers go where they belong, and nothing else changes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.answering import Answered, answer_inventory, read_sheet
from stackaudit.audit import audit
from stackaudit.interview import as_yaml
from stackaudit.opening import open_inventory
from stackaudit.result import AuditResult
from stackaudit.source.problems import InputError
from stackaudit.testing import DAY
from stackaudit.writing import write_together

SAMPLES = Path(__file__).resolve().parents[2] / "inventories"

STACK = """\
# The stack of Acme
stackaudit: 1
company: {name: Acme}  # who
tools:
  - Shopify  # our shop
  - 'Klaviyo'
  - name: GA
    owner:      # who?
    notes: |
      first

      second
    # in front of the next
  - {name: OneTrust, privacy: {dpa: signed}, }

integrations:
  - Shopify -> Klaviyo  # first
  - Shopify <-> NetSuite: order, product  # erp
  - GA -- Shopify
# the end
"""


def sheet(text: str) -> str:
    return "stackaudit-answers: 1\nanswers:\n" + "".join(f"  {line}\n" for line in text.split("\n"))


def answer(path: Path, text: str) -> Answered:
    """Answer and write."""
    answers, _ = read_sheet(sheet(text), "sheet.yaml")
    outcome = answer_inventory(answers, path)
    write_together(outcome.files)
    return outcome


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text(STACK, encoding="utf-8")
    return path


def changed(path: Path) -> list[str]:
    """Return the lines that are new."""
    old = STACK.splitlines()
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line not in old]


CASES: dict[str, tuple[str, list[str]]] = {
    "a tool that is just its name": (
        "tools/shopify/owner: Mia Chen",
        ["  - name: Shopify  # our shop", "    owner: Mia Chen"],
    ),
    "a name in quotes": (
        "tools/klaviyo/cost: 40000-60000",
        ["  - name: 'Klaviyo'", "    cost: 40000-60000"],
    ),
    "an empty key": ("tools/ga/owner: [Mia, Ravi]", ["    owner: [Mia, Ravi]      # who?"]),
    "a key after a text of several lines": ("tools/ga/seats.active: 9", ["    seats: {active: 9}"]),
    "a mapping on one line": (
        "tools/onetrust/privacy.hosted_in: EU\ntools/onetrust/team: legal",
        ["  - {name: OneTrust, privacy: {dpa: signed, hosted_in: EU}, team: legal, }"],
    ),
    "what a short form carries": (
        "integrations/shopify-klaviyo/objects: [contact, order]",
        ["  - Shopify -> Klaviyo: [contact, order]  # first"],
    ),
    "a key that a short form cannot hold": (
        "integrations/shopify-klaviyo/owner: none",
        ["  - from: Shopify", "    to: Klaviyo  # first", "    owner: none"],
    ),
    "the direction of an integration": (
        "integrations/ga-shopify/direction: both-ways",
        ["  - from: GA", "    to: Shopify", "    direction: both-ways"],
    ),
    "a tool that an integration only mentions": (
        "tools/oracle-netsuite/owner: Ravi",
        ["  - {name: Oracle NetSuite, owner: Ravi}"],
    ),
    "a complete list": ("complete/tools: yes", ["complete: [tools]"]),
    "two complete lists": (
        "complete/tools: yes\ncomplete/integrations: yes",
        ["complete: [tools, integrations]"],
    ),
    "a system of record": (
        "systems_of_record/contact: klaviyo\nsystems_of_record/order: shopify",
        ["systems_of_record: {contact: klaviyo, order: shopify}"],
    ),
    "a fact about the company": (
        "company/people_in: [EU, US]",
        ["company: {name: Acme, people_in: [EU, US]}  # who"],
    ),
    "a new integration": (
        "integrations/new: [OneTrust -> Klaviyo: consent]",
        ["  - OneTrust -> Klaviyo: consent"],
    ),
}


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_an_answer_changes_its_own_place_only(stack: Path, text: str, lines: list[str]) -> None:
    outcome = answer(stack, text)
    assert changed(stack) == lines
    assert outcome.conflicts == []
    kept = stack.read_text(encoding="utf-8")
    for comment in ("# The stack of Acme", "# our shop", "# first", "# erp", "# the end", "# who"):
        assert comment in kept
    open_inventory(stack)


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_answering_twice_changes_nothing(stack: Path, text: str, lines: list[str]) -> None:
    answer(stack, text)
    once = stack.read_bytes()
    again = answer(stack, text)
    assert stack.read_bytes() == once
    assert again.changes == []
    assert again.conflicts == []
    assert again.same > 0


def test_all_answers_at_once_are_the_same_as_one_after_the_other(
    stack: Path, tmp_path: Path
) -> None:
    lines = list(dict.fromkeys(itertools.chain(*(t.split("\n") for t, _ in CASES.values()))))
    answer(stack, "\n".join(lines))
    together = yaml.safe_load(stack.read_text(encoding="utf-8"))
    other = tmp_path / "other" / "acme.yaml"
    write_together({other: STACK})
    for line in lines:
        answer(other, line)
    assert yaml.safe_load(other.read_text(encoding="utf-8")) == together


def test_line_ends_and_the_byte_order_mark_stay(stack: Path) -> None:
    stack.write_bytes(b"\xef\xbb\xbf" + STACK.replace("\n", "\r\n").encode())
    answer(stack, "tools/shopify/owner: Mia\ncomplete/tools: yes")
    data = stack.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# The stack")
    assert data.count(b"\n") == data.count(b"\r\n") == STACK.count("\n") + 2


def test_a_contradiction_is_listed_with_both_and_changes_nothing(stack: Path) -> None:
    outcome = answer(stack, "tools/onetrust/privacy.dpa: missing\ntools/shopify/owner: Mia")
    (conflict,) = outcome.conflicts
    assert (str(conflict.answer.mark), conflict.stated) == ("sheet.yaml:3:31", "signed")
    assert str(conflict.place).startswith("acme.yaml:14:")
    assert "missing" not in stack.read_text(encoding="utf-8")
    assert "owner: Mia" in stack.read_text(encoding="utf-8")


def test_the_same_in_other_words_is_no_contradiction(stack: Path) -> None:
    same = "integrations/shopify-oracle-netsuite/objects: [product, order]"
    outcome = answer(stack, f"tools/onetrust/privacy.dpa: Signed\n{same}")
    assert (outcome.same, outcome.changes, outcome.conflicts) == (2, [], [])


WRONG = {
    "tools/shopfy/owner: Mia": ("E222", 3),
    "tools/shopify/ownr: Mia": ("E222", 3),
    "tools/shopify/seats.activ: 9": ("E222", 3),
    "somewhere/else: yes": ("E222", 3),
    "tools/shopify/seats.active: many": ("E024", 31),
    "tools/shopify/contract.ends: 2026-02-30": ("E031", 32),
    "complete/tools: perhaps": ("E023", 19),
    "integrations/shopify-klaviyo/objects: [contcat]": ("E052", None),
    "systems_of_record/contact: klavio": ("E050", None),
    "integrations/new: [Shopify, Klaviyo]": ("E036", None),
    "integrations/new: [Shopify -> Klavio: contact]": ("E050", None),
}


@pytest.mark.parametrize(("text", "problem"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_place_in_the_sheet(
    stack: Path, text: str, problem: tuple[str, int | None]
) -> None:
    with pytest.raises(InputError) as raised:
        answer(stack, text)
    code, column = problem
    marks = {p.code: p.mark for p in raised.value.problems if p.level == "error"}
    assert list(marks) == [code]
    assert marks[code][:2] == ("sheet.yaml", 3)
    assert column in (None, marks[code].column)
    assert stack.read_text(encoding="utf-8") == STACK


def test_a_secret_is_written_nowhere(stack: Path) -> None:
    with pytest.raises(InputError) as raised:
        answer(stack, "tools/shopify/notes: AKIAIOSFODNN7EXAMPLE")
    assert [p.code for p in raised.value.problems] == ["E223"]
    assert stack.read_text(encoding="utf-8") == STACK


def test_the_file_of_a_folder_that_has_the_record_is_the_one_that_changes(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    files = {
        "company.yaml": "stackaudit: 1\ncompany: {name: Acme}\n",
        "tools-a.yaml": "stackaudit: 1\ntools:\n- Shopify\n",
        "tools-b.yaml": "stackaudit: 1\ntools:\n- Klaviyo\n",
    }
    write_together({folder / name: text for name, text in files.items()})
    outcome = answer(folder, "tools/klaviyo/owner: Mia\ncomplete/tools: yes")
    assert sorted(path.name for path in outcome.files) == ["company.yaml", "tools-b.yaml"]
    assert (folder / "tools-b.yaml").read_text(encoding="utf-8") == (
        "stackaudit: 1\ntools:\n- name: Klaviyo\n  owner: Mia\n"
    )


def test_an_inventory_in_braces_stays_in_braces(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(
        "{stackaudit: 1, company: {name: Acme}, tools: [Shopify, Klaviyo], "
        "integrations: [Shopify -> Klaviyo]}",
        encoding="utf-8",
    )
    answer(
        path,
        "tools/shopify/owner: Mia\nintegrations/shopify-klaviyo/objects: contact\n"
        "integrations/new: [Klaviyo -> Shopify: order]\nsystems_of_record/contact: shopify",
    )
    assert path.read_text(encoding="utf-8") == (
        "{stackaudit: 1, company: {name: Acme}, tools: [{name: Shopify, owner: Mia}, Klaviyo], "
        "integrations: [{Shopify -> Klaviyo: contact}, {Klaviyo -> Shopify: order}], "
        "systems_of_record: {contact: shopify}}"
    )


def test_a_made_id_that_an_answer_would_change_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(
        "stackaudit: 1\ncompany: {name: Acme}\ntools: [Shopify, Klaviyo]\nintegrations:\n"
        "- Shopify -> Klaviyo: order\n- Shopify -> Klaviyo\n",
        encoding="utf-8",
    )
    text = "integrations/shopify-klaviyo-unknown/objects: contact"
    answer(path, text)
    assert "- id: shopify-klaviyo-unknown\n" in path.read_text(encoding="utf-8")
    assert answer(path, text).changes == []


@pytest.mark.parametrize(
    "text",
    ["tools: []", "stackaudit-answers: 2\nanswers: {}", "", "stackaudit-answers: 1\nanswers: 4"],
)
def test_what_is_no_sheet_is_refused(text: str) -> None:
    with pytest.raises(InputError) as raised:
        read_sheet(text, "sheet.yaml")
    assert raised.value.problems[0].code in ("E221", "E005")


TAGS = """\
stackaudit: 1
company: {name: Acme}
tools: [Website, Hotjar, Clarity]
integrations:
  - {id: tags, from: website, to: [hotjar, clarity]}
"""


def test_two_places_that_mean_one_key_must_agree(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(TAGS, encoding="utf-8")
    one, other = "integrations/tags/website-hotjar", "integrations/tags/website-clarity"
    with pytest.raises(InputError) as raised:
        answer(path, f"{one}/owner: Mia\n{other}/owner: Ravi")
    (problem,) = raised.value.problems
    assert (problem.code, problem.mark.line, problem.also[0].line) == ("E048", 4, 3)
    outcome = answer(path, f"{one}/owner: Mia\n{other}/owner: Mia")
    assert (len(outcome.changes), outcome.same) == (1, 1)


def test_every_sample_can_be_answered_whole_and_asks_hardly_anything_then(tmp_path: Path) -> None:
    """Fill in the sheet that is asked for, and see the questions go."""
    path = tmp_path / "meltano.yaml"
    path.write_bytes((SAMPLES / "meltano.yaml").read_bytes())
    before = _audit(path)
    text = as_yaml(before)
    for key, value in TYPICAL.items():
        text = re.sub(rf"(?m)^(  \S*{re.escape(key)}):$", rf"\1: {value}", text)
    answers, _ = read_sheet(text, "sheet.yaml")
    outcome = answer_inventory(answers, path)
    assert len(outcome.changes) > 50
    write_together(outcome.files)
    after = {question.id for question in _audit(path).questions}
    asked = {
        question.id
        for question in before.questions
        if question.fills and {a.fill for a in answers} >= set(question.fills)
    }
    assert len(asked) >= 8
    # Asked anew of tools whose data is known only now; results stay unknown: none was written.
    assert {question for question in asked & after if not question.startswith("results:")} <= {
        "dpa"
    }


TYPICAL = {
    "complete/tools": "yes",
    "complete/integrations": "yes",
    "/owner": "Mia Chen",
    "/privacy.dpa": "signed",
    "/seats.active": "3",
    "/objects": "[contact]",
    "/last_verified": "2021-01-01",
    "/method": "native-connector",
    "/every": "hourly",
    "/data": "{contact: store}",
    "/capabilities": "[email-marketing]",
    "company/people_in": "US",
    "/product": "none",
    "/cost": "1000",
}


def _audit(path: Path) -> AuditResult:
    resolved = open_inventory(path)
    return audit(resolved, resolved.inventory.as_of or DAY)


def test_a_mentioned_tool_is_listed_where_the_list_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    start = "stackaudit: 1\ncompany: {name: Acme}\ntools:{}\nintegrations:\n- Shopify -> Klaviyo\n"
    for empty, line in (
        ("", "tools: [{name: Shopify, owner: Mia}]\n"),
        (" []", "tools: [{name: Shopify, owner: Mia}]\n"),
    ):
        path.write_text(start.replace("{}", empty), encoding="utf-8")
        answer(path, "tools/shopify/owner: Mia")
        assert line in path.read_text(encoding="utf-8")


PLACES = ["owner: Mia", "seats.active: 3", "cost: 5", "privacy.dpa: signed"]


@settings(max_examples=40, deadline=None)
@given(
    tools=st.lists(
        st.sampled_from(
            [
                "- {} # c",
                "- '{}'",
                "- name: {}\n  # inside\n  notes: two\n    lines",
                "- name: {}\n  seats: {{paid: 4}} # s",
                "- name: {}\n  seats:\n    paid: 4\n\n    # after",
                "- {{name: {}, # c\n   notes: x # d\n  }}",
                "- name: {}\n  notes: >-\n    folded\n\n    text\n\n",
                "-   name: {}\n    owner:",
                "- {{name: {}, owner: }}",
                "- name: {}\n  privacy: ~ # none yet",
            ]
        ),
        min_size=1,
        max_size=5,
    ),
    asked=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(PLACES)), min_size=1, unique=True),
    indent=st.sampled_from(["", "  ", "    "]),
    tail=st.sampled_from(["", "\n# the end", "\n...", "\nx-own: 1"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_layout_answers_are_added_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    tools: list[str],
    asked: list[tuple[int, str]],
    indent: str,
    tail: str,
    newline: str,
) -> None:
    path = tmp_path_factory.mktemp("layout") / "acme.yaml"
    body = "\n".join(text.format(f"Tool {n}") for n, text in enumerate(tools))
    body = "\n".join(indent + line for line in body.split("\n"))
    text = f"---\nstackaudit: 1\ncompany: {{name: Acme}}\ntools:\n{body}{tail}\n"
    path.write_bytes(text.replace("\n", newline).encode())
    lines = [f"tools/tool-{n}/{place}" for n, place in asked if n < len(tools)]
    if not lines:
        return
    outcome = answer(path, "\n".join(lines))
    assert outcome.conflicts == []
    assert len(outcome.changes) + outcome.same >= 1
    new = path.read_bytes().decode()
    before, after = (Counter(re.findall(r"[\w:#~.'-]+", t)) for t in (text, new))
    lost = before - after
    assert set(lost) <= {"~"}
    assert ("\r\n" in new) == (newline == "\r\n")
    records = {tool.id: tool for tool in open_inventory(path).inventory.tools}
    for n, place in asked:
        if n < len(tools):
            key, value = place.split(": ")
            found = records[f"tool-{n}"]
            for step in key.split("."):
                found = getattr(found, step)
            assert value in str(found)
    again = answer(path, "\n".join(lines))
    assert (again.changes, again.conflicts) == ([], [])
