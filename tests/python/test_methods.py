"""Quality methods from Python: what the C++ tests prove is not proved again, but that it arrives whole."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chainqual as cq

ratings = st.integers(1, 10)


@given(st.lists(st.tuples(st.text(max_size=5), ratings, ratings, ratings), min_size=1, max_size=8))
def test_failure_modes_come_back_ranked_with_what_was_given(modes: list[tuple[str, int, int, int]]) -> None:
    ranked = cq.fmea(modes)
    assert sorted((m.name, m.severity, m.occurrence, m.detection) for m in ranked) == sorted(modes)
    assert [m.rank for m in ranked] == list(range(1, len(modes) + 1))
    assert [m.rpn for m in ranked] == sorted((m.rpn for m in ranked), reverse=True)
    assert all(m.rpn == m.severity * m.occurrence * m.detection and m.priority is None for m in ranked)
    assert ranked[-1].cumulated_share == pytest.approx(1)


def test_action_priorities_come_from_a_table_of_ones_own() -> None:
    table = [{"severity_to": 8, "priority": "low"}, {"severity_from": 9, "priority": "high"}]
    ranked = cq.fmea([("often", 8, 10, 10), ("grave", 9, 1, 1)], priorities=table)
    assert [(m.name, m.priority) for m in ranked] == [("grave", "high"), ("often", "low")]
    with pytest.raises(cq.Error) as caught:
        cq.fmea([("grave", 9, 1, 1)], priorities=table[:1])
    assert caught.value.code == cq.ErrorCode.missing_value


def test_wrong_ratings_are_told_at_once() -> None:
    with pytest.raises(cq.Error) as caught:
        cq.fmea([("a", 0, 5, 5), ("b", 5, 11, 5)])
    assert len(caught.value.findings) == 2
    with pytest.raises(TypeError, match="severity"):
        cq.fmea([("a", 1.5, 5, 5)])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="occurrence"):
        cq.fmea([("a", 5, 5)])  # type: ignore[list-item]


def test_fault_trees_agree_with_every_state() -> None:
    events = {"a": 0.1, "b": 0.25, "c": 0.5, "d": 0.05}
    gates: dict[str, tuple[str | int, list[str]]] = {
        "top": ("or", ["pair", "d"]),
        "pair": (2, ["a", "b", "c"]),
    }
    tree = cq.fault_tree("top", gates, events)
    probability = 0.0
    for state in itertools.product([False, True], repeat=4):
        chance = math.prod(p if on else 1 - p for p, on in zip(events.values(), state))
        if sum(state[:3]) >= 2 or state[3]:
            probability += chance
    assert tree.probability == pytest.approx(probability, rel=1e-14)
    assert tree.cut_sets == [("d",), ("a", "b"), ("a", "c"), ("b", "c")]
    assert tree.cut_set_count == 4 and tree.all_listed
    assert tree.importance["d"].birnbaum == pytest.approx((1 - probability) / 0.95)
    short = cq.fault_tree("top", gates, events, most_cut_sets=1)
    assert not short.all_listed and short.importance == tree.importance, "importance needs no list of cut sets"


def test_faults_of_fault_trees_name_what_is_wrong() -> None:
    with pytest.raises(cq.Error, match="loop|cycle"):
        cq.fault_tree("x", {"x": ("or", ["y"]), "y": ("and", ["x"])}, {})
    with pytest.raises(cq.Error):
        cq.fault_tree("x", {"x": ("or", ["nowhere"])}, {})
    with pytest.raises(ValueError, match="kind"):
        cq.fault_tree("x", {"x": ("xor", ["a"])}, {"a": 0.5})
    with pytest.raises(TypeError, match="'x'"):
        cq.fault_tree("x", {"x": ("or", "ab")}, {"a": 0.5})


def test_pairwise_weights_refuse_or_report() -> None:
    judgements = [[1, 3, 1 / 7], [1 / 3, 1, 5], [7, 1 / 5, 1]]
    with pytest.raises(cq.Error, match="above 0.1"):
        cq.pairwise_weights(judgements, ["quality", "cost", "time"])
    found = cq.pairwise_weights(judgements, inconsistency="report")
    assert found.consistency_ratio > 0.1
    assert found.weights.sum() == pytest.approx(1)
    with pytest.raises(ValueError):
        cq.pairwise_weights([1, 2])
    with pytest.raises(ValueError):
        cq.pairwise_weights(judgements, inconsistency="ignore")  # type: ignore[arg-type]


def test_anova_equals_the_plain_formula() -> None:
    random = np.random.default_rng(4)
    groups = [random.normal(size=n) + n for n in (5, 7, 9)]
    found = cq.one_way_anova(groups)
    whole = np.concatenate(groups)
    between = sum(len(g) * (g.mean() - whole.mean()) ** 2 for g in groups)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups)
    assert found.between.sum_of_squares == pytest.approx(between, rel=1e-12)
    assert found.between.f == pytest.approx((between / 2) / (within / 18), rel=1e-12)
    cells = random.normal(size=(3, 4, 2))
    two = cq.two_way_anova(cells)
    parts = two.first, two.second, two.together, two.residual
    assert sum(part.sum_of_squares for part in parts) == pytest.approx(((cells - cells.mean()) ** 2).sum())
    with pytest.raises(ValueError):
        cq.two_way_anova([1, 2])
    with pytest.raises(ValueError, match="different numbers of values"):
        cq.two_way_anova([[[1, 2], [3]], [[4, 5], [6, 7]]])


def test_charts_carry_points_and_signals() -> None:
    charts = cq.individuals_chart([0.0, 0.1, -0.1, 9.0, 0.0], centre=0, sigma=1)
    assert charts.location.signals == [cq.ChartSignal(3, 3, "beyond_limits")]
    assert charts.location.value.tolist() == [0.0, 0.1, -0.1, 9.0, 0.0]
    assert len(charts.spread.value) == 4
    run = cq.individuals_chart([0.5] * 9, centre=0, sigma=1, rules="nelson")
    assert run.location.signals == [cq.ChartSignal(0, 8, "same_side")]
    narrow = cq.attribute_chart("np", [1, 2, 3], 50, width=1)
    assert narrow.upper[0] < cq.attribute_chart("np", [1, 2, 3], 50).upper[0]
    assert cq.attribute_chart("c", [4, 5, 6]).centre[0] == 5
    constants = cq.control_constants(4)
    samples = np.random.default_rng(1).normal(size=(20, 4))
    ranges = cq.mean_range_chart(samples)
    assert ranges.sigma == pytest.approx(np.ptp(samples, axis=1).mean() / constants["d2"])
    deviations = cq.mean_deviation_chart(list(samples))
    assert deviations.sigma == pytest.approx(samples.std(axis=1, ddof=1).mean() / constants["c4"])


def test_sums_and_averages_see_a_shift() -> None:
    values = np.r_[np.zeros(20), np.full(20, 1.5)]
    cusum = cq.cusum_chart(values, centre=0, sigma=1)
    first = int(np.argmax(cusum.signal_above))
    assert 20 < first < 30 and first - int(cusum.above_since[first]) + 1 == 20
    assert not cusum.signal_below.any()
    assert cq.ewma_chart(values, centre=0, sigma=1).signals[0].last > 20


def test_capability_of_values_and_samples() -> None:
    random = np.random.default_rng(2)
    values = random.normal(10, 1, 200)
    single = cq.capability(values, lower=6, upper=14)
    assert single.overall.potential is not None
    assert single.overall.potential.value == pytest.approx(8 / (6 * values.std(ddof=1)))
    assert single.within.actual.low < single.within.actual.value < single.within.actual.high
    table = values.reshape(50, 4)
    pooled = cq.capability(table, lower=6, upper=14)
    assert pooled.within.sigma == pytest.approx(math.sqrt(table.var(axis=1, ddof=1).mean()))
    assert pooled == cq.capability([list(row) for row in table], lower=6, upper=14)
    assert cq.capability(values, upper=14).within.potential is None
    with pytest.raises(cq.Error):
        cq.capability(values)
    with pytest.raises(cq.Error):
        cq.capability([1.0, float("nan"), 2.0], lower=0)


def test_signals_of_a_chart_made_elsewhere_are_those_of_our_own() -> None:
    values = np.random.default_rng(5).normal(0, 1.4, 60)
    for rules in ("limits", "western_electric", "nelson"):
        chart = cq.individuals_chart(values, centre=0, sigma=1, rules=rules).location
        assert cq.chart_signals(values, 0, 1, rules=rules) == chart.signals
        same = cq.chart_signals(chart.value, chart.centre, chart.sigma, rules=rules, lower=chart.lower, upper=chart.upper)
        assert same == chart.signals
    assert cq.chart_signals([0, 5], 0, [1, 9]) == [], "each point has its own sigma"
    assert [one.rule for one in cq.chart_signals([2.0], 0, 0, lower=-1, upper=1)] == ["beyond_limits"]
    assert cq.chart_signals([], 0, 1) == []
    with pytest.raises(ValueError, match="sigma must have 2 values, not 3"):
        cq.chart_signals([1, 2], 0, [1, 1, 1])
    with pytest.raises(ValueError, match="nelson"):
        cq.chart_signals([1], 0, 1, rules="nelsn")  # type: ignore[arg-type]


def test_capability_from_a_mean_and_sigma_is_that_of_the_values() -> None:
    values = np.random.default_rng(8).normal(10, 0.5, 40)
    whole = cq.capability(values, lower=8, upper=12).overall
    given = cq.capability_indices(values.mean(), values.std(ddof=1), degrees=39, count=40, lower=8, upper=12)
    assert given.potential is not None and whole.potential is not None
    assert given.potential.value == pytest.approx(whole.potential.value)
    assert (given.actual.low, given.actual.high) == pytest.approx((whole.actual.low, whole.actual.high))
    assert cq.capability_indices(10, 0, degrees=1, count=2, upper=12).actual.value == float("inf")
    for wrong in ({"sigma": -1}, {"degrees": 0}, {"count": 0}, {"lower": 13}, {"confidence": 1}):
        with pytest.raises(cq.Error):
            cq.capability_indices(**{"mean": 10, "sigma": 1, "degrees": 5, "count": 6, "upper": 12, **wrong})  # type: ignore[arg-type]


def test_a_series_in_short() -> None:
    values = np.random.default_rng(2).normal(3, 2, 200)
    found = cq.summarise(values)
    assert (found.count, found.least, found.largest) == (200, values.min(), values.max())
    assert found.mean == pytest.approx(values.mean()) and found.deviation == pytest.approx(values.std(ddof=1))
    about = values - values.mean()
    assert found.autocorrelation == pytest.approx((about[1:] * about[:-1]).sum() / (about**2).sum())
    assert cq.summarise([4.0]) == cq.SeriesSummary(1, 4.0, 0.0, 0.0, 4.0, 4.0)
    for wrong in ([], [1.0, float("inf")]):
        with pytest.raises(cq.Error):
            cq.summarise(wrong)
