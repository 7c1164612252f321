// Files as they come from offices, read from the disk.

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

struct FromDisk {
  std::string rows;
  Findings findings;
};

FromDisk from_disk(const std::string& name) {
  FromDisk result;
  CsvReader reader(read_text(std::filesystem::path(CHAINQUAL_TEST_DATA) / "tables" / name, result.findings), {},
                   result.findings);
  CsvRecord record;
  while (reader.next(record)) {
    result.rows += record.bad ? "bad" : std::string(record.cells[0]) + "|" + std::string(record.cells[1]);
    result.rows += "\n";
  }
  return result;
}

/// Code and line of the first error, "none" when there is none.
std::string first_error(const Findings& findings) {
  for (const auto& finding : findings.kept()) {
    if (finding.level == FindingLevel::error) {
      return std::string(key_of(finding.code)) + " " + std::to_string(finding.where.line);
    }
  }
  return "none";
}

TEST(DataFiles, EncodingsThatAreReadGiveTheSameRows) {
  const std::string rows = "E1|天津海光信息技术有限公司\nE2|天津飞腾信息技术有限公司\n";
  for (const std::string name : {"utf8_mark.csv", "gb18030.csv"}) {
    const auto read = from_disk(name);
    EXPECT_EQ(read.rows, rows) << name;
    EXPECT_FALSE(read.findings.has_errors()) << name;
  }
}

TEST(DataFiles, LineEndsMixAndQuotedOnesAreContent) {
  EXPECT_EQ(from_disk("mixed_line_ends.csv").rows, "E1|甲\nE2|乙\nE3|丙\r\n丁\n");
}

TEST(DataFiles, EachBadFileIsAnErrorAtItsLine) {
  for (const auto& [name, error] :
       std::vector<std::pair<std::string, std::string>>{{"utf16le.csv", "bad_encoding 0"},
                                                        {"one_bad_byte.csv", "bad_encoding 2"},
                                                        {"quote_never_closed.csv", "bad_syntax 3"},
                                                        {"full_width_commas.csv", "bad_syntax 1"},
                                                        {"total_row.csv", "suspicious 4"},
                                                        {"workbook.csv", "wrong_format 0"},
                                                        {"empty.csv", "none"},
                                                        {"heading_only.csv", "none"}}) {
    EXPECT_EQ(first_error(from_disk(name).findings), error) << name;
  }
}

}  // namespace
