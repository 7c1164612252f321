#pragma once

#include <cstddef>
#include <string>

#include "chainqual/core/text.hpp"

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
  std::size_t detail_up_to = 60;      ///< up to this many enterprises: full cards, and each link a curve of its own
  std::size_t aggregate_above = 300;  ///< more enterprises than this: lanes with counts in place of cards
};

}  // namespace v1
}  // namespace chainqual
