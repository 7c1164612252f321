#include <algorithm>

#include "core.hpp"
#include "search_words.hpp"

namespace chainqual {
inline namespace v1 {

using storage::Cells;
using storage::Engine;
using storage::Stored;
using storage::TableInfo;
using storage::text_or_empty;

namespace {

struct SearchText {
  std::string title;
  std::string body;  ///< all fields, the title's first
};

/// The folded texts of a row; a line feed, which no word holds, between fields.
SearchText text_of(const TableInfo& table, const Stored& row) {
  std::string title;
  std::string body;
  for (const std::size_t column : table.title) title += text_or_empty(row.cells[column]) + "\n";
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool in_title = std::find(table.title.begin(), table.title.end(), i) != table.title.end();
    if (row.cells[i] && !in_title) body += *row.cells[i] + "\n";
  }
  return {storage::folded(title), storage::folded(title + body)};
}

std::vector<std::string> words_of(const std::string& title, const std::string& body) {
  auto words = storage::index_words(body);
  for (const auto& word : storage::index_words(title)) words.push_back(std::string(storage::title_mark) + word);
  return words;
}

std::string spaced(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += word + ' ';
  return text;
}

/// As PostgreSQL writes arrays. Words hold neither quotes nor backslashes.
std::string as_array(const std::vector<std::string>& words) {
  std::string text = "{";
  for (const auto& word : words) text += (text.size() == 1 ? "\"" : ",\"") + word + '"';
  return text + "}";
}

}  // namespace

std::string storage::index_query(const std::vector<storage::QueryWord>& words, std::string_view mark, Engine engine) {
  const bool sqlite = engine == Engine::sqlite;
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += sqlite ? " AND " : " & ";
    const char quote = sqlite ? '"' : '\'';
    text += quote + std::string(mark) + word.text + quote;
    if (word.prefix) text += sqlite ? "*" : ":*";
  }
  return text;
}

void Store::State::index(const TableInfo& table, const Stored& row) {
  if (table.title.empty()) return;
  const auto [title, body] = text_of(table, row);
  const auto words = words_of(title, body);
  const std::string number = std::to_string(row.number);
  if (connection.engine() == Engine::postgresql) {
    connection.run(
        "INSERT INTO \"search\" (\"record\", \"table\", \"title\", \"body\", \"grams\") VALUES (?, ?, ?, ?, "
        "array_to_tsvector(CAST(? AS text[])))",
        {number, std::string(table.name), title, body, as_array(words)});
    return;
  }
  connection.run("INSERT INTO \"search\" (\"record\", \"table\", \"title\", \"body\") VALUES (?, ?, ?, ?)",
                 {number, std::string(table.name), title, body});
  connection.run("INSERT INTO \"search_grams\" (rowid, grams) VALUES (?, ?)", {number, spaced(words)});
}

void Store::State::unindex(std::int64_t record) {
  const std::string number = std::to_string(record);
  if (connection.engine() == Engine::sqlite) {
    const auto texts = connection.rows("SELECT \"title\", \"body\" FROM \"search\" WHERE \"record\" = ?", {number}, 2);
    if (texts.empty()) return;
    // The index keeps no text of its own: it forgets the words that it is told.
    connection.run("INSERT INTO \"search_grams\" (\"search_grams\", rowid, grams) VALUES ('delete', ?, ?)",
                   {number, spaced(words_of(text_or_empty(texts.front()[0]), text_or_empty(texts.front()[1])))});
  }
  connection.run("DELETE FROM \"search\" WHERE \"record\" = ?", {number});
}

bool Store::State::is_indexed(const TableInfo& table, const Stored& row) {
  const auto [title, body] = text_of(table, row);
  const auto texts = connection.rows("SELECT \"title\", \"body\", \"table\" FROM \"search\" WHERE \"record\" = ?",
                                     {std::to_string(row.number)}, 3);
  return texts.size() == 1 && texts[0][0] == title && texts[0][1] == body && texts[0][2] == table.name;
}

void Store::State::index_everything() {
  for (std::size_t id = 0; id < table_count; ++id) {
    const TableInfo& table = storage::info_of(static_cast<TableId>(id));
    if (table.title.empty()) continue;
    for (const Stored& row : rows(table)) index(table, row);
  }
}

namespace {

/// The tables that a search looks through.
std::vector<TableId> searched_tables(const Search& wanted) {
  std::vector<TableId> tables = wanted.tables;
  for (const TableId id : tables) {
    const bool searched = id != TableId::none && !storage::info_of(id).title.empty();
    if (searched) continue;
    throw Error(ErrorCode::invalid_argument,
                {"全文检索只在问题、项目、成果、政策工具中进行：请另选登记簿。",
                 "Full-text search looks through problems, projects, results and policy tools: choose among them."});
  }
  return tables;
}

/// Rows of one pass: titles that hold everything, or other rows that do.
struct Pass {
  std::string sql;
  Cells values;
};

Pass pass_of(const storage::Query& query, const std::vector<TableId>& tables, bool titles, Engine engine) {
  const bool sqlite = engine == Engine::sqlite;
  const std::string within = sqlite ? "instr(" : "strpos(";
  Pass pass;
  pass.sql = sqlite
                 ? " FROM \"search_grams\" g CROSS JOIN \"search\" s ON s.\"record\" = g.rowid WHERE \"search_grams\" "
                   "MATCH ?"
                 : " FROM \"search\" s WHERE s.\"grams\" @@ CAST(? AS tsquery)";
  pass.values.emplace_back(
      storage::index_query(query.words, titles ? storage::title_mark : std::string_view(), engine));
  const auto holds = [&](std::string_view column) {
    std::string all;
    for (const auto& part : query.parts) {
      all += (all.empty() ? "" : " AND ") + within + "s.\"" + std::string(column) + "\", ?) > 0";
      pass.values.emplace_back(part);
    }
    return all;
  };
  pass.sql += " AND " + holds(titles ? "title" : "body");
  if (!titles) pass.sql += " AND NOT (" + holds("title") + ")";
  if (!tables.empty()) {
    std::string list;
    for (const TableId id : tables) {
      list += list.empty() ? "?" : ", ?";
      pass.values.emplace_back(std::string(storage::info_of(id).name));
    }
    pass.sql += " AND s.\"table\" IN (" + list + ")";
  }
  return pass;
}

/// The first field that holds the query's first part.
std::size_t field_with(const TableInfo& table, const Stored& row, const std::string& part) {
  const auto holds = [&](std::size_t column) {
    return row.cells[column] && storage::folded(*row.cells[column]).find(part) != std::string::npos;
  };
  for (const std::size_t column : table.title) {
    if (holds(column)) return column;
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (holds(i)) return i;
  }
  return table.title.front();
}

SearchHit hit_of(const TableInfo& table, const Stored& row, const storage::Query& query) {
  SearchHit hit;
  hit.table = table.id;
  hit.entry = row.number;
  hit.number = text_or_empty(row.cells[table.title[0]]);
  hit.name = text_or_empty(row.cells[table.title[1]]);
  if (hit.name.empty()) hit.name = text_or_empty(row.cells[table.title[2]]);
  const std::size_t field = field_with(table, row, query.parts.front());
  hit.field = table.columns[field].name;
  hit.text = text_or_empty(row.cells[field]);
  return hit;
}

}  // namespace

SearchPage Store::search(const Search& wanted) {
  const storage::Query query = storage::parsed_query(wanted.text);
  const auto tables = searched_tables(wanted);
  State& state = *state_;
  const storage::Transaction moment(state.connection, storage::Transaction::Kind::read);
  const Engine engine = state.connection.engine();
  std::vector<std::pair<std::int64_t, std::string>> found;
  std::uint64_t skip = wanted.offset;
  for (const bool titles : {true, false}) {
    if (found.size() > wanted.limit) break;
    Pass pass = pass_of(query, tables, titles, engine);
    const std::uint64_t room = wanted.limit + 1 - found.size();
    Cells values = pass.values;
    values.emplace_back(std::to_string(room));
    values.emplace_back(std::to_string(skip));
    const std::string order = engine == Engine::sqlite ? "g.rowid" : "s.\"record\"";
    const std::size_t before = found.size();
    state.connection.each("SELECT s.\"record\", s.\"table\"" + pass.sql + " ORDER BY " + order + " LIMIT ? OFFSET ?",
                          values, 2,
                          [&](Cells& row) { found.emplace_back(storage::whole(row[0]), text_or_empty(row[1])); });
    if (found.size() == before && skip > 0) {  // the page begins behind the titles: how many are there?
      skip -= std::min<std::uint64_t>(
          skip, static_cast<std::uint64_t>(storage::whole(
                    state.connection.rows("SELECT count(*)" + pass.sql, pass.values, 1).front().front())));
    } else {
      skip = 0;
    }
  }
  SearchPage page;
  page.more = found.size() > wanted.limit;
  if (page.more) found.pop_back();
  for (const auto& [number, name] : found) {
    const TableInfo& table = storage::info_named(name);
    page.hits.push_back(hit_of(table, state.row(table, number), query));
  }
  return page;
}

}  // namespace v1
}  // namespace chainqual
