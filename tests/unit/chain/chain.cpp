#include "chainqual/chain/chain.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <utility>

namespace chainqual {
namespace {

Enterprise named(std::string id, std::vector<std::string> products = {}) {
  Enterprise enterprise;
  enterprise.id = std::move(id);
  enterprise.products = std::move(products);
  return enterprise;
}

Link of(std::string product) {
  Link link;
  link.product = std::move(product);
  return link;
}

template <class Call>
Error thrown(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorCode::ok, {}};
}

TEST(Chain, GivesIdsInOrderAndFindsThemByKey) {
  Chain chain;
  EXPECT_EQ(chain.add_enterprise(named("steel")), EnterpriseId{0});
  EXPECT_EQ(chain.add_enterprise(named("gear")), EnterpriseId{1});
  EXPECT_EQ(chain.enterprises(), 2U);
  EXPECT_EQ(chain.find("gear"), EnterpriseId{1});
  EXPECT_EQ(chain.find("Gear"), std::nullopt);
  EXPECT_EQ(chain.enterprise(EnterpriseId{0}).id, "steel");
}

TEST(Chain, TakesTheCreditCodeAndThenTheNameForAMissingId) {
  Chain chain;
  Enterprise both;
  both.credit_code = "914403001922038216";
  both.name = "华为";
  chain.add_enterprise(both);
  Enterprise name_only;
  name_only.name = "中兴";
  chain.add_enterprise(name_only);
  EXPECT_EQ(chain.find("914403001922038216"), EnterpriseId{0});
  EXPECT_EQ(chain.find("中兴"), EnterpriseId{1});
  const auto error = thrown([&] { chain.add_enterprise({}); });
  EXPECT_EQ(error.code(), ErrorCode::missing_value);
  EXPECT_EQ(error.message().en, "An enterprise has no id, no credit code and no name. Give at least one.");
  EXPECT_EQ(error.message().zh, "企业没有编号、信用代码或名称。请至少填写一项。");
  EXPECT_EQ(chain.enterprises(), 2U);
}

TEST(Chain, RefusesASecondEnterpriseOfOneIdAndNamesBothRows) {
  Chain chain;
  for (const auto* id : {"a", "b", "c"}) chain.add_enterprise(named(id));
  const auto error = thrown([&] { chain.add_enterprise(named("b", {"bolt"})); });
  EXPECT_EQ(error.code(), ErrorCode::duplicate);
  EXPECT_EQ(error.message().en,
            "The id «b» stands twice: enterprises 2 and 4. Change one of the ids, or take the repeated record out.");
  EXPECT_EQ(error.message().zh, "编号 «b» 重复：企业表第 2 条与第 4 条。请改其中一个编号，或删去重复的一条。");
  EXPECT_EQ(chain.enterprises(), 3U);
  EXPECT_TRUE(chain.makers("bolt").empty()) << "a refused enterprise leaves nothing behind";
}

TEST(Chain, RefusesRepeatedSegmentsAndInstitutions) {
  Chain chain;
  Segment segment;
  segment.id = "s";
  EXPECT_EQ(chain.add_segment(segment), SegmentId{0});
  EXPECT_EQ(thrown([&] { chain.add_segment(segment); }).message().en,
            "The id «s» stands twice: segments 1 and 2. Change one of the ids, or take the repeated record out.");
  EXPECT_EQ(thrown([&] { chain.add_segment({}); }).code(), ErrorCode::missing_value);
  EXPECT_EQ(chain.segments().size(), 1U);
  Institution institution;
  EXPECT_EQ(chain.add_institution(institution), 0U);
  EXPECT_EQ(chain.add_institution(institution), 1U) << "institutions may go without ids";
  institution.id = "lab";
  EXPECT_EQ(chain.add_institution(institution), 2U);
  EXPECT_EQ(thrown([&] { chain.add_institution(institution); }).code(), ErrorCode::duplicate);
  EXPECT_EQ(chain.find_institution("lab"), 2U);
  EXPECT_EQ(chain.find_institution(""), std::nullopt);
}

TEST(Chain, NamesTheNearestIdsOfAnUnknownOne) {
  Chain chain;
  for (const auto* id : {"gear-box", "gear-bax", "engine", "bearing"}) chain.add_enterprise(named(id));
  const auto error = thrown([&] { chain.add_link("gaer-box", "engine", {}); });
  EXPECT_EQ(error.code(), ErrorCode::unknown_reference);
  EXPECT_EQ(error.message().en, "No enterprise has the id «gaer-box». Nearest ids: «gear-box», «gear-bax».");
  EXPECT_EQ(error.message().zh, "没有编号为 «gaer-box» 的企业。相近的编号：«gear-box»、«gear-bax»。");
  const auto far = thrown([&] { chain.add_link("engine", "zzz", {}); });
  EXPECT_EQ(far.message().en, "No enterprise has the id «zzz». Add it to the enterprises first.");
  EXPECT_EQ(far.message().zh, "没有编号为 «zzz» 的企业。请先在企业表中添加它。");
  EXPECT_EQ(chain.links(), 0U);
}

TEST(Chain, RefusesLinksBeyondItsEnterprises) {
  Chain chain;
  chain.add_enterprise(named("a"));
  const auto error = thrown([&] { chain.add_link(EnterpriseId{0}, EnterpriseId{1}, {}); });
  EXPECT_EQ(error.code(), ErrorCode::out_of_range);
  EXPECT_EQ(error.message().en, "Enterprise id 1 is out of range: the chain has 1 enterprises, counted from 0.");
  EXPECT_EQ(thrown([&] { static_cast<void>(chain.enterprise(EnterpriseId{7})); }).code(), ErrorCode::out_of_range);
  EXPECT_EQ(thrown([&] { static_cast<void>(chain.segment(SegmentId{0})); }).code(), ErrorCode::out_of_range);
}

TEST(Chain, KeepsParallelLinksAndSelfSupplyInTheOrderAdded) {
  Chain chain;
  chain.add_enterprise(named("a"));
  chain.add_enterprise(named("b"));
  chain.add_link("b", "b", of("self"));
  chain.add_link("a", "b", of("bolt"));
  chain.add_link("a", "b", of("nut"));
  std::string products;
  for (auto [edge, end] = boost::edges(chain.graph()); edge != end; ++edge) products += chain.link(*edge).product + " ";
  EXPECT_EQ(products, "self bolt nut ");
  EXPECT_EQ(chain.links(), 3U);
}

TEST(Chain, RemovesOneLinkAndLeavesTheOthers) {
  Chain chain;
  chain.add_enterprise(named("a"));
  chain.add_enterprise(named("b"));
  const auto first = chain.add_link("a", "b", of("bolt"));
  const auto second = chain.add_link("a", "b", of("nut"));
  chain.remove_link(first);
  ASSERT_EQ(chain.links(), 1U);
  EXPECT_EQ(chain.link(second).product, "nut");
  chain.link(second).value = 3.0;
  EXPECT_EQ(std::as_const(chain).link(second).value, 3.0);
  EXPECT_EQ(chain.supplier(second), EnterpriseId{0});
  EXPECT_EQ(chain.customer(second), EnterpriseId{1});
}

TEST(Chain, IndexesProductsByTheirMakers) {
  Chain chain;
  chain.add_enterprise(named("a", {"bolt", "nut", "bolt"}));
  chain.add_enterprise(named("b", {"bolt"}));
  EXPECT_EQ(chain.makers("bolt"), (std::vector{EnterpriseId{0}, EnterpriseId{1}}));
  EXPECT_EQ(chain.products(), (std::vector<std::string>{"bolt", "nut"}));
  chain.replace_enterprise(EnterpriseId{0}, named("", {"nut", "washer"}));
  EXPECT_EQ(chain.enterprise(EnterpriseId{0}).id, "a");
  EXPECT_EQ(chain.makers("bolt"), std::vector{EnterpriseId{1}});
  EXPECT_EQ(chain.makers("nut"), std::vector{EnterpriseId{0}});
  EXPECT_EQ(chain.products(), (std::vector<std::string>{"bolt", "nut", "washer"}));
  chain.replace_enterprise(EnterpriseId{0}, named("a"));
  EXPECT_EQ(chain.products(), std::vector<std::string>{"bolt"});
}

TEST(Chain, KeepsKeysStable) {
  Chain chain;
  chain.add_enterprise(named("a"));
  const auto error = thrown([&] { chain.replace_enterprise(EnterpriseId{0}, named("z")); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_EQ(error.message().en, "The id of enterprise «a» cannot become «z»: ids are stable. Keep the old id.");
  EXPECT_EQ(chain.find("a"), EnterpriseId{0});
  EXPECT_EQ(chain.find("z"), std::nullopt);
}

TEST(Chain, ResolvesIdsCodesAndNamesUnlessSeveralMatch) {
  Chain chain;
  Enterprise a = named("a");
  a.credit_code = "914403001922038216";
  a.name = "同名";
  a.name_en = "Alpha";
  Enterprise b = named("b");
  b.name = "同名";
  b.name_en = "Beta";
  chain.add_enterprise(a);
  chain.add_enterprise(b);
  EXPECT_EQ(chain.resolve("b"), EnterpriseId{1});
  EXPECT_EQ(chain.resolve("914403001922038216"), EnterpriseId{0});
  EXPECT_EQ(chain.resolve("Beta"), EnterpriseId{1});
  EXPECT_EQ(chain.resolve("同名"), std::nullopt);
  EXPECT_EQ(chain.resolve(""), std::nullopt);
}

TEST(Chain, FindsTheHomeSegmentAsTheFirstOfTheEnterprise) {
  Chain chain;
  Segment segment;
  segment.id = "s0";
  chain.add_segment(segment);
  segment.id = "s1";
  chain.add_segment(segment);
  Enterprise enterprise = named("a");
  enterprise.segments = {"s1", "s0"};
  chain.add_enterprise(enterprise);
  enterprise = named("b");
  enterprise.segments = {"unknown"};
  chain.add_enterprise(enterprise);
  chain.add_enterprise(named("c"));
  EXPECT_EQ(chain.home_segment(EnterpriseId{0}), SegmentId{1});
  EXPECT_TRUE(chain.home_segment(EnterpriseId{1}).is_none());
  EXPECT_TRUE(chain.home_segment(EnterpriseId{2}).is_none());
}

TEST(Chain, CopiesDeeplyAndMovesAway) {
  static_assert(std::is_nothrow_move_constructible_v<Chain> && std::is_nothrow_move_assignable_v<Chain>);
  Chain chain;
  chain.add_enterprise(named("a", {"bolt"}));
  chain.add_enterprise(named("b"));
  chain.add_link("a", "b", of("bolt"));
  Chain copy = chain;
  EXPECT_EQ(copy, chain);
  copy.add_enterprise(named("c"));
  EXPECT_FALSE(copy == chain);
  EXPECT_EQ(chain.find("c"), std::nullopt);
  const Chain moved = std::move(chain);
  EXPECT_EQ(moved.links(), 1U);
  EXPECT_EQ(moved.makers("bolt"), std::vector{EnterpriseId{0}});
  chain = Chain();  // NOLINT(bugprone-use-after-move): a moved-from chain may be assigned to
  EXPECT_EQ(chain.enterprises(), 0U);
  chain.add_enterprise(named("a"));
  EXPECT_EQ(chain.find("a"), EnterpriseId{0});
}

TEST(Chain, KeepsStrangeNamesExactlyAndShowsThemSafely) {
  const std::string strange = "𠮷䶮\xE2\x80\xAE</script>\"';\n😀" + std::string(200, 'x');
  Chain chain;
  chain.add_enterprise(named(strange));
  EXPECT_EQ(chain.find(strange), EnterpriseId{0});
  EXPECT_EQ(chain.enterprise(EnterpriseId{0}).id, strange);
  const auto error = thrown([&] { chain.add_enterprise(named(strange)); });
  EXPECT_EQ(error.message().en.find("\xE2\x80\xAE"), std::string::npos) << "a right-to-left mark is shown as its code";
  EXPECT_EQ(error.message().en.find('\n'), std::string::npos);
  EXPECT_LT(error.message().en.size(), 450U);
}

}  // namespace
}  // namespace chainqual
