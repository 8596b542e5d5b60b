"""The catalogue: what is known of products, capabilities, data objects, flows, profiles and rules.

Knowledge lives in ``data/`` (YAML and CSV, reviewed, with sources); the code only reads it.
"""

from stackaudit.catalogue.load import load_catalogue
from stackaudit.catalogue.model import (
    Capability,
    Catalogue,
    Channel,
    DataObject,
    Domain,
    ExpectedFlow,
    JourneyStage,
    Latency,
    Method,
    Process,
    Product,
    Profile,
    Region,
    Rule,
    Shared,
    Stage,
    Suite,
    Transfer,
)

__all__ = [
    "Capability",
    "Catalogue",
    "Channel",
    "DataObject",
    "Domain",
    "ExpectedFlow",
    "JourneyStage",
    "Latency",
    "Method",
    "Process",
    "Product",
    "Profile",
    "Region",
    "Rule",
    "Shared",
    "Stage",
    "Suite",
    "Transfer",
    "load_catalogue",
]
