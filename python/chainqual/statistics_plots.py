"""Pictures of measurements: capability between limits, groups and their means; `chainqual.plots` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._plotting import BLUE, GREY, RED, axes_of, cut, quiet, written
from ._text import chosen, language

Floats = npt.NDArray[np.float64]

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .process_control import CapabilityIndex


def _index(name: str, one: CapabilityIndex) -> str:
    return f"{name} {one.value:.2f}  [{one.low:.2f}, {one.high:.2f}]"


def _edges(values: Floats, spread: float, lower: float | None, upper: float | None) -> list[float]:
    """Edges of classes, the limits among them, so that no class lies on both sides of one."""
    wide = spread / float(np.clip(round(2 * len(values) ** (1 / 3)), 5, 40))
    if lower is not None and upper is not None:
        # Between far limits classes of their own would be too wide; 200 of them are enough for any picture.
        wide = (upper - lower) / float(np.clip(round((upper - lower) / wide), 1, 200))
    anchor = float(lower if lower is not None else upper if upper is not None else values.min())
    first = int(np.floor((values.min() - anchor) / wide))
    last = int(np.ceil((values.max() - anchor) / wide))
    if last - first > 400:  # values far beyond limits that are close together
        return [float(edge) for edge in np.linspace(values.min(), values.max(), 41)]
    return [anchor + k * wide for k in range(first, max(last, first + 1) + 1)]


def capability(
    values: Iterable[npt.ArrayLike],
    *,
    lower: float | None = None,
    upper: float | None = None,
    confidence: float = 0.95,
    lang: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """A histogram between the specification limits, the normal curve of all values, and the indices with their intervals.

    Parameters
    ----------
    values : series, or sequence of series
        As `chainqual.capability` takes them.
    lower, upper : float, optional
        Specification limits, one at least.
    confidence : float
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> axes = plots.capability([[9, 11], [13, 15], [10, 14]], lower=6, upper=18, lang="en")
    >>> axes.texts[-1].get_text().split()[:2], axes.get_ylabel()
    (['Cp', '1.00'], 'values')
    """
    from .process_control import capability as worked_out

    zh = language(lang) == "zh"
    given: list[Any] = list(values)
    found = worked_out(given, lower=lower, upper=upper, confidence=confidence)
    every = np.concatenate([np.atleast_1d(np.asarray(one, dtype=float)) for one in given])
    ax = axes_of(ax, 8, 4.2)
    deviation = found.overall.sigma
    spread = max(float(np.ptp(every)), 1e-9 * max(1.0, abs(found.mean)))
    counts, edges, _ = ax.hist(every, bins=_edges(every, spread, lower, upper))
    for bar in ax.patches:
        # What lies beyond a limit is told by colour and by hatching.
        middle = bar.get_x() + bar.get_width() / 2  # type: ignore[attr-defined]
        outside = (lower is not None and middle < lower) or (upper is not None and middle > upper)
        bar.set(facecolor="#f4c8ac" if outside else "#a9c7dd", edgecolor="white", hatch="///" if outside else None)
    if deviation > 0:
        x = np.linspace(found.mean - 4 * deviation, found.mean + 4 * deviation, 200)
        curve = np.exp(-0.5 * ((x - found.mean) / deviation) ** 2) / (deviation * np.sqrt(2 * np.pi))
        ax.plot(x, curve * len(every) * (edges[1] - edges[0]), color=BLUE, linewidth=1.8)
    top = max(ax.get_ylim()[1], float(np.max(counts)) * 1.05)
    ax.set_ylim(0, 1.12 * top)
    for bound, name, colour, style in (
        (lower, "LSL", RED, "--"),
        (upper, "USL", RED, "--"),
        (found.mean, "均值" if zh else "mean", GREY, "-"),
    ):
        if bound is None:
            continue
        ax.axvline(bound, ymax=0.93, color=colour, linestyle=style, linewidth=1.3)
        ax.annotate(
            f"{name} {bound:.5g}", (bound, 1.06 * top), ha="center", va="bottom", fontsize=8, color=colour
        )
    lines = []
    for one, names in ((found.within, ("Cp", "Cpk")), (found.overall, ("Pp", "Ppk"))):
        if one.potential is not None:
            lines.append(_index(names[0], one.potential))
        lines.append(_index(names[1], one.actual))
    lines.append(f"n {found.count}")
    seen = f"{100 * found.seen_outside:.3g} %"
    expected = f"{100 * (found.overall.expected_below + found.overall.expected_above):.3g} %"
    lines.append(f"超限：实测 {seen}，预期 {expected}" if zh else f"outside: seen {seen}, expected {expected}")
    ax.text(1.02, 0.95, "\n".join(lines), transform=ax.transAxes, va="top", fontsize=9, linespacing=1.5)
    ax.set_ylabel("数据个数" if zh else "values")
    ax.locator_params(axis="y", integer=True)
    quiet(ax)
    written(ax)
    return ax


def groups(
    samples: Mapping[str, npt.ArrayLike] | Iterable[npt.ArrayLike],
    *,
    confidence: float = 0.95,
    lang: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Groups of an analysis of variance: their values, their means with confidence intervals, and what F says of them.

    The intervals are Student's with the standard deviation within all groups together, as the analysis has it. Groups whose
    intervals do not overlap differ; those whose intervals overlap may differ all the same.

    Parameters
    ----------
    samples : mapping of name to series, or iterable of series
        As `chainqual.one_way_anova` takes them.
    confidence : float
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> axes = plots.groups({"day": [1, 2, 3], "night": [4, 5, 6]}, lang="en")
    >>> axes.get_title("left"), [label.get_text() for label in axes.get_xticklabels()]
    ('F 13.5, p 0.0213', ['day\\n2', 'night\\n5'])
    """
    from .process_control import one_way_anova

    if not 0 < confidence < 1:
        raise ValueError(chosen("confidence 应在 0 和 1 之间。", "confidence must lie between 0 and 1."))
    zh = language(lang) == "zh"
    if isinstance(samples, Mapping):
        names = [str(name) for name in samples]
        series = [np.asarray(one, dtype=float) for one in samples.values()]
    else:
        series = [np.asarray(one, dtype=float) for one in samples]
        names = [str(k + 1) for k in range(len(series))]
    found = one_way_anova(series)
    ax = axes_of(ax, max(5.0, 1.1 * len(series) + 1.5), 4.2)
    means = np.array([one.mean() for one in series])
    width = _native.student_quantile(0.5 + confidence / 2, found.within.degrees) * found.residual_deviation
    reach = width / np.sqrt([len(one) for one in series])
    for k, one in enumerate(series):
        # Equal values stand beside each other.
        order = np.argsort(one, kind="stable")
        aside = np.linspace(-0.16, 0.16, len(one)) if len(one) > 1 else np.zeros(1)
        ax.plot(k + aside[np.argsort(order)], one, "o", color="#a9c7dd", markersize=4, zorder=1)
    ax.axhline(np.concatenate(series).mean(), color=GREY, linewidth=1, linestyle=":", zorder=0)
    ax.errorbar(
        np.arange(len(series)), means, yerr=reach, fmt="D", color=BLUE, markersize=6, capsize=7, linewidth=1.8, zorder=3
    )
    ax.set_xticks(np.arange(len(series)), [f"{cut(name, 14)}\n{mean:.4g}" for name, mean in zip(names, means)])
    ax.set_xlim(-0.5, len(series) - 0.5)
    share = f"{100 * found.share_explained:.0f} %"
    ax.set_title(f"F {found.between.f:.3g}, p {found.between.p_value:.3g}", loc="left", fontsize=11)
    ax.set_title(
        f"组间解释 {share}" if zh else f"{share} explained by the groups", loc="right", fontsize=9, color=GREY
    )
    ax.set_xlabel(
        f"均值与 {100 * confidence:g} % 置信区间" if zh else f"mean with {100 * confidence:g} % interval"
    )
    quiet(ax)
    written(ax)
    return ax
