"""Tables in and out."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._text import Text, chosen

if TYPE_CHECKING:
    import pandas


class Table:
    """Named columns of one length: NumPy arrays, or lists of texts and optional values.

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

    __slots__ = ("_columns", "labels", "title")

    def __init__(
        self,
        columns: Mapping[str, Any],
        labels: Mapping[str, Text] | None = None,
        title: Text | None = None,
    ) -> None:
        self._columns = dict(columns)
        self.labels = dict(labels or {})
        self.title = title
        lengths = {name: len(column) for name, column in self._columns.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(chosen(f"各列长度不一：{lengths}。", f"The columns differ in length: {lengths}."))

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns)

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()))) if self._columns else 0

    def row(self, position: int) -> dict[str, Any]:
        """One row as a dict."""
        return {name: _plain(column[position]) for name, column in self._columns.items()}

    def head(self, rows: int = 10) -> Table:
        """The first rows."""
        return Table({name: column[:rows] for name, column in self._columns.items()}, self.labels, self.title)

    def to_dict(self) -> dict[str, Any]:
        """The columns by name."""
        return dict(self._columns)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame."""
        import pandas

        return pandas.DataFrame(self._columns)

    def _shown(self, rows: int) -> list[list[str]]:
        return [[_shown(column[k]) for column in self._columns.values()] for k in range(min(rows, len(self)))]

    def _headings(self) -> list[str]:
        return [str(self.labels.get(name, name)) for name in self._columns]

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


def column_of(table: Any, name: str) -> Any:
    """A column of whatever was given as a table; None where it has none of that name."""
    if isinstance(table, (list, tuple)):
        return [row.get(name) for row in table] if any(name in row for row in table) else None
    try:
        return table[name]
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def score_columns(table: Any) -> Sequence[Any]:
    """The columns impact, diffusion and urgency of a table, under their English or Chinese names."""
    names = (("impact", "影响程度", "影响"), ("diffusion", "扩散程度", "扩散"), ("urgency", "紧迫程度", "紧迫"))
    found = []
    for wanted in names:
        column = next((c for c in (column_of(table, name) for name in wanted) if c is not None), None)
        if column is None:
            raise ValueError(
                chosen(
                    f"表中没有 {wanted[0]}（{wanted[1]}）列。", f"The table has no column {wanted[0]} ({wanted[1]})."
                )
            )
        found.append(column)
    return found
