#include "chainqual/io/csv.hpp"

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

TEST(Csv, TakesLineEndsOfEveryKindMixed) {
  const auto read = read_csv("a,b\r\n1,2\n3,4\r5,6\r\n\n\r\r\n7,8");
  EXPECT_EQ(read.rows, "1|2\n3|4\n5|6\n7|8\n");
  EXPECT_TRUE(read.findings.empty());
}

TEST(Csv, QuotedCellsHoldDelimitersQuotesAndLineBreaks) {
  const auto read = read_csv("a,b\n\"x,\"\"y\"\"\",\"l1\r\nl2\nl3\"\n\"\",5\" pipe\n");
  EXPECT_EQ(read.rows, "x,\"y\"|l1\r\nl2\nl3\n|5\" pipe\n");
  EXPECT_TRUE(read.findings.empty());
}

TEST(Csv, CountsRecordsAndPhysicalLinesApart) {
  Findings findings;
  CsvReader reader(text_of("a,b\n\"1\n1\n1\",2\n\n3,4\n", findings), {}, findings);
  CsvRecord record;
  ASSERT_TRUE(reader.next(record));
  EXPECT_EQ(record.record, 1U);
  EXPECT_EQ(record.line, 2U);
  EXPECT_EQ(record.raw, "\"1\n1\n1\",2\n");
  ASSERT_TRUE(reader.next(record));
  EXPECT_EQ(record.record, 2U);
  EXPECT_EQ(record.line, 6U);
  EXPECT_EQ(reader.place(record, 1), (Location{"t.csv", 2, 6, "b", 0}));
  EXPECT_FALSE(reader.next(record));
}

TEST(Csv, AQuoteNeverClosedNamesTheLineWhereItOpened) {
  const auto read = read_csv("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
  EXPECT_EQ(read.rows, "1|2\nbad\n");
  EXPECT_EQ(
      en(read.findings),
      "t.csv:3: column 'b' (record 2): value «4\\n5,6\\n7,8\\n»: the quote that opens on line 3 is never closed. Fix: "
      "add the closing quote at the end of that cell.\n");
  EXPECT_EQ(zh(read.findings),
            "t.csv:3：“b”列（第 2 条记录）：值 «4\\n5,6\\n7,8\\n»：第 3 行打开的引号一直没有闭合。修改办法："
            "请在该单元格末尾补上引号。\n");
}

TEST(Csv, TextBehindAClosingQuoteIsAnErrorOfThatRowOnly) {
  const auto read = read_csv("a,b\n\"1\"x,2\n3,4\n");
  EXPECT_EQ(read.rows, "bad\n3|4\n");
  EXPECT_EQ(
      en(read.findings),
      "t.csv:2: column 'a' (record 1): value «x»: text stands behind the closing quote. Fix: write a quote inside a "
      "quoted cell twice.\n");
}

TEST(Csv, TooFewAndTooManyFieldsGiveBothCounts) {
  const auto read = read_csv("a,b,c\n1,2\n1,2,3,4\n1,2,3\n");
  EXPECT_EQ(read.rows, "bad\nbad\n1|2|3\n");
  EXPECT_EQ(read.raw_bad, (std::vector<std::string>{"1,2\n", "1,2,3,4\n"}));
  EXPECT_EQ(
      en(read.findings),
      "t.csv:2 (record 1): value «1,2»: too few fields: the row has 2, the heading 3. Fix: add the missing fields; "
      "empty ones need their comma too.\n"
      "t.csv:3 (record 2): value «1,2,3,4»: too many fields: the row has 4, the heading 3. Fix: put text with commas "
      "in quotes, or delete the extra fields.\n");
  EXPECT_EQ(zh(read.findings),
            "t.csv:2（第 1 条记录）：值 «1,2»：该行字段太少：有 2 个，表头有 3 "
            "个。修改办法：请补齐缺少的字段，空的也要有逗号。\n"
            "t.csv:3（第 2 条记录）：值 «1,2,3,4»：该行字段太多：有 4 个，表头有 3 个。修改办法："
            "含逗号的文字请加引号，或删去多余的字段。\n");
}

TEST(Csv, AHeadingTwiceIsAnError) {
  const auto read = read_csv("id,name,ID\n1,2,3\n");
  EXPECT_EQ(
      en(read.findings),
      "t.csv:1: column 'ID': value «ID»: the heading stands in column 1 too. Fix: delete or rename one of the two "
      "columns.\n");
  EXPECT_EQ(zh(read.findings), "t.csv:1：“ID”列：值 «ID»：列名与第 1 列重复。修改办法：请删去其中一列或改名。\n");
}

TEST(Csv, AnEmptyFileAndALoneHeadingAreDefined) {
  for (const std::string content : {"", "\n\r\n", "\xEF\xBB\xBF"}) {
    const auto read = read_csv(content);
    EXPECT_EQ(read.rows, "");
    EXPECT_EQ(en(read.findings), "t.csv: the file is empty. Fix: add a heading and records if it should have any.\n");
    EXPECT_EQ(zh(read.findings), "t.csv：文件是空的。修改办法：若应有内容，请补上表头和数据。\n");
    EXPECT_EQ(read.findings.count(FindingLevel::warning), 1U);
  }
  const auto read = read_csv("a,b\n");
  EXPECT_EQ(read.headings, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(en(read.findings), "t.csv:1: there is a heading and no record. Fix: add records if there should be any.\n");
  EXPECT_FALSE(read.findings.has_errors());
}

TEST(Csv, ACellBeyondTheLimitIsAnErrorAndTheRestIsRead) {
  const auto read = read_csv("a,b\n1," + std::string(10 << 20, 'x') + "\n3,4\n");
  EXPECT_EQ(read.rows, "bad\n3|4\n");
  ASSERT_EQ(read.findings.kept().size(), 1U);
  EXPECT_EQ(read.findings.kept()[0].rule.en, "the cell has 10485760 bytes, the limit is 1048576");
  EXPECT_EQ(read.findings.kept()[0].where.column, "b");
  EXPECT_LE(read.findings.kept()[0].value.size(), 83U);
}

TEST(Csv, ARowOfAMillionFieldsIsAnErrorAndTheRestIsRead) {
  std::string content = "a,b\n";
  for (int i = 0; i < 1'000'000; ++i) content += "\"q\"\"\",";
  const auto read = read_csv(content + "\n3,4\n");
  EXPECT_EQ(read.rows, "bad\n3|4\n");
  EXPECT_EQ(en(read.findings),
            "t.csv:2 (record 1): the row has 1000001 fields, the limit is 4096. Fix: check the row's quotes and line "
            "breaks.\n");
}

TEST(Csv, AnotherDelimiterIsNamed) {
  const std::vector<std::pair<std::string, std::string>> files{{"id，名称\n1，2\n", "full-width commas (，)"},
                                                               {"id;name\n1;2\n", "semicolons (;)"},
                                                               {"id\tname\n1\t2\n", "tabs"},
                                                               {"id|name\n1|2\n", "vertical bars (|)"},
                                                               {"id；name\n1；2\n", "full-width semicolons (；)"}};
  for (const auto& [content, name] : files) {
    const auto read = read_csv(content);
    ASSERT_EQ(read.findings.kept().size(), 1U) << name;
    EXPECT_EQ(read.findings.kept()[0].rule.en, "the columns are separated by " + name + ", not by commas (,)");
    EXPECT_EQ(read.rows, "");
  }
  EXPECT_EQ(zh(read_csv("编号，名称\n1，2\n").findings),
            "t.csv:1：值 «编号，名称»：各列用全角逗号“，”分隔，应为逗号“,”。修改办法：请改用逗号“,”分隔。\n");
}

TEST(Csv, FullWidthCommasInARowAreNamedInTheFix) {
  const auto read = read_csv("a,b\n1，2\n");
  ASSERT_EQ(read.findings.kept().size(), 1U);
  EXPECT_EQ(read.findings.kept()[0].fix.en, "separate with the comma ',', not with '，'");
}

TEST(Csv, AStatedDelimiterIsTaken) {
  EXPECT_EQ(read_csv("sep=;\r\na;b\n1;2,5\n").rows, "1|2,5\n");
  EXPECT_EQ(read_csv("a\tb\n1\t2\n", CsvOptions{.delimiter = '\t'}).rows, "1|2\n");
  Findings findings;
  EXPECT_THROW(CsvReader(text_of("a", findings), CsvOptions{.delimiter = 'x'}, findings), Error);
}

TEST(Csv, ATotalRowIsAnErrorThatAsks) {
  for (const std::string word : {"合计", " 小 计：", "总计", "Total", "SUBTOTAL", "grand total"}) {
    const auto read = read_csv("a,b\n" + word + ",2\n3,4\n");
    EXPECT_EQ(read.rows, "bad\n3|4\n") << word;
    ASSERT_EQ(read.findings.kept().size(), 1U);
    EXPECT_EQ(read.findings.kept()[0].rule.en, "is this row a total, and not data?");
    EXPECT_EQ(read.findings.kept()[0].fix.zh, "合计行请删去；若是数据，请在该词前加一个撇号（'）");
  }
  EXPECT_EQ(read_csv("a,b\n,合计\n").rows, "bad\n") << "the first cell with content counts";
  EXPECT_EQ(read_csv("a,b\n'合计,2\n").rows, "合计|2\n");
  EXPECT_EQ(read_csv("a,b\n合计,2\n", CsvOptions{.total_rows = TotalRows::keep}).rows, "合计|2\n");
  EXPECT_EQ(read_csv("a,b\n1,合计\n").rows, "1|合计\n");
}

TEST(Csv, RowsOfEmptyCellsAreSkippedAndCounted) {
  const auto read = read_csv("a,b\n1,2\n,\n , \n3,4\n,\n");
  EXPECT_EQ(read.rows, "1|2\n3|4\n");
  EXPECT_EQ(read.blank, 3U);
  EXPECT_EQ(en(read.findings), "t.csv: rows of empty cells skipped: 3.\n");
}

TEST(Csv, UndoesGuardsAndExcelsTextMark) {
  EXPECT_EQ(read_csv("a,b\n'=1+1,\"'@x\"\n=\"0123\",\"=\"\"9\"\"\"\n'tis,''x\n").rows, "=1+1|@x\n0123|9\n'tis|'x\n");
}

TEST(Csv, HeadingsMatchInEitherLanguageAndSayWhatIsMissing) {
  const std::vector<CsvHeading> table{
      {"id", "编号", "", true}, {"name", "企业名称", "名称|企业", true}, {"stage", "产业链位置", "", false}};
  Findings findings;
  const CsvReader reader(text_of(" ID ,企业名称：,stgae,\n1,2,3,4\n", findings), {}, findings);
  const auto columns = match_headings(reader, table, findings);
  EXPECT_EQ(columns, (std::vector<std::optional<std::size_t>>{0, 1, std::nullopt, std::nullopt}));
  EXPECT_EQ(en(findings),
            "t.csv:1: column 'stgae': value «stgae»: the column is unknown and not read. Fix: is 'stage' meant?\n"
            "t.csv:1: column '#4': the column has no heading and is not read. Fix: give it a heading or delete the "
            "column.\n");
  EXPECT_EQ(findings.count(FindingLevel::warning), 2U);

  Findings missing;
  const CsvReader other(text_of("名称,企业\n1,2\n", missing), {}, missing);
  static_cast<void>(match_headings(other, table, missing));
  EXPECT_EQ(zh(missing),
            "t.csv:1：“企业”列：值 «企业»：与“名称”是同一列。修改办法：请删去其中一列。\n"
            "t.csv:1：缺少必需的列“编号”（id）。修改办法：请加上列名为“编号”或“id”的一列。\n");
  EXPECT_NE(en(missing).find("the required column 'id' (编号) is missing. Fix: add a column headed 'id' or '编号'."),
            std::string::npos);
}

TEST(Csv, NearestWordsAreSortedByEdits) {
  const std::vector<std::string_view> words{"customer", "supplier", "value"};
  EXPECT_EQ(nearest_words("suplier", words), (std::vector<std::size_t>{1}));
  EXPECT_EQ(nearest_words("zzzz", words), (std::vector<std::size_t>{}));
}

}  // namespace
