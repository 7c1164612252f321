#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// What went wrong. Append-only: the numbers are those of the C ABI's status.
enum class ErrorCode : std::int32_t {
  ok = 0,
  invalid_argument = 1,   ///< an option or a call's use is wrong
  invalid_value = 2,      ///< a value is outside its domain (NaN, negative, share > 1, score 0)
  shape_mismatch = 3,     ///< lengths that must agree differ
  out_of_range = 4,       ///< an id is beyond the network or table
  overflow = 5,           ///< exact arithmetic would leave its range
  not_found = 6,          ///< a file, key or id does not exist
  duplicate = 7,          ///< an id, heading or key stands twice
  unknown_reference = 8,  ///< a row names something that no table holds
  bad_encoding = 9,       ///< text is neither strict UTF-8 nor strict GB18030
  bad_syntax = 10,        ///< CSV or JSON that cannot be parsed
  missing_column = 11,
  unknown_column = 12,
  missing_value = 13,
  limit_exceeded = 14,    ///< a cell, row or file beyond a stated bound
  wrong_format = 15,      ///< not the kind of file it claims to be
  version_mismatch = 16,  ///< written by a newer version, or another byte order
  checksum_mismatch = 17,
  io_failure = 18,  ///< the operating system refused
  cancelled = 19,
  not_converged = 20,
  no_solution = 21,  ///< spectral radius >= 1, singular system
  out_of_memory = 22,
  declared_differs = 23,  ///< declared stars differ from the computed grade
  suspicious = 24,        ///< legal, but likely a mistake (namesakes, reversed stages, cycles)
  illegal_step = 25,      ///< a lifecycle forbids the step
  internal = 26,
  conflict = 27,  ///< another has changed it meanwhile, or is writing: look again, then retry
};

/// Where in the user's input: any part may be absent (empty or 0).
struct Location {
  std::string file;
  std::uint64_t record = 0;  ///< data record, from 1, the heading not counted
  std::uint64_t line = 0;    ///< physical line, from 1 (quoted fields hold line breaks)
  std::string column;        ///< the heading as it stands in the file
  std::uint64_t byte = 0;    ///< byte offset from 1, where a byte is to blame
  friend bool operator==(const Location&, const Location&) = default;
};

enum class FindingLevel : std::uint8_t { info, warning, error };

template <>
struct Names<FindingLevel> {
  static constexpr std::array<Name<FindingLevel>, 3> table{{
      {FindingLevel::info, "info", "提示", "info"},
      {FindingLevel::warning, "warning", "警告", "warning"},
      {FindingLevel::error, "error", "错误", "error"},
  }};
};

/// One thing found in the input: what, where, the value, the rule that it breaks and how to mend it.
struct Finding {
  FindingLevel level = FindingLevel::error;
  ErrorCode code = ErrorCode::invalid_value;
  Location where;
  std::string value;  ///< as shown: cut at 80 characters, control characters escaped
  Text rule;
  Text fix;
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// Collects findings in the order found: the first `limit` are kept, all are counted.
class Findings {
 public:
  explicit Findings(std::size_t limit = 1000) : limit_(limit) {}

  void add(Finding finding) {
    ++counts_[static_cast<std::size_t>(finding.level)];
    if (kept_.size() < limit_) kept_.push_back(std::move(finding));
  }
  void add(const Findings& others) {
    for (std::size_t level = 0; level < counts_.size(); ++level) counts_[level] += others.counts_[level];
    for (const auto& finding : others.kept_) {
      if (kept_.size() < limit_) kept_.push_back(finding);
    }
  }
  [[nodiscard]] const std::vector<Finding>& kept() const noexcept { return kept_; }
  [[nodiscard]] std::uint64_t count(FindingLevel level) const noexcept {
    return counts_[static_cast<std::size_t>(level)];
  }
  [[nodiscard]] std::uint64_t total() const noexcept { return counts_[0] + counts_[1] + counts_[2]; }
  [[nodiscard]] bool has_errors() const noexcept { return count(FindingLevel::error) != 0; }
  [[nodiscard]] bool empty() const noexcept { return total() == 0; }

 private:
  std::vector<Finding> kept_;
  std::array<std::uint64_t, 3> counts_{};
  std::size_t limit_;
};

/// "file:line: column 'x' (record 3): value «…»: rule. Fix: …" in one language, on one line.
/// Parts that the finding lacks are left out; whatever its texts hold, the result has no line break or control
/// character.
[[nodiscard]] std::string to_string(const Finding& finding, Language language);

/// The code's name as written here ("not_found"); "unknown" for any other integer.
[[nodiscard]] std::string_view name_of(ErrorCode code) noexcept;

/// One sentence in both languages for any integer, also one that a newer version defines.
[[nodiscard]] Text describe(ErrorCode code);

/// `raw` made fit to show on one line: control, format and bidirectional characters escaped (\n, \t, \x1B, \u{202E}),
/// bytes that are not UTF-8 as \xNN, the rest as it stands, and after `limit` characters an ellipsis.
///
/// @param raw    any bytes.
/// @param limit  characters (code points) of `raw` kept; an escape counts as the one character that it shows.
/// @throws  std::bad_alloc only.
/// @complexity  O(min(raw.size(), limit)).
/// @numerics none.
/// @threads  Pure.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::string shown_value(std::string_view raw, std::size_t limit = 80);

/// The one exception type. Carries every finding when a file or call broke several rules.
class Error : public std::exception {
 public:
  Error(ErrorCode code, Text message) : code_(code), message_(std::move(message)) {}
  Error(ErrorCode code, Text message, Findings findings)
      : code_(code), message_(std::move(message)), findings_(std::move(findings)) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const Text& message() const noexcept { return message_; }
  [[nodiscard]] const Findings& findings() const noexcept { return findings_; }
  /// English; the Chinese text is `message().zh`.
  [[nodiscard]] const char* what() const noexcept override { return message_.en.c_str(); }

 private:
  ErrorCode code_;
  Text message_;
  Findings findings_;
};

/// The Error for a set of findings: the code of the first error among them and a message that says how many errors
/// there are and quotes the first. Without an error among the findings the code is `internal`: call it only when
/// has_errors().
[[nodiscard]] Error error_from(Findings findings);

/// Throws error_from(findings) if they hold an error; warnings and hints do not throw.
void throw_if_errors(const Findings& findings);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/core/error-inl.hpp"
