#include <cmath>
#include <functional>
#include <limits>

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

std::string written(const std::function<void(CsvWriter&)>& fill, const CsvWriter::Options& options = {}) {
  const Folder folder;
  write_atomically(folder / "t.csv", [&](OutputFile& out) {
    CsvWriter writer(out, options);
    fill(writer);
  });
  return get(folder / "t.csv");
}

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(written([](CsvWriter& w) { w.text("a").text("b,c").text("d\"e").text("f\ng").text(" h").empty().end(); }),
            "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",\n");
}

TEST(CsvWriter, WritesTextThatSpreadsheetsWouldRunWithAGuard) {
  EXPECT_EQ(
      written([](CsvWriter& w) { w.text("=cmd|' /C calc'!A0").text("+1").text("-1").text("@x").text("＝1").end(); }),
      "\"'=cmd|' /C calc'!A0\",\"'+1\",\"'-1\",\"'@x\",\"'＝1\"\n");
}

TEST(CsvWriter, GuardsATotalOnlyWhereItWouldMakeItsRowATotal) {
  EXPECT_EQ(written([](CsvWriter& w) { w.text("total").text("合计").text("'total").text("=1").end(); }),
            "\"'total\",合计,\"''total\",\"'=1\"\n");
  EXPECT_EQ(written([](CsvWriter& w) { w.text("").text(" ").number(std::nan("")).text("合计").text("total").end(); }),
            ",\" \",,\"'合计\",total\n")
      << "blank cells before it say nothing";
  EXPECT_EQ(written([](CsvWriter& w) {
              w.number(1.0).text("total").end();
              w.digits("2").text("小计").end();
              w.text("Total:").end();
            }),
            "1,total\n2,小计\n\"'Total:\"\n");
}

TEST(CsvWriter, WritesNumbersShortestAndUnguarded) {
  EXPECT_EQ(written([](CsvWriter& w) {
              w.number(-0.1).number(1e300).number(std::uint64_t{18446744073709551615U}).number(std::int64_t{-5});
              w.digits("4.40").number(std::nan("")).end();
            }),
            "-0.1,1e+300,18446744073709551615,-5,4.40,\n");
}

TEST(CsvWriter, ALoneEmptyCellIsNoBlankLine) {
  EXPECT_EQ(written([](CsvWriter& w) { w.text("").end(); }), "\"\"\n");
}

TEST(CsvWriter, MarksAndLineEndsAsAsked) {
  EXPECT_EQ(written([](CsvWriter& w) { w.text("a").end(); }, {.byte_order_mark = true, .crlf = true}),
            "\xEF\xBB\xBF"
            "a\r\n");
}

TEST(CsvWriter, RefusesWhatNoReaderTakesBack) {
  EXPECT_THROW(written([](CsvWriter& w) { w.text(std::string_view("a\0b", 3)); }), Error);
  EXPECT_THROW(written([](CsvWriter& w) { w.text("\xFF"); }), Error);
  EXPECT_THROW(written([](CsvWriter& w) { w.number(std::numeric_limits<double>::infinity()); }), Error);
}

TEST(CsvWriter, AFileThatBeginsLikeAnotherKindStaysCsv) {
  for (const std::string first : {"%PDF-1", "<html>", "sep=;", "\xEF\xBB\xBFx", "PAR1"}) {
    const std::string content = written([&](CsvWriter& w) {
      w.text(first).text("b").end();
      w.text("1").text("2").end();
    });
    const auto read = read_csv(content);
    EXPECT_EQ(read.rows, "1|2\n") << content;
    EXPECT_TRUE(read.findings.empty()) << en(read.findings);
  }
}

}  // namespace
