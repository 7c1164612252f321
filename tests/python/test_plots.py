"""Pictures hold what the tables say."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import matplotlib
import numpy as np
import pytest

import chainqual as cq

matplotlib.use("Agg")

from matplotlib import pyplot

from chainqual import plots
from conftest import python


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
    axes = plots.over_time(days, ["ymtc", "kylinsoft"], net=net)
    lines = {line.get_label(): line for line in axes.get_lines()}
    assert set(lines) == {"Yangtze Memory Technolog…", "KylinSoft", "the whole chain"}
    assert lines["Yangtze Memory Technolog…"].get_ydata()[6] == 0
    produced = days.totals["produced"] / days.usual["produced"]
    assert lines["the whole chain"].get_ydata() == pytest.approx(produced)
    without = cq.dynamics(net, [cq.Disruption("ymtc", 1.0, 5, 10)], days=30)
    assert len(plots.over_time(without).get_lines()) == 1
    with pytest.raises(ValueError, match="record"):
        plots.over_time(without, [0])


def test_the_days_of_an_empty_network_are_usual_ones() -> None:
    axes = plots.over_time(cq.dynamics(cq.Network.from_arrays(0, [], []), {}, days=3))
    assert axes.get_lines()[0].get_ydata().tolist() == [1, 1, 1]


def test_every_enterprise_has_its_mark(advanced: cq.Chain) -> None:
    found = cq.criticality(advanced.network())
    axes = plots.criticality(found, names=3)
    points = np.concatenate([np.asarray(marks.get_offsets()) for marks in axes.collections])
    assert sorted(points[:, 1]) == pytest.approx(sorted(found.table["systemic_risk"]))
    assert len(axes.texts) == 3
    first = found.table["enterprise"][int(np.argmax(found.table["systemic_risk"]))]
    assert axes.texts[0].get_text() == found.network.name(first) == "Unicloud"
    assert plots.criticality(found, names=3, lang="zh").texts[0].get_text() == "紫光云"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_of_enterprises_lie_apart_and_within_the_picture(lang: str) -> None:
    found = cq.criticality(cq.datasets.connected_vehicle().network())
    axes = plots.criticality(found, lang=lang, names=20)
    axes.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in axes.texts]
    assert len(boxes) >= 8 and ("长城汽车" if lang == "zh" else "Great Wall Motor") in words(axes)
    assert not any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])
    frame = axes.figure.bbox
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)


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


# ---- evaluation and the quality methods ------------------------------------------------------------------------------


def words(axes: object) -> list[str]:
    return [text.get_text() for text in axes.texts]  # type: ignore[attr-defined]


def test_a_radar_leaves_a_gap_where_nothing_is_scored() -> None:
    standard = cq.standard_indicators()
    full = cq.IndicatorSheet("c", "2026")
    for one in standard:
        full = (
            full.fill(one.key, steps={"a": 3}) if one.kind == "qualitative" else full.fill(one.key, value=5, target=10)
        )
    part = full.of([one for one in standard if one.category != "social"])
    axes = plots.radar(cq.evaluate(standard, [part, full]), lang="en")
    half, whole = (np.asarray(line.get_ydata(), dtype=float) for line in axes.get_lines()[:2])
    assert np.isnan(half[:-1]).sum() == 1 and not np.isnan(whole).any()
    assert whole[:-1] == pytest.approx(100 * cq.evaluate(standard, full).sheets[0].categories["score"])
    assert len(axes.patches) == 1, "only a closed outline is filled"
    with pytest.raises(ValueError, match="polar"):
        plots.radar(cq.evaluate(standard, full), ax=pyplot.subplots()[1])


def test_small_pictures_show_what_is_known() -> None:
    chain = cq.datasets.advanced_computing()
    rows = [cq.summary_of(chain, f"{y}-01-01", f"{y}-12-31", {"jobs": jobs}) for y, jobs in ((2025, 900), (2026, None))]
    made = plots.summary_trend(rows, lang="en")
    titles = [axes.get_title("left") for axes in made]
    assert "jobs" in titles and "districts covered" not in titles
    jobs = made[titles.index("jobs")]
    assert words(jobs) == ["900"]
    assert jobs.get_lines()[-1].get_markerfacecolor() == "white", "a given figure is hollow"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_of_a_radar_lie_within_the_picture(lang: str) -> None:
    sheet = cq.IndicatorSheet("chain", "2026").fill("conformity_rate", target=99, value="98.5", baseline=97)
    axes = plots.radar(cq.evaluate(cq.standard_indicators(), sheet), lang=lang)
    figure = axes.figure
    figure.canvas.draw()
    for label in axes.get_xticklabels():
        box = label.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= figure.bbox.width, label.get_text()


def test_charts_circle_every_signal_and_name_each_rule_once() -> None:
    values = np.r_[np.zeros(10), [5.0, 0.0, 5.0]]
    chart = cq.individuals_chart(values, centre=0, sigma=1, rules="limits").location
    axes = plots.control_chart(chart, lang="en")
    assert "beyond the limits ×2" in words(axes)
    circles = [line for line in axes.get_lines() if line.get_markersize() == 9]
    assert sorted(line.get_xdata()[0] for line in circles) == [11, 13]
    labels = [f"d{k}" for k in range(13)]
    upper, lower = plots.control_charts(cq.individuals_chart(values, centre=0, sigma=1), labels=labels)
    assert [label.get_text() for label in upper.get_xticklabels()] == labels
    assert [label.get_text() for label in lower.get_xticklabels()] == labels[1:]
    upper, lower = plots.control_charts(cq.individuals_chart(values, centre=0, sigma=1))
    assert lower.get_lines()[0].get_xdata()[0] == 2, "a moving range belongs to the second of its values"
    assert lower.get_xlim() == upper.get_xlim()
    cusum = cq.cusum_chart(np.r_[np.zeros(20), np.full(20, 1.5)], centre=0, sigma=1)
    assert "21" in words(plots.control_chart(cusum, lang="en"))[0]


def test_bars_of_pareto_are_the_numbers() -> None:
    modes = cq.fmea([("a", 10, 5, 2), ("b", 5, 2, 2), ("c", 2, 2, 2)])
    axes = plots.pareto(modes, lang="en")
    assert [bar.get_width() for bar in axes.patches] == [100, 20, 8]
    share = axes.child_axes[0].get_lines()[0].get_xdata()
    assert share == pytest.approx(100 * np.cumsum([100, 20, 8]) / 128)


def test_a_house_has_a_sign_for_each_relation_and_conflict() -> None:
    found = cq.build_house(
        cq.QualityHouse(["安静", "safe"], ["fan", "fuse"], [[9, 0], [1, 3]], [5, 2], [[0, -0.5], [-0.5, 0]])
    )
    signs = [text for text in words(plots.house(found)) if text in "●○△−+"]
    assert sorted(signs) == sorted(["●", "△", "○", "−"])
    assert f"{100 * found.characteristics['share'][0]:.0f} %" in words(plots.house(found))


def test_kano_places_features_by_better_and_worse() -> None:
    clear = cq.classify_feature([("like", "dislike")] * 9 + [("like", "neutral")])
    open_ = cq.classify_feature([("like", "neutral"), ("expect", "dislike"), ("neutral", "neutral")])
    axes = plots.kano({"x": clear, "y": open_}, lang="en")
    points = [tuple(marks.get_offsets()[0]) for marks in axes.collections]
    assert points == [pytest.approx((-one.worse, one.better)) for one in (clear, open_)]
    assert axes.collections[1].get_facecolor()[0][:3] == pytest.approx((1, 1, 1)), "not clear: hollow"


def test_a_fault_tree_draws_shared_parts_twice_and_refuses_loops() -> None:
    gates: dict[str, tuple[str | int, list[str]]] = {
        "top": ("or", ["left", "right"]),
        "left": ("and", ["a", "b"]),
        "right": (2, ["a", "b", "c"]),
    }
    axes = plots.fault_tree("top", gates, {"a": 0.1, "b": 0.2, "c": 0.3}, lang="en")
    shown = words(axes)
    assert shown.count("a") == 2 and shown.count("0.1") == 2 and "2/3" in shown
    with pytest.raises(cq.Error):
        plots.fault_tree("top", {"top": ("or", ["top"])}, {})


def test_enterprises_are_called_by_their_own_names(advanced: cq.Chain) -> None:
    net = advanced.network()
    days = cq.dynamics(net, [cq.Disruption("ymtc", 1.0, 5, 10)], days=30, record="enterprises")
    assert "长江存储" in {line.get_label() for line in plots.over_time(days, lang="zh").get_lines()}
    assert "KylinSoft" in {line.get_label() for line in plots.over_time(days, ["kylinsoft"]).get_lines()}
    lost = cq.inoperability(net, {"ymtc": 0.5}, days=30, record_every=1)
    lines = {line.get_label(): line.get_ydata() for line in plots.over_time(lost, ["cxmt"], lang="zh").get_lines()}
    assert lines["长鑫存储"] == pytest.approx(1 - lost.levels[:, net.id("cxmt")])
    assert lines["全链产出"] == pytest.approx(1 - lost.totals["combined"])
    with pytest.raises(ValueError, match="record_every"):
        plots.over_time(cq.inoperability(net, {"ymtc": 0.5}, days=30), [0])


# ---- pictures of measurements and grades -----------------------------------------------------------------------------


def test_capability_counts_every_value_between_edges_that_hold_the_limits() -> None:
    values = np.random.default_rng(3).normal(10, 0.04, 125)
    axes = plots.capability(values, lower=9.9, upper=10.1, lang="en")
    bars = list(axes.patches)
    assert sum(bar.get_height() for bar in bars) == 125
    outside = sum(bar.get_height() for bar in bars if bar.get_hatch())
    assert outside == ((values < 9.9) | (values > 10.1)).sum() > 0
    assert not any(bar.get_x() < 9.9 - 1e-9 and bar.get_x() + bar.get_width() > 9.9 + 1e-9 for bar in bars)
    found = cq.capability(values, lower=9.9, upper=10.1)
    told = "\n".join(words(axes))
    assert f"Cpk {found.within.actual.value:.2f}  [{found.within.actual.low:.2f}, {found.within.actual.high:.2f}]" in told
    assert f"Ppk {found.overall.actual.value:.2f}" in told and f"seen {100 * found.seen_outside:.3g} %" in told
    assert {"LSL 9.9", "USL 10.1"} <= set(words(axes))
    one_sided = words(plots.capability(values, upper=10.1, lang="zh"))
    assert not any("LSL" in text or "Cp " in text for text in one_sided) and any("实测" in text for text in one_sided)


@pytest.mark.parametrize("values, limits", [([5.0, 5.0, 5.0], (4, 6)), ([1.0, 2.0, 1e6], (1, 1.0001)), ([0, 1, 2], (-1e9, 1e9))])
def test_capability_of_odd_series_is_drawn_too(values: list[float], limits: tuple[float, float]) -> None:
    axes = plots.capability(values, lower=limits[0], upper=limits[1], lang="en")
    axes.figure.canvas.draw()
    assert sum(bar.get_height() for bar in axes.patches) == 3 and len(axes.patches) <= 402


def test_groups_show_means_and_students_intervals() -> None:
    samples = {"day": [1.0, 2.0, 3.0], "night": [4.0, 5.0, 6.0, 7.0]}
    axes = plots.groups(samples, lang="en", confidence=0.9)
    found = cq.one_way_anova(list(samples.values()))
    assert axes.get_title("left") == f"F {found.between.f:.3g}, p {found.between.p_value:.3g}"
    assert axes.get_xlabel() == "mean with 90 % interval"
    values = [line.get_ydata() for line in axes.get_lines() if line.get_marker() == "o"]
    assert [sorted(one) for one in values] == list(samples.values())
    # Student's 95 % quantile of 5 degrees is 2.0150 in every table.
    reach = 2.0150 * found.residual_deviation / np.sqrt([3, 4])
    (bars,) = axes.containers
    ends = np.asarray(bars.lines[2][0].get_segments())[:, :, 1]
    assert ends[:, 1] - ends[:, 0] == pytest.approx(2 * reach, rel=1e-4)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["day\n2", "night\n5.5"]
    assert "组间解释" in plots.groups([[1, 2], [3, 4]], lang="zh").get_title("right")
    with pytest.raises(ValueError, match="confidence"):
        plots.groups(samples, confidence=1)


def test_lines_are_drawn_by_rank_and_held_back_ones_hatched() -> None:
    criteria = [
        cq.GradingCriterion("flat", cq.ValueCurve.exponential(10, 0), 2, 0.3),
        cq.GradingCriterion("yield", cq.ValueCurve.exponential(80, 100)),
    ]
    thresholds = {"C": 0, "B": 0.5, "A": 0.75}
    table = cq.grade_lines(criteria, thresholds, {"one": [2, 99], "two": [8, 97], "three": [5, 90]})
    axes = plots.graded_lines(table, thresholds, lang="en")
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(list(table["value"]))
    hatched = [bool(bar.get_hatch()) for bar in axes.patches]
    assert hatched == [bool(one) for one in table["held_back"]] and sum(hatched) == 1
    assert [text for text in words(axes) if text in "ABC"] == [*table["grade"], *thresholds]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["1  one", "2  three", "3  two"]
    assert sum("held back" in text for text in words(axes)) == 1
    assert sum("短板" in text for text in words(plots.graded_lines(table, lang="zh"))) == 3


def test_a_ladder_fills_the_steps_climbed_and_says_what_is_wanting() -> None:
    ladder = {
        "bronze": [cq.LadderDemand("rate", 95)],
        "silver": [cq.LadderDemand("rate", "98.5"), cq.LadderDemand("ppm", 500, "lower")],
    }
    measured = {"low": {"rate": 90}, "mid": {"rate": 97}, "high": {"rate": 99, "ppm": 20}}
    places = {name: cq.place_on_ladder(ladder, one) for name, one in measured.items()}
    axes = plots.ladder(ladder, places, lang="en")
    filled = [bar.get_facecolor()[:3] != (1, 1, 1) for bar in axes.patches]
    assert filled == [True, True, True, False, False, False]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["high", "mid", "low"]
    assert words(axes) == ["top", "lacks rate ≥ 98.5; not measured: ppm", "lacks rate ≥ 95"]
    assert words(plots.ladder(ladder, places, lang="zh"))[0] == "最高级"
    with pytest.raises(ValueError, match="gold"):
        plots.ladder(ladder, {"odd": cq.LadderPlace("gold")})


def test_shares_of_deviation_sum_to_the_whole() -> None:
    drill = cq.DeviationStage("drill", [[1.0, 0], [0.2, 1]], np.eye(2), ["fixture", "tool"], [0.03, 0.01])
    found = cq.propagate_deviations(cq.DeviationProcess([drill], [0, 0], [0.004, 0.002]))
    axes = plots.deviation_shares(found, lang="en")
    bars = [bar.get_width() for bar in axes.patches]
    assert sum(bars) == pytest.approx(100) and bars == sorted(bars, reverse=True)
    assert axes.get_yticklabels()[0].get_text() == "drill · fixture"
    second = plots.deviation_shares(found, feature=1, top=2, lang="en")
    of_second = np.asarray(found.shares["variance_2"])
    assert second.patches[0].get_width() == pytest.approx(100 * of_second.max() / of_second.sum())
    assert [label.get_text() for label in second.get_yticklabels()][-1] == "2 others"
    assert "feature 2" in second.get_xlabel() and "来料" in str(plots.deviation_shares(found, lang="zh").get_yticklabels())
    still = cq.propagate_deviations(
        cq.DeviationProcess([cq.DeviationStage("s", [[1.0]], [[1.0]], ["t"], [0.0])], [0.0])
    )
    assert set(words(plots.deviation_shares(still, lang="en"))) == {"0 %"}, "nothing varies"
    with pytest.raises(IndexError, match="2 features"):
        plots.deviation_shares(found, feature=2)


def test_training_shows_what_is_covered_of_each_category(advanced: cq.Chain) -> None:
    numbers = list(advanced.problems["number"])
    courses = [cq.Course("C1", "a", "technology", 8, numbers[:6]), cq.Course("C2", "b"), cq.Course("C3", "c")]
    found = cq.training_coverage(advanced, courses)
    axes = plots.training(found, lang="en")
    many = list(found.categories["problems"])
    some = list(found.categories["covered"])
    assert [bar.get_width() for bar in axes.patches] == [*many, *some]
    assert [text for text in words(axes) if "/" in text] == [f"{a} / {b}" for a, b in zip(some, many)]
    assert "courses that serve no problem: 2" in words(axes)
    (beside,) = axes.child_axes
    assert words(beside) == [str(one) for one in found.by_group.values()]
    assert plots.training(found, lang="zh").get_yticklabels()[0].get_text() == "质量技术"


def test_plots_come_with_the_package_when_asked_for() -> None:
    asked = "import sys, chainqual as cq; print('matplotlib' in sys.modules, cq.plots.severity.__name__)"
    assert python(asked).stdout == "False severity\n"
    assert "plots" in dir(cq)
    with pytest.raises(AttributeError, match="plotz"):
        cq.plotz  # noqa: B018


def test_enterprises_of_one_size_are_ranked_instead(advanced: cq.Chain) -> None:
    found = cq.criticality(advanced.network())
    assert len(set(found.table["size"])) == 1
    axes = plots.criticality(found, lang="en")
    across = np.concatenate([np.asarray(marks.get_offsets())[:, 0] for marks in axes.collections])
    assert len(set(across)) > 1 and axes.get_xlabel() == "linear importance (all are of one size)"
    sized = cq.criticality(cq.generate(200, mean_degree=3, seed=1))
    assert plots.criticality(sized, lang="en").get_xlabel() == "size"
