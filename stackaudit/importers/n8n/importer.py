"""n8n: which tools its workflows join, and what flows from which to which."""

from __future__ import annotations

from typing import ClassVar

from stackaudit.importers.bystanders import say_bystanders
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting
from stackaudit.importers.n8n.mapping import Mapper
from stackaudit.importers.n8n.workflows import is_workflow, read


class N8n:
    """Workflows exported from n8n: one, a list, a folder, or an answer of its API."""

    id: ClassVar[str] = "n8n"
    title: ClassVar[str] = "n8n workflows (exported JSON)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether most of the JSON files are workflows of n8n."""
        data = [f for f in bundle.files if f.suffix == ".json" or not bundle.folder]
        return bool(data) and 2 * sum(map(is_workflow, data)) > len(data)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the tools of the workflows and the flows between them."""
        found = Found(self.id, bundle.name, f"n8n workflows of {bundle.name}")
        workflows = read(bundle, found)
        if not workflows:
            raise ImportFailure(
                f"{bundle.name} holds no workflow of n8n that can be read",
                "in n8n: open the workflow, menu, Download; or n8n export:workflow --all",
            )
        Mapper(found, workflows, setting.catalogue).run()
        say_bystanders(found, bundle, lambda f: f.suffix == ".json")
        return found
