"""Which product a custom template is for: by its place in the gallery, its name, its addresses.

A template names where it may load scripts from and send to in its permissions ("Custom template
permissions", developers.google.com/tag-platform/tag-manager/templates/permissions): one without any
of those sends nothing anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.gtm.code import look
from stackaudit.importers.gtm.shape import Template
from stackaudit.importers.gtm.vendors import is_library, vendor_of

_SENDS_WORDS: Final = """
    send_http send_pixel inject_script inject_hidden_iframe send_message access_bigquery
    access_firestore use_google_credentials access_globals get_google_script
    send_pixel_from_browser
"""
_SENDS: Final = frozenset(_SENDS_WORDS.split())
_CALLS: Final = re.compile(
    r"\b(?:injectScript|sendPixel|sendHttpRequest|sendHttpGet|injectHiddenIframe|copyFromWindow"
    r"|callInWindow|setInWindow|BigQuery|Firestore)\b"
)
_NAMES: Final = tuple(
    (product, re.compile(pattern))
    for product, pattern in (
        ("cookiebot", r"cookiebot"),
        ("onetrust", r"onetrust|cookiepro|optanon"),
        ("usercentrics", r"usercentrics"),
        ("didomi", r"didomi"),
        ("cookieyes", r"cookieyes|cookie-?law-?info"),
        ("axeptio", r"axeptio"),
        ("iubenda", r"iubenda"),
        ("consentmanager", r"consentmanager|consent manager cmp"),
        ("complianz", r"complianz|really-simple-plugins"),
        ("borlabs-cookie", r"borlabs"),
        ("termly", r"termly"),
        ("osano", r"osano"),
        ("trustarc", r"trustarc|truste\b"),
        ("sourcepoint", r"sourcepoint"),
        ("inmobi-cmp", r"inmobi|quantcast choice"),
        ("ketch", r"\bketch"),
        ("transcend", r"transcend"),
        ("securiti", r"securiti"),
        ("fides", r"\bfides\b|ethyca"),
        ("= Cookie Script", r"cookie-?script"),
        ("= CookieFirst", r"cookiefirst"),
        ("= CookieHub", r"cookiehub"),
        ("= Civic Cookie Control", r"civic.?(?:uk)?.?cookie"),
        ("= Cookie Information", r"cookie ?information|cookieinformation"),
        ("= Enzuzo", r"enzuzo"),
        ("= Pandectes", r"pandectes"),
        ("meta-ads", r"facebook|\bmeta\b(?! ?data)|\bfbq?\b|instagram"),
        ("linkedin-campaign-manager", r"linkedin"),
        ("tiktok-ads-manager", r"tik ?tok"),
        ("snapchat-ads", r"\bsnap(?:chat)?\b|snap-?pixel"),
        ("pinterest-ads", r"pinterest"),
        ("x-ads", r"twitter|\bx pixel|\bx ads|\bx conversion"),
        ("reddit-ads", r"reddit"),
        ("quora-ads", r"quora"),
        ("spotify-advertising", r"spotify|podsights"),
        ("amazon-ads", r"amazon ads|amazon ad tag|amazon advertising|amzn"),
        ("microsoft-clarity", r"clarity"),
        (
            "microsoft-advertising",
            r"microsoft ads|microsoft advertising|microsoft uet|bing|\buet\b",
        ),
        ("criteo", r"criteo"),
        ("taboola", r"taboola"),
        ("teads", r"teads|outbrain"),
        ("the-trade-desk", r"trade ?desk|\bttd\b"),
        ("stackadapt", r"stackadapt"),
        ("adroll", r"adroll"),
        ("awin", r"\bawin\b|affiliate window"),
        ("impact-com", r"\bimpact(?:\.com| radius|-radius| utt)|impact-?tech"),
        ("cj", r"\bcj\b|commission junction"),
        ("rakuten-advertising", r"rakuten"),
        ("partnerize", r"partnerize"),
        ("= TradeTracker", r"tradetracker"),
        ("= Tradedoubler", r"tradedoubler"),
        ("= Adtraction", r"adtraction"),
        ("= Adform", r"adform"),
        ("= Yandex Metrica", r"yandex"),
        ("= Sklik", r"sklik|seznam"),
        ("= Heureka", r"heureka"),
        ("= Nextdoor Ads", r"nextdoor"),
        ("= AppLovin", r"applovin|axon pixel"),
        ("= Trusted Shops", r"trusted ?shops"),
        ("= Lead Forensics", r"lead ?forensics"),
        ("klaviyo", r"klaviyo"),
        ("hubspot-marketing-hub", r"hub ?spot"),
        ("activecampaign", r"active ?campaign"),
        ("brevo", r"\bbrevo\b|sendinblue"),
        ("intuit-mailchimp", r"mailchimp"),
        ("adobe-marketo-engage", r"marketo|munchkin"),
        ("salesforce-marketing-cloud-account-engagement", r"pardot|account engagement"),
        ("salesforce-marketing-cloud-engagement", r"salesforce marketing cloud"),
        ("salesforce-sales-cloud", r"salesforce"),
        ("braze", r"\bbraze\b"),
        ("iterable", r"iterable"),
        ("customer-io", r"customer\.?io"),
        ("omnisend", r"omnisend"),
        ("attentive", r"attentive"),
        ("postscript", r"postscript"),
        ("sap-engagement-cloud", r"emarsys"),
        ("bloomreach-engagement", r"bloomreach|exponea"),
        ("hotjar", r"hotjar"),
        ("contentsquare", r"content ?square"),
        ("fullstory", r"full ?story"),
        ("mouseflow", r"mouseflow"),
        ("crazy-egg", r"crazy ?egg"),
        ("matomo", r"matomo"),
        ("piwik-pro", r"piwik"),
        ("piano-analytics", r"piano analytics|at ?internet"),
        ("plausible-analytics", r"plausible"),
        ("amplitude", r"amplitude"),
        ("mixpanel", r"mixpanel"),
        ("posthog", r"posthog"),
        ("heap", r"\bheap\b"),
        ("snowplow", r"snowplow"),
        ("twilio-segment", r"\bsegment\b(?! ?builder)"),
        ("rudderstack", r"rudder ?stack"),
        ("tealium-iq", r"tealium"),
        ("mparticle", r"mparticle"),
        ("vwo", r"\bvwo\b|visual website optimizer"),
        ("ab-tasty", r"ab ?tasty"),
        ("kameleoon", r"kameleoon"),
        ("optimizely-web-experimentation", r"optimizely"),
        ("convert-experiences", r"convert experiences"),
        ("intercom", r"intercom"),
        ("zendesk", r"zendesk"),
        ("trustpilot", r"trustpilot"),
        ("callrail", r"callrail"),
        ("invoca", r"invoca\b"),
        ("calltrackingmetrics", r"calltrackingmetrics"),
        ("demandbase-one", r"demandbase"),
        ("6sense", r"6sense"),
        ("dealfront", r"leadfeeder|dealfront"),
        ("zoominfo", r"zoominfo"),
        ("bigquery", r"big ?query"),
        ("google-workspace", r"google sheets?|spreadsheet"),
        ("slack", r"\bslack\b"),
        ("campaign-manager-360", r"floodlight|campaign manager"),
        ("google-ads", r"google ads|adwords|gads\b|enhanced conversion"),
        ("google-analytics-4", r"\bga ?4\b|google analytics"),
        ("stape", r"stape[ -]?(?:store|conversion|user|io-analytics)"),
    )
)
_NOISE: Final = re.compile(
    r"\b(?:pixel|tag|cmp|capi|s2s|sgtm|gtm|server|side|web|client|template|tracking|tracker|official"
    r"|unofficial|by|for|stape(?:-io)?|the|google tag manager|conversions?|events?|api|base|insight"
    r"|consent mode|consent|analytics script|script|v?\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a template is for."""

    product: str = ""
    """Id of the catalogue or ``= Name``; empty where it is not known."""
    to_server: bool = False
    """It sends to a server container of one's own (Stape's Data Tag)."""
    silent: bool = False
    """It may send nothing anywhere."""
    certain: bool = True
    hosts: tuple[str, ...] = ()
    """Where it may send to, for the question what it is."""
    sets_consent: bool = False
    """It sets the state of Consent Mode."""


def meaning(template: Template, catalogue: Catalogue) -> Meant:
    """Return what a template is for."""
    sets = re.search(r"setDefaultConsentState|updateConsentState", template.code) is not None
    hosts = tuple(h for h in template.hosts if not is_library(h))
    names = (template.gallery.partition("/")[2].replace("-", " "), template.label, template.name)
    data_tag = re.fullmatch(r"(?:stape )?data tag", template.label.lower())
    if data_tag or template.gallery == "stape-io/data-tag":
        return Meant(to_server=True)
    silent = bool(template.permissions) and not _SENDS & set(template.permissions)
    if template.code and not template.permissions:
        silent = _CALLS.search(template.code) is None
    for name in (*names, template.gallery):
        product = product_named(name, catalogue)
        if product:
            return Meant(product, hosts=hosts, sets_consent=sets)
    if silent or (sets and not hosts):
        return Meant(silent=True, sets_consent=sets)
    products = dict.fromkeys(p for h in template.hosts if (p := vendor_of(h)))
    if not template.hosts:
        products = dict.fromkeys(look(template.code, template=True).vendors)
    if len(products) == 1:
        return Meant(next(iter(products)), certain=False, hosts=hosts, sets_consent=sets)
    return Meant(hosts=hosts, sets_consent=sets)


def product_named(name: str, catalogue: Catalogue) -> str:
    """Return the product a name of a template or tag means: an id, ``= Name``, or nothing."""
    if not name.strip():
        return ""
    match = find_product(catalogue, name)
    if match.product is not None and len(name) > 3:
        return match.product.id
    lowered = re.sub(r"[_\-|/]+", " ", name.lower())
    for product, pattern in _NAMES:
        if pattern.search(lowered) or pattern.search(name.lower()):
            return product
    bare = " ".join(_NOISE.sub(" ", lowered).split())
    found = find_product(catalogue, bare).product if len(bare) > 4 else None
    return found.id if found is not None else ""
