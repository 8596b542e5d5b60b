"""Segment: sources into Segment, Segment into destinations and warehouses.

Segment keeps profiles and decides what goes where, so it is a tool of its own and no mere carrier:
a source and a destination are joined through it by two integrations. Which source feeds which
destination stands in the notes of the integration.
"""

from __future__ import annotations

from typing import ClassVar, Final

from stackaudit.importers.bystanders import say_bystanders
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting
from stackaudit.importers.segment.mapping import Mapper
from stackaudit.importers.segment.records import is_segment, read
from stackaudit.importers.services.documents import about, told

TERRAFORM: Final = (".tf", ".hcl")


class Segment:
    """A workspace of Segment: a folder of its Git sync, one ``.tf`` file, answers of its API."""

    id: ClassVar[str] = "segment"
    title: ClassVar[str] = "Segment workspace (Git sync in HCL, or Public API in JSON)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether most of the Terraform files, or of the data files, are Segment's."""
        named, _ = about(bundle)  # fetched by the service and saved
        if named:
            return named == self.id
        data = [f for f in bundle.files if f.suffix in TERRAFORM]
        data = data or [f for f in bundle.files if f.suffix in (".json", ".yaml", ".yml")]
        return bool(data) and 2 * sum(map(is_segment, data)) > len(data)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the sources, destinations and warehouses of the workspace."""
        found = Found(self.id, bundle.name, f"Segment workspace {bundle.name}")
        workspace = read(bundle, found)
        if workspace.slug:
            found.title = f"Segment workspace {workspace.slug}"
        if not any(workspace.of(k) for k in ("sources", "destinations", "warehouses")):
            broken = next((n for n in found.notices if n.kind == "unreadable"), None)
            if broken is not None and not bundle.folder:
                raise ImportFailure(f"{bundle.name}: {broken.text}", broken.hint)
            raise ImportFailure(
                f"{bundle.name} holds no source, destination or warehouse of Segment",
                "give the whole folder of the Git sync: sources/, destinations/, warehouses/ …",
            )
        Mapper(found, workspace, setting.catalogue).run()
        synced = any(f.suffix in TERRAFORM for f in bundle.files)
        kinds = TERRAFORM if synced else (".json",)
        say_bystanders(found, bundle, lambda f: f.suffix in kinds or is_segment(f))
        told(bundle, found)
        return found
