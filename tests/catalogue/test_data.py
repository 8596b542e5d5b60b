"""The data files hold together: every reference leads somewhere, every figure has a source."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from stackaudit.catalogue import load, load_catalogue
from stackaudit.catalogue.build import words
from stackaudit.catalogue.match import folded
from stackaudit.catalogue.model import possible_days
from stackaudit.catalogue.references import unknown_references
from stackaudit.catalogue.schema import ENTRIES, PLAIN, REQUIRED, FlowEntry

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
ROLES = ("capture", "store", "activate", "measure")
CATALOGUE = load_catalogue()
TREE = load.read_builtin()
CSV_NAMES = {
    "chiefmartec_subcategory": "chiefmartec",
    "data_objects": "objects",
    "status_evidence": "evidence",
}

LEADS_ELSEWHERE = {
    # Vendors whose name is also an alias of one product, which then wins: what people mean by it.
    "commercecom": "bigcommerce",
    "hubspot": "hubspot-marketing-hub",
    "twilio": "twilio-messaging",
}


def as_written(section: str, entry: Any) -> dict[str, Any]:
    """Return an entry in the shape of a user's file."""
    if section != "products":
        return dict(entry)
    made = {CSV_NAMES.get(k, k): v for k, v in entry.items() if v and k != "id"}
    for key in ("capabilities", "objects", "aliases"):
        made[key] = ", ".join(made.get(key, "").split(";"))
    return made


@pytest.mark.parametrize("section", sorted(ENTRIES))
def test_every_built_in_entry_has_the_shape_of_a_users_own(section: str) -> None:
    assert TREE[section]
    for entry_id, entry in TREE[section].items():
        ENTRIES[section].model_validate(as_written(section, entry))
        assert all(entry.get(key) for key in REQUIRED[section]), entry_id


def test_every_built_in_flow_has_the_shape_of_a_users_own() -> None:
    for flow in TREE["flows"]:
        FlowEntry.model_validate(flow)


def test_the_data_files_have_no_other_sections() -> None:
    assert set(TREE) == {*ENTRIES, *PLAIN, "flows"}


@pytest.mark.parametrize("section", sorted({*ENTRIES} - {"regions", "transfers"}))
def test_ids_are_kebab_case(section: str) -> None:
    assert [i for i in TREE[section] if not KEBAB.match(i)] == []


def test_every_reference_leads_to_an_entry() -> None:
    assert unknown_references(TREE) == []


def test_every_product_is_listed_once_and_has_a_capability() -> None:
    rows = (load.DATA / "products.csv").read_text(encoding="utf-8").splitlines()
    ids = [row.partition(",")[0] for row in rows[1:]]
    assert len(ids) == len(set(ids)) == len(CATALOGUE.products)
    assert [p.id for p in CATALOGUE.products.values() if not p.capabilities] == []


def test_every_product_has_a_primary_capability_and_known_strengths() -> None:
    for product in CATALOGUE.products.values():
        strengths = list(product.capabilities.values())
        assert strengths[0] == "primary", product.id
        assert set(strengths) <= {"primary", "secondary"}, product.id


def test_lists_in_the_product_table_are_written_without_spaces() -> None:
    for entry in TREE["products"].values():
        for key in ("capabilities", "data_objects"):
            assert " " not in entry[key], entry["id"]
        assert not re.search(r"; | ;|;;|;$|^;", entry["aliases"]), entry["id"]


def test_every_successor_is_a_product() -> None:
    named = {p.successor for p in CATALOGUE.products.values() if p.successor}
    assert named - set(CATALOGUE.products) == set()


def test_status_dates_are_dates_and_every_end_says_how_it_is_known() -> None:
    for product in CATALOGUE.products.values():
        possible_days(product.status_date)
        if product.status in ("retired", "retiring"):
            assert product.evidence in ("seen", "unverified"), product.id
        if product.evidence == "seen":
            assert product.note, product.id


def test_the_subcategories_of_products_are_those_that_capabilities_map_to() -> None:
    known = {c for capability in CATALOGUE.capabilities.values() for c in capability.chiefmartec}
    assert {p.category for p in CATALOGUE.products.values()} - known == set()


def test_roles_are_known_words_and_an_object_is_either_certain_or_possible() -> None:
    for capability in CATALOGUE.capabilities.values():
        for name, roles in capability.roles.items():
            assert roles, (capability.id, name)
            assert set(roles) <= set(ROLES), (capability.id, name)
        assert set(capability.roles) & set(capability.may) == set(), capability.id
        assert len(capability.may) == len(set(capability.may)), capability.id


def test_every_capability_says_something_about_a_data_object() -> None:
    assert [c.id for c in CATALOGUE.capabilities.values() if not c.objects] == []


def test_every_object_of_a_product_is_one_its_capabilities_handle_or_a_known_exception() -> None:
    strange = defaultdict(list)
    for product in CATALOGUE.products.values():
        handled = CATALOGUE.may_handle(product.capabilities)
        for name in product.objects:
            if name not in handled:
                strange[name].append(product.id)
    # A handful of products handle more than what they are bought for; many would be a hole in
    # the roles.
    assert {name: ids for name, ids in strange.items() if len(ids) > 6} == {}


@pytest.mark.parametrize("capability", ["paid-search", "paid-social", "programmatic-display"])
def test_ad_platforms_store_nothing(capability: str) -> None:
    roles = CATALOGUE.capabilities[capability].roles
    assert [name for name, found in roles.items() if "store" in found] == []


def test_business_intelligence_only_measures() -> None:
    roles = CATALOGUE.capabilities["dashboards-reporting"].roles
    assert set(roles.values()) == {("measure",)}


@pytest.mark.parametrize("capability", ["app-integration", "data-pipelines", "tag-management"])
def test_carriers_are_assumed_to_do_nothing_with_data(capability: str) -> None:
    assert CATALOGUE.capabilities[capability].roles == {}


def test_objects_that_need_a_record_are_the_person_level_and_revenue_objects() -> None:
    assert {o.id for o in CATALOGUE.objects.values() if o.needs_record} == {
        *("contact", "lead", "account", "opportunity", "order", "subscription", "invoice"),
        *("payment", "donation", "loyalty-membership", "consent", "preference", "ticket"),
    }


def test_every_object_has_a_word_for_several_of_it() -> None:
    nouns = [o.noun for o in CATALOGUE.objects.values()]
    assert all(nouns)
    assert len(nouns) == len(set(nouns))


def test_every_record_of_an_object_is_a_capability_that_handles_it() -> None:
    for entry in CATALOGUE.objects.values():
        assert entry.id in CATALOGUE.capabilities[entry.record].objects, entry.id


def test_both_ends_of_every_expected_flow_handle_its_object() -> None:
    for flow in CATALOGUE.flows:
        for end in (flow.source, flow.target):
            assert flow.object in CATALOGUE.capabilities[end].objects, (flow.key, end)


def test_no_expected_flow_is_listed_twice_for_a_profile() -> None:
    for profile in CATALOGUE.profiles.values():
        keys = [flow.key for flow in profile.flows]
        assert len(keys) == len(set(keys)), profile.id


def test_every_flow_has_a_reason_and_a_limit_that_is_a_time() -> None:
    for flow in CATALOGUE.flows:
        assert flow.why, flow.key
        assert CATALOGUE.limit_minutes(flow.within) is not None, flow.key


def test_every_step_of_a_process_handles_what_it_carries() -> None:
    for profile in CATALOGUE.profiles.values():
        assert profile.processes, profile.id
        for process in profile.processes:
            assert len(process.steps) >= 2, process.id
            for step in process.steps:
                objects = CATALOGUE.capabilities[step].objects
                assert process.carries in objects, (profile.id, process.id, step)


def test_every_step_of_a_default_process_is_expected_of_its_profile() -> None:
    for profile in CATALOGUE.profiles.values():
        for process in profile.processes:
            for step in process.steps:
                assert profile.expected.get(step) in ("must", "should"), (profile.id, step)


def test_journeys_go_through_the_stages_in_order_and_carry_an_object_to_the_next() -> None:
    order = list(CATALOGUE.stages)
    for profile in CATALOGUE.profiles.values():
        places = [order.index(step.stage) for step in profile.journey]
        assert places == sorted(set(places)), profile.id
        assert [bool(step.carries) for step in profile.journey] == [True] * (len(places) - 1) + [
            False
        ]


def test_a_capability_has_one_strength_in_a_profile() -> None:
    for profile_id, entry in TREE["profiles"].items():
        named = [c for s in ("must", "should", "could") for c in words(entry.get(s))]
        assert len(named) == len(set(named)), profile_id


def test_profiles_know_how_much_is_expected() -> None:
    for profile in CATALOGUE.profiles.values():
        strengths = list(profile.expected.values())
        assert 10 <= strengths.count("must") <= 25, profile.id


def test_members_that_share_objects_belong_to_the_suite() -> None:
    for suite in CATALOGUE.suites.values():
        assert len(suite.members) >= 2, suite.id
        for group in suite.shares:
            assert group.members <= set(suite.members), suite.id
            assert group.note, suite.id
            assert group.evidence in ("seen", "unverified"), suite.id


def test_every_rule_cites_its_source_and_a_number_has_its_days() -> None:
    for rule in CATALOGUE.rules.values():
        assert rule.source, rule.id
        assert rule.version, rule.id
        assert rule.evidence in ("seen", "unverified"), rule.id
        assert (rule.limit is None) == (rule.days is None) == (rule.unit == ""), rule.id
        if rule.unit == "business-days":
            assert rule.limit is not None
            assert rule.days == rule.limit // 5 * 7, rule.id


def test_transfers_name_their_source_and_no_host_stands_in_two_lists() -> None:
    for transfer in CATALOGUE.transfers.values():
        assert transfer.source
        assert transfer.evidence in ("seen", "unverified")
        lists = (transfer.free, transfer.certified, transfer.unsure, {transfer.region})
        assert sum(len(hosts) for hosts in lists) == len(frozenset().union(*lists))


def test_a_country_belongs_to_one_region() -> None:
    codes = [code for region in CATALOGUE.regions.values() for code in region.countries]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)


def _names() -> Iterator[tuple[str, str]]:
    for product in CATALOGUE.products.values():
        for name in {folded(n) for n in (product.id, product.name, *product.aliases)}:
            yield name, product.id


def test_a_name_or_alias_leads_to_one_product_unless_it_is_listed_as_ambiguous() -> None:
    found = defaultdict(set)
    for name, product_id in _names():
        found[name].add(product_id)
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


def test_ambiguous_names_are_not_also_names_or_aliases() -> None:
    known = {name for name, _ in _names()}
    assert [name for name in CATALOGUE.ambiguous if folded(name) in known] == []


def test_an_alias_that_is_also_the_name_of_another_vendor_is_a_deliberate_choice() -> None:
    vendors = defaultdict(set)
    for product in CATALOGUE.products.values():
        vendors[folded(product.vendor)].add(product.id)
    aliases = {folded(a): p.id for p in CATALOGUE.products.values() for a in p.aliases}
    several = {name for name, ids in vendors.items() if len(ids) > 1}
    assert {name: aliases[name] for name in sorted(several & set(aliases))} == LEADS_ELSEWHERE


def test_words_for_time_mean_the_minutes_the_checks_are_written_for() -> None:
    said = {w: (e.interval, e.limit) for w, e in CATALOGUE.latency.items()}
    assert said["real-time"] == (1, 1)
    assert said["near-real-time"] == (15, 60)
    assert said["hourly"] == said["batch-hourly"] == (60, 240)
    assert said["daily"] == said["batch-daily"] == (1440, 1440)
    assert said["weekly"] == said["batch-weekly"] == (10080, 10080)
    assert said["manual"] == said["none"] == (None, None)


def test_methods_that_move_no_data_are_marked() -> None:
    assert {m.id for m in CATALOGUE.methods.values() if not m.moves_data} == {"sso-only", "none"}
    assert not CATALOGUE.methods["manual-export"].automated


def test_consent_is_what_ads_and_web_need_and_messages_take_a_preference_too() -> None:
    needs = {c.id: c.needs for c in CATALOGUE.channels.values()}
    assert needs.pop("ads") == needs.pop("web") == ("consent",)
    assert set(needs.values()) == {("preference", "consent")}


def test_the_files_say_nothing_about_days_to_come() -> None:
    latest = date(2027, 12, 31)
    for product in CATALOGUE.products.values():
        days = possible_days(product.status_date)
        assert days is None or days[1] <= latest, product.id
