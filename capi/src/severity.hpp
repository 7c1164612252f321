#pragma once

#include "chainqual.h"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/severity_model.hpp"

struct chainqual_severity_model {
  chainqual::SeverityModel model;
};

namespace chainqual::capi {

/// The model of a handle; the standard's for null.
[[nodiscard]] const SeverityModel& model_of(const chainqual_severity_model* model) noexcept;

/// The model that options describe; null: the standard's.
[[nodiscard]] SeverityModel model_of(const chainqual_severity_options* options);

/// The fraction, or none where the denominator is 0.
[[nodiscard]] std::optional<Rational> rational_of(const chainqual_rational& value);
[[nodiscard]] chainqual_rational to_c(const Rational& value) noexcept;
[[nodiscard]] ScoreEntry entry_of(const chainqual_score& score);
[[nodiscard]] PanelRule rule_of(const chainqual_panel_rule* rule);

}  // namespace chainqual::capi
