"""The check finds what it says, and nothing else."""

from __future__ import annotations

from stackaudit_review import StaleReview

from stackaudit.testing import keys, questions, run_check

STACK = """
stackaudit: 1
company: {name: Example, as_of: 2026-11-01}
tools:
  - {name: Mailer, reviewed: 2025-01-01}
  - {name: Shop, reviewed: 2026-10-01}
  - {name: Blog}
  - {name: Old, status: retired, reviewed: 2020-01-01}
"""


def test_an_old_review_is_found() -> None:
    outcome = run_check(StaleReview, STACK)
    assert keys(outcome) == {"mailer": "confirmed"}
    assert outcome.examined == 2


def test_a_review_that_is_not_known_is_a_question() -> None:
    assert questions(run_check(StaleReview, STACK)) == {"reviewed"}


def test_the_threshold_can_be_changed() -> None:
    assert keys(run_check(StaleReview(days=10), STACK)) == {
        "mailer": "confirmed",
        "shop": "confirmed",
    }
