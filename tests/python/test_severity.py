"""Grades against `fractions`: no float decides, whatever the numbers are given as."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chainqual as cq

scores = st.fractions(min_value=1, max_value=5, max_denominator=60)


def graded(total: Fraction, critical: Fraction = Fraction(4), important: Fraction = Fraction(5, 2)) -> cq.Grade:
    if total >= critical:
        return cq.Grade.CRITICAL
    return cq.Grade.IMPORTANT if total >= important else cq.Grade.GENERAL


@given(scores, scores, scores)
def test_the_grade_is_that_of_the_exact_total(impact: Fraction, diffusion: Fraction, urgency: Fraction) -> None:
    total = Fraction(2, 5) * impact + Fraction(3, 10) * diffusion + Fraction(3, 10) * urgency
    found = cq.SeverityModel().grade(impact, diffusion, urgency)
    assert Fraction(found.total) == total
    assert found.grade == graded(total)


@given(scores, scores, scores)
def test_rounding_to_a_tenth_rounds_half_up(impact: Fraction, diffusion: Fraction, urgency: Fraction) -> None:
    found = cq.SeverityModel(rounding="tenth").grade(impact, diffusion, urgency)
    rounded = Fraction((Fraction(found.total) * 10 + Fraction(1, 2)).__floor__(), 10)
    assert found.grade == graded(rounded)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_weights_of_ones_own(first: int, second: int, impact: int, diffusion: int, urgency: int) -> None:
    if first + second > 100:
        first, second = 100 - first, 100 - second
    model = cq.SeverityModel((first, second, 100 - first - second))
    total = Fraction(first * impact + second * diffusion + (100 - first - second) * urgency, 100)
    assert Fraction(model.grade(impact, diffusion, urgency).total) == total


def test_every_kind_of_exact_number_is_one_number() -> None:
    model = cq.SeverityModel()
    expected = model.grade(5, 4, "3.5")
    for value in (Decimal("3.5"), Fraction(7, 2), 3.5, "7/2", np.float64(3.5), np.float32(3.5)):
        assert model.grade(np.int64(5), np.uint8(4), value) == expected


@pytest.mark.parametrize("bad", [4.4, 3.95, np.float32(4.4), float("nan"), float("inf"), Decimal("NaN"), "four"])
def test_numbers_that_are_not_exact_are_refused_with_the_cure(bad: object) -> None:
    with pytest.raises(ValueError, match="impact"):
        cq.SeverityModel().grade(bad, 4, 4)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [None, True, [4], 4 + 0j, object()])
def test_what_is_no_number_is_a_type_error(bad: object) -> None:
    with pytest.raises(TypeError, match="impact must be"):
        cq.SeverityModel().grade(bad, 4, 4)  # type: ignore[arg-type]


def test_every_score_outside_its_range_is_a_finding() -> None:
    with pytest.raises(cq.Error) as caught:
        cq.SeverityModel().grade(0, 6, 4)
    assert isinstance(caught.value, ValueError)
    assert caught.value.code is cq.ErrorCode.invalid_value
    assert [finding.column for finding in caught.value.findings] == ["impact", "diffusion"]
    assert "1" in caught.value.message_zh and caught.value.message_zh != caught.value.message_en
    assert pickle.loads(pickle.dumps(caught.value)).findings[0].column == "impact"


def test_numbers_too_long_for_exact_arithmetic_say_so() -> None:
    with pytest.raises(ValueError, match="too many digits"):
        cq.SeverityModel().grade(Decimal("3." + "1" * 40), 4, 4)


def test_the_model_tells_what_it_is_and_travels() -> None:
    model = cq.SeverityModel({"impact": "50%", "diffusion": "30%", "urgency": "20%"}, critical="4.2")
    assert model.weights == (Decimal("0.5"), Decimal("0.3"), Decimal("0.2"))
    assert pickle.loads(pickle.dumps(model)) == model != cq.SeverityModel()
    with pytest.raises(ValueError, match="sum"):
        cq.SeverityModel((40, 30, 31))


def columns(rows: int, seed: int, dtype: type) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    low, high = (1, 6) if dtype is np.uint8 else (100, 501)
    made = [random.integers(low, high, rows).astype(dtype) for _ in range(3)]
    skipped = random.random(rows) < 0.1
    for column in made:
        column[skipped] = 0
    return made


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([np.uint8, np.int16]))
def test_columns_are_graded_as_rows_are(seed: int, dtype: type) -> None:
    model = cq.SeverityModel()
    held = columns(300, seed, dtype)
    found = model.grade_columns(*held)
    scale = 1 if dtype is np.uint8 else 100
    for k in range(300):
        three = [Fraction(int(column[k]), scale) for column in held]
        if three[0] == 0:
            assert found.grade[k] == 0 and found.units[k] == 0
        else:
            one = model.grade(*three)
            assert found.grade[k] == one.grade
            assert Fraction(int(found.units[k]), found.scale) == Fraction(one.total)


def test_columns_of_another_dtype_name_the_cure() -> None:
    a = np.ones(3, dtype=np.uint8)
    model = cq.SeverityModel()
    with pytest.raises(TypeError, match=r"impact\.astype\(np\.uint8\)"):
        model.grade_columns(a.astype(np.int64), a, a)
    with pytest.raises(TypeError, match=r"diffusion\.astype\(np\.uint8\)"):
        model.grade_columns(a, a.astype(np.float64), a)
    with pytest.raises(TypeError, match=r"np\.ascontiguousarray\(urgency\)"):
        model.grade_columns(a, a, np.ones(6, dtype=np.uint8)[::2])
    with pytest.raises(cq.Error, match="same number"):
        model.grade_columns(a, a, a[:2])


def test_wrong_cells_of_columns_are_all_listed() -> None:
    a = np.array([5, 9, 0, 7], dtype=np.uint8)
    b = np.array([4, 4, 4, 4], dtype=np.uint8)
    with pytest.raises(cq.Error) as caught:
        cq.SeverityModel().grade_columns(a, b, b)
    assert {finding.record for finding in caught.value.findings} == {2, 3, 4}


def test_panel_sums_are_never_rounded() -> None:
    u = lambda *values: np.array(values, dtype=np.uint32)  # noqa: E731
    found = cq.SeverityModel().grade_sums([u(11, 12), u(12, 12), u(13, 12)], u(3, 3))
    assert found.grade.tolist() == [int(cq.SeverityModel().grade("11/3", 4, "13/3").grade), 3]


def test_panels_and_agreement() -> None:
    rows = [("P1", "a", 3, 4, 5), ("P1", "b", 4, 4, 5), ("P1", "c", 4, 4, 5), ("P2", "a", None, None, None)]
    first, second = cq.panel_scores(rows)
    assert first.score == (Fraction(11, 3), 4, 5) and first.experts == 3
    assert second.score is None
    assert cq.panel_scores(rows, consensus="median")[0].score == (4, 4, 5)
    with pytest.raises(cq.Error) as caught:
        cq.panel_scores([*rows, ("P1", "a", 1, 1, 1)])
    assert caught.value.code is cq.ErrorCode.duplicate
    assert cq.consensus_of([1, 2, 9], consensus="median") == 2


@pytest.mark.parametrize("library", ["table", "pandas", "polars", "dict"])
def test_panels_take_any_table(library: str, advanced: cq.Chain) -> None:
    scores = advanced.scores
    rows = [tuple(scores.row(k)[name] for name in ("problem", "expert", "impact", "diffusion", "urgency")) for k in range(len(scores))]
    if library in ("pandas", "polars"):
        pytest.importorskip(library)
    table = {"table": scores, "dict": scores.to_dict()}.get(library) or getattr(scores, f"to_{library}")()
    assert cq.panel_scores(table) == cq.panel_scores(rows)
    assert cq.panel_agreement(table) == cq.panel_agreement(rows)


def test_panels_of_tables_take_chinese_headings_and_empty_cells() -> None:
    table = {"问题编号": ["P1", "P1", "P2"], "专家": ["a", "b", "a"], "影响程度": [5, 4, float("nan")]}
    with pytest.raises(ValueError, match="no column diffusion"):
        cq.panel_scores(table)
    table |= {"扩散程度": ["4.5", "4", ""], "紧迫程度": [4, 4, None]}
    scores = cq.panel_scores(table)
    assert [str(one) for one in scores[0].score or ()] == ["4.5", "4.25", "4"] and scores[1].score is None


def test_stability_does_not_depend_on_threads() -> None:
    model = cq.SeverityModel()
    given_scores = [(4, 4, 4), None, ("3.9", 4, 4)]
    one = model.stability(given_scores, draws=500, threads=1)
    assert one == model.stability(given_scores, draws=500, threads=3)
    assert one.problems[0].kept.share == 1.0
    assert one.problems[1].severity.grade is cq.Grade.UNGRADED
    assert "★★★" in one._repr_html_()


def test_tables_of_scores_by_english_or_chinese_heading() -> None:
    expected = ["critical", "general"]
    english = {"impact": [5, 1], "diffusion": [4, 2], "urgency": [4, 1]}
    chinese = {"影响程度": [5, 1], "扩散程度": [4, 2], "紧迫程度": [4, 1]}
    for table in (english, chinese, [{k: v[i] for k, v in english.items()} for i in range(2)]):
        assert cq.SeverityModel().grade_table(table)["grade"] == expected
    with pytest.raises(ValueError, match="urgency"):
        cq.SeverityModel().grade_table({"impact": [5], "diffusion": [4]})
