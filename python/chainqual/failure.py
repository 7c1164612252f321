"""How products fail, and what weighs how much: FMEA, fault trees, weights by judgement and by entropy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._run import Progress, running
from ._text import chosen

Priority = Literal["low", "medium", "high"]
GateInputs = tuple[Union[str, int], Sequence[str]]


@dataclass(frozen=True)
class RatedMode:
    """A failure mode, ranked.

    Attributes
    ----------
    name, severity, occurrence, detection
        As given.
    rpn : int
        Risk priority number, severity · occurrence · detection.
    priority : {'low', 'medium', 'high'} or None
        By the table of action priorities, where one is given.
    rank : int
        From 1.
    cumulated_share : float
        Of all risk priority numbers, down to this rank (Pareto).
    """

    name: str
    severity: int
    occurrence: int
    detection: int
    rpn: int
    priority: Priority | None
    rank: int
    cumulated_share: float


def fmea(
    modes: Iterable[tuple[str, int, int, int]], *, priorities: Iterable[Mapping[str, Any]] | None = None
) -> list[RatedMode]:
    """Ranks failure modes: by action priority where a table is given, then by risk priority number, then severity.

    Parameters
    ----------
    modes : iterable of (name, severity, occurrence, detection)
        Ratings are whole numbers 1 to 10.
    priorities : iterable of dict, optional
        Rows of a table of action priorities: ``severity_from``, ``severity_to``, ``occurrence_from`` … ``detection_to``
        (1 and 10 where absent) and ``priority``. They must speak of each of the 1000 ratings, and agree where they overlap.

    Returns
    -------
    list of RatedMode
        By rank.

    Raises
    ------
    Error
        Every wrong rating or row at once.

    References
    ----------
    IEC 60812:2018; AIAG & VDA 2019 for action priorities.

    Examples
    --------
    >>> import chainqual as cq
    >>> [(m.name, m.rpn, m.rank) for m in cq.fmea([("scratch", 3, 5, 2), ("short", 9, 3, 4)])]
    [('short', 108, 1), ('scratch', 30, 2)]
    """
    names = ("name", "severity", "occurrence", "detection")
    given: list[dict[str, Any]] = []
    for mode in modes:
        if len(mode) != len(names):
            raise ValueError(
                chosen(
                    "失效模式应为 (名称, 严重度, 频度, 探测度)。", "A mode is (name, severity, occurrence, detection)."
                )
            )
        given.append(dict(zip(names, mode)))
    rules = None if priorities is None else [dict(row) for row in priorities]
    return [
        RatedMode(
            **given[row["mode"]],
            rpn=row["rpn"],
            priority=row["priority"],
            rank=row["rank"],
            cumulated_share=row["cumulated_share"],
        )
        for row in _native.rank_failure_modes(given, rules)
    ]


@dataclass(frozen=True)
class EventImportance:
    """How much a basic event matters to the top event; `fussell_vesely` is None where its diagram would pass `most_nodes`."""

    birnbaum: float
    criticality: float
    fussell_vesely: float | None
    achievement_worth: float
    reduction_worth: float


@dataclass(frozen=True)
class FaultTreeResult:
    """A fault tree, worked out.

    Attributes
    ----------
    probability : float
        Of the top event, exact but for rounding.
    cut_sets : list of tuple of str
        Minimal ones, smaller first.
    cut_set_count : float
        All of them, listed or not.
    all_listed : bool
    importance : dict of str to EventImportance
    nodes : int
        Of the decision diagram.
    """

    probability: float
    cut_sets: list[tuple[str, ...]]
    cut_set_count: float
    all_listed: bool
    importance: dict[str, EventImportance]
    nodes: int


def _gate(name: str, gate: GateInputs) -> dict[str, Any]:
    if len(gate) != 2 or isinstance(gate[1], str):
        raise TypeError(
            chosen(
                f"门“{name}”应为 (类型, 输入的列表)。",
                f"Gate {name!r} is (kind, list of inputs).",
            )
        )
    kind, inputs = gate
    if isinstance(kind, str):
        return {"name": name, "kind": kind, "inputs": list(inputs)}
    return {"name": name, "kind": "at_least", "inputs": list(inputs), "k": kind}


def fault_tree(
    top: str,
    gates: Mapping[str, GateInputs],
    events: Mapping[str, float],
    *,
    most_nodes: int = 10_000_000,
    most_cut_sets: int = 100_000,
    threads: int | None = None,
    progress: Progress = None,
) -> FaultTreeResult:
    """How likely a top event is, how it comes about, and which basic events matter.

    Parameters
    ----------
    top : str
        Name of a gate or event.
    gates : mapping of name to (kind, inputs)
        Kind is ``'or'``, ``'and'``, or a number k: at least k of the inputs. Inputs are names of gates and events, which
        several gates may share.
    events : mapping of name to probability
    most_nodes, most_cut_sets : int
        Limits: of the decision diagram (beyond it an Error), of the cut sets listed.
    threads, progress
        The work is one thread's; Ctrl-C is noticed when it ends.

    Returns
    -------
    FaultTreeResult

    Raises
    ------
    Error
        Cycles, unknown names, probabilities outside 0 to 1: every fault at once. ``limit_exceeded``.

    References
    ----------
    Rauzy 1993, doi:10.1016/0951-8320(93)90060-C.

    Examples
    --------
    >>> import chainqual as cq
    >>> tree = cq.fault_tree("stop", {"stop": ("or", ["fan", "both"]), "both": ("and", ["psu1", "psu2"])},
    ...                      {"fan": 0.01, "psu1": 0.1, "psu2": 0.1})
    >>> round(tree.probability, 4), tree.cut_sets
    (0.0199, [('fan',), ('psu1', 'psu2')])
    """
    names = list(events)
    tree = {
        "top": top,
        "gates": [_gate(name, gate) for name, gate in gates.items()],
        "events": [{"name": name, "probability": probability} for name, probability in events.items()],
    }
    with running(threads, progress, "故障树", "fault tree") as how:
        found = _native.fault_tree(tree, {"most_nodes": most_nodes, "most_cut_sets": most_cut_sets}, how)
    return FaultTreeResult(
        found["probability"],
        [tuple(names[int(event)] for event in cut) for cut in found["cut_sets"]],
        found["cut_set_count"],
        found["all_listed"],
        {name: EventImportance(**one) for name, one in zip(names, found["importance"])},
        found["nodes"],
    )


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """Weights by pairwise judgements.

    Attributes
    ----------
    weights : float64 array [n]
    largest_eigenvalue, consistency_index, consistency_ratio : float
    worst : tuple of int
        Row and column of the judgement that fits least; the same twice where all fit.
    worst_implied : float
        What the weights say in its place.
    """

    weights: npt.NDArray[np.float64]
    largest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float
    worst: tuple[int, int]
    worst_implied: float


def _square(values: npt.ArrayLike, name: str) -> npt.NDArray[np.float64]:
    table = np.ascontiguousarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(chosen(f"{name} 应是二维的表。", f"{name} must be a table of two dimensions."))
    return table


def pairwise_weights(
    judgements: npt.ArrayLike, names: Sequence[str] = (), *, inconsistency: Literal["refuse", "report"] = "refuse"
) -> PairwiseWeights:
    """Weights by the analytic hierarchy process: the principal eigenvector of reciprocal judgements.

    Parameters
    ----------
    judgements : table [n, n]
        How many times as important the row is as the column.
    names : sequence of str, optional
        For messages.
    inconsistency : {'refuse', 'report'}
        refuse: a consistency ratio above 0.1 is an Error that names the judgement which fits least.

    Returns
    -------
    PairwiseWeights

    References
    ----------
    Saaty 1980.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.pairwise_weights([[1, 3], [1 / 3, 1]]).weights.round(3)
    array([0.75, 0.25])
    """
    if inconsistency not in ("refuse", "report"):
        raise ValueError(
            chosen("inconsistency 应为 'refuse' 或 'report'。", "inconsistency must be 'refuse' or 'report'.")
        )
    table = _square(judgements, "judgements")
    found = _native.pairwise_weights(table.ravel(), list(names), inconsistency == "refuse")
    return PairwiseWeights(
        found["weights"],
        found["largest_eigenvalue"],
        found["consistency_index"],
        found["consistency_ratio"],
        (found["worst_row"], found["worst_column"]),
        found["worst_implied"],
    )


def entropy_weights(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Weights of indicators by entropy: the more one tells the rows apart, the more it weighs.

    Parameters
    ----------
    values : table [rows, indicators]
        Not negative, larger is better.

    Returns
    -------
    float64 array [indicators]
        They sum to 1.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.entropy_weights([[1, 5], [3, 5]])
    array([1., 0.])
    """
    table = _square(values, "values")
    return _native.entropy_weights(table.ravel(), table.shape[1])
