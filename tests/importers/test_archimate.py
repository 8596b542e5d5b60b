"""ArchiMate models, in the exchange format and as Archi keeps them."""

from __future__ import annotations

import io
import zipfile

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.registers.archimate import ArchiMate

ELEMENTS = {
    "a1": ("ApplicationComponent", "Shopify"),
    "a2": ("ApplicationComponent", "HubSpot"),
    "a3": ("ApplicationComponent", "Order  Hub"),
    "a4": ("ApplicationComponent", "Mail module"),
    "f1": ("ApplicationFunction", "Send newsletter"),
    "s1": ("ApplicationService", "Order service"),
    "p1": ("BusinessProcess", "Fulfilment"),
    "d1": ("DataObject", "Orders"),
    "w1": ("SystemSoftware", "DBMS"),
    "w2": ("SystemSoftware", "Snowflake"),
    "j1": ("AndJunction", ""),
}
RELATIONS = [
    ("Flow", "a1", "a3", "Orders"),
    ("Flow", "a3", "f1", "customer data, fancy stuff"),
    ("Flow", "p1", "a2", "claims"),
    ("Flow", "a2", "j1", "Contacts"),
    ("Flow", "j1", "a1", ""),
    ("Flow", "j1", "w2", ""),
    ("Assignment", "a2", "f1", ""),
    ("Realization", "a3", "s1", ""),
    ("Serving", "s1", "w2", ""),
    ("Serving", "a1", "p1", ""),
    ("Composition", "a2", "a4", ""),
    ("Access", "a3", "d1", ""),
    ("Triggering", "a1", "gone", ""),
]


def exchange() -> str:
    """The model in the exchange format, version 3."""
    elements = "".join(
        f'<element identifier="{i}" xsi:type="{t.replace("AndJunction", "Junction")}">'
        f'<name xml:lang="en">{n}</name>'
        + (
            "<documentation>The shop.</documentation><properties>"
            '<property propertyDefinitionRef="p-1"><value>Mia Chen</value></property>'
            '<property propertyDefinitionRef="p-2"><value>12000 EUR</value></property>'
            "</properties>"
            if i == "a1"
            else ""
        )
        + "</element>"
        for i, (t, n) in ELEMENTS.items()
    )
    relations = "".join(
        f'<relationship identifier="r{k}" source="{a}" target="{b}" xsi:type="{t}">'
        + (f'<name xml:lang="en">{n}</name>' if n else "")
        + "</relationship>"
        for k, (t, a, b, n) in enumerate(RELATIONS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m">'
        f'<name xml:lang="en">Northwind</name><elements>{elements}</elements>'
        f"<relationships>{relations}</relationships>"
        '<propertyDefinitions><propertyDefinition identifier="p-1" type="string">'
        '<name>Business owner</name></propertyDefinition><propertyDefinition identifier="p-2" '
        'type="string"><name>Annual cost</name></propertyDefinition></propertyDefinitions>'
        '<views><diagrams><view identifier="v1" xsi:type="Diagram"/></diagrams></views></model>'
    )


def archi() -> str:
    """The same model as Archi keeps it."""
    old = {"Realization": "Realisation", "Serving": "UsedBy"}
    elements = "".join(
        f'<element xsi:type="archimate:{t}" id="{i}" name="{n}">'
        + (
            "<documentation>The shop.</documentation>"
            '<property key="Business owner" value="Mia Chen"/>'
            '<property key="Annual cost" value="12000 EUR"/>'
            if i == "a1"
            else ""
        )
        + "</element>"
        for i, (t, n) in ELEMENTS.items()
    )
    relations = "".join(
        f'<element xsi:type="archimate:{old.get(t, t)}Relationship" id="r{k}" source="{a}" '
        f'target="{b}" name="{n}"/>'
        for k, (t, a, b, n) in enumerate(RELATIONS)
    )
    return (
        '<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns:archimate="http://www.archimatetool.com/archimate" name="Northwind">'
        f'<folder name="Application"><folder name="More">{elements}</folder></folder>'
        f'<folder name="Relations">{relations}</folder><folder name="Views">'
        '<element xsi:type="archimate:ArchimateDiagramModel" id="v1" name="x"/></folder>'
        "</archimate:model>"
    )


def read(data: str | bytes, name: str = "model.xml") -> Found:
    """A model, read."""
    raw = data.encode() if isinstance(data, str) else data
    return ArchiMate().parse(Bundle(name, (SourceFile(name, raw),)), Setting(load_catalogue()))


def facts(found: Found) -> object:
    """What was found, without places."""
    names = {t.key: t.name for t in found.tools}
    return (
        [(t.name, t.facts) for t in found.tools],
        [(names[f.from_], names[f.to], f.facts) for f in found.integrations],
        [(n.kind, n.text) for n in found.notices],
        found.counts,
    )


def test_both_formats_of_a_model_say_the_same() -> None:
    one, other = read(exchange()), read(archi(), "model.archimate")
    assert facts(one) == facts(other)
    assert one.title == other.title == "ArchiMate model Northwind"


def test_application_components_are_tools_with_the_facts_their_properties_state() -> None:
    found = read(exchange())
    assert [t.name for t in found.tools] == [
        "Shopify",
        "HubSpot",
        "Order Hub",
        "Mail module",
        "Snowflake",
    ]
    shop = found.tools[0]
    assert shop.facts["owner"] == "Mia Chen"
    assert shop.facts["cost"] == {"amount": "12000", "currency": "EUR"} or shop.facts["cost"]
    assert shop.facts["notes"] == "The shop."
    assert found.tools[3].facts["runs_inside"] == "HubSpot"
    assert "DBMS" in next(n.text for n in found.notices if n.text.startswith("system software"))


def test_only_flows_between_components_are_integrations() -> None:
    found = read(exchange())
    names = {t.key: t.name for t in found.tools}
    flows = {(names[f.from_], names[f.to]): f.facts for f in found.integrations}
    assert set(flows) == {
        ("Shopify", "Order Hub"),
        ("Order Hub", "HubSpot"),
        ("HubSpot", "Shopify"),
        ("HubSpot", "Snowflake"),
    }
    assert flows["Shopify", "Order Hub"] == {"objects": ["order"]}
    traced = flows["Order Hub", "HubSpot"]
    assert traced["objects"] == ["contact"]
    assert "Drawn at ApplicationFunction Send newsletter" in traced["notes"]
    assert flows["HubSpot", "Snowflake"]["objects"] == ["contact"]
    assert found.counts["flow relationships"] == 6


def test_a_flow_from_a_business_process_is_said_and_not_taken() -> None:
    (text,) = [n.text for n in read(exchange()).notices if "1 flows" in n.text]
    assert "1 between ApplicationComponent and BusinessProcess" in text


def test_serving_is_a_question_and_access_a_note() -> None:
    found = read(exchange())
    questions = [n.text for n in found.notices if n.kind == "question"]
    (question,) = questions
    assert question.startswith("Order Hub serves Snowflake in the model: is data exchanged")
    hub = found.tools[2]
    assert hub.facts["notes"] == "In the model it uses Orders"
    assert "data" not in hub.facts


def test_a_model_that_archi_packed_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("model.xml", archi())
    assert facts(read(packed.getvalue(), "m.archimate")) == facts(read(archi(), "m.archimate"))


def test_a_packed_model_that_is_damaged_fails_in_words() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.xml", archi())
    data = bytearray(packed.getvalue())
    for place in range(60, len(data) - 120, 7):
        data[place] ^= 0xFF
    with pytest.raises(ImportFailure, match="ZIP without a model"):
        read(bytes(data), "m.archimate")


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"><name>&b;</name></model>'
)
OUTSIDE = '<!DOCTYPE m SYSTEM "file:///etc/passwd"><m/>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        ("<a>" * 300, "nested more than 200 deep"),
        ("not xml", "no whole XML file"),
        (exchange()[:900], "no whole XML file"),
        ("<model/>", "no ArchiMate model"),
        (b"PK\x03\x04rest", "a ZIP without a model"),
        ('<?xml version="1.0" encoding="klingon"?><m/>', "no whole XML file"),
        (
            '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"><elements/></model>',
            "names no application component",
        ),
    ],
)
def test_what_is_no_model_or_dangerous_fails_in_words(data: str | bytes, why: str) -> None:
    with pytest.raises(ImportFailure, match=why):
        read(data)


def test_relationships_that_go_in_circles_end() -> None:
    text = exchange().replace('source="a2" target="f1"', 'source="f1" target="f1"')
    assert len(read(text).tools) == 5
