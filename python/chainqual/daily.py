"""Models with days, and one call for all models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._guards import chain_of, network_of
from ._run import Progress, running
from ._tables import Table
from ._text import Text
from .cascade_model import essentiality_of
from .network import Network
from .propagation import Cause, Floats, Propagation, given_only, made
from .scenarios import Disruptions, Shock, directed_shock_of, disruptions_of, shock_of

NEVER = 0xFFFFFFFF
"""In `survive_days` and `recover_days`: it does not happen within the horizon."""


@dataclass(frozen=True, repr=False, eq=False)
class DynamicsResult(Propagation):
    """What the inventory model gives.

    Attributes
    ----------
    by_capacity, by_inputs, by_orders : float64 array [n]
        Mean loss by what was the bottleneck.
    last_level, peak_orders : float64 array [n]
    survive_days, recover_days : uint32 array [n]
        Days until an enterprise falls below the working level, and from there until it stays above; `NEVER`.
    totals : Table
        By day: produced, value_added, stocks, unmet_final, unmet_orders.
    levels : float64 array [records, n]
        Produced / usual, where asked for by `record`.
    usual : dict
        A day without disruption.
    lost_output, lost_value_added, unmet_final : float
        Over the horizon.
    conservation, overshoot, standstill, assumptions : dict
        What the check of flows found; how far orders rose above the usual; who still makes nothing after all shocks;
        what was taken for granted.
    """

    by_capacity: Floats
    by_inputs: Floats
    by_orders: Floats
    last_level: Floats
    peak_orders: Floats
    survive_days: npt.NDArray[np.uint32]
    recover_days: npt.NDArray[np.uint32]
    totals: Table
    levels: Floats
    usual: dict[str, float]
    lost_output: float
    lost_value_added: float
    unmet_final: float
    conservation: dict[str, Any]
    overshoot: dict[str, Any]
    standstill: dict[str, Any]
    assumptions: dict[str, Any]

    def _to_know(self) -> list[Text]:
        notes = [self.conservation["note"], self.overshoot["note"], self.standstill["note"]]
        return [note for note in notes if note]


def _by_record(levels: Floats, net: Network) -> Floats:
    """Levels as [records, n]; none of an empty network."""
    n = net.enterprises
    return levels.reshape(len(levels) // n if n else 0, n)


def dynamics(
    net: Network,
    disruptions: Disruptions,
    *,
    days: int = 365,
    stock_days: float | Floats = 15,
    poisson_stock: bool = False,
    poisson_floor: float = 4,
    seed: int = 1,
    smoothing_days: float = 6,
    rationing: Literal["proportional", "households_last", "lowest_relative_order_first"] = "proportional",
    inputs: Literal["automatic", "given", "sector", "segment", "enterprise"] = "automatic",
    sectors: npt.NDArray[np.uint32] | None = None,
    final_demand: Floats | None = None,
    days_per_year: float = 365,
    working_level: float = 0.95,
    settled_change: float = 1e-6,
    weight: Floats | None = None,
    record: Literal["none", "totals", "enterprises"] = "totals",
    record_every: int = 1,
    threads: int | None = None,
    progress: Progress = None,
) -> DynamicsResult:
    """Day by day: orders, stocks and production after a disruption.

    Parameters
    ----------
    net : Network
    disruptions : list of Disruption, PlacedScenario, mapping, or float64 array [n]
        A mapping or array is a loss that never heals.
    days : int
        Horizon.
    stock_days : float or float64 array [n]
        Target stock of every input, in days of use.
    poisson_stock : bool
        Draw each enterprise's target stock from a Poisson law with that mean.
    poisson_floor : float
        Least days of stock then, 1 or more.
    seed : int
        Of those draws.
    smoothing_days : float
        A gap in stock is ordered over so many days.
    rationing : str
        Who gets what when a supplier cannot deliver all.
    inputs : str
        Which inputs stand in for one another.
    sectors : uint32 array [n], optional
        Whose products stand in for one another; by default as `inputs` says.
    final_demand : float64 array [n], optional
        Sold outside the chain in a year; by default what each buys beyond what it sells within.
    days_per_year : float
        The network's values are of so many days.
    working_level : float
        Below this share of its usual output an enterprise counts as failing.
    settled_change : float
        Converged: nobody's level changed by more on the last day.
    weight : float64 array [n], optional
        In totals; by default the network's own, else what each supplies.
    record : {'none', 'totals', 'enterprises'}
        What is kept by day.
    record_every : int
        Days between records of every enterprise.

    Returns
    -------
    DynamicsResult

    References
    ----------
    Inoue & Todo 2019, doi:10.1038/s41893-019-0351-x, after Hallegatte 2008.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(2, [0], [1], value=[365.0], keys=["a", "b"])
    >>> run = cq.dynamics(net, [cq.Disruption("a", 1.0, duration=30)], days=60, stock_days=10)
    >>> bool(run.combined[1] > 0), len(run.totals)
    (True, 60)
    """
    each = isinstance(stock_days, np.ndarray)
    options = {
        "days": days,
        "poisson_stock": poisson_stock,
        "poisson_floor": poisson_floor,
        "seed": seed,
        "smoothing_days": smoothing_days,
        "rationing": rationing,
        "inputs": inputs,
        "days_per_year": days_per_year,
        "working_level": working_level,
        "settled_change": settled_change,
        "record": record,
        "record_every": record_every,
        "stock_days_each" if each else "stock_days": stock_days,
        **given_only({"sectors": sectors, "final_demand": final_demand, "weight": weight}),
    }
    struck = disruptions_of(net, disruptions)
    with running(threads, progress, "逐日仿真", "simulating days") as how:
        found = _native.dynamics(network_of(net)._native, struck, options, how)
    found["totals"] = Table(found["totals"], title=Text("每日合计", "totals by day"))
    found["levels"] = _by_record(found["levels"], net)
    return made(DynamicsResult, found, Cause(net, "dynamics", {"dynamics": options}, None, struck))


@dataclass(frozen=True, repr=False, eq=False)
class InoperabilityResult(Propagation):
    """What the dynamic inoperability model gives.

    Attributes
    ----------
    last_downstream, last_upstream, peak : float64 array [n]
    resilience : float64 array [n]
    totals : Table
        By day: downstream, upstream, combined.
    levels : float64 array [records, n]
    economic_loss : float
        In units of the weight times days.
    sources : dict
    """

    last_downstream: Floats
    last_upstream: Floats
    peak: Floats
    resilience: Floats
    totals: Table
    levels: Floats
    economic_loss: float
    sources: dict[str, int]


def inoperability(
    net: Network,
    disruptions: Disruptions,
    *,
    days: int = 365,
    steps_per_day: int = 1,
    downstream: bool = True,
    upstream: bool = True,
    capped: bool = True,
    initial: Floats | None = None,
    resilience: Floats | None = None,
    recovery_days: float | Floats = 30,
    recovered_share: float = 0.01,
    settled_change: float = 1e-9,
    weight: Floats | None = None,
    record_every: int = 0,
    threads: int | None = None,
    progress: Progress = None,
) -> InoperabilityResult:
    """Dynamic inoperability: how each enterprise falls and heals, with its own pace.

    Parameters
    ----------
    net : Network
    disruptions : as `dynamics`
    days : int
        Horizon.
    steps_per_day : int
    downstream, upstream : bool
        Whether loss passes from suppliers to customers, and from customers to suppliers.
    capped : bool
        Whether inoperability ends at 1; else the plain linear equation.
    initial : float64 array [n], optional
        Inoperability at the outset, in [0, 1]; by default none.
    resilience : float64 array [n], optional
        Pace of recovery by day, above 0; by default what follows from `recovery_days`.
    recovery_days : float or float64 array [n]
        Days in which an enterprise by itself heals to `recovered_share` of its loss.
    recovered_share : float
        See `recovery_days`.
    settled_change : float
        Converged: nobody's inoperability changed by more in the last step.
    weight : float64 array [n], optional
        In totals; by default the network's own, else what each supplies.
    record_every : int
        Days between records of every enterprise; 0: none.

    Returns
    -------
    InoperabilityResult

    References
    ----------
    Lian & Haimes 2006, doi:10.1002/sys.20051.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
    >>> bool(cq.inoperability(net, {"a": 0.5}, days=30).peak[1] > 0)
    True
    """
    each = isinstance(recovery_days, np.ndarray)
    options = {
        "days": days,
        "steps_per_day": steps_per_day,
        "downstream": downstream,
        "upstream": upstream,
        "capped": capped,
        "recovered_share": recovered_share,
        "settled_change": settled_change,
        "record_every": record_every,
        "recovery_days_each" if each else "recovery_days": recovery_days,
        **given_only({"initial": initial, "resilience": resilience, "weight": weight}),
    }
    struck = disruptions_of(net, disruptions)
    with running(threads, progress, "逐日推算", "inoperability") as how:
        found = _native.inoperability(network_of(net)._native, struck, options, how)
    found["totals"] = Table(found["totals"], title=Text("每日合计", "totals by day"))
    found["levels"] = _by_record(found["levels"], net)
    return made(InoperabilityResult, found, Cause(net, "inoperability", {"inoperability": options}, None, struck))


@dataclass(frozen=True, repr=False, eq=False)
class ModelRun(Propagation):
    """What any model gives: losses, by day the share of usual working left (models with days), and notes."""

    daily: Floats
    notes: list[Text]

    def _to_know(self) -> list[Text]:
        return self.notes


def model_options(model: str, options: dict[str, Any]) -> dict[str, Any]:
    """Options of one model, as its own function takes them, for the extension; the others keep their defaults."""
    held = dict(options)
    if model == "cascade":
        if "substitution" in held:
            chosen = held.pop("substitution")
            held["replaceability"] = chosen if isinstance(chosen, str) else ("sector" if chosen else "none")
        if "essentiality" in held:
            held["essentiality"] = essentiality_of(held["essentiality"])
    for name, days in (("dynamics", "stock_days"), ("inoperability", "recovery_days")):
        if model == name and isinstance(held.get(days), np.ndarray):
            held[f"{days}_each"] = held.pop(days)
    return {"model": model, model: held}


def propagate(
    net: Network,
    scenario: Shock | Sequence[Any],
    *,
    model: Literal["linear", "cascade", "contagion", "distress", "dynamics", "inoperability"] = "linear",
    threads: int | None = None,
    progress: Progress = None,
    **options: Any,
) -> ModelRun:
    """Runs a scenario through whichever model is named; `options` are those of the model's own function.

    Parameters
    ----------
    net : Network
    scenario : as the model's function takes it
    model : str
        Name of a function: linear, cascade, contagion, distress, dynamics or inoperability.
    **options
        Of that function.

    Returns
    -------
    ModelRun
        Of the class that the function gives.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
    >>> [cq.propagate(net, {"a": 0.5}, model=m).index > 0 for m in ("linear", "distress")]
    [True, True]
    """
    chosen = model_options(model, options)
    shock: Any = None
    struck: list[dict[str, Any]] | None = None
    if model in ("dynamics", "inoperability"):
        struck = disruptions_of(net, scenario)  # type: ignore[arg-type]  # a sequence is looked at there
    else:
        shock = directed_shock_of(net, scenario) if model == "cascade" else shock_of(net, scenario)
    with running(threads, progress, "推算影响", "propagating") as how:
        found = _native.propagate(network_of(net)._native, shock, struck, chosen, how)
    return made(ModelRun, found, Cause(net, model, {model: chosen[model]}, shock, struck))


def read_needs(path: Any, chain: Any) -> dict[str, Any]:
    """Who cannot work without what, from a CSV table with columns supplier, customer, need (by segment, * for any).

    The result is the `essentiality` of `cascade` and `systemic_risk` for the chain's network.

    Parameters
    ----------
    path : path
    chain : Chain

    Returns
    -------
    dict
        For `cascade(…, essentiality=…)`.

    Examples
    --------
    >>> import chainqual as cq
    >>> import tempfile, pathlib
    >>> chain = cq.datasets.advanced_computing()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "needs.csv")
    ...     _ = file.write_text("supplier,customer,need\\n*,*,essential\\n", encoding="utf-8")
    ...     needs = cq.read_needs(file, chain)
    >>> cq.cascade(chain.network(), {"ymtc": 1.0}, essentiality=needs).index > 0
    True
    """
    return _native.read_needs(str(path), chain_of(chain)._native)


def read_accounts(path: Any, chain: Any) -> dict[str, Floats]:
    """Revenue, final demand and cost by enterprise from a CSV table: keyword arguments of `cascade`.

    Parameters
    ----------
    path : path
    chain : Chain

    Returns
    -------
    dict of str to float64 array [n]

    Examples
    --------
    >>> import chainqual as cq
    >>> import tempfile, pathlib
    >>> chain = cq.datasets.advanced_computing()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "accounts.csv")
    ...     _ = file.write_text("enterprise,revenue\\nsugon,900\\n", encoding="utf-8")
    ...     accounts = cq.read_accounts(file, chain)
    >>> float(accounts["revenue"][chain.id("sugon")])
    900.0
    """
    return {
        key: column
        for key, column in _native.read_accounts(str(path), chain_of(chain)._native).items()
        if len(column) > 0
    }
