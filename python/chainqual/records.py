"""What a store gives back: records, what they once were, pages, hits, chain information, who may use a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from . import _chainqual as _native
from ._tables import Table
from ._text import Text, chosen
from .chain import Chain


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


@dataclass(frozen=True)
class Revision:
    """What a record once was, and how that ended.

    Attributes
    ----------
    record : Record
        Its content, version, and who wrote it when.
    ended_at, ended_by : str
        Empty of the one that stands now.
    removed : bool
        It ended by removal.
    """

    record: Record
    ended_at: str
    ended_by: str
    removed: bool


@dataclass(frozen=True)
class ChainInfo(Mapping[str, Any]):
    """What a chain says of itself, as it stood when it was read: a mapping of the fields of `Chain.info`.

    Attributes
    ----------
    version : int
        0 where nothing was written yet.
    changed_at, changed_by : str
    fields : dict
    """

    version: int
    changed_at: str
    changed_by: str
    fields: dict[str, Any] = field(repr=False)

    @classmethod
    def _of(cls, given: tuple[_native.Chain, int, str, str]) -> ChainInfo:
        chain, version, at, by = given
        return cls(version, at, by, Chain._of(chain).info)

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)


@dataclass(frozen=True)
class Access:
    """What a unit may do with a result, and why.

    Attributes
    ----------
    see, use : bool
    reason : Text
    """

    see: bool
    use: bool
    reason: Text


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
        """The page as a table: entry, version, then every field as text.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     store.list("problems").table().columns[:2]
        ['entry', 'version']
        """
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
        """The hits as a table.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> with cq.Store.open(":memory:") as store:
        ...     store.fill(cq.datasets.advanced_computing())
        ...     store.search("芯片").table().columns[0]
        'table'
        """
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
