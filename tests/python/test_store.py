"""The registers in a database, and the standard's forms."""

from __future__ import annotations

import datetime
import threading
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import postgresql
import pytest

import chainqual as cq


@pytest.fixture(scope="module")
def server() -> Iterator[postgresql.Server]:
    one = postgresql.Server()
    yield one
    one.stop()


@pytest.fixture(params=["sqlite", "postgresql"] if postgresql.INSTALLED else ["sqlite"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a store that is to be made."""
    if request.param == "sqlite":
        return str(tmp_path / "q.db")
    return request.getfixturevalue("server").fresh_address()  # type: ignore[no-any-return]


@pytest.fixture
def store(address: str, advanced: cq.Chain) -> Iterator[cq.Store]:
    with cq.Store.open(address, clerk="Wang") as opened:
        opened.fill(advanced)
        yield opened


def same(a: cq.Chain, b: cq.Chain) -> bool:
    return bool(a._native.same(b._native))


def test_a_store_gives_back_the_chain_that_filled_it(store: cq.Store, advanced: cq.Chain) -> None:
    assert same(store.chain(), advanced)
    with pytest.raises(cq.Error) as refused:
        store.fill(advanced)
    assert refused.value.code is cq.ErrorCode.duplicate


@pytest.mark.parametrize("name", ["out", "out.json"])
def test_folder_and_json_round_trip_exactly(store: cq.Store, tmp_path: Path, name: str) -> None:
    store.export_chain(tmp_path / name)
    with cq.Store.open(tmp_path / "other.db") as other:
        other.import_chain(tmp_path / name)
        assert same(other.chain(), store.chain())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_round_trips_exactly(store: cq.Store, tmp_path: Path, lang: str) -> None:
    store.step("problem", "AC-U-T-01", "analysing", date="2025-06-01", who="lead", by="=HYPERLINK(1)")
    store.change(store.find("problems", "AC-U-T-02"), ideas="=1+1", scope="</td>\n𠮷䶮")  # type: ignore[arg-type]
    store.change_info(store.info(), review_cycle_months=6, sources=["a; b", "c、d"])
    store.export_chain(tmp_path / "out.xlsx", lang=lang)
    with cq.Store.open(tmp_path / "other.db") as other:
        other.import_chain(tmp_path / "out.xlsx")
        assert dict(other.info()) == dict(store.info())
        assert other.chain().to_json() == store.chain().to_json()
        assert same(other.chain(), store.chain())


def test_a_workbook_whose_sheet_of_the_chain_is_wrong_says_where(store: cq.Store, tmp_path: Path) -> None:
    store.export_chain(tmp_path / "out.xlsx", lang="en")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for row in book["chain"].iter_rows():
        if row[0].value == "date":
            row[1].value = "2025-02-30"
    book.save(tmp_path / "out.xlsx")
    with cq.Store.open(tmp_path / "other.db") as other, pytest.raises(cq.Error, match="2025-02-30"):
        other.import_chain(tmp_path / "out.xlsx")


def test_records_are_added_changed_listed_and_removed(store: cq.Store) -> None:
    added = store.add(
        "质量问题库", {"编号": "P9"}, stage="上游", name="虚焊", segments=["ac-u-part"], cost=Decimal("0.2")
    )
    assert added["stage"] == "upstream" and added["cost"] == "0.2" and added.changed_by == "Wang"
    changed = store.change(added, ideas="换料", date=datetime.date(2025, 6, 1), common=True)
    assert changed.version == 2 and changed["date"] == "2025-06-01" and changed["common"] == "true"
    assert "ideas" not in store.change(changed, ideas=None)
    assert store.get("problems", added.entry).version == 3
    page = store.list("problems", {"name": "虚焊"})
    assert page.total == 1 and page.table()["number"] == ["P9"]
    assert store.list("problems", [("date", ">=", "2025-01-01"), ("segments", "is", "ac-u-part")]).total == 1
    assert store.list("problems", order_by="number", descending=True, limit=1)[0]["number"] == "P9"
    store.remove(store.get("problems", added.entry))
    assert store.find("problems", "P9") is None


@pytest.mark.parametrize(
    ("offset", "limit", "length"), [(0, 100, 28), (0, 28, 28), (0, 5, 5), (20, 100, 8), (28, 5, 0), (99, 5, 0)]
)
def test_every_page_knows_how_many_there_are(store: cq.Store, offset: int, limit: int, length: int) -> None:
    page = store.list("problems", offset=offset, limit=limit)
    assert (len(page), page.total) == (length, 28)
    assert store.list("problems", {"name": "none"}, offset=offset, limit=limit).total == 0


def test_lists_survive_what_separates_their_elements(store: cq.Store) -> None:
    products = ["a;b", "c、d", "e\\f", " g "]
    store.add("problems", number="P9", stage="upstream", products=products)
    assert store.chain().problems["products"][-1] == ["a;b", "c、d", "e\\f", "g"]


def test_who_comes_second_is_told_who_came_first(store: cq.Store, address: str) -> None:
    mine = store.find("problems", "AC-U-T-01")
    assert mine is not None
    with cq.Store.open(address, clerk="Li") as other:
        theirs = other.find("problems", "AC-U-T-01")
        assert theirs is not None
        other.change(theirs, ideas="theirs")
    with pytest.raises(cq.Error, match="Li") as refused:
        store.change(mine, ideas="mine")
    assert refused.value.code is cq.ErrorCode.conflict
    found = store.find("problems", "AC-U-T-01")
    assert found is not None and found["ideas"] == "theirs"


def test_steps_follow_the_lifecycle_and_leave_a_history(store: cq.Store) -> None:
    step = store.step("problem", "AC-U-T-01", "分析中", date=datetime.date(2025, 6, 1), who="lead", by="Wang")
    assert (step["step"], step["from"], step["to"]) == ("analyse", "identified", "analysing")
    with pytest.raises(cq.Error) as refused:
        store.step("problem", "AC-U-T-01", "solved", date="2025-06-02")
    assert refused.value.code is cq.ErrorCode.illegal_step
    assert list(store.history("problem", "AC-U-T-01")["date"]) == ["2025-06-01"]
    then, now = store.as_of("2025-05-01"), store.chain()
    assert then.problems["status"][0] == "identified" and now.problems["status"][0] == "analysing"


def test_a_step_entered_by_mistake_is_taken_back(store: cq.Store) -> None:
    store.step("problem", "AC-U-T-01", "analysing", date="2025-06-01", who="lead")
    with pytest.raises(cq.Error, match="analyse"):
        store.correct("problem", "AC-U-T-01", "attack", date="2025-06-02", reason="mistyped")
    with pytest.raises(cq.Error, match="reason"):
        store.correct("problem", "AC-U-T-01", "analyse", date="2025-06-02", reason="")
    back = store.correct("problem", "AC-U-T-01", "analyse", date="2025-06-02", reason="meant for AC-U-T-02")
    assert (back["step"], back["corrects"], back["to"], back["by"]) == ("correct", "analyse", "identified", "Wang")
    assert list(store.history("problem", "AC-U-T-01")["corrects"]) == ["", "analyse"]
    for day in ("2025-06-01", "2025-07-01"):
        assert store.as_of(day).problems["status"][0] == "identified"
    assert store.consistency("2025-07-01").errors == 0


def test_who_does_what_in_a_project_is_kept_and_printed(store: cq.Store, tmp_path: Path) -> None:
    added = store.add("partners", project="AC-P-01", unit="sugon", principal="王", tasks="总体；验证")
    assert added["tasks"] == "总体；验证"
    with pytest.raises(cq.Error, match="AC-P-01"):
        store.add("partners", project="AC-P-99", unit="sugon")
    assert list(store.chain().partners["principal"]) == ["王"]
    store.export_chain(tmp_path / "out.xlsx")
    with cq.Store.open(tmp_path / "other.db") as other:
        other.import_chain(tmp_path / "out.xlsx")
        assert other.chain().to_json() == store.chain().to_json()
    assert "总体；验证" in store.form("F", number="AC-P-01").html


def test_the_cycle_of_reports_stands_with_the_chain(store: cq.Store) -> None:
    assert store.info()["report_cycle_months"] == 3
    changed = store.change_info(store.info(), report_cycle_months=6)
    assert changed["report_cycle_months"] == 6 and store.chain().info["report_cycle_months"] == 6
    assert len(store.due("2025-01-01", report_months=1)) == len(store.due("2025-01-01"))
    with pytest.raises(ValueError, match="report_cycle_months"):
        store.change_info(changed, report_cycle_months=0)


def test_what_a_record_was_is_kept(store: cq.Store) -> None:
    added = store.add("problems", number="P9", stage="upstream", name="a")
    changed = store.change(added, name="b")
    was, now = store.revisions(changed)
    assert (was.record["name"], was.ended_by, was.removed) == ("a", "Wang", False)
    assert (now.record, now.ended_at) == (changed, "")
    store.remove(changed)
    assert [one.removed for one in store.revisions("problems", added.entry)] == [False, True]
    with pytest.raises(TypeError, match="entry number"):
        store.revisions("problems")


def test_what_the_chain_says_of_itself_is_read_and_changed(store: cq.Store) -> None:
    info = store.info()
    assert (info["home_region"], info.version) == ("120000", 1)
    model = cq.SeverityModel(rounding="tenth")
    changed = store.change_info(info, {"version": "2"}, severity=model, name_en="x")
    assert changed.version == 2 and changed["severity"] == model and changed["name"] == info["name"]
    assert store.chain().name_en == "x"
    with pytest.raises(cq.Error) as refused:
        store.change_info(info, name="y")
    assert refused.value.code is cq.ErrorCode.conflict
    with pytest.raises(AttributeError):
        store.change_info(changed, colour="red")


def test_the_rules_of_the_libraries_answer(store: cq.Store) -> None:
    store.add("results", number="R1", name="方法", contributor="甲", level="open", terms="free")
    own, public = store.access("R1", "甲", "2025-06-01"), store.access("R1", day="2025-06-01")
    assert (own.see, own.use) == (True, True) and not public.see and "not shared" in str(public.reason)
    with pytest.raises(cq.Error, match="R1") as refused:
        store.access("R2")
    assert refused.value.code is cq.ErrorCode.not_found
    covered = store.coverage("2025-06-01")
    assert list(dict.fromkeys(covered["segment"])) == list(store.chain().table("segments")["id"])
    assert any(product and not by for product, by in zip(covered["product"], covered["tested_by"]))
    assert "contributed" in store.proposals().columns
    with pytest.raises(cq.Error):
        store.conflicts("L9")


def test_a_search_finds_single_characters(store: cq.Store) -> None:
    hits = store.search("芯")
    assert hits and all("芯" in hit.text for hit in hits)
    assert len(store.search("芯", limit=1)) == 1 and store.search("芯", limit=1).more
    assert {hit.table for hit in store.search("质量", ["projects"])} <= {"projects"}
    assert set(hits.table().columns) == {"table", "entry", "number", "name", "field", "text"}
    with pytest.raises(ValueError):
        store.search("…")


def test_facts_of_an_assessment_stand_beside_the_problems(store: cq.Store) -> None:
    report = cq.assess(store.chain())
    facts = store.write_facts(report, "2025-06-01")
    assert list(facts["problem"]) == list(store.chain().problems["number"])
    assert set(facts["date"]) == {"2025-06-01"}
    assert len(store.table("facts")) == len(facts)


def test_due_warnings_and_checks_are_tables_and_findings(store: cq.Store) -> None:
    due = store.due("2035-01-01")
    assert "review" in due["kind"] and min(due["overdue_days"]) > 0
    assert due["due"] == sorted(due["due"])
    assert len(store.warnings("2025-01-01")) == 0
    assert store.check().errors == 0
    assert store.consistency("2025-01-01").errors == 0


def test_a_backup_holds_everything(store: cq.Store, tmp_path: Path) -> None:
    store.back_up(tmp_path / "backup.db")
    with cq.Store.open(tmp_path / "new.db") as other:
        other.restore(tmp_path / "backup.db")
        assert same(other.chain(), store.chain())
    with pytest.raises(cq.Error):
        store.back_up(tmp_path / "backup.db")


def test_misuse_is_an_error_that_says_what_to_do(store: cq.Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        cq.Store.open(tmp_path / "none.db", must_exist=True)
    with pytest.raises(cq.Error, match="problems"):
        store.list("riddles")
    with pytest.raises(ValueError, match="contains"):
        store.list("problems", [("name", "like", "x")])
    with pytest.raises(cq.Error) as refused:
        store.add("problems", number="P9", stage="sideways", cost=7)
    assert refused.value.findings.errors == 2
    with pytest.raises(TypeError, match="text, a number"):
        store.add("problems", number="P9", stage=object())
    store.close()
    store.close()
    with pytest.raises(cq.Error, match="closed"):
        store.chain()


def test_threads_may_share_a_store(store: cq.Store) -> None:
    def add(first: int) -> None:
        for k in range(first, 40, 4):
            store.add("problems", number=f"T{k}", stage="upstream")

    threads = [threading.Thread(target=add, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.list("problems", [("number", "from", "T")]).total == 40
    assert store.check().errors == 0


# ---- forms ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["A", "C", "E", "F", "G", "H", "I"])
def test_a_workbook_holds_what_the_form_says(advanced: cq.Chain, tmp_path: Path, which: str) -> None:
    forms = cq.standard_forms(advanced, which, first="2025-01-01", last="2025-12-31", lang="zh")
    path = forms.save(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(forms)
    for position, sheet in enumerate(book.worksheets):
        seen = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
        filled = [text for _, rows in forms.blocks(position) for row in rows for text in row if text]
        assert [text for text in filled if text not in seen] == []
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        assert sheet.page_setup.paperSize == 9


def test_forms_are_the_same_bytes_for_the_same_registers(store: cq.Store, tmp_path: Path) -> None:
    a = store.form("C", lang="zh")
    b = cq.standard_forms(store.chain(), "C.1", lang="zh")
    assert a.html == b.html
    assert a.save(tmp_path / "a.xlsx").read_bytes() == b.save(tmp_path / "b.xlsx").read_bytes()
    assert a.save(tmp_path / "a.html").read_text(encoding="utf-8") == a.html
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")


def test_hostile_text_stays_text(store: cq.Store, tmp_path: Path) -> None:
    text = "</td><script>alert(1)</script>=1+1"
    found = store.find("problems", "AC-U-T-01")
    assert found is not None
    store.change(found, ideas="=1+1", scope=text)
    forms = store.form("C")
    assert "<script" not in forms.html
    sheet = openpyxl.load_workbook(forms.save(tmp_path / "c.xlsx")).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in ("=1+1", text)]
    assert len(cells) == 2 and all(cell.data_type == "s" for cell in cells)


def test_forms_show_themselves_and_refuse_what_they_cannot(advanced: cq.Chain, tmp_path: Path) -> None:
    forms = cq.standard_forms(advanced, "F", lang="en")
    assert len(forms) == 5 and "5 in all" in repr(forms)
    assert "srcdoc" in forms._repr_html_()
    with pytest.raises(IndexError):
        forms.blocks(5)
    with pytest.raises(ValueError, match=".xlsx"):
        forms.save(tmp_path / "form.docx")
    with pytest.raises(ValueError):
        cq.standard_forms(advanced, "Z")
    with pytest.raises(cq.Error, match="AC-P-01"):
        cq.standard_forms(advanced, "F", number="AC-P-99")
    given = cq.standard_forms(advanced, "I", first="2025-01-01", last="2025-12-31", given={"jobs": (120, "bureau")})
    assert "120" in given.blocks()[0][1][2] and any("bureau" in note for note in given.notes())
