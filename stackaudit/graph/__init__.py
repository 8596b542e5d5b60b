"""The stack: inventory and catalogue as one read-only graph; what follows is computed once."""

from stackaudit.graph.build import build_stack
from stackaudit.graph.model import Flow, RecordFact, StackTool
from stackaudit.graph.stack import Stack

__all__ = ["Flow", "RecordFact", "Stack", "StackTool", "build_stack"]
