#pragma once

#include <array>
#include <string_view>

#include "chainqual/core/text.hpp"
#include "chainqual/severity/grade.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {

/// Fixed words in both languages, UTF-8, alive for the whole program.
struct Words {
  std::string_view zh;
  std::string_view en;
  [[nodiscard]] constexpr std::string_view in(Language language) const noexcept {
    return language == Language::zh ? zh : en;
  }
};

/// What the scores from `lowest` to `highest` of one dimension stand for.
struct Band {
  int lowest = 0;
  int highest = 0;
  Words meaning;
};

/// One dimension as an expert is asked about it.
struct Criterion {
  Dimension dimension = Dimension::impact;
  Words name;
  Words question;
  int percent = 0;            ///< the standard's weight; a chain may set its own in `Weights`
  std::array<Band, 3> bands;  ///< highest first: 5, 3–4, 1–2
};

/// One grade with what the standard prescribes for its problems.
struct GradeRule {
  Grade grade = Grade::ungraded;
  Words name;
  std::string_view stars;
  Words action;
};

/// The three dimensions of appendix D, in the order of `Dimension`.
inline constexpr std::array<Criterion, 3> severity_criteria{{
    {Dimension::impact,
     {"对产业链安全与竞争力的影响", "impact on the chain's security and competitiveness"},
     {"这个问题会让整条链失去什么？", "What does the chain stand to lose through this problem?"},
     40,
     {{{5,
        5,
        {"命门：一旦受制于人，整条链的安全就没有保障", "a fatal chokepoint that puts the chain's security at stake"}},
       {3, 4, {"要害处的短板，竞争力因此上不去", "a key weakness that holds competitiveness back badly"}},
       {1, 2, {"有影响，但不伤根本", "an ordinary effect"}}}}},
    {Dimension::diffusion,
     {"影响的扩散范围", "diffusion of the impact"},
     {"影响会传到多少环节和产品？", "How many segments and products does it reach?"},
     30,
     {{{5, 5, {"通病：下游许多环节、许多产品都会受累", "systemic or shared: many downstream segments or products"}},
       {3, 4, {"会传到下游的要害环节，或动摇主打产品", "important downstream segments or main products"}},
       {1, 2, {"出不了所在的小范围", "confined to its own surroundings"}}}}},
    {Dimension::urgency,
     {"改进的紧迫性与难度", "urgency and difficulty of improvement"},
     {"多快必须解决，又有多难？", "How soon must it be solved, and how hard is that?"},
     30,
     {{{5,
        5,
        {"一刻也等不得，又极难：现成办法不够，要从源头创新",
         "needed at once and extremely hard: takes original innovation"}},
       {3, 4, {"不宜久拖，做起来也不轻松", "needed soon and of some difficulty"}},
       {1, 2, {"不急，技术往前走自会缓解，难度寻常", "can follow technical progress, of ordinary difficulty"}}}}},
}};

/// The grades in the order of their numbers, with who acts on their problems.
inline constexpr std::array<GradeRule, 4> grade_rules{{
    {Grade::ungraded,
     {"未分级", "ungraded"},
     stars(Grade::ungraded),
     {"先评分，再确定措施", "score it first, then decide on the action"}},
    {Grade::general,
     {"一般", "general"},
     stars(Grade::general),
     {"责任企业自己整改，行业从旁协助", "the enterprise improves by itself, supported by its industry"}},
    {Grade::important,
     {"重要", "important"},
     stars(Grade::important),
     {"列为重点，行业组织或链上龙头出面牵头", "a breakthrough led by the industry or a leading enterprise"}},
    {Grade::critical,
     {"关键", "critical"},
     stars(Grade::critical),
     {"排在最前，联合多家单位共同攻关", "first in line: a joint breakthrough across organisations"}},
}};

/// The criterion of a dimension.
///
/// @param dimension  an enumerator of `Dimension`.
/// @throws none.
/// @complexity  O(1).
/// @numerics    None.
/// @threads     Pure.
/// @source      T/GQDA appendix D, in our words.
/// @since 0.1, experimental.
[[nodiscard]] constexpr const Criterion& criterion_of(Dimension dimension) noexcept {
  return severity_criteria[static_cast<std::size_t>(dimension)];
}

/// The rule of a grade: its names, stars and prescribed action.
///
/// @param grade  an enumerator of `Grade`.
/// @throws none.
/// @complexity  O(1).
/// @numerics    None.
/// @threads     Pure.
/// @source      T/GQDA appendix D, in our words.
/// @since 0.1, experimental.
[[nodiscard]] constexpr const GradeRule& rule_of(Grade grade) noexcept {
  return grade_rules[static_cast<std::size_t>(grade)];
}

/// What a whole score means in a dimension, or none for a number outside 1 … 5.
///
/// @param dimension  an enumerator of `Dimension`.
/// @param score      1 … 5.
/// @throws none.
/// @complexity  O(1).
/// @numerics    None.
/// @threads     Pure.
/// @source      T/GQDA appendix D, in our words.
/// @since 0.1, experimental.
[[nodiscard]] constexpr const Band* band_of(Dimension dimension, int score) noexcept {
  for (const auto& band : criterion_of(dimension).bands) {
    if (score >= band.lowest && score <= band.highest) return &band;
  }
  return nullptr;
}

}  // namespace v1
}  // namespace chainqual
