#pragma once

/// A model turned into integers: what the column kernels compare with.

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>

#include "chainqual/core/decimal.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

[[noreturn]] inline void throw_model_too_fine() {
  throw Error(ErrorCode::overflow,
              {"模型的权重或界限的公分母过大，无法逐列精确计算；请减少小数位数。",
               "The common denominator of the model's weights or thresholds is too large for exact columns; use fewer "
               "decimals."});
}

inline std::int64_t checked_product(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) throw_model_too_fine();
  return product;
}

inline std::int64_t checked_lcm(std::int64_t a, std::int64_t b) {
  return checked_product(a / std::gcd(a, b), b);
}

/// ceil(value · factor) for value ≥ 0.
inline std::int64_t ceil_scaled(const Rational& value, std::int64_t factor) {
  const int128 top = static_cast<int128>(value.numerator()) * factor;
  const int128 ceiling = (top + value.denominator() - 1) / value.denominator();
  if (ceiling > int64_most) throw_model_too_fine();
  return static_cast<std::int64_t>(ceiling);
}

/// The least exact total that reaches `threshold` under the model's rounding.
///
/// round_half_up(T, 1) ≥ t ⇔ floor(10T + 1/2) ≥ ceil(10t) =: c ⇔ T ≥ (2c − 1)/20, so that rounding costs no rounding.
inline Rational effective_threshold(const Rational& threshold, Rounding rounding) {
  if (rounding == Rounding::exact) return threshold;
  const std::int64_t tenths = ceil_scaled(threshold, 10);
  return Rational(2 * tenths - 1, 20);
}

/// Weights as integers over one denominator, and the totals from which the two upper grades begin.
struct IntegerModel {
  std::array<std::int64_t, 3> weights{};
  std::int64_t denominator = 1;
  Rational important;
  Rational critical;
};

/// The denominator is `preferred` where that is a multiple of the least one: 100 gives whole percents.
inline IntegerModel integer_model(const SeverityModel& model, std::int64_t preferred = 1) {
  const std::array<Rational, 3> shares{model.weights().impact, model.weights().diffusion, model.weights().urgency};
  IntegerModel result;
  for (const auto& share : shares) result.denominator = checked_lcm(result.denominator, share.denominator());
  if (preferred % result.denominator == 0) result.denominator = preferred;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    result.weights[i] = shares[i].numerator() * (result.denominator / shares[i].denominator());
  }
  result.important = effective_threshold(model.thresholds().important, model.rounding());
  result.critical = effective_threshold(model.thresholds().critical, model.rounding());
  return result;
}

/// Whole percents: totals of whole scores are hundredths, at most 500.
struct PercentPlan {
  std::array<std::uint8_t, 3> weights{};
  std::uint16_t important = 0;
  std::uint16_t critical = 0;
};

/// Every row of whole scores, 0 … 5 in each column; index 36·impact + 6·diffusion + urgency. Illegal rows are unused.
struct TablePlan {
  std::array<std::uint16_t, 216> total{};
  std::array<std::uint8_t, 216> grade{};
};

inline bool is_whole_percent(const IntegerModel& model) {
  return model.denominator == 100;
}

inline PercentPlan percent_plan(const IntegerModel& model) {
  PercentPlan plan;
  for (std::size_t i = 0; i < 3; ++i) plan.weights[i] = static_cast<std::uint8_t>(model.weights[i]);
  plan.important = static_cast<std::uint16_t>(ceil_scaled(model.important, 100));
  plan.critical = static_cast<std::uint16_t>(ceil_scaled(model.critical, 100));
  return plan;
}

inline TablePlan table_plan(const SeverityModel& model) {
  TablePlan plan;
  for (int a = lowest_score; a <= highest_score; ++a) {
    for (int b = lowest_score; b <= highest_score; ++b) {
      for (int c = lowest_score; c <= highest_score; ++c) {
        const Severity severity = model.grade({a, b, c});
        const auto index = static_cast<std::size_t>(36 * a + 6 * b + c);
        plan.total[index] = static_cast<std::uint16_t>((severity.total.round_half_up(2) * Rational(100)).numerator());
        plan.grade[index] = static_cast<std::uint8_t>(severity.grade);
      }
    }
  }
  return plan;
}

/// Scores in hundredths: totals are in 1/(100 · denominator) points, at most 500 · denominator < 2^32.
struct HundredthPlan {
  std::array<std::uint32_t, 3> weights{};
  std::uint32_t scale = 0;
  std::uint32_t important = 0;
  std::uint32_t critical = 0;
};

inline HundredthPlan hundredth_plan(const IntegerModel& model) {
  if (model.denominator > 8'000'000) throw_model_too_fine();
  HundredthPlan plan;
  plan.scale = static_cast<std::uint32_t>(model.denominator * 100);
  for (std::size_t i = 0; i < 3; ++i) plan.weights[i] = static_cast<std::uint32_t>(model.weights[i]);
  plan.important = static_cast<std::uint32_t>(ceil_scaled(model.important, plan.scale));
  plan.critical = static_cast<std::uint32_t>(ceil_scaled(model.critical, plan.scale));
  return plan;
}

/// Panel sums: total = Σ w_i S_i / n_i over unit · denominator; thresholds stay fractions for cross-multiplication.
struct PanelPlan {
  std::array<std::int64_t, 3> weights{};
  std::int64_t divisor = 1;  ///< unit · denominator
  std::int64_t unit = 1;
  Rational important;
  Rational critical;
  bool narrow = false;  ///< 64 bits hold every product where a row's counts are equal
};

inline PanelPlan panel_plan(const IntegerModel& model, std::uint32_t unit) {
  PanelPlan plan{model.weights, checked_product(model.denominator, unit), unit, model.important, model.critical, false};
  // The largest product is a threshold's part times Σ w S n n ≤ 5 · divisor · experts^3, or 200 of the latter.
  std::int64_t factor = 200;
  for (const auto& threshold : {plan.important, plan.critical}) {
    factor = std::max({factor, threshold.numerator(), threshold.denominator()});
  }
  const std::int64_t most = checked_product(checked_product(plan.divisor, 5), factor);
  plan.narrow = most < (std::int64_t{1} << 42);
  return plan;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
