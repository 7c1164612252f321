#include "chainqual/impact/shock.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace shock_test {
namespace {

using namespace chainqual;

Enterprise enterprise(const std::string& id, Stage stage, std::vector<std::string> segments) {
  Enterprise made;
  made.id = id;
  made.stage = stage;
  made.segments = std::move(segments);
  return made;
}

/// a, b at home in "cells"; c at home in "packs", works in "cells" too; d in the last stage without a segment.
Chain small_chain() {
  Chain chain;
  chain.add_segment({"cells", "电芯", "cells", Stage::upstream, "", {}, false, ""});
  chain.add_segment({"packs", "电池包", "packs", Stage::midstream, "", {}, false, ""});
  chain.add_enterprise(enterprise("a", Stage::upstream, {"cells"}));
  chain.add_enterprise(enterprise("b", Stage::upstream, {"cells"}));
  chain.add_enterprise(enterprise("c", Stage::midstream, {"packs", "cells"}));
  chain.add_enterprise(enterprise("d", Stage::downstream, {}));
  return chain;
}

Problem problem_at(std::vector<std::string> enterprises, std::vector<std::string> segments = {}) {
  Problem problem;
  problem.number = "P1";
  problem.enterprises = std::move(enterprises);
  problem.segments = std::move(segments);
  return problem;
}

template <class Call>
ErrorCode code_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    EXPECT_FALSE(error.message().en.empty());
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(Shock, MagnitudeRunsFromZeroAtTotalOneToOneAtTotalFive) {
  EXPECT_EQ(shock_magnitude(1), 0.0);
  EXPECT_EQ(shock_magnitude(3), 0.5);
  EXPECT_EQ(shock_magnitude(5), 1.0);
  ShockOptions options;
  options.lowest_total = 2;
  options.highest_total = 4;
  EXPECT_EQ(shock_magnitude(1, options), 0.0) << "held within 0 and 1";
  EXPECT_EQ(shock_magnitude(3, options), 0.5);
  EXPECT_EQ(shock_magnitude(5, options), 1.0);
}

TEST(Shock, RejectsTotalsAndOptionsOutOfTheirDomain) {
  EXPECT_EQ(code_of([] { static_cast<void>(shock_magnitude(std::nan(""))); }), ErrorCode::invalid_value);
  ShockOptions swapped;
  swapped.lowest_total = 5;
  swapped.highest_total = 5;
  EXPECT_EQ(code_of([&] { static_cast<void>(shock_magnitude(3, swapped)); }), ErrorCode::invalid_argument);
  ShockOptions ungraded;
  ungraded.ungraded = 1.5;
  EXPECT_EQ(code_of([&] { check(ungraded); }), ErrorCode::invalid_argument);
}

TEST(Shock, SitsAtNamedEnterprisesOnceEach) {
  const Chain chain = small_chain();
  const auto placed = locate(chain, problem_at({"c", "a", "c"}, {"cells"}), 0.4);
  const std::vector<PlacedShock> wanted{{EnterpriseId{0}, 0.4}, {EnterpriseId{2}, 0.4}};
  EXPECT_EQ(placed, wanted);
}

TEST(Shock, SitsAtEveryEnterpriseOfItsSegmentsOrOnlyAtThoseAtHomeThere) {
  const Chain chain = small_chain();
  const Problem problem = problem_at({}, {"cells"});
  EXPECT_EQ(locate(chain, problem, 0.4).size(), 3U);
  ShockOptions home;
  home.home_segment_only = true;
  const std::vector<PlacedShock> wanted{{EnterpriseId{0}, 0.4}, {EnterpriseId{1}, 0.4}};
  EXPECT_EQ(locate(chain, problem, 0.4, home), wanted);
}

TEST(Shock, SitsInTheWholeStageWithoutASegment) {
  Problem problem = problem_at({});
  problem.stage = Stage::upstream;
  EXPECT_EQ(locate(small_chain(), problem, 0.4).size(), 2U);
  problem.stage = Stage::downstream;
  const std::vector<PlacedShock> wanted{{EnterpriseId{3}, 0.4}};
  EXPECT_EQ(locate(small_chain(), problem, 0.4), wanted);
}

TEST(Shock, ByWeightSharesTheMagnitudeInProportion) {
  Chain chain = small_chain();
  Enterprise heavy = chain.enterprise(EnterpriseId{0});
  heavy.weight = 3;
  chain.replace_enterprise(EnterpriseId{0}, heavy);
  Link link;
  link.value = 1;
  chain.add_link("b", "c", link);  // b has no weight of its own: what it supplies counts
  ShockOptions options;
  options.segment = SegmentShock::by_weight;
  options.home_segment_only = true;
  const auto placed = locate(chain, problem_at({}, {"cells"}), 0.4, options);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_NEAR(placed[0].magnitude, 0.3, 1e-15);
  EXPECT_NEAR(placed[1].magnitude, 0.1, 1e-15);
}

TEST(Shock, ByWeightIsEqualWhereNothingWeighs) {
  ShockOptions options;
  options.segment = SegmentShock::by_weight;
  const auto placed = locate(small_chain(), problem_at({}, {"packs"}), 0.5, options);
  ASSERT_EQ(placed.size(), 1U);
  EXPECT_EQ(placed[0].magnitude, 0.5);
}

TEST(Shock, UnknownNamesAreErrorsThatSayWhichAndOfWhichProblem) {
  try {
    static_cast<void>(locate(small_chain(), problem_at({"nobody"}), 0.4));
    FAIL() << "accepted an unknown enterprise";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unknown_reference);
    EXPECT_EQ(error.message().en,
              "problem P1 names the enterprise \"nobody\", which the chain does not hold. Correct the id, or add the "
              "enterprise first.");
    EXPECT_NE(error.message().zh.find("“nobody”"), std::string::npos);
  }
  EXPECT_EQ(code_of([] { static_cast<void>(locate(small_chain(), problem_at({}, {"none"}), 0.4)); }),
            ErrorCode::unknown_reference);
  EXPECT_EQ(code_of([] { static_cast<void>(locate(small_chain(), problem_at({"a"}), -0.1)); }),
            ErrorCode::invalid_value);
}

TEST(Shock, SegmentWithoutEnterprisesIsNowhere) {
  Chain chain = small_chain();
  chain.add_segment({"empty", "空", "", Stage::upstream, "", {}, false, ""});
  EXPECT_TRUE(locate(chain, problem_at({}, {"empty"}), 0.4).empty());
}

TEST(Shock, SeveralProblemsCombineAsIndependentObstacles) {
  const std::vector<PlacedShock> shocks{{EnterpriseId{1}, 0.5}, {EnterpriseId{1}, 0.5}, {EnterpriseId{2}, 0.3}};
  const auto shock = combine_shocks(4, shocks);
  const std::vector<double> wanted{0, 0.75, 0.3, 0};
  EXPECT_EQ(shock, wanted);
}

TEST(Shock, OneStandstillIsAStandstillAndTinyShocksAreNotLost) {
  const std::vector<PlacedShock> full{{EnterpriseId{0}, 0.2}, {EnterpriseId{0}, 1.0}, {EnterpriseId{0}, 0.7}};
  EXPECT_EQ(combine_shocks(1, full), std::vector<double>{1.0});
  const std::vector<PlacedShock> tiny{{EnterpriseId{0}, 1e-20}};
  EXPECT_EQ(combine_shocks(1, tiny), std::vector<double>{1e-20});
}

TEST(Shock, CombiningRejectsUnknownEnterprisesAndMagnitudesOutsideZeroToOne) {
  const std::vector<PlacedShock> beyond{{EnterpriseId{4}, 0.5}};
  EXPECT_EQ(code_of([&] { static_cast<void>(combine_shocks(4, beyond)); }), ErrorCode::out_of_range);
  for (const double wrong : {-0.1, 1.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    const std::vector<PlacedShock> shocks{{EnterpriseId{0}, wrong}};
    EXPECT_EQ(code_of([&] { static_cast<void>(combine_shocks(1, shocks)); }), ErrorCode::invalid_value);
  }
}

}  // namespace
}  // namespace shock_test
