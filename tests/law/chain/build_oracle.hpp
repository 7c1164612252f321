#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "chainqual/chain/builder.hpp"

namespace chainqual::test {

/// Rows of a network, as a user would hold them.
struct Rows {
  std::uint32_t n = 0;
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;
  std::vector<float> value;
  std::vector<float> dependency;
  std::vector<float> escape;

  [[nodiscard]] NetworkColumns columns() const {
    NetworkColumns columns;
    columns.enterprises = n;
    columns.supplier = supplier;
    columns.customer = customer;
    columns.value = value;
    columns.dependency = dependency;
    columns.escape = escape;
    return columns;
  }

  /// The same rows in another order.
  [[nodiscard]] Rows reordered(const std::vector<std::size_t>& order) const {
    Rows rows{n, {}, {}, {}, {}, {}};
    for (const auto k : order) {
      rows.supplier.push_back(supplier[k]);
      rows.customer.push_back(customer[k]);
      if (!value.empty()) rows.value.push_back(value[k]);
      if (!dependency.empty()) rows.dependency.push_back(dependency[k]);
      if (!escape.empty()) rows.escape.push_back(escape[k]);
    }
    return rows;
  }
};

/// The slow, obvious network: a map of pairs, summed as documented at build_network.
class NaiveNetwork {
 public:
  struct Merged {
    double value = 0;
    std::optional<double> dependency;
    std::optional<double> escape;
  };

  NaiveNetwork(const Rows& rows, bool keep_self) {
    struct One {
      float value, dependency, escape;
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<One>> groups;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t k = 0; k < rows.supplier.size(); ++k) {
      if (rows.supplier[k] == rows.customer[k] && !keep_self) {
        ++dropped;
        continue;
      }
      groups[{rows.supplier[k], rows.customer[k]}].push_back({rows.value.empty() ? 1.0F : rows.value[k],
                                                              rows.dependency.empty() ? nan : rows.dependency[k],
                                                              rows.escape.empty() ? nan : rows.escape[k]});
    }
    std::map<std::uint32_t, double> inputs;
    for (const auto& [ends, group] : groups) {
      double sum = 0;
      for (const auto& one : group) sum += one.value;
      inputs[ends.second] += sum;
    }
    for (const auto& [ends, group] : groups) {
      Merged merged;
      merged_away += group.size() - 1;
      const auto given =
          std::count_if(group.begin(), group.end(), [](const One& o) { return !std::isnan(o.dependency); });
      const bool any_escape =
          std::any_of(group.begin(), group.end(), [](const One& o) { return !std::isnan(o.escape); });
      double weights = 0;
      double through = 0;
      double plain = 0;
      for (const auto& one : group) {
        merged.value += one.value;
        const double share = inputs[ends.second] > 0 ? one.value / inputs[ends.second] : 0;
        const double d = given == 0 ? one.value : std::isnan(one.dependency) ? share : one.dependency;
        const double e = std::isnan(one.escape) ? 1.0 : one.escape;
        weights += d;
        through += d * e;
        plain += e;
      }
      if (given != 0) merged.dependency = std::min(1.0, weights);
      if (any_escape) merged.escape = weights > 0 ? through / weights : plain / static_cast<double>(group.size());
      // One link keeps what it was given.
      if (group.size() == 1) {
        merged.dependency = given != 0 ? std::optional<double>(group[0].dependency) : std::nullopt;
        merged.escape = any_escape ? std::optional<double>(group[0].escape) : std::nullopt;
      }
      links[ends] = merged;
    }
  }

  std::map<std::pair<std::uint32_t, std::uint32_t>, Merged> links;
  std::uint64_t dropped = 0;
  std::uint64_t merged_away = 0;
};

}  // namespace chainqual::test
