#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "chainqual/core/text.hpp"
#include "chainqual/map/living.hpp"

namespace chainqual {
inline namespace v1 {

/// What the chart shows and in which language. Every default gives a complete chart.
struct SvgOptions {
  Language language = Language::zh;
  std::string title;                  ///< empty: the chain's name, followed by "quality map"
  std::string date;                   ///< empty: the date of the chain's content
  bool links = true;                  ///< supply links as curves
  bool institutions = true;           ///< quality institutions at the segments they serve
  bool problems = true;               ///< counts by stars at the segments, and a list under each column
  bool weak_points = true;            ///< marks on those whose loss cuts others off or breaks the chain in pieces
  bool sole_suppliers = true;         ///< a small mark on those who alone supply a product
  std::size_t detail_up_to = 60;      ///< up to this many enterprises: full cards, and each link a curve of its own
  std::size_t aggregate_above = 400;  ///< more enterprises than this: lanes with counts in place of cards
  /// Shaped for a sheet of the A series, upright or across, so that its text is as large on it as can be.
  bool sheet = false;
  /// What changed since an older version, as colours; the chain drawn is then `merged_versions`, without a report.
  std::optional<MapDifference> difference;
};

}  // namespace v1
}  // namespace chainqual
