#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/chain/stage.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/severity/grade.hpp"

namespace chainqual {
inline namespace v1 {

/// The five categories of 5.4.3.
enum class Category : std::uint8_t { technology, management, brand, infrastructure, other };

/// The four states of 5.4.2 g.
enum class ProblemStatus : std::uint8_t { identified, analysing, in_breakthrough, solved };

template <>
struct Names<Category> {
  static constexpr std::array<Name<Category>, 5> table{{
      {Category::technology, "technology", "质量技术", "technology", "质量技术问题|技术"},
      {Category::management, "management", "质量管理", "management", "质量管理问题|管理"},
      {Category::brand, "brand", "质量品牌", "brand", "质量品牌问题|品牌"},
      {Category::infrastructure, "infrastructure", "质量基础设施", "infrastructure", "质量基础设施问题|基础设施"},
      {Category::other, "other", "其他", "other", "其他质量问题|其他问题"},
  }};
};

template <>
struct Names<ProblemStatus> {
  static constexpr std::array<Name<ProblemStatus>, 4> table{{
      {ProblemStatus::identified, "identified", "已识别", "identified"},
      {ProblemStatus::analysing, "analysing", "分析中", "analysing"},
      {ProblemStatus::in_breakthrough, "in_breakthrough", "攻关中", "in breakthrough"},
      {ProblemStatus::solved, "solved", "已解决", "solved"},
  }};
};

/// What a problem's impact is felt on (5.4.4); index of `Problem::aspect_shares`.
enum class Aspect : std::uint8_t { cost, efficiency, safety, brand, environment };

template <>
struct Names<Aspect> {
  static constexpr std::array<Name<Aspect>, 5> table{{
      {Aspect::cost, "cost", "成本", "cost"},
      {Aspect::efficiency, "efficiency", "效率", "efficiency"},
      {Aspect::safety, "safety", "安全", "safety"},
      {Aspect::brand, "brand", "品牌", "brand"},
      {Aspect::environment, "environment", "环境", "environment"},
  }};
};

/// A quality problem with the fields of 5.4.2 and table C.1; a row of `problems.csv`.
struct Problem {
  std::string number;
  std::string name;
  std::string name_en;
  std::string industry;
  Stage stage = Stage::upstream;
  std::vector<std::string> segments;     ///< segment ids; empty: the whole stage
  std::vector<std::string> enterprises;  ///< enterprise ids it is located at; empty: all of the segments
  std::vector<std::string> products;
  std::string reporter;
  std::string unit;
  std::string date;  ///< ISO 8601 (2025-03-01), or empty
  std::string description;
  std::string description_en;
  std::string scope;                                      ///< scope and degree of impact, in words
  std::array<std::optional<Decimal>, 5> aspect_shares{};  ///< by Aspect, each in [0, 1]; equal shares when all absent
  std::string technical_causes;
  std::string managerial_causes;
  std::vector<std::string> related;  ///< numbers of related problems
  std::optional<bool> common;        ///< a shared technology problem
  std::string ideas;                 ///< first improvement ideas
  ProblemStatus status = ProblemStatus::identified;
  Category category = Category::technology;
  Grade declared = Grade::ungraded;  ///< stars in the source; ungraded where it gives none
  std::string source;
  std::vector<std::string> products_en = {};
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// One expert's scores for one problem; a row of `scores.csv`. All three absent: the expert did not score it.
struct ScoreRow {
  std::string problem;
  std::string expert;
  std::optional<Decimal> impact;     ///< 1 … 5
  std::optional<Decimal> diffusion;  ///< 1 … 5
  std::optional<Decimal> urgency;    ///< 1 … 5
  std::string basis;                 ///< "illustrative" where no expert gave it
  friend bool operator==(const ScoreRow&, const ScoreRow&) = default;
};

}  // namespace v1
}  // namespace chainqual
