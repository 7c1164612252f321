"""chainqual: quality of industry chains.

A chain of enterprises and supply links, its quality problems graded by the exact 40/30/30 model of T/GQDA, and their impact
carried along the links, so that "how far does it spread" is evidence and not opinion.

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

from . import datasets as datasets
from ._chainqual import version as __version__
from ._errors import Error, ErrorCode, Finding, Findings
from ._intake import read_sheet
from ._run import default_threads
from ._tables import Table
from ._text import Text, language, set_language
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
from .ensembles import Ensemble, PairedDifference, ensemble, latin_hypercube, paired_difference
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
from .generation import generate
from .grades import Flip, Grade, Grades, Kept, ProblemStability, Severity, Stability
from .linear_model import LinearPlan, LinearResult, LinearRun, linear, linear_importance
from .maps import QualityMap, quality_map
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
    TwoWayAnova,
    Variation,
    attribute_chart,
    capability,
    control_constants,
    cusum_chart,
    ewma_chart,
    individuals_chart,
    mean_deviation_chart,
    mean_range_chart,
    one_way_anova,
    two_way_anova,
)
from .propagation import Propagation
from .reading import chain_from_json, read_chain
from .report import Report, assess
from .scenarios import Disruption, PlacedScenario, Recovery, place, read_scenarios
from .severity import SeverityModel
from .spreading import ContagionResult, ContagionSpread, DistressResult, DistressRun, Spread, contagion, distress
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

__all__ = [
    "NEVER",
    "NONE",
    "NO_STAGE",
    "Agreement",
    "Articulation",
    "BindingInput",
    "Capability",
    "CapabilityIndex",
    "CapabilityIndices",
    "CascadeResult",
    "Chain",
    "ChartSignal",
    "Components",
    "ContagionResult",
    "ContagionSpread",
    "ControlChart",
    "Criticality",
    "CusumChart",
    "Disruption",
    "DistressResult",
    "DistressRun",
    "Dominators",
    "DynamicsResult",
    "Ensemble",
    "Error",
    "ErrorCode",
    "EventImportance",
    "FaultTreeResult",
    "Finding",
    "Findings",
    "Flip",
    "Grade",
    "Grades",
    "InoperabilityResult",
    "Kept",
    "LinearPlan",
    "LinearResult",
    "LinearRun",
    "LossPath",
    "Mitigation",
    "ModelRun",
    "Network",
    "OneWayAnova",
    "PairedCharts",
    "PairedDifference",
    "PairwiseWeights",
    "PanelScore",
    "PlacedScenario",
    "ProblemStability",
    "Propagation",
    "QualityMap",
    "RatedMode",
    "Recovery",
    "Report",
    "SampledBetweenness",
    "Severity",
    "SeverityModel",
    "Spread",
    "Stability",
    "SystemicRisk",
    "Table",
    "Text",
    "TwoWayAnova",
    "Variation",
    "Why",
    "__version__",
    "articulation",
    "assess",
    "attribute_chart",
    "betweenness",
    "capability",
    "cascade",
    "chain_from_json",
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
    "ewma_chart",
    "fault_tree",
    "final_enterprises",
    "fmea",
    "generate",
    "individuals_chart",
    "inoperability",
    "language",
    "latin_hypercube",
    "linear",
    "linear_importance",
    "mean_deviation_chart",
    "mean_range_chart",
    "mitigate",
    "one_way_anova",
    "paired_difference",
    "pairwise_weights",
    "panel_agreement",
    "panel_scores",
    "place",
    "propagate",
    "quality_map",
    "read_accounts",
    "read_chain",
    "read_measures",
    "read_needs",
    "read_scenarios",
    "read_sheet",
    "region_concentration",
    "sampled_betweenness",
    "set_language",
    "single_source_products",
    "single_sources",
    "strong_components",
    "suggest_measures",
    "supplier_concentration",
    "systemic_risk",
    "topological_order",
    "two_way_anova",
    "why",
]
