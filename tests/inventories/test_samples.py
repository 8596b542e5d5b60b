"""The inventories that ship: read without a complaint, and the audit finds what it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stackaudit.cli.audit import judge
from stackaudit.cli.reading import read_inventory
from stackaudit.inventory import schema
from stackaudit.inventory.load import load_inventory
from stackaudit.inventory.schema import Inventory, Record
from stackaudit.result import AuditResult, Finding

SAMPLES = Path(__file__).parents[2] / "inventories"
NORTHWIND = SAMPLES / "northwind"
ALL = ["minimal.yaml", "meltano.yaml", "northwind", "reconciled.yaml"]
MADE_BY_THE_READER = {"written_short"}


def table_of(heading: str) -> list[tuple[str, str]]:
    """Return check and key of each row under a heading of Northwind's README."""
    text = (NORTHWIND / "README.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [(check.strip(), key.strip()) for check, key, _ in rows[2:]]


PLANTED = table_of("What must be found")
DECOYS = table_of("What looks like a finding and is none")


@cache
def audit(sample: str) -> AuditResult:
    """Return the audit of a sample, for the day that Northwind's facts describe."""
    return judge(read_inventory(SAMPLES / sample, None), date(2026, 11, 1))


def found(sample: str) -> dict[tuple[str, str], Finding]:
    return {(finding.check, finding.key): finding for finding in audit(sample).findings}


def records(value: Any) -> Iterator[Record]:
    """Return all the mappings of an inventory, its own included."""
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from records(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from records(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from records(item)


def kinds() -> list[type[Record]]:
    """Return the kinds of mapping that the format knows."""
    classes = [value for value in vars(schema).values() if isinstance(value, type)]
    known = [kind for kind in classes if issubclass(kind, Record)]
    return [kind for kind in known if kind not in (Record, schema.Provenance)]


@pytest.fixture(scope="module")
def northwind() -> Inventory:
    inventory = load_inventory(NORTHWIND).inventory
    assert inventory is not None
    return inventory


@pytest.mark.parametrize("sample", ALL)
def test_a_sample_is_read_without_an_error_or_a_warning(sample: str) -> None:
    assert [str(problem) for problem in read_inventory(SAMPLES / sample, None).problems] == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_northwind_uses_every_key_of_the_format(northwind: Inventory, kind: type[Record]) -> None:
    lists = load_inventory(SAMPLES / "reconciled.yaml").inventory  # Northwind is compared with none
    found = (*records(northwind), *records(lists.observed if lists else ()))
    written = [r.model_fields_set for r in found if type(r) is kind]
    written += [{"observed"}] if kind is Inventory and lists and lists.observed else []
    used = set().union(*written)
    assert set(kind.model_fields) - MADE_BY_THE_READER - used == set()


def test_northwind_carries_keys_of_its_own(northwind: Inventory) -> None:
    own = {key for record in records(northwind) for key in record.extras}
    assert own >= {"x-fiscal-year-starts", "x-cost-centre"}


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        (schema.Tool, "status", {"planned", "pilot", "live", "retiring", "retired"}),
        (schema.Tool, "kind", {"software", "service", "homegrown", "spreadsheet", "own-channel"}),
        (schema.Tool, "environment", {"production", "staging", "development"}),
        (schema.Tool, "integrations_known", {"complete", "partial", "none"}),
        (schema.Privacy, "dpa", {"signed", "missing", "not-needed"}),
        (schema.Privacy, "transfer", {"scc", "adequacy", "bcr", "not-needed", "none"}),
        (
            schema.Integration,
            "status",
            {"planned", "live", "idle", "paused", "broken", "retired", "absent"},
        ),
        (schema.Integration, "direction", {"one-way", "both-ways", "unknown"}),
        (
            schema.Team,
            "function",
            {"marketing", "sales", "service", "operations", "it"}
            | {"data", "finance", "legal", "agency"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_northwind_uses_every_word_of_a_key(
    northwind: Inventory, kind: type[Record], name: str, words: set[str]
) -> None:
    used = {getattr(record, name) for record in records(northwind) if type(record) is kind}
    assert used - {None} == words


@pytest.mark.parametrize(
    "name", ["contract", "product", "technical_owner", "owner", "gated_by", "channels", "data"]
)
def test_northwind_has_a_tool_that_states_none(northwind: Inventory, name: str) -> None:
    assert any(getattr(tool, name) in ("none", (), {}) for tool in northwind.tools)


def test_the_tables_of_the_readme_are_read() -> None:
    assert len(PLANTED) > 30
    assert len(DECOYS) > 50
    assert not set(PLANTED) & set(DECOYS)


@pytest.mark.parametrize(("check", "key"), PLANTED)
def test_what_is_planted_in_northwind_is_found(check: str, key: str) -> None:
    assert (check, key) in found("northwind")


@pytest.mark.parametrize(("check", "key"), DECOYS)
def test_a_decoy_in_northwind_is_no_finding(check: str, key: str) -> None:
    assert [k for c, k in found("northwind") if c == check and fnmatchcase(k, key)] == []


def test_a_disputed_fact_makes_a_finding_only_possible() -> None:
    assert found("northwind")["unowned", "zapier"].confidence == "possible"


def test_two_shops_on_purpose_are_only_information() -> None:
    assert found("northwind")["duplicate-product", "shopify"].severity == "info"


@pytest.mark.parametrize(
    ("check", "key"),
    [
        ("overlapping-tools", "email-marketing+marketing-automation/eu"),
        ("broken-integration", "items-to-akeneo"),
        ("manual-bridge", "store-signups/twilio-segment/contact"),
        ("missing-capability", "sms-messaging/outlet"),
        ("blind-tool", "zendesk/order"),
    ],
)
def test_an_accepted_finding_stays_and_is_marked(check: str, key: str) -> None:
    accepted = found("northwind")[check, key].accepted
    assert accepted is not None
    assert not accepted.lapsed


def test_a_lapsed_acceptance_is_reported_and_the_finding_counts() -> None:
    assert audit("northwind").accepted_lapsed != []
    accepted = found("northwind")["missing-capability", "data-quality/all"].accepted
    assert accepted is None or accepted.lapsed


def test_an_acceptance_that_matches_nothing_is_reported() -> None:
    assert any("hotjar" in entry.name for entry in audit("northwind").accepted_unmatched)


def test_of_meltano_nothing_is_confirmed_that_rests_on_what_is_not_listed() -> None:
    absence = {"missing-capability", "missing-flow", "disconnected-island", "trapped-data"}
    confirmed = [f for f in audit("meltano.yaml").findings if f.confidence == "confirmed"]
    assert [f.id for f in confirmed if f.check in absence | {"blind-tool", "manual-bridge"}] == []


def test_of_names_alone_nothing_is_confirmed() -> None:
    assert [f.id for f in audit("minimal.yaml").findings if f.confidence == "confirmed"] == []


def test_lists_of_others_show_what_the_team_does_not_declare() -> None:
    made = found("reconciled.yaml")
    of_lists = {
        key: finding.confidence
        for (check, key), finding in made.items()
        if check in ("undeclared-tool", "unseen-tool")
    }
    assert of_lists == {
        "hotjar": "confirmed",
        "intercom/retired": "confirmed",
        "meta-ads": "confirmed",
        "miro": "confirmed",
        "vwo": "confirmed",
    }
    assert made["undeclared-tool", "miro"].severity == "info", "a whiteboard is office work"
