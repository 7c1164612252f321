#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// The check character of a unified social credit code.
///
/// @param first17  the 17 characters before it, of 0123456789ABCDEFGHJKLMNPQRTUWXY.
/// @returns nothing when the length is not 17 or a character is not of the alphabet.
/// @complexity O(1).
/// @numerics Exact: c18 = (31 − Σ value(c_i) · 3^(i−1) mod 31) mod 31.
/// @threads Reads only.
/// @source GB 32100-2015, clause 6 (modulus 31, weights 3^(i−1)).
/// @since 0.1, experimental.
[[nodiscard]] constexpr std::optional<char> credit_code_check(std::string_view first17) noexcept;

/// The check character of an organization code.
///
/// @param first8  the 8 characters before it, of 0–9 and A–Z.
/// @returns nothing when the length is not 8 or a character is not of the alphabet.
/// @complexity O(1).
/// @numerics Exact: c9 = 11 − Σ value(c_i) · w_i mod 11 with w = 3 7 9 10 5 8 4 2; 10 is written X, 11 is written 0.
/// @threads Reads only.
/// @source GB 11714-1997, clause 4.
/// @since 0.1, experimental.
[[nodiscard]] constexpr std::optional<char> organization_code_check(std::string_view first8) noexcept;

/// What a text is, read as a credit code. The order is that of the tests: the first that applies is given.
enum class CreditCodeState : std::uint8_t {
  valid,               ///< 18 characters, both checks hold
  organization_check,  ///< valid by GB 32100, but positions 9–17 fail GB 11714's own check: a warning
  missing,             ///< empty: a warning
  old_registration,    ///< 15 digits of the former business registration number: taken as such, a warning
  old_organization,    ///< 9 characters of the former organization code: taken as such, a warning
  repairable,          ///< lower case or full-width characters, or blanks: valid once mended, see `repaired`
  precision_lost,      ///< 9.14403E+17, or digits that a spreadsheet cut to 15 and filled with zeros
  wrong_length,
  wrong_character,  ///< outside the alphabet; I O S V Z are never used
  wrong_check,      ///< the check character differs, see `expected`
};

template <>
struct Names<CreditCodeState> {
  static constexpr std::array<Name<CreditCodeState>, 10> table{{
      {CreditCodeState::valid, "valid", "有效", "valid"},
      {CreditCodeState::organization_check, "organization_check", "主体标识码校验位不符",
       "the organization code inside fails its own check"},
      {CreditCodeState::missing, "missing", "缺失", "missing"},
      {CreditCodeState::old_registration, "old_registration", "旧版 15 位工商注册号",
       "a former 15-digit registration number"},
      {CreditCodeState::old_organization, "old_organization", "旧版 9 位组织机构代码",
       "a former 9-character organization code"},
      {CreditCodeState::repairable, "repairable", "可修复", "repairable"},
      {CreditCodeState::precision_lost, "precision_lost", "精度已丢失", "precision lost"},
      {CreditCodeState::wrong_length, "wrong_length", "长度不对", "wrong length"},
      {CreditCodeState::wrong_character, "wrong_character", "含有不允许的字符", "a character that is not allowed"},
      {CreditCodeState::wrong_check, "wrong_check", "校验位不符", "the check character differs"},
  }};
};

struct CreditCodeVerdict {
  CreditCodeState state = CreditCodeState::missing;
  std::size_t position = 0;  ///< of the first character that is to blame, from 1; 0 where none is
  char expected = 0;         ///< the check character that the others ask for (wrong_check, organization_check)
  std::string repaired;      ///< what a repair would write (repairable)
  friend bool operator==(const CreditCodeVerdict&, const CreditCodeVerdict&) = default;
};

/// Whether `code` may be taken as an enterprise's identity: valid, or valid but for the inner check, or an old code.
[[nodiscard]] constexpr bool is_acceptable(CreditCodeState state) noexcept {
  return state <= CreditCodeState::old_organization && state != CreditCodeState::missing;
}

/// Judges a unified social credit code. Never corrects one.
///
/// @param code  UTF-8, as it stands in the cell.
/// @complexity O(length), at most 80 bytes are looked at.
/// @numerics Exact.
/// @threads Reads only.
/// @source GB 32100-2015, GB 11714-1997. 18 digits that end in three zeros and fail the check are taken for a number
///         that a spreadsheet has cut to 15 digits.
/// @since 0.1, experimental.
[[nodiscard]] CreditCodeVerdict judge_credit_code(std::string_view code);

/// The rule that a verdict breaks, and how to mend it, for a finding; empty for valid and missing codes.
[[nodiscard]] Text credit_code_rule(const CreditCodeVerdict& verdict);
[[nodiscard]] Text credit_code_fix(const CreditCodeVerdict& verdict);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/credit_code-inl.hpp"
