// The living map: what changed between two versions, and when the next one is due.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "chainqual/core/random.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/living.hpp"
#include "unit/datasets/shipped.hpp"
#include "unit/map/map_cases.hpp"
#include "unit/map/map_json_check.hpp"

namespace chainqual {
namespace {

using Json = nlohmann::json;

/// A dossier with some enterprises, the links among them, and every row in the order asked for.
Dossier with(const std::vector<std::uint32_t>& members, const Dossier& whole) {
  Dossier made = whole;
  made.chain = Chain();
  for (const Segment& segment : whole.chain.segments()) made.chain.add_segment(segment);
  for (const Institution& institution : whole.chain.institutions()) made.chain.add_institution(institution);
  for (const std::uint32_t i : members) made.chain.add_enterprise(whole.chain.enterprise(EnterpriseId{i}));
  const auto [first, last] = boost::edges(whole.chain.graph());
  std::vector<std::pair<std::pair<std::string, std::string>, Link>> links;
  for (auto edge = first; edge != last; ++edge) {
    links.push_back({{whole.chain.enterprise(whole.chain.supplier(*edge)).id,
                      whole.chain.enterprise(whole.chain.customer(*edge)).id},
                     whole.chain.link(*edge)});
  }
  for (const auto& [ends, link] : links) {
    const auto from = made.chain.find(ends.first);
    const auto to = made.chain.find(ends.second);
    if (from && to) made.chain.add_link(*from, *to, link);
  }
  return made;
}

std::set<std::string> keys_of(const MapDifference& difference, MapPart part, MapChangeKind kind) {
  std::set<std::string> keys;
  for (const auto& each : difference.changes) {
    if (each.part == part && each.kind == kind) keys.insert(each.key);
  }
  return keys;
}

TEST(Living, AChainDoesNotDifferFromItself) {
  for (const char* name : {"advanced_computing", "connected_vehicle"}) {
    const Dossier& dossier = shipped::file(name).dossier;
    const MapDifference none = compare_maps(dossier, dossier);
    EXPECT_TRUE(none.changes.empty());
    EXPECT_EQ(none.before, none.after);
    EXPECT_EQ(none.after.hash.size(), 16U);
  }
}

TEST(Living, TheHashKnowsContentAndNotOrder) {
  const Dossier whole = map_cases::made_chain(12, 4);
  std::vector<std::uint32_t> order(12);
  for (std::uint32_t i = 0; i < 12; ++i) order[i] = i;
  const std::string hash = map_version(with(order, whole)).hash;
  std::reverse(order.begin(), order.end());
  Dossier turned = with(order, whole);
  std::reverse(turned.problems.begin(), turned.problems.end());
  EXPECT_EQ(map_version(turned).hash, hash);
  turned.problems[0].status = ProblemStatus::solved;
  EXPECT_NE(map_version(turned).hash, hash);
}

TEST(Living, ASizeThatChangesIsAChange) {
  const Dossier dossier = map_cases::made_chain(6, 2);
  const auto sized = [&](EnterpriseSize size) {
    Dossier made = dossier;
    Enterprise enterprise = made.chain.enterprise(EnterpriseId{3});
    enterprise.size = size;
    made.chain.replace_enterprise(EnterpriseId{3}, enterprise);
    return made;
  };
  const Dossier before = sized(EnterpriseSize::small);
  const MapDifference difference = compare_maps(before, sized(EnterpriseSize::medium));
  ASSERT_EQ(difference.changes.size(), 1U);
  EXPECT_EQ(difference.changes[0].field, "size");
  EXPECT_EQ(difference.changes[0].before, "small");
  EXPECT_EQ(difference.changes[0].after, "medium");
  EXPECT_NE(difference.before.hash, difference.after.hash);
  EXPECT_TRUE(compare_maps(before, before).changes.empty());
}

TEST(Living, ChangesAreExactlyThoseMade) {
  const Dossier whole = map_cases::made_chain(40, 5);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Stream random(seed, 0);
    std::vector<std::uint32_t> then;
    std::vector<std::uint32_t> now;
    std::set<std::string> added;
    std::set<std::string> gone;
    for (std::uint32_t i = 0; i < 40; ++i) {
      const bool before = random() % 4 != 0;
      const bool after = random() % 4 != 0;
      if (before) then.push_back(i);
      if (after) now.push_back(i);
      if (after && !before) added.insert("e" + std::to_string(i));
      if (before && !after) gone.insert("e" + std::to_string(i));
    }
    const Dossier before = with(then, whole);
    const Dossier after = with(now, whole);
    const MapDifference there = compare_maps(before, after);
    const MapDifference back = compare_maps(after, before);
    EXPECT_EQ(keys_of(there, MapPart::enterprise, MapChangeKind::added), added) << seed;
    EXPECT_EQ(keys_of(there, MapPart::enterprise, MapChangeKind::gone), gone) << seed;
    EXPECT_EQ(there.count(MapPart::enterprise, MapChangeKind::added), added.size());
    EXPECT_EQ(keys_of(there, MapPart::link, MapChangeKind::added), keys_of(back, MapPart::link, MapChangeKind::gone));
    EXPECT_EQ(there.changes.size(), back.changes.size());
    const Dossier merged = merged_versions(before, after);
    EXPECT_EQ(merged.chain.enterprises(), after.chain.enterprises() + gone.size());
    const std::size_t lost = keys_of(there, MapPart::link, MapChangeKind::gone).size();
    EXPECT_EQ(merged.chain.links(), after.chain.links() + lost);
  }
}

TEST(Living, FieldsThatChangedAreNamedWithBothValues) {
  const Dossier before = map_cases::made_chain(6, 2);
  Dossier after = before;
  after.problems[3].status = ProblemStatus::analysing;
  after.projects[0].lead = "某公司";
  const MapDifference difference = compare_maps(before, after);
  ASSERT_EQ(difference.changes.size(), 2U);
  const MapChange& status = difference.changes[0];
  EXPECT_EQ(status.part, MapPart::problem);
  EXPECT_EQ(status.key, "P3");
  EXPECT_EQ(status.field, "status");
  EXPECT_EQ(status.before, "identified");
  EXPECT_EQ(status.after, "analysing");
  EXPECT_EQ(difference.changes[1].field, "lead");
  EXPECT_EQ(difference.changes[1].before, "");
  EXPECT_EQ(difference.count(MapPart::problem, MapChangeKind::changed), 1U);
}

TEST(Living, TheTableAndTheColouredMapSayTheSame) {
  const Dossier whole = map_cases::made_chain(30, 5);
  const Dossier before = with({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, whole);
  const Dossier after = with({2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, whole);
  const MapDifference difference = compare_maps(before, after);
  const Json table = Json::parse(difference_json(difference));
  EXPECT_EQ(table["counts"]["enterprise"]["added"], 3);
  EXPECT_EQ(table["counts"]["enterprise"]["gone"], 2);
  EXPECT_EQ(table["changes"].size(), difference.changes.size());
  const Dossier merged = merged_versions(before, after);
  HtmlOptions page;
  page.difference = difference;
  const Json doc = Json::parse(map_json(merged, nullptr, page));
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_EQ(doc["difference"]["changes"], table["changes"]);
  EXPECT_EQ(doc["version"], table["after"]);
  for (const Language language : {Language::zh, Language::en}) {
    SvgOptions options;
    options.language = language;
    options.difference = difference;
    for (const std::size_t detail : {std::size_t{60}, std::size_t{5}}) {
      options.detail_up_to = detail;
      const Scene scene = chain_scene(merged, nullptr, options);
      EXPECT_EQ(map_cases::layout_faults(scene), std::vector<std::string>{});
      std::size_t words = 0;
      for (const auto& item : scene.items) {
        const auto* text = std::get_if<SceneText>(&item);
        words += text != nullptr && text->size < 12 && text->text == label_of(MapChangeKind::added, language) ? 1 : 0;
      }
      EXPECT_EQ(words, 3U);
    }
  }
}

Dossier dated() {
  Dossier dossier = map_cases::made_chain(3, 2);
  dossier.info.date = "2025-01-31";
  dossier.info.review_cycle_months = 12;
  return dossier;
}

ChainEvent event(const char* number, const char* date, WatchDimension dimension, bool trigger) {
  ChainEvent made;
  made.number = number;
  made.date = date;
  made.dimension = dimension;
  made.name = "事件";
  made.trigger = trigger;
  return made;
}

TEST(Living, TheNextMapIsDueByCycleOrAtOnceByATrigger) {
  Dossier dossier = dated();
  const Date today = *Date::parse("2025-06-01");
  MapUpdate update = map_update(dossier, today);
  EXPECT_EQ(update.drawn, Date::parse("2025-01-31"));
  EXPECT_EQ(update.due, Date::parse("2026-01-31"));
  ASSERT_EQ(update.reasons.size(), 1U);
  EXPECT_LT(update.reasons[0].overdue_days, 0);
  dossier.events.push_back(event("E1", "2025-03-01", WatchDimension::supply, true));
  dossier.events.push_back(event("E2", "2025-04-01", WatchDimension::supply, false));
  dossier.events.push_back(event("E3", "2025-07-01", WatchDimension::policy, true));
  dossier.events.push_back(event("E4", "2024-12-01", WatchDimension::product, true));
  update = map_update(dossier, today);
  EXPECT_EQ(update.due, Date::parse("2025-03-01"));
  ASSERT_EQ(update.reasons.size(), 2U);
  EXPECT_EQ(update.reasons[0].kind, DueKind::map_trigger);
  EXPECT_EQ(update.reasons[0].number, "E1");
  const auto& supply = update.watched[static_cast<std::size_t>(WatchDimension::supply)];
  EXPECT_EQ(supply.events, 2U);
  EXPECT_EQ(supply.triggers, 1U);
  EXPECT_EQ(supply.last, Date::parse("2025-04-01"));
  EXPECT_EQ(update.watched[static_cast<std::size_t>(WatchDimension::policy)].events, 0U);
  EXPECT_EQ(update.watched[static_cast<std::size_t>(WatchDimension::product)].events, 0U);
  dossier.reviews.push_back({ReviewSubject::map, "2025-05-01", "", ""});
  update = map_update(dossier, today);
  EXPECT_EQ(update.due, Date::parse("2026-05-01"));
  EXPECT_EQ(update.watched[static_cast<std::size_t>(WatchDimension::supply)].events, 0U);
}

TEST(Living, PagesTellTheUpdateWhereThereIsADate) {
  Dossier dossier = dated();
  dossier.events.push_back(event("E1", "2025-03-01", WatchDimension::investment, true));
  const Json doc = Json::parse(map_json(dossier));
  EXPECT_EQ(doc["update"]["due"], "2025-03-01");
  EXPECT_EQ(doc["update"]["watched"][8]["triggers"], 1);
  dossier.info.date = "";
  dossier.events.clear();
  EXPECT_TRUE(Json::parse(map_json(dossier))["update"].is_null());
  dossier.info.date = "去年";
  EXPECT_TRUE(Json::parse(map_json(dossier))["update"].is_null());
  EXPECT_THROW((void)map_update(dossier, *Date::parse("2025-06-01")), Error);
}

}  // namespace
}  // namespace chainqual
