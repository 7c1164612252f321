#include "chainqual/impact/criticality.hpp"

#include <string>
#include <vector>

#include "buffers.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "network.hpp"
#include "options.hpp"
#include "systemic_risk.hpp"

using namespace chainqual;

// The standings are numbered as the measures are.
template <CriticalityMeasure measure>
constexpr int standing_of = CHAINQUAL_CRITICALITY_STANDING_SYSTEMIC_RISK + static_cast<int>(measure);
static_assert(CHAINQUAL_CRITICALITY_STANDING_IMPORTANCE == standing_of<CriticalityMeasure::importance>);
static_assert(CHAINQUAL_CRITICALITY_STANDING_BETWEENNESS == standing_of<CriticalityMeasure::betweenness>);
static_assert(CHAINQUAL_CRITICALITY_STANDING_CUT == standing_of<CriticalityMeasure::cut>);
static_assert(CHAINQUAL_CRITICALITY_STANDING_SOLE_SOURCE == standing_of<CriticalityMeasure::sole_source>);
static_assert(CHAINQUAL_CRITICALITY_STANDING_SIZE == standing_of<CriticalityMeasure::size>);
static_assert(Names<CriticalityMeasure>::table.size() == 6, "a measure without a column of standings");

struct chainqual_criticality_table {
  CriticalityTable table;
};

namespace {

CriticalityOptions options_of(const chainqual_criticality_options* options) {
  const auto own = capi::settled(options);
  CriticalityOptions result;
  const auto risk = capi::settled(own.risk);
  if (risk.scenario_count != 0 || risk.enterprises.count != 0) {
    capi::throw_wrong_use("关键性总要排列全部企业：不要给出 enterprises 或 scenarios。",
                          "Criticality ranks all enterprises: give neither enterprises nor scenarios.");
  }
  result.risk = capi::options_of(own.risk);
  result.exact_betweenness = capi::given_or(own.exact_betweenness, result.exact_betweenness);
  result.sampling.error = capi::given_or(own.sampling_error, result.sampling.error);
  result.sampling.failure = capi::given_or(own.sampling_failure, result.sampling.failure);
  result.sampling.seed = capi::given_or(own.seed, result.sampling.seed);
  result.high = capi::given_or(own.high, result.high);
  result.low = capi::given_or(own.low, result.low);
  return result;
}

[[noreturn]] void throw_no_criticality_column(std::int32_t column) {
  throw Error(ErrorCode::not_found,
              {"关键性表没有第 " + std::to_string(column) + " 号这一类型的列。",
               "The criticality table has no column " + std::to_string(column) + " of this type."});
}

double number_of(const CriticalityRow& row, std::int32_t column) {
  if (column >= CHAINQUAL_CRITICALITY_STANDING_SYSTEMIC_RISK) {
    return row.standing[static_cast<std::size_t>(column - CHAINQUAL_CRITICALITY_STANDING_SYSTEMIC_RISK)];
  }
  switch (column) {
    case CHAINQUAL_CRITICALITY_SYSTEMIC_RISK:
      return row.systemic_risk;
    case CHAINQUAL_CRITICALITY_RISK_DOWNSTREAM:
      return row.risk_downstream;
    case CHAINQUAL_CRITICALITY_RISK_UPSTREAM:
      return row.risk_upstream;
    case CHAINQUAL_CRITICALITY_IMPORTANCE:
      return row.importance;
    case CHAINQUAL_CRITICALITY_BETWEENNESS:
      return row.betweenness;
    case CHAINQUAL_CRITICALITY_OWN_CONCENTRATION:
      return row.own_concentration;
    default:
      return row.size;
  }
}

std::uint32_t word_of(const CriticalityRow& row, std::int32_t column) {
  switch (column) {
    case CHAINQUAL_CRITICALITY_ENTERPRISE:
      return row.enterprise.value;
    case CHAINQUAL_CRITICALITY_CUT:
      return row.cut;
    case CHAINQUAL_CRITICALITY_FINAL_CUT:
      return row.final_cut;
    case CHAINQUAL_CRITICALITY_SOLE_SOURCE:
      return row.sole_source;
    case CHAINQUAL_CRITICALITY_JOINT:
      return row.joint ? 1 : 0;
    default:
      return row.disagree ? 1 : 0;
  }
}

}  // namespace

chainqual_status chainqual_criticality(const chainqual_network* network, const chainqual_criticality_options* options,
                                       const chainqual_control* control, chainqual_criticality_table** table,
                                       chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    capi::make_handle(table, "table", criticality(net, options_of(options), capi::control_of(control)));
  });
}

void chainqual_criticality_table_free(chainqual_criticality_table* table) {
  delete table;
}

chainqual_status chainqual_criticality_table_figures(const chainqual_criticality_table* table,
                                                     chainqual_criticality_figures* figures, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const CriticalityTable& own = capi::required(table, "table").table;
    chainqual_criticality_figures out = CHAINQUAL_CRITICALITY_FIGURES_INIT;
    out.disagreements = own.disagreements;
    out.rows = own.rows.size();
    out.betweenness_error = own.betweenness_error;
    out.betweenness_exact = own.betweenness_exact ? 1 : 0;
    out.importance_exists = own.importance_exists ? 1 : 0;
    capi::hand_over(out, &capi::required(figures, "figures"));
  });
}

chainqual_status chainqual_criticality_table_f64(const chainqual_criticality_table* table, int32_t column,
                                                 double* values, uint64_t capacity, uint64_t* size,
                                                 chainqual_error* error) {
  return capi::guarded(error, [&] {
    if (column < CHAINQUAL_CRITICALITY_SYSTEMIC_RISK || column > CHAINQUAL_CRITICALITY_STANDING_SIZE) {
      throw_no_criticality_column(column);
    }
    std::vector<double> out;
    for (const auto& row : capi::required(table, "table").table.rows) out.push_back(number_of(row, column));
    capi::hand_over(out, values, capacity, size);
  });
}

chainqual_status chainqual_criticality_table_u32(const chainqual_criticality_table* table, int32_t column,
                                                 uint32_t* values, uint64_t capacity, uint64_t* size,
                                                 chainqual_error* error) {
  return capi::guarded(error, [&] {
    if (column < CHAINQUAL_CRITICALITY_ENTERPRISE || column > CHAINQUAL_CRITICALITY_DISAGREE)
      throw_no_criticality_column(column);
    std::vector<std::uint32_t> out;
    for (const auto& row : capi::required(table, "table").table.rows) out.push_back(word_of(row, column));
    capi::hand_over(out, values, capacity, size);
  });
}

chainqual_status chainqual_criticality_table_why(const chainqual_criticality_table* table, uint64_t row,
                                                 int32_t language, const char** why, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& rows = capi::required(table, "table").table.rows;
    capi::require_index(row, rows.size());
    const Text& text = rows[static_cast<std::size_t>(row)].why;
    capi::required(why, "why") = text.in(capi::language_of(language)).c_str();
  });
}

chainqual_status chainqual_criticality_table_note(const chainqual_criticality_table* table, int32_t language,
                                                  const char** note, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Text& text = capi::required(table, "table").table.note;
    capi::required(note, "note") = text.in(capi::language_of(language)).c_str();
  });
}
