#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/map/living.hpp"

namespace chainqual {
inline namespace v1 {
namespace living {

/// A thing on the map as the texts that its tables would state.
using Fields = std::vector<std::pair<std::string_view, std::string>>;
struct Item {
  Text name;
  Fields fields;
};

/// Everything on a map by part and key.
using Content = std::map<std::pair<MapPart, std::string>, Item>;

/// Every row on a map, one after another; links without names, and each by itself.
using Visit = std::function<void(MapPart part, const std::string& key, Item item)>;
void visit_rows(const Dossier& dossier, const Visit& emit);

/// The same by part and key; links of the same ends and product taken together.
/// What names a link.
[[nodiscard]] std::string link_key(const std::string& supplier, const std::string& customer,
                                   const std::string& product);

[[nodiscard]] Content content_of(const Dossier& dossier);

}  // namespace living
}  // namespace v1
}  // namespace chainqual
