// Bad rows planted at random places of a large file: what loads must equal the file without them, loaded + rejected
// must be what was read, and the rejects must hold the planted rows byte for byte.

#include <algorithm>
#include <map>
#include <random>

#include "chainqual/io/links_file.hpp"
#include "unit/textio/support.hpp"

namespace planted_rows_test {
namespace {

using namespace chainqual;
using namespace textio_test;

constexpr std::size_t good_rows = 100'000;
constexpr std::uint64_t seed = 20261121;

const std::vector<std::string> bad_rows{
    "E1,E2,x,0.5\n",          // not a number
    "E1,E2,-1,0.5\n",         // negative
    "E1,E2,NaN,\n",           // not finite
    "E1,E2,1e400,\n",         // too large
    "E1,E2,4,1.5\n",          // a share above 1
    "E1,E2,\xEF\xBC\x94,\n",  // full-width 4
    "E1,E2,3\xE6\x9C\x88"
    "4\xE6\x97\xA5,\n",  // 3月4日
    "E1,E2,#REF!,\n",    // spreadsheet error
    "E1,E2,\"1,5\",\n",  // ambiguous
    ",E2,1,\n",          // no supplier
    "E1,-,1,\n",         // no customer
    "E1,E2\n",           // too few fields
    "E1,E2,1,0.5,9\n",   // too many fields
    "E1\xEF\xBC\x8C"
    "E2,1,\n",                                // full-width comma
    "\"E1\"x,E2,1,\n",                        // text behind a quote
    "Total,,9,\n",                            // a total
    "\xE5\x90\x88\xE8\xAE\xA1,,9,\n",         // 合计
    "\"E1\",\"E\n2\",bad,\"\"\"q\"\"\"\r\n",  // over two lines
    "E1,nobody,1,\n",                         // unknown enterprise
    "E1,E2," + std::string(100, '9') + "x,\n",
};

struct Planted {
  std::string with;
  std::string without;
  std::vector<std::string> rejects;
  std::vector<std::uint64_t> records;  ///< of the planted rows
};

Planted plant(std::mt19937_64& random, std::size_t enterprises) {
  const std::string heading = "supplier,customer,value,dependency\n";
  Planted planted{heading, heading, {}, {}};
  std::uniform_int_distribution<std::size_t> firm(0, enterprises - 1);
  std::map<std::size_t, std::vector<std::size_t>> places;
  for (std::size_t b = 0; b < bad_rows.size(); ++b) {
    for (int copy = 0; copy < 3; ++copy) places[random() % good_rows].push_back(b);
  }
  std::uint64_t record = 0;
  for (std::size_t row = 0; row < good_rows; ++row) {
    if (const auto place = places.find(row); place != places.end()) {
      for (const std::size_t b : place->second) {
        planted.with += bad_rows[b];
        planted.rejects.push_back(bad_rows[b]);
        planted.records.push_back(++record);
      }
    }
    const std::size_t from = firm(random);
    const std::size_t to = (from + 1 + firm(random) % (enterprises - 1)) % enterprises;
    std::string line = "E" + std::to_string(from) + ",E" + std::to_string(to) + "," + std::to_string(random() % 1000) +
                       "." + std::to_string(random() % 100) + ",";
    if (row % 3 == 0) line += "0." + std::to_string(random() % 100);
    if (row % 97 == 0) line = "\"E" + std::to_string(from) + "\",E" + std::to_string(to) + ",\"1,234\",\n\n";
    if (row % 97 != 0) line += "\n";
    ++record;
    planted.with += line;
    planted.without += line;
  }
  return planted;
}

std::string enterprises_table(std::size_t count) {
  std::string table = "id,stage\n";
  for (std::size_t i = 0; i < count; ++i) table += "E" + std::to_string(i) + ",\n";
  return table;
}

TEST(PlantedRows, OfLinksAreRejectedAndTheRestEqualsTheFileWithoutThem) {
  std::mt19937_64 random(seed);
  const std::size_t enterprises = 5000;
  const Planted planted = plant(random, enterprises);
  const Folder folder;
  put(folder / "enterprises.csv", enterprises_table(enterprises));
  put(folder / "with.csv", planted.with);
  put(folder / "without.csv", planted.without);
  ReadNetworkOptions options;
  options.rejected_links = folder / "rejects.csv";
  const auto with = read_network(folder / "enterprises.csv", folder / "with.csv", options);
  const auto without = read_network(folder / "enterprises.csv", folder / "without.csv");

  EXPECT_TRUE(identical(with.network, without.network)) << "seed " << seed;
  EXPECT_EQ(with.link_rows.read, good_rows + planted.rejects.size());
  EXPECT_EQ(with.link_rows.loaded, good_rows);
  EXPECT_EQ(with.link_rows.loaded + with.link_rows.rejected, with.link_rows.read);
  std::string rejects = "supplier,customer,value,dependency\n";
  for (const auto& row : planted.rejects) rejects += row;
  EXPECT_EQ(get(folder / "rejects.csv"), rejects);

  std::vector<std::uint64_t> records;
  for (const auto& finding : with.findings.kept()) {
    if (finding.level != FindingLevel::error) continue;
    if (records.empty() || records.back() != finding.where.record) records.push_back(finding.where.record);
  }
  EXPECT_EQ(records, planted.records) << "each planted row is named, in the order of the file";
  EXPECT_THROW(static_cast<void>(read_network(folder / "enterprises.csv", folder / "with.csv")), Error) << "strict";
}

TEST(PlantedRows, FindingsCountPhysicalLinesAcrossChunks) {
  std::mt19937_64 random(seed + 1);
  const Planted planted = plant(random, 5000);
  const Folder folder;
  put(folder / "enterprises.csv", enterprises_table(5000));
  put(folder / "with.csv", planted.with);
  ReadNetworkOptions options;
  options.rejected_links = folder / "rejects.csv";
  const auto read = read_network(folder / "enterprises.csv", folder / "with.csv", options);
  std::vector<std::string> lines(1);
  for (const char c : planted.with) {
    lines.back().push_back(c);
    if (c == '\n') lines.emplace_back();
  }
  std::size_t row = 0;
  std::uint64_t last = 0;
  for (const auto& finding : read.findings.kept()) {
    if (finding.level != FindingLevel::error || finding.where.record == last) continue;
    last = finding.where.record;
    const std::string first_line = planted.rejects[row].substr(0, planted.rejects[row].find('\n') + 1);
    ASSERT_EQ(lines[finding.where.line - 1], first_line) << "record " << finding.where.record;
    ++row;
  }
  EXPECT_EQ(row, planted.rejects.size());
}

TEST(PlantedRows, OfEnterprisesAreRejectedAndTheRestEqualsTheFileWithoutThem) {
  std::mt19937_64 random(seed + 2);
  const std::vector<std::string> bad{"E1,upstraem,\n", "E2,upstream,-1\n", "-,upstream,1\n",
                                     "E3,upstream\n",  "\"E4\"x,,\n",      "E0,upstream,1\n"};
  std::string with = "id,stage,weight\n";
  std::string without = with;
  std::string rejects = with;
  for (std::size_t row = 0; row < good_rows; ++row) {
    if (row != 0 && random() % 1000 == 0) {
      const std::string& planted = bad[random() % bad.size()];
      with += planted;
      rejects += planted;
    }
    const std::string line = "E" + std::to_string(row) + ",中游,1.5\n";
    with += line;
    without += line;
  }
  const Folder folder;
  put(folder / "with.csv", with);
  put(folder / "without.csv", without);
  put(folder / "links.csv", "supplier,customer\nE5,E6\n");
  ReadNetworkOptions options;
  options.rejected_enterprises = folder / "rejects.csv";
  const auto read = read_network(folder / "with.csv", folder / "links.csv", options);
  const auto clean = read_network(folder / "without.csv", folder / "links.csv");
  EXPECT_TRUE(identical(read.network, clean.network)) << "seed " << seed;
  EXPECT_EQ(get(folder / "rejects.csv"), rejects);
  EXPECT_EQ(read.enterprise_rows.loaded, good_rows);
  EXPECT_EQ(read.enterprise_rows.loaded + read.enterprise_rows.rejected, read.enterprise_rows.read);
}

TEST(PlantedRows, AQuoteNeverClosedRejectsAllThatFollowsAndNothingBefore) {
  std::string content = "supplier,customer,value\n";
  for (int row = 0; row < 50'000; ++row) content += "E" + std::to_string(row) + ",E" + std::to_string(row + 1) + ",1\n";
  const std::string tail = "\"E1,E2,1\n" + content.substr(24);
  const Folder folder;
  put(folder / "links.csv", content + tail);
  ReadNetworkOptions options;
  options.rejected_links = folder / "rejects.csv";
  const auto read = read_network(folder / "links.csv", options);
  EXPECT_EQ(read.link_rows, (RowCounts{50'001, 50'000, 1}));
  EXPECT_EQ(get(folder / "rejects.csv"), "supplier,customer,value\n" + tail);
  ASSERT_EQ(read.findings.count(FindingLevel::error), 1U);
  EXPECT_EQ(read.findings.kept()[0].where.line, 50'002U);
}

}  // namespace
}  // namespace planted_rows_test
