"""The importers and services that come with the package, the most particular kinds first."""

from __future__ import annotations

from typing import Any


def built_in() -> list[type[Any]]:
    """Return the classes; the order is the one in which a source is offered to them."""
    from stackaudit.importers.gtm.parse import TagManager
    from stackaudit.importers.n8n.importer import N8n
    from stackaudit.importers.registers.archimate import ArchiMate
    from stackaudit.importers.registers.backstage import Backstage
    from stackaudit.importers.registers.declared import Declared
    from stackaudit.importers.registers.gitlab import GitLabStack
    from stackaudit.importers.registers.handbook import Handbook
    from stackaudit.importers.registers.webpage import SubprocessorPage
    from stackaudit.importers.rudder.importer import Rudder
    from stackaudit.importers.segment.importer import Segment
    from stackaudit.importers.services import airbyte, fivetran, hightouch, okta, segment
    from stackaudit.importers.site.importer import Pages, Recordings
    from stackaudit.importers.spreadsheet.importer import Spreadsheets

    services = [
        okta.OktaApplications,
        airbyte.AirbyteConnections,
        fivetran.FivetranConnections,
        hightouch.HightouchSyncs,
        segment.SegmentWorkspace,
    ]
    answers = [
        okta.OktaDocuments,
        airbyte.AirbyteDocuments,
        fivetran.FivetranDocuments,
        hightouch.HightouchDocuments,
    ]

    return [
        *services,
        TagManager,
        Recordings,
        Segment,
        Rudder,
        N8n,
        *answers,
        Backstage,
        ArchiMate,
        GitLabStack,
        Declared,
        Handbook,
        SubprocessorPage,
        Pages,
        Spreadsheets,
    ]
