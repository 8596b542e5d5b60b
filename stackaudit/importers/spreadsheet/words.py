"""Words as people type them into cells → the inventory's own; what says nothing is unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final


def _split(text: str) -> list[str]:
    return text.split()


_NOT_WORD = re.compile(r"[^\w%]+")

_UNKNOWN: Final = frozenset(
    _split("""? ?? ??? - -- --- – — . … x? n/a na n.a. n.a n/k nk tbd tba tbc t.b.d. unknown unkown unclear
    open offen unbekannt unklar k.a. k.a ka k/a keine_angabe weiss_nicht weiß_nicht not_known
    dont_know don't_know not_sure to_be_confirmed to_be_defined to_be_determined to_clarify
    to_check zu_klären zu_klaeren klären nicht_bekannt null nan (blank) (leer) leer blank
    inconnu desconocido pending ausstehend #n/a not_applicable not_available not_specified
    select please_select bitte_wählen""")
)
_YES: Final = frozenset(
    _split("""yes y ja j true wahr 1 x ✓ ✔ ☑ ✅ oui si sí yep on auto automatic automatisch enabled signed
    yes_automatic unterschrieben vorhanden liegt_vor abgeschlossen aktiv""")
)
_NO: Final = frozenset(
    _split("""no n nein false falsch 0 ✗ ✘ ☐ ❌ non nope off manual manuell disabled none never nie
    keine""")
)
_NONE: Final = frozenset(
    _split("""none nobody no_one noone no_owner keiner keine kein niemand kein_verantwortlicher
    ohne_verantwortlichen nicht_zugewiesen_(keiner) stated_none""")
)

TOOL_STATUS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _split("""planned plan geplant in_planning in_planung future evaluating evaluation in_evaluation
        on_order selected ausgewählt in_procurement proposed"""),
        "planned",
    ),
    **dict.fromkeys(
        _split("pilot trial test testing poc proof_of_concept in_test beta testphase pilotphase"),
        "pilot",
    ),
    **dict.fromkeys(
        _split("""live active aktiv in_use in_production production produktiv im_einsatz in_betrieb
        in_nutzung used genutzt deployed current operational running in_operation"""),
        "live",
    ),
    **dict.fromkeys(
        _split("""retiring sunsetting sunset phasing_out phase_out being_replaced to_be_replaced
        wird_abgelöst ablösung auslaufend läuft_aus gekündigt notice_given end_of_life
        decommissioning migrating to_be_retired legacy_-_retiring wird_abgeschaltet"""),
        "retiring",
    ),
    **dict.fromkeys(
        _split("""retired archived decommissioned abgeschaltet stillgelegt abgelöst ausser_betrieb
        außer_betrieb replaced no_longer_used no_longer_in_use nicht_mehr_im_einsatz
        nicht_mehr_genutzt beendet terminated discontinued"""),
        "retired",
    ),
}
"""``inactive``, ``disabled``, ``cancelled`` may mean two things, and are asked about."""
FLOW_STATUS: Final[Mapping[str, str]] = {
    **{k: v for k, v in TOOL_STATUS.items() if v in ("planned", "live", "retired")},
    **dict.fromkeys(
        _split("""not_yet_built not_built to_be_built not_yet_live not_live in_progress in_development
        in_build under_construction backlog coming_soon sandbox sandbox_only to_do todo in_arbeit
        in_umsetzung in_entwicklung noch_nicht_gebaut"""),
        "planned",
    ),
    **dict.fromkeys(_split("idle no_data unused ungenutzt"), "idle"),
    **dict.fromkeys(
        _split("paused pausiert disabled deaktiviert inactive inaktiv off stopped angehalten"),
        "paused",
    ),
    **dict.fromkeys(
        _split("broken error errors failing failed defekt kaputt fehlerhaft down not_working"),
        "broken",
    ),
    **dict.fromkeys(
        _split("absent missing none no_integration not_connected nicht_verbunden fehlt keine"),
        "absent",
    ),
}
AGREEMENT: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _split("""signed yes y ja j true x ✓ ✔ unterschrieben unterzeichnet abgeschlossen vorhanden
        liegt_vor in_place done executed ok available 1 completed"""),
        "signed",
    ),
    **dict.fromkeys(
        _split("""missing no n nein false fehlt not_signed nicht_vorhanden nicht_abgeschlossen keiner kein
        none 0 ✗ outstanding not_in_place"""),
        "missing",
    ),
    **dict.fromkeys(
        _split("not_needed not_required nicht_nötig nicht_erforderlich entfällt not_necessary"),
        "not-needed",
    ),
}
TRANSFER: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _split("scc sccs standard_contractual_clauses standardvertragsklauseln"), "scc"
    ),
    **dict.fromkeys(
        _split("""adequacy dpf eu-us_dpf eu-us_data_privacy_framework data_privacy_framework
        adequacy_decision angemessenheitsbeschluss"""),
        "adequacy",
    ),
    **dict.fromkeys(_split("bcr binding_corporate_rules"), "bcr"),
    **dict.fromkeys(_split("not_needed not_required nicht_nötig nicht_erforderlich"), "not-needed"),
    **dict.fromkeys(_split("none no nein keine"), "none"),
}
KIND: Final[Mapping[str, str]] = {
    **dict.fromkeys(_split("software saas tool app application anwendung on-premise"), "software"),
    **dict.fromkeys(
        _split("service agency agentur dienstleister dienstleistung data_provider"), "service"
    ),
    **dict.fromkeys(
        _split("homegrown in-house inhouse custom eigenentwicklung self-built internal_tool"),
        "homegrown",
    ),
    **dict.fromkeys(_split("spreadsheet excel google_sheet tabelle sheet"), "spreadsheet"),
    **dict.fromkeys(
        _split("own-channel own_channel website webseite shop mobile_app"), "own-channel"
    ),
}
ENVIRONMENT: Final[Mapping[str, str]] = {
    **dict.fromkeys(_split("production prod live produktion produktiv"), "production"),
    **dict.fromkeys(_split("staging stage sandbox uat test pre-production"), "staging"),
    **dict.fromkeys(_split("development dev entwicklung"), "development"),
}
DIRECTION: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _split("""one-way one_way oneway unidirectional einseitig unidirektional -> → > push 1-way
        outbound"""),
        "one-way",
    ),
    **dict.fromkeys(
        _split("""both-ways both both_ways bidirectional bi-directional two-way two_way 2-way <-> ↔ <>
        beidseitig bidirektional beide_richtungen sync"""),
        "both-ways",
    ),
    "unknown": "unknown",
}
EVERY: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _split("real-time realtime real_time live instant echtzeit sofort streaming event"),
        "real-time",
    ),
    **dict.fromkeys(_split("near-real-time near_realtime near_real_time nrt"), "near-real-time"),
    **dict.fromkeys(_split("hourly stündlich every_hour jede_stunde 1x_hour"), "hourly"),
    **dict.fromkeys(
        _split("""daily täglich nightly nachts every_day every_night once_a_day jeden_tag overnight
        1x_täglich once_per_day batch_daily"""),
        "daily",
    ),
    **dict.fromkeys(_split("weekly wöchentlich every_week once_a_week 1x_woche"), "weekly"),
    **dict.fromkeys(_split("monthly monatlich every_month once_a_month mtl"), "monthly"),
    **dict.fromkeys(_split("quarterly quartalsweise vierteljährlich every_quarter"), "quarterly"),
    **dict.fromkeys(_split("yearly annually jährlich once_a_year"), "yearly"),
    **dict.fromkeys(
        _split("manual manually manuell ad_hoc ad-hoc on_demand bei_bedarf by_hand on_request"),
        "manual",
    ),
}
METHOD: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        _split("""native native_connector native_integration built-in built_in standard_connector connector
        app_integration standardschnittstelle standard-connector out_of_the_box ootb plugin
        plug-in"""),
        "native-connector",
    ),
    **dict.fromkeys(
        _split("api rest rest_api rest-api schnittstelle custom_api graphql soap"), "rest-api"
    ),
    **dict.fromkeys(_split("webhook webhooks"), "webhook"),
    **dict.fromkeys(
        _split("zapier make make.com n8n workato ipaas middleware tray.io power_automate"), "ipaas"
    ),
    **dict.fromkeys(_split("etl elt etl/elt fivetran airbyte stitch data_pipeline"), "etl-elt"),
    **dict.fromkeys(_split("reverse_etl reverse-etl hightouch census"), "reverse-etl"),
    **dict.fromkeys(
        _split("sftp ftp file_transfer dateitransfer csv_via_sftp ftp_upload"), "sftp-file"
    ),
    **dict.fromkeys(
        _split("""csv csv_export csv_upload csv_import manual_export manual_upload excel export copy_paste
        copy_&_paste copy/paste manueller_export manuell manual excel_export by_hand
        manual_csv"""),
        "manual-export",
    ),
}
"""A tool that stands where a method is expected (Zapier) also carries the flow; see the rows."""
EVERYBODY: Final = frozenset(
    _split(
        "all everyone everybody alle all_teams alle_teams company-wide whole_company jeder global "
        "worldwide weltweit international group konzern"
    )
)
TOTALS: Final = frozenset(
    _split("""total totals sum summe gesamt gesamtsumme grand_total subtotal sub-total zwischensumme
    total_cost gesamtkosten insgesamt total:""")
)

_SUMS: Final = frozenset(("total", "totals", "subtotal", "gesamt", "gesamtsumme", "zwischensumme"))

_INTERVAL = re.compile(
    r"(?:every|alle|each|jede)?\s*(\d+)\s*(m|min|mins|minutes?|minuten|h|hrs?|hours?|"
    r"std|stunden?|d|days?|tage?n?|w|weeks?|wochen?)\Z"
)


def key(text: str) -> str:
    """Return a cell's text as the tables here have it."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return "_".join(folded.split())


def unknown(text: str) -> bool:
    """Tell whether a cell says nothing: empty, ``?``, ``-``, ``tbd``, ``unbekannt``."""
    word = key(text)
    return (
        not word
        or word in _UNKNOWN
        or placeholder(text)
        or not re.search(r"[\w✓✔✗✘☑☐✅❌%→↔<>]", word)
    )


def is_sum(text: str) -> bool:
    """Tell whether a name is that of a sum: ``Total``, ``Total current``, ``Summe 2026``."""
    whole = key(text).rstrip(":")
    return whole in TOTALS or whole.partition("_")[0] in _SUMS


def placeholder(text: str) -> bool:
    """Tell whether a cell is one of a template that nobody filled in: ``[Name]``, ``<vendor>``."""
    return bool(re.fullmatch(r"\[[^\[\]]*[^\W\d][^\[\]]*\]|<[^<>]*[^\W\d][^<>]*>", text.strip()))


def stated_none(text: str) -> bool:
    """Tell whether a cell says that there is none; ``-`` and nothing at all do not say so."""
    return key(text) in _NONE


def yes_no(text: str) -> bool | None:
    """Return what a cell says; None when it says neither."""
    word = key(text).rstrip(".!")
    if word in _YES:
        return True
    if word in _NO:
        return False
    head = re.split(r"[_,;:(–-]", word, maxsplit=1)[0]
    return True if head in ("yes", "ja") else False if head in ("no", "nein") else None


def word(table: Mapping[str, str], text: str) -> str | None:
    """Return the inventory's word for a cell, or None when the table does not know it."""
    found = key(text).rstrip(".!")
    for form in (found, found.replace("_", "-"), found.replace("-", "_")):
        if form in table:
            return table[form]
        if form in table.values():
            return form
    inside = re.sub(r"_?\(.*\)$", "", found)
    return table.get(inside)


def interval(text: str) -> str | None:
    """Return how often, in the inventory's words: ``daily``, ``15m``."""
    found = word(EVERY, text)
    if found:
        return found
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    match = _INTERVAL.match(plain)
    if match and 0 < int(match[1]) < 100_000:
        unit = match[2]
        letter = "m" if unit.startswith("m") else "h" if unit[0] in "hs" else unit[0]
        return f"{int(match[1])}{'d' if unit.startswith('t') else letter}"
    if re.fullmatch(r"[1-9]\d{0,5}[mhdw](\s*-\s*[1-9]\d{0,5}[mhdw])?", plain):
        return plain.replace(" ", "")
    return None


def several(text: str, comma: bool = True) -> list[str]:
    """Return the parts of a cell that lists several: by lines, ``;``, ``|``, and commas."""
    parts = re.split(r"[;\n|•]+" + ("|," if comma else ""), text)
    return list(dict.fromkeys(p for part in parts if (p := " ".join(part.split()).strip(" -,"))))


def people(text: str, strict: bool = False) -> list[str]:
    """Return the people a cell names: ``Mia Chen / Ravi Patel`` are two, ``Chen, Mia`` is one.

    ``strict``: only ``;`` and lines part them, and commas between full names.
    """
    if strict:
        parts = [" ".join(p.split()) for p in re.split(r"[;\n]", text)]
        full = all(" " in name.strip() for name in text.split(","))
        return several(text) if full else list(dict.fromkeys(p for p in parts if p))
    made: list[str] = []
    for part in re.split(r"[;\n|+]+|\s+(?:und|and|&|/|et)\s+|(?<=\w)/(?=[A-ZÄÖÜ])", text):
        pieces = [" ".join(p.split()) for p in part.split(",") if p.strip()]
        if len(pieces) == 2 and all(" " not in p for p in pieces) and "@" not in part:
            made.append(f"{pieces[1]} {pieces[0]}")  # as directories write a person
        else:
            made += pieces
    return list(dict.fromkeys(made))
