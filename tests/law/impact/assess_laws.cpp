// Laws of assessments, on seeded random dossiers.

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "chainqual/impact/assess.hpp"

namespace {

using namespace chainqual;

/// Segments in three stages; enterprises that list one to three of them; links, cycles and self-supply among them;
/// problems at enterprises, segments and stages, some of them without a grade.
Dossier random_dossier(std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit(0, 1);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  Dossier dossier;
  const std::size_t segments = 1 + below(6);
  for (std::size_t s = 0; s < segments; ++s) {
    Segment made;
    made.id = made.name = "s" + std::to_string(s);
    made.stage = static_cast<Stage>(below(3));
    made.final_product = unit(random) < 0.2;
    dossier.chain.add_segment(made);
  }
  const std::size_t enterprises = 1 + below(25);
  for (std::size_t v = 0; v < enterprises; ++v) {
    Enterprise made;
    made.id = made.name = "e" + std::to_string(v);
    made.stage = static_cast<Stage>(below(3));
    for (std::size_t k = below(4); k > 0; --k) made.segments.push_back("s" + std::to_string(below(segments)));
    if (unit(random) < 0.5) made.products.push_back("p" + std::to_string(below(5)));
    dossier.chain.add_enterprise(made);
  }
  const double density = 0.3 * unit(random);
  for (std::size_t a = 0; a < enterprises; ++a) {
    for (std::size_t b = 0; b < enterprises; ++b) {
      if (unit(random) >= density) continue;
      Link link;
      if (unit(random) < 0.8) link.value = unit(random);
      if (unit(random) < 0.4) link.dependency = unit(random);
      if (unit(random) < 0.4) link.escape = unit(random);
      dossier.chain.add_link("e" + std::to_string(a), "e" + std::to_string(b), link);
    }
  }
  for (std::size_t k = below(45); k > 0; --k) {
    Problem made;
    made.number = "P" + std::to_string(k);
    made.stage = static_cast<Stage>(below(3));
    made.declared = static_cast<Grade>(below(4));
    if (unit(random) < 0.5) made.segments.push_back("s" + std::to_string(below(segments)));
    if (unit(random) < 0.4) made.enterprises.push_back("e" + std::to_string(below(enterprises)));
    dossier.problems.push_back(made);
  }
  return dossier;
}

double at_once(const EnterpriseRow& row, LossKind measure) {
  return GroupLoss{row.downstream, row.upstream, row.combined}.of(measure);
}

constexpr LossKind kinds[] = {LossKind::downstream, LossKind::upstream, LossKind::combined};

/// The definition word for word: each problem in a dossier of its own, its losses averaged in the dossier's order.
TEST(AssessLaw, MeanLossIsTheAverageOverAssessmentsOfOneProblem) {
  std::size_t compared = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    const Dossier dossier = random_dossier(random);
    AssessOptions options;
    options.measure = kinds[seed % 3];
    const AssessReport report = assess(dossier, options);
    std::vector<double> mean(report.enterprises, 0.0);
    std::size_t shocking = 0;
    for (const Problem& problem : dossier.problems) {
      Dossier one = dossier;
      one.problems = {problem};
      const AssessReport alone = assess(one, options);
      if (!alone.problems[0].shocks) continue;
      ++shocking;
      for (std::size_t v = 0; v < mean.size(); ++v) mean[v] += at_once(alone.enterprise_rows[v], options.measure);
    }
    for (std::size_t v = 0; v < mean.size(); ++v) {
      const double expected = shocking == 0 ? 0 : mean[v] / static_cast<double>(shocking);
      EXPECT_EQ(report.enterprise_rows[v].mean_loss, expected) << "seed " << seed;
      compared += expected > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 300U);
}

/// More shock, more loss: so the loss under all problems at once is no smaller than any problem's, nor than their mean.
TEST(AssessLaw, MeanLossIsAtMostTheLossOfAllProblemsAtOnce) {
  std::size_t below = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937_64 random(seed);
    AssessOptions options;
    options.measure = kinds[seed % 3];
    const AssessReport report = assess(random_dossier(random), options);
    for (const EnterpriseRow& row : report.enterprise_rows) {
      EXPECT_GE(row.mean_loss, 0) << "seed " << seed;
      EXPECT_LE(row.mean_loss, at_once(row, options.measure) + 1e-9) << "seed " << seed;
      below += row.mean_loss < at_once(row, options.measure) ? 1 : 0;
    }
    for (const auto* groups : {&report.segments, &report.products, &report.stages}) {
      for (const GroupRow& row : *groups) {
        EXPECT_LE(row.mean_loss, row.loss.of(options.measure) + 1e-9) << "seed " << seed << " " << row.key;
      }
    }
  }
  EXPECT_GT(below, 500U);
}

TEST(AssessLaw, RanksDescendByMeanLossThenLossThenWeight) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937_64 random(seed);
    const AssessReport report = assess(random_dossier(random));
    const auto figures = [&](std::size_t k) {
      const EnterpriseRow& row = report.enterprise_rows[report.enterprise_ranking[k].index()];
      EXPECT_EQ(row.rank, k + 1);
      return std::vector<double>{row.mean_loss, row.downstream, row.weight};
    };
    for (std::size_t k = 1; k < report.enterprise_ranking.size(); ++k) {
      EXPECT_GE(figures(k - 1), figures(k)) << "seed " << seed;
    }
    for (const GroupRow& a : report.segments) {
      for (const GroupRow& b : report.segments) {
        const std::vector<double> first{a.mean_loss, a.loss.downstream, a.weight};
        const std::vector<double> second{b.mean_loss, b.loss.downstream, b.weight};
        if (first > second) {
          EXPECT_LT(a.rank, b.rank) << "seed " << seed << " " << a.key << " " << b.key;
        }
      }
    }
  }
}

}  // namespace
