#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/map/html.hpp"

// What the parts of a page's document are made with.
namespace chainqual {
inline namespace v1 {
namespace page {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json text(const std::string& zh, const std::string& en);
[[nodiscard]] Json text(const Text& both);
/// Rounded to 1e-6; null when not finite.
[[nodiscard]] Json share(double value);
[[nodiscard]] Json region_text(const std::string& code);

template <class E>
[[nodiscard]] Json key(E value) {
  return std::string(key_of(value));
}

/// Where each thing stands in the document's arrays.
class Places {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  Places(const Dossier& dossier, std::vector<EnterpriseId> shown);

  /// Carried enterprises, in drawing order.
  [[nodiscard]] const std::vector<EnterpriseId>& shown() const noexcept { return shown_; }
  /// Position in "enterprises", or none.
  [[nodiscard]] std::uint32_t of(EnterpriseId id) const { return at_[id.index()]; }
  /// By EnterpriseId: position in "enterprises", or none.
  [[nodiscard]] const std::vector<std::uint32_t>& all() const noexcept { return at_; }
  [[nodiscard]] Json segments(const std::vector<std::string>& ids, std::size_t from = 0) const;
  [[nodiscard]] Json enterprises(const std::vector<std::string>& ids) const;
  [[nodiscard]] Json problems(const std::vector<std::string>& numbers) const;
  [[nodiscard]] Json project(const std::string& number) const;

 private:
  const Chain& chain_;
  std::vector<EnterpriseId> shown_;
  std::vector<std::uint32_t> at_;  ///< by EnterpriseId
  std::map<std::string, std::uint32_t> problem_at_;
  std::map<std::string, std::uint32_t> project_at_;
};

// The living map.
[[nodiscard]] Json version(const MapVersion& version);
[[nodiscard]] Json changes(const MapDifference& difference);
[[nodiscard]] Json impacts(const MapDifference& difference);
[[nodiscard]] Json difference(const MapDifference& difference);
/// When the next map is due, by every event that is registered: whoever reads a map does so after them. Nothing where
/// the chain has no date to count from, or one that is no date.
[[nodiscard]] std::optional<MapUpdate> next_update(const Dossier& dossier);
/// Null where the chain has no date to count from, or one that is no date.
[[nodiscard]] Json update(const Dossier& dossier);

/// A document as it may stand in a page: what could end a script or a line of one is written as an escape; such
/// characters stand in strings only.
[[nodiscard]] std::string safe(const std::string& json);

// The registers' arrays.
[[nodiscard]] Json institutions(const Dossier& dossier, const Places& places);
[[nodiscard]] Json problems(const Dossier& dossier, const AssessReport* report, const Places& places,
                            std::size_t most_hit);
[[nodiscard]] Json projects(const Dossier& dossier, const Places& places);
[[nodiscard]] Json results(const Dossier& dossier, const Places& places);

}  // namespace page
}  // namespace v1
}  // namespace chainqual
