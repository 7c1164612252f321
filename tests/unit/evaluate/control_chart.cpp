#include "chainqual/evaluate/control_chart.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace chainqual::testing::control_chart_test {
namespace {

TEST(ControlConstants, EqualThePublishedTable) {
  // d2, d3, c4, A2, A3, B3, B4, D3, D4 for n = 2 … 20 as printed in the ASTM manual's table of factors (STP 15D).
  const std::vector<std::array<double, 9>> table{{1.128, .853, .7979, 1.880, 2.659, 0, 3.267, 0, 3.267},
                                                 {1.693, .888, .8862, 1.023, 1.954, 0, 2.568, 0, 2.574},
                                                 {2.059, .880, .9213, .729, 1.628, 0, 2.266, 0, 2.282},
                                                 {2.326, .864, .9400, .577, 1.427, 0, 2.089, 0, 2.114},
                                                 {2.534, .848, .9515, .483, 1.287, .030, 1.970, 0, 2.004},
                                                 {2.704, .833, .9594, .419, 1.182, .118, 1.882, .076, 1.924},
                                                 {2.847, .820, .9650, .373, 1.099, .185, 1.815, .136, 1.864},
                                                 {2.970, .808, .9693, .337, 1.032, .239, 1.761, .184, 1.816},
                                                 {3.078, .797, .9727, .308, .975, .284, 1.716, .223, 1.777},
                                                 {3.173, .787, .9754, .285, .927, .321, 1.679, .256, 1.744},
                                                 {3.258, .778, .9776, .266, .886, .354, 1.646, .283, 1.717},
                                                 {3.336, .770, .9794, .249, .850, .382, 1.618, .307, 1.693},
                                                 {3.407, .763, .9810, .235, .817, .406, 1.594, .328, 1.672},
                                                 {3.472, .756, .9823, .223, .789, .428, 1.572, .347, 1.653},
                                                 {3.532, .750, .9835, .212, .763, .448, 1.552, .363, 1.637},
                                                 {3.588, .744, .9845, .203, .739, .466, 1.534, .378, 1.622},
                                                 {3.640, .739, .9854, .194, .718, .482, 1.518, .391, 1.608},
                                                 {3.689, .734, .9862, .187, .698, .497, 1.503, .403, 1.597},
                                                 {3.735, .729, .9869, .180, .680, .510, 1.490, .415, 1.585}};
  for (std::size_t k = 0; k < table.size(); ++k) {
    const ControlConstants c = control_constants(k + 2);
    // The printed limits of ranges were computed from rounded factors: a unit of their last digit.
    const std::array<double, 9> found{c.d2, c.d3, c.c4, c.a2, c.a3, c.b3, c.b4, c.d_lower, c.d_upper};
    for (std::size_t j = 0; j < found.size(); ++j) {
      EXPECT_NEAR(found[j], table[k][j], j == 2 ? 0.00006 : (j > 4 ? 0.0011 : 0.00055))
          << "n " << k + 2 << " factor " << j;
    }
  }
}

TEST(ControlConstants, ClosedFormsOfSmallSamples) {
  const double pi = std::numbers::pi;
  EXPECT_NEAR(control_constants(2).d2, 2 / std::sqrt(pi), 1e-12);
  EXPECT_NEAR(control_constants(2).d3, std::sqrt(2 - 4 / pi), 1e-12);
  EXPECT_NEAR(control_constants(3).d2, 3 / std::sqrt(pi), 1e-12);
  EXPECT_NEAR(control_constants(4).d2, 12 / std::sqrt(pi) * (std::atan(std::sqrt(2.0)) / pi), 1e-12);
  EXPECT_NEAR(deviation_bias(1001), std::sqrt(2.0 / 1000) * std::exp(std::lgamma(500.5) - std::lgamma(500.0)), 1e-12);
}

TEST(Individuals, NistHandbookFlowRate) {
  // NIST/SEMATECH e-Handbook, 6.3.2.2.
  const std::vector<double> rate{49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
  const PairedCharts charts = individuals_chart(rate);
  EXPECT_NEAR(charts.centre, 50.81, 1e-12);
  EXPECT_NEAR(charts.location.points[0].upper, 55.8041, 0.003) << "the handbook divides by 1.128";
  EXPECT_NEAR(charts.location.points[0].lower, 45.8159, 0.003);
  EXPECT_EQ(charts.spread.points.size(), 9U);
  EXPECT_NEAR(charts.spread.points[0].centre, 1.8778, 0.0001);
  EXPECT_TRUE(charts.location.signals.empty());
}

TEST(AttributeCharts, NistHandbookWafersAndSamplesOfFifty) {
  // 6.3.3.1: defects on 25 wafers; the 24th is beyond 28, the third on it.
  const std::vector<double> wafers{16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14,
                                   16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13};
  const ControlChart c =
      attribute_chart(AttributeChart::c, wafers, {}, {.rules = RuleSet::limits_only, .centre = {}, .sigma = {}});
  EXPECT_EQ(c.points[0].centre, 16);
  EXPECT_EQ(c.points[0].upper, 28);
  EXPECT_EQ(c.points[0].lower, 4);
  EXPECT_EQ(c.signals, (std::vector<ChartSignal>{{23, 23, ChartRule::beyond_limits}}));
  // 6.3.3.2: nonconforming chips in 30 samples of 50; the 15th and 23rd are beyond.
  const std::vector<double> chips{12, 15, 8, 10, 4,  7,  16, 9,  14, 10, 5,  6, 17, 12, 22,
                                  8,  10, 5, 13, 11, 20, 18, 24, 15, 9,  12, 7, 13, 9,  6};
  const std::vector<double> fifty(30, 50);
  ChartOptions limits;
  limits.rules = RuleSet::limits_only;
  const ControlChart p = attribute_chart(AttributeChart::p, chips, fifty, limits);
  EXPECT_NEAR(p.points[0].centre, 0.2313, 0.00005);
  EXPECT_NEAR(p.points[0].upper, 0.4102, 0.0001);
  EXPECT_NEAR(p.points[0].lower, 0.0524, 0.0001);
  EXPECT_EQ(p.signals, (std::vector<ChartSignal>{{14, 14}, {22, 22}}));
  const ControlChart np = attribute_chart(AttributeChart::np, chips, fifty, limits);
  EXPECT_EQ(np.signals, p.signals);
  EXPECT_NEAR(np.points[0].upper, 50 * p.points[0].upper, 1e-12);
  const ControlChart u = attribute_chart(AttributeChart::u, wafers, std::vector<double>(25, 2), limits);
  EXPECT_NEAR(u.points[0].upper, 8 + 3 * std::sqrt(8.0 / 2), 1e-12);
}

TEST(Ewma, NistHandbookExample) {
  // 6.3.2.4: mean 50 and deviation 2.0539 from the past, λ = 0.3.
  const std::vector<double> values{52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5,
                                   49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
  const std::vector<double> averages{50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
                                     50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99};
  EwmaOptions options;
  options.lambda = 0.3;
  options.centre = 50;
  options.sigma = 2.0539;
  const ControlChart chart = ewma_chart(values, options);
  for (std::size_t k = 0; k < values.size(); ++k) EXPECT_NEAR(chart.points[k].value, averages[k], 0.0051) << k;
  EXPECT_NEAR(chart.points[19].upper, 52.5884, 0.0001);
  EXPECT_NEAR(chart.points[19].lower, 47.4115, 0.0001);
  EXPECT_NEAR(chart.points[0].upper, 50 + 3 * 0.3 * 2.0539, 1e-12) << "the first limits are the narrow ones";
  EXPECT_TRUE(chart.signals.empty());
}

TEST(Cusum, NistHandbookExampleSignalsFromTheFourteenth) {
  // 6.3.2.3: target 325, k = 0.3175, h = 4.1959 in the values' unit.
  const std::vector<double> values{324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125,
                                   324.525, 325.225, 324.600, 324.625, 325.150, 328.325, 327.250,
                                   327.825, 328.500, 326.675, 327.775, 326.875, 328.350};
  CusumOptions options;
  options.reference = 0.3175;
  options.decision = 4.1959;
  options.centre = 325;
  options.sigma = 1;
  const CusumChart chart = cusum_chart(values, options);
  for (std::size_t k = 0; k < values.size(); ++k) {
    EXPECT_EQ(chart.points[k].signal_above, k >= 13) << k;
    EXPECT_FALSE(chart.points[k].signal_below);
  }
  EXPECT_NEAR(chart.points[13].above, 3.0075 + 1.9325, 1e-9);
  EXPECT_EQ(chart.points[13].above_since, 2U) << "the shift began with the thirteenth";
  options.head_start = 2;
  EXPECT_NEAR(cusum_chart(values, options).points[0].above, 2 - 0.075 - 0.3175, 1e-9);
}

TEST(MeanCharts, ByHand) {
  const std::vector<std::vector<double>> samples{{9, 11}, {10, 14}, {7, 9}};
  const PairedCharts r = mean_range_chart(samples);
  EXPECT_EQ(r.centre, 10);
  EXPECT_NEAR(r.location.points[0].upper - 10, control_constants(2).a2 * 8 / 3, 1e-12);
  EXPECT_NEAR(r.spread.points[0].upper, control_constants(2).d_upper * 8 / 3, 1e-12);
  EXPECT_EQ(r.spread.points[1].lower, 0);
  const PairedCharts s = mean_deviation_chart(samples);
  EXPECT_NEAR(s.sigma, 8 / 3.0 / std::sqrt(2.0) / deviation_bias(2), 1e-12) << "of two values s = R / √2";
  EXPECT_NEAR(s.sigma, r.sigma, 1e-12);
  const PairedCharts uneven = mean_deviation_chart(std::vector<std::vector<double>>{{9, 11}, {10, 14, 12, 8}});
  EXPECT_LT(uneven.location.points[1].upper, uneven.location.points[0].upper) << "larger samples, narrower limits";
}

std::vector<ChartPoint> standard(const std::vector<double>& zones) {
  std::vector<ChartPoint> points;
  for (const double z : zones) points.push_back({z, 0, 1, -3, 3});
  return points;
}

TEST(ChartRules, EachPatternAtItsPoint) {
  using Signals = std::vector<ChartSignal>;
  const auto western = [](const std::vector<double>& z) {
    return chart_signals(standard(z), RuleSet::western_electric);
  };
  const auto nelson = [](const std::vector<double>& z) { return chart_signals(standard(z), RuleSet::nelson); };
  EXPECT_EQ(western({0.5, 3.0, 3.1}), (Signals{{2, 2, ChartRule::beyond_limits}, {0, 2, ChartRule::two_of_three}}));
  EXPECT_EQ(western({2.1, -0.5, 2.1}), (Signals{{0, 2, ChartRule::two_of_three}}));
  EXPECT_EQ(western({2.1, -2.1, 0.1}), Signals{}) << "two sides";
  EXPECT_EQ(western({-1.1, -1.1, 0.5, -1.1, -1.1}), (Signals{{0, 4, ChartRule::four_of_five}}));
  EXPECT_EQ(western(std::vector<double>(8, 0.5)), (Signals{{0, 7, ChartRule::same_side}}));
  EXPECT_EQ(nelson(std::vector<double>(8, 0.5)), Signals{});
  EXPECT_EQ(nelson(std::vector<double>(9, 0.5)), (Signals{{0, 8, ChartRule::same_side}}));
  EXPECT_EQ(nelson({-0.6, -0.4, -0.2, 0.1, 0.3, 0.5}), (Signals{{0, 5, ChartRule::trend}}));
  EXPECT_EQ(nelson({-0.6, -0.4, -0.2, -0.2, 0.3, 0.5}), Signals{}) << "an equal neighbour ends it";
  std::vector<double> zigzag;
  for (int k = 0; k < 14; ++k) zigzag.push_back(k % 2 == 0 ? 0.5 : -0.5);
  EXPECT_EQ(nelson(zigzag), (Signals{{0, 13, ChartRule::alternating}}));
  EXPECT_EQ(nelson({1.2, -1.2, 1.2, 1.2, -1.2, -1.2, 1.2, -1.2}), (Signals{{0, 7, ChartRule::away_of_centre}}));
  std::vector<double> near;
  for (int k = 0; k < 15; ++k) near.push_back(k % 3 == 0 ? 0.5 : -0.5);
  EXPECT_EQ(nelson(near), (Signals{{0, 14, ChartRule::near_centre}}));
  EXPECT_EQ(chart_signals(standard({0.5, -4}), RuleSet::limits_only), (Signals{{1, 1}}));
}

TEST(ChartsOfConstants, HaveNoSpreadAndNoSignalsUntilAValueMoves) {
  const std::vector<double> same(20, 0.1);
  const PairedCharts charts = individuals_chart(same, {.rules = RuleSet::nelson, .centre = {}, .sigma = {}});
  EXPECT_EQ(charts.sigma, 0);
  EXPECT_TRUE(charts.location.signals.empty() && charts.spread.signals.empty());
  EXPECT_EQ(charts.location.points[0].upper, 0.1);
  ChartOptions known;
  known.centre = 0.1;
  known.sigma = 0;
  const PairedCharts moved = individuals_chart(std::vector<double>{0.1, 0.1000001}, known);
  EXPECT_EQ(moved.location.signals.size(), 1U);
  EXPECT_TRUE(ewma_chart(same).signals.empty());
  EXPECT_FALSE(cusum_chart(same).points[19].signal_above);
  const ControlChart none = attribute_chart(AttributeChart::p, std::vector<double>{0, 0}, std::vector<double>{9, 4});
  EXPECT_EQ(none.points[0].upper, 0);
  EXPECT_TRUE(none.signals.empty());
}

template <class Call>
ErrorCode code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(ChartsBadInput, NothingOnePointNaNSizesAndOptions) {
  using V = std::vector<double>;
  using S = std::vector<std::vector<double>>;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto xr = [](const S& s) { return code_of([&] { static_cast<void>(mean_range_chart(s)); }); };
  const auto xs = [](const S& s) { return code_of([&] { static_cast<void>(mean_deviation_chart(s)); }); };
  const auto im = [](const V& v) { return code_of([&] { static_cast<void>(individuals_chart(v)); }); };
  EXPECT_EQ(xr({}), ErrorCode::invalid_argument);
  EXPECT_EQ(xr({{1}, {2}}), ErrorCode::invalid_argument);
  EXPECT_EQ(xr({{1, 2}, {1, 2, 3}}), ErrorCode::shape_mismatch);
  EXPECT_EQ(xr({{1, nan}}), ErrorCode::invalid_value);
  EXPECT_EQ(xr({V(101, 1)}), ErrorCode::invalid_argument) << "too large for ranges";
  EXPECT_EQ(xs({V(101, 1)}), ErrorCode::ok);
  EXPECT_EQ(xs({{1, 2}, {3}}), ErrorCode::invalid_argument);
  EXPECT_EQ(im({}), ErrorCode::invalid_argument);
  EXPECT_EQ(im({1}), ErrorCode::invalid_argument);
  EXPECT_EQ(im({1, nan}), ErrorCode::invalid_value);
  const auto at = [](AttributeChart kind, const V& counts, const V& sizes, ChartOptions options = {}) {
    return code_of([&] { static_cast<void>(attribute_chart(kind, counts, sizes, options)); });
  };
  EXPECT_EQ(at(AttributeChart::p, {}, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(at(AttributeChart::p, {1}, {}), ErrorCode::shape_mismatch);
  EXPECT_EQ(at(AttributeChart::c, {1}, {1}), ErrorCode::shape_mismatch);
  EXPECT_EQ(at(AttributeChart::p, {5}, {4}), ErrorCode::invalid_value);
  EXPECT_EQ(at(AttributeChart::p, {1.5}, {4}), ErrorCode::invalid_value);
  EXPECT_EQ(at(AttributeChart::u, {1}, {0}), ErrorCode::invalid_value);
  EXPECT_EQ(at(AttributeChart::c, {-1}, {}), ErrorCode::invalid_value);
  EXPECT_EQ(at(AttributeChart::np, {1, 1}, {4, 5}), ErrorCode::shape_mismatch);
  ChartOptions odd;
  odd.sigma = 1;
  EXPECT_EQ(at(AttributeChart::c, {1}, {}, odd), ErrorCode::invalid_argument);
  odd.sigma.reset();
  odd.centre = 1.5;
  EXPECT_EQ(at(AttributeChart::p, {1}, {4}, odd), ErrorCode::invalid_argument);
  odd.centre = nan;
  EXPECT_EQ(code_of([&] { static_cast<void>(individuals_chart(V{1, 2}, odd)); }), ErrorCode::invalid_argument);
  EwmaOptions ewma;
  ewma.lambda = 0;
  EXPECT_EQ(code_of([&] { static_cast<void>(ewma_chart(V{1, 2}, ewma)); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([] { static_cast<void>(ewma_chart(V{1})); }), ErrorCode::invalid_argument);
  CusumOptions cusum;
  cusum.head_start = 6;
  EXPECT_EQ(code_of([&] { static_cast<void>(cusum_chart(V{1, 2}, cusum)); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([] { static_cast<void>(control_constants(1)); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([] { static_cast<void>(deviation_bias(1)); }), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace chainqual::testing::control_chart_test
