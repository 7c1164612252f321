#include "chain.hpp"

#include "buffers.hpp"
#include "handles.hpp"
#include "options.hpp"
#include "severity.hpp"

namespace chainqual::capi {

const Dossier& content_of(const chainqual_chain* chain) {
  return *required(chain, "chain").dossier;
}

std::shared_ptr<Dossier> share(const chainqual_chain* chain) {
  const chainqual_chain& own = required(chain, "chain");
  own.shared.store(true, std::memory_order_relaxed);
  return own.dossier;
}

Dossier& editable(chainqual_chain* chain) {
  chainqual_chain& own = required(chain, "chain");
  if (own.shared.load(std::memory_order_relaxed)) {
    own.dossier = std::make_shared<Dossier>(*own.dossier);
    own.shared.store(false, std::memory_order_relaxed);
  }
  return *own.dossier;
}

}  // namespace chainqual::capi

using namespace chainqual;

chainqual_status chainqual_chain_create(chainqual_chain** chain, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::make_handle(chain, "chain"); });
}

chainqual_status chainqual_chain_copy(const chainqual_chain* chain, chainqual_chain** copy, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::make_handle(copy, "copy", capi::share(chain), true); });
}

void chainqual_chain_free(chainqual_chain* chain) {
  delete chain;
}

uint64_t chainqual_chain_count(const chainqual_chain* chain, int32_t table) {
  if (chain == nullptr) return 0;
  const Dossier& dossier = *chain->dossier;
  switch (table) {
    case CHAINQUAL_TABLE_ENTERPRISES:
      return dossier.chain.enterprises();
    case CHAINQUAL_TABLE_LINKS:
      return dossier.chain.links();
    case CHAINQUAL_TABLE_SEGMENTS:
      return dossier.chain.segments().size();
    case CHAINQUAL_TABLE_INSTITUTIONS:
      return dossier.chain.institutions().size();
    case CHAINQUAL_TABLE_PROBLEMS:
      return dossier.problems.size();
    case CHAINQUAL_TABLE_SCORES:
      return dossier.scores.size();
    case CHAINQUAL_TABLE_PROJECTS:
      return dossier.projects.size();
    case CHAINQUAL_TABLE_MILESTONES:
      return dossier.milestones.size();
    case CHAINQUAL_TABLE_RESULTS:
      return dossier.results.size();
    case CHAINQUAL_TABLE_POLICY_TOOLS:
      return dossier.policy_tools.size();
    case CHAINQUAL_TABLE_INDICATORS:
      return dossier.indicators.size();
    case CHAINQUAL_TABLE_MEMBERS:
      return dossier.members.size();
    case CHAINQUAL_TABLE_SCOPES:
      return dossier.scopes.size();
    case CHAINQUAL_TABLE_CHANGES:
      return dossier.changes.size();
    case CHAINQUAL_TABLE_RISKS:
      return dossier.risks.size();
    case CHAINQUAL_TABLE_REPORTS:
      return dossier.reports.size();
    case CHAINQUAL_TABLE_DOCUMENTS:
      return dossier.documents.size();
    case CHAINQUAL_TABLE_LICENCES:
      return dossier.licences.size();
    case CHAINQUAL_TABLE_EVENTS:
      return dossier.events.size();
    case CHAINQUAL_TABLE_REVIEWS:
      return dossier.reviews.size();
    case CHAINQUAL_TABLE_FACTS:
      return dossier.facts.size();
    case CHAINQUAL_TABLE_HISTORY:
      return dossier.history.size();
    case CHAINQUAL_TABLE_PARTNERS:
      return dossier.partners.size();
    default:
      return 0;
  }
}

chainqual_status chainqual_chain_set_info(chainqual_chain* chain, const chainqual_chain_info* info,
                                          chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(info, "info"));
    ChainInfo made;
    made.name = capi::text_of(own.name);
    made.name_en = capi::text_of(own.name_en);
    made.home_region = capi::text_of(own.home_region);
    made.date = capi::text_of(own.date);
    made.version = capi::text_of(own.version);
    made.review_cycle_months = capi::given_or(own.review_cycle_months, made.review_cycle_months);
    made.report_cycle_months = capi::given_or(own.report_cycle_months, made.report_cycle_months);
    made.severity = capi::model_of(own.severity);
    made.note = capi::text_of(own.note);
    made.note_en = capi::text_of(own.note_en);
    Dossier& dossier = capi::editable(chain);
    made.sources = dossier.info.sources;  // which the C record does not have
    made.sources_en = dossier.info.sources_en;
    dossier.info = std::move(made);
  });
}

chainqual_status chainqual_chain_get_info(const chainqual_chain* chain, chainqual_chain_info* info,
                                          chainqual_error* error) {
  return capi::guarded(error, [&] {
    const ChainInfo& own = capi::content_of(chain).info;
    chainqual_chain_info out = CHAINQUAL_CHAIN_INFO_INIT;
    out.review_cycle_months = own.review_cycle_months;
    out.report_cycle_months = own.report_cycle_months;
    out.name = own.name.c_str();
    out.name_en = own.name_en.c_str();
    out.home_region = own.home_region.c_str();
    out.date = own.date.c_str();
    out.version = own.version.c_str();
    out.note = own.note.c_str();
    out.note_en = own.note_en.c_str();
    capi::hand_over(out, &capi::required(info, "info"));
  });
}
