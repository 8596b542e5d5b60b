"""A redacted result and its report name nobody, and hold no amount, in no field at all."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.redact import PARTS, redact
from stackaudit.report import render_html
from stackaudit.result import AuditResult, Note
from stackaudit.testing import DAY, make_resolved

ROOT = Path(__file__).resolve().parents[2]

PERSON = "Zzperson Quill"
TOOL = "Zzvend Cloud"
PLANT = (
    f" {PERSON} or Quill pays EUR 7,771,234 (7771234, 7.771.234, 7,771,234) to {TOOL}, "
    "zzvend-cloud "
)

RICH = """
stackaudit: 1
company: {name: X, currency: EUR, profile: b2c-ecommerce}
complete: [tools, integrations]
tools:
  - name: Zzvend Cloud
    product: klaviyo
    owner: [Zzperson Quill, team:crm, role:head of email]
    cost: {amount: 7771234}
    contract: {ends: 2027-01-10, notice_days: 60, auto_renews: yes}
    seats: {paid: 60, active: 41, price: 7771}
    data: {contact: store}
    notes: Quill says that Unlisted Zzother costs 7771
    url: https://zzvend.example/
  - {name: CRM, owner: Unlisted Person, data: {contact: store}, contract: zz-frame}
integrations:
  - {from: zzvend-cloud, to: crm, objects: [contact], status: broken, owner: Zzperson Quill}
accepted:
  - {check: unowned, key: x, because: Zzperson Quill knows, until: 2027-01-01, by: Zzperson Quill}
out_of_scope: [{tool: Till, because: Zzvend Cloud has it for 7771234}]
contracts: [{id: zz-frame, vendor: Zzmaker, owner: Zzkeeper Two, cost: 7773, ends: 2027-02-01}]
objectives:
  - {name: Leave Zzvend Cloud, needs: [experimentation], sponsor: Zzsponsor Only}
"""


@cache
def rich() -> AuditResult:
    return audit(make_resolved(RICH), DAY)


@cache
def northwind() -> AuditResult:
    return audit(open_inventory(ROOT / "inventories/northwind"), DAY)


def mark(value: Any, where: tuple[str, ...], keep: set[tuple[str, ...]]) -> Any:
    if isinstance(value, dict):
        return {k: mark(v, (*where, k), keep) for k, v in value.items()}
    if isinstance(value, list):
        return [mark(v, (*where, "[]"), keep) for v in value]
    if isinstance(value, str) and where not in keep:
        return value + PLANT
    return value


@cache
def planted() -> AuditResult:
    """The result with a person, a tool and an amount behind every text the schema leaves free."""
    plain = rich().model_dump(mode="json")
    # The register itself says who is a person and what is a tool; all other text is fair game.
    keep = {
        ("tools", "[]", "id"),
        ("tools", "[]", "name"),
        ("tools", "[]", "vendor"),
        ("tools", "[]", "owner", "[]"),
        ("company", "currency"),
    }
    for _ in range(20):
        try:
            return AuditResult.model_validate_json(json.dumps(mark(plain, (), keep)))
        except ValidationError as error:
            keep |= {
                tuple("[]" if isinstance(x, int) else str(x) for x in e["loc"])
                for e in error.errors()
            }
    raise AssertionError("the result could not be planted")


SECRETS = {
    "people": ["zzperson", "quill", "zzsponsor"],
    "costs": ["7771", "7,771", "7.771"],
    "vendors": ["zzvend", "zzmaker", "klaviyo"],
}


@pytest.mark.parametrize("part", PARTS)
def test_what_is_planted_in_every_text_is_in_no_field_and_not_in_the_report(part: str) -> None:
    before = planted().to_json().lower()
    result = redact(planted(), [part])
    for text in (result.to_json(), render_html(result)):
        for secret in SECRETS[part]:
            assert secret in before
            found = re.search(f".{{0,60}}{re.escape(secret)}.{{0,20}}", text.lower())
            assert found is None


@pytest.mark.parametrize("make", [rich, northwind])
def test_nothing_of_a_real_audit_is_left_when_everything_is_redacted(make: Any) -> None:
    result = make()
    names = {
        name
        for tool in result.tools
        for name in (tool.name, tool.product_name, tool.vendor, *(tool.owner or ()))
        if name and " " in name and not name.startswith(("team:", "role:"))
    }
    assert names
    redacted = redact(result, PARTS)
    text = redacted.to_json() + render_html(redacted)
    assert {name for name in names if name in text} == set()
    assert re.findall(r"EUR\s?\d[\d,]*", text) == []


def test_money_is_gone_from_every_field() -> None:
    redacted = redact(northwind(), ["costs"])
    assert redacted.spend.total is None
    assert (redacted.spend.by_domain, redacted.funds) == ({}, None)
    assert {tool.cost for tool in redacted.tools} == {None}
    assert {f.money for f in redacted.findings} | {f.saving for f in redacted.findings} == {None}
    assert {a.saving for a in redacted.actions} == {None}
    tiles = {tile.id: tile for tile in redacted.summary.tiles}
    assert (tiles["spend"].value, tiles["spend"].text) == (None, "withheld")
    floats = [v for f in redacted.findings for v in f.details.values() if isinstance(v, float)]
    assert floats == []
    assert [t.name for t in redacted.tools] == [t.name for t in northwind().tools]


def test_the_words_of_the_inventory_go_whatever_is_redacted() -> None:
    for part in PARTS:
        redacted = redact(northwind(), [part])
        assert {e.quote for f in redacted.findings for e in f.evidence} == {""}
        assert {(t.notes, t.url) for t in redacted.tools} == {(None, None)}
        assert {f.accepted.because for f in redacted.findings if f.accepted} == {"withheld"}
        assert {f.name for f in redacted.files} <= {f"inventory-{n}.yaml" for n in range(1, 20)}


@pytest.mark.parametrize("parts", [c for n in (1, 2, 3) for c in combinations(PARTS, n)])
def test_a_redacted_result_is_a_whole_one_that_hangs_together(parts: tuple[str, ...]) -> None:
    before, after = northwind(), redact(northwind(), parts)
    assert AuditResult.model_validate_json(after.to_json()) == after
    for name in ("findings", "actions", "tools", "integrations", "demands", "questions"):
        ids = [entry.id for entry in getattr(after, name)]
        assert len(set(ids)) == len(ids) == len(getattr(before, name))
    tools = {t.id for t in after.tools}
    findings = {f.id for f in after.findings}
    assert {f.source for f in after.integrations} | {f.target for f in after.integrations} <= (
        tools | {None}
    )
    assert {p.tool for c in after.capabilities for p in c.providers} <= tools
    assert {s for a in after.actions for s in a.settles} <= findings
    assert set(after.summary.first_actions) <= {a.id for a in after.actions}
    assert {s.id for f in after.findings for s in f.subjects if s.kind == "tool"} <= tools
    assert {s.id for f in after.findings for s in f.subjects if s.kind == "capability"} <= {
        c.id for c in after.capabilities
    }
    demands = {d.id for d in after.demands}
    was = {d.id for d in before.demands}
    assert sum(i in demands for f in after.falls for i in f.falls) == sum(
        i in was for f in before.falls for i in f.falls
    )
    assert [f.severity for f in after.findings] == [f.severity for f in before.findings]


def test_one_name_stands_for_one_thing_everywhere() -> None:
    after = redact(northwind(), ["vendors", "people"])
    was = {t.id: n.name for t, n in zip(northwind().tools, after.tools, strict=True)}
    [finding] = [f for f in after.findings if f.check == "unused-seats" and "60" in f.sentence]
    assert was["asana"] in finding.sentence
    assert re.fullmatch(r"[A-Z][a-z -]+ tool \d+", was["asana"])
    keepers = {f.key for f in after.findings if f.check == "sole-keeper"}
    assert keepers
    assert all(re.fullmatch(r"Owner \d+", key) for key in keepers)
    assert keepers <= {
        p for t in after.tools for p in (*(t.owner or ()), *(t.technical_owner or ()))
    }
    assert {p for t in after.tools for p in t.owner or () if p.startswith("team:")}


def test_the_same_result_is_redacted_to_the_same_bytes() -> None:
    assert redact(rich(), PARTS).to_json() == redact(rich(), list(PARTS)[::-1]).to_json()


def test_a_redacted_result_says_so_on_its_first_screen_and_in_its_notes() -> None:
    redacted = redact(rich(), ["costs", "people"])
    said = "This copy is redacted: people and costs are left out"
    assert said in redacted.summary.completeness
    assert [n.code for n in redacted.notes if said in n.text] == ["redacted"]
    assert said in render_html(redacted)


def test_nothing_to_redact_changes_nothing_and_an_unknown_word_is_refused() -> None:
    assert redact(rich(), []) == rich()
    with pytest.raises(ValueError, match="cannot redact names"):
        redact(rich(), ["names"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It costs EUR 12,000–14,000 a year.", "It costs (amount withheld) a year."),
        ("About 1,200 EUR.", "About (amount withheld)."),
        ("€12k more", "(amount withheld) more"),
        ("19 of the 60 paid seats", "19 of the 60 paid seats"),
        ("on 2026-11-01, 120 days ago", "on 2026-11-01, 120 days ago"),
    ],
)
def test_amounts_go_and_other_numbers_stay(text: str, shown: str) -> None:
    noted = rich().model_copy(
        update={"summary": rich().summary.model_copy(update={"headline": text})}
    )
    assert redact(noted, ["costs"]).summary.headline == shown


def test_a_name_that_is_an_ordinary_word_does_not_ruin_the_sentences() -> None:
    text = RICH.replace("name: CRM", "name: Front").replace("to: crm", "to: front")
    redacted = redact(audit(make_resolved(text), DAY), ["vendors"])
    assert "Front" not in {t.name for t in redacted.tools}
    assert Note(code="redacted", text=redacted.notes[-1].text) in redacted.notes
