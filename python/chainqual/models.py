"""Propagation models without days: linear, cascade, systemic risk, contagion, distress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._display import Html, bar_svg, html_table, percent
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen
from .network import EnterpriseLike, Network
from .scenarios import Shock, shock_of

if TYPE_CHECKING:
    from .explain import Why

Floats = npt.NDArray[np.float64]
Direction = Literal["downstream", "upstream"]

_MODELS = {
    "linear": Text("线性依赖模型", "linear dependency"),
    "cascade": Text("广义列昂惕夫级联模型", "generalised Leontief cascade"),
    "contagion": Text("独立级联传染模型", "independent cascade contagion"),
    "distress": Text("困境排序模型", "DebtRank distress"),
    "dynamics": Text("库存动态仿真模型", "inventory dynamics"),
    "inoperability": Text("动态不可运行性模型", "dynamic inoperability"),
}


@dataclass(frozen=True)
class Cause:
    """What a result was computed from: enough to explain it."""

    net: Network
    model: str
    options: dict[str, Any]
    shock: Any = None
    disruptions: list[dict[str, Any]] | None = None


@dataclass(frozen=True, repr=False, eq=False)
class Propagation:
    """Losses by enterprise: shares of its working, 0 … 1.

    Attributes
    ----------
    downstream, upstream, combined : float64 array [n]
        Handed on by suppliers, by customers, and both; a direction that a model does not know is empty.
    index_downstream, index_upstream, index : float
        Weighted means over all enterprises.
    steps : int
        Steps, sweeps or days taken.
    last_change : float
        Largest change of a loss in the last step.
    converged : bool
    """

    downstream: Floats
    upstream: Floats
    combined: Floats
    index_downstream: float
    index_upstream: float
    index: float
    steps: int
    last_change: float
    converged: bool
    cause: Cause = field(kw_only=True)

    @property
    def network(self) -> Network:
        """The network that it was computed on."""
        return self.cause.net

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.cause.model

    def why(self, enterprise: EnterpriseLike, *, along: Direction = "downstream", **options: Any) -> Why:
        """Why an enterprise loses what it loses: sources, paths, a sentence. See `chainqual.why`."""
        from .explain import explain

        return explain(self.cause, enterprise, along, **options)

    def table(self, top: int | None = None) -> Table:
        """Losses by enterprise, largest combined loss first; all of them, or the `top` first."""
        n = len(self.combined)
        order = np.argsort(-self.combined, kind="stable")[: n if top is None else top]
        columns: dict[str, Any] = {"enterprise": [self.network.key(int(i)) for i in order]}
        for name in ("downstream", "upstream", "combined"):
            losses = getattr(self, name)
            if len(losses) == n:
                columns[name] = losses[order]
        labels = {
            "enterprise": Text("企业", "enterprise"),
            "downstream": Text("向下游损失", "downstream"),
            "upstream": Text("向上游损失", "upstream"),
            "combined": Text("综合损失", "combined"),
        }
        return Table(columns, labels, _MODELS.get(self.model))

    def _head(self) -> str:
        name = str(_MODELS.get(self.model, self.model))
        hit = int(np.count_nonzero(self.combined))
        return chosen(
            f"{name}：链损失 {percent(self.index)}，{hit} 家受损",
            f"{name}: {percent(self.index)} of the chain lost, {hit} enterprise{'s' * (hit != 1)} hit",
        )

    def __repr__(self) -> str:
        body = repr(self.table(8)).split("\n", 1)[1] if len(self.combined) else ""
        return f"<{type(self).__name__} · {self._head()}>\n{body}"

    def _repr_html_(self) -> str:
        import html

        shown = self.table(15)
        names = [name for name in shown.columns if name != "enterprise"]
        rows = [
            [str(shown["enterprise"][k]), Html(bar_svg(float(shown["combined"][k])))]
            + [percent(float(shown[name][k])) for name in names]
            for k in range(len(shown))
        ]
        heads = [str(shown.labels["enterprise"]), ""] + [str(shown.labels[name]) for name in names]
        return f"<b>{html.escape(self._head())}</b>" + html_table(heads, rows)


P = TypeVar("P", bound=Propagation)


def made(kind: type[P], native: Mapping[str, Any], cause: Cause, **more: Any) -> P:
    """A result out of what the extension gave: the members that the class has."""
    names = {one.name for one in fields(kind)} - {"cause"}
    return kind(**{key: value for key, value in {**native, **more}.items() if key in names}, cause=cause)


@dataclass(frozen=True)
class LinearRun:
    """How one direction's solution came about; `spectral_radius` for the uncapped model only."""

    converged: bool
    sweeps: int
    last_change: float
    cyclic_components: int
    largest_component: int
    spectral_radius: float | None


@dataclass(frozen=True, repr=False, eq=False)
class LinearResult(Propagation):
    """Losses by the linear model, with how each direction was solved and where link weights came from."""

    downstream_run: LinearRun
    upstream_run: LinearRun
    sources: dict[str, int]


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def linear(
    net: Network,
    shock: Shock,
    *,
    downstream: bool = True,
    upstream: bool = True,
    capped: bool = True,
    tolerance: float = 1e-12,
    max_sweeps: int = 10_000,
    threads: int | None = None,
    progress: Progress = None,
) -> LinearResult:
    """Loss of every enterprise when shocks spread along supply links: dependency and inoperability.

    Downstream x_j = min(1, s_j + Σ d_ij e_ij x_i), upstream x_i = min(1, s_i + Σ (W_ij / o_i) x_j), each the least fixed
    point; d_ij is the link's dependency where given, else its share of the customer's inputs.

    Parameters
    ----------
    net : Network
    shock : float64 array [n], mapping of enterprise to share, or PlacedScenario
        Share of working lost at the outset.
    downstream, upstream : bool
        Directions to compute.
    capped : bool
        Losses end at 1; False: the plain linear system.
    tolerance, max_sweeps : float, int
        Of cyclic components.
    threads, progress
        See `SeverityModel.grade_columns`. The result does not depend on them.

    Returns
    -------
    LinearResult

    Raises
    ------
    Error
        ``no_solution``: uncapped, and the spectral radius is 1 or more. ``invalid_value``, ``shape_mismatch``.

    References
    ----------
    Haimes & Jiang 2001; Santos & Haimes 2004.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [1, 2], dependency=[0.5, 0.5], keys=["a", "b", "c"])
    >>> cq.linear(net, {"a": 1.0}).downstream
    array([1.  , 0.5 , 0.25])
    """
    options = {
        "downstream": downstream,
        "upstream": upstream,
        "capped": capped,
        "tolerance": tolerance,
        "max_sweeps": max_sweeps,
    }
    given = shock_of(net, shock)
    with running(threads, progress, "推算影响", "propagating") as how:
        found = _native.linear(net._native, given, options, how)
    runs = {name: LinearRun(**found[name]) for name in ("downstream_run", "upstream_run")}
    return made(LinearResult, {**found, **runs}, Cause(net, "linear", {"linear": options}, given))


def linear_importance(
    net: Network,
    *,
    weight: Floats | None = None,
    along: Direction = "downstream",
    tolerance: float = 1e-12,
    max_sweeps: int = 10_000,
    threads: int | None = None,
    progress: Progress = None,
) -> Floats:
    """Total weighted loss that each enterprise would cause if it alone stopped, by one adjoint solve.

    Parameters
    ----------
    weight : float64 array [n], optional
        By default the network's own, else what each supplies.
    along : {'downstream', 'upstream'}

    Returns
    -------
    float64 array [n]
        In units of the weight; at least the enterprise's own.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [1, 2], dependency=[0.5, 0.5], weight=[1.0, 1.0, 1.0])
    >>> cq.linear_importance(net)
    array([1.75, 1.5 , 1.  ])
    """
    options = {"tolerance": tolerance, "max_sweeps": max_sweeps}
    with running(threads, progress, "计算重要度", "importance") as how:
        return _native.linear_importance(net._native, weight, along, options, how)


class LinearPlan:
    """A network made ready for many shocks at once, in single precision.

    Parameters
    ----------
    net : Network
    along : {'downstream', 'upstream'}

    Examples
    --------
    >>> import chainqual as cq, numpy as np
    >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5])
    >>> cq.LinearPlan(net).losses(np.eye(2, dtype=np.float32))
    array([[1. , 0.5],
           [0. , 1. ]], dtype=float32)
    """

    __slots__ = ("_native", "network")

    def __init__(
        self, net: Network, along: Direction = "downstream", *, threads: int | None = None, progress: Progress = None
    ) -> None:
        self.network = net
        with running(threads, progress, "准备", "preparing") as how:
            self._native = _native.LinearPlan(net._native, along, how)

    def losses(
        self,
        shocks: npt.NDArray[np.float32],
        *,
        tolerance: float = 1e-6,
        max_sweeps: int = 10_000,
        threads: int | None = None,
        progress: Progress = None,
    ) -> npt.NDArray[np.float32]:
        """Losses [k, n] under shocks [k, n], float32.

        Raises
        ------
        Error
            ``not_converged``: a shock did not settle within `max_sweeps`.
        """
        from ._errors import Error, ErrorCode

        with running(threads, progress, "推算影响", "propagating") as how:
            losses, converged = self._native.batch(shocks, tolerance, max_sweeps, how)
        if not all(converged):
            raise Error(
                ErrorCode.not_converged,
                Text("有冲击没有收敛；请放宽 tolerance 或增大 max_sweeps。", "A shock did not settle; relax tolerance or raise max_sweeps."),
            )
        return losses.reshape(-1, self.network.enterprises)

    def __repr__(self) -> str:
        return f"<LinearPlan of {self._native.enterprises:,} enterprises, {self._native.memory / 2**20:.1f} MiB>"


# ---- cascade -------------------------------------------------------------------------------------------------------

Essential = Literal["negligible", "ordinary", "essential"]


def essentiality_of(essentiality: Any, net: Network) -> dict[str, Any]:
    """Who cannot work without what, as the extension takes it."""
    if isinstance(essentiality, str):
        return {"otherwise": essentiality}
    if isinstance(essentiality, Mapping):
        return dict(essentiality)
    matrix = np.asarray(essentiality)
    if matrix.dtype != np.uint8:
        raise TypeError(
            chosen(
                f"essentiality 应为 uint8 数组，而不是 {matrix.dtype}。改法：essentiality.astype(np.uint8)。",
                f"essentiality must be an array of uint8, not {matrix.dtype}. Pass essentiality.astype(np.uint8).",
            )
        )
    if matrix.ndim == 1 and len(matrix) == net.links:
        return {"by_link": np.ascontiguousarray(matrix)}
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(
            chosen(
                "essentiality 应为 [行业, 行业] 的方阵（行为供方行业，列为客户行业），或每条关系一个值。",
                "essentiality must be a square of [supplier sector, customer sector], or have one entry a link.",
            )
        )
    return {"sectors": matrix.shape[0], "by_sector": np.ascontiguousarray(matrix).reshape(-1)}


def cascade_options(
    net: Network,
    essentiality: Any,
    tolerance: float,
    substitution: bool | str,
    sectors: Any,
    revenue: Any,
    final_demand: Any,
    cost: Any,
    market: Any,
    weight: Any,
    max_steps: int,
) -> dict[str, Any]:
    """Options of the cascade; shared by `cascade`, `systemic_risk` and `criticality`."""
    words = {False: "none", True: "sector"}
    options = {
        "essentiality": essentiality_of(essentiality, net),
        "tolerance": tolerance,
        "replaceability": substitution if isinstance(substitution, str) else words[bool(substitution)],
        "max_steps": max_steps,
    }
    beside = {
        "sectors": sectors,
        "revenue": revenue,
        "final_demand": final_demand,
        "cost": cost,
        "market": market,
        "weight": weight,
    }
    return {**options, **_given(beside)}


@dataclass(frozen=True, repr=False, eq=False)
class CascadeResult(Propagation):
    """Losses by the cascade.

    Attributes
    ----------
    sectors_from : str
        Where sectors came from.
    sectors : Table
        Losses by sector.
    binding : Table
        What holds each enterprise down: its own shock, an essential input, ordinary inputs.
    truncated : bool
        ε, not a fixed point, ended the upstream losses; `note` says what to do.
    """

    tolerance: float
    sectors_from: str
    closed_circle: int
    truncated: bool
    sectors: Table
    binding: Table
    note: Text


def cascade(
    net: Network,
    shock: Shock,
    *,
    shock_upstream: Floats | None = None,
    essentiality: Any = "essential",
    tolerance: float = 0.01,
    substitution: bool | Literal["none", "sector", "market"] = False,
    sectors: npt.NDArray[np.uint32] | None = None,
    revenue: Floats | None = None,
    final_demand: Floats | None = None,
    cost: Floats | None = None,
    market: npt.NDArray[np.uint32] | None = None,
    weight: Floats | None = None,
    max_steps: int = 10_000,
    threads: int | None = None,
    progress: Progress = None,
) -> CascadeResult:
    """Loss of every enterprise under the generalised Leontief cascade: essential inputs bind alone, ordinary together.

    Parameters
    ----------
    shock : float64 array [n], mapping, or PlacedScenario
        Share of capacity lost; as a supplier only, where `shock_upstream` is given for it as a customer.
    essentiality : {'essential', 'ordinary', 'negligible'}, uint8 array, or dict
        One word for all inputs; uint8 [sectors, sectors] with 0, 1, 2 at [supplier sector, customer sector]; uint8 [m] by
        link; or what `read_needs` gives.
    tolerance : float
        ε: ends after a step in which nothing fell by more.
    substitution : bool or {'none', 'sector', 'market'}
        Whether others of the sector (or market) step in; True is 'sector'.
    sectors : uint32 array [n], optional
        By default the network's sectors, else its segments.
    revenue, final_demand, cost : float64 array [n], optional
        All that each sells, sells outside the chain, and spends; see `read_accounts`.

    References
    ----------
    Diem et al. 2022, doi:10.1038/s41598-022-11522-z.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [2, 2], value=[1.0, 3.0], keys=["a", "b", "c"])
    >>> cq.cascade(net, {"a": 0.6}).downstream
    array([0.6, 0. , 0.6])
    >>> cq.cascade(net, {"a": 0.6}, essentiality="ordinary").downstream
    array([0.6 , 0.  , 0.15])
    """
    options = cascade_options(
        net, essentiality, tolerance, substitution, sectors, revenue, final_demand, cost, market, weight, max_steps
    )
    given = shock_of(net, shock)
    with running(threads, progress, "推算影响", "propagating") as how:
        found = _native.cascade(net._native, given, shock_upstream, options, how)
    found["sectors"] = Table(found["sectors"], title=Text("行业损失", "losses by sector"))
    found["binding"] = Table(found["binding"], title=Text("受限于", "held down by"))
    return made(CascadeResult, found, Cause(net, "cascade", {"cascade": options}, given))


class SystemicRisk(np.ndarray[Any, np.dtype[np.float64]]):
    """Systemic risk as a float64 array, with how it came about beside.

    Attributes
    ----------
    downstream, upstream : float64 array
        The index by each direction alone.
    steps : uint32 array
    converged : bool array
    truncated : int
        Scenarios whose upstream losses ε ended; `note` says what to do.
    note : Text
    network : Network
    enterprises : uint32 array or None
        Whose closing each entry is; None where scenarios were given.
    """

    downstream: Floats
    upstream: Floats
    steps: npt.NDArray[np.uint32]
    converged: npt.NDArray[np.bool_]
    truncated: int
    sectors_from: str
    note: Text
    network: Network
    enterprises: npt.NDArray[np.uint32] | None

    def __array_finalize__(self, source: Any) -> None:
        return None

    def table(self, top: int | None = None) -> Table:
        """Enterprises by systemic risk, highest first."""
        order = np.argsort(-np.asarray(self), kind="stable")[: len(self) if top is None else top]
        if self.enterprises is None:
            names: list[Any] = [int(k) for k in order]
        else:
            names = [self.network.key(int(self.enterprises[k])) for k in order]
        return Table(
            {
                "enterprise" if self.enterprises is not None else "scenario": names,
                "index": np.asarray(self)[order],
                "downstream": self.downstream[order],
                "upstream": self.upstream[order],
            },
            title=Text("系统风险", "systemic risk"),
        )

    def _repr_html_(self) -> str:
        if not hasattr(self, "network"):
            return html_table([""], [[repr(np.asarray(self))]])
        shown = self.table(15)
        first = shown.columns[0]
        rows = [
            [str(shown[first][k]), Html(bar_svg(float(shown["index"][k]))), percent(float(shown["index"][k]))]
            for k in range(len(shown))
        ]
        return html_table([first, "", str(shown.title)], rows)


def systemic_risk(
    net: Network,
    *,
    essentiality: Any = "essential",
    tolerance: float = 0.01,
    substitution: bool | Literal["none", "sector", "market"] = False,
    scenarios: Floats | None = None,
    enterprises: Iterable[EnterpriseLike] | None = None,
    sectors: npt.NDArray[np.uint32] | None = None,
    revenue: Floats | None = None,
    final_demand: Floats | None = None,
    cost: Floats | None = None,
    market: npt.NDArray[np.uint32] | None = None,
    weight: Floats | None = None,
    max_steps: int = 10_000,
    threads: int | None = None,
    progress: Progress = None,
) -> SystemicRisk:
    """How much of the chain stops when an enterprise closes: one cascade each.

    Parameters
    ----------
    essentiality, tolerance, substitution, sectors, revenue, final_demand, cost, market, weight, max_steps
        See `cascade`.
    scenarios : float64 array [k, n], optional
        Shares of capacity lost, in place of closings; the result is then [k].
    enterprises : iterable, optional
        Close these only, in this order.

    Returns
    -------
    SystemicRisk
        A float64 array [n] (or [k]) that also holds the two directions, steps and convergence.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [1, 2], weight=[1.0, 1.0, 1.0])
    >>> cq.systemic_risk(net).tolist()
    [1.0, 1.0, 1.0]
    """
    options: dict[str, Any] = {
        "cascade": cascade_options(
            net, essentiality, tolerance, substitution, sectors, revenue, final_demand, cost, market, weight, max_steps
        )
    }
    closed: npt.NDArray[np.uint32] | None = None
    if scenarios is None:
        if enterprises is None:
            closed = np.arange(net.enterprises, dtype=np.uint32)
        else:
            closed = np.array([net.id(one) for one in enterprises], dtype=np.uint32)
            if len(closed) == 0:
                raise ValueError(chosen("enterprises 为空；不给则为全部企业。", "enterprises is empty; leave it out for all."))
            options["enterprises"] = closed
    elif enterprises is not None:
        raise TypeError(chosen("scenarios 与 enterprises 只能给一个。", "Give either scenarios or enterprises."))
    with running(threads, progress, "逐家关停", "closing each in turn") as how:
        found = _native.systemic_risk(net._native, scenarios, options, how)
    risk: SystemicRisk = found["index"].view(SystemicRisk)
    risk.downstream = found["index_downstream"]
    risk.upstream = found["index_upstream"]
    risk.steps = found["steps"]
    risk.converged = found["converged"].view(np.bool_)
    risk.truncated = found["truncated"]
    risk.sectors_from = found["sectors_from"]
    risk.note = found["note"]
    risk.network = net
    risk.enterprises = closed
    return risk


# ---- contagion and distress ----------------------------------------------------------------------------------------


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
    start : float64 array [n], mapping, PlacedScenario, or list of ids
        Probability of being hit at the outset; ids: certain sources.
    runs, first_run, seed : int
        Run r draws the same whatever other runs are made.
    max_steps : int
        0: until nobody new is hit.
    level : float
        Confidence of the intervals.
    downstream_probability, upstream_probability : float64 array [m], optional
        By link; by default dependency × escape, and the share of the supplier's sales.

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
    if isinstance(start, (list, tuple)) and all(isinstance(one, str) for one in start) and len(start) > 0:
        start = {one: 1.0 for one in start}
    options = {
        "downstream": downstream,
        "upstream": upstream,
        "runs": runs,
        "first_run": first_run,
        "seed": seed,
        "max_steps": max_steps,
        "level": level,
        "quantiles": [float(q) for q in quantiles],
        **_given(
            {
                "weight": weight,
                "downstream_probability": downstream_probability,
                "upstream_probability": upstream_probability,
            }
        ),
    }
    given = shock_of(net, start)  # type: ignore[arg-type]
    with running(threads, progress, "模拟传染", "contagion") as how:
        found = _native.contagion(net._native, given, options, how)
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
    variant : {'unlimited', 'once'}
        The differential form of 2015, or that of 2012, in which each hands on once.
    downstream_exposure, upstream_exposure : float64 array [m], optional
        By link.

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
        **_given(
            {"downstream_exposure": downstream_exposure, "upstream_exposure": upstream_exposure, "weight": weight}
        ),
    }
    given = shock_of(net, shock)
    with running(threads, progress, "推算困境", "distress") as how:
        found = _native.distress(net._native, given, options, how)
    for name in ("downstream_run", "upstream_run"):
        found[name] = DistressRun(**found[name])
    return made(DistressResult, found, Cause(net, "distress", {"distress": options}, given))
