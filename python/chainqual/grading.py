"""Grading of lines, goods and suppliers: value functions, limits, inheritance along a process, ladders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._tables import Table
from ._text import Text
from .grades import Number, exact

Floats = npt.NDArray[np.float64]
Direction = Literal["higher", "lower"]


@dataclass(frozen=True)
class ValueCurve:
    """A value function: what a measurement is worth, from 0 to 1. Made by `points` or `exponential`; called to apply it.

    Examples
    --------
    >>> import chainqual as cq
    >>> thickness = cq.ValueCurve.points([(9.0, 0), (10.0, 1), (11.0, 0)])
    >>> thickness([9.5, 10.0, 12.0])
    array([0.5, 1. , 0. ])
    >>> round(float(cq.ValueCurve.exponential(0, 10, 2)(5)), 3)
    0.731
    """

    _curve: Mapping[str, Any]

    @classmethod
    def points(cls, points: Iterable[tuple[float, float]]) -> ValueCurve:
        """Straight lines between (measurement, value), two or more, measurements ascending; flat beyond them.

        Parameters
        ----------
        points : iterable of (float, float)

        Returns
        -------
        ValueCurve

        Examples
        --------
        >>> import chainqual as cq
        >>> float(cq.ValueCurve.points([(0, 0), (10, 1)])(4))
        0.4
        """
        rows = [{"measurement": float(m), "value": float(v)} for m, v in points]
        return cls._checked({"points": rows})

    @classmethod
    def exponential(cls, worst: float, best: float, shape: float = 0) -> ValueCurve:
        """Worth 0 at `worst`, 1 at `best`; shape > 0 gives most of the worth early, 0 is a straight line.

        Parameters
        ----------
        worst, best, shape : float

        Returns
        -------
        ValueCurve

        Examples
        --------
        >>> import chainqual as cq
        >>> float(cq.ValueCurve.exponential(0, 10)(4))
        0.4
        """
        return cls._checked({"worst": float(worst), "best": float(best), "shape": float(shape)})

    @classmethod
    def _checked(cls, curve: dict[str, Any]) -> ValueCurve:
        _native.worth(curve, np.zeros(0))
        return cls(curve)

    def __call__(self, measurements: npt.ArrayLike) -> Floats:
        table = np.asarray(measurements, dtype=np.float64)
        return _native.worth(dict(self._curve), np.ascontiguousarray(table).ravel()).reshape(table.shape)


@dataclass(frozen=True)
class GradingCriterion:
    """What lines are graded by; a line worth less than `least` here is given the lowest grade, whatever else it does."""

    name: str
    curve: ValueCurve
    weight: float = 1
    least: float | None = None


def grade_lines(
    criteria: Iterable[GradingCriterion],
    thresholds: Mapping[str, float],
    lines: Mapping[str, Sequence[float] | npt.ArrayLike],
) -> Table:
    """Grades production lines by weighted value functions and ranks them.

    Parameters
    ----------
    criteria : iterable of GradingCriterion
    thresholds : mapping of grade to the value from which it is given
        From the lowest grade, the first from 0.
    lines : mapping of name to measurements
        One for each criterion.

    Returns
    -------
    Table
        By rank: line, rank, grade, value, held_back, weakest (criterion that costs most), and the worth by each criterion.

    Raises
    ------
    Error
        Every fault at once.

    References
    ----------
    Keeney & Raiffa 1976.

    Examples
    --------
    >>> import chainqual as cq
    >>> flat = cq.GradingCriterion("flatness", cq.ValueCurve.exponential(10, 0))
    >>> table = cq.grade_lines([flat], {"B": 0, "A": 0.7}, {"one": [2.0], "two": [5.0]})
    >>> [(row["line"], row["grade"]) for row in map(table.row, range(2))]
    [('one', 'A'), ('two', 'B')]
    """
    measured = list(criteria)
    names = list(lines)
    grades = list(thresholds)
    found = _native.grade_lines(
        [
            {"name": one.name, "weight": float(one.weight), "curve": dict(one.curve._curve), "least": one.least}
            for one in measured
        ],
        [{"name": name, "from": float(start)} for name, start in thresholds.items()],
        [
            {"name": name, "measurements": np.ascontiguousarray(values, dtype=np.float64)}
            for name, values in lines.items()
        ],
    )
    columns: dict[str, Any] = {
        "line": [names[int(k)] for k in found["line"]],
        "rank": found["rank"],
        "grade": [grades[int(k)] for k in found["grade"]],
        "value": found["value"],
        "held_back": found["held_back"],
        "weakest": [measured[int(k)].name for k in found["weakest"]],
    }
    for k, one in enumerate(measured):
        columns[one.name] = np.array([values[k] for values in found["values"]])
    return Table(
        columns,
        labels={
            "line": Text("产线", "line"),
            "rank": Text("名次", "rank"),
            "grade": Text("等级", "grade"),
            "value": Text("综合值", "value"),
            "held_back": Text("受限", "held back"),
            "weakest": Text("短板", "weakest"),
        },
        title=Text("产线分级", "graded lines"),
    )


@dataclass(frozen=True, eq=False)
class InheritedQuality:
    """Quality (or defects) after each stage, and what of the last comes from which stage.

    Attributes
    ----------
    after, origin : float64 array [stages]
    """

    after: Floats
    origin: Floats


def _stages(stages: Iterable[tuple[str, float, float]]) -> list[dict[str, Any]]:
    return [{"name": name, "own": float(own), "inherited": float(inherited)} for name, own, inherited in stages]


def inherit_quality(stages: Iterable[tuple[str, float, float]]) -> InheritedQuality:
    """Quality handed on: q₁ = own₁, qₖ = inheritedₖ qₖ₋₁ + (1 − inheritedₖ) ownₖ.

    Parameters
    ----------
    stages : iterable of (name, own, inherited)
        In order; shares in 0 to 1, of the first stage `inherited` without meaning.

    Returns
    -------
    InheritedQuality
        `origin` are the stages' weights in the last quality; they sum to 1.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.inherit_quality([("casting", 0.5, 0), ("rolling", 0.9, 0.5)]).after.round(3)
    array([0.5, 0.7])
    """
    return InheritedQuality(**_native.inherit_quality(_stages(stages)))


def inherit_defects(stages: Iterable[tuple[str, float, float]]) -> InheritedQuality:
    """Defects handed on: a stage makes one in a share `own` of the units, and lets a share `inherited` of earlier ones through.

    Parameters
    ----------
    stages : iterable of (name, own, inherited)

    Returns
    -------
    InheritedQuality
        `after` is the share of units with a defect, `origin` the share of finished units with a defect of each stage.

    Examples
    --------
    >>> import chainqual as cq
    >>> found = cq.inherit_defects([("solder", 0.1, 0), ("inspection", 0.0, 0.2)])
    >>> found.after.round(3), found.origin.round(3)
    (array([0.1 , 0.02]), array([0.02, 0.  ]))
    """
    return InheritedQuality(**_native.inherit_defects(_stages(stages)))


@dataclass(frozen=True)
class LimitGrading:
    """Grades by one measured value against limits, the best grade first; a limit is itself admitted. Exact.

    Parameters
    ----------
    limits : mapping of grade to limit
        Each looser than the one before.
    direction : {'lower', 'higher'}
        Which values are better.

    Raises
    ------
    Error
        Limits that are out of order, all at once.

    Examples
    --------
    >>> import chainqual as cq
    >>> milk = cq.milk_by_somatic_cells()
    >>> milk.grade(400_000), milk.grade(1_200_000)
    ('EU', None)
    """

    limits: Mapping[str, Number]
    direction: Direction = "lower"

    def __post_init__(self) -> None:
        self.grades([])

    def _rows(self) -> list[dict[str, Any]]:
        return [{"name": name, "limit": limit} for name, limit in self.limits.items()]

    def grades(self, values: Iterable[Number]) -> list[str | None]:
        """The best grade that admits each value; None where all limits are broken.

        Parameters
        ----------
        values : iterable of numbers

        Returns
        -------
        list of str or None

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.milk_by_somatic_cells().grades([150_000, 5_000_000])
        ['EU', None]
        """
        names = list(self.limits)
        found = _native.grade_by_limits(self._rows(), self.direction, list(values))
        return [None if place is None else names[place] for place in found]

    def grade(self, value: Number) -> str | None:
        """The best grade that admits a value; None where all limits are broken.

        Parameters
        ----------
        value : number

        Returns
        -------
        str or None

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.milk_by_somatic_cells().grade(150_000)
        'EU'
        """
        return self.grades([value])[0]

    def tally(self, values: Iterable[Number]) -> dict[str | None, int]:
        """How many values fall in each grade, and under None how many in none.

        Parameters
        ----------
        values : iterable of numbers

        Returns
        -------
        dict of str or None to int

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.milk_by_somatic_cells().tally([150_000, 160_000, 5_000_000])
        {'EU': 2, 'US': 0, 'CN (proposed)': 0, None: 1}
        """
        counts = _native.tally_by_limits(self._rows(), self.direction, list(values))
        return dict(zip([*self.limits, None], (int(one) for one in counts)))


def milk_by_somatic_cells() -> LimitGrading:
    """Somatic cells in raw milk, per mL: 400 000 (EU), 750 000 (US), 1 000 000 (proposed in China).

    Returns
    -------
    LimitGrading

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.milk_by_somatic_cells().tally([300_000, 500_000, 2_000_000])[None]
    1
    """
    return LimitGrading({one["name"]: exact(one["limit"]) for one in _native.milk_limits()}, "lower")


@dataclass(frozen=True)
class LadderDemand:
    """What a step asks of one measure; the limit is itself enough."""

    measure: str
    limit: Number
    direction: Direction = "higher"


@dataclass(frozen=True)
class LadderPlace:
    """Where a supplier stands.

    Attributes
    ----------
    step : str or None
        The highest step reached, with all below it; None: not on the ladder.
    wanting : list of LadderDemand
        What the next step asks and the supplier does not show; empty at the top.
    unmeasured : list of str
        Of these, the measures without a value.
    """

    step: str | None
    wanting: list[LadderDemand] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)


def place_on_ladder(ladder: Mapping[str, Iterable[LadderDemand]], measures: Mapping[str, Number]) -> LadderPlace:
    """Places a supplier on a ladder of staged certification: steps are climbed in order.

    Parameters
    ----------
    ladder : mapping of step to demands
        From the lowest step.
    measures : mapping of measure to value

    Returns
    -------
    LadderPlace

    Examples
    --------
    >>> import chainqual as cq
    >>> ladder = {"bronze": [cq.LadderDemand("pass_rate", 95)], "silver": [cq.LadderDemand("pass_rate", "98.5")]}
    >>> place = cq.place_on_ladder(ladder, {"pass_rate": 97})
    >>> place.step, place.wanting[0].limit
    ('bronze', Decimal('98.5'))
    """
    names = list(ladder)
    steps = [
        {
            "name": name,
            "demands": [{"measure": d.measure, "limit": d.limit, "direction": d.direction} for d in demands],
        }
        for name, demands in ladder.items()
    ]
    found = _native.place_on_ladder(steps, [{"measure": name, "value": value} for name, value in measures.items()])
    return LadderPlace(
        None if found["step"] is None else names[found["step"]],
        [LadderDemand(one["measure"], exact(one["limit"]), one["direction"]) for one in found["wanting"]],
        found["unmeasured"],
    )
