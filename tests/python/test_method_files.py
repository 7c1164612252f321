"""Files of the quality methods: each reader feeds its function, and tells all faults of a file at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chainqual as cq

BAD: dict[str, tuple[str, str, list[str]]] = {
    "read_failure_modes": ("a.csv", "name,severity,occurrence,detection\nshort,11,3,4\nopen,x,3,4\n", ["11", "x"]),
    "read_priority_rules": ("a.csv", "priority,severity_from\nsoon,1\nlow,a\n", ["soon", "a"]),
    "read_fault_tree": ("a.json", '{"top": "t", "gates": [{"sort": "or"}], "events": 3}', ["sort", "events"]),
    "read_measurements": ("a.csv", "value\n1\ntwo\n#N/A\n", ["two", "#N/A"]),
    "read_counts": ("a.csv", "count,size\nx,10\n3,y\n", ["x", "y"]),
    "read_judgements": ("a.csv", "first,second,judgement\na,a,1\na,b,-2\n", ["a", "-2"]),
    "read_line_grading": ("a.json", '{"criteria": [], "grades": [], "lines": 3}', ["grades", "lines"]),
    "read_stages": ("a.csv", "name,own,inherited\ncasting,2,\nrolling,0.9,x\n", ["2", "x"]),
    "read_grade_limits": ("a.csv", "name,limit\nfirst,many\n,3\n", ["many"]),
    "read_named_values": ("a.csv", "name,value\nfarm,many\nmill,\n", ["many"]),
    "read_ladder": ("a.csv", "step,measure,limit\nbronze,pass_rate,x\n,pass_rate,3\n", ["x"]),
    "read_suppliers": ("a.csv", "supplier,measure,value\none,pass_rate,x\n,pass_rate,3\n", ["x"]),
    "read_kano_answers": ("a.csv", "feature,with,without\nquiet,love,dislike\nquiet,like,hate\n", ["love", "hate"]),
    "read_houses": ("a.json", '{"houses": [{"want": [], "relations": 3}]}', ["want", "relations"]),
    "read_deviation": ("a.json", '{"incoming": {"means": [0]}, "stages": 3}', ["means", "stages"]),
    "read_training": ("a.json", '{"sheets": [{"session": "S", "name": "Wang"}], "courses": 3}', ["name", "courses"]),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_all_faults_of_a_file_come_at_once(name: str, tmp_path: Path) -> None:
    file, text, wanted = BAD[name]
    read: Any = getattr(cq, name)
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    with pytest.raises(cq.Error) as caught:
        read(path)
    assert len(caught.value.findings) >= 2 and file in str(caught.value)
    told = " ".join(str(one) for one in caught.value.findings)
    assert all(one in told for one in wanted), told
    with pytest.raises(cq.Error):
        read(tmp_path / "none.csv")


def test_every_method_that_the_program_reads_has_a_reader() -> None:
    readers = {name for name in cq.__all__ if name.startswith("read_")}
    assert set(BAD) <= readers and {"read_indicators", "read_figures"} <= readers


def test_a_fault_tree_of_a_file_is_the_one_given_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "stop.json"
    path.write_text(
        '{"top": "stop", "gates": [{"name": "stop", "kind": "or", "inputs": ["fan", "two"]},'
        ' {"name": "two", "kind": "at_least", "k": 2, "inputs": ["a", "b", "c"]}],'
        ' "events": [{"name": "fan", "probability": 0.01}, {"name": "a", "probability": 0.1},'
        ' {"name": "b", "probability": 0.1}, {"name": "c", "probability": 0.1}]}',
        encoding="utf-8",
    )
    found = cq.fault_tree(*cq.read_fault_tree(path))
    gates: dict[str, tuple[str | int, list[str]]] = {"stop": ("or", ["fan", "two"]), "two": (2, ["a", "b", "c"])}
    by_hand = cq.fault_tree("stop", gates, {"fan": 0.01, "a": 0.1, "b": 0.1, "c": 0.1})
    assert found.probability == by_hand.probability and found.cut_sets == by_hand.cut_sets


def test_two_factors_stand_in_cells(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    rows = [f"{r * 3 + c + k / 10},r{r},c{c}" for r in range(2) for c in range(3) for k in range(2)]
    path.write_text("\n".join(["value,sample,second", *rows]), encoding="utf-8")
    found = cq.read_measurements(path)
    assert (found.names, found.second_names) == (["r0", "r1"], ["c0", "c1", "c2"])
    assert np.array(found.cells).shape == (2, 3, 2)
    assert cq.two_way_anova(np.array(found.cells)).residual.degrees == 6
    path.write_text("value\n1\n2\n", encoding="utf-8")
    plain = cq.read_measurements(path)
    assert (plain.names, plain.cells, list(plain.in_order)) == ([""], [], [1.0, 2.0])


def test_what_is_exact_in_a_file_stays_exact(tmp_path: Path) -> None:
    path = tmp_path / "limits.csv"
    path.write_text("name,limit\nA,0.1\nB,0.30\n", encoding="utf-8")
    assert cq.read_grade_limits(path) == {"A": Decimal("0.1"), "B": Decimal("0.3")}
    path.write_text("step,measure,limit,direction\nbronze,rejects,0.3,lower\n", encoding="utf-8")
    assert cq.place_on_ladder(cq.read_ladder(path), {"rejects": "0.3"}).step == "bronze"


def test_curves_of_a_file_are_worth_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "lines.json"
    path.write_text(
        '{"criteria": [{"name": "t", "points": [[9, 0], [10, 1], [11, 0]], "least": 0.2},'
        ' {"name": "f", "worst": 10, "best": 0, "shape": 2, "weight": 3}],'
        ' "thresholds": [{"name": "B", "from": 0}], "lines": [{"name": "one", "measurements": {"f": 5, "t": 9.5}}]}',
        encoding="utf-8",
    )
    peak, early = (one.curve for one in cq.read_line_grading(path).criteria)
    assert float(peak(9.5)) == 0.5 and round(float(early(5)), 3) == 0.731
    assert cq.grade_lines(*cq.read_line_grading(path)).row(0)["t"] == 0.5


def test_a_training_base_of_a_file_is_regraded_by_its_rules(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    sheets = ", ".join(['{"session": "S1", "answers": [5, 5, 5, 5]}'] * 3)
    path.write_text(
        '{"courses": [{"number": "C1", "name": "统计过程控制", "name_en": "SPC"}],'
        ' "lecturers": [{"id": "L1", "name": "王", "years": 9}],'
        ' "sessions": [{"number": "S1", "course": "C1", "lecturer": "L1", "date": "2026-03-01", "observed": 4.5}],'
        f' "sheets": [{sheets}], "rules": {{"fewest_sheets": 3, "fewest_sessions": 1, "promote_from": 4.6}}}}',
        encoding="utf-8",
    )
    found = cq.read_training(path)
    assert found.base.courses[0].name == cq.Text("统计过程控制", "SPC")
    decided = cq.regrade(found.base, "2026", "2026", **found.rules)
    assert decided.row(0)["step"] == "promote", "the period's last day is the year's"


def test_the_last_day_of_a_year_ends_a_summary() -> None:
    row = cq.summary_of(cq.datasets.advanced_computing(), "2025", "2025")
    assert (str(row.first), str(row.last)) == ("2025-01-01", "2025-12-31")
