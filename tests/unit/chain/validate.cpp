#include "chainqual/chain/validate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace chainqual {
namespace {

struct Row {
  std::string id;
  Stage stage = Stage::upstream;
  std::string code = {};
  std::string name = {};
};

Chain chain_of(const std::vector<Row>& rows) {
  Chain chain;
  for (const auto& row : rows) {
    Enterprise enterprise;
    enterprise.id = row.id;
    enterprise.stage = row.stage;
    enterprise.credit_code = row.code;
    enterprise.name = row.name;
    chain.add_enterprise(std::move(enterprise));
  }
  return chain;
}

Link link(std::string product, std::optional<double> value = {}, std::optional<double> dependency = {},
          std::optional<double> escape = {}) {
  Link result;
  result.product = std::move(product);
  result.value = value;
  result.dependency = dependency;
  result.escape = escape;
  return result;
}

/// The findings of one level, as people read them; missing codes are left out, since few of these chains have any.
std::vector<std::string> texts(const Chain& chain, FindingLevel level, Language language = Language::en) {
  ValidateOptions options;
  options.missing_codes = false;
  std::vector<std::string> found;
  const Findings findings = validate(chain, options);
  for (const auto& finding : findings.kept()) {
    if (finding.level == level) found.push_back(to_string(finding, language));
  }
  return found;
}

using Texts = std::vector<std::string>;

TEST(Validate, FindsNothingWrongWithASoundChain) {
  Chain chain = chain_of({{"ore", Stage::upstream, "914403001922038216", "甲"},
                          {"ore2", Stage::upstream, "9144030071526726XG", "乙"},
                          {"car", Stage::downstream, "91350100M000100Y43", "丙"}});
  chain.add_link("ore", "car", link("steel", 10, 0.5, 1));
  chain.add_link("ore2", "car", link("steel", 10, 0.5, 0));
  const Findings findings = validate(chain);
  for (const auto& finding : findings.kept()) ADD_FAILURE() << to_string(finding, Language::en);
  EXPECT_TRUE(findings.empty());
  EXPECT_TRUE(validate(Chain()).empty());
}

TEST(Validate, JudgesCreditCodes) {
  const Chain chain = chain_of({{"a", Stage::upstream, "91120116MA06AAAA08"},
                                {"b", Stage::upstream, "91120116MA06AAAA09"},
                                {"c", Stage::upstream, "9.14403E+17"},
                                {"d", Stage::upstream, "9144030071526726xg"},
                                {"e", Stage::upstream, "120000000000001"},
                                {"f"}});
  EXPECT_EQ(
      texts(chain, FindingLevel::error),
      (Texts{
          "enterprises.csv: column 'credit_code' (record 1): value «91120116MA06AAAA08»: the check character is "
          "wrong (GB 32100-2015): the first 17 characters ask for 9 at position 18. Fix: compare it with the "
          "business licence and correct it; it is never corrected for you.",
          "enterprises.csv: column 'credit_code' (record 3): value «9.14403E+17»: precision lost: a spreadsheet took "
          "the credit code for a number. Fix: enter it again from its source, with the column set to text first.",
          "enterprises.csv: column 'credit_code' (record 4): value «9144030071526726xg»: a credit code is written in "
          "half-width capitals and digits without blanks. Fix: write it as 9144030071526726XG."}));
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      (Texts{"enterprises.csv: column 'credit_code' (record 2): value «91120116MA06AAAA09»: the organization code in "
             "positions 9–17 fails the check of GB 11714: position 17 would be X. Fix: compare it with the business "
             "licence and correct it; it is never corrected for you.",
             "enterprises.csv: column 'credit_code' (record 5): value «120000000000001»: this is a former 15-digit "
             "registration number, not an 18-character unified social credit code. Fix: put the 18-character code of "
             "the business licence in its place."}));
  EXPECT_EQ(validate(chain).count(FindingLevel::warning), 3U) << "the missing code of f";
}

TEST(Validate, FindsOneCodeWithTwoNamesAndOneNameWithTwoCodes) {
  const Chain chain = chain_of({{"a", Stage::upstream, "914403001922038216", "甲公司"},
                                {"b", Stage::upstream, "914403001922038216", "乙公司"},
                                {"c", Stage::upstream, "9144030071526726XG", "甲公司"}});
  EXPECT_EQ(
      texts(chain, FindingLevel::error),
      Texts{"enterprises.csv: column 'credit_code' (record 2): value «914403001922038216»: the code is also that of "
            "record 1, «甲公司», while this is «乙公司». Fix: check the codes of both enterprises."});
  EXPECT_EQ(texts(chain, FindingLevel::error, Language::zh),
            Texts{"enterprises.csv：“credit_code”列（第 2 条记录）：值 «914403001922038216»：同一信用代码用于第 1 条 "
                  "«甲公司» 和本条 "
                  "«乙公司»。修改办法：核对两家企业的代码。"});
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      Texts{"enterprises.csv: column 'name' (record 3): value «甲公司»: record 1 has the same name and another credit "
            "code. Fix: check whether they are namesakes."});
}

TEST(Validate, AsksWhetherNamesThatAreAlikeAreOneEnterprise) {
  const Chain chain = chain_of({{"a", Stage::upstream, "", "天津（飞腾）信息技术有限公司"},
                                {"b", Stage::upstream, "", "天津(飞腾)信息技术集团有限公司"},
                                {"c", Stage::upstream, "", "天津麒麟"}});
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      Texts{
          "enterprises.csv: column 'name' (record 2): value «天津(飞腾)信息技术集团有限公司»: the name is like that of "
          "record 1, «天津（飞腾）信息技术有限公司»: same enterprise? Fix: merge them if they are one, else give both "
          "their credit codes."});
}

TEST(Validate, ListsTheRegionsForAnUnknownOne) {
  Chain chain;
  Enterprise enterprise;
  enterprise.id = "a";
  enterprise.region = "天律";
  chain.add_enterprise(enterprise);
  const auto found = texts(chain, FindingLevel::error);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(
      found[0].starts_with("enterprises.csv: column 'region' (record 1): value «天律»: there is no such province-level "
                           "region. Fix: nearest: "
                           "«天津»; give a province-level region by name or GB/T 2260 code: Beijing, Tianjin, Hebei, "))
      << found[0];
  EXPECT_NE(found[0].find("Inner Mongolia"), std::string::npos);
  EXPECT_NE(texts(chain, FindingLevel::error, Language::zh)[0].find(
                "相近的地区：«天津»；写省级地区的名称、简称或 GB/T 2260 代码：北京、天津、河北"),
            std::string::npos);
}

TEST(Validate, FindsUnknownSegmentsAndStagesThatDisagree) {
  Chain chain;
  Segment segment;
  segment.id = "ssd-controller";
  segment.stage = Stage::midstream;
  chain.add_segment(segment);
  Enterprise enterprise;
  enterprise.id = "a";
  enterprise.segments = {"ssd-controler"};
  chain.add_enterprise(enterprise);
  enterprise.id = "b";
  enterprise.segments = {"ssd-controller"};
  chain.add_enterprise(enterprise);
  Institution institution;
  institution.segments = {"cells"};
  chain.add_institution(institution);
  EXPECT_EQ(
      texts(chain, FindingLevel::error),
      (Texts{
          "enterprises.csv: column 'segments' (record 1): value «ssd-controler»: no segment has this id. Fix: nearest "
          "ids: «ssd-controller»; or add it to the segments first.",
          "institutions.csv: column 'segments' (record 1): value «cells»: no segment has this id. Fix: add it to the "
          "segments first."}));
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      Texts{"enterprises.csv: column 'stage' (record 2): value «upstream»: the enterprise is upstream, its segment "
            "«ssd-controller» is midstream. Fix: check the enterprise's stage, or put it in another segment."});
}

TEST(Validate, RefusesValuesAndSharesOutOfTheirDomain) {
  Chain chain = chain_of({{"a"}, {"b"}});
  chain.add_link("a", "b", link("x", -1.0));
  chain.add_link("a", "b", link("y", std::numeric_limits<double>::quiet_NaN()));
  chain.add_link("a", "b", link("z", 1.0, 1.5, -0.5));
  chain.add_link("a", "b", link("w", std::numeric_limits<double>::infinity(), std::nan("")));
  const auto found = texts(chain, FindingLevel::error);
  EXPECT_EQ(found.size(), 6U);
  EXPECT_EQ(found[0],
            "links.csv: column 'value' (record 1): value «-1»: a value is a finite number, zero or more. Fix: give the "
            "amount "
            "supplied per year, or no value where it is not known.");
  EXPECT_EQ(
      found[2],
      "links.csv: column 'dependency' (record 3): value «1.5»: a share lies in [0, 1]. Fix: divide percentages by 100, "
      "or give no share where it is not known.");
  EXPECT_TRUE(found[5].starts_with("links.csv: column 'dependency' (record 4): value «nan»: ")) << found[5];
}

TEST(Validate, WarnsOfSelfSupplyAndOfTheSameProductTwice) {
  Chain chain = chain_of({{"a"}, {"b"}, {"c"}});
  chain.add_link("a", "a", link("x"));
  chain.add_link("a", "b", link("bolt"));
  chain.add_link("c", "b", link("bolt"));
  chain.add_link("a", "b", link("nut"));
  chain.add_link("c", "b", link("nut"));
  chain.add_link("a", "b", link("bolt"));
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      (Texts{"links.csv: column 'customer' (record 1): value «a»: the enterprise supplies itself; propagation leaves "
             "this out. Fix: take the link out, or correct the customer.",
             "links.csv: column 'product' (record 6): value «bolt»: record 2 has the same supplier, customer and "
             "product; the two are summed. Fix: take one out if it was entered twice."}));
}

TEST(Validate, WarnsWhenALaterStageSuppliesAnEarlierOne) {
  Chain chain = chain_of({{"a", Stage::downstream}, {"b", Stage::upstream}});
  chain.add_link("a", "b", link(""));
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      Texts{
          "links.csv: column 'supplier' (record 1): value «a»: downstream enterprise «a» supplies upstream enterprise "
          "«b». Fix: check whether supplier and customer are the wrong way round."});
  EXPECT_EQ(texts(chain, FindingLevel::warning, Language::zh),
            Texts{"links.csv：“supplier”列（第 1 条记录）：值 «a»：下游企业 «a» 供给上游企业 "
                  "«b»。修改办法：核对供应方与客户是否写反。"});
}

TEST(Validate, WarnsWhenDependenciesSumToMoreThanOne) {
  Chain chain = chain_of({{"a"}, {"b"}, {"c"}});
  chain.add_link("a", "c", link("", 1, 0.75));
  chain.add_link("b", "c", link("", 1, 0.5));
  chain.add_link("a", "b", link("", 1, 1.0));
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      Texts{
          "enterprises.csv: column 'id' (record 3): value «c»: the dependencies on its inputs sum to 1.25, above 1; "
          "losses are added and capped at 1. Fix: if dependencies are shares of inputs, make them sum to 1 at most."});
}

TEST(Validate, WarnsOfProductsWithASingleSupplier) {
  Chain chain = chain_of({{"a"}, {"b"}, {"c"}});
  Enterprise other;
  other.id = "d";
  other.products = {"chip"};
  chain.add_enterprise(other);
  chain.add_link("a", "b", link("chip"));
  chain.add_link("a", "c", link("chip"));
  chain.add_link("b", "c", link("bolt"));
  chain.add_link("d", "c", link("bolt"));
  EXPECT_EQ(
      texts(chain, FindingLevel::warning),
      Texts{"links.csv: column 'product': value «chip»: the product has the single supplier «a», for 2 customers. Fix: "
            "consider a second supplier; «d» makes it too."});
}

TEST(Validate, ReportsCyclesWithOneOfThemAndIsolatedEnterprises) {
  Chain chain = chain_of({{"a"}, {"b"}, {"c"}, {"alone"}, {"self"}});
  chain.add_link("a", "b", link(""));
  chain.add_link("b", "c", link(""));
  chain.add_link("c", "b", link(""));
  chain.add_link("c", "a", link(""));
  chain.add_link("self", "self", link(""));
  EXPECT_EQ(
      texts(chain, FindingLevel::info),
      (Texts{
          "enterprises.csv: column 'id' (record 1): value «a»: 3 enterprises supply one another in a cycle, for "
          "example «a» → «b» → «c» → «a». Fix: nothing needs to change; propagation iterates cycles until they settle.",
          "enterprises.csv: column 'id' (record 4): value «alone»: the enterprise has no supply link. Fix: nothing "
          "needs to change; add its links where there are any.",
          "enterprises.csv: column 'id' (record 5): value «self»: the enterprise has no supply link. Fix: nothing "
          "needs to change; add its links where there are any."}));
  ValidateOptions options;
  options.structure = false;
  EXPECT_EQ(validate(chain, options).count(FindingLevel::info), 0U);
}

TEST(Validate, CutsLongCyclesShortAndKeepsTheFirstFindings) {
  std::vector<Row> rows;
  for (int k = 0; k < 30; ++k) rows.push_back({"e" + std::to_string(k)});
  Chain chain = chain_of(rows);
  for (std::uint32_t k = 0; k < 30; ++k) chain.add_link(EnterpriseId{k}, EnterpriseId{(k + 1) % 30}, link(""));
  const auto found = texts(chain, FindingLevel::info);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].find("«e7» → … → «e0»"), std::string::npos) << found[0];
  ValidateOptions options;
  options.limit = 4;
  const Findings findings = validate(chain, options);
  EXPECT_EQ(findings.kept().size(), 4U);
  EXPECT_EQ(findings.count(FindingLevel::warning), 30U) << "each has no credit code";
}

TEST(Validate, StopsWhenCancelled) {
  CancelToken token;
  token.cancel();
  EXPECT_THROW(static_cast<void>(validate(chain_of({{"a"}}), {}, Control{nullptr, &token, {}})), Error);
}

}  // namespace
}  // namespace chainqual
