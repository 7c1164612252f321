#include "core.hpp"

#include <algorithm>
#include <ctime>

namespace chainqual {
inline namespace v1 {
namespace storage {

std::string all_columns(const TableInfo& table) {
  std::string list = "\"record\", \"version\", \"changed_at\", \"changed_by\"";
  for (const auto& column : table.columns) list += ", " + quoted_name(column.name);
  return list;
}

Stored stored_from(Cells& row) {
  Stored stored{whole(row[0]), whole(row[1]), text_or_empty(row[2]), text_or_empty(row[3]), {}};
  stored.cells.assign(std::make_move_iterator(row.begin() + 4), std::make_move_iterator(row.end()));
  return stored;
}

namespace {

std::string marks(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += i == 0 ? "?" : ", ?";
  return list;
}

std::string key_shown(const TableInfo& table, const Cells& cells) {
  std::string key;
  for (const std::size_t column : table.key)
    key += (key.empty() ? "" : " / ") + shown_value(text_or_empty(cells[column]));
  return key;
}

/// Which fields differ, with both values: "status: 'a' → 'b'".
Text differences(const TableInfo& table, const Cells& before, const Cells& after) {
  Text list;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (before[i] == after[i]) continue;
    const std::string from = shown_value(text_or_empty(before[i]), 30);
    const std::string to = shown_value(text_or_empty(after[i]), 30);
    list.zh += (list.zh.empty() ? "" : "；") + std::string(table.columns[i].zh) + "“" + from + "”→“" + to + "”";
    list.en += (list.en.empty() ? "" : "; ") + std::string(table.columns[i].name) + " '" + from + "' → '" + to + "'";
  }
  return list;
}

}  // namespace
}  // namespace storage

using storage::Cell;
using storage::Cells;
using storage::Stored;
using storage::TableInfo;
using storage::text_or_empty;
using storage::whole;

Store::State::State(const std::string& address, const StoreOptions& given)
    : options(given), connection(address, given.must_exist, given.wait_ms) {}

std::string Store::State::now() const {
  if (options.clock) return options.clock();
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, length};
}

std::vector<Stored> Store::State::rows(const TableInfo& table, const std::string& condition,
                                       std::initializer_list<Cell> values) {
  if (!recorded_before_.empty() && condition.empty()) return recorded_rows(table);
  std::vector<Stored> all;
  const std::string sql = "SELECT " + all_columns(table) + " FROM " + storage::quoted_name(table.name) +
                          (condition.empty() ? "" : " WHERE " + condition) + " ORDER BY \"record\"";
  connection.each(sql, std::span<const Cell>(values.begin(), values.size()), table.columns.size() + 4,
                  [&](Cells& row) { all.push_back(storage::stored_from(row)); });
  return all;
}

std::vector<Stored> Store::State::recorded_rows(const TableInfo& table) {
  std::vector<Stored> all = rows(table, "\"changed_at\" < ?", {recorded_before_});
  connection.each(
      "SELECT \"record\", \"version\", \"changed_at\", \"changed_by\", \"content\" FROM \"revisions\" WHERE "
      "\"table\" = ? AND \"changed_at\" < ? AND \"ended_at\" >= ?",
      Cells{std::string(table.name), recorded_before_, recorded_before_}, 5, [&](Cells& row) {
        all.push_back({whole(row[0]), whole(row[1]), text_or_empty(row[2]), text_or_empty(row[3]),
                       storage::cells_from_json(table, text_or_empty(row[4]))});
      });
  std::sort(all.begin(), all.end(), [](const Stored& a, const Stored& b) { return a.number < b.number; });
  return all;
}

std::optional<Date> Store::State::first_entry() {
  std::string first;
  const auto look = [&](const std::string& name) {
    const std::string found =
        text_or_empty(connection.value("SELECT min(\"changed_at\") FROM " + storage::quoted_name(name)));
    if (!found.empty() && (first.empty() || found < first)) first = found;
  };
  const storage::Transaction moment(connection, storage::Transaction::Kind::read);
  for (std::size_t id = 0; id < table_count; ++id) {
    look(std::string(storage::info_of(static_cast<TableId>(id)).name));
  }
  look("revisions");
  return Date::parse(std::string_view(first).substr(0, 10));
}

std::optional<Stored> Store::State::same_key(const TableInfo& table, const Cells& cells) {
  if (table.key.empty()) return std::nullopt;
  std::string condition;
  Cells values;
  for (const std::size_t column : table.key) {
    if (!cells[column]) return std::nullopt;  // an empty key is no key
    condition += (condition.empty() ? "" : " AND ") + storage::quoted_name(table.columns[column].name) + " = ?";
    values.push_back(cells[column]);
  }
  std::optional<Stored> found;
  connection.each("SELECT " + all_columns(table) + " FROM " + storage::quoted_name(table.name) + " WHERE " + condition,
                  values, table.columns.size() + 4, [&](Cells& row) { found = storage::stored_from(row); });
  return found;
}

Stored Store::State::row(const TableInfo& table, std::int64_t number) {
  auto found = rows(table, "\"record\" = ?", {std::to_string(number)});
  if (found.empty()) gone(table, number);
  return std::move(found.front());
}

void Store::State::gone(const TableInfo& table, std::int64_t number) {
  const auto removed = connection.rows(
      "SELECT \"ended_at\", \"ended_by\" FROM \"revisions\" WHERE \"record\" = ? AND \"table\" = ? AND \"removed\" = "
      "'true'",
      {std::to_string(number), std::string(table.name)}, 2);
  const std::string shown = std::to_string(number);
  if (removed.empty()) {
    throw Error(ErrorCode::not_found,
                {"“" + std::string(table.zh) + "”中没有内部编号为 " + shown + " 的记录：请重新查询。",
                 "Table " + std::string(table.name) + " holds no entry " + shown + ": look it up again."});
  }
  const std::string at = text_or_empty(removed.front()[0]);
  const std::string by = shown_value(text_or_empty(removed.front()[1]));
  throw Error(
      ErrorCode::not_found,
      {"“" + std::string(table.zh) + "”的记录 " + shown + " 已由“" + by + "”于 " + at + " 删除。",
       "Entry " + shown + " of table " + std::string(table.name) + " was removed by '" + by + "' at " + at + "."});
}

Stored Store::State::unchanged(const TableInfo& table, std::int64_t number, std::int64_t version) {
  Stored current = row(table, number);
  if (current.version == version) return current;
  const Cell content =
      connection.value("SELECT \"content\" FROM \"revisions\" WHERE \"record\" = ? AND \"version\" = ?",
                       {std::to_string(number), std::to_string(version)});
  Text what;
  if (content) what = storage::differences(table, storage::cells_from_json(table, *content), current.cells);
  const std::string key = storage::key_shown(table, current.cells);
  const std::string by = shown_value(current.changed_by);
  throw Error(
      ErrorCode::conflict,
      {"“" + std::string(table.zh) + "”的记录 " + key + " 已由“" + by + "”于 " + current.changed_at + " 修改（现为第 " +
           std::to_string(current.version) + " 版，您依据的是第 " + std::to_string(version) + " 版" +
           (what.zh.empty() ? "" : "）：" + what.zh) + (what.zh.empty() ? "）" : "") + "。请重新读取后再改。",
       "Record " + key + " of " + std::string(table.name) + " was changed by '" + by + "' at " + current.changed_at +
           " (it is at version " + std::to_string(current.version) + ", yours was made from " +
           std::to_string(version) + ")" + (what.en.empty() ? std::string() : ": " + what.en) +
           ". Read it again, then make your change."});
}

std::int64_t Store::State::take_numbers(std::int64_t count) {
  const std::int64_t first = whole(connection.value("SELECT \"value\" FROM \"store\" WHERE \"key\" = 'next_record'"));
  connection.run("UPDATE \"store\" SET \"value\" = ? WHERE \"key\" = 'next_record'", {std::to_string(first + count)});
  return first;
}

void Store::State::insert(const TableInfo& table, const Stored& row) {
  Cells values{std::to_string(row.number), std::to_string(row.version), row.changed_at, row.changed_by};
  values.insert(values.end(), row.cells.begin(), row.cells.end());
  connection.run("INSERT INTO " + storage::quoted_name(table.name) + " (" + all_columns(table) + ") VALUES (" +
                     storage::marks(values.size()) + ")",
                 values);
}

void Store::State::insert_lists(const TableInfo& table, const Stored& row) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    if (!column.list || column.refers == TableId::none) continue;
    std::size_t position = 0;
    for (auto& value : storage::elements_of(row.cells[i])) {
      connection.run("INSERT INTO " +
                         storage::quoted_name(storage::reference_table(storage::info_of(column.refers).name)) +
                         " (\"value\", \"table\", \"field\", \"record\", \"position\") VALUES (?, ?, ?, ?, ?)",
                     {std::move(value), std::string(table.name), std::string(column.name), std::to_string(row.number),
                      std::to_string(position++)});
    }
  }
}

Stored Store::State::add(const TableInfo& table, Cells cells) {
  Stored row{take_numbers(1), 1, now(), options.clerk, std::move(cells)};
  insert(table, row);
  insert_lists(table, row);
  index(table, row);
  return row;
}

void Store::State::keep_revision(const TableInfo& table, const Stored& former, bool removed, const std::string& at) {
  connection.run(
      "INSERT INTO \"revisions\" (\"record\", \"version\", \"table\", \"changed_at\", \"changed_by\", \"content\", "
      "\"ended_at\", \"ended_by\", \"removed\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {std::to_string(former.number), std::to_string(former.version), std::string(table.name), former.changed_at,
       former.changed_by, storage::cells_to_json(table, former.cells), at, options.clerk, removed ? "true" : "false"});
}

Stored Store::State::replace(const TableInfo& table, const Stored& former, Cells cells) {
  Stored row{former.number, former.version + 1, now(), options.clerk, std::move(cells)};
  keep_revision(table, former, false, row.changed_at);
  std::string sets = "\"version\" = ?, \"changed_at\" = ?, \"changed_by\" = ?";
  Cells values{std::to_string(row.version), row.changed_at, row.changed_by};
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    sets += ", " + storage::quoted_name(table.columns[i].name) + " = ?";
    values.push_back(row.cells[i]);
  }
  values.emplace_back(std::to_string(row.number));
  connection.run("UPDATE " + storage::quoted_name(table.name) + " SET " + sets + " WHERE \"record\" = ?", values);
  for (const TableId target : storage::listed_targets) {
    connection.run("DELETE FROM " + storage::quoted_name(storage::reference_table(storage::info_of(target).name)) +
                       " WHERE \"record\" = ?",
                   {std::to_string(row.number)});
  }
  insert_lists(table, row);
  unindex(row.number);
  index(table, row);
  return row;
}

void Store::State::remove(const TableInfo& table, const Stored& former) {
  keep_revision(table, former, true, now());
  unindex(former.number);
  for (const TableId target : storage::listed_targets) {
    connection.run("DELETE FROM " + storage::quoted_name(storage::reference_table(storage::info_of(target).name)) +
                       " WHERE \"record\" = ?",
                   {std::to_string(former.number)});
  }
  connection.run("DELETE FROM " + storage::quoted_name(table.name) + " WHERE \"record\" = ?",
                 {std::to_string(former.number)});
}

std::pair<std::string, std::int64_t> Store::State::setting(const std::string& key) {
  const auto found = connection.rows("SELECT \"value\", \"version\" FROM \"store\" WHERE \"key\" = ?", {key}, 2);
  if (found.empty()) return {{}, 0};
  return {text_or_empty(found.front()[0]), whole(found.front()[1])};
}

}  // namespace v1
}  // namespace chainqual
