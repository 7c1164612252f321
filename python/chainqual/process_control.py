"""Measurements of a process: analysis of variance, control charts, capability."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._text import chosen

Floats = npt.NDArray[np.float64]
Rules = Literal["limits", "western_electric", "nelson"]


def _series(values: npt.ArrayLike, name: str) -> Floats:
    series = np.ascontiguousarray(values, dtype=np.float64)
    if series.ndim != 1:
        raise ValueError(chosen(f"{name} 应是一维的数列。", f"{name} must be a series of one dimension."))
    return series


def _samples(samples: Iterable[npt.ArrayLike], name: str) -> list[Floats]:
    return [_series(sample, name) for sample in samples]


@dataclass(frozen=True)
class Variation:
    """One source of variation; `f` is infinite where nothing is left over, NaN for 0 / 0."""

    sum_of_squares: float
    degrees: float
    mean_square: float
    f: float
    p_value: float


@dataclass(frozen=True)
class OneWayAnova:
    """Whether groups differ by more than chance."""

    between: Variation
    within: Variation
    share_explained: float
    residual_deviation: float


@dataclass(frozen=True)
class TwoWayAnova:
    """Two factors and how they work together; without replicates `together` is all 0 and left in `residual`."""

    first: Variation
    second: Variation
    together: Variation
    residual: Variation


@dataclass(frozen=True)
class SeriesSummary:
    """A series in short: standard deviation with n − 1 (0 for one value), autocorrelation of lag 1 (0 where undefined)."""

    count: int
    mean: float
    deviation: float
    autocorrelation: float
    least: float
    largest: float


def summarise(values: npt.ArrayLike) -> SeriesSummary:
    """Mean, standard deviation, lag-1 autocorrelation and range of a series, summed in twice double's precision.

    Parameters
    ----------
    values : series

    Returns
    -------
    SeriesSummary

    Raises
    ------
    Error
        No values; values that are not finite.

    Notes
    -----
    Of NIST's certified figures it reaches 14 digits on Lew and 15.6 on NumAcc1 and 2; on NumAcc3 and 4, whose tenths a
    double beside a million or ten millions holds to 9 and 8 digits, deviations to 9.5 and 8.3.

    Examples
    --------
    >>> import chainqual as cq
    >>> round(cq.summarise([10000000.1, 10000000.3, 10000000.2]).deviation, 12)  # what the doubles hold, to its last digit
    0.100000000559
    """
    return SeriesSummary(**_native.summarise(_series(values, "values")))


def one_way_anova(groups: Iterable[npt.ArrayLike]) -> OneWayAnova:
    """One-way analysis of variance, summed in twice double's precision.

    Parameters
    ----------
    groups : iterable of series
        Two or more, each with a value, more values than groups in all.

    Returns
    -------
    OneWayAnova

    Notes
    -----
    Of NIST's certified figures it reaches 13 digits on SiRstv and 15.6 on SmLs01 to 03; on AtmWtAg 10.1 and without its
    constant 14.5, on SmLs04 to 06 10.2 and on SmLs07 to 09 4.2, which is what a double keeps of such data.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.one_way_anova([[1, 2, 3], [4, 5, 6]]).between.f
    13.5
    """
    found = _native.one_way_anova(_samples(groups, "groups"))
    return OneWayAnova(
        Variation(**found["between"]),
        Variation(**found["within"]),
        found["share_explained"],
        found["residual_deviation"],
    )


def two_way_anova(values: npt.ArrayLike) -> TwoWayAnova:
    """Two-way analysis of variance of a balanced design.

    Parameters
    ----------
    values : array [first, second] or [first, second, replicates]
        As many values in each pair: sums of squares of types II and III, which unbalanced designs ask for, are not
        given.

    Raises
    ------
    ValueError
        The pairs have different numbers of values.

    Returns
    -------
    TwoWayAnova

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.two_way_anova([[1, 3], [5, 11]]).first.f
    9.0
    """
    try:
        table = np.ascontiguousarray(values, dtype=np.float64)
    except ValueError as ragged:
        raise ValueError(
            chosen(
                "各组合的值数不等：只做平衡设计的双因素方差分析。请补测，或用 one_way_anova 分析一个因素。",
                "The pairs have different numbers of values, and two factors are analysed in balanced designs alone: "
                "measure more, or analyse one factor with one_way_anova.",
            )
        ) from ragged
    if table.ndim == 2:
        table = table[:, :, np.newaxis]
    if table.ndim != 3:
        raise ValueError(chosen("values 应有两维或三维。", "values must have two or three dimensions."))
    found = _native.two_way_anova(np.ascontiguousarray(table).ravel(), *table.shape)
    return TwoWayAnova(*(Variation(**found[name]) for name in ("first", "second", "together", "residual")))


def control_constants(n: int) -> dict[str, float]:
    """The factors of control charts for samples of n (2 to 100): d2, d3, c4, a2, a3, b3, b4, d_lower (D3), d_upper (D4).

    Parameters
    ----------
    n : int

    Returns
    -------
    dict of str to float

    Examples
    --------
    >>> import chainqual as cq
    >>> round(cq.control_constants(5)["d2"], 3)
    2.326
    """
    return dict(_native.control_constants(n))


@dataclass(frozen=True)
class ChartSignal:
    """A pattern that chance alone seldom makes: points `first` to `last`, and the rule by its key."""

    first: int
    last: int
    rule: str


@dataclass(frozen=True, eq=False, repr=False)
class ControlChart:
    """A chart: plotted values, centre, standard deviation and limits of each point, and its signals."""

    value: Floats
    centre: Floats
    sigma: Floats
    lower: Floats
    upper: Floats
    signals: list[ChartSignal]

    def __repr__(self) -> str:
        return f"<ControlChart: {len(self.value)} points, {len(self.signals)} signals>"


@dataclass(frozen=True)
class PairedCharts:
    """A chart of location beside one of spread; `centre` and `sigma` are the process's."""

    location: ControlChart
    spread: ControlChart
    centre: float
    sigma: float


def _chart(found: dict[str, Any]) -> ControlChart:
    return ControlChart(**found["points"], signals=[ChartSignal(**signal) for signal in found["signals"]])


def _paired(found: dict[str, Any]) -> PairedCharts:
    return PairedCharts(_chart(found["location"]), _chart(found["spread"]), found["centre"], found["sigma"])


def _options(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _column(values: npt.ArrayLike, count: int, name: str) -> Floats:
    """One number for every point, or a series of them."""
    column = np.full(count, values, dtype=np.float64) if np.ndim(values) == 0 else _series(values, name)
    if len(column) != count:
        raise ValueError(
            chosen(f"{name} 应有 {count} 个值，而不是 {len(column)} 个。", f"{name} must have {count} values, not {len(column)}.")
        )
    return column


def chart_signals(
    values: npt.ArrayLike,
    centre: npt.ArrayLike,
    sigma: npt.ArrayLike,
    *,
    rules: Rules = "western_electric",
    lower: npt.ArrayLike | None = None,
    upper: npt.ArrayLike | None = None,
) -> list[ChartSignal]:
    """The signals of values on a chart that was made elsewhere: its centre, standard deviations and limits are given.

    A value on the centre belongs to neither side, one equal to its limit is within. Where sigma is 0 nothing but the
    limits is judged.

    Parameters
    ----------
    values : series
        As plotted.
    centre, sigma : number, or series as long as `values`
        Zones are of each point's own sigma.
    rules : {'limits', 'western_electric', 'nelson'}
    lower, upper : number or series, optional
        By default three sigma from the centre.

    Returns
    -------
    list of ChartSignal
        By last point, then by rule.

    Raises
    ------
    ValueError
        Series of other lengths.

    References
    ----------
    Western Electric 1956; Nelson 1984.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.chart_signals([1, 1, 1, 1, 1, 1, 1, 1, 1], 0, 2, rules="nelson")
    [ChartSignal(first=0, last=8, rule='same_side')]
    """
    value = _series(values, "values")
    middle = _column(centre, len(value), "centre")
    spread = _column(sigma, len(value), "sigma")
    low = middle - 3 * spread if lower is None else _column(lower, len(value), "lower")
    high = middle + 3 * spread if upper is None else _column(upper, len(value), "upper")
    return [ChartSignal(**one) for one in _native.chart_signals(value, middle, spread, low, high, rules)]


def mean_range_chart(
    samples: Iterable[npt.ArrayLike],
    *,
    rules: Rules = "western_electric",
    width: float = 3,
    centre: float | None = None,
    sigma: float | None = None,
) -> PairedCharts:
    """Means and ranges of samples of one size, 2 to 100.

    Parameters
    ----------
    samples : iterable of series
    rules : {'limits', 'western_electric', 'nelson'}
        Which patterns are signals; ranges are judged by their limits alone.
    width : float
        Of the limits, in standard deviations of what is plotted.
    centre, sigma : float, optional
        Of the process where they are known; else they are estimated.

    Returns
    -------
    PairedCharts

    Examples
    --------
    >>> import chainqual as cq
    >>> charts = cq.mean_range_chart([[9, 11], [10, 14], [7, 9]])
    >>> charts.centre, round(charts.sigma, 3)
    (10.0, 2.363)
    """
    options = _options(rules=rules, width=width, centre=centre, sigma=sigma)
    return _paired(_native.sample_chart("ranges", _samples(samples, "samples"), options))


def mean_deviation_chart(
    samples: Iterable[npt.ArrayLike],
    *,
    rules: Rules = "western_electric",
    width: float = 3,
    centre: float | None = None,
    sigma: float | None = None,
) -> PairedCharts:
    """Means and standard deviations of samples of any sizes from 2; arguments as `mean_range_chart`.

    Parameters
    ----------
    samples : iterable of series
    rules, width, centre, sigma
        As `mean_range_chart`.

    Returns
    -------
    PairedCharts

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.mean_deviation_chart([[9, 11], [10, 14, 12]]).location
    <ControlChart: 2 points, 0 signals>
    """
    options = _options(rules=rules, width=width, centre=centre, sigma=sigma)
    return _paired(_native.sample_chart("deviations", _samples(samples, "samples"), options))


def individuals_chart(
    values: npt.ArrayLike,
    *,
    rules: Rules = "western_electric",
    width: float = 3,
    centre: float | None = None,
    sigma: float | None = None,
) -> PairedCharts:
    """Single values and their moving ranges; arguments as `mean_range_chart`.

    Parameters
    ----------
    values : series
    rules, width, centre, sigma
        As `mean_range_chart`.

    Returns
    -------
    PairedCharts

    Examples
    --------
    >>> import chainqual as cq
    >>> rate = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    >>> round(float(cq.individuals_chart(rate).location.upper[0]), 2)
    55.8
    """
    options = _options(rules=rules, width=width, centre=centre, sigma=sigma)
    return _paired(_native.individuals_chart(_series(values, "values"), options))


def attribute_chart(
    kind: Literal["p", "np", "c", "u"],
    counts: npt.ArrayLike,
    sizes: npt.ArrayLike | None = None,
    *,
    rules: Rules = "western_electric",
    width: float = 3,
    centre: float | None = None,
) -> ControlChart:
    """Chart of counts.

    Parameters
    ----------
    kind : {'p', 'np', 'c', 'u'}
        Share or number of nonconforming items; nonconformities by sample, or by item or area.
    counts : series of whole numbers
    sizes : series, or one number for all
        Items or areas inspected; none for c.
    rules, width, centre
        As `mean_range_chart`; sigma follows from the centre.

    Returns
    -------
    ControlChart

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.attribute_chart("p", [2, 3, 12, 1], 50).signals
    [ChartSignal(first=2, last=2, rule='beyond_limits')]
    """
    many = _series(counts, "counts")
    of = None
    if sizes is not None:
        of = np.full(len(many), sizes, dtype=np.float64) if np.ndim(sizes) == 0 else _series(sizes, "sizes")
    return _chart(_native.attribute_chart(kind, many, of, _options(rules=rules, width=width, centre=centre)))


def ewma_chart(
    values: npt.ArrayLike,
    *,
    lambda_: float = 0.2,
    width: float = 3,
    centre: float | None = None,
    sigma: float | None = None,
) -> ControlChart:
    """Exponentially weighted moving averages within limits of the exact width; `lambda_` weighs the newest value.

    Parameters
    ----------
    values : series
    lambda_ : float
        Above 0, up to 1.
    width : float
        Of the limits, in standard deviations of the average.
    centre, sigma : float, optional
        Of the process where they are known; else they are estimated.

    Returns
    -------
    ControlChart

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.ewma_chart([10, 11, 10, 13, 14, 15], centre=10, sigma=1).signals[0]
    ChartSignal(first=4, last=4, rule='beyond_limits')
    """
    options = {"lambda": lambda_, **_options(width=width, centre=centre, sigma=sigma)}
    return _chart(_native.ewma_chart(_series(values, "values"), options))


@dataclass(frozen=True, eq=False, repr=False)
class CusumChart:
    """Sums of what goes beyond the target by more than k sigma, upwards and downwards.

    `above_since` and `below_since` count the points for which a sum has been positive: where a shift began.
    """

    value: Floats
    above: Floats
    below: Floats
    above_since: npt.NDArray[np.uint64]
    below_since: npt.NDArray[np.uint64]
    signal_above: npt.NDArray[np.bool_]
    signal_below: npt.NDArray[np.bool_]
    centre: float
    sigma: float
    decision: float

    def __repr__(self) -> str:
        seen = int((self.signal_above | self.signal_below).sum())
        return f"<CusumChart: {len(self.value)} points, {seen} with a signal>"


def cusum_chart(
    values: npt.ArrayLike,
    *,
    reference: float = 0.5,
    decision: float = 5,
    head_start: float = 0,
    centre: float | None = None,
    sigma: float | None = None,
) -> CusumChart:
    """Cumulative sums against a target; `reference` (k), `decision` (h) and `head_start` in standard deviations.

    Parameters
    ----------
    values : series
    reference : float
        Half the shift that is to be found.
    decision : float
        A sum beyond it is a signal.
    head_start : float
        Where the sums begin.
    centre, sigma : float, optional
        Of the process where they are known; else they are estimated.

    Returns
    -------
    CusumChart

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.cusum_chart([10, 12, 12, 12, 12, 12], centre=10, sigma=1)
    <CusumChart: 6 points, 2 with a signal>
    """
    options = _options(reference=reference, decision=decision, head_start=head_start, centre=centre, sigma=sigma)
    found = _native.cusum_chart(_series(values, "values"), options)
    return CusumChart(**found["points"], centre=found["centre"], sigma=found["sigma"], decision=found["decision"])


@dataclass(frozen=True)
class CapabilityIndex:
    """An index and the interval that holds the process's own with the confidence asked for."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class CapabilityIndices:
    """Indices by one estimate of sigma: `potential` is Cp or Pp (None with one limit), `actual` Cpk or Ppk."""

    sigma: float
    degrees: float
    potential: CapabilityIndex | None
    actual: CapabilityIndex
    expected_below: float
    expected_above: float


@dataclass(frozen=True)
class Capability:
    """How well a process fits between its limits: `within` gives Cp and Cpk, `overall` Pp and Ppk."""

    count: int
    mean: float
    within: CapabilityIndices
    overall: CapabilityIndices
    seen_outside: float


def _indices(found: dict[str, Any]) -> CapabilityIndices:
    potential = found.pop("potential")
    actual = found.pop("actual")
    return CapabilityIndices(
        potential=None if potential is None else CapabilityIndex(**potential), actual=CapabilityIndex(**actual), **found
    )


def capability(
    values: Iterable[npt.ArrayLike],
    *,
    lower: float | None = None,
    upper: float | None = None,
    confidence: float = 0.95,
) -> Capability:
    """Cp, Cpk, Pp and Ppk with confidence intervals.

    Parameters
    ----------
    values : series, or sequence of series
        Single values in the order of making, or samples.
    lower, upper : float, optional
        Specification limits, one at least.
    confidence : float

    Returns
    -------
    Capability

    References
    ----------
    Kane 1986; Bissell 1990 for the interval of Cpk, which is approximate.

    Examples
    --------
    >>> import chainqual as cq
    >>> found = cq.capability([[9, 11], [13, 15], [10, 14]], lower=6, upper=18)
    >>> found.within.potential.value, found.mean
    (1.0, 12.0)
    """
    one: list[Any] = list(values)
    given: Any = _samples(one, "values") if any(np.ndim(row) > 0 for row in one) else _series(one, "values")
    found = _native.capability(given, lower, upper, confidence)
    return Capability(
        found["count"], found["mean"], _indices(found["within"]), _indices(found["overall"]), found["seen_outside"]
    )


def capability_indices(
    mean: float,
    sigma: float,
    *,
    degrees: float,
    count: int,
    lower: float | None = None,
    upper: float | None = None,
    confidence: float = 0.95,
) -> CapabilityIndices:
    """Indices from a mean and a standard deviation that come from elsewhere: a certificate, a supplier's report.

    Parameters
    ----------
    mean, sigma : float
        Of the process; sigma is not negative. Where it is 0 an index is infinite, or 0 on a limit.
    degrees : float
        Of freedom of sigma.
    count : int
        Values behind the mean.
    lower, upper : float, optional
        Specification limits, one at least.
    confidence : float

    Returns
    -------
    CapabilityIndices

    Raises
    ------
    Error
        Any of these out of its range.

    References
    ----------
    Kane 1986; Montgomery, Introduction to Statistical Quality Control, 8.3; Bissell 1990 for the interval of Cpk.

    Examples
    --------
    >>> import chainqual as cq
    >>> found = cq.capability_indices(10, 0.5, degrees=19, count=20, lower=7, upper=13)
    >>> found.potential.value, round(found.potential.low, 2), round(found.potential.high, 2)
    (2.0, 1.37, 2.63)
    """
    return _indices(_native.capability_indices(mean, sigma, degrees, count, lower, upper, confidence))
