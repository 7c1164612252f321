#pragma once

#include <cstdint>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// Where along the chain (clause 3): raw materials and basic parts; making and integration; products, markets,
/// services.
enum class Stage : std::uint8_t { upstream, midstream, downstream };

/// Part an enterprise plays (clauses 3.3, 3.4).
enum class Role : std::uint8_t { member, owner };

/// Place on the quality ladder (5.3.4); `unstated` where the source does not say.
enum class Ladder : std::uint8_t { unstated, leader, follower };

/// How large an enterprise is by the statistical rules for its line of business; `unstated` where the source does not
/// say. @source  National Bureau of Statistics of China, 统计上大中小微型企业划分办法 (2017).
enum class EnterpriseSize : std::uint8_t { unstated, large, medium, small, micro };

/// Whether a supply link stands in a source, or was put in from stage order and products.
enum class Evidence : std::uint8_t { documented, inferred };

template <>
struct Names<Stage> {
  static constexpr std::array<Name<Stage>, 3> table{{
      {Stage::upstream, "upstream", "上游", "upstream", "上游产业|上"},
      {Stage::midstream, "midstream", "中游", "midstream", "中游产业|中"},
      {Stage::downstream, "downstream", "下游", "downstream", "下游产业|下"},
  }};
};

template <>
struct Names<Role> {
  static constexpr std::array<Name<Role>, 2> table{{
      {Role::member, "member", "骨干企业", "member", "骨干"},
      {Role::owner, "owner", "链主企业", "chain owner", "链主"},
  }};
};

template <>
struct Names<Ladder> {
  static constexpr std::array<Name<Ladder>, 3> table{{
      {Ladder::unstated, "unstated", "未标注", "unstated"},
      {Ladder::leader, "leader", "领导者", "leader"},
      {Ladder::follower, "follower", "跟随者", "follower"},
  }};
};

template <>
struct Names<EnterpriseSize> {
  static constexpr std::array<Name<EnterpriseSize>, 5> table{{
      {EnterpriseSize::unstated, "unstated", "未标注", "unstated"},
      {EnterpriseSize::large, "large", "大型", "large", "大型企业|大"},
      {EnterpriseSize::medium, "medium", "中型", "medium", "中型企业|中"},
      {EnterpriseSize::small, "small", "小型", "small", "小型企业|小"},
      {EnterpriseSize::micro, "micro", "微型", "micro", "微型企业|微"},
  }};
};

template <>
struct Names<Evidence> {
  static constexpr std::array<Name<Evidence>, 2> table{{
      {Evidence::documented, "documented", "有据", "documented"},
      {Evidence::inferred, "inferred", "推断", "inferred"},
  }};
};

}  // namespace v1
}  // namespace chainqual
