"""Segment: a workspace in its Git-sync form (HCL), or as the Public API answers (JSON)."""
