"""The registers of a chain in a database: an SQLite file, or PostgreSQL for several offices."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union, overload

from . import _chainqual as _native
from ._errors import Findings
from ._guards import chain_of, report_of
from ._intake import WORKBOOKS
from ._tables import Table
from ._text import Text, chosen, language
from .chain import Chain
from .forms import Forms, standard_forms
from .indicators import Day
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


@dataclass(frozen=True)
class Record(Mapping[str, str]):
    """A record as it stood when it was read: a mapping of its filled fields.

    Attributes
    ----------
    table : str
    entry : int
        The store's own number of it, never given twice.
    version : int
        1 when entered, one more with each change.
    changed_at, changed_by : str
    fields : dict of str to str
        As cells of a CSV table are written; empty ones are left out.
    """

    table: str
    entry: int
    version: int
    changed_at: str
    changed_by: str
    fields: dict[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)


class Page(Sequence[Record]):
    """Some of the records that meet the conditions of `Store.list`.

    Attributes
    ----------
    total : int
        How many meet them, on all pages.
    """

    def __init__(self, records: Sequence[Record], total: int, name: str) -> None:
        self._records = list(records)
        self.total = total
        self._name = name

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        return self._records[index]

    def __len__(self) -> int:
        return len(self._records)

    def table(self) -> Table:
        """The page as a table: entry, version, then every field as text."""
        fields = _native.table_fields(self._name)
        columns: dict[str, list[Any]] = {
            "entry": [record.entry for record in self],
            "version": [record.version for record in self],
        }
        labels = {"entry": Text("内部编号", "entry"), "version": Text("版", "version")}
        for key, zh, _ in fields:
            columns[key] = [record.get(key, "") for record in self]
            labels[key] = Text(zh, key)
        return Table(columns, labels)

    def __repr__(self) -> str:
        return chosen(
            f"<Page {self._name}：{len(self)} 条，共 {self.total} 条>",
            f"<Page {self._name}: {len(self)} of {self.total}>",
        )


@dataclass(frozen=True)
class Hit:
    """Where `Store.search` found the words.

    Attributes
    ----------
    table : str
    entry : int
    number, name : str
    field, text : str
        The first field that holds the first word, and what stands there.
    """

    table: str
    entry: int
    number: str
    name: str
    field: str
    text: str


class Hits(Sequence[Hit]):
    """What a search found.

    Attributes
    ----------
    more : bool
        Further hits stand behind these.
    """

    def __init__(self, hits: Sequence[Hit], more: bool) -> None:
        self._hits = list(hits)
        self.more = more

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self._hits[index]

    def __len__(self) -> int:
        return len(self._hits)

    def table(self) -> Table:
        """The hits as a table."""
        labels = {
            "table": Text("登记簿", "table"),
            "entry": Text("内部编号", "entry"),
            "number": Text("编号", "number"),
            "name": Text("名称", "name"),
            "field": Text("字段", "field"),
            "text": Text("内容", "text"),
        }
        return Table({name: [getattr(hit, name) for hit in self] for name in labels}, labels)

    def __repr__(self) -> str:
        more = chosen("，后面还有", ", and more") if self.more else ""
        return chosen(f"<Hits：{len(self)} 处{more}>", f"<Hits: {len(self)}{more}>")


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
        self._native = native

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

        Raises
        ------
        Error
            No such folder or store, not a store's file, one of a newer version, or a server that cannot be reached.
        ImportError
            This chainqual was built without the store.
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
        """Closes the store; every later call but this one is an Error."""
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

        Raises
        ------
        Error
            All that is wrong at once, in `findings`.
        """
        given = {**(record or {}), **fields}
        return Record(**self._native.add(table, {name: _cell(value) for name, value in given.items()}))

    def get(self, table: str, entry: int) -> Record:
        """The record of that entry number."""
        return Record(**self._native.get(table, entry))

    def find(self, table: str, key: str, within: str = "") -> Record | None:
        """The record with that id or number, or None; milestones within a project, scores within a problem."""
        found = self._native.find(table, key, within)
        return None if found is None else Record(**found)

    def change(self, record: Record, changes: Mapping[str, object] | None = None, /, **fields: object) -> Record:
        """Changes the fields given; None or '' empties one.

        Parameters
        ----------
        record : Record
            As it was read.

        Raises
        ------
        Error
            Code ``conflict``: somebody changed it since; the message says who, when and what.
        """
        given = {**(changes or {}), **fields}
        texts = {name: _cell(value) for name, value in given.items()}
        return Record(**self._native.change(record.table, record.entry, record.version, texts))

    def remove(self, record: Record) -> None:
        """Takes a record out; refused where others refer to it or it has taken steps. Conflicts as `change`."""
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
        """
        hits, more = self._native.search(text, list(tables), offset, limit)
        return Hits([Hit(**hit) for hit in hits], more)

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
        lifecycle : {'problem', 'project', 'result', 'licence', 'consortium'}
        number : str
            Of the record; '' for the consortium.
        to : str
            The new status, in English or Chinese.
        date : date or str
        who, by, reason : str
            In what capacity ('lead', 'office', 'experts' …), the person or unit, and why.
        version : int, optional
            Refused if the record was changed since.

        Raises
        ------
        Error
            Code ``illegal_step``: the message names the legal ones, or what is missing.
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

    def history(self, lifecycle: str, number: str = "") -> Table:
        """The steps of a record, oldest first."""
        return _table(self._native.history(lifecycle, number), _STEP, "办理记录", "history")

    def due(self, today: Day | None = None, *, report_months: int = 3, ahead_days: int = 30) -> Table:
        """What is due or overdue: reviews, reports, milestones, ends of projects and licences, confirmations."""
        options = {"report_months": report_months, "ahead_days": ahead_days}
        rows = self._native.due(today or datetime.date.today(), options)
        return _table(rows, _DUE, "到期事项", "due")

    def warnings(self, today: Day | None = None) -> Table:
        """What threatens running projects."""
        return _table(self._native.warnings(today or datetime.date.today()), _WARNING, "预警", "warnings")

    def consistency(self, today: Day | None = None) -> Findings:
        """Where registers contradict each other."""
        return Findings._of(self._native.consistency(today or datetime.date.today()))

    # ---- the whole -------------------------------------------------------------------------------------------------

    def chain(self) -> Chain:
        """Everything, as of one moment: a chain with its registers, for `assess`, maps, tables and forms."""
        return Chain._of(self._native.content())

    def as_of(self, day: Day) -> Chain:
        """The registers as they were at the end of a day."""
        return Chain._of(self._native.as_of(day))

    def table(self, name: str) -> Table:
        """One of the tables, typed as `Chain.table`."""
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
        """One of the standard's forms, filled from the registers as they stand; see `standard_forms`."""
        return standard_forms(
            self.chain(), which, number=number, day=day, first=first, last=last, given=given, lang=lang
        )

    def fill(self, chain: Chain) -> None:
        """Fills an empty store with a chain and all its registers.

        Raises
        ------
        Error
            The store holds something, or all that a reader of the chain's files would find wrong.
        """
        self._native.fill(chain_of(chain)._native)

    def import_chain(self, path: str | os.PathLike[str], *, repair: bool = False) -> Findings:
        """Fills an empty store from a chain folder, a ``.json`` file or a workbook.

        A workbook holds tables alone: what ``chain.json`` says (name, model, cycles) does not stand in it.

        Returns
        -------
        Findings
            What the reading noticed.
        """
        if Path(path).suffix.lower() in WORKBOOKS:
            chain = Chain.from_tables(path, repair=repair)
            self.fill(chain)
            return chain.findings
        return Findings._of(self._native.import_chain(os.fspath(path), repair))

    def export_chain(self, path: str | os.PathLike[str], *, lang: str = "en") -> Path:
        """Writes everything as a chain folder, ``.json`` or ``.xlsx``; `lang` is that of headings and words."""
        self._native.export_chain(os.fspath(path), language(lang))
        return Path(path)

    def back_up(self, path: str | os.PathLike[str]) -> Path:
        """Writes a store file that holds all of this one, versions too; the store stays in use."""
        self._native.back_up(os.fspath(path))
        return Path(path)

    def restore(self, path: str | os.PathLike[str]) -> None:
        """Fills an empty store with everything that a store file holds."""
        self._native.restore(os.fspath(path))

    def check(self) -> Findings:
        """Looks for damage: the database's own check, references, the search index, versions."""
        return Findings._of(self._native.check())

    def __repr__(self) -> str:
        return f"<Store {self.address!r}>"
