"""Loading: every key of the format, short forms, folders, and mutations that never crash."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stackaudit.inventory.load import Loaded, load_inventory, parse_inventory
from stackaudit.inventory.schema import Cost, Inventory, Terms, Tool
from stackaudit.source.tree import Limits

HERE = Path(__file__).parent
EVERYTHING = (HERE / "everything.yaml").read_text(encoding="utf-8")
HEAD = "stackaudit: 1\ncompany: {name: Acme}\n"


def loaded(text: str) -> Inventory:
    result = parse_inventory(text)
    assert result.ok, [str(problem) for problem in result.problems]
    assert result.inventory is not None
    return result.inventory


def codes(result: Loaded) -> list[str]:
    return [problem.code for problem in result.problems]


def test_the_smallest_example_of_the_format_is_read() -> None:
    inventory = loaded(
        "stackaudit: 1\n"
        "company: {name: Northwind Outfitters, profile: b2c-ecommerce}\n"
        "tools:\n  - Shopify\n  - Klaviyo\n  - Google Analytics 4\n  - OneTrust\n"
        "integrations:\n  - Shopify -> Klaviyo\n  - Shopify <-> NetSuite: order, product\n"
    )
    assert [tool.id for tool in inventory.tools] == [
        "shopify",
        "klaviyo",
        "google-analytics-4",
        "onetrust",
    ]
    first, second = inventory.integrations or ()
    assert (first.from_, first.to, first.direction, first.objects) == (
        ("shopify",),
        ("klaviyo",),
        "one-way",
        None,
    )
    assert (second.direction, second.objects) == ("both-ways", ("order", "product"))
    assert first.written_short
    assert second.written_short


def test_every_key_of_the_full_example_is_read() -> None:
    inventory = loaded(EVERYTHING)
    company = inventory.company
    assert company.rates == {"USD": Decimal("0.92")}
    assert company.as_of == date(2026, 11, 1)
    assert list(company.scopes or ()) == ["eu", "us", "outlet"]
    assert (company.people_in, company.rules, company.size) == (
        ("EU", "US"),
        ("gdpr", "can-spam"),
        "mid",
    )
    assert inventory.complete == ("tools", "integrations")
    records = inventory.systems_of_record or {}
    assert records["contact/enrichment"].everywhere == ("zoominfo",)
    assert records["order"].by_scope == {"eu": ("shopify-eu",), "us": ("shopify-us",)}
    assert inventory.freshness == {"contact": "hourly"}
    tool = next(tool for tool in inventory.tools if tool.id == "klaviyo")
    assert tool.capabilities == {"email-marketing": "primary", "sms-messaging": "primary"}
    assert tool.data == {"contact": ("store",), "message-engagement": ("capture", "measure")}
    assert tool.channels == {"email": "all", "sms": "all"}
    assert tool.personal_data is True
    assert tool.cost == Cost(amount=(Decimal(48000), Decimal(48000)))
    assert tool.contract == Terms(ends=date(2027, 3, 1), notice_days=60, auto_renews=True)
    assert tool.seats is not None
    assert (tool.seats.paid, tool.seats.active, tool.seats.price) == (25, 9, Decimal(1200))
    assert tool.fit is not None
    assert (tool.fit.business, tool.fit.technical) == (4, 3)
    assert tool.privacy is not None
    assert (tool.privacy.dpa, tool.privacy.hosted_in, tool.privacy.transfer) == (
        "signed",
        ("US",),
        "scc",
    )
    assert tool.overlaps_on_purpose is not None
    assert tool.overlaps_on_purpose.with_ == ("mailchimp",)
    integration = (inventory.integrations or ())[0]
    assert integration.id == "shop-to-klaviyo"
    assert (integration.only, integration.every, integration.via, integration.match_on) == (
        "EU customers with an order",
        "near-real-time",
        ("zapier",),
        ("email",),
    )
    assert inventory.processes[0].steps == (
        "form-capture",
        "lead-management",
        "opportunity-management",
    )
    assert inventory.objectives[0].id == "repeat-purchase"
    assert inventory.requirements is not None
    assert inventory.requirements.not_needed == {
        "account-based-marketing": "we sell only to consumers"
    }
    assert inventory.out_of_scope[0].tool == "office-printer-portal"
    assert inventory.accepted[0].until == date(2027, 1, 31)


def test_every_key_of_the_models_stands_in_the_full_example_or_is_listed_here() -> None:
    from stackaudit.inventory.sections import RECORDS
    from stackaudit.inventory.shape import keys_of

    elsewhere = {"url", "source", "disputed", "object", "tool", "integration"}
    for model in RECORDS.values():
        missing = [k for k in keys_of(model) if f"{k}:" not in EVERYTHING and k not in elsewhere]
        assert missing == [], model


def test_records_know_where_they_and_their_values_stand() -> None:
    inventory = loaded(EVERYTHING)
    lines = EVERYTHING.split("\n")
    tool = next(tool for tool in inventory.tools if tool.id == "klaviyo")
    for record, key, text in (
        (tool, "owner", "Mia Chen"),
        (tool.contract, "notice_days", "60"),
        (tool.overlaps_on_purpose, "with_", "[mailchimp]"),
        (inventory.company, "currency", "EUR"),
        ((inventory.integrations or ())[0], "from_", "shopify"),
    ):
        mark = record.where(key)  # type: ignore[union-attr]
        assert mark is not None
        assert lines[mark.line - 1][mark.column - 1 :].startswith(text)
        assert record.line(key) == lines[mark.line - 1]  # type: ignore[union-attr]


def test_a_left_out_key_is_unknown_and_a_stated_none_is_not() -> None:
    inventory = loaded(
        HEAD
        + (
            "tools:\n  - A\n  - {name: B, owner: none, channels: "
            "none, data: none, product: none, contract: none}\n"
        )
    )
    silent, stated = inventory.tools
    assert (silent.owner, silent.channels, silent.data, silent.product) == (None, None, None, None)
    assert (stated.owner, stated.channels, stated.data) == ((), {}, {})
    assert (stated.product, stated.contract) == ("none", "none")
    assert inventory.integrations is None
    assert loaded(HEAD + "integrations: none").integrations == ()
    assert loaded(HEAD + "integrations: []").integrations == ()


@pytest.mark.parametrize(
    ("line", "ends", "direction", "objects"),
    [
        ("A -> B", ("a", "b"), "one-way", None),
        ("A->B", ("a", "b"), "one-way", None),
        ("A → B", ("a", "b"), "one-way", None),
        ("A <-> B: contact", ("a", "b"), "both-ways", ("contact",)),
        ("A ↔ B: contact, order", ("a", "b"), "both-ways", ("contact", "order")),
        ("A -- B", ("a", "b"), "unknown", None),
        ("A — B: [contact, order]", ("a", "b"), "unknown", ("contact", "order")),
        ("A -> B: none", ("a", "b"), "one-way", ()),
        ("unknown -> B", ("unknown", "b"), "one-way", None),
        ("'R&D Tool no. 2 -> B.io'", ("r-d-tool-no-2", "b-io"), "one-way", None),
        ('"Meta Ads -> B": Form_Submission', ("meta-ads", "b"), "one-way", ("form-submission",)),
        ('"A -> B: contact, order"', ("a", "b"), "one-way", ("contact", "order")),
        ("double-dash--name -> B", ("double-dash-name", "b"), "one-way", None),
    ],
)
def test_short_forms_of_integrations(
    line: str, ends: tuple[str, str], direction: str, objects: tuple[str, ...] | None
) -> None:
    (record,) = loaded(HEAD + f"integrations:\n  - {line}\n").integrations or ()
    assert (*record.from_, *record.to) == ends
    assert record.direction == direction
    assert record.objects == objects


def test_the_ends_of_a_short_form_have_places_of_their_own() -> None:
    (record,) = loaded(HEAD + "integrations:\n  - 'Shopify -> Klaviyo': order\n").integrations or ()
    places = [record.where(key) for key in ("from", "to", "objects")]
    assert [(place.line, place.column) for place in places if place] == [(4, 5), (4, 17), (4, 27)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Email Marketing", {"email-marketing": "primary"}),
        (
            "[email_marketing, SMS-Messaging]",
            {"email-marketing": "primary", "sms-messaging": "primary"},
        ),
        (
            "{email-marketing: Primary, crm: unused}",
            {"email-marketing": "primary", "crm": "unused"},
        ),
        ("none", {}),
        ("[]", {}),
    ],
)
def test_capabilities_are_a_word_a_list_or_a_mapping(written: str, read: dict[str, str]) -> None:
    (tool,) = loaded(HEAD + f"tools:\n  - {{name: A, capabilities: {written}}}\n").tools
    assert tool.capabilities == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("email", {"email": "all"}),
        ("[email, {sms: transactional}]", {"email": "all", "sms": "transactional"}),
        ("{email: transactional}", {"email": "transactional"}),
        ("none", {}),
    ],
)
def test_channels_are_a_word_a_list_or_a_mapping(written: str, read: dict[str, str]) -> None:
    (tool,) = loaded(HEAD + f"tools:\n  - {{name: A, channels: {written}}}\n").tools
    assert tool.channels == read


@pytest.mark.parametrize(
    ("written", "low", "high", "per"),
    [
        ("48000", 48000, 48000, "year"),
        ('"40000-60000"', 40000, 60000, "year"),
        ("40000 – 60000", 40000, 60000, "year"),
        ("{amount: 4000, per: month}", 4000, 4000, "month"),
        ("{amount: 1-2, per: Quarter}", 1, 2, "quarter"),
        ("0", 0, 0, "year"),
    ],
)
def test_costs_are_a_number_a_range_or_a_mapping(
    written: str, low: int, high: int, per: str
) -> None:
    (tool,) = loaded(HEAD + f"tools:\n  - {{name: A, cost: {written}}}\n").tools
    assert tool.cost is not None
    assert (tool.cost.amount, tool.cost.per) == ((low, high), per)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Near real-time", "near-real-time"),
        ("batch_daily", "daily"),
        ("15m", "15m"),
        ("15m - 4h", "15m-4h"),
        ("2d", "2d"),
    ],
)
def test_intervals_forgive_case_and_spaces(written: str, read: str) -> None:
    text = HEAD + f"integrations:\n  - {{from: A, to: B, every: {written}}}\n"
    (record,) = loaded(text).integrations or ()
    assert record.every == read


def test_norway_is_no_no_and_numbers_keep_their_zeros() -> None:
    inventory = loaded(
        "stackaudit: 1\ncompany: {name: 1800, people_in: [NO]}\ntools: [010, 7.10]\n"
    )
    assert inventory.company.name == "1800"
    assert inventory.company.people_in == ("NO",)
    assert [tool.name for tool in inventory.tools] == ["010", "7.10"]


def test_own_keys_are_carried_along_untouched() -> None:
    inventory = loaded(
        HEAD
        + (
            "x-client: {Id: 7}\ntools:\n  - {name: A, x-Note: "
            "'Yes', contract: {ends: 2027-01-01, x-po: 12}}\n"
        )
    )
    assert inventory.extras == {"x-client": {"Id": "7"}}
    (tool,) = inventory.tools
    assert tool.extras == {"x-Note": "Yes"}
    assert isinstance(tool.contract, Terms)
    assert tool.contract.extras == {"x-po": "12"}


def test_copies_of_records_keep_their_places_and_equal_records_are_equal() -> None:
    one, other = (loaded(prefix + HEAD + "tools: [A]").tools[0] for prefix in ("", "\n\n"))
    assert one == other == Tool(id="a", name="A")
    assert one.model_copy(update={"status": "live"}).where() == one.where()
    assert other.where() != one.where()
    assert one.model_dump(exclude_none=True) == {"id": "a", "name": "A"}


# --- folders ------------------------------------------------------------------------------------


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_files_of_a_folder_are_merged_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        b="tools: [B]\ncompany: {currency: EUR}\nrequirements: {must: [crm]}\n",
        a="stackaudit: 1\ncompany: {name: Acme}\ntools: [A]\nrequirements: {must: [seo]}\n",
        catalogue="stackaudit-catalogue: 1\n",
    )
    (tmp_path / "c.yml").write_text("tools:\n  - C\nstackaudit: 1\n")
    (tmp_path / "notes.txt").write_text("tools: [D]")
    (tmp_path / ".hidden.yaml").write_text("tools: [E]")
    result = load_inventory(tmp_path)
    assert result.ok
    assert result.inventory is not None
    assert [tool.name for tool in result.inventory.tools] == ["A", "B", "C"]
    assert [str(tool.where()) for tool in result.inventory.tools] == [
        "a.yaml:3:9",
        "b.yaml:1:9",
        "c.yml:2:5",
    ]
    assert result.inventory.company.currency == "EUR"
    assert str(result.inventory.company.where("currency")) == "b.yaml:2:21"
    assert result.inventory.company.line("currency") == "company: {currency: EUR}"
    assert result.inventory.requirements is not None
    assert result.inventory.requirements.must == ("seo", "crm")
    assert [file.name for file in result.files] == ["a.yaml", "b.yaml", "c.yml"]


def test_two_files_that_disagree_are_both_named(tmp_path: Path) -> None:
    write(tmp_path, a=HEAD, b="company: {name: Other}\n")
    result = load_inventory(tmp_path)
    (problem,) = result.problems
    assert problem.code == "E041"
    assert "company.name" in problem.message
    assert str(problem.mark) == "b.yaml:1:17"
    assert [str(mark) for mark in problem.also] == ["a.yaml:2:17"]
    assert problem.source_line == "company: {name: Other}"


def test_an_id_that_is_in_two_files_is_named_in_both(tmp_path: Path) -> None:
    write(tmp_path, a=HEAD + "tools: [Klaviyo]\n", b="tools: [klaviyo]\n")
    (problem,) = load_inventory(tmp_path).problems
    assert (problem.code, str(problem.mark)) == ("E040", "b.yaml:1:9")
    assert "a.yaml, line 3" in problem.message
    assert [str(mark) for mark in problem.also] == ["a.yaml:3:9"]


def test_problems_of_all_files_come_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=HEAD + "tools: [{name: A, cost: -1}]\n",
        b="tools: [\n",
        c="tools: [{name: C, fit: 1}]\n",
    )
    result = load_inventory(tmp_path)
    assert [(p.mark.file, p.code) for p in result.problems] == [
        ("a.yaml", "E025"),
        ("b.yaml", "E006"),
        ("c.yaml", "E035"),
    ]


def test_a_broken_file_does_not_make_the_rest_look_incomplete(tmp_path: Path) -> None:
    write(tmp_path, a="company: {name: [\n", b="tools: [A]\n")
    assert [p.code for p in load_inventory(tmp_path).problems] == ["E006"]


def test_a_folder_without_yaml_and_a_missing_path_are_problems(tmp_path: Path) -> None:
    assert codes(load_inventory(tmp_path)) == ["E001"]
    (tmp_path / "acme.yaml").write_text(HEAD)
    (problem,) = load_inventory(tmp_path / "acem.yaml").problems
    assert problem.code == "E001"
    assert "acme.yaml" in problem.hint


def test_a_file_over_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(HEAD)
    size = len(HEAD)
    assert load_inventory(path, Limits(bytes=size)).ok
    assert codes(load_inventory(path, Limits(bytes=size - 1))) == ["E002"]


def test_the_content_hash_knows_what_is_said_and_not_how(tmp_path: Path) -> None:
    def hash_of(text: str | bytes) -> str:
        return parse_inventory(text).content_hash

    same = hash_of(HEAD + "tools:\n  - A\n")
    assert hash_of((HEAD + "tools:\n  - A\n").replace("\n", "\r\n").encode("utf-16")) == same
    assert hash_of("# hello\ntools: ['A']\ncompany:\n  name: Acme\nstackaudit: 1") == same
    assert hash_of(HEAD + "tools:\n  - B\n") != same


# --- anything at all ------------------------------------------------------------------------------

_LINES = EVERYTHING.split("\n")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(_LINES) - 1),
            st.sampled_from(["drop", "double", "indent", "cut", "quote", "brace", "value", "swap"]),
            st.text(max_size=8),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_mutated_inventory_is_read_or_has_problems_and_never_raises(
    mutations: list[tuple[int, str, str]],
) -> None:
    lines = list(_LINES)
    for number, how, text in mutations:
        line = lines[number]
        lines[number] = {
            "drop": "",
            "double": f"{line}\n{line}",
            "indent": " " + line,
            "cut": line[: len(line) // 2],
            "quote": line.replace(" ", ' "', 1),
            "brace": line + " {",
            "value": line.partition(":")[0] + ": " + text,
            "swap": lines[(number * 7) % len(lines)],
        }[how]
    result = parse_inventory("\n".join(lines))
    assert result.inventory is not None or result.problems


@settings(max_examples=120, deadline=None)
@given(
    st.recursive(
        st.sampled_from(["a", "none", "A -> B", "2026-02-30", "-1", "", "yes", "unknown", "x/y"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "name",
                        "cost",
                        "data",
                        "contract",
                        "from",
                        "to",
                        "objects",
                        "A -> B",
                        "x-y",
                        "scopes",
                        "people_in",
                        "must",
                        "check",
                        "until",
                        "tool",
                        "every",
                        "seats",
                        "with",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(
        [
            "company",
            "tools",
            "integrations",
            "teams",
            "contracts",
            "systems_of_record",
            "freshness",
            "processes",
            "objectives",
            "requirements",
            "out_of_scope",
            "accepted",
            "complete",
            "stackaudit",
        ]
    ),
)
def test_any_shape_under_any_section_never_raises(value: object, section: str) -> None:
    import json

    head = {"stackaudit": "1", "company": {"name": "A"}}
    text = json.dumps({**head, section: value})
    result = parse_inventory(text)
    assert result.inventory is not None or result.problems
