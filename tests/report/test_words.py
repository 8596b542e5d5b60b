"""The report in other languages: words from the catalogue, numbers as the country writes them."""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import sample
from page import Page

from stackaudit.catalogue import load_catalogue
from stackaudit.cli.audit import judge, read
from stackaudit.report.compared import render_comparison
from stackaudit.report.formats import KNOWN, LocaleError, formats
from stackaudit.report.html import render_html
from stackaudit.report.phrasebook import Form, Phrasebook
from stackaudit.report.safe import Foreign
from stackaudit.report.translated import translated
from stackaudit.report.words import SHIPPED, LanguageError, Words, read_words, slots
from stackaudit.result import AuditResult, Money

NB = "\u00a0"
ENGLISH = read_words("en")
OTHERS = [language for language in SHIPPED if language != "en"]
SAME = {
    # Words that are the same in German, and sentences that are nothing but their values.
    "plain", "list-comma", "money.reading", "strips.from-to", "heat.title", "map.gap.scope",
    "losses.bar", "unknowns.about", "quadrant.two", "quadrant.one", "map.col.tools",
    "money.col.tools", "owners.col.tool", "owners.col.team", "unknowns.col.tool", "field.status",
    "field.team", "col.tool", "col.team", "col.status", "col.ticket", "col.code", "col.sha",
    "matrix.col.tool", "role.store.letter", "role.measure.letter", "map.legend.tool",
    "trust.col.sender", "losses.kind.tool", "losses.kind.person", "losses.col.count", "flow.tool",
    "filter.tool", "flow.scope", "flow.say.path", "flow.say.in", "cmp.at", "cmp.promised.step",
    "cmp.scores.title", "cmp.matrix.title", "cmp.heat.came",
}  # fmt: skip


INVENTORIES = Path(__file__).parents[2] / "inventories"


@pytest.fixture(scope="module", params=["northwind", "meltano.yaml", "minimal.yaml"])
def english(request: pytest.FixtureRequest) -> AuditResult:
    return judge(read(INVENTORIES / request.param, None, True), date(2026, 11, 1))


def forms(entry: Any) -> set[str]:
    return {"a sentence"} if isinstance(entry, str) else set(entry)


@pytest.mark.parametrize("language", OTHERS)
def test_a_shipped_language_has_every_key_with_its_values_and_forms(language: str) -> None:
    own = {k: v for k, v in read_words(language).items() if k not in ("terms", "things")}
    assert sorted(set(ENGLISH) - set(own)) == []
    assert sorted(set(own) - set(ENGLISH)) == []
    assert [k for k in ENGLISH if slots(own[k]) != slots(ENGLISH[k])] == []
    assert [k for k in ENGLISH if forms(own[k]) != forms(ENGLISH[k])] == []


def test_no_german_sentence_is_english_by_oversight() -> None:
    german = read_words("de")
    assert sorted(k for k in ENGLISH if german.get(k) == ENGLISH[k] and k not in SAME) == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_texts_of_the_checks_and_the_catalogue_are_translated(
    language: str, english: AuditResult
) -> None:
    words, catalogue = Words(language), load_catalogue()
    texts = [t for c in english.checks for t in (c.title, c.summary, c.why, c.examined_what)]
    for part in ("domains", "stages", "capabilities", "objects", "methods", "channels", "profiles"):
        listed = getattr(catalogue, part)
        texts += [x.name for x in (listed.values() if hasattr(listed, "values") else listed)]
    same = {"Chat", "SMS & messaging apps", "SMS"}
    assert sorted({t for t in texts if t and words.term(t) is None} - same) == []
    assert [o.noun for o in catalogue.objects.values() if o.noun not in words.things] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_form_of_a_sentence_and_its_translation_have_the_same_values(language: str) -> None:
    for english, shown in Words(language).phrases().items():
        assert slots(shown) <= slots(english), english
        assert slots(english) - slots(shown) <= {"n"}, english


# ---------------------------------------------------------------- no word outside the catalogue


class Shown(HTMLParser):
    """The texts of a page: those between tags and those in attributes that are read out."""

    SPOKEN = ("aria-label", "title", "alt", "placeholder", "label")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._foreign: list[bool] = []
        self._raw = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {k: v or "" for k, v in attrs}
        self.texts += [got[k] for k in self.SPOKEN if k in got]
        if tag in ("style", "script"):
            self._raw = tag
        if tag in ("span", "text"):
            # The letters in a matrix are those of the methods' own names.
            letters = tag == "text" and got.get("class", "").startswith("ct")
            self._foreign.append(letters or got.get("lang") == "en")
        self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._raw:
            self._raw = ""
        if tag in ("span", "text") and self._foreign:
            self._foreign.pop()

    def handle_data(self, data: str) -> None:
        if not self._raw and not any(self._foreign):
            self.texts.append(data)


def pseudo(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: pseudo(v) for k, v in value.items()}
    return f"⟦{value}⟧"


@pytest.fixture(scope="module")
def pseudo_words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    table = {k: pseudo(v) for k, v in ENGLISH.items()}
    table["months"] = " ".join(f"⟦{m}⟧" for m in str(ENGLISH["months"]).split())
    path = tmp_path_factory.mktemp("words") / "pseudo.json"
    path.write_text(json.dumps(table | {"language": "x-pseudo", "locale": "en-GB"}), "utf-8")
    return Words(str(path))


def in_greek(value: Any) -> Any:
    """Return a result's texts in other letters; an id has neither a capital nor a space."""
    if isinstance(value, dict):
        return {k: in_greek(v) for k, v in value.items()}
    if isinstance(value, list):
        return [in_greek(v) for v in value]
    if isinstance(value, str) and re.search(r"[A-Z ]", value):
        return re.sub(r"[A-Za-z]", lambda m: chr(0x3B1 + ord(m[0].lower()) % 16), value)
    return value


def ids(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {i for k, v in value.items() for i in (*ids(v), *re.findall(r"[a-z]+", k))}
    if isinstance(value, list):
        return {i for v in value for i in ids(v)}
    return set(re.findall(r"[a-z]+", value)) if isinstance(value, str) else set()


def outside(html: str) -> list[str]:
    """Return the Latin words of a page that are in no mark and in no foreign sentence."""
    # A name that is cut in a picture has lost its closing mark.
    text = re.sub(r"⟦[^⟦⟧]*…", "", "".join(Shown(html).texts))
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"\b[0-9a-f]{16,}\b", "", text))


@pytest.mark.parametrize("name", ["retailer", "sparse"])
def test_every_visible_word_is_of_the_catalogue_or_of_the_result(
    name: str, pseudo_words: Words
) -> None:
    plain = getattr(sample, name)().model_dump(mode="json")
    result = AuditResult.model_validate_json(json.dumps(in_greek(plain)))
    found = set(outside(render_html(result, words=pseudo_words)))
    assert sorted(found - ids(in_greek(plain)) - {"SHA", "yaml"}) == []


def test_every_visible_word_of_a_comparison_is_of_the_catalogue_or_of_the_results(
    pseudo_words: Words,
) -> None:
    plain = in_greek(sample.retailer().model_dump(mode="json"))
    new = AuditResult.model_validate_json(json.dumps(plain))
    old = new.model_copy(update={"findings": new.findings[3:], "tools": new.tools[2:]})
    found = set(outside(render_comparison(old, new, words=pseudo_words)))
    assert sorted(found - ids(plain) - {"SHA", "yaml", "EUR"}) == []


def test_the_page_says_its_language_and_marks_what_is_in_another() -> None:
    html = render_html(sample.retailer(), words=Words("de"))
    assert '<html lang="de"' in html
    finding = sample.retailer().findings[0].sentence
    assert f'<span lang="en">{finding}</span>' in html or finding not in html
    assert 'lang="en"' not in render_html(sample.retailer()).replace('<html lang="en"', "")


def test_no_mark_of_a_language_lands_in_an_attribute() -> None:
    for page in (Page(render_html(make(), words=Words("de"))) for make in (sample.retailer,)):
        assert [a for a in page.attributes if "<span" in a[2]] == []


# ---------------------------------------------------------------- sentences of a known form


@pytest.fixture(scope="module")
def german(english: AuditResult) -> AuditResult:
    return translated(english, Words("de"))


def test_the_first_screen_is_german(german: AuditResult) -> None:
    s = german.summary
    said = [s.headline, s.good, s.completeness, *s.so_what]
    said += [x for t in s.tiles for x in (t.text, t.label, t.coverage)]
    said += [x for a in german.answers for x in (a.question, a.text, a.note)]
    said += [a.text for a in german.actions if a.id in s.first_actions]
    assert [str(text) for text in said if isinstance(text, Foreign)] == []


def test_findings_questions_and_actions_are_german_but_for_a_few(german: AuditResult) -> None:
    # A check that words a sentence anew leaves it English, marked as such, until
    # its form is in de.json too; when many are, the report is no German one any more.
    said = [f.sentence for f in german.findings] + [q.text for q in german.questions]
    said += [a.text for a in german.actions] + [e.text for f in german.findings for e in f.evidence]
    left = {str(text) for text in said if isinstance(text, Foreign)}
    assert len(left) <= len(set(said)) / 10, sorted(left)


def test_a_comparison_speaks_the_language_too(english: AuditResult) -> None:
    old = english.model_copy(update={"findings": english.findings[2:]})
    html = render_comparison(old, english, words=Words("de"))
    assert '<html lang="de"' in html
    assert english.findings[0].sentence not in Page(html).words


def test_numbers_in_a_translated_tile_are_the_result_s(
    english: AuditResult, german: AuditResult
) -> None:
    for before, after in zip(english.summary.tiles, german.summary.tiles, strict=True):
        for text in ("text", "label", "coverage"):
            figures = [
                re.findall(r"\d+", re.sub(r"\d{4}-\d\d-\d\d|[.,](?=\d)", "", x))
                for x in (
                    getattr(before, text),
                    re.sub(r"\d+\.\s\S+\s\d{4}", "", getattr(after, text)),
                )
            ]
            assert figures[0] == figures[1]


@pytest.fixture
def book() -> Phrasebook:
    return Phrasebook(Words("de"), sample.retailer())


def test_a_slot_takes_only_what_is_of_its_kind(book: Phrasebook) -> None:
    tool = next(iter(book.tools))
    assert book.said(f"Name an owner for {tool}") == f"Zuständigkeit für {tool} festlegen"
    assert book.said("Name an owner for <b>whatever</b>") is None
    assert book.said("Something that no form fits") is None


def test_a_name_with_the_words_of_the_sentence_in_it_is_still_found() -> None:
    result = sample.retailer()
    tools = [
        t.model_copy(update={"name": n})
        for t, n in zip(result.tools, ("From A to B", "Made for C", "D and E"), strict=False)
    ]
    book = Phrasebook(Words("de"), result.model_copy(update={"tools": tools}))
    said = book.said("Connect From A to B to Made for C for contacts and orders")
    assert said == "From A to B mit Made for C verbinden: Kontakte und Bestellungen"
    listed = book.said("Who owns D and E, Made for C and From A to B?")
    assert listed == "Wer ist zuständig für D and E, Made for C und From A to B?"


def test_the_form_for_one_is_chosen_by_the_number() -> None:
    form = Form("{n} (tool is|tools are) in use", {"one": "ein Tool", "other": "{n} Tools"})
    assert form.read("1 tool is in use", lambda _, v: v) == "ein Tool"
    assert form.read("12 tools are in use", lambda _, v: v) == "12 Tools"
    assert form.read("12 tools were in use", lambda _, v: v) is None


# ---------------------------------------------------------------- numbers, days, money


@pytest.mark.parametrize(
    ("locale", "number", "money", "day", "share"),
    [
        ("en-GB", "12,000.5", "€12,000", f"31{NB}Jan{NB}2027", "12.5%"),
        ("en-US", "12,000.5", "€12,000", f"Jan{NB}31, 2027", "12.5%"),
        ("de-DE", "12.000,5", f"12.000{NB}€", f"31.{NB}Jan{NB}2027", f"12,5{NB}%"),
        ("de-CH", "12’000.5", f"€{NB}12’000", f"31.{NB}Jan{NB}2027", "12.5%"),
        ("de_at", f"12{NB}000,5", f"€{NB}12.000", f"31.{NB}Jan{NB}2027", f"12,5{NB}%"),
    ],
)
def test_a_locale_writes_numbers_money_days_and_shares_its_own_way(
    locale: str, number: str, money: str, day: str, share: str
) -> None:
    words = Words("en", locale)
    assert words.number(12000.5) == number
    assert words.money(Money(low=12000, high=12000, basis=""), "EUR") == money
    assert words.day(date(2027, 1, 31)) == day
    assert words.share(12.5) == share


def test_a_range_has_its_currency_once_and_a_code_stands_apart() -> None:
    money = Money(low=1000, high=2500, basis="")
    assert Words("de").money(money, "EUR") == f"1.000–2.500{NB}€"
    assert Words("en").money(money, "CHF") == f"CHF{NB}1,000–2,500"
    assert Words("de").money(money, None) == "1.000–2.500"


@pytest.mark.skipif(importlib.util.find_spec("babel") is None, reason="needs Babel")
def test_babel_knows_the_other_locales() -> None:
    french, indian = formats("fr-FR"), formats("hi-IN")
    assert french.number(12000.5) == "12\u202f000,5"
    assert french.amount(5, 5, "€") == f"5{NB}€"
    assert french.date(date(2027, 1, 31), ["janv."] * 12) == f"31{NB}janv.{NB}2027"
    assert indian.number(1234567) == "12,34,567"
    assert formats("ja-JP").date(date(2027, 1, 31), ["-"] * 12) == "2027/01/31"


@pytest.mark.skipif(importlib.util.find_spec("babel") is None, reason="needs Babel")
@pytest.mark.parametrize("locale", sorted(KNOWN))
def test_what_is_here_is_what_babel_says(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = KNOWN[locale]
    monkeypatch.setattr("stackaudit.report.formats.KNOWN", {})
    babel = formats(locale)
    assert (here.decimal, here.money_group or here.group) in (
        (babel.decimal, babel.group),
        (babel.decimal, "."),
    )
    assert here.share(12.5) == babel.share(12.5)


def test_without_babel_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "babel", None)
    with pytest.raises(LocaleError, match="needs Babel") as raised:
        formats("fr-FR")
    assert "stackaudit[i18n]" in raised.value.hint


# ---------------------------------------------------------------- a language of one's own


def test_a_file_of_words_is_a_language_and_what_it_lacks_is_english(tmp_path: Path) -> None:
    path = tmp_path / "nl.json"
    path.write_text('{"language": "nl", "locale": "de-DE", "nav.map": "Kaart"}', "utf-8")
    words = Words(str(path))
    assert (words.language, words.plain("nav.map")) == ("nl", "Kaart")
    assert words.plain("nav.findings") == ENGLISH["nav.findings"]


def test_a_sentence_with_a_value_that_english_lacks_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"language": "x", "locale": "en-GB", "and-more": "{m} te veel"}', "utf-8")
    assert Words(str(path)).plain("and-more", n=2) == "2 more"


@pytest.mark.parametrize(
    "text",
    ['{"language": "x", "locale": "en-GB", "yes": 1}', "[]", "{", '{"language": "x"}', '"de"'],
)
def test_a_file_that_is_no_language_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(LanguageError):
        Words(str(path))


def test_a_language_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(LanguageError) as raised:
        Words("../../secrets")
    assert "en and de" in raised.value.hint


def test_the_shipped_languages_are_the_files_that_are_there() -> None:
    there = {p.name for p in files("stackaudit.report").joinpath("words").iterdir()}
    assert {f"{language}.json" for language in SHIPPED} == {n for n in there if n.endswith(".json")}


def test_a_headline_is_a_sentence_without_its_full_stop(book: Phrasebook) -> None:
    flow = next(iter(book.flows))
    assert (
        book.said(f"The integration {flow} is broken.") == f"Die Schnittstelle {flow} ist defekt."
    )
    assert book.said(f"The integration {flow} is broken") == f"Die Schnittstelle {flow} ist defekt"


def test_a_text_with_a_semicolon_in_it_is_one_text(book: Phrasebook) -> None:
    flow, (one, two) = next(iter(book.flows)), list(book.tools)[:2]
    said = book.said(
        f"Leads do not get from {one} to {two}: the integration {flow} is broken. "
        "It is expected for this: speed to lead; no lost enquiries."
    )
    assert said is not None
    assert said.endswith("schnelle Reaktion auf Leads, keine verlorenen Anfragen.")
