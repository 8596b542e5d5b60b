"""Resolving: which tool a reference means, which product a tool is, and what no reference is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.inventory.load import parse_inventory
from stackaudit.opening import open_inventory
from stackaudit.resolve import Resolved, resolve
from stackaudit.source.problems import InputError, Problem, has_errors

HERE = Path(__file__).parent
HEAD = "stackaudit: 1\ncompany: {name: Acme, profile: b2c-ecommerce, scopes: [eu, us]}\n"


def resolving(text: str) -> tuple[Resolved, list[Problem]]:
    loaded = parse_inventory(text)
    problems = list(loaded.problems)
    return resolve(loaded, load_catalogue(), problems), problems


def resolved(text: str) -> Resolved:
    result, problems = resolving(text)
    assert not has_errors(problems), [str(problem) for problem in problems]
    return result


def test_the_full_example_resolves_with_warnings_only() -> None:
    stack = open_inventory(HERE / "everything.yaml")
    assert {problem.code for problem in stack.problems} <= {"W021", "W022"}
    assert stack.profile is not None
    assert stack.profile.id == "b2c-ecommerce"
    assert stack.products["klaviyo"].how == "declared"
    assert [path.name for path in stack.paths] == ["everything.yaml"]
    assert len(stack.files[0].sha256) == len(stack.content_hash) == 64


@pytest.mark.parametrize(
    "ref", ["ga", "GA", "Web Analytics", "web analytics", "GA4", "google-analytics-4"]
)
def test_a_tool_is_found_by_id_name_and_alias(ref: str) -> None:
    stack = resolved(
        HEAD
        + "tools:\n  - {id: ga, name: Web Analytics, product: google-analytics-4}\n  - Shopify\n"
        f"integrations:\n  - {{from: Shopify, to: {ref}}}\n"
    )
    assert stack.tool_id(ref) == "ga"
    assert stack.mentioned == frozenset()


def test_an_alias_of_two_tools_is_ambiguous() -> None:
    _, problems = resolving(
        HEAD + "tools:\n  - {name: One, product: google-analytics-4}\n"
        "  - {name: Two, product: google-analytics-4}\n  - Shopify\n"
        "integrations:\n  - Shopify -> GA4\n"
    )
    (problem,) = problems
    assert problem.code == "E063"
    assert "`one` or `two`" in problem.hint


def test_a_product_in_a_short_form_becomes_a_tool_that_is_mentioned() -> None:
    stack = resolved(
        HEAD + "tools: [Shopify]\nintegrations:\n  - Shopify -> GA4\n  - GA4 -> Klaviyo\n"
    )
    assert stack.mentioned == frozenset({"google-analytics-4", "klaviyo"})
    assert list(stack.tools) == ["shopify", "google-analytics-4", "klaviyo"]
    assert stack.tool_id("GA4") == "google-analytics-4"
    assert stack.products["google-analytics-4"].how == "alias"
    assert stack.products["klaviyo"].how == "name"
    assert stack.tools["google-analytics-4"].name == "Google Analytics 4"
    assert [tool.id for tool in stack.inventory.tools] == ["shopify"]


def test_a_product_in_a_long_form_must_be_listed() -> None:
    _, problems = resolving(
        HEAD + "tools: [Shopify]\nintegrations:\n  - {from: Shopify, to: Klaviyo}\n"
    )
    assert [problem.code for problem in problems] == ["E050"]


def test_a_tool_out_of_scope_may_be_an_end_without_being_listed() -> None:
    stack = resolved(
        HEAD + "tools: [Shopify]\nout_of_scope: [Printer Portal]\n"
        "integrations:\n  - Shopify -> Printer Portal\n"
        "  - {from: Shopify, to: printer portal, method: sftp-file}\n"
    )
    assert stack.mentioned == frozenset()
    assert "printer-portal" not in stack.tools


@pytest.mark.parametrize(
    ("tool", "how", "product"),
    [
        ("name: Klaviyo", "name", "klaviyo"),
        ("name: GA4", "alias", "google-analytics-4"),
        ("{name: Mailer, product: klaviyo}", "declared", "klaviyo"),
        ("{name: Mailer, product: GA4}", "declared", "google-analytics-4"),
        ("{name: Klaviyo, product: none}", "none", None),
        ("{name: Klaviyo, kind: homegrown}", "none", None),
        ("{name: Klaviyo, kind: own-channel}", "none", None),
        ("name: Our very own thing", "unknown", None),
        ("name: Salesforce", "ambiguous", None),
    ],
)
def test_how_the_product_of_a_tool_is_known(tool: str, how: str, product: str | None) -> None:
    stack = resolved(HEAD + f"tools:\n  - {tool}\n")
    (match,) = stack.products.values()
    assert match.how == how
    assert (match.product.id if match.product else None) == product
    assert bool(match.candidates) == (how == "ambiguous")


def test_a_method_may_be_called_by_its_alias() -> None:
    catalogue = load_catalogue()
    method = next(method for method in catalogue.methods.values() if method.aliases)
    alias = method.aliases[0]
    stack = resolved(
        HEAD + f"tools: [A, B]\nintegrations:\n  - {{from: A, to: B, method: '{alias}'}}\n"
    )
    (record,) = stack.inventory.integrations or ()
    assert record.method == method.id
    assert record.where("method") is not None


def test_an_integration_said_twice_is_counted_once() -> None:
    stack = resolved(
        HEAD + "tools: [A, B]\nintegrations:\n  - A -> B\n  - A -> B\n  - A -> B: order\n"
    )
    assert len(stack.inventory.integrations or ()) == 2


def test_filters_and_ids_tell_integrations_apart() -> None:
    stack = resolved(
        HEAD + "tools: [A, B]\nintegrations:\n"
        "  - {from: A, to: B, only: EU customers}\n  - {from: A, to: B, only: US customers}\n"
        "  - {id: one, from: A, to: B, owner: x}\n  - {id: two, from: A, to: B, owner: y}\n"
    )
    assert len(stack.inventory.integrations or ()) == 4


def test_opposite_one_way_integrations_are_no_contradiction() -> None:
    assert resolving(HEAD + "tools: [A, B]\nintegrations:\n  - A -> B\n  - B -> A\n")[1] == []


def test_teams_are_free_words_until_some_are_listed() -> None:
    text = HEAD + "tools:\n  - {name: A, team: crm, owner: 'team:crm', used_by: [ops]}\n"
    assert resolving(text)[1] == []
    listed = text + "teams: [CRM]\n"
    assert [problem.code for problem in resolving(listed)[1]] == ["E059"]


def test_owners_who_are_people_roles_or_withheld_are_no_references() -> None:
    owners = "[Mia Chen, 'role:analyst', withheld]"
    assert resolving(HEAD + f"teams: [CRM]\ntools:\n  - {{name: A, owner: {owners}}}\n")[1] == []


@pytest.mark.parametrize("place", ["EU", "DE", "eu-central-1", "US", "UK"])
def test_regions_are_known_by_code_country_and_cloud_region(place: str) -> None:
    assert resolving(HEAD + f"tools:\n  - {{name: A, privacy: {{hosted_in: {place}}}}}\n")[1] == []


def test_every_reference_of_a_list_points_at_its_own_item() -> None:
    _, problems = resolving(
        HEAD + "tools:\n  - name: A\n    capabilities:\n      - email-marketing\n"
        "      - nonsense-one\n      - nonsense-two\n"
        "    data: {contact: store, nonsense: store}\n"
        "    channels: [email, {carrier-pigeon: transactional}]\n"
    )
    assert [(p.code, p.mark.line, p.mark.column) for p in problems] == [
        ("E056", 8, 24), ("E051", 7, 9), ("E051", 8, 9), ("E052", 9, 28), ("E056", 10, 24),
    ][1:]  # fmt: skip


def test_a_profile_that_is_none_is_no_profile() -> None:
    text = "stackaudit: 1\ncompany: {name: Acme, profile: none}\n"
    assert resolved(text).profile is None


def test_a_profile_may_be_a_file_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text("stackaudit: 1\ncompany: {name: Acme, profile: ours.yaml}\n")
    with pytest.raises(InputError) as caught:
        open_inventory(path)
    assert [problem.code for problem in caught.value.problems] == ["E057"]
    (tmp_path / "ours.yaml").write_text(
        "stackaudit-catalogue: 1\nprofiles:\n"
        "  market-place: {name: Market place, like: b2b-saas, must: crm}\n"
    )
    (tmp_path / "catalogue.yaml").write_text(
        "stackaudit-catalogue: 1\nproducts:\n  our-own: {name: Our Own, capabilities: crm}\n"
    )
    stack = open_inventory(path)
    assert stack.profile is not None
    assert stack.profile.id == "market-place"
    assert "our-own" in stack.catalogue.products
    assert [path.name for path in stack.paths] == ["acme.yaml", "catalogue.yaml", "ours.yaml"]


def test_an_invalid_inventory_raises_with_all_its_problems_sorted(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(
        HEAD + "tools:\n  - {name: A, cost: -1}\n  - {name: B, capabilities: nonsense}\n"
        "  - name: C\n    owner:\n"
    )
    with pytest.raises(InputError) as caught:
        open_inventory(path)
    assert [problem.code for problem in caught.value.problems] == ["E025", "E051", "W004"]


def test_opening_needs_neither_graph_nor_templates_nor_network() -> None:
    code = (
        "import sys; from stackaudit.opening import open_inventory; "
        f"open_inventory({str(HERE / 'everything.yaml')!r}); "
        "print(sorted({'networkx', 'jinja2', 'httpx', 'typer', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_problems_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    text = (HERE / "everything.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("klaviyo", "klavijo"),
        ("contact", "contcat"),
        ("email", "emial"),
        ("eu", "uk"),
    ):
        text = text.replace(old, new, 3)
    path = tmp_path / "acme.yaml"
    path.write_text(text, encoding="utf-8")
    code = (
        "from stackaudit.opening import open_inventory\n"
        "from stackaudit.source.problems import InputError\n"
        f"try: problems = open_inventory({str(path)!r}).problems\n"
        "except InputError as error: problems = error.problems\n"
        "print([problem.as_json() for problem in problems])"
    )
    shown = set()
    for seed in ("0", "1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        shown.add(done.stdout)
    assert len(shown) == 1
    assert "E05" in shown.pop()
