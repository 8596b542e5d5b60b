"""Vendors by what code loads and calls: hosts of their scripts and pixels, and inline markers.

Every entry is an address or a call that the vendor's own installation guide tells people to put on
their pages. Hosts are matched by themselves and below (``js.hs-scripts.com`` is below
``hs-scripts.com``); a host that is also a website people link to is listed with its path.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

HINTS: Final = {
    "youtube": re.compile(r"youtube\.com/(?:iframe_api|player_api)|\bYT\.Player\b"),
    "vimeo": re.compile(r"player\.vimeo\.com/api|froogaloop|\bVimeo\.Player\b", re.IGNORECASE),
    "klaviyo": re.compile(r"['\"]klaviyoForms['\"]"),
    "attentive": re.compile(r"__attentive\b"),
    "postscript": re.compile(r"['\"]CollectedEmailEvent['\"]"),
    "hubspot-marketing-hub": re.compile(r"hsFormCallback|onFormSubmitted"),
    "calendly": re.compile(r"calendly\.event_scheduled|calendly\.(?:event|date|profile)"),
    "typeform": re.compile(r"form-submit['\"].{0,80}typeform", re.IGNORECASE | re.DOTALL),
    "contact-form-7": re.compile(r"wpcf7mailsent|wpcf7submit"),
    "gravity-forms": re.compile(r"gform_confirmation_loaded"),
    "stape": re.compile(r"stapecdn\.com|\.stape\.(?:io|net|dev)\b"),
    "drift": re.compile(r"\bdrift\.on\("),
    "intercom": re.compile(r"Intercom\(\s*['\"]on"),
}
"""Code that listens to a vendor's widget: the vendor is there, but this tag sends it nothing."""

_MARKERS: Final = (
    ("meta-ads", r"\bfbq\s*\("),
    ("linkedin-campaign-manager", r"_linkedin_(?:data_)?partner_id|\blintrk\s*\("),
    ("tiktok-ads-manager", r"\bttq\.(?:load|page|track|identify|instance)\b|TiktokAnalyticsObject"),
    ("snapchat-ads", r"\bsnaptr\s*\("),
    ("pinterest-ads", r"\bpintrk\s*\("),
    ("x-ads", r"\btwq\s*\(|twttr\.conversion"),
    ("reddit-ads", r"\brdt\s*\("),
    ("quora-ads", r"\bqp\s*\(\s*['\"](?:init|track)"),
    ("microsoft-advertising", r"\buetq\b"),
    ("microsoft-clarity", r"\bclarity\s*\(\s*['\"](?:set|consent|event|identify|upgrade)"),
    ("criteo", r"\bcriteo_q\b"),
    ("adroll", r"\badroll_adv_id\b"),
    ("taboola", r"\b_tfa\.push|\b_taboola\.push"),
    ("teads", r"\bobApi\s*\(|\bteads_e\b"),
    ("quantcast", r"\b_qevents\b"),
    ("the-trade-desk", r"\bTTDUniversalPixelApi\b"),
    ("stackadapt", r"\bsaq\s*\(\s*['\"](?:ts|conv|rt)"),
    ("impact-com", r"\bire\s*\(\s*['\"](?:identify|trackConversion)"),
    ("awin", r"\bAWIN\.Tracking\b"),
    ("hotjar", r"\bhj\s*\(\s*['\"]|_hjSettings"),
    ("hubspot-marketing-hub", r"\b_hsq\b|\bhbspt\.|\b_hsp\b"),
    ("klaviyo", r"\b_learnq\b|\bklaviyo\.(?:push|identify|track|init)|\b_klOnsite\b"),
    ("adobe-marketo-engage", r"\bMunchkin\.(?:init|munchkinFunction)|\bMktoForms2\."),
    ("salesforce-marketing-cloud-account-engagement", r"\bpiAId\b|\bpiTracker\b"),
    ("salesforce-marketing-cloud-engagement", r"\b_etmc\.push"),
    ("oracle-eloqua", r"\b_elqQ\b"),
    ("activecampaign", r"\bvgo\s*\(\s*['\"]|\btrackcmp_email\b"),
    ("brevo", r"\bsendinblue\.|\bBrevo\.push|\bsib\.(?:client_key|equeue)"),
    ("braze", r"\bbraze\.(?:initialize|logCustomEvent)|\bappboy\.initialize"),
    ("customer-io", r"\b_cio\.(?:identify|track|page|load)"),
    ("iterable", r"\b_iaq\.push"),
    ("omnisend", r"\bomnisend\.push"),
    ("sap-engagement-cloud", r"\bScarabQueue\.push"),
    ("bloomreach-engagement", r"\bexponea\.(?:start|track|identify|initialize)"),
    ("drip", r"\b_dcq\.push"),
    ("mixpanel", r"\bmixpanel\.(?:init|track|identify)"),
    ("amplitude", r"\bamplitude\.(?:init|getInstance|track|logEvent)"),
    ("heap", r"\bheap\.(?:load|track|identify|addUserProperties)"),
    ("posthog", r"\bposthog\.(?:init|capture|identify)"),
    ("fullstory", r"\b_fs_org\b|\bFS\.(?:identify|event|setUserVars)"),
    ("contentsquare", r"\b_uxa\b"),
    ("mouseflow", r"\b_mfq\b"),
    ("lucky-orange", r"\b__lo_site_id\b"),
    ("matomo", r"\b_paq\b"),
    ("adobe-analytics", r"\bAppMeasurement\b|\bs\.tl?\s*\(\s*(?:\)|this|true)"),
    ("adobe-target", r"\bmboxCreate\b|\badobe\.target\b"),
    ("pendo", r"\bpendo\.(?:initialize|track|identify)"),
    ("vwo", r"\b_vwo_code\b|\b_vis_opt_"),
    ("optimizely-web-experimentation", r"\boptimizely\.push"),
    ("intercom", r"\bintercomSettings\b|\bIntercom\s*\(\s*['\"](?:boot|update|trackEvent)"),
    ("drift", r"\bdrift\.(?:load|identify|track)"),
    ("crisp", r"\bCRISP_WEBSITE_ID\b"),
    ("tawk-to", r"\bTawk_API\b"),
    ("livechat", r"\b__lc\.license\b"),
    ("zendesk", r"\bzESettings\b|\bzE\s*\(\s*['\"]"),
    ("onetrust", r"\bOptanonWrapper\b|\bOneTrust\."),
    ("cookiebot", r"\bCookiebot\.(?:consent|renew|show)|data-cbid"),
    ("usercentrics", r"\bUC_UI\b|usercentrics-cmp"),
    ("didomi", r"\bdidomiOnReady\b|\bdidomiConfig\b"),
    ("axeptio", r"\baxeptioSettings\b"),
    ("iubenda", r"\b_iub\.csConfiguration\b"),
    ("6sense", r"\b_6si\b"),
    ("dealfront", r"\bldfdr\b"),
    ("qualified", r"\bQualifiedObject\b|\bqualified\s*\(\s*['\"]"),
    ("google-optimize", r"optimize_id|google_optimize\."),
    ("google-analytics-4", r"['\"]config['\"]\s*,\s*['\"]G-[A-Z0-9]+"),
    ("google-ads", r"['\"](?:AW-\d+)|\bgoogle_conversion_id\b|gtag_report_conversion"),
    ("campaign-manager-360", r"['\"]DC-\d+"),
    (
        "universal-analytics",
        r"\b_gaq\.push|\bga\s*\(\s*['\"](?:create|send|[\w.]+\.send|ecommerce:)",
    ),
)

EVENT_CALLS: Final = tuple(
    (product, re.compile(pattern))
    for product, pattern in (
        (
            "meta-ads",
            r"\bfbq\s*\(\s*['\"]track\w*['\"]\s*,\s*(?:['\"]\d+['\"]\s*,\s*)?['\"]([^'\"]+)",
        ),
        ("meta-ads", r"facebook\.com/tr\?[^'\"\s>]*\bev=(\w+)"),
        ("tiktok-ads-manager", r"\bttq\.track\s*\(\s*['\"]([^'\"]+)"),
        ("snapchat-ads", r"\bsnaptr\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("pinterest-ads", r"\bpintrk\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("x-ads", r"\btwq\s*\(\s*['\"](?:track|event)['\"]\s*,\s*['\"]([^'\"]+)"),
        ("reddit-ads", r"\brdt\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("quora-ads", r"\bqp\s*\(\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("klaviyo", r"\bklaviyo\.track\s*\(\s*['\"]([^'\"]+)"),
        ("klaviyo", r"_learnq\.push\s*\(\s*\[\s*['\"]track['\"]\s*,\s*['\"]([^'\"]+)"),
        ("criteo", r"\bevent\s*:\s*['\"](track\w+|view\w+)"),
        ("mixpanel", r"\bmixpanel\.track\s*\(\s*['\"]([^'\"]+)"),
        ("amplitude", r"\bamplitude\.(?:track|logEvent)\s*\(\s*['\"]([^'\"]+)"),
        ("google-analytics-4", r"\bgtag\s*\(\s*['\"]event['\"]\s*,\s*['\"]([^'\"]+)"),
        ("google-ads", r"\bgtag\s*\(\s*['\"]event['\"]\s*,\s*['\"](conversion)['\"]"),
        ("google-ads", r"googleadservices\.com/pagead/(conversion)"),
        ("universal-analytics", r"ecommerce:(send)|\b_trackTrans\b"),
        ("impact-com", r"\bire\s*\(\s*['\"](trackConversion)"),
        ("awin", r"\bAWIN\.Tracking\.(Sale)"),
        (
            "linkedin-campaign-manager",
            r"\blintrk\s*\(\s*['\"]track['\"]\s*,\s*\{\s*(conversion)_id",
        ),
        ("linkedin-campaign-manager", r"linkedin\.com/collect/\?[^'\"\s>]*(conversion)Id"),
        ("adobe-marketo-engage", r"\bMunchkin\.munchkinFunction\s*\(\s*['\"](\w+)"),
        ("hubspot-marketing-hub", r"_hsq\.push\s*\(\s*\[\s*['\"](track\w+)"),
    )
)
"""How a vendor's own calls name an event."""

_LIBRARIES: Final = """
    cdnjs.cloudflare.com ajax.googleapis.com fonts.googleapis.com fonts.gstatic.com gstatic.com
    code.jquery.com cdn.jsdelivr.net unpkg.com maxcdn.bootstrapcdn.com stackpath.bootstrapcdn.com
    kit.fontawesome.com use.fontawesome.com use.typekit.net polyfill.io cdn.polyfill.io w3.org
    schema.org ajax.aspnetcdn.com cdn.ampproject.org googletagmanager.com google.com maps.google.com
    maps.googleapis.com youtube.com player.vimeo.com example.com github.com gtm-msr.appspot.com
    stapecdn.com googleapis.com oauth2.googleapis.com accounts.google.com
"""
LIBRARIES: Final = frozenset(_LIBRARIES.split())
"""Hosts of libraries, players and documents, which are no marketing tool of their own."""


def _read() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    plain: dict[str, str] = {}
    paths: dict[str, list[tuple[str, str]]] = {}
    text = files(__package__ or "").joinpath("hosts.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        product, _, hosts = line.rpartition(": ")
        for entry in hosts.split():
            host, slash, path = entry.partition("/")
            if slash:
                paths.setdefault(host, []).append((path, product))
            else:
                plain[host] = product
    return plain, paths


_PLAIN, _PATHS = _read()
MARKERS: Final = tuple((product, re.compile(pattern)) for product, pattern in _MARKERS)


def vendor_of(host: str, path: str = "") -> str | None:
    """Return the product of a host: an id of the catalogue, or ``= Name`` for one in none."""
    host = host.lower().removeprefix("www.")
    path = path.lstrip("/")
    parts = host.split(".")
    for start in range(len(parts) - 1):
        below = ".".join(parts[start:])
        for prefix, product in _PATHS.get(below, ()):
            if path.startswith(prefix):
                return product
        if below in _PLAIN:
            return _PLAIN[below]
    return None


def is_library(host: str) -> bool:
    """Tell whether a host serves libraries or players and names no tool."""
    host = host.lower().removeprefix("www.")
    return any(host == known or host.endswith(f".{known}") for known in LIBRARIES)
