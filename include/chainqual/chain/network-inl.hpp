#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "chainqual/chain/network.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::array<std::uint64_t, 1> no_offsets{0};

[[nodiscard]] inline Error bad_parts(ErrorCode code, std::string_view array, std::uint64_t position,
                                     std::string_view zh, std::string_view en) {
  const auto at = std::to_string(position);
  return {code,
          {"网络数组 " + std::string(array) + " 第 " + at + " 项" + std::string(zh) + "。文件可能已损坏，请重新生成。",
           "Network array " + std::string(array) + ", entry " + at + ": " + std::string(en) +
               ". The file may be damaged; make it again."}};
}

inline void check_length(std::string_view array, std::size_t length, std::uint64_t wanted, bool may_be_absent) {
  if (length == wanted || (may_be_absent && length == 0)) return;
  throw Error(ErrorCode::shape_mismatch, {"网络数组 " + std::string(array) + " 的长度为 " + std::to_string(length) +
                                              "，应为 " + std::to_string(wanted) + "。",
                                          "Network array " + std::string(array) + " has length " +
                                              std::to_string(length) + "; it must be " + std::to_string(wanted) + "."});
}

inline void check_lengths(const NetworkParts& parts) {
  const std::uint64_t n = parts.enterprises;
  const std::uint64_t m = parts.out_targets.size();
  check_length("enterprises", n, std::min<std::uint64_t>(n, Network::max_enterprises), false);
  check_length("out_offsets", parts.out_offsets.size(), n + 1, false);
  check_length("in_offsets", parts.in_offsets.size(), n + 1, false);
  check_length("out_values", parts.out_values.size(), m, false);
  check_length("in_sources", parts.in_sources.size(), m, false);
  check_length("in_values", parts.in_values.size(), m, false);
  check_length("dependency", parts.dependency.size(), m, true);
  check_length("escape", parts.escape.size(), m, true);
  check_length("stage", parts.stage.size(), n, true);
  check_length("segment", parts.segment.size(), n, true);
  check_length("sector", parts.sector.size(), n, true);
  check_length("weight", parts.weight.size(), n, true);
  if (parts.out_offsets[0] != 0 || parts.out_offsets[n] != m) {
    throw bad_parts(ErrorCode::out_of_range, "out_offsets", n, "不合法：首项须为 0，末项须为供应关系数",
                    "offsets must run from 0 to the number of links");
  }
  if (parts.in_offsets[0] != 0 || parts.in_offsets[n] != m) {
    throw bad_parts(ErrorCode::out_of_range, "in_offsets", n, "不合法：首项须为 0，末项须为供应关系数",
                    "offsets must run from 0 to the number of links");
  }
}

inline void check_rows(std::string_view offsets_name, std::string_view ids_name, std::uint64_t n,
                       std::span<const std::uint64_t> offsets, std::span<const std::uint32_t> ids) {
  for (std::uint64_t i = 0; i < n; ++i) {
    if (offsets[i] > offsets[i + 1] || offsets[i + 1] > ids.size()) {
      throw bad_parts(ErrorCode::out_of_range, offsets_name, i + 1, "小于前一项或超出末项", "offsets must ascend");
    }
    for (std::uint64_t l = offsets[i]; l < offsets[i + 1]; ++l) {
      if (ids[l] >= n) {
        throw bad_parts(ErrorCode::out_of_range, ids_name, l, "超出企业序号范围", "no such enterprise");
      }
      if (l > offsets[i] && ids[l - 1] >= ids[l]) {
        throw bad_parts(ErrorCode::invalid_value, ids_name, l, "未按升序排列或有重复",
                        "rows must ascend without repeats");
      }
    }
  }
}

inline void check_shares(std::string_view array, std::span<const float> shares) {
  for (std::size_t l = 0; l < shares.size(); ++l) {
    if (!std::isnan(shares[l]) && !(shares[l] >= 0.0F && shares[l] <= 1.0F)) {
      throw bad_parts(ErrorCode::invalid_value, array, l, "不在 [0, 1] 之内", "shares lie in [0, 1]");
    }
  }
}

inline void check_values(const NetworkParts& parts) {
  for (std::size_t l = 0; l < parts.out_values.size(); ++l) {
    if (!(parts.out_values[l] >= 0.0F) || std::isinf(parts.out_values[l])) {
      throw bad_parts(ErrorCode::invalid_value, "out_values", l, "为负或不是有限数",
                      "values are finite and not negative");
    }
  }
  check_shares("dependency", parts.dependency);
  check_shares("escape", parts.escape);
  for (std::size_t i = 0; i < parts.stage.size(); ++i) {
    if (parts.stage[i] > 2 && parts.stage[i] != Network::no_stage) {
      throw bad_parts(ErrorCode::invalid_value, "stage", i, "不是任何一段（上游 0、中游 1、下游 2）",
                      "not a stage (0 upstream, 1 midstream, 2 downstream)");
    }
  }
  for (std::size_t i = 0; i < parts.weight.size(); ++i) {
    if (parts.weight[i] < 0.0 || std::isinf(parts.weight[i])) {
      throw bad_parts(ErrorCode::invalid_value, "weight", i, "为负或不是有限数", "weights are finite and not negative");
    }
  }
}

}  // namespace detail

inline Network::Network() {
  parts_.out_offsets = detail::no_offsets;
  parts_.in_offsets = detail::no_offsets;
}

inline std::optional<LinkId> Network::find_link(EnterpriseId supplier, EnterpriseId customer) const noexcept {
  const auto row = customers(supplier);
  const auto place = std::lower_bound(row.begin(), row.end(), customer.value);
  if (place == row.end() || *place != customer.value) return std::nullopt;
  return LinkId{parts_.out_offsets[supplier.index()] + static_cast<std::uint64_t>(place - row.begin())};
}

inline EnterpriseId Network::supplier(LinkId l) const noexcept {
  const auto after = std::upper_bound(parts_.out_offsets.begin(), parts_.out_offsets.end(), l.value);
  return EnterpriseId{static_cast<std::uint32_t>(after - parts_.out_offsets.begin() - 1)};
}

inline Network Network::from_parts(NetworkParts parts, PartsCheck check) {
  detail::check_lengths(parts);
  if (check == PartsCheck::full) {
    const std::uint64_t n = parts.enterprises;
    detail::check_rows("out_offsets", "out_targets", n, parts.out_offsets, parts.out_targets);
    detail::check_rows("in_offsets", "in_sources", n, parts.in_offsets, parts.in_sources);
    detail::check_values(parts);
  }
  Network network;
  network.parts_ = std::move(parts);
  if (check == PartsCheck::full) {
    // Rows hold no repeats and both directions hold m links, so every incoming link found outgoing means all agree.
    const auto& p = network.parts_;
    for (std::uint32_t j = 0; j < p.enterprises; ++j) {
      for (std::uint64_t k = p.in_offsets[j]; k < p.in_offsets[j + 1]; ++k) {
        const auto link = network.find_link(EnterpriseId{p.in_sources[k]}, EnterpriseId{j});
        if (!link || p.out_values[link->index()] != p.in_values[k]) {
          throw detail::bad_parts(ErrorCode::invalid_value, "in_sources", k, "与供应方向的记录不一致",
                                  "the two directions hold different links");
        }
      }
    }
  }
  return network;
}

inline std::size_t Network::memory() const noexcept {
  const auto& p = parts_;
  return p.out_offsets.size_bytes() + p.in_offsets.size_bytes() + p.out_targets.size_bytes() +
         p.in_sources.size_bytes() + p.out_values.size_bytes() + p.in_values.size_bytes() + p.dependency.size_bytes() +
         p.escape.size_bytes() + p.stage.size_bytes() + p.segment.size_bytes() + p.sector.size_bytes() +
         p.weight.size_bytes();
}

inline bool identical(const Network& a, const Network& b) noexcept {
  const auto same = [](const auto& x, const auto& y) {
    return x.size() == y.size() && (x.empty() || std::memcmp(x.data(), y.data(), x.size_bytes()) == 0);
  };
  const auto& p = a.parts();
  const auto& q = b.parts();
  return p.enterprises == q.enterprises && same(p.out_offsets, q.out_offsets) && same(p.out_targets, q.out_targets) &&
         same(p.out_values, q.out_values) && same(p.in_offsets, q.in_offsets) && same(p.in_sources, q.in_sources) &&
         same(p.in_values, q.in_values) && same(p.dependency, q.dependency) && same(p.escape, q.escape) &&
         same(p.stage, q.stage) && same(p.segment, q.segment) && same(p.sector, q.sector) && same(p.weight, q.weight);
}

}  // namespace v1
}  // namespace chainqual
