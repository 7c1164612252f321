#pragma once

#include <array>
#include <string>
#include <vector>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// The nine dimensions that a living map watches (5.3.7).
enum class WatchDimension : std::uint8_t {
  technology,
  supply,
  application,
  industry,
  policy,
  product,
  certification,
  major_project,
  investment
};

template <>
struct Names<WatchDimension> {
  static constexpr std::array<Name<WatchDimension>, 9> table{{
      {WatchDimension::technology, "technology", "技术研发", "technology R&D"},
      {WatchDimension::supply, "supply", "采购与供应", "purchasing and supply"},
      {WatchDimension::application, "application", "应用场景", "application scenes"},
      {WatchDimension::industry, "industry", "产业活动", "industry activity"},
      {WatchDimension::policy, "policy", "政策法规", "policy and law"},
      {WatchDimension::product, "product", "产品进展", "product progress"},
      {WatchDimension::certification, "certification", "认证与资质", "certification and qualification"},
      {WatchDimension::major_project, "major_project", "重大项目建设", "major projects"},
      {WatchDimension::investment, "investment", "投融资", "investment and financing"},
  }};
};

/// Something that happened on the chain; a row of `events.csv`.
struct ChainEvent {
  std::string number;
  std::string date;  ///< ISO 8601
  WatchDimension dimension = WatchDimension::technology;
  std::string name;
  std::string description;
  std::vector<std::string> segments;     ///< segment ids
  std::vector<std::string> enterprises;  ///< enterprise ids
  std::vector<std::string> projects;     ///< numbers of projects it touches
  bool trigger = false;                  ///< so grave that the map is to be drawn anew (breakthrough, turmoil)
  std::string source;
  friend bool operator==(const ChainEvent&, const ChainEvent&) = default;
};

/// What is looked through on a cycle.
enum class ReviewSubject : std::uint8_t { problem_library, map, results_library, consortium };

template <>
struct Names<ReviewSubject> {
  static constexpr std::array<Name<ReviewSubject>, 4> table{{
      {ReviewSubject::problem_library, "problem_library", "质量问题库", "problem library"},
      {ReviewSubject::map, "map", "质量图谱", "quality map"},
      {ReviewSubject::results_library, "results_library", "成果共享库", "results library"},
      {ReviewSubject::consortium, "consortium", "质量创新联合体", "consortium"},
  }};
};

/// A review that was held; a row of `reviews.csv`.
struct Review {
  ReviewSubject subject = ReviewSubject::problem_library;
  std::string date;  ///< ISO 8601
  std::string by;
  std::string note;
  friend bool operator==(const Review&, const Review&) = default;
};

}  // namespace v1
}  // namespace chainqual
