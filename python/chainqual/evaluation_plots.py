"""Pictures of table K.1 and table I.1; `chainqual.plots` has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from ._plotting import BLUE, GREEN, GREY, ORANGE, RED, axes_of, chinese_font, cut, quiet, two_lines, written
from ._text import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .evaluation import Evaluation
    from .summaries import SummaryRow

_LINES = (BLUE, ORANGE, GREEN, RED, "#CC79A7", "#56B4E9")
_MARKS = ("o", "s", "^", "D", "v", "P")


def radar(evaluation: Evaluation, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Scores of table K.1 by category, one outline for each period or chain.

    A category of which nothing is scored interrupts the outline and its name is grey: not known is not 0.

    Parameters
    ----------
    evaluation : Evaluation
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional
        Polar.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> sheet = cq.IndicatorSheet("服务器", "2026").fill("conformity_rate", target=99, value="98.5", baseline=97)
    >>> plots.radar(cq.evaluate(cq.standard_indicators(), sheet)).name
    'polar'
    """
    from .indicators import CATEGORIES

    polar: Any = axes_of(ax, 6.4, 5.6, projection="polar")
    ax = cast("Axes", polar)
    if ax.name != "polar":
        raise ValueError("雷达图需要极坐标的轴：subplot_kw={'projection': 'polar'}。/ A radar wants polar axes.")
    keys = list(evaluation.sheets[0].categories["category"])
    angle = 2 * np.pi * np.arange(len(keys)) / len(keys)
    known = np.zeros(len(keys), dtype=bool)
    for k, sheet in enumerate(evaluation.sheets):
        score = 100 * np.asarray(sheet.categories["score"], dtype=float)
        known |= ~np.isnan(score)
        label = " ".join(part for part in (sheet.chain, sheet.period) if part) or str(k + 1)
        total = "–" if sheet.total is None else f"{100 * sheet.total:.0f}"
        ax.plot(
            np.append(angle, angle[0]),
            np.append(score, score[0]),
            color=_LINES[k % len(_LINES)],
            marker=_MARKS[k % len(_MARKS)],
            linewidth=2,
            markersize=6,
            label=f"{cut(label, 30)} · {total}",
            clip_on=False,
            zorder=3 + k,
        )
        if not np.isnan(score).any():
            ax.fill(angle, score, color=_LINES[k % len(_LINES)], alpha=0.12)
    polar.set_theta_offset(np.pi / 2)
    polar.set_theta_direction(-1)
    ax.set_ylim(0, 100)
    ax.set_yticks([25, 50, 75, 100], ["25", "50", "75", "100"], color=GREY, fontsize=8)
    polar.set_rlabel_position(180 / len(keys))
    # A name of two words at the side takes two lines, so that it stays within the picture.
    names = [two_lines(CATEGORIES[key].in_(lang), 12) for key in keys]
    ax.set_xticks(angle, [name if there else f"{name}\n–" for name, there in zip(names, known)])
    for label_text, there, a in zip(ax.get_xticklabels(), known, angle):
        label_text.set_color("black" if there else GREY)
        side = np.sin(a)
        label_text.set_horizontalalignment("left" if side > 0.1 else "right" if side < -0.1 else "center")
    ax.spines["polar"].set_color("#bbbbbb")
    ax.grid(color="#dddddd", linewidth=0.8)
    ax.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.09),
        ncols=2,
        frameon=False,
        prop={"family": chinese_font(), "size": 9},
    )
    written(ax)
    return ax


def summary_trend(rows: Sequence[SummaryRow], *, lang: str | None = None) -> npt.NDArray[Any]:
    """Each column of table I.1 over the periods, in a figure of small pictures.

    Figures of the registers are full marks, given ones hollow; columns that no period knows are left out.

    Parameters
    ----------
    rows : sequence of SummaryRow
        In time.
    lang : {'zh', 'en'}, optional

    Returns
    -------
    array of matplotlib Axes
        One for each column that is known.

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> chain = cq.datasets.advanced_computing()
    >>> years = [cq.summary_of(chain, f"{y}-01-01", f"{y}-12-31", {"jobs": y}) for y in (2025, 2026)]
    >>> len(plots.summary_trend(years)) > 1
    True
    """
    from .summaries import FIELDS

    shown = [field for field in FIELDS if any(row[field].value is not None for row in rows)]
    first = axes_of(None, 10, 1.9 * max(1, -(-len(shown) // 4)))
    figure: Any = first.figure
    first.remove()
    columns = min(4, max(1, len(shown)))
    made = []
    labels = [_short_period(row) for row in rows]
    place = np.arange(len(rows))
    for k, field in enumerate(shown):
        ax = figure.add_subplot(-(-len(shown) // columns), columns, k + 1)
        value = np.array([np.nan if row[field].value is None else float(row[field].value) for row in rows])  # type: ignore[arg-type]
        there = ~np.isnan(value)
        given = np.array([row[field].origin == "given" for row in rows])
        ax.plot(place[there], value[there], color=BLUE, linewidth=1.6, zorder=2)
        for mask, face in ((there & ~given, BLUE), (there & given, "white")):
            if not mask.any():
                continue
            ax.plot(
                place[mask], value[mask], "o", markersize=6, markerfacecolor=face, markeredgecolor=BLUE, clip_on=False
            )
        for x, y in zip(place[there], value[there]):
            ax.annotate(f"{y:g}", (x, y), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8)
        low, high = np.nanmin(value), np.nanmax(value)
        ax.set_ylim(min(0, low), max(high, 1e-9) * 1.35 if high > 0 else 1)
        ax.set_xlim(-0.4, len(rows) - 0.6)
        ax.set_xticks(place, labels, fontsize=8)
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        ax.set_title(two_lines(FIELDS[field].in_(lang)), fontsize=9, loc="left")
        quiet(ax)
        written(ax)
        made.append(ax)
    note = "● 登记库　○ 填报" if language(lang) == "zh" else "●  from the registers    ○  given"
    text = figure.text(0.995, 0.0, note, ha="right", va="bottom", fontsize=8, color=GREY)
    text.set_fontfamily(chinese_font())
    figure.get_layout_engine().set(rect=(0, 0.03, 1, 0.97), h_pad=0.08)
    return np.array(made, dtype=object)


def _short_period(row: SummaryRow) -> str:
    """'2026' where the period is a year, else its first month."""
    whole = (row.first.month, row.first.day, row.last.month, row.last.day) == (1, 1, 12, 31)
    if whole and row.first.year == row.last.year:
        return str(row.first.year)
    return f"{row.first:%Y-%m}"
