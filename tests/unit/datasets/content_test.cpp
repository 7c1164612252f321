// What must hold inside the shipped chains: references, grades, shares, texts in both languages.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "chainqual/chain/validate.hpp"
#include "chainqual/core/decimal.hpp"
#include "shipped.hpp"

namespace chainqual {
namespace {

class ShippedContent : public testing::TestWithParam<const char*> {
 protected:
  const ChainFile& file() const { return shipped::file(GetParam()); }
  const Dossier& dossier() const { return file().dossier; }
};

TEST_P(ShippedContent, ReadsStrictlyAndValidatesWithoutErrors) {
  EXPECT_FALSE(file().findings.has_errors());
  for (const auto& table : file().tables) EXPECT_EQ(table.loaded, table.read) << table.table;
  const Findings findings = validate(dossier().chain);
  for (const auto& finding : findings.kept()) {
    EXPECT_NE(finding.level, FindingLevel::error) << to_string(finding, Language::en);
  }
  EXPECT_FALSE(findings.has_errors());
}

TEST_P(ShippedContent, PanelGradesEqualDeclaredStars) {
  struct Sum {
    Rational impact, diffusion, urgency;
    std::int64_t experts = 0;
  };
  std::map<std::string, Sum> sums;
  for (const auto& row : dossier().scores) {
    EXPECT_EQ(row.basis, "illustrative");
    if (!row.impact) continue;
    Sum& sum = sums[row.problem];
    sum.impact = sum.impact + row.impact->to_rational();
    sum.diffusion = sum.diffusion + row.diffusion->to_rational();
    sum.urgency = sum.urgency + row.urgency->to_rational();
    ++sum.experts;
  }
  for (const auto& problem : dossier().problems) {
    const auto at = sums.find(problem.number);
    if (problem.declared == Grade::ungraded) {
      EXPECT_EQ(at, sums.end()) << problem.number << " has no stars and so no scores";
      continue;
    }
    ASSERT_NE(at, sums.end()) << problem.number;
    const Rational n{at->second.experts};
    const Score mean{at->second.impact / n, at->second.diffusion / n, at->second.urgency / n};
    for (const Rounding rounding : {Rounding::exact, Rounding::tenth}) {
      const SeverityModel model({}, {}, rounding);
      EXPECT_EQ(model.grade(mean).grade, problem.declared) << problem.number;
    }
  }
}

TEST_P(ShippedContent, PanelsDisagreeAndSomeScoresAreMissing) {
  std::map<std::string, std::set<std::string>> seen;
  int missing = 0;
  for (const auto& row : dossier().scores) {
    if (row.impact) {
      seen[row.problem].insert(row.impact->to_string() + " " + row.diffusion->to_string() + " " +
                               row.urgency->to_string());
    } else {
      ++missing;
    }
  }
  EXPECT_GT(missing, 0);
  for (const auto& [problem, triples] : seen) EXPECT_GT(triples.size(), 1u) << problem;
}

TEST_P(ShippedContent, AspectSharesSumToOne) {
  for (const auto& problem : dossier().problems) {
    Rational sum{0};
    for (const auto& share : problem.aspect_shares) {
      ASSERT_TRUE(share.has_value()) << problem.number;
      sum = sum + share->to_rational();
    }
    EXPECT_EQ(sum, Rational{1}) << problem.number;
  }
}

TEST_P(ShippedContent, InputDependenciesSumToAtMostOneAndLinksNeverRunBack) {
  const Chain& chain = dossier().chain;
  for (std::uint32_t j = 0; j < chain.enterprises(); ++j) {
    double sum = 0;
    const auto [first, last] = boost::in_edges(j, chain.graph());
    for (auto edge = first; edge != last; ++edge) {
      const Link& link = chain.link(*edge);
      ASSERT_TRUE(link.dependency && link.escape);
      EXPECT_FALSE(link.value.has_value()) << "no flows are invented";
      EXPECT_FALSE(link.source.empty());
      EXPECT_LE(chain.enterprise(chain.supplier(*edge)).stage, chain.enterprise(EnterpriseId{j}).stage);
      sum += *link.dependency;
    }
    EXPECT_LE(sum, 1.0) << chain.enterprise(EnterpriseId{j}).id;
  }
}

TEST_P(ShippedContent, BothKindsOfEvidenceOccur) {
  std::map<Evidence, int> kinds;
  const auto [first, last] = boost::edges(dossier().chain.graph());
  for (auto edge = first; edge != last; ++edge) ++kinds[dossier().chain.link(*edge).evidence];
  EXPECT_GT(kinds[Evidence::documented], 0);
  EXPECT_GT(kinds[Evidence::inferred], 0);
}

TEST_P(ShippedContent, EveryReferenceResolves) {
  const Dossier& d = dossier();
  std::set<std::string> problems, projects, names;
  for (const auto& problem : d.problems) EXPECT_TRUE(problems.insert(problem.number).second);
  for (const auto& project : d.projects) EXPECT_TRUE(projects.insert(project.number).second);
  for (std::uint32_t i = 0; i < d.chain.enterprises(); ++i) names.insert(d.chain.enterprise(EnterpriseId{i}).name);
  const auto known = [&](const std::vector<std::string>& numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [&](const auto& n) { return problems.count(n) == 1; });
  };
  for (const auto& problem : d.problems) {
    EXPECT_TRUE(known(problem.related)) << problem.number;
    for (const auto& id : problem.segments) {
      const auto segment = d.chain.find_segment(id);
      ASSERT_TRUE(segment) << id;
      EXPECT_EQ(d.chain.segment(*segment).stage, problem.stage) << problem.number;
    }
  }
  for (const auto& project : d.projects) {
    EXPECT_FALSE(project.problems.empty()) << project.number;
    EXPECT_TRUE(known(project.problems)) << project.number;
    EXPECT_TRUE(project.lead.empty() || names.count(project.lead) == 1) << project.lead;
    for (const auto& name : project.participants) EXPECT_EQ(names.count(name), 1u) << name;
  }
  for (const auto& tool : d.policy_tools) EXPECT_TRUE(known(tool.problems)) << tool.number;
  for (const auto& row : d.indicators) EXPECT_TRUE(row.project.empty() || projects.count(row.project) == 1);
  for (const auto& institution : d.chain.institutions()) {
    for (const auto& id : institution.segments) EXPECT_TRUE(d.chain.find_segment(id)) << id;
  }
}

TEST_P(ShippedContent, EveryRowSaysWhatItIsInBothLanguagesAndWhereItStands) {
  const Dossier& d = dossier();
  for (const auto& p : d.problems) {
    EXPECT_FALSE(p.name.empty() || p.name_en.empty() || p.description.empty() || p.description_en.empty() ||
                 p.source.empty() || p.scope.empty())
        << p.number;
  }
  for (const auto& p : d.projects) {
    EXPECT_FALSE(p.name.empty() || p.name_en.empty() || p.expected.empty() || p.expected_en.empty() ||
                 p.problem_text.empty() || p.problem_text_en.empty() || p.source.empty())
        << p.number;
  }
  for (const auto& t : d.policy_tools) {
    EXPECT_FALSE(t.need_en.empty() || t.measures_en.empty() || t.form_en.empty() || t.effect_en.empty() ||
                 t.need.empty() || t.measures.empty() || t.form.empty() || t.effect.empty() || t.source.empty())
        << t.number;
  }
  for (std::uint32_t i = 0; i < d.chain.enterprises(); ++i) {
    const auto& e = d.chain.enterprise(EnterpriseId{i});
    EXPECT_FALSE(e.name.empty() || e.name_en.empty() || e.source.empty() || e.segments.empty()) << e.id;
    EXPECT_TRUE(e.credit_code.empty()) << "the documents give none";
    EXPECT_EQ(d.chain.segment(d.chain.home_segment(EnterpriseId{i})).stage, e.stage) << e.id;
  }
  EXPECT_FALSE(d.info.note.empty() || d.info.note_en.empty() || d.info.sources.empty());
  EXPECT_EQ(d.info.home_region, "120000");
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedContent, testing::Values("advanced_computing", "connected_vehicle"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace chainqual
