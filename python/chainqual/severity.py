"""Severity of quality problems: the exact weighted 40/30/30 model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._intake import arrow_of, index_of
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen
from ._words import COLUMNS
from .grades import Exact, Flip, Grade, Grades, Kept, Number, ProblemStability, Severity, Stability, exact, severity_of


class SeverityModel:
    """The severity model of T/GQDA appendix D: exact weighted totals and the grades they lead to.

    Parameters
    ----------
    weights : three numbers, or a mapping with impact, diffusion and urgency
        Shares that sum to exactly 1 or percentages that sum to exactly 100; '40%' is taken too.
    critical, important : number
        Lowest totals of ★★★ and ★★.
    rounding : {'exact', 'tenth'}
        Grade by the exact total, or by the total rounded half up to one decimal.

    Notes
    -----
    Numbers are int, Decimal, Fraction, str ('3.67', '11/3') or NumPy whole numbers. A float is taken where it is the
    number that it prints: 4.5 and 4.0 are, 4.4 is not (its double lies beside 22/5), and a grade may turn on that, so
    4.4 is a `ValueError` that says to write '4.4'. No grade is ever decided on floating point.

    Examples
    --------
    >>> import chainqual as cq
    >>> model = cq.SeverityModel()
    >>> model.grade(5, 4, 4)
    Severity(total=Decimal('4.4'), grade=Grade.CRITICAL, stars='★★★')
    >>> model.grade("3.95", 4, 4).stars
    '★★'
    >>> cq.SeverityModel(rounding="tenth").grade("3.95", 4, 4).stars
    '★★★'
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        weights: Sequence[Number] | Mapping[str, Number] = (40, 30, 30),
        *,
        critical: Number = 4,
        important: Number = Fraction(5, 2),
        rounding: Literal["exact", "tenth"] = "exact",
    ) -> None:
        if isinstance(weights, Mapping):
            unknown = set(weights) - {"impact", "diffusion", "urgency"}
            if unknown or len(weights) != 3:
                raise ValueError(
                    chosen(
                        "weights 应有 impact、diffusion、urgency 三项。",
                        "weights must name impact, diffusion and urgency.",
                    )
                )
            weights = [weights["impact"], weights["diffusion"], weights["urgency"]]
        if isinstance(weights, (str, bytes)) or not hasattr(weights, "__len__") or len(weights) != 3:
            raise ValueError(
                chosen(
                    f"weights 应有三个数，例如 (40, 30, 30)，而不是 {weights!r}。",
                    f"weights must be three numbers, such as (40, 30, 30), not {weights!r}.",
                )
            )
        self._native = _native.SeverityModel(tuple(weights), (critical, important), rounding)

    @classmethod
    def _of(cls, described: tuple[tuple[str, str, str], tuple[str, str], str]) -> SeverityModel:
        weights, thresholds, rounding = described
        return cls(
            [exact(w) for w in weights],
            critical=exact(thresholds[0]),
            important=exact(thresholds[1]),
            rounding="tenth" if rounding == "tenth" else "exact",
        )

    @property
    def weights(self) -> tuple[Exact, Exact, Exact]:
        """Shares of impact, diffusion and urgency; they sum to 1."""
        impact, diffusion, urgency = self._native.describe()[0]
        return exact(impact), exact(diffusion), exact(urgency)

    @property
    def critical(self) -> Exact:
        """Lowest total of ★★★."""
        return exact(self._native.describe()[1][0])

    @property
    def important(self) -> Exact:
        """Lowest total of ★★."""
        return exact(self._native.describe()[1][1])

    @property
    def rounding(self) -> str:
        """'exact' or 'tenth'."""
        return self._native.describe()[2]

    def grade(self, impact: Number, diffusion: Number, urgency: Number) -> Severity:
        """The exact total of three scores and the grade it leads to.

        Parameters
        ----------
        impact, diffusion, urgency : number
            1 … 5; see the class for what a number is.

        Returns
        -------
        Severity

        Raises
        ------
        Error
            ``invalid_value``, also a ValueError: a score outside 1 … 5; every one is a finding.

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.SeverityModel().grade("11/3", 4, 2)
        Severity(total=Fraction(49, 15), grade=Grade.IMPORTANT, stars='★★')
        """
        return severity_of(self._native.grade(impact, diffusion, urgency))

    def grade_of_total(self, total: Number) -> Grade:
        """The grade of a total.

        Parameters
        ----------
        total : number

        Returns
        -------
        Grade

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.SeverityModel().grade_of_total(4).name
        'CRITICAL'
        """
        return Grade(self._native.grade_of_total(total))

    def grade_columns(
        self,
        impact: npt.NDArray[Any],
        diffusion: npt.NDArray[Any],
        urgency: npt.NDArray[Any],
        *,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Grades:
        """Grades columns without copying them.

        Parameters
        ----------
        impact, diffusion, urgency : uint8 or int16 arrays of one length
            uint8: whole scores 1 … 5; int16: scores in hundredths, 100 … 500. 0 in all three: not scored.
        threads : int, optional
            By default ``CHAINQUAL_THREADS``, else all that the process may use.
        progress : bool or callable, optional
            True shows a bar (tqdm where installed); a callable gets the share done.

        Returns
        -------
        Grades
            The same grades as `grade` gives row by row.

        Raises
        ------
        TypeError
            Another dtype, or arrays that are not contiguous; the message names the call that converts.
        Error
            ``invalid_value`` or ``missing_value``: the first 1,000 wrong cells are in `findings`.

        Examples
        --------
        >>> import chainqual as cq, numpy as np
        >>> scores = np.array([[5, 4, 4], [1, 2, 1]], dtype=np.uint8).T.copy()
        >>> cq.SeverityModel().grade_columns(*scores).grade
        array([3, 1], dtype=uint8)
        """
        kind = getattr(np.asarray(impact), "dtype", None)
        with running(threads, progress, "分级", "grading") as how:
            if kind == np.int16:
                return Grades(*self._native.grade_hundredths(impact, diffusion, urgency, how))
            if kind != np.uint8 and isinstance(impact, np.ndarray):
                raise TypeError(
                    chosen(
                        f"impact 应为 uint8（整数分）或 int16（百分之一分），而不是 {kind}。改法：impact.astype(np.uint8)。",
                        f"impact must be uint8 (whole scores) or int16 (hundredths), not {kind}. Pass "
                        "impact.astype(np.uint8), or (impact * 100).round().astype(np.int16).",
                    )
                )
            return Grades(*self._native.grade_whole(impact, diffusion, urgency, how))

    def grade_sums(
        self,
        sums: Sequence[npt.NDArray[np.uint32]],
        counts: Sequence[npt.NDArray[np.uint32]] | npt.NDArray[np.uint32],
        *,
        unit: int = 1,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Grades:
        """Grades panel means given as sums of scores and numbers of experts: no mean is ever rounded.

        Parameters
        ----------
        sums : three uint32 arrays
            In 1/`unit` points, for impact, diffusion and urgency.
        counts : three uint32 arrays, or one for all
        unit : int
            1 for whole points, 100 for hundredths.

        Returns
        -------
        Grades

        Examples
        --------
        >>> import chainqual as cq, numpy as np
        >>> u = lambda *v: np.array(v, dtype=np.uint32)
        >>> cq.SeverityModel().grade_sums([u(14), u(12), u(11)], u(3)).grade
        array([3], dtype=uint8)
        """
        three = (counts, counts, counts) if isinstance(counts, np.ndarray) else tuple(counts)
        with running(threads, progress, "分级", "grading") as how:
            return Grades(*self._native.grade_sums(tuple(sums), three, unit, how))

    def grade_table(
        self,
        table: Any,
        *,
        impact: str | None = None,
        diffusion: str | None = None,
        urgency: str | None = None,
        total: Literal["real", "decimal", "hundredths"] = "real",
        sheet: str | int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Table:
        """Grade every row of a table.

        Parameters
        ----------
        table : table of polars, pyarrow, DuckDB or pandas, mapping of columns, list of dicts, or path of a workbook
            Anything with ``__arrow_c_stream__`` or ``__arrow_c_array__`` is read where it lies. Scores are whole numbers,
            floats, decimals or text, categories of them too. A float stands for the decimal that it prints as: 3.95 is
            3.95 exactly. A null, NaN, empty cell or 0 says that the row was not scored.
        impact, diffusion, urgency : str, optional
            Names of the columns; by default found under their English or Chinese headings.
        total : {'real', 'decimal', 'hundredths'}
            Totals as floats nearest to the exact ones, as exact decimals, or as hundredths of a point in column
            total_hundredths (uint16, rounded half up). The grade is decided on the exact total in any case.
        sheet : str or int
            Of a workbook.

        Returns
        -------
        Table
            Columns total, grade (ungraded, general, important, critical, as ordered categories) and stars, by row. Of a
            pandas DataFrame, `Table.to_pandas` keeps the index.

        Raises
        ------
        Error
            Every cell that is no score, by column and row, in `findings`; also a ValueError.

        Examples
        --------
        >>> import chainqual as cq
        >>> graded = cq.SeverityModel().grade_table({"impact": [5, 2], "diffusion": [4.1, 3], "urgency": [4, 3]})
        >>> graded["grade"], graded["total"]
        (['critical', 'important'], array([4.43, 2.6 ]))
        """
        options = {"impact": impact, "diffusion": diffusion, "urgency": urgency, "total": total}
        arrow = arrow_of(table, sheet=sheet)
        with running(threads, progress, "分级", "grading") as how:
            graded = _native.grade_table(self._native, arrow, options, how)
        made = Table._of(graded, Text("分级", "grades"), index_of(table))
        made.labels = {name: COLUMNS[name] for name in ("total", "grade", "stars")}
        return made

    def grade_panel_table(
        self,
        table: Any,
        *,
        problem: str | None = None,
        expert: str | None = None,
        impact: str | None = None,
        diffusion: str | None = None,
        urgency: str | None = None,
        consensus: Literal["mean", "trimmed_mean", "median"] = "mean",
        trim: Number = Fraction(1, 5),
        total: Literal["real", "decimal", "hundredths"] = "real",
        sheet: str | int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Table:
        """Grade panels from a table with a row for each expert and problem.

        Parameters
        ----------
        table : table
            As `grade_table`.
        problem, expert, impact, diffusion, urgency : str, optional
            Names of the columns. Without a column of experts every row counts as another expert's.
        consensus, trim
            As `panel_scores`.
        total, sheet
            As `grade_table`.

        Returns
        -------
        Table
            Columns problem, impact, diffusion, urgency, experts, total, grade, stars, a row for each problem.

        Examples
        --------
        >>> import chainqual as cq
        >>> scores = cq.datasets.advanced_computing().scores
        >>> cq.SeverityModel().grade_panel_table(scores).columns[4:]
        ['experts', 'total', 'grade', 'stars']
        """
        options = {
            "problem": problem,
            "expert": expert,
            "impact": impact,
            "diffusion": diffusion,
            "urgency": urgency,
            "consensus": consensus,
            "trim": trim,
            "total": total,
        }
        arrow = arrow_of(table, sheet=sheet)
        with running(threads, progress, "分级", "grading") as how:
            return Table._of(_native.grade_panel_table(self._native, arrow, options, how), Text("分级", "grades"))

    def flips(self, impact: Number, diffusion: Number, urgency: Number) -> list[Flip]:
        """Every move of one score by one point that would change the grade; empty for a grade that stands firm.

        Parameters
        ----------
        impact, diffusion, urgency : number
            As `grade`.

        Returns
        -------
        list of Flip

        Examples
        --------
        >>> import chainqual as cq
        >>> [(f.dimension, f.result.stars) for f in cq.SeverityModel().flips(4, 4, 4)]
        [('impact', '★★'), ('diffusion', '★★'), ('urgency', '★★')]
        """
        return [
            Flip(dimension, exact(source), exact(to), severity_of(result))
            for dimension, source, to, result in self._native.flips((impact, diffusion, urgency))
        ]

    def stability(
        self,
        scores: Iterable[Sequence[Number] | None],
        *,
        draws: int = 10_000,
        concentration: float = 100,
        seed: int = 1,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Stability:
        """How often grades stay when the weights are drawn around the model's own.

        Parameters
        ----------
        scores : iterable of (impact, diffusion, urgency) or None
        draws : int
        concentration : float
            Of the Dirichlet law: a weight w has variance w (1 − w) / (concentration + 1).
        seed : int
            The same seed gives the same result on any number of threads.

        Returns
        -------
        Stability

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.SeverityModel().stability([(5, 5, 5)], draws=100).all_kept.share
        1.0
        """
        options = {"draws": draws, "concentration": concentration, "seed": seed}
        given = [None if score is None else tuple(score) for score in scores]
        for k, score in enumerate(given):
            if score is not None and len(score) != 3:
                raise ValueError(
                    chosen(
                        f"第 {k + 1} 个问题有 {len(score)} 个分数；应有影响、扩散、紧迫三个，或 None。",
                        f"Problem {k + 1} has {len(score)} scores; give impact, diffusion and urgency, or None.",
                    )
                )
        with running(threads, progress, "变动权重", "varying the weights") as how:
            found = self._native.stability(given, options, how)
        problems = tuple(
            ProblemStability(severity_of(severity), dict(zip(Grade, (n0, n1, n2, n3))), Kept(**kept))
            for severity, n0, n1, n2, n3, kept in found["problems"]
        )
        return Stability(problems, Kept(**found["all_kept"]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SeverityModel) and self._native.describe() == other._native.describe()

    def __hash__(self) -> int:
        return hash(self._native.describe())

    def __reduce__(self) -> tuple[Any, ...]:
        return SeverityModel._of, (self._native.describe(),)

    def __repr__(self) -> str:
        weights = "/".join(f"{float(w) * 100:g}" for w in self.weights)
        return f"<SeverityModel {weights}, ★★★ ≥ {self.critical}, ★★ ≥ {self.important}, {self.rounding}>"
