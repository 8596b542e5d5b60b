"""HTTP Request nodes of n8n: which host they call, and whether they read or write."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.hosts import name_of, product_of
from stackaudit.importers.n8n.nodes import BASE, Way, node_type
from stackaudit.importers.n8n.workflows import Node

KINDS: Final = frozenset(("httpRequest", "httpRequestTool", "toolHttpRequest", "graphql"))
MODELS: Final = frozenset(("chatgpt", "claude", "gemini", "perplexity"))
MODEL_HOSTS: Final = (
    "api.deepseek.com",
    "openrouter.ai",
    "api.mistral.ai",
    "api.groq.com",
    "api.x.ai",
    "api.cohere.ai",
    "api.cohere.com",
    "huggingface.co",
    "image.pollinations.ai",
    "api.replicate.com",
)
"""Hosts of language and image models, by their vendors' documentation."""
_URL: Final = re.compile(
    r"^=?\s*(?:https?:)?//(?:[^/@\s{}]*@)?([^/?#\s:{}\"'<>\[\]]+)(.*)$", re.DOTALL
)
_EXPRESSION: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_READING_POST: Final = re.compile(r"/(search|query|graphql|find|lookup|enrich)\b", re.IGNORECASE)
_LOGIN: Final = re.compile(r"(OAuth2|OAuth1|App|Access|Personal|Private|Basic|Token)*(Api|Auth)?$")
_ADS: Final = re.compile(r"/(act_|events|campaigns|adsets|adaccounts|customaudiences|leads?)\b")
_PLACEHOLDER: Final = re.compile(
    r"^(your|my|example|domain|site|host)\b|your[-_]?|^[A-Z_]+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Call:
    """What an HTTP Request node calls."""

    host: str
    """Empty: computed, or an address of the company's own."""
    why: str
    """Why there is no host: ``computed``, ``own``; else empty."""
    product: str | None
    name: str
    way: Way
    path: str
    """For its words only; never shown."""
    surely: bool
    """It logs in, writes, or calls what is an API by its address; not just a page that is read."""


def call_of(node: Node, catalogue: Catalogue) -> Call:
    """Return what an HTTP Request node calls."""
    parameters = node.parameters
    url = parameters.get("url") or parameters.get("endpoint") or ""
    plain = _EXPRESSION.sub("x", url) if isinstance(url, str) else ""
    match = _URL.match(plain)
    host = match.group(1).casefold().rstrip(".") if match else ""
    path = match.group(2).partition("?")[0] if match else ""
    if match and not _URL.match(url) and product_of(catalogue, host) is None:
        host = ""  # {{ … }}.example.com is known by its ending, or not at all
    why = "" if host else "computed"
    path = path or plain.partition("?")[0]
    if host and not _public(host):
        host, why = "", "own"
    product = product_of(catalogue, host) if host else None
    if host == "graph.facebook.com" and _ADS.search(path):
        product = "meta-ads"
    if "/wp-json/" in path:
        product = "wordpress"
    named = "" if host else _by_credential(parameters, node.credentials)
    row = node_type(f"{BASE}.{named}")[0] if named else None
    if product is None and named and row is None:
        product = (found := find_product(catalogue, named).product) and found.id
    if product is None and row is not None and row.role != "flow":
        product, name = row.product, row.name
    elif product is not None:
        name = catalogue.products[product].name
    else:
        name = name_of(host) if host else ""
    way = _way(parameters, path)
    if product in MODELS or host in MODEL_HOSTS:
        way = "receives"
    secured = bool(node.credentials) or parameters.get("authentication") not in (None, "none")
    api = host.startswith("api.") or ".api." in host or path.startswith(("/api/", "/v1", "/v2"))
    surely = product is not None or bool(name and (way != "reads" or secured or api))
    return Call(host, why, product, name, way, path, surely)


def _way(parameters: Mapping[str, Any], path: str) -> Way:
    method = parameters.get("method") or parameters.get("requestMethod") or "GET"
    word = str(method).upper()
    if word in ("GET", "HEAD", "OPTIONS"):
        return "reads"
    if word == "POST" and _READING_POST.search(path):
        return "reads"
    return "writes"


def _by_credential(parameters: Mapping[str, Any], kinds: tuple[str, ...]) -> str:
    """Return the node a kind of credential belongs to: ``hubspotOAuth2Api`` → ``hubspot``."""
    given = parameters.get("nodeCredentialType")
    for kind in ([given] if isinstance(given, str) else []) + list(kinds):
        short = _LOGIN.sub("", kind)
        if short and not short.startswith("http"):
            return short
    return ""


def _public(host: str) -> bool:
    """Tell whether a host is a vendor's public name: no address, no own machine, no placeholder."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    else:
        return False
    if "." not in host or host.endswith((".local", ".internal", ".lan", ".localhost", ".test")):
        return False
    if host.rpartition(".")[0].rpartition(".")[2] == "example" or host.endswith(".example"):
        return False
    return not _PLACEHOLDER.search(host)
