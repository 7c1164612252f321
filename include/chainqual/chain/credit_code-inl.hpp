#pragma once

#include <algorithm>
#include <array>

#include "chainqual/chain/credit_code.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/letters.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::string_view credit_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

[[nodiscard]] constexpr int organization_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

// "9.14403E+17", "9.14E17": how spreadsheets show a number too long for them.
[[nodiscard]] inline bool is_scientific(std::string_view text) noexcept {
  const auto e = text.find_first_of("Ee");
  if (e == std::string_view::npos || e == 0 || !is_digit(text[0])) return false;
  const auto mantissa = text.substr(1, e - 1);
  auto power = text.substr(e + 1);
  if (!power.empty() && power[0] == '+') power.remove_prefix(1);
  const auto digits = [](std::string_view s) { return std::all_of(s.begin(), s.end(), is_digit); };
  const bool fraction = mantissa.empty() || (mantissa[0] == '.' && digits(mantissa.substr(1)));
  return fraction && !power.empty() && digits(power) && text.size() != 18 && text.size() != 9;
}

// Blanks dropped, full-width forms narrowed, letters raised.
[[nodiscard]] inline std::string mended_code(std::string_view text) {
  std::string mended;
  while (!text.empty()) {
    const auto [code, length, valid] = read_character(text);
    const bool wide = valid && code >= 0xFF01 && code <= 0xFF5E;
    const char32_t narrow = wide ? code - 0xFEE0 : code;
    const bool blank = valid && (narrow == ' ' || narrow == '\t' || code == 0xA0 || code == 0x3000);
    if (narrow < 0x80 && !blank) {
      const auto c = static_cast<char>(narrow);
      mended.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    } else if (!blank) {
      mended.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return mended;
}

[[nodiscard]] inline CreditCodeVerdict judge_plain_code(std::string_view code) {
  const bool digits = std::all_of(code.begin(), code.end(), is_digit);
  if (is_scientific(code)) return {CreditCodeState::precision_lost, 0, 0, {}};
  if (code.size() == 15 && digits) return {CreditCodeState::old_registration, 0, 0, {}};
  if (code.size() == 9 && organization_code_check(code.substr(0, 8)) && (is_digit(code[8]) || code[8] == 'X')) {
    return {CreditCodeState::old_organization, 0, 0, {}};
  }
  for (std::size_t i = 0, position = 1; i < code.size(); ++position) {
    const auto length = read_character(code.substr(i)).length;
    if (length != 1 || credit_alphabet.find(code[i]) == std::string_view::npos) {
      return {CreditCodeState::wrong_character, position, 0, {}};
    }
    i += length;
  }
  if (code.size() != 18) return {CreditCodeState::wrong_length, 0, 0, {}};
  const char check = credit_code_check(code.substr(0, 17)).value_or('?');
  if (check != code[17]) {
    if (digits && code.ends_with("000")) return {CreditCodeState::precision_lost, 16, 0, {}};
    return {CreditCodeState::wrong_check, 18, check, {}};
  }
  const char inner = organization_code_check(code.substr(8, 8)).value_or('?');
  if (inner != code[16]) return {CreditCodeState::organization_check, 17, inner, {}};
  return {CreditCodeState::valid, 0, 0, {}};
}

}  // namespace detail

constexpr std::optional<char> credit_code_check(std::string_view first17) noexcept {
  if (first17.size() != 17) return std::nullopt;
  unsigned sum = 0;
  unsigned weight = 1;
  for (const char c : first17) {
    const auto value = detail::credit_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    sum = (sum + static_cast<unsigned>(value) * weight) % 31;
    weight = weight * 3 % 31;
  }
  return detail::credit_alphabet[(31 - sum) % 31];
}

constexpr std::optional<char> organization_code_check(std::string_view first8) noexcept {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  if (first8.size() != weights.size()) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const int value = detail::organization_value(first8[i]);
    if (value < 0) return std::nullopt;
    sum += value * weights[i];
  }
  const int check = 11 - sum % 11;
  return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

inline CreditCodeVerdict judge_credit_code(std::string_view code) {
  constexpr std::size_t longest = 80;
  if (code.size() > longest) return {CreditCodeState::wrong_length, 0, 0, {}};
  std::string mended = detail::mended_code(code);
  if (mended.empty()) return {};
  auto verdict = detail::judge_plain_code(mended);
  const bool taken = is_acceptable(verdict.state);
  if (mended != code && taken) verdict = {CreditCodeState::repairable, 0, 0, std::move(mended)};
  return verdict;
}

inline Text credit_code_rule(const CreditCodeVerdict& verdict) {
  const std::string at = std::to_string(verdict.position);
  const std::string check(1, verdict.expected);
  switch (verdict.state) {
    case CreditCodeState::valid:
    case CreditCodeState::missing:
      return {};
    case CreditCodeState::organization_check:
      return {"信用代码第 9–17 位的主体标识码不满足 GB 11714 校验，第 17 位按规则应为 " + check,
              "the organization code in positions 9–17 fails the check of GB 11714: position 17 would be " + check};
    case CreditCodeState::old_registration:
      return {"这是旧版 15 位工商注册号，不是 18 位统一社会信用代码",
              "this is a former 15-digit registration number, not an 18-character unified social credit code"};
    case CreditCodeState::old_organization:
      return {"这是旧版 9 位组织机构代码，不是 18 位统一社会信用代码",
              "this is a former 9-character organization code, not an 18-character unified social credit code"};
    case CreditCodeState::repairable:
      return {"信用代码须用半角大写字母和数字书写，且不含空格",
              "a credit code is written in half-width capitals and digits without blanks"};
    case CreditCodeState::precision_lost:
      return {"信用代码曾被电子表格当作数字，精度已丢失",
              "precision lost: a spreadsheet took the credit code for a number"};
    case CreditCodeState::wrong_length:
      return {"统一社会信用代码须为 18 位", "a unified social credit code has 18 characters"};
    case CreditCodeState::wrong_character:
      return {"信用代码第 " + at + " 位不是允许的字符（数字和除 I、O、S、V、Z 外的大写字母）",
              "position " + at + " of the credit code is not allowed (digits and capitals other than I, O, S, V, Z)"};
    case CreditCodeState::wrong_check:
      return {
          "信用代码校验位不符（GB 32100-2015）：第 18 位按前 17 位应为 " + check,
          "the check character is wrong (GB 32100-2015): the first 17 characters ask for " + check + " at position 18"};
  }
  return {};
}

inline Text credit_code_fix(const CreditCodeVerdict& verdict) {
  switch (verdict.state) {
    case CreditCodeState::valid:
    case CreditCodeState::missing:
      return {};
    case CreditCodeState::repairable:
      return {"写成 " + verdict.repaired, "write it as " + verdict.repaired};
    case CreditCodeState::precision_lost:
      return {"从原始资料重新录入，并先把该列设为文本格式",
              "enter it again from its source, with the column set to text first"};
    case CreditCodeState::old_registration:
    case CreditCodeState::old_organization:
      return {"换成营业执照上的 18 位代码", "put the 18-character code of the business licence in its place"};
    case CreditCodeState::organization_check:
    case CreditCodeState::wrong_length:
    case CreditCodeState::wrong_character:
    case CreditCodeState::wrong_check:
      return {"与营业执照核对后改正；程序不会代为更正",
              "compare it with the business licence and correct it; it is never corrected for you"};
  }
  return {};
}

}  // namespace v1
}  // namespace chainqual
