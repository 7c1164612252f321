#pragma once

// Link weights of the linear model as rows to sum over: x_v = s_v + Σ_k weight[k] · x[neighbour[k]], k in row v.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/linear.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Whether rows are those of x = s + Dᵀx, or of its transpose, which weighs what each enterprise causes.
enum class Side : std::uint8_t { effect, cause };

/// Rows lie over suppliers when losses run downstream to their effect, and when causes of upstream losses are weighed.
inline bool rows_over_suppliers(Along along, Side side) noexcept {
  return (along == Along::downstream) == (side == Side::effect);
}

inline std::string number(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 10).ptr;
  return {text, end};
}

inline std::string whole(std::uint64_t value) {
  return std::to_string(value);
}

/// A link for messages; enterprises and links are counted from 1, as in tables.
inline Text link_name(const Network& net, std::uint64_t link) {
  const auto from = whole(net.supplier(LinkId{link}).index() + 1);
  const auto to = whole(net.customer(LinkId{link}).index() + 1);
  return {"第 " + whole(link + 1) + " 条供应关系（企业 " + from + " → 企业 " + to + "）",
          "link " + whole(link + 1) + " (enterprise " + from + " → enterprise " + to + ")"};
}

[[noreturn]] inline void reject_link(const Network& net, std::uint64_t link, double value, const Text& what,
                                     const Text& rule) {
  const Text name = link_name(net, link);
  throw Error(ErrorCode::invalid_value, {name.zh + "的" + what.zh + "为 " + number(value) + "，" + rule.zh + "。",
                                         name.en + ": " + what.en + " " + number(value) + " " + rule.en + "."});
}

[[noreturn]] inline void reject_enterprise(std::size_t index, double value, const Text& what, const Text& rule) {
  throw Error(ErrorCode::invalid_value,
              {"企业 " + whole(index + 1) + " 的" + what.zh + "为 " + number(value) + "，" + rule.zh + "。",
               "enterprise " + whole(index + 1) + ": " + what.en + " " + number(value) + " " + rule.en + "."});
}

inline bool is_share(double value) noexcept {
  return value >= 0 && value <= 1;
}  // false for NaN

inline void check_links(const Network& net) {
  const auto values = net.out_values();
  for (std::uint64_t l = 0; l < values.size(); ++l) {
    if (!(values[l] >= 0 && values[l] <= std::numeric_limits<float>::max())) {
      reject_link(net, l, static_cast<double>(values[l]), {"供应额", "value"},
                  {"必须是不小于 0 的有限数", "must be finite and not negative"});
    }
  }
  const auto check_shares = [&](std::span<const float> column, const Text& what) {
    for (std::uint64_t l = 0; l < column.size(); ++l) {
      if (!std::isnan(column[l]) && !is_share(static_cast<double>(column[l]))) {
        reject_link(net, l, static_cast<double>(column[l]), what, {"必须在 0 到 1 之间", "must lie between 0 and 1"});
      }
    }
  };
  check_shares(net.dependency(), {"依赖度", "dependency"});
  check_shares(net.escape(), {"逃逸率", "escape"});
}

/// o_i: what each enterprise sells in the chain.
inline std::vector<double> row_sums(std::span<const std::uint64_t> offsets, std::span<const float> values) {
  const std::size_t n = offsets.empty() ? 0 : offsets.size() - 1;
  std::vector<double> sums(n);
  for (std::size_t v = 0; v < n; ++v) {
    double sum = 0;
    for (auto k = offsets[v]; k < offsets[v + 1]; ++k) sum += static_cast<double>(values[k]);
    sums[v] = sum;
  }
  return sums;
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

/// Counts what the weights rest on.
inline LinkWeightSources weight_sources(const Network& net) {
  LinkWeightSources sources;
  const auto count_given = [](std::span<const float> column) {
    std::uint64_t count = 0;
    for (const float value : column) count += std::isnan(value) ? 0U : 1U;
    return count;
  };
  sources.given = count_given(net.dependency());
  sources.from_value = net.links() - sources.given;
  sources.escape_given = count_given(net.escape());
  sources.values_assumed = net.summary().values_assumed;
  const auto offsets = net.out_offsets();
  const auto targets = net.out_targets();
  std::vector<double> sums;
  const bool may_exceed = sources.given != 0;
  const LinkWeight weight(net, Along::downstream);
  if (may_exceed) sums.assign(net.enterprises(), 0.0);
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    double output = 0;
    for (auto l = offsets[i]; l < offsets[i + 1]; ++l) {
      output += static_cast<double>(net.out_values()[l]);
      if (targets[l] == i) ++sources.self_supply;
      if (may_exceed) sums[targets[l]] += weight(l, i);
    }
    if (!(output > 0)) ++sources.without_output;
  }
  // Single-precision shares such as 0.3 + 0.7 may sum to a little over 1; that is not "more than 1".
  for (const double sum : sums) sources.customers_above_one += sum > 1 + 1e-6 ? 1U : 0U;
  return sources;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
