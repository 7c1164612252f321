#include <algorithm>

#include "chainqual/register/edit.hpp"
#include "chainqual/severity/score.hpp"
#include "slice.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cell;
using storage::Cells;
using storage::Stored;
using storage::TableInfo;
using storage::Transaction;

namespace {

Finding record_finding(std::string_view table, std::string_view column, ErrorCode code, std::string_view value,
                       Text rule, Text fix) {
  return {FindingLevel::error, code,          {std::string(table), 0, 0, std::string(column), 0}, shown_value(value),
          std::move(rule),     std::move(fix)};
}

/// Empty ids are filled as the reader fills them.
template <class R>
void fill_id(R& record) {
  if constexpr (std::is_same_v<R, Enterprise>) {
    if (record.id.empty()) record.id = record.credit_code.empty() ? record.name : record.credit_code;
  } else if constexpr (std::is_same_v<R, Segment>) {
    if (record.id.empty()) record.id = record.name;
  }
}

template <class R>
void check_scores(const R& record, Findings& findings) {
  if constexpr (std::is_same_v<R, ScoreRow>) {
    const auto cell = [](const std::optional<Decimal>& value) {
      return value ? std::optional<Rational>(*value) : std::nullopt;
    };
    findings.add(check_entry({cell(record.impact), cell(record.diffusion), cell(record.urgency)}));
  }
}

template <class R>
concept HasStatus = requires(R record) {
  Lifecycle<decltype(record.status)>::first;
};

/// A new record begins where its lifecycle begins.
template <class R>
void check_first_status(const R& record, Findings& findings) {
  if constexpr (HasStatus<R>) {
    constexpr auto first = Lifecycle<decltype(record.status)>::first;
    if (record.status == first) return;
    findings.add(record_finding(TableOf<R>::name, "status", ErrorCode::illegal_step, key_of(record.status),
                                {"新登记的记录应从“" + std::string(label_of(first, Language::zh)) + "”开始",
                                 "a new record begins as " + std::string(label_of(first, Language::en))},
                                {"先登记，再逐步办理", "enter it so, then take the steps"}));
  }
}

/// What steps write is not written by hand.
template <class R>
void check_kept(const R& before, const R& after, Findings& findings) {
  if constexpr (HasStatus<R>) {
    if (before.status != after.status) {
      findings.add(record_finding(TableOf<R>::name, "status", ErrorCode::illegal_step, key_of(after.status),
                                  {"状态只能通过办理步骤改变", "a status changes by a step alone"},
                                  {"用办理步骤改变状态", "take a step"}));
    }
  }
  if constexpr (std::is_same_v<R, Licence>) {
    if (before.signed_on != after.signed_on) {
      findings.add(record_finding(TableOf<R>::name, "signed_on", ErrorCode::illegal_step, after.signed_on,
                                  {"签订日期由“签订”这一步写入", "the day of signing is written by the step"},
                                  {"保持原样", "leave it as it is"}));
    }
  }
}

template <class R>
concept RuledEdit = requires(const Dossier& dossier, const R* record) {
  against_edit(dossier, record, record);
};

/// The rows that the rules of an edit read: those of the record's project.
template <class R, class State>
Dossier edit_slice(State& state, const R* before, const R* after) {
  typename State::Slice slice(state);
  const R& row = before != nullptr ? *before : *after;
  if constexpr (std::is_same_v<R, Project>) {
    return slice.of(ProjectStatus{}, row.number);
  } else if constexpr (requires { row.project; } && !std::is_same_v<R, SharedResult>) {
    if (before == nullptr || after == nullptr || before->project == after->project) {
      return slice.of(ProjectStatus{}, row.project);
    }
    Dossier both = slice.of(ProjectStatus{}, before->project);  // a row that moves between projects: both rule
    typename State::Slice second(state);
    Dossier other = second.of(ProjectStatus{}, after->project);
    for (auto& project : other.projects) both.projects.push_back(std::move(project));
    for (auto& change : other.changes) both.changes.push_back(std::move(change));
    for (auto& step : other.history) both.history.push_back(std::move(step));
    return both;
  } else {
    return {};
  }
}

template <class R, class State>
void check_edit(State& state, const R* before, const R* after, Findings& findings) {
  if constexpr (RuledEdit<R>) findings.add(against_edit(edit_slice(state, before, after), before, after));
}

/// What a reader finds wrong with the record, but for fields of which something was told already.
void add_new(Findings& findings, const Findings& more) {
  const Findings told = findings;
  for (const Finding& one : more.kept()) {
    const bool again = std::any_of(told.kept().begin(), told.kept().end(), [&](const Finding& other) {
      return other.where.column == one.where.column && other.level == one.level;
    });
    if (!again) findings.add(one);
  }
}

void check_same_key(const TableInfo& table, const Cells& before, const Cells& after, Findings& findings) {
  for (const std::size_t column : table.key) {
    if (before[column] == after[column]) continue;
    findings.add(record_finding(
        table.name, table.columns[column].name, ErrorCode::invalid_argument, after[column].value_or(std::string()),
        {"记录的编号不能更改", "a record's number stays as it was entered"},
        {"保持原编号；登记错的可删除后重新登记", "keep it; a wrong one is removed and entered anew"}));
  }
}

}  // namespace

template <Editable R>
Entry<R> Store::State::enter(const R& given, Findings findings) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Findings read;
  R record = storage::as_read(given, read);
  add_new(findings, read);
  fill_id(record);
  check_scores(record, findings);
  check_first_status(record, findings);
  Cells cells = storage::cells_of(record);
  Transaction transaction(connection, Transaction::Kind::write);
  check_edit<R>(*this, nullptr, &record, findings);
  check_rows(table, cells, 0, findings);
  throw_if_errors(findings);
  Entry<R> entry = storage::entry_of<R>(add(table, std::move(cells)));
  transaction.commit();
  return entry;
}

template <Editable R>
Entry<R> Store::add(const R& given) {
  return state_->enter(given, Findings());
}

template <Editable R>
Entry<R> Store::State::rewrite(std::int64_t number, std::int64_t version, const R& given, Findings findings) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Findings read;
  R record = storage::as_read(given, read);
  add_new(findings, read);
  fill_id(record);
  check_scores(record, findings);
  Cells cells = storage::cells_of(record);
  Transaction transaction(connection, Transaction::Kind::write);
  const Stored former = unchanged(table, number, version);
  const R before = storage::record_of<R>(former.cells);
  check_kept(before, record, findings);
  check_edit<R>(*this, &before, &record, findings);
  check_same_key(table, former.cells, cells, findings);
  check_rows(table, cells, number, findings);
  throw_if_errors(findings);
  if (former.cells == cells) return storage::entry_of<R>(former);
  Entry<R> entry = storage::entry_of<R>(replace(table, former, std::move(cells)));
  transaction.commit();
  return entry;
}

template <Editable R>
Entry<R> Store::change(std::int64_t number, std::int64_t version, const R& given) {
  return state_->rewrite(number, version, given, Findings());
}

template <Editable R>
void Store::remove(std::int64_t number, std::int64_t version) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Transaction transaction(state_->connection, Transaction::Kind::write);
  const Stored former = state_->unchanged(table, number, version);
  state_->check_removable(table, former);
  Findings findings;
  if constexpr (RuledEdit<R>) {
    const R before = storage::record_of<R>(former.cells);
    check_edit<R>(*state_, &before, nullptr, findings);
  }
  throw_if_errors(findings);
  state_->remove(table, former);
  transaction.commit();
}

template <Storable R>
Entry<R> Store::get(std::int64_t number) {
  const Transaction moment(state_->connection, Transaction::Kind::read);
  return storage::entry_of<R>(state_->row(storage::info_of(TableOf<R>::id), number));
}

std::optional<Entry<Member>> Store::State::member_called(std::string_view unit) {
  const TableInfo& table = storage::info_of(TableId::members);
  const Transaction moment(connection, Transaction::Kind::read);
  auto times = rows(table, "\"unit\" = ?", {std::string(unit)});
  if (times.size() > 1) {
    const std::size_t left = table.column("left");
    std::erase_if(times, [&](const Stored& row) { return row.cells[left].has_value(); });
    if (times.size() != 1) {
      std::string entries;
      for (const Stored& row : rows(table, "\"unit\" = ?", {std::string(unit)})) {
        entries += (entries.empty() ? "#" : ", #") + std::to_string(row.number);
      }
      const std::string shown = shown_value(unit);
      throw Error(ErrorCode::duplicate,
                  {"成员“" + shown + "”有多段在册时间，不止一段（或没有一段）未退出：请用内部编号，" + entries + "。",
                   "Member '" + shown +
                       "' has several times in the consortium, and not just one of them is open: name "
                       "one by its entry, " +
                       entries + "."});
    }
  }
  return times.empty() ? std::nullopt : std::optional(storage::entry_of<Member>(times.front()));
}

template <Storable R>
std::optional<Entry<R>> Store::find(std::string_view key, std::string_view within) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Cells cells(table.columns.size());
  if constexpr (std::is_same_v<R, Member>) return state_->member_called(key);
  if (table.key.empty() || key.empty() || (table.key.size() > 1 && within.empty())) return std::nullopt;
  if (table.key.size() > 1) cells[table.key.front()] = std::string(within);
  cells[table.key.back()] = std::string(key);
  const Transaction moment(state_->connection, Transaction::Kind::read);
  const auto found = state_->same_key(table, cells);
  return found ? std::optional(storage::entry_of<R>(*found)) : std::nullopt;
}

template <Storable R>
Page<R> Store::list(const Listing& listing) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Listing exact = listing;
  for (Condition& condition : exact.where) {
    const std::size_t column = table.column(condition.field);
    condition.field = table.columns[column].name;
    const bool whole_value = condition.match == Match::is || condition.match == Match::is_not;
    if (whole_value && !table.columns[column].list) condition.value = storage::cell_word<R>(column, condition.value);
  }
  const Transaction moment(state_->connection, Transaction::Kind::read);
  Page<R> page;
  for (const Stored& row : state_->listed(table, exact, page.total)) page.entries.push_back(storage::entry_of<R>(row));
  return page;
}

template <Storable R>
std::vector<Revision<R>> Store::revisions(std::int64_t number) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  std::vector<Revision<R>> all;
  const Transaction moment(state_->connection, Transaction::Kind::read);
  for (const auto& [row, end] : state_->former(table, number)) {
    all.push_back({storage::entry_of<R>(row), end.at, end.by, end.removed});
  }
  const auto now = state_->rows(table, "\"record\" = ?", {std::to_string(number)});
  if (!now.empty()) all.push_back({storage::entry_of<R>(now.front()), {}, {}, false});
  return all;
}

#define CHAINQUAL_READ(R)                                                              \
  template Entry<R> Store::get<R>(std::int64_t);                                       \
  template std::optional<Entry<R>> Store::find<R>(std::string_view, std::string_view); \
  template Page<R> Store::list<R>(const Listing&);                                     \
  template std::vector<Revision<R>> Store::revisions<R>(std::int64_t);
#define CHAINQUAL_EDIT(R)                                                                     \
  CHAINQUAL_READ(R)                                                                           \
  template Entry<R> Store::add<R>(const R&);                                                  \
  template Entry<R> Store::State::enter<R>(const R&, Findings);                               \
  template Entry<R> Store::State::rewrite<R>(std::int64_t, std::int64_t, const R&, Findings); \
  template Entry<R> Store::change<R>(std::int64_t, std::int64_t, const R&);                   \
  template void Store::remove<R>(std::int64_t, std::int64_t);
CHAINQUAL_EDIT(Segment)
CHAINQUAL_EDIT(Institution)
CHAINQUAL_EDIT(Enterprise)
CHAINQUAL_EDIT(LinkRow)
CHAINQUAL_EDIT(Problem)
CHAINQUAL_EDIT(ScoreRow)
CHAINQUAL_EDIT(Project)
CHAINQUAL_EDIT(Milestone)
CHAINQUAL_EDIT(SharedResult)
CHAINQUAL_EDIT(PolicyTool)
CHAINQUAL_EDIT(IndicatorRow)
CHAINQUAL_EDIT(Consortium)
CHAINQUAL_EDIT(Member)
CHAINQUAL_EDIT(Scope)
CHAINQUAL_EDIT(Change)
CHAINQUAL_EDIT(ProjectRisk)
CHAINQUAL_EDIT(ProgressReport)
CHAINQUAL_EDIT(ProjectDocument)
CHAINQUAL_EDIT(Licence)
CHAINQUAL_EDIT(ChainEvent)
CHAINQUAL_EDIT(Review)
CHAINQUAL_EDIT(ProjectPartner)
CHAINQUAL_READ(AssessedFact)
CHAINQUAL_READ(StepRecord)
#undef CHAINQUAL_EDIT
#undef CHAINQUAL_READ

}  // namespace v1
}  // namespace chainqual
