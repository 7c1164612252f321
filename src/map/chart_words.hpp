#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/text.hpp"
#include "chainqual/map/living.hpp"

// Words that the chart's parts share.
namespace chainqual {
inline namespace v1 {
namespace chart {

/// A count in digits, from 10,000 on in groups of three.
[[nodiscard]] std::string count_text(std::uint64_t number);

/// The parts that are not empty, with `separator` between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator);

/// A name as it may stand among others: where it holds letters or marks that run from right to left, between U+2068
/// and U+2069, so that it turns nothing round but itself.
[[nodiscard]] std::string isolated(const std::string& name);

/// A province by its code; another text as it stands.
[[nodiscard]] std::string region_name(const std::string& code, Language language);

/// Regions as a segment lists them, each once.
[[nodiscard]] std::string listed_regions(const std::vector<std::string>& texts, Language language);

/// "Since 2024-01-31 (v1): enterprises +3 −1 ~2; …"
[[nodiscard]] std::string difference_words(const MapDifference& difference, Language language);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
