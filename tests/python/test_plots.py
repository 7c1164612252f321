"""Pictures hold what the tables say."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import matplotlib
import numpy as np
import pytest

import chainqual as cq

matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402

from chainqual import plots  # noqa: E402


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def report() -> cq.Report:
    return cq.assess(cq.datasets.advanced_computing())


def widths(axes: object, rows: int) -> np.ndarray:
    """Length of each row's stacked bar."""
    total = np.zeros(rows)
    for patch in axes.patches:  # type: ignore[attr-defined]
        row = round(patch.get_y() + patch.get_height() / 2)
        total[row] += patch.get_width()
    return total


def test_bars_of_severity_are_as_long_as_the_totals(report: cq.Report) -> None:
    graded = [k for k in range(len(report.problems)) if report.problems["grade"][k] != "ungraded"]
    axes = plots.severity(report, top=100)
    assert len(axes.get_yticks()) == len(graded)
    expected = [plots._number(report.problems["total"][k]) for k in graded]
    assert widths(axes, len(graded)) == pytest.approx(expected)
    stars = [text.get_text() for text in axes.texts]
    assert stars == [cq.Grade[str(report.problems["grade"][k]).upper()].stars for k in graded]


def test_a_problem_with_stars_alone_has_one_hatched_bar() -> None:
    chain = cq.Chain("c")
    chain.add_segment("s", name="s", stage="upstream")
    chain.add_enterprise("e", name="e", stage="upstream", segments=["s"])
    chain.add_problem("P1", name="p", stage="upstream", segments=["s"], declared="important")
    axes = plots.severity(cq.assess(chain))
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    assert len(hatched) == 1
    assert hatched[0].get_width() == pytest.approx(3.25), "the middle of ★★"


def test_cells_of_impact_are_means_over_the_problems_of_a_stage(report: cq.Report) -> None:
    table = report.problems.to_pandas()
    table = table[table["magnitude"] > 0]
    shown = {text.get_text() for text in plots.impact(report).texts}
    for stage in ("upstream", "midstream", "downstream"):
        cost = 100 * table[table["stage"] == stage]["cost_loss"].mean()
        assert f"{cost:.1f}" in shown


def test_the_whole_chain_and_those_asked_for_run_over_the_days(advanced: cq.Chain) -> None:
    net = advanced.network()
    days = cq.dynamics(net, [cq.Disruption("ymtc", 1.0, 5, 10)], days=30, record="enterprises")
    axes = plots.over_time(days, ["ymtc", "sugon"], net=net)
    lines = {line.get_label(): line for line in axes.get_lines()}
    assert set(lines) == {"ymtc", "sugon", "the whole chain"}
    assert lines["ymtc"].get_ydata()[6] == 0
    produced = days.totals["produced"] / days.usual["produced"]
    assert lines["the whole chain"].get_ydata() == pytest.approx(produced)
    without = cq.dynamics(net, [cq.Disruption("ymtc", 1.0, 5, 10)], days=30)
    assert len(plots.over_time(without).get_lines()) == 1
    with pytest.raises(ValueError, match="record"):
        plots.over_time(without, [0])


def test_every_enterprise_has_its_mark(advanced: cq.Chain) -> None:
    found = cq.criticality(advanced.network())
    axes = plots.criticality(found, names=3)
    points = np.concatenate([np.asarray(marks.get_offsets()) for marks in axes.collections])
    assert sorted(points[:, 1]) == pytest.approx(sorted(found.table["systemic_risk"]))
    assert len(axes.texts) == 3
    assert axes.texts[0].get_text() == found.table["enterprise"][int(np.argmax(found.table["systemic_risk"]))]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages_and_given_axes(report: cq.Report, lang: str) -> None:
    _, axes = pyplot.subplots()
    assert plots.impact(report, lang=lang, ax=axes) is axes
    assert ("成本" in [label.get_text() for label in axes.get_xticklabels()]) == (lang == "zh")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a machine without Chinese fonts
        axes.figure.canvas.draw()


def test_an_empty_chain_has_an_empty_picture() -> None:
    empty = cq.assess(cq.Chain("nothing"))
    assert len(plots.severity(empty).get_yticks()) == 0
    assert plots.impact(empty).texts[0].get_text() == "0.0"
