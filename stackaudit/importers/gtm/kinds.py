"""The built-in types of tags and clients, and what events mean: type code -> product, objects.

Sources: Tag Manager API, Tag Dictionary Reference (developers.google.com/tag-platform/tag-manager/
api/v2/tag-dictionary-reference) and "Supported tags" (support.google.com/tagmanager/answer/6106924)
for web; types of server containers (``sgtm…``, ``…_client``) as exports of them write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

EVENTS: Final = ("behavioural-event",)
CONVERSION: Final = ("conversion",)
SALE: Final = ("conversion", "order")
ORDER_OF_OBJECTS: Final = (
    "behavioural-event",
    "conversion",
    "order",
    "identity",
    "contact",
    "form-submission",
    "survey-response",
    "conversation",
    "consent",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a built-in type is."""

    title: str
    """What Tag Manager calls it."""
    product: str = ""
    """Id of the catalogue; empty where it is in none, or the type has no one product."""
    vendor: str = ""
    """The product's name where the catalogue lacks it."""
    objects: tuple[str, ...] = ()
    google: bool = False
    """A tag with consent checks built in (support.google.com/tagmanager/answer/10718549)."""


def _google(title: str, product: str, objects: tuple[str, ...] = EVENTS) -> Kind:
    return Kind(title, product, objects=objects, google=True)


def _other(
    title: str, product: str = "", objects: tuple[str, ...] = EVENTS, vendor: str = ""
) -> Kind:
    return Kind(title, product, "" if product else vendor or title, objects)


GA4, UA, ADS, CM360 = (
    "google-analytics-4",
    "universal-analytics",
    "google-ads",
    "campaign-manager-360",
)

GOOGLE_TAG: Final = frozenset(("googtag", "gaawc"))
"""Types whose product is told by the id they are configured with."""
LINKERS: Final = frozenset(("gclidw", "gclidw_amp", "sgtmadscl"))
"""Conversion linkers keep click ids; alone they show no product for certain."""
CUSTOM: Final = frozenset(("html", "img"))

TAGS: Final[dict[str, Kind]] = {
    # Google, web
    "googtag": _google("Google tag", ""),
    "gaawc": _google("GA4 configuration", GA4),
    "gaawe": _google("GA4 event", GA4),
    "ua": _google("Universal Analytics", UA),
    "ua_amp": _google("Universal Analytics (AMP)", UA),
    "ga": _google("Classic Google Analytics", UA),
    "ga_amp": _google("Google Analytics (AMP)", UA),
    "gaawe_amp": _google("GA4 (AMP)", GA4),
    "awct": _google("Google Ads conversion", ADS, CONVERSION),
    "awct_amp": _google("Google Ads conversion (AMP)", ADS, CONVERSION),
    "awcc": _google("Google Ads calls from website", ADS, CONVERSION),
    "awcr": _google("Google Ads conversion (app)", ADS, CONVERSION),
    "awud": _google("Google Ads user-provided data", ADS, ("identity",)),
    "gaawud": _google("Google user-provided data", ADS, ("identity",)),
    "sp": _google("Google Ads remarketing", ADS),
    "sp_amp": _google("Google Ads remarketing (AMP)", ADS),
    "gclidw": _google("Conversion linker", ADS, ()),
    "gclidw_amp": _google("Conversion linker (AMP)", ADS, ()),
    "flc": _google("Floodlight counter", CM360, CONVERSION),
    "fls": _google("Floodlight sales", CM360, SALE),
    "flc_amp": _google("Floodlight counter (AMP)", CM360, CONVERSION),
    "fls_amp": _google("Floodlight sales (AMP)", CM360, SALE),
    "opt": _google("Google Optimize", "google-optimize", ()),
    "gcs": _other("Google Surveys website satisfaction", "", (), "Google Surveys"),
    "ts": _other("Google Trusted Stores", "", ()),
    "ac360": _other("Audience Center 360", "", EVENTS),
    # Google, server
    "sgtmgaaw": _google("GA4 (server)", GA4),
    "sgtmua": _google("Universal Analytics (server)", UA),
    "sgtmadsct": _google("Google Ads conversion (server)", ADS, CONVERSION),
    "sgtmadsremarket": _google("Google Ads remarketing (server)", ADS),
    "sgtmadscl": _google("Conversion linker (server)", ADS, ()),
    "sgtmawud": _google("Google Ads user-provided data (server)", ADS, ("identity",)),
    "sgtmadsud": _google("Google Ads user-provided data (server)", ADS, ("identity",)),
    "sgtmflc": _google("Floodlight counter (server)", CM360, CONVERSION),
    "sgtmfls": _google("Floodlight sales (server)", CM360, SALE),
    "sgtmfl": _google("Floodlight (server)", CM360, CONVERSION),
    # App
    "fa": _google("Firebase Analytics", GA4),
    "ua_app": _google("Universal Analytics (app)", UA),
    # Others, web
    "abtGeneric": _other("AB Tasty", "ab-tasty", ()),
    "adm": _other("Adometry", "", CONVERSION),
    "asp": _other("AdRoll Smart Pixel", "adroll"),
    "awc": _other("AWIN conversion", "awin", CONVERSION),
    "awj": _other("AWIN journey", "awin"),
    "baut": _other("Microsoft Advertising UET", "microsoft-advertising"),
    "bb": _other("Bizrate buyer survey", "", (), "Bizrate Insights"),
    "bsa": _other("Bizrate site abandonment survey", "", (), "Bizrate Insights"),
    "bzi": _other("LinkedIn Insight", "linkedin-campaign-manager"),
    "cegg": _other("Crazy Egg", "crazy-egg"),
    "crto": _other("Criteo OneTag", "criteo"),
    "csm": _other("comScore", "", EVENTS, "Comscore"),
    "cts": _other("ClickTale", "contentsquare"),
    "dstag": _other("DistroScale", "", ()),
    "ela": _other("Eulerian Analytics"),
    "fxm": _other("FoxMetrics"),
    "hjtc": _other("Hotjar", "hotjar"),
    "infinity": _other("Infinity call tracking", "infinity", EVENTS),
    "k50Init": _other("K50"),
    "ljs": _other("Lytics", "lytics"),
    "ll": _other("LeadLab"),
    "m6d": _other("Dstillery universal pixel", "", EVENTS, "Dstillery"),
    "messagemate": _other("OwnerListens Message Mate", "", ()),
    "mf": _other("Mouseflow", "mouseflow"),
    "mpm": _other("Mediaplex ROI", "", CONVERSION, "Conversant Mediaplex"),
    "mpr": _other("Mediaplex MCT", "", EVENTS, "Conversant Mediaplex"),
    "ms": _other("Marin Software"),
    "ndcr": _other("Nielsen DCR", "", EVENTS, "Nielsen Digital Content Ratings"),
    "nudge": _other("Nudge content analytics", "", EVENTS, "Nudge"),
    "okt": _other("Oktopost", "oktopost"),
    "omc": _other("Optimise conversion", "", CONVERSION, "Optimise Media"),
    "pa": _other("Perfect Audience"),
    "pc": _other("Personali Canvas", "", ()),
    "pijs": _other("Pulse Insights", "", ()),
    "placedPixel": _other("Placed"),
    "pntr": _other("Pinterest tag", "pinterest-ads"),
    "qcm": _other("Quantcast", "quantcast"),
    "qpx": _other("Quora pixel", "quora-ads"),
    "sca": _other("Intent Media search compare ads", "", (), "Intent Media"),
    "scjs": _other("SaleCycle script", "", EVENTS, "SaleCycle"),
    "scp": _other("SaleCycle pixel", "", CONVERSION, "SaleCycle"),
    "sfc": _other("SearchForce conversion", "", CONVERSION, "SearchForce"),
    "sfl": _other("SearchForce landing page", "", EVENTS, "SearchForce"),
    "sfr": _other("SearchForce redirection", "", EVENTS, "SearchForce"),
    "shareaholic": _other("Shareaholic", "", ()),
    "svw": _other("Survicate widget", "survicate", ()),
    "ta": _other("Neustar AdAdvisor"),
    "tc": _other("Turn conversion", "", CONVERSION, "Turn"),
    "tdc": _other("Turn data collection", "", EVENTS, "Turn"),
    "tdlc": _other("Tradedoubler lead", "", CONVERSION, "Tradedoubler"),
    "tdsc": _other("Tradedoubler sale", "", SALE, "Tradedoubler"),
    "tpdpx": _other("Tapad conversion", "", CONVERSION, "Tapad"),
    "twitter_website_tag": _other("X (Twitter) universal website tag", "x-ads"),
    "uslt": _other("Upsellit footer", "", EVENTS, "Upsellit"),
    "uspt": _other("Upsellit confirmation", "", CONVERSION, "Upsellit"),
    "vdc": _other("VisualDNA conversion", "", CONVERSION, "VisualDNA"),
    "vei": _other("Ve Interactive script", "", EVENTS, "Ve Interactive"),
    "veip": _other("Ve Interactive pixel", "", CONVERSION, "Ve Interactive"),
    "xpsh": _other("Xtremepush"),
    "yieldify": _other("Yieldify", "", ()),
}

SILENT: Final = frozenset(
    ("zone", "cl", "lcl", "fsl", "hl", "jel", "sdl", "ytl", "tl", "evl", "tg", "paused")
)
"""Types that only listen, link containers or stand for something else: no product."""

CLIENTS: Final[dict[str, str]] = {
    "gaaw_client": "GA4",
    "mpaw_client": "GA4 Measurement Protocol",
    "ua_client": "Universal Analytics",
    "gtm_client": "web container",
    "adsct_client": "Google Ads",
}
"""Type of a client → what it receives."""

_SALES_WORDS: Final = """
    purchase purchases completepayment completedpurchase completepurchase placeanorder
    placedorder orderplaced ordercompleted completedorder checkoutcompleted checkoutcomplete
    completeorder tracktransaction transaction sale pagevisitpurchase purchasecompleted
    paymentcompleted kauf bestellung achat commande ecommercepurchase newcustomerpurchase
    returningcustomerpurchase inapppurchase
"""
_SALES: Final = frozenset(_SALES_WORDS.split())
_GOALS_WORDS: Final = """
    generatelead lead leads submitapplication completeregistration signup contact schedule
    subscribe starttrial donate submitform customconversion conversion convert trackconversion
    requestdemo demorequest bookdemo bookmeeting qualifylead closeconvertlead contactform
    kontaktformular newslettersignup registration submitapplicationform
"""
_GOALS: Final = frozenset(_GOALS_WORDS.split())
EVENT_KEYS: Final = (
    "eventName",
    "eventNameStandard",
    "eventNameCustom",
    "standardEventName",
    "customEventName",
    "event_name",
    "event_name_standard",
    "event_name_custom",
    "eventNameSetup",
    "eventType",
    "event_type",
    "event",
    "standardEvent",
    "standard_event",
    "pixel_event",
    "pixelEvent",
    "trackEvent",
    "tagType",
    "conversionType",
)
"""Parameters whose value is the name of an event: the only values that are looked at for it."""


def objects_of(event: str, product: str = "") -> tuple[str, ...]:
    """Return the data objects an event of this name carries; nothing for no name."""
    word = re.sub(r"[^a-z]", "", event.lower())
    if not word:
        return ()
    if word in _SALES or (word == "checkout" and product == "pinterest-ads"):
        return (*EVENTS, *SALE)
    return (*EVENTS, *CONVERSION) if word in _GOALS else EVENTS


PERSONAL: Final = re.compile(
    r"(?:user_?data\w*|user_provided_data|sha256_?email\w*|em|ph|e-?mail|email_?address|user_?email"
    r"|customer_?email|hashed_?email|phone|phone_?number|first_?name|last_?name|enhancedUserId)",
    re.IGNORECASE,
)
"""Names of settings that hand over who somebody is, hashed or not."""


def ordered(objects: set[str]) -> list[str]:
    """Return objects in a fixed order."""
    return sorted(objects, key=lambda o: (ORDER_OF_OBJECTS.index(o), o))
