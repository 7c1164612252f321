"""Table K.1: indicators of a chain's quality work, what they amount to, and how periods and chains compare.

Examples
--------
The targets of two Tianjin projects, 99 % and 99.5 %, from the registers through table K.1:

>>> import chainqual as cq
>>> chain = cq.datasets.advanced_computing()
>>> indicators, sheet = cq.indicators_of(chain)
>>> raid, board = "AC-P-01/RAID卡生产合格率", "AC-P-02/服务器主板出厂合格率"
>>> str(sheet[raid].target), str(sheet[board].target)
('99', '99.5')
>>> sheet = sheet.fill(raid, baseline="96.5", value="99.2").fill(board, baseline=98, value="99.3", action="new jig")
>>> found = cq.judge(indicators, sheet, "2026-11-21")
>>> rows = {row["indicator"]: row for row in map(found.row, range(len(found)))}
>>> rows[raid]["attainment"], rows[board]["attainment"], str(rows[board]["gap"])
('achieved', 'falls_short', '0.2')
>>> score = cq.evaluate(indicators, sheet, weights={raid: 1, board: 1}).sheets[0]
>>> round(score.total, 3), score.movers[0] == board
(0.933, True)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union

from . import _chainqual as _native
from ._guards import chain_of
from ._tables import Table
from ._text import Text, chosen
from .grades import Exact, Number, exact

if TYPE_CHECKING:
    from .chain import Chain

Category = Literal["quality", "innovation", "coordination", "economic", "social", "organisation"]
Evidence = Literal["document", "visit", "expert_review"]
Day = Union[datetime.date, str]

WORDS: dict[str, dict[str, Text]] = {kind: dict(words) for kind, words in _native.evaluation_words().items()}
"""What the keys of categories, attainments, columns of table I.1 and their origins are called."""
CATEGORIES = WORDS["category"]


def number(text: str | None) -> Exact | None:
    """An exact number of the extension, or none."""
    return None if text is None else exact(text)


@dataclass(frozen=True)
class Indicator:
    """What is measured: one row of table K.1, or one of your own.

    Attributes
    ----------
    key : str
        Unique.
    name : Text or str
    category : {'quality', 'innovation', 'coordination', 'economic', 'social', 'organisation'}
    kind : {'quantitative', 'qualitative'}
        Qualitative ones take steps 1 to 5 from reviewers.
    unit : str
    direction : {'higher', 'lower'}
        Which is better.
    steps : sequence of five Text or str
        Of qualitative ones: what steps 1 to 5 mean.
    worst, best : number, optional
        What can reasonably be, for ``normalisation="bounds"``.
    """

    key: str
    name: Text | str
    category: Category = "quality"
    kind: Literal["quantitative", "qualitative"] = "quantitative"
    unit: str = ""
    direction: Literal["higher", "lower"] = "higher"
    steps: Sequence[Text | str] = ("",) * 5
    worst: Number | None = None
    best: Number | None = None


@dataclass(frozen=True)
class IndicatorEntry:
    """A filled row of table K.1.

    Attributes
    ----------
    indicator : str
        Key.
    baseline, target, value : number, optional
        Exact: int, Decimal, Fraction that ends, text, or a float that is what it prints. None is not known, which is not 0.
        Of qualitative indicators the target is a step, and the value is the mean of `steps`.
    steps : mapping of reviewer to step
        1 to 5.
    evidence : {'document', 'visit', 'expert_review'}, optional
    date, due : str
        ISO 8601, or empty.
    source : str
        Where the figure stands.
    action, owner : str
        What is to be done where it falls short, and who does it.
    """

    indicator: str
    baseline: Number | None = None
    target: Number | None = None
    value: Number | None = None
    steps: Mapping[str, int] = field(default_factory=dict)
    evidence: Evidence | None = None
    date: str = ""
    source: str = ""
    action: str = ""
    owner: str = ""
    due: str = ""


def _plain(record: Any) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _entry_dict(entry: IndicatorEntry) -> dict[str, Any]:
    steps = [{"reviewer": reviewer, "step": step} for reviewer, step in entry.steps.items()]
    return {**_plain(entry), "steps": steps}


def _entry_of(found: dict[str, Any]) -> IndicatorEntry:
    steps = {one["reviewer"]: one["step"] for one in found["steps"]}
    exacts = {name: number(found[name]) for name in ("baseline", "target", "value")}
    return IndicatorEntry(**{**found, **exacts, "steps": steps})


def _sheet_of(found: dict[str, Any]) -> IndicatorSheet:
    return IndicatorSheet(found["chain"], found["period"], tuple(_entry_of(one) for one in found["entries"]))


def _indicator_of(found: dict[str, Any]) -> Indicator:
    return Indicator(**{**found, "worst": number(found["worst"]), "best": number(found["best"])})


@dataclass(frozen=True, repr=False)
class IndicatorSheet:
    """Table K.1, filled for one chain and period. It is not changed in place: `fill` and `of` give a new one.

    Examples
    --------
    >>> import chainqual as cq
    >>> sheet = cq.IndicatorSheet("服务器", "2026").fill("conformity_rate", target=99, value="99.2")
    >>> sheet["conformity_rate"].value
    '99.2'
    """

    chain: str = ""
    period: str = ""
    entries: tuple[IndicatorEntry, ...] = ()

    def __getitem__(self, key: str) -> IndicatorEntry:
        for entry in self.entries:
            if entry.indicator == key:
                return entry
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.entries)

    def fill(self, key: str, **values: Any) -> IndicatorSheet:
        """The sheet with members of one entry set; an entry that is not there yet is added.

        Parameters
        ----------
        key : str
            Of the indicator.
        **values
            Members of `IndicatorEntry`: value, baseline, target …

        Returns
        -------
        IndicatorSheet
            A new one.

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.IndicatorSheet("c", "2026").fill("conformity_rate", value=97).entries[0].value
        97
        """
        known = [one.name for one in fields(IndicatorEntry) if one.name != "indicator"]
        wrong = [name for name in values if name not in known]
        if wrong:
            raise TypeError(
                chosen(
                    f"指标表没有 {', '.join(wrong)} 这一项；可用：{', '.join(known)}。",
                    f"An entry has no {', '.join(wrong)}; it has {', '.join(known)}.",
                )
            )
        if any(entry.indicator == key for entry in self.entries):
            kept = tuple(replace(e, **values) if e.indicator == key else e for e in self.entries)
        else:
            kept = (*self.entries, IndicatorEntry(key, **values))
        return replace(self, entries=kept)

    def of(self, indicators: Iterable[Indicator]) -> IndicatorSheet:
        """The sheet with the entries of these indicators alone, so that chains with indicators of their own compare.

        Parameters
        ----------
        indicators : iterable of Indicator

        Returns
        -------
        IndicatorSheet
            A new one.

        Examples
        --------
        >>> import chainqual as cq
        >>> sheet = cq.IndicatorSheet("c", "2026").fill("conformity_rate", value=97).fill("own", value=1)
        >>> len(sheet.of(cq.standard_indicators()).entries)
        1
        """
        keys = {indicator.key for indicator in indicators}
        return replace(self, entries=tuple(entry for entry in self.entries if entry.indicator in keys))

    def table(self, indicators: Iterable[Indicator] | None = None) -> Table:
        """The sheet as table K.1, in the order of the indicators (by default those of the standard).

        Parameters
        ----------
        indicators : iterable of Indicator, optional

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> len(cq.IndicatorSheet("c", "2026").fill("conformity_rate", value=97).table())
        31
        """
        rows = list(standard_indicators() if indicators is None else indicators)
        filled = {entry.indicator: entry for entry in self.entries}
        entries = [filled.get(row.key, IndicatorEntry(row.key)) for row in rows]
        return Table(
            {
                "category": [str(CATEGORIES[row.category]) for row in rows],
                "indicator": [row.key for row in rows],
                "name": [str(row.name) for row in rows],
                "unit": [row.unit for row in rows],
                "baseline": [_shown(entry.baseline) for entry in entries],
                "target": [_shown(entry.target) for entry in entries],
                "value": [_shown(_value_of(entry)) for entry in entries],
                "source": [entry.source for entry in entries],
            },
            labels={
                "category": Text("类别", "category"),
                "indicator": Text("标识", "indicator"),
                "name": Text("指标", "name"),
                "unit": Text("单位", "unit"),
                "baseline": Text("基准值", "baseline"),
                "target": Text("目标值", "target"),
                "value": Text("数值", "value"),
                "source": Text("来源", "source"),
            },
            title=Text(f"表 K.1 {self.chain} {self.period}".rstrip(), f"table K.1 {self.chain} {self.period}".rstrip()),
        )

    def __repr__(self) -> str:
        known = sum(_value_of(entry) is not None for entry in self.entries)
        return chosen(
            f"<IndicatorSheet {self.chain!r} {self.period!r}：{len(self)} 项，{known} 项有数据>",
            f"<IndicatorSheet {self.chain!r} {self.period!r}: {len(self)} entries, {known} with a value>",
        )

    def _repr_html_(self) -> str:
        own = {entry.indicator for entry in self.entries}
        known = {row.key: row for row in standard_indicators()}
        rows = [row for key, row in known.items() if key in own]
        rows += [Indicator(key, key) for key in own if key not in known]
        return self.table(rows)._repr_html_()

    def _dict(self) -> dict[str, Any]:
        return {"chain": self.chain, "period": self.period, "entries": [_entry_dict(one) for one in self.entries]}


def _value_of(entry: IndicatorEntry) -> Number | None:
    if not entry.steps:
        return entry.value
    return round(sum(entry.steps.values()) / len(entry.steps), 2)


def _shown(value: Number | None) -> str:
    return "" if value is None else str(value)


def dicts_of(indicators: Iterable[Indicator]) -> list[dict[str, Any]]:
    return [_plain(one) for one in indicators]


def standard_indicators() -> list[Indicator]:
    """The 31 indicators of table K.1, in its order.

    Returns
    -------
    list of Indicator

    Examples
    --------
    >>> import chainqual as cq
    >>> [one.key for one in cq.standard_indicators()[:3]]
    ['conformity_rate', 'superior_rate', 'problems_solved']
    """
    return [_indicator_of(one) for one in _native.standard_indicators()]


class FilledIndicators(NamedTuple):
    """Indicators and what the registers know of them."""

    indicators: list[Indicator]
    sheet: IndicatorSheet


def indicators_of(chain: Chain, period: str = "") -> FilledIndicators:
    """Fills table K.1 from a chain's registers.

    Rows of the chain's table ``indicators`` fill it; those that K.1 does not have become indicators of their own, keyed
    'name' or 'project/name'. What no row gives is counted where the registers know: problems solved, coverage of
    improvement, patents, standards. The source of each entry says which. A row's ``steps`` ('reviewer=4'), ``date``,
    ``action``, ``owner`` and ``due`` go into its entry.

    Parameters
    ----------
    chain : Chain
    period : str
        As the rows write it; empty: any row, the last one of an indicator.

    Returns
    -------
    FilledIndicators
        ``indicators, sheet = …``.

    Raises
    ------
    Error
        Every wrong category, evidence or step at once.

    Examples
    --------
    >>> import chainqual as cq
    >>> indicators, sheet = cq.indicators_of(cq.datasets.advanced_computing())
    >>> sheet["AC-P-01/RAID卡生产合格率"].target
    Decimal('99')
    """
    found = _native.indicators_of(chain_of(chain)._native, period)
    return FilledIndicators([_indicator_of(one) for one in found["indicators"]], _sheet_of(found["sheet"]))


def judge(indicators: Iterable[Indicator], sheet: IndicatorSheet, today: Day | None = None) -> Table:
    """What is achieved, what falls short, and whether somebody sees to it: one row for each entry, decided exactly.

    Parameters
    ----------
    indicators : iterable of Indicator
    sheet : IndicatorSheet
    today : date or str, optional
        For overdue actions; by default the day of the call.

    Returns
    -------
    Table
        indicator, attainment ('achieved', 'falls_short', 'no_target', 'no_value'), value, gap (missing to the target),
        action_missing, overdue_days, owner, due, what.

    Raises
    ------
    Error
        Every wrong key, step or day at once.

    Examples
    --------
    >>> import chainqual as cq
    >>> sheet = cq.IndicatorSheet("服务器", "2026").fill("conformity_rate", target="99.5", value="99.2")
    >>> found = cq.judge(cq.standard_indicators(), sheet)
    >>> found.row(0)["attainment"], found.row(0)["gap"], found.row(0)["action_missing"]
    ('falls_short', Decimal('0.3'), True)
    """
    day = datetime.date.today() if today is None else today
    found = _native.judge(dicts_of(indicators), sheet._dict(), day)
    for name in ("value", "gap"):
        found[name] = [number(one) for one in found[name]]
    found["what"] = [str(one) for one in found["what"]]
    return Table(
        found,
        labels={
            "indicator": Text("标识", "indicator"),
            "attainment": Text("结论", "attainment"),
            "value": Text("数值", "value"),
            "gap": Text("差距", "gap"),
            "action_missing": Text("缺改进措施", "action missing"),
            "overdue_days": Text("超期天数", "overdue days"),
            "owner": Text("责任人", "owner"),
            "due": Text("期限", "due"),
            "what": Text("说明", "what"),
        },
        title=Text("评价结论", "findings of the evaluation"),
    )
