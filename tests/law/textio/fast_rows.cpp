// The short way of plain rows against the long way of all others: marks against a search byte by byte, short decimals
// against std::from_chars, and whole files, odd cells among them, against CsvReader and CellConverter row by row.

#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <random>

#include "../../../src/io/field_marks.hpp"
#include "../../../src/io/links_rows.hpp"
#include "../../../src/io/plain_number.hpp"
#include "chainqual/io/links_file.hpp"
#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

constexpr std::uint64_t seed = 20261122;

TEST(FieldMarks, AreThePlacesOfDelimitersQuotesAndLineEnds) {
  std::mt19937_64 random(seed);
  constexpr std::string_view letters = "ab,,\"\n\r\x2D\x8C\xAC\x0B\x0C";
  for (int round = 0; round < 400; ++round) {
    // Bytes of its own, so that a sanitizer sees a read behind the last.
    const std::size_t size = 1 + random() % (round % 10 == 0 ? 6000 : 200);
    const auto text = std::make_unique<char[]>(size);
    const bool dense = random() % 4 == 0;
    for (std::size_t i = 0; i < size; ++i) text[i] = dense ? ',' : letters[random() % letters.size()];
    detail::FieldMarks marks(',', text.get() + size);
    const std::size_t from = random() % size;
    const std::size_t to = from + random() % (size - from + 1);
    marks.look(text.get() + from, text.get() + to);
    const std::size_t covered = std::min(to - from, detail::FieldMarks::window);
    ASSERT_EQ(marks.covered_end(), text.get() + from + covered);
    std::vector<std::uint32_t> wanted;
    for (std::size_t i = 0; i < covered; ++i) {
      if (std::string_view(",\"\n\r").find(text[from + i]) != std::string_view::npos) {
        wanted.push_back(static_cast<std::uint32_t>(i));
      }
    }
    ASSERT_EQ(std::vector<std::uint32_t>(marks.begin(), marks.end()), wanted) << "round " << round;
  }
}

TEST(Survey, CountsLineEndsAndSeesQuotes) {
  std::mt19937_64 random(seed + 1);
  for (int round = 0; round < 200; ++round) {
    std::string text(random() % (round % 10 == 0 ? 30'000 : 300), 'a');
    for (char& c : text) c = random() % 3 == 0 ? "\n\r,"[random() % 3] : round % 20 == 0 ? '\n' : 'b';
    const bool quotes = !text.empty() && random() % 2 == 0;
    if (quotes) text[random() % text.size()] = '"';
    const auto found = detail::survey(text);
    ASSERT_EQ(found.line_ends, static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n') +
                                                        std::count(text.begin(), text.end(), '\r')));
    ASSERT_EQ(found.has_quotes, quotes);
  }
}

TEST(PlainNumber, IsTheNearestDoubleOrLeftToOthers) {
  std::mt19937_64 random(seed + 2);
  constexpr std::string_view odd = "0123456789.. -+e,/:\xB0\xFF";
  std::size_t taken = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string cell;
    const std::size_t whole = random() % 11;
    for (std::size_t i = 0; i < whole; ++i) cell += static_cast<char>('0' + random() % 10);
    if (random() % 4 != 0) cell += '.';
    const std::size_t decimals = random() % 11;
    for (std::size_t i = 0; i < decimals; ++i) cell += static_cast<char>('0' + random() % 10);
    if (random() % 4 == 0 && !cell.empty()) cell[random() % cell.size()] = odd[random() % odd.size()];
    const std::string padded = cell + "9.,\n" + std::string(random() % 2 == 0 ? 0 : 40, '7');
    double value = -1.0;
    double by_steps = -1.0;
    const bool plain = detail::plain_number({padded.data(), cell.size()}, padded.data() + padded.size(), value);
    ASSERT_EQ(plain, detail::plain_number_by_steps(cell, by_steps)) << cell;
    if (!plain) continue;
    ++taken;
    double nearest = -2.0;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), nearest, std::chars_format::fixed);
    ASSERT_EQ(read.ec, std::errc()) << cell;
    ASSERT_EQ(read.ptr, cell.data() + cell.size()) << cell;
    ASSERT_EQ(value, nearest) << cell;
    ASSERT_EQ(by_steps, nearest) << cell;
  }
  EXPECT_GT(taken, 50'000U);
}

const std::vector<std::string> odd_cells{"",
                                         "-",
                                         "\"\"",
                                         "\"a,b\"",
                                         "\"a\"\"b\"",
                                         "\"a\nb\"",
                                         "\"x\"y",
                                         "a\"b",
                                         " padded ",
                                         "'=1+1",
                                         "\xE5\x8D\x8E\xE4\xB8\xBA",
                                         "=\"007\"",
                                         "Total",
                                         "N/A",
                                         "'",
                                         "\t",
                                         "a key of more than twenty-three bytes"};
const std::vector<std::string> odd_values{"",
                                          "-",
                                          "\"7\"",
                                          "1,5",
                                          "\"1,234.5\"",
                                          "12%",
                                          "1.5\xE4\xBA\xBF",
                                          "1e3",
                                          ".5",
                                          "5.",
                                          ".",
                                          "-1",
                                          "NaN",
                                          "1e39",
                                          "0.1",
                                          "123456789.123456789",
                                          "99999999999999999999",
                                          "9007199254740993",
                                          " 3 ",
                                          "\"4.25\"x",
                                          "00012.50",
                                          "x"};

/// A file of plain rows, odd ones among them.
std::string any_file(std::mt19937_64& random, std::size_t rows, unsigned one_odd_in) {
  static const std::vector<std::string> endings{"\n", "\r\n", "\r", "\n\n", "\n,,\n"};
  const auto odd = [&] { return random() % one_odd_in == 0; };
  std::string text;
  for (std::size_t r = 0; r < rows; ++r) {
    for (int k = 0; k < 2; ++k) {
      const std::string key = "E" + std::to_string(random() % 3000);
      text += odd() ? odd_cells[random() % odd_cells.size()] : random() % 5 == 0 ? "\"" + key + "\"" : key;
      text += ',';
    }
    text += odd() ? odd_values[random() % odd_values.size()]
                  : std::to_string(random() % 100'000) + "." + std::to_string(random() % 100);
    if (odd()) text += ",more";
    text += r + 1 == rows && random() % 2 == 0 ? "" : odd() ? endings[random() % endings.size()] : "\n";
  }
  return text;
}

struct Slow {
  std::vector<std::string> keys;
  std::vector<std::uint32_t> supplier, customer;
  std::vector<double> value;
  std::uint64_t read = 0;
  std::string rejects;
  Findings findings{std::numeric_limits<std::size_t>::max()};
};

/// Every row by CsvReader and CellConverter.
Slow read_slowly(const std::string& content) {
  Slow slow;
  std::map<std::string, std::uint32_t> ids;
  CsvReader reader(decode_text(FileBytes::of(content), "links.csv", std::nullopt, slow.findings), {}, slow.findings);
  CellConverter converter("links.csv", slow.findings);
  slow.rejects = reader.raw_heading();
  CsvRecord record;
  while (reader.next(record)) {
    ++slow.read;
    bool good = !record.bad;
    std::array<std::string, 2> keys;
    for (std::size_t k = 0; k < 2 && !record.bad; ++k) {
      keys[k] = trimmed(record.cells[k]);
      if (!says_nothing(keys[k])) continue;
      good = false;
      slow.findings.add(Finding{FindingLevel::error, ErrorCode::missing_value, reader.place(record, k), {}, {}, {}});
    }
    CellValue<double> value;
    if (!record.bad) {
      const CellPlace place{record.record, record.line, "value"};
      value = converter.real(record.cells[2], place, NumberRange::non_negative());
      if (value.has_value() && value.value() > static_cast<double>(std::numeric_limits<float>::max())) {
        value = CellValue<double>::bad();
        slow.findings.add(Finding{FindingLevel::error, ErrorCode::overflow, reader.place(record, 2), {}, {}, {}});
      }
      good = good && !value.is_bad();
    }
    if (!good) {
      slow.rejects += record.raw;
      continue;
    }
    std::array<std::uint32_t, 2> link{};
    for (std::size_t k = 0; k < 2; ++k) {
      const auto [place, is_new] = ids.emplace(keys[k], static_cast<std::uint32_t>(slow.keys.size()));
      if (is_new) slow.keys.push_back(keys[k]);
      link[k] = place->second;
    }
    slow.supplier.push_back(link[0]);
    slow.customer.push_back(link[1]);
    slow.value.push_back(value.has_value() ? value.value() : std::numeric_limits<double>::quiet_NaN());
  }
  // What read_network does with rows without a value.
  std::vector<double> sum(slow.keys.size()), count(slow.keys.size());
  double all = 0, all_count = 0;
  for (std::size_t l = 0; l < slow.value.size(); ++l) {
    if (std::isnan(slow.value[l])) continue;
    sum[slow.customer[l]] += slow.value[l];
    count[slow.customer[l]] += 1;
    all += slow.value[l];
    all_count += 1;
  }
  for (std::size_t l = 0; l < slow.value.size(); ++l) {
    const std::uint32_t to = slow.customer[l];
    if (!std::isnan(slow.value[l])) continue;
    slow.value[l] = count[to] != 0 ? sum[to] / count[to] : all_count != 0 ? all / all_count : 1.0;
  }
  return slow;
}

/// Where errors stand.
std::vector<std::array<std::uint64_t, 3>> places(const Findings& findings) {
  std::vector<std::array<std::uint64_t, 3>> places;
  for (const Finding& finding : findings.kept()) {
    if (finding.level != FindingLevel::error) continue;
    places.push_back({finding.where.record, finding.where.line, static_cast<std::uint64_t>(finding.code)});
  }
  return places;
}

void compare(const std::string& content, const std::string& what) {
  const Slow slow = read_slowly(content);
  NetworkColumns columns;
  columns.enterprises = slow.keys.size();
  columns.supplier = slow.supplier;
  columns.customer = slow.customer;
  columns.value = RealColumn(slow.value);
  const Network wanted = build_network(columns);
  const Folder folder;
  put(folder / "links.csv", content);
  ReadNetworkOptions options;
  options.rejected_links = folder / "rejects.csv";
  for (const unsigned threads : {1U, 2U, 5U}) {
    ThreadPool pool(threads);
    Control control;
    control.executor = &pool;
    const auto read = read_network(folder / "links.csv", options, control);
    ASSERT_EQ(read.keys.size(), slow.keys.size()) << what;
    for (std::uint32_t id = 0; id < slow.keys.size(); ++id) {
      ASSERT_EQ(read.keys.key(EnterpriseId{id}), slow.keys[id]) << what;
    }
    ASSERT_EQ(read.link_rows.read, slow.read) << what;
    ASSERT_EQ(read.link_rows.loaded, slow.supplier.size()) << what;
    NetworkParts parts = read.network.parts();
    parts.summary = wanted.parts().summary;  // it counts assumed values
    ASSERT_TRUE(identical(Network::from_parts(std::move(parts), PartsCheck::shape), wanted)) << what;
    ASSERT_EQ(get(folder / "rejects.csv"), slow.rejects) << what;
    auto found = places(read.findings);
    auto expected = places(slow.findings);
    expected.resize(std::min(expected.size(), found.size()));  // reading keeps the first ones only
    ASSERT_EQ(found, expected) << what;
  }
}

TEST(FastRows, SmallFilesWithManyOddCellsReadAsTheSlowWayReadsThem) {
  std::mt19937_64 random(seed + 3);
  for (int round = 0; round < 150; ++round) {
    const unsigned one_odd_in = 2U + static_cast<unsigned>(random() % 30);
    const std::string content = "supplier,customer,value\n" + any_file(random, 1 + random() % 60, one_odd_in);
    compare(content, "round " + std::to_string(round) + ":\n" + content);
    if (HasFatalFailure()) return;
  }
}

TEST(FastRows, LargeFilesAcrossWindowsChunksAndRoundsReadAsTheSlowWayReadsThem) {
  std::mt19937_64 random(seed + 4);
  for (const unsigned one_odd_in : {40U, 3000U, 1'000'000'000U}) {
    compare("supplier,customer,value\n" + any_file(random, 150'000, one_odd_in), "odd " + std::to_string(one_odd_in));
    if (HasFatalFailure()) return;
  }
}

TEST(FastRows, ARowLongerThanAWindowReadsLikeAnyOther) {
  const std::string name(10'000, 'n');
  const std::string text(9'000, 't');
  compare("supplier,customer,value\nE1,E2,3\n" + name + ",E1,4\nE2,\"" + text + "\",5\nE1," + name + ",6", "long rows");
}

}  // namespace
