"""Table I.1: what a chain's quality work came to in a period, and how periods follow each other."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Union, cast

from . import _chainqual as _native
from ._display import html_table
from ._errors import Findings
from ._guards import chain_of
from ._tables import Table
from ._text import Text, chosen
from .grades import Number
from .indicators import WORDS, Day, number

if TYPE_CHECKING:
    from .chain import Chain

GivenLike = Union[Number, tuple[Union[Number, None], str], Mapping[str, Any]]
FIELDS = WORDS["summary"]


@dataclass(frozen=True)
class SummaryCell:
    """A cell of table I.1.

    Attributes
    ----------
    origin : {'unknown', 'registers', 'given'}
    value : Decimal or None
        None: unknown, or words alone.
    text : str
        In words, such as the indicators that rose.
    basis : Text
        How it was counted, or who gave it.
    """

    origin: str
    value: Decimal | None
    text: str
    basis: Text


def _shown(cell: SummaryCell) -> str:
    if cell.value is None:
        return cell.text or chosen("未知", "unknown")
    return f"{cell.value}（{cell.text}）" if cell.text else str(cell.value)


@dataclass(frozen=True, eq=False, repr=False)
class SummaryRow:
    """One row of table I.1.

    Attributes
    ----------
    chain, period : str
    first, last : date
        Of the period.
    cells : dict of str to SummaryCell
        By column: districts, clusters, enterprises … funds.
    findings : Findings
        Warnings: a given figure that differs from the registers.
    """

    chain: str
    period: str
    first: datetime.date
    last: datetime.date
    cells: dict[str, SummaryCell]
    findings: Findings
    _native: _native.SummaryRow

    def __getitem__(self, field: str) -> SummaryCell:
        return self.cells[field]

    def table(self) -> Table:
        """The row as a table, one row a column of I.1: field, name, value, text, origin, basis.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> row = cq.summary_of(cq.datasets.advanced_computing(), "2026-01-01", "2026-12-31")
        >>> row.table().columns
        ['field', 'name', 'value', 'text', 'origin', 'basis']
        """
        cells = list(self.cells.values())
        return Table(
            {
                "field": list(self.cells),
                "name": [str(FIELDS[field]) for field in self.cells],
                "value": [cell.value for cell in cells],
                "text": [cell.text for cell in cells],
                "origin": [cell.origin for cell in cells],
                "basis": [str(cell.basis) for cell in cells],
            },
            labels={
                "field": Text("标识", "field"),
                "name": Text("栏目", "column"),
                "value": Text("数值", "value"),
                "text": Text("文字", "in words"),
                "origin": Text("来源", "origin"),
                "basis": Text("依据", "basis"),
            },
            title=Text(f"表 I.1 {self.chain} {self.period}", f"table I.1 {self.chain} {self.period}"),
        )

    def __repr__(self) -> str:
        known = sum(cell.origin != "unknown" for cell in self.cells.values())
        return chosen(
            f"<SummaryRow {self.chain!r} {self.period}：{len(self.cells)} 栏，{known} 栏已知>",
            f"<SummaryRow {self.chain!r} {self.period}: {known} of {len(self.cells)} columns known>",
        )

    def _repr_html_(self) -> str:
        rows = [
            [str(FIELDS[field]), _shown(cell), str(WORDS["origin"][cell.origin]), str(cell.basis)]
            for field, cell in self.cells.items()
        ]
        heads = [chosen("栏目", "column"), chosen("数值", "value"), chosen("来源", "origin"), chosen("依据", "basis")]
        title = chosen(f"表 I.1 {self.chain} {self.period}", f"table I.1 {self.chain} {self.period}")
        return f"<b>{html.escape(title)}</b>" + html_table(heads, rows)


def period_from(text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that a period covers as registers write it: '2025', '2025-03', '2025年度', '2025/2026-06'.

    Parameters
    ----------
    text : str

    Returns
    -------
    two dates, or None
        None for any other text, and where the end is before the beginning.

    Examples
    --------
    >>> import chainqual as cq
    >>> [str(day) for day in cq.period_from("2025年3月")]
    ['2025-03-01', '2025-03-31']
    """
    days: tuple[datetime.date, datetime.date] | None = _native.period_from(text)
    return days


def last_day(day: Day) -> Day:
    """A day; of a month or year written as text its last one."""
    span = _native.period_from(day) if isinstance(day, str) else None
    return span[1] if span else day


def _given(field: str, figure: GivenLike) -> dict[str, Any]:
    if isinstance(figure, Mapping):
        return {"field": field, **figure}
    if isinstance(figure, tuple):
        value, source = figure
        return {"field": field, "value": value, "source": source}
    return {"field": field, "value": figure}


def summary_of(chain: Chain, first: Day, last: Day, given: Mapping[str, GivenLike] | None = None) -> SummaryRow:
    """Fills a row of table I.1: from the registers wherever they know, from given figures elsewhere; each cell says which.

    Parameters
    ----------
    chain : Chain
    first, last : date or str
        Of the period; a year or month as text is its first day, or its last.
    given : mapping of column to figure, optional
        A figure is a number, (number, source), or a dict with ``value``, ``text``, ``source``. One that the registers know
        is not taken; where it differs, `findings` says so.

    Returns
    -------
    SummaryRow

    Raises
    ------
    Error
        The period ends before it begins; days in the registers that are no dates.

    Examples
    --------
    >>> import chainqual as cq
    >>> row = cq.summary_of(cq.datasets.advanced_computing(), "2026-01-01", "2026-12-31", {"jobs": (1200, "survey")})
    >>> row["jobs"].value, row["jobs"].origin, row["districts"].origin
    (Decimal('1200'), 'given', 'unknown')
    """
    figures = [_given(field, figure) for field, figure in (given or {}).items()]
    native = _native.summary_of(chain_of(chain)._native, first, last_day(last), figures)
    found = native.content()
    cells = {
        field: SummaryCell(one["origin"], cast("Decimal | None", number(one["value"])), one["text"], one["basis"])
        for field, one in zip(FIELDS, found["cells"])
    }
    return SummaryRow(
        found["chain"],
        found["period"],
        found["first"],
        found["last"],
        cells,
        Findings._of(found["findings"]),
        native,
    )


def trend(rows: Iterable[SummaryRow]) -> Table:
    """The trend of each column of table I.1 over periods of one chain.

    Parameters
    ----------
    rows : iterable of SummaryRow
        In time, not overlapping.

    Returns
    -------
    Table
        field, name, one column a period, change (last known − first known), ratio (last / first), mixed (known figures are
        of different origin: compare with care).

    Raises
    ------
    Error
        No rows, several chains, periods out of order.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.datasets.advanced_computing()
    >>> years = [cq.summary_of(chain, f"{y}-01-01", f"{y}-12-31", {"jobs": 900 + 100 * y % 1000}) for y in (2025, 2026)]
    >>> jobs = [row for row in map(cq.trend(years).row, range(14)) if row["field"] == "jobs"][0]
    >>> jobs["change"], jobs["mixed"]
    (Decimal('100'), False)
    """
    given = list(rows)
    found = _native.trend([row._native for row in given])
    columns: dict[str, Any] = {
        "field": [one["field"] for one in found],
        "name": [str(FIELDS[one["field"]]) for one in found],
    }
    for k, row in enumerate(given):
        columns[row.period] = [number(one["values"][k]) for one in found]
    columns["change"] = [number(one["change"]) for one in found]
    columns["ratio"] = [None if one["ratio"] is None else float(number(one["ratio"]) or 0) for one in found]
    columns["mixed"] = [one["mixed"] for one in found]
    return Table(
        columns,
        labels={
            "field": Text("标识", "field"),
            "name": Text("栏目", "column"),
            "change": Text("变化", "change"),
            "ratio": Text("末期／首期", "last / first"),
            "mixed": Text("来源不一", "mixed origin"),
        },
        title=Text("表 I.1 趋势", "trend of table I.1"),
    )
