"""Grading, design and training from Python: shapes, names and errors; the laws are proved in C++."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chainqual as cq

shares = st.floats(0, 1)


def test_value_curves_keep_shape_and_refuse_what_is_no_curve() -> None:
    curve = cq.ValueCurve.points([(0, 0), (10, 1)])
    assert curve([[1, 2], [3, 40]]).tolist() == [[0.1, 0.2], [0.3, 1.0]]
    assert float(curve(5)) == 0.5
    with pytest.raises(cq.Error):
        cq.ValueCurve.points([(0, 0), (0, 1), (1, 2)])
    with pytest.raises(cq.Error):
        cq.ValueCurve.exponential(1, 1)


def test_lines_are_ranked_and_held_back() -> None:
    flatness = cq.GradingCriterion("flatness", cq.ValueCurve.exponential(10, 0), 3)
    strength = cq.GradingCriterion("strength", cq.ValueCurve.exponential(300, 500), 1, least=0.5)
    lines = {"a": [1, 320], "b": [4.0, 480.0], "c": np.array([0.0, 500.0])}
    table = cq.grade_lines([flatness, strength], {"C": 0, "B": 0.5, "A": 0.9}, lines)
    assert list(table["line"]) == ["c", "b", "a"]
    assert list(table["grade"]) == ["A", "B", "C"] and list(table["held_back"]) == [False, False, True]
    assert table.row(1)["weakest"] == "flatness" and table.row(1)["flatness"] == pytest.approx(0.6)
    with pytest.raises(cq.Error) as caught:
        cq.grade_lines([flatness], {"C": 0}, {"a": [float("nan")], "b": [float("inf")]})
    assert len(caught.value.findings) == 2


@given(st.lists(st.tuples(st.text(max_size=3), shares, shares), min_size=1, max_size=6))
def test_inherited_quality_is_a_mean_of_the_stages(stages: list[tuple[str, float, float]]) -> None:
    found = cq.inherit_quality(stages)
    own = np.array([stage[1] for stage in stages])
    assert found.origin.sum() == pytest.approx(1)
    assert found.after[-1] == pytest.approx(float(found.origin @ own), abs=1e-12)
    defects = cq.inherit_defects(stages)
    assert defects.after[-1] == pytest.approx(1 - np.prod(1 - defects.origin), abs=1e-12)


def test_limits_are_exact() -> None:
    grading = cq.LimitGrading({"first": "0.1", "second": "0.3"})
    assert grading.grades(["0.1", "0.1000000001", Decimal("0.30"), 1]) == ["first", "second", "second", None]
    assert grading.tally(["0.05", "0.2", "0.2", "0.4"]) == {"first": 1, "second": 2, None: 1}
    assert cq.LimitGrading({"A": 99, "B": 95}, "higher").grade(97) == "B"
    with pytest.raises(cq.Error):
        cq.LimitGrading({"first": 3, "second": 2})
    with pytest.raises(ValueError, match="Write"):
        grading.grade(0.1 + 0.2)
    assert cq.milk_by_somatic_cells().grade(750_000) == "US"


def test_ladders_are_climbed_in_order() -> None:
    demand = cq.LadderDemand
    ladder = {
        "bronze": [demand("pass_rate", 95)],
        "silver": [demand("pass_rate", 98), demand("returns", "0.5", "lower")],
    }
    assert cq.place_on_ladder(ladder, {"pass_rate": 99, "returns": "0.5"}) == cq.LadderPlace("silver")
    place = cq.place_on_ladder(ladder, {"pass_rate": 99})
    assert place == cq.LadderPlace("bronze", [demand("returns", Decimal("0.5"), "lower")], ["returns"])
    assert cq.place_on_ladder(ladder, {}).step is None
    with pytest.raises(cq.Error):
        cq.place_on_ladder({"bronze": []}, {})


def test_kano_counts_every_answer() -> None:
    found = cq.classify_feature([("like", "dislike"), ("喜欢", "无所谓"), ("neutral", "neutral")])  # type: ignore[list-item]
    assert found.counts["one_dimensional"] == found.counts["attractive"] == found.counts["indifferent"] == 1
    assert sum(found.counts.values()) == 3 and not found.clear
    with pytest.raises(ValueError, match="tolerate"):
        cq.classify_feature([("love", "hate")])  # type: ignore[list-item]
    with pytest.raises(ValueError):
        cq.classify_feature(["like"])  # type: ignore[list-item]
    with pytest.raises(cq.Error):
        cq.classify_feature([])


def test_houses_cascade_with_roofs_and_findings() -> None:
    house = cq.QualityHouse(
        ["quiet", "cool", "cheap"], ["fan", "fins"], [[9, 0], [3, 9], [0, 0]], [5, 3, 2], [[0, -0.5], [-0.5, 0]]
    )
    found = cq.build_house(house)
    assert found.characteristics["share"].sum() == pytest.approx(1)
    assert found.by_want.sum(axis=0) == pytest.approx(found.characteristics["share"])
    assert found.conflicts.row(0)["first"] == "fan" and found.rank == 2
    assert found.findings.warnings == 1, "nothing answers 'cheap'"
    parts = cq.QualityHouse(["fan", "fins"], ["bearing"], [[9], [1]])
    both = cq.cascade_houses([house, parts])
    assert both.by_first_want.shape == (3, 1) and both.by_first_want.sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="3.*2"):
        cq.build_house(cq.QualityHouse(house.wants, house.characteristics, [[1, 2]], [1, 1, 1]))
    with pytest.raises(cq.Error):
        cq.cascade_houses([house, cq.QualityHouse(["fan", "fin"], ["bearing"], [[9], [1]])])


def test_deviations_are_shared_out_and_found_again() -> None:
    random = np.random.default_rng(3)
    stages = [
        cq.DeviationStage(f"s{k}", random.normal(size=(3, 3)), random.normal(size=(3, 1)), [f"u{k}"], [0.5], [k + 1.0])
        for k in range(2)
    ]
    process = cq.DeviationProcess(stages, np.zeros(3), [0.1, 0.2, 0.3])
    found = cq.propagate_deviations(process)
    last = found.states[-1]
    for k in range(3):
        assert found.shares[f"mean_{k + 1}"].sum() == pytest.approx(last.mean[k])
        assert found.shares[f"variance_{k + 1}"].sum() == pytest.approx(last.covariance[k, k])
    assert sum(found.stage_share.values()) == pytest.approx(1)
    located = cq.locate_sources(process, last.mean)
    assert located["mean"] == pytest.approx([1.0, 2.0]) and list(located["source"]) == ["u0", "u1"]
    same = cq.DeviationStage("same", np.eye(3), random.normal(size=(3, 1)) * 0, ["idle"], [1.0])
    with pytest.raises(cq.Error) as caught:
        cq.locate_sources(cq.DeviationProcess([*stages, same], np.zeros(3)), last.mean)
    assert caught.value.code == cq.ErrorCode.no_solution and "idle" in caught.value.message_en
    with pytest.raises(cq.Error):
        cq.propagate_deviations(cq.DeviationProcess(stages, [0.0]))
    with pytest.raises(ValueError, match="s0"):
        cq.propagate_deviations(cq.DeviationProcess([cq.DeviationStage("s0", [1.0], [[1.0]], ["u"], [1.0])], [0.0]))


def base() -> cq.TrainingBase:
    answers = {"S1": (5, 5, 5, 4), "S2": (5, 4, 5, 5), "S3": (1, 1, 2, 2), "S4": (2, 2, 1, 1)}
    return cq.TrainingBase(
        [cq.Course("C1", cq.Text("焊接", "soldering"), "technology", 16)],
        [cq.Lecturer("L1", years=4), cq.Lecturer("L2", origin="enterprise"), cq.Lecturer("L3", state="left")],
        [
            cq.CourseSession(number, "C1", "L1" if number < "S3" else "L2", f"2026-0{k + 1}-10")
            for k, number in enumerate(answers)
        ],
        [cq.SurveySheet(number, given) for number, given in answers.items() for _ in range(5)],
    )


def test_lecturers_are_regraded_by_their_sessions() -> None:
    scores = cq.session_scores(base())
    assert list(scores["score"]) == [Decimal("4.75"), Decimal("4.75"), Decimal("1.5"), Decimal("1.5")]
    table = cq.regrade(base(), "2026-01-01", "2026-12-31")
    assert [(row["lecturer"], row["step"], row["grade"]) for row in map(table.row, range(2))] == [
        ("L1", "promote", "intermediate"),
        ("L2", "help", "junior"),
    ]
    assert len(table) == 2 and all(table["reason"])
    strict = cq.regrade(base(), "2026-01-01", "2026-12-31", fewest_sheets=6)
    assert set(strict["step"]) == {"not_evaluated"}
    senior = cq.regrade(base(), "2026-01-01", "2026-12-31", years=(0, 5, 9, 12))
    assert senior["step"][0] == "keep"
    with pytest.raises(TypeError, match="fewest_sheets"):
        cq.session_scores(base(), fewest=3)
    with pytest.raises(ValueError, match="4"):
        cq.session_scores(cq.TrainingBase(sheets=[cq.SurveySheet("S1", (1, 2, 3))]))
    with pytest.raises(cq.Error) as caught:
        cq.session_scores(cq.TrainingBase(sessions=[cq.CourseSession("S", "C9", "L9", "2026-01-01")]))
    assert len(caught.value.findings) == 2


def test_courses_that_serve_nothing_are_idle(advanced: cq.Chain) -> None:
    numbers = list(advanced.problems["number"])
    courses = [cq.Course("C1", group="technology", problems=numbers[:2]), cq.Course("C2")]
    found = cq.training_coverage(advanced, courses)
    assert found.idle == ["C2"] and found.by_group["technology"] == 2
    assert len(found.uncovered) == len(numbers) - 2
    assert sum(found.categories["problems"]) == len(numbers) and sum(found.categories["covered"]) == 2
    with pytest.raises(cq.Error):
        cq.training_coverage(advanced, [cq.Course("C1", problems=["P-none"])])
