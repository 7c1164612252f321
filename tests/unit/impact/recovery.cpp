#include "chainqual/impact/recovery.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace {

using chainqual::check_disruptions;
using chainqual::Disruption;
using chainqual::DisruptionPlan;
using chainqual::EnterpriseId;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::loss_on;
using chainqual::Recovery;
using chainqual::RecoveryKind;
using chainqual::share_left;

Disruption disruption(std::uint32_t enterprise, double magnitude, std::uint32_t start, std::uint32_t duration,
                      Recovery recovery = {}) {
  return {EnterpriseId{enterprise}, magnitude, start, duration, std::move(recovery)};
}

template <class Call>
void expect_error(ErrorCode code, const std::string& in_english, const std::string& in_chinese, Call&& call) {
  try {
    call();
    ADD_FAILURE() << "no error, where " << in_english << " was expected";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_NE(error.message().en.find(in_english), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().zh.find(in_chinese), std::string::npos) << error.message().zh;
  }
}

TEST(Recovery, StepIsWholeOnTheFirstDayAfter) {
  const Recovery step;
  EXPECT_EQ(share_left(step, 0), 1.0);
  EXPECT_EQ(share_left(step, 1), 0.0);
}

TEST(Recovery, LinearLosesEqualPartsAndIsWholeOnItsLastDay) {
  const Recovery linear{RecoveryKind::linear, 4, {}};
  EXPECT_EQ(share_left(linear, 0), 1.0);
  EXPECT_EQ(share_left(linear, 1), 0.75);
  EXPECT_EQ(share_left(linear, 3), 0.25);
  EXPECT_EQ(share_left(linear, 4), 0.0);
  EXPECT_EQ(share_left(linear, 5), 0.0);
}

TEST(Recovery, ExponentialLeavesAHundredthAfterItsDaysAndHalfAfterTheHalfLife) {
  const Recovery exponential{RecoveryKind::exponential, 10, {}};
  EXPECT_NEAR(share_left(exponential, 10), 0.01, 1e-15);
  EXPECT_NEAR(share_left(exponential, 5), 0.1, 1e-15);
  const Recovery half = chainqual::exponential_with_half_life(3);
  EXPECT_NEAR(share_left(half, 3), 0.5, 1e-15);
  EXPECT_NEAR(share_left(half, 6), 0.25, 1e-15);
}

TEST(Recovery, SCurveIsSlowFastSlow) {
  const Recovery s{RecoveryKind::s_curve, 4, {}};
  EXPECT_EQ(share_left(s, 2), 0.5);
  EXPECT_EQ(share_left(s, 1), 0.84375);  // 1 − (1/16) · 2.5
  EXPECT_EQ(share_left(s, 3), 0.15625);
  EXPECT_EQ(share_left(s, 4), 0.0);
}

TEST(Recovery, TableIsReadDayByDayAndEndsInWholeness) {
  const Recovery table{RecoveryKind::table, 0, {0.9, 0.95, 0.2}};
  EXPECT_EQ(share_left(table, 0), 1.0);
  EXPECT_EQ(share_left(table, 1), 0.9);
  EXPECT_EQ(share_left(table, 2), 0.95);  // a table may relapse
  EXPECT_EQ(share_left(table, 3), 0.2);
  EXPECT_EQ(share_left(table, 4), 0.0);
}

TEST(Recovery, EveryCurveFallsFromOneAndStaysAShare) {
  for (const auto kind : {RecoveryKind::step, RecoveryKind::linear, RecoveryKind::exponential, RecoveryKind::s_curve}) {
    for (const double days : {0.3, 1.0, 7.5, 400.0}) {
      const Recovery recovery{kind, days, {}};
      double before = share_left(recovery, 0);
      EXPECT_EQ(before, 1.0);
      for (std::uint64_t k = 1; k < 900; ++k) {
        const double now = share_left(recovery, k);
        EXPECT_GE(now, 0.0);
        EXPECT_LE(now, before) << key_of(kind) << " day " << k;
        before = now;
      }
      EXPECT_LT(before, 0.01);
    }
  }
}

TEST(Disruption, LastsItsDaysInFullAndThenHeals) {
  const auto d = disruption(0, 0.8, 3, 2, {RecoveryKind::linear, 2, {}});
  EXPECT_EQ(loss_on(d, 0), 0.0);
  EXPECT_EQ(loss_on(d, 2), 0.0);
  EXPECT_EQ(loss_on(d, 3), 0.8);
  EXPECT_EQ(loss_on(d, 4), 0.8);
  EXPECT_EQ(loss_on(d, 5), 0.4);
  EXPECT_EQ(loss_on(d, 6), 0.0);
}

TEST(Disruption, PermanentOneNeverHeals) {
  const auto d = disruption(0, 0.5, 1, Disruption::permanent, {RecoveryKind::linear, 2, {}});
  EXPECT_EQ(loss_on(d, 0), 0.0);
  EXPECT_EQ(loss_on(d, std::numeric_limits<std::uint32_t>::max()), 0.5);
}

TEST(Disruption, LateStartsDoNotOverflow) {
  const std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
  EXPECT_EQ(loss_on(disruption(0, 1, last - 1, last - 1), last), 1.0);
  EXPECT_EQ(loss_on(disruption(0, 1, last, 1), last), 1.0);
}

TEST(DisruptionPlan, SeveralOfOneEnterpriseLetTheProductOfTheirSharesPass) {
  const std::vector<Disruption> list{disruption(2, 0.5, 0, 2), disruption(0, 0.25, 1, 1), disruption(2, 0.5, 1, 2),
                                     disruption(2, 0.3, 2, 1)};
  const DisruptionPlan plan(list, 3);
  ASSERT_EQ(plan.enterprises().size(), 2U);
  EXPECT_EQ(plan.enterprises()[0], 0U);
  EXPECT_EQ(plan.enterprises()[1], 2U);
  EXPECT_EQ(plan.loss(0, 0), 0.0);
  EXPECT_EQ(plan.loss(0, 1), 0.25);
  EXPECT_EQ(plan.loss(1, 0), 0.5);
  EXPECT_EQ(plan.loss(1, 1), 0.75);
  EXPECT_DOUBLE_EQ(plan.loss(1, 2), 0.65);
  EXPECT_EQ(plan.loss(1, 3), 0.0);
  EXPECT_EQ(plan.first_day(), 0U);
}

TEST(DisruptionPlan, OneFeltAloneKeepsItsMagnitudeExactly) {
  const std::vector<Disruption> list{disruption(0, 0.1, 0, 1), disruption(0, 0.3, 5, 1)};
  const DisruptionPlan plan(list, 1);
  EXPECT_EQ(plan.loss(0, 0), 0.1);
  EXPECT_EQ(plan.loss(0, 5), 0.3);
}

TEST(DisruptionPlan, FirstDayIsThatOfTheFirstLoss) {
  const std::vector<Disruption> list{disruption(0, 0.0, 1, 1), disruption(1, 0.3, 7, 1), disruption(0, 0.2, 4, 1)};
  EXPECT_EQ(DisruptionPlan(list, 2).first_day(), 4U);
  EXPECT_EQ(DisruptionPlan({}, 2).first_day(), Disruption::permanent);
}

TEST(CheckDisruptions, NamesTheFirstOneThatMeansNothing) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  const auto refuse = [](ErrorCode code, const Disruption& bad, const std::string& en, const std::string& zh) {
    const std::vector<Disruption> list{disruption(0, 0.5, 0, 1), bad};
    expect_error(code, "disruption 2" + en, "第 2 条扰动" + zh, [&] { check_disruptions(list, 3); });
  };
  refuse(ErrorCode::out_of_range, disruption(3, 0.5, 0, 1), " is of enterprise 4", "针对企业 4");
  refuse(ErrorCode::out_of_range, Disruption{}, " is of enterprise", "针对企业");
  for (const double magnitude : {-0.1, 1.1, nan, infinite}) {
    refuse(ErrorCode::invalid_value, disruption(0, magnitude, 0, 1), ": magnitude", "的程度为");
  }
  refuse(ErrorCode::invalid_value, disruption(0, 1, 0, 0), " lasts 0 days", "的持续天数为 0");
  for (const double days : {0.0, -1.0, nan, infinite}) {
    refuse(ErrorCode::invalid_value, disruption(0, 1, 0, 1, {RecoveryKind::s_curve, days, {}}), " recovers in",
           "的恢复天数为");
  }
  refuse(ErrorCode::invalid_value, disruption(0, 1, 0, 1, {RecoveryKind::table, 1, {}}), " recovers by a table",
         "选择逐日给定恢复");
  refuse(ErrorCode::invalid_value, disruption(0, 1, 0, 1, {RecoveryKind::table, 1, {0.5, 1.5}}), ": day 2",
         "的恢复表第 2 天");
  EXPECT_NO_THROW(check_disruptions(std::vector{disruption(0, 1, 0, 1, {RecoveryKind::step, nan, {}})}, 1));
}

TEST(RecoveryKind, NamesAreFoundBothWays) {
  for (const auto& row : chainqual::Names<RecoveryKind>::table) {
    EXPECT_EQ(chainqual::value_named<RecoveryKind>(row.key), row.value);
    EXPECT_EQ(chainqual::value_named<RecoveryKind>(row.zh), row.value);
  }
}

}  // namespace
