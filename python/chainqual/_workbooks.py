"""Sheets of workbooks as Arrow columns: errors of cells are refused, merged cells hold their value throughout."""

from __future__ import annotations

import dataclasses
import logging
import os
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat

from . import _chainqual as _native
from ._errors import ErrorCode, Finding, Findings, InvalidError, MissingError
from ._intake import _of_list, _taken
from ._tables import Table
from ._text import Text, chosen

_ZIPPED = {".xlsx", ".xlsm"}
_KEPT = 1000
_NAMES = {
    "Null": "#NULL!",
    "Div0": "#DIV/0!",
    "Value": "#VALUE!",
    "Ref": "#REF!",
    "Name": "#NAME?",
    "Num": "#NUM!",
    "NA": "#N/A",
}


@dataclasses.dataclass
class _Marks:
    """What the XML of a sheet says beside its values, by row and column from 0."""

    errors: list[tuple[int, int, str]] = dataclasses.field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = dataclasses.field(default_factory=list)  # first and last row and column
    first_row: int = -1  # of the cells that hold something
    first_column: int = -1


def cell_name(row: int, column: int) -> str:
    """'B3' of row 2 and column 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _place(name: str) -> tuple[int, int]:
    """Row and column of 'B3'."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small XML part: local names and attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    parser.Parse(xml, True)
    return found


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of an XLSX file that holds a sheet."""
    relation = None
    for name, attributes in _elements(archive.read("xl/workbook.xml")):
        if name == "sheet" and attributes.get("name") == sheet:
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), None)
    for name, attributes in _elements(archive.read("xl/_rels/workbook.xml.rels")):
        if name == "Relationship" and attributes.get("Id") == relation:
            target = attributes["Target"]
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    return None


class _SheetParser:
    """Reads one sheet's XML for errors, merged ranges and where the cells begin."""

    def __init__(self) -> None:
        self.marks = _Marks()
        self._error: tuple[int, int] | None = None
        self._at = (0, 0)
        self._row = self._column = -1
        self._holds = False
        self._text: list[str] = []

    def parse(self, xml: bytes) -> _Marks:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(xml, True)
        return self.marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            self._at = _place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
            self._column = self._at[1]
            self._error = self._at if attributes.get("t") == "e" else None
        elif name in ("v", "is"):
            marks = self.marks
            marks.first_row = self._at[0] if marks.first_row < 0 else marks.first_row
            marks.first_column = self._at[1] if marks.first_column < 0 else min(marks.first_column, self._at[1])
            self._text = []
            self._holds = self._error is not None
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.marks.merged.append((*_place(first), *_place(last or first)))

    def _data(self, text: str) -> None:
        if self._holds:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if self._holds and name.rpartition(":")[2] in ("v", "is") and self._error is not None:
            self.marks.errors.append((*self._error, "".join(self._text)))
            self._holds = False


def _marks_of(path: Path, sheet: str) -> _Marks:
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if part is None:
            return _Marks()
        xml = archive.read(part)
    # Most sheets have neither; then the text need not be parsed.
    if b"<mergeCell" not in xml and b":mergeCell" not in xml and not re.search(rb"\bt\s*=\s*[\"']e[\"']", xml):
        return _Marks()
    return _SheetParser().parse(xml)


def _errors_by_arrow(loaded: Any, path: Path) -> list[tuple[int, int, str]]:
    """The errors that fastexcel tells of formats that are no XML in a ZIP file; it needs pyarrow for that."""
    try:
        found = loaded.to_arrow_with_errors()[1]
    except ImportError as missing:
        raise ImportError(
            chosen(
                f"读取 {path.suffix} 工作簿还需要 pyarrow（用来发现 #REF! 等错误值）：pip install pyarrow；也可另存为 .xlsx。",
                f"Reading {path.suffix} workbooks also needs pyarrow, which tells cells such as #REF!: pip install pyarrow; or "
                "save it as .xlsx.",
            )
        ) from missing
    errors = []
    for error in [] if found is None else found.errors:
        named = re.search(r"Error\((\w+)\)", error.detail)
        if named:
            errors.append((*error.position, _NAMES.get(named[1], named[1])))
    return errors


def _refuse_errors(path: Path, sheet: str, names: list[str], marks: _Marks) -> None:
    """Raises an Error that names sheet, cell (or row, where the sheet's first cell is not known) and column of each."""
    errors = marks.errors
    known = marks.first_row >= 0
    top, left = (marks.first_row, marks.first_column) if known else (0, 0)
    kept = []
    for row, column, value in errors[:_KEPT]:
        record = row - top
        cell = Text(f"单元格 {cell_name(row, column)}", f"cell {cell_name(row, column)}")
        if not known:
            cell = Text(f"第 {record} 行数据", f"data row {record}")
        heading = names[column - left] if 0 <= column - left < len(names) else ""
        rule = Text("单元格是电子表格的错误值，不是数据", "the cell holds an error of the spreadsheet, not data")
        fix = Text("在工作簿中更正公式，或清空该单元格", "mend the formula in the workbook, or empty the cell")
        where = Text(f"{path.name}，工作表“{sheet}”，{cell.zh}", f"{path.name}, sheet '{sheet}', {cell.en}")
        text = Text(
            f"{where.zh}，列“{heading}”：{rule.zh}（值“{value}”）；{fix.zh}",
            f"{where.en}, column '{heading}': {rule.en} (value '{value}'); {fix.en}",
        )
        file = f"{path.name}:{sheet}"
        kept.append(
            Finding("error", "invalid_value", file, record, row + 1 if known else 0, heading, 0, value, rule, fix, text)
        )
    if len(errors) == 1:
        message = Text(kept[0].text.zh + "。", kept[0].text.en + ".")
    else:
        message = Text(
            f"工作簿有 {len(errors)} 个错误值。第一个：{kept[0].text.zh}。",
            f"The workbook has {len(errors)} cells with errors. The first: {kept[0].text.en}.",
        )
    raise InvalidError(ErrorCode.invalid_value, message, Findings(kept, (0, 0, len(errors))))


def _filled(table: _native.ArrowTable, marks: _Marks) -> _native.ArrowTable:
    """The table with the value of each merged range in all of its cells; headings are left as they are."""
    names = table.names()
    columns: dict[int, list[Any]] = {}

    def cells(column: int) -> list[Any]:
        if column not in columns:
            values = table.values(names[column])
            columns[column] = values.tolist() if hasattr(values, "tolist") else list(values)
            columns[column] = [None if value != value else value for value in columns[column]]
        return columns[column]

    for top, left, bottom, right in marks.merged:
        top, bottom = top - marks.first_row - 1, bottom - marks.first_row - 1
        left, right = left - marks.first_column, right - marks.first_column
        if not (0 <= top < table.rows and 0 <= left < len(names)):
            continue  # of the heading, or beside the cells
        value = cells(left)[top]
        for column in range(left, min(right + 1, len(names))):
            values = cells(column)
            for row in range(top, min(bottom + 1, table.rows)):
                values[row] = value
            if any(isinstance(one, str) for one in values):  # as one column of text: 1, not 1.0
                values[:] = [int(one) if isinstance(one, float) and one.is_integer() else one for one in values]
    if not columns:
        return table
    return _native.ArrowTable.of(
        [_of_list(name, columns[k]) if k in columns else table.at(name) for k, name in enumerate(names)]
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """fastexcel tells of guessed types through logging, which goes to stderr where nobody has set logging up."""
    log = logging.getLogger("fastexcel")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def _reader(path: Path) -> Any:
    try:
        import fastexcel
    except ImportError as missing:
        raise ImportError(
            chosen(
                "读取工作簿需要 fastexcel：pip install fastexcel",
                "Reading workbooks needs fastexcel: pip install fastexcel",
            )
        ) from missing
    if not path.is_file():
        raise MissingError(
            ErrorCode.not_found,
            Text(f"没有文件 {path}。请核对路径。", f"There is no file {path}. Check the path."),
        )
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise InvalidError(
            ErrorCode.wrong_format,
            Text(
                f"{path} 不是可读取的工作簿；请在电子表格中打开并另存为 .xlsx。",
                f"{path} is no workbook that can be read; open it in a spreadsheet and save it as .xlsx.",
            ),
        ) from error


def _loaded(reader: Any, title: str) -> Any:
    import fastexcel

    try:
        sheet = reader.load_sheet(title)
    except fastexcel.CalamineCellError:  # an error from which no type can be guessed, such as #NAME?
        return reader.load_sheet(title, dtypes="string")
    # A workbook knows days with a time of day only; no table has times.
    moments = {column.index: "date" for column in sheet.selected_columns if column.dtype == "datetime"}
    return reader.load_sheet(title, dtypes=moments) if moments else sheet


def workbook(path: Path, sheet: str | int) -> _native.ArrowTable:
    """One sheet.

    Raises
    ------
    Error
        ``invalid_value``: cells with errors (#REF!, #N/A …), each with sheet, cell and column; ``not_found``;
        ``unknown_reference``: no such sheet; ``wrong_format``.
    """
    with _quiet():
        reader = _reader(path)
        names = list(reader.sheet_names)
        known = sheet in names if isinstance(sheet, str) else -len(names) <= sheet < len(names)
        if not known:
            raise InvalidError(
                ErrorCode.unknown_reference,
                Text(
                    f"{path.name} 没有工作表“{sheet}”；有：{'、'.join(names)}。",
                    f"{path.name} has no sheet '{sheet}'; it has {', '.join(names)}.",
                ),
            )
        title = sheet if isinstance(sheet, str) else names[sheet]
        loaded = _loaded(reader, title)
        taken = _taken(loaded)
        if taken is None:
            raise TypeError(
                chosen(
                    "请更新 fastexcel（0.12 以上）。",
                    "Update fastexcel to 0.12 or later: its sheets do not speak Arrow.",
                )
            )
        zipped = path.suffix.lower() in _ZIPPED
        marks = _marks_of(path, title) if zipped else _Marks(errors=_errors_by_arrow(loaded, path))
    if marks.errors:
        _refuse_errors(path, title, taken.names(), marks)
    return _filled(taken, marks) if marks.merged else taken


def read_sheet(path: str | os.PathLike[str], sheet: str | int = 0) -> Table:
    """One sheet of a workbook (.xlsx, .xls, .xlsm, .xlsb, .ods) as a table. Needs fastexcel, and pyarrow beside .xlsx.

    Of .xlsx and .xlsm, merged cells hold their value throughout; of the others in their first cell.

    Parameters
    ----------
    path : path
    sheet : str or int
        Its name, or its position from 0.

    Returns
    -------
    Table

    Raises
    ------
    Error
        Cells with errors (#REF!, #N/A …) by sheet, cell and column; no such file or sheet.

    Examples
    --------
    >>> import chainqual as cq
    >>> import tempfile, os
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = cq.datasets.advanced_computing().save(os.path.join(folder, "chain.xlsx"), lang="en")
    ...     len(cq.read_sheet(file, "enterprises"))
    11
    """
    return Table._of(workbook(Path(path), sheet))


def sheet_names(path: str | os.PathLike[str]) -> list[str]:
    """The sheets of a workbook."""
    with _quiet():
        return list(_reader(Path(path)).sheet_names)
