#include <algorithm>

#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cell;
using storage::Cells;
using storage::Engine;
using storage::Stored;
using storage::TableInfo;
using storage::text_or_empty;
using storage::whole;

namespace {

/// SQL of one condition; its values are added.
class ConditionWriter {
 public:
  ConditionWriter(const TableInfo& table, storage::Connection& connection, Cells& values)
      : table_(table), connection_(connection), engine_(connection.engine()), values_(values) {}

  std::string written(const Condition& condition) {
    const auto& column = table_.columns[table_.column(condition.field)];
    const std::string name = storage::quoted_name(column.name);
    switch (condition.match) {
      case Match::is:
        return equal(column, condition.value, true);
      case Match::is_not:
        return equal(column, condition.value, false);
      case Match::contains:
        return contains(column, condition.value);
      case Match::from:
        values_.emplace_back(condition.value);
        return name + " >= ?";
      case Match::until:
        values_.emplace_back(condition.value);
        return name + " <= ?";
      case Match::empty:
        return name + " IS NULL";
      case Match::filled:
        return name + " IS NOT NULL";
    }
    return "1 = 0";
  }

 private:
  std::string equal(const storage::ColumnInfo& column, const std::string& value, bool yes) {
    const std::string name = storage::quoted_name(column.name);
    if (column.list && column.refers == TableId::none) {
      throw Error(ErrorCode::invalid_argument,
                  {"字段“" + std::string(column.zh) + "”是列表：请用“包含”条件。",
                   "Field '" + std::string(column.name) + "' is a list: ask what it contains."});
    }
    if (column.list) {
      values_.emplace_back(value);
      values_.emplace_back(std::string(table_.name));
      values_.emplace_back(std::string(column.name));
      return std::string("\"record\" ") + (yes ? "IN" : "NOT IN") + " (SELECT \"record\" FROM " +
             storage::quoted_name(storage::reference_table(storage::info_of(column.refers).name)) +
             " WHERE \"value\" = ? AND \"table\" = ? AND \"field\" = ?)";
    }
    if (value.empty()) return name + (yes ? " IS NULL" : " IS NOT NULL");
    values_.emplace_back(value);
    return yes ? name + " = ?" : "(" + name + " IS NULL OR " + name + " <> ?)";
  }

  /// Where the table is searched, the index proposes rows and the cell decides.
  std::string contains(const storage::ColumnInfo& column, const std::string& value) {
    const std::string name = storage::quoted_name(column.name);
    std::string proposed;
    if (const std::string query = proposal(column, value); !query.empty()) {
      proposed = engine_ == Engine::sqlite ? "SELECT rowid FROM \"search_grams\" WHERE \"search_grams\" MATCH ?"
                                           : "SELECT \"record\" FROM \"search\" WHERE \"grams\" @@ CAST(? AS tsquery)";
      // The index holds the fronts of very long texts alone. Asked for only where there are any: PostgreSQL takes them
      // for a third of all rows, and would read the whole table.
      const std::string cut = "SELECT \"record\" FROM \"search\" WHERE " + storage::is_cut(engine_);
      if (!connection_.rows(cut + " LIMIT 1", {}, 1).empty()) proposed += " UNION ALL " + cut;
      proposed = "\"record\" IN (" + proposed + ") AND ";
      values_.emplace_back(query);
    }
    values_.emplace_back(value);
    return proposed + (engine_ == Engine::sqlite ? "instr(" : "strpos(") + name + ", ?) > 0";
  }

  /// What to ask the index for; empty where looking at every row is no slower.
  std::string proposal(const storage::ColumnInfo& column, const std::string& value) {
    if (table_.title.empty()) return {};
    const auto words = storage::words_of_part(value);
    if (words.empty()) return {};
    const bool in_title = std::any_of(table_.title.begin(), table_.title.end(),
                                      [&](std::size_t title) { return &table_.columns[title] == &column; });
    std::string query = storage::index_query(words, in_title ? storage::title_mark : std::string_view(), engine_);
    return engine_ == Engine::sqlite && is_common(query) ? std::string() : query;
  }

  /// Whether a query finds so much that rows picked one by one cost more than all in their order. PostgreSQL knows by
  /// itself.
  bool is_common(const std::string& query) {
    constexpr std::int64_t share = 5;
    const std::int64_t records =
        whole(connection_.value("SELECT \"value\" FROM \"store\" WHERE \"key\" = 'next_record'"));
    const std::string most = std::to_string(records / share + 1);
    return whole(connection_.value("SELECT count(*) FROM (SELECT rowid FROM \"search_grams\" WHERE \"search_grams\" "
                                   "MATCH ? LIMIT ?)",
                                   {query, most})) > records / share;
  }

  const TableInfo& table_;
  storage::Connection& connection_;
  Engine engine_;
  Cells& values_;
};

}  // namespace

std::vector<Stored> Store::State::listed(const TableInfo& table, const Listing& listing, std::uint64_t& total) {
  Cells values;
  std::string where;
  ConditionWriter writer(table, connection, values);
  for (const Condition& condition : listing.where) {
    where += (where.empty() ? " WHERE " : " AND ") + writer.written(condition);
  }
  const std::string from = " FROM " + storage::quoted_name(table.name) + where;
  const std::string way = listing.descending ? " DESC" : "";
  std::string order = "\"record\"" + way;
  if (!listing.order_by.empty()) {
    // Empty cells before all others, on every database.
    order = storage::quoted_name(table.columns[table.column(listing.order_by)].name) + way +
            (listing.descending ? " NULLS LAST" : " NULLS FIRST") + ", \"record\"";
  }
  const Cells asked = values;
  values.emplace_back(std::to_string(listing.limit));
  values.emplace_back(std::to_string(listing.offset));
  std::vector<Stored> page;
  // The rows of the page are picked first, from an index where there is one, so that the others are never read whole.
  connection.each("SELECT " + storage::all_columns(table) + " FROM " + storage::quoted_name(table.name) +
                      " WHERE \"record\" IN (SELECT \"record\"" + from + " ORDER BY " + order +
                      " LIMIT ? OFFSET ?) ORDER BY " + order,
                  values, table.columns.size() + 4, [&](Cells& row) { page.push_back(storage::stored_from(row)); });
  // A page that is not full is the last: nothing need be counted, and a search without an index reads the table once.
  if (page.size() < listing.limit && (!page.empty() || listing.offset == 0)) {
    total = listing.offset + page.size();
  } else {
    total = static_cast<std::uint64_t>(whole(connection.rows("SELECT count(*)" + from, asked, 1).front().front()));
  }
  return page;
}

std::vector<std::pair<Stored, Store::State::End>> Store::State::former(const TableInfo& table, std::int64_t number) {
  std::vector<std::pair<Stored, End>> all;
  const auto found = connection.rows(
      "SELECT \"version\", \"changed_at\", \"changed_by\", \"content\", \"ended_at\", \"ended_by\", \"removed\" FROM "
      "\"revisions\" WHERE \"record\" = ? AND \"table\" = ? ORDER BY \"version\"",
      {std::to_string(number), std::string(table.name)}, 7);
  for (const Cells& row : found) {
    all.push_back({{number, whole(row[0]), text_or_empty(row[1]), text_or_empty(row[2]),
                    storage::cells_from_json(table, text_or_empty(row[3]))},
                   {text_or_empty(row[4]), text_or_empty(row[5]), row[6] == "true"}});
  }
  return all;
}

}  // namespace v1
}  // namespace chainqual
