"""Pictures of the quality methods: Pareto, house of quality, Kano, fault trees; `chainqual.plots` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ._plotting import BLUE, GREEN, GREY, ORANGE, RED, axes_of, chinese_font, cut, quiet, two_lines, written
from ._text import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .design import KanoFeature, QualityHouseResult
    from .failure import RatedMode


def pareto(modes: Sequence[RatedMode], *, top: int = 15, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """Failure modes by risk priority number, and the share of all risk that they make up together.

    Parameters
    ----------
    modes : sequence of RatedMode
        From `fmea`.
    top : int
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> axes = plots.pareto(cq.fmea([("scratch", 3, 5, 2), ("short", 9, 3, 4)]))
    >>> [float(bar.get_width()) for bar in axes.patches]
    [108.0, 30.0]
    """
    zh = language(lang) == "zh"
    shown = sorted(modes, key=lambda mode: -mode.rpn)[:top]
    ax = axes_of(ax, 8.5, 1.5 + 0.36 * max(1, len(shown)))
    rpn = np.array([float(mode.rpn) for mode in shown])
    whole = float(sum(mode.rpn for mode in modes)) or 1.0
    share = np.cumsum(rpn) / whole
    place = np.arange(len(shown))
    vital = np.concatenate([[True], share[:-1] < 0.8])[: len(shown)]
    ax.barh(place, rpn, color=np.where(vital, BLUE, "#a9c7dd"), height=0.72)
    for k, mode in enumerate(shown):
        ax.annotate(
            f"{mode.rpn}   S{mode.severity} · O{mode.occurrence} · D{mode.detection}"
            + (f"   {_priority(mode.priority, zh)}" if mode.priority else ""),
            (rpn[k], k),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color="#333333",
        )
    ax.set_yticks(place, [cut(mode.name, 30) for mode in shown])
    ax.set_ylim(len(shown) - 0.4, -0.6)
    most = max(rpn.max(initial=1), 1)
    ax.set_xlim(0, 2.1 * most)
    ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= most])
    ax.set_xlabel("风险顺序数 S·O·D" if zh else "risk priority number S·O·D", loc="left")
    quiet(ax)
    ax.spines["bottom"].set_bounds(0, most)
    # The cumulated share stands beside the bars, so that it covers no label.
    line = ax.inset_axes((0.76, 0, 0.24, 1), sharey=ax)
    line.plot(100 * share, place, color=ORANGE, marker="o", markersize=4, linewidth=1.6, clip_on=False)
    line.axvline(80, color=ORANGE, linestyle=":", linewidth=1)
    line.set_xlim(0, 100)
    line.set_xticks([0, 50, 100])
    line.tick_params(axis="y", left=False, labelleft=False)
    line.set_xlabel("累计占比 %" if zh else "cumulated %")
    line.spines["left"].set_color("#cccccc")
    quiet(line)
    written(ax)
    written(line)
    return ax


def _priority(word: str, zh: bool) -> str:
    return {"low": "低", "medium": "中", "high": "高"}[word] if zh else word


def _symbol(value: float) -> str:
    return "●" if value >= 6 else "○" if value >= 2 else "△" if value > 0 else ""


def house(result: QualityHouseResult, *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """A house of quality: wants and their weight, relations (● strong, ○ medium, △ weak), shares below, conflicts in the roof.

    Parameters
    ----------
    result : QualityHouseResult
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> found = cq.build_house(cq.QualityHouse(["quiet"], ["fan", "fins"], [[9, 3]], [5]))
    >>> [text.get_text() for text in plots.house(found, lang="en").texts if text.get_text() in "●○△"]
    ['●', '○']
    """
    from matplotlib.patches import Polygon, Rectangle

    zh = language(lang) == "zh"
    wants, names = list(result.house.wants), list(result.house.characteristics)
    rows, columns = len(wants), len(names)
    relations = np.asarray(result.house.relations, dtype=float).reshape(rows, columns)
    importance = np.asarray(result.house.importance, dtype=float).ravel()
    share = np.asarray(result.characteristics["share"], dtype=float)
    roof = None if result.house.roof is None else np.asarray(result.house.roof, dtype=float)
    # Units: a cell is 1 wide and 1 high; names of characteristics stand upright above the body.
    wide_names = max((_width(want) for want in wants), default=4)
    left = -(0.135 * min(wide_names, 30) + 1.5)
    upright = 0.135 * min(max((_width(name) for name in names), default=4), 22) + 0.5
    peak = upright + (columns / 2 if roof is not None else 0)
    ax = axes_of(ax, max(5.0, 0.55 * (columns - left) + 0.8), max(4.0, 0.55 * (rows + peak + 2.6)))
    for i in range(rows):
        ax.add_patch(Rectangle((left, -i - 1), -left, 1, facecolor="white", edgecolor="#bbbbbb", linewidth=0.7))
        ax.text(left + 0.15, -i - 0.5, cut(wants[i], 30), va="center", fontsize=9)
        if len(importance) == rows:
            ax.text(-0.55, -i - 0.5, f"{importance[i]:g}", va="center", ha="center", fontsize=9, color=GREY)
        for j in range(columns):
            ax.add_patch(Rectangle((j, -i - 1), 1, 1, facecolor="white", edgecolor="#bbbbbb", linewidth=0.7))
            sign = _symbol(relations[i, j])
            if sign:
                ax.text(
                    j + 0.5, -i - 0.52, sign, va="center", ha="center", fontsize=11, color=BLUE, family="DejaVu Sans"
                )
    for j, name in enumerate(names):
        ax.add_patch(Rectangle((j, 0), 1, upright, facecolor="#f2f5f8", edgecolor="#bbbbbb", linewidth=0.7))
        ax.text(j + 0.5, 0.2, cut(name, 22), rotation=90, va="bottom", ha="center", fontsize=9)
        tall = 1.6 * share[j] / max(share.max(), 1e-12)
        ax.add_patch(Rectangle((j + 0.15, -rows - 0.15 - tall), 0.7, tall, facecolor=BLUE))
        ax.text(j + 0.5, -rows - 0.3 - tall, f"{100 * share[j]:.0f} %", va="top", ha="center", fontsize=8)
    ax.text(-0.15, -rows - 0.9, "占比" if zh else "share", va="center", ha="right", fontsize=9, color=GREY)
    ax.text(-0.55, 0.2, "重要度" if zh else "weight", rotation=90, va="bottom", ha="center", fontsize=9, color=GREY)
    if roof is not None:
        _roof(ax, roof, columns, upright, Polygon)
    ax.set_xlim(left - 0.1, columns + 0.2)
    ax.set_ylim(-rows - 2.6, peak + 0.3)
    ax.set_aspect("equal")
    ax.axis("off")
    written(ax)
    return ax


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _roof(ax: Axes, roof: npt.NDArray[Any], columns: int, base: float, polygon: Any) -> None:
    """A diamond for each pair of characteristics, above the middle between them."""
    for i in range(columns):
        for j in range(i + 1, columns):
            x, y = (i + j + 1) / 2, base + (j - i) / 2
            corners = [(x - 0.5, y), (x, y + 0.5), (x + 0.5, y), (x, y - 0.5)]
            value = roof[i, j]
            colour = "#fbe3d6" if value < 0 else "#d9f0e6" if value > 0 else "white"
            ax.add_patch(polygon(corners, closed=True, facecolor=colour, edgecolor="#bbbbbb", linewidth=0.7))
            if value:
                sign = "−" if value < 0 else "+"
                ax.text(x, y, sign, ha="center", va="center", fontsize=11, color=RED if value < 0 else GREEN)
    for j in range(columns):
        corners = [(j, base), (j + 0.5, base + 0.5), (j + 1, base)]
        ax.add_patch(polygon(corners, closed=True, facecolor="white", edgecolor="#bbbbbb", linewidth=0.7))


_KANO = {
    "must_be": ("必备", "must-be", RED, "s"),
    "one_dimensional": ("期望", "one-dimensional", BLUE, "o"),
    "attractive": ("魅力", "attractive", GREEN, "^"),
    "indifferent": ("无差异", "indifferent", GREY, "D"),
    "reverse": ("反向", "reverse", "#CC79A7", "v"),
    "questionable": ("可疑", "questionable", "#999999", "X"),
}


def kano(features: Mapping[str, KanoFeature], *, lang: str | None = None, ax: Axes | None = None) -> Axes:
    """What features bring against what lacking them costs; hollow marks are classes that chance could have made.

    Parameters
    ----------
    features : mapping of name to KanoFeature
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> found = cq.classify_feature([("like", "dislike")] * 8 + [("like", "neutral")] * 2)
    >>> plots.kano({"battery": found}, lang="en").get_xlabel()
    'dissatisfaction without it'
    """
    zh = language(lang) == "zh"
    ax = axes_of(ax, 6.2, 5.6)
    ax.axhline(0.5, color="#cccccc", linewidth=1)
    ax.axvline(0.5, color="#cccccc", linewidth=1)
    for key, x, y, across, up in (
        ("attractive", 0.01, 0.99, "left", "top"),
        ("one_dimensional", 0.99, 0.99, "right", "top"),
        ("indifferent", 0.01, 0.01, "left", "bottom"),
        ("must_be", 0.99, 0.01, "right", "bottom"),
    ):
        name = _KANO[key][0 if zh else 1]
        ax.text(x, y, name, ha=across, va=up, fontsize=12, color=_KANO[key][2], alpha=0.55, weight="bold")
    seen: set[str] = set()
    taken: list[tuple[float, float]] = []
    for name, one in features.items():
        zh_name, en_name, colour, mark = _KANO[one.feature]
        label = None if one.feature in seen else (zh_name if zh else en_name)
        seen.add(one.feature)
        ax.scatter(
            -one.worse, one.better, s=70, marker=mark, facecolor=colour if one.clear else "white", edgecolor=colour,
            linewidth=1.6, label=label, zorder=3, clip_on=False,
        )  # fmt: skip
        near = sum(abs(-one.worse - x) < 0.25 and abs(one.better - y) < 0.035 for x, y in taken)
        taken.append((-one.worse, one.better))
        right = -one.worse < 0.7
        ax.annotate(
            cut(name, 24),
            (-one.worse, one.better),
            xytext=(8 if right else -8, -11 * near),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=9,
        )
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xlabel("没有时的不满" if zh else "dissatisfaction without it")
    ax.set_ylabel("具备时的满意" if zh else "satisfaction with it")
    if seen:
        ax.legend(
            loc="lower center", bbox_to_anchor=(0.5, 1), ncols=min(4, len(seen)), frameon=False,
            prop={"family": chinese_font(), "size": 9},
        )  # fmt: skip
    quiet(ax)
    written(ax)
    return ax


def fault_tree(
    top: str,
    gates: Mapping[str, tuple[str | int, Iterable[str]]],
    events: Mapping[str, float],
    *,
    lang: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """A fault tree: gates with their inputs below them, basic events with their probability.

    What several gates share is drawn under each of them, the second time without what is below it and with a dashed line.

    Parameters
    ----------
    top, gates, events
        As `chainqual.fault_tree` takes them.
    lang : {'zh', 'en'}, optional
    ax : matplotlib Axes, optional

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import chainqual as cq
    >>> from chainqual import plots
    >>> axes = plots.fault_tree("stop", {"stop": ("or", ["fan", "fuse"])}, {"fan": 0.01, "fuse": 0.002}, lang="en")
    >>> sorted(text.get_text() for text in axes.texts)
    ['0.002', '0.01', 'OR', 'fan', 'fuse', 'stop']
    """
    from .failure import fault_tree as worked_out

    worked_out(top, {name: (kind, list(inputs)) for name, (kind, inputs) in gates.items()}, events)  # refuses loops
    zh = language(lang) == "zh"
    place: list[tuple[str, float, int, bool]] = []  # name, x, depth, drawn before
    links: list[tuple[int, int]] = []
    drawn: set[str] = set()
    free = 0.0

    def put(name: str, depth: int) -> int:
        nonlocal free
        again = name in drawn
        drawn.add(name)
        if name in events or again:
            place.append((name, free, depth, again))
            free += 1
            return len(place) - 1
        below = [put(child, depth + 1) for child in gates[name][1]]
        place.append((name, float(np.mean([place[k][1] for k in (below[0], below[-1])])), depth, False))
        links.extend((len(place) - 1, child) for child in below)
        return len(place) - 1

    put(top, 0)
    depths = max(depth for _, _, depth, _ in place) + 1
    ax = axes_of(ax, max(4.5, 1.35 * free), 1.5 * depths + 0.2)
    high = 1.5
    for up, down in links:
        x, depth = place[up][1], place[up][2]
        x2, depth2 = place[down][1], place[down][2]
        middle = -high * depth - 0.92
        ax.plot(
            [x, x, x2, x2],
            [-high * depth - 0.7, middle, middle, -high * depth2 + 0.22],
            color="#888888",
            linewidth=1.1,
            zorder=1,
        )
    for name, x, depth, again in place:
        _node(ax, name, x, -high * depth, gates, events, again, zh)
    ax.set_xlim(-0.6, free - 0.4)
    ax.set_ylim(-high * (depths - 1) - 0.95, 0.4)
    ax.axis("off")
    written(ax)
    return ax


def _node(ax: Axes, name: str, x: float, y: float, gates: Any, events: Any, again: bool, zh: bool) -> None:
    from matplotlib.patches import Ellipse, FancyBboxPatch

    box = FancyBboxPatch(
        (x - 0.42, y - 0.2), 0.84, 0.4, boxstyle="round,pad=0.02,rounding_size=0.06",
        facecolor="#f2f5f8" if name in gates else "white", edgecolor=GREY, linewidth=1.1,
        linestyle="--" if again else "-", zorder=2,
    )  # fmt: skip
    ax.add_patch(box)
    ax.text(x, y, two_lines(name, 13), ha="center", va="center", fontsize=8.5, zorder=4)
    if name in events:
        ax.plot([x, x], [y - 0.22, y - 0.36], color="#888888", linewidth=1.1, zorder=1)
        ax.add_patch(Ellipse((x, y - 0.56), 0.62, 0.4, facecolor="#fdf3e1", edgecolor=ORANGE, linewidth=1.3, zorder=2))
        ax.text(x, y - 0.56, f"{events[name]:.3g}", ha="center", va="center", fontsize=8, zorder=4)
        return
    if again:
        return
    kind, inputs = gates[name]
    _gate(ax, kind, x, y - 0.5)
    count = len(list(inputs))
    word = {"or": ("或", "OR"), "and": ("与", "AND")}.get(str(kind), (f"{kind}/{count}",) * 2)[0 if zh else 1]
    ax.plot([x, x], [y - 0.22, y - 0.32], color="#888888", linewidth=1.1, zorder=1)
    ax.text(x, y - 0.535, word, ha="center", va="center", fontsize=8, color="white", weight="bold", zorder=4)


def _gate(ax: Axes, kind: str | int, x: float, y: float) -> None:
    """The usual outlines: an arch for AND, a pointed arch with a curved foot for OR, a hexagon for k of n."""
    from matplotlib.patches import Polygon

    t = np.linspace(0, np.pi, 40)
    if kind == "and":
        points = [(x + 0.21 * np.cos(a), y + 0.18 * np.sin(a)) for a in t] + [(x - 0.21, y - 0.2), (x + 0.21, y - 0.2)]
        colour = BLUE
    elif kind == "or":
        s = np.linspace(0, 1, 20)
        right = [(x + 0.21 * np.cos(a * np.pi / 2), y - 0.2 + 0.38 * np.sin(a * np.pi / 2) ** 1.2) for a in s]
        left = [(2 * x - a, b) for a, b in reversed(right)]
        foot = [(x - 0.21 + 0.42 * a, y - 0.2 + 0.1 * np.sin(np.pi * a)) for a in s]
        points, colour = right + left + foot, GREEN
    else:
        points = [(x + 0.22 * np.cos(a), y - 0.02 + 0.2 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 7)[:-1]]
        colour = RED
    ax.add_patch(Polygon(points, closed=True, facecolor=colour, edgecolor=colour, zorder=3))
