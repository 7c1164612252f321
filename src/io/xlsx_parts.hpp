#pragma once

#include <xlsxwriter.h>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "chainqual/core/error.hpp"

// What the writers of workbooks share: tables and forms.

namespace chainqual {
inline namespace v1 {
namespace workbook {

/// Doubles hold every decimal of at most this many digits.
constexpr std::int64_t exact_decimal = 999'999'999'999'999;
/// 2026-01-01 00:00 UTC: a fixed date, so that equal content gives equal bytes.
constexpr std::time_t creation_date = 1767225600;

struct Span {
  std::size_t utf16 = 0;  ///< code units, as Excel counts
  std::size_t cells = 0;  ///< width in digits of the default font; Chinese counts double
};

[[nodiscard]] Span measure(std::string_view text);

/// The name as a tab may bear it: without []:*?/\ and outer apostrophes, at most 31 UTF-16 units, unlike all names
/// before it (case apart).
[[nodiscard]] std::string tab_name(std::string_view wanted, std::set<std::string>& taken);

/// Says where a cell stands, in both languages; asked only when something is wrong.
using Place = std::function<Text()>;
/// @throws Error{limit_exceeded | invalid_value} a cell cannot hold the text.
void check_text(std::string_view text, const Place& place);
/// @throws Error{invalid_value} the number is not finite.
void check_number(double number, const Place& place);

/// @throws Error{io_failure} the library refused.
void require(lxw_error status);

/// The name of an empty file that only this process uses; gone when this object is.
class TemporaryName {
 public:
  TemporaryName();
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
  ~TemporaryName();
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace workbook
}  // namespace v1
}  // namespace chainqual
