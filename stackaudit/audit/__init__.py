"""The audit: run the checks on a stack, isolate failures, mark what is accepted, say the answer."""

from stackaudit.audit.run import audit

__all__ = ["audit"]
