"""Panels of experts: one exact score out of many, and how far they agree."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from . import _chainqual as _native
from ._intake import arrow_of
from ._tables import Table
from ._text import chosen
from .grades import Exact, Number, exact


@dataclass(frozen=True)
class PanelScore:
    """A panel's score of one problem; `score` is None where nobody scored it."""

    problem: str
    score: tuple[Exact, Exact, Exact] | None
    experts: int


@dataclass(frozen=True)
class Agreement:
    """How far experts agree in one dimension; None where it is undefined.

    Attributes
    ----------
    kendall_w, chi_square, p_value : float or None
        Kendall's concordance; needs every score.
    alpha_ordinal, alpha_interval : float or None
        Krippendorff's alpha; missing scores are allowed.
    """

    kendall_w: float | None
    chi_square: float | None
    p_value: float | None
    alpha_ordinal: float | None
    alpha_interval: float | None


_COLUMNS = ("problem", "expert", "impact", "diffusion", "urgency")


def _rows_of_table(table: Any) -> Iterable[tuple[Any, ...]]:
    """The rows of a table with the columns of experts' scores, under their English or Chinese headings."""
    held = Table._of(arrow_of(table, "rows"))
    headings = {name: (name, zh) for name, zh, _ in _native.table_fields("scores")}
    columns = []
    for name in _COLUMNS:
        found = next((column for column in held.columns if column.strip() in headings[name]), None)
        if found is None:
            raise ValueError(
                chosen(
                    f"表中没有 {name}（{headings[name][1]}）列；有：{'、'.join(held.columns)}。",
                    f"The table has no column {name} ({headings[name][1]}); it has {', '.join(held.columns)}.",
                )
            )
        values = held[found]
        plain = values.tolist() if isinstance(values, np.ndarray) else list(values)
        columns.append([None if value != value or value == "" else value for value in plain])
    columns[:2] = [["" if value is None else str(value) for value in column] for column in columns[:2]]
    return zip(*columns)


def _rows(rows: Any) -> list[tuple[Any, ...]]:
    made: list[tuple[Any, ...]] = []
    if isinstance(rows, (str, os.PathLike, Mapping, Table)) or hasattr(rows, "columns"):
        rows = _rows_of_table(rows)
    elif isinstance(rows, np.ndarray) and rows.dtype.names:
        rows = _rows_of_table(rows)
    for row in rows:
        if isinstance(row, Mapping):
            made.append(tuple(row.get(k) for k in _COLUMNS))
        else:
            made.append(tuple(row))
        if len(made[-1]) != 5:
            raise ValueError(
                chosen(
                    "每行应为 (problem, expert, impact, diffusion, urgency)。",
                    "A row is (problem, expert, impact, diffusion, urgency).",
                )
            )
    return made


def panel_scores(
    rows: Any, *, consensus: Literal["mean", "trimmed_mean", "median"] = "mean", trim: Number = Fraction(1, 5)
) -> list[PanelScore]:
    """One exact score for every problem of a table of experts' scores.

    Parameters
    ----------
    rows : table, or iterable of (problem, expert, impact, diffusion, urgency) or of dicts
        A table is whatever `SeverityModel.grade_table` takes, with these columns by English or Chinese heading. None (or
        NaN, or an empty cell) in all three scores: the expert did not score it.
    consensus : {'mean', 'trimmed_mean', 'median'}
    trim : number
        Of n scores the floor(trim · n) lowest and as many highest are left out.

    Returns
    -------
    list of PanelScore

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.panel_scores([("P1", "a", 4, 4, 4), ("P1", "b", 5, 4, 3)])[0].score
    (Decimal('4.5'), Decimal('4'), Decimal('3.5'))
    """
    return [
        PanelScore(
            one["problem"],
            None
            if one["score"] is None
            else (exact(one["score"]["impact"]), exact(one["score"]["diffusion"]), exact(one["score"]["urgency"])),
            one["experts"],
        )
        for one in _native.panel(_rows(rows), consensus, trim)
    ]


def consensus_of(
    values: Iterable[Number],
    *,
    consensus: Literal["mean", "trimmed_mean", "median"] = "mean",
    trim: Number = Fraction(1, 5),
) -> Exact:
    """The exact mean, trimmed mean or median of some scores.

    Parameters
    ----------
    values : iterable of numbers
    consensus : {'mean', 'trimmed_mean', 'median'}
    trim : number
        As `panel_scores`.

    Returns
    -------
    Decimal or Fraction
        A Fraction where no decimal is exact.

    Examples
    --------
    >>> import chainqual as cq
    >>> cq.consensus_of([3, 4, 4])
    Fraction(11, 3)
    """
    return exact(_native.consensus(list(values), consensus, trim))


def panel_agreement(rows: Any) -> dict[str, Agreement]:
    """How far the experts of a panel agree, by dimension.

    Parameters
    ----------
    rows : as `panel_scores`

    Returns
    -------
    dict of str to Agreement
        By dimension: impact, diffusion, urgency.

    Examples
    --------
    >>> import chainqual as cq
    >>> rows = [(p, e, s, s, s) for e in "ab" for p, s in (("P1", 1), ("P2", 3), ("P3", 5))]
    >>> cq.panel_agreement(rows)["impact"].kendall_w
    1.0
    """
    result = {}
    for name, one in zip(("impact", "diffusion", "urgency"), _native.agreement(_rows(rows))):
        w = one["concordance"] or {"w": None, "chi_square": None, "p_value": None}
        result[name] = Agreement(w["w"], w["chi_square"], w["p_value"], one["alpha_ordinal"], one["alpha_interval"])
    return result
