"""Files of tables K.1 and of figures for table I.1, as ``chainqual evaluate`` reads and writes them."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._text import chosen
from .indicators import Category, Indicator, IndicatorSheet, _indicator_of, _sheet_of, dicts_of, number


@dataclass(frozen=True, eq=False, repr=False)
class IndicatorFile:
    """Tables K.1 of a file, with the weights that it gives.

    Attributes
    ----------
    indicators : list of Indicator
        Those of K.1, then those that the file adds.
    sheets : list of IndicatorSheet
    weights : dict of key to weight
        Empty where the file gives none.
    category_judgements : float64 array [categories, categories], or None
    within : dict of category to float64 array
        Judgements of a category's indicators.

    Examples
    --------
    >>> import chainqual as cq
    >>> sheet = cq.IndicatorSheet("服务器", "2026").fill("conformity_rate", target=99, value="98.5")
    >>> cq.IndicatorFile(cq.standard_indicators(), [sheet])
    <IndicatorFile: 31 indicators, 1 sheets>
    """

    indicators: list[Indicator]
    sheets: list[IndicatorSheet]
    weights: dict[str, float] = field(default_factory=dict)
    category_judgements: npt.NDArray[np.float64] | None = None
    within: dict[Category, npt.NDArray[np.float64]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return chosen(
            f"<IndicatorFile：{len(self.indicators)} 个指标，{len(self.sheets)} 张表>",
            f"<IndicatorFile: {len(self.indicators)} indicators, {len(self.sheets)} sheets>",
        )


def _square(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    flat = np.ascontiguousarray(values, dtype=np.float64).ravel()
    side = round(len(flat) ** 0.5)
    return flat.reshape(side, side)


def _file_of(found: dict[str, Any]) -> IndicatorFile:
    indicators = [_indicator_of(one) for one in found["indicators"]]
    keys = [one.key for one in indicators]
    judged = found["category_judgements"]
    return IndicatorFile(
        indicators,
        [_sheet_of(one) for one in found["sheets"]],
        dict(zip(keys, (float(one) for one in found["weights"]))),
        _square(judged) if len(judged) else None,
        {one["category"]: _square(one["judgements"]) for one in found["within"]},
    )


def read_indicators(path: str | os.PathLike[str]) -> IndicatorFile:
    """Reads filled tables K.1 from JSON or, where the name ends in ``.csv``, from a table with one row an entry.

    Parameters
    ----------
    path : path

    Returns
    -------
    IndicatorFile

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "k1.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("indicator,period,target,value\\nconformity_rate,2025,99,98\\nconformity_rate,2026,99,99.2\\n")
    ...     found = cq.read_indicators(path)
    >>> [sheet.period for sheet in found.sheets], str(found.sheets[1]["conformity_rate"].value)
    (['2025', '2026'], '99.2')
    """
    return _file_of(_native.read_indicators(os.fspath(path)))


def indicators_from_json(text: str, *, name: str = "indicators.json") -> IndicatorFile:
    """Reads filled tables K.1 from a text of JSON.

    Parameters
    ----------
    text : str
    name : str
        Of the file, for findings.

    Returns
    -------
    IndicatorFile

    Raises
    ------
    Error
        Every finding with its line and JSON pointer.

    Examples
    --------
    >>> import chainqual as cq
    >>> text = '{"sheets": [{"period": "2026", "entries": [{"indicator": "patents", "value": 3}]}]}'
    >>> str(cq.indicators_from_json(text).sheets[0]["patents"].value)
    '3'
    """
    return _file_of(_native.indicators_from_json(text, name))


def indicators_to_json(file: IndicatorFile) -> str:
    """The JSON that reads back to equal tables; entries without content are written too, so that they can be filled in.

    Parameters
    ----------
    file : IndicatorFile
        Its indicators begin with those of the standard.

    Returns
    -------
    str

    Raises
    ------
    Error
        A weight that is not finite, a text that JSON cannot hold.

    Examples
    --------
    >>> import chainqual as cq
    >>> indicators, sheet = cq.indicators_of(cq.datasets.advanced_computing())
    >>> text = cq.indicators_to_json(cq.IndicatorFile(indicators, [sheet]))
    >>> cq.indicators_from_json(text).sheets[0] == sheet
    True
    """
    keys = [one.key for one in file.indicators]
    unknown = [key for key in file.weights if key not in keys]
    if unknown:
        raise ValueError(
            chosen(
                f"权重提到没有的指标：{', '.join(unknown)}。",
                f"Weights are given for indicators that there are not: {', '.join(unknown)}.",
            )
        )
    judged = file.category_judgements
    return _native.indicators_to_json(
        {
            "indicators": dicts_of(file.indicators),
            "sheets": [sheet._dict() for sheet in file.sheets],
            "weights": [float(file.weights.get(key, 0)) for key in keys] if file.weights else [],
            "category_judgements": [] if judged is None else np.ascontiguousarray(judged, dtype=np.float64).ravel(),
            "within": [
                {"category": name, "judgements": np.ascontiguousarray(table, dtype=np.float64).ravel()}
                for name, table in file.within.items()
            ],
        }
    )


@dataclass(frozen=True)
class PeriodFigures:
    """Figures for one period of table I.1, as `summary_of` takes them.

    Attributes
    ----------
    first, last : date
    given : dict of column to dict
        ``value``, ``text`` and ``source`` of each.
    """

    first: datetime.date
    last: datetime.date
    given: dict[str, dict[str, Any]]


def read_figures(path: str | os.PathLike[str]) -> list[PeriodFigures]:
    """Reads figures for table I.1 from CSV (columns from, until, field, value, text, source) or JSON, period by period.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of PeriodFigures
        In time.

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    Several periods of a chain, and their trend:

    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "figures.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("from,field,value\\n2025,jobs,900\\n2026,jobs,1200\\n")
    ...     periods = cq.read_figures(path)
    >>> chain = cq.datasets.advanced_computing()
    >>> rows = [cq.summary_of(chain, one.first, one.last, one.given) for one in periods]
    >>> [int(row["jobs"].value) for row in rows], cq.trend(rows).columns[-3:]
    ([900, 1200], ['change', 'ratio', 'mixed'])
    """
    return [
        PeriodFigures(one["first"], one["last"], {row["field"]: _figure(row) for row in one["given"]})
        for one in _native.read_figures(os.fspath(path))
    ]


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    return {"value": number(row["value"]), "text": row["text"], "source": row["source"]}


def is_share(indicator: Indicator) -> bool:
    """Whether an indicator is a part of a whole: in per cent, with the bounds 0 and 100, beyond which no value lies.

    Parameters
    ----------
    indicator : Indicator

    Returns
    -------
    bool

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.is_share(cq.standard_indicators()[0])
    True
    """
    return _native.is_share(dicts_of([indicator])[0])


def indicator_difference(known: Indicator, other: Indicator) -> str:
    """In what a second definition of an indicator is not the first: category, kind, unit, direction, bounds, steps.

    Parameters
    ----------
    known, other : Indicator

    Returns
    -------
    str
        What differs, with both; empty where nothing does. What the second one leaves open differs from nothing.

    Examples
    --------
    >>> import chainqual as cq
    >>> one = cq.Indicator("rework", "rework", unit="%", direction="lower")
    >>> cq.indicator_difference(one, cq.Indicator("rework", "rework", unit="ppm", direction="lower"))
    'its unit is %, not ppm'
    """
    return str(_native.difference(*dicts_of([known, other])))
