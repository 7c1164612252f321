#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/recovery.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

[[noreturn]] inline void reject_disruption(std::size_t index, ErrorCode code, const Text& rule) {
  throw Error(
      code, {"第 " + whole(index + 1) + " 条扰动" + rule.zh + "。", "disruption " + whole(index + 1) + rule.en + "."});
}

inline bool has_length(RecoveryKind kind) noexcept {
  return kind == RecoveryKind::linear || kind == RecoveryKind::exponential || kind == RecoveryKind::s_curve;
}

inline void check_recovery(const Recovery& recovery, std::size_t index) {
  if (has_length(recovery.kind) && !(recovery.days > 0 && std::isfinite(recovery.days))) {
    reject_disruption(index, ErrorCode::invalid_value,
                      {"的恢复天数为 " + number(recovery.days) + "，必须是大于 0 的有限数",
                       " recovers in " + number(recovery.days) + " days; the time must be finite and above 0"});
  }
  if (recovery.kind != RecoveryKind::table) return;
  if (recovery.table.empty()) {
    reject_disruption(index, ErrorCode::invalid_value,
                      {"选择逐日给定恢复，但恢复表为空；请至少给出一天",
                       " recovers by a table that is empty; give at least one day"});
  }
  for (std::size_t k = 0; k < recovery.table.size(); ++k) {
    if (is_share(recovery.table[k])) continue;
    reject_disruption(index, ErrorCode::invalid_value,
                      {"的恢复表第 " + whole(k + 1) + " 天为 " + number(recovery.table[k]) + "，必须在 0 到 1 之间",
                       ": day " + whole(k + 1) + " of its recovery table is " + number(recovery.table[k]) +
                           "; it must lie between 0 and 1"});
  }
}

}  // namespace impact_detail

inline Recovery exponential_with_half_life(double half_life_days) {
  Recovery recovery;
  recovery.kind = RecoveryKind::exponential;
  recovery.days = half_life_days * std::log2(100.0);
  return recovery;
}

inline double share_left(const Recovery& recovery, std::uint64_t k) {
  if (k == 0) return 1;
  const double part = static_cast<double>(k) / recovery.days;
  switch (recovery.kind) {
    case RecoveryKind::step:
      return 0;
    case RecoveryKind::linear:
      return part < 1 ? 1 - part : 0;
    case RecoveryKind::exponential:
      return std::pow(0.01, part);
    case RecoveryKind::s_curve: {
      if (!(part < 1)) return 0;
      const double rest = 1 - part;
      return std::min(1.0, rest * rest * (1 + 2 * part));  // = 1 − z² (3 − 2 z), without cancelling near z = 1
    }
    case RecoveryKind::table:
      return k <= recovery.table.size() ? recovery.table[k - 1] : 0;
  }
  return 0;
}

inline double loss_on(const Disruption& disruption, std::uint32_t day) {
  if (day < disruption.start) return 0;
  const std::uint64_t since = std::uint64_t{day} - disruption.start;
  if (disruption.duration == Disruption::permanent || since < disruption.duration) return disruption.magnitude;
  return disruption.magnitude * share_left(disruption.recovery, since - disruption.duration + 1);
}

inline void check_disruptions(std::span<const Disruption> disruptions, std::size_t enterprises) {
  namespace detail = impact_detail;
  for (std::size_t d = 0; d < disruptions.size(); ++d) {
    const Disruption& one = disruptions[d];
    if (one.enterprise.index() >= enterprises) {
      detail::reject_disruption(d, ErrorCode::out_of_range,
                                {"针对企业 " + detail::whole(one.enterprise.index() + 1) + "，而网络只有 " +
                                     detail::whole(enterprises) + " 家企业",
                                 " is of enterprise " + detail::whole(one.enterprise.index() + 1) +
                                     ", beyond the network's " + detail::whole(enterprises)});
    }
    if (!detail::is_share(one.magnitude)) {
      detail::reject_disruption(d, ErrorCode::invalid_value,
                                {"的程度为 " + detail::number(one.magnitude) + "，必须在 0 到 1 之间",
                                 ": magnitude " + detail::number(one.magnitude) + " must lie between 0 and 1"});
    }
    if (one.duration == 0) {
      detail::reject_disruption(d, ErrorCode::invalid_value,
                                {"的持续天数为 0，至少为 1", " lasts 0 days; it must last at least 1"});
    }
    detail::check_recovery(one.recovery, d);
  }
}

inline DisruptionPlan::DisruptionPlan(std::span<const Disruption> disruptions, std::size_t enterprises)
    : disruptions_(disruptions.begin(), disruptions.end()) {
  check_disruptions(disruptions, enterprises);
  std::stable_sort(disruptions_.begin(), disruptions_.end(),
                   [](const Disruption& a, const Disruption& b) { return a.enterprise < b.enterprise; });
  for (std::size_t d = 0; d < disruptions_.size(); ++d) {
    const Disruption& one = disruptions_[d];
    if (d == 0 || disruptions_[d - 1].enterprise != one.enterprise) {
      enterprises_.push_back(one.enterprise.value);
      first_.push_back(d);
    }
    if (one.magnitude > 0) first_day_ = std::min(first_day_, one.start);
  }
  first_.push_back(disruptions_.size());
}

inline double DisruptionPlan::loss(std::size_t k, std::uint32_t day) const {
  const std::size_t begin = first_[k];
  const std::size_t end = first_[k + 1];
  if (end - begin == 1) return loss_on(disruptions_[begin], day);
  double kept = 1;
  std::size_t felt = 0;
  double only = 0;
  for (std::size_t d = begin; d < end; ++d) {
    const double lost = loss_on(disruptions_[d], day);
    if (lost == 0) continue;
    kept *= 1 - lost;
    only = lost;
    ++felt;
  }
  return felt == 0 ? 0 : felt == 1 ? only : 1 - kept;
}

}  // namespace v1
}  // namespace chainqual
