#include "chainqual/map/living.hpp"
#include "page_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {

Json version(const MapVersion& version) {
  return {{"date", version.date}, {"version", version.version}, {"hash", version.hash}};
}

Json changes(const MapDifference& difference) {
  Json all = Json::array();
  for (const MapChange& change : difference.changes) {
    Json one;
    one["kind"] = key(change.kind);
    one["part"] = key(change.part);
    one["key"] = change.key;
    one["name"] = text(change.name);
    one["field"] = change.field.empty() ? Json(nullptr) : Json(change.field);
    one["before"] = change.before;
    one["after"] = change.after;
    all.push_back(std::move(one));
  }
  return all;
}

Json impacts(const MapDifference& difference) {
  Json all = Json::array();
  const auto loss = [](const std::optional<double>& value) { return value ? share(*value) : Json(nullptr); };
  for (const MapImpact& impact : difference.impacts) {
    all.push_back({{"key", impact.enterprise}, {"before", loss(impact.before)}, {"after", loss(impact.after)}});
  }
  return all;
}

Json difference(const MapDifference& difference) {
  return {{"before", version(difference.before)},
          {"after", version(difference.after)},
          {"changes", changes(difference)},
          {"impacts", impacts(difference)}};
}

std::optional<MapUpdate> next_update(const Dossier& dossier) {
  try {
    MapUpdate update = map_update(dossier, *Date::parse("9999-12-31"));
    return update.drawn ? std::optional(std::move(update)) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

Json update(const Dossier& dossier) {
  const auto found = next_update(dossier);
  if (!found) return nullptr;
  const MapUpdate& update = *found;
  Json one;
  one["drawn"] = update.drawn->to_string();
  one["due"] = update.due ? Json(update.due->to_string()) : Json(nullptr);
  one["cycle_months"] = update.cycle_months;
  one["reasons"] = Json::array();
  for (const DueItem& reason : update.reasons) {
    one["reasons"].push_back(
        {{"kind", key(reason.kind)}, {"due", reason.due.to_string()}, {"what", text(reason.what)}});
  }
  one["watched"] = Json::array();
  for (const WatchedDimension& each : update.watched) {
    one["watched"].push_back({{"dimension", key(each.dimension)},
                              {"events", each.events},
                              {"triggers", each.triggers},
                              {"last", each.last ? Json(each.last->to_string()) : Json(nullptr)}});
  }
  return one;
}

std::string safe(const std::string& json) {
  std::string safe;
  safe.reserve(json.size() + json.size() / 64);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '>') {
      safe += "\\u003e";
    } else if (c == '\xE2' && i + 2 < json.size() && json[i + 1] == '\x80' &&
               (json[i + 2] == '\xA8' || json[i + 2] == '\xA9')) {
      safe += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
