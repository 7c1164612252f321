#include "chainqual/register/as_of.hpp"
#include "chainqual/register/consistency.hpp"
#include "chainqual/register/due.hpp"
#include "slice.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Stored;
using storage::TableInfo;
using storage::Transaction;

namespace {

template <class State>
struct RecordOf;
template <>
struct RecordOf<ProblemStatus> {
  using type = Problem;
};
template <>
struct RecordOf<ProjectStatus> {
  using type = Project;
};
template <>
struct RecordOf<ResultStatus> {
  using type = SharedResult;
};
template <>
struct RecordOf<LicenceStatus> {
  using type = Licence;
};
template <>
struct RecordOf<ConsortiumStatus> {
  using type = Consortium;
};
template <>
struct RecordOf<Decision> {
  using type = Change;
};

Problem& the_record(Dossier& slice, ProblemStatus, std::string_view number) {
  return register_detail::row_of(slice.problems, number);
}
Project& the_record(Dossier& slice, ProjectStatus, std::string_view number) {
  return register_detail::row_of(slice.projects, number);
}
SharedResult& the_record(Dossier& slice, ResultStatus, std::string_view number) {
  return register_detail::row_of(slice.results, number);
}
Licence& the_record(Dossier& slice, LicenceStatus, std::string_view number) {
  return register_detail::row_of(slice.licences, number);
}
Change& the_record(Dossier& slice, Decision, std::string_view number) {
  return register_detail::change_of(slice.changes, number);
}
Consortium& the_record(Dossier& slice, ConsortiumStatus, std::string_view) {
  return *slice.consortium;
}

/// What picks the record of a step among its table's rows.
template <class Status>
constexpr const char* condition_of() {
  if (std::is_same_v<Status, ConsortiumStatus>) return "'' = ?";
  return std::is_same_v<Status, Decision> ? change_named : "\"number\" = ?";
}

/// The last day that a step may be of: a day behind the store's clock, which tells UTC, for offices east of it.
std::string last_day_of_steps(const std::string& now) {
  const auto today = Date::parse(std::string_view(now).substr(0, 10));
  return today ? today->plus_days(1).to_string() : std::string();
}

}  // namespace

template <class Status>
StepRecord Store::correct(const Correction& given, std::optional<std::int64_t> version) {
  using Record = typename RecordOf<Status>::type;
  const TableInfo& table = storage::info_of(TableOf<Record>::id);
  Correction correction = given;
  if constexpr (std::is_same_v<Status, ConsortiumStatus>) correction.number.clear();
  Transaction transaction(state_->connection, Transaction::Kind::write);
  if (correction.by.empty()) correction.by = state_->options.clerk;
  if (correction.latest.empty()) correction.latest = last_day_of_steps(state_->now());
  const auto rows = state_->rows(table, condition_of<Status>(), {correction.number});
  if (version && !rows.empty()) static_cast<void>(state_->unchanged(table, rows.front().number, *version));
  Dossier all = state_->loaded(true);  // what was built upon the step may stand in any register
  StepRecord taken = correct_step<Status>(all, correction);
  state_->replace(table, rows.front(), storage::cells_of(the_record(all, Status{}, correction.number)));
  Findings findings;
  taken = storage::as_read(taken, findings);
  throw_if_errors(findings);
  state_->add(storage::info_of(TableId::history), storage::cells_of(taken));
  transaction.commit();
  return taken;
}

template StepRecord Store::correct<ProblemStatus>(const Correction&, std::optional<std::int64_t>);
template StepRecord Store::correct<ProjectStatus>(const Correction&, std::optional<std::int64_t>);
template StepRecord Store::correct<ResultStatus>(const Correction&, std::optional<std::int64_t>);
template StepRecord Store::correct<LicenceStatus>(const Correction&, std::optional<std::int64_t>);
template StepRecord Store::correct<ConsortiumStatus>(const Correction&, std::optional<std::int64_t>);
template StepRecord Store::correct<Decision>(const Correction&, std::optional<std::int64_t>);

template <class Status>
StepRecord Store::step(const StepRequest<Status>& given, std::optional<std::int64_t> version) {
  using Record = typename RecordOf<Status>::type;
  const TableInfo& table = storage::info_of(TableOf<Record>::id);
  StepRequest<Status> request = given;
  if constexpr (std::is_same_v<Status, ConsortiumStatus>) request.number.clear();
  Transaction transaction(state_->connection, Transaction::Kind::write);
  if (request.by.empty()) request.by = state_->options.clerk;
  if (request.latest.empty()) request.latest = last_day_of_steps(state_->now());
  const auto rows = state_->rows(table, condition_of<Status>(), {request.number});
  if (version && !rows.empty()) static_cast<void>(state_->unchanged(table, rows.front().number, *version));
  Dossier slice = State::Slice(*state_).of(Status{}, request.number, request.by);
  StepRecord taken = take_step(slice, request);
  state_->replace(table, rows.front(), storage::cells_of(the_record(slice, Status{}, request.number)));
  Findings findings;
  taken = storage::as_read(taken, findings);
  throw_if_errors(findings);
  state_->add(storage::info_of(TableId::history), storage::cells_of(taken));
  transaction.commit();
  return taken;
}

template StepRecord Store::step(const StepRequest<ProblemStatus>&, std::optional<std::int64_t>);
template StepRecord Store::step(const StepRequest<ProjectStatus>&, std::optional<std::int64_t>);
template StepRecord Store::step(const StepRequest<ResultStatus>&, std::optional<std::int64_t>);
template StepRecord Store::step(const StepRequest<LicenceStatus>&, std::optional<std::int64_t>);
template StepRecord Store::step(const StepRequest<ConsortiumStatus>&, std::optional<std::int64_t>);
template StepRecord Store::step(const StepRequest<Decision>&, std::optional<std::int64_t>);

std::vector<StepRecord> Store::history(std::string_view lifecycle, std::string_view given) {
  const TableInfo& table = storage::info_with(lifecycle);
  const bool one = lifecycle == Lifecycle<ConsortiumStatus>::key;
  const std::string number = one ? std::string() : std::string(given);
  const Transaction moment(state_->connection, Transaction::Kind::read);
  State::Slice slice(*state_);
  slice.history(lifecycle, number);
  auto steps = std::move(slice).steps();
  const bool change = lifecycle == Lifecycle<Decision>::key;
  if (steps.empty() && state_->rows(table,
                                    one      ? "'' = ?"
                                    : change ? change_named
                                             : "\"number\" = ?",
                                    {number})
                           .empty()) {
    const std::string shown = shown_value(number);
    throw Error(ErrorCode::not_found,
                {"“" + std::string(table.zh) + "”中没有编号为“" + shown + "”的记录：请核对编号。",
                 "Table " + std::string(table.name) + " holds no record '" + shown + "': check the number."});
  }
  return steps;
}

Dossier Store::as_of(Date day, Moment moment) {
  if (moment == Moment::registers) return v1::as_of(content(), day);
  const State::AsRecorded then(*state_, day.plus_days(1).to_string());
  return content();
}

std::vector<DueItem> Store::due(Date today, const DueOptions& given) {
  DueOptions options = given;
  if (!options.begun) options.begun = state_->first_entry();
  return due_items(content(), today, options);
}

std::vector<ProjectWarning> Store::warnings(Date today) {
  return project_warnings(content(), today);
}

Findings Store::consistency(Date today) {
  return check_registers(content(), today);
}

}  // namespace v1
}  // namespace chainqual
