#pragma once

// Link weights of the linear model as rows to sum over: x_v = s_v + Σ_k weight[k] · x[neighbour[k]], k in row v.

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Whether rows are those of x = s + Dᵀx, or of its transpose, which weighs what each enterprise causes.
enum class Side : std::uint8_t { effect, cause };

/// Rows lie over suppliers when losses run downstream to their effect, and when causes of upstream losses are weighed.
inline bool rows_over_suppliers(Along along, Side side) noexcept {
  return (along == Along::downstream) == (side == Side::effect);
}

inline double quotient(double value, double sum) noexcept {
  return sum > 0 ? value / sum : 0;
}

/// One direction's weights, sorted into rows. Offsets and neighbours are the network's, or lie in the two vectors.
struct Rows {
  std::span<const std::uint64_t> offsets;
  std::span<const std::uint32_t> neighbours;
  LargeArray<double> weights;
  std::vector<std::uint64_t> own_offsets;
  std::vector<std::uint32_t> own_neighbours;
  [[nodiscard]] std::size_t size() const noexcept { return offsets.empty() ? 0 : offsets.size() - 1; }
};

/// Weight of any link, by LinkId, without storing them.
class LinkWeight {
 public:
  LinkWeight(const Network& net, Along along)
      : net_(&net),
        along_(along),
        sums_(along == Along::downstream ? row_sums(net.in_offsets(), net.in_values())
                                         : row_sums(net.out_offsets(), net.out_values())) {}

  [[nodiscard]] double operator()(std::uint64_t link, std::uint32_t supplier) const noexcept {
    const double value = static_cast<double>(net_->out_values()[link]);
    if (along_ == Along::upstream) return quotient(value, sums_[supplier]);
    const auto given = net_->dependency();
    const auto escape = net_->escape();
    const double weight = !given.empty() && !std::isnan(given[link])
                              ? static_cast<double>(given[link])
                              : quotient(value, sums_[net_->out_targets()[link]]);
    return !escape.empty() && !std::isnan(escape[link]) ? weight * static_cast<double>(escape[link]) : weight;
  }
  [[nodiscard]] const std::vector<double>& sums() const noexcept { return sums_; }

 private:
  const Network* net_;
  Along along_;
  std::vector<double> sums_;
};

/// The rows of one direction. The network's links must have passed `check_links`.
inline Rows make_rows(const Network& net, Along along, Side side) {
  Rows rows;
  const LinkWeight weight(net, along);
  const auto offsets = net.out_offsets();
  rows.weights = LargeArray<double>(net.links());
  if (!rows_over_suppliers(along, side)) {
    rows.offsets = offsets;
    rows.neighbours = net.out_targets();
    for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
      for (auto l = offsets[i]; l < offsets[i + 1]; ++l) rows.weights[l] = weight(l, i);
    }
    return rows;
  }
  rows.offsets = net.in_offsets();
  rows.neighbours = net.in_sources();
  if (along == Along::downstream && net.dependency().empty() && net.escape().empty()) {
    const auto values = net.in_values();
    for (std::uint32_t j = 0; j < net.enterprises(); ++j) {
      for (auto k = rows.offsets[j]; k < rows.offsets[j + 1]; ++k) {
        rows.weights[k] = quotient(static_cast<double>(values[k]), weight.sums()[j]);
      }
    }
    return rows;
  }
  // Suppliers ascend in every in-row, so walking links in supplier order fills each row from its start.
  std::vector<std::uint64_t> next(rows.offsets.begin(), rows.offsets.end());
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    for (auto l = offsets[i]; l < offsets[i + 1]; ++l) rows.weights[next[net.out_targets()[l]]++] = weight(l, i);
  }
  return rows;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
