"""Audit results made by hand, so that the report can be tested without an audit.

:func:`retailer` is an invented mid-size retailer with about thirty tools and something of
everything; :func:`sparse` knows names only; :func:`bare` has next to nothing; :func:`scaled`
makes a stack of any size.
"""

# ruff: noqa: E501 - the samples are tables and sentences, one a line

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stackaudit.result import (
    Acceptance,
    Action,
    Answer,
    AreaCount,
    AreaScore,
    AuditResult,
    CapabilityEntry,
    CheckResult,
    Company,
    ContractEntry,
    Demand,
    Evidence,
    Fall,
    Finding,
    FlowEntry,
    Funds,
    FundsStep,
    Handled,
    JourneyStage,
    Left,
    Money,
    Named,
    Note,
    ObjectEntry,
    Place,
    ProcessEntry,
    Provided,
    Provider,
    Quality,
    Question,
    Repair,
    SenderEntry,
    SourceFile,
    Spend,
    Step,
    Subject,
    Summary,
    Tile,
    ToolEntry,
)

DAY = date(2026, 11, 1)
HERE = Path(__file__).parent

DOMAINS = [
    ("strategy-operations", "Strategy, planning & operations"),
    ("customer-data", "Customer data"),
    ("data-integration", "Integration & tagging"),
    ("privacy-trust", "Privacy, consent & compliance"),
    ("content-brand", "Content & brand assets"),
    ("web-experience", "Web, search & digital experience"),
    ("paid-media", "Paid media & partnerships"),
    ("lifecycle-messaging", "Campaigns & lifecycle messaging"),
    ("social-community", "Social, community & reputation"),
    ("events-conversations", "Events & conversations"),
    ("sales-alignment", "Sales & revenue alignment"),
    ("commerce", "Commerce"),
    ("service-success", "Service, success & feedback"),
    ("measurement", "Measurement & insight"),
]
STAGES = [
    ("awareness", "Awareness"),
    ("consideration", "Consideration"),
    ("purchase", "Purchase"),
    ("onboarding", "Onboarding & use"),
    ("repurchase", "Retention & repurchase"),
    ("recommendation", "Advocacy"),
    ("enabling", "Enabling (cross-stage)"),
]
OBJECTS = [
    ("contact", "Contact / person", "yes", True),
    ("order", "Order", "yes", True),
    ("product", "Product / catalogue item", "no", True),
    ("consent", "Consent", "yes", True),
    ("behavioural-event", "Behavioural event", "pseudonymous", False),
    ("message-engagement", "Message engagement", "yes", False),
    ("ad-performance", "Ad performance", "no", False),
    ("conversion", "Conversion", "pseudonymous", False),
    ("ticket", "Support ticket", "yes", True),
    ("loyalty-transaction", "Loyalty transaction", "yes", True),
    ("review", "Review / rating", "low", False),
    ("survey-response", "Survey response", "yes", False),
]

# id | name | vendor | domain | column | capabilities (? = secondary, ! = unused) | data | owner | team | cost | scopes
TOOLS = """
shopify-eu|Shopify EU|Shopify|commerce|capture|ecommerce-storefront,transactional-messaging?,merchandising-promotions?|order:cs,contact:c,product:s,behavioural-event:c|Lena Vogt|ecommerce|46000|eu
shopify-us|Shopify US|Shopify|commerce|capture|ecommerce-storefront,transactional-messaging?|order:cs,contact:c,product:s|Lena Vogt|ecommerce|38000|us
netsuite|NetSuite|Oracle|commerce|record|payments-billing|order:s,product:s|Tom Adler|finance|120000|
hubspot|HubSpot|HubSpot|sales-alignment|record|crm,marketing-automation?,form-capture?,email-marketing!|contact:cs,ticket:s|Mia Chen|lifecycle|64000|
klaviyo|Klaviyo|Klaviyo|lifecycle-messaging|engage|email-marketing,sms-messaging,marketing-automation?,audience-segmentation?|contact:sa,message-engagement:cm,order:s|Mia Chen|lifecycle|48000|eu
mailchimp|Mailchimp|Intuit|lifecycle-messaging|engage|email-marketing,marketing-automation?|contact:csa,message-engagement:cm|-|lifecycle|14400|outlet
segment|Segment|Twilio|customer-data|integrate|event-collection,audience-activation?,profile-unification?|behavioural-event:c,contact:a|Ravi Patel|data|72000|
fivetran|Fivetran|Fivetran|data-integration|integrate|data-pipelines||Ravi Patel|data|30000|
zapier|Zapier|Zapier|data-integration|integrate|app-integration||?|marketing-ops|4800|
gtm|Google Tag Manager|Google|data-integration|integrate|tag-management||Ravi Patel|data|0|
snowflake|Snowflake|Snowflake|customer-data|record|data-warehouse|order:s,contact:s,behavioural-event:s,ad-performance:s,conversion:s,product:s|Ravi Patel|data|90000|
onetrust|OneTrust|OneTrust|privacy-trust|record|consent-management,preference-management|consent:cs|Ana Ruiz|legal|36000|
ga4|Google Analytics 4|Google|measurement|measure|web-analytics|behavioural-event:cm,conversion:m|Ravi Patel|data|0|
looker|Looker|Google|measurement|measure|dashboards-reporting|order:m,ad-performance:m,message-engagement:m|Ravi Patel|data|54000|
hotjar|Hotjar|Contentsquare|measurement|measure|experience-analytics,surveys-feedback?|behavioural-event:cm,survey-response:c|?|ux|7200|
google-ads|Google Ads|Google|paid-media|attract|paid-search,conversion-tracking?|ad-performance:c,conversion:m,contact:a|Jo Meyer|performance||
meta-ads|Meta Ads|Meta|paid-media|attract|paid-social,conversion-tracking?|ad-performance:c,conversion:m,contact:a|Jo Meyer|performance||
criteo|Criteo|Criteo|paid-media|attract|programmatic-display|ad-performance:c,product:a|?|performance||
awin|Awin|Awin|paid-media|attract|affiliate-marketing|conversion:m|-|performance|18000|
contentful|Contentful|Contentful|web-experience|engage|web-content-management|product:a|Lena Vogt|ecommerce|42000|
algolia|Algolia|Algolia|web-experience|engage|search-recommendations|product:sa,behavioural-event:a|Lena Vogt|ecommerce|26000|
optimizely|Optimizely|Optimizely|web-experience|engage|experimentation,personalization?|behavioural-event:a|?|ux|58000|
bynder|Bynder|Bynder|content-brand|record|digital-asset-management||Sofia Lang|brand|33000|
canva|Canva|Canva|content-brand|attract|creative-design||Sofia Lang|brand|3900|
sprout|Sprout Social|Sprout Social|social-community|engage|social-publishing,social-listening?||Sofia Lang|brand|21000|
zendesk|Zendesk|Zendesk|service-success|record|ticketing-helpdesk,live-chat-bots?|ticket:csa,contact:s|Ben Okafor|service|51000|
yotpo|Yotpo|Yotpo|social-community|capture|reviews-ugc,loyalty-program!|review:cs,contact:s|?|lifecycle|19000|
smile|Smile.io|Smile.io|social-community|capture|loyalty-program|loyalty-transaction:cs,contact:s|-|lifecycle|11900|us
typeform|Typeform|Typeform|service-success|capture|surveys-feedback,form-capture|survey-response:cs,contact:c|?|marketing-ops|2900|
asana|Asana|Asana|strategy-operations|other|work-management||Sofia Lang|marketing-ops|9600|
semrush|Semrush|Semrush|web-experience|attract|seo,market-intelligence?||Jo Meyer|performance|6200|
optimove|Universal Analytics|Google|measurement|measure|web-analytics|behavioural-event:c|?|data|0|
""".strip()

# id | from | to | direction | objects | method | every | status | owner | via
FLOWS = """
shop-eu-klaviyo|shopify-eu|klaviyo|>|contact,order|native-connector|near-real-time|live|Mia Chen|
shop-us-hubspot|shopify-us|hubspot|>|contact,order|ipaas|hourly|live|?|zapier
shop-eu-netsuite|shopify-eu|netsuite|<>|order,product|native-connector|hourly|live|Tom Adler|
shop-us-netsuite|shopify-us|netsuite|<>|order,product|native-connector|hourly|broken|Tom Adler|
hubspot-klaviyo|hubspot|klaviyo|<>|contact|native-connector|daily|live|Mia Chen|
shop-eu-hubspot|shopify-eu|hubspot|>|contact|native-connector|near-real-time|live|Mia Chen|
shop-eu-snowflake|shopify-eu|snowflake|>|order,product|etl-elt|daily|live|Ravi Patel|fivetran
netsuite-snowflake|netsuite|snowflake|>|order,product|etl-elt|daily|live|Ravi Patel|fivetran
segment-snowflake|segment|snowflake|>|behavioural-event|native-connector|hourly|live|Ravi Patel|
segment-klaviyo|segment|klaviyo|>|behavioural-event|native-connector|real-time|live|Ravi Patel|
segment-ga4|segment|ga4|>|behavioural-event,conversion|native-connector|real-time|live|Ravi Patel|
shop-eu-segment|shopify-eu|segment|>|behavioural-event|tag|real-time|live|Ravi Patel|gtm
snowflake-looker|snowflake|looker|>|order,ad-performance|native-connector|daily|live|Ravi Patel|
google-ads-snowflake|google-ads|snowflake|>|ad-performance|etl-elt|daily|live|Ravi Patel|fivetran
meta-ads-snowflake|meta-ads|snowflake|>|ad-performance|etl-elt|daily|live|Ravi Patel|fivetran
klaviyo-looker|klaviyo|looker|>|message-engagement|manual-export|manual|live|-|
hubspot-google-ads|hubspot|google-ads|>|contact|manual-export|manual|live|?|
ga4-google-ads|ga4|google-ads|>|conversion|native-connector|daily|live|Jo Meyer|
onetrust-gtm|onetrust|gtm|>|consent|tag|real-time|live|Ana Ruiz|
onetrust-klaviyo|onetrust|klaviyo|>|consent|webhook|near-real-time|live|Ana Ruiz|
zendesk-hubspot|zendesk|hubspot|<>|contact,ticket|native-connector|hourly|live|Ben Okafor|
netsuite-algolia|netsuite|algolia|>|product|rest-api|daily|live|Lena Vogt|
bynder-contentful|bynder|contentful|>||native-connector|daily|live|Sofia Lang|
netsuite-criteo|netsuite|criteo|>|product|sftp-file|daily|live|?|
yotpo-smile|yotpo|smile|<>|contact|native-connector|daily|live|?|
optimizely-segment|optimizely|segment|>|behavioural-event|native-connector|real-time|planned|?|
canva-bynder|canva|bynder|>||native-connector|daily|live|Sofia Lang|
hotjar-snowflake|hotjar|snowflake|-|||?|live|?|
""".strip()

METHODS = {
    "native-connector": ("Native (vendor-built) connector", True),
    "ipaas": ("iPaaS / automation platform", True),
    "etl-elt": ("ETL / ELT pipeline", True),
    "tag": ("Tag or SDK", True),
    "manual-export": ("Manual export and import", False),
    "webhook": ("Webhook / event callback", True),
    "rest-api": ("Custom API integration", True),
    "sftp-file": ("File transfer", True),
}
ROLES = {"c": "capture", "s": "store", "a": "activate", "m": "measure"}


def place(line: int, file: str = "tools.yaml") -> Place:
    """A place in the invented inventory."""
    return Place(file=file, line=line, column=3)


def owner(text: str) -> list[str] | None:
    """`?` is unknown, `-` a stated none."""
    return None if text in ("?", "") else [] if text == "-" else [text]


def make_tools() -> list[ToolEntry]:
    """The retailer's tools, as the audit sees them."""
    degree_out: dict[str, int] = {}
    degree_in: dict[str, int] = {}
    carried: dict[str, int] = {}
    joined: dict[str, set[str]] = {}
    for flow in make_flows():
        if not flow.live or not flow.source or not flow.target:
            continue
        ends = [(flow.source, flow.target)]
        if flow.direction != "one-way":
            ends.append((flow.target, flow.source))
        for a, b in ends:
            degree_out[a] = degree_out.get(a, 0) + 1
            degree_in[b] = degree_in.get(b, 0) + 1
        for carrier in flow.via or []:
            carried[carrier] = carried.get(carrier, 0) + 1
        joined.setdefault(flow.source, set()).add(flow.target)
        joined.setdefault(flow.target, set()).add(flow.source)
    small_island = {"yotpo", "smile"}
    tools = []
    for number, row in enumerate(TOOLS.splitlines()):
        tid, name, vendor, domain, column, caps, data, own, team, cost, scopes = row.split("|")
        provided = [
            Provided(
                capability=c.rstrip("?!"),
                strength="secondary"
                if c.endswith("?")
                else "unused"
                if c.endswith("!")
                else "primary",
                assumed=number % 3 == 0,
            )
            for c in caps.split(",")
            if c
        ]
        handled = [
            Handled(
                object=d.split(":")[0],
                roles=[ROLES[x] for x in d.split(":")[1]],
                assumed=number % 4 == 0,
            )  # type: ignore[misc]
            for d in data.split(",")
            if d
        ]
        known = ["name", "product"]
        for key, there in (
            ("owner", own != "?"),
            ("team", True),
            ("cost", cost != ""),
            ("data", number % 3 == 0),
            ("capabilities", number % 2 == 0),
            ("contract", number % 4 == 0),
            ("channels", number % 5 == 0),
            ("status", number % 3 != 1),
            ("seats", number % 6 == 0),
            ("privacy", number % 7 == 0),
        ):
            if there:
                known.append(key)
        connected = tid in joined or tid in carried
        tools.append(
            ToolEntry(
                id=tid,
                name=name,
                product=tid,
                product_name=name,
                product_how="name",
                vendor=vendor,
                status="retiring" if tid == "mailchimp" else "live",
                in_use=True,
                scopes=[scopes] if scopes else [],
                domain=domain,
                column=column,
                capabilities=provided,
                data=handled,
                channels=["email", "sms"]
                if tid == "klaviyo"
                else ["email"]
                if tid == "mailchimp"
                else None,
                owner=owner(own),
                team=team,
                used_by=[team],
                cost=Money(low=float(cost), high=float(cost)) if cost else None,
                seats_paid=25 if tid == "hubspot" else None,
                seats_active=9 if tid == "hubspot" else None,
                sends_to=degree_out.get(tid, 0),
                receives_from=degree_in.get(tid, 0),
                carries=carried.get(tid, 0),
                island=1 if tid in small_island else 0 if connected else 2 + number,
                known=known,
                notes="Migrates to Klaviyo when the outlet shop moves."
                if tid == "mailchimp"
                else None,
                place=place(12 + 14 * number),
            )
        )
    return tools


def make_flows() -> list[FlowEntry]:
    """The retailer's integrations, as the audit sees them."""
    flows = []
    for number, row in enumerate(FLOWS.splitlines()):
        fid, a, b, way, objects, method, every, status, own, via = row.split("|")
        name, automatic = METHODS.get(method, (None, None))
        flows.append(
            FlowEntry(
                id=fid,
                source=a,
                target=b,
                direction="both-ways" if way == "<>" else "unknown" if way == "-" else "one-way",
                objects=objects.split(",") if objects else None,
                method=method or None,
                method_name=name,
                automatic=automatic,
                every=None if every in ("?", "") else every,
                via=[via] if via else None,
                status=status,
                live=status == "live",
                owner=owner(own),
                last_verified=DAY - timedelta(days=9 * number) if number % 3 else None,
                place=place(4 + 9 * number, "integrations.yaml"),
            )
        )
    return flows


def capabilities(tools: list[ToolEntry], *, expected: bool = True) -> list[CapabilityEntry]:
    """Every capability of the catalogue with its providers."""
    rows = []
    for line in (HERE / "data" / "capabilities.txt").read_text("utf-8").splitlines():
        cid, name, domain, stages, wanted, plurality, definition = line.split("|")
        providers = [
            Provider(tool=t.id, strength=p.strength, assumed=p.assumed)
            for t in tools
            for p in t.capabilities
            if p.capability == cid
        ]
        there = any(p.strength != "unused" for p in providers)
        rows.append(
            CapabilityEntry(
                id=cid,
                name=name,
                domain=domain,
                definition=definition,
                stages=stages.split(","),
                expected=wanted if expected else None,  # type: ignore[arg-type]
                expected_by="profile" if expected else None,
                plurality=plurality,  # type: ignore[arg-type]
                providers=providers,
                missing_in=["all"]
                if expected and not there and wanted in ("must", "should")
                else [],
            )
        )
    return rows


def objects(
    tools: list[ToolEntry], flows: list[FlowEntry], record: dict[str, dict[str, list[str]]]
) -> list[ObjectEntry]:
    """The data objects with who captures, stores, activates and measures them."""

    def by(role: str, oid: str) -> list[str]:
        return [t.id for t in tools if any(h.object == oid and role in h.roles for h in t.data)]

    return [
        ObjectEntry(
            id=oid,
            name=name,
            definition=f"{name}, as the catalogue defines it.",
            personal=personal,  # type: ignore[arg-type]
            needs_record=needs,
            record=record.get(oid, {}),
            captured_by=by("capture", oid),
            stored_by=by("store", oid),
            activated_by=by("activate", oid),
            measured_by=by("measure", oid),
            flows=[f.id for f in flows if f.live and oid in (f.objects or [])],
            maybe_flows=[f.id for f in flows if f.live and f.objects is None],
        )
        for oid, name, personal, needs in OBJECTS
    ]


def finding(
    check: str,
    key: str,
    category: str,
    severity: str,
    sentence: str,
    subjects: list[tuple[str, str, str]],
    evidence: list[Evidence],
    **more: Any,
) -> Finding:
    """A finding from its parts."""
    more.setdefault("confidence", "confirmed")
    return Finding(
        id=f"{check}:{key}",
        check=check,
        key=key,
        category=category,  # type: ignore[arg-type]
        severity=severity,  # type: ignore[arg-type]
        sentence=sentence,
        subjects=[Subject(kind=k, id=i, name=n) for k, i, n in subjects],  # type: ignore[arg-type]
        evidence=evidence,
        **more,
    )


def make_actions() -> list[Action]:
    """What the retailer can do."""
    return [
        Action(
            id="repair:shop-us-netsuite",
            text="Repair the integration from Shopify US to NetSuite for orders",
            effort="small",
            settles=[
                "broken-integration:shop-us-netsuite",
                "trapped-data:shopify-us/order",
                "missing-flow:ecommerce-storefront/payments-billing/order/us",
            ],
            owner="Tom Adler",
            severity="high",
            when="now",
            tools=["shopify-us", "netsuite"],
        ),
        Action(
            id="notice:mailchimp",
            text="Give notice on Mailchimp and move the outlet list to Klaviyo",
            effort="medium",
            settles=["overlapping-tools:email-marketing/outlet", "renewal-deadline:mailchimp"],
            saving=Money(
                low=9000,
                high=14400,
                basis="Yearly cost of Mailchimp, less up to 5,400 for more Klaviyo profiles",
            ),
            saving_from=date(2027, 1, 31),
            deadline=date(2026, 12, 2),
            deadline_why="last day to give notice",
            owner=None,
            severity="medium",
            when="now",
            tools=["mailchimp", "klaviyo"],
        ),
        Action(
            id="connect:onetrust-mailchimp",
            text="Connect OneTrust to Mailchimp for consent, or stop sending from it",
            effort="medium",
            settles=["missing-flow:preference-management/email-marketing/consent/outlet"],
            owner="Ana Ruiz",
            severity="high",
            when="now",
            tools=["onetrust", "mailchimp"],
        ),
        Action(
            id="connect:smile-hubspot",
            text="Connect Smile.io to HubSpot for loyalty transactions",
            effort="medium",
            settles=["disconnected-island:smile+yotpo", "trapped-data:smile/loyalty-transaction"],
            owner=None,
            severity="medium",
            when="next",
            tools=["smile", "hubspot"],
        ),
        Action(
            id="automate:klaviyo-looker",
            text="Automate the export from Klaviyo to Looker",
            effort="small",
            settles=["manual-bridge:klaviyo/looker/message-engagement"],
            owner="Ravi Patel",
            severity="medium",
            when="next",
            tools=["klaviyo", "looker"],
        ),
        Action(
            id="owner:awin",
            text="Give Awin, Mailchimp and Smile.io an owner",
            effort="small",
            settles=["unowned:awin", "unowned:mailchimp", "unowned:smile"],
            severity="medium",
            when="next",
            tools=["awin", "mailchimp", "smile"],
        ),
        Action(
            id="add:product-feeds",
            text="Decide who provides product feeds and marketplaces",
            effort="large",
            settles=["missing-capability:product-feeds/all"],
            severity="high",
            when="later",
        ),
        Action(
            id="retire:universal-analytics",
            text="Remove Universal Analytics from the stack and its tags",
            effort="small",
            settles=["end-of-life-product:optimove"],
            severity="low",
            when="later",
            tools=["optimove"],
        ),
    ]


def make_findings() -> list[Finding]:
    """Findings of a dozen checks, confirmed, possible and accepted."""
    actions = {a.id: a for a in make_actions()}

    def said(text: str, line: int, quote: str, file: str = "integrations.yaml") -> Evidence:
        return Evidence(text=text, place=place(line, file), quote=quote)

    def assumed(text: str) -> Evidence:
        return Evidence(text=text, assumed=True)

    def possible_gap(cid: str, name: str) -> Finding:
        return finding(
            "missing-capability",
            f"{cid}/all",
            "gaps",
            "medium",
            f"No tool in use is recorded for {name.lower()}, which the profile says a B2C e-commerce company should have.",
            [("capability", cid, name)],
            [
                assumed(f"The profile B2C e-commerce marks {name.lower()} as should."),
                assumed("The list of tools is not stated to be complete."),
            ],
            confidence="possible",
            harmless_if="An agency or a tool that is not listed does this, or the company has decided against it.",
        )

    return [
        finding(
            "broken-integration",
            "shop-us-netsuite",
            "silos",
            "high",
            "The integration from Shopify US to NetSuite is broken, and orders and products depend on it.",
            [
                ("integration", "shop-us-netsuite", "Shopify US ↔ NetSuite"),
                ("tool", "shopify-us", "Shopify US"),
                ("tool", "netsuite", "NetSuite"),
            ],
            [said("The integration is stated to be broken.", 31, "status: broken")],
            scopes=["us"],
            harmless_if="Orders reach NetSuite another way that is not recorded.",
            action=actions["repair:shop-us-netsuite"],
            leads=[
                "trapped-data:shopify-us/order",
                "missing-flow:ecommerce-storefront/payments-billing/order/us",
            ],
            money=Money(
                low=40000, high=90000, basis="Orders re-keyed by hand: 1 to 2 hours a working day"
            ),
        ),
        finding(
            "trapped-data",
            "shopify-us/order",
            "silos",
            "high",
            "Orders captured in Shopify US do not reach NetSuite, their system of record.",
            [("tool", "shopify-us", "Shopify US"), ("object", "order", "Order")],
            [
                said(
                    "NetSuite is the system of record for orders.",
                    9,
                    "order: netsuite",
                    "company.yaml",
                ),
                said("The only route is broken.", 31, "status: broken"),
            ],
            led_by="broken-integration:shop-us-netsuite",
            action=actions["repair:shop-us-netsuite"],
            scopes=["us"],
        ),
        finding(
            "missing-flow",
            "ecommerce-storefront/payments-billing/order/us",
            "gaps",
            "high",
            "Orders do not flow from the US shop to payments and billing.",
            [
                ("capability", "ecommerce-storefront", "E-commerce storefront & orders"),
                ("capability", "payments-billing", "Payments & subscription billing"),
                ("object", "order", "Order"),
            ],
            [
                assumed("Expected of B2C e-commerce: must, near real time."),
                said("The only route is broken.", 31, "status: broken"),
            ],
            led_by="broken-integration:shop-us-netsuite",
            action=actions["repair:shop-us-netsuite"],
            scopes=["us"],
        ),
        finding(
            "missing-flow",
            "preference-management/email-marketing/consent/outlet",
            "gaps",
            "high",
            "Consent given or withdrawn in OneTrust does not reach Mailchimp, which sends email for the outlet.",
            [
                ("tool", "onetrust", "OneTrust"),
                ("tool", "mailchimp", "Mailchimp"),
                ("object", "consent", "Consent"),
            ],
            [
                said(
                    "OneTrust is the system of record for consent.",
                    11,
                    "consent: onetrust",
                    "company.yaml",
                ),
                said("Mailchimp sends email.", 82, "channels: [email]", "tools.yaml"),
                said(
                    "The integrations are stated to be complete.",
                    3,
                    "complete: [integrations]",
                    "company.yaml",
                ),
            ],
            scopes=["outlet"],
            harmless_if="Opt-outs are kept in Mailchimp alone and nobody withdraws elsewhere. A risk to check with counsel.",
            action=actions["connect:onetrust-mailchimp"],
            path=[
                Step(source="onetrust", target="klaviyo", over="onetrust-klaviyo", automatic=True)
            ],
        ),
        finding(
            "missing-capability",
            "product-feeds/all",
            "gaps",
            "high",
            "No tool in use provides product feeds and marketplaces, which a B2C e-commerce company must have.",
            [("capability", "product-feeds", "Product feeds & marketplaces")],
            [
                assumed("The profile B2C e-commerce marks product feeds as must."),
                said(
                    "The list of tools is stated to be complete.",
                    3,
                    "complete: [tools, integrations]",
                    "company.yaml",
                ),
            ],
            harmless_if="The shop platform's built-in feeds are used: write product-feeds under its capabilities.",
            action=actions["add:product-feeds"],
        ),
        possible_gap("direct-mail-print", "Direct mail & print"),
        possible_gap("referral-advocacy", "Referral & customer advocacy"),
        possible_gap("attribution", "Attribution & revenue reporting"),
        possible_gap("product-information", "Product information management"),
        possible_gap("video-hosting", "Video production & hosting"),
        finding(
            "overlapping-tools",
            "email-marketing/outlet",
            "redundancies",
            "medium",
            "Klaviyo and Mailchimp both do email marketing and marketing automation.",
            [
                ("tool", "klaviyo", "Klaviyo"),
                ("tool", "mailchimp", "Mailchimp"),
                ("capability", "email-marketing", "Email marketing"),
            ],
            [
                said(
                    "Klaviyo provides email marketing (primary).",
                    68,
                    "capabilities: [email-marketing, sms-messaging]",
                    "tools.yaml",
                ),
                said(
                    "Mailchimp provides email marketing (primary).",
                    82,
                    "capabilities: [email-marketing]",
                    "tools.yaml",
                ),
            ],
            scopes=["outlet"],
            money=Money(low=14400, high=14400, basis="Yearly cost of Mailchimp"),
            saving=Money(
                low=9000,
                high=14400,
                basis="Yearly cost of Mailchimp, less up to 5,400 for more Klaviyo profiles",
            ),
            harmless_if="The two serve audiences that must stay apart: say so with overlaps_on_purpose.",
            action=actions["notice:mailchimp"],
            details={
                "shared": ["email-marketing", "marketing-automation"],
                "only": {"klaviyo": ["sms-messaging", "audience-segmentation"], "mailchimp": []},
                "overlap": 1.0,
            },
        ),
        finding(
            "overlapping-tools",
            "web-analytics/all",
            "redundancies",
            "low",
            "Google Analytics 4 and Universal Analytics both do web and app analytics.",
            [("tool", "ga4", "Google Analytics 4"), ("tool", "optimove", "Universal Analytics")],
            [assumed("Both provide web analytics by the catalogue.")],
            confidence="possible",
            harmless_if="Universal Analytics is only an archive.",
            details={
                "shared": ["web-analytics"],
                "only": {"ga4": [], "optimove": []},
                "overlap": 1.0,
            },
            related=["end-of-life-product:optimove"],
        ),
        finding(
            "shadowed-by-suite",
            "typeform",
            "redundancies",
            "low",
            "Everything Typeform is used for is also offered by HubSpot, which the company already pays for.",
            [("tool", "typeform", "Typeform"), ("tool", "hubspot", "HubSpot")],
            [assumed("HubSpot offers forms by the catalogue.")],
            confidence="possible",
            saving=Money(low=0, high=2900, basis="Up to the yearly cost of Typeform"),
            harmless_if="Typeform's survey logic is needed.",
        ),
        finding(
            "disconnected-island",
            "smile+yotpo",
            "silos",
            "medium",
            "Smile.io and Yotpo exchange data with each other and with nothing else.",
            [("tool", "smile", "Smile.io"), ("tool", "yotpo", "Yotpo")],
            [
                said(
                    "The only recorded integration of the two.",
                    229,
                    "{from: yotpo, to: smile, direction: both-ways}",
                )
            ],
            action=actions["connect:smile-hubspot"],
            leads=["trapped-data:smile/loyalty-transaction"],
        ),
        finding(
            "trapped-data",
            "smile/loyalty-transaction",
            "silos",
            "medium",
            "Loyalty transactions captured in Smile.io reach no system of record.",
            [
                ("tool", "smile", "Smile.io"),
                ("object", "loyalty-transaction", "Loyalty transaction"),
            ],
            [
                assumed(
                    "No system of record is stated for loyalty transactions; the best-connected holder was used."
                )
            ],
            confidence="possible",
            led_by="disconnected-island:smile+yotpo",
            action=actions["connect:smile-hubspot"],
        ),
        finding(
            "no-system-of-record",
            "product/all",
            "silos",
            "medium",
            "Five tools store product data and none is stated to be its system of record.",
            [("object", "product", "Product / catalogue item")],
            [
                said(
                    "NetSuite, Shopify EU, Shopify US, Snowflake and Algolia store it.",
                    40,
                    "data: {order: store, product: store}",
                    "tools.yaml",
                )
            ],
            confidence="possible",
            harmless_if="Everybody knows it is NetSuite: write systems_of_record: {product: netsuite}.",
        ),
        finding(
            "blind-tool",
            "meta-ads/contact",
            "silos",
            "medium",
            "Meta Ads targets people, but contacts do not reach it from HubSpot.",
            [("tool", "meta-ads", "Meta Ads"), ("object", "contact", "Contact / person")],
            [
                said(
                    "HubSpot is the system of record for contacts.",
                    8,
                    "contact: hubspot",
                    "company.yaml",
                ),
                assumed("Meta Ads activates contacts by the catalogue."),
            ],
            confidence="possible",
            harmless_if="Meta Ads is used without customer lists.",
        ),
        finding(
            "manual-bridge",
            "klaviyo/looker/message-engagement",
            "silos",
            "medium",
            "Message engagement reaches Looker from Klaviyo only by hand.",
            [
                ("tool", "klaviyo", "Klaviyo"),
                ("tool", "looker", "Looker"),
                ("object", "message-engagement", "Message engagement"),
            ],
            [said("The integration is a manual export.", 139, "method: manual-export")],
            action=actions["automate:klaviyo-looker"],
        ),
        *[
            finding(
                "unowned",
                tid,
                "resilience",
                "medium",
                f"{name} has no owner.",
                [("tool", tid, name)],
                [said("The inventory says so.", line, "owner: none", "tools.yaml")],
                action=actions["owner:awin"],
            )
            for tid, name, line in (
                ("awin", "Awin", 268),
                ("mailchimp", "Mailchimp", 86),
                ("smile", "Smile.io", 394),
            )
        ],
        finding(
            "end-of-life-product",
            "optimove",
            "resilience",
            "low",
            "Universal Analytics was switched off by its vendor on 2024-07-01; its successor is Google Analytics 4.",
            [("tool", "optimove", "Universal Analytics")],
            [Evidence(text="Retired on 2024-07-01 by the catalogue (seen).", assumed=True)],
            confidence="possible",
            action=actions["retire:universal-analytics"],
        ),
        finding(
            "renewal-deadline",
            "mailchimp",
            "spend",
            "medium",
            "The Mailchimp contract renews by itself; notice must be given by 2026-12-02, in 31 days.",
            [("contract", "mailchimp", "Mailchimp"), ("tool", "mailchimp", "Mailchimp")],
            [
                said(
                    "Ends 2027-01-31 with 60 days' notice.",
                    90,
                    "contract: {ends: 2027-01-31, notice_days: 60}",
                    "tools.yaml",
                )
            ],
            money=Money(low=14400, high=14400, basis="Yearly cost of the contract"),
            action=actions["notice:mailchimp"],
            related=["overlapping-tools:email-marketing/outlet"],
        ),
        finding(
            "renewal-deadline",
            "optimizely",
            "spend",
            "info",
            "The Optimizely contract ends by itself on 2027-02-28.",
            [("contract", "optimizely", "Optimizely"), ("tool", "optimizely", "Optimizely")],
            [said("It does not renew by itself.", 308, "auto_renews: no", "tools.yaml")],
        ),
        finding(
            "duplicate-product",
            "shopify",
            "redundancies",
            "info",
            "Shopify is bought twice, for the EU and for the US; negotiate the two together.",
            [
                ("product", "shopify", "Shopify"),
                ("tool", "shopify-eu", "Shopify EU"),
                ("tool", "shopify-us", "Shopify US"),
            ],
            [said("Two tools of one product.", 12, "name: Shopify EU", "tools.yaml")],
            accepted=Acceptance(
                because="Two legal entities",
                by="Lena Vogt",
                until=date(2027, 6, 30),
                ticket="MOPS-214",
                place=place(4, "accepted.yaml"),
            ),
        ),
    ]


CHECKS = [
    ("missing-capability", "Missing capabilities", "gaps", "capabilities", 58),
    ("missing-flow", "Missing flows", "gaps", "expected flows", 34),
    ("duplicate-product", "Products bought twice", "redundancies", "products", 31),
    ("overlapping-tools", "Tools that do the same job", "redundancies", "capabilities", 42),
    ("shadowed-by-suite", "Tools a suite already covers", "redundancies", "tools", 29),
    ("no-system-of-record", "Objects without a system of record", "silos", "objects", 6),
    ("trapped-data", "Data that never reaches its record", "silos", "tool × object", 38),
    ("blind-tool", "Tools that act without the record", "silos", "tool × object", 19),
    ("disconnected-island", "Tools cut off from the rest", "silos", "tools", 32),
    ("manual-bridge", "Needed flows that exist only by hand", "silos", "needed flows", 34),
    ("broken-integration", "Broken integrations", "silos", "integrations", 28),
    (
        "unowned",
        "Tools and integrations without an owner",
        "resilience",
        "tools and integrations",
        60,
    ),
    ("end-of-life-product", "Products at the end of their life", "resilience", "tools", 32),
    ("renewal-deadline", "Contracts about to renew", "spend", "contracts", 9),
]


def make_checks(findings: list[Finding]) -> list[CheckResult]:
    """What every check looked at; one of them failed to run."""
    rows = []
    for cid, title, category, what, examined in CHECKS:
        mine = [f for f in findings if f.check == cid]
        open_ = [f for f in mine if f.accepted is None]
        rows.append(
            CheckResult(
                id=cid,
                title=title,
                category=category,  # type: ignore[arg-type]
                status="fail" if mine else "unknown" if cid == "blind-tool" else "pass",
                examined=examined,
                examined_what=what,
                confirmed=sum(f.confidence == "confirmed" for f in open_),
                possible=sum(f.confidence == "possible" for f in open_),
                unknown=3 if cid in ("missing-flow", "unowned", "blind-tool") else 0,
                accepted=len(mine) - len(open_),
                thresholds={"days_ahead": 90} if cid == "renewal-deadline" else {},
                summary=f"{title}: what it finds, in one sentence.",
                why="Because work built on it fails quietly, and nobody sees it until a campaign goes out.",
                false_positives="An agency that is not listed.",
            )
        )
    rows.append(
        CheckResult(
            id="seasonal-readiness",
            title="Ready for the season",
            category="gaps",
            status="error",
            examined=0,
            error="KeyError: 'peak_week'",
            origin="northwind-checks",
        )
    )
    return rows


def make_contracts(tools: list[ToolEntry]) -> list[ContractEntry]:
    """Contracts of the next year, and one past it."""
    rows = []
    for tid, ends, notice, renews in (
        ("mailchimp", date(2027, 1, 31), 60, True),
        ("klaviyo", date(2027, 3, 1), 60, True),
        ("optimizely", date(2027, 2, 28), 30, False),
        ("hubspot", date(2027, 6, 30), 90, True),
        ("netsuite", date(2027, 12, 31), 180, True),
        ("onetrust", date(2027, 4, 15), None, True),
        ("zendesk", date(2027, 9, 1), 30, True),
        ("bynder", date(2026, 12, 31), 90, True),
        ("segment", date(2028, 1, 1), 90, True),
    ):
        tool = next(t for t in tools if t.id == tid)
        rows.append(
            ContractEntry(
                id=tid,
                vendor=tool.vendor,
                tools=[tid],
                cost=tool.cost,
                ends=ends,
                notice_days=notice,
                notice_day=ends - timedelta(days=notice) if notice is not None else None,
                auto_renews=renews,
                place=place(200, "tools.yaml"),
            )
        )
    return rows


def make_demands() -> list[Demand]:
    """Needed flows and whether they are served."""

    def step(a: str, b: str, over: str, automatic: bool = True) -> Step:
        return Step(source=a, target=b, over=over, automatic=automatic)

    return [
        Demand(
            id="ecommerce-storefront/payments-billing/order/us",
            kind="expected",
            source="ecommerce-storefront",
            target="payments-billing",
            object="order",
            scope="us",
            strength="must",
            why="Revenue recognition",
            served="broken",
            path=[step("shopify-us", "netsuite", "shop-us-netsuite")],
        ),
        Demand(
            id="ecommerce-storefront/payments-billing/order/eu",
            kind="expected",
            source="ecommerce-storefront",
            target="payments-billing",
            object="order",
            scope="eu",
            strength="must",
            why="Revenue recognition",
            served="automatic",
            path=[step("shopify-eu", "netsuite", "shop-eu-netsuite")],
        ),
        Demand(
            id="preference-management/email-marketing/consent/outlet",
            kind="expected",
            source="preference-management",
            target="email-marketing",
            object="consent",
            scope="outlet",
            strength="must",
            why="Permission must travel with the record",
            served="no",
        ),
        Demand(
            id="preference-management/email-marketing/consent/eu",
            kind="expected",
            source="preference-management",
            target="email-marketing",
            object="consent",
            scope="eu",
            strength="must",
            why="Permission must travel with the record",
            served="automatic",
            path=[step("onetrust", "klaviyo", "onetrust-klaviyo")],
        ),
        Demand(
            id="ecommerce-storefront/data-warehouse/order/all",
            kind="expected",
            source="ecommerce-storefront",
            target="data-warehouse",
            object="order",
            scope="all",
            strength="should",
            why="One view of revenue",
            served="automatic",
            path=[
                step("shopify-eu", "netsuite", "shop-eu-netsuite"),
                step("netsuite", "snowflake", "netsuite-snowflake"),
            ],
        ),
        Demand(
            id="email-marketing/dashboards-reporting/message-engagement/all",
            kind="expected",
            source="email-marketing",
            target="dashboards-reporting",
            object="message-engagement",
            scope="all",
            strength="should",
            why="Results where decisions are made",
            served="manual",
            path=[step("klaviyo", "looker", "klaviyo-looker", False)],
        ),
        Demand(
            id="paid-search/data-warehouse/ad-performance/all",
            kind="expected",
            source="paid-search",
            target="data-warehouse",
            object="ad-performance",
            scope="all",
            strength="should",
            why="Cost and outcome side by side",
            served="automatic",
            path=[step("google-ads", "snowflake", "google-ads-snowflake")],
        ),
        Demand(
            id="reviews-ugc/crm/review/all",
            kind="expected",
            source="reviews-ugc",
            target="crm",
            object="review",
            scope="all",
            strength="should",
            why="Service sees what customers say",
            served="unknown",
        ),
        Demand(
            id="repeat-purchase/1",
            kind="hand-over",
            source="ecommerce-storefront",
            target="crm",
            object="contact",
            scope="all",
            strength="must",
            process="repeat-purchase",
            served="automatic",
            path=[step("shopify-eu", "hubspot", "shop-eu-hubspot")],
        ),
        Demand(
            id="repeat-purchase/2",
            kind="hand-over",
            source="crm",
            target="loyalty-program",
            object="contact",
            scope="all",
            strength="must",
            process="repeat-purchase",
            served="no",
        ),
        Demand(
            id="repeat-purchase/3",
            kind="hand-over",
            source="loyalty-program",
            target="email-marketing",
            object="contact",
            scope="all",
            strength="must",
            process="repeat-purchase",
            served="no",
        ),
    ]


def area_counts(findings: list[Finding]) -> list[AreaCount]:
    """Open findings of every area."""
    rows = []
    for category in ("gaps", "redundancies", "silos", "resilience", "spend", "trust"):
        mine = [f for f in findings if f.category == category]
        open_ = [f for f in mine if f.accepted is None]
        rows.append(
            AreaCount(
                category=category,  # type: ignore[arg-type]
                high=sum(f.severity == "high" for f in open_),
                medium=sum(f.severity == "medium" for f in open_),
                low=sum(f.severity == "low" for f in open_),
                info=sum(f.severity == "info" for f in open_),
                possible=sum(f.confidence == "possible" for f in open_),
                accepted=len(mine) - len(open_),
            )
        )
    return rows


def spend(tools: list[ToolEntry]) -> Spend:
    """The known cost, by domain."""
    by_domain: dict[str, float] = {}
    for tool in tools:
        if tool.cost and tool.domain:
            by_domain[tool.domain] = by_domain.get(tool.domain, 0.0) + tool.cost.high
    total = sum(by_domain.values())
    return Spend(
        total=Money(low=total, high=total, basis="Sum of the yearly costs stated for tools in use")
        if total
        else None,
        known_for=sum(t.cost is not None for t in tools),
        of=len(tools),
        by_domain={d: Money(low=v, high=v) for d, v in sorted(by_domain.items()) if v},
    )


def judged() -> dict[str, Any]:
    """What is worked out of the stack: permission, losses, funds, repairs and scores."""

    def sender(tool: str, channel: str, scope: str, served: str, **more: Any) -> SenderEntry:
        return SenderEntry(
            **{
                "tool": tool, "channel": channel, "channel_name": channel.title(), "scope": scope,
                "assumed": False, "transactional": False, "object": "consent",
                "record": ["onetrust"], "record_declared": True, "served": served, **more,
            }
        )  # fmt: skip

    way = [Step(source="onetrust", target="klaviyo", over="onetrust-klaviyo", automatic=True)]
    kinds = [
        ("tool", "hubspot", 4, 2),
        ("vendor", "google", 3, 2),
        ("integration", "fivetran", 2, 0),
    ]
    flows = [
        "ecommerce-storefront/payments-billing/order/eu",
        "preference-management/email-marketing/consent/eu",
        "ecommerce-storefront/data-warehouse/order/all",
        "paid-search/data-warehouse/ad-performance/all",
    ]
    return {
        "senders": [
            sender("google-ads", "ads", "eu", "automatic", gated_by="onetrust"),
            sender("klaviyo", "email", "eu", "automatic", path=way, delay_minutes=15),
            sender("klaviyo", "email", "us", "automatic", path=way, delay_minutes=15),
            sender("mailchimp", "email", "outlet", "no"),
            sender("sprout", "social", "all", "unknown", assumed=True),
            sender("zendesk", "chat", "all", "no", transactional=True),
            sender("zendesk", "email", "all", "no", transactional=True),
        ],
        "falls": [
            Fall(kind=k, id=i, name=i.title(), falls=flows[:n], must=m, between=1)  # type: ignore[arg-type]
            for k, i, n, m in kinds
        ]
        + [
            Fall(kind="person", id="ana", name="Ana Ruiz", falls=[], must=0, between=0, keeps=["segment", "snowflake"])
        ],
        "funds": Funds(
            low=4000,
            high=9000,
            steps=[
                FundsStep(from_day=date(2027, 2, 1), low=4000, high=6000, findings=["shadowed-by-suite:typeform"]),
                FundsStep(from_day=None, low=4000, high=9000, findings=["overlapping-tools:email-marketing/outlet"]),
            ],
            possible_high=1200,
            formula="sum of the savings of confirmed, open findings",
        ),
        "repairs": [
            Repair(
                rank=1, kind="repair", source="shopify-us", target="netsuite",
                integration="shop-us-netsuite", objects=["order"],
                settles=["broken-integration:shop-us-netsuite", "trapped-data:shopify-us/order"],
                settled_so_far=2, of=4, text="Repair the integration Shopify US → NetSuite",
            ),
            Repair(
                rank=2, kind="connect", source="onetrust", target="mailchimp", objects=["consent"],
                settles=["missing-flow:preference-management/email-marketing/consent/outlet"],
                settled_so_far=3, of=4, text="Connect OneTrust to Mailchimp for consent records",
            ),
        ],
        "scores": [
            AreaScore(category="gaps", low=70, high=84, examined=60, unknown=2, weights={"missing-capability": 3.0}, formula="100 x share that is sound"),
            AreaScore(category="trust", low=None, high=None, examined=3, unknown=4, why="too little is known"),
        ],
        "quality": Quality(completeness=70, formula="100 x weighted share that is known"),
    }  # fmt: skip


def retailer() -> AuditResult:
    """Northwind Outfitters: thirty-odd tools and something of everything."""
    tools, flows, findings = make_tools(), make_flows(), make_findings()
    no_data = [t for t in tools if not (t.sends_to or t.receives_from or t.carries)]
    return AuditResult(
        version="0.1.0",
        company=Company(
            name="Northwind Outfitters",
            profile="b2c-ecommerce",
            profile_name="B2C e-commerce",
            currency="EUR",
            scopes=["eu", "us", "outlet"],
            complete=["integrations"],
            size="mid",
        ),
        as_of=DAY,
        as_of_from="inventory",
        files=[
            SourceFile(name=n, sha256=h * 8)
            for n, h in (
                ("company.yaml", "1f2e3d4c"),
                ("integrations.yaml", "0a9b8c7d"),
                ("tools.yaml", "5566aabb"),
            )
        ],
        inventory_hash="c0ffee12" * 8,
        summary=Summary(
            headline="A broken link keeps US orders out of NetSuite, and outlet emails are sent without consent data.",
            so_what=[
                "Every US order is re-keyed or missing from revenue, and every outlet email is a consent risk to check with counsel.",
                "Two repairs and one cancelled contract settle 7 of the 15 confirmed findings.",
            ],
            good="Orders, products and ad results of the EU business reach the warehouse every day without a hand on them.",
            completeness="Owners are known for 23 of 32 tools, costs for 29; what data each tool holds is written for 11. "
            "The tool list is not stated to be complete.",
            tiles=[
                Tile(
                    id="gaps",
                    value=3,
                    unit="findings",
                    text="3",
                    label="confirmed gaps",
                    coverage="of 58 capabilities and 34 flows looked at; 5 more possible",
                    tone="bad",
                ),
                Tile(
                    id="redundancies",
                    value=1,
                    unit="findings",
                    text="1",
                    label="confirmed overlap",
                    coverage="of 42 capabilities looked at; 2 more possible",
                    tone="warn",
                ),
                Tile(
                    id="silos",
                    value=4,
                    unit="findings",
                    text="4",
                    label="confirmed silos",
                    coverage="in 38 places where data is held",
                    tone="bad",
                ),
                Tile(
                    id="unconnected",
                    value=len(no_data),
                    unit="tools",
                    text=f"{len(no_data)} of {len(tools)}",
                    label="tools exchange no data",
                    coverage="by the integrations recorded",
                    tone="warn",
                ),
                Tile(
                    id="spend",
                    value=spend(tools).total.high,
                    unit="EUR a year",
                    text="€933k",
                    label="known cost a year",
                    coverage="known for 29 of 32 tools",
                    tone="neutral",
                ),  # type: ignore[union-attr]
                Tile(
                    id="saving",
                    value=14400,
                    unit="EUR a year",
                    text="up to €14k",
                    label="to be saved a year",
                    coverage="from 2027-01-31; costs known for 29 of 32",
                    tone="good",
                ),
            ],
            first_actions=[
                "repair:shop-us-netsuite",
                "connect:onetrust-mailchimp",
                "notice:mailchimp",
                "connect:smile-hubspot",
                "automate:klaviyo-looker",
            ],
        ),
        answers=[
            Answer(
                id="activities-analysed",
                question="Have the activities and processes been analysed?",
                answer="partly",
                done=31,
                of=46,
                text="31 of 46 required activities were reviewed within twelve months.",
                missing=[
                    "Product feeds & marketplaces: no tool",
                    "Repeat purchase: never reviewed",
                ],
            ),
            Answer(
                id="technologies-examined",
                question="Have the technologies been examined recently?",
                answer="no",
                done=4,
                of=32,
                text="4 of 32 tools in use were reviewed within twelve months.",
                missing=["Mailchimp", "Smile.io", "and 26 more"],
            ),
            Answer(
                id="support-integrated",
                question="Do the technologies give integrated support?",
                answer="partly",
                done=21,
                of=34,
                text="21 of 34 needed flows run without a hand on them.",
                missing=[
                    "Orders from the US shop to billing: broken",
                    "Consent to Mailchimp: no integration is recorded",
                ],
            ),
        ],
        areas=area_counts(findings),
        **judged(),
        findings=findings,
        actions=make_actions(),
        questions=[
            Question(
                id="complete:tools",
                text="Is the list of tools complete? If so, write complete: [tools].",
                asked_of="Marketing operations",
                settles=["missing-capability"],
                weight=5,
            ),
            Question(
                id="record:product",
                text="Which tool is the system of record for product data?",
                subjects=[Subject(kind="object", id="product", name="Product / catalogue item")],
                settles=["no-system-of-record:product/all"],
                weight=4,
            ),
            Question(
                id="owner:zapier",
                text="Who owns Zapier? It carries an integration that orders depend on.",
                subjects=[Subject(kind="tool", id="zapier", name="Zapier")],
                asked_of="marketing-ops",
                settles=["unowned:zapier"],
                weight=2,
            ),
            Question(
                id="objects:bynder-contentful",
                text="What does the integration from Bynder to Contentful carry?",
                subjects=[
                    Subject(kind="integration", id="bynder-contentful", name="Bynder → Contentful")
                ],
                settles=["missing-flow"],
                weight=1,
            ),
        ],
        checks=make_checks(findings),
        tools=tools,
        integrations=flows,
        contracts=make_contracts(tools),
        capabilities=capabilities(tools),
        objects=objects(
            tools,
            flows,
            {
                "contact": {"all": ["hubspot"]},
                "order": {"all": ["netsuite"]},
                "consent": {"all": ["onetrust"]},
                "ticket": {"all": ["zendesk"]},
            },
        ),
        demands=make_demands(),
        processes=[
            ProcessEntry(
                id="repeat-purchase",
                name="Repeat purchase",
                carries="contact",
                steps=["ecommerce-storefront", "crm", "loyalty-program", "email-marketing"],
                declared=True,
                owner=["Mia Chen"],
                demands=["repeat-purchase/1", "repeat-purchase/2", "repeat-purchase/3"],
                place=place(3, "processes.yaml"),
            ),
        ],
        journey=[
            JourneyStage(id="awareness", name="Awareness", carries="behavioural-event"),
            JourneyStage(id="consideration", name="Consideration", carries="contact"),
            JourneyStage(id="purchase", name="Purchase", carries="order"),
            JourneyStage(id="onboarding", name="Onboarding & use", carries="order"),
            JourneyStage(id="repurchase", name="Retention & repurchase", carries="contact"),
            JourneyStage(id="recommendation", name="Advocacy", carries=None),
        ],
        domains=[Named(id=i, name=n) for i, n in DOMAINS],
        stages=[Named(id=i, name=n) for i, n in STAGES],
        teams=[
            Named(id=i, name=n)
            for i, n in (
                ("brand", "Brand"),
                ("data", "Data"),
                ("ecommerce", "E-commerce"),
                ("finance", "Finance"),
                ("legal", "Legal"),
                ("lifecycle", "Lifecycle & CRM"),
                ("marketing-ops", "Marketing operations"),
                ("performance", "Performance marketing"),
                ("service", "Customer service"),
                ("ux", "UX"),
            )
        ],
        spend=spend(tools),
        out_of_scope=[
            Left(
                name="Office printer portal", because="not marketing", place=place(3, "scope.yaml")
            )
        ],
        accepted_unmatched=[
            Left(
                name="overlapping-tools: sms-*",
                because="migration",
                place=place(14, "accepted.yaml"),
            )
        ],
        accepted_lapsed=[
            Left(
                name="unowned: mailchimp",
                because="until the reorganisation, 2026-09-30",
                place=place(20, "accepted.yaml"),
            )
        ],
        notes=[
            Note(
                code="W012",
                text="The integration shop-us-hubspot is carried by Zapier, which has no owner recorded.",
                place=place(13, "integrations.yaml"),
            )
        ],
    )


def sparse() -> AuditResult:
    """A company that only wrote down the names of its tools."""
    full = retailer()
    tools = [
        t.model_copy(
            update={
                "owner": None,
                "team": None,
                "used_by": None,
                "cost": None,
                "known": ["name"],
                "seats_paid": None,
                "seats_active": None,
                "channels": None,
                "sends_to": 0,
                "receives_from": 0,
                "carries": 0,
                "island": n,
                "notes": None,
                "status": "live",
                "scopes": [],
                "capabilities": [p.model_copy(update={"assumed": True}) for p in t.capabilities],
                "data": [h.model_copy(update={"assumed": True}) for h in t.data],
            }
        )
        for n, t in enumerate(full.tools[:20])
    ]
    caps = capabilities(tools)
    findings = [
        finding(
            "missing-capability",
            f"{c.id}/all",
            "gaps",
            "high" if c.expected == "must" else "medium",
            f"No tool in use is recorded for {c.name[0].lower() + c.name[1:]}.",
            [("capability", c.id, c.name)],
            [
                Evidence(text=f"The profile marks it as {c.expected}.", assumed=True),
                Evidence(text="The list of tools is not stated to be complete.", assumed=True),
            ],
            confidence="possible",
            harmless_if="A tool or an agency that is not listed does it.",
        )
        for c in caps
        if c.missing_in
    ]
    findings.sort(key=lambda f: (f.severity != "high", f.key))
    return full.model_copy(
        update={
            "senders": [],
            "falls": [],
            "funds": None,
            "repairs": [],
            "scores": [],
            "company": full.company.model_copy(
                update={"scopes": [], "complete": None, "currency": None}
            ),
            "summary": Summary(
                headline="The inventory names 20 tools; nothing can be confirmed until it says how they are connected.",
                so_what=[
                    "No integration is recorded, so silos cannot be judged.",
                    "Three questions would settle most of what is open.",
                ],
                good="",
                completeness="Names only: no owner, cost, integration or data is written down yet.",
                tiles=[
                    Tile(
                        id="tools",
                        value=20,
                        unit="tools",
                        text="20",
                        label="tools listed",
                        coverage="the list is not stated to be complete",
                    ),
                    Tile(
                        id="gaps",
                        value=0,
                        unit="findings",
                        text="0",
                        label="confirmed gaps",
                        coverage=f"{len(findings)} possible, of 58 capabilities looked at",
                        tone="neutral",
                    ),
                ],
                first_actions=[],
            ),
            "answers": [
                a.model_copy(
                    update={
                        "answer": "unknown",
                        "done": 0,
                        "of": 0,
                        "text": "Not known: nothing is recorded.",
                        "missing": [],
                    }
                )
                for a in full.answers
            ],
            "areas": area_counts(findings),
            "findings": findings,
            "actions": [],
            "checks": make_checks(findings),
            "tools": tools,
            "integrations": [],
            "contracts": [],
            "capabilities": caps,
            "objects": objects(tools, [], {}),
            "demands": [],
            "processes": [],
            "teams": [],
            "spend": Spend(total=None, known_for=0, of=20),
            "out_of_scope": [],
            "accepted_unmatched": [],
            "accepted_lapsed": [],
            "notes": [],
        }
    )


def bare(tools: int = 0) -> AuditResult:
    """No profile, no findings, no integrations, no cost, and as few tools as asked for."""
    few = sparse()
    kept = list(few.tools[:tools])
    return few.model_copy(
        update={
            "company": Company(name="Contoso", profile=None, currency=None),
            "summary": Summary(
                headline=f"The inventory names {tools} tools and nothing was found.",
                so_what=[],
                good="",
                completeness="",
                tiles=[],
                first_actions=[],
            ),
            "answers": [],
            "areas": [],
            "findings": [],
            "questions": [],
            "checks": [],
            "tools": kept,
            "capabilities": [c for c in capabilities(kept, expected=False) if c.providers],
            "objects": [],
            "journey": [],
            "spend": Spend(total=None, known_for=0, of=tools),
            "files": [SourceFile(name="contoso.yaml", sha256="ab" * 32)],
        }
    )


def scaled(count: int) -> AuditResult:
    """A stack of `count` tools: the retailer's, over and over, with the integrations and findings that come with them."""
    full = retailer()
    tools: list[ToolEntry] = []
    flows: list[FlowEntry] = []
    findings: list[Finding] = []
    round_ = 0
    while len(tools) < count:
        end = f"-{round_}" if round_ else ""
        ids = {t.id for t in full.tools}
        new = [
            t.model_copy(
                update={"id": t.id + end, "name": t.name + (f" {round_}" if round_ else "")}
            )
            for t in full.tools
        ]
        tools += new[: count - len(tools)]
        kept = {t.id for t in tools}
        for f in full.integrations:
            if f"{f.source}{end}" in kept and f"{f.target}{end}" in kept:
                via = [v + end for v in f.via if v + end in kept] if f.via else f.via
                flows.append(
                    f.model_copy(
                        update={
                            "id": f.id + end,
                            "source": f"{f.source}{end}",
                            "target": f"{f.target}{end}",
                            "via": via or None,
                        }
                    )
                )
        for g in full.findings:
            subjects = [
                s.model_copy(update={"id": s.id + end}) if s.id in ids and s.kind == "tool" else s
                for s in g.subjects
            ]
            if any(s.kind == "tool" and s.id not in kept for s in subjects):
                continue
            findings.append(
                g.model_copy(
                    update={
                        "id": g.id + end,
                        "key": g.key + end,
                        "subjects": subjects,
                        "led_by": None,
                        "leads": [],
                        "related": [],
                        "action": None,
                    }
                )
            )
        round_ += 1
    caps = capabilities(tools)
    return full.model_copy(
        update={
            "tools": tools,
            "integrations": flows,
            "findings": findings,
            "capabilities": caps,
            "objects": objects(tools, flows, {}),
            "areas": area_counts(findings),
            "checks": make_checks(findings),
            "contracts": [],
            "spend": spend(tools),
        }
    )


LONG = (
    "Zentralisierte Kundenbeziehungsverwaltungsplattform für Österreich und die Schweiz",
    "DonaudampfschifffahrtsgesellschaftskapitänsnewsletterversandsystemWienNeu123456",
    "客户关系管理系统（亚太地区统一版本）营销自动化平台",
    "منصة إدارة علاقات العملاء والتسويق الآلي الموحدة",
    "🚀 Growth Rocket 📈 Automation Suite 🎯 for everybody",
    "x" * 80,
    'Ünïçødé <b>Mailer</b> & Söhne "Pro" for the whole of the company',
    "A",
)
"""Names that are long, have no spaces, or are of other scripts; one is short."""


def long_names(count: int) -> AuditResult:
    """A stack of `count` tools, most of them with a name that does not fit."""
    result = scaled(count)
    tools = [
        t.model_copy(update={"name": f"{LONG[i % len(LONG)]} {i // len(LONG)}".removesuffix(" 0")})
        for i, t in enumerate(result.tools)
    ]
    return result.model_copy(update={"tools": tools})
