#include <limits>
#include <optional>
#include <string>

#include "buffers.hpp"
#include "model_run.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_NONE == EnterpriseId::none().value && DynamicsResult::never == UINT32_MAX);

namespace {

template <class T>
using Column = std::optional<std::vector<T>>;

template <class Rows, class Get>
auto column_of(const Rows& rows, Get get) {
  std::vector<decltype(get(rows.front()))> column;
  column.reserve(rows.size());
  for (const auto& row : rows) column.push_back(get(row));
  return column;
}

/// The column of a run, or none where its model has no such column; one overload for each model and type.
struct Doubles {
  std::int32_t column;

  Column<double> operator()(const LinearResult& result) const {
    if (column != CHAINQUAL_COLUMN_SPECTRAL_RADIUS) return {};
    return radii(result.downstream_run.spectral_radius, result.upstream_run.spectral_radius);
  }

  Column<double> operator()(const CascadeResult& result) const {
    if (column != CHAINQUAL_COLUMN_LACK) return {};
    return column_of(result.binding, [](const Binding& one) { return one.lack; });
  }

  Column<double> operator()(const ContagionResult& result) const {
    const auto low = [](const ContagionSpread& spread) {
      return column_of(spread.interval, [](const Interval& one) { return one.low; });
    };
    const auto high = [](const ContagionSpread& spread) {
      return column_of(spread.interval, [](const Interval& one) { return one.high; });
    };
    switch (column) {
      case CHAINQUAL_COLUMN_DOWNSTREAM_LOW:
        return low(result.downstream_spread);
      case CHAINQUAL_COLUMN_DOWNSTREAM_HIGH:
        return high(result.downstream_spread);
      case CHAINQUAL_COLUMN_UPSTREAM_LOW:
        return low(result.upstream_spread);
      case CHAINQUAL_COLUMN_UPSTREAM_HIGH:
        return high(result.upstream_spread);
      case CHAINQUAL_COLUMN_COMBINED_LOW:
        return low(result.combined_spread);
      case CHAINQUAL_COLUMN_COMBINED_HIGH:
        return high(result.combined_spread);
      case CHAINQUAL_COLUMN_RUN_SHARE:
        return result.combined_spread.share;
      case CHAINQUAL_COLUMN_SHARE_QUANTILES:
        return result.combined_spread.share_spread.quantiles;
      default:
        return {};
    }
  }

  Column<double> operator()(const DistressResult& result) const {
    switch (column) {
      case CHAINQUAL_COLUMN_SPECTRAL_RADIUS:
        return radii(result.downstream_run.spectral_radius, result.upstream_run.spectral_radius);
      case CHAINQUAL_COLUMN_DEBTRANK:
        return one(result.debtrank);
      case CHAINQUAL_COLUMN_DOWNSTREAM_HISTORY:
        return result.downstream_run.history;
      case CHAINQUAL_COLUMN_UPSTREAM_HISTORY:
        return result.upstream_run.history;
      default:
        return {};
    }
  }

  Column<double> operator()(const DynamicsResult& result) const {
    if (column >= CHAINQUAL_COLUMN_DAY_PRODUCED && column <= CHAINQUAL_COLUMN_DAY_UNMET_ORDERS) return days(result);
    switch (column) {
      case CHAINQUAL_COLUMN_BY_CAPACITY:
        return result.by_capacity;
      case CHAINQUAL_COLUMN_BY_INPUTS:
        return result.by_inputs;
      case CHAINQUAL_COLUMN_BY_ORDERS:
        return result.by_orders;
      case CHAINQUAL_COLUMN_LAST_LEVEL:
        return result.last_level;
      case CHAINQUAL_COLUMN_PEAK_ORDERS:
        return result.peak_orders;
      case CHAINQUAL_COLUMN_LEVELS:
        return result.levels;
      case CHAINQUAL_COLUMN_LOST_OUTPUT:
        return one(result.lost_output);
      case CHAINQUAL_COLUMN_LOST_VALUE_ADDED:
        return one(result.lost_value_added);
      case CHAINQUAL_COLUMN_UNMET_FINAL:
        return one(result.unmet_final);
      case CHAINQUAL_COLUMN_USUAL_PRODUCED:
        return one(result.usual.produced);
      default:
        return {};
    }
  }

  Column<double> operator()(const InoperabilityResult& result) const {
    const auto days = [&](double InoperabilityDay::*part) {
      return column_of(result.totals, [part](const InoperabilityDay& day) { return day.*part; });
    };
    switch (column) {
      case CHAINQUAL_COLUMN_LEVELS:
        return result.levels;
      case CHAINQUAL_COLUMN_LAST_DOWNSTREAM:
        return result.last_downstream;
      case CHAINQUAL_COLUMN_LAST_UPSTREAM:
        return result.last_upstream;
      case CHAINQUAL_COLUMN_PEAK:
        return result.peak;
      case CHAINQUAL_COLUMN_RESILIENCE:
        return result.resilience;
      case CHAINQUAL_COLUMN_DAY_DOWNSTREAM:
        return days(&InoperabilityDay::downstream);
      case CHAINQUAL_COLUMN_DAY_UPSTREAM:
        return days(&InoperabilityDay::upstream);
      case CHAINQUAL_COLUMN_DAY_COMBINED:
        return days(&InoperabilityDay::combined);
      case CHAINQUAL_COLUMN_ECONOMIC_LOSS:
        return one(result.economic_loss);
      default:
        return {};
    }
  }

 private:
  static std::vector<double> one(double value) { return {value}; }

  static std::vector<double> radii(std::optional<double> downstream, std::optional<double> upstream) {
    const double none_told = std::numeric_limits<double>::quiet_NaN();
    return {downstream.value_or(none_told), upstream.value_or(none_told)};
  }

  [[nodiscard]] std::vector<double> days(const DynamicsResult& result) const {
    constexpr double DayTotals::*parts[] = {&DayTotals::produced, &DayTotals::value_added, &DayTotals::stocks,
                                            &DayTotals::unmet_final, &DayTotals::unmet_orders};
    const auto part = parts[column - CHAINQUAL_COLUMN_DAY_PRODUCED];
    return column_of(result.totals, [part](const DayTotals& day) { return day.*part; });
  }
};

struct Words {
  std::int32_t column;

  Column<std::uint32_t> operator()(const CascadeResult& result) const {
    switch (column) {
      case CHAINQUAL_COLUMN_BOUND:
        return column_of(result.binding, [](const Binding& one) { return static_cast<std::uint32_t>(one.bound); });
      case CHAINQUAL_COLUMN_BINDING_SUPPLIER:
        return column_of(result.binding, [](const Binding& one) { return one.supplier.value; });
      case CHAINQUAL_COLUMN_BINDING_SECTOR:
        return column_of(result.binding, [](const Binding& one) { return one.sector; });
      default:
        return {};
    }
  }
  Column<std::uint32_t> operator()(const ContagionResult& result) const {
    if (column != CHAINQUAL_COLUMN_RUN_ENTERPRISES) return {};
    return result.combined_spread.enterprises;
  }
  Column<std::uint32_t> operator()(const DynamicsResult& result) const {
    if (column == CHAINQUAL_COLUMN_SURVIVE_DAYS) return result.survive_days;
    if (column == CHAINQUAL_COLUMN_RECOVER_DAYS) return result.recover_days;
    return {};
  }
  Column<std::uint32_t> operator()(const Propagation&) const { return {}; }
};

struct Counts {
  std::int32_t column;

  Column<std::uint64_t> operator()(const ContagionResult& result) const {
    if (column == CHAINQUAL_COLUMN_DOWNSTREAM_HITS) return result.downstream_spread.hits;
    if (column == CHAINQUAL_COLUMN_UPSTREAM_HITS) return result.upstream_spread.hits;
    if (column == CHAINQUAL_COLUMN_COMBINED_HITS) return result.combined_spread.hits;
    return {};
  }
  Column<std::uint64_t> operator()(const Propagation&) const { return {}; }
};

[[noreturn]] void throw_no_column(std::int32_t column) {
  throw Error(ErrorCode::not_found,
              {"这次运行的模型没有第 " + std::to_string(column) + " 号这一类型的列。",
               "The model of this run has no column " + std::to_string(column) + " of this type."});
}

template <class Pick, class T>
chainqual_status hand_column(const chainqual_model_run* run, std::int32_t column, T* values, std::uint64_t capacity,
                             std::uint64_t* size, chainqual_error* error) noexcept {
  return capi::guarded(error, [&] {
    const auto found = std::visit(Pick{column}, capi::required(run, "run").result);
    if (!found) throw_no_column(column);
    capi::hand_over(*found, values, capacity, size);
  });
}

}  // namespace

chainqual_status chainqual_model_run_f64(const chainqual_model_run* run, int32_t column, double* values,
                                         uint64_t capacity, uint64_t* size, chainqual_error* error) {
  if (run == nullptr || column != CHAINQUAL_COLUMN_DAILY) {
    return hand_column<Doubles>(run, column, values, capacity, size, error);
  }
  return capi::guarded(error, [&] {
    if (run->daily.empty()) throw_no_column(column);
    capi::hand_over(run->daily, values, capacity, size);
  });
}

chainqual_status chainqual_model_run_u32(const chainqual_model_run* run, int32_t column, uint32_t* values,
                                         uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return hand_column<Words>(run, column, values, capacity, size, error);
}

chainqual_status chainqual_model_run_u64(const chainqual_model_run* run, int32_t column, uint64_t* values,
                                         uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return hand_column<Counts>(run, column, values, capacity, size, error);
}
