#include <algorithm>
#include <map>

#include "core.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cells;
using storage::Engine;
using storage::Stored;
using storage::TableInfo;
using storage::text_or_empty;
using storage::Transaction;
using storage::whole;

namespace {

Finding damage(std::string table, std::string value, std::string zh, std::string en) {
  return {FindingLevel::error, ErrorCode::checksum_mismatch,   {std::move(table), 0, 0, {}, 0},
          shown_value(value),  {std::move(zh), std::move(en)}, {"用备份恢复", "go back to a backup"}};
}

/// The database's own look at its file.
void check_file(storage::Connection& connection, Findings& findings) {
  if (connection.engine() != Engine::sqlite) return;
  for (const Cells& row : connection.rows("SELECT integrity_check FROM pragma_integrity_check", {}, 1)) {
    if (row.front() != "ok") {
      findings.add(damage({}, text_or_empty(row.front()), "数据库文件已损坏", "the database file is damaged"));
    }
  }
  for (const Cells& row : connection.rows("SELECT \"table\" FROM pragma_foreign_key_check", {}, 1)) {
    findings.add(damage(text_or_empty(row.front()), {}, "引用了不存在的记录", "a row refers to one that is not there"));
  }
}

}  // namespace

/// Cells that can be read, and lists of references that are also in the tables of references.
void Store::State::check_table(const TableInfo& table, Findings& findings) {
  std::map<std::pair<std::int64_t, std::string>, std::vector<std::string>> listed;
  for (const TableId target : storage::listed_targets) {
    connection.each("SELECT \"record\", \"field\", \"value\" FROM " +
                        storage::quoted_name(storage::reference_table(storage::info_of(target).name)) +
                        " WHERE \"table\" = ? ORDER BY \"record\", \"field\", \"position\"",
                    std::vector<storage::Cell>{std::string(table.name)}, 3, [&](Cells& row) {
                      listed[{whole(row[0]), text_or_empty(row[1])}].push_back(text_or_empty(row[2]));
                    });
  }
  for (const Stored& row : rows(table)) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto& column = table.columns[i];
      if (!column.list || column.refers == TableId::none) continue;
      const auto at = listed.find({row.number, std::string(column.name)});
      const auto elements = storage::elements_of(row.cells[i]);
      if (elements == (at == listed.end() ? std::vector<std::string>() : at->second)) {
        if (at != listed.end()) listed.erase(at);
        continue;
      }
      findings.add(damage(std::string(table.name), std::to_string(row.number), "列表与引用表不一致",
                          "a list differs from the table of references"));
    }
  }
  if (!listed.empty()) {
    findings.add(damage(std::string(table.name), std::to_string(listed.begin()->first.first), "引用表中有多余的行",
                        "the table of references holds a row too many"));
  }
}

/// Every searched row is in the index with the words that it has now, and nothing else is.
void Store::State::check_search(Findings& findings) {
  std::int64_t expected = 0;
  for (std::size_t id = 0; id < table_count; ++id) {
    const TableInfo& table = storage::info_of(static_cast<TableId>(id));
    if (table.title.empty()) continue;
    for (const Stored& row : rows(table)) {
      ++expected;
      if (!is_indexed(table, row)) {
        findings.add(damage(std::string(table.name), std::to_string(row.number), "检索索引与记录不一致",
                            "the search index differs from the record"));
      }
    }
  }
  if (whole(connection.value("SELECT count(*) FROM \"search\"")) != expected) {
    findings.add(damage("search", {}, "检索索引中有多余的记录", "the search index holds a record too many"));
  }
  if (connection.engine() == Engine::sqlite) {
    connection.run("INSERT INTO \"search_grams\" (\"search_grams\") VALUES ('integrity-check')");
  }
}

Findings Store::check() {
  Findings findings;
  State& state = *state_;
  Transaction transaction(state.connection, Transaction::Kind::write);  // nothing moves meanwhile
  check_file(state.connection, findings);
  std::int64_t last = 0;
  for (std::size_t id = 0; id < table_count; ++id) {
    const TableInfo& table = storage::info_of(static_cast<TableId>(id));
    state.check_table(table, findings);
    last = std::max(last,
                    whole(state.connection.value("SELECT max(\"record\") FROM " + storage::quoted_name(table.name))));
  }
  if (last >= whole(state.setting("next_record").first)) {
    findings.add(damage("store", std::to_string(last), "记录编号超出了计数", "a record's number is beyond the count"));
  }
  state.check_search(findings);
  return findings;
}

}  // namespace v1
}  // namespace chainqual
