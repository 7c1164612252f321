"""Design for quality: Kano's classes, houses of quality, deviations along a process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._errors import Findings
from ._tables import Table
from ._text import Text, chosen

Floats = npt.NDArray[np.float64]
KanoAnswer = Literal["like", "expect", "neutral", "tolerate", "dislike"]
KanoClass = Literal["must_be", "one_dimensional", "attractive", "indifferent", "reverse", "questionable"]
_KANO: tuple[KanoClass, ...] = (
    "must_be",
    "one_dimensional",
    "attractive",
    "indifferent",
    "reverse",
    "questionable",
)


@dataclass(frozen=True)
class KanoFeature:
    """A feature by all its answers.

    Attributes
    ----------
    counts : dict of class to count
    feature : {'must_be', 'one_dimensional', 'attractive', 'indifferent', 'reverse', 'questionable'}
        The most frequent class; of equals the first in this order.
    clear : bool
        The two most frequent differ beyond chance.
    better, worse : float
        What having it may bring, 0 to 1; what lacking it may cost, −1 to 0.
    """

    counts: dict[KanoClass, int]
    feature: KanoClass
    clear: bool
    better: float
    worse: float


def classify_feature(answers: Iterable[tuple[KanoAnswer, KanoAnswer]]) -> KanoFeature:
    """Classifies a feature by customers' pairs of answers: how would you feel with it, and how without?

    Parameters
    ----------
    answers : iterable of (with, without)
        Each 'like', 'expect', 'neutral', 'tolerate' or 'dislike', or their Chinese names.

    Returns
    -------
    KanoFeature

    References
    ----------
    Kano et al. 1984; Berger et al. 1993; Fong 1996 for `clear`.

    Examples
    --------
    >>> import chainqual as cq
    >>> found = cq.classify_feature([("like", "dislike")] * 8 + [("like", "neutral")] * 2)
    >>> found.feature, found.clear, found.better, found.worse
    ('one_dimensional', True, 1.0, -0.8)
    """
    given = []
    for pair in answers:
        if isinstance(pair, str) or len(pair) != 2:
            raise ValueError(
                chosen("每份回答应为 (具备时, 不具备时)。", "Each answer is (with the feature, without the feature).")
            )
        given.append({"with": pair[0], "without": pair[1]})
    found = _native.classify_feature(given)
    return KanoFeature(**{**found, "counts": dict(zip(_KANO, (int(one) for one in found["counts"])))})


@dataclass(frozen=True, eq=False)
class QualityHouse:
    """A house of quality: what is wanted (rows) against the characteristics that answer it (columns).

    Attributes
    ----------
    wants, characteristics : sequence of str
    relations : table [wants, characteristics]
        Usually 0, 1, 3, 9.
    importance : sequence of float
        Of the wants; in a cascade the first house's alone is read.
    roof : table [characteristics, characteristics], optional
        Symmetric, −1 to 1: how raising one helps or hinders another.
    """

    wants: Sequence[str]
    characteristics: Sequence[str]
    relations: npt.ArrayLike
    importance: Sequence[float] | npt.ArrayLike = ()
    roof: npt.ArrayLike | None = None

    def _dict(self) -> dict[str, Any]:
        return {
            "wants": list(self.wants),
            "importance": np.ascontiguousarray(self.importance, dtype=np.float64),
            "characteristics": list(self.characteristics),
            "relations": _flat(self.relations, "relations", (len(self.wants), len(self.characteristics))),
            "roof": np.zeros(0)
            if self.roof is None
            else _flat(self.roof, "roof", (len(self.characteristics), len(self.characteristics))),
        }


def _flat(table: npt.ArrayLike, name: str, shape: tuple[int, int]) -> Floats:
    values = np.ascontiguousarray(table, dtype=np.float64)
    if values.shape != shape:
        raise ValueError(
            chosen(
                f"{name} 应为 {shape[0]} 行 {shape[1]} 列，而不是 {values.shape}。",
                f"{name} must have {shape[0]} rows and {shape[1]} columns, not the shape {values.shape}.",
            )
        )
    return values.ravel()


@dataclass(frozen=True, eq=False, repr=False)
class QualityHouseResult:
    """A house of quality, worked out.

    Attributes
    ----------
    house : QualityHouse
    characteristics : Table
        characteristic, importance, share, the order of the house.
    by_want : float64 array [wants, characteristics]
        The part of a characteristic's share that each want brings; sums to 1.
    conflicts : Table
        first, second (characteristics that hinder each other), strength, weight; the weightiest first.
    rank : int
        Of the relations.
    findings : Findings
        Wants that nothing answers, characteristics that answer nothing, relations that repeat each other.
    """

    house: QualityHouse
    characteristics: Table
    by_want: Floats
    conflicts: Table
    rank: int
    findings: Findings

    def __repr__(self) -> str:
        return f"<QualityHouseResult>\n{self.characteristics!r}"

    def _repr_html_(self) -> str:
        return self.characteristics._repr_html_()


def _house_of(house: QualityHouse, found: dict[str, Any]) -> QualityHouseResult:
    names = list(house.characteristics)
    conflicts = found["conflicts"]
    return QualityHouseResult(
        house,
        Table(
            {"characteristic": names, "importance": found["importance"], "share": found["share"]},
            labels={
                "characteristic": Text("质量特性", "characteristic"),
                "importance": Text("重要度", "importance"),
                "share": Text("占比", "share"),
            },
            title=Text("质量屋", "house of quality"),
        ),
        found["by_want"].reshape(len(house.wants), len(names)),
        Table(
            {
                "first": [names[one["first"]] for one in conflicts],
                "second": [names[one["second"]] for one in conflicts],
                "strength": np.array([one["strength"] for one in conflicts], dtype=float),
                "weight": np.array([one["weight"] for one in conflicts], dtype=float),
            },
            title=Text("相互冲突的质量特性", "characteristics in conflict"),
        ),
        found["rank"],
        Findings._of(found["findings"]),
    )


def build_house(house: QualityHouse) -> QualityHouseResult:
    """Works out a house of quality: how much each characteristic matters, and which ones hinder each other.

    Parameters
    ----------
    house : QualityHouse

    Returns
    -------
    QualityHouseResult

    Raises
    ------
    Error
        Every fault at once.

    References
    ----------
    Akao 1990; Hauser & Clausing 1988.

    Examples
    --------
    >>> import chainqual as cq
    >>> house = cq.QualityHouse(["quiet", "safe"], ["fan speed", "fuse"], [[9, 0], [1, 9]], [1, 2])
    >>> cq.build_house(house).characteristics["share"].round(3)
    array([0.379, 0.621])
    """
    return _house_of(house, _native.build_house(house._dict()))


@dataclass(frozen=True, eq=False)
class HouseCascade:
    """Houses of which each deploys the one before.

    Attributes
    ----------
    houses : list of QualityHouseResult
    by_first_want : float64 array [wants of the first, characteristics of the last]
        The part of the last house's shares that each first want brings.
    """

    houses: list[QualityHouseResult]
    by_first_want: Floats


def cascade_houses(houses: Iterable[QualityHouse]) -> HouseCascade:
    """Cascades houses of quality: product → parts → processes → checks.

    Parameters
    ----------
    houses : iterable of QualityHouse
        The wants of each are the characteristics of the one before.

    Returns
    -------
    HouseCascade

    Examples
    --------
    >>> import chainqual as cq
    >>> product = cq.QualityHouse(["quiet", "safe"], ["fan speed", "fuse"], [[9, 0], [1, 9]], [1, 2])
    >>> parts = cq.QualityHouse(["fan speed", "fuse"], ["bearing", "wire"], [[9, 0], [0, 9]])
    >>> round(float(cq.cascade_houses([product, parts]).by_first_want.sum()), 6)
    1.0
    """
    given = list(houses)
    found = _native.cascade_houses([house._dict() for house in given])
    results = [_house_of(house, one) for house, one in zip(given, found["houses"])]
    shape = (len(given[0].wants), len(given[-1].characteristics)) if given else (0, 0)
    return HouseCascade(results, found["by_first_want"].reshape(shape))


@dataclass(frozen=True, eq=False)
class DeviationStage:
    """One stage of a process: x ← A x + B u, with deviations x of the part's features and u that the stage brings.

    Attributes
    ----------
    name : str
    a : table [features after, features before]
    b : table [features after, sources]
    sources : sequence of str
    covariance : table [sources, sources], or [sources] variances
    mean : sequence of float, optional
        Of u; by default 0.
    """

    name: str
    a: npt.ArrayLike
    b: npt.ArrayLike
    sources: Sequence[str]
    covariance: npt.ArrayLike
    mean: Sequence[float] | npt.ArrayLike = ()


@dataclass(frozen=True, eq=False)
class DeviationProcess:
    """A process of stages and the part that comes in; sources of different stages are independent.

    Attributes
    ----------
    stages : sequence of DeviationStage
    incoming_mean : sequence of float
        Deviations of the incoming part's features.
    incoming_covariance : table, or variances, optional
        By default the incoming part does not vary.
    """

    stages: Sequence[DeviationStage]
    incoming_mean: Sequence[float] | npt.ArrayLike
    incoming_covariance: npt.ArrayLike | None = None

    def _dict(self) -> dict[str, Any]:
        mean = np.ascontiguousarray(self.incoming_mean, dtype=np.float64).ravel()
        varies = np.zeros((len(mean), len(mean))) if self.incoming_covariance is None else self.incoming_covariance
        return {
            "incoming_mean": mean,
            "incoming_covariance": _matrix(varies, "incoming_covariance", square=True),
            "stages": [
                {
                    "name": stage.name,
                    "a": _matrix(stage.a, f"{stage.name}: a"),
                    "b": _matrix(stage.b, f"{stage.name}: b"),
                    "sources": list(stage.sources),
                    "mean": np.ascontiguousarray(stage.mean, dtype=np.float64).ravel(),
                    "covariance": _matrix(stage.covariance, f"{stage.name}: covariance", square=True),
                }
                for stage in self.stages
            ],
        }

    def _sources(self) -> list[tuple[str, str]]:
        return [(stage.name, source) for stage in self.stages for source in stage.sources]


def _matrix(values: npt.ArrayLike, name: str, square: bool = False) -> dict[str, Any]:
    table = np.ascontiguousarray(values, dtype=np.float64)
    if square and table.ndim == 1:
        table = np.diag(table)
    if table.ndim != 2:
        raise ValueError(chosen(f"{name} 应是二维的表。", f"{name} must be a table of two dimensions."))
    return {"rows": table.shape[0], "columns": table.shape[1], "values": np.ascontiguousarray(table).ravel()}


@dataclass(frozen=True, eq=False)
class DeviationState:
    """Deviations of the part's features after a stage."""

    mean: Floats
    covariance: Floats


@dataclass(frozen=True, eq=False, repr=False)
class DeviationResult:
    """Deviations along a process.

    Attributes
    ----------
    states : list of DeviationState
        The incoming part, then after each stage.
    shares : Table
        stage, source, and what it brings to each feature of the finished part: mean_1 …, variance_1 …
    stage_share : dict of stage to share
        Of the sum of the finished part's variances; the incoming part under ''.
    """

    states: list[DeviationState]
    shares: Table
    stage_share: dict[str, float] = field(default_factory=dict)

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{name or chosen('来料', 'incoming')} {share:.0%}" for name, share in self.stage_share.items()
        )
        return f"<DeviationResult: {shown}>"


def propagate_deviations(process: DeviationProcess) -> DeviationResult:
    """Carries deviations through the stages, with covariance, and tells what each source brings to the finished part.

    Parameters
    ----------
    process : DeviationProcess

    Returns
    -------
    DeviationResult

    Raises
    ------
    Error
        Tables that do not fit; covariances that are not symmetric or not positive semidefinite; all at once.

    References
    ----------
    Jin & Shi 1999.

    Examples
    --------
    >>> import chainqual as cq
    >>> drill = cq.DeviationStage("drill", [[1.0]], [[1.0]], ["fixture"], [0.03])
    >>> ream = cq.DeviationStage("ream", [[0.5]], [[1.0]], ["tool"], [0.0025])
    >>> cq.propagate_deviations(cq.DeviationProcess([drill, ream], [0.0]))
    <DeviationResult: incoming 0%, drill 75%, ream 25%>
    """
    found = _native.propagate_deviations(process._dict())
    names = ["", *(stage.name for stage in process.stages)]
    shares = found["shares"]
    columns: dict[str, Any] = {
        "stage": [names[one["stage"]] for one in shares],
        "source": [
            process.stages[one["stage"] - 1].sources[one["source"]] if one["stage"] else str(one["source"] + 1)
            for one in shares
        ],
    }
    features = len(found["states"][-1]["mean"])
    for part in ("mean", "variance"):
        for k in range(features):
            columns[f"{part}_{k + 1}"] = np.array([one[part][k] for one in shares])
    return DeviationResult(
        [
            DeviationState(one["mean"], one["covariance"]["values"].reshape(len(one["mean"]), len(one["mean"])))
            for one in found["states"]
        ],
        Table(columns, title=Text("各来源的贡献", "what each source brings")),
        dict(zip(names, (float(one) for one in found["stage_share"]))),
    )


def locate_sources(process: DeviationProcess, measured: npt.ArrayLike) -> Table:
    """Finds the means of the sources from measured means of the finished part, by least squares.

    Parameters
    ----------
    process : DeviationProcess
        The means of its sources are not read.
    measured : series
        One for each feature of the finished part.

    Returns
    -------
    Table
        stage, source, mean.

    Raises
    ------
    Error
        ``no_solution``: the sources cannot be told apart by what is measured; one that depends on others is named.

    References
    ----------
    Zhou, Ding, Chen & Shi 2003.

    Examples
    --------
    >>> import chainqual as cq
    >>> drill = cq.DeviationStage("drill", [[1.0]], [[2.0]], ["fixture"], [0.03])
    >>> cq.locate_sources(cq.DeviationProcess([drill], [0.0]), [0.5])["mean"]
    array([0.25])
    """
    means = _native.locate_sources(process._dict(), np.ascontiguousarray(measured, dtype=np.float64).ravel())
    sources = process._sources()
    return Table(
        {"stage": [stage for stage, _ in sources], "source": [source for _, source in sources], "mean": means},
        title=Text("推断的来源均值", "means of the sources"),
    )
