#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/io/arrow.hpp"
#include "table_headings.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// The table's columns by known heading, null where one is absent. Other columns are nobody's business.
///
/// @param chosen    by heading: the column's exact name where the caller gave one, else empty. May be shorter.
/// @param findings  gains errors: a required or chosen column is missing, two columns are one.
[[nodiscard]] std::vector<const ArrowColumn*> match_columns(const ArrowTable& table,
                                                            std::span<const CsvHeading> headings,
                                                            std::span<const std::string> chosen, Findings& findings);

[[nodiscard]] Finding column_finding_of(const ArrowColumn& column, std::uint64_t record, ErrorCode code,
                                        std::string_view value, Text rule, Text fix);

/// The findings with the name of a table as their file; `mend` may change each further.
[[nodiscard]] Findings in_table(const Findings& findings, std::string_view table,
                                const std::function<void(Finding&)>& mend = {});

/// A finding that the column's type is not one of those wanted.
[[nodiscard]] Finding type_finding(const ArrowColumn& column, Text wanted);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
