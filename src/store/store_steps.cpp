#include "chainqual/register/as_of.hpp"
#include "chainqual/register/consistency.hpp"
#include "chainqual/register/due.hpp"
#include "core.hpp"

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
Consortium& the_record(Dossier& slice, ConsortiumStatus, std::string_view) {
  return *slice.consortium;
}

}  // namespace

/// The rows that the guards of a step look at, and no others: a dossier in small.
class Store::State::Slice {
 public:
  explicit Slice(State& state) : state_(state) {}

  Dossier of(ProblemStatus, const std::string& number) {
    load(dossier_.problems, "\"number\" = ?", number);
    load(dossier_.projects,
         "\"record\" IN (SELECT \"record\" FROM \"ref_problems\" WHERE \"value\" = ? AND \"table\" = 'projects' AND "
         "\"field\" = 'problems')",
         number);
    history("problem", number);
    for (const Project& project : dossier_.projects) history("project", project.number);
    return std::move(dossier_);
  }
  Dossier of(ProjectStatus, const std::string& number) {
    load(dossier_.projects, "\"number\" = ?", number);
    load(dossier_.milestones, "\"project\" = ?", number);
    load(dossier_.documents, "\"project\" = ?", number);
    load(dossier_.changes, "\"project\" = ?", number);
    history("project", number);
    return std::move(dossier_);
  }
  Dossier of(ResultStatus, const std::string& number) {
    load(dossier_.results, "\"number\" = ?", number);
    if (!dossier_.results.empty()) {
      const std::string project = dossier_.results.front().project;
      load(dossier_.projects, "\"number\" = ?", project);
      history("project", project);
    }
    history("result", number);
    return std::move(dossier_);
  }
  Dossier of(LicenceStatus, const std::string& number) {
    load(dossier_.licences, "\"result\" IN (SELECT \"result\" FROM \"licences\" WHERE \"number\" = ?)", number);
    load(dossier_.results, "\"number\" IN (SELECT \"result\" FROM \"licences\" WHERE \"number\" = ?)", number);
    load(dossier_.members, "1 = 1");
    history("licence", number);
    return std::move(dossier_);
  }
  Dossier of(ConsortiumStatus, const std::string&) {
    std::vector<Consortium> one;
    load(one, "1 = 1");
    if (!one.empty()) dossier_.consortium = std::move(one.front());
    load(dossier_.members, "1 = 1");
    history("consortium", {});
    return std::move(dossier_);
  }

  void history(std::string_view lifecycle, const std::string& number) {
    for (const Stored& row :
         state_.rows(storage::info_of(TableId::history), "\"table\" = ? AND COALESCE(\"number\", '') = ?",
                     {std::string(lifecycle), number})) {
      dossier_.history.push_back(storage::record_of<StepRecord>(row.cells));
    }
  }
  [[nodiscard]] std::vector<StepRecord> steps() && { return std::move(dossier_.history); }

 private:
  template <class R>
  void load(std::vector<R>& into, const std::string& condition) {
    for (const Stored& row : state_.rows(storage::info_of(TableOf<R>::id), condition)) {
      into.push_back(storage::record_of<R>(row.cells));
    }
  }
  template <class R>
  void load(std::vector<R>& into, const std::string& condition, const std::string& value) {
    for (const Stored& row : state_.rows(storage::info_of(TableOf<R>::id), condition, {value})) {
      into.push_back(storage::record_of<R>(row.cells));
    }
  }

  State& state_;
  Dossier dossier_;
};

template <class Status>
StepRecord Store::step(const StepRequest<Status>& given, std::optional<std::int64_t> version) {
  using Record = typename RecordOf<Status>::type;
  const TableInfo& table = storage::info_of(TableOf<Record>::id);
  StepRequest<Status> request = given;
  if constexpr (std::is_same_v<Status, ConsortiumStatus>) request.number.clear();
  Transaction transaction(state_->connection, Transaction::Kind::write);
  const auto rows = table.key.empty() ? state_->rows(table) : state_->rows(table, "\"number\" = ?", {request.number});
  if (version && !rows.empty()) static_cast<void>(state_->unchanged(table, rows.front().number, *version));
  Dossier slice = State::Slice(*state_).of(Status{}, request.number);
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

std::vector<StepRecord> Store::history(std::string_view lifecycle, std::string_view number) {
  const Transaction moment(state_->connection, Transaction::Kind::read);
  State::Slice slice(*state_);
  slice.history(lifecycle, std::string(number));
  return std::move(slice).steps();
}

Dossier Store::as_of(Date day) {
  return v1::as_of(content(), day);
}

std::vector<DueItem> Store::due(Date today, const DueOptions& options) {
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
