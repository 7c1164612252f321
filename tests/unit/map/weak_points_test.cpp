// Single points of failure and bottlenecks on the map, against removal of one enterprise after the other.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "chainqual/map/html.hpp"
#include "unit/datasets/shipped.hpp"
#include "unit/map/map_cases.hpp"

namespace chainqual {
namespace {

using Json = nlohmann::json;
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Pairs links_of(const Chain& chain) {
  Pairs links;
  const auto [first, last] = boost::edges(chain.graph());
  for (auto edge = first; edge != last; ++edge) {
    links.emplace_back(chain.supplier(*edge).value, chain.customer(*edge).value);
  }
  return links;
}

/// Whom supply reaches when it begins at those without suppliers and passes nobody in `without`.
std::set<std::uint32_t> reached(std::uint32_t n, const Pairs& links, std::uint32_t without) {
  std::set<std::uint32_t> seen;
  for (std::uint32_t i = 0; i < n; ++i) seen.insert(i);
  for (const auto& [from, to] : links) seen.erase(to);
  seen.erase(without);
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [from, to] : links)
      grew = (to != without && seen.contains(from) && seen.insert(to).second) || grew;
  }
  return seen;
}

/// Pieces that those who are left fall into when direction is left aside.
std::size_t pieces(std::uint32_t n, const Pairs& links, std::uint32_t without) {
  std::vector<std::uint32_t> piece(n);
  std::iota(piece.begin(), piece.end(), 0U);
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto& [from, to] : links) {
      if (from == without || to == without || piece[from] == piece[to]) continue;
      piece[from] = piece[to] = std::min(piece[from], piece[to]);
      moved = true;
    }
  }
  std::set<std::uint32_t> left(piece.begin(), piece.end());
  if (without < n) left.erase(without);
  return left.size();
}

void expect_as_removed(const Dossier& dossier) {
  const Chain& chain = dossier.chain;
  const auto n = chain.enterprises();
  const Pairs links = links_of(chain);
  const auto before = reached(n, links, n);
  const Json doc = Json::parse(map_json(dossier));
  for (const auto& one : doc["enterprises"]) {
    const std::uint32_t i = chain.at(one["id"].get<std::string>()).value;
    const auto after = reached(n, links, i);
    std::set<std::string> lost;
    for (const auto v : before) {
      if (v != i && !after.contains(v)) lost.insert(chain.enterprise(EnterpriseId{v}).id);
    }
    std::set<std::string> told;
    if (!one["cut"].is_null()) {
      EXPECT_EQ(one["cut"]["enterprises"], lost.size());
      for (const auto& whom : one["cut"]["whom"]) told.insert(doc["enterprises"][whom.get<std::size_t>()]["id"]);
    }
    EXPECT_EQ(told, lost) << one["id"];
    EXPECT_EQ(one["joint"], pieces(n, links, i) > pieces(n, links, n)) << one["id"];
  }
}

class ShippedWeakPoints : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedWeakPoints, AreThoseWhoseRemovalCutsOthersOff) {
  expect_as_removed(shipped::file(GetParam()).dossier);
}

TEST_P(ShippedWeakPoints, SingleOutAFewAmongMany) {
  const Json doc = Json::parse(map_json(shipped::file(GetParam()).dossier));
  std::size_t marked = 0;
  std::size_t counted = 0;
  for (const auto& one : doc["enterprises"]) marked += one["cut"].is_null() ? 0 : 1;
  for (const auto& one : doc["segments"]) counted += one["cut_points"].get<std::size_t>();
  EXPECT_GE(marked, 1u);
  EXPECT_LE(marked * 4, doc["enterprises"].size());
  EXPECT_EQ(counted, marked);
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedWeakPoints, ::testing::Values("advanced_computing", "connected_vehicle"),
                         [](const auto& each) { return std::string(each.param); });

TEST(WeakPoints, FinalProductsAreCountedAmongWhatIsCutOff) {
  Dossier dossier;
  for (const char* id : {"mine", "mill", "car", "bus"}) {
    Enterprise e;
    e.id = e.name = id;
    e.stage = id[0] == 'm' ? Stage::upstream : Stage::downstream;
    dossier.chain.add_enterprise(e);
  }
  dossier.chain.add_link("mine", "mill", Link{});
  dossier.chain.add_link("mill", "car", Link{});
  dossier.chain.add_link("mill", "bus", Link{});
  expect_as_removed(dossier);
  const Json doc = Json::parse(map_json(dossier));
  std::map<std::string, Json> cut;
  for (const auto& one : doc["enterprises"]) cut[one["id"]] = one["cut"];
  EXPECT_EQ(cut["mine"]["enterprises"], 3);
  EXPECT_EQ(cut["mine"]["finals"], 2);
  EXPECT_EQ(cut["mill"]["finals"], 2);
  EXPECT_TRUE(cut["car"].is_null());
}

}  // namespace
}  // namespace chainqual
