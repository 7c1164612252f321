"""The editable form of a chain, with its registers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from ._display import MOST_DRAWN, chain_html
from ._errors import Error, Findings
from ._run import Progress, running
from ._tables import Table
from ._text import Text, chosen, language
from .chain_tables import TITLES, known_suffix, read_tables
from .network import EnterpriseLike, Network
from .severity import SeverityModel

if TYPE_CHECKING:
    from .maps import QualityMap
    from .report import Report


class Chain:
    """Enterprises, supply links, segments and institutions, with problems, scores, projects and the other registers.

    Build one row by row, or read one with `read_chain` or from `datasets`. Reports and networks keep the chain as it was
    when they were made.

    Parameters
    ----------
    name, name_en : str
    home_region : str
        GB/T 2260 province code or name, e.g. '120000'.
    severity : SeverityModel, optional

    Attributes
    ----------
    rows_read : Table
        Of a chain that was read: rows read, loaded and rejected by table.
    findings : Findings
        What the reading of its files noticed: warnings, repairs, errors of rejected rows.

    Examples
    --------
    >>> import chainqual as cq
    >>> chain = cq.Chain("示例", "example")
    >>> chain.add_segment("chips", name="芯片", stage="upstream")
    >>> chain.add_enterprise("fab", name="Fab", stage="upstream", segments=["chips"])
    0
    >>> chain.add_enterprise("maker", name="Maker", stage="downstream")
    1
    >>> chain.add_link("fab", "maker", product="CPU", value=10.0)
    >>> chain
    <Chain 'example': 2 enterprises, 1 link, 1 segment, 0 problems>
    """

    __slots__ = ("__weakref__", "_native", "rows_read")

    def __init__(
        self, name: str = "", name_en: str = "", *, home_region: str = "", severity: SeverityModel | None = None
    ) -> None:
        self._native = _native.Chain()
        self.rows_read = _rows_read([])
        self.name = name
        self.name_en = name_en
        if home_region:
            self.home_region = home_region
        if severity is not None:
            self.severity = severity

    @classmethod
    def _of(cls, native: _native.Chain, counts: list[tuple[str, int, int, int]] | None = None) -> Chain:
        made = cls.__new__(cls)
        made._native = native
        made.rows_read = _rows_read(counts or [])
        return made

    @classmethod
    def from_tables(
        cls,
        tables: Mapping[str, Any] | str | os.PathLike[str] | None = None,
        *,
        name: str = "",
        name_en: str = "",
        home_region: str = "",
        severity: SeverityModel | None = None,
        repair: bool = False,
        threads: int | None = None,
        progress: Progress = None,
        **more: Any,
    ) -> Chain:
        """A chain of tables, read as the files of a chain folder are: any headings that those take, every rule checked.

        Parameters
        ----------
        tables : mapping of str to table, or path of a workbook
            By the names of a chain folder's files (enterprises, links, segments, problems, scores …), in English or
            Chinese; of a workbook the sheets that are named so. A table is whatever `Network.from_table` takes. The
            table "chain" (field, value) says what ``chain.json`` does: name, date, severity model, sources …
        name, name_en, home_region, severity
            As `Chain`.
        repair : bool
            Take safe repairs, such as full-width numbers; each is listed in `findings`.
        **more : table
            Further tables by name: ``Chain.from_tables(enterprises=frame, links=other)``.

        Returns
        -------
        Chain

        Raises
        ------
        Error
            Every error of every table, with table, row, column, value and fix; also a ValueError.

        Examples
        --------
        >>> import chainqual as cq
        >>> firms = {"id": ["fab", "maker"], "name": ["Fab", "Maker"], "stage": ["upstream", "下游"]}
        >>> links = [{"supplier": "fab", "customer": "maker", "value": 10}]
        >>> cq.Chain.from_tables(enterprises=firms, links=links, name_en="example")
        <Chain 'example': 2 enterprises, 1 link, 0 segments, 0 problems>
        """
        chain = cls._of(*read_tables({} if tables is None else tables, more, repair, threads, progress))
        for member, value in (("name", name), ("name_en", name_en), ("home_region", home_region)):
            if value:
                setattr(chain, member, value)
        if severity is not None:
            chain.severity = severity
        return chain

    # ---- what the chain is -----------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Its Chinese name."""
        return str(self._native.info["name"])

    @name.setter
    def name(self, value: str) -> None:
        self._native.set_info("name", value)

    @property
    def name_en(self) -> str:
        """Its English name."""
        return str(self._native.info["name_en"])

    @name_en.setter
    def name_en(self, value: str) -> None:
        self._native.set_info("name_en", value)

    @property
    def home_region(self) -> str:
        """GB/T 2260 code of its province; it is set by code or name."""
        return str(self._native.info["home_region"])

    @home_region.setter
    def home_region(self, value: str) -> None:
        self._native.set_info("home_region", value)

    @property
    def severity(self) -> SeverityModel:
        """The chain's own severity model."""
        return SeverityModel._of(self._native.info["severity"])

    @severity.setter
    def severity(self, model: SeverityModel) -> None:
        self._native.set_info("severity", model._native)

    @property
    def info(self) -> dict[str, Any]:
        """What ``chain.json`` says beside the tables: names, date, version, sources, notes."""
        info = dict(self._native.info)
        info["severity"] = SeverityModel._of(info["severity"])
        return info

    # ---- tables ----------------------------------------------------------------------------------------------------

    def table(self, name: str) -> Table:
        """One of the tables of a chain folder by name: 'enterprises', 'links', 'problems', 'members', 'licences' …

        Parameters
        ----------
        name : str

        Returns
        -------
        Table

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().table("segments").columns[:2]
        ['id', 'name']
        """
        columns = self._native.table(name)
        labels = {key: Text(zh, key) for key, zh, _ in _native.table_fields(name)}
        kinds = {key: kind for key, _, kind in _native.table_fields(name)}
        for key, kind in kinds.items():
            if kind == "number":
                columns[key] = np.array([np.nan if v is None else v for v in columns[key]], dtype=np.float64)
        return Table(columns, labels, TITLES.get(name))

    @property
    def enterprises(self) -> Table:
        """The enterprises, in the order of their numbers."""
        return self.table("enterprises")

    @property
    def links(self) -> Table:
        """The supply links, in the order added."""
        return self.table("links")

    @property
    def segments(self) -> Table:
        """The segments."""
        return self.table("segments")

    @property
    def institutions(self) -> Table:
        """The quality institutions."""
        return self.table("institutions")

    @property
    def problems(self) -> Table:
        """The registered quality problems."""
        return self.table("problems")

    @property
    def scores(self) -> Table:
        """The experts' scores."""
        return self.table("scores")

    @property
    def projects(self) -> Table:
        """The breakthrough projects."""
        return self.table("projects")

    @property
    def milestones(self) -> Table:
        """The projects' milestones."""
        return self.table("milestones")

    @property
    def partners(self) -> Table:
        """Who does what in the projects: unit, person in charge, main tasks."""
        return self.table("partners")

    @property
    def results(self) -> Table:
        """The shared results."""
        return self.table("results")

    @property
    def policy_tools(self) -> Table:
        """The policy tools."""
        return self.table("policy_tools")

    @property
    def indicators(self) -> Table:
        """The indicators."""
        return self.table("indicators")

    def enterprise(self, enterprise: EnterpriseLike) -> dict[str, Any]:
        """One enterprise as a dict, given by number, id, credit code or name.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        dict

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().enterprise("sugon")["stage"]
        'midstream'
        """
        return self._native.record("enterprises", self.id(enterprise))

    def id(self, enterprise: EnterpriseLike) -> int:
        """The number of an enterprise, given by number, id, credit code or name.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        int

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().id("sugon") >= 0
        True
        """
        return self._native.resolve(enterprise)

    def key(self, enterprise: EnterpriseLike) -> str:
        """The id of an enterprise.

        Parameters
        ----------
        enterprise : int or str

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().key(0) == cq.datasets.advanced_computing().enterprises["id"][0]
        True
        """
        return str(self.enterprise(enterprise)["id"])

    def makers(self, product: str) -> npt.NDArray[np.uint32]:
        """Numbers of the enterprises that list a product.

        Parameters
        ----------
        product : str

        Returns
        -------
        uint32 array

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_enterprise("fab", products=["CPU"])
        0
        >>> chain.makers("CPU")
        array([0], dtype=uint32)
        """
        return self._native.makers(product)

    @property
    def products(self) -> list[str]:
        """Every product that an enterprise lists."""
        return self._native.products()

    # ---- building --------------------------------------------------------------------------------------------------

    def add(self, table: str, record: Mapping[str, Any] | None = None, **values: Any) -> None:
        """Adds a row to any table, by English headings.

        Parameters
        ----------
        table : str
            As `table`.
        record : mapping, optional
            Values by heading.
        **values
            Further headings.

        Raises
        ------
        Error
            ``duplicate``, ``missing_value``, ``invalid_value`` (outside the range of its column), ``unknown_reference``
            (segments, enterprises, problems … must be there first); also a ValueError. The chain is then unchanged.
        TypeError
            A heading that the table does not have, or a value of another kind.

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add("segments", id="chips", name="芯片", stage="upstream")
        >>> len(chain.segments)
        1
        """
        self._native.add(table, {**(record or {}), **values})

    def add_segment(
        self, id: str, *, name: str = "", name_en: str = "", stage: str = "upstream", **values: Any
    ) -> None:
        """Adds a segment; `values` are further headings of ``segments.csv``: industry, industry_en, regions,
        final_product, note.

        Parameters
        ----------
        id : str
        name, name_en : str
        stage : {'upstream', 'midstream', 'downstream'}
        **values

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_segment("chips", name_en="chips", industry="3973")
        >>> chain.segments.row(0)["industry"]
        '3973'
        """
        self.add("segments", id=id, name=name, name_en=name_en, stage=stage, **values)

    def add_enterprise(
        self, id: str = "", *, name: str = "", name_en: str = "", stage: str = "upstream", **values: Any
    ) -> int:
        """Adds an enterprise and gives its number.

        Parameters
        ----------
        id : str
            Its stable key; the credit code, else the name, where empty.
        name, name_en : str
        stage : {'upstream', 'midstream', 'downstream'}
        **values
            Further headings of ``enterprises.csv``: credit_code, segments, region, city, role, ladder, size ('large',
            'medium', 'small', 'micro'), products, products_en, weight, source.

        Returns
        -------
        int

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.Chain().add_enterprise("fab", name="Fab", region="天津")
        0
        """
        self.add("enterprises", id=id, name=name, name_en=name_en, stage=stage, **values)
        return self._native.enterprises - 1

    def add_link(
        self,
        supplier: str,
        customer: str,
        *,
        product: str = "",
        value: float | None = None,
        dependency: float | None = None,
        escape: float | None = None,
        **values: Any,
    ) -> None:
        """Adds a supply link between two enterprises, given by id; `values` are kind, evidence and source.

        Parameters
        ----------
        supplier, customer : str
            Ids.
        product : str
        value : float, optional
            Traded in a year.
        dependency : float, optional
            How much of the supplier's trouble the customer feels, in [0, 1].
        escape : float, optional
            Share of it that the customer's incoming inspection lets pass, in [0, 1].
        **values

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_enterprise("fab"), chain.add_enterprise("maker")
        (0, 1)
        >>> chain.add_link("fab", "maker", value=10.0, dependency=0.4, evidence="documented")
        >>> chain.links.row(0)["dependency"]
        0.4
        """
        self.add(
            "links",
            supplier=supplier,
            customer=customer,
            product=product,
            value=value,
            dependency=dependency,
            escape=escape,
            **values,
        )

    def add_institution(self, id: str = "", *, name: str, **values: Any) -> None:
        """Adds a quality institution; `values` are further headings of ``institutions.csv``.

        Parameters
        ----------
        id : str
        name : str
        **values

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_institution("lab", name="检测中心")
        >>> len(chain.institutions)
        1
        """
        self.add("institutions", id=id, name=name, **values)

    def add_problem(self, number: str, *, name: str = "", stage: str = "upstream", **values: Any) -> None:
        """Adds a quality problem; `values` are further headings of ``problems.csv``: segments, enterprises, declared …

        Parameters
        ----------
        number, name : str
        stage : {'upstream', 'midstream', 'downstream'}
        **values

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_enterprise("fab")
        0
        >>> chain.add_problem("P1", name="Voids", enterprises=["fab"], declared="critical")
        >>> chain.problems["declared"]
        ['critical']
        """
        self.add("problems", number=number, name=name, stage=stage, **values)

    def add_score(self, problem: str, expert: str, impact: Any, diffusion: Any, urgency: Any, basis: str = "") -> None:
        """Adds one expert's scores of one problem.

        Parameters
        ----------
        problem : str
            Its number.
        expert : str
        impact, diffusion, urgency : number or text
            1 to 5; exact, so that '3.5' is 3.5.
        basis : str
            What the scores rest on.

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_problem("P1", name="Voids")
        >>> chain.add_score("P1", "Li", 5, 4, "3.5")
        >>> chain.scores["urgency"]
        [Decimal('3.5')]
        """
        self.add(
            "scores", problem=problem, expert=expert, impact=impact, diffusion=diffusion, urgency=urgency, basis=basis
        )

    def add_project(self, number: str, *, name: str, **values: Any) -> None:
        """Adds a breakthrough project; `values` are further headings of ``projects.csv``: problems, budget, status …

        Parameters
        ----------
        number, name : str
        **values

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.Chain()
        >>> chain.add_project("X1", name="Void-free bonding")
        >>> len(chain.projects)
        1
        """
        self.add("projects", number=number, name=name, **values)

    def set_enterprise(self, enterprise: EnterpriseLike, **values: Any) -> None:
        """Changes headings of an enterprise; its id stays.

        Parameters
        ----------
        enterprise : int or str
        **values
            Headings of ``enterprises.csv``.

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.datasets.advanced_computing()
        >>> chain.set_enterprise("sugon", weight=3.0)
        >>> chain.enterprise("sugon")["weight"]
        3.0
        """
        self._native.replace_enterprise(self.id(enterprise), values)

    def copy(self) -> Chain:
        """An independent copy.

        Returns
        -------
        Chain

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.datasets.advanced_computing()
        >>> chain.copy() == chain, chain.copy() is chain
        (True, False)
        """
        return Chain._of(self._native.copy())

    @property
    def findings(self) -> Findings:
        """What the reading of its files noticed: warnings, repairs, errors of rejected rows."""
        return Findings._of(self._native.findings)

    # ---- using -----------------------------------------------------------------------------------------------------

    def validate(
        self,
        *,
        missing_codes: bool = True,
        similar_names: bool = True,
        structure: bool = True,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Findings:
        """Everything that is wrong or odd: codes, names, shares, references, cycles, single sources, and whatever reading
        the chain again would refuse.

        Parameters
        ----------
        missing_codes, similar_names, structure : bool
            Whether to warn of enterprises without a credit code, of names that are alike, and of cycles, isolated
            enterprises, single sources and reversed stages.

        Returns
        -------
        Findings
            Of the chain as it is now; what the reading of its files noticed stands in `findings`.

        Examples
        --------
        >>> import chainqual as cq
        >>> findings = cq.datasets.advanced_computing().validate(similar_names=False)
        >>> findings.errors, findings.warnings > 0
        (0, True)
        """
        options = {"missing_codes": missing_codes, "similar_names": similar_names, "structure": structure}
        with running(threads, progress, "校验", "validating") as how:
            found = Findings._of(self._native.validate(options, how))
        try:
            _native.chain_from_json(self.to_json(), "chain", False, (threads, None))
        except Error as error:  # what a reader would refuse
            known = {(finding.column, finding.value, finding.rule.en) for finding in found}
            refused = [f for f in error.findings.of("error") if (f.column, f.value, f.rule.en) not in known]
            infos, warnings, errors = found.counts
            return Findings([*refused, *found], (infos, warnings, errors + len(refused)))
        return found

    def network(
        self, *, keep_self_supply: bool = False, threads: int | None = None, progress: Progress = None
    ) -> Network:
        """The chain frozen for the models. Numbers of enterprises stay; links between the same two become one.

        Parameters
        ----------
        keep_self_supply : bool
            Else links from an enterprise to itself are dropped and counted in `Network.summary`.

        Returns
        -------
        Network

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().network().enterprises
        11
        """
        with running(threads, progress, "建立网络", "building") as how:
            return Network(self._native.network(keep_self_supply, how))

    def assess(self, **options: Any) -> Report:
        """`chainqual.assess` of this chain.

        Parameters
        ----------
        **options
            As `chainqual.assess`.

        Returns
        -------
        Report

        Examples
        --------
        >>> import chainqual as cq
        >>> len(cq.datasets.advanced_computing().assess(model="cascade").problems)
        28
        """
        from .report import assess

        return assess(self, **options)

    def map(self, report: Report | None = None, **options: Any) -> QualityMap:
        """`chainqual.quality_map` of this chain.

        Parameters
        ----------
        report : Report, optional
        **options
            As `chainqual.quality_map`.

        Returns
        -------
        QualityMap

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().map(lang="en").svg[:4]
        '<?xm'
        """
        from .maps import quality_map

        return quality_map(self, report, **options)

    # ---- files -----------------------------------------------------------------------------------------------------

    def save(self, path: str | os.PathLike[str], *, lang: Literal["zh", "en"] | None = None) -> Path:
        """Writes the chain, by the suffix: a folder of tables (no suffix), ``.json``, ``.xlsx``, ``.graphml``, ``.dot`` or
        ``.gv``, or ``.cqn``, which holds its network alone.

        Parameters
        ----------
        path : path
        lang : {'zh', 'en'}, optional
            Language of headings and words; English for folders unless it is given, else the language in use.

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
        >>> chain = cq.datasets.advanced_computing()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     cq.read_chain(chain.save(os.path.join(folder, "chain.json"))) == chain
        True
        """
        target = Path(path)
        suffix = known_suffix(target, ("", ".json", ".xlsx", ".graphml", ".dot", ".gv", ".cqn"))
        if suffix == ".cqn":
            return self.network().save(target)
        kind = "xlsx" if suffix == ".xlsx" else "graph" if suffix in (".graphml", ".dot", ".gv") else "chain"
        words = language(lang) if kind == "xlsx" else language(lang or "en")
        self._native.write(os.fspath(path), kind, words)
        return target

    def to_json(self) -> str:
        """The chain as JSON text, which `chain_from_json` reads back exactly.

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> chain = cq.datasets.advanced_computing()
        >>> cq.chain_from_json(chain.to_json()) == chain
        True
        """
        return self._native.to_json()

    def to_graphml(self) -> str:
        """The chain as GraphML text.

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> "<graphml" in cq.datasets.advanced_computing().to_graphml()
        True
        """
        return self._native.to_graph_text("graphml", language())

    def to_dot(self, lang: str | None = None) -> str:
        """The chain as Graphviz text.

        Parameters
        ----------
        lang : {'zh', 'en'}, optional

        Returns
        -------
        str

        Examples
        --------
        >>> import chainqual as cq
        >>> cq.datasets.advanced_computing().to_dot("en").split()[0]
        'digraph'
        """
        return self._native.to_graph_text("dot", language(lang))

    # ---- protocol --------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chain) and self._native.same(other._native)

    __hash__ = None  # type: ignore[assignment]  # a chain changes

    def __reduce__(self) -> tuple[Any, ...]:
        from .reading import chain_from_json

        return chain_from_json, (self.to_json(),)

    def __len__(self) -> int:
        return self._native.enterprises

    def _counts(self) -> dict[str, int]:
        return {name: self._native.count(name) for name in TITLES}

    def _title(self) -> str:
        return chosen(self.name or self.name_en, self.name_en or self.name)

    def __repr__(self) -> str:
        counts = self._counts()
        name = f" {self._title()!r}" if self._title() else ""
        if language() == "zh":
            return (
                f"<Chain{name}：企业 {counts['enterprises']}，供应关系 {counts['links']}，环节 {counts['segments']}，"
                f"问题 {counts['problems']}>"
            )
        parts = [
            f"{counts[key]:,} {one}{'s' * (counts[key] != 1)}"
            for key, one in (
                ("enterprises", "enterprise"),
                ("links", "link"),
                ("segments", "segment"),
                ("problems", "problem"),
            )
        ]
        return f"<Chain{name}: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        counts = [[str(TITLES[name]), f"{count:,}"] for name, count in self._counts().items() if count]
        tables = {name: self.table(name) for name in ("enterprises", "segments", "problems")}
        drawn = self.map().svg if 0 < len(self) <= MOST_DRAWN else ""
        return chain_html(self._title() or chosen("产业链", "Chain"), counts, tables, drawn)


def _rows_read(counts: list[tuple[str, int, int, int]]) -> Table:
    names = ("table", "read", "loaded", "rejected")
    return Table({name: [row[k] for row in counts] for k, name in enumerate(names)}, title=Text("读入", "rows read"))
