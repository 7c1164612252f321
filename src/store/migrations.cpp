#include <set>

#include "schema.hpp"
#include "search_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace storage {
namespace {

/// SQLite's number in a file's header that says whose it is ("chqs").
constexpr std::string_view application_id = "1667789171";

std::string number_type(Engine engine) {
  return engine == Engine::sqlite ? "INTEGER" : "BIGINT";
}
std::string text_type(Engine engine) {
  return engine == Engine::sqlite ? "TEXT" : "TEXT COLLATE \"C\"";  // SQLite compares bytes; so does "C"
}

std::string key_column(std::string_view target) {
  for (const auto& spec : made_tables) {
    if (spec.name == target) return quoted_name(spec.key);
  }
  return {};
}

std::string names_list(std::string_view words) {
  std::string list;
  for (auto word = next_word(words); !word.empty(); word = next_word(words)) {
    list += (list.empty() ? "" : ", ") + quoted_name(word);
  }
  return list;
}

void make_table(const TableSpec& spec, Engine engine, std::vector<std::string>& sql) {
  const std::string table = quoted_name(spec.name);
  const std::string text = text_type(engine);
  std::string made = "CREATE TABLE " + table + " (\"record\" " + number_type(engine) + " PRIMARY KEY, \"version\" " +
                     number_type(engine) + " NOT NULL, \"changed_at\" " + text + " NOT NULL, \"changed_by\" " + text +
                     " NOT NULL";
  std::string_view rest = spec.columns;
  for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) {
    const ColumnSpec column = column_of(word);
    made += ", " + quoted_name(column.name) + " " + text;
    if (!column.list && !column.refers.empty()) {
      made += " REFERENCES " + quoted_name(column.refers) + " (" + key_column(column.refers) + ")";
    }
  }
  if (!spec.key.empty()) made += ", UNIQUE (" + names_list(spec.key) + ")";
  sql.push_back(made + ")");
  std::string_view indexes = spec.indexes;
  for (auto word = next_word(indexes); !word.empty(); word = next_word(indexes)) {
    sql.push_back("CREATE INDEX \"" + std::string(spec.name) + "_" + std::string(word) + "\" ON " + table + " (" +
                  quoted_name(word) + ", \"record\")");
  }
}

/// Rows of the table are added, never changed: the database itself sees to it.
void keep_rows(std::string_view table, Engine engine, std::vector<std::string>& sql) {
  const std::string name(table);
  if (engine == Engine::sqlite) {
    for (const std::string change : {"UPDATE", "DELETE"}) {
      sql.push_back("CREATE TRIGGER \"" + name + "_" + change + "\" BEFORE " + change + " ON \"" + name +
                    "\" BEGIN SELECT RAISE(ABORT, 'rows of " + name + " are added, never changed'); END");
    }
    return;
  }
  sql.push_back("CREATE TRIGGER \"" + name + "_kept\" BEFORE UPDATE OR DELETE OR TRUNCATE ON \"" + name +
                "\" FOR EACH STATEMENT EXECUTE FUNCTION chainqual_kept()");
}

std::vector<std::string> registers(Engine engine) {
  std::vector<std::string> sql;
  const std::string number = number_type(engine);
  const std::string text = text_type(engine);
  if (engine == Engine::sqlite) {
    sql.push_back("PRAGMA application_id = " + std::string(application_id));
  } else {
    sql.push_back(
        "CREATE FUNCTION chainqual_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''rows of % are "
        "added, never changed'', TG_TABLE_NAME USING ERRCODE = ''23001''; END'");
  }
  sql.push_back("CREATE TABLE \"store\" (\"key\" " + text + " PRIMARY KEY, \"value\" " + text +
                " NOT NULL, \"version\" " + number + " NOT NULL, \"changed_at\" " + text +
                " NOT NULL, \"changed_by\" " + text + " NOT NULL)");
  sql.push_back("INSERT INTO \"store\" VALUES ('next_record', '1', 1, '', '')");
  for (const auto& spec : made_tables) {
    if (spec.migration == 1) make_table(spec, engine, sql);
  }
  sql.push_back("CREATE UNIQUE INDEX \"consortium_one\" ON \"consortium\" ((\"record\" IS NOT NULL))");
  for (const TableId target : listed_targets) {
    const std::string_view target_name = made_tables[static_cast<std::size_t>(target)].name;
    const std::string name = quoted_name(reference_table(target_name));
    sql.push_back("CREATE TABLE " + name + " (\"value\" " + text + " NOT NULL REFERENCES " + quoted_name(target_name) +
                  " (" + key_column(target_name) + "), \"table\" " + text + " NOT NULL, \"field\" " + text +
                  " NOT NULL, \"record\" " + number + " NOT NULL, \"position\" " + number +
                  " NOT NULL, PRIMARY KEY (\"record\", \"field\", \"position\"))");
    sql.push_back("CREATE INDEX \"" + reference_table(target_name) + "_value\" ON " + name +
                  " (\"value\", \"table\", \"field\", \"record\")");
  }
  sql.push_back("CREATE TABLE \"revisions\" (\"record\" " + number + " NOT NULL, \"version\" " + number +
                " NOT NULL, \"table\" " + text + " NOT NULL, \"changed_at\" " + text + " NOT NULL, \"changed_by\" " +
                text + " NOT NULL, \"content\" " + text + " NOT NULL, \"ended_at\" " + text +
                " NOT NULL, \"ended_by\" " + text + " NOT NULL, \"removed\" " + text +
                " NOT NULL, PRIMARY KEY (\"record\", \"version\"))");
  for (const std::string_view kept : {"history", "facts", "revisions"}) keep_rows(kept, engine, sql);
  return sql;
}

std::vector<std::string> search_index(Engine engine) {
  const std::string number = number_type(engine);
  const std::string text = text_type(engine);
  std::vector<std::string> sql;
  const bool sqlite = engine == Engine::sqlite;
  sql.push_back("CREATE TABLE \"search\" (\"record\" " + number + " PRIMARY KEY, \"table\" " + text +
                " NOT NULL, \"title\" " + text + " NOT NULL, \"body\" " + text + " NOT NULL" +
                (sqlite ? "" : ", \"grams\" tsvector NOT NULL") + ")");
  if (sqlite) {
    // The words are made by the store (search_words.hpp); `ascii` leaves everything beyond ASCII as part of a word.
    sql.push_back("CREATE VIRTUAL TABLE \"search_grams\" USING fts5(grams, content='', detail=none, tokenize='ascii')");
  } else {
    sql.push_back("CREATE INDEX \"search_grams\" ON \"search\" USING GIN (\"grams\")");
  }
  return sql;
}

/// The columns that one migration adds; rows that stand are empty there.
template <int Number>
std::vector<std::string> more_columns(Engine engine) {
  std::vector<std::string> sql;
  for (const auto& added : added_columns) {
    std::string_view rest = added.migration == Number ? added.columns : std::string_view();
    for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) {
      sql.push_back("ALTER TABLE " + quoted_name(added.table) + " ADD COLUMN " + quoted_name(column_of(word).name) +
                    " " + text_type(engine));
    }
  }
  return sql;
}

/// What partners of a project do, and corrections of steps.
std::vector<std::string> partners_and_corrections(Engine engine) {
  auto sql = more_columns<6>(engine);
  for (const auto& spec : made_tables) {
    if (spec.migration == 6) make_table(spec, engine, sql);
  }
  return sql;
}

/// Texts that the index holds in part alone, so that what it does not hold of them is looked for in the records.
std::vector<std::string> search_cut(Engine engine) {
  return {"CREATE INDEX \"search_cut\" ON \"search\" (\"record\") WHERE " + is_cut(engine)};
}

bool has_table(Connection& connection, const std::string& name) {
  const Cell found =
      connection.engine() == Engine::sqlite
          ? connection.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", {name})
          : connection.value(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = "
                "?",
                {name});
  return whole(found) != 0;
}

int version_of(Connection& connection) {
  return static_cast<int>(whole(connection.value("SELECT max(\"number\") FROM \"schema_version\"")));
}

[[noreturn]] void refuse_strangers(const Connection& connection) {
  throw Error(ErrorCode::wrong_format,
              {connection.shown() + " 是别的程序的数据库：请另选文件名（PostgreSQL 请另建数据库或模式）。",
               connection.shown() +
                   " is the database of another program: choose another file (in PostgreSQL another database or "
                   "schema)."});
}

/// A database that holds tables, but not ours.
void check_ours(Connection& connection) {
  if (connection.engine() == Engine::sqlite) {
    if (whole(connection.value("SELECT count(*) FROM sqlite_master")) != 0) refuse_strangers(connection);
    return;
  }
  for (const auto& spec : made_tables) {
    if (has_table(connection, std::string(spec.name))) refuse_strangers(connection);
  }
}

void check_not_newer(const Connection& connection, int found, int known) {
  if (found <= known) return;
  throw Error(ErrorCode::version_mismatch,
              {connection.shown() + " 由更新的版本写成（结构版本 " + std::to_string(found) + "，本程序只认到 " +
                   std::to_string(known) + "）：请升级 chainqual。",
               connection.shown() + " was written by a newer version (its schema is number " + std::to_string(found) +
                   ", this program knows " + std::to_string(known) + "): upgrade chainqual."});
}

}  // namespace

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all{
      {1, "registers, references, revisions", registers},
      {2, "full-text search", search_index},
      {3, "texts that are searched in part", search_cut},
      {4, "route and resources of projects, notes on terms", more_columns<4>},
      {5, "size of enterprises; steps, day and action of indicators", more_columns<5>},
      {6, "partners of projects, corrections of steps", partners_and_corrections},
      {7, "products and industries in English", more_columns<7>}};
  return all;
}

std::string is_cut(Engine engine) {
  return (engine == Engine::sqlite ? "length(CAST(\"body\" AS BLOB)) >= " : "octet_length(\"body\") >= ") +
         std::to_string(cut_bytes);
}

int migrate(Connection& connection, const std::vector<Migration>& steps, const std::string& now, bool must_exist) {
  const int last = steps.back().number;
  int found = 0;
  if (must_exist && !has_table(connection, "schema_version")) {
    check_ours(connection);
    throw Error(ErrorCode::not_found, {connection.shown() + " 是空的，其中没有登记库：请核对路径。",
                                       connection.shown() + " is empty and holds no store: check the path."});
  }
  if (has_table(connection, "schema_version")) {
    if (!has_table(connection, "store")) refuse_strangers(connection);
    found = version_of(connection);
  }
  check_not_newer(connection, found, last);
  if (found == last) return found;
  Transaction transaction(connection, Transaction::Kind::migrate);
  // Looked at again behind the lock: another process may have made the steps meanwhile.
  if (!has_table(connection, "schema_version")) {
    check_ours(connection);
    const std::string number = number_type(connection.engine());
    connection.run("CREATE TABLE \"schema_version\" (\"number\" " + number +
                   " PRIMARY KEY, \"note\" TEXT NOT NULL, \"at\" TEXT NOT NULL)");
  }
  const int before = version_of(connection);
  check_not_newer(connection, before, last);
  for (const Migration& step : steps) {
    if (before >= step.number) continue;
    for (const auto& statement : step.statements(connection.engine())) connection.run(statement);
    connection.run("INSERT INTO \"schema_version\" VALUES (?, ?, ?)",
                   {std::to_string(step.number), std::string(step.note), now});
  }
  transaction.commit();
  connection.forget();
  return before;
}

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
