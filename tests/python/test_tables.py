"""Tables in from every library named, and out to it again, with the same values."""

from __future__ import annotations

import copy
import datetime
import pickle
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chainqual as cq
from conftest import python

MODEL = cq.SeverityModel()


def library(name: str) -> Any:
    return pytest.importorskip(name)


def graded(table: Any, **options: Any) -> list[str]:
    return list(MODEL.grade_table(table, **options)["grade"])


# ---- in ----------------------------------------------------------------------------------------------------------------

COLUMNS = {"impact": [5, 1, None], "diffusion": [4.1, 1.0, None], "urgency": ["4", "1", None]}
GRADES = ["critical", "general", "ungraded"]


def test_dicts_records_and_structured_arrays_are_tables() -> None:
    assert graded(COLUMNS) == GRADES
    assert graded([dict(zip(COLUMNS, row)) for row in zip(*COLUMNS.values())]) == GRADES
    rows = np.array([(5, 4.1, 4), (1, 1, 1)], dtype=[("impact", "u1"), ("diffusion", "f8"), ("urgency", "i8")])
    assert graded(rows) == GRADES[:2]
    assert graded(cq.Table(COLUMNS)) == GRADES


def test_polars_frames_are_tables() -> None:
    pl = library("polars")
    frame = pl.DataFrame(COLUMNS)
    assert graded(frame) == GRADES
    assert graded(pl.concat([frame, frame], rechunk=False)) == GRADES * 2
    assert graded(frame.with_columns(pl.col("urgency").cast(pl.Categorical))) == GRADES
    assert graded({"impact": frame["impact"], "diffusion": frame["diffusion"], "urgency": frame["urgency"]}) == GRADES
    with pytest.raises(TypeError, match="collect"):
        graded(frame.lazy())


def test_pyarrow_tables_are_tables() -> None:
    pa = library("pyarrow")
    table = pa.table(COLUMNS)
    assert graded(table) == GRADES
    assert graded(pa.concat_tables([table.slice(1), table])) == GRADES[1:] + GRADES
    assert graded(table.to_batches()[0]) == GRADES
    large = table.set_column(2, "urgency", table["urgency"].cast(pa.large_string()))
    view = table.set_column(2, "urgency", table["urgency"].cast(pa.string_view()))
    words = table.set_column(2, "urgency", table["urgency"].dictionary_encode())
    exact = table.set_column(2, "urgency", pa.array([Decimal("4.0"), Decimal("1.0"), None], pa.decimal128(5, 1)))
    for typed in (large, view, words, exact):
        assert graded(typed) == GRADES


def test_duckdb_relations_are_tables() -> None:
    duckdb = library("duckdb")
    relation = duckdb.sql("select * from (values (5, 4.1::decimal(4, 2), '4'), (1, 1, '1'), (null, null, null)) t(impact, diffusion, urgency)")
    assert graded(relation) == GRADES


def test_pandas_frames_are_tables() -> None:
    pd = library("pandas")
    frame = pd.DataFrame(COLUMNS)
    assert graded(frame) == GRADES
    nullable = frame.astype({"impact": "Int8", "diffusion": "Float32"})
    assert graded(nullable) == GRADES
    assert graded(frame.astype({"urgency": "category"})) == GRADES
    assert graded({name: frame[name] for name in frame}) == GRADES
    assert graded({"impact": pd.Categorical([5, 1]), "diffusion": [4.1, 1], "urgency": [4, 1]}) == GRADES[:2]


def test_grades_of_a_filtered_frame_keep_its_index() -> None:
    pd = library("pandas")
    frame = pd.DataFrame({"impact": [1, 5, 3], "diffusion": [1, 4, 3], "urgency": [1, 4, 3]}, index=["x", "y", "z"])
    some = frame[frame["impact"] > 1].copy()
    graded_rows = MODEL.grade_table(some)
    some["grade"] = graded_rows.to_pandas()["grade"]
    assert some["grade"].tolist() == ["critical", "important"]
    assert graded_rows.head(1).to_pandas().index.tolist() == ["y"]
    assert MODEL.grade_table({name: frame[name].to_numpy() for name in frame}).to_pandas().index.tolist() == [0, 1, 2]


def test_a_table_is_not_taken_for_the_names_of_its_columns() -> None:
    table = MODEL.grade_table({"impact": [5], "diffusion": [4], "urgency": [4]})
    with pytest.raises(TypeError, match="to_pandas"):
        np.asarray(table)
    with pytest.raises(TypeError, match="to_pandas"):
        library("pandas").DataFrame(table)


def test_tables_travel_by_pickle() -> None:
    pd = library("pandas")
    frame = pd.DataFrame({"impact": [5, 2], "diffusion": [4, 2], "urgency": [4, 2]}, index=[7, 9])
    table = MODEL.grade_table(frame)
    for back in (pickle.loads(pickle.dumps(table)), copy.copy(table), copy.deepcopy(table)):
        assert back.columns == table.columns and back.title == table.title
        pd.testing.assert_frame_equal(back.to_pandas(), table.to_pandas())
        assert back.head(1).to_pandas()["grade"].cat.categories.tolist() == ["ungraded", "general", "important", "critical"]


def test_pandas_needs_no_pyarrow() -> None:
    library("pandas")
    code = """
import sys
sys.modules["pyarrow"] = None
import pandas as pd, chainqual as cq
frame = pd.DataFrame({"影响程度": pd.array([5, 1, None], "Int64"), "扩散程度": [4.1, 1.0, float("nan")], "紧迫程度": ["4", "1", None]})
out = cq.SeverityModel().grade_table(frame)
print(list(out["grade"]), list(out.to_pandas()["grade"].cat.categories))
print(cq.Network.from_table(pd.DataFrame({"supplier": ["甲", "乙"], "customer": pd.Categorical(["乙", "丙"])})).keys())
"""
    done = python(code, PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "['critical', 'general', 'ungraded'] ['ungraded', 'general', 'important', 'critical']",
        "['甲', '乙', '丙']",
    ]


def test_workbooks_are_tables(tmp_path: Path) -> None:
    library("fastexcel")
    chain = cq.datasets.advanced_computing()
    path = tmp_path / "chain.xlsx"
    chain.save(path, lang="zh")
    back = cq.Chain.from_tables(path, name=chain.name)
    assert back.enterprises["id"] == chain.enterprises["id"]
    assert back.links["value"] == pytest.approx(chain.links["value"], nan_ok=True)
    assert cq.read_chain(path).enterprises["id"] == chain.enterprises["id"]
    with pytest.raises(ValueError, match="rejects"):
        cq.read_chain(path, rejects=tmp_path / "bad")
    sheet = cq.read_sheet(path, "专家评分")
    assert len(sheet) == len(chain.scores)
    assert list(MODEL.grade_panel_table(path, sheet="专家评分")["grade"]) == list(MODEL.grade_panel_table(chain.scores)["grade"])
    with pytest.raises(TypeError, match="read_csv"):
        MODEL.grade_table(tmp_path / "scores.csv")


# ---- what comes out is what went in --------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Columns of the kinds that tables hold."""
    n = draw(st.integers(0, 12))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=n, max_size=n))

    maybe = st.none
    return {
        "whole": np.array(column(st.integers(-(2**63), 2**63 - 1)), dtype=np.int64),
        "byte": np.array(column(st.integers(0, 255)), dtype=np.uint8),
        "real": np.array(column(st.floats(allow_nan=False)), dtype=np.float64),
        "single": np.array(column(st.floats(width=32, allow_nan=False)), dtype=np.float32),
        "truth": np.array(column(st.booleans()), dtype=bool),
        "text": column(TEXTS | maybe()),
        "perhaps": column(st.integers(-(2**40), 2**40) | maybe()),
        "yes": column(st.booleans() | maybe()),
        "exact": column(st.decimals(min_value=-1000, max_value=1000, places=3) | maybe()),
    }


def same(table: cq.Table, expected: dict[str, Any]) -> None:
    assert table.columns == list(expected)
    for name, column in expected.items():
        found = table[name]
        if isinstance(column, np.ndarray):
            assert np.asarray(found).dtype == column.dtype, name
            assert np.array_equal(found, column), name
        else:
            assert list(found) == column, name


def settled(columns: dict[str, Any]) -> dict[str, Any]:
    """A list without any None comes back as an array; one of Nones alone has no type but text's."""
    out = dict(columns)
    for name, dtype in (("perhaps", np.int64), ("yes", bool)):
        if len(out[name]) and None not in out[name]:
            out[name] = np.array(out[name], dtype=dtype)
    return out


def again(handed_out: Any) -> cq.Table:
    """Whatever a library holds, taken back."""
    from chainqual._intake import arrow_of

    return cq.Table._of(arrow_of(handed_out))


@given(tables())
def test_round_trip_through_arrow_alone(columns: dict[str, Any]) -> None:
    same(again(again(cq.Table(columns))), settled(columns))


@given(tables())
def test_round_trip_through_pyarrow(columns: dict[str, Any]) -> None:
    pa = library("pyarrow")
    table = pa.table(cq.Table(columns))
    table.validate(full=True)
    same(again(table), settled(columns))
    assert table["text"].to_pylist() == columns["text"]
    assert table["perhaps"].to_pylist() == columns["perhaps"]


@given(tables())
def test_round_trip_through_polars(columns: dict[str, Any]) -> None:
    pl = library("polars")
    frame = cq.Table(columns).to_polars()
    assert frame["text"].to_list() == columns["text"]
    assert frame["whole"].to_list() == columns["whole"].tolist()
    same(again(frame), settled(columns))
    halves = pl.concat([frame[: len(frame) // 2], frame[len(frame) // 2 :]], rechunk=False)
    same(again(halves), settled(columns))


@given(tables())
def test_round_trip_through_duckdb(columns: dict[str, Any]) -> None:
    duckdb = library("duckdb")
    held = cq.Table(columns)
    assert held.columns == list(columns)
    same(again(duckdb.sql("select * from held")), settled(columns))


@given(tables())
def test_round_trip_through_pandas(columns: dict[str, Any]) -> None:
    library("pandas")
    frame = cq.Table(columns).to_pandas()
    back = again({name: frame[name] for name in frame})
    for name in ("whole", "byte", "real", "single", "truth"):
        assert np.array_equal(back[name], columns[name])
    assert list(back["text"]) == columns["text"]
    assert list(back["exact"]) == columns["exact"]


@given(st.lists(st.integers(0, 5), min_size=3, max_size=60), st.sampled_from(["real", "decimal"]))
def test_grades_are_those_of_fractions_whoever_holds_the_table(scores: list[int], total: Any) -> None:
    pl, pa, pd = library("polars"), library("pyarrow"), library("pandas")
    n = len(scores) // 3
    rows = [tuple(max(1, s) for s in scores[3 * k : 3 * k + 3]) for k in range(n)]
    columns = {name: [row[k] for row in rows] for k, name in enumerate(("impact", "diffusion", "urgency"))}
    expected = [Fraction(4, 10) * a + Fraction(3, 10) * b + Fraction(3, 10) * c for a, b, c in rows]
    words = ["critical" if x >= 4 else "important" if x >= Fraction(5, 2) else "general" for x in expected]
    for table in (columns, pl.DataFrame(columns), pa.table(columns), pd.DataFrame(columns, dtype=float)):
        out = MODEL.grade_table(table, total=total)
        assert list(out["grade"]) == words
        found = [Fraction(value) if total == "decimal" else Fraction(str(value)) for value in out["total"]]
        assert found == expected


# ---- out ----------------------------------------------------------------------------------------------------------------


def test_graded_tables_have_ordered_categories_and_exact_totals() -> None:
    pd, pl = library("pandas"), library("polars")
    out = MODEL.grade_table({"impact": [5, 2, None], "diffusion": [4, 3, None], "urgency": [4, 3, None]})
    frame = out.to_pandas()
    assert frame["grade"].cat.ordered
    assert (frame["grade"] >= "important").tolist() == [True, True, False]
    assert isinstance(frame, pd.DataFrame)
    assert out.to_polars()["total"].to_list() == [4.4, 2.6, None]
    exact = MODEL.grade_table({"impact": [5], "diffusion": [4], "urgency": [4]}, total="decimal")
    assert exact["total"] == [Decimal("4.4")]
    assert exact.to_polars()["total"].dtype == pl.Decimal(3, 2)
    hundredths = MODEL.grade_table({"impact": [5], "diffusion": [4], "urgency": [4]}, total="hundredths")
    assert hundredths["total_hundredths"].tolist() == [440]


def test_a_table_shows_itself_and_gives_rows() -> None:
    out = MODEL.grade_table({"impact": [5] * 20, "diffusion": [4] * 20, "urgency": [4] * 20})
    assert "20 rows" in repr(out) and "10 more" in repr(out)
    assert "<table" in out._repr_html_()
    assert out.row(19) == out.row(-1) == {"total": 4.4, "grade": "critical", "stars": "★★★"}
    assert len(out.head(3)) == 3 and out.head(3)["stars"] == ["★★★"] * 3
    assert list(out) == out.columns == ["total", "grade", "stars"]
    with pytest.raises(KeyError):
        out["nothing"]
    with pytest.raises(IndexError):
        out.row(20)


def test_every_table_of_a_chain_and_report_is_handed_out(advanced: cq.Chain) -> None:
    pa = library("pyarrow")
    report = cq.assess(advanced)
    for table in (advanced.enterprises, advanced.links, advanced.problems, report.problems, report.enterprises):
        arrow = pa.table(table)
        assert arrow.num_rows == len(table) and arrow.column_names == table.columns


def test_arrays_of_a_table_are_its_own_memory() -> None:
    pa = library("pyarrow")
    values = np.arange(5.0)
    arrow = pa.table(cq.Table({"x": values}))
    assert arrow["x"].chunk(0).buffers()[1].address == values.__array_interface__["data"][0]
    taken = again(arrow)
    assert taken["x"].__array_interface__["data"][0] == values.__array_interface__["data"][0]
    assert not taken["x"].flags.writeable
    del arrow, taken
    assert values.sum() == 10


def test_polars_columns_are_graded_where_they_lie() -> None:
    pl = library("polars")
    scores = np.tile(np.array([1, 2, 3, 4, 5], dtype=np.uint8), 200)
    frame = pl.DataFrame({"impact": scores, "diffusion": scores, "urgency": scores})
    taken = again(frame)
    assert taken["impact"].__array_interface__["data"][0] == frame["impact"].to_numpy().__array_interface__["data"][0]


def test_csv_files_read_back(tmp_path: Path) -> None:
    table = cq.Table({"name": ["=1+1", "甲,乙", None, "合计"], "x": np.array([0.1, np.nan, 1e300, -2])})
    table.to_csv(tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()
    assert text == ["name,x", '"\'=1+1",0.1', '"甲,乙",', ",1e+300", '"\'合计",-2']


# ---- networks and chains ------------------------------------------------------------------------------------------------


def test_networks_are_the_same_from_every_library() -> None:
    pl, pa, pd, duckdb = library("polars"), library("pyarrow"), library("pandas"), library("duckdb")
    random = np.random.default_rng(5)
    supplier = random.integers(0, 50, 400)
    customer = random.integers(0, 50, 400)
    value = np.where(random.random(400) < 0.1, np.nan, random.uniform(0, 9, 400))
    columns = {"supplier": supplier, "customer": customer, "value": value}
    first = cq.Network.from_table(columns)
    texts = {"供方": [f"{s}" for s in supplier], "客户": [f"{c}" for c in customer], "供应额": value}
    frame = pl.DataFrame(columns)
    others = [texts, frame, pa.table(columns), pd.DataFrame(columns), duckdb.sql("select * from frame")]
    others.append(frame.with_columns(pl.col("supplier").cast(pl.String).cast(pl.Categorical)))
    for table in others:
        net = cq.Network.from_table(table)
        assert net == first and net.keys() == first.keys()
    assert first.keys()[0] == str(supplier[0])


def test_networks_of_positions_and_of_enterprises() -> None:
    net = cq.Network.from_table({"supplier": [0, 2], "customer": [1, 1]}, positions=4)
    assert net.enterprises == 4 and not net.named and net.link(2, 1) is not None
    firms = [{"id": "a", "stage": "上游", "weight": 2}, {"id": "b", "stage": None}]
    net = cq.Network.from_table({"from": ["a"], "to": ["b"]}, firms, supplier="from", customer="to")
    assert net.stage.tolist() == [0, cq.NO_STAGE] and net.weight[0] == 2
    with pytest.raises(cq.Error, match="meant") as caught:
        cq.Network.from_table({"supplier": ["alpha"], "customer": ["alpa"]}, {"id": ["alpha", "beta"]})
    assert caught.value.findings[0].record == 1


def test_chains_of_tables_are_the_chain(advanced: cq.Chain) -> None:
    pl = library("polars")
    names = ["segments", "enterprises", "links", "institutions", "problems", "scores", "projects", "milestones", "results"]
    names += ["policy_tools", "indicators"]
    for convert in (lambda t: t, lambda t: t.to_polars(), lambda t: t.to_pandas(), lambda t: t.to_polars().rows(named=True)):
        tables = {name: convert(advanced.table(name)) for name in names if len(advanced.table(name))}
        back = cq.Chain.from_tables(tables, name=advanced.name, severity=advanced.severity)
        for name in names:
            if len(advanced.table(name)):
                assert len(back.table(name)) == len(advanced.table(name)), name
        assert back.enterprises["segments"] == advanced.enterprises["segments"]
        assert back.network() == advanced.network()
    assert isinstance(pl.DataFrame(advanced.enterprises), pl.DataFrame)


def test_errors_of_tables_name_table_row_and_column() -> None:
    with pytest.raises(cq.Error) as caught:
        cq.Chain.from_tables(enterprises={"id": ["a", "a"], "name": ["A", "B"], "stage": ["上游", "sideways"]})
    places = {(finding.record, finding.column) for finding in caught.value.findings}
    assert (2, "stage") in places and len(places) >= 2
    assert {finding.file for finding in caught.value.findings} == {"enterprises"}
    assert "chainqual-" not in str(caught.value) and "enterprises: column 'stage'" in str(caught.value)
    with pytest.raises(ValueError, match="firms"):
        cq.Chain.from_tables(firms={"id": ["a"]})
    with pytest.raises(ValueError, match="same table"):
        cq.Chain.from_tables({"enterprises": {"id": ["a"]}, "企业": {"id": ["b"]}})


# ---- misuse -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nonsense", [5, None, object(), {"impact": 5}, {"impact": "text"}, [1, 2], {"a": [object()]}, str])
def test_what_is_no_table_is_a_type_error_that_names_the_fix(nonsense: Any) -> None:
    with pytest.raises(TypeError, match="give|cells are"):
        MODEL.grade_table(nonsense)


def test_findings_name_every_bad_cell() -> None:
    with pytest.raises(cq.Error) as caught:
        MODEL.grade_table({"影响程度": [5, 6], "diffusion": [4, np.nan], "urgency": ["x", "4"]})
    assert [(f.column, f.record) for f in caught.value.findings] == [("urgency", 1), ("影响程度", 2), ("diffusion", 2)]
    with pytest.raises(ValueError, match="impact"):
        MODEL.grade_table({"impct": [5], "diffusion": [4], "urgency": [4]})
    with pytest.raises(ValueError, match="impct"):
        MODEL.grade_table({"a": [5], "diffusion": [4], "urgency": [4]}, impact="impct")
    with pytest.raises(ValueError, match="total"):
        MODEL.grade_table({"impact": [5], "diffusion": [4], "urgency": [4]}, total="float")
    with pytest.raises(ValueError, match="differ"):
        cq.Table({"a": [1], "b": [1, 2]})
    with pytest.raises(TypeError, match="one-dimensional"):
        MODEL.grade_table({"impact": np.zeros((2, 2)), "diffusion": [4], "urgency": [4]})


def test_dates_fractions_and_lists_are_cells() -> None:
    table = again(
        {
            "day": [datetime.date(2026, 3, 1), None],
            "moments": np.array(["2026-03-01T12", "NaT"], dtype="datetime64[h]"),
            "exact": [Fraction(5, 4), Decimal("1.50")],
            "thirds": [Fraction(1, 3), None],
            "several": [["芯片", "整机"], ["a;b"]],
            "huge": [2**70, 1],
            "half": np.array([3.95, 4], dtype=np.float16),
        }
    )
    assert table["day"] == ["2026-03-01", None]
    assert table["moments"] == ["2026-03-01", None]
    assert table["exact"] == [Decimal("1.25"), Decimal("1.50")]
    assert table["thirds"] == ["1/3", None]
    assert table["several"] == ["芯片; 整机", "a\\;b"]
    assert table["huge"] == [str(2**70), "1"]
    assert table["half"].tolist() == [3.95, 4.0]


def test_taking_and_handing_out_leaks_nothing() -> None:
    pa = library("pyarrow")
    values = np.zeros(200_000)
    before = sys.getrefcount(values)
    for _ in range(50):
        table = cq.Table({"x": values, "t": ["text"] * 10 + [None] * 199_990})
        again(pa.table(table))
        capsule = table.__arrow_c_stream__()
        del capsule  # never consumed
    del table
    assert sys.getrefcount(values) == before
    assert pa.total_allocated_bytes() < 1_000_000
