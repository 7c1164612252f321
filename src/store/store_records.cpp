#include "chainqual/register/lifecycle.hpp"
#include "chainqual/severity/score.hpp"
#include "core.hpp"

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
Entry<R> Store::add(const R& given) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Findings findings;
  R record = storage::as_read(given, findings);
  fill_id(record);
  check_scores(record, findings);
  check_first_status(record, findings);
  Cells cells = storage::cells_of(record);
  Transaction transaction(state_->connection, Transaction::Kind::write);
  state_->check_rows(table, cells, 0, findings);
  throw_if_errors(findings);
  Entry<R> entry = storage::entry_of<R>(state_->add(table, std::move(cells)));
  transaction.commit();
  return entry;
}

template <Editable R>
Entry<R> Store::change(std::int64_t number, std::int64_t version, const R& given) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Findings findings;
  R record = storage::as_read(given, findings);
  fill_id(record);
  check_scores(record, findings);
  Cells cells = storage::cells_of(record);
  Transaction transaction(state_->connection, Transaction::Kind::write);
  const Stored former = state_->unchanged(table, number, version);
  check_kept(storage::record_of<R>(former.cells), record, findings);
  check_same_key(table, former.cells, cells, findings);
  state_->check_rows(table, cells, number, findings);
  throw_if_errors(findings);
  if (former.cells == cells) return storage::entry_of<R>(former);
  Entry<R> entry = storage::entry_of<R>(state_->replace(table, former, std::move(cells)));
  transaction.commit();
  return entry;
}

template <Editable R>
void Store::remove(std::int64_t number, std::int64_t version) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Transaction transaction(state_->connection, Transaction::Kind::write);
  const Stored former = state_->unchanged(table, number, version);
  state_->check_removable(table, former);
  state_->remove(table, former);
  transaction.commit();
}

template <Storable R>
Entry<R> Store::get(std::int64_t number) {
  const Transaction moment(state_->connection, Transaction::Kind::read);
  return storage::entry_of<R>(state_->row(storage::info_of(TableOf<R>::id), number));
}

template <Storable R>
std::optional<Entry<R>> Store::find(std::string_view key, std::string_view within) {
  const TableInfo& table = storage::info_of(TableOf<R>::id);
  Cells cells(table.columns.size());
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
#define CHAINQUAL_EDIT(R)                                                   \
  CHAINQUAL_READ(R)                                                         \
  template Entry<R> Store::add<R>(const R&);                                \
  template Entry<R> Store::change<R>(std::int64_t, std::int64_t, const R&); \
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
CHAINQUAL_READ(AssessedFact)
CHAINQUAL_READ(StepRecord)
#undef CHAINQUAL_EDIT
#undef CHAINQUAL_READ

}  // namespace v1
}  // namespace chainqual
