"""Control charts; `chainqual.plots` has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._plotting import BLUE, GREY, ORANGE, RED, axes_of, quiet, written
from ._text import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .process_control import ControlChart, CusumChart, PairedCharts

_RULES = {
    "beyond_limits": ("超出控制限", "beyond the limits"),
    "same_side": ("连续多点同侧", "run on one side"),
    "trend": ("持续升降", "six rising or falling"),
    "alternating": ("上下交替", "up and down in turn"),
    "two_of_three": ("3 点中 2 点超 2σ", "two of three beyond 2σ"),
    "four_of_five": ("5 点中 4 点超 1σ", "four of five beyond 1σ"),
    "near_centre": ("长期贴近中心", "fifteen within 1σ"),
    "away_of_centre": ("长期远离中心", "eight beyond 1σ"),
}


def control_chart(
    chart: ControlChart | CusumChart,
    *,
    title: str = "",
    labels: Sequence[str] | None = None,
    lang: str | None = None,
    first: int = 1,
    ax: Axes | None = None,
) -> Axes:
    """A control chart: values, centre, limits, and the signals with the rule that each breaks.

    Of a CUSUM chart the sums above and below the target, and the decision interval.

    Parameters
    ----------
    chart : ControlChart or CusumChart
    title : str
    labels : sequence of str, optional
        Of the points; by default numbers from `first`.
    lang : {'zh', 'en'}, optional
    first : int
        Number of the first point.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> chart = cq.individuals_chart([0, 0.1, -0.1, 9, 0], centre=0, sigma=1).location
    >>> plots.control_chart(chart, lang="en").texts[-1].get_text()
    'beyond the limits'
    """
    zh = language(lang) == "zh"
    ax = axes_of(ax, 9, 3.6)
    place = np.arange(first, first + len(chart.value))
    if hasattr(chart, "above"):
        _sums(ax, chart, place, zh)
    else:
        _values(ax, chart, place, zh)
    if labels is not None:
        ax.set_xticks(place, labels)
    else:
        ax.locator_params(axis="x", integer=True)
    ax.set_xlim(place[0] - 0.5, place[-1] + 0.5)
    ax.set_xlabel(("样本" if zh else "sample") if labels is None else "")
    ax.set_title(title, loc="left", fontsize=11)
    quiet(ax)
    written(ax)
    return ax


def _values(ax: Axes, chart: Any, place: npt.NDArray[Any], zh: bool) -> None:
    edge = np.append(place - 0.5, place[-1] + 0.5)
    for bound, name in ((chart.upper, "UCL"), (chart.lower, "LCL"), (chart.centre, "CL")):
        style = ("-", GREY) if name == "CL" else ("--", RED)
        ax.stairs(bound, edge, baseline=None, linestyle=style[0], color=style[1], linewidth=1.1)
        ax.annotate(
            f"{name} {bound[-1]:.4g}",
            (edge[-1], bound[-1]),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=style[1],
            annotation_clip=False,
        )
    ax.plot(place, chart.value, color=BLUE, marker="o", markersize=4, linewidth=1.2, zorder=3)
    # Each rule is named where it is broken first; how often says the number behind it.
    first: dict[str, int] = {}
    for signal in chart.signals:
        run = slice(signal.first, signal.last + 1)
        if signal.last > signal.first:
            ax.plot(
                place[run], chart.value[run], color=ORANGE, linewidth=5, alpha=0.3, zorder=1, solid_capstyle="round"
            )
        ax.plot(
            place[signal.last], chart.value[signal.last], "o",
            markersize=9, markerfacecolor="none", markeredgecolor=RED, mew=1.8, zorder=4,
        )  # fmt: skip
        first.setdefault(signal.rule, signal.last)
    told: dict[int, list[str]] = {}
    for rule, at in first.items():
        often = sum(signal.rule == rule for signal in chart.signals)
        name = _RULES.get(rule, (rule, rule))[0 if zh else 1]
        told.setdefault(at, []).append(name if often == 1 else f"{name} ×{often}")
    for at, rules in told.items():
        above = chart.value[at] >= chart.centre[at]
        near_end = at + 1 > 0.8 * len(place)
        ax.annotate(
            "\n".join(rules),
            (place[at], chart.value[at]),
            xytext=(-8 if near_end else 8, 6 if above else -6),
            textcoords="offset points",
            ha="right" if near_end else "left",
            va="bottom" if above else "top",
            fontsize=8,
            color=RED,
        )
    low = np.nanmin([chart.lower.min(), chart.value.min()])
    high = np.nanmax([chart.upper.max(), chart.value.max()])
    room = 0.12 * (high - low or 1)
    ax.set_ylim(low - room, high + room)


def _sums(ax: Axes, chart: Any, place: npt.NDArray[Any], zh: bool) -> None:
    ax.bar(place, chart.above, width=0.7, color=[RED if s else BLUE for s in chart.signal_above])
    ax.bar(place, -chart.below, width=0.7, color=[RED if s else "#56B4E9" for s in chart.signal_below])
    for sign in (1, -1):
        ax.axhline(sign * chart.decision, color=RED, linestyle="--", linewidth=1.1)
    ax.axhline(0, color=GREY, linewidth=0.8)
    for signal, since, values in (
        (chart.signal_above, chart.above_since, chart.above),
        (chart.signal_below, chart.below_since, -chart.below),
    ):
        if not signal.any():
            continue
        at = int(np.argmax(signal))
        begun = at + 2 - int(since[at])
        ax.annotate(
            f"偏移约始于第 {begun} 点" if zh else f"shifted from about point {begun}",
            (place[at], values[at]),
            xytext=(-10, 4 if values[at] > 0 else -4),
            textcoords="offset points",
            ha="right",
            va="bottom" if values[at] > 0 else "top",
            fontsize=8,
            color=RED,
        )
    ax.set_ylabel("累积和" if zh else "cumulative sum")


def control_charts(
    charts: PairedCharts, *, title: str = "", labels: Sequence[str] | None = None, lang: str | None = None
) -> tuple[Axes, Axes]:
    """A chart of location above the one of spread that belongs to it, in a figure of their own.

    Parameters
    ----------
    charts : PairedCharts
    title : str
    labels : sequence of str, optional
    lang : {'zh', 'en'}, optional

    Returns
    -------
    two matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> above, below = plots.control_charts(cq.mean_range_chart([[9, 11], [10, 14], [7, 9]]), lang="en")
    >>> below.get_title("left")
    'spread'
    """
    zh = language(lang) == "zh"
    first = axes_of(None, 9, 5.6)
    figure = first.figure
    first.remove()
    upper = figure.add_subplot(2, 1, 1)
    lower = figure.add_subplot(2, 1, 2)
    control_chart(charts.location, title=title or ("位置" if zh else "location"), labels=labels, lang=lang, ax=upper)
    shorter = labels if labels is None else labels[len(labels) - len(charts.spread.value) :]
    # Moving ranges begin with the second value: they stand below it.
    begin = 1 + len(charts.location.value) - len(charts.spread.value)
    control_chart(
        charts.spread, title="离散" if zh else "spread", labels=shorter, lang=lang, first=begin, ax=lower
    )
    lower.set_xlim(upper.get_xlim())
    upper.set_xlabel("")
    return upper, lower
