"""How people head the columns of their lists, in English and German, and what each column means.

One line a key: the key, then its spellings, folded (lower case, punctuation gone) and separated by
``|``. A key with ``~`` in front is a weaker meaning: it counts only where the sheet shows by other
columns what kind of list it is. Money, seats and dates have rules of their own in ``headers.py``.
"""

from __future__ import annotations

from typing import Final


def _split(text: str) -> list[str]:
    return text.split()


def _bars(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in text.strip().splitlines():
        key, _, spellings = line.strip().partition(" ")
        if not key:
            continue
        for spelling in spellings.split("|"):
            table[" ".join(spelling.split())] = key
    return table


_COMMON: Final = """
notes notes|note|comment|comments|remarks|remark|description|bemerkung|bemerkungen|kommentar|kommentare|notiz|notizen|anmerkung|anmerkungen|beschreibung|details|additional info|further information
owner owner|business owner|tool owner|system owner|product owner|app owner|application owner|owned by|responsible|responsible person|responsibility|accountable|contact person|verantwortlich|verantwortliche|verantwortlicher|verantwortliche person|verantwortung|ansprechpartner|ansprechpartnerin|eigentümer|fachverantwortlich|fachverantwortlicher|fachliche verantwortung|internal owner|who owns it|owner s|owners|main owner|primary owner
technical_owner technical owner|tech owner|it owner|admin|administrator|admins|technical contact|system admin|technisch verantwortlich|technischer verantwortlicher|it verantwortlich|it verantwortlicher|systemadministrator|maintained by|operated by|betreut durch|it ansprechpartner|technical responsible
reviewed reviewed|last reviewed|last review|reviewed on|geprüft am|zuletzt geprüft|stand
disputed disputed|strittig
ignore no|nr|row|lfd nr|laufende nummer|number|index
"""

TOOLS: Final = _table(
    _COMMON
    + """
name tool|tool name|name of tool|name of the tool|toolname|tools|system|systems|system name|systemname|application|applications|application name|app|apps|app name|platform|platforms|platform name|software|software name|product name|saas|saas tool|saas application|solution|lösung|anwendung|anwendungen|anwendungsname|programm|plattform|martech tool|marketing tool|tool platform|tool system|tool application|system tool|tool software|technology|technologie|tech|service name|werkzeug|software tool|name der software|name des tools|systeme|outil|logiciel|herramienta|application label|applikation|tool vendor|vendor tool|tool product
~name name|bezeichnung|product|produkt|service|title|titel|item|asset|label|nom|nombre
id id|tool id|stackaudit id|kennung
product catalogue product|catalog product|stackaudit product
vendor vendor|vendor name|vendors|supplier|supplier name|provider|manufacturer|anbieter|hersteller|lieferant|lieferantenname|dienstleister|company|firma|publisher|maker|merchant|payee|creditor|kreditor|kreditorname|fournisseur|proveedor|vertragspartner
category category|categories|kategorie|kategorien|type|typ|art|tool type|tool category|software category|tool kategorie|area|bereich|function|funktion|purpose|zweck|used for|use case|einsatzzweck|einsatzbereich|anwendungsbereich|usage purpose|main purpose|what for|wofür|marketing function|segment|catégorie
capabilities capability|capabilities|fähigkeit|fähigkeiten|business capability|business capabilities
kind kind|kind of tool|stackaudit kind
status status|state|active|aktiv|in use|in production|im einsatz|in betrieb|lifecycle|lifecycle status|lifecycle stage|zustand|tool status|current status|einsatzstatus|phase
environment environment|env|umgebung
retires_on retires on|retirement date|sunset date|end of use|decommission date|abschaltung|abschaltdatum|nutzungsende
runs_inside runs inside|app of|part of|add on of|host tool
scopes scope|scopes|brand|brands|marke|marken|business unit|business units|bu|market|markets|markt|märkte|gesellschaft
team team|department|dept|owning team|owner team|abteilung|fachbereich|responsible team|verantwortliches team|owner department|business owner team
used_by used by|using teams|user groups|user group|teams|teams using it|departments|genutzt von|verwendet von|nutzende teams|nutzer teams|nutzende abteilungen|benutzergruppen|who uses it|used by team|used by teams|stakeholders|abteilungen
seats.paid seats|licenses|licences|license count|licence count|no of licenses|no of licences|number of licenses|number of licences|number of seats|no of seats|seats paid|paid seats|paid users|licensed users|seats purchased|purchased seats|purchased licenses|purchased licences|contracted seats|lizenzen|anzahl lizenzen|lizenzanzahl|lizenzen anzahl|anz lizenzen|gekaufte lizenzen|seats licensed|license quantity|total licenses|seat count
seats.users users|user|user count|number of users|no of users|nutzer|anzahl nutzer|nutzerzahl|benutzer|anzahl benutzer|anwender|anzahl anwender|nutzeranzahl|of users
seats.active active users|seats active|active seats|active licenses|seats used|used seats|used licenses|licenses used|licences used|aktive nutzer|aktive lizenzen|genutzte lizenzen|monthly active users|mau|active users last 30 days|active users last 90 days|active users 30d|active users 90d|active users 30 days|active users 90 days|logins last 30 days|logins last 90 days|users active
seats.assigned users assigned|assigned users|assigned|assignments|assigned seats|assigned licenses|people assigned|user assignments|zugewiesene nutzer|zugewiesene benutzer|zugewiesene lizenzen|zugewiesen|assigned people|total assigned users
login last login|last access|last used|last sign in|last sign on|letzte anmeldung|letzter login|last activity|zuletzt genutzt
sign_on sign on mode|sign on method|sso|sso enabled|sso type|saml|login method|authentication|auth|authentifizierung|anmeldeverfahren|mfa|provisioning|scim
contract contract|contract id|vertrag|vertrags id|contract reference|contract ref|vertragsnummer|contract number
contract.ends contract to|to|bis|until|contract end|contract ends|contract end date|end of contract|end date|term end|expiry|expiry date|expiration|expiration date|expires|expires on|vertragsende|laufzeit bis|laufzeitende|enddatum|ende|gültig bis|valid until|valid to|contract expiry|contract until|vertrag bis|ablaufdatum|end of term|contract term end|subscription end|subscription end date|fin de contrat
contract.renews renewal|renewal date|renewals|next renewal|renews|renews on|renewal on|verlängerung|verlängerungsdatum|verlängert sich am|next renewal date|contract renewal|contract renewal date|erneuerung|renewal month
contract.starts from|von|ab|contract start|contract start date|start date|start|begin|vertragsbeginn|beginn|startdatum|contract from|since|seit|contract date|vertragsdatum|go live|go live date|in use since|einführung
contract.notice_days notice period|notice|notice days|notice period days|notice period months|cancellation period|cancellation notice|kündigungsfrist|kündigungsfristen|frist|kündigungsfrist tage|kündigungsfrist monate|termination notice|notice period in days|notice period in months|cancellation notice days
contract.auto_renews auto renew|auto renews|auto renewal|autorenew|autorenewal|autorenews|automatic renewal|automatically renews|automatische verlängerung|verlängert sich automatisch|auto verlängerung|auto renewing
contract.cancel_by cancel by|notice by|cancellation deadline|kündigung bis|kündbar bis|cancel before|notice deadline|kündigungstermin
personal_data personal data|pii|contains pii|personal information|personenbezogene daten|pb daten|personenbezogen|holds personal data|processes personal data|dsgvo relevant|gdpr relevant
data data|data objects|objects stored|daten|datenarten
channels channel|channels|kanal|kanäle
gated_by gated by|consent gated by|consent tool
integrations_known integrations known|integrations all listed
integrates integrations|integrates with|integration|connected to|connected with|connects to|connections|schnittstellen|schnittstelle|interfaces|verbunden mit|integriert mit|angebunden an|connected systems|connected tools|integrated with
privacy.dpa dpa|avv|dpa avv|avv dpa|data processing agreement|auftragsverarbeitung|auftragsverarbeitungsvertrag|av vertrag|adv|dpa signed|dpa status|avv vorhanden|avv abgeschlossen|avv status|dpa in place|gdpr dpa|av
privacy.hosted_in hosted in|hosting|hosting location|hosting region|data location|data residency|data region|server location|serverstandort|datenstandort|speicherort|hosting standort|standort server|region hosted|data hosted in|data center|datacenter|rechenzentrum|data centre|storage location
privacy.transfer transfer|transfer mechanism|transfer basis|drittlandtransfer|data transfer mechanism|transfergrundlage
privacy.retention_days retention|retention days|retention period|data retention|aufbewahrung|aufbewahrungsfrist|löschfrist|speicherdauer|retention in days
fit.business business fit|fit business|functional fit|business rating
fit.technical technical fit|fit technical|technical rating
url url|website|link|web|homepage|webseite|login url|tool url|domain|web address
cost_per cost per|billing period|billing cycle|billing frequency|billing|period|abrechnung|abrechnungszeitraum|zahlweise|payment frequency|zahlungsrhythmus|interval|payment cycle|turnus|abrechnungsintervall
currency currency|währung|curr|ccy|waehrung
invoice.date date|invoice date|booking date|posting date|payment date|transaction date|datum|rechnungsdatum|buchungsdatum|zahlungsdatum|belegdatum|paid on|value date|valuta|wertstellung
invoice.number invoice|invoice number|invoice no|rechnung|rechnungsnummer|belegnummer|document number|beleg|beleg nr|reference|voucher|rechnungs nr
invoice.centre cost center|cost centre|kostenstelle|gl account|account|sachkonto|konto|costcenter|kst|gl|ledger account|expense account|expense category|kostenart
instance instance|account name|mandant|workspace|portal
"""
)

INTEGRATIONS: Final = _table(
    _COMMON
    + """
from from|source|source system|source tool|from tool|from system|origin|sender|von|quelle|quellsystem|ausgangssystem|sending system|data source|system a|tool a|from application|source application|de|producer|provider system
to to|target|target system|destination|destination system|to tool|to system|receiver|nach|an|ziel|zielsystem|receiving system|sink|system b|tool b|to application|target application|target tool|destination tool|consumer
name integration|integration name|interface|interface name|schnittstelle|name|flow|flow name|connection|connection name|sync|title|bezeichnung
id id|integration id|flow id|kennung|stackaudit id
direction direction|richtung|flow direction|data direction|one way both ways|sync direction
objects objects|data|data objects|object|what|payload|data exchanged|what data|daten|datenobjekte|inhalt|content|data type|data types|entities|entity|was|information
only only|filter|only if|condition|scope of data
method method|type|integration type|integration method|connection type|technology|how|art|methode|technik|technologie|mechanism|protocol|schnittstellentyp|connector|typ|art der schnittstelle|via method
every every|frequency|how often|interval|schedule|sync frequency|cadence|refresh|häufigkeit|frequenz|intervall|turnus|rhythmus|takt|update frequency|latency|sync interval
via via|through|middleware|carried by|über|ipaas|integration platform|integration tool|through tool
match_on match on|match key|matching key|identity key|key|join key|schlüssel|identifier|abgleich über|matched on
field_owner field owner|conflict winner|master|who wins|führendes system|leading system|field owner on conflict
gated_by gated by|consent|consent gate|consent tool
status status|state|zustand|health|integration status
last_verified last verified|last checked|last tested|verified|zuletzt geprüft|last seen working|letzte prüfung|last successful run
"""
)

CONTRACTS: Final = _table(
    _COMMON
    + """
id contract id|id|contract|vertrag|vertrags id|vertragsnummer|contract number|contract no|contract name|contract reference|contract ref|stackaudit id|agreement|agreement name
vendor vendor|vendor name|supplier|supplier name|provider|anbieter|lieferant|hersteller|vertragspartner|counterparty|company|party
tools tools|tool|covers|covered tools|product|products|application|applications|system|systems|software|produkte|produkt|anwendung|anwendungen|services|service|platform|tools covered
ends end|ends|ends on|contract end|contract ends|contract end date|end date|expiry|expiry date|expiration|expiration date|expires|vertragsende|laufzeit bis|enddatum|ende|gültig bis|valid until|end of term|term end|laufzeitende|ablaufdatum
renews renewal|renewal date|next renewal|renews|renews on|verlängerung|verlängerungsdatum|next renewal date|contract renewal|contract renewal date
starts start|starts|start date|contract start|contract start date|begin|vertragsbeginn|beginn|startdatum|signed on|effective date|vertragsdatum|date signed
notice_days notice period|notice|notice days|notice period days|notice period months|cancellation period|kündigungsfrist|cancellation notice|termination notice|notice period in days|kündigungsfrist monate|kündigungsfrist tage|notice period in months
auto_renews auto renew|auto renews|auto renewal|automatic renewal|automatische verlängerung|verlängert sich automatisch|autorenew|auto verlängerung|autorenewal
cancel_by cancel by|notice by|cancellation deadline|kündigung bis|kündbar bis|notice deadline|kündigungstermin
cost_per cost per|billing period|billing cycle|billing frequency|billing|period|zahlweise|payment frequency|abrechnung|turnus
currency currency|währung|curr|ccy
status status|state|contract status
"""
)

TEAMS: Final = _table(
    """
name team|team name|name|department|abteilung|bereich|teamname|teams|departments
id id|team id|stackaudit id|kennung
function function|funktion|team function
ignore lead|head|members|size|leiter|leitung|notes|headcount
"""
)

COMPANY: Final = _table(
    """
name company|company name|name|firma|unternehmen|client
currency currency|währung|company currency
profile profile|stackaudit profile
size size|größe
people_in people in|where the people are
rules rules
as_of as of|facts as of|stand
"""
)

TABLES: Final = {
    "tools": TOOLS,
    "integrations": INTEGRATIONS,
    "contracts": CONTRACTS,
    "teams": TEAMS,
}

SHEETS: Final = {
    "tools": """tools tool stack techstack systems systeme applications apps software inventory anwendungen
        martech toolliste tool_list platforms tool_inventory applikationen saas""",
    "integrations": """integrations integration flows data_flows interfaces schnittstellen connections
        connectors dataflows datenflüsse syncs integrationen""",
    "contracts": "contracts contract verträge vertraege vertragsliste agreements renewals contract_list",
    "teams": "teams team departments abteilungen",
    "company": "company company_&_lists company_and_lists firma unternehmen",
    "guide": """read_me readme how_to instructions anleitung legend legende hinweise cover deckblatt help
        lookup lookups lists listen dropdowns dropdown changelog checklist expected""",
}
"""Kind → names of sheets that say so by themselves."""

NOT_TOOLS: Final[tuple[tuple[str, frozenset[str], int], ...]] = (
    (
        "cookies, not of tools",
        frozenset(
            _bars("""cookie data key name|cookie name|cookie|cookies|cookie id|retention period|cookie
            duration|cookie category|wildcard match|first party third party""")
        ),
        2,
    ),
    (
        "people, not of tools",
        frozenset(
            _bars("""first name|last name|surname|given name|family name|vorname|nachname|email|e mail|email
            address|phone|telefon|birthday|geburtsdatum|job title|lead status|lead source|opt in""")
        ),
        2,
    ),
    (
        "tickets or tasks, not of tools",
        frozenset(
            _bars("issue key|issue type|ticket|ticket id|assignee|reporter|sprint|story points")
        ),
        2,
    ),
    (
        "orders or products for sale, not of tools",
        frozenset(
            [
                "sku",
                "ean",
                "order id",
                "order number",
                "barcode",
                "stock",
                "quantity sold",
                "variant",
                "bestellnummer",
            ]
        ),
        2,
    ),
    (
        "campaigns or ads, not of tools",
        frozenset(
            [
                "impressions",
                "clicks",
                "ctr",
                "cpc",
                "ad group",
                "ad set",
                "campaign",
                "campaign name",
                "conversions",
                "keyword",
            ]
        ),
        3,
    ),
)
"""What a list is about, headers that show it, and how many of them it takes."""

NAMED: Final = frozenset(
    _bars("tool|tool name|application|software|anwendung|system|app|martech tool|saas application")
)
"""Headers that name tools whatever stands beside them, save cookies."""

GERMAN: Final = frozenset(
    _split("""kosten jahr monat preis betrag anbieter vertragsende kündigungsfrist verantwortlich nutzer lizenzen
    währung bemerkung kategorie anwendung hersteller verantwortlicher abteilung laufzeit lieferant""")
)
"""Words whose presence in the headers shows that decimals are written with a comma."""

CAPABILITIES: Final = {
    "email": "email-marketing", "e mail": "email-marketing", "newsletter": "email-marketing",
    "e mail marketing": "email-marketing", "esp": "email-marketing", "crm": "crm", "cms": "web-content-management",
    "content management system": "web-content-management", "cdp": "profile-unification",
    "customer data platform": "profile-unification", "tag manager": "tag-management", "tms": "tag-management",
    "consent": "consent-management", "cmp": "consent-management", "cookie banner": "consent-management",
    "web analytics": "web-analytics", "webanalyse": "web-analytics", "product analytics": "product-analytics",
    "helpdesk": "ticketing-helpdesk", "help desk": "ticketing-helpdesk", "customer support": "ticketing-helpdesk",
    "ticketing": "ticketing-helpdesk", "dam": "digital-asset-management", "bi": "dashboards-reporting",
    "business intelligence": "dashboards-reporting", "reporting": "dashboards-reporting", "dashboards": "dashboards-reporting",
    "data warehouse": "data-warehouse", "dwh": "data-warehouse", "webinar": "webinars", "live chat": "live-chat-bots",
    "chat": "live-chat-bots", "chatbot": "live-chat-bots", "survey": "surveys-feedback", "surveys": "surveys-feedback",
    "umfragen": "surveys-feedback", "ipaas": "app-integration", "automation platform": "app-integration",
    "etl": "data-pipelines", "sms": "sms-messaging", "push": "push-in-app", "a b testing": "experimentation",
    "ab testing": "experimentation", "seo": "seo", "paid search": "paid-search", "sea": "paid-search",
    "paid social": "paid-social", "affiliate": "affiliate-marketing", "social media management": "social-publishing",
    "session replay": "experience-analytics", "heatmaps": "experience-analytics", "attribution": "attribution",
    "pim": "product-information", "e commerce": "ecommerce-storefront", "ecommerce": "ecommerce-storefront",
    "shop system": "ecommerce-storefront", "shopsystem": "ecommerce-storefront", "project management": "work-management",
    "work management": "work-management", "collaboration": "team-collaboration", "forms": "form-capture",
    "landing pages": "landing-pages", "loyalty": "loyalty-program", "scheduling": "meeting-scheduling",
    "abm": "account-based-marketing", "sales engagement": "sales-engagement", "design": "creative-design",
    "archiving": "communications-compliance",
}  # fmt: skip
REGIONS: Final = {
    "deutschland": "DE", "usa": "US", "vereinigte staaten": "US", "österreich": "AT", "schweiz": "CH",
    "irland": "IE", "frankreich": "FR", "niederlande": "NL", "grossbritannien": "UK", "großbritannien": "UK",
    "europa": "EU", "eu": "EU", "u s": "US", "us": "US", "u s a": "US", "u k": "UK", "vereinigtes königreich": "UK",
}  # fmt: skip

OBJECTS: Final = {
    "kontakte": "contact", "customers": "contact", "people": "contact", "kunden": "contact",
    "companies": "account", "company": "account", "firmen": "account", "deals": "opportunity",
    "deal": "opportunity", "events": "behavioural-event", "web-events": "behavioural-event",
    "products": "product", "produkte": "product", "bestellungen": "order", "audiences": "ad-audience",
    "lists": "segment", "list": "segment", "forms": "form-submission", "form-fills": "form-submission",
    "tickets": "ticket", "cases": "ticket", "kampagnen": "campaign", "consents": "consent",
    "einwilligungen": "consent", "registrations": "marketing-event", "rechnungen": "invoice",
    "tasks": "project-task", "transactions": "order", "purchases": "order",
}  # fmt: skip
