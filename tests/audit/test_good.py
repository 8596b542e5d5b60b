"""What is good: a check that found nothing counts only where it could judge."""

from __future__ import annotations

import pytest

from stackaudit.audit.summary import _good
from stackaudit.result import Answer, CheckResult, CheckStatus, Question


def check(name: str, status: CheckStatus, examined: int, unknown: int = 0) -> CheckResult:
    title = name.replace("-", " ").capitalize()
    return CheckResult(
        id=name,
        title=title,
        category="gaps",
        status=status,
        examined=examined,
        unknown=unknown,
    )


ANSWER = Answer(id="support-integrated", question="?", answer="yes", text="", done=0, of=0)
BREAK = check("break-in-the-journey", "pass", 5)


def good(*checks: CheckResult, asked: int = 0) -> str:
    question = Question(id="q", text="?", settles=["break-in-the-journey:x"], weight=asked)
    return _good(checks, [ANSWER], [question] if asked else [])


def test_what_was_looked_for_and_is_not_there_is_said_so() -> None:
    assert good(BREAK) == "The audit found no break in the journey."
    assert good(BREAK, check("wall", "pass", 9), check("loop", "pass", 9)) == (
        "The audit found no break in the journey and no wall."
    )


@pytest.mark.parametrize(
    "silent",
    [
        check("wall", "pass", 1),
        check("wall", "pass", 6, unknown=6),
        check("nobody-answers", "pass", 9),
        check("wall", "fail", 9),
    ],
)
def test_a_check_that_judged_too_little_does_not_speak(silent: CheckResult) -> None:
    assert good(silent) == ""
    assert good(silent, BREAK) == "The audit found no break in the journey."


def test_a_question_on_which_more_hangs_than_was_judged_silences_a_check() -> None:
    assert good(BREAK, asked=4) == "The audit found no break in the journey."
    assert good(BREAK, asked=5) == ""


def test_nothing_is_praised_where_most_checks_could_not_judge() -> None:
    unknown = [check("a", "unknown", 0), check("b", "not-applicable", 0)]
    assert good(BREAK, *unknown) == ""


def test_flows_that_run_and_what_was_not_found_are_one_sentence() -> None:
    done = ANSWER.model_copy(update={"done": 2, "of": 2})
    said = _good([BREAK], [done], [])
    assert said == (
        "2 needed flows of data run without anybody’s help, "
        "and the audit found no break in the journey."
    )
