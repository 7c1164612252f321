// The readers against slow, obvious ones that share no code with them.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>

#include "../../../src/io/links_rows.hpp"
#include "chainqual/io/links_file.hpp"
#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

struct SlowRow {
  std::vector<std::string> cells;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t line = 0;
  bool bad = false;
};

/// One character at a time, one state at a time. Guards are left as they are.
std::vector<SlowRow> slow_rows(const std::string& text) {
  enum class State { field_start, plain, quoted, quote_in_quoted, behind };
  std::vector<SlowRow> rows;
  std::uint64_t line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    SlowRow row;
    row.begin = at;
    row.line = line;
    State state = State::field_start;
    std::string cell;
    bool ended = false;
    while (at < text.size() && !ended) {
      const char c = text[at++];
      const bool line_end = c == '\n' || c == '\r';
      const bool pair = c == '\r' && at < text.size() && text[at] == '\n';
      if (line_end && !pair) ++line;
      if (state == State::quoted) {
        if (c == '"') {
          state = State::quote_in_quoted;
        } else {
          cell += c;
        }
        continue;
      }
      if (state == State::quote_in_quoted && c == '"') {
        cell += c;
        state = State::quoted;
        continue;
      }
      if (c == ',') {
        row.cells.push_back(cell);
        cell.clear();
        state = State::field_start;
      } else if (line_end) {
        if (pair) {
          ++at;
          ++line;
        }
        ended = true;
      } else if (state == State::quote_in_quoted || state == State::behind) {
        row.bad = true;
        state = State::behind;
      } else if (state == State::field_start && c == '"') {
        state = State::quoted;
      } else {
        cell += c;
        state = State::plain;
      }
    }
    if (state == State::quoted) row.bad = true;
    row.cells.push_back(cell);
    row.end = at;
    if (row.end - row.begin <= 2 && row.cells.size() == 1 && cell.empty() && !row.bad &&
        text.find_first_not_of("\r\n", row.begin) != row.begin) {
      continue;  // a blank line
    }
    rows.push_back(row);
  }
  return rows;
}

rc::Gen<std::string> csv_text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "a", "b", "\"", "\"\"", ",", ",", "\n", "\r\n", "\r", "xyz", "天")),
                      [](const std::vector<std::string>& parts) {
                        std::string text;
                        for (const auto& part : parts) text += part;
                        return text;
                      });
}

RC_GTEST_PROP(CsvOracle, RecordsCellsAndLinesEqualTheSlowReaders, ()) {
  const std::string body = *csv_text();
  const std::string heading = "h,k\n";
  const auto slow = slow_rows(heading + body);
  Findings findings(0);
  CsvReader reader(text_of(heading + body, findings), {}, findings);
  CsvRecord record;
  std::uint64_t number = 0;
  for (std::size_t r = 1; r < slow.size(); ++r) {
    ++number;
    bool empty = !slow[r].bad;
    for (const auto& cell : slow[r].cells) empty = empty && cell.find_first_not_of("\r\n") == std::string::npos;
    if (empty) continue;
    RC_ASSERT(reader.next(record));
    RC_ASSERT(record.record == number);
    RC_ASSERT(record.line == slow[r].line);
    RC_ASSERT(record.raw == (heading + body).substr(slow[r].begin, slow[r].end - slow[r].begin));
    RC_ASSERT(record.bad == (slow[r].bad || slow[r].cells.size() != 2));
    if (!record.bad) RC_ASSERT(std::vector<std::string>(record.cells.begin(), record.cells.end()) == slow[r].cells);
  }
  RC_ASSERT(!reader.next(record));
}

RC_GTEST_PROP(CsvOracle, ChunksEndWhereRecordsEnd, ()) {
  const std::string text = *csv_text();
  const auto size = *rc::gen::inRange<std::size_t>(1, 12);
  const auto slow = slow_rows(text);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto ends = detail::chunk_ends(text, begin, size, 3, ',');
    RC_ASSERT(!ends.empty());
    std::size_t before = begin;
    for (const std::size_t end : ends) {
      RC_ASSERT(end > before);
      // Blank lines are no rows; their line ends are good places too.
      const bool at_row = end == text.size() ||
                          std::any_of(slow.begin(), slow.end(), [&](const SlowRow& row) { return row.begin == end; });
      const bool at_blank =
          text.find_first_of("\r\n", end) == end &&
          std::none_of(slow.begin(), slow.end(), [&](const SlowRow& row) { return row.begin < end && end < row.end; });
      RC_ASSERT(at_row || at_blank);
      before = end;
    }
    begin = ends.back();
  }
}

TEST(CsvOracle, ALinksFileEqualsAMapOfStrings) {
  std::mt19937_64 random(11);
  std::string content = "supplier,customer,value\n";
  std::map<std::string, std::uint32_t> ids;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> values;
  const auto id_of = [&](const std::string& key) {
    return ids.emplace(key, static_cast<std::uint32_t>(ids.size())).first->second;
  };
  for (int row = 0; row < 200'000; ++row) {
    const std::string from = "S" + std::to_string(random() % 20'000);
    const std::string to = "a key of more than twenty-three bytes " + std::to_string(random() % 20'000);
    const auto value = static_cast<double>(random() % 1000) / 8;
    content += from + "," + to + "," + std::to_string(value) + "\n";
    const auto supplier = id_of(from);
    const auto customer = id_of(to);
    values[{supplier, customer}] += value;
  }
  const Folder folder;
  put(folder / "links.csv", content);
  const auto read = read_network(folder / "links.csv");
  ASSERT_EQ(read.keys.size(), ids.size());
  for (const auto& [key, id] : ids) ASSERT_EQ(read.keys.key(EnterpriseId{id}), key);
  ASSERT_EQ(read.network.links(), values.size());
  for (const auto& [link, value] : values) {
    const auto id = read.network.find_link(EnterpriseId{link.first}, EnterpriseId{link.second});
    ASSERT_TRUE(id.has_value());
    ASSERT_EQ(read.network.out_values()[id->index()], static_cast<float>(value));
  }
}

}  // namespace
