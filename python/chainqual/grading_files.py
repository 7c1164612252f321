"""Files of grading, design and training, as ``chainqual evaluate`` reads them; as in `method_files`."""

from __future__ import annotations

import os
from typing import Any, NamedTuple, cast

from . import _chainqual as _native
from .design import DeviationProcess, DeviationStage, KanoAnswer, QualityHouse
from .grades import Exact, exact
from .grading import GradingCriterion, LadderDemand, ValueCurve
from .indicators import number
from .method_files import Floats, Path
from .training import Course, CourseSession, Lecturer, SurveySheet, TrainingBase


class LineGrading(NamedTuple):
    """What lines are graded by, and lines, in the order in which `grade_lines` takes them."""

    criteria: list[GradingCriterion]
    thresholds: dict[str, float]
    lines: dict[str, Floats]


class DeviationFile(NamedTuple):
    """A process, and the measured means of the finished part for `locate_sources`; None where nothing was measured."""

    process: DeviationProcess
    measured: Floats | None


class TrainingFile(NamedTuple):
    """A training base, and its rules for `session_scores` and `regrade`: ``regrade(base, first, last, **rules)``."""

    base: TrainingBase
    rules: dict[str, Any]


def _matrix(found: dict[str, Any]) -> Floats:
    return cast("Floats", found["values"]).reshape(found["rows"], found["columns"])


def read_line_grading(path: Path) -> LineGrading:
    """Reads production lines and what they are graded by from JSON: ``criteria``, ``thresholds``, ``lines``.

    Parameters
    ----------
    path : path

    Returns
    -------
    LineGrading

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
    ...         _ = file.write('{"criteria": [{"name": "flat", "worst": 10, "best": 0}],'
    ...                        ' "thresholds": [{"name": "B", "from": 0}, {"name": "A", "from": 0.7}],'
    ...                        ' "lines": [{"name": "one", "measurements": {"flat": 2}}]}')
    ...     found = cq.read_line_grading(path)
    >>> cq.grade_lines(*found).row(0)["grade"]
    'A'
    """
    found = _native.read_line_grading(os.fspath(path))
    return LineGrading(
        [
            GradingCriterion(one["name"], ValueCurve(one["curve"]), one["weight"], one["least"])
            for one in found["criteria"]
        ],
        {one["name"]: one["from"] for one in found["thresholds"]},
        {one["name"]: one["measurements"] for one in found["lines"]},
    )


def read_stages(path: Path) -> list[tuple[str, float, float]]:
    """Reads stages for `inherit_quality` and `inherit_defects` from CSV: the columns name, own, inherited.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of (name, own, inherited)

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
    ...         _ = file.write("name,own,inherited\\ncasting,0.5,\\nrolling,0.9,0.5\\n")
    ...     found = cq.read_stages(path)
    >>> cq.inherit_quality(found).after.round(3)
    array([0.5, 0.7])
    """
    return [(one["name"], one["own"], one["inherited"]) for one in _native.read_stages(os.fspath(path))]


def read_grade_limits(path: Path) -> dict[str, Exact]:
    """Reads grades by limits, the best first, for `LimitGrading` from CSV: the columns name and limit.

    Parameters
    ----------
    path : path

    Returns
    -------
    dict of grade to limit

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
    ...         _ = file.write("name,limit\\nfirst,0.5\\nsecond,2\\n")
    ...     found = cq.read_grade_limits(path)
    >>> cq.LimitGrading(found).grade(1)
    'second'
    """
    return {one["name"]: exact(one["limit"]) for one in _native.read_grade_limits(os.fspath(path))}


def read_named_values(path: Path) -> list[tuple[str, Exact]]:
    """Reads exact values for `LimitGrading` from CSV: the column value and, which may be absent, name.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of (name, value)

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
    ...         _ = file.write("name,value\\nfarm,380000\\n")
    ...     found = cq.read_named_values(path)
    >>> cq.milk_by_somatic_cells().grades(value for _, value in found)
    ['EU']
    """
    return [(one["name"], exact(one["value"])) for one in _native.read_named_values(os.fspath(path))]


def read_ladder(path: Path) -> dict[str, list[LadderDemand]]:
    """Reads a ladder of suppliers, the lowest step first, from CSV: step, measure, limit and, if not higher, direction.

    Parameters
    ----------
    path : path

    Returns
    -------
    dict of step to list of LadderDemand

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
    ...         _ = file.write("step,measure,limit\\nbronze,pass_rate,95\\nsilver,pass_rate,98.5\\n")
    ...     found = cq.read_ladder(path)
    >>> cq.place_on_ladder(found, {"pass_rate": 97}).step
    'bronze'
    """
    return {
        step["name"]: [LadderDemand(one["measure"], exact(one["limit"]), one["direction"]) for one in step["demands"]]
        for step in _native.read_ladder(os.fspath(path))
    }


def read_suppliers(path: Path) -> dict[str, dict[str, Exact]]:
    """Reads what suppliers show from CSV: the columns supplier, measure, value; an empty value is not measured.

    Parameters
    ----------
    path : path

    Returns
    -------
    dict of supplier to dict of measure to value, for `place_on_ladder`

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
    ...         _ = file.write("supplier,measure,value\\nsteelworks,pass_rate,97\\n")
    ...     found = cq.read_suppliers(path)
    >>> str(found["steelworks"]["pass_rate"])
    '97'
    """
    return {
        supplier["name"]: {one["measure"]: exact(one["value"]) for one in supplier["measures"]}
        for supplier in _native.read_suppliers(os.fspath(path))
    }


def read_kano_answers(path: Path) -> dict[str, list[tuple[KanoAnswer, KanoAnswer]]]:
    """Reads customers' answers from CSV: the columns feature, with, without, a row for each customer and feature.

    Parameters
    ----------
    path : path

    Returns
    -------
    dict of feature to list of (with, without), for `classify_feature`

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
    ...         _ = file.write("feature,with,without\\nquiet,like,dislike\\n")
    ...     found = cq.read_kano_answers(path)
    >>> cq.classify_feature(found["quiet"]).feature
    'one_dimensional'
    """
    return {
        feature["feature"]: [(one["with"], one["without"]) for one in feature["pairs"]]
        for feature in _native.read_kano_answers(os.fspath(path))
    }


def read_houses(path: Path) -> list[QualityHouse]:
    """Reads houses of quality, of which each deploys the one before, from JSON.

    Parameters
    ----------
    path : path

    Returns
    -------
    list of QualityHouse

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
    ...         _ = file.write('{"houses": [{"wants": [{"name": "light", "importance": 5}],'
    ...                        ' "characteristics": ["mass", "drag"], "relations": [[9, 1]]}]}')
    ...     found = cq.read_houses(path)
    >>> cq.cascade_houses(found).houses[0].characteristics["share"]
    array([0.9, 0.1])
    """
    houses = []
    for one in _native.read_houses(os.fspath(path)):
        columns = len(one["characteristics"])
        houses.append(
            QualityHouse(
                one["wants"],
                one["characteristics"],
                one["relations"].reshape(-1, columns),
                one["importance"],
                one["roof"].reshape(-1, columns) if len(one["roof"]) else None,
            )
        )
    return houses


def read_deviation(path: Path) -> DeviationFile:
    """Reads a process for `propagate_deviations` from JSON: ``incoming``, ``stages`` with a and b, ``measured``.

    Parameters
    ----------
    path : path

    Returns
    -------
    DeviationFile

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
    ...         _ = file.write('{"incoming": {"mean": [0], "deviations": [0.1]}, "measured": [0.3], "stages": ['
    ...                        '{"name": "mill", "a": [[1]], "b": [[1]], "sources": ["tool"], "deviations": [0.2]}]}')
    ...     found = cq.read_deviation(path)
    >>> float(cq.propagate_deviations(found.process).states[-1].covariance[0, 0].round(3))
    0.05
    """
    found = _native.read_deviation(os.fspath(path))
    process = found["process"]
    stages = [
        DeviationStage(
            one["name"], _matrix(one["a"]), _matrix(one["b"]), one["sources"], _matrix(one["covariance"]), one["mean"]
        )
        for one in process["stages"]
    ]
    return DeviationFile(
        DeviationProcess(stages, process["incoming_mean"], _matrix(process["incoming_covariance"])),
        found["measured"] if len(found["measured"]) else None,
    )


def read_training(path: Path) -> TrainingFile:
    """Reads a training base from JSON: ``courses``, ``lecturers``, ``sessions``, ``sheets``, ``rules``.

    Parameters
    ----------
    path : path

    Returns
    -------
    TrainingFile

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
    ...         _ = file.write('{"courses": [{"number": "C1", "name": "SPC"}], "rules": {"fewest_sheets": 3}}')
    ...     found = cq.read_training(path)
    >>> found.base.courses[0].number, found.rules["fewest_sheets"], len(cq.session_scores(found.base, **found.rules))
    ('C1', 3, 0)
    """
    found = _native.read_training(os.fspath(path))
    base = found["base"]
    rules = {name: exact(one) if isinstance(one, str) else one for name, one in found["rules"].items()}
    return TrainingFile(
        TrainingBase(
            [Course(**one) for one in base["courses"]],
            [Lecturer(**one) for one in base["lecturers"]],
            [CourseSession(**{**one, "observed": number(one["observed"])}) for one in base["sessions"]],
            [SurveySheet(one["session"], tuple(one["answers"])) for one in base["sheets"]],
        ),
        rules,
    )
