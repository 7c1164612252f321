#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// An answer to one of the two questions on a feature: how would you feel with it, and how without?
enum class KanoAnswer : std::uint8_t { like, expect, neutral, tolerate, dislike };

/// What a feature is to a customer.
enum class KanoClass : std::uint8_t { must_be, one_dimensional, attractive, indifferent, reverse, questionable };

template <>
struct Names<KanoAnswer> {
  static constexpr std::array<Name<KanoAnswer>, 5> table{{
      {KanoAnswer::like, "like", "喜欢", "like", "我很喜欢"},
      {KanoAnswer::expect, "expect", "理应如此", "expect", "它理应如此|must-be"},
      {KanoAnswer::neutral, "neutral", "无所谓", "neutral"},
      {KanoAnswer::tolerate, "tolerate", "勉强接受", "tolerate", "能忍受|live with"},
      {KanoAnswer::dislike, "dislike", "不喜欢", "dislike", "我很不喜欢"},
  }};
};

template <>
struct Names<KanoClass> {
  static constexpr std::array<Name<KanoClass>, 6> table{{
      {KanoClass::must_be, "must_be", "必备", "must-be", "M"},
      {KanoClass::one_dimensional, "one_dimensional", "期望", "one-dimensional", "O"},
      {KanoClass::attractive, "attractive", "魅力", "attractive", "A"},
      {KanoClass::indifferent, "indifferent", "无差异", "indifferent", "I"},
      {KanoClass::reverse, "reverse", "反向", "reverse", "R"},
      {KanoClass::questionable, "questionable", "可疑", "questionable", "Q"},
  }};
};

/// One customer's pair of answers.
struct KanoPair {
  KanoAnswer with = KanoAnswer::neutral;
  KanoAnswer without = KanoAnswer::neutral;
};

/// The class of one pair by the usual table of 25 cells.
[[nodiscard]] constexpr KanoClass kano_class(KanoPair pair) noexcept;

/// A feature by all its answers.
struct KanoFeature {
  std::array<std::size_t, 6> counts{};         ///< by KanoClass
  KanoClass feature = KanoClass::indifferent;  ///< the most frequent; of equals the first of M, O, A, I, R, Q
  bool clear = false;                          ///< the two most frequent differ beyond chance (see below)
  double better = 0;                           ///< (A + O) / (A + O + M + I): satisfaction that having it may bring
  double worse = 0;                            ///< −(O + M) / (A + O + M + I): what lacking it may cost
};

/// Classifies a feature.
///
/// `clear`: of n answers the two most frequent classes, a and b, differ by |a − b| ≥ 1.65 √((a + b)(2n − a − b) / 2n).
/// Better and worse are 0 where no answer is of A, O, M or I.
///
/// @param pairs  one or more.
/// @throws Error{invalid_argument} no pairs. @throws Error{invalid_value} an answer that is no enumerator; all at once.
/// @complexity O(pairs). @numerics Counts; two divisions. @threads Pure.
/// @source  Kano et al. 1984; Berger et al. 1993, Center for Quality of Management Journal 2 (table, better, worse);
///          Fong 1996 in the same journal (difference beyond chance). @since 0.1, experimental.
[[nodiscard]] KanoFeature classify_feature(std::span<const KanoPair> pairs);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/kano-inl.hpp"
