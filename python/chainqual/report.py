"""Assessment of a chain: grades, impact, evidence for the diffusion score."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from . import _chainqual as _native
from ._display import Html, bar_svg, html_table, more, percent, text_table
from ._errors import Error, ErrorCode
from ._guards import chain_of, native_of
from ._run import PLAIN, Progress, running
from ._tables import Table
from ._text import Text, chosen, language
from .chain import Chain
from .chain_tables import known_suffix
from .daily import ModelRun, model_options
from .explain import Why, explain
from .grades import Grade
from .network import EnterpriseLike, Network
from .propagation import Cause, Direction, made
from .scenarios import ScenarioLike, scenario_json

if TYPE_CHECKING:
    from .maps import QualityMap


_TRUTHS = frozenset(("differs", "final_product"))
_COUNTS = frozenset(
    (
        "rank",
        "experts",
        "moves",
        "flips",
        "diffusion_suggested",
        "enterprises_hit",
        "other_enterprises_hit",
        "downstream_segments_hit",
        "final_products_hit",
        "links_documented",
        "links_inferred",
        "problems",
        "enterprises",
        "hit",
        "enterprises_shocked",
    )
)


def _table(native: tuple[Text, list[tuple[str, str, str, bool]], list[list[Any]]]) -> Table:
    title, headings, columns = native
    labels = {key: Text(zh, en) for key, zh, en, _ in headings}
    made_columns: dict[str, Any] = {}
    for (key, _, _, _), column in zip(headings, columns):
        numbers = [v for v in column if v is not None]
        if key in _TRUTHS:
            made_columns[key] = np.array([v == "true" for v in column], dtype=np.bool_)
        elif key in _COUNTS and len(numbers) == len(column):
            made_columns[key] = np.array(column, dtype=np.int64)
        elif numbers and all(isinstance(v, float) for v in numbers):
            made_columns[key] = np.array([np.nan if v is None else v for v in column], dtype=np.float64)
        else:
            made_columns[key] = column
    return Table(made_columns, labels, title)


class Report:
    """What `assess` found. It keeps the chain as it was.

    Attributes
    ----------
    problems, enterprises, segments, products, stages, aspects : Table
        By rank (aspects in their order). Losses of enterprises and groups: mean_loss under one problem alone; shock,
        downstream, upstream and combined under all problems at once.
    scenarios : Table
        One row for each scenario that was assessed beside the problems.
    losses : ModelRun
        Losses of every enterprise under all problems at once.

    Examples
    --------
    >>> import chainqual as cq
    >>> report = cq.assess(cq.datasets.advanced_computing())
    >>> len(report.problems), report.problems["number"][0] != ""
    (28, True)
    """

    __slots__ = ("__weakref__", "_figures", "_model", "_native", "_net", "_options", "_tables")

    def __init__(self, native: _native.Report, options: dict[str, Any], scenarios: str | None = None) -> None:
        self._native = native_of(native, "Report", "chainqual.assess(…)")
        self._options = (options, scenarios)
        self._model: dict[str, Any] = options["propagation"]
        self._tables: dict[str, Table] | None = None
        self._net: Network | None = None
        self._figures: dict[str, Any] = native.figures()

    def table(self, name: str) -> Table:
        """One of the report's tables: graded_problems, impact_by_enterprise, impact_by_segment …

        Parameters
        ----------
        name : str

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.assess(cq.datasets.advanced_computing()).table("impact_by_stage")["stage"]
        ['downstream', 'upstream', 'midstream']
        """
        if self._tables is None:
            self._tables = {key: _table(value) for key, value in self._native.tables("").items()}
        return self._tables[name]

    def tables(self, lang: str | None = None) -> dict[str, Table]:
        """All tables by name; words such as stage and category as keys, or in a language.

        Parameters
        ----------
        lang : {'zh', 'en'}, optional

        Returns
        -------
        dict of str to Table

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.assess(cq.datasets.advanced_computing()).tables("en")["impact_by_stage"]["stage"][0]
        'downstream'
        """
        words = "" if lang is None else language(lang)
        return {key: _table(value) for key, value in self._native.tables(words).items()}

    @property
    def problems(self) -> Table:
        """The problems by rank: grade, total, impact, evidence for the diffusion score."""
        return self.table("graded_problems")

    @property
    def enterprises(self) -> Table:
        """Losses of the enterprises, by rank."""
        return self.table("impact_by_enterprise")

    @property
    def segments(self) -> Table:
        """Losses of the segments, by rank."""
        return self.table("impact_by_segment")

    @property
    def products(self) -> Table:
        """Losses of the products, by rank."""
        return self.table("impact_by_product")

    @property
    def stages(self) -> Table:
        """Losses of the three stages."""
        return self.table("impact_by_stage")

    @property
    def aspects(self) -> Table:
        """Losses of the five aspects."""
        return self.table("impact_by_aspect")

    @property
    def scenarios(self) -> Table:
        """The scenarios that were assessed beside the problems."""
        return self.table("impact_by_scenario")

    @property
    def scenario_runs(self) -> dict[str, ModelRun]:
        """Losses under each scenario that was assessed beside the problems, by its name."""
        return {
            str(Text(one["name"], one["name_en"] or one["name"])): made(
                ModelRun, one["losses"], self._cause(one["shock"])
            )
            for one in self._native.scenarios()
        }

    @property
    def network(self) -> Network:
        """The network that the losses were computed on."""
        if self._net is None:
            self._net = Network(self._native.network(PLAIN))
        return self._net

    @property
    def chain(self) -> Chain:
        """A copy of the chain as it was assessed."""
        return Chain._of(self._native.chain())

    @property
    def losses(self) -> ModelRun:
        """Losses of every enterprise under all problems at once."""
        native = self._native.losses()
        return made(ModelRun, native, self._cause(native["shock"]))

    def _cause(self, shock: Any) -> Cause:
        name = str(self._model["model"])
        return Cause(self.network, name, {name: self._model[name]}, shock)

    @property
    def assumptions(self) -> list[Text]:
        """What the figures rest on beyond the data."""
        return list(self._figures["assumptions"])

    @property
    def grades(self) -> dict[Grade, int]:
        """How many problems have each grade."""
        return {grade: self._figures["grades"][grade] for grade in Grade}

    def why(
        self,
        enterprise: EnterpriseLike,
        *,
        problem: str | None = None,
        along: Direction = "downstream",
        **options: Any,
    ) -> Why:
        """Why an enterprise loses what it loses, by the report's own model: under all problems at once, or under one.

        Parameters
        ----------
        enterprise : int or str
        problem : str, optional
            Its number.
        along : {'downstream', 'upstream'}
        **options
            paths, separate_sources, threads, progress.

        Returns
        -------
        Why

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.assess(cq.datasets.advanced_computing()).why("sugon").model
        'linear'
        """
        if problem is None:
            shock = self._native.losses()["shock"]
        else:
            shock, why_not = self._native.shock_of_problem(problem)
            if shock is None:
                raise Error(
                    ErrorCode.invalid_argument,
                    Text(
                        f"问题 {problem} 没有推算：{why_not.zh}",
                        f"Problem {problem} is not propagated: {why_not.en}",
                    ),
                )
        return explain(self._cause(shock), enterprise, along, **options)

    def to_json(self) -> str:
        """The whole report as JSON text.

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.assess(cq.datasets.advanced_computing()).to_json()[0]
        '{'
        """
        return self._native.to_json()

    def to_dict(self) -> dict[str, Any]:
        """The whole report as nested dicts and lists; exact numbers are texts.

        Returns
        -------
        dict

        Examples
        --------
        >>> import chainqual as cq
        >>> len(cq.assess(cq.datasets.advanced_computing()).to_dict()) > 0
        True
        """
        found: dict[str, Any] = json.loads(self.to_json())
        return found

    def save(self, path: str | os.PathLike[str], *, lang: str | None = None) -> Path:
        """Writes the report: ``.json``, ``.xlsx``, or (no suffix) a folder of tables, workbook and JSON.

        Parameters
        ----------
        path : path
        lang : {'zh', 'en'}, optional
            Language of headings and words.

        Returns
        -------
        Path
            Where it was written.

        Raises
        ------
        ValueError
            A suffix that is none of these; a folder that is there already may have any name.

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> report = cq.assess(cq.datasets.advanced_computing())
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     sorted(os.listdir(report.save(os.path.join(folder, "report"))))[0]
        'graded_problems.csv'
        """
        target = Path(path)
        suffix = known_suffix(target, ("", ".json", ".xlsx"))
        if suffix == ".json":
            target.write_text(self.to_json(), encoding="utf-8")
        elif suffix == ".xlsx":
            self._native.write_xlsx(os.fspath(target), language(lang))
        else:
            target.mkdir(parents=True, exist_ok=True)
            self._native.write(os.fspath(target), language(lang), PLAIN)
        return target

    def map(self, **options: Any) -> QualityMap:
        """The quality map with the enterprises' heat.

        Parameters
        ----------
        **options
            As `chainqual.quality_map`.

        Returns
        -------
        QualityMap

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.assess(cq.datasets.advanced_computing()).map(lang="en").svg[:4]
        '<?xm'
        """
        from .maps import quality_map

        made_map: QualityMap = quality_map(self.chain, self, **options)
        return made_map

    def summary(self, lang: str | None = None) -> str:
        """The report in a few lines: grades, ranking of problems and enterprises, what it rests on.

        Parameters
        ----------
        lang : {'zh', 'en'}, optional

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.assess(cq.datasets.advanced_computing()).summary("en").splitlines()[0]
        '28 problems: ★★★ 19  ★★ 5  ★ 2  ungraded 2; 11 enterprises, 24 links'
        """
        zh = language(lang) == "zh"
        f = self._figures
        grades = {Grade(k): count for k, count in enumerate(f["grades"])}
        counted = "  ".join(f"{g.stars} {grades[g]}" for g in (Grade.CRITICAL, Grade.IMPORTANT, Grade.GENERAL))
        if grades[Grade.UNGRADED]:
            counted += f"  {'未分级' if zh else 'ungraded'} {grades[Grade.UNGRADED]}"
        head = (
            f"{f['problems']} 个问题：{counted}；{f['enterprises']} 家企业，{f['links']} 条供应关系"
            if zh
            else f"{f['problems']} problems: {counted}; {f['enterprises']} enterprises, {f['links']} links"
        )
        index = (
            f"全部问题同时发生时，链损失 {percent(f['index'])}（向下游 {percent(f['index_downstream'])}，"
            f"向上游 {percent(f['index_upstream'])}）"
            if zh
            else f"All problems at once: {percent(f['index'])} of the chain lost (downstream "
            f"{percent(f['index_downstream'])}, upstream {percent(f['index_upstream'])})"
        )
        lines = [head, index, ""]
        lines.append(_ranking(self.problems, _PROBLEM_COLUMNS, zh))
        lines += ["", _ranking(self.enterprises, _ENTERPRISE_COLUMNS, zh)]
        if f["assumptions"]:
            lines += [""] + [f"· {text.in_('zh' if zh else 'en')}" for text in f["assumptions"]]
        return "\n".join(lines)

    def __copy__(self) -> Report:
        """Itself: a report never changes."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Report:
        """Itself: a report never changes."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """The chain and how it was assessed, which gives the same bits again."""
        return _assessed, (self.chain, *self._options)

    def _head(self) -> str:
        f = self._figures
        stars = ", ".join(f"{g.stars or g.label} {f['grades'][g]}" for g in reversed(Grade) if f["grades"][g])
        return chosen(
            f"{f['problems']} 个问题（{stars}）；全部同时发生时链损失 {percent(f['index'])}",
            f"{f['problems']} problems ({stars}); all at once, {percent(f['index'])} of the chain lost",
        )

    def __repr__(self) -> str:
        zh = language() == "zh"
        heads, rows = _cells(self.problems, _PROBLEM_COLUMNS, zh, 8)
        hidden = len(self.problems) - len(rows)
        lines = [f"<Report: {self._head()}>", text_table(heads, rows)]
        if hidden > 0:
            lines.append(chosen(f"… 另有 {hidden} 个问题", f"… and {hidden} more problems"))
        if self.assumptions:
            count = len(self.assumptions)
            lines.append(chosen(f"依据 {count} 项假定；见 .summary()", f"Rests on {count} assumptions; see .summary()"))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        zh = language() == "zh"
        problems = _html_ranking(self.problems, _PROBLEM_COLUMNS, zh, 15)
        enterprises = _html_ranking(self.enterprises, _ENTERPRISE_COLUMNS, zh, 12)
        rests = "".join(f"<li>{html.escape(str(text))}</li>" for text in self.assumptions)
        basis = f"<p>{chosen('所依据的假定', 'What this rests on')}</p><ul>{rests}</ul>" if rests else ""
        return f"<b>{html.escape(self._head())}</b>{problems}{enterprises}{basis}"


_SHORT = {
    "name_en": Text("名称", "name"),
    "total": Text("总分", "total"),
    "whole_chain_downstream": Text("全链损失", "chain loss"),
    "diffusion_suggested": Text("建议扩散分", "diffusion"),
    "mean_loss": Text("平均损失", "mean loss"),
    "downstream": Text("向下游", "downstream"),
    "upstream": Text("向上游", "upstream"),
    "problems": Text("问题数", "problems"),
}
_PROBLEM_COLUMNS = ("rank", "number", "name", "grade", "total", "whole_chain_downstream", "diffusion_suggested")
_ENTERPRISE_COLUMNS = ("rank", "enterprise", "name", "mean_loss", "downstream", "upstream", "problems")


def _cells(table: Table, names: tuple[str, ...], zh: bool, rows: int) -> tuple[list[str], list[list[str]]]:
    present = [
        name if zh or f"{name}_en" not in table.columns else f"{name}_en" for name in names if name in table.columns
    ]
    labels = {**table.labels, **_SHORT}
    heads = [(labels[name].zh if zh else labels[name].en) for name in present]
    body = []
    for k in range(min(rows, len(table))):
        cells = []
        for name in present:
            value = table[name][k]
            if name.endswith("_en") and not value:
                value = table[name[:-3]][k]
            if name == "grade":
                cells.append(Grade[str(value).upper()].stars)
            elif name == "total":
                cells.append("" if value is None or value == "" else f"{float(_number(value)):g}")
            elif isinstance(value, (float, np.floating)) and name in _COUNTS:
                cells.append(f"{value:g}" if value == value else "")
            elif isinstance(value, (float, np.floating)):
                cells.append(percent(float(value)))
            else:
                cells.append("" if value is None else str(value))
        body.append(cells)
    return heads, body


def _number(value: Any) -> float:
    if isinstance(value, str) and "/" in value:
        above, below = value.split("/")
        return float(above) / float(below)
    return float(value)


def _ranking(table: Table, names: tuple[str, ...], zh: bool) -> str:
    return text_table(*_cells(table, names, zh, 10))


def _html_ranking(table: Table, names: tuple[str, ...], zh: bool, rows: int) -> str:
    heads, body = _cells(table, names, zh, rows)
    for name in ("whole_chain_downstream", "mean_loss"):
        if name in names and name in table.columns:
            for k, row in enumerate(body):
                row.append(Html(bar_svg(float(table[name][k]))))
            heads = [*heads, _SHORT[name].zh if zh else _SHORT[name].en]
    return html_table(heads, body) + more(len(table) - len(body))


def assess(
    chain: Chain,
    *,
    model: Literal["linear", "cascade", "contagion", "distress", "dynamics", "inoperability"] = "linear",
    model_arguments: Mapping[str, Any] | None = None,
    measure: Literal["downstream", "upstream", "combined"] = "downstream",
    consensus: Literal["mean", "trimmed_mean", "median"] = "mean",
    stars: Literal["middle", "lowest"] = "middle",
    ungraded: float | None = None,
    segment_shock: Literal["whole", "by_weight"] = "whole",
    include_solved: bool = False,
    scenarios: ScenarioLike | None = None,
    least_loss: float = 0.05,
    stability_draws: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress = None,
) -> Report:
    """Grades every problem of a chain and carries each along the supply links.

    Parameters
    ----------
    chain : Chain
    model, model_arguments : str, mapping
        The propagation model and arguments of its function.
    measure : {'downstream', 'upstream', 'combined'}
        Loss that evidence and rankings go by.
    consensus : {'mean', 'trimmed_mean', 'median'}
        How several experts' scores become one.
    stars : {'middle', 'lowest'}
        Total that stands for the declared stars of problems without scores.
    ungraded : float, optional
        Shock of problems without any grade; by default they shock nobody.
    segment_shock : {'whole', 'by_weight'}
        A problem that names no enterprise: each of its segment has it, or it is shared out.
    include_solved : bool
        Whether solved problems shock too.
    scenarios : dict, list of dicts, JSON text or path, optional
        Assessed beside the problems, each by itself.
    least_loss : float
        A smaller loss does not count as hit.
    stability_draws, seed : int
        Weight vectors drawn near the model's own.

    Returns
    -------
    Report

    Examples
    --------
    >>> import chainqual as cq
    >>> report = cq.assess(cq.datasets.connected_vehicle())
    >>> report.grades[cq.Grade.CRITICAL] > 0
    True
    """
    options: dict[str, Any] = {
        "panel": {"consensus": consensus},
        "stars": stars,
        "shock": {"segment": segment_shock, "include_solved": include_solved, "ungraded": ungraded},
        "propagation": model_options(model, dict(model_arguments or {})),
        "measure": measure,
        "diffusion": {"least_loss": least_loss},
        "stability_draws": stability_draws,
        "seed": seed,
    }
    against = None if scenarios is None else scenario_json(scenarios)
    with running(threads, progress, "评估", "assessing") as how:
        return Report(_native.assess(chain_of(chain)._native, options, against, how), options, against)


def _assessed(chain: Chain, options: dict[str, Any], scenarios: str | None) -> Report:
    """The report of a chain, once more."""
    return Report(_native.assess(chain._native, options, scenarios, PLAIN), options, scenarios)
