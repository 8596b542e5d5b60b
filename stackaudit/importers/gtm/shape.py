"""The JSON of Google Tag Manager, read leniently: what is there, in one form, nothing judged.

Read are the export of a container (``exportFormatVersion`` 1.3 and 2), a container version as the
API answers it, and plain lists of tags. Sources: Tag Manager API v2, resources ContainerVersion,
Container, Tag, Trigger, Variable, Client and CustomTemplate (developers.google.com/tag-platform/
tag-manager/api/v2/reference); exports of 2017 to 2026. Version 1 of the API calls triggers rules
and variables macros.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

LISTS: Final = (
    "tag",
    "trigger",
    "variable",
    "client",
    "customTemplate",
    "folder",
    "zone",
    "gtagConfig",
    "transformation",
    "builtInVariable",
)
_OLD: Final = {"trigger": "rule", "variable": "macro"}
_WRAPPERS: Final = (
    "containerVersion",
    "version",
    "workspace",
    "data",
    "result",
    "response",
    "body",
)
_REFERENCE: Final = re.compile(r"\{\{([^{}]+)\}\}")
_DEEPEST: Final = 12


@dataclass(frozen=True, slots=True)
class Thing:
    """A tag, trigger, variable, client or zone."""

    id: str
    name: str
    type: str
    params: dict[str, str]
    """Single values by key, as text. Nothing of them may leave the importer unasked."""
    rows: tuple[tuple[str, str], ...]
    """Rows of tables, first and second column: ``("server_container_url", "https://…")``."""
    raw: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A custom template: the sandboxed code behind tags of the type ``cvt_…``."""

    id: str
    name: str
    label: str
    """``displayName`` of its own description."""
    brand: str
    gallery: str
    """``owner/repository`` in the gallery of templates, in lower case; empty for one's own."""
    kind: str
    """``TAG``, ``MACRO`` (a variable) or ``CLIENT``."""
    types: tuple[str, ...]
    """Types by which tags, variables and clients refer to it."""
    code: str
    permissions: tuple[str, ...]
    hosts: tuple[str, ...]
    """Hosts its permissions allow it to load scripts from or to send to."""


@dataclass(slots=True)
class Container:
    """One container, or as much of it as there is."""

    name: str = ""
    public_id: str = ""
    context: str = ""
    """``web``, ``server``, ``amp``, ``android``, ``ios``; empty where it is not said."""
    domains: tuple[str, ...] = ()
    exported: str = ""
    servers: tuple[str, ...] = ()
    """Addresses of a server container (``taggingServerUrls``)."""
    tags: list[Thing] = field(default_factory=list)
    triggers: list[Thing] = field(default_factory=list)
    variables: list[Thing] = field(default_factory=list)
    clients: list[Thing] = field(default_factory=list)
    templates: list[Template] = field(default_factory=list)
    zones: list[Thing] = field(default_factory=list)
    google_tags: list[Thing] = field(default_factory=list)
    """Google tags the container itself stands for (``gtagConfig``)."""
    stated: frozenset[str] = frozenset()
    """Lists that were there, so that what is missing is known from what is not said."""
    broken: list[str] = field(default_factory=list)
    """What could not be read: ``tag 3 is no object``."""

    def constant(self, name: str) -> str | None:
        """Return the value of a constant variable, or None."""
        for variable in self.variables:
            if variable.name == name and variable.type == "c":
                return variable.params.get("value")
        return None

    def resolved(self, text: str) -> str:
        """Return a text with the constants it refers to put in."""
        for _ in range(3):
            other = _REFERENCE.sub(lambda m: self.constant(m[1].strip()) or m[0], text)
            if other == text or len(other) > 200_000:
                break
            text = other
        return text


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds."""

    containers: tuple[Container, ...]
    cut_off: bool = False
    """The file ends in the middle; what is whole of it was read."""


class NoContainer(Exception):  # noqa: N818 - it is no programming error
    """The text is no container; says what it is instead."""


def read(text: str) -> Document:
    """Return the containers of a text. Raises :class:`NoContainer` saying what it is instead."""
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        raise NoContainer("is empty")
    cut = False
    try:
        data = json.loads(text)
    except RecursionError:
        raise NoContainer("is nested too deeply to be an export") from None
    except ValueError:
        if text[0] not in "{[":
            what = "is a web page" if text[0] == "<" else "is no JSON"
            if "google_tag_manager" in text or "googletagmanager" in text:
                what = "is the published script of a container, and no export of it"
            raise NoContainer(what) from None
        data, cut = _mended(text), True
        if data is None:
            raise NoContainer("is broken JSON, and nothing of it can be read") from None
    found = tuple(_container(d, top) for d, top in _places(data, {}, 0))
    if not found:
        raise NoContainer("is JSON, but holds no container of Google Tag Manager")
    return Document(found, cut)


def _mended(text: str) -> Any:
    """Return what is whole of a JSON text that ends too early, or None.

    The text is cut after the last entry of a list that stands at most three levels deep (export,
    container version, list of tags), so that no tag is read by halves.
    """
    stack: list[str] = []
    good: tuple[int, str] | None = None
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', text):
        mark = match[0]
        if mark in "{[":
            stack.append(mark)
        elif mark in "}]" and stack:
            stack.pop()
            if mark == "}" and stack and stack[-1] == "[" and len(stack) <= 3:
                closing = "".join("}" if s == "{" else "]" for s in reversed(stack))
                good = (match.end(), closing)
    if good is None:
        return None
    try:
        return json.loads(text[: good[0]] + good[1])
    except (ValueError, RecursionError):
        return None


def _places(
    data: Any, top: dict[str, Any], depth: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the objects that hold a container, with the export around them."""
    if depth > 4:
        return
    if isinstance(data, list):
        if any(_is_tag(d) for d in data):
            yield {"tag": data}, top
            return
        for each in data:
            yield from _places(each, top, depth + 1)
    elif isinstance(data, dict):
        top = {**top, **{k: data[k] for k in ("exportTime", "exportFormatVersion") if k in data}}
        lists = [k for k in (*LISTS, "rule", "macro") if isinstance(data.get(k), list)]
        inner = data.get("containerVersion")
        if isinstance(inner, dict | list):
            yield from _inner(inner, top, depth)
        elif (lists and (_holds(data, lists) or isinstance(data.get("container"), dict))) or (
            isinstance(data.get("container"), dict) and _is_container(data["container"])
        ):
            yield data, top
        elif isinstance(data.get("tags"), list) and any(_is_tag(d) for d in data["tags"]):
            yield {**data, "tag": data["tags"]}, top
        elif _is_container(data):
            yield {"container": data}, top
        else:
            for key in _WRAPPERS[1:]:
                if isinstance(data.get(key), dict | list):
                    yield from _places(data[key], top, depth + 1)


def _inner(
    inner: Any, top: dict[str, Any], depth: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    if isinstance(inner, dict):
        yield inner, top
    else:
        for each in inner:
            yield from _places({"containerVersion": each}, top, depth + 1)


def _holds(data: dict[str, Any], lists: list[str]) -> bool:
    """Tell whether lists hold what Tag Manager calls so; ``tag`` alone is a common word."""
    ids = {"tagId", "triggerId", "variableId", "clientId", "templateId", "ruleId", "macroId"}
    return any(isinstance(e, dict) and ids & set(e) for key in lists for e in data[key][:5])


def _is_tag(data: Any) -> bool:
    return (
        isinstance(data, dict) and "type" in data and ("tagId" in data or "firingTriggerId" in data)
    )


def _is_container(data: dict[str, Any]) -> bool:
    return "publicId" in data and ("usageContext" in data or "containerId" in data)


# ------------------------------------------------------------------ one container


def _container(data: dict[str, Any], top: dict[str, Any]) -> Container:
    about = data.get("container")
    about = about if isinstance(about, dict) else {}
    made = Container(
        name=text_of(about.get("name")),
        public_id=text_of(about.get("publicId")).upper(),
        context=_context(about.get("usageContext")),
        domains=tuple(d for d in map(text_of, _items(about.get("domainName"))) if d),
        exported=text_of(top.get("exportTime")),
        servers=tuple(u for u in map(text_of, _items(about.get("taggingServerUrls"))) if u),
    )
    stated = set()
    each: dict[str, list[dict[str, Any]]] = {}
    for key in LISTS:
        value = data.get(key, data.get(_OLD.get(key, "")))
        if value is not None:
            stated.add(key)
        good = []
        if value is not None and not isinstance(value, list | dict):
            made.broken.append(f"the list of {key}s is no list")
        for number, item in enumerate(_items(value), start=1):
            if isinstance(item, dict):
                good.append(item)
            elif item is not None:
                made.broken.append(f"{key} {number} is no object")
        each[key] = good
    made.tags = _things(each["tag"], "tagId")
    made.triggers = _things(each["trigger"], "triggerId", "ruleId")
    made.variables = _things(each["variable"], "variableId", "macroId")
    made.clients = _things(each["client"], "clientId")
    made.zones = _things(each["zone"], "zoneId")
    made.google_tags = _things(each["gtagConfig"], "gtagConfigId")
    made.templates = [_template(t) for t in each["customTemplate"]]
    made.stated = frozenset(stated)
    if not made.context:
        kinds = {t.type for t in (*made.tags, *made.clients)}
        if made.clients or any(k.startswith("sgtm") for k in kinds):
            made.context = "server"
    return made


def _context(value: Any) -> str:
    words = [text_of(v).lower() for v in _items(value)]
    for word in words:
        for known in ("server", "web", "amp", "android", "ios"):
            if word.startswith(known):
                return known
    return ""


def _items(value: Any) -> list[Any]:
    """Return a list; one object where a list is expected is taken as its only entry."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str:
    """Return a single value as text on one line; what is no single value is nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return " ".join(str(value).split())
    return ""


def ids_of(value: Any) -> list[str]:
    """Return ids, which may be numbers, one or a list."""
    return [t for t in map(text_of, _items(value)) if t]


def is_true(value: Any) -> bool:
    """Tell whether a value says yes: ``true`` or ``"true"``."""
    return text_of(value).lower() == "true"


def _things(items: list[dict[str, Any]], *ids: str) -> list[Thing]:
    made = []
    for number, item in enumerate(items, start=1):
        own = next((t for key in ids if (t := text_of(item.get(key)))), "")
        params: dict[str, str] = {}
        rows: list[tuple[str, str]] = []
        for param in _items(item.get("parameter")):
            if not isinstance(param, dict):
                continue
            key = text_of(param.get("key"))
            if isinstance(param.get("value"), str):
                params[key] = param["value"]
            elif text_of(param.get("value")):
                params[key] = text_of(param["value"])
            rows += _rows(param, 0)
        name = text_of(item.get("name")) or f"without a name, number {number}"
        made.append(Thing(own or str(number), name, _type(item), params, tuple(rows), item))
    return made


def _type(item: dict[str, Any]) -> str:
    return text_of(item.get("type"))


def _rows(param: dict[str, Any], depth: int) -> Iterator[tuple[str, str]]:
    """Yield the rows of the tables in a parameter: the first two single values of each."""
    if depth > _DEEPEST:
        return
    cells = [c for c in _items(param.get("map")) if isinstance(c, dict)]
    values = [text_of(c.get("value")) for c in cells]
    if len(values) >= 2:
        yield values[0], values[1]
    for part in (*cells, *(c for c in _items(param.get("list")) if isinstance(c, dict))):
        yield from _rows(part, depth + 1)


# ------------------------------------------------------------------ templates

_SECTION: Final = re.compile(r"^___([A-Z_]+)___[ \t]*$", re.MULTILINE)
_HOST: Final = re.compile(
    r"(?:https?:)?//(?:\*\.)?([\w-]+(?:\.[\w-]+)+)(?:[:/'\"*?]|$)", re.IGNORECASE
)


def _template(item: dict[str, Any]) -> Template:
    code = item.get("templateData")
    code = code if isinstance(code, str) else ""
    parts = _SECTION.split(code)
    sections = dict(zip(parts[1::2], parts[2::2], strict=False))
    info = _json(sections.get("INFO", ""))
    gallery = item.get("galleryReference")
    gallery = gallery if isinstance(gallery, dict) else {}
    owner, repository = text_of(gallery.get("owner")), text_of(gallery.get("repository"))
    brand = info.get("brand")
    types = [f"cvt_{text_of(item.get('containerId'))}_{text_of(item.get('templateId'))}"]
    types += [text_of(info.get("id")), f"cvt_{text_of(gallery.get('galleryTemplateId'))}"]
    rules = sections.get("WEB_PERMISSIONS", "") + sections.get("SERVER_PERMISSIONS", "")
    body = "\n".join(v for k, v in sections.items() if k.startswith("SANDBOXED_JS"))
    return Template(
        id=text_of(item.get("templateId")),
        name=text_of(item.get("name")),
        label=text_of(info.get("displayName")),
        brand=text_of(brand.get("displayName")) if isinstance(brand, dict) else "",
        gallery=f"{owner}/{repository}".lower() if repository else "",
        kind=text_of(info.get("type")),
        types=tuple(t for t in types if t not in ("cvt_", "cvt_temp_public_id", "")),
        code=body,
        permissions=tuple(re.findall(r'"publicId":\s*"(\w+)"', rules)),
        hosts=tuple(dict.fromkeys(h.lower() for h in _HOST.findall(rules))),
    )


def _json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        pairs = re.findall(r'"(displayName|type|id)":\s*"([^"]{0,200})"', text)
        return dict(pairs[::-1])
    return data if isinstance(data, dict) else {}
