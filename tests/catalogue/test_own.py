"""A user's own catalogue is merged over the built-in one; its mistakes are named with places."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from stackaudit.catalogue import Catalogue, load_catalogue
from stackaudit.catalogue.match import find_product
from stackaudit.source.problems import InputError

HEAD = "stackaudit-catalogue: 1\n"


def own(folder: Path, text: str, name: str = "catalogue.yaml") -> Path:
    path = folder / name
    path.write_text(HEAD + dedent(text), encoding="utf-8")
    return path


def merged(folder: Path, text: str) -> Catalogue:
    return load_catalogue(own(folder, text))


def problems(path: Path) -> list[tuple[int, int, str, str]]:
    with pytest.raises(InputError) as caught:
        load_catalogue(path)
    return [(p.mark.line, p.mark.column, p.code, p.message) for p in caught.value.problems]


def test_the_built_in_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_a_new_product_is_found_by_its_alias(tmp_path: Path) -> None:
    found = merged(
        tmp_path,
        """\
        products:
          acme-erp:
            name: Acme ERP
            capabilities: [payments-billing, crm]
            objects: [order, invoice]
            aliases: AERP
        """,
    )
    product = find_product(found, "aerp").product
    assert product is found.products["acme-erp"]
    assert product.capabilities == {"payments-billing": "primary", "crm": "secondary"}
    assert "acme-erp" not in load_catalogue().products


def test_a_list_of_products_with_names_makes_the_ids(tmp_path: Path) -> None:
    found = merged(tmp_path, "products:\n  - {name: Acme ERP, capabilities: {crm: primary}}\n")
    assert found.products["acme-erp"].capabilities == {"crm": "primary"}


def test_a_known_product_keeps_what_is_not_named(tmp_path: Path) -> None:
    found = merged(tmp_path, "products:\n  klaviyo: {aliases: 'The Mailer, KLV'}\n")
    before, after = load_catalogue().products["klaviyo"], found.products["klaviyo"]
    assert after.aliases == ("The Mailer", "KLV")
    assert after._replace(aliases=()) == before._replace(aliases=())


def test_a_profile_like_another_brings_its_flows_and_changes_what_it_names(tmp_path: Path) -> None:
    found = merged(
        tmp_path,
        """\
        profiles:
          b2b-marketplace:
            name: B2B marketplace
            like: b2b-saas
            must: ecommerce-storefront
            could: [crm]
            not_expected: webinars
            processes:
              listing:
                name: Listing
                carries: product
                steps: ecommerce-storefront, product-feeds
        flows:
          - from: ecommerce-storefront
            to: crm
            object: order
            strength: must
            profiles: b2b-marketplace
        """,
    )
    base, mine = found.profiles["b2b-saas"], found.profiles["b2b-marketplace"]
    assert mine.expected["ecommerce-storefront"] == "must"
    assert mine.expected["crm"] == "could"
    assert "webinars" not in mine.expected
    assert mine.expected["email-marketing"] == base.expected["email-marketing"]
    assert {f.key for f in mine.flows} - {f.key for f in base.flows} == {
        "ecommerce-storefront/crm/order"
    }
    assert [p.id for p in mine.processes] == [*(p.id for p in base.processes), "listing"]
    assert mine.journey == base.journey
    assert found.capabilities["crm"].expected["b2b-marketplace"] == "could"


def test_a_flow_can_be_changed_and_taken_out_for_one_profile(tmp_path: Path) -> None:
    found = merged(
        tmp_path,
        """\
        flows:
          - from: lead-management
            to: crm
            object: lead
            strength: not-expected
            profiles: b2b-saas
          - {from: form-capture, to: crm, object: lead, strength: could, profiles: nonprofit}
        """,
    )
    assert "lead-management/crm/lead" not in {f.key for f in found.profiles["b2b-saas"].flows}
    strength = {
        profile: next(
            f.strength for f in found.profiles[profile].flows if f.key == "form-capture/crm/lead"
        )
        for profile in ("nonprofit", "b2b-saas")
    }
    assert strength == {"nonprofit": "could", "b2b-saas": "must"}


def test_a_new_capability_can_be_expected_and_provided(tmp_path: Path) -> None:
    found = merged(
        tmp_path,
        """\
        capabilities:
          podcasting:
            name: Podcasting
            domain: content-brand
            roles: {content-asset: "capture, store"}
        products:
          - {name: Poddy, capabilities: podcasting}
        profiles:
          b2b-saas: {should: podcasting}
        """,
    )
    assert found.capabilities["podcasting"].roles == {"content-asset": ("capture", "store")}
    assert found.profiles["b2b-saas"].expected["podcasting"] == "should"
    assert found.profiles["b2b-saas"].expected["crm"] == "must"


def test_the_files_of_a_folder_are_merged(tmp_path: Path) -> None:
    own(tmp_path, "products:\n  one: {name: One, capabilities: crm}\n", "a.yaml")
    own(tmp_path, "products:\n  two: {name: Two, capabilities: crm}\n", "b.yml")
    found = load_catalogue(tmp_path)
    assert {"one", "two"} <= set(found.products)


def test_every_problem_of_a_file_is_named_at_once_with_its_place(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        """\
        product: {}
        products:
          one:
            nam: One
            capabilities: {crm: primry}
            status: dead
            status_date: 20-11
        profiles:
          mine: {name: Mine, journey: [{stage: purchase}, purchase]}
        flows:
          - {from: crm, to: crm, object: contact, strength: maybe, profiles: all}
        """,
    )
    assert [(line, column, code) for line, column, code, _ in problems(path)] == [
        (2, 1, "E202"),
        (5, 5, "E202"),
        (6, 19, "E204"),
        (7, 13, "E204"),
        (8, 18, "E204"),
        (10, 51, "E204"),
        (12, 53, "E204"),
    ]


def test_an_unknown_reference_is_named_with_the_nearest_id(tmp_path: Path) -> None:
    path = own(tmp_path, "products:\n  one: {name: One, capabilities: emial-marketing}\n")
    with pytest.raises(InputError) as caught:
        load_catalogue(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.mark.line) == ("E205", 3)
    assert problem.message == "there is no capability `emial-marketing`"
    assert "`email-marketing`" in problem.hint


def test_a_new_entry_without_a_name_is_a_problem_and_a_known_one_is_not(tmp_path: Path) -> None:
    path = own(tmp_path, "products:\n  one: {vendor: V}\n  klaviyo: {vendor: V}\n")
    assert problems(path) == [(3, 3, "E203", "`one` is new and has no `name`")]


def test_the_same_entry_in_two_files_names_both_places(tmp_path: Path) -> None:
    own(tmp_path, "products:\n  one: {name: One, capabilities: crm}\n", "a.yaml")
    own(tmp_path, "products:\n  - {name: One, capabilities: crm}\n", "b.yaml")
    with pytest.raises(InputError) as caught:
        load_catalogue(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "E206"
    assert problem.mark.file.endswith("b.yaml")
    assert problem.also[0].file.endswith("a.yaml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("stackaudit: 1\n", "E201"),
        ("- a\n", "E201"),
        ("", "E005"),
        ("stackaudit-catalogue: 2\n", "E207"),
        ("stackaudit-catalogue: 1\nproducts: klaviyo\n", "E204"),
        ("stackaudit-catalogue: 1\nproducts:\n  a: b\n", "E204"),
        ("stackaudit-catalogue: 1\nproducts:\n  - {vendor: V}\n", "E203"),
        ("stackaudit-catalogue: 1\nflows: none\n", "E204"),
        ("stackaudit-catalogue: 1\nambiguous: none\n", "E204"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    assert [found[2] for found in problems(path)] == [code]


def test_a_missing_file_and_an_empty_folder_are_problems(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.yaml")[0][2] == "E201"
    assert problems(tmp_path)[0][2] == "E201"


def test_loading_the_built_in_catalogue_needs_no_heavy_library() -> None:
    code = (
        "import sys; from stackaudit.catalogue import load_catalogue; load_catalogue();"
        "heavy = {'networkx', 'jinja2', 'httpx', 'pydantic', 'rapidfuzz', 'ruamel'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_example_of_the_documentation_is_a_valid_catalogue(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    path = tmp_path / "catalogue.yaml"
    path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    found = load_catalogue(path)
    assert found.profiles["b2b-marketplace"].expected["podcasting"] == "could"
    assert "The Mailer" in found.products["klaviyo"].aliases
