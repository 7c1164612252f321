// An explanation as JSON: what it says is what the explanation says, and any text comes back as it was.

#include "chainqual/io/why_json.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "chainqual/chain/network_of.hpp"
#include "chainqual/io/chain_folder.hpp"

namespace chainqual {
namespace {

Why explained() {
  Why why;
  why.enterprise = EnterpriseId{2};
  why.model = Model::contagion;
  why.along = Along::upstream;
  why.loss = 0.1;
  why.own = 1e-7;
  why.arrived = 100000;
  why.capped = true;
  why.holds = Holds::arrivals;
  why.binding.neighbour = EnterpriseId{1};
  why.binding.loss = 1.0 / 3;
  why.chance = WhyChance{1024, 0.95, 0.05, 0.15};
  why.rule = SplitRule::remove_one;
  why.sources = {{EnterpriseId{0}, 0.5, 0.07, 0.7, 0.06}, {EnterpriseId::none(), 0.25, 0.03, 0.3, 0.02}};
  why.paths = {{{EnterpriseId{0}, EnterpriseId{2}}, 0.2, 0.1}};
  why.notes = {{"注", "note"}};
  why.sentence = {"一句话", "one sentence"};
  return why;
}

TEST(WhyJson, SaysWhatTheExplanationSays) {
  const Why why = explained();
  const auto json = nlohmann::json::parse(why_json(why));
  EXPECT_EQ(json["format"], "chainqual-why");
  EXPECT_EQ(json["format_version"], 1);
  EXPECT_EQ(json["model"], "contagion");
  EXPECT_EQ(json["along"], "upstream");
  EXPECT_EQ(json["loss"].get<double>(), why.loss);
  EXPECT_EQ(json["own"].get<double>(), why.own);
  EXPECT_EQ(json["arrived"].get<double>(), why.arrived);
  EXPECT_EQ(json["capped"], true);
  EXPECT_EQ(json["holds"], "arrivals");
  EXPECT_EQ(json["rule"], "remove_one");
  EXPECT_EQ(json["binding"]["neighbour"]["id"], 1);
  EXPECT_EQ(json["binding"]["loss"].get<double>(), 1.0 / 3);
  EXPECT_TRUE(json["binding"]["segment"].is_null());
  EXPECT_TRUE(json["binding"]["sector"].is_null());
  EXPECT_EQ(json["chance"]["runs"], 1024);
  EXPECT_TRUE(json["worst"].is_null());
  ASSERT_EQ(json["sources"].size(), 2U);
  EXPECT_EQ(json["sources"][0]["enterprise"]["id"], 0);
  EXPECT_TRUE(json["sources"][1]["enterprise"].is_null());
  EXPECT_EQ(json["sources"][1]["difference"].get<double>(), 0.02);
  EXPECT_EQ(json["paths"][0]["enterprises"].size(), 2U);
  EXPECT_EQ(json["notes"][0]["zh"], "注");
  EXPECT_EQ(json["sentence"]["en"], "one sentence");
  EXPECT_TRUE(json["enterprise"]["key"].is_null());
  EXPECT_TRUE(json["enterprise"]["name"].is_null());
}

TEST(WhyJson, NumbersReadBackToTheSameBits) {
  Why why = explained();
  for (const double value : {0.0, -0.0, 1.0, 0.1, 1.0 / 3, 1e-5, 1e-4, 123456.75, 1e14, 1e15, 1e22, 5e-324, 1.7e308}) {
    why.loss = value;
    const auto json = nlohmann::json::parse(why_json(why));
    EXPECT_TRUE(json["loss"].is_number_float()) << value;
    EXPECT_EQ(json["loss"].get<double>(), value);
  }
  why.loss = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(nlohmann::json::parse(why_json(why))["loss"].is_null());
}

TEST(WhyJson, AnyTextComesBackAsItWas) {
  const std::string odd = "\"quoted\" \\ \b\f\n\r\t \x01\x1F\x7F 企业 \xF0\x9F\x8F\xAD /";
  WhyNames names;
  names.enterprise = [&](EnterpriseId, Language) { return odd; };
  const auto key = [](EnterpriseId id) { return "bad \xFF\xC3 " + std::to_string(id.value); };
  const auto json = nlohmann::json::parse(why_json(explained(), names, key));
  EXPECT_EQ(json["enterprise"]["name"]["zh"], odd);
  EXPECT_EQ(json["enterprise"]["key"], "bad \xEF\xBF\xBD\xEF\xBF\xBD 2");  // what is no UTF-8 is replaced
}

TEST(WhyJson, NamesOfAShippedChainStandInIt) {
  const ChainFile file = read_chain(CHAINQUAL_DATASETS "/advanced_computing");
  const Chain& chain = file.dossier.chain;
  std::vector<double> shock(chain.enterprises());
  shock[0] = 0.5;
  const Network net = network_of(chain);
  const Why found = why(net, shock, EnterpriseId{0}, {}, names_of_chain(chain));
  const auto json = nlohmann::json::parse(
      why_json(found, names_of_chain(chain), [&](EnterpriseId id) { return chain.enterprise(id).id; }));
  EXPECT_EQ(json["enterprise"]["key"], chain.enterprise(EnterpriseId{0}).id);
  EXPECT_EQ(json["enterprise"]["name"]["zh"], chain.enterprise(EnterpriseId{0}).name);
  EXPECT_EQ(json["sentence"]["zh"], found.sentence.zh);
}

}  // namespace
}  // namespace chainqual
