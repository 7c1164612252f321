"""Scores of table K.1: normalisation, weights, what is missing, and what moved between periods or chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._tables import Table
from ._text import Text, chosen
from .indicators import Category, Indicator, IndicatorSheet, dicts_of

Normalisation = Literal["attainment", "bounds", "among"]
Missing = Literal["leave_out", "refuse"]
Weighting = Literal["equal", "equal_categories", "given", "pairwise", "entropy"]


@dataclass(frozen=True, eq=False, repr=False)
class SheetScore:
    """The scores of one sheet.

    Attributes
    ----------
    chain, period : str
    total : float or None
        In 0 to 1, over what is scored; None where nothing is.
    coverage : float
        Share of the weight that is scored.
    lowest, highest : float
        The total if everything missing scored 0, and if it scored 1.
    indicators : Table
        indicator, score, weight, share (of the total), gain (what a score of 1 would add), missing (why there is none).
    categories : Table
        category, score, weight, coverage.
    movers : list of str
        Scored indicators, the one whose rise would gain most first.
    """

    chain: str
    period: str
    total: float | None
    coverage: float
    lowest: float
    highest: float
    indicators: Table
    categories: Table
    movers: list[str]

    def __repr__(self) -> str:
        total = chosen("无", "none") if self.total is None else f"{self.total:.3f}"
        return chosen(
            f"<SheetScore {self.chain!r} {self.period!r}：总分 {total}，覆盖 {self.coverage:.0%}>",
            f"<SheetScore {self.chain!r} {self.period!r}: total {total}, coverage {self.coverage:.0%}>",
        )


@dataclass(frozen=True, eq=False, repr=False)
class ScoreComparison:
    """How one sheet differs from another over the indicators that both have scored.

    Attributes
    ----------
    before, after : float
        Totals over those indicators.
    compared : float
        Share of the weight that they hold.
    changes : Table
        indicator, before, after, effect (on the total), the largest effect first.
    left_out : list of str
        Indicators that only one of the two has scored.
    """

    before: float
    after: float
    compared: float
    changes: Table
    left_out: list[str]

    def __repr__(self) -> str:
        return f"<ScoreComparison: {self.before:.3f} → {self.after:.3f}, {len(self.changes)} indicators>"


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """Filled tables K.1, scored with the same weights.

    Attributes
    ----------
    weights : dict of str to float
        By indicator, sum 1.
    sheets : list of SheetScore
        In the order given.
    normalisation, missing, weighting : str
        The rules that were asked for; `rules` says them in a sentence.
    left_out : list of str
        Indicators that entropy could not weigh, as some sheet has no score for them or all score 0. They weigh 0, so that
        coverage, lowest and highest do not show what they hide.
    """

    weights: dict[str, float]
    sheets: list[SheetScore]
    normalisation: Normalisation
    missing: Missing
    weighting: Weighting
    left_out: list[str]
    indicators: list[Indicator]
    _native: _native.Evaluation

    @property
    def rules(self) -> Text:
        """How values became scores, how they were weighed, and what became of what is missing."""
        rules: Text = self._native.rules()
        return rules

    def compare(self, before: int = 0, after: int = -1) -> ScoreComparison:
        """Compares two sheets by position, which may count from the end; by default the first and the last.

        Parameters
        ----------
        before, after : int

        Returns
        -------
        ScoreComparison

        Examples
        --------
        >>> import chainqual as cq
        >>> first = cq.IndicatorSheet("c", "2025").fill("conformity_rate", value=92, baseline=90, target=100)
        >>> sheets = [first, cq.IndicatorSheet("c", "2026").fill("conformity_rate", value=97, baseline=90, target=100)]
        >>> cq.evaluate(cq.standard_indicators()[:1], sheets).compare()
        <ScoreComparison: 0.200 → 0.700, 1 indicators>
        """
        count = len(self.sheets)
        for position in (before, after):
            if not -count <= position < count:
                raise IndexError(
                    chosen(f"只有 {count} 张指标表。", f"There are {count} sheets, so {position} is none of them.")
                )
        found = self._native.compare(before % count, after % count)
        keys = [one.key for one in self.indicators]
        changes = found["changes"]
        return ScoreComparison(
            found["before"],
            found["after"],
            found["compared"],
            Table(
                {**changes, "indicator": [keys[int(k)] for k in changes["indicator"]]},
                title=Text("得分变化", "changes of scores"),
            ),
            [keys[int(k)] for k in found["left_out"]],
        )

    def table(self) -> Table:
        """One row a sheet: chain, period, total, coverage, lowest, highest.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> sheet = cq.IndicatorSheet("c", "2026").fill("conformity_rate", value=97, baseline=90, target=100)
        >>> cq.evaluate(cq.standard_indicators()[:1], sheet).table().columns
        ['chain', 'period', 'total', 'coverage', 'lowest', 'highest']
        """
        names = ("chain", "period", "total", "coverage", "lowest", "highest")
        return Table(
            {name: [getattr(one, name) for one in self.sheets] for name in names}, title=Text("评价得分", "scores")
        )

    def __repr__(self) -> str:
        hidden = chosen(f"，熵权法未计入 {len(self.left_out)} 个指标", f", {len(self.left_out)} indicators left out")
        return f"<Evaluation: {self.rules}{hidden if self.left_out else ''}>\n{self.table()!r}"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _score_of(found: dict[str, Any], keys: list[str]) -> SheetScore:
    rows = dict(found["indicators"])
    rows["score"] = np.array([np.nan if one is None else one for one in rows["score"]], dtype=float)
    rows["missing"] = [str(one) for one in rows["missing"]]
    groups = dict(found["categories"])
    groups["score"] = np.array([np.nan if one is None else one for one in groups["score"]], dtype=float)
    return SheetScore(
        found["chain"],
        found["period"],
        found["total"],
        found["coverage"],
        found["lowest"],
        found["highest"],
        Table({"indicator": keys, **rows}, title=Text("指标得分", "scores by indicator")),
        Table(groups, title=Text("分类得分", "scores by category")),
        [keys[int(k)] for k in found["movers"]],
    )


def _weights(
    keys: list[str], weights: Mapping[str, float] | npt.ArrayLike | None
) -> npt.NDArray[np.float64] | list[float]:
    if weights is None:
        return []
    if not isinstance(weights, Mapping):
        return np.ascontiguousarray(weights, dtype=np.float64).ravel()
    unknown = [key for key in weights if key not in keys]
    if unknown:
        raise ValueError(
            chosen(
                f"权重提到没有的指标：{', '.join(unknown)}。",
                f"Weights are given for indicators that there are not: {', '.join(unknown)}.",
            )
        )
    return [float(weights.get(key, 0)) for key in keys]


def _judgements(table: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return np.ascontiguousarray(table, dtype=np.float64).ravel()


def evaluate(
    indicators: Iterable[Indicator],
    sheets: IndicatorSheet | Iterable[IndicatorSheet],
    *,
    normalisation: Normalisation = "attainment",
    missing: Missing = "leave_out",
    weighting: Weighting | None = None,
    weights: Mapping[str, float] | npt.ArrayLike | None = None,
    category_judgements: npt.ArrayLike | None = None,
    within: Mapping[Category, npt.ArrayLike] | None = None,
) -> Evaluation:
    """Scores filled tables K.1 by indicator, by category and in total, all sheets with the same weights.

    Parameters
    ----------
    indicators : iterable of Indicator
    sheets : IndicatorSheet, or iterable of them
        Periods of a chain, or chains.
    normalisation : {'attainment', 'bounds', 'among'}
        How a value becomes a score: by the way from baseline to target, between the indicator's bounds, or among the
        sheets. Qualitative indicators score (mean step − 1) / 4.
    missing : {'leave_out', 'refuse'}
        What has no score is left out, and its weight goes to the others (it never counts as 0), or is an error.
    weighting : {'equal', 'equal_categories', 'given', 'pairwise', 'entropy'}, optional
        By default what the other arguments call for: given where there are `weights`, pairwise where there are
        judgements, else equal.
    weights : mapping of key to weight, or array [indicators]
        Of a mapping, indicators that it does not name weigh 0.
    category_judgements : table
        Pairwise judgements of the categories that have indicators, in the order of the standard.
    within : mapping of category to table
        Pairwise judgements of a category's indicators; others weigh the same.

    Returns
    -------
    Evaluation

    Raises
    ------
    Error
        Every wrong entry at once; ``missing_value`` scores missing where they are refused.

    References
    ----------
    T/GQDA 6.2 and 6.3, appendix K; Saaty 1980 for pairwise judgements.

    Examples
    --------
    >>> import chainqual as cq
    >>> before = cq.IndicatorSheet("服务器", "2025").fill("conformity_rate", baseline=97, target=99, value="97.5")
    >>> after = cq.IndicatorSheet("服务器", "2026").fill("conformity_rate", baseline=97, target=99, value="98.5")
    >>> found = cq.evaluate(cq.standard_indicators()[:1], [before, after])
    >>> [sheet.total for sheet in found.sheets], found.compare().changes.row(0)["effect"]
    ([0.25, 0.75], 0.5)
    """
    rows = list(indicators)
    given = [sheets] if isinstance(sheets, IndicatorSheet) else list(sheets)
    judged = category_judgements is not None or within is not None
    implied = "given" if weights is not None else "pairwise" if judged else weighting or "equal"
    if (weights is not None and judged) or (weighting is not None and weighting != implied):
        raise ValueError(
            chosen(
                f"weighting={weighting!r} 与所给的权重或判断不符。请去掉其中之一。",
                f"weighting={weighting!r} does not go with the weights or judgements given. Leave one of them out.",
            )
        )
    keys = [row.key for row in rows]
    options = {
        "normalisation": normalisation,
        "missing": missing,
        "weighting": implied,
        "weights": _weights(keys, weights),
        "category_judgements": [] if category_judgements is None else _judgements(category_judgements),
        "within": [{"category": name, "judgements": _judgements(table)} for name, table in (within or {}).items()],
    }
    native = _native.evaluate(dicts_of(rows), [sheet._dict() for sheet in given], options)
    found = native.content()
    return Evaluation(
        dict(zip(keys, (float(one) for one in found["weights"]))),
        [_score_of(one, keys) for one in found["sheets"]],
        found["normalisation"],
        found["missing"],
        found["weighting"],
        [keys[int(k)] for k in found["left_out"]],
        rows,
        native,
    )
