#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "chainqual/core/executor.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/schema.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// The headings of a table of the chain folder, of which only those named are required.
template <class R>
[[nodiscard]] std::vector<CsvHeading> table_headings(std::initializer_list<std::string_view> required) {
  std::vector<CsvHeading> headings;
  for (const auto& field : TableOf<R>::fields) {
    const bool needed = std::find(required.begin(), required.end(), field.key) != required.end();
    headings.push_back({field.key, field.zh, field.aliases, needed});
  }
  return headings;
}

/// Whether a heading, as `folded_word` gives it, is the column's key, its Chinese heading or an alias.
[[nodiscard]] bool names_column(const CsvHeading& column, std::string_view folded);

/// Runs on the calling thread.
[[nodiscard]] inline Control inline_control() {
  Control control;
  control.executor = &inline_executor();
  return control;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
