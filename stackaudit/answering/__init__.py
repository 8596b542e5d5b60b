"""Answers to questions, merged into the files of an inventory without touching anything else."""

from stackaudit.answering.merge import answer_inventory
from stackaudit.answering.outcome import Answered, Conflict
from stackaudit.answering.sheet import read_sheet

__all__ = ["Answered", "Conflict", "answer_inventory", "read_sheet"]
