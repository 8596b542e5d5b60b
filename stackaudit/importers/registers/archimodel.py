"""The two formats of an ArchiMate model, read as elements and relationships.

"ArchiMate Model Exchange File Format" 2.1 and 3.x (schemas at
http://www.opengroup.org/xsd/archimate/), and the files of Archi
(https://github.com/archimatetool/archi), which may be a ZIP with the model in ``model.xml``.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final

from stackaudit.importers.model import ImportFailure
from stackaudit.importers.read import FILE_LIMIT
from stackaudit.importers.registers.xml import Element, read_xml

SPACES: Final = (b"opengroup.org/xsd/archimate", b"archimatetool.com/archimate")
_SPELLINGS: Final = {
    "Realisation": "Realization",
    "Specialisation": "Specialization",
    "UsedBy": "Serving",
}
"""Names of ArchiMate 2 → those of 3."""


@dataclass(slots=True)
class Thing:
    """An element of the model."""

    id: str
    type: str
    name: str
    line: int
    documentation: str = ""
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Relation:
    """A relationship of the model."""

    type: str
    from_: str
    to: str
    name: str
    line: int
    access: str = ""


@dataclass(slots=True)
class Model:
    """A model, whichever of the formats it was written in."""

    name: str
    things: dict[str, Thing] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    views: int = 0


def read_model(data: bytes, name: str) -> Model:
    """Return the model of either format. Raises :class:`ImportFailure`."""
    root = read_xml(_unpacked(data, name), name)
    if root.name != "model" or not any(s.decode() in root.space for s in SPACES):
        raise ImportFailure(
            f"{name} is no ArchiMate model: it begins with <{root.name}>",
            "in Archi: File, Export, Model to Open Exchange File",
        )
    own = "archimatetool" in root.space
    model = Model(root.get("name") if own else _label(root))
    if own:
        _archi(root, model)
    else:
        _exchange(root, model)
    return model


def _archi(root: Element, model: Model) -> None:
    open_ = [root]
    while open_:
        element = open_.pop()
        if element.name == "folder" or element is root:
            open_ += reversed(element.children)
            continue
        if element.name != "element":
            continue
        kind = element.get("type").rpartition(":")[2]
        if kind.endswith("Relationship"):
            _relation(model, element, element.get("name"), element.get("accessType"))
        elif kind.endswith(("DiagramModel", "Model")):
            model.views += 1
        else:
            thing = _thing(model, element, kind, element.get("name"))
            for property_ in element.children:
                if thing and property_.name == "property" and property_.get("key"):
                    thing.properties.setdefault(property_.get("key"), property_.get("value"))


def _exchange(root: Element, model: Model) -> None:
    definitions = {
        d.get("identifier"): d.get("name") or _label(d)
        for group in root.children
        if group.name in ("propertydefs", "propertyDefinitions")
        for d in group.children
    }
    for group in root.children:
        for element in group.children if group.name == "elements" else ():
            thing = _thing(model, element, element.get("type").rpartition(":")[2], _label(element))
            properties = element.first("properties")
            for property_ in properties.children if thing and properties else ():
                ref = property_.get("propertyDefinitionRef", "identifierref")
                value = property_.first("value")
                if thing and definitions.get(ref) and value is not None:
                    thing.properties.setdefault(definitions[ref], value.text.strip())
        for element in group.children if group.name == "relationships" else ():
            _relation(model, element, _label(element), element.get("accessType"))
        if group.name == "views":
            inner = group.first("diagrams")
            model.views += len((inner or group).children)


def _label(element: Element) -> str:
    found = element.first("name", "label")
    return " ".join(found.text.split()) if found is not None else ""


def _thing(model: Model, element: Element, kind: str, name: str) -> Thing | None:
    made = Thing(element.get("identifier", "id"), kind, " ".join(name.split()), element.line)
    if not made.id or made.id in model.things:
        return None
    documentation = element.first("documentation")
    made.documentation = documentation.text.strip() if documentation else ""
    model.things[made.id] = made
    return made


def _relation(model: Model, element: Element, name: str, access: str) -> None:
    kind = element.get("type").rpartition(":")[2].removesuffix("Relationship")
    ends = element.get("source"), element.get("target")
    kind = _SPELLINGS.get(kind, kind)
    model.relations.append(Relation(kind, *ends, " ".join(name.split()), element.line, access))


_DAMAGED: Final = (
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,  # a password, or a method of packing that is not known
    ValueError,
    OSError,
    EOFError,
)


def _unpacked(data: bytes, name: str) -> bytes:
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("model.xml")
            if info.file_size > FILE_LIMIT:
                raise ImportFailure(f"{name} unpacks to more than {FILE_LIMIT // 1024 // 1024} MB")
            with archive.open(info) as inner:
                model = inner.read(FILE_LIMIT + 1)
    except _DAMAGED:
        raise ImportFailure(
            f"{name} is a ZIP without a model that can be read",
            "in Archi: File, Export, Model to Open Exchange File",
        ) from None
    if len(model) > FILE_LIMIT:
        raise ImportFailure(f"{name} unpacks to more than {FILE_LIMIT // 1024 // 1024} MB")
    return model
