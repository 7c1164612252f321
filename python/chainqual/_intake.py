"""Whatever holds columns, as Arrow columns."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from . import _chainqual as _native
from ._errors import Error
from ._tables import Table
from ._text import chosen

WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


def arrow_of(data: Any, name: str = "table", sheet: str | int = 0) -> _native.ArrowTable:
    """The Arrow columns of anything that holds columns, without a copy where the holder speaks Arrow or NumPy.

    Parameters
    ----------
    data : object
        Anything with ``__arrow_c_stream__`` or ``__arrow_c_array__`` (polars, pyarrow, DuckDB, pandas with pyarrow), a
        pandas DataFrame, a mapping of columns, a structured NumPy array, a list of mappings, or the path of a workbook.
    name : str
        What the argument is called, for messages.
    sheet : str or int
        Of a workbook.
    """
    if isinstance(data, _native.ArrowTable):
        return data
    if isinstance(data, Table):
        return data._native_table()
    if isinstance(data, (str, os.PathLike)):
        return _workbook(Path(data), name, sheet)
    if isinstance(data, Mapping):
        return arrow_of_columns(data)
    taken = _taken(data)
    if taken is not None:
        return _with_lists(data, taken)
    if isinstance(data, np.ndarray) and data.dtype.names:
        return arrow_of_columns({field: data[field] for field in data.dtype.names})
    if hasattr(data, "collect_schema"):
        raise TypeError(
            chosen(
                f"{name} 是尚未计算的 LazyFrame；请先 .collect()。",
                f"{name} is a LazyFrame, which is not computed yet; call .collect() first.",
            )
        )
    if hasattr(data, "columns") and hasattr(data, "__getitem__") and not callable(data.columns):
        return arrow_of_columns({str(column): data[column] for column in data.columns})
    if isinstance(data, Iterable):
        rows = list(data)
        if all(isinstance(row, Mapping) for row in rows):
            return _records(rows)
    raise TypeError(
        chosen(
            f"{name} 不能是 {type(data).__name__}；请给 polars、pyarrow、pandas 或 DuckDB 的表，列的字典，或记录（字典）的列表。",
            f"{name} cannot be {type(data).__name__}; give a table of polars, pyarrow, pandas or DuckDB, a dict of columns, "
            "or a list of records (dicts).",
        )
    )


def arrow_of_columns(columns: Mapping[Any, Any]) -> _native.ArrowTable:
    """Arrow columns out of a mapping of arrays, lists or Series."""
    return _native.ArrowTable.of([_column(str(name), values) for name, values in columns.items()])


def index_of(data: Any) -> Any:
    """The index of a pandas DataFrame; None of any other table."""
    pandas = sys.modules.get("pandas")
    return data.index if pandas is not None and isinstance(data, pandas.DataFrame) else None


def _taken(data: Any) -> _native.ArrowTable | None:
    """What an Arrow producer hands out; None where it is none, or cannot (pandas without pyarrow)."""
    if isinstance(data, type):
        return None
    try:
        if hasattr(data, "__arrow_c_stream__"):
            return _native.ArrowTable.take_stream(data.__arrow_c_stream__())
        if hasattr(data, "__arrow_c_array__"):
            schema, array = data.__arrow_c_array__()
            return _native.ArrowTable.take_array(schema, array)
    except ImportError:
        pass
    return None


def _with_lists(data: Any, taken: _native.ArrowTable) -> _native.ArrowTable:
    """The same with columns of lists as text, one cell of several as chain folders have them."""
    unread = taken.unread()
    if not unread or not hasattr(data, "__getitem__"):
        return taken
    columns = []
    for name in taken.names():
        values = data[name] if name in unread else None
        listed = getattr(values, "to_list", None) or getattr(values, "to_pylist", None)
        cells = listed() if listed is not None else []
        lists = bool(cells) and all(cell is None or isinstance(cell, (list, tuple, np.ndarray)) for cell in cells)
        columns.append(_of_list(name, cells) if lists else taken.at(name))
    return _native.ArrowTable.of(columns)


def _workbook(path: Path, name: str, sheet: str | int) -> _native.ArrowTable:
    if path.suffix.lower() not in WORKBOOKS:
        raise TypeError(
            chosen(
                f"{name} 是路径 {path}，但只能直接读取工作簿（{'、'.join(sorted(WORKBOOKS))}）；其他文件请先读成表，例如 polars.read_csv。",
                f"{name} is the path {path}, but only workbooks ({', '.join(sorted(WORKBOOKS))}) are read directly; read other "
                "files into a table first, for example with polars.read_csv.",
            )
        )
    from ._workbooks import workbook

    return workbook(path, sheet)


def _records(rows: Sequence[Mapping[Any, Any]]) -> _native.ArrowTable:
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(map(str, row)))
    return arrow_of_columns({name: [row.get(name) for row in rows] for name in names})


def _column(name: str, values: Any) -> _native.ArrowColumn:
    if isinstance(values, np.ndarray):
        return _of_array(name, values)
    if hasattr(values, "isna") and hasattr(values, "dtype"):
        return _of_series(name, values)
    taken = None if isinstance(values, (list, tuple, range)) else _taken(values)
    if taken is not None:
        return taken.column(name)
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(
            chosen(
                f"“{name}”列不能是 {type(values).__name__}；请给数组或列表。",
                f"Column '{name}' cannot be {type(values).__name__}; give an array or a list.",
            )
        )
    return _of_list(name, list(values))


def _of_series(name: str, series: Any) -> _native.ArrowColumn:
    """A pandas Series or array, without pyarrow."""
    dtype = series.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "biufM":
        return _of_array(name, np.asarray(series))
    missing = np.asarray(series.isna())
    number = getattr(dtype, "numpy_dtype", None)
    if isinstance(number, np.dtype) and number.kind in "biuf":
        values = series.to_numpy(dtype=number, na_value=number.type(0))
        return _of_array(name, values, ~missing if missing.any() else None)
    cells = np.asarray(series, dtype=object).tolist()
    return _of_list(name, [None if lost else cell for cell, lost in zip(cells, missing.tolist())])


def _of_array(name: str, array: np.ndarray[Any, Any], present: Any = None) -> _native.ArrowColumn:
    if array.ndim != 1:
        raise TypeError(
            chosen(
                f"“{name}”列应为一维数组，而不是 {array.ndim} 维。",
                f"Column '{name}' must be a one-dimensional array, not one of {array.ndim} dimensions.",
            )
        )
    if isinstance(array, np.ma.MaskedArray):
        return _of_list(name, array.tolist())
    kind = array.dtype.kind
    if kind == "M":
        days = array.astype("datetime64[D]")
        return _native.arrow_texts(name, [None if np.isnat(day) else str(day) for day in days])
    if kind == "f" and array.dtype.itemsize not in (4, 8):
        # Halves and long doubles stand for the decimals that they print as.
        array = np.array([float(str(value)) for value in array], dtype=np.float64)
    if kind in "biuf":
        array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))
        column = _native.arrow_numbers(name, array, present)
        if column is not None:
            return column
    return _of_list(name, array.tolist())


def _of_list(name: str, values: list[Any]) -> _native.ArrowColumn:
    kinds = {_kind(value) for value in values if value is not None}
    if not kinds and values:
        return _native.arrow_texts(name, values)
    if kinds <= {"truth"} or kinds <= {"whole"} or kinds <= {"whole", "real"}:
        column = _of_numbers(name, values, kinds)
        if column is not None:
            return column
    if kinds <= {"whole", "decimal"}:
        try:
            return _native.arrow_decimals(
                name, [None if value is None else f"{value:f}" for value in map(_exact, values)]
            )
        except (ValueError, Error):
            pass  # more digits than a decimal column keeps: they stay text
    if "other" in kinds:
        odd = next(value for value in values if value is not None and _kind(value) == "other")
        raise TypeError(
            chosen(
                f"“{name}”列含有 {type(odd).__name__}；单元格应为数、文本、日期或 None。",
                f"Column '{name}' holds {type(odd).__name__}; cells are numbers, texts, dates or None.",
            )
        )
    return _native.arrow_texts(name, [None if value is None else _as_text(value) for value in values])


def _kind(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "truth"
    if isinstance(value, (int, np.integer)):
        return "whole"
    if isinstance(value, (float, np.floating)):
        return "real"
    if isinstance(value, (Decimal, Fraction)):
        return "decimal"
    if isinstance(value, (str, datetime.date, np.datetime64, list, tuple, np.ndarray)):
        return "text"
    return "other"


def _of_numbers(name: str, values: list[Any], kinds: set[str]) -> _native.ArrowColumn | None:
    dtype = np.bool_ if kinds == {"truth"} else np.float64 if "real" in kinds else np.int64
    missing = any(value is None for value in values)
    present = np.array([value is not None for value in values]) if missing else None
    try:
        array = np.array([0 if value is None else value for value in values], dtype=dtype)
    except OverflowError:
        return None  # beyond 64 bits: kept as text
    return _native.arrow_numbers(name, array, present)


def _exact(value: Any) -> Decimal | None:
    """A number as a Decimal; a fraction that does not end, and NaN, are no such thing."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        ends = value.denominator
        for prime in (2, 5):
            while ends % prime == 0:
                ends //= prime
        if ends != 1:
            raise ValueError(value)
        return Decimal(value.numerator) / Decimal(value.denominator)
    number = Decimal(value)
    if not number.is_finite():
        return None
    return number


def _as_text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, (list, tuple, np.ndarray)):
        return "; ".join(_escaped(str(part)) for part in value)
    return str(value)


def _escaped(part: str) -> str:
    """One element of a cell of several: separators inside it are marked as ordinary characters."""
    return "".join("\\" + c if c in "\\;；、" else c for c in part)
