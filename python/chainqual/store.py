"""The registers of a chain in a database: an SQLite file, or PostgreSQL for several offices."""

from __future__ import annotations

import builtins
import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from . import _chainqual as _native
from ._errors import Findings
from ._guards import chain_of, native_of, report_of
from ._intake import WORKBOOKS
from ._tables import Table
from ._text import Text, chosen, language
from .chain import Chain
from .forms import Forms, standard_forms
from .indicators import Day
from .records import Access, ChainInfo, Hit, Hits, Page, Record, Revision
from .summaries import GivenLike

if TYPE_CHECKING:
    from .report import Report

Condition = tuple[str, str, object]
Where = Union[Mapping[str, object], Iterable[Condition]]

_SIGNS = {"=": "is", "!=": "is_not", "~": "contains", ">=": "from", "<=": "until"}


def _cell(value: object) -> str:
    """A value as a cell of a CSV table is written."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float, Decimal)):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, Iterable):
        return "; ".join(str(each).replace("\\", "\\\\").replace(";", "\\;").replace("、", "\\、") for each in value)
    raise TypeError(
        chosen(
            f"字段的值应为文字、数、日期或列表，而不是 {type(value).__name__}。",
            f"A field takes text, a number, a date or a list, not {type(value).__name__}.",
        )
    )


def _conditions(where: Where | None) -> list[tuple[str, str, str]]:
    if where is None:
        return []
    if isinstance(where, Mapping):
        return [(name, "empty" if _cell(value) == "" else "is", _cell(value)) for name, value in where.items()]
    return [(name, _SIGNS.get(match, match), _cell(value)) for name, match, value in where]


_STEP = {
    "lifecycle": Text("登记簿", "lifecycle"),
    "number": Text("编号", "number"),
    "step": Text("步骤", "step"),
    "from": Text("原状态", "from"),
    "to": Text("新状态", "to"),
    "date": Text("日期", "date"),
    "who": Text("办理方", "who"),
    "by": Text("办理人", "by"),
    "reason": Text("原因", "reason"),
    "corrects": Text("更正的步骤", "corrects"),
}
_FACT = {
    "problem": Text("问题", "problem"),
    "date": Text("日期", "date"),
    "model": Text("模型", "model"),
    "inputs": Text("输入摘要", "inputs"),
    "total": Text("总分", "total"),
    "grade": Text("分级", "grade"),
    "mean_loss": Text("平均损失", "mean loss"),
    "suggested_diffusion": Text("建议扩散分", "suggested diffusion"),
}
_DUE = {
    "kind": Text("事项", "kind"),
    "number": Text("编号", "number"),
    "due": Text("日期", "due"),
    "overdue_days": Text("逾期天数", "days overdue"),
    "what": Text("说明", "what"),
}
_WARNING = {
    "kind": Text("预警", "kind"),
    "project": Text("项目", "project"),
    "since": Text("自", "since"),
    "what": Text("说明", "what"),
}
_COVERAGE = {
    "segment": Text("环节", "segment"),
    "institutions": Text("机构", "institutions"),
    "cma": Text("CMA", "CMA"),
    "cnas": Text("CNAS", "CNAS"),
    "product": Text("产品", "product"),
    "parameter": Text("参数", "parameter"),
    "tested_by": Text("检测机构", "tested by"),
    "mark": Text("资质", "mark"),
    "methods": Text("方法", "methods"),
    "unmarked": Text("无资质可检的机构", "tested without a mark by"),
    "elsewhere": Text("其他环节可检的机构", "tested elsewhere by"),
    "lapsed": Text("资质到期日", "lapsed"),
}
_PROPOSAL = {
    "number": Text("编号", "number"),
    "name": Text("项目", "project"),
    "lead": Text("牵头单位", "lead"),
    "contributed": Text("已贡献有偿成果", "paid results contributed"),
}


def _table(rows: Sequence[Mapping[str, Any]], labels: Mapping[str, Text], zh: str, en: str) -> Table:
    def plain(value: Any) -> Any:
        return str(value) if isinstance(value, (Text, datetime.date)) else value

    return Table({name: [plain(row[name]) for row in rows] for name in labels}, labels, Text(zh, en))


class Store:
    """The three libraries and the consortium of one chain, kept in a database.

    Open one with `Store.open`. Each change is one transaction: it happened in whole, or not at all. Two clerks who change
    the same record cannot overwrite each other: the later one is told who came first. Calls of several threads wait for
    each other.

    Examples
    --------
    >>> import chainqual as cq, tempfile, os
    >>> folder = tempfile.TemporaryDirectory()
    >>> with cq.Store.open(os.path.join(folder.name, "quality.db"), clerk="Wang") as store:
    ...     store.fill(cq.datasets.advanced_computing())
    ...     added = store.add("problems", number="P9", stage="upstream", name="虚焊", segments=["ac-u-part"])
    ...     store.step("problem", "P9", "analysing", date="2025-06-01", who="lead", by="Wang")["step"]
    ...     [hit.number for hit in store.search("虚焊")]
    ...     store.list("problems", {"status": "analysing"}).total
    'analyse'
    ['P9']
    1
    >>> folder.cleanup()
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Store) -> None:
        self._native = native_of(native, "Store", "Store.open(…)")

    @classmethod
    def open(
        cls, address: str | os.PathLike[str], *, clerk: str = "", must_exist: bool = False, wait_ms: int = 5000
    ) -> Store:
        """Opens a store, making one where there is none.

        Parameters
        ----------
        address : path or str
            Of a file, or ``postgresql://user@host/database``. Keep a file on a local disk.
        clerk : str
            Who acts: stands beside everything that is changed.
        must_exist : bool
            Do not make a new store.
        wait_ms : int
            How long to wait while another process writes.

        Returns
        -------
        Store

        Raises
        ------
        Error
            No such folder or store, not a store's file, one of a newer version, or a server that cannot be reached.
        ImportError
            This chainqual was built without the store.

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with cq.Store.open(os.path.join(folder, "quality.db"), clerk="Li") as store:
        ...         store.fill(cq.datasets.connected_vehicle())
        ...         len(store.table("problems"))
        26
        """
        if not hasattr(_native, "Store"):
            raise ImportError(
                chosen(
                    "这个 chainqual 构建时没有包含登记库：请安装 SOCI 后以 CHAINQUAL_STORE=ON 重新安装 chainqual。",
                    "This chainqual was built without the store: install SOCI, then chainqual again with "
                    "CHAINQUAL_STORE=ON.",
                )
            )
        return cls(_native.Store.open(os.fspath(address), clerk, must_exist, wait_ms))

    def close(self) -> None:
        """Closes the store; every later call but this one is an Error.

        Examples
        --------
        >>> import chainqual as cq
        >>> store = cq.Store.open(":memory:")
        >>> store.close()
        """
        self._native.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where it lies, a password taken out."""
        return self._native.address

    # ---- records ---------------------------------------------------------------------------------------------------

    def add(self, table: str, record: Mapping[str, object] | None = None, /, **fields: object) -> Record:
        """Enters a record, by the headings of the table in English or Chinese.

        Parameters
        ----------
        table : str
            'problems', 'projects', 'milestones', 'results', 'licences', 'members' …, or its Chinese name.
        record, **fields
            Texts, numbers, dates, lists. A record with a lifecycle enters in its first status.

        Returns
        -------
        Record

        Raises
        ------
        Error
            All that is wrong at once, in `findings`.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:", clerk="Li") as store:
        ...     store.add("segments", id="chips", name="芯片", stage="upstream")["name"]
        '芯片'
        """
        given = {**(record or {}), **fields}
        return Record(**self._native.add(table, {name: _cell(value) for name, value in given.items()}))

    def get(self, table: str, entry: int) -> Record:
        """The record of that entry number.

        Parameters
        ----------
        table : str
        entry : int

        Returns
        -------
        Record

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     added = store.add("segments", id="chips", name="芯片", stage="upstream")
        ...     store.get("segments", added.entry)["id"]
        'chips'
        """
        return Record(**self._native.get(table, entry))

    def find(self, table: str, key: str, within: str = "") -> Record | None:
        """The record with that id or number, or None; milestones within a project, scores within a problem.

        Parameters
        ----------
        table : str
        key : str
            Id or number.
        within : str
            Number of the project or problem.

        Returns
        -------
        Record or None

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.connected_vehicle())
        ...     store.find("segments", "no such segment") is None
        True
        """
        found = self._native.find(table, key, within)
        return None if found is None else Record(**found)

    def change(self, record: Record, changes: Mapping[str, object] | None = None, /, **fields: object) -> Record:
        """Changes the fields given; None or '' empties one.

        Parameters
        ----------
        record : Record
            As it was read.
        changes : mapping, optional
        **fields
            New values by heading.

        Returns
        -------
        Record
            As it now is.

        Raises
        ------
        Error
            Code ``conflict``: somebody changed it since; the message says who, when and what.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     added = store.add("segments", id="chips", name="芯片", stage="upstream")
        ...     store.change(added, name_en="chips")["name_en"]
        'chips'
        """
        given = {**(changes or {}), **fields}
        texts = {name: _cell(value) for name, value in given.items()}
        return Record(**self._native.change(record.table, record.entry, record.version, texts))

    def remove(self, record: Record) -> None:
        """Takes a record out; refused where others refer to it or it has taken steps. Conflicts as `change`.

        Parameters
        ----------
        record : Record

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.remove(store.add("segments", id="chips", name="芯片", stage="upstream"))
        ...     store.list("segments").total
        0
        """
        self._native.remove(record.table, record.entry, record.version)

    def list(
        self,
        table: str,
        where: Where | None = None,
        *,
        order_by: str = "",
        descending: bool = False,
        offset: int = 0,
        limit: int = 100,
    ) -> Page:
        """The records that meet all conditions.

        Parameters
        ----------
        table : str
        where : mapping, or iterable of (field, sign, value)
            A mapping asks for equal fields. Signs: ``=  !=  ~`` (contains) ``>=  <=``, or 'is', 'is_not', 'contains',
            'from', 'until', 'empty', 'filled'.
        order_by : str
            A field; in the order of entry by default.
        descending : bool
        offset, limit : int
            Which part of those found.

        Returns
        -------
        Page

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.connected_vehicle())
        ...     store.list("problems", [("stage", "=", "上游"), ("declared", "=", "★★★")]).total
        9
        """
        entries, total = self._native.list(table, _conditions(where), order_by, descending, offset, limit)
        name = entries[0]["table"] if entries else table
        return Page([Record(**entry) for entry in entries], total, name)

    def search(self, text: str, tables: Sequence[str] = (), *, offset: int = 0, limit: int = 50) -> Hits:
        """Full-text search in problems, projects, results and policy tools: every word must stand in the record.

        Chinese is found anywhere in a text, single characters too; Latin words and digits from their beginnings.

        Parameters
        ----------
        text : str
        tables : sequence of str
            These only; by default all four.
        offset, limit : int
            Which part of those found.

        Returns
        -------
        Hits

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     len(store.search("芯片")) > 0
        True
        """
        hits, more = self._native.search(text, list(tables), offset, limit)
        return Hits([Hit(**hit) for hit in hits], more)

    def revisions(self, record: Record | str, entry: int | None = None) -> builtins.list[Revision]:
        """What a record was and is, oldest first; of a removed one what it was.

        Parameters
        ----------
        record : Record or str
            A record, or the name of its table.
        entry : int, optional
            Its entry number, with the name of a table.

        Returns
        -------
        list of Revision

        Raises
        ------
        TypeError
            The name of a table without an entry number.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:", clerk="Wang") as store:
        ...     problem = store.change(store.add("problems", number="P1", stage="upstream", name="a"), name="b")
        ...     [(one.record["name"], one.ended_by) for one in store.revisions(problem)]
        [('a', 'Wang'), ('b', '')]
        """
        table = record.table if isinstance(record, Record) else record
        if isinstance(record, Record):
            entry = record.entry
        if entry is None:
            raise TypeError(chosen("请给出记录，或表名和内部编号。", "Give a record, or a table's name and an entry number."))
        found = self._native.revisions(table, entry)
        return [Revision(Record(**one["record"]), one["ended_at"], one["ended_by"], one["removed"]) for one in found]

    def info(self) -> ChainInfo:
        """What the chain says of itself: names, home, date, version, review cycle, severity model, sources, notes.

        Returns
        -------
        ChainInfo
            A mapping of the fields of `Chain.info`, with its version.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     store.info()["home_region"]
        '120000'
        """
        return ChainInfo._of(self._native.info())

    def change_info(self, info: ChainInfo, changes: Mapping[str, object] | None = None, /, **fields: object) -> ChainInfo:
        """Changes the fields given.

        Parameters
        ----------
        info : ChainInfo
            As it was read.
        changes, **fields
            Of `Chain.info`: ``name=``, ``review_cycle_months=``, ``severity=SeverityModel(…)`` …

        Returns
        -------
        ChainInfo
            As it now stands.

        Raises
        ------
        Error
            Code ``conflict``: somebody changed it since.
        AttributeError
            A field that there is not.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.change_info(store.info(), name_en="Example", review_cycle_months=6)["review_cycle_months"]
        6
        """
        chain = Chain()
        for name, value in {**info.fields, **(changes or {}), **fields}.items():
            chain._native.set_info(name, getattr(value, "_native", value))
        return ChainInfo._of(self._native.change_info(info.version, chain._native))

    # ---- what the rules say ----------------------------------------------------------------------------------------

    def access(self, result: str, unit: str = "", day: Day | None = None) -> Access:
        """What a unit may do with a result on a day, and why.

        Parameters
        ----------
        result : str
            Its number.
        unit : str
            Id, name or credit code; '' for the public.
        day : date or str, optional
            Today by default.

        Returns
        -------
        Access
            Whether it may see and use the result, and the reason.

        Raises
        ------
        Error
            Code ``not_found``: no result has that number.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     added = store.add("results", number="R1", name="方法", contributor="U1")
        ...     store.access("R1", "U1", "2025-06-01").use, store.access("R1", day="2025-06-01").see
        (True, False)
        """
        return Access(**self._native.access(result, unit, day or datetime.date.today()))

    def coverage(self, day: Day | None = None) -> Table:
        """What is made in each segment, by product and parameter, and the institutions that test it; gaps have none.

        Parameters
        ----------
        day : date or str, optional
            Scopes must be valid on it; today by default.

        Returns
        -------
        Table
            One row an item, one with an empty product for a segment that makes none: segment, the institutions that
            serve it, whether one is marked CMA or CNAS, product, parameter ('' for the whole), tested_by (empty: a gap),
            mark, methods, unmarked and elsewhere (who else tests it), lapsed (last day of a scope that ran out).

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     covered = store.coverage("2025-06-01")
        ...     covered["segment"][0], covered["product"][0], list(covered["institutions"][0])
        ('ac-u-cpu', 'C86处理器', ['tj-zjy', 'phytium-nerc'])
        """
        blank: dict[str, Any] = {"product": "", "parameter": "", "mark": "", "lapsed": ""}
        blank |= {"institutions": [], "methods": [], "unmarked": [], "elsewhere": []}
        rows = []
        for segment in self._native.coverage(day or datetime.date.today()):
            of_segment = {name: segment[name] for name in ("segment", "institutions", "cma", "cnas")}
            for item in segment["items"] or [blank]:
                rows.append({**item, **of_segment, "tested_by": item["institutions"], "mark": _cell(item["mark"])})
        return _table(rows, _COVERAGE, "检测覆盖", "coverage")

    def proposals(self) -> Table:
        """Proposed projects in the order in which they are to be considered: whose lead contributed paid results first.

        Returns
        -------
        Table
            number, name, lead, and how many paid results the lead contributed.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     for number, lead in ("J1", "U1"), ("J2", "U2"):
        ...         added = store.add("projects", number=number, name=number, lead=lead)
        ...     list(store.proposals()["number"])
        ['J1', 'J2']
        """
        return _table(self._native.proposals(), _PROPOSAL, "立项次序", "proposals")

    def conflicts(self, licence: str) -> builtins.list[str]:
        """The licences in force that exclude one.

        Parameters
        ----------
        licence : str
            Its number.

        Returns
        -------
        list of str
            Their numbers.

        Raises
        ------
        Error
            Code ``not_found``: no licence has that number.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     added = store.add("results", number="R1", name="方法")
        ...     added = store.add("licences", number="L1", result="R1", licensee="U2", kind="exclusive")
        ...     store.conflicts("L1")
        []
        """
        return list(self._native.conflicts(licence))

    # ---- lifecycles ------------------------------------------------------------------------------------------------

    def step(
        self,
        lifecycle: str,
        number: str,
        to: str,
        *,
        date: Day,
        who: str = "office",
        by: str = "",
        reason: str = "",
        version: int | None = None,
    ) -> dict[str, str]:
        """Leads a record on to another status, by the guards of its lifecycle.

        Parameters
        ----------
        lifecycle : {'problem', 'project', 'result', 'licence', 'consortium', 'change'}
            'change': an application to change a project.
        number : str
            Of the record; '' for the consortium; project and number for a change, as 'J1/C1'.
        to : str
            The new status, in English or Chinese.
        date : date or str
        who, by, reason : str
            In what capacity ('lead', 'office', 'experts' …), the person or unit, and why. An empty `by`: the clerk
            that the store was opened for.
        version : int, optional
            Refused if the record was changed since.

        Returns
        -------
        dict of str to str

        Raises
        ------
        Error
            Code ``illegal_step``: the message names the legal ones, or what is missing.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     _ = store.add("segments", id="chips", name="芯片", stage="upstream")
        ...     _ = store.add("problems", number="P1", name="Voids", stage="upstream", segments=["chips"])
        ...     store.step("problem", "P1", "analysing", date="2026-03-01", who="lead", by="Wang")["step"]
        'analyse'
        """
        given = {
            "lifecycle": lifecycle,
            "number": number,
            "to": to,
            "date": _cell(date),
            "who": who,
            "by": by,
            "reason": reason,
        }
        return self._native.step(given, version)

    def correct(
        self,
        lifecycle: str,
        number: str,
        step: str,
        *,
        date: Day,
        reason: str,
        who: str = "office",
        by: str = "",
        version: int | None = None,
    ) -> dict[str, str]:
        """Takes back a step that was entered by mistake; the history keeps both entries.

        The record stands again where it stood, on every day: `as_of` shows it without the mistake, as long as it is
        not asked for what was ``recorded`` then. What really happened is then entered by `step`.

        Parameters
        ----------
        lifecycle, number : str
            As `step`.
        step : str
            The step to take back, as `history` names it: the last one that stands.
        date : date or str
            Of the correction.
        reason : str
            Why it is corrected.
        who, by : str
            In what capacity ('office', or as the step was taken), and the person or unit; an empty `by`: the clerk.
        version : int, optional
            Refused if the record was changed since.

        Returns
        -------
        dict of str to str
            The entry added to the history.

        Raises
        ------
        Error
            Code ``illegal_step``: another step is the last one, or others were built upon it: the message names them.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:", clerk="Wang") as store:
        ...     _ = store.add("problems", number="P1", name="Voids", stage="upstream")
        ...     _ = store.step("problem", "P1", "analysing", date="2026-03-01")
        ...     _ = store.correct("problem", "P1", "analyse", date="2026-03-02", reason="meant for P2")
        ...     store.find("problems", "P1")["status"]
        'identified'
        """
        given = {
            "lifecycle": lifecycle,
            "number": number,
            "step": step,
            "date": _cell(date),
            "who": who,
            "by": by,
            "reason": reason,
        }
        return self._native.correct(given, version)

    def history(self, lifecycle: str, number: str = "") -> Table:
        """The steps of a record, oldest first, corrections and what they took back among them.

        Parameters
        ----------
        lifecycle : str
            As `step`.
        number : str
            Of the record; '' for the consortium.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     added = store.add("problems", number="P1", name="a", stage="upstream")
        ...     len(store.history("problem", "P1"))
        0
        """
        return _table(self._native.history(lifecycle, number), _STEP, "办理记录", "history")

    def due(self, today: Day | None = None, *, report_months: int | None = None, ahead_days: int = 30) -> Table:
        """What is due or overdue: reviews, reports, milestones, ends of projects and licences, confirmations.

        Parameters
        ----------
        today : date or str, optional
        report_months : int, optional
            Months between reports of a project, where others than the chain's `report_cycle_months`.
        ahead_days : int
            How far to look ahead.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     len(store.due("2026-06-01")) >= 0
        True
        """
        options: dict[str, int] = {"ahead_days": ahead_days}
        if report_months is not None:
            options["report_months"] = report_months
        rows = self._native.due(today or datetime.date.today(), options)
        return _table(rows, _DUE, "到期事项", "due")

    def warnings(self, today: Day | None = None) -> Table:
        """What threatens running projects.

        Parameters
        ----------
        today : date or str, optional

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     len(store.warnings("2026-06-01"))
        0
        """
        return _table(self._native.warnings(today or datetime.date.today()), _WARNING, "预警", "warnings")

    def consistency(self, today: Day | None = None) -> Findings:
        """Where registers contradict each other.

        Parameters
        ----------
        today : date or str, optional

        Returns
        -------
        Findings

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.consistency("2026-06-01").errors
        0
        """
        return Findings._of(self._native.consistency(today or datetime.date.today()))

    # ---- the whole -------------------------------------------------------------------------------------------------

    def chain(self) -> Chain:
        """Everything, as of one moment: a chain with its registers, for `assess`, maps, tables and forms.

        Returns
        -------
        Chain

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     len(store.chain())
        11
        """
        return Chain._of(self._native.content())

    def as_of(self, day: Day, *, recorded: bool = False) -> Chain:
        """The registers as they were at the end of a day.

        Parameters
        ----------
        day : date or str
        recorded : bool
            Word for word what the store held then, by its clock, and not what the records' own days tell.

        Returns
        -------
        Chain

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     _ = store.add("segments", id="chips", name="芯片", stage="upstream")
        ...     _ = store.add("problems", number="P1", name="Voids", stage="upstream", segments=["chips"])
        ...     _ = store.step("problem", "P1", "analysing", date="2026-03-01", who="lead", by="Wang")
        ...     [store.as_of(day).problems["status"] for day in ("2026-02-28", "2026-03-01")]
        [['identified'], ['analysing']]
        """
        return Chain._of(self._native.as_of(day, recorded))

    def table(self, name: str) -> Table:
        """One of the tables, typed as `Chain.table`.

        Parameters
        ----------
        name : str

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     len(store.table("enterprises"))
        11
        """
        return self.chain().table(name)

    def write_facts(self, report: Report, day: Day | None = None) -> Table:
        """Writes what an assessment of `chain` found beside each of its problems.

        Parameters
        ----------
        report : Report
            ``cq.assess(store.chain())``.
        day : date or str, optional
            Of the assessment; today by default.

        Returns
        -------
        Table
            The facts: problem, date, model, hash of inputs, total, grade, mean loss, suggested diffusion.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     facts = store.write_facts(cq.assess(store.chain()), "2025-06-01")
        ...     len(facts), len(store.table("facts"))
        (28, 28)
        """
        rows = self._native.write_facts(report_of(report)._native, day or datetime.date.today())
        return _table(rows, _FACT, "评估结果", "facts")

    def form(
        self,
        which: str,
        *,
        number: str = "",
        day: Day | None = None,
        first: Day | None = None,
        last: Day | None = None,
        given: Mapping[str, GivenLike] | None = None,
        lang: str | None = None,
    ) -> Forms:
        """One of the standard's forms, filled from the registers as they stand; see `standard_forms`.

        Parameters
        ----------
        which : str
            As `standard_forms`.
        number : str
        day, first, last : date or str, optional
        given : mapping, optional
        lang : {'zh', 'en'}, optional

        Returns
        -------
        Forms

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     len(store.form("A").blocks()) > 0
        True
        """
        return standard_forms(
            self.chain(), which, number=number, day=day, first=first, last=last, given=given, lang=lang
        )

    def fill(self, chain: Chain) -> None:
        """Fills an empty store with a chain and all its registers.

        Parameters
        ----------
        chain : Chain

        Raises
        ------
        Error
            The store holds something, or all that a reader of the chain's files would find wrong.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     store.chain() == cq.datasets.advanced_computing()
        True
        """
        self._native.fill(chain_of(chain)._native)

    def import_chain(self, path: str | os.PathLike[str], *, repair: bool = False) -> Findings:
        """Fills an empty store from a chain folder, a ``.json`` file or a workbook.

        A workbook that `export_chain` wrote gives everything back: its sheet "chain" holds what ``chain.json`` says.

        Parameters
        ----------
        path : path
        repair : bool
            As `read_chain`.

        Returns
        -------
        Findings
            What the reading noticed.

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.import_chain(cq.datasets.folder("advanced_computing")).errors
        0
        """
        if Path(path).suffix.lower() in WORKBOOKS:
            chain = Chain.from_tables(path, repair=repair)
            self.fill(chain)
            return chain.findings
        return Findings._of(self._native.import_chain(os.fspath(path), repair))

    def export_chain(self, path: str | os.PathLike[str], *, lang: str = "en") -> Path:
        """Writes everything as a chain folder, ``.json`` or ``.xlsx``; `lang` is that of headings and words.

        Parameters
        ----------
        path : path
        lang : {'zh', 'en'}

        Returns
        -------
        Path
            Where it was written.

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder, cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     len(cq.read_chain(store.export_chain(os.path.join(folder, "chain.json"))))
        11
        """
        self._native.export_chain(os.fspath(path), language(lang))
        return Path(path)

    def back_up(self, path: str | os.PathLike[str]) -> Path:
        """Writes a store file that holds all of this one, versions too; the store stays in use.

        Parameters
        ----------
        path : path

        Returns
        -------
        Path
            Where it was written.

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder, cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     store.back_up(os.path.join(folder, "copy.db")).name
        'copy.db'
        """
        self._native.back_up(os.fspath(path))
        return Path(path)

    def restore(self, path: str | os.PathLike[str]) -> None:
        """Fills an empty store with everything that a store file holds.

        Parameters
        ----------
        path : path

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder, cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     path = store.back_up(os.path.join(folder, "copy.db"))
        ...     with cq.Store.open(":memory:") as other:
        ...         other.restore(path)
        ...         len(other.chain())
        11
        """
        self._native.restore(os.fspath(path))

    def check(self) -> Findings:
        """Looks for damage: the database's own check, references, the search index, versions.

        Returns
        -------
        Findings

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.check().errors
        0
        """
        return Findings._of(self._native.check())

    def __repr__(self) -> str:
        return f"<Store {self.address!r}>"
