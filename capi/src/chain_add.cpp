#include <algorithm>
#include <string>
#include <vector>

#include "buffers.hpp"
#include "chain.hpp"
#include "options.hpp"
#include "records.hpp"

using namespace chainqual;
using capi::decimal_of;
using capi::enumerator;
using capi::list_of;
using capi::text_of;

static_assert(CHAINQUAL_CATEGORY_TECHNOLOGY == static_cast<int>(Category::technology));
static_assert(CHAINQUAL_CATEGORY_MANAGEMENT == static_cast<int>(Category::management));
static_assert(CHAINQUAL_CATEGORY_BRAND == static_cast<int>(Category::brand));
static_assert(CHAINQUAL_CATEGORY_INFRASTRUCTURE == static_cast<int>(Category::infrastructure));
static_assert(CHAINQUAL_CATEGORY_OTHER == static_cast<int>(Category::other));
static_assert(CHAINQUAL_PROBLEM_IDENTIFIED == static_cast<int>(ProblemStatus::identified));
static_assert(CHAINQUAL_PROBLEM_ANALYSING == static_cast<int>(ProblemStatus::analysing));
static_assert(CHAINQUAL_PROBLEM_IN_BREAKTHROUGH == static_cast<int>(ProblemStatus::in_breakthrough));
static_assert(CHAINQUAL_PROBLEM_SOLVED == static_cast<int>(ProblemStatus::solved));

namespace {

Problem problem_of(const chainqual_problem& own) {
  Problem result;
  result.number = text_of(own.number);
  result.name = text_of(own.name);
  result.name_en = text_of(own.name_en);
  result.industry = text_of(own.industry);
  result.stage = enumerator<Stage>(own.stage, "stage");
  result.segments = list_of(own.segments, "segments");
  result.enterprises = list_of(own.enterprises, "enterprises");
  result.products = list_of(own.products, "products");
  result.reporter = text_of(own.reporter);
  result.unit = text_of(own.unit);
  result.date = text_of(own.date);
  result.description = text_of(own.description);
  result.description_en = text_of(own.description_en);
  result.scope = text_of(own.scope);
  std::transform(std::begin(own.aspect_shares), std::end(own.aspect_shares), result.aspect_shares.begin(), decimal_of);
  result.technical_causes = text_of(own.technical_causes);
  result.managerial_causes = text_of(own.managerial_causes);
  result.related = list_of(own.related, "related");
  if (own.common != 0) result.common = own.common > 0;
  result.ideas = text_of(own.ideas);
  result.status = enumerator<ProblemStatus>(own.status, "status");
  result.category = enumerator<Category>(own.category, "category");
  result.declared = enumerator<Grade>(own.declared, "declared");
  result.source = text_of(own.source);
  result.products_en = list_of(own.products_en, "products_en");
  return result;
}

}  // namespace

chainqual_status chainqual_chain_add_segment(chainqual_chain* chain, const chainqual_segment* segment, uint32_t* id,
                                             chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(segment, "segment"));
    Segment made;
    made.id = text_of(own.id);
    made.name = text_of(own.name);
    made.name_en = text_of(own.name_en);
    made.stage = enumerator<Stage>(own.stage, "stage");
    made.industry = text_of(own.industry);
    made.regions = list_of(own.regions, "regions");
    made.final_product = own.final_product != 0;
    made.note = text_of(own.note);
    made.industry_en = text_of(own.industry_en);
    const SegmentId added = capi::editable(chain).chain.add_segment(std::move(made));
    if (id != nullptr) *id = added.value;
  });
}

chainqual_status chainqual_chain_add_enterprise(chainqual_chain* chain, const chainqual_enterprise* enterprise,
                                                uint32_t* id, chainqual_error* error) {
  return capi::guarded(error, [&] {
    Enterprise made = capi::enterprise_of(enterprise);
    const EnterpriseId added = capi::editable(chain).chain.add_enterprise(std::move(made));
    if (id != nullptr) *id = added.value;
  });
}

chainqual_status chainqual_chain_add_institution(chainqual_chain* chain, const chainqual_institution* institution,
                                                 uint32_t* id, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(institution, "institution"));
    Institution made;
    made.id = text_of(own.id);
    made.credit_code = text_of(own.credit_code);
    made.name = text_of(own.name);
    made.name_en = text_of(own.name_en);
    made.kind = text_of(own.kind);
    made.region = text_of(own.region);
    made.cma = own.cma != 0;
    made.cnas = own.cnas != 0;
    made.segments = list_of(own.segments, "segments");
    made.products = list_of(own.products, "products");
    made.parameters = list_of(own.parameters, "parameters");
    made.methods = list_of(own.methods, "methods");
    made.source = text_of(own.source);
    made.products_en = list_of(own.products_en, "products_en");
    const std::size_t added = capi::editable(chain).chain.add_institution(std::move(made));
    if (id != nullptr) *id = static_cast<uint32_t>(added);
  });
}

chainqual_status chainqual_chain_add_link(chainqual_chain* chain, uint32_t supplier, uint32_t customer,
                                          const chainqual_link* link, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Link made = capi::link_of(link);
    capi::editable(chain).chain.add_link(EnterpriseId{supplier}, EnterpriseId{customer}, made);
  });
}

chainqual_status chainqual_chain_add_link_by_keys(chainqual_chain* chain, const char* supplier, const char* customer,
                                                  const chainqual_link* link, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Link made = capi::link_of(link);
    capi::editable(chain).chain.add_link(text_of(supplier), text_of(customer), made);
  });
}

chainqual_status chainqual_chain_add_problem(chainqual_chain* chain, const chainqual_problem* problem,
                                             chainqual_error* error) {
  return capi::guarded(error, [&] {
    Problem made = problem_of(capi::settled(&capi::required(problem, "problem")));
    if (made.number.empty()) {
      throw Error(ErrorCode::missing_value, {"问题没有编号。", "The problem has no number."});
    }
    auto& problems = capi::editable(chain).problems;
    if (std::any_of(problems.begin(), problems.end(), [&](const Problem& one) { return one.number == made.number; })) {
      const std::string shown = shown_value(made.number);
      throw Error(ErrorCode::duplicate,
                  {"问题编号 «" + shown + "» 已经存在。", "The number «" + shown + "» is another problem's already."});
    }
    problems.push_back(std::move(made));
  });
}

chainqual_status chainqual_chain_add_score(chainqual_chain* chain, const chainqual_score_row* score,
                                           chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(score, "score"));
    ScoreRow made;
    made.problem = text_of(own.problem);
    made.expert = text_of(own.expert);
    made.impact = decimal_of(own.impact);
    made.diffusion = decimal_of(own.diffusion);
    made.urgency = decimal_of(own.urgency);
    made.basis = text_of(own.basis);
    capi::editable(chain).scores.push_back(std::move(made));
  });
}
