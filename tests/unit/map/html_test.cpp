// The interactive map: its data are what the header says, and nothing in them can become markup or script.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "chainqual/map/html.hpp"
#include "unit/datasets/shipped.hpp"
#include "unit/map/map_cases.hpp"
#include "unit/map/map_json_check.hpp"

namespace chainqual {
namespace {

using Json = nlohmann::json;

Json parsed(const Dossier& dossier, const AssessReport* report, const HtmlOptions& options = {}) {
  return Json::parse(map_json(dossier, report, options));
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class ShippedPage : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedPage, DataAreWhatTheHeaderSays) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  const AssessReport report = map_cases::assessed(dossier);
  for (const AssessReport* given : {static_cast<const AssessReport*>(nullptr), &report}) {
    const Json doc = parsed(dossier, given);
    EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
    EXPECT_EQ(doc["enterprises"].size(), dossier.chain.enterprises());
    EXPECT_EQ(doc["links"].size(), dossier.chain.links());
    EXPECT_EQ(doc["problems"].size(), dossier.problems.size());
    EXPECT_EQ(doc["projects"].size(), dossier.projects.size());
  }
}

TEST_P(ShippedPage, FiguresAreTheReportsOwn) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  const AssessReport report = map_cases::assessed(dossier);
  const Json doc = parsed(dossier, &report);
  std::size_t losing = 0;
  for (const auto& one : doc["enterprises"]) {
    const EnterpriseRow& row = report.enterprise_rows[dossier.chain.at(one["id"].get<std::string>()).index()];
    EXPECT_NEAR(one["loss"].get<double>(), row.mean_loss, 5e-7);
    EXPECT_NEAR(one["all"].get<double>(), row.downstream, 5e-7);
    EXPECT_EQ(one["rank"], row.rank);
    losing += row.downstream > 0 ? 1 : 0;
  }
  EXPECT_EQ(doc["why"].size(), losing);
  for (std::size_t k = 0; k < report.problems.size(); ++k) {
    const Json& one = doc["problems"][k];
    EXPECT_EQ(one["stars"], static_cast<int>(report.problems[k].grade));
    EXPECT_EQ(one["hit"].size(), report.problems[k].hit.size());
    EXPECT_NEAR(one["impact"]["whole_chain"].get<double>(), report.problems[k].impact.whole_chain.downstream, 5e-7);
  }
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedPage, ::testing::Values("advanced_computing", "connected_vehicle"),
                         [](const auto& each) { return std::string(each.param); });

TEST(Page, MadeAndEmptyChainsAreDescribedToo) {
  for (const std::uint32_t n : {0U, 1U, 40U, 400U}) {
    const Dossier dossier = map_cases::made_chain(n, n == 1 ? 0 : 7);
    const AssessReport report = map_cases::assessed(dossier);
    EXPECT_EQ(map_json_check::faults(parsed(dossier, &report)), std::vector<std::string>{}) << n;
    EXPECT_EQ(map_json_check::faults(parsed(dossier, nullptr)), std::vector<std::string>{}) << n;
  }
}

TEST(Page, WordsOfDataStandInBothLanguages) {
  Dossier dossier = map_cases::made_chain(6, 3);
  dossier.info.sources_en = {"The first source", "The second source"};
  Chain& chain = dossier.chain;
  Enterprise maker;
  maker.id = "maker";
  maker.products = {"产品甲"};
  maker.products_en = {"product one"};
  const EnterpriseId supplier = chain.add_enterprise(maker);
  chain.add_segment({"s9", "环节", "Segment", Stage::upstream, "某产业", {}, false, "", "some industry"});
  Link link;
  link.product = "独门产品";
  link.product_en = "a product of its own";
  chain.add_link(supplier, EnterpriseId{5}, link);
  const Json doc = parsed(dossier, nullptr);
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_EQ(doc["chain"]["sources_en"], Json(dossier.info.sources_en));
  EXPECT_EQ(doc["segments"][3]["industry_en"], "some industry");
  bool product = false;
  bool sole = false;
  for (const auto& one : doc["enterprises"]) {
    product = product || one["products_en"] == Json::array({"product one"});
    sole = sole || one["sole"] == Json::array({"独门产品"});
  }
  EXPECT_TRUE(product);
  EXPECT_TRUE(sole);
  ASSERT_EQ(doc["products_en"].size(), 1U) << doc["products_en"];
  EXPECT_EQ(doc["products_en"][0][0], "独门产品");
  EXPECT_EQ(doc["products_en"][0][1], "a product of its own");
}

TEST(Page, WithoutProblemsNobodyHasALossButAnImportance) {
  Dossier dossier = map_cases::made_chain(12, 3);
  dossier.problems.clear();
  dossier.projects.clear();
  const AssessReport report = map_cases::assessed(dossier);
  const Json doc = parsed(dossier, &report);
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_EQ(doc["chain"]["assessed"], false);
  for (const auto& one : doc["enterprises"]) {
    EXPECT_TRUE(one["loss"].is_null());
    EXPECT_TRUE(one["rank"].is_null());
    EXPECT_TRUE(one["importance"].is_number());
  }
  for (const auto& one : doc["segments"]) EXPECT_TRUE(one["loss"].is_null());
}

TEST(Page, NamesThatRunFromRightToLeftStandApartInSentences) {
  Dossier dossier = map_cases::made_chain(6, 2);
  const std::string turning = "\u202Egnp.exe";
  for (std::uint32_t i = 0; i < 6; ++i) {
    Enterprise enterprise = dossier.chain.enterprise(EnterpriseId{i});
    enterprise.name = turning;
    dossier.chain.replace_enterprise(EnterpriseId{i}, enterprise);
  }
  const AssessReport report = map_cases::assessed(dossier);
  const Json doc = parsed(dossier, &report);
  ASSERT_FALSE(doc["why"].empty());
  for (const auto& why : doc["why"]) {
    const auto sentence = why["sentence"]["zh"].get<std::string>();
    ASSERT_NE(sentence.find(turning), std::string::npos);
    EXPECT_EQ(occurrences(sentence, "\u2068" + turning + "\u2069"), occurrences(sentence, turning)) << sentence;
  }
}

TEST(Page, LimitsKeepTheHeaviestAndCountAll) {
  const Dossier dossier = map_cases::made_chain(400, 6);
  const AssessReport report = map_cases::assessed(dossier);
  HtmlOptions options;
  options.most_enterprises = 50;
  options.most_links = 20;
  options.most_hit = 10;
  const Json doc = parsed(dossier, &report, options);
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_EQ(doc["enterprises"].size(), 50U);
  EXPECT_LE(doc["links"].size(), 20U);
  EXPECT_EQ(doc["chain"]["enterprises"], 400);
  EXPECT_EQ(doc["chain"]["chosen_by"], "loss");
  // In each segment nobody who is left out loses more than one who is carried.
  std::map<std::uint32_t, double> least;
  std::set<std::string> carried;
  for (const auto& one : doc["enterprises"]) {
    const auto segment = one["segment"].get<std::uint32_t>();
    const double loss = one["loss"].get<double>();
    least[segment] = least.contains(segment) ? std::min(least[segment], loss) : loss;
    carried.insert(one["id"].get<std::string>());
  }
  EXPECT_EQ(least.size(), 6U);
  for (std::uint32_t i = 0; i < 400; ++i) {
    const EnterpriseId id{i};
    if (carried.contains(dossier.chain.enterprise(id).id)) continue;
    EXPECT_LE(report.enterprise_rows[i].mean_loss, least[dossier.chain.home_segment(id).value] + 1e-6);
  }
  for (const auto& one : doc["problems"]) EXPECT_LE(one["hit"].size(), 10U);
}

TEST(Page, HostileTextsStayText) {
  Dossier dossier = map_cases::made_chain(3, 2);
  const std::string hostile = "</script><script>alert(1)</script><!--\"'&\xE2\x80\xA8\xE2\x80\xA9\xF0\xA0\xAE\xB7";
  dossier.info.name = hostile;
  dossier.problems[0].name = hostile;
  Enterprise enterprise;
  enterprise.id = hostile;
  enterprise.name = hostile + "\x01\xFF";
  dossier.chain.add_enterprise(enterprise);
  const AssessReport report = map_cases::assessed(dossier);
  const std::string page = chain_html(dossier, &report);
  EXPECT_EQ(occurrences(page, "<script"), 2U);
  EXPECT_EQ(occurrences(page, "</script"), 2U);
  EXPECT_EQ(page.find("alert(1)</script"), std::string::npos);
  EXPECT_EQ(page.find("<!--"), std::string::npos);
  EXPECT_EQ(map_json(dossier, &report).find("\xE2\x80\xA8"), std::string::npos);
  EXPECT_EQ(parsed(dossier, &report)["problems"][0]["name"]["zh"], hostile);
  EXPECT_NE(page.find("<title>&lt;/script&gt;"), std::string::npos);
}

TEST(Page, SameInputSameBytes) {
  const Dossier dossier = map_cases::made_chain(60, 5);
  const AssessReport report = map_cases::assessed(dossier);
  EXPECT_EQ(chain_html(dossier, &report), chain_html(dossier, &report));
}

TEST(Page, ForbidsItselfEveryRequest) {
  const std::string page = chain_html(map_cases::made_chain(2, 1));
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find("script-src 'sha256-"), std::string::npos);
  EXPECT_EQ(page.find(" src="), std::string::npos);
  EXPECT_EQ(page.find("<link rel=\"stylesheet\""), std::string::npos);
}

TEST(Page, ReportOfAnotherChainIsRefused) {
  const AssessReport report = map_cases::assessed(map_cases::made_chain(5, 2));
  try {
    (void)map_json(map_cases::made_chain(6, 2), &report);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::shape_mismatch);
  }
}

TEST(Page, ExplanationsCanBeCancelled) {
  const Dossier dossier = map_cases::made_chain(40, 4);
  const AssessReport report = map_cases::assessed(dossier);
  CancelToken stopped;
  stopped.cancel();
  Control control;
  control.cancel = &stopped;
  EXPECT_THROW((void)map_json(dossier, &report, {}, control), Error);
}

}  // namespace
}  // namespace chainqual
