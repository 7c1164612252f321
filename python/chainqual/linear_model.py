"""The linear model: dependency and inoperability, both ways along the links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._errors import Error, ErrorCode
from ._guards import network_of
from ._run import Progress, running
from ._text import Text
from .network import Network
from .propagation import Cause, Direction, Floats, Propagation, made
from .scenarios import Shock, shock_of


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
        found = _native.linear(network_of(net)._native, given, options, how)
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
    net : Network
    weight : float64 array [n], optional
        By default the network's own, else what each supplies.
    along : {'downstream', 'upstream'}
    tolerance : float
        Greatest change in a last sweep.
    max_sweeps : int
        An Error beyond it.

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
        return _native.linear_importance(network_of(net)._native, weight, along, options, how)


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

    __slots__ = ("_along", "_native", "network")

    def __init__(
        self, net: Network, along: Direction = "downstream", *, threads: int | None = None, progress: Progress = None
    ) -> None:
        self.network = net
        self._along = along
        with running(threads, progress, "准备", "preparing") as how:
            self._native = _native.LinearPlan(network_of(net)._native, along, how)

    def __reduce__(self) -> tuple[Any, ...]:
        return LinearPlan, (self.network, self._along)

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

        Parameters
        ----------
        shocks : float32 array [k, n]
        tolerance : float
            Greatest change in a last sweep.
        max_sweeps : int

        Returns
        -------
        float32 array [k, n]

        Raises
        ------
        Error
            ``not_converged``: a shock did not settle within `max_sweeps`.

        Examples
        --------
        >>> import chainqual as cq
        >>> import numpy as np
        >>> plan = cq.LinearPlan(cq.Network.from_arrays(2, [0], [1], dependency=[0.5]))
        >>> plan.losses(np.eye(2, dtype=np.float32))
        array([[1. , 0.5],
               [0. , 1. ]], dtype=float32)
        """
        with running(threads, progress, "推算影响", "propagating") as how:
            losses, converged = self._native.batch(shocks, tolerance, max_sweeps, how)
        if not all(converged):
            raise Error(
                ErrorCode.not_converged,
                Text(
                    "有冲击没有收敛；请放宽 tolerance 或增大 max_sweeps。",
                    "A shock did not settle; relax tolerance or raise max_sweeps.",
                ),
            )
        return losses.reshape(len(converged), self.network.enterprises)

    def __repr__(self) -> str:
        return f"<LinearPlan of {self._native.enterprises:,} enterprises, {self._native.memory / 2**20:.1f} MiB>"
