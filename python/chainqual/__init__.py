"""chainqual: quality of industry chains.

A chain of enterprises and supply links, its quality problems graded by the exact 40/30/30 model of T/GQDA, and their impact
carried along the links, so that "how far does it spread" is evidence and not opinion.

Parameters that mean the same wherever they appear
--------------------------------------------------
threads : int, optional
    How many threads work, 1 to 1024; by default `default_threads`. Results do not depend on it.
progress : bool or callable, optional
    True shows a bar (tqdm, where it is installed) on standard error; a function is called with the share done, which
    rises to 1. What it raises stops the work. Ctrl-C does so without it.

Examples
--------
>>> import chainqual as cq
>>> cq.SeverityModel().grade(5, 4, 4)
Severity(total=Decimal('4.4'), grade=Grade.CRITICAL, stars='★★★')
>>> chain = cq.datasets.advanced_computing()
>>> report = cq.assess(chain)
>>> len(report.problems)
28
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import datasets as datasets
from ._chainqual import version as __version__
from ._errors import AccessError, Error, ErrorCode, Finding, Findings, InvalidError, MissingError, TooLongError
from ._run import default_threads
from ._tables import Table
from ._text import Text, language, set_language
from ._workbooks import read_sheet
from .cascade_model import CascadeResult, SystemicRisk, cascade, systemic_risk
from .chain import Chain
from .daily import (
    NEVER,
    DynamicsResult,
    InoperabilityResult,
    ModelRun,
    dynamics,
    inoperability,
    propagate,
    read_accounts,
    read_needs,
)
from .design import (
    DeviationProcess,
    DeviationResult,
    DeviationStage,
    DeviationState,
    HouseCascade,
    KanoFeature,
    QualityHouse,
    QualityHouseResult,
    build_house,
    cascade_houses,
    classify_feature,
    locate_sources,
    propagate_deviations,
)
from .ensembles import Ensemble, PairedDifference, ensemble, latin_hypercube, paired_difference
from .evaluation import Evaluation, ScoreComparison, SheetScore, evaluate
from .explain import BindingInput, Criticality, LossPath, Why, criticality, why
from .failure import (
    EventImportance,
    FaultTreeResult,
    PairwiseWeights,
    RatedMode,
    entropy_weights,
    fault_tree,
    fmea,
    pairwise_weights,
)
from .forms import Forms, indicator_form, standard_forms, summary_form
from .generation import generate
from .grades import Flip, Grade, Grades, Kept, ProblemStability, Severity, Stability
from .grading import (
    GradingCriterion,
    InheritedQuality,
    LadderDemand,
    LadderPlace,
    LimitGrading,
    ValueCurve,
    grade_lines,
    inherit_defects,
    inherit_quality,
    milk_by_somatic_cells,
    place_on_ladder,
)
from .grading_files import (
    DeviationFile,
    LineGrading,
    TrainingFile,
    read_deviation,
    read_grade_limits,
    read_houses,
    read_kano_answers,
    read_ladder,
    read_line_grading,
    read_named_values,
    read_stages,
    read_suppliers,
    read_training,
)
from .indicator_files import (
    IndicatorFile,
    PeriodFigures,
    indicator_difference,
    indicators_from_json,
    indicators_to_json,
    is_share,
    read_figures,
    read_indicators,
)
from .indicators import (
    FilledIndicators,
    Indicator,
    IndicatorEntry,
    IndicatorSheet,
    indicators_of,
    judge,
    standard_indicators,
)
from .linear_model import LinearPlan, LinearResult, LinearRun, linear, linear_importance
from .maps import QualityMap, compare_maps, map_update, quality_map
from .method_files import (
    FaultTree,
    InspectionCounts,
    Judgements,
    Measurements,
    read_counts,
    read_failure_modes,
    read_fault_tree,
    read_judgements,
    read_measurements,
    read_priority_rules,
)
from .mitigation import Mitigation, mitigate, read_measures, suggest_measures
from .network import NO_STAGE, NONE, Network
from .panels import Agreement, PanelScore, consensus_of, panel_agreement, panel_scores
from .process_control import (
    Capability,
    CapabilityIndex,
    CapabilityIndices,
    ChartSignal,
    ControlChart,
    CusumChart,
    OneWayAnova,
    PairedCharts,
    SeriesSummary,
    TwoWayAnova,
    Variation,
    attribute_chart,
    capability,
    capability_indices,
    chart_signals,
    control_constants,
    cusum_chart,
    ewma_chart,
    individuals_chart,
    mean_deviation_chart,
    mean_range_chart,
    one_way_anova,
    summarise,
    two_way_anova,
)
from .propagation import Propagation
from .reading import chain_from_json, read_chain
from .records import Access, ChainInfo, Hit, Hits, Page, Record, Revision
from .report import Report, assess
from .scenarios import Disruption, PlacedScenario, Recovery, place, read_scenarios
from .severity import SeverityModel
from .spreading import ContagionResult, ContagionSpread, DistressResult, DistressRun, Spread, contagion, distress
from .store import Store
from .structure import (
    Articulation,
    Components,
    Dominators,
    SampledBetweenness,
    articulation,
    betweenness,
    dominators,
    final_enterprises,
    region_concentration,
    sampled_betweenness,
    single_source_products,
    single_sources,
    strong_components,
    supplier_concentration,
    topological_order,
)
from .summaries import (
    SummaryCell,
    SummaryRow,
    period_from,
    summary_of,
    trend,
)
from .training import (
    Course,
    CourseSession,
    Lecturer,
    SurveySheet,
    TrainingBase,
    TrainingCoverage,
    regrade,
    session_scores,
    training_coverage,
)

if TYPE_CHECKING:
    from . import dask as dask
    from . import plots as plots


def __getattr__(name: str) -> Any:
    """`plots` and `dask` when they are first asked for, so that importing the package stays quick."""
    if name in ("dask", "plots"):
        import importlib

        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module 'chainqual' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), "dask", "plots"})


__all__ = [
    "NEVER",
    "NONE",
    "NO_STAGE",
    "Access",
    "AccessError",
    "Agreement",
    "Articulation",
    "BindingInput",
    "Capability",
    "CapabilityIndex",
    "CapabilityIndices",
    "CascadeResult",
    "Chain",
    "ChainInfo",
    "ChartSignal",
    "Components",
    "ContagionResult",
    "ContagionSpread",
    "ControlChart",
    "Course",
    "CourseSession",
    "Criticality",
    "CusumChart",
    "DeviationFile",
    "DeviationProcess",
    "DeviationResult",
    "DeviationStage",
    "DeviationState",
    "Disruption",
    "DistressResult",
    "DistressRun",
    "Dominators",
    "DynamicsResult",
    "Ensemble",
    "Error",
    "ErrorCode",
    "Evaluation",
    "EventImportance",
    "FaultTree",
    "FaultTreeResult",
    "FilledIndicators",
    "Finding",
    "Findings",
    "Flip",
    "Forms",
    "Grade",
    "Grades",
    "GradingCriterion",
    "Hit",
    "Hits",
    "HouseCascade",
    "Indicator",
    "IndicatorEntry",
    "IndicatorFile",
    "IndicatorSheet",
    "InheritedQuality",
    "InoperabilityResult",
    "InspectionCounts",
    "InvalidError",
    "Judgements",
    "KanoFeature",
    "Kept",
    "LadderDemand",
    "LadderPlace",
    "Lecturer",
    "LimitGrading",
    "LineGrading",
    "LinearPlan",
    "LinearResult",
    "LinearRun",
    "LossPath",
    "Measurements",
    "MissingError",
    "Mitigation",
    "ModelRun",
    "Network",
    "OneWayAnova",
    "Page",
    "PairedCharts",
    "PairedDifference",
    "PairwiseWeights",
    "PanelScore",
    "PeriodFigures",
    "PlacedScenario",
    "ProblemStability",
    "Propagation",
    "QualityHouse",
    "QualityHouseResult",
    "QualityMap",
    "RatedMode",
    "Record",
    "Recovery",
    "Report",
    "Revision",
    "SampledBetweenness",
    "ScoreComparison",
    "SeriesSummary",
    "Severity",
    "SeverityModel",
    "SheetScore",
    "Spread",
    "Stability",
    "Store",
    "SummaryCell",
    "SummaryRow",
    "SurveySheet",
    "SystemicRisk",
    "Table",
    "Text",
    "TooLongError",
    "TrainingBase",
    "TrainingCoverage",
    "TrainingFile",
    "TwoWayAnova",
    "ValueCurve",
    "Variation",
    "Why",
    "__version__",
    "articulation",
    "assess",
    "attribute_chart",
    "betweenness",
    "build_house",
    "capability",
    "capability_indices",
    "cascade",
    "cascade_houses",
    "chain_from_json",
    "chart_signals",
    "classify_feature",
    "compare_maps",
    "consensus_of",
    "contagion",
    "control_constants",
    "criticality",
    "cusum_chart",
    "datasets",
    "default_threads",
    "distress",
    "dominators",
    "dynamics",
    "ensemble",
    "entropy_weights",
    "evaluate",
    "ewma_chart",
    "fault_tree",
    "final_enterprises",
    "fmea",
    "generate",
    "grade_lines",
    "indicator_difference",
    "indicator_form",
    "indicators_from_json",
    "indicators_of",
    "indicators_to_json",
    "individuals_chart",
    "inherit_defects",
    "inherit_quality",
    "inoperability",
    "is_share",
    "judge",
    "language",
    "latin_hypercube",
    "linear",
    "linear_importance",
    "locate_sources",
    "map_update",
    "mean_deviation_chart",
    "mean_range_chart",
    "milk_by_somatic_cells",
    "mitigate",
    "one_way_anova",
    "paired_difference",
    "pairwise_weights",
    "panel_agreement",
    "panel_scores",
    "period_from",
    "place",
    "place_on_ladder",
    "propagate",
    "propagate_deviations",
    "quality_map",
    "read_accounts",
    "read_chain",
    "read_counts",
    "read_deviation",
    "read_failure_modes",
    "read_fault_tree",
    "read_figures",
    "read_grade_limits",
    "read_houses",
    "read_indicators",
    "read_judgements",
    "read_kano_answers",
    "read_ladder",
    "read_line_grading",
    "read_measurements",
    "read_measures",
    "read_named_values",
    "read_needs",
    "read_priority_rules",
    "read_scenarios",
    "read_sheet",
    "read_stages",
    "read_suppliers",
    "read_training",
    "region_concentration",
    "regrade",
    "sampled_betweenness",
    "session_scores",
    "set_language",
    "single_source_products",
    "single_sources",
    "standard_forms",
    "standard_indicators",
    "strong_components",
    "suggest_measures",
    "summarise",
    "summary_form",
    "summary_of",
    "supplier_concentration",
    "systemic_risk",
    "topological_order",
    "training_coverage",
    "trend",
    "two_way_anova",
    "why",
]
