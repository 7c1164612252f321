#include <vector>

#include "buffers.hpp"
#include "chainqual/severity/panel.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "severity.hpp"

using namespace chainqual;

struct chainqual_panel {
  std::vector<PanelScore> scores;
};

chainqual_status chainqual_consensus_of(const chainqual_rational* values, uint64_t count,
                                        const chainqual_panel_rule* rule, chainqual_rational* consensus,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<Rational> given;
    for (const auto& value : capi::entries(values, count, "values")) {
      const auto one = capi::rational_of(value);
      if (!one) capi::throw_wrong_use("有一个数值的分母为零。", "A value has the denominator 0.");
      given.push_back(*one);
    }
    capi::require_apart({capi::Bytes::of(consensus, 1)}, {capi::Bytes::of(values, count)});
    const Rational result = consensus_of(given, capi::rule_of(rule));
    capi::required(consensus, "consensus") = capi::to_c(result);
  });
}

chainqual_status chainqual_panel_scores(const chainqual_expert_score* rows, uint64_t count,
                                        const chainqual_panel_rule* rule, const chainqual_control* control,
                                        chainqual_panel** panel, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    throw_if_cancelled(capi::control_of(control));
    std::vector<ExpertScore> given;
    for (const auto& row : capi::entries(rows, count, "rows")) {
      given.push_back(
          {std::string(capi::text_of(row.problem)), std::string(capi::text_of(row.expert)), capi::entry_of(row.score)});
    }
    capi::make_handle(panel, "panel", panel_scores(given, capi::rule_of(rule)));
  });
}

void chainqual_panel_free(chainqual_panel* panel) {
  delete panel;
}

uint64_t chainqual_panel_size(const chainqual_panel* panel) {
  return panel == nullptr ? 0 : panel->scores.size();
}

chainqual_status chainqual_panel_get(const chainqual_panel* panel, uint64_t index, chainqual_panel_score* score,
                                     chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& scores = capi::required(panel, "panel").scores;
    capi::require_index(index, scores.size());
    const PanelScore& found = scores[static_cast<std::size_t>(index)];
    chainqual_panel_score out{found.problem.c_str(), found.experts, {}};
    if (found.score) {
      out.score = {capi::to_c(found.score->impact), capi::to_c(found.score->diffusion),
                   capi::to_c(found.score->urgency)};
    }
    capi::required(score, "score") = out;
  });
}
