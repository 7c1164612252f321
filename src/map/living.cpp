#include "chainqual/map/living.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "living_content.hpp"
#include "page_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using living::Content;

class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    step(0);  // so that texts do not run into each other; no text of a chain holds a zero byte
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void step(unsigned char byte) {
    value_ ^= byte;
    value_ *= 1099511628211ULL;
  }
  std::uint64_t value_ = 14695981039346656037ULL;
};

}  // namespace

MapVersion map_version(const Dossier& dossier) {
  // A sum of the rows' hashes does not depend on their order.
  std::uint64_t sum = 0;
  living::visit_rows(dossier, [&](MapPart part, const std::string& key, const living::Item& item) {
    Hash hash;
    hash.add(key_of(part));
    hash.add(key);
    for (const auto& [field, value] : item.fields) {
      hash.add(field);
      hash.add(value);
    }
    sum += hash.value();
  });
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[(sum >> shift) & 15U];
  return {dossier.info.date, dossier.info.version, digits};
}

std::size_t MapDifference::count(MapPart part, MapChangeKind kind) const noexcept {
  std::size_t found = 0;
  const MapChange* previous = nullptr;
  for (const MapChange& change : changes) {
    if (change.part != part || change.kind != kind) continue;
    found += previous == nullptr || previous->key != change.key ? 1 : 0;
    previous = &change;
  }
  return found;
}

MapDifference compare_maps(const Dossier& before, const Dossier& after) {
  const Content old_content = living::content_of(before);
  const Content new_content = living::content_of(after);
  MapDifference difference{map_version(before), map_version(after), {}, {}};
  auto old_at = old_content.begin();
  auto new_at = new_content.begin();
  while (old_at != old_content.end() || new_at != new_content.end()) {
    if (new_at == new_content.end() || (old_at != old_content.end() && old_at->first < new_at->first)) {
      const auto& [part, key] = old_at->first;
      difference.changes.push_back({MapChangeKind::gone, part, key, old_at->second.name, "", "", ""});
      ++old_at;
    } else if (old_at == old_content.end() || new_at->first < old_at->first) {
      const auto& [part, key] = new_at->first;
      difference.changes.push_back({MapChangeKind::added, part, key, new_at->second.name, "", "", ""});
      ++new_at;
    } else {
      const auto& [part, key] = new_at->first;
      for (std::size_t f = 0; f < new_at->second.fields.size(); ++f) {
        const auto& [field, now] = new_at->second.fields[f];
        const std::string& then = old_at->second.fields[f].second;
        if (now == then) continue;
        difference.changes.push_back(
            {MapChangeKind::changed, part, key, new_at->second.name, std::string(field), then, now});
      }
      ++old_at;
      ++new_at;
    }
  }
  return difference;
}

void add_impacts(MapDifference& difference, const Dossier& before, const AssessReport& before_report,
                 const Dossier& after, const AssessReport& after_report) {
  std::map<std::string, MapImpact> impacts;
  const auto read = [&](const Chain& chain, const AssessReport& report, std::optional<double> MapImpact::*into) {
    if (report.enterprise_rows.size() != chain.enterprises()) {
      throw Error(ErrorCode::shape_mismatch, {"评估结果与产业链不符：企业数不同。请用同一条链重新评估",
                                              "the report does not belong to this chain: the numbers of enterprises "
                                              "differ. Assess this chain again"});
    }
    for (std::uint32_t i = 0; i < chain.enterprises(); ++i) {
      MapImpact& impact = impacts[chain.enterprise(EnterpriseId{i}).id];
      impact.*into = report.enterprise_rows[i].mean_loss;
    }
  };
  read(before.chain, before_report, &MapImpact::before);
  read(after.chain, after_report, &MapImpact::after);
  difference.impacts.clear();
  for (auto& [id, impact] : impacts) {
    if (impact.before && impact.after && std::abs(*impact.after - *impact.before) < 0.0005) continue;
    impact.enterprise = id;
    difference.impacts.push_back(std::move(impact));
  }
}

std::string difference_json(const MapDifference& difference) {
  using page::Json;
  const auto version = [](const MapVersion& each) {
    return Json{{"date", each.date}, {"version", each.version}, {"hash", each.hash}};
  };
  Json doc;
  doc["format"] = "chainqual-map-difference";
  doc["format_version"] = 1;
  doc["before"] = version(difference.before);
  doc["after"] = version(difference.after);
  doc["counts"] = Json::object();
  for (const auto& part : Names<MapPart>::table) {
    Json& counts = doc["counts"][std::string(part.key)];
    for (const auto& kind : Names<MapChangeKind>::table) {
      counts[std::string(kind.key)] = difference.count(part.value, kind.value);
    }
  }
  doc["changes"] = page::changes(difference);
  doc["impacts"] = page::impacts(difference);
  return page::safe(doc.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Dossier merged_versions(const Dossier& before, const Dossier& after) {
  Dossier merged = after;
  const Chain& old = before.chain;
  for (const Segment& segment : old.segments()) {
    if (!merged.chain.find_segment(segment.id)) merged.chain.add_segment(segment);
  }
  for (std::uint32_t i = 0; i < old.enterprises(); ++i) {
    const Enterprise& enterprise = old.enterprise(EnterpriseId{i});
    if (!merged.chain.find(enterprise.id)) merged.chain.add_enterprise(enterprise);
  }
  std::set<std::string> gone;
  const MapDifference difference = compare_maps(before, after);
  for (const MapChange& change : difference.changes) {
    if (change.kind == MapChangeKind::gone) gone.insert(std::string(key_of(change.part)) + " " + change.key);
  }
  const auto [first, last] = boost::edges(old.graph());
  for (auto edge = first; edge != last; ++edge) {
    const Link& link = old.link(*edge);
    const std::string& from = old.enterprise(old.supplier(*edge)).id;
    const std::string& to = old.enterprise(old.customer(*edge)).id;
    if (!gone.contains("link " + living::link_key(from, to, link.product))) continue;
    merged.chain.add_link(merged.chain.at(from), merged.chain.at(to), link);
  }
  for (const Problem& problem : before.problems) {
    if (gone.contains("problem " + problem.number)) merged.problems.push_back(problem);
  }
  return merged;
}

MapUpdate map_update(const Dossier& dossier, Date today) {
  MapUpdate update;
  update.cycle_months = dossier.info.review_cycle_months;
  update.drawn = register_detail::last_review(dossier, ReviewSubject::map);
  DueOptions far;
  far.ahead_days = 366 * 100;  // the next review, however long the cycle
  for (DueItem& item : due_items(dossier, today, far)) {
    const bool review = item.kind == DueKind::review && item.number == key_of(ReviewSubject::map);
    if (review || (item.kind == DueKind::map_trigger && item.due <= today)) update.reasons.push_back(std::move(item));
  }
  if (!update.reasons.empty()) update.due = update.reasons.front().due;
  for (std::size_t k = 0; k < update.watched.size(); ++k)
    update.watched[k].dimension = Names<WatchDimension>::table[k].value;
  for (const ChainEvent& event : dossier.events) {
    const auto happened = register_detail::day(event.date);
    if (!happened || *happened > today || (update.drawn && *happened <= *update.drawn)) continue;
    WatchedDimension& into = update.watched[static_cast<std::size_t>(event.dimension)];
    ++into.events;
    into.triggers += event.trigger ? 1 : 0;
    register_detail::keep_later(into.last, happened);
  }
  return update;
}

}  // namespace v1
}  // namespace chainqual
