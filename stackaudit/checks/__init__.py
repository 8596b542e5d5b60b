"""The built-in checks, one a file; they come through the same door as third-party ones."""

from stackaudit.check import Check
from stackaudit.checks.blind_tool import BlindTool
from stackaudit.checks.broken_integration import BrokenIntegration
from stackaudit.checks.broken_process import BrokenProcess
from stackaudit.checks.competing_records import CompetingRecords
from stackaudit.checks.consent_not_propagated import ConsentNotPropagated
from stackaudit.checks.cost_outlier import CostOutlier
from stackaudit.checks.disconnected_island import DisconnectedIsland
from stackaudit.checks.duplicate_product import DuplicateProduct
from stackaudit.checks.end_of_life_product import EndOfLifeProduct
from stackaudit.checks.idle_tool import IdleTool
from stackaudit.checks.journey_break import JourneyBreak
from stackaudit.checks.late_suppression import LateSuppression
from stackaudit.checks.left_behind_data import LeftBehindData
from stackaudit.checks.manual_bridge import ManualBridge
from stackaudit.checks.missing_capability import MissingCapability
from stackaudit.checks.missing_flow import MissingFlow
from stackaudit.checks.missing_processing_agreement import MissingProcessingAgreement
from stackaudit.checks.no_system_of_record import NoSystemOfRecord
from stackaudit.checks.nominal_capability import NominalCapability
from stackaudit.checks.overlapping_tools import OverlappingTools
from stackaudit.checks.parallel_integrations import ParallelIntegrations
from stackaudit.checks.renewal_deadline import RenewalDeadline
from stackaudit.checks.shadowed_by_suite import ShadowedBySuite
from stackaudit.checks.single_point_of_failure import SinglePointOfFailure
from stackaudit.checks.sole_keeper import SoleKeeper
from stackaudit.checks.stale_copy import StaleCopy
from stackaudit.checks.team_wall import TeamWall
from stackaudit.checks.trapped_data import TrappedData
from stackaudit.checks.undeclared_personal_data import UndeclaredPersonalData
from stackaudit.checks.undeclared_tool import UndeclaredTool
from stackaudit.checks.unguarded_sync_loop import UnguardedSyncLoop
from stackaudit.checks.unguarded_transfer import UnguardedTransfer
from stackaudit.checks.unknown_terms import UnknownTerms
from stackaudit.checks.unmatched_identity import UnmatchedIdentity
from stackaudit.checks.unmeasured_channel import UnmeasuredChannel
from stackaudit.checks.unowned import Unowned
from stackaudit.checks.unseen_tool import UnseenTool
from stackaudit.checks.unsupported_objective import UnsupportedObjective
from stackaudit.checks.unused_seats import UnusedSeats

BUILT_IN: tuple[type[Check], ...] = (
    MissingCapability,
    NominalCapability,
    MissingFlow,
    BrokenProcess,
    JourneyBreak,
    UnmeasuredChannel,
    UnsupportedObjective,
    DuplicateProduct,
    OverlappingTools,
    ShadowedBySuite,
    ParallelIntegrations,
    CompetingRecords,
    NoSystemOfRecord,
    TrappedData,
    BlindTool,
    DisconnectedIsland,
    ManualBridge,
    StaleCopy,
    BrokenIntegration,
    TeamWall,
    UnmatchedIdentity,
    SinglePointOfFailure,
    UnguardedSyncLoop,
    Unowned,
    EndOfLifeProduct,
    SoleKeeper,
    UndeclaredTool,
    UnusedSeats,
    IdleTool,
    RenewalDeadline,
    UnknownTerms,
    CostOutlier,
    UnseenTool,
    ConsentNotPropagated,
    LateSuppression,
    MissingProcessingAgreement,
    UndeclaredPersonalData,
    UnguardedTransfer,
    LeftBehindData,
)
"""In the order of the report: gaps, redundancies, silos, resilience, spend, trust."""


def built_in() -> tuple[type[Check], ...]:
    """Return the built-in checks; entry point ``stackaudit`` of the group ``stackaudit.checks``."""
    return BUILT_IN
