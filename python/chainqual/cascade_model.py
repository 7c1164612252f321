"""The generalised Leontief cascade, and systemic risk by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._display import Html, bar_svg, html_table, more, notes_html, percent
from ._guards import network_of, one_of, several
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen
from .network import NONE, EnterpriseLike, Network
from .propagation import Cause, Floats, Propagation, given_only, made
from .scenarios import Shock, directed_shock_of, shock_of

Essential = Literal["negligible", "ordinary", "essential"]


def essentiality_of(essentiality: Any, net: Network | None = None) -> dict[str, Any]:
    """Who cannot work without what, as the extension takes it, which checks the length of an array by link."""
    if isinstance(essentiality, str):
        one_of("essentiality", essentiality, ("negligible", "ordinary", "essential"))
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
    if matrix.ndim == 1 and (net is None or len(matrix) == net.links):
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
    network_of(net)
    words = {False: "none", True: "sector"}
    if isinstance(substitution, str):
        one_of("substitution", substitution, ("none", "sector", "market"))
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
    return {**options, **given_only(beside)}


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
        What holds each enterprise down, a row for each: bound (nothing, own_shock, essential, ordinary), the sector and the
        supplier that an essential input lacks (None where there is none), and how much is lacking.
    truncated, truncated_downstream : bool
        ε, not a fixed point, ended the losses of that direction in a closed circle; `note` says what to do.
    """

    tolerance: float
    sectors_from: str
    closed_circle: int
    closed_inputs: int
    truncated: bool
    truncated_downstream: bool
    sectors: Table
    _binding: dict[str, Any]
    note: Text

    def _to_know(self) -> list[Text]:
        return [self.note] if self.note else []

    @property
    def binding(self) -> Table:
        """What held each enterprise down at the end, and by whom."""
        held = self._binding
        names = self.network.keys()
        columns = {
            "enterprise": names,
            "bound": held["bound"],
            "sector": [None if k == NONE else int(k) for k in held["sector"]],
            "supplier": [None if k == NONE else names[k] for k in held["supplier"]],
            "lack": held["lack"],
        }
        return Table(columns, title=Text("受限于", "held down by"))


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
    net : Network
    shock : float64 array [n], mapping, or PlacedScenario
        Share of capacity lost; as a supplier only, where `shock_upstream` is given for it as a customer.
    shock_upstream : float64 array [n], optional
        Share of capacity lost as a customer; by default as `shock`.
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
    market : uint32 array [n], optional
        In which market each sells, for ``substitution="market"``; 2**32 − 1: one of its own.
    weight : float64 array [n], optional
        In totals; by default the network's own, else what each supplies.
    max_steps : int
        Beyond it the result says that it has not converged.

    Returns
    -------
    CascadeResult

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
    given = shock_of(net, shock) if shock_upstream is not None else directed_shock_of(net, shock)
    if shock_upstream is not None:
        given = (given, shock_upstream)
    first, second = given if isinstance(given, tuple) else (given, None)
    with running(threads, progress, "推算影响", "propagating") as how:
        found = _native.cascade(network_of(net)._native, first, second, options, how)
    found["sectors"] = Table(found["sectors"], title=Text("行业损失", "losses by sector"))
    found["_binding"] = found.pop("binding")
    return made(CascadeResult, found, Cause(net, "cascade", {"cascade": options}, given))


class SystemicRisk(np.ndarray[Any, np.dtype[np.float64]]):
    """Systemic risk as a float64 array, with how it came about beside.

    What NumPy makes of it (slices, copies, sums) is a plain array or number: the columns beside belong to the whole.
    `copy.copy` and `copy.deepcopy` keep it whole; pickling gives the plain array.

    Attributes
    ----------
    downstream, upstream : float64 array
        The index by each direction alone.
    steps : uint32 array
    converged : bool array
    truncated, truncated_downstream : int
        Scenarios whose losses of that direction ε ended in a closed circle; `note` says what to do.
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
    truncated_downstream: int
    sectors_from: str
    note: Text
    network: Network
    enterprises: npt.NDArray[np.uint32] | None

    def __array_finalize__(self, source: Any) -> None:
        if isinstance(source, SystemicRisk) and self.shape == source.shape:
            self.__dict__.update(source.__dict__)

    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool = False) -> Any:
        plain = np.asarray(array)
        return plain[()] if plain.ndim == 0 else plain

    def __getitem__(self, index: Any) -> Any:
        return np.asarray(self)[index]

    def copy(self, order: Any = "C") -> Any:
        """A plain array of the same numbers.

        Parameters
        ----------
        order : str
            As of `numpy.ndarray.copy`.

        Returns
        -------
        float64 array

        Examples
        --------
        >>> import chainqual as cq
        >>> type(cq.systemic_risk(cq.Network.from_arrays(2, [0], [1])).copy()).__name__
        'ndarray'
        """
        return np.array(self, order=order)

    def __copy__(self) -> SystemicRisk:
        return self.__deepcopy__({})

    def __deepcopy__(self, memo: dict[int, Any] | None) -> SystemicRisk:
        made: SystemicRisk = np.array(self).view(SystemicRisk)
        made.__dict__.update(self.__dict__)
        return made

    def __reduce__(self) -> Any:
        return np.asarray(self).__reduce__()

    def table(self, top: int | None = None) -> Table:
        """Enterprises by systemic risk, highest first.

        Parameters
        ----------
        top : int, optional
            So many of them.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> net = cq.Network.from_arrays(3, [0, 0], [1, 2], keys=["a", "b", "c"])
        >>> cq.systemic_risk(net).table(top=1)["enterprise"]
        ['a']
        """
        if not hasattr(self, "network"):
            raise TypeError(
                chosen(
                    "这只是结果的一部分或变形；请对 systemic_risk 给出的整个结果调用 .table()。",
                    "This is a part or another shape of a result; call .table() of the whole that systemic_risk gave.",
                )
            )
        order = self._order()[: len(self) if top is None else top]
        if self.enterprises is None:
            names: list[Any] = [int(k) for k in order]
        else:
            names = [self.network._key_at(int(self.enterprises[k])) for k in order]
        return Table(
            {
                "enterprise" if self.enterprises is not None else "scenario": names,
                "index": np.asarray(self)[order],
                "downstream": self.downstream[order],
                "upstream": self.upstream[order],
            },
            labels={"downstream": Text("向下游", "downstream"), "upstream": Text("向上游", "upstream")},
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
        heads = [shown._headings()[0], "", str(shown.title)]
        if self.enterprises is not None:
            heads.insert(1, chosen("名称", "name"))
            for row, k in zip(rows, self._order()):
                row.insert(1, self.network._name_at(int(self.enterprises[k])))
        return html_table(heads, rows) + more(len(self) - len(shown)) + notes_html([self.note])

    def _order(self) -> npt.NDArray[np.intp]:
        """Entries, highest risk first."""
        return np.argsort(-np.asarray(self), kind="stable")


def systemic_risk(
    net: Network,
    *,
    essentiality: Any = "essential",
    tolerance: float = 0.01,
    substitution: bool | Literal["none", "sector", "market"] = False,
    scenarios: Floats | None = None,
    scenarios_upstream: Floats | None = None,
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
    net : Network
    essentiality, tolerance, substitution, sectors, revenue, final_demand, cost, market, weight, max_steps
        See `cascade`.
    scenarios : float64 array [k, n], optional
        Shares of capacity lost, in place of closings; the result is then [k].
    scenarios_upstream : float64 array [k, n], optional
        Shares lost as customers, where they differ; `scenarios` are then those lost as suppliers.
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
            closed = np.array([net.id(one) for one in several(enterprises, "enterprises")], dtype=np.uint32)
            if len(closed) == 0:
                raise ValueError(
                    chosen("enterprises 为空；不给则为全部企业。", "enterprises is empty; leave it out for all.")
                )
            options["enterprises"] = closed
    elif enterprises is not None:
        raise TypeError(chosen("scenarios 与 enterprises 只能给一个。", "Give either scenarios or enterprises."))
    if scenarios is None and scenarios_upstream is not None:
        raise TypeError(
            chosen("scenarios_upstream 须与 scenarios 一起给出。", "scenarios_upstream goes with scenarios: give both.")
        )
    with running(threads, progress, "逐家关停", "closing each in turn") as how:
        found = _native.systemic_risk(network_of(net)._native, scenarios, scenarios_upstream, options, how)
    risk: SystemicRisk = found["index"].view(SystemicRisk)
    risk.downstream = found["index_downstream"]
    risk.upstream = found["index_upstream"]
    risk.steps = found["steps"]
    risk.converged = found["converged"].view(np.bool_)
    risk.truncated = found["truncated"]
    risk.truncated_downstream = found["truncated_downstream"]
    risk.sectors_from = found["sectors_from"]
    risk.note = found["note"]
    risk.network = net
    risk.enterprises = closed
    return risk
