#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {

inline constexpr KanoClass kano_class(KanoPair pair) noexcept {
  const bool likes_it = pair.with == KanoAnswer::like;
  const bool dislikes_it = pair.with == KanoAnswer::dislike;
  const bool likes_lack = pair.without == KanoAnswer::like;
  const bool dislikes_lack = pair.without == KanoAnswer::dislike;
  if ((likes_it && likes_lack) || (dislikes_it && dislikes_lack)) return KanoClass::questionable;
  if (likes_it) return dislikes_lack ? KanoClass::one_dimensional : KanoClass::attractive;
  if (dislikes_it || likes_lack) return KanoClass::reverse;
  return dislikes_lack ? KanoClass::must_be : KanoClass::indifferent;
}

inline KanoFeature classify_feature(std::span<const KanoPair> pairs) {
  if (pairs.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"没有答卷。请至少给一份。", "There are no answers. Give one pair at least."});
  }
  Findings findings;
  KanoFeature feature;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    for (const auto& [column, answer] : {std::pair{"with", pairs[k].with}, {"without", pairs[k].without}}) {
      if (answer <= KanoAnswer::dislike) continue;
      evaluate_detail::blame(findings, ErrorCode::invalid_value, k + 1, column,
                             std::to_string(static_cast<unsigned>(answer)), {"没有这种回答", "there is no such answer"},
                             {"用五种回答之一", "one of the five"});
    }
    ++feature.counts[static_cast<std::size_t>(kano_class(pairs[k]))];
  }
  throw_if_errors(findings);
  const auto& counts = feature.counts;
  const auto first = std::max_element(counts.begin(), counts.end());
  feature.feature = static_cast<KanoClass>(first - counts.begin());
  std::size_t next = 0;
  for (auto at = counts.begin(); at != counts.end(); ++at) {
    if (at != first) next = std::max(next, *at);
  }
  const auto n = static_cast<double>(pairs.size());
  const auto a = static_cast<double>(*first);
  const auto b = static_cast<double>(next);
  feature.clear = a - b > 0 && a - b >= 1.65 * std::sqrt((a + b) * (2 * n - a - b) / (2 * n));
  const auto count = [&](KanoClass kind) { return static_cast<double>(counts[static_cast<std::size_t>(kind)]); };
  const double must = count(KanoClass::must_be);
  const double one = count(KanoClass::one_dimensional);
  const double attractive = count(KanoClass::attractive);
  const double known = must + one + attractive + count(KanoClass::indifferent);
  if (known > 0) {
    feature.better = (attractive + one) / known;
    feature.worse = 0 - (one + must) / known;
  }
  return feature;
}

}  // namespace v1
}  // namespace chainqual
