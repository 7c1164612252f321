// What a reader sees of the shipped chains: the table of criticality, and why an enterprise loses what it loses.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

const std::vector<std::string> chains{"connected_vehicle", "advanced_computing"};

/// First two cells of every row of a table of the chain, without its headings.
std::set<std::pair<std::string, std::string>> first_columns(const std::string& chain, const std::string& table) {
  std::istringstream lines(bytes_of(dataset(chain) + "/" + table));
  std::set<std::pair<std::string, std::string>> rows;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto first = line.find(',');
    rows.emplace(line.substr(0, first), line.substr(first + 1, line.find(',', first + 1) - first - 1));
  }
  return rows;
}

nlohmann::json answer_of(const std::vector<std::string>& words) {
  const Workspace workspace;
  const Outcome run = Program(workspace)(words);
  EXPECT_EQ(run.code, 0) << run.err;
  return run.json();
}

TEST(ShippedCriticality, HasEveryColumnNamesForIdsAndAWordForEachHeading) {
  const Workspace workspace;
  for (const std::string& chain : chains) {
    SCOPED_TRACE(chain);
    std::string table = Program(workspace)({"criticality", dataset(chain), "--lang", "en"}).out;
    for (auto end = table.find("\n  "); end != std::string::npos; end = table.find("\n  ", end))
      table.replace(end, 3, " ");
    for (const char* heading : {"enterprise", "stage", "systemic risk", "down", "up", "importance", "betweenness",
                                "cuts off", "sole source", "joint", "concentration", "differ"}) {
      EXPECT_TRUE(holds(table, heading)) << heading;
    }
    for (const char* explained : {"systemic risk: ", "importance: ", "betweenness: ", "cuts off: ", "sole source: ",
                                  "joint: ", "concentration: ", "inputs: "}) {
      EXPECT_TRUE(holds(table, explained)) << explained;
    }
    const auto first = answer_of({"criticality", dataset(chain), "--json", "--lang", "en"})["ranking"][0];
    EXPECT_TRUE(holds(table, first["name"].get<std::string>())) << table;
    EXPECT_FALSE(holds(table, " " + first["enterprise"].get<std::string>() + " ")) << "an id is no name";
  }
}

TEST(ShippedCriticality, FiguresAgreeWithEachOtherAndWithSystemicRisk) {
  for (const std::string& chain : chains) {
    SCOPED_TRACE(chain);
    const auto ranking = answer_of({"criticality", dataset(chain), "--json", "--top", "0"})["ranking"];
    const auto risks = answer_of({"systemic-risk", dataset(chain), "--json", "--top", "0"})["ranking"];
    std::map<std::string, nlohmann::json> risk;
    for (const auto& row : risks) risk[row["enterprise"].get<std::string>()] = row;
    ASSERT_EQ(ranking.size(), risk.size());
    ASSERT_EQ(ranking.size(), first_columns(chain, "enterprises.csv").size());
    double before = 1;
    std::size_t differ = 0;
    for (std::size_t k = 0; k < ranking.size(); ++k) {
      const auto& row = ranking[k];
      const double both = row["systemic_risk"];
      const nlohmann::json& own = risk.at(row["enterprise"].get<std::string>());
      EXPECT_EQ(both, own["index"].get<double>());
      EXPECT_LE(both, before) << "highest first";
      EXPECT_GE(both, std::max(own["downstream"].get<double>(), own["upstream"].get<double>()));
      EXPECT_LE(both, own["downstream"].get<double>() + own["upstream"].get<double>() + 1e-12);
      before = both;
      differ += row["disagree"].get<bool>() ? 1U : 0U;
    }
    EXPECT_LT(differ, ranking.size() / 4) << "a flag on everybody tells nothing";
  }
}

/// The sentence tells the strongest path by names, each step of which is a link; parts sum to the whole.
void expect_followed(const std::string& chain, const std::string& enterprise, const std::string& model,
                     const std::vector<std::string>& at = {}) {
  const auto links = first_columns(chain, "links.csv");
  std::vector<std::string> words{"why", dataset(chain), enterprise, "--model", model, "--json", "--top", "0"};
  for (const std::string& shock : at) words.insert(words.end(), {"--at", shock});
  const auto found = answer_of(words);
  const double loss = found["loss"];
  EXPECT_GT(loss, 0);
  double parts = 0;
  double shares = 0;
  double last = 1;
  for (const auto& source : found["sources"]) {
    parts += source["loss"].get<double>();
    shares += source["share"].get<double>();
    EXPECT_LE(source["share"].get<double>(), last) << "largest first";
    last = source["share"];
    EXPECT_NE(source["name"], source["enterprise"]);
  }
  EXPECT_NEAR(parts, loss, 1e-9);
  EXPECT_NEAR(shares, 1, 1e-9);
  std::map<std::string, std::string> names;
  for (const std::string language : {"en", "zh"}) {
    const auto rows = answer_of({"systemic-risk", dataset(chain), "--json", "--top", "0", "--lang", language});
    for (const auto& row : rows["ranking"]) names[language + row["enterprise"].get<std::string>()] = row["name"];
    const std::string sentence = found["sentence"][language];
    EXPECT_TRUE(holds(sentence, names[language + found["enterprise"].get<std::string>()])) << sentence;
    EXPECT_FALSE(holds(sentence, found["enterprise"].get<std::string>() + " ")) << sentence;
    std::string told;
    for (const auto& id : found["paths"][0]["enterprises"])
      told += (told.empty() ? "" : " → ") + names[language + id.get<std::string>()];
    EXPECT_TRUE(holds(sentence, told)) << told << "\n" << sentence;
  }
  for (const auto& path : found["paths"]) {
    const auto& ids = path["enterprises"];
    if (!at.empty()) {
      ASSERT_GE(ids.size(), 2U) << "it is not struck itself";
    }
    EXPECT_EQ(ids.back(), found["enterprise"]);
    for (std::size_t k = 1; k < ids.size(); ++k)
      EXPECT_TRUE(links.count({ids[k - 1].get<std::string>(), ids[k].get<std::string>()})) << ids;
  }
}

TEST(ShippedWhy, ASentenceNamesAPathOfTheChainAndItsPartsSumToTheWhole) {
  for (const std::string model : {"linear", "cascade", "distress"}) {
    SCOPED_TRACE(model);
    expect_followed("connected_vehicle", "gwm", model);
    expect_followed("advanced_computing", "sugon", model);
    expect_followed("connected_vehicle", "gwm", model, {"nxp=1"});
  }
}

}  // namespace
}  // namespace chainqual::testing
