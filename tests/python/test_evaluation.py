"""Tables K.1 and I.1 from Python: they arrive whole, exactly, and errors name the fix."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chainqual as cq

STANDARD = cq.standard_indicators()


def test_the_standard_has_31_indicators_in_six_groups() -> None:
    assert len({one.key for one in STANDARD}) == 31
    assert len({one.category for one in STANDARD}) == 6
    assert sum(one.kind == "qualitative" for one in STANDARD) == 12
    share = STANDARD[0]
    assert (share.worst, share.best, share.unit) == (0, 100, "%")
    steps = next(one for one in STANDARD if one.kind == "qualitative").steps
    assert len(steps) == 5 and all(isinstance(one, cq.Text) and one.zh and one.en for one in steps)


def test_sheets_are_filled_without_being_changed() -> None:
    empty = cq.IndicatorSheet("c", "2026")
    one = empty.fill("patents", value=5).fill("patents", target=8).fill("jobs", value=3)
    assert len(empty) == 0 and len(one) == 2
    assert (one["patents"].value, one["patents"].target) == (5, 8)
    assert [entry.indicator for entry in one.of(STANDARD[:10]).entries] == ["patents"]
    with pytest.raises(KeyError):
        one["nothing"]
    with pytest.raises(TypeError, match="goal"):
        one.fill("patents", goal=3)
    table = one.table()
    assert len(table) == 31 and list(table["value"]).count("") == 29


shares = st.decimals(0, 100, places=3, allow_nan=False)


@given(shares, shares)
def test_targets_are_judged_exactly(value: Decimal, target: Decimal) -> None:
    sheet = cq.IndicatorSheet().fill("conformity_rate", value=value, target=target)
    row = cq.judge(STANDARD, sheet, "2026-11-21").row(0)
    assert row["attainment"] == ("achieved" if value >= target else "falls_short")
    assert row["value"] == value and row["gap"] == target - value


def test_overdue_actions_are_told() -> None:
    sheet = cq.IndicatorSheet().fill(
        "patents", value=3, target=5, action="file two more", owner="lab", due="2026-11-01"
    )
    row = cq.judge(STANDARD, sheet, datetime.date(2026, 11, 21)).row(0)
    assert (row["overdue_days"], row["owner"], row["due"], row["action_missing"]) == (20, "lab", "2026-11-01", False)


def test_reviewers_steps_have_an_exact_mean() -> None:
    sheet = cq.IndicatorSheet().fill("cooperation", steps={"a": 3, "b": 4, "c": 4}, target=4)
    row = cq.judge(STANDARD, sheet).row(0)
    assert (row["value"], row["gap"]) == (Fraction(11, 3), Fraction(1, 3))
    assert cq.evaluate(STANDARD, sheet).sheets[0].total == pytest.approx((11 / 3 - 1) / 4)


def test_every_fault_of_a_sheet_is_told_at_once() -> None:
    sheet = (
        cq.IndicatorSheet()
        .fill("patents", steps={"a": 3})
        .fill("cooperation", value=3)
        .fill("nowhere", value=1)
        .fill("brand_awareness", steps={"a": 6})
    )
    with pytest.raises(cq.Error) as caught:
        cq.judge(STANDARD, sheet)
    assert len(caught.value.findings) == 4
    assert all(finding.fix.en and finding.fix.zh for finding in caught.value.findings)
    with pytest.raises(ValueError, match="Write"):
        cq.judge(STANDARD, cq.IndicatorSheet().fill("patents", value=0.1 + 0.2))
    with pytest.raises(ValueError, match="direction"):
        cq.judge([cq.Indicator("x", "x", direction="up")], cq.IndicatorSheet())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="steps"):
        cq.judge([cq.Indicator("x", "x", steps=["one"])], cq.IndicatorSheet())
    with pytest.raises(cq.Error, match="today"):
        cq.judge(STANDARD, cq.IndicatorSheet(), "2026-02-30")


def years() -> list[cq.IndicatorSheet]:
    before = cq.IndicatorSheet("c", "2025")
    after = cq.IndicatorSheet("c", "2026")
    for k, key in enumerate(("conformity_rate", "patents", "cost_reduction")):
        before = before.fill(key, baseline=0, target=10, value=2 + k)
        after = after.fill(key, baseline=0, target=10, value=6 + k)
    return [before, after.fill("jobs", value=5, target=10)]


def test_effects_sum_to_the_change_of_the_total() -> None:
    found = cq.evaluate(STANDARD, years())
    change = found.compare()
    assert change.after - change.before == pytest.approx(sum(change.changes["effect"]))
    assert change.left_out == ["jobs"]
    assert found.compare(1, 0).after == pytest.approx(change.before)
    assert sum(found.weights.values()) == pytest.approx(1)
    first = found.sheets[0]
    assert first.coverage == pytest.approx(3 / 31) and first.total == pytest.approx(0.3)
    assert first.lowest <= first.total <= first.highest
    assert np.isnan(first.indicators["score"]).sum() == 28
    assert first.movers[0] == "conformity_rate"
    with pytest.raises(IndexError):
        found.compare(0, 2)


def test_weights_follow_from_what_is_given() -> None:
    sheets = years()
    only = cq.evaluate(STANDARD, sheets, weights={"patents": 2})
    assert only.weights["patents"] == 1 and only.sheets[0].total == pytest.approx(0.3)
    three = STANDARD[:3]
    pairs = cq.evaluate(
        three,
        [sheet.of(three) for sheet in sheets],
        category_judgements=[[1]],
        within={"quality": [[1, 3, 3], [1 / 3, 1, 1], [1 / 3, 1, 1]]},
    )
    assert pairs.weights["conformity_rate"] == pytest.approx(0.6)
    entropy = cq.evaluate(STANDARD, sheets, weighting="entropy")
    assert entropy.weights["jobs"] == 0
    groups = cq.evaluate(STANDARD, sheets, weighting="equal_categories")
    assert groups.weights["plan_attainment"] == pytest.approx(1 / 6)
    with pytest.raises(ValueError, match="nobody"):
        cq.evaluate(STANDARD, sheets, weights={"nobody": 1})
    with pytest.raises(ValueError, match="entropy"):
        cq.evaluate(STANDARD, sheets, weighting="entropy", weights={"patents": 1})
    with pytest.raises(cq.Error) as caught:
        cq.evaluate(STANDARD, sheets, missing="refuse")
    assert caught.value.code == cq.ErrorCode.missing_value and len(caught.value.findings) == 28 + 27


# ---- the targets of the two Tianjin chains -------------------------------------------------------------------------

RAID, BOARD = "AC-P-01/RAID卡生产合格率", "AC-P-02/服务器主板出厂合格率"


def test_tianjin_targets_go_through_table_k1() -> None:
    indicators, sheet = cq.indicators_of(cq.datasets.advanced_computing())
    assert (sheet[RAID].target, sheet[BOARD].target) == (99, Decimal("99.5"))
    before = cq.judge(indicators, sheet, "2026-11-21")
    rows = dict(zip(before["indicator"], before["attainment"]))
    assert rows[RAID] == rows[BOARD] == "no_value", "not measured yet is not missed"
    measured = sheet.fill(RAID, value="99.2", baseline="96.5").fill(BOARD, value="99.3", baseline=98)
    judged = cq.judge(indicators, measured, "2026-11-21")
    found = {row["indicator"]: row for row in map(judged.row, range(len(judged)))}
    assert found[RAID]["attainment"] == "achieved"
    assert (found[BOARD]["attainment"], found[BOARD]["gap"]) == ("falls_short", Decimal("0.2"))
    assert found[BOARD]["action_missing"]
    score = cq.evaluate(indicators, measured, weights={RAID: 1, BOARD: 1}).sheets[0]
    assert score.total == pytest.approx((1 + 1.3 / 1.5) / 2)
    assert score.coverage == pytest.approx(1) and score.movers[0] == BOARD


def test_tianjin_targets_rise_in_table_i1() -> None:
    chain = cq.datasets.advanced_computing()
    assert cq.summary_of(chain, "2026-01-01", "2026-12-31")["indicators_raised"].value in (None, 0)
    chain.add(
        "indicators",
        project="AC-P-01",
        name="RAID卡生产合格率",
        category="quality",
        unit="%",
        baseline="96.5",
        target=99,
        value="99.2",
        period="2026",
    )
    row = cq.summary_of(chain, "2026-01-01", "2026-12-31")
    cell = row["indicators_raised"]
    assert cell.value == 1 and "RAID卡生产合格率" in cell.text and cell.origin == "registers"


def test_connected_vehicle_has_targets_of_its_own() -> None:
    indicators, sheet = cq.indicators_of(cq.datasets.connected_vehicle())
    assert sheet["CV-P-01/减少的召回成本"].target == 10000
    assert len(indicators) > 31
    both = [
        cq.indicators_of(chain).sheet.of(STANDARD)
        for chain in (cq.datasets.advanced_computing(), cq.datasets.connected_vehicle())
    ]
    assert len(cq.evaluate(STANDARD, both, normalisation="among").sheets) == 2


# ---- table I.1 -----------------------------------------------------------------------------------------------------


def test_cells_say_where_they_come_from() -> None:
    chain = cq.datasets.advanced_computing()
    row = cq.summary_of(
        chain,
        datetime.date(2026, 1, 1),
        "2026-12-31",
        {"districts": (6, "city office"), "jobs": {"text": "about a thousand"}, "problems_solved": 7},
    )
    assert (row["districts"].value, row["districts"].origin) == (6, "given")
    assert "city office" in row["districts"].basis.en
    assert row["jobs"].value is None and row["jobs"].text == "about a thousand"
    assert row["funds"].origin in ("unknown", "registers")
    assert row["problems_solved"].origin == "registers" and row.findings.warnings == 1, "the registers stand"
    assert (row.first, row.last) == (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    assert len(row.table()) == 14 and row.table()["field"][0] == "districts"
    assert "I.1" in row._repr_html_()
    with pytest.raises(cq.Error):
        cq.summary_of(chain, "2026-12-31", "2026-01-01")
    with pytest.raises(ValueError, match="districts"):
        cq.summary_of(chain, "2026-01-01", "2026-12-31", {"houses": 3})
    with pytest.raises(TypeError, match="sauce"):
        cq.summary_of(chain, "2026-01-01", "2026-12-31", {"jobs": {"value": 3, "sauce": "x"}})
    with pytest.raises(TypeError, match="first"):
        cq.summary_of(chain, 2026, "2026-12-31")  # type: ignore[arg-type]


def test_trends_are_exact_and_tell_mixed_origins() -> None:
    chain = cq.datasets.advanced_computing()
    rows = [
        cq.summary_of(chain, f"{year}-01-01", f"{year}-12-31", {"jobs": jobs, "cost_saved": (saved, "survey")})
        for year, jobs, saved in ((2024, "900", None), (2025, "950.5", "1.25"), (2026, "1201", "2.5"))
    ]
    table = cq.trend(rows)
    found = {row["field"]: row for row in map(table.row, range(len(table)))}
    assert found["jobs"]["change"] == 301
    assert found["cost_saved"]["change"] == Decimal("1.25") and found["cost_saved"]["ratio"] == 2
    assert found["cost_saved"][rows[0].period] is None and not found["jobs"]["mixed"]
    assert len(table.columns) == 2 + 3 + 3
    with pytest.raises(cq.Error):
        cq.trend(reversed(rows))
    with pytest.raises(cq.Error):
        cq.trend([])
