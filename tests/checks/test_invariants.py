"""What holds for every check on every inventory of the cases, whatever the check looks for."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from stackaudit.audit.engine import broken_promise, status_of
from stackaudit.check import PAGE_PARTS, Check, Finding, Outcome
from stackaudit.graph import Stack
from stackaudit.registry import installed
from stackaudit.source.problems import InputError
from stackaudit.source.tree import Map, Node, Seq, read_tree
from stackaudit.testing import make_stack
from tests.checks.casebook import CHECKS, Case, cases

ROOT = Path(__file__).resolve().parents[2]
REGISTERED = {r.check.id: r.check for r in installed().checks if r.check.id in CHECKS}

KEEPS_STANDING: dict[tuple[str, str], str] = {
    ("*", "status"): "only says how grave it is, or what to repair: without it the finding stands",
    ("*", "disputed"): "takes a doubt away",
    ("end-of-life-product", "name"): "the id is what is left of the name",
    ("overlapping-tools", "used_by"): "users that are left out do not set tools apart",
    ("overlapping-tools", "until"): "an overlap on purpose without a date is silent for good",
    ("unused-seats", "price"): "only says what could be saved",
    ("late-suppression", "data"): "an integration that brings personal data says it too",
    ("consent-not-propagated", "data"): "an integration that brings personal data says it too",
}
"""Facts whose deletion may leave a confirmed finding standing, by check and key, and why."""


@dataclass(frozen=True)
class Run:
    """All checks on one inventory of the cases."""

    inventory: str
    as_of: date
    stack: Stack
    outcomes: dict[str, Outcome]
    untouched: bool

    @property
    def findings(self) -> Iterator[tuple[str, Finding]]:
        for check, outcome in self.outcomes.items():
            for finding in outcome.findings:
                yield check, finding


def print_of(stack: Stack) -> str:
    """Return all of a stack that a check could have changed."""
    return repr((stack.tools, stack.flows, stack.records, stack.contracts, stack.inventory))


@lru_cache(maxsize=1)
def runs() -> tuple[Run, ...]:
    made = []
    for inventory, as_of in sorted({(case.inventory, case.as_of) for case in cases()}):
        stack = make_stack(inventory, as_of)
        before = print_of(stack)
        outcomes = {name: check.run(stack) for name, check in REGISTERED.items()}
        made.append(Run(inventory, as_of, stack, outcomes, print_of(stack) == before))
    return tuple(made)


def plain(node: Node) -> Any:
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [plain(item) for item in node]
    return node


def text_of(tree: Any) -> str:
    return str(yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True))


def without_places(outcome: Outcome) -> list[Any]:
    """Return what an outcome says, but not where the inventory says it."""
    findings = []
    for finding in outcome.findings:
        said = finding.model_dump()
        for fact in said["evidence"]:
            fact["place"], fact["quote"] = None, ""
        findings.append(said)
    return [outcome.examined, findings, [question.model_dump() for question in outcome.unknown]]


def test_all_built_in_checks_come_through_the_registry() -> None:
    assert REGISTERED.keys() == CHECKS.keys()
    assert installed().failed == ()


def test_no_check_changes_the_stack() -> None:
    assert [run.inventory for run in runs() if not run.untouched] == []


def test_keys_are_unique_and_promises_are_kept() -> None:
    for run in runs():
        for check, outcome in run.outcomes.items():
            assert broken_promise(CHECKS[check], outcome) == ""


def test_the_order_of_questions_and_findings_does_not_repeat_one() -> None:
    for run in runs():
        for check, outcome in run.outcomes.items():
            asked = [question.id for question in outcome.unknown]
            assert sorted(set(asked)) == sorted(asked), (check, run.inventory)


def test_what_was_not_looked_at_does_not_pass_and_is_not_found() -> None:
    for run in runs():
        for check, outcome in run.outcomes.items():
            assert outcome.examined >= 0
            if not outcome.examined:
                assert not outcome.findings, (check, run.inventory)
                assert status_of(outcome) in ("unknown", "not-applicable")


def test_no_finding_rests_on_nothing() -> None:
    for run in runs():
        for check, finding in run.findings:
            resting = [e for e in finding.evidence if e.place is not None or e.assumed]
            assert resting, (check, finding.key, run.inventory)
            assert all(e.text.strip() for e in finding.evidence), (check, finding.key)


def test_a_finding_is_possible_when_and_only_when_it_rests_on_an_assumption() -> None:
    for run in runs():
        for check, finding in run.findings:
            assumed = any(e.assumed for e in finding.evidence)
            assert (finding.confidence == "possible") is assumed, (check, finding.key)


def test_every_place_is_where_its_quote_stands() -> None:
    for run in runs():
        lines = run.inventory.splitlines()
        for check, finding in run.findings:
            for fact in finding.evidence:
                if fact.place is None:
                    continue
                assert fact.quote, (check, finding.key, fact.text)
                assert fact.quote in lines[fact.place.line - 1]


def test_every_finding_is_a_sentence_that_names_what_it_is_about() -> None:
    for run in runs():
        for check, finding in run.findings:
            said = finding.sentence
            assert said[:1] == said[:1].upper(), said
            assert said.endswith("."), said
            tools = [s.name for s in finding.subjects if s.kind in ("tool", "product")]
            objects = run.stack.catalogue.objects
            words = [objects[s.id].noun for s in finding.subjects if s.kind == "object"]
            other = [s.name or s.id for s in finding.subjects if s.kind not in ("tool", "object")]
            told = " ".join([said, *(e.text for e in finding.evidence)])
            stages = run.stack.catalogue.stages
            other += [stages[part].name for part in finding.key.split("/") if part in stages]
            named = [w for w in (*tools, *words, *other) if w.lower() in told.lower()]
            assert named, (check, told)
            if len(tools) <= 3:
                assert [t for t in tools if t not in told] == [], (check, told)


def test_every_finding_says_what_would_make_it_harmless_and_how_to_settle_it() -> None:
    for run in runs():
        for check, finding in run.findings:
            assert finding.harmless_if, (check, finding.key)
            assert finding.severity == "info" or finding.action is not None, (check, finding.key)
            if finding.action is not None:
                assert finding.action.settles == [finding.id]


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_the_page_of_a_check_is_complete(check: str) -> None:
    page = CHECKS[check].page()
    assert tuple(page) == ("summary", *PAGE_PARTS)
    assert all(text for text in page.values())
    assert page["summary"].endswith(".")
    assert CHECKS[check].examined_what != Check.examined_what


def reordered(inventory: str) -> str:
    tree = plain(read_tree(inventory, "inventory.yaml")[0])
    dice = random.Random(len(inventory))  # noqa: S311 - any other order will do
    for section in ("tools", "integrations", "contracts", "processes"):
        if isinstance(tree.get(section), list):
            dice.shuffle(tree[section])
    return text_of(tree)


def test_the_order_of_the_file_changes_nothing_but_places() -> None:
    changed = []
    own = {(case.inventory, case.as_of, case.check) for case in cases()}
    for number, run in enumerate(runs()):
        stack = make_stack(reordered(run.inventory), run.as_of)
        for name, check in REGISTERED.items():
            # Every check on its own cases, all checks on every fourth inventory.
            if number % 4 and (run.inventory, run.as_of, name) not in own:
                continue
            if without_places(check.run(stack)) != without_places(run.outcomes[name]):
                changed.append((name, run.inventory))
    assert changed == []


def paths_at(node: Node, line: int, column: int, way: tuple[Any, ...] = ()) -> Iterator[Any]:
    """Yield the keys that lead to what stands at a place."""
    children: list[tuple[Any, Node, int]] = []
    if isinstance(node, Map):
        children = [(key, value, node.at_of(key)) for key, value in node.items()]
    elif isinstance(node, Seq):
        children = [(key, value, node.at_of(key)) for key, value in enumerate(node)]
    for key, value, at in children:
        mark = node.source.mark(at) if isinstance(node, Map | Seq) else None
        if mark is not None and (mark.line, mark.column) == (line, column):
            yield (*way, key)
        yield from paths_at(value, line, column, (*way, key))


def deleted(tree: Any, way: tuple[Any, ...]) -> Any:
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    if len(way) == 1:
        del copy[way[0]]
    else:
        copy[way[0]] = deleted(tree[way[0]], way[1:])
    return copy


def still_confirmed(check: str, finding: Finding, tree: Any, as_of: date) -> bool:
    """Return whether an inventory gives the same finding, about the same things, for sure."""
    try:
        stack = make_stack(text_of(tree), as_of)
    except InputError:
        return False  # without the fact it is no inventory any more
    found = {f.key: f for f in CHECKS[check].run(stack).findings}
    again = found.get(finding.key)
    return (
        again is not None
        and again.confidence == "confirmed"
        and {s.id for s in again.subjects} == {s.id for s in finding.subjects}
    )


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_a_confirmed_finding_falls_with_every_fact_it_rests_on(check: str) -> None:
    standing = []
    for case in cases():
        if case.check != check:
            continue
        tree = read_tree(case.inventory, "inventory.yaml")[0]
        for finding in case.run().findings:
            if finding.confidence != "confirmed":
                continue
            assert still_confirmed(check, finding, plain(tree), case.as_of)
            for fact in finding.evidence:
                if fact.place is None:
                    continue
                ways = list(paths_at(tree, fact.place.line, fact.place.column))
                assert ways, (case.name, fact)
                way = ways[0]
                if any((who, key) in KEEPS_STANDING for who in ("*", check) for key in way):
                    continue
                if still_confirmed(check, finding, deleted(plain(tree), way), case.as_of):
                    standing.append((case.name, finding.key, way, fact.text))
    assert standing == []


@pytest.mark.parametrize("inventory", ["inventories/northwind"])
def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(
    inventory: str, tmp_path: Path
) -> None:
    script = (
        "import sys; from datetime import date; from stackaudit.audit import audit;"
        "from stackaudit.opening import open_inventory;"
        "r = open_inventory(sys.argv[1]);"
        "sys.stdout.buffer.write(audit(r, date(2026, 11, 1)).to_json().encode())"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", script, str(ROOT / inventory)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    ]
    assert len(made[0]) > 10_000
    assert made[0] == made[1]


__all__ = ["Case"]
