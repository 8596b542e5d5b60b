"""The importer of Google Tag Manager: containers to tools, and to what is sent where."""

from __future__ import annotations

from typing import ClassVar, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Place, Setting

_HEAD: Final = 400_000
_SUFFIXES: Final = (".json", ".js", ".txt", "")
"""Endings of files that are taken for an export although something stands before it."""
_MARKS: Final = (b'"containerVersion"', b'"firingTriggerId"', b'"firingRuleId"', b'"usageContext"')
_EXPORT: Final = (
    "in Tag Manager: Admin, Export Container, choose the live version; the file is JSON"
)


class TagManager:
    """Container exports and API answers of Google Tag Manager: web, server, AMP, app."""

    id: ClassVar[str] = "gtm"
    title: ClassVar[str] = "Google Tag Manager container export (JSON)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a single file is JSON with the words of a container, whole or cut off."""
        if bundle.folder or not bundle.files:
            return False
        data = bundle.file().data
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = bundle.file().text().encode()
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if start not in (b"{", b"["):
            return bundle.file().suffix in _SUFFIXES and b'"exportFormatVersion"' in data[:300]
        if b'"exportFormatVersion"' in data[:2000] and b'"container' in data[:_HEAD]:
            return True
        if any(mark in data[:_HEAD] for mark in _MARKS[:3]):
            return True
        return _MARKS[3] in data[:_HEAD] and b"GTM-" in data[:_HEAD]

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return what the containers of one file hold.

        Raises :class:`ImportFailure` where there is no container, or nothing of it can be read.
        """
        from stackaudit.importers.gtm.report import Telling
        from stackaudit.importers.gtm.shape import NoContainer, read

        file = bundle.file()
        label = file.name.rpartition("/")[2]
        before, text = _around(file.text())
        try:
            document = read(text)
        except NoContainer as wrong:
            raise ImportFailure(
                f"{label} {wrong}", f"export the container again: {_EXPORT}"
            ) from None
        ids = list(dict.fromkeys(c.public_id for c in document.containers if c.public_id))
        found = Found(self.id, " + ".join(ids[:3]) or label, "")
        if before:
            found.note(f"{label} begins with what is no part of an export; it was passed over")
        if document.cut_off:
            found.partial = True
            found.unreadable(
                f"{label} ends in the middle: only what is whole before that was read",
                Place(label),
                "export or download it again",
            )
        for container in document.containers:
            if document.cut_off:  # what came after the cut is not known, triggers foremost
                container.stated -= {"trigger", "tag"}
            Telling(container, label, found, setting).run()
        if len(document.containers) > 1:
            found.title = f"{len(document.containers)} containers of Google Tag Manager ({label})"
        return found


def _around(text: str) -> tuple[str, str]:
    """Return what stands before an export, as a slip of the keyboard does, and the export."""
    plain = text.lstrip("\ufeff \t\r\n")
    start = plain.find("{")
    if plain[:1] in ("{", "[") or start < 0 or '"exportFormatVersion"' not in plain[:300]:
        return "", text
    return plain[:start], plain[start:]
