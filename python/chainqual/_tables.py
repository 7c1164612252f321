"""Tables in and out."""

from __future__ import annotations

import html
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _chainqual as _native
from ._text import Text, chosen
from ._words import heading, word

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """Named columns of one length: NumPy arrays, or lists of texts and optional values.

    Every library that speaks the Arrow PyCapsule interface takes a Table as it is: ``polars.DataFrame(table)``,
    ``pyarrow.table(table)``, ``duckdb.sql("from table")``.

    Parameters
    ----------
    columns : mapping of str to array or list
        Kept as they are, not copied.
    labels : mapping of str to Text, optional
        What to call columns when showing them to people.
    title : Text, optional

    Examples
    --------
    >>> import chainqual as cq
    >>> table = cq.datasets.advanced_computing().segments
    >>> len(table), table.columns[:2]
    (8, ['id', 'name'])
    """

    __slots__ = ("_arrow", "_categories", "_columns", "_index", "labels", "title")

    def __init__(
        self,
        columns: Mapping[str, Any],
        labels: Mapping[str, Text] | None = None,
        title: Text | None = None,
    ) -> None:
        self._columns = dict(columns)
        self._arrow: _native.ArrowTable | None = None
        self._categories: dict[str, tuple[list[str], bool]] = {}
        self._index: Any = None
        self.labels = dict(labels or {})
        self.title = title
        lengths = {name: len(column) for name, column in self._columns.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(chosen(f"各列长度不一：{lengths}。", f"The columns differ in length: {lengths}."))

    @classmethod
    def _of(cls, arrow: _native.ArrowTable, title: Text | None = None, index: Any = None) -> Table:
        """A table over Arrow columns, which become arrays and lists when they are asked for; `index` is for `to_pandas`."""
        table = cls({}, title=title)
        table._arrow = arrow
        table._index = index
        return table

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns) if self._arrow is None else self._arrow.names()

    def __getitem__(self, name: str) -> Any:
        if self._arrow is None:
            return self._columns[name]
        if name not in self._columns:
            if name not in self._arrow.names():
                raise KeyError(name)
            self._columns[name] = self._arrow.values(name)
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        if self._arrow is not None:
            return self._arrow.rows
        return len(next(iter(self._columns.values()))) if self._columns else 0

    def row(self, position: int) -> dict[str, Any]:
        """One row as a dict.

        Parameters
        ----------
        position : int
            From 0; negative ones count from the end.

        Returns
        -------
        dict of str to value

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Table({"a": [1, 2], "b": ["x", "y"]}).row(-1)
        {'a': 2, 'b': 'y'}
        """
        rows = len(self)
        if not -rows <= position < rows:
            raise IndexError(chosen(f"表只有 {rows} 行。", f"The table has {rows} rows only."))
        if self._arrow is not None and position >= 0:
            one = self._arrow.part(position, 1)
            return {name: _plain(one.values(name)[0]) for name in self.columns}
        return {name: _plain(self[name][position]) for name in self.columns}

    def head(self, rows: int = 10) -> Table:
        """The first rows.

        Parameters
        ----------
        rows : int

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> len(cq.Table({"a": [1, 2, 3]}).head(2))
        2
        """
        if self._arrow is None:
            cut = {name: column[:rows] for name, column in self._columns.items()}
            return _rebuilt(cut, self._categories, self.labels, self.title, self._index_part(rows))
        first = Table._of(self._arrow.part(0, max(rows, 0)), self.title, self._index_part(max(rows, 0)))
        first.labels = self.labels
        return first

    def _index_part(self, rows: int) -> Any:
        return None if self._index is None else self._index[:rows]

    def to_dict(self) -> dict[str, Any]:
        """The columns by name: NumPy arrays and lists.

        Returns
        -------
        dict of str to array or list

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Table({"a": [1, 2]}).to_dict()
        {'a': [1, 2]}
        """
        return {name: self[name] for name in self.columns}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame; columns of words become categories. Needs no pyarrow.

        A table that has a row for each row of a DataFrame (`SeverityModel.grade_table`) keeps that frame's index, so that
        ``frame["grade"] = table.to_pandas()["grade"]`` sets every row's own.

        Returns
        -------
        DataFrame

        Examples
        --------
        >>> import chainqual as cq
        >>> list(cq.Table({"a": [1, 2]}).to_pandas()["a"])
        [1, 2]
        """
        import pandas

        frame = {}
        for name in self.columns:
            words = None if self._arrow is None else self._arrow.dictionary(name)
            if words is None and name in self._categories:
                frame[name] = pandas.Categorical(self[name], *self._categories[name])
            elif words is None:
                frame[name] = self[name]
            else:
                frame[name] = pandas.Categorical.from_codes(words[0], words[1], ordered=words[2])
        return pandas.DataFrame(frame, index=self._index)

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame over the same memory.

        Returns
        -------
        DataFrame

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Table({"a": [1, 2]}).to_polars().shape
        (2, 1)
        """
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow Table over the same memory.

        Returns
        -------
        pyarrow Table

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Table({"a": [1, 2]}).to_arrow().column_names
        ['a']
        """
        import pyarrow

        return pyarrow.table(self)

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Writes the table as CSV, UTF-8, with its columns' names as heading; every number reads back exactly.

        Parameters
        ----------
        path : path

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     cq.Table({"a": [1, 2]}).to_csv(pathlib.Path(folder, "a.csv"))
        ...     pathlib.Path(folder, "a.csv").read_text("utf-8-sig").split()
        ['a', '1', '2']
        """
        _native.write_table_csv(self._native_table(), os.fspath(path))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow stream (PyCapsule interface); nothing is copied but texts and truths held in lists."""
        return self._native_table().stream()

    def __arrow_c_schema__(self) -> object:
        """The types of the columns (PyCapsule interface)."""
        return self._native_table().schema()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        """A table is no array: a TypeError that names what to call."""
        raise TypeError(
            chosen(
                "Table 不是数组；请用 .to_pandas()、.to_polars()，或取一列，如 table['total']。",
                "A Table is no array; call .to_pandas() or .to_polars(), or take a column, such as table['total'].",
            )
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.to_dict(), self._words(), self.labels, self.title, self._index)

    def _words(self) -> dict[str, tuple[list[str], bool]]:
        """The dictionaries of columns of words, by column: the words, and whether they are in order."""
        if self._arrow is None:
            return self._categories
        found = ((name, self._arrow.dictionary(name)) for name in self.columns)
        return {name: (list(words[1]), bool(words[2])) for name, words in found if words is not None}

    def _native_table(self) -> _native.ArrowTable:
        if self._arrow is not None:
            return self._arrow
        from ._intake import arrow_of_columns

        return arrow_of_columns(self._columns)

    def _shown(self, rows: int) -> list[list[str]]:
        first = self.head(rows)
        columns = [first[name] for name in first.columns]
        keys = first.columns if self.title else [""] * len(columns)  # a user's own table is shown as it stands
        return [
            [word(key, column[k]) or _shown(column[k]) for key, column in zip(keys, columns)] for k in range(len(first))
        ]

    def _headings(self) -> list[str]:
        return [heading(name, self.labels, bool(self.title) and self._arrow is None) for name in self.columns]

    def __repr__(self) -> str:
        from ._display import text_table

        title = f"{self.title} · " if self.title else ""
        rows = chosen(f"{len(self)} 行", f"{len(self)} row{'s' * (len(self) != 1)}")
        body = text_table(self._headings(), self._shown(10))
        more = "" if len(self) <= 10 else "\n" + chosen(f"… 另有 {len(self) - 10} 行", f"… and {len(self) - 10} more")
        return f"{title}{rows}\n{body}{more}"

    def _repr_html_(self) -> str:
        from ._display import html_table

        title = f"<b>{html.escape(str(self.title))}</b>" if self.title else ""
        rows = min(len(self), 50)
        more = "" if rows == len(self) else f"<p>{chosen(f'共 {len(self)} 行', f'{len(self)} rows in all')}</p>"
        return title + html_table(self._headings(), self._shown(rows)) + more


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _shown(value: Any) -> str:
    value = _plain(value)
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return "; ".join(str(part) for part in value)
    return str(value)


def _rebuilt(
    columns: dict[str, Any],
    words: dict[str, tuple[list[str], bool]],
    labels: dict[str, Text],
    title: Text | None,
    index: Any,
) -> Table:
    """A table as it was pickled; columns of words keep their categories for pandas."""
    table = Table(columns, labels, title)
    table._categories = words
    table._index = index
    return table
