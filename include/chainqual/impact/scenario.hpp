#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/recovery.hpp"

namespace chainqual {
inline namespace v1 {

/// What a scenario's shock falls on.
enum class TargetKind : std::uint8_t { enterprise, link, product, segment, sector, stage, region, problem };

template <>
struct Names<TargetKind> {
  static constexpr std::array<Name<TargetKind>, 8> table{{
      {TargetKind::enterprise, "enterprise", "企业", "enterprise"},
      {TargetKind::link, "link", "供应关系", "link"},
      {TargetKind::product, "product", "产品", "product"},
      {TargetKind::segment, "segment", "环节", "segment"},
      {TargetKind::sector, "sector", "行业", "sector"},
      {TargetKind::stage, "stage", "阶段", "stage"},
      {TargetKind::region, "region", "地区", "region"},
      {TargetKind::problem, "problem", "质量问题", "problem"},
  }};
};

/// One shock of a scenario. By kind of target, `target` names
///   enterprise: its id, credit code or name; link: the supplier, with `customer` the other end;
///   product: what enterprises list among their products, each of whom is shocked;
///   segment: its id, all who work in it; sector: the industry of their home segment; stage: theirs;
///   region: the province they are in; problem: the number of a registered problem, which says where it sits.
struct ScenarioShock {
  TargetKind kind = TargetKind::enterprise;
  std::string target;
  std::string customer;             ///< of a link; else empty
  std::optional<double> magnitude;  ///< share of working lost, in [0, 1]; absent: 1, a problem's from its grade
  std::uint32_t start = 0;          ///< day
  std::uint32_t duration = 1;       ///< days at full magnitude, or Disruption::permanent
  Recovery recovery;
  Location where;  ///< in the file it was read from
  /// As a supplier alone, and as a customer alone (`DirectedShock`), in [0, 1]: where either is given, the other is
  /// `magnitude`, and 0 without one.
  std::optional<double> magnitude_downstream = std::nullopt;
  std::optional<double> magnitude_upstream = std::nullopt;

  [[nodiscard]] bool directed() const noexcept { return magnitude_downstream || magnitude_upstream; }
  friend bool operator==(const ScenarioShock&, const ScenarioShock&) = default;
};

/// Trouble that may come: what is hit, how hard, when, and how it heals.
struct Scenario {
  std::string name;
  std::string name_en;
  std::string note;
  std::vector<ScenarioShock> shocks;
  friend bool operator==(const Scenario&, const Scenario&) = default;
};

}  // namespace v1
}  // namespace chainqual
