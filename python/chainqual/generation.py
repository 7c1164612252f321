"""Synthetic networks of any size."""

from __future__ import annotations

from typing import Literal

from . import _chainqual as _native
from ._run import Progress, running
from .network import Network


def generate(
    enterprises: int = 1000,
    *,
    mean_degree: float = 9.0,
    exponent: float = 2.3,
    degree_cap: int = 128,
    preference: float = 0.5,
    layout: Literal["random_order", "local"] = "random_order",
    tiers: int = 12,
    cyclic_share: float = 0.0,
    segments: int = 12,
    sectors: int = 80,
    value_median: float = 100.0,
    value_spread: float = 1.0,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = None,
) -> Network:
    """A synthetic network: power-law degrees, tiers from raw materials to final products, log-normal values.

    Parameters
    ----------
    enterprises : int
        Up to 2**32 − 2.
    mean_degree : float
        Links per enterprise, in the mean.
    exponent, degree_cap : float, int
        Of the out-degrees' power law, and the most links of one supplier.
    preference : float
        Customers are chosen with chances ∝ rank^−preference.
    layout : {'random_order', 'local'}
        Whether ids say anything about neighbourhood.
    tiers, cyclic_share : int, float
        Links lead to later tiers, but for this share of them; 0: acyclic.
    segments, sectors : int
    value_median, value_spread : float
        Of the links' values.
    seed : int
        The same seed gives the same network on any number of threads.

    Returns
    -------
    Network

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.generate(1000, seed=7) == cq.generate(1000, seed=7, threads=1)
    True
    """
    options = {
        "enterprises": enterprises,
        "mean_degree": mean_degree,
        "exponent": exponent,
        "degree_cap": degree_cap,
        "preference": preference,
        "layout": layout,
        "tiers": tiers,
        "cyclic_share": cyclic_share,
        "segments": segments,
        "sectors": sectors,
        "value_median": value_median,
        "value_spread": value_spread,
        "seed": seed,
    }
    with running(threads, progress, "生成", "generating") as how:
        return Network(_native.generate(options, how))
