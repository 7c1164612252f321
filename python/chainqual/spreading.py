"""Trouble that jumps from link to link by chance (contagion), and distress that is handed on (DebtRank)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._guards import network_of
from ._run import Progress, running
from ._text import Text, chosen
from .network import EnterpriseLike, Network
from .propagation import Cause, Floats, Propagation, given_only, made
from .scenarios import Shock, shock_of


@dataclass(frozen=True, eq=False)
class Spread:
    """How a number spreads over runs or samples."""

    mean: float
    deviation: float
    standard_error: float
    least: float
    most: float
    quantiles: Floats


@dataclass(frozen=True, eq=False, repr=False)
class ContagionSpread:
    """One direction's runs.

    Attributes
    ----------
    hits : uint64 array [n]
        Runs in which each enterprise was hit.
    low, high : float64 array [n]
        Wilson's interval of the probability.
    enterprises, share : array [runs]
        How many were hit in each run, and their share of the weight.
    count_spread, share_spread : Spread
    steps : int
    cut_short : int
    """

    hits: npt.NDArray[np.uint64]
    steps_total: npt.NDArray[np.uint64]
    low: Floats
    high: Floats
    enterprises: npt.NDArray[np.uint32]
    share: Floats
    count_spread: Spread
    share_spread: Spread
    steps: int
    cut_short: int

    @property
    def mean_step(self) -> Floats:
        """Mean step of each enterprise's first hit over the runs that hit it; NaN where none did."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.hits > 0, self.steps_total / self.hits, np.nan)

    def __repr__(self) -> str:
        return f"<ContagionSpread: {self.count_spread.mean:.1f} enterprises hit in the mean of {len(self.share)} runs>"


@dataclass(frozen=True, repr=False, eq=False)
class ContagionResult(Propagation):
    """Chances of every enterprise to be hit, with intervals and the spread over runs, by direction."""

    downstream_spread: ContagionSpread
    upstream_spread: ContagionSpread
    combined_spread: ContagionSpread
    runs: int
    first_run: int
    seed: int
    level: float
    quantiles: Floats


def _spread(native: dict[str, Any]) -> ContagionSpread:
    values = dict(native)
    interval = values.pop("interval")
    values["count_spread"] = Spread(**values["count_spread"])
    values["share_spread"] = Spread(**values["share_spread"])
    return ContagionSpread(low=interval["low"], high=interval["high"], **values)


def _sources(net: Network, start: Any) -> Any:
    """Ids as certain sources; probabilities as they are."""
    if not isinstance(start, (list, tuple, set, frozenset)) or len(start) == 0:
        return start
    if not all(isinstance(one, (str, int, np.integer)) and not isinstance(one, bool) for one in start):
        return start
    if (
        isinstance(start, (list, tuple))
        and len(start) == net.enterprises
        and not any(isinstance(one, str) for one in start)
    ):
        raise TypeError(
            chosen(
                "start 有歧义：整数是企业编号还是概率？请给 {编号: 概率} 或 float64 数组。",
                "start is ambiguous: are the whole numbers ids or probabilities? Pass {id: probability} or a float64 array.",
            )
        )
    return {one: 1.0 for one in start}


def contagion(
    net: Network,
    start: Shock | Sequence[EnterpriseLike],
    *,
    downstream: bool = True,
    upstream: bool = True,
    runs: int = 1024,
    first_run: int = 0,
    seed: int = 1,
    max_steps: int = 0,
    level: float = 0.95,
    quantiles: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95),
    weight: Floats | None = None,
    downstream_probability: Floats | None = None,
    upstream_probability: Floats | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> ContagionResult:
    """Chance of every enterprise to be hit when trouble jumps from link to link: independent cascade, Monte Carlo.

    Parameters
    ----------
    net : Network
    start : float64 array [n], mapping, PlacedScenario, or list of ids
        Probability of being hit at the outset; ids: certain sources.
    downstream, upstream : bool
        Whether trouble jumps from suppliers to customers, and from customers to suppliers.
    runs, first_run, seed : int
        Run r draws the same whatever other runs are made.
    max_steps : int
        0: until nobody new is hit.
    level : float
        Confidence of the intervals.
    quantiles : sequence of float
        Of the share of the chain that is hit, over the runs.
    weight : float64 array [n], optional
        In totals; by default the network's own, else what each supplies.
    downstream_probability, upstream_probability : float64 array [m], optional
        By link; by default dependency × escape, and the share of the supplier's sales.

    Returns
    -------
    ContagionResult

    References
    ----------
    Kempe, Kleinberg & Tardos 2003, doi:10.1145/956750.956769.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
    >>> bool(abs(cq.contagion(net, ["a"], runs=4096).downstream[1] - 0.5) < 0.05)
    True
    """
    sources = _sources(network_of(net), start)
    options = {
        "downstream": downstream,
        "upstream": upstream,
        "runs": runs,
        "first_run": first_run,
        "seed": seed,
        "max_steps": max_steps,
        "level": level,
        "quantiles": [float(q) for q in quantiles],
        **given_only(
            {
                "weight": weight,
                "downstream_probability": downstream_probability,
                "upstream_probability": upstream_probability,
            }
        ),
    }
    given = shock_of(net, sources)
    with running(threads, progress, "模拟传染", "contagion") as how:
        found = _native.contagion(network_of(net)._native, given, options, how)
    for name in ("downstream_spread", "upstream_spread", "combined_spread"):
        found[name] = _spread(found[name])
    return made(ContagionResult, found, Cause(net, "contagion", {"contagion": options}, given))


@dataclass(frozen=True, eq=False)
class DistressRun:
    """How one direction's distress came about; totals are in units of the weight."""

    converged: bool
    steps: int
    last_change: float
    first: float
    last: float
    index: float
    history: Floats
    times_kept_back: int
    kept_back: float
    exposures_capped: int
    at_cap: int
    spectral_radius: float | None


@dataclass(frozen=True, repr=False, eq=False)
class DistressResult(Propagation):
    """Distress by enterprise, DebtRank, and what a reader must know (`notes`)."""

    downstream_run: DistressRun
    upstream_run: DistressRun
    debtrank: float
    notes: list[Text]

    def _to_know(self) -> list[Text]:
        return self.notes


def distress(
    net: Network,
    shock: Shock,
    *,
    variant: Literal["once", "unlimited"] = "unlimited",
    downstream: bool = True,
    upstream: bool = True,
    tolerance: float = 1e-9,
    max_steps: int = 10_000,
    spectral_radius: bool = True,
    downstream_exposure: Floats | None = None,
    upstream_exposure: Floats | None = None,
    weight: Floats | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> DistressResult:
    """DebtRank: distress handed on in proportion to exposure.

    Parameters
    ----------
    net : Network
    shock : float64 array [n], mapping, or PlacedScenario
    variant : {'unlimited', 'once'}
        The differential form of 2015, or that of 2012, in which each hands on once.
    downstream, upstream : bool
        Whether distress passes from suppliers to customers, and from customers to suppliers.
    tolerance : float
        Ends after a step in which nobody's distress rose by more.
    max_steps : int
        Beyond it the result says that it has not converged.
    spectral_radius : bool
        Whether to find it: from 1 on distress feeds itself.
    downstream_exposure, upstream_exposure : float64 array [m], optional
        By link.
    weight : float64 array [n], optional
        In totals; by default the network's own, else what each supplies.

    Returns
    -------
    DistressResult

    References
    ----------
    Battiston et al. 2012, doi:10.1038/srep00541; Bardoscia et al. 2015, doi:10.1371/journal.pone.0130406.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
    >>> cq.distress(net, {"a": 0.4}).downstream
    array([0.4, 0.2])
    """
    options = {
        "variant": variant,
        "downstream": downstream,
        "upstream": upstream,
        "tolerance": tolerance,
        "max_steps": max_steps,
        "spectral_radius": spectral_radius,
        **given_only(
            {"downstream_exposure": downstream_exposure, "upstream_exposure": upstream_exposure, "weight": weight}
        ),
    }
    given = shock_of(net, shock)
    with running(threads, progress, "推算困境", "distress") as how:
        found = _native.distress(network_of(net)._native, given, options, how)
    for name in ("downstream_run", "upstream_run"):
        found[name] = DistressRun(**found[name])
    return made(DistressResult, found, Cause(net, "distress", {"distress": options}, given))
