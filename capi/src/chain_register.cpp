#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "buffers.hpp"
#include "chain.hpp"
#include "control.hpp"
#include "options.hpp"
#include "records.hpp"
#include "severity.hpp"

using namespace chainqual;
using capi::decimal_of;
using capi::enumerator;
using capi::list_of;
using capi::text_of;

static_assert(CHAINQUAL_PROJECT_DESIGN == static_cast<int>(ProjectKind::design));
static_assert(CHAINQUAL_PROJECT_SUPPLY_CHAIN == static_cast<int>(ProjectKind::supply_chain));
static_assert(CHAINQUAL_PROJECT_PRODUCTION == static_cast<int>(ProjectKind::production));
static_assert(CHAINQUAL_PROJECT_SERVICE == static_cast<int>(ProjectKind::service));
static_assert(CHAINQUAL_PROJECT_INFRASTRUCTURE == static_cast<int>(ProjectKind::infrastructure));
static_assert(CHAINQUAL_PROJECT_PROPOSED == static_cast<int>(ProjectStatus::proposed));
static_assert(CHAINQUAL_PROJECT_APPROVED == static_cast<int>(ProjectStatus::approved));
static_assert(CHAINQUAL_PROJECT_RUNNING == static_cast<int>(ProjectStatus::running));
static_assert(CHAINQUAL_PROJECT_MID_TERM_CHECK == static_cast<int>(ProjectStatus::mid_term_check));
static_assert(CHAINQUAL_PROJECT_RECTIFICATION == static_cast<int>(ProjectStatus::rectification));
static_assert(CHAINQUAL_PROJECT_ACCEPTANCE_APPLIED == static_cast<int>(ProjectStatus::acceptance_applied));
static_assert(CHAINQUAL_PROJECT_ACCEPTED == static_cast<int>(ProjectStatus::accepted));
static_assert(CHAINQUAL_PROJECT_REFUSED == static_cast<int>(ProjectStatus::refused));
static_assert(CHAINQUAL_PROJECT_ARCHIVED == static_cast<int>(ProjectStatus::archived));
static_assert(CHAINQUAL_RESULT_PATENT == static_cast<int>(ResultKind::patent));
static_assert(CHAINQUAL_RESULT_KNOW_HOW == static_cast<int>(ResultKind::know_how));
static_assert(CHAINQUAL_RESULT_SOFTWARE_COPYRIGHT == static_cast<int>(ResultKind::software_copyright));
static_assert(CHAINQUAL_RESULT_TECHNICAL_STANDARD == static_cast<int>(ResultKind::technical_standard));
static_assert(CHAINQUAL_RESULT_SOLUTION == static_cast<int>(ResultKind::solution));
static_assert(CHAINQUAL_RESULT_DATABASE == static_cast<int>(ResultKind::database));
static_assert(CHAINQUAL_RESULT_TYPICAL_CASE == static_cast<int>(ResultKind::typical_case));
static_assert(CHAINQUAL_RESULT_OTHER == static_cast<int>(ResultKind::other));
static_assert(CHAINQUAL_SHARING_OPEN == static_cast<int>(SharingLevel::open));
static_assert(CHAINQUAL_SHARING_MEMBERS == static_cast<int>(SharingLevel::members));
static_assert(CHAINQUAL_SHARING_DIRECTED == static_cast<int>(SharingLevel::directed));
static_assert(CHAINQUAL_TERMS_FREE == static_cast<int>(SharingTerms::free));
static_assert(CHAINQUAL_TERMS_PAID == static_cast<int>(SharingTerms::paid));
static_assert(CHAINQUAL_TERMS_AGREEMENT == static_cast<int>(SharingTerms::agreement));
static_assert(CHAINQUAL_RESULT_SUBMITTED == static_cast<int>(ResultStatus::submitted));
static_assert(CHAINQUAL_RESULT_UNDER_REVIEW == static_cast<int>(ResultStatus::under_review));
static_assert(CHAINQUAL_RESULT_SHARED == static_cast<int>(ResultStatus::shared));
static_assert(CHAINQUAL_RESULT_WITHDRAWN == static_cast<int>(ResultStatus::withdrawn));
static_assert(CHAINQUAL_HIGHER_IS_BETTER == static_cast<int>(Direction::higher_is_better));
static_assert(CHAINQUAL_LOWER_IS_BETTER == static_cast<int>(Direction::lower_is_better));

namespace {

/// @throws Error{missing_value} an empty text, whose absence the two sentences tell.
void require_text(const std::string& text, const char* zh, const char* en) {
  if (text.empty()) throw Error(ErrorCode::missing_value, {zh, en});
}

/// Puts a record whose number is new at the end of its table.
/// @throws Error{missing_value} no number; Error{duplicate} another record's.
template <class Record>
void append_numbered(std::vector<Record>& table, Record made) {
  require_text(made.number, "记录没有编号。", "The record has no number.");
  if (std::any_of(table.begin(), table.end(), [&](const Record& one) { return one.number == made.number; })) {
    const std::string shown = shown_value(made.number);
    throw Error(ErrorCode::duplicate,
                {"编号 «" + shown + "» 已经存在。", "The number «" + shown + "» is another record's already."});
  }
  table.push_back(std::move(made));
}

/// A score as the registers hold it. @throws Error{invalid_value} no decimal of at most 18 places.
std::optional<Decimal> decimal_of_score(const std::optional<Rational>& score) {
  if (!score) return std::nullopt;
  const std::string text = score->to_string();
  const auto decimal = Decimal::parse(text);
  if (!decimal) {
    throw Error(ErrorCode::invalid_value,
                {"评分 " + text + " 不是有限小数；登记表只收小数。",
                 "The score " + text + " is no finite decimal, and the register holds decimals alone."});
  }
  return decimal;
}

}  // namespace

chainqual_status chainqual_chain_add_panel(chainqual_chain* chain, const chainqual_expert_score* rows, uint64_t count,
                                           const chainqual_control* control, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    throw_if_cancelled(capi::control_of(control));
    std::vector<ExpertScore> given;
    std::vector<ScoreRow> made;
    for (const auto& row : capi::entries(rows, count, "rows")) {
      const ScoreEntry entry = capi::entry_of(row.score);
      given.push_back({std::string(text_of(row.problem)), std::string(text_of(row.expert)), entry});
      made.push_back({given.back().problem,
                      given.back().expert,
                      decimal_of_score(entry.impact),
                      decimal_of_score(entry.diffusion),
                      decimal_of_score(entry.urgency),
                      {}});
    }
    static_cast<void>(panel_scores(given));  // refuses what no panel can be, all findings at once
    auto& scores = capi::editable(chain).scores;
    scores.reserve(scores.size() + made.size());
    std::move(made.begin(), made.end(), std::back_inserter(scores));
  });
}

chainqual_status chainqual_chain_add_project(chainqual_chain* chain, const chainqual_project* project,
                                             chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(project, "project"));
    Project made;
    made.number = text_of(own.number);
    made.name = text_of(own.name);
    made.name_en = text_of(own.name_en);
    made.kind = enumerator<ProjectKind>(own.kind, "kind");
    made.problems = list_of(own.problems, "problems");
    made.problem_text = text_of(own.problem_text);
    made.problem_text_en = text_of(own.problem_text_en);
    made.lead = text_of(own.lead);
    made.participants = list_of(own.participants, "participants");
    made.start = text_of(own.start);
    made.end = text_of(own.end);
    made.content = text_of(own.content);
    made.expected = text_of(own.expected);
    made.expected_en = text_of(own.expected_en);
    made.route = text_of(own.route);
    made.resources = text_of(own.resources);
    made.budget = decimal_of(own.budget);
    made.status = enumerator<ProjectStatus>(own.status, "status");
    made.source = text_of(own.source);
    append_numbered(capi::editable(chain).projects, std::move(made));
  });
}

chainqual_status chainqual_chain_add_milestone(chainqual_chain* chain, const chainqual_milestone* milestone,
                                               chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(milestone, "milestone"));
    Milestone made;
    made.project = text_of(own.project);
    made.number = text_of(own.number);
    made.name = text_of(own.name);
    made.name_en = text_of(own.name_en);
    made.due = text_of(own.due);
    made.done = text_of(own.done);
    made.note = text_of(own.note);
    require_text(made.project, "里程碑没有项目编号。", "The milestone names no project.");
    capi::editable(chain).milestones.push_back(std::move(made));
  });
}

chainqual_status chainqual_chain_add_indicator(chainqual_chain* chain, const chainqual_indicator* indicator,
                                               chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(indicator, "indicator"));
    IndicatorRow made;
    made.project = text_of(own.project);
    made.name = text_of(own.name);
    made.name_en = text_of(own.name_en);
    made.category = text_of(own.category);
    made.unit = text_of(own.unit);
    made.direction = enumerator<Direction>(own.direction, "direction");
    made.baseline = decimal_of(own.baseline);
    made.target = decimal_of(own.target);
    made.value = decimal_of(own.value);
    made.period = text_of(own.period);
    made.evidence = text_of(own.evidence);
    made.source = text_of(own.source);
    made.steps = list_of(own.steps, "steps");
    made.date = text_of(own.date);
    made.action = text_of(own.action);
    made.owner = text_of(own.owner);
    made.due = text_of(own.due);
    require_text(made.name, "指标没有名称。", "The indicator has no name.");
    capi::editable(chain).indicators.push_back(std::move(made));
  });
}

chainqual_status chainqual_chain_add_result(chainqual_chain* chain, const chainqual_result* result,
                                            chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(result, "result"));
    SharedResult made;
    made.number = text_of(own.number);
    made.name = text_of(own.name);
    made.name_en = text_of(own.name_en);
    made.project = text_of(own.project);
    made.contributor = text_of(own.contributor);
    made.kind = enumerator<ResultKind>(own.kind, "kind");
    made.summary = text_of(own.summary);
    made.problems = list_of(own.problems, "problems");
    made.indicators = text_of(own.indicators);
    made.scope = text_of(own.scope);
    made.rights_kind = text_of(own.rights_kind);
    made.rights_status = text_of(own.rights_status);
    made.certificate = text_of(own.certificate);
    made.owner = text_of(own.owner);
    made.level = enumerator<SharingLevel>(own.level, "level");
    made.terms = enumerator<SharingTerms>(own.terms, "terms");
    made.directed_to = list_of(own.directed_to, "directed_to");
    made.contact = text_of(own.contact);
    made.pledged = own.pledged != 0;
    made.opinion = text_of(own.opinion);
    made.terms_note = text_of(own.terms_note);
    made.status = enumerator<ResultStatus>(own.status, "status");
    append_numbered(capi::editable(chain).results, std::move(made));
  });
}

chainqual_status chainqual_chain_add_policy_tool(chainqual_chain* chain, const chainqual_policy_tool* tool,
                                                 chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto own = capi::settled(&capi::required(tool, "tool"));
    PolicyTool made;
    made.number = text_of(own.number);
    made.need = text_of(own.need);
    made.need_en = text_of(own.need_en);
    made.measures = text_of(own.measures);
    made.measures_en = text_of(own.measures_en);
    made.form = text_of(own.form);
    made.form_en = text_of(own.form_en);
    made.effect = text_of(own.effect);
    made.effect_en = text_of(own.effect_en);
    made.problems = list_of(own.problems, "problems");
    made.source = text_of(own.source);
    append_numbered(capi::editable(chain).policy_tools, std::move(made));
  });
}
