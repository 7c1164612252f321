"""Many runs under uncertain parameters, summed up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._display import percent
from ._run import Progress, running
from ._text import chosen
from .propagation import Floats, Propagation
from .spreading import Spread

ParameterRange = Union[tuple[float, float], tuple[float, float, str], tuple[float, float, float], Mapping[str, Any]]


def _parameter(name: str, given: ParameterRange) -> dict[str, Any]:
    if isinstance(given, Mapping):
        return {"name": name, **given}
    if len(given) == 2:
        return {"name": name, "low": given[0], "high": given[1]}
    low, high, third = given
    if isinstance(third, str):
        return {"name": name, "low": low, "high": high, "spreading": third}
    return {"name": name, "low": low, "high": high, "spreading": "triangular", "mode": third}


def latin_hypercube(parameters: Mapping[str, ParameterRange], samples: int, *, seed: int = 1) -> dict[str, Floats]:
    """Samples of uncertain parameters, each parameter once in every stratum.

    Parameters
    ----------
    parameters : mapping of name to (low, high), (low, high, 'log_uniform') or (low, high, mode)
    samples : int
    seed : int

    Returns
    -------
    dict of name to float64 array [samples]

    Examples
    --------
    >>> import chainqual as cq
    >>> drawn = cq.latin_hypercube({"stock": (5, 30), "share": (0.1, 0.9, 0.5)}, 100)
    >>> sorted(drawn), bool(drawn["stock"].min() >= 5)
    (['share', 'stock'], True)
    """
    names = list(parameters)
    described = [_parameter(name, parameters[name]) for name in names]
    values = _native.latin_hypercube(described, samples, seed).reshape(samples, len(names))
    return {name: np.ascontiguousarray(values[:, k]) for k, name in enumerate(names)}


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble:
    """What many runs say together.

    Attributes
    ----------
    samples : int
    indices : float64 array [samples]
        Index of each run.
    index, index_downstream, index_upstream : Spread
    shares : float64 array
        Of the quantiles.
    mean, deviation : float64 array [n]
        Of the combined loss.
    quantiles : float64 array [shares, n]
    not_converged : int
    """

    samples: int
    shares: Floats
    indices: Floats
    index: Spread
    index_downstream: Spread
    index_upstream: Spread
    mean: Floats
    deviation: Floats
    quantiles: Floats
    not_converged: int

    def __repr__(self) -> str:
        i = self.index
        return chosen(
            f"<Ensemble：{self.samples} 次，链损失 {percent(i.mean)} ± {percent(i.standard_error)}，{percent(i.least)} … {percent(i.most)}>",
            f"<Ensemble of {self.samples}: {percent(i.mean)} ± {percent(i.standard_error)} of the chain lost, "
            f"{percent(i.least)} … {percent(i.most)}>",
        )


def ensemble(
    parameters: Mapping[str, ParameterRange],
    run: Callable[..., Propagation],
    samples: int = 200,
    *,
    seed: int = 1,
    quantiles: Sequence[float] = (0.05, 0.5, 0.95),
    progress: Progress = None,
) -> Ensemble:
    """Runs a model once per sample of its uncertain parameters and sums up what came out.

    Parameters
    ----------
    parameters : mapping
        As `latin_hypercube`.
    run : callable
        Gets the parameters of one sample by name and gives a model's result.
    samples, seed : int
    quantiles : sequence of float
        Linear between order statistics, as NumPy's default.

    Returns
    -------
    Ensemble

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(2, [0], [1], dependency=[0.5], keys=["a", "b"])
    >>> found = cq.ensemble({"s": (0.2, 0.4)}, lambda s: cq.linear(net, {"a": s}), 50)
    >>> found.samples, bool(0.2 < found.mean[0] < 0.4)
    (50, True)
    """
    drawn = latin_hypercube(parameters, samples, seed=seed)
    combined: npt.NDArray[np.float64] | None = None
    indices = np.empty((samples, 3))
    converged = np.empty(samples, dtype=np.uint8)
    with running(None, progress, "多次推算", "running samples") as how:
        for k in range(samples):
            one = run(**{name: float(values[k]) for name, values in drawn.items()})
            if combined is None:
                combined = np.empty((samples, len(one.combined)))
            if len(one.combined) != combined.shape[1]:
                raise ValueError(chosen("各次结果的企业数不同。", "The runs differ in their number of enterprises."))
            combined[k] = one.combined
            indices[k] = one.index_downstream, one.index_upstream, one.index
            converged[k] = one.converged
            if how[1] is not None:
                how[1]((k + 1) / samples)
        options = {"quantiles": [float(q) for q in quantiles]}
        losses = combined if combined is not None else np.empty((0, 0))
        found = _native.ensemble(losses, indices, converged, options, (None, None))
    for name in ("index", "index_downstream", "index_upstream"):
        found[name] = Spread(**found[name])
    found["quantiles"] = found["quantiles"].reshape(len(quantiles), losses.shape[1])
    return Ensemble(**found)


@dataclass(frozen=True)
class PairedDifference:
    """Mean difference of two ensembles that share their samples."""

    mean: float
    standard_error: float
    share_below: float


def paired_difference(first: Ensemble | Floats, second: Ensemble | Floats) -> PairedDifference:
    """How much the second differs from the first, run by run; both share their samples.

    Parameters
    ----------
    first, second : Ensemble, or float64 array [samples]

    Returns
    -------
    PairedDifference

    Examples
    --------
    >>> import chainqual as cq, numpy as np
    >>> cq.paired_difference(np.array([0.5, 0.6]), np.array([0.4, 0.5])).share_below
    1.0
    """
    a = first.indices if isinstance(first, Ensemble) else first
    b = second.indices if isinstance(second, Ensemble) else second
    return PairedDifference(**_native.paired_difference(a, b))
