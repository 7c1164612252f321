"""Pictures of what the library finds, drawn with Matplotlib (``pip install chainqual[plots]``).

Every function draws into the axes that it is given, or into a figure of its own, and returns the axes. Colours are those of
Okabe and Ito, which colour-blind readers tell apart; what colour says is said by place, hatching or a mark as well.

Examples
--------
>>> import chainqual as cq
>>> from chainqual import plots
>>> report = cq.assess(cq.datasets.advanced_computing())
>>> axes = plots.severity(report, lang="en", top=10)
>>> axes.get_xlabel()
'weighted total'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from ._guards import of_kind, report_of
from ._plotting import BLUE, GREEN, GREY, ORANGE, RED, axes_of, chinese_font, cut, quiet, written
from ._text import language
from .evaluation_plots import radar, summary_trend
from .grades import Grade
from .grading_plots import deviation_shares, graded_lines, ladder, training
from .method_plots import fault_tree, house, kano, pareto
from .process_plots import control_chart, control_charts
from .statistics_plots import capability, groups

__all__ = [
    "capability",
    "control_chart",
    "control_charts",
    "criticality",
    "deviation_shares",
    "fault_tree",
    "graded_lines",
    "groups",
    "house",
    "impact",
    "kano",
    "ladder",
    "over_time",
    "pareto",
    "radar",
    "severity",
    "summary_trend",
    "training",
]

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .daily import DynamicsResult, InoperabilityResult
    from .explain import Criticality
    from .network import EnterpriseLike, Network
    from .report import Report

_STAGES = ("upstream", "midstream", "downstream")
_ASPECTS = ("cost", "efficiency", "safety", "brand", "environment")
_ASPECTS_ZH = ("成本", "效率", "安全", "品牌", "环境")
_STAGES_ZH = ("上游", "中游", "下游")


def _names(table: Any, zh: bool, key: str) -> list[str]:
    rows = range(len(table))
    found = [str(table["name" if zh else "name_en"][k] or table["name"][k] or table[key][k]) for k in rows]
    return [cut(name, 34) for name in found]


def _name_apart(ax: Axes, x: Any, y: Any, name_of: Callable[[int], str], most: int) -> None:
    """Names the highest points, leaving out names that would cover one that stands."""
    taken: list[tuple[float, float, float]] = []  # from, to and height of each name, in points
    scale = ax.figure.dpi / 72
    for k in np.argsort(-np.asarray(y), kind="stable")[: 10 * most]:
        if len(taken) == most:
            break
        across, up = ax.transData.transform((x[k], y[k])) / scale
        name = cut(name_of(int(k)), 30)
        wide = 7 + sum(8 if ord(c) > 0x2E7F else 5 for c in name)
        right = ax.transAxes.inverted().transform((across * scale, 0))[0] > 0.7  # where a name would leave the picture
        low, high = (across - wide, across) if right else (across, across + wide)
        if any(abs(up - height) < 10 and low < end and begin < high for begin, end, height in taken):
            continue
        taken.append((low, high, up))
        side, shift = ("right", -7) if right else ("left", 7)
        ax.annotate(name, (x[k], y[k]), xytext=(shift, 3), textcoords="offset points", ha=side, fontsize=8)


def severity(report: Report, *, lang: str | None = None, top: int = 20, ax: Axes | None = None) -> Axes:
    """How each problem's weighted total is made up: impact, diffusion and urgency, with the thresholds of the stars.

    Problems that only declare stars have one hatched bar; ungraded ones are left out.

    Parameters
    ----------
    report : Report
    lang : {'zh', 'en'}, optional
    top : int
        At most so many problems, by rank.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> report = cq.assess(cq.datasets.connected_vehicle())
    >>> len(cq.plots.severity(report, top=5).get_yticks())
    5
    """
    zh = language(lang) == "zh"
    model = report_of(report).chain.severity
    problems = report.problems
    shown = [k for k in range(len(problems)) if problems["grade"][k] != "ungraded"][:top]
    ax = axes_of(ax, 9, 1.3 + 0.34 * max(1, len(shown)))
    left = np.zeros(len(shown))
    place = np.arange(len(shown))
    parts = zip(
        ("impact", "diffusion", "urgency"),
        ("影响", "扩散", "紧迫") if zh else ("impact", "diffusion", "urgency"),
        model.weights,
        (BLUE, ORANGE, GREEN),
    )
    for key, label, weight, colour in parts:
        score = np.array([_number(problems[key][k]) for k in shown])
        width = np.nan_to_num(float(weight) * score)
        ax.barh(place, width, left=left, color=colour, label=f"{label} {float(weight):.0%}")
        left += width
    # The total that stands for stars alone: what the shock's magnitude, (total − 1) / 4, came from.
    stars_only = [problems["magnitude_source"][k] == "stars" for k in shown]
    declared = np.array([1 + 4 * problems["magnitude"][k] if alone else 0.0 for k, alone in zip(shown, stars_only)])
    if np.any(declared > 0):
        ax.barh(place, declared, color="white", edgecolor=GREY, hatch="///", label="仅有星级" if zh else "stars only")
    for i, k in enumerate(shown):
        end = max(left[i], declared[i])
        ax.text(
            end + 0.05, i, Grade[str(problems["grade"][k]).upper()].stars, va="center", color=RED, family="DejaVu Sans"
        )
    for bound in (model.important, model.critical):
        ax.axvline(float(bound), color=GREY, linestyle="--", linewidth=1)
    names = _names(problems, zh, "number")
    ax.set_yticks(place, [f"{problems['number'][k]}  {names[k]}" for k in shown])
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(0, 5.6)
    ax.set_xlabel("加权总分" if zh else "weighted total")
    ax.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=4, frameon=False, prop={"family": chinese_font()})
    quiet(ax)
    written(ax)
    return ax


def _number(value: Any) -> float:
    """A score or total as a number; exact ones come as text."""
    if value is None or value == "":
        return float("nan")
    if isinstance(value, str) and "/" in value:
        above, below = value.split("/")
        return float(above) / float(below)
    return float(value)


def impact(report: Report, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Where the problems of each stage are felt: loss of the whole chain by stage of the problem and aspect.

    A cell is the mean over the stage's problems that are propagated, each taken alone, of its loss downstream times the
    share of the aspect: percentage points of the chain.

    Parameters
    ----------
    report : Report
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> axes = plots.impact(cq.assess(cq.datasets.advanced_computing()), lang="en")
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['upstream', 'midstream', 'downstream']
    """
    zh = language(lang) == "zh"
    problems = report_of(report).problems
    cells = np.zeros((len(_STAGES), len(_ASPECTS)))
    counted = np.zeros((len(_STAGES), 1))
    for k in range(len(problems)):
        if not problems["magnitude"][k] > 0:
            continue
        stage = _STAGES.index(problems["stage"][k])
        counted[stage] += 1
        cells[stage] += [float(problems[f"{aspect}_loss"][k]) for aspect in _ASPECTS]
    cells /= np.maximum(counted, 1)
    ax = axes_of(ax, 7, 3.2)
    ax.imshow(100 * cells, cmap="Blues", aspect="auto", vmin=0)
    dark = 0.55 * cells.max(initial=0)
    for i in range(len(_STAGES)):
        for j in range(len(_ASPECTS)):
            ax.text(
                j,
                i,
                f"{100 * cells[i, j]:.1f}",
                ha="center",
                va="center",
                color="white" if cells[i, j] > dark else "black",
            )
    ax.set_xticks(range(len(_ASPECTS)), _ASPECTS_ZH if zh else _ASPECTS)
    ax.set_yticks(range(len(_STAGES)), _STAGES_ZH if zh else _STAGES)
    ax.set_xlabel("影响方面" if zh else "aspect")
    ax.set_ylabel("问题所在环节" if zh else "stage of the problem")
    ax.set_title(
        "一个问题平均造成的链损失（百分点）"
        if zh
        else "loss of the chain by one problem on average, percentage points",
        fontsize=10,
    )
    written(ax)
    return ax


def _days_of(result: Any) -> None:
    from .daily import DynamicsResult, InoperabilityResult

    if not isinstance(result, InoperabilityResult):
        zh = "请给 dynamics(net, disruptions) 或 inoperability(net, disruptions) 的结果。"
        en = "Pass the result of dynamics(net, disruptions) or inoperability(net, disruptions)."
        of_kind(result, DynamicsResult, "result", zh, en)


def _criticality_of(found: Any) -> Criticality:
    from .explain import Criticality

    return of_kind(found, Criticality, "found", "请给 criticality(net)。", "Pass criticality(net).")


def over_time(
    result: DynamicsResult | InoperabilityResult,
    enterprises: Iterable[EnterpriseLike] | None = None,
    *,
    net: Network | None = None,
    lang: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """What the chain still does day by day, as a share of a usual day, and what some enterprises still do.

    Parameters
    ----------
    result : DynamicsResult or InoperabilityResult
        Of `dynamics` with ``record="enterprises"``, or of `inoperability` with ``record_every=1``, where single enterprises
        are to be drawn.
    enterprises : iterable of int or str, optional
        By default the five that lose most, where they were recorded.
    net : Network, optional
        Whose names to call enterprises by; by default the result's own.
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> net = cq.datasets.advanced_computing().network()
    >>> axes = plots.over_time(cq.dynamics(net, {"ymtc": 1.0}, days=30), lang="en")
    >>> axes.get_xlabel()
    'day'
    """
    zh = language(lang) == "zh"
    _days_of(result)
    ax = axes_of(ax, 8, 4)
    levels = np.asarray(result.levels)
    recorded = levels.ndim == 2 and levels.shape[0] > 0
    usual: Any = getattr(result, "usual", None)  # inoperability has none: its figures are shares
    if enterprises is not None and not recorded:
        call = 'dynamics(…, record="enterprises")' if usual else "inoperability(…, record_every=1)"
        raise ValueError(
            f"单个企业没有记录：请用 {call}。" if zh else f"Single enterprises were not recorded: call {call}."
        )
    net = result.network if net is None else net
    if enterprises is not None:
        chosen = [net.id(one) for one in enterprises]
    else:
        losses = np.asarray(result.combined)
        chosen = [int(k) for k in np.argsort(-losses, kind="stable")[:5] if losses[k] > 0] if recorded else []
    if usual is None:
        produced, levels = 1 - np.asarray(result.totals["combined"]), 1 - levels
    else:
        produced = np.asarray(result.totals["produced"]) / usual["produced"] if usual["produced"] else np.ones(result.steps)
    step = max(1, round(len(produced) / levels.shape[0])) if recorded else 1
    for k in chosen:
        ax.plot(np.arange(levels.shape[0]) * step, levels[:, k], linewidth=1.2, label=cut(net._name_at(k, lang), 24))
    ax.plot(
        np.arange(len(produced)), produced, color="black", linewidth=2.4, label="全链产出" if zh else "the whole chain"
    )
    ax.set_xlabel("天" if zh else "day")
    ax.set_ylabel("产出 / 平日" if zh else "production / a usual day")
    ax.set_ylim(bottom=0)
    ax.set_xlim(0, max(1, len(produced) - 1))
    ax.legend(frameon=False, loc="best", prop={"family": chinese_font()})
    quiet(ax)
    written(ax)
    return ax


def criticality(found: Criticality, *, lang: str | None = None, names: int = 8, ax: Axes | None = None) -> Axes:
    """Systemic risk against size: who matters more than its sales show.

    Where all are of one size, as in a chain without values, linear importance (else betweenness) takes its place.
    A diamond marks enterprises about which the measures disagree; the area of a mark grows with how many enterprises are
    cut off without it.

    Parameters
    ----------
    found : Criticality
    lang : {'zh', 'en'}, optional
    names : int
        So many are named, the most critical first; a name that would cover another is left out.
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> plots.criticality(cq.criticality(cq.datasets.advanced_computing().network())).get_ylabel() != ""
    True
    """
    zh = language(lang) == "zh"
    table = _criticality_of(found).table
    ax = axes_of(ax, 7.5, 5)
    size = np.asarray(table["size"], dtype=float)
    risk = np.asarray(table["systemic_risk"], dtype=float)
    area = (36 + 60 * np.log2(1.0 + np.asarray(table["cut"], dtype=float))) / (1 + len(size) / 500)
    differ = np.asarray(table["disagree"], dtype=bool)
    some = size[size > 0]
    xlabel = "规模" if zh else "size"
    if len(size) > 1 and size.min() == size.max():  # one size says nothing: the linear model's measure stands in
        measure = "importance" if found.importance_exists else "betweenness"
        size, some = np.asarray(table[measure], dtype=float), np.empty(0)
        said = {"importance": ("线性重要度", "linear importance"), "betweenness": ("介数", "betweenness")}[measure]
        xlabel = f"{said[0]}（各企业规模相同）" if zh else f"{said[1]} (all are of one size)"
    for mask, marker, colour, label in (
        (~differ, "o", BLUE, "各指标一致" if zh else "measures agree"),
        (differ, "D", RED, "各指标不一致" if zh else "measures disagree"),
    ):
        if mask.any():
            ax.scatter(size[mask], risk[mask], s=area[mask], marker=marker, color=colour, alpha=0.75, label=label)
    if len(some) and some.max() > 20 * np.median(some):
        ax.set_xscale("symlog", linthresh=float(np.quantile(some, 0.05)))  # sizes of 0 stay in sight
        ax.set_xlim(left=0)
    ax.set_ylim(0, 1.08 * risk.max(initial=0.01))
    _name_apart(ax, size, risk, lambda row: found._name(row, lang), names)
    ax.set_xlabel(xlabel)
    ax.set_ylabel("系统性风险" if zh else "systemic risk")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False, prop={"family": chinese_font()})
    quiet(ax)
    written(ax)
    return ax
