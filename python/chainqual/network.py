"""The frozen form of a chain: compressed rows in both directions, with columns beside."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._display import network_html
from ._errors import Error, ErrorCode, Findings, InvalidError
from ._guards import native_of, speaks
from ._intake import arrow_of
from ._run import Progress, running
from ._text import Text, chosen

if TYPE_CHECKING:
    import igraph
    import networkx
    import scipy.sparse

EnterpriseLike = Union[int, str, np.integer[Any]]
ArrayLike = Any

NONE = 0xFFFFFFFF
"""'No segment' or 'no sector' in a network's columns."""
NO_STAGE = 0xFF
"""'No stage' in a network's stage column."""


class Network:
    """Enterprises and supply links as compressed sparse rows, immutable.

    Made from a chain (`Chain.network`), from columns (`from_arrays`), by opening a ``.cqn`` file (`open`), by reading
    tables (`read`) or from other graph libraries (`from_networkx`, `from_igraph`, `from_scipy`).

    Attributes
    ----------
    out_offsets, in_offsets : uint64 array [n + 1]
    out_targets, in_sources : uint32 array [m]
    out_values, in_values : float32 array [m]
    dependency, escape : float32 array [m], or empty
    stage : uint8 array [n], or empty
    segment, sector : uint32 array [n], or empty
    weight : float64 array [n], or empty
        All are read-only views of the network's own memory and keep it alive.
    findings : Findings
        What the reading of tables noticed; empty for other networks.

    Examples
    --------
    >>> import chainqual as cq
    >>> net = cq.Network.from_arrays(3, [0, 1], [1, 2], value=[2.0, 1.0])
    >>> net.enterprises, net.links, net.out_targets
    (3, 2, array([1, 2], dtype=uint32))
    """

    __slots__ = ("__weakref__", "_hash", "_native", "_path", "findings")

    def __init__(self, native: _native.Network) -> None:
        self._native = native_of(native, "Network", "Network.open(…), Network.from_table(…) or chain.network()")
        self._path: str | None = None
        self._hash = 0
        self.findings = Findings()

    # ---- making ----------------------------------------------------------------------------------------------------

    @classmethod
    def from_arrays(
        cls,
        n: int,
        supplier: ArrayLike,
        customer: ArrayLike,
        *,
        value: ArrayLike | None = None,
        dependency: ArrayLike | None = None,
        escape: ArrayLike | None = None,
        stage: ArrayLike | None = None,
        segment: ArrayLike | None = None,
        sector: ArrayLike | None = None,
        weight: ArrayLike | None = None,
        keys: Sequence[str] | None = None,
        keep_self_supply: bool = False,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Network:
        """A network of columns: row k says that ``supplier[k]`` supplies ``customer[k]``.

        Parameters
        ----------
        n : int
            Enterprises; ids are 0 … n − 1.
        supplier, customer : uint32 array [m]
        value : float32 or float64 array [m], optional
            ≥ 0; 1 each where absent. Parallel links add up.
        dependency, escape : float32 or float64 array [m], optional
            In [0, 1]; NaN: not given.
        stage : uint8 array [n], optional
            0 upstream, 1 midstream, 2 downstream, 255 none.
        segment, sector : uint32 array [n], optional
            2**32 − 1: none.
        weight : float32 or float64 array [n], optional
            In totals; by default what an enterprise supplies.
        keys : list of str, optional
            A name for every enterprise.
        keep_self_supply : bool
            Else links from an enterprise to itself are dropped and counted in `summary`.

        Returns
        -------
        Network

        Raises
        ------
        TypeError
            An array of another dtype; the message names the call that converts. Lists of numbers are converted.
        Error
            Columns with errors, all in `findings`; also a ValueError.

        Examples
        --------
        >>> import chainqual as cq
        >>> import numpy as np
        >>> supplier, customer = np.array([0, 1], dtype=np.uint32), np.array([2, 2], dtype=np.uint32)
        >>> cq.Network.from_arrays(3, supplier, customer, value=[1.0, 3.0]).suppliers(2)
        array([0, 1], dtype=uint32)
        """
        given = {
            "supplier": supplier,
            "customer": customer,
            "value": value,
            "dependency": dependency,
            "escape": escape,
            "stage": stage,
            "segment": segment,
            "sector": sector,
            "weight": weight,
        }
        names = None if keys is None else [str(key) for key in keys]
        with running(threads, progress, "建立网络", "building") as how:
            return cls(_native.network_from_arrays(n, given, keep_self_supply, names, how))

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        verify: Literal["header", "checksum", "full"] = "full",
        threads: int | None = None,
        progress: Progress = None,
    ) -> Network:
        """Opens a ``.cqn`` file where it lies: it is mapped, and shared by every process that opens it.

        Parameters
        ----------
        path : path
        verify : {'header', 'checksum', 'full'}
            How much is looked at: `header` for files that this machine wrote and keeps (microseconds), `checksum`
            reads every byte, `full` moreover checks that the arrays are a network: for files from elsewhere.

        Returns
        -------
        Network

        Examples
        --------
        >>> import chainqual as cq
        >>> import tempfile, os
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = cq.generate(100).save(os.path.join(folder, "a.cqn"))
        ...     cq.Network.open(path, verify="checksum").enterprises
        100
        """
        with running(threads, progress, "打开", "opening") as how:
            net = cls(_native.network_open(os.fspath(path), verify, how))
        net._path = os.path.abspath(os.fspath(path))
        net._hash = net._native.content_hash
        return net

    @classmethod
    def read(
        cls,
        links: str | os.PathLike[str],
        enterprises: str | os.PathLike[str] | None = None,
        *,
        repair: bool = False,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Network:
        """Reads ``links.csv``, and ``enterprises.csv`` where given, in parallel: the fast way in for large chains.

        Parameters
        ----------
        links : path
        enterprises : path, optional
            Without it those who appear are the enterprises.
        repair : bool
            As `read_chain`.

        Returns
        -------
        Network

        Raises
        ------
        Error
            All errors of both files, with row, column, value and fix.

        Examples
        --------
        >>> import chainqual as cq
        >>> folder = cq.datasets.folder("advanced_computing")
        >>> cq.Network.read(folder / "links.csv", folder / "enterprises.csv").enterprises
        11
        """
        first = None if enterprises is None else os.fspath(enterprises)
        with running(threads, progress, "读取", "reading") as how:
            native, findings = _native.network_read(os.fspath(links), first, repair, how)
        net = cls(native)
        net.findings = Findings._of(findings)
        return net

    @classmethod
    def from_table(
        cls,
        links: Any,
        enterprises: Any = None,
        *,
        supplier: str | None = None,
        customer: str | None = None,
        value: str | None = None,
        dependency: str | None = None,
        escape: str | None = None,
        positions: int | None = None,
        sheet: str | int | None = None,
        repair: bool = False,
        keep_self_supply: bool = False,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Network:
        """A network of a table of links and, where given, one of enterprises.

        Parameters
        ----------
        links : table of polars, pyarrow, DuckDB or pandas, mapping of columns, list of dicts, or path of a workbook
            Columns supplier and customer (texts, whole numbers, or categories of them) and, where there are, value,
            dependency and escape; null and NaN: not given. Parallel links add up.
        enterprises : table, optional
            Columns id, credit_code or name (the first that a row has is its key), stage, segments, weight. Its rows are the
            enterprises; without it those who appear are, numbered by first appearance.
        supplier, customer, value, dependency, escape : str, optional
            Names of the columns; by default found under their English or Chinese headings.
        positions : int, optional
            Supplier and customer are ids 0 … positions − 1, not keys.
        sheet : str or int, optional
            Of a workbook, that with the links; by default the sheet called links (供应关系), else the first. Where
            `enterprises` is a workbook too, its sheet called enterprises (企业), else the first.
        repair : bool
            Take full-width numbers in texts; each is listed in `findings`.
        keep_self_supply : bool
            Else links from an enterprise to itself are dropped and counted in `summary`.

        Returns
        -------
        Network

        Raises
        ------
        Error
            Every bad cell by table, column and row, in `findings`; also a ValueError.

        Examples
        --------
        >>> import chainqual as cq
        >>> net = cq.Network.from_table({"supplier": ["ore", "steel"], "customer": ["steel", "robots"], "value": [2, 3.5]})
        >>> net.keys(), net.enterprises, net.links
        (['ore', 'steel', 'robots'], 3, 2)
        """
        from .chain_tables import sheet_of

        options = {
            "supplier": supplier,
            "customer": customer,
            "value": value,
            "dependency": dependency,
            "escape": escape,
            "positions": positions,
            "repair": repair,
            "keep_self_supply": keep_self_supply,
        }
        rows = arrow_of(links, "links", sheet_of(links, "links") if sheet is None else sheet)
        firms = (
            None if enterprises is None else arrow_of(enterprises, "enterprises", sheet_of(enterprises, "enterprises"))
        )
        with running(threads, progress, "建网", "building") as how:
            native, findings = _native.network_of_tables(rows, firms, options, how)
        net = cls(native)
        net.findings = Findings._of(findings)
        return net

    def save(self, path: str | os.PathLike[str], *, threads: int | None = None, progress: Progress = None) -> Path:
        """Writes a ``.cqn`` file; at every moment the name holds the old file or the new one, whole.

        Parameters
        ----------
        path : path

        Returns
        -------
        Path
            Where it was written.

        Examples
        --------
        >>> import chainqual as cq, tempfile, os
        >>> net = cq.generate(enterprises=100)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     cq.Network.open(net.save(os.path.join(folder, "a.cqn"))) == net
        True
        """
        with running(threads, progress, "写入", "writing") as how:
            self._native.save(os.fspath(path), how)
        return Path(path)

    # ---- what it holds ---------------------------------------------------------------------------------------------

    @property
    def enterprises(self) -> int:
        """n."""
        return self._native.enterprises

    @property
    def links(self) -> int:
        """m."""
        return self._native.links

    @property
    def out_offsets(self) -> npt.NDArray[np.uint64]:
        """Where the links of each supplier begin [n + 1], of those in the order of suppliers."""
        return self._native.view("out_offsets")

    @property
    def out_targets(self) -> npt.NDArray[np.uint32]:
        """The customer of each link [m]."""
        return self._native.view("out_targets")

    @property
    def out_values(self) -> npt.NDArray[np.float32]:
        """The value of each link [m]."""
        return self._native.view("out_values")

    @property
    def in_offsets(self) -> npt.NDArray[np.uint64]:
        """Where the links of each customer begin [n + 1], of those in the order of customers."""
        return self._native.view("in_offsets")

    @property
    def in_sources(self) -> npt.NDArray[np.uint32]:
        """The suppliers in the order of customers [m]."""
        return self._native.view("in_sources")

    @property
    def in_values(self) -> npt.NDArray[np.float32]:
        """The values in the order of customers [m]."""
        return self._native.view("in_values")

    @property
    def dependency(self) -> npt.NDArray[np.float32]:
        """How much of the supplier's trouble the customer feels, by link [m]; empty where not given."""
        return self._native.view("dependency")

    @property
    def escape(self) -> npt.NDArray[np.float32]:
        """Share that incoming inspection lets pass, by link [m]; empty where not given."""
        return self._native.view("escape")

    @property
    def stage(self) -> npt.NDArray[np.uint8]:
        """0 upstream, 1 midstream, 2 downstream, `NO_STAGE` none [n]; empty where not given."""
        return self._native.view("stage")

    @property
    def segment(self) -> npt.NDArray[np.uint32]:
        """The segment of each enterprise [n], `NONE` where it has none; empty where not given."""
        return self._native.view("segment")

    @property
    def sector(self) -> npt.NDArray[np.uint32]:
        """The sector of each enterprise [n], `NONE` where it has none; empty where not given."""
        return self._native.view("sector")

    @property
    def weight(self) -> npt.NDArray[np.float64]:
        """The weight of each enterprise [n]; empty where not given."""
        return self._native.view("weight")

    @property
    def summary(self) -> dict[str, int]:
        """What the making did: links given, self-supply dropped, parallel links merged, values assumed."""
        return self._native.summary

    @property
    def memory(self) -> int:
        """Bytes of all arrays."""
        return self._native.memory

    @property
    def named(self) -> bool:
        """Whether enterprises have keys; else they are numbers."""
        return self._native.named

    @property
    def segments(self) -> list[str]:
        """Names of the segments, by the numbers in `segment`; empty where they have none."""
        return self._native.segments()

    def keys(self) -> list[str]:
        """The key of every enterprise; numbers as text where it has none.

        Returns
        -------
        list of str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).keys()
        ['a', 'b']
        """
        return self._native.keys()

    def key(self, enterprise: EnterpriseLike) -> str:
        """The key of an enterprise.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).key(1)
        'b'
        """
        return self._native.key(self.id(enterprise))

    def _key_at(self, number: int) -> str:
        """The key of the enterprise with a number, even where that number is another's key."""
        return self._native.key(number)

    def name(self, enterprise: EnterpriseLike) -> str:
        """What an enterprise is called in the language in use; its key where it has no name.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).name(1)
        'b'
        """
        return self._name_at(self.id(enterprise))

    def _name_at(self, number: int, lang: str | None = None) -> str:
        """The name of the enterprise with a number, in a language."""
        return str(self._native.name(number).in_(lang))

    def id(self, enterprise: EnterpriseLike) -> int:
        """The number of an enterprise, given by number, id, credit code or name.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        int

        Raises
        ------
        Error
            ``unknown_reference`` or ``out_of_range``; the message gives the nearest ids.

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).id("b")
        1
        """
        return self._native.resolve(enterprise)

    def suppliers(self, enterprise: EnterpriseLike) -> npt.NDArray[np.uint32]:
        """Who supplies an enterprise, ascending; a read-only view.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        uint32 array

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).suppliers("b")
        array([0], dtype=uint32)
        """
        i = self.id(enterprise)
        offsets = self.in_offsets
        return self.in_sources[int(offsets[i]) : int(offsets[i + 1])]

    def customers(self, enterprise: EnterpriseLike) -> npt.NDArray[np.uint32]:
        """Whom an enterprise supplies, ascending; a read-only view.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        uint32 array

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).customers("a")
        array([1], dtype=uint32)
        """
        i = self.id(enterprise)
        offsets = self.out_offsets
        return self.out_targets[int(offsets[i]) : int(offsets[i + 1])]

    def link(self, supplier: EnterpriseLike, customer: EnterpriseLike) -> int | None:
        """The number of a link, the index into `out_values`, `dependency` and `escape`; None where there is none.

        Parameters
        ----------
        supplier, customer : int or str

        Returns
        -------
        int or None

        Examples
        --------
        >>> import chainqual as cq
        >>> net = cq.Network.from_arrays(2, [0], [1], keys=["a", "b"])
        >>> net.link("a", "b"), net.link("b", "a")
        (0, None)
        """
        return self._native.find_link(self.id(supplier), self.id(customer))

    def link_suppliers(self) -> npt.NDArray[np.uint32]:
        """Who delivers each link [m], beside `out_targets`; a new array.

        Returns
        -------
        uint32 array [m]

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(3, [0, 1], [2, 2]).link_suppliers()
        array([0, 1], dtype=uint32)
        """
        return self._native.suppliers_of_links()

    def shock(self, shocks: Mapping[Any, float] | ArrayLike | None = None, **named: float) -> npt.NDArray[np.float64]:
        """A shock of every enterprise from a few: by id, number or keyword.

        Parameters
        ----------
        shocks : mapping, or array [n], optional
            Share of capacity lost, in [0, 1], by enterprise.
        **named : float
            The same by key.

        Returns
        -------
        float64 array [n]

        Raises
        ------
        Error
            ``invalid_value``: a share outside [0, 1], with the enterprise as it was named; ``unknown_reference``.

        Examples
        --------
        >>> import chainqual as cq
        >>> net = cq.Network.from_arrays(2, [0], [1], keys=["a", "b"])
        >>> net.shock(a=0.5)
        array([0.5, 0. ])
        """
        if shocks is not None and not isinstance(shocks, Mapping):
            if named:
                raise TypeError(chosen("给出数组时不能再给名称。", "Give either an array or names."))
            self._check_shares(shocks)
            return shocks  # type: ignore[no-any-return]  # its dtype is checked by the kernel that it is handed to
        made = np.zeros(self.enterprises)
        for enterprise, magnitude in {**(shocks or {}), **named}.items():
            if isinstance(magnitude, (int, float, np.number)) and not 0 <= magnitude <= 1:
                raise _no_share(enterprise, magnitude)
            made[self.id(enterprise)] = magnitude
        return made

    def _check_shares(self, shocks: Any) -> None:
        """Raises an Error that names the first enterprise of an array whose entry is no share."""
        if isinstance(shocks, np.ndarray) and shocks.dtype.kind == "f" and shocks.shape == (self.enterprises,):
            wrong = np.flatnonzero(~((shocks >= 0) & (shocks <= 1)))
            if len(wrong):
                raise _no_share(self._key_at(int(wrong[0])), float(shocks[wrong[0]]))

    # ---- other libraries -------------------------------------------------------------------------------------------

    def to_networkx(self) -> networkx.DiGraph[Any]:
        """A networkx DiGraph: nodes by key with `stage`, `segment`, `sector` and `weight`, edges supplier → customer with
        `value` and, where given, the shares. `from_networkx` makes an equal network of it.

        Returns
        -------
        DiGraph

        Examples
        --------
        >>> import chainqual as cq
        >>> graph = cq.Network.from_arrays(2, [0], [1], value=[3.0], keys=["a", "b"]).to_networkx()
        >>> graph.edges["a", "b"]["value"]
        3.0
        """
        from ._graphs import to_networkx

        return to_networkx(self)

    @classmethod
    def from_networkx(cls, graph: networkx.DiGraph[Any], *, value: str | None = "value") -> Network:
        """A network of a networkx directed graph; nodes' names become keys.

        Nodes may have `stage` (0, 1, 2 or a word), `segment`, `sector` (numbers, or texts that stand for groups) and
        `weight`, edges `dependency` and `escape`.

        Parameters
        ----------
        graph : DiGraph or MultiDiGraph
        value : str or None
            Edge attribute that holds values; edges without it, or with None, count 1.

        Returns
        -------
        Network

        Examples
        --------
        >>> import chainqual as cq
        >>> import networkx
        >>> cq.Network.from_networkx(networkx.DiGraph([("a", "b")])).keys()
        ['a', 'b']
        """
        from ._graphs import from_networkx

        speaks("graph", graph, ("nodes", "edges", "is_directed"), "networkx.DiGraph")
        return from_networkx(graph, value)

    def to_igraph(self) -> igraph.Graph:
        """An igraph Graph, directed, with `name` and the columns of vertices, `value` and the shares of edges.

        Returns
        -------
        Graph

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], keys=["a", "b"]).to_igraph().vs["name"]
        ['a', 'b']
        """
        from ._graphs import to_igraph

        return to_igraph(self)

    @classmethod
    def from_igraph(cls, graph: igraph.Graph, *, value: str | None = "value") -> Network:
        """A network of a directed igraph Graph; the vertices' `name` become keys, further attributes as `from_networkx`.

        Parameters
        ----------
        graph : Graph
        value : str or None
            Edge attribute that holds values; edges without it, or with None, count 1.

        Returns
        -------
        Network

        Examples
        --------
        >>> import chainqual as cq
        >>> import igraph
        >>> cq.Network.from_igraph(igraph.Graph([(0, 1)], directed=True)).links
        1
        """
        from ._graphs import from_igraph

        speaks("graph", graph, ("vs", "es", "is_directed"), "igraph.Graph")
        return from_igraph(graph, value)

    def to_scipy(self) -> scipy.sparse.csr_array[Any]:
        """The values as a SciPy CSR array [n, n], row = supplier. Values and columns are shared, not copied.

        Returns
        -------
        csr_array [n, n]

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Network.from_arrays(2, [0], [1], value=[3.0]).to_scipy().toarray().tolist()
        [[0.0, 3.0], [0.0, 0.0]]
        """
        from ._graphs import to_scipy

        matrix: scipy.sparse.csr_array[Any] = to_scipy(self)
        return matrix

    @classmethod
    def from_scipy(cls, matrix: Any, *, keys: Sequence[str] | None = None) -> Network:
        """A network of a SciPy sparse matrix of values, row = supplier.

        Parameters
        ----------
        matrix : sparse array or matrix [n, n]
        keys : sequence of str, optional
            A name for every enterprise.

        Returns
        -------
        Network

        Examples
        --------
        >>> import chainqual as cq
        >>> from scipy import sparse
        >>> cq.Network.from_scipy(sparse.csr_array([[0.0, 2.0], [0.0, 0.0]]), keys=["a", "b"]).customers("a")
        array([1], dtype=uint32)
        """
        from ._graphs import from_scipy

        speaks("matrix", matrix, ("tocoo",), "scipy.sparse.csr_array")
        return from_scipy(matrix, keys)

    # ---- protocol --------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Network) and self._native.identical(other._native)

    __hash__ = object.__hash__

    def __copy__(self) -> Network:
        """Itself: a network never changes."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Network:
        """Itself: a network never changes."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """One that was opened travels as its path and content hash, to be opened there; any other as a file's bytes."""
        if self._path is not None:
            return _reopened, (self._path, self._hash)
        with tempfile.TemporaryDirectory(prefix="chainqual-") as folder:
            return _unpacked, (self.save(Path(folder, "network.cqn")).read_bytes(),)

    def __len__(self) -> int:
        return self.enterprises

    def __repr__(self) -> str:
        columns = [
            name
            for name in ("dependency", "escape", "stage", "segment", "sector", "weight")
            if len(self._native.view(name)) > 0
        ]
        beside = f", {', '.join(columns)}" if columns else ""
        where = f", {self._path}" if self._path else ""
        return f"<Network: {self.enterprises:,} enterprises, {self.links:,} links{beside}{where}>"

    def _repr_html_(self) -> str:
        offsets = self.out_offsets.astype(np.int64)
        return network_html(offsets[1:] - offsets[:-1], self.links, self.memory)


def _no_share(enterprise: Any, magnitude: Any) -> InvalidError:
    return InvalidError(
        ErrorCode.invalid_value,
        Text(
            f"“{enterprise}”的冲击为 {magnitude}；应为 0 到 1 之间的份额，1 表示全部停产。",
            f"The shock of {enterprise!r} is {magnitude}; give a share between 0 and 1, where 1 is a full stop.",
        ),
    )


def _unpacked(content: bytes) -> Network:
    with tempfile.TemporaryDirectory(prefix="chainqual-") as folder:
        file = Path(folder, "network.cqn")
        file.write_bytes(content)
        net = Network.open(file, verify="checksum")  # what is mapped stays when the name is gone
    net._path, net._hash = None, 0
    return net


def _reopened(path: str, content_hash: int) -> Network:
    net = Network.open(path, verify="header")
    if net._hash != content_hash:
        raise Error(
            ErrorCode.checksum_mismatch,
            Text(
                f"{path} 的内容与序列化时不同。请重新打开并再次序列化。",
                f"{path} holds other content than when it was pickled. Open it again and pickle that.",
            ),
        )
    return net
