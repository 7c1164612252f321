#include "severity.hpp"

#include "buffers.hpp"
#include "handles.hpp"
#include "options.hpp"

static_assert(CHAINQUAL_GRADE_UNGRADED == static_cast<int>(chainqual::Grade::ungraded));
static_assert(CHAINQUAL_GRADE_GENERAL == static_cast<int>(chainqual::Grade::general));
static_assert(CHAINQUAL_GRADE_IMPORTANT == static_cast<int>(chainqual::Grade::important));
static_assert(CHAINQUAL_GRADE_CRITICAL == static_cast<int>(chainqual::Grade::critical));
static_assert(CHAINQUAL_ROUNDING_EXACT == static_cast<int>(chainqual::Rounding::exact));
static_assert(CHAINQUAL_ROUNDING_TENTH == static_cast<int>(chainqual::Rounding::tenth));
static_assert(CHAINQUAL_CONSENSUS_MEAN == static_cast<int>(chainqual::Consensus::mean));
static_assert(CHAINQUAL_CONSENSUS_TRIMMED_MEAN == static_cast<int>(chainqual::Consensus::trimmed_mean));
static_assert(CHAINQUAL_CONSENSUS_MEDIAN == static_cast<int>(chainqual::Consensus::median));

namespace chainqual::capi {

const SeverityModel& model_of(const chainqual_severity_model* model) noexcept {
  static const SeverityModel standard;
  return model == nullptr ? standard : model->model;
}

SeverityModel model_of(const chainqual_severity_options* options) {
  const auto own = settled(options);
  Weights weights;
  const auto impact = rational_of(own.impact_weight);
  const auto diffusion = rational_of(own.diffusion_weight);
  const auto urgency = rational_of(own.urgency_weight);
  if (impact.has_value() != diffusion.has_value() || impact.has_value() != urgency.has_value()) {
    throw_wrong_use("三个权重必须全部给出，或全部不给（即 40/30/30）。",
                    "Give all three weights, or none of them for 40/30/30.");
  }
  if (impact) weights = {*impact, *diffusion, *urgency};
  Thresholds thresholds;
  thresholds.critical = rational_of(own.critical).value_or(thresholds.critical);
  thresholds.important = rational_of(own.important).value_or(thresholds.important);
  return SeverityModel(weights, thresholds, enumerator<Rounding>(own.rounding, "rounding"));
}

std::optional<Rational> rational_of(const chainqual_rational& value) {
  if (value.denominator == 0) return std::nullopt;
  return Rational(value.numerator, value.denominator);
}

chainqual_rational to_c(const Rational& value) noexcept {
  return {value.numerator(), value.denominator()};
}

ScoreEntry entry_of(const chainqual_score& score) {
  return {rational_of(score.impact), rational_of(score.diffusion), rational_of(score.urgency)};
}

PanelRule rule_of(const chainqual_panel_rule* rule) {
  const auto own = settled(rule);
  PanelRule result;
  result.consensus = enumerator<Consensus>(own.consensus, "consensus");
  result.trim = rational_of(own.trim).value_or(result.trim);
  return result;
}

}  // namespace chainqual::capi

using namespace chainqual;

chainqual_status chainqual_rational_from_string(const char* text, chainqual_rational* value, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto read = Rational::from_string(&capi::required(text, "text"));
    capi::required(value, "value") = capi::to_c(read);
  });
}

chainqual_status chainqual_rational_to_string(chainqual_rational value, char* buffer, uint64_t capacity, uint64_t* size,
                                              chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto given = capi::rational_of(value);
    if (!given) capi::throw_wrong_use("分母为零：没有给出数值。", "The denominator is 0: no value is given.");
    capi::hand_over_text(given->to_string(), buffer, capacity, size);
  });
}

chainqual_status chainqual_severity_model_create(const chainqual_severity_options* options,
                                                 chainqual_severity_model** model, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::make_handle(model, "model", capi::model_of(options)); });
}

void chainqual_severity_model_free(chainqual_severity_model* model) {
  delete model;
}

chainqual_status chainqual_severity_model_grade(const chainqual_severity_model* model, const chainqual_score* score,
                                                chainqual_severity* severity, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Severity result = capi::model_of(model).grade_entry(capi::entry_of(capi::required(score, "score")));
    capi::required(severity, "severity") = {capi::to_c(result.total), static_cast<int32_t>(result.grade), 0};
  });
}

const char* chainqual_stars(int32_t grade) {
  const bool known = grade >= CHAINQUAL_GRADE_UNGRADED && grade <= CHAINQUAL_GRADE_CRITICAL;
  constexpr const char* three = "★★★";
  return three + 3 * (CHAINQUAL_GRADE_CRITICAL - (known ? grade : CHAINQUAL_GRADE_UNGRADED));
}
