"""Pictures of grades: production lines, suppliers on a ladder, sources of deviation, courses for problems; `chainqual.plots`
has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ._plotting import BLUE, GREEN, GREY, ORANGE, RED, axes_of, cut, quiet, two_lines, written
from ._text import chosen, language
from .indicators import WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._tables import Table
    from .design import DeviationResult
    from .grading import LadderDemand, LadderPlace
    from .training import TrainingCoverage

_PALE = "#a9c7dd"


def graded_lines(
    lines: Table, thresholds: Mapping[str, float] | None = None, *, lang: str | None = None, ax: Axes | None = None
) -> Axes:
    """Production lines by rank: their value, their grade, and the criterion that costs them most.

    Hatched bars are lines that a criterion's least worth holds back.

    Parameters
    ----------
    lines : Table
        From `grade_lines`.
    thresholds : mapping of grade to the value from which it is given, optional
        Drawn as lines where given.
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> flat = cq.GradingCriterion("flatness", cq.ValueCurve.exponential(10, 0))
    >>> table = cq.grade_lines([flat], {"B": 0, "A": 0.7}, {"one": [2.0], "two": [5.0]})
    >>> [text.get_text() for text in plots.graded_lines(table, lang="en").texts]
    ['A', '0.80   weakest: flatness 0.80', 'B', '0.50   weakest: flatness 0.50']
    """
    zh = language(lang) == "zh"
    count = len(lines)
    ax = axes_of(ax, 8, 1.3 + 0.42 * max(1, count))
    value = np.asarray(lines["value"], dtype=float)
    bars = ax.barh(np.arange(count), value, height=0.62, color=BLUE)
    for k in range(count):
        row = lines.row(k)
        if row["held_back"]:
            bars[k].set(facecolor=_PALE, edgecolor=BLUE, hatch="///")
        worth = float(row[row["weakest"]])
        told = f"{value[k]:.2f}   " + (
            f"短板：{cut(row['weakest'], 20)} {worth:.2f}" if zh else f"weakest: {cut(row['weakest'], 20)} {worth:.2f}"
        )
        if row["held_back"]:
            told += "，受限" if zh else ", held back"
        ax.text(0.012, k, row["grade"], va="center", fontsize=10, weight="bold", color=BLUE if row["held_back"] else "white",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if row["held_back"] else None)  # fmt: skip
        ax.annotate(told, (max(value[k], 0.06), k), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})  # fmt: skip
    for name, start in (thresholds or {}).items():
        if start > 0:
            ax.axvline(start, color=ORANGE, linestyle=":", linewidth=1.2, zorder=0)
        ax.annotate(
            cut(name, 12), (start, -0.62), xytext=(2, 0), textcoords="offset points", va="bottom", fontsize=8.5,
            color="#996a00", annotation_clip=False,
        )  # fmt: skip
    ax.set_yticks(np.arange(count), [f"{int(rank)}  {cut(name, 24)}" for rank, name in zip(lines["rank"], lines["line"])])
    ax.set_ylim(count - 0.5, -0.6)
    ax.set_xlim(0, 1.5)
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.spines["bottom"].set_bounds(0, 1)
    ax.set_xlabel("综合值" if zh else "value", loc="left")
    quiet(ax)
    written(ax)
    return ax


def _demand(one: LadderDemand) -> str:
    return f"{one.measure} {'≥' if one.direction == 'higher' else '≤'} {one.limit}"


def ladder(
    steps: Iterable[str], places: Mapping[str, LadderPlace], *, lang: str | None = None, ax: Axes | None = None
) -> Axes:
    """Suppliers on a ladder of staged certification: how far each has climbed, and what it lacks for the next step.

    Parameters
    ----------
    steps : iterable of str
        The ladder's steps from the lowest; the ladder that `place_on_ladder` takes serves.
    places : mapping of supplier to LadderPlace
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        A supplier stands on a step that there is not.

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> ladder = {"bronze": [cq.LadderDemand("pass_rate", 95)], "silver": [cq.LadderDemand("pass_rate", "98.5")]}
    >>> places = {name: cq.place_on_ladder(ladder, {"pass_rate": rate}) for name, rate in (("us", 97), ("them", 99))}
    >>> [text.get_text() for text in plots.ladder(ladder, places, lang="en").texts]
    ['top', 'lacks pass_rate ≥ 98.5']
    """
    zh = language(lang) == "zh"
    names = list(steps)
    unknown = [f"{supplier}: {place.step}" for supplier, place in places.items() if place.step not in (None, *names)]
    if unknown:
        raise ValueError(
            chosen(f"阶梯上没有这一级：{'；'.join(unknown)}。", f"The ladder has no such step: {'; '.join(unknown)}.")
        )
    height = {supplier: 0 if place.step is None else names.index(place.step) + 1 for supplier, place in places.items()}
    order = sorted(places, key=lambda supplier: -height[supplier])
    ax = axes_of(ax, 5.4 + 0.95 * len(names), 1.3 + 0.46 * max(1, len(order)))
    for k, supplier in enumerate(order):
        for step in range(len(names)):
            reached = step < height[supplier]
            ax.barh(
                k, 0.94, left=step + 0.03, height=0.66, facecolor=BLUE if reached else "white",
                edgecolor=BLUE if reached else "#bbbbbb", linewidth=0.9,
            )  # fmt: skip
        place = places[supplier]
        parts = []
        short = [one for one in place.wanting if one.measure not in place.unmeasured]
        if short:
            parts.append(("欠 " if zh else "lacks ") + "; ".join(_demand(one) for one in short))
        if place.unmeasured:
            parts.append(("未测 " if zh else "not measured: ") + ", ".join(place.unmeasured))
        top = height[supplier] == len(names)
        ax.annotate(
            two_lines("；".join(parts) if zh else "; ".join(parts), 44) if parts else ("最高级" if zh else "top"),
            (len(names), k),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            color=GREEN if top else "#333333",
        )
    ax.set_yticks(np.arange(len(order)), [cut(supplier, 24) for supplier in order])
    ax.set_ylim(len(order) - 0.45, -0.55)
    ax.set_xticks(np.arange(len(names)) + 0.5, [two_lines(name, 14) for name in names])
    ax.set_xlim(0, len(names) + 3.4)
    ax.xaxis.tick_top()
    for side in ax.spines.values():
        side.set_visible(False)
    ax.tick_params(length=0)
    written(ax)
    return ax


def deviation_shares(
    result: DeviationResult, *, feature: int | None = None, top: int = 15, lang: str | None = None, ax: Axes | None = None
) -> Axes:
    """Where the finished part's variance comes from: the share of each source, the largest first.

    Parameters
    ----------
    result : DeviationResult
        From `propagate_deviations`.
    feature : int, optional
        One feature of the part, counted from 0; by default the sum over all.
    top : int
        How many sources; the rest is one bar.
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    IndexError
        A feature that the part does not have.

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> drill = cq.DeviationStage("drill", [[1.0]], [[1.0]], ["fixture"], [0.03])
    >>> ream = cq.DeviationStage("ream", [[0.5]], [[1.0]], ["tool"], [0.0025])
    >>> found = cq.propagate_deviations(cq.DeviationProcess([drill, ream], [0.0]))
    >>> [text.get_text() for text in plots.deviation_shares(found, lang="en").texts]
    ['75 %', '25 %', '0 %']
    """
    zh = language(lang) == "zh"
    features = [name for name in result.shares.columns if name.startswith("variance_")]
    if feature is not None and not 0 <= feature < len(features):
        raise IndexError(
            chosen(f"零件只有 {len(features)} 个特征，从 0 数起。", f"The part has {len(features)} features, counted from 0.")
        )
    columns = features if feature is None else [features[feature]]
    variance = np.sum([np.asarray(result.shares[name], dtype=float) for name in columns], axis=0)
    whole = float(variance.sum())
    share = variance / whole if whole > 0 else np.zeros(len(variance))
    incoming = "来料" if zh else "incoming"
    rows = [
        (f"{stage} · {source}" if stage else f"{incoming} · {source}", float(one), not stage)
        for stage, source, one in zip(result.shares["stage"], result.shares["source"], share)
    ]
    rows.sort(key=lambda row: -row[1])
    rest = rows[top:]
    rows = rows[:top]
    if rest:
        name = f"其余 {len(rest)} 个" if zh else f"{len(rest)} others"
        rows.append((name, sum(one for _, one, _ in rest), True))
    ax = axes_of(ax, 7.5, 1.3 + 0.36 * max(1, len(rows)))
    place = np.arange(len(rows))
    ax.barh(place, [100 * one for _, one, _ in rows], height=0.7, color=[_PALE if pale else BLUE for _, _, pale in rows])
    for k, (_, one, _) in enumerate(rows):
        ax.annotate(
            f"{100 * one:.3g} %", (100 * one, k), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    ax.set_yticks(place, [cut(name, 40) for name, _, _ in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, 1.12 * max([100 * one for _, one, _ in rows], default=0) or 1)
    what = ("各特征之和" if zh else "all features") if feature is None else f"{'特征' if zh else 'feature'} {feature + 1}"
    ax.set_xlabel(f"占成品方差的份额 %（{what}）" if zh else f"share of the finished part's variance, % ({what})")
    quiet(ax)
    written(ax)
    return ax


def training(coverage: TrainingCoverage, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Problems that have a course, by category; beside them how many each group of courses serves.

    Filled is what is covered, the outline all problems of the category.

    Parameters
    ----------
    coverage : TrainingCoverage
        From `training_coverage`.
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> chain = cq.datasets.advanced_computing()
    >>> course = cq.Course("C1", "IPC-A-610", "control_skills", 16, list(chain.problems["number"][:2]))
    >>> plots.training(cq.training_coverage(chain, [course]), lang="en").get_title("left")
    '2 of 28 problems have a course'
    """
    zh = language(lang) == "zh"
    keys = [str(key) for key in coverage.categories["category"]]
    every = np.asarray(coverage.categories["problems"], dtype=int)
    covered = np.asarray(coverage.categories["covered"], dtype=int)
    ax = axes_of(ax, 8.5, 3.4)
    place = np.arange(len(keys))
    ax.barh(place, every, height=0.66, facecolor="white", edgecolor=GREY, linewidth=1)
    ax.barh(place, covered, height=0.66, color=BLUE)
    for k, (some, many) in enumerate(zip(covered, every)):
        ax.annotate(
            f"{some} / {many}", (many, k), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9,
            color=RED if some < many else "#333333",
        )  # fmt: skip
    most = max(int(every.max(initial=0)), 1)
    words = WORDS["problem_category"]
    ax.set_yticks(place, [words[key].in_(lang) for key in keys])
    ax.set_ylim(len(keys) - 0.5, -0.5)
    ax.set_xlim(0, 1.75 * most)
    ax.locator_params(axis="x", integer=True)
    ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= most])
    ax.spines["bottom"].set_bounds(0, most)
    ax.set_xlabel("问题数" if zh else "problems", loc="left")
    done, whole = int(covered.sum()), int(every.sum())
    ax.set_title(
        f"{whole} 个问题中 {done} 个有课程" if zh else f"{done} of {whole} problems have a course", loc="left", fontsize=11
    )
    beside = ax.inset_axes((0.82, 0.08, 0.18, 0.84))
    groups = WORDS["course_group"]
    counts = list(coverage.by_group.values())
    beside.barh(np.arange(len(counts)), counts, height=0.6, color=ORANGE)
    for k, many in enumerate(counts):
        beside.annotate(str(many), (many, k), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9)
    beside.set_yticks(
        np.arange(len(counts)), [two_lines(groups[key].in_(lang), 14) for key in coverage.by_group], fontsize=9
    )
    beside.set_ylim(len(counts) - 0.4, -0.6)
    beside.set_xlim(0, 1.3 * max([*counts, 1]))
    beside.set_xticks([])
    beside.spines["bottom"].set_visible(False)
    beside.set_title("按课程类别" if zh else "by group of courses", fontsize=9, loc="left")
    idle = len(coverage.idle)
    if idle:
        ax.text(
            1, -0.16, f"{idle} 门课程没有对应的问题" if zh else f"courses that serve no problem: {idle}", fontsize=8.5,
            transform=ax.transAxes, color=GREY, ha="right", va="top",
        )  # fmt: skip
    quiet(ax)
    quiet(beside)
    written(ax)
    written(beside)
    return ax
