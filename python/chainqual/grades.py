"""Grades: of one problem, of columns, and how firmly they stand."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from ._display import Html, bar_svg, html_table, percent, stars_html
from ._tables import Table
from ._text import Text, chosen

Exact = Union[Decimal, Fraction]
Number = Union[int, Decimal, Fraction, str, float]


class Grade(enum.IntEnum):
    """Severity of a problem; the number is the count of stars.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.Grade.CRITICAL.stars, int(cq.Grade.IMPORTANT), cq.Grade.GENERAL > cq.Grade.UNGRADED
    ('★★★', 2, True)
    """

    UNGRADED = 0
    GENERAL = 1
    IMPORTANT = 2
    CRITICAL = 3

    @property
    def stars(self) -> str:
        """'★★★', '★★', '★' or ''."""
        return "★" * self.value

    @property
    def label(self) -> str:
        """What people call it, in the language in use."""
        zh = ("未分级", "一般", "重要", "关键")
        return chosen(zh[self.value], self.name.lower())


def exact(text: str) -> Exact:
    """The exact number that the extension wrote: a Decimal where it ends, else a Fraction."""
    return Fraction(text) if "/" in text else Decimal(text)


@dataclass(frozen=True, repr=False)
class Severity:
    """An exact total and the grade it leads to.

    Attributes
    ----------
    total : Decimal or Fraction
        A Fraction where the decimal does not end (a mean of three experts); 0 where nothing was scored.
    grade : Grade
    """

    total: Exact
    grade: Grade

    @property
    def stars(self) -> str:
        """'★★★', '★★', '★' or ''."""
        return self.grade.stars

    def __repr__(self) -> str:
        return f"Severity(total={self.total!r}, grade=Grade.{self.grade.name}, stars='{self.stars}')"

    def _repr_html_(self) -> str:
        return f"{stars_html(self.stars)} <b>{float(self.total):g}</b> {self.grade.label}"


def severity_of(native: tuple[str, int]) -> Severity:
    """A severity as the extension gives it."""
    return Severity(exact(native[0]), Grade(native[1]))


class Grades:
    """Grades of columns.

    Attributes
    ----------
    grade : uint8 array
        The number of a `Grade` by row; 0 where a row was not scored.
    units : uint16 or uint32 array
        Totals in 1/`scale` points; 0 where a row was not scored.
    scale : int
    """

    __slots__ = ("grade", "scale", "units")

    def __init__(self, grade: npt.NDArray[np.uint8], units: npt.NDArray[Any], scale: int) -> None:
        self.grade = grade
        self.units = units
        self.scale = scale

    @property
    def total(self) -> npt.NDArray[np.float64]:
        """Totals as doubles, for showing and plotting; a new array."""
        totals: npt.NDArray[np.float64] = self.units / np.float64(self.scale)
        return totals

    @property
    def stars(self) -> list[str]:
        """Stars by row."""
        return ["★" * int(grade) for grade in self.grade]

    def counts(self) -> dict[Grade, int]:
        """How many rows got each grade.

        Returns
        -------
        dict of Grade to int

        Examples
        --------
        >>> import chainqual as cq
        >>> import numpy as np
        >>> column = np.array([5, 1], dtype=np.uint8)
        >>> cq.SeverityModel().grade_columns(column, column, column).counts()[cq.Grade.CRITICAL]
        1
        """
        found = np.bincount(self.grade, minlength=4)
        return {grade: int(found[grade]) for grade in Grade}

    def table(self) -> Table:
        """Columns total and grade.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> import numpy as np
        >>> column = np.array([5, 1], dtype=np.uint8)
        >>> cq.SeverityModel().grade_columns(column, column, column).table().columns
        ['total', 'grade']
        """
        return Table({"total": self.total, "grade": self.grade}, title=Text("分级", "grades"))

    def __len__(self) -> int:
        return len(self.grade)

    def __repr__(self) -> str:
        shares = ", ".join(f"{grade.stars or grade.label}: {count}" for grade, count in self.counts().items())
        return f"<Grades of {len(self)} rows: {shares}>"

    def _repr_html_(self) -> str:
        rows = [
            [grade.stars or grade.label, f"{count:,}", Html(bar_svg(count / max(1, len(self))))]
            for grade, count in reversed(self.counts().items())
        ]
        return html_table([chosen("等级", "grade"), chosen("行数", "rows"), ""], rows)


@dataclass(frozen=True)
class Flip:
    """One score that, alone, would change the grade."""

    dimension: str
    from_: Exact
    to: Exact
    result: Severity


@dataclass(frozen=True)
class Kept:
    """How many of the drawn weight vectors keep a grade.

    Attributes
    ----------
    draws, kept : int
    share : float
    standard_error : float
    lower, upper : float
        Wilson's interval, 95 %.
    """

    draws: int
    kept: int
    share: float
    standard_error: float
    lower: float
    upper: float


@dataclass(frozen=True)
class ProblemStability:
    """How a grade stands when the weights are varied: draws by the grade that they lead to, and those that keep it."""

    severity: Severity
    draws: dict[Grade, int]
    kept: Kept


@dataclass(frozen=True)
class Stability:
    """Stability of many grades under weights drawn around the model's own."""

    problems: tuple[ProblemStability, ...]
    all_kept: Kept

    def table(self) -> Table:
        """One row a problem: its total, grade and the share of draws that keep it.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.SeverityModel().stability([(5, 5, 5)], draws=10).table().columns
        ['total', 'stars', 'kept', 'lower', 'upper']
        """
        return Table(
            {
                "total": [p.severity.total for p in self.problems],
                "stars": [p.severity.stars for p in self.problems],
                "kept": np.array([p.kept.share for p in self.problems]),
                "lower": np.array([p.kept.lower for p in self.problems]),
                "upper": np.array([p.kept.upper for p in self.problems]),
            },
            title=Text("权重变动下的稳定性", "stability under varied weights"),
        )

    def __repr__(self) -> str:
        return (
            f"<Stability of {len(self.problems)} problems: all keep their grade in {percent(self.all_kept.share)} of "
            f"{self.all_kept.draws:,} draws>"
        )

    def _repr_html_(self) -> str:
        rows = [
            [p.severity.stars, f"{float(p.severity.total):g}", Html(bar_svg(p.kept.share)), percent(p.kept.share)]
            if p.severity.grade
            else [p.severity.grade.label, "–", "", "–"]
            for p in self.problems
        ]
        return html_table([chosen("等级", "grade"), chosen("总分", "total"), "", chosen("保持", "kept")], rows)
