"""Files of tables K.1 and I.1, their forms, and what an evaluation says of its own rules."""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import chainqual as cq

STANDARD = cq.standard_indicators()


def sheet(period: str, value: str) -> cq.IndicatorSheet:
    return (
        cq.IndicatorSheet("服务器", period)
        .fill("conformity_rate", baseline=97, target=99, value=value, evidence="document", date=f"{period}-12-31")
        .fill("cooperation", steps={"王": 4, "李": 3}, target=4, action="joint audits", owner="lab", due="2027-01-01")
    )


def test_tables_written_as_json_read_back_equal(tmp_path: Path) -> None:
    own = cq.Indicator("yield", cq.Text("良率", "yield"), unit="%", worst=0, best=100)
    sheets = [sheet("2025", "97.50").fill("yield", value="88.10"), sheet("2026", "98.5")]
    judged = np.ones((6, 6))
    judged[0, 1:], judged[1:, 0] = 3, 1 / 3
    known = [*STANDARD, own]
    inside = sum(one.category == "quality" for one in known)
    within: dict[cq.indicators.Category, np.ndarray] = {"quality": np.ones((inside, inside))}
    file = cq.IndicatorFile(known, sheets, {"yield": 2.0, "patents": 1.0}, judged, within)
    text = cq.indicators_to_json(file)
    path = tmp_path / "k1.json"
    path.write_text(text, encoding="utf-8")
    found = cq.read_indicators(path)
    assert [one.key for one in found.indicators] == [one.key for one in file.indicators]
    for old, new in zip(sheets, found.sheets):
        for entry in old.entries:
            same = new[entry.indicator]
            assert (dict(same.steps), same.action, same.owner, same.due) == (
                dict(entry.steps), entry.action, entry.owner, entry.due
            )  # fmt: skip
    assert found.sheets[0]["yield"].value == Decimal("88.10")
    assert {key: weight for key, weight in found.weights.items() if weight} == {"yield": 2.0, "patents": 1.0}
    assert found.category_judgements is not None and found.category_judgements == pytest.approx(judged)
    assert found.within["quality"].shape == (inside, inside)
    assert cq.indicators_to_json(found) == text
    assert cq.indicators_from_json(text).sheets == found.sheets
    score = cq.evaluate(found.indicators, found.sheets, weights=found.weights)
    assert score.weights["yield"] == pytest.approx(2 / 3)


def test_a_table_of_entries_makes_a_sheet_for_each_period(tmp_path: Path) -> None:
    path = tmp_path / "k1.csv"
    path.write_text(
        "indicator,period,value,steps,action\nconformity_rate,2025,98.5,,\ncooperation,2026,,王=4;李=3,audits\n",
        encoding="utf-8",
    )
    found = cq.read_indicators(path)
    assert [one.period for one in found.sheets] == ["2025", "2026"]
    assert found.sheets[1]["cooperation"].steps == {"王": 4, "李": 3}
    assert found.weights == {} and found.category_judgements is None
    path.write_text("indicator,value\nconformity_rate,many\nnothing,3\n", encoding="utf-8")
    with pytest.raises(cq.Error) as caught:
        cq.read_indicators(path)
    assert len(caught.value.findings) == 2 and "k1.csv" in str(caught.value)
    with pytest.raises(cq.Error, match=r"mine\.json"):
        cq.indicators_from_json('{"sheets": 3}', name="mine.json")
    with pytest.raises(cq.Error):
        cq.read_indicators(tmp_path / "none.json")
    with pytest.raises(ValueError, match="nowhere"):
        cq.indicators_to_json(cq.IndicatorFile(STANDARD, [], {"nowhere": 1}))


def test_figures_of_several_periods_fill_table_i1(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(
        "from,until,field,value,text,source\n2026,,jobs,1200,,survey\n2025-01,2025-06,jobs,,some,\n"
        "2026,,districts,3,,\n",
        encoding="utf-8",
    )
    first, second = cq.read_figures(path)
    assert (first.first, first.last) == (datetime.date(2025, 1, 1), datetime.date(2025, 6, 30))
    assert second.given["jobs"] == {"value": Decimal(1200), "text": "", "source": "survey"}
    chain = cq.datasets.advanced_computing()
    rows = [cq.summary_of(chain, one.first, one.last, one.given) for one in (first, second)]
    assert rows[0]["jobs"].text == "some" and rows[0]["jobs"].value is None
    assert (rows[1]["districts"].value, rows[1]["jobs"].origin) == (3, "given")
    cells = [cell for _, lines in cq.summary_form(rows, lang="en").blocks() for line in lines for cell in line]
    assert any("2025" in cell for cell in cells) and any("1200" in cell for cell in cells)
    assert cq.summary_form(rows[0], lang="zh").titles[0].startswith("附录 I") or len(cq.summary_form(rows[0])) == 1
    path.write_text("from,field,value\n2026,nothing,3\nsoon,jobs,x\n", encoding="utf-8")
    with pytest.raises(cq.Error) as caught:
        cq.read_figures(path)
    assert len(caught.value.findings) >= 2


def test_table_k1_is_printed_with_its_actions_and_total() -> None:
    sheets = [sheet("2025", "98"), sheet("2026", "99.2")]
    scored = cq.evaluate(STANDARD, sheets)
    forms = cq.indicator_form(STANDARD, sheets, today="2027-02-01", evaluation=scored, lang="en")
    assert len(forms) == 2
    rows = [row for _, lines in forms.blocks(0) for row in lines]
    assert any("joint audits" in row and "lab" in row for row in rows)
    assert any("98" in row and "99" in row for row in rows)
    assert scored.sheets[0].total is not None
    assert any(f"Total {100 * scored.sheets[0].total:.0f} %" in note for note in forms.notes(0))
    assert "联合" not in forms.html and "K.1" in cq.indicator_form(STANDARD, sheets[0], lang="zh").html
    with pytest.raises(cq.Error):
        cq.indicator_form(STANDARD, [*sheets, sheets[0]], evaluation=scored)


def test_an_evaluation_says_by_which_rules_and_what_it_left_out() -> None:
    sheets = [sheet("2025", "98"), sheet("2026", "98.5")]
    found = cq.evaluate(STANDARD, sheets, weighting="entropy")
    assert (found.normalisation, found.missing, found.weighting) == ("attainment", "leave_out", "entropy")
    assert len(found.left_out) == 29 and "conformity_rate" not in found.left_out
    assert all(found.weights[key] == 0 for key in found.left_out)
    assert "entropy" in found.rules.en and "熵权法" in found.rules.zh and "29 indicators left out" in repr(found)
    plain = cq.evaluate(STANDARD, sheets)
    assert plain.left_out == [] and "left out" in plain.rules.en and "equal" in repr(plain)


def test_shares_definitions_and_periods() -> None:
    assert cq.is_share(STANDARD[0]) and not cq.is_share(cq.Indicator("x", "x", unit="%"))
    assert cq.indicator_difference(STANDARD[0], STANDARD[0]) == ""
    other = cq.Indicator("conformity_rate", "x", unit="ppm")
    assert "ppm" in cq.indicator_difference(STANDARD[0], other)
    assert cq.period_from("2025年度") == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert cq.period_from("2025-03/2025-04") == (datetime.date(2025, 3, 1), datetime.date(2025, 4, 30))
    assert cq.period_from("soon") is None and cq.period_from("2026/2025") is None


def register() -> cq.Chain:
    """A chain whose register of indicators has all columns, and enterprises of known size."""
    chain = cq.Chain("链")
    for key, size in (("big", "large"), ("mid", "medium"), ("tiny", "micro")):
        chain.add_enterprise(key, name=key, stage="upstream", size=size)
    chain.add(
        "indicators", name="产品质量合格率", target="99", value="98.5", date="2026-06-30", action="新夹具", owner="mid",
        due="2026-12-31",
    )  # fmt: skip
    chain.add("indicators", name=str(cooperation().name), steps=["王=4", "李=3"], evidence="expert_review")
    return chain


def cooperation() -> cq.Indicator:
    cq.set_language("zh")
    try:
        return next(cq.Indicator(one.key, str(one.name)) for one in STANDARD if one.key == "cooperation")
    finally:
        cq.set_language("en")


def test_the_register_keeps_actions_days_steps_and_sizes(tmp_path: Path) -> None:
    chain = register()
    for suffix in ("folder", "chain.json", "chain.xlsx"):
        path = tmp_path / suffix
        chain.save(path)
        back = cq.read_chain(path)
        row = back.indicators.row(0)
        assert (row["date"], row["action"], row["owner"], row["due"]) == ("2026-06-30", "新夹具", "mid", "2026-12-31")
        assert list(back.indicators.row(1)["steps"]) == ["王=4", "李=3"]
        assert [str(one) for one in back.enterprises["size"]] == ["large", "medium", "micro"]
    indicators, filled = cq.indicators_of(chain)
    entry = filled["conformity_rate"]
    assert (entry.date, entry.action, entry.owner, entry.due) == ("2026-06-30", "新夹具", "mid", "2026-12-31")
    assert filled["cooperation"].steps == {"王": 4, "李": 3}
    found = cq.judge(indicators, filled, "2027-01-10")
    row = next(found.row(k) for k in range(len(found)) if found.row(k)["indicator"] == "conformity_rate")
    assert (row["overdue_days"], row["action_missing"]) == (10, False)
    summary = cq.summary_of(chain, "2026-01-01", "2026-12-31")
    cell = summary["small_enterprises"]
    assert (cell.value, cell.origin) == (2, "registers") and "medium, small or micro" in cell.basis.en
    with pytest.raises((cq.Error, ValueError), match="size|huge"):
        chain.add_enterprise("odd", name="odd", stage="upstream", size="huge")


def test_words_of_sizes_are_read_as_people_write_them(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    register().save(folder)
    (folder / "enterprises.csv").write_text(
        "编号,企业名称,产业链位置,企业规模\na,甲,上游,大型\nb,乙,上游,中型企业\nc,丙,上游,微\nd,丁,上游,\n", encoding="utf-8"
    )
    (folder / "indicators.csv").write_text("指标名称,实际值\n产品质量合格率,98\n", encoding="utf-8")
    chain = cq.read_chain(folder)
    assert [str(one) for one in chain.enterprises["size"]] == ["large", "medium", "micro", "unstated"]
    cell = cq.summary_of(chain, "2026-01-01", "2026-12-31")["small_enterprises"]
    assert cell.value == 2 and "at least" in cell.basis.en, "one size is unknown"
    chain = cq.Chain("c")
    chain.add_enterprise("a", name="a", stage="upstream")
    assert cq.summary_of(chain, "2026-01-01", "2026-12-31")["small_enterprises"].value is None, "unknown is not 0"


def strict(text: str) -> object:
    """JSON without the words that JSON does not have."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


ACTIONS: dict[str, tuple[dict[str, str], list[str]]] = {
    "indicators": ({"k.csv": "indicator,target,value\nconformity_rate,99,98\n"}, ["k.csv"]),
    "summary": ({"f.csv": "from,field,value\n2025,jobs,0\n2026,jobs,5\n"}, ["--figures", "f.csv"]),
    "fmea": ({"m.csv": "name,severity,occurrence,detection\na,3,4,5\n"}, ["m.csv"]),
    "fault-tree": (
        {
            "t.json": '{"top": "t", "gates": [{"name": "t", "kind": "and", "inputs": ["a", "b"]}], "events": '
            '[{"name": "a", "probability": 0}, {"name": "b", "probability": 0}]}'
        },
        ["t.json"],
    ),
    "chart": ({"v.csv": "value\n5\n5\n5\n"}, ["v.csv"]),
    "capability": ({"v.csv": "value\n5\n5\n5\n"}, ["v.csv", "--lower", "4", "--upper", "6"]),
    "anova": ({"v.csv": "value,sample\n5,a\n5,a\n5,b\n5,b\n"}, ["v.csv"]),
    "describe": ({"v.csv": "value\n5\n"}, ["v.csv"]),
    "constants": ({}, ["2", "100"]),
    "weights": ({"w.csv": "first,second,judgement\na,b,3\n"}, ["w.csv"]),
    "lines": (
        {
            "l.json": '{"criteria": [{"name": "y", "worst": 0, "best": 1}], "thresholds": [{"name": "C", "from": 0}], '
            '"lines": [{"name": "one", "measurements": {"y": 0}}]}'
        },
        ["l.json"],
    ),
    "stages": ({"s.csv": "name,own,inherited\na,0,\nb,0,0.5\n"}, ["s.csv"]),
    "limits": ({"v.csv": "value\n2000000\n"}, ["milk", "v.csv"]),
    "ladder": (
        {"l.csv": "step,measure,limit\nbronze,otd,95\n", "u.csv": "supplier,measure,value\na,otd,90\n"},
        ["l.csv", "u.csv"],
    ),
    "kano": ({"k.csv": "feature,with,without\na,neutral,neutral\n"}, ["k.csv"]),
    "house": (
        {
            "h.json": '{"houses": [{"wants": [{"name": "a", "importance": 1}], "characteristics": ["b"], '
            '"relations": [[9]]}]}'
        },
        ["h.json"],
    ),
    "deviation": (
        {
            "d.json": '{"incoming": {"mean": [0], "deviations": [0]}, "stages": [{"name": "s", "a": [[1]], "b": [[1]], '
            '"sources": ["t"], "mean": [0], "deviations": [0]}]}'
        },
        ["d.json"],
    ),
    "training": (
        {
            "b.json": '{"courses": [{"number": "C1", "name": "x"}], "lecturers": [{"id": "L", "name": "L"}], '
            '"sessions": [], "sheets": []}'
        },
        ["b.json", "--from", "2026", "--until", "2026-12-31"],
    ),
}


@pytest.mark.parametrize("action", list(ACTIONS))
def test_every_action_answers_in_valid_json(
    action: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from chainqual.__main__ import main

    monkeypatch.chdir(tmp_path)
    files, given = ACTIONS[action]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code = main(["evaluate", action, *given, "--json"])
    out, err = capfd.readouterr()
    assert code == 0, out + err
    answer = strict(out)
    assert isinstance(answer, dict) and answer["ok"] and answer["action"] == action
    if action == "anova":
        assert answer["share_explained"] == 0
        assert answer["variation"][0]["f"] == "nan", "in a table the word says which it is"
    if action == "capability":
        assert "inf" in {value for row in answer["indices"] for value in row.values() if isinstance(value, str)}


def test_the_list_of_actions_is_the_programs_own(capfd: pytest.CaptureFixture[str]) -> None:
    from chainqual.__main__ import main

    assert main(["evaluate", "nothing-like-it"]) == 2
    told = capfd.readouterr().err
    assert all(action in told for action in ACTIONS) or "Did you mean" in told


RENAMED = {
    "analyse": "fault_tree",
    "compare": "Evaluation.compare",
    "deviation_bias": "control_constants",
    "difference": "indicator_difference",
    "kano_class": "classify_feature",
    "rank_failure_modes": "fmea",
    "rules_of": "Evaluation.rules",
}
"""Functions of the headers that Python calls otherwise."""


def test_python_has_what_the_headers_of_evaluation_offer() -> None:
    headers = Path(__file__).parents[2] / "include" / "chainqual" / "evaluate"
    offered = set()
    for header in headers.glob("*.hpp"):
        if not header.stem.endswith("-inl"):
            text = header.read_text(encoding="utf-8")
            offered |= set(re.findall(r"^\[\[nodiscard\]\] [^(;{]*?(\w+)\(", text, re.MULTILINE))
    assert len(offered) > 35 and {"chart_signals", "summary_of", "milk_by_somatic_cells"} <= offered
    missing = []
    for name in sorted(offered):
        home: object = cq
        for part in RENAMED.get(name, name).split("."):
            home = getattr(home, part, None)
        if home is None:
            missing.append(name)
    assert missing == []
