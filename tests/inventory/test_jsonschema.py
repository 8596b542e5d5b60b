"""The JSON Schema: it takes what the reader takes, says what every key is, and refuses typos."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from stackaudit.catalogue.load import load_catalogue
from stackaudit.inventory.jsonschema import KINDS, inventory_schema
from stackaudit.inventory.load import parse_inventory
from stackaudit.inventory.starter import starter

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates are text, and only true and false are booleans."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, regex)
        for tag, regex in resolvers
        if tag.rsplit(":", 1)[1] not in ("timestamp", "bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"true\Z|false\Z"), ["t", "f"]
)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    catalogue = load_catalogue()
    return inventory_schema({kind: getattr(catalogue, kind) for kind in KINDS})


def errors(schema: dict[str, Any], text: str) -> list[str]:
    data = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe loader with fewer types
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


def samples() -> list[Path]:
    found = [HERE / "everything.yaml"]
    if (ROOT / "inventories").is_dir():
        found += sorted((ROOT / "inventories").glob("*.yaml"))
    return found


def test_it_is_a_schema_of_draft_2020_12(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator.check_schema(inventory_schema())
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_every_sample_fits_the_schema(schema: dict[str, Any], path: Path) -> None:
    assert errors(schema, path.read_text(encoding="utf-8")) == []


def test_a_folder_that_is_merged_fits_the_schema(schema: dict[str, Any]) -> None:
    folder = ROOT / "inventories" / "northwind"
    if not folder.is_dir():
        pytest.skip("the samples are not here")
    whole: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "catalogue.yaml":
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)  # noqa: S506
            for key, value in data.items():
                whole[key] = whole[key] + value if isinstance(whole.get(key), list) else value
    found = jsonschema.Draft202012Validator(schema).iter_errors(whole)
    assert [error.message for error in found] == []


def test_the_starter_fits_the_schema(schema: dict[str, Any]) -> None:
    assert errors(schema, starter()) == []


def test_every_key_has_a_description(schema: dict[str, Any]) -> None:
    silent = [
        f"{name}.{key}"
        for name, definition in {"inventory": schema, **schema["$defs"]}.items()
        for key, value in definition.get("properties", {}).items()
        if not value.get("description")
    ]
    assert silent == []


def test_every_id_of_the_catalogue_is_offered(schema: dict[str, Any]) -> None:
    catalogue = load_catalogue()
    for kind in KINDS:
        assert schema["$defs"][kind]["anyOf"][0]["enum"] == list(getattr(catalogue, kind))


HEAD = "stackaudit: 1\ncompany: {name: Acme}\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "tools: [A, {name: B}, 7]",
        HEAD + "tools: none",
        HEAD
        + (
            "integrations: [A -> B, {A <-> B: contact}, {A -- "
            "B: [contact, order]}, {from: [a, b], to: unknown}]"
        ),
        HEAD
        + (
            "tools: [{name: B, cost: 40000-60000}, {name: C, "
            "cost: {amount: 1, per: month}}, {name: D, cost: 7}]"
        ),
        HEAD + "tools: [{name: B, contract: {ends: 2027-03-01}}, {name: C, contract: adobe-2025}]",
        HEAD + "tools: [{name: B, capabilities: {crm: unused}}, {name: C, capabilities: own-word}]",
        HEAD + "tools: [{name: B, channels: [email, {sms: transactional}]}]",
        HEAD + "x-own: {a: 1}\ntools: [{name: B, x-own: 1}]",
        "stackaudit: 1\ncompany: {name: Acme, scopes: {eu: {people_in: EU}, us: }}",
        HEAD
        + "systems_of_record: {contact: none, order: [a, b], lead: {eu: a}, contact/enrichment: c}",
    ],
)
def test_both_the_schema_and_the_reader_take_it(schema: dict[str, Any], text: str) -> None:
    assert errors(schema, text) == []
    assert [p for p in parse_inventory(text).problems if p.level == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "tool: []",
        HEAD + "tools: [{name: B, ownr: x}]",
        HEAD + "tools: [{owner: x}]",
        HEAD + "tools: {a: b}",
        HEAD + "tools: [{name: B, status: alive}]",
        HEAD + "tools: [{name: B, fit: {business: 6}}]",
        HEAD + "tools: [{name: B, reviewed: 1.11.2026}]",
        HEAD + "integrations: [A to B]",
        HEAD + "integrations: [{A -> B: contact, every: daily}]",
        HEAD + "integrations: [{from: a}]",
        HEAD + "accepted: [{check: x, key: y}]",
        "company: {name: Acme}",
        "stackaudit: 2\ncompany: {name: Acme}",
        "stackaudit: 1\ncompany: {}",
    ],
)
def test_both_the_schema_and_the_reader_refuse_it(schema: dict[str, Any], text: str) -> None:
    assert errors(schema, text) != []
    assert [p for p in parse_inventory(text).problems if p.level == "error"] != []
