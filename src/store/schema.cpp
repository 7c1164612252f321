#include "schema.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "chainqual/chain/nearest.hpp"
#include "chainqual/register/lifecycle.hpp"

namespace chainqual {
inline namespace v1 {
namespace storage {
namespace {

template <class R>
constexpr bool is_list(const Field<R>& field) {
  return std::holds_alternative<std::vector<std::string> R::*>(field.member);
}

constexpr std::string_view name_of_table(TableId id) {
  return id == TableId::none ? std::string_view() : made_tables[static_cast<std::size_t>(id)].name;
}

/// Whether one of the record's fields is the column.
template <class R>
constexpr bool is_field(const ColumnSpec& column) {
  for (const auto& field : TableOf<R>::fields) {
    if (column.name != field.key) continue;
    return column.list == is_list(field) && column.refers == name_of_table(field.refers);
  }
  return false;
}

/// Whether the columns that the migrations made are the fields of the record, one for one.
template <class R>
constexpr bool agrees(const TableSpec& spec) {
  if (spec.name != TableOf<R>::name) return false;
  std::size_t columns = 0;
  const auto take = [&](std::string_view rest) {
    for (auto word = next_word(rest); !word.empty(); word = next_word(rest), ++columns) {
      const ColumnSpec column = column_of(word);
      for (const std::string_view ours : {"record", "version", "changed_at", "changed_by"}) {
        if (column.name == ours) return false;
      }
      if (!is_field<R>(column)) return false;
    }
    return true;
  };
  if (!take(spec.columns)) return false;
  for (const auto& added : added_columns) {
    if (added.table == spec.name && !take(added.columns)) return false;
  }
  return columns == TableOf<R>::fields.size();
}

template <std::size_t... I>
constexpr bool all_agree(std::index_sequence<I...>) {
  return (agrees<std::tuple_element_t<I, RecordTypes>>(made_tables[I]) && ...) &&
         ((static_cast<std::size_t>(TableOf<std::tuple_element_t<I, RecordTypes>>::id) == I) && ...);
}
static_assert(all_agree(std::make_index_sequence<table_count>()),
              "the tables of io/schema.hpp and of the store differ: add a migration for the new field");

std::string_view lifecycle_of(TableId id) {
  switch (id) {
    case TableId::problems:
      return Lifecycle<ProblemStatus>::key;
    case TableId::projects:
      return Lifecycle<ProjectStatus>::key;
    case TableId::results:
      return Lifecycle<ResultStatus>::key;
    case TableId::licences:
      return Lifecycle<LicenceStatus>::key;
    case TableId::consortium:
      return Lifecycle<ConsortiumStatus>::key;
    case TableId::changes:
      return Lifecycle<Decision>::key;
    default:
      return {};
  }
}

std::vector<std::string_view> title_columns(TableId id) {
  switch (id) {
    case TableId::problems:
    case TableId::projects:
    case TableId::results:
      return {"number", "name", "name_en"};
    case TableId::policy_tools:
      return {"number", "need", "need_en"};
    default:
      return {};
  }
}

template <class R>
TableInfo made_info() {
  TableInfo info;
  info.id = TableOf<R>::id;
  info.name = TableOf<R>::name;
  info.zh = TableOf<R>::zh;
  for (const auto& field : TableOf<R>::fields)
    info.columns.push_back({field.key, field.zh, field.refers, is_list(field)});
  std::string_view key = made_tables[static_cast<std::size_t>(info.id)].key;
  for (auto word = next_word(key); !word.empty(); word = next_word(key)) info.key.push_back(info.column(word));
  for (const auto word : title_columns(info.id)) info.title.push_back(info.column(word));
  info.lifecycle = lifecycle_of(info.id);
  if (!info.lifecycle.empty()) info.status = info.column(info.id == TableId::changes ? "decision" : "status");
  info.append_only = info.id == TableId::history || info.id == TableId::facts;
  return info;
}

template <std::size_t... I>
std::array<TableInfo, table_count> made_infos(std::index_sequence<I...>) {
  return {made_info<std::tuple_element_t<I, RecordTypes>>()...};
}

const std::array<TableInfo, table_count>& infos() {
  static const auto all = made_infos(std::make_index_sequence<table_count>());
  return all;
}

}  // namespace

bool TableInfo::has_lists() const noexcept {
  return std::any_of(columns.begin(), columns.end(),
                     [](const ColumnInfo& column) { return column.list && column.refers != TableId::none; });
}

std::size_t TableInfo::column(std::string_view wanted) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == wanted || columns[i].zh == wanted) return i;
  }
  Nearest nearest(wanted);
  for (const auto& one : columns) nearest.offer(one.name);
  const auto near = std::move(nearest).take();
  const std::string shown = shown_value(wanted);
  Text known{"相近的字段：" + quoted_list(near, "、"), "Nearest: " + quoted_list(near, ", ")};
  if (near.empty()) {
    known = {"字段有：", "Its fields: "};
    for (const auto& one : columns) {
      known.zh += (&one == columns.data() ? "" : "、") + std::string(one.zh);
      known.en += (&one == columns.data() ? "" : ", ") + std::string(one.name);
    }
  }
  throw Error(ErrorCode::unknown_column,
              {"“" + std::string(zh) + "”没有字段“" + shown + "”。" + known.zh + "。",
               "Table " + std::string(name) + " has no field '" + shown + "'. " + known.en + "."});
}

const TableInfo& info_of(TableId id) {
  if (static_cast<std::size_t>(id) >= table_count) {
    throw Error(ErrorCode::out_of_range,
                {"没有这张表：请给出 TableId 中的一张。", "There is no such table: give one of TableId."});
  }
  return infos().at(static_cast<std::size_t>(id));
}

const TableInfo& info_named(std::string_view name) {
  Text known;
  for (const auto& info : infos()) {
    if (info.name == name || info.zh == name) return info;
    known.zh += (known.zh.empty() ? "" : "、") + std::string(info.zh) + "（" + std::string(info.name) + "）";
    known.en += (known.en.empty() ? "" : ", ") + std::string(info.name);
  }
  const std::string shown = shown_value(name);
  throw Error(ErrorCode::not_found, {"没有名为“" + shown + "”的登记簿。可用：" + known.zh + "。",
                                     "There is no register '" + shown + "'. There are: " + known.en + "."});
}

const TableInfo& info_with(std::string_view lifecycle) {
  std::string known;
  for (const auto& info : infos()) {
    if (info.lifecycle.empty()) continue;
    if (info.lifecycle == lifecycle) return info;
    known += (known.empty() ? "" : ", ") + std::string(info.lifecycle);
  }
  const std::string shown = shown_value(lifecycle);
  throw Error(ErrorCode::invalid_value, {"没有名为“" + shown + "”的生命周期。可用：" + known + "。",
                                         "There is no lifecycle '" + shown + "'. There are: " + known + "."});
}

std::string reference_table(std::string_view target) {
  return "ref_" + std::string(target);
}

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
