"""A training base: how its sessions were received, who goes up or down, which problems its courses serve."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from . import _chainqual as _native
from ._guards import chain_of
from ._tables import Table
from ._text import Text
from .grades import Number
from .indicators import Day, number
from .summaries import last_day

if TYPE_CHECKING:
    from .chain import Chain

_CATEGORIES = ("technology", "management", "brand", "infrastructure", "other")
_GROUPS = ("awareness", "control_skills", "technology")
QUESTIONS = ("expertise", "clarity", "interaction", "usefulness")


@dataclass(frozen=True)
class Course:
    """A course and the problems of the chain that it serves."""

    number: str
    name: Text | str = ""
    group: Literal["awareness", "control_skills", "technology"] = "awareness"
    hours: int = 0
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class Lecturer:
    """A lecturer; `years` in the trade."""

    id: str
    name: str = ""
    speciality: str = ""
    years: int = 0
    origin: Literal["internal", "invited", "enterprise"] = "internal"
    grade: Literal["junior", "intermediate", "senior", "expert"] = "junior"
    state: Literal["teaching", "in_help", "left"] = "teaching"


@dataclass(frozen=True)
class CourseSession:
    """A course held on a day; `observed` is the mark, 1 to 5, of the base's manager who sat in."""

    number: str
    course: str
    lecturer: str
    date: datetime.date | str
    observed: Number | None = None


@dataclass(frozen=True)
class SurveySheet:
    """One anonymous sheet: `answers` 1 to 5 to expertise, clarity, interaction, usefulness."""

    session: str
    answers: Sequence[int]


@dataclass(frozen=True)
class TrainingBase:
    """Everything that a training base keeps."""

    courses: Sequence[Course] = ()
    lecturers: Sequence[Lecturer] = ()
    sessions: Sequence[CourseSession] = ()
    sheets: Sequence[SurveySheet] = ()

    def _dict(self) -> dict[str, Any]:
        return {
            "courses": [_plain(one) for one in self.courses],
            "lecturers": [_plain(one) for one in self.lecturers],
            "sessions": [{**_plain(one), "date": str(one.date)} for one in self.sessions],
            "sheets": [{"session": one.session, "answers": list(one.answers)} for one in self.sheets],
        }


def _plain(record: Any) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _rules(rules: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, (tuple, list)) else value for name, value in rules.items()}


def session_scores(base: TrainingBase, **rules: Any) -> Table:
    """How each session was received; nothing of one is shown where so few sheets came back that answers could be told apart.

    Parameters
    ----------
    base : TrainingBase
    **rules
        ``fewest_sheets`` (5) and ``observed_weight`` (0.3) of the manager's mark; see `regrade`.

    Returns
    -------
    Table
        session, sheets, survey (mean of all answers), one column a question, score. Exact.

    Raises
    ------
    Error
        Unknown courses, lecturers or sessions, answers outside 1 to 5: every fault at once.

    Examples
    --------
    >>> import chainqual as cq
    >>> base = cq.TrainingBase([cq.Course("C1")], [cq.Lecturer("L1")], [cq.CourseSession("S1", "C1", "L1", "2026-03-01")],
    ...                        [cq.SurveySheet("S1", (5, 4, 4, 5))] * 6)
    >>> cq.session_scores(base).row(0)["score"]
    Decimal('4.5')
    """
    found = _native.session_scores(base._dict(), _rules(rules))
    columns: dict[str, Any] = {"session": found["session"], "sheets": found["sheets"]}
    columns["survey"] = [number(one) for one in found["survey"]]
    for k, question in enumerate(QUESTIONS):
        columns[question] = [number(one[k]) for one in found["by_question"]]
    columns["score"] = [number(one) for one in found["score"]]
    return Table(
        columns,
        labels={
            "session": Text("课次", "session"),
            "sheets": Text("问卷数", "sheets"),
            "survey": Text("问卷均分", "survey"),
            "expertise": Text("专业性", "expertise"),
            "clarity": Text("教学清晰度", "clarity"),
            "interaction": Text("互动性", "interaction"),
            "usefulness": Text("实用性", "usefulness"),
            "score": Text("得分", "score"),
        },
        title=Text("课次评价", "scores of the sessions"),
    )


def regrade(base: TrainingBase, first: Day, last: Day, **rules: Any) -> Table:
    """Regrades the lecturers by the sessions of a period: keep, promote, demote, help, end_help, exit, not_evaluated.

    Parameters
    ----------
    base : TrainingBase
    first, last : date or str
        Of the period.
    **rules
        ``fewest_sheets`` (5), ``fewest_sessions`` (2), ``promote_from`` (4.5), ``demote_below`` (3.5), ``poor_below``
        (3.0), ``poor_for_help`` (2), ``poor_for_exit`` (4), ``observed_weight`` (0.3), ``years`` ((0, 3, 5, 10)).

    Returns
    -------
    Table
        lecturer, step, grade and state after it, sessions, score, reason.

    Examples
    --------
    >>> import chainqual as cq
    >>> base = cq.TrainingBase([cq.Course("C1")], [cq.Lecturer("L1")], [cq.CourseSession("S1", "C1", "L1", "2026-03-01")],
    ...                        [cq.SurveySheet("S1", (3, 3, 3, 4))] * 6)
    >>> cq.regrade(base, "2026-01-01", "2026-12-31").row(0)["step"]
    'keep'
    """
    found = _native.regrade(base._dict(), first, last_day(last), _rules(rules))
    found["score"] = [number(one) for one in found["score"]]
    found["reason"] = [str(one) for one in found["reason"]]
    return Table(
        found,
        labels={
            "lecturer": Text("讲师", "lecturer"),
            "step": Text("调整", "step"),
            "grade": Text("等级", "grade"),
            "state": Text("状态", "state"),
            "sessions": Text("课次数", "sessions"),
            "score": Text("均分", "score"),
            "reason": Text("理由", "reason"),
        },
        title=Text("讲师等级调整", "grades of the lecturers"),
    )


@dataclass(frozen=True, eq=False)
class TrainingCoverage:
    """How the courses serve a chain's problems.

    Attributes
    ----------
    courses : dict of problem to list of course
    uncovered : list of str
        Problems without a course, the gravest declared grade first.
    categories : Table
        category, problems, covered.
    by_group : dict of group to count
        Problems that a course of each group serves.
    idle : list of str
        Courses that serve no problem.
    """

    courses: dict[str, list[str]]
    uncovered: list[str]
    categories: Table
    by_group: dict[str, int]
    idle: list[str]


def training_coverage(chain: Chain, courses: Iterable[Course]) -> TrainingCoverage:
    """Which of a chain's problems have a course, and which courses serve none.

    Parameters
    ----------
    chain : Chain
    courses : iterable of Course

    Returns
    -------
    TrainingCoverage

    Raises
    ------
    Error
        A course names a problem that there is not, or a number stands twice: every fault at once.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> first = chain.problems["number"][0]
    >>> found = cq.training_coverage(chain, [cq.Course("C1", "IPC-A-610", "control_skills", 16, [first])])
    >>> found.courses[first], len(found.uncovered) == len(chain.problems) - 1
    (['C1'], True)
    """
    found = _native.training_coverage(chain_of(chain)._native, [_plain(one) for one in courses])
    numbers = list(chain.problems["number"])
    return TrainingCoverage(
        dict(zip(numbers, found["courses"])),
        found["uncovered"],
        Table(
            {
                "category": list(_CATEGORIES),
                "problems": [int(one) for one in found["problems"]],
                "covered": [int(one) for one in found["covered"]],
            },
            labels={
                "category": Text("类别", "category"),
                "problems": Text("问题数", "problems"),
                "covered": Text("已覆盖", "covered"),
            },
            title=Text("培训覆盖", "coverage by training"),
        ),
        dict(zip(_GROUPS, (int(one) for one in found["by_group"]))),
        found["idle"],
    )
