#include "chainqual/chain/nearest.hpp"
#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cell;
using storage::Cells;
using storage::Stored;
using storage::TableInfo;
using storage::text_or_empty;
using storage::whole;

namespace {

Finding finding(const TableInfo& table, std::size_t column, ErrorCode code, std::string value, Text rule, Text fix) {
  return {FindingLevel::error,
          code,
          {std::string(table.name), 0, 0, std::string(table.columns[column].name), 0},
          shown_value(value),
          std::move(rule),
          std::move(fix)};
}

}  // namespace

void Store::State::check_references(const TableInfo& table, const Cells& cells, Findings& findings) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    if (column.refers == TableId::none || !cells[i]) continue;
    const TableInfo& target = storage::info_of(column.refers);
    const std::string key = storage::quoted_name(target.columns[target.key.front()].name);
    const std::string from = " FROM " + storage::quoted_name(target.name);
    for (const auto& value : column.list ? storage::elements_of(cells[i]) : std::vector<std::string>{*cells[i]}) {
      if (connection.value("SELECT \"record\"" + from + " WHERE " + key + " = ?", {value})) continue;
      Nearest nearest(value);
      connection.each("SELECT " + key + from + " WHERE " + key + " IS NOT NULL ORDER BY " + key + " LIMIT 100000", {},
                      1, [&](Cells& row) { nearest.offer(*row.front()); });
      const auto near = std::move(nearest).take();
      findings.add(finding(
          table, i, ErrorCode::unknown_reference, value,
          {"“" + std::string(target.zh) + "”中没有此编号", "table " + std::string(target.name) + " holds no such id"},
          near.empty()
              ? Text{"先登记它，或更正此处", "enter it first, or correct it here"}
              : Text{"相近的编号：" + quoted_list(near, "、"), "nearest known ids: " + quoted_list(near, ", ")}));
    }
  }
}

void Store::State::check_key(const TableInfo& table, const Cells& cells, std::int64_t number, Findings& findings) {
  const auto twin = same_key(table, cells);
  if (!twin || twin->number == number) return;
  const std::size_t column = table.key.back();
  findings.add(finding(
      table, column, ErrorCode::duplicate, text_or_empty(cells[column]),
      {"已有同一编号的记录，由“" + shown_value(twin->changed_by) + "”于 " + twin->changed_at + " 登记",
       "such a record stands already, last changed by '" + shown_value(twin->changed_by) + "' at " + twin->changed_at},
      {"更改编号，或修改已有的记录", "choose another number, or change the record that stands"}));
}

void Store::State::check_enterprise(const TableInfo& table, const Cells& cells, std::int64_t number,
                                    Findings& findings) {
  const std::size_t code = table.column("credit_code");
  if (cells[code]) {
    const auto twins = rows(table, "\"credit_code\" = ? AND \"record\" <> ?", {cells[code], std::to_string(number)});
    if (!twins.empty()) {
      const std::string other = shown_value(text_or_empty(twins.front().cells[table.column("name")]));
      findings.add(finding(table, code, ErrorCode::duplicate, *cells[code],
                           {"“" + other + "”已使用同一统一社会信用代码：一个代码只对应一家企业",
                            "'" + other + "' has the same credit code: one code stands for one enterprise"},
                           {"核对代码，或修改已有的企业", "check the code, or change the enterprise that stands"}));
    }
  }
  const std::size_t stage = table.column("stage");
  const auto homes = storage::elements_of(cells[table.column("segments")]);
  if (homes.empty()) return;
  const Cell home = connection.value("SELECT \"stage\" FROM \"segments\" WHERE \"id\" = ?", {homes.front()});
  if (!home || home == cells[stage]) return;
  findings.add(
      finding(table, stage, ErrorCode::invalid_value, text_or_empty(cells[stage]),
              {"企业的首个环节“" + shown_value(homes.front()) + "”的产业链位置是 " + *home,
               "the enterprise's home segment '" + shown_value(homes.front()) + "' is " + *home},
              {"改正位置，或把所属环节列在首位", "correct the stage, or list the segment it belongs to first"}));
}

void Store::State::check_rows(const TableInfo& table, const Cells& cells, std::int64_t number, Findings& findings) {
  check_references(table, cells, findings);
  check_key(table, cells, number, findings);
  if (table.id == TableId::enterprises) check_enterprise(table, cells, number, findings);
  if (table.id == TableId::consortium && number == 0 && !rows(table).empty()) {
    findings.add(finding(table, 0, ErrorCode::duplicate, text_or_empty(cells[0]),
                         {"已登记了质量创新联合体：一条产业链只有一个", "a consortium is entered: a chain has one"},
                         {"修改已有的记录", "change the record that stands"}));
  }
}

void Store::State::check_removable(const TableInfo& table, const Stored& row) {
  const std::string key = table.key.empty() ? std::string() : text_or_empty(row.cells[table.key.back()]);
  if (!table.lifecycle.empty()) {
    const bool stepped =
        whole(connection.value("SELECT count(*) FROM \"history\" WHERE \"table\" = ? AND COALESCE(\"number\", '') = ?",
                               {std::string(table.lifecycle), key})) != 0;
    if (stepped) {
      const std::string shown = shown_value(key);
      throw Error(ErrorCode::illegal_step, {"记录 " + shown + " 已有办理记录，不能删除：请通过办理步骤结束它。",
                                            "Record " + shown + " has taken steps, so it is kept: end it by a step."});
    }
  }
  if (table.key.size() != 1 || key.empty()) return;
  const auto others = referrers(table, key);
  if (others.empty()) return;
  std::string names;
  for (const auto& other : others) names += (names.empty() ? "" : ", ") + other;
  throw Error(ErrorCode::unknown_reference,
              {"记录 " + shown_value(key) + " 被引用，不能删除：" + names + "。请先更改这些记录。",
               "Record " + shown_value(key) + " is referred to by " + names + ": change these first."});
}

std::vector<std::string> Store::State::referrers(const TableInfo& table, const std::string& key) {
  constexpr std::size_t most = 5;
  std::vector<std::string> found;
  const auto name_row = [&](const TableInfo& from, std::string_view field, std::int64_t number) {
    const Stored other = row(from, number);
    const std::string shown =
        from.key.empty() ? std::to_string(number) : shown_value(text_or_empty(other.cells[from.key.back()]));
    found.push_back(std::string(from.name) + " " + shown + " (" + std::string(field) + ")");
  };
  for (std::size_t id = 0; id < table_count; ++id) {
    const TableInfo& from = storage::info_of(static_cast<TableId>(id));
    for (const auto& column : from.columns) {
      if (column.refers != table.id || found.size() >= most) continue;
      const auto rows_found =
          column.list ? connection.rows(
                            "SELECT \"record\" FROM " + storage::quoted_name(storage::reference_table(table.name)) +
                                " WHERE \"value\" = ? AND \"table\" = ? AND \"field\" = ? ORDER BY \"record\" LIMIT 5",
                            {key, std::string(from.name), std::string(column.name)}, 1)
                      : connection.rows("SELECT \"record\" FROM " + storage::quoted_name(from.name) + " WHERE " +
                                            storage::quoted_name(column.name) + " = ? ORDER BY \"record\" LIMIT 5",
                                        {key}, 1);
      for (const auto& one : rows_found) name_row(from, column.name, whole(one.front()));
    }
  }
  return found;
}

}  // namespace v1
}  // namespace chainqual
