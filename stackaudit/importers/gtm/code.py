"""What custom code loads, calls and sends: Custom HTML and Image tags, code of templates.

Comments are taken out first, so that a vendor somebody commented out is not taken for one in use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from stackaudit.importers.gtm.kinds import objects_of
from stackaudit.importers.gtm.vendors import (
    EVENT_CALLS,
    HINTS,
    MARKERS,
    is_library,
    vendor_of,
)
from stackaudit.importers.site.table import Address, own_table

_LONGEST: Final = 120_000
"""Characters of one tag that are looked at; Tag Manager itself takes no longer ones."""
_DOMAIN: Final = re.compile(
    r"(?<![a-z0-9_@.-])([a-z0-9_-]+(?:\.[a-z0-9-]+)+)((?::\d+)?(?:/[\w./@?=&%~+-]*)?)"
)
_ADDRESS: Final = re.compile(
    r"(?:https?:)?//([\w.-]+\.[a-z]{2,})(?::\d+)?([^\s'\"`<>\\)]*)", re.IGNORECASE
)
_SITE: Final = re.compile(
    r"(?<![\w.@-])((?:[a-z0-9-]{1,63}\.){1,4}(?!js\b|ts\b|md\b)(?:[a-z]{2}|com|org|net|info|edu|gov|shop"
    r"|store|online|app|dev|care|health|bank|agency|group|berlin|paris|travel|tech|cloud|world))"
    r"(?![\w.-])"
)
_LOADS: Final = re.compile(
    r"(?:\bsrc\s*=\s*|\.src\s*=[^;\n]{0,60}|\bfetch\s*\(\s*|sendBeacon\s*\(\s*"
    r"|\.open\s*\([^,\n]{1,12},\s*|getScript\s*\(\s*|\burl\s*:\s*|\baction\s*=\s*|\.(?:post|get|ajax)\s*\(\s*|import\s*\(\s*)"
    r"['\"`]?\s*$",
    re.IGNORECASE,
)
_BLOCK: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE: Final = re.compile(r"(^|[\s;{}])//[^\n]*", re.MULTILINE)
_OPENING: Final = re.compile(r"<!--|<script\b", re.IGNORECASE)
_UA: Final = "universal-analytics"
_CREATES: Final = re.compile(r"\bga\s*\(\s*['\"]create|_setAccount|_getTracker")
_CONSENT_MODE: Final = re.compile(r"['\"]consent['\"]\s*,\s*['\"](default|update)['\"]")
_GTAG: Final = re.compile(r"gtag/js\?(?:[^'\"\s]*&)?id=(G|AW|DC|UA|GT)-", re.IGNORECASE)
_CONTAINER: Final = re.compile(r"\bGTM-[A-Z0-9]{4,10}\b")
_PERSONAL: Final = re.compile(
    r"[?&](?:e-?mail|email_?address|mail|phone|tel|mobile|first_?name|last_?name|full_?name|name)=",
    re.IGNORECASE,
)
GOOGLE_IDS: Final = {
    "G": "google-analytics-4",
    "AW": "google-ads",
    "DC": "campaign-manager-360",
    "UA": "universal-analytics",
}
"""What the beginning of an id of Google says (support.google.com/tagmanager/answer/12326985)."""


@dataclass(slots=True)
class Seen:
    """What was seen in a piece of code."""

    vendors: dict[str, str] = field(default_factory=dict)
    """Product (or ``= Name``) → what shows it: ``loads connect.facebook.net``."""
    objects: dict[str, set[str]] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    """Products whose widgets it listens to → how that is seen."""
    borrowed: frozenset[str] = frozenset()
    """Products whose tracker it uses if a page has one, without loading it."""
    strangers: tuple[str, ...] = ()
    """Hosts nobody knows that it loads from or sends to."""
    commented: tuple[str, ...] = ()
    """Products that are only in what is commented out."""
    consent_mode: tuple[str, ...] = ()
    """``default``, ``update``: calls of Google's Consent Mode."""
    containers: tuple[str, ...] = ()
    """Other containers of Tag Manager it loads."""
    personal: bool = False
    """An address it calls has fields such as ``email=``."""


def look(code: str, own: frozenset[str] = frozenset(), *, template: bool = False) -> Seen:
    """Return what a piece of HTML or JavaScript shows; ``own`` are hosts of the company itself."""
    code = code[:_LONGEST]
    if "\n" not in code and code.count("\\n") > 1:
        code = code.replace("\\n", "\n")  # escaped twice by a program that wrote the export
    live = without_comments(code)
    seen = Seen()
    seen.vendors = _vendors(live)
    if _UA in seen.vendors and seen.vendors[_UA].startswith("calls") and not _CREATES.search(live):
        seen.borrowed = frozenset((_UA,))
    seen.commented = tuple(sorted(set(_vendors(code)) - set(seen.vendors)))
    for product in seen.vendors:
        seen.objects[product] = set()
    for product, pattern in EVENT_CALLS:
        if product in seen.vendors:
            for name in pattern.findall(live):
                seen.objects[product].update(objects_of(name))
    for product, pattern in HINTS.items():
        if product not in seen.vendors and (match := pattern.search(live)):
            what = " ".join(match[0].split())[:40].strip("'\"(")
            loads = "loads" if product == "stape" else "custom code reacts to it:"
            seen.hints[product] = f"{loads} {what}"
    if not template:
        strangers = _strangers(live, own)
        for host in sorted(strangers):
            product = _by_fingerprint(host, strangers[host])
            if product and product not in seen.vendors:
                seen.vendors[product] = f"loads or calls {host}"
                seen.objects[product] = set()
        seen.strangers = tuple(h for h in sorted(strangers) if not _by_fingerprint(h, strangers[h]))
    seen.consent_mode = tuple(sorted(set(_CONSENT_MODE.findall(live))))
    if "googletagmanager.com/gtm.js" in live or "googletagmanager.com/ns.html" in live:
        seen.containers = tuple(sorted(set(_CONTAINER.findall(live))))
    seen.personal = any(_PERSONAL.search(rest) for _, rest in _ADDRESS.findall(live))
    return seen


def _vendors(code: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for host, rest in _DOMAIN.findall(code.lower()):
        if len(host) > 253:
            continue
        product = vendor_of(host, rest.partition("/")[2])
        if product is not None:
            found.setdefault(product, f"loads or calls {host}")
    for prefix in _GTAG.findall(code):
        product = GOOGLE_IDS.get(prefix.upper())
        if product is not None:
            found.setdefault(product, "loads Google's gtag.js for it")
    for product, pattern in MARKERS:
        if product not in found and (match := pattern.search(code)):
            call = re.sub(r"\W+$", "", match[0]).strip("'\" ")
            call = re.split(r"['\"(]", call)[0].strip()
            found[product] = f"calls {call}" if call else "calls its script"
    return found


def _by_fingerprint(host: str, rest: str) -> str:
    """Return the product whose mark an address bears in the table that reads websites."""
    mark = own_table().address("request", Address(host, rest))
    return mark.product if mark is not None and mark.confidence != "possible" else ""


def _strangers(code: str, own: frozenset[str]) -> dict[str, str]:
    hosts: dict[str, str] = {}
    for match in _ADDRESS.finditer(code):
        host = match[1].lower().strip(".-")
        before = code[max(0, match.start() - 90) : match.start()]
        script = re.search(r"\.(?:js|php|gif)(?:[?#]|$)", match[2]) is not None
        if not (script or _LOADS.search(before)):
            continue
        plain = host.removeprefix("www.")
        if vendor_of(host, match[2]) or is_library(host) or "." not in plain:
            continue
        if any(plain == o or plain.endswith(f".{o}") for o in own):
            continue
        if re.search(r"<a\b[^>]*$", before, re.IGNORECASE):
            continue
        if re.search(r"(?:indexOf|includes|match|test|===?|startsWith)\s*\(?\s*['\"]?$", before):
            continue
        hosts.setdefault(host, match[2])
    return hosts


def host_of(address: str) -> tuple[str, str]:
    """Return host and path of an address; both empty where it has none."""
    match = _ADDRESS.search(address)
    if match is None:
        match = re.match(r"([a-z0-9-]+(?:\.[a-z0-9-]+)+)([/?:].*)?$", address.strip().lower())
    return (match[1].lower(), match[2] or "") if match else ("", "")


def domain_in(text: str) -> str:
    """Return the one domain that a text names, without ``www.``; empty for none or several."""
    found = {m.removeprefix("www.") for m in _SITE.findall(text.lower())}
    return found.pop() if len(found) == 1 else ""


def without_comments(code: str) -> str:
    """Return code without what is commented out in HTML and JavaScript, and without linked data.

    ``<!--`` inside a script is no comment: old snippets hide the code itself behind it.
    """
    kept: list[str] = []
    lowered = code.lower()
    place = 0
    while match := _OPENING.search(code, place):
        kept.append(code[place : match.start()])
        script = match[0] != "<!--"
        closing = "</script" if script else "-->"
        end = lowered.find(closing, match.end())
        stop = len(code) if end < 0 else end + len(closing)
        if script and "application/ld+json" not in lowered[match.end() : match.end() + 300]:
            kept.append(code[match.start() : stop])
        place = stop
    kept.append(code[place:])
    return _LINE.sub(r"\1", _BLOCK.sub(" ", "".join(kept)))
