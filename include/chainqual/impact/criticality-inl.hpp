#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/cascade_model-inl.hpp"
#include "chainqual/impact/criticality.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check(const CriticalityOptions& options) {
  if (!options.risk.enterprises.empty()) {
    throw Error(ErrorCode::invalid_argument, {"关键性分析要比较全部企业，请不要指定 enterprises。",
                                              "criticality compares all enterprises: leave `enterprises` empty."});
  }
  if (is_share(options.low) && is_share(options.high) && options.low < options.high) return;
  throw Error(ErrorCode::invalid_argument, {"关键性分析的界限应满足 0 ≤ low < high ≤ 1，现为 " + number(options.low) +
                                                " 与 " + number(options.high) + "。",
                                            "the thresholds of criticality must satisfy 0 ≤ low < high ≤ 1; they are " +
                                                number(options.low) + " and " + number(options.high) + "."});
}

/// Share of all values below each, ties counted half.
inline std::vector<double> standings(const std::vector<double>& values) {
  std::vector<double> ascending = values;
  std::sort(ascending.begin(), ascending.end());
  std::vector<double> out;
  out.reserve(values.size());
  for (const double value : values) {
    const auto [first, last] = std::equal_range(ascending.begin(), ascending.end(), value);
    const auto below = static_cast<double>(first - ascending.begin());
    out.push_back((below + static_cast<double>(last - first - 1) / 2) / static_cast<double>(values.size()));
  }
  return out;
}

inline void add_risk(const Network& net, const CriticalityOptions& options, CriticalityTable& table,
                     const Control& control) {
  const SystemicRiskResult risk = systemic_risk(net, options.risk, control);
  table.note = risk.note;
  for (CriticalityRow& row : table.rows) {
    const std::uint32_t v = row.enterprise.index();
    row.systemic_risk = risk.index[v];
    row.risk_downstream = risk.index_downstream[v];
    row.risk_upstream = risk.index_upstream[v];
  }
}

inline void add_importance(const Network& net, const std::vector<double>& weight, CriticalityTable& table,
                           const Control& control) {
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  try {
    const auto importance = linear_importance(net, weight, Along::downstream, {}, control);
    for (CriticalityRow& row : table.rows) {
      row.importance = total > 0 ? importance[row.enterprise.index()] / total : 0;
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::no_solution && error.code() != ErrorCode::not_converged) throw;
    table.importance_exists = false;
    for (CriticalityRow& row : table.rows) row.importance = std::numeric_limits<double>::quiet_NaN();
  }
}

inline void add_betweenness(const Network& net, const CriticalityOptions& options, CriticalityTable& table,
                            const Control& control) {
  const double n = net.enterprises();
  const double pairs = (n - 1) * (n - 2);
  std::vector<double> values;
  if (net.enterprises() <= options.exact_betweenness) {
    values = betweenness(net, control);
  } else {
    const SampledBetweenness sampled = sampled_betweenness(net, options.sampling, control);
    table.betweenness_exact = false;
    table.betweenness_error = pairs > 0 ? sampled.error / pairs : 0;
    values = sampled.values;
  }
  for (CriticalityRow& row : table.rows) row.betweenness = pairs > 0 ? values[row.enterprise.index()] / pairs : 0;
}

/// Essential inputs that have one supplier, by the kinds of goods and the needs of the cascade; self-supply is none.
inline void add_sole_sources(const Network& net, const CriticalityOptions& options, CriticalityTable& table,
                             const Control& control) {
  const CascadeModel model = make_cascade(net, options.risk.cascade, control);
  for (std::uint32_t j = 0; j < model.n; ++j) {
    for (auto k = model.essential[j]; k < model.first[j + std::size_t{1}];) {
      const auto end = model.group_end(k, j);
      std::uint32_t others = 0;
      std::uint32_t supplier = j;
      for (; k < end; ++k) {
        if (model.suppliers[k] == j) continue;
        ++others;
        supplier = model.suppliers[k];
      }
      if (others == 1) ++table.rows[supplier].sole_source;
    }
  }
}

inline void add_structure(const Network& net, CriticalityTable& table) {
  const auto sources = supply_sources(net, strong_components(net));
  const auto finals = final_enterprises(net);
  const DominatorForest forest = dominators(net, sources);
  std::vector<std::uint32_t> cut(net.enterprises(), 0);
  for (auto at = forest.order.rbegin(); at != forest.order.rend(); ++at) {
    if (forest.immediate[*at] != Network::none) cut[forest.immediate[*at]] += cut[*at] + 1;
  }
  for (CriticalityRow& row : table.rows) row.cut = cut[row.enterprise.index()];
  for (const SinglePointOfFailure& point : single_points_of_failure(forest, finals)) {
    table.rows[point.enterprise.index()].final_cut = point.final_cut;
  }
  for (const std::uint32_t point : articulation(net).points) table.rows[point].joint = true;
  for (const InputConcentration& input : supplier_concentration(net)) {
    double& own = table.rows[input.customer.index()].own_concentration;
    own = std::max(own, input.herfindahl);
  }
}

inline double measured(const CriticalityRow& row, CriticalityMeasure measure) {
  switch (measure) {
    case CriticalityMeasure::systemic_risk:
      return row.systemic_risk;
    case CriticalityMeasure::importance:
      return row.importance;
    case CriticalityMeasure::betweenness:
      return row.betweenness;
    case CriticalityMeasure::cut:
      return row.cut;
    case CriticalityMeasure::sole_source:
      return row.sole_source;
    case CriticalityMeasure::size:
      break;
  }
  return row.size;
}

inline void add_standings(CriticalityTable& table) {
  for (const auto& name : Names<CriticalityMeasure>::table) {
    if (name.value == CriticalityMeasure::importance && !table.importance_exists) continue;
    std::vector<double> values;
    for (const CriticalityRow& row : table.rows) values.push_back(measured(row, name.value));
    const auto standing = standings(values);
    for (std::size_t k = 0; k < table.rows.size(); ++k) {
      table.rows[k].standing[static_cast<std::size_t>(name.value)] = standing[k];
    }
  }
}

/// Whether a measure could see the enterprise at all: nothing passes who buys nothing or sells nothing, and whoever
/// sells nothing cuts nobody off and is nobody's supplier. There its 0 says nothing.
inline bool can_see(const Network& net, EnterpriseId id, CriticalityMeasure measure) {
  const auto has = [&](std::span<const std::uint32_t> partners) {
    return std::any_of(partners.begin(), partners.end(), [&](std::uint32_t v) { return v != id.value; });
  };
  switch (measure) {
    case CriticalityMeasure::betweenness:
      return has(net.suppliers(id)) && has(net.customers(id));
    case CriticalityMeasure::importance:
    case CriticalityMeasure::cut:
    case CriticalityMeasure::sole_source:
      return has(net.customers(id));
    case CriticalityMeasure::systemic_risk:
    case CriticalityMeasure::size:
      break;
  }
  return true;
}

/// A measure that takes part in the flag.
struct TellingMeasure {
  CriticalityMeasure measure;
  bool zero_is_low;  ///< 0 is rare enough to set an enterprise apart
};

/// Those that rank, exist, and are not 0 for everybody. What most have not (cutting somebody off, being a sole source)
/// tells who is critical, and of the many others nothing.
inline std::vector<TellingMeasure> telling_measures(const Network& net, const CriticalityOptions& options,
                                                    const CriticalityTable& table) {
  std::vector<TellingMeasure> measures;
  for (const auto& name : Names<CriticalityMeasure>::table) {
    if (name.value == CriticalityMeasure::size) continue;
    std::size_t seen = 0;
    std::size_t above = 0;
    for (const CriticalityRow& row : table.rows) {
      const bool positive = measured(row, name.value) > 0;
      above += positive ? 1U : 0U;
      seen += positive || can_see(net, row.enterprise, name.value) ? 1U : 0U;
    }
    if (above == 0) continue;
    measures.push_back({name.value, static_cast<double>(seen - above) <= options.low * static_cast<double>(seen)});
  }
  return measures;
}

inline void flag_disagreement(const Network& net, const CriticalityOptions& options, CriticalityTable& table) {
  const auto measures = telling_measures(net, options, table);
  const auto join = [](std::string& to, std::string_view word, std::string_view separator) {
    to += (to.empty() ? std::string() : std::string(separator)) + std::string(word);
  };
  for (CriticalityRow& row : table.rows) {
    Text high;
    Text low;
    for (const auto& [measure, zero_is_low] : measures) {
      const double value = measured(row, measure);
      const double standing = row.standing[static_cast<std::size_t>(measure)];
      const bool harmless = value > 0 ? standing <= options.low : zero_is_low && can_see(net, row.enterprise, measure);
      if (value > 0 && standing >= options.high) {
        join(high.zh, label_of(measure, Language::zh), "、");
        join(high.en, label_of(measure, Language::en), ", ");
      } else if (harmless) {
        join(low.zh, label_of(measure, Language::zh), "、");
        join(low.en, label_of(measure, Language::en), ", ");
      }
    }
    row.disagree = !high.en.empty() && !low.en.empty();
    if (!row.disagree) continue;
    ++table.disagreements;
    row.why = {"按" + high.zh + "属于要害，按" + low.zh + "则无碍",
               "critical by " + high.en + "; harmless by " + low.en};
  }
}

}  // namespace impact_detail

CHAINQUAL_KERNEL CriticalityTable criticality(const Network& net, const CriticalityOptions& options,
                                              const Control& control) {
  namespace detail = impact_detail;
  detail::check(options);
  CriticalityTable table;
  if (net.enterprises() == 0) return table;
  const std::vector<double> weight = weights_in_totals(net, options.risk.cascade.weight);
  for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
    CriticalityRow row;
    row.enterprise = EnterpriseId{v};
    row.size = weight[v];
    table.rows.push_back(row);
  }
  detail::add_risk(net, options, table, phase_of(control, 0, 0.5));
  detail::add_importance(net, weight, table, phase_of(control, 0.5, 0.6));
  detail::add_betweenness(net, options, table, phase_of(control, 0.6, 0.95));
  throw_if_cancelled(control);
  detail::add_structure(net, table);
  detail::add_sole_sources(net, options, table, control);
  detail::add_standings(table);
  detail::flag_disagreement(net, options, table);
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const CriticalityRow& a, const CriticalityRow& b) {
    if (a.systemic_risk != b.systemic_risk) return a.systemic_risk > b.systemic_risk;
    return a.importance > b.importance;  // false for NaN: the order of ids stays
  });
  if (control.progress) control.progress(1.0);
  return table;
}

}  // namespace v1
}  // namespace chainqual
