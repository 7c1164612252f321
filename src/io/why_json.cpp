#include "chainqual/io/why_json.hpp"

#include "json_text.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using Json = JsonText;

Json both(const Text& value) {
  return Json{{"zh", value.zh}, {"en", value.en}};
}

/// Enterprises, segments and sectors as they are named.
class Places {
 public:
  Places(const WhyNames& names, const std::function<std::string(EnterpriseId)>& key) : names_(names), key_(key) {}

  [[nodiscard]] Json operator()(EnterpriseId id) const {
    if (id.is_none()) return nullptr;
    return Json{
        {"id", id.value}, {"key", key_ ? Json(key_(id)) : Json(nullptr)}, {"name", name(names_.enterprise, id)}};
  }
  [[nodiscard]] Json operator()(SegmentId id) const {
    if (id.is_none()) return nullptr;
    return Json{{"id", id.value}, {"name", name(names_.segment, id)}};
  }
  [[nodiscard]] Json sector(std::uint32_t id) const {
    if (id == Network::none) return nullptr;
    return Json{{"id", id}, {"name", name(names_.sector, id)}};
  }

 private:
  template <class Id>
  static Json name(const std::function<std::string(Id, Language)>& of, Id id) {
    if (!of) return nullptr;
    return Json{{"zh", of(id, Language::zh)}, {"en", of(id, Language::en)}};
  }

  const WhyNames& names_;
  const std::function<std::string(EnterpriseId)>& key_;
};

Json binding(const BindingInput& value, const Places& place) {
  return Json{{"neighbour", place(value.neighbour)},
              {"loss", value.loss},
              {"segment", place(value.segment)},
              {"segment_loss", value.segment_loss},
              {"sector", place.sector(value.sector)}};
}

Json chance(const std::optional<WhyChance>& value) {
  if (!value) return nullptr;
  return Json{{"runs", value->runs}, {"level", value->level}, {"low", value->low}, {"high", value->high}};
}

Json worst(const std::optional<WhyDay>& value) {
  if (!value) return nullptr;
  return Json{{"days", value->days}, {"day", value->day}, {"loss", value->loss}};
}

Json sources(const std::vector<SourceShare>& rows, const Places& place) {
  Json out = Json::array();
  for (const SourceShare& row : rows) {
    out.push_back({{"enterprise", place(row.source)},
                   {"shock", row.shock},
                   {"loss", row.loss},
                   {"share", row.share},
                   {"difference", row.difference}});
  }
  return out;
}

Json paths(const std::vector<LossPath>& rows, const Places& place) {
  Json out = Json::array();
  for (const LossPath& row : rows) {
    Json enterprises = Json::array();
    for (const EnterpriseId id : row.enterprises) enterprises.push_back(place(id));
    out.push_back({{"enterprises", std::move(enterprises)}, {"passed", row.passed}, {"loss", row.loss}});
  }
  return out;
}

}  // namespace

std::string why_json(const Why& why, const WhyNames& names, const std::function<std::string(EnterpriseId)>& key) {
  const Places place(names, key);
  Json notes = Json::array();
  for (const Text& note : why.notes) notes.push_back(both(note));
  const Json json{{"format", "chainqual-why"},
                  {"format_version", 1},
                  {"model", json_word(why.model)},
                  {"enterprise", place(why.enterprise)},
                  {"along", json_word(why.along)},
                  {"loss", why.loss},
                  {"own", why.own},
                  {"arrived", why.arrived},
                  {"capped", why.capped},
                  {"holds", json_word(why.holds)},
                  {"binding", binding(why.binding, place)},
                  {"chance", chance(why.chance)},
                  {"worst", worst(why.worst)},
                  {"rule", json_word(why.rule)},
                  {"sources", sources(why.sources, place)},
                  {"paths", paths(why.paths, place)},
                  {"notes", std::move(notes)},
                  {"sentence", both(why.sentence)}};
  return json.text() + "\n";
}

}  // namespace v1
}  // namespace chainqual
