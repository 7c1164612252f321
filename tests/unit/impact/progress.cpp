// Long work says how far it is: shares that never fall, something before the end, and 1 at the end.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/criticality.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/mitigation.hpp"
#include "unit/impact/dossiers.hpp"
#include "unit/impact/measures.hpp"

namespace {

using namespace chainqual;

/// What the work tells. The first report of a phase is never throttled, so that short work tells something too.
std::vector<double> told(const std::function<void(const Control&)>& work) {
  std::vector<double> shares;
  Control control;
  control.progress = [&](double share) { shares.push_back(share); };
  work(control);
  return shares;
}

void expect_rises(const std::vector<double>& shares) {
  ASSERT_GE(shares.size(), 2U);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_GE(shares.front(), 0.0);
  EXPECT_LT(shares.front(), 1.0);
  EXPECT_EQ(shares.back(), 1.0);
}

class Progresses : public ::testing::Test {
 protected:
  Progresses() {
    GenerateOptions options;
    options.enterprises = 300;
    options.cyclic_share = 0.2;
    net = generate_network(options);
    shock.assign(net.enterprises(), 0.0);
    shock[0] = shock[7] = 0.5;
  }

  Network net;
  std::vector<double> shock;
};

TEST_F(Progresses, OfLinear) {
  expect_rises(told([&](const Control& control) { static_cast<void>(linear(net, shock, {}, control)); }));
}

TEST_F(Progresses, OfCascade) {
  expect_rises(told([&](const Control& control) { static_cast<void>(cascade(net, shock, {}, control)); }));
}

TEST_F(Progresses, OfDistress) {
  expect_rises(told([&](const Control& control) { static_cast<void>(distress(net, shock, {}, control)); }));
}

TEST_F(Progresses, OfCriticality) {
  expect_rises(told([&](const Control& control) { static_cast<void>(criticality(net, {}, control)); }));
}

TEST_F(Progresses, OfWhy) {
  expect_rises(
      told([&](const Control& control) { static_cast<void>(why(net, shock, EnterpriseId{9}, {}, {}, control)); }));
}

TEST(ProgressOfRegisters, OfAssessAndMitigate) {
  Dossier dossier = dossiers::battery();
  dossier.problems = {dossiers::problem("P1", {"c1"}, Grade::critical),
                      dossiers::problem("P2", {"c2"}, Grade::general)};
  expect_rises(told([&](const Control& control) { static_cast<void>(assess(dossier, {}, control)); }));
  const std::vector<Measure> measures{impact_test::alternate("p1", "c1", "c2", 1.0 / 3, 5),
                                      impact_test::solving({"P1"}, 0.5, 3)};
  MitigationOptions options;
  options.budget = 9;
  expect_rises(
      told([&](const Control& control) { static_cast<void>(mitigate(dossier, measures, {}, options, control)); }));
}

}  // namespace
