#pragma once

#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/stability.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<WeightStudy> {
  static constexpr auto list =
      std::tuple{member("draws", &WeightStudy::draws), member("concentration", &WeightStudy::concentration),
                 member("seed", &WeightStudy::seed)};
};

template <>
struct Fields<KeptShare> {
  static constexpr auto list =
      std::tuple{member("draws", &KeptShare::draws), member("kept", &KeptShare::kept),
                 member("share", &KeptShare::share), member("standard_error", &KeptShare::standard_error),
                 member("lower", &KeptShare::lower), member("upper", &KeptShare::upper)};
};

template <>
struct Fields<Score> {
  static constexpr auto list = std::tuple{member("impact", &Score::impact), member("diffusion", &Score::diffusion),
                                          member("urgency", &Score::urgency)};
};

template <>
struct Fields<PanelScore> {
  static constexpr auto list = std::tuple{member("problem", &PanelScore::problem), member("score", &PanelScore::score),
                                          member("experts", &PanelScore::experts)};
};

template <>
struct Fields<Concordance> {
  static constexpr auto list =
      std::tuple{member("w", &Concordance::w), member("chi_square", &Concordance::chi_square),
                 member("degrees", &Concordance::degrees), member("p_value", &Concordance::p_value)};
};

template <>
struct Fields<PanelAgreement> {
  static constexpr auto list = std::tuple{member("concordance", &PanelAgreement::concordance),
                                          member("alpha_ordinal", &PanelAgreement::alpha_ordinal),
                                          member("alpha_interval", &PanelAgreement::alpha_interval)};
};

}  // namespace chainqual::python
