"""XML of strangers, read safely: no document type, so no entities; limits on size and depth.

Expat of the standard library, with its handlers for document types set to refuse: everything that
makes XML dangerous (entities that grow, that read files, that call addresses) is declared in one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from stackaudit.importers.model import ImportFailure

DEPTH: Final = 200
ELEMENTS: Final = 500_000


@dataclass(slots=True)
class Element:
    """One element: its name without namespace, attributes by local name, children, own text."""

    name: str
    space: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""
    line: int = 0

    def first(self, *names: str) -> Element | None:
        """Return the first child of one of the names."""
        return next((c for c in self.children if c.name in names), None)

    def get(self, *names: str) -> str:
        """Return the first of the attributes that is there."""
        return next((v for n in names if (v := self.attributes.get(n))), "")


class _Refused(Exception):  # noqa: N818 - caught here
    pass


def read_xml(data: bytes, name: str) -> Element:
    """Return the root element.

    Raises :class:`ImportFailure` for what is no XML, declares a document type, or is past a limit.
    """
    stack: list[Element] = []
    roots: list[Element] = []
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > ELEMENTS:
            raise _Refused(f"it holds more than {ELEMENTS:,} elements")
        if len(stack) >= DEPTH:
            raise _Refused(f"it is nested more than {DEPTH} deep")
        space, _, local = tag.rpartition(" ")
        own = {k.rpartition(" ")[2]: v for k, v in attributes.items()}
        element = Element(local, space, own, line=parser.CurrentLineNumber)
        if stack:
            stack[-1].children.append(element)
        else:
            roots.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def text(more: str) -> None:
        if stack and len(stack[-1].text) < 20_000:
            stack[-1].text += more

    def refuse(*_: object) -> None:
        raise _Refused("it declares a document type (<!DOCTYPE …>), which no such export has")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except _Refused as refused:
        raise ImportFailure(
            f"{name} was not read: {refused}", "export the model again from the program it is from"
        ) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = f"line {getattr(error, 'lineno', 0)}: " if getattr(error, "lineno", 0) else ""
        why = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
        raise ImportFailure(
            f"{name} is no whole XML file ({line}{why})", "export the model again"
        ) from None
    return roots[0]
