#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline void check_counts(AttributeChart kind, std::span<const double> counts, std::span<const double> sizes) {
  if (counts.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有计数。请至少给一个。", "There are no counts. Give one at least."});
  }
  if (sizes.size() != (kind == AttributeChart::c ? 0 : counts.size())) {
    throw Error(ErrorCode::shape_mismatch,
                {"每个计数要有一个样本量，c 图则不要。现有 " + std::to_string(counts.size()) + " 个计数、" +
                     std::to_string(sizes.size()) + " 个样本量。",
                 "Each count has a size, and of a c chart none. There are " + std::to_string(counts.size()) +
                     " counts and " + std::to_string(sizes.size()) + " sizes."});
  }
  const bool items = kind == AttributeChart::p || kind == AttributeChart::np;
  Findings findings;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (!(counts[k] >= 0 && std::isfinite(counts[k]) && counts[k] == std::floor(counts[k]))) {
      blame(findings, ErrorCode::invalid_value, k + 1, "counts", std::to_string(counts[k]),
            {"计数应是非负整数", "a count is a whole number, not negative"}, {"更正计数", "correct it"});
    }
    if (sizes.empty()) continue;
    if (!(sizes[k] > 0 && std::isfinite(sizes[k])) || (items && sizes[k] != std::floor(sizes[k]))) {
      blame(findings, ErrorCode::invalid_value, k + 1, "sizes", std::to_string(sizes[k]),
            {"样本量应是正数，件数应是整数", "a size is positive, and whole where items are counted"},
            {"更正样本量", "correct it"});
    } else if (items && counts[k] > sizes[k]) {
      blame(findings, ErrorCode::invalid_value, k + 1, "counts", std::to_string(counts[k]),
            {"不合格品数大于样本量", "more items are nonconforming than were inspected"}, {"核对两者", "check both"});
    } else if (kind == AttributeChart::np && sizes[k] != sizes[0]) {
      blame(findings, ErrorCode::shape_mismatch, k + 1, "sizes", std::to_string(sizes[k]),
            {"np 图的样本量应相同", "samples of an np chart are of one size"}, {"改用 p 图", "make a p chart"});
    }
  }
  throw_if_errors(findings);
}

}  // namespace evaluate_detail

inline ControlChart attribute_chart(AttributeChart kind, std::span<const double> counts, std::span<const double> sizes,
                                    const ChartOptions& options) {
  namespace d = evaluate_detail;
  d::check_process(options.centre, {}, options.width);
  const bool items = kind == AttributeChart::p || kind == AttributeChart::np;
  if (options.sigma || (options.centre && (*options.centre < 0 || (items && *options.centre > 1)))) {
    throw Error(ErrorCode::invalid_argument,
                {"计数图的标准差由中心值得出，不另给；中心值应非负，比率不超过 1。请更正。",
                 "Of charts of counts sigma follows from the centre and is not given; the centre is not negative, and "
                 "a share at most 1. Correct them."});
  }
  d::check_counts(kind, counts, sizes);
  double total = 0;
  double inspected = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    total += counts[k];
    inspected += sizes.empty() ? 1 : sizes[k];
  }
  const double centre = options.centre ? *options.centre : total / inspected;
  ControlChart chart;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double size = sizes.empty() ? 1 : sizes[k];
    const double one = items ? std::sqrt(centre * (1 - centre)) : std::sqrt(centre);
    ChartPoint point;
    if (kind == AttributeChart::np) {
      point = d::spread_point(counts[k], centre * size, one * std::sqrt(size), options.width);
      point.upper = std::min(point.upper, size);
    } else {
      point = d::spread_point(counts[k] / size, centre, one / std::sqrt(size), options.width);
      if (kind == AttributeChart::p) point.upper = std::min(point.upper, 1.0);
    }
    chart.points.push_back(point);
  }
  chart.signals = chart_signals(chart.points, options.rules);
  return chart;
}

}  // namespace v1
}  // namespace chainqual
