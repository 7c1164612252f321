#pragma once

// What every propagation model refuses, and how it names the place.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

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

inline void check_length(std::size_t given, std::size_t wanted, const Text& what) {
  if (given == wanted) return;
  throw Error(ErrorCode::shape_mismatch,
              {what.zh + "有 " + whole(given) + " 个值，而网络有 " + whole(wanted) + " 家企业，二者必须相等。",
               what.en + " has " + whole(given) + " entries for " + whole(wanted) + " enterprises; they must agree."});
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

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
