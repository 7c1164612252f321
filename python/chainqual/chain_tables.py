"""Tables of any library as the tables of a chain folder."""

from __future__ import annotations

import dataclasses
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import _chainqual as _native
from ._errors import Error, ErrorCode, Findings, MissingError
from ._intake import WORKBOOKS, arrow_of
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen
from ._workbooks import read_sheet, sheet_names

TITLES = {name: Text(zh, name.replace("_", " ")) for name, zh in _native.table_names()}
"""The tables of a chain folder, in its order, and what to call them."""


def _table_name(title: str) -> str | None:
    """The table of a chain folder that a title names, in English or Chinese; none where it names none."""
    folded = title.strip().lower()
    return next((key for key, text in TITLES.items() if folded in (key, text.en, text.zh)), None)


def _is_info(title: str) -> bool:
    """Whether a title names the sheet in which a chain says of itself what ``chain.json`` does."""
    return title.strip().lower() in _native.info_names()


def _write_info(table: Any, title: str, folder: str) -> None:
    """The rows (field, value) of that sheet, as ``chain.json``."""
    columns = Table._of(arrow_of(table, title))
    if len(columns.columns) < 2:
        raise ValueError(
            chosen(
                f"“{title}”应有两列：项目、内容。",
                f"'{title}' needs two columns: field, value.",
            )
        )
    fields, values = (list(columns[name]) for name in list(columns.columns)[:2])

    def plain(value: Any) -> str:
        if value is None or value != value:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    pairs = [(plain(name), plain(value)) for name, value in zip(fields, values) if plain(name)]
    _native.write_info(pairs, title, os.path.join(folder, "chain.json"))


def sheet_of(data: Any, table: str) -> str | int:
    """The sheet of a workbook that is named like a table; the first where none is, or where `data` is no workbook."""
    if isinstance(data, (str, os.PathLike)) and Path(data).suffix.lower() in WORKBOOKS:
        return next((sheet for sheet in sheet_names(data) if _table_name(sheet) == table), 0)
    return 0


def known_suffix(target: Path, known: Sequence[str]) -> str:
    """The suffix that decides what is written; none for a folder, with whatever name, that exists.

    Raises
    ------
    ValueError
        A suffix that is not known, so that no folder is made by the name of a file.
    """
    if target.is_dir():
        return ""
    suffix = target.suffix.lower()
    if suffix not in known:
        formats = ", ".join(one for one in known if one)
        raise ValueError(
            chosen(
                f"不能写成 {suffix}；可用的后缀：{formats}，无后缀则写成文件夹。",
                f"{suffix} cannot be written; the suffixes are {formats}, and without one a folder is made.",
            )
        )
    return suffix


def _of_tables(error: Error, folder: str) -> Error:
    """The error with tables in place of the files that held them."""
    place = re.compile(re.escape(folder + os.sep) + r"(\w+)\.csv(:\d+)?")

    def named(text: Text) -> Text:
        return Text(place.sub(r"\1", text.zh), place.sub(r"\1", text.en))

    kept = [
        dataclasses.replace(finding, file=place.sub(r"\1", finding.file), line=0, text=named(finding.text))
        for finding in error.findings
    ]
    counts = (error.findings.infos, error.findings.warnings, error.findings.errors)
    return type(error)(error.code, named(Text(error.message_zh, error.message_en)), Findings(kept, counts))


def _bad_table(title: str, twice: str | None) -> str:
    if twice:
        return chosen(f"“{twice}”与“{title}”是同一张表。", f"'{twice}' and '{title}' are the same table.")
    known = ", ".join(TITLES)
    return chosen(f"没有叫“{title}”的表；可用的有：{known}。", f"No table is called '{title}'; there are {known}.")


def _by_name(tables: Any) -> dict[str, Any]:
    """Tables by name: of a mapping, or of the sheets of a workbook that are named like tables."""
    if isinstance(tables, (str, os.PathLike)):
        path = Path(tables)
        if path.suffix.lower() not in WORKBOOKS:
            raise ValueError(
                chosen(
                    f"{path} 不是工作簿（{'、'.join(sorted(WORKBOOKS))}）；文件夹和 .json 请用 read_chain，CSV 请先读成表。",
                    f"{path} is no workbook ({', '.join(sorted(WORKBOOKS))}); read folders and .json with read_chain, and CSV "
                    "files into tables first.",
                )
            )
        return {sheet: read_sheet(tables, sheet) for sheet in sheet_names(tables) if _table_name(sheet) or _is_info(sheet)}
    if not isinstance(tables, Mapping) or isinstance(tables, Table):
        kind = type(tables).__name__
        raise TypeError(
            chosen(
                f"tables 应为 {{名称: 表}} 的字典或工作簿的路径，而不是 {kind}。一张表请写成 enterprises=… 或 links=…。",
                f"tables must be a mapping of names to tables, or the path of a workbook, not {kind}. Give one table by its "
                "name: enterprises=… or links=….",
            )
        )
    return dict(tables)


def _no_enterprises(tables: Any, titles: list[str]) -> MissingError:
    workbook = isinstance(tables, (str, os.PathLike))
    found = sheet_names(tables) if workbook else titles
    zh, en = "、".join(found) or "没有", ", ".join(found) or "none"
    if workbook:
        text = Text(
            f"{tables} 没有名为“{TITLES['enterprises'].zh}”或“enterprises”的工作表；现有：{zh}。请改工作表的名称。",
            f"{tables} has no sheet named 'enterprises' or '{TITLES['enterprises'].zh}'; there are: {en}. Rename the sheet.",
        )
    else:
        text = Text(
            f"没有企业表；现有：{zh}。请给 enterprises=…，至少含 id、name 和 stage。",
            f"There is no table of enterprises; there are: {en}. Pass enterprises=… with at least id, name and stage.",
        )
    return MissingError(ErrorCode.not_found, text)


def read_tables(
    tables: Mapping[str, Any] | str | os.PathLike[str],
    more: Mapping[str, Any],
    repair: bool,
    threads: int | None,
    progress: Progress,
) -> tuple[_native.Chain, list[tuple[str, int, int, int]]]:
    """A chain of tables by name, or of the sheets of a workbook, and how many rows each gave.

    They are written as the files of a chain folder and read as such, so that every rule and heading is the same.
    """
    given = {**_by_name(tables), **more}
    keys = {_table_name(title) for title in given if not _is_info(title)}
    if not keys & {"enterprises", None}:  # a title of no table is refused below
        raise _no_enterprises(tables, list(given))
    with (
        tempfile.TemporaryDirectory(prefix="chainqual-") as folder,
        running(threads, progress, "读取", "reading") as how,
    ):
        written: dict[str, str] = {}
        for title, table in given.items():
            if _is_info(title):
                _write_info(table, title, folder)
                continue
            key = _table_name(title)
            if key is None or key in written:
                raise ValueError(_bad_table(title, written.get(key or "")))
            written[key] = title
            _native.write_table_csv(arrow_of(table, title), os.path.join(folder, f"{key}.csv"))
        try:
            native, counts = _native.read_chain(folder, repair, None, how)
        except Error as error:
            raise _of_tables(error, folder) from None
        _native.name_tables(native, folder)
    return native, counts
