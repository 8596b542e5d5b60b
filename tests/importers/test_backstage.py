"""Software catalogues of Backstage."""

from __future__ import annotations

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.registers.backstage import Backstage

CATALOGUE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: web-shop
  title: Web shop
  description: Sells things. Ask [us](mailto:shop@northwind.example).
  annotations: {example.com/token: ghp_abcdefghijklmnopqrstuvwxyz0123456789}
spec:
  type: website
  lifecycle: production
  owner: group:default/shop-team
  system: commerce
  providesApis: [orders-api]
  dependsOn: [resource:default/orders-db, component:search]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: newsletter-sync}
spec:
  {type: service, lifecycle: experimental, owner: user:jane, consumesApis: [orders-api, gone-api]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: search}
spec: {type: service, lifecycle: sleeping, owner: shop-team}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: ui-kit}
spec: {type: library, lifecycle: deprecated, owner: shop-team}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: orders-db}
spec: {type: database, owner: shop-team}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: snowflake}
spec: {type: warehouse, owner: shop-team}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: orders-api, title: Orders}
spec: {type: openapi, lifecycle: production, owner: shop-team, definition: secret text}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: shop-team}
spec: {type: team, profile: {displayName: Shop Team, email: shop@northwind.example}}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: jane}
spec: {profile: {displayName: Jane Roe, email: jane@northwind.example}}
---
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: {name: more}
spec: {targets: [./other.yaml]}
"""


def read(text: str = CATALOGUE, name: str = "catalog-info.yaml") -> Found:
    """A catalogue, read."""
    bundle = Bundle(name, (SourceFile(name, text.encode()),))
    assert Backstage().recognises(bundle)
    return Backstage().parse(bundle, Setting(load_catalogue()))


def said(found: Found, kind: str) -> str:
    """All notices of a kind."""
    return "\n".join(f"{n.text} ({n.place})" for n in found.notices if n.kind == kind)


def test_components_are_software_of_the_company_and_known_resources_are_products() -> None:
    found = read()
    assert [(t.name, t.facts.get("kind")) for t in found.tools] == [
        ("Web shop", "homegrown"),
        ("newsletter-sync", "homegrown"),
        ("search", "homegrown"),
        ("snowflake", None),
    ]
    assert "ui-kit" in said(found, "left-out")
    assert "orders-db" in said(found, "left-out")


def test_lifecycles_are_statuses_and_one_nobody_knows_is_asked_about() -> None:
    found = read()
    assert [t.facts.get("status") for t in found.tools] == ["live", "pilot", None, None]
    assert "'sleeping' is none of production, experimental, deprecated" in said(found, "question")


def test_owners_are_teams_and_people_by_the_names_they_are_shown_under() -> None:
    found = read()
    assert found.teams == {"shop-team": "Shop Team"}
    assert found.tools[0].facts["owner"] == "team:shop-team"
    assert found.tools[0].facts["team"] == "Shop Team"
    assert found.tools[1].facts["owner"] == "Jane Roe"


def test_the_use_of_an_api_is_an_integration_whose_direction_is_not_known() -> None:
    (flow,) = read().integrations
    assert (flow.from_, flow.to) == (
        "component:default/web-shop",
        "component:default/newsletter-sync",
    )
    assert flow.facts["direction"] == "unknown"
    assert flow.facts["method"] == "rest-api"
    assert "objects" not in flow.facts


def test_a_dependency_is_a_question_and_an_api_nobody_provides_too() -> None:
    questions = said(read(), "question")
    assert "Web shop depends on search: is data exchanged, and which way?" in questions
    assert "newsletter-sync uses the API gone-api: which tool provides it?" in questions


def test_addresses_annotations_and_definitions_stay_where_they_are() -> None:
    found = read()
    text = repr(found)
    for secret in ("ghp_", "secret text", "shop@northwind", "jane@northwind"):
        assert secret not in text, secret
    assert found.dropped["e-mail address"] >= 2


def test_a_component_with_the_name_of_a_product_is_that_product_and_asked_about() -> None:
    found = read(CATALOGUE.replace("name: newsletter-sync", "name: hubspot"))
    tool = next(t for t in found.tools if t.name == "hubspot")
    assert "kind" not in tool.facts
    assert "is hubspot the product of that name" in said(found, "question")


def test_documents_before_a_fault_are_kept() -> None:
    found = read(CATALOGUE.replace("metadata: {name: search}", "metadata: {name: search"))
    assert [t.name for t in found.tools] == ["Web shop", "newsletter-sync"]
    assert found.partial


def test_an_entity_that_stands_twice_is_taken_once_and_said() -> None:
    found = read(CATALOGUE + "---\n" + CATALOGUE.split("---")[2])
    assert len(found.tools) == 4
    assert "component:default/search stands twice" in said(found, "question")


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: [x]\n",
        "apiVersion: backstage.io/v1alpha1\nkind: 5\nmetadata: {name: [a]}\n---\n7\n",
    ],
)
def test_entities_without_a_name_fail_in_words(text: str) -> None:
    with pytest.raises(ImportFailure, match="without kind or name"):
        read(text)


def test_strange_values_are_passed_over() -> None:
    found = read(
        "apiVersion: backstage.io/v1alpha1\nkind: component\nmetadata: {name: b, title: [x]}\n"
        "spec: {type: 5, dependsOn: {a: b}, consumesApis: [null, [x], 'a:b:c/d'], owner: [x], "
        "providesApis: 7, system: [y]}\n"
    )
    assert [t.name for t in found.tools] == ["b"]
