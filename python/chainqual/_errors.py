"""Errors and findings of the C++ library as Python exceptions and records."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from ._text import Text, chosen

if TYPE_CHECKING:
    from ._tables import Table


class ErrorCode(enum.IntEnum):
    """What went wrong, by the same numbers as in C++ and C."""

    ok = 0
    invalid_argument = 1
    invalid_value = 2
    shape_mismatch = 3
    out_of_range = 4
    overflow = 5
    not_found = 6
    duplicate = 7
    unknown_reference = 8
    bad_encoding = 9
    bad_syntax = 10
    missing_column = 11
    unknown_column = 12
    missing_value = 13
    limit_exceeded = 14
    wrong_format = 15
    version_mismatch = 16
    checksum_mismatch = 17
    io_failure = 18
    cancelled = 19
    not_converged = 20
    no_solution = 21
    out_of_memory = 22
    declared_differs = 23
    suspicious = 24
    illegal_step = 25
    internal = 26
    conflict = 27


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: where, what rule, and the cure.

    Attributes
    ----------
    level : {'info', 'warning', 'error'}
    code : str
        Name of an `ErrorCode`.
    file : str
        Table or file; empty where there is none.
    record, line : int
        Data record (from 1, the heading not counted) and physical line; 0 where there is none.
    column : str
        The heading.
    byte : int
        Byte offset from 1, where a byte is to blame; else 0.
    value : str
        The value as it stands, cut at 80 characters.
    rule, fix : Text
        What is wrong and what to do, in both languages.
    text : Text
        All of it as one line.
    """

    level: str
    code: str
    file: str
    record: int
    line: int
    column: str
    byte: int
    value: str
    rule: Text
    fix: Text
    text: Text

    def __str__(self) -> str:
        return str(self.text)


_COLUMNS = {
    "level": Text("级别", "level"),
    "code": Text("代码", "code"),
    "file": Text("文件", "file"),
    "record": Text("行", "record"),
    "column": Text("列", "column"),
    "value": Text("值", "value"),
    "rule": Text("规则", "rule"),
    "fix": Text("改法", "fix"),
}


class Findings(Sequence[Finding]):
    """Findings in the order of their rules and rows. At most some 1,000 are kept; `counts` counts all.

    Examples
    --------
    >>> import chainqual as cq
    >>> findings = cq.datasets.advanced_computing().validate()
    >>> findings.errors
    0
    """

    def __init__(self, kept: Sequence[Finding] = (), counts: tuple[int, int, int] = (0, 0, 0)) -> None:
        self._kept = tuple(kept)
        self.counts = counts

    @classmethod
    def _of(cls, native: dict[str, Any]) -> Findings:
        return cls(native["kept"], native["counts"])

    @property
    def infos(self) -> int:
        """How many are for information."""
        return self.counts[0]

    @property
    def warnings(self) -> int:
        """How many are warnings."""
        return self.counts[1]

    @property
    def errors(self) -> int:
        """How many are errors."""
        return self.counts[2]

    def of(self, level: str) -> Findings:
        """Those of one level: 'info', 'warning' or 'error'.

        Parameters
        ----------
        level : {'info', 'warning', 'error'}

        Returns
        -------
        Findings

        Examples
        --------
        >>> import chainqual as cq
        >>> len(cq.datasets.advanced_computing().validate().of("error"))
        0
        """
        place = ("info", "warning", "error").index(level)
        counts = (0,) * place + (self.counts[place],) + (0,) * (2 - place)
        return Findings([f for f in self._kept if f.level == level], (counts[0], counts[1], counts[2]))

    def table(self) -> Table:
        """The findings as a table.

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().validate().table().columns[:2]
        ['level', 'code']
        """
        return self._table(lambda name: [getattr(f, name) for f in self._kept])

    def _table(self, column: Callable[[str], list[Any]]) -> Table:
        from ._tables import Table

        return Table(
            {name: list(map(str, column(name))) if name in ("rule", "fix") else column(name) for name in _COLUMNS},
            labels=_COLUMNS,
            title=Text("校验结果", "findings"),
        )

    def _groups(self) -> list[list[Finding]]:
        """Those that are one mistake made many times together, as the program tells them; errors first."""
        groups: dict[tuple[str, ...], list[Finding]] = {}
        for f in self._kept:
            groups.setdefault((f.level, f.code, f.file, f.column, str(f.fix)), []).append(f)
        return sorted(groups.values(), key=lambda group: ("error", "warning", "info").index(group[0].level))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return self._kept[index]

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._kept)

    def summary(self) -> str:
        """'2 errors, 1 warning, 0 infos' in the language in use.

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Findings().summary()
        '0 errors, 0 warnings, 0 infos'
        """
        info, warning, error = self.counts
        return chosen(
            f"错误 {error}，警告 {warning}，提示 {info}",
            f"{error} error{'s' * (error != 1)}, {warning} warning{'s' * (warning != 1)}, "
            f"{info} info{'s' * (info != 1)}",
        )

    def __repr__(self) -> str:
        lines = [f"<Findings: {self.summary()}>"]
        shown = self._groups()[:10]
        for group in shown:
            times = chosen(f"（共 {len(group)} 处）", f" ({len(group)} times)") if len(group) > 1 else ""
            lines.append(f"  {group[0]}{times}")
        hidden = sum(self.counts) - sum(map(len, shown))
        if hidden > 0:
            lines.append(chosen(f"  … 另有 {hidden} 条，见 .table()", f"  … and {hidden} more; see .table()"))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        groups = self._groups()

        def column(name: str) -> list[Any]:
            if name not in ("record", "value", "rule"):
                return [getattr(group[0], name) for group in groups]
            return [_few(str(getattr(f, name) or "") for f in group) for group in groups]

        return self._table(column)._repr_html_()


def _few(texts: Iterable[str]) -> str:
    """The first of some texts, each once."""
    each = list(dict.fromkeys(filter(None, texts)))
    return chosen("；", "; ").join(each[:3]) + (f" … ({len(each)})" if len(each) > 3 else "")


class Error(Exception):
    """What the library refuses or cannot do.

    Attributes
    ----------
    code : ErrorCode
    findings : Findings
        Every place that is wrong, where there are places.
    message, message_zh, message_en : str
        In the language in use, in Chinese, in English.

    Notes
    -----
    Bad values also are a `ValueError`, missing files a `FileNotFoundError`, files that the system refuses an `OSError`,
    numbers that exact arithmetic cannot hold an `OverflowError`. A failing allocation is a plain `MemoryError`, and
    Ctrl-C a `KeyboardInterrupt`.

    Examples
    --------
    >>> import chainqual as cq
    >>> try:
    ...     cq.SeverityModel().grade(6, 4, 4)
    ... except cq.Error as error:
    ...     error.code.name, isinstance(error, ValueError), len(error.findings)
    ('invalid_value', True, 1)
    """

    def __init__(self, code: ErrorCode, text: Text, findings: Findings | None = None) -> None:
        super().__init__(str(text))
        self.code = code
        self.findings = findings if findings is not None else Findings()
        self._text = text

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the language in use."""
        return str(self._text)

    @property
    def message_zh(self) -> str:
        """The same in Chinese."""
        return self._text.zh

    @property
    def message_en(self) -> str:
        """The same in English."""
        return self._text.en

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self._text, self.findings)


class InvalidError(Error, ValueError):
    """A value, shape, name or text that is not allowed."""


class MissingError(Error, FileNotFoundError):
    """A file or folder that does not exist."""

    __str__ = Error.__str__


class AccessError(Error, OSError):
    """The operating system refused."""

    __str__ = Error.__str__


class TooLongError(Error, OverflowError):
    """Exact arithmetic would leave its range."""


for _class in (Error, InvalidError, MissingError, AccessError, TooLongError):
    _class.__module__ = "chainqual"  # where users find them, as tracebacks show them

_CLASSES: dict[str, type[Error]] = {
    "not_found": MissingError,
    "io_failure": AccessError,
    "overflow": TooLongError,
    "cancelled": Error,
    "not_converged": Error,
    "no_solution": Error,
    "internal": Error,
}


def error_of(code: str, text: Text, findings: dict[str, Any]) -> Error:
    """The exception for an error of the C++ library; called by the extension."""
    return _CLASSES.get(code, InvalidError)(ErrorCode[code], text, Findings._of(findings))
