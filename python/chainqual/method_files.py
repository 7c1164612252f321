"""Files of failure modes, fault trees, measurements and judgements, as ``chainqual evaluate`` reads them.

Each reader gives what the method's function takes. All faults of a file come in one Error, with line, column, value and
fix; headings of tables are English or Chinese.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, NamedTuple, Union

import numpy as np
import numpy.typing as npt

from . import _chainqual as _native
from .failure import GateInputs

Path = Union[str, "os.PathLike[str]"]
Floats = npt.NDArray[np.float64]


class FaultTree(NamedTuple):
    """A fault tree, in the order in which `fault_tree` takes its parts."""

    top: str
    gates: dict[str, GateInputs]
    events: dict[str, float]


@dataclass(frozen=True, eq=False)
class Measurements:
    """Measured values, by sample or group.

    Attributes
    ----------
    names : list of str
        Of the samples, in order of their first row; one '' without a column of samples.
    samples : list of float64 array
        Beside `names`.
    in_order : float64 array
        All values as the rows stand, which is their order in time.
    second_names : list of str
        Levels of a second factor; empty without its column.
    cells : list of list of float64 array
        [names][second_names] values of each pair; where all have as many, ``np.array(cells)`` is for `two_way_anova`.
    """

    names: list[str]
    samples: list[Floats]
    in_order: Floats
    second_names: list[str]
    cells: list[list[Floats]]


class InspectionCounts(NamedTuple):
    """Counts of what does not conform, and of what how many were looked at; sizes None where the file has none."""

    counts: Floats
    sizes: Floats | None


class Judgements(NamedTuple):
    """Pairwise judgements [n, n] for `pairwise_weights`, NaN where the other of the pair says it, and what is compared."""

    judgements: Floats
    names: list[str]


def read_failure_modes(path: Path) -> list[tuple[str, int, int, int]]:
    """Reads failure modes for `fmea` from CSV: the columns name, severity, occurrence, detection.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of (name, severity, occurrence, detection)

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "file.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("name,severity,occurrence,detection\\nshort,9,3,4\\n")
    ...     found = cq.read_failure_modes(path)
    >>> cq.fmea(found)[0].rpn
    108
    """
    return [
        (one["name"], one["severity"], one["occurrence"], one["detection"])
        for one in _native.read_failure_modes(os.fspath(path))
    ]


def read_priority_rules(path: Path) -> list[dict[str, Any]]:
    """Reads a table of action priorities for `fmea` from CSV: priority, severity_from, severity_to … detection_to.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of dict

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "file.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("priority,severity_from\\nlow,1\\n")
    ...     found = cq.read_priority_rules(path)
    >>> found[0]["priority"], found[0]["severity_to"]
    ('low', 10)
    """
    return _native.read_priority_rules(os.fspath(path))


def read_fault_tree(path: Path) -> FaultTree:
    """Reads a fault tree from JSON: ``top``, ``gates`` (name, kind, k, inputs) and ``events`` (name, probability).

    Parameters
    ----------
    path : path

    Returns
    -------
    FaultTree

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "file.json")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write('{"top": "t", "gates": [{"name": "t", "kind": "or", "inputs": ["a"]}],'
    ...                        ' "events": [{"name": "a", "probability": 0.5}]}')
    ...     found = cq.read_fault_tree(path)
    >>> cq.fault_tree(*found).probability
    0.5
    """
    found = _native.read_fault_tree(os.fspath(path))
    gates: dict[str, GateInputs] = {
        one["name"]: (one["k"] if one["kind"] == "at_least" else one["kind"], one["inputs"]) for one in found["gates"]
    }
    return FaultTree(found["top"], gates, {one["name"]: one["probability"] for one in found["events"]})


def read_measurements(path: Path) -> Measurements:
    """Reads measurements from CSV: the column value and, which may be absent, sample (or group) and second (factor).

    Parameters
    ----------
    path : path

    Returns
    -------
    Measurements

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "file.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("value,sample\\n1,a\\n2,a\\n5,b\\n7,b\\n")
    ...     found = cq.read_measurements(path)
    >>> found.names, cq.one_way_anova(found.samples).between.degrees
    (['a', 'b'], 1.0)
    """
    found = _native.read_measurements(os.fspath(path))
    width = len(found["second_names"])
    rows = range(len(found["names"]) if width else 0)
    return Measurements(
        found["names"],
        found["samples"],
        found["in_order"],
        found["second_names"],
        [found["cells"][k * width : (k + 1) * width] for k in rows],
    )


def read_counts(path: Path) -> InspectionCounts:
    """Reads counts for `attribute_chart` from CSV: the column count and, which may be absent, size.

    Parameters
    ----------
    path : path

    Returns
    -------
    InspectionCounts

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "file.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("count,size\\n3,100\\n5,100\\n")
    ...     found = cq.read_counts(path)
    >>> cq.attribute_chart("p", *found).value
    array([0.03, 0.05])
    """
    found = _native.read_counts(os.fspath(path))
    return InspectionCounts(found["counts"], found["sizes"] if len(found["sizes"]) else None)


def read_judgements(path: Path) -> Judgements:
    """Reads pairwise judgements from CSV: the columns first, second, judgement (3, 0.5, 1/3), a row for each pair.

    Parameters
    ----------
    path : path

    Returns
    -------
    Judgements

    Raises
    ------
    Error
        Every finding with its line; ``not_found``, ``io_failure``.

    Examples
    --------
    >>> import chainqual as cq, os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "file.csv")
    ...     with open(path, "w", encoding="utf-8") as file:
    ...         _ = file.write("first,second,judgement\\ncost,quality,1/3\\n")
    ...     found = cq.read_judgements(path)
    >>> cq.pairwise_weights(*found).weights
    array([0.25, 0.75])
    """
    found = _native.read_judgements(os.fspath(path))
    side = len(found["names"])
    return Judgements(found["judgements"].reshape(side, side), found["names"])
