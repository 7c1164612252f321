#include "chainqual/impact/assess.hpp"

#include <limits>

#include "buffers.hpp"
#include "chain.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "models.hpp"
#include "options.hpp"
#include "propagation.hpp"
#include "report.hpp"
#include "scenario.hpp"
#include "severity.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_LOSS_DOWNSTREAM == static_cast<int>(LossKind::downstream));
static_assert(CHAINQUAL_LOSS_UPSTREAM == static_cast<int>(LossKind::upstream));
static_assert(CHAINQUAL_LOSS_COMBINED == static_cast<int>(LossKind::combined));
static_assert(CHAINQUAL_STARS_MIDDLE == static_cast<int>(StarsTotal::middle));
static_assert(CHAINQUAL_STARS_LOWEST == static_cast<int>(StarsTotal::lowest));
static_assert(CHAINQUAL_SEGMENT_SHOCK_WHOLE == static_cast<int>(SegmentShock::whole));
static_assert(CHAINQUAL_SEGMENT_SHOCK_BY_WEIGHT == static_cast<int>(SegmentShock::by_weight));

namespace chainqual::capi {

AssessOptions options_of(const chainqual_assess_options* options) {
  const auto own = settled(options);
  AssessOptions result;
  result.panel = rule_of(own.panel);
  result.stars = enumerator<StarsTotal>(own.stars, "stars");
  result.shock.lowest_total = given_or(own.lowest_total, result.shock.lowest_total);
  result.shock.highest_total = given_or(own.highest_total, result.shock.highest_total);
  if (own.ungraded != nullptr) result.shock.ungraded = *own.ungraded;
  result.shock.segment = enumerator<SegmentShock>(own.segment_shock, "segment_shock");
  result.shock.home_segment_only = own.home_segment_only != 0;
  result.shock.include_solved = own.include_solved != 0;
  result.propagation = options_of(own.model);
  if (own.scenarios != nullptr) result.scenarios = own.scenarios->scenarios;
  result.measure = enumerator<LossKind>(own.measure, "measure");
  DiffusionThresholds& diffusion = result.diffusion;
  diffusion.least_loss = given_or(own.least_loss, diffusion.least_loss);
  diffusion.segments_systemic = given_or(own.segments_systemic, diffusion.segments_systemic);
  diffusion.enterprises_systemic = given_or(own.enterprises_systemic, diffusion.enterprises_systemic);
  diffusion.segments_major = given_or(own.segments_major, diffusion.segments_major);
  diffusion.products_major = given_or(own.products_major, diffusion.products_major);
  result.stability_draws = own.no_stability != 0 ? 0 : given_or(own.stability_draws, result.stability_draws);
  result.seed = given_or(own.seed, result.seed);
  return result;
}

}  // namespace chainqual::capi

chainqual_status chainqual_assess(const chainqual_chain* chain, const chainqual_assess_options* options,
                                  const chainqual_control* control, chainqual_report** report, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    std::shared_ptr<const Dossier> content = capi::share(chain);
    AssessReport found = assess(*content, capi::options_of(options), capi::control_of(control));
    auto tables = report_tables(*content, found);
    capi::make_handle(report, "report", std::move(content), std::move(found), std::move(tables));
  });
}

void chainqual_report_free(chainqual_report* report) {
  delete report;
}

chainqual_status chainqual_report_get_figures(const chainqual_report* report, chainqual_report_figures* figures,
                                              chainqual_error* error) {
  return capi::guarded(error, [&] {
    const AssessReport& own = capi::required(report, "report").report;
    chainqual_report_figures out = CHAINQUAL_REPORT_FIGURES_INIT;
    out.enterprises = own.enterprises;
    out.links = own.links;
    out.problems = own.problems.size();
    out.ungraded = own.ungraded.size();
    out.without_shock = own.without_shock.size();
    out.experts = own.experts;
    out.downstream = own.impact.whole_chain.downstream;
    out.upstream = own.impact.whole_chain.upstream;
    out.combined = own.impact.whole_chain.combined;
    out.all_kept_share = own.all_kept_share.value_or(std::numeric_limits<double>::quiet_NaN());
    out.links_documented = own.links_documented;
    out.links_inferred = own.links_inferred;
    out.links_used_documented = own.links_used_documented;
    out.links_used_inferred = own.links_used_inferred;
    capi::hand_over(out, &capi::required(figures, "figures"));
  });
}

chainqual_status chainqual_report_losses(const chainqual_report* report, chainqual_propagation* losses,
                                         chainqual_error* error) {
  return capi::guarded(error, [&] {
    const AssessReport& own = capi::required(report, "report").report;
    capi::PropagationOut(losses, own.enterprises, {}).write(own.losses);
  });
}

chainqual_status chainqual_report_shock(const chainqual_report* report, double* shock, uint64_t capacity,
                                        uint64_t* size, chainqual_error* error) {
  return capi::guarded(error,
                       [&] { capi::hand_over(capi::required(report, "report").report.shock, shock, capacity, size); });
}

uint64_t chainqual_report_assumptions(const chainqual_report* report) {
  return report == nullptr ? 0 : report->report.assumptions.size();
}

chainqual_status chainqual_report_assumption(const chainqual_report* report, uint64_t index, int32_t language,
                                             const char** sentence, chainqual_error* error) {
  return capi::guarded(
      error, [&] { capi::hand_over(capi::required(report, "report").report.assumptions, index, language, sentence); });
}
