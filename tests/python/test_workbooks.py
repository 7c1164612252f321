"""Workbooks as offices keep them: errors of cells, merged cells, several sheets, other formats than .xlsx."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path
from typing import Any

import pytest

import chainqual as cq

pytest.importorskip("fastexcel")
openpyxl = pytest.importorskip("openpyxl")


def book(path: Path, sheets: dict[str, list[list[Any]]], merged: dict[str, list[str]] | None = None) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in (merged or {}).get(title, []):
            sheet.merge_cells(cells)
    made.save(path)
    return path


FIRMS = [["id", "name", "stage"], ["a", "A", "upstream"], ["b", "B", "downstream"]]


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"])
def test_cells_with_errors_are_refused_by_sheet_and_cell(tmp_path: Path, value: str) -> None:
    links = [["supplier", "customer", "value"], ["a", "b", 1], ["a", "b", value]]
    path = book(tmp_path / "chain.xlsx", {"enterprises": FIRMS, "links": links})
    with pytest.raises(ValueError, match="chain.xlsx, sheet 'links', cell C3, column 'value'") as caught:
        cq.read_chain(path)
    assert isinstance(caught.value, cq.Error)
    finding = caught.value.findings[0]
    assert (finding.record, finding.line, finding.column, finding.value) == (2, 3, "value", value)
    assert finding.rule.zh and finding.fix.zh and "C3" in caught.value.message_zh


def test_a_row_of_errors_is_not_ungraded(tmp_path: Path) -> None:
    rows = [["impact", "diffusion", "urgency"], [5, 4, 4], ["#REF!", "#REF!", "#REF!"], [5, 4, 4]]
    with pytest.raises(cq.Error, match="3 cells with errors") as caught:
        cq.SeverityModel().grade_table(book(tmp_path / "scores.xlsx", {"scores": rows}))
    assert [finding.column for finding in caught.value.findings] == ["impact", "diffusion", "urgency"]
    assert caught.value.findings.errors == 3


def test_a_workbook_of_excel_97_is_read() -> None:
    pytest.importorskip("pyarrow")
    path = Path(__file__).parents[1] / "data" / "workbooks" / "office_97.xls"
    chain = cq.read_chain(path)
    assert (chain.enterprises["stage"], chain.links["value"].tolist()) == (["upstream", "downstream"], [12.5])
    assert chain.projects["start"] == ["2026-03-04"]
    assert cq.Network.from_table(path).keys() == ["fab", "maker"]
    assert cq.SeverityModel().grade_table(path, sheet="评分")["total"].tolist() == [4.4, 2.85]
    with pytest.raises(cq.Error, match="spreadsheets turn 3-4 into a date"):
        cq.SeverityModel().grade_table(path, sheet="日期")


def test_columns_of_dates_are_read_as_days(tmp_path: Path) -> None:
    projects = [["number", "name", "start"], ["X1", "x", datetime.date(2026, 3, 4)], ["X2", "y", None]]
    chain = cq.read_chain(book(tmp_path / "chain.xlsx", {"enterprises": FIRMS, "projects": projects}))
    assert chain.projects["start"] == ["2026-03-04", ""]


def test_what_a_spreadsheet_spoilt_is_named(tmp_path: Path) -> None:
    firms = [["name", "stage", "credit_code"], ["a", "upstream", 911201161030691234]]
    with pytest.raises(cq.Error, match="precision lost: a spreadsheet took the credit code for a number") as caught:
        cq.read_chain(book(tmp_path / "chain.xlsx", {"enterprises": firms}))
    assert "text first" in str(caught.value)
    scores = [["impact", "diffusion", "urgency"], [datetime.datetime(2026, 3, 4, 9, 30), 4, 4]]
    with pytest.raises(cq.Error, match="spreadsheets turn 3-4 into a date"):
        cq.SeverityModel().grade_table(book(tmp_path / "scores.xlsx", {"scores": scores}))
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"impact": [datetime.datetime(2026, 3, 4)], "diffusion": [4], "urgency": [4]})
    with pytest.raises(cq.Error, match="of dates.*spreadsheets turn 3-4 into a date"):
        cq.SeverityModel().grade_table(frame)


def test_cells_are_named_where_they_stand(tmp_path: Path) -> None:
    rows = [[], [], [None, "id", "name"], [None, "a", "A"], [], [None, "b", "#N/A"]]
    with pytest.raises(cq.Error, match="cell C6, column 'name'") as caught:
        cq.read_sheet(book(tmp_path / "low.xlsx", {"s": rows}))
    assert caught.value.findings[0].record == 3


def test_text_that_looks_like_an_error_of_another_kind_is_text(tmp_path: Path) -> None:
    rows = [["id", "note"], ["a", 't="e"'], ["b", "<c t='e'>"]]
    assert cq.read_sheet(book(tmp_path / "t.xlsx", {"s": rows}))["note"] == ['t="e"', "<c t='e'>"]


def test_merged_cells_hold_their_value_throughout_and_others_stay_blank(tmp_path: Path) -> None:
    firms = [["id", "name", "stage", "weight"], ["a", "A", "上游", 2], ["b", "B", None, None], ["c", "C", "下游", None]]
    path = book(tmp_path / "m.xlsx", {"企业": firms}, {"企业": ["C2:C3", "D2:D3"]})
    chain = cq.read_chain(path)
    assert chain.enterprises["stage"] == ["upstream", "upstream", "downstream"]
    assert chain.enterprises["weight"][:2].tolist() == [2, 2] and chain.enterprises["weight"][2] != 2


def test_ranges_over_columns_and_in_headings(tmp_path: Path) -> None:
    rows = [["a", "b", "c"], [1, "x", 7], [2, "y", 8], [3, "z", 9]]
    sheet = cq.read_sheet(book(tmp_path / "m.xlsx", {"s": rows}, {"s": ["A2:B3", "C4:C4"]}))
    assert [str(value) for value in sheet["a"]] == ["1", "1", "3"] or list(sheet["a"]) == [1, 1, 3]
    assert [str(value) for value in sheet["b"]] == ["1", "1", "z"] and list(sheet["c"]) == [7, 8, 9]
    headed = cq.read_sheet(book(tmp_path / "h.xlsx", {"s": rows}, {"s": ["B1:C1"]}))
    assert list(headed["a"]) == [1, 2, 3] and headed["b"] == ["x", "y", "z"]


def test_networks_take_the_sheet_that_is_named_so(tmp_path: Path) -> None:
    links = [["supplier", "customer"], ["a", "b"]]
    other = [["供方", "客户"], ["b", "a"]]
    path = book(tmp_path / "n.xlsx", {"notes": [["x"], [1]], "企业": FIRMS, "供应关系": links, "other": other})
    net = cq.Network.from_table(path, path)
    assert net.keys() == ["a", "b"] and net.link("a", "b") == 0
    assert cq.Network.from_table(path, path, sheet="other", supplier="供方", customer="客户").link("b", "a") == 0


def test_missing_files_sheets_and_what_is_no_workbook_name_the_fix(tmp_path: Path) -> None:
    for read in (cq.read_chain, cq.read_sheet, cq.Network.from_table, cq.SeverityModel().grade_table):
        with pytest.raises(FileNotFoundError, match="no file"):
            read(tmp_path / "none.xlsx")
    path = book(tmp_path / "s.xlsx", {"one": FIRMS, "two": FIRMS})
    for sheet in ("three", 2, -3):
        with pytest.raises(ValueError, match="it has one, two"):
            cq.read_sheet(path, sheet)
    (tmp_path / "text.xlsx").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(ValueError, match="save it as .xlsx"):
        cq.read_sheet(tmp_path / "text.xlsx")


def test_reading_says_nothing_on_stderr(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    level = logging.getLogger("fastexcel").level
    path = book(tmp_path / "mixed.xlsx", {"s": [["a"], [1], ["x"], [True], [None]]})
    with caplog.at_level(logging.INFO):
        assert len(cq.read_sheet(path)) >= 3
    assert not caplog.records
    assert logging.getLogger("fastexcel").level == level
