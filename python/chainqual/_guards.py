"""What a function takes, checked where it is handed over: the message says which call makes it of what was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ._text import chosen

if TYPE_CHECKING:
    from .chain import Chain
    from .network import Network
    from .report import Report

T = TypeVar("T")

_WAYS_IN = {
    "Graph": "from_igraph",
    "DiGraph": "from_networkx",
    "MultiDiGraph": "from_networkx",
    "csr_array": "from_scipy",
    "csr_matrix": "from_scipy",
    "coo_array": "from_scipy",
    "coo_matrix": "from_scipy",
    "DataFrame": "from_table",
    "Table": "from_table",
}


def _refused(value: Any, name: str, wanted: str, zh: str, en: str) -> TypeError:
    kind = "None" if value is None else type(value).__name__
    return TypeError(
        chosen(f"{name} 应为 {wanted}，而不是 {kind}。{zh}", f"{name} must be a {wanted}, not {kind}. {en}")
    )


def native_of(value: T, kind: str, call: str) -> T:
    """What a class of this module wraps; TypeError with the call that makes one when anything else is handed over."""
    if type(value).__module__ != "chainqual._chainqual":
        raise TypeError(
            chosen(f"{kind} 不能这样构造：请用 {call}。", f"A {kind} is not made from its class: use {call}.")
        )
    return value


def network_of(value: Any, name: str = "net") -> Network:
    """The network given; TypeError with the call that makes one of what was given instead."""
    from .chain import Chain
    from .network import Network
    from .report import Report

    if isinstance(value, Network):
        return value
    if isinstance(value, Chain):
        call = "chain.network()"
    elif isinstance(value, Report):
        call = "report.network"
    else:
        call = f"Network.{_WAYS_IN.get(type(value).__name__, 'from_table')}(…)"
    raise _refused(value, name, "Network", f"请给 {call}。", f"Pass {call}.")


def chain_of(value: Any, name: str = "chain") -> Chain:
    """The chain given; TypeError with the call that makes one of what was given instead."""
    import os

    from .chain import Chain
    from .network import Network
    from .report import Report

    if isinstance(value, Chain):
        return value
    if isinstance(value, (str, os.PathLike)):
        path = os.fspath(value)
        zh, en = f"请给 read_chain({path!r})。", f"Pass read_chain({path!r})."
    elif isinstance(value, Report):
        zh, en = "请给 report.chain。", "Pass report.chain."
    elif isinstance(value, Network):
        zh = "网络不含问题和地区；请给生成它的产业链。"
        en = "A network holds no problems and regions; pass the chain that it was made from."
    else:
        zh = "请给 Chain.from_tables(enterprises=…, links=…) 或 read_chain(路径)。"
        en = "Pass Chain.from_tables(enterprises=…, links=…) or read_chain(path)."
    raise _refused(value, name, "Chain", zh, en)


def report_of(value: Any, name: str = "report") -> Report:
    """The report given; TypeError with the call that makes one."""
    from .report import Report

    if isinstance(value, Report):
        return value
    raise _refused(value, name, "Report", "请给 assess(chain)。", "Pass assess(chain).")


def of_kind(value: Any, kind: type[T], name: str, zh: str, en: str) -> T:
    """The value, where it is of the kind; else TypeError, with the call that makes one."""
    if isinstance(value, kind):
        return value
    raise _refused(value, name, kind.__name__, zh, en)


def one_of(name: str, value: str, words: Sequence[str]) -> None:
    """ValueError where a word is none of those known."""
    if value not in words:
        known = ", ".join(words)
        raise ValueError(
            chosen(f"{name} 不能是 {value!r}，只能是 {known}。", f"{name} cannot be {value!r}; it is one of {known}.")
        )


def several(values: Any, name: str) -> Iterable[Any]:
    """The values, where they are several; TypeError for one alone."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(chosen(f"{name} 应为列表：[{values!r}]。", f"{name} must be a list: [{values!r}]."))
    found: Iterable[Any] = values
    return found


def speaks(name: str, value: Any, members: Sequence[str], wanted: str) -> None:
    """TypeError where another library's object lacks what it is asked for."""
    if not all(hasattr(value, one) for one in members):
        raise _refused(value, name, wanted, f"请先转成 {wanted}。", f"Make it a {wanted} first.")
