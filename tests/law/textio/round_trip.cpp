// What is written is read back: cells, guards, lists and networks, and whatever the number of threads.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/links_file.hpp"
#include "chainqual/io/network_file.hpp"
#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

/// Text with everything that CSV, guards and lists give a meaning to.
rc::Gen<std::string> any_text() {
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "a", "=", "+", "-", "@", "'", "\"", ",", ";", "；", "、", "\\", "\n", "\r", "\t", " ", "　", "合计", "Total",
          "天", "𠮷", "\u200F", "＝", "0", ".", "\xEF\xBB\xBF", "<html>", "</script>")),
      [](const std::vector<std::string>& parts) {
        std::string text;
        for (const auto& part : parts) text += part;
        return text;
      });
}

RC_GTEST_PROP(RoundTrip, AGuardedCellComesBack, ()) {
  const std::string text = *any_text();
  RC_ASSERT(unguarded(guarded(text)) == text);
}

RC_GTEST_PROP(RoundTrip, AJoinedListComesBack, ()) {
  const auto elements = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(any_text()));
  RC_ASSERT(split_list(join_list(elements)) == elements);
  RC_ASSERT(split_list(trimmed(join_list(elements))) == elements);
}

RC_GTEST_PROP(RoundTrip, ATableOfAnyTextComesBackExactly, ()) {
  const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(columns, any_text()));
  const Folder folder;
  write_atomically(folder / "t.csv", [&](OutputFile& out) {
    CsvWriter writer(out);
    for (std::size_t c = 0; c < columns; ++c) writer.text("h" + std::to_string(c));
    writer.end();
    for (const auto& row : rows) {
      for (const auto& cell : row) writer.text(cell);
      writer.end();
    }
  });
  Findings findings;
  CsvReader reader(read_text(folder / "t.csv", findings), {}, findings);
  CsvRecord record;
  for (const auto& row : rows) {
    bool empty = true;
    for (const auto& cell : row) empty = empty && trimmed(cell).empty();
    if (empty) continue;  // such rows are skipped by definition
    RC_ASSERT(reader.next(record));
    RC_ASSERT(!record.bad);
    RC_ASSERT(std::vector<std::string>(record.cells.begin(), record.cells.end()) == row);
  }
  RC_ASSERT(!reader.next(record));
  RC_ASSERT(!findings.has_errors());
}

RC_GTEST_PROP(RoundTrip, ANumberComesBackToTheSameBits, (std::uint64_t bits)) {
  double value = 0.0;
  bits *= 0x9E3779B97F4A7C15U;  // small numbers would all be subnormal
  std::memcpy(&value, &bits, sizeof value);
  RC_PRE(std::isfinite(value));
  const Folder folder;
  write_atomically(folder / "t.csv", [&](OutputFile& out) { CsvWriter(out).number(value).end(); });
  std::string cell = get(folder / "t.csv");
  cell.pop_back();
  Findings findings;
  CellConverter converter("t.csv", findings);
  const auto read = converter.real(cell, {});
  RC_ASSERT(read.has_value());
  RC_ASSERT(read.value() == value);
}

std::string table_of_all_sorts(std::mt19937_64& random, std::size_t rows) {
  std::string content = "supplier,customer,product,value,escape\n";
  const auto key = [&] {
    const auto id = std::to_string(random() % 3000);
    switch (random() % 5) {
      case 0:
        return "天津市滨海新区第" + id + "号先进计算有限公司";
      case 1:
        return "\"quoted, " + id + "\"";
      case 2:
        return "\"two\nlines \"\"and\"\" more " + id + "\"";
      default:
        return "E" + id;
    }
  };
  for (std::size_t row = 0; row < rows; ++row) {
    content += key() + "," + key() + ",";
    content += random() % 9 == 0 ? "\"p\r\n, q\"," : "p,";
    content += random() % 50 == 0 ? "" : random() % 20 == 0 ? "1.5万" : std::to_string(random() % 10000);
    content += random() % 3 == 0 ? ",0.5" : ",";
    content += random() % 2 == 0 ? "\r\n" : "\n";
    if (random() % 500 == 0) content += "E1,E2,too few\n";
    if (random() % 500 == 0) content += "E7,E7,self,1,\n";
  }
  return content;
}

TEST(RoundTrip, TheSameNetworkKeysAndFindingsForAnyNumberOfThreads) {
  std::mt19937_64 random(7);
  const Folder folder;
  put(folder / "links.csv", table_of_all_sorts(random, 60'000));
  ReadNetworkOptions options;
  options.rejected_links = folder / "rejects.csv";
  const auto read = [&](Executor& executor) {
    Control control;
    control.executor = &executor;
    return read_network(folder / "links.csv", options, control);
  };
  const auto one = read(inline_executor());
  ASSERT_GT(one.network.links(), 0U);
  const std::string rejects = get(folder / "rejects.csv");
  write_network(folder / "one.cqn", {one.network, one.keys, {}, {}, 0});
  for (const unsigned threads : {2U, 7U}) {
    ThreadPool pool(threads);
    const auto many = read(pool);
    EXPECT_TRUE(identical(one.network, many.network)) << threads;
    EXPECT_EQ(one.findings.kept(), many.findings.kept()) << threads;
    EXPECT_EQ(one.findings.total(), many.findings.total()) << threads;
    EXPECT_EQ(get(folder / "rejects.csv"), rejects) << threads;
    Control control;
    control.executor = &pool;
    write_network(folder / "many.cqn", {many.network, many.keys, {}, {}, 0}, control);
    EXPECT_EQ(get(folder / "one.cqn"), get(folder / "many.cqn")) << threads;
    EXPECT_TRUE(identical(open_network(folder / "many.cqn", Verify::full, control).network, one.network));
  }
}

}  // namespace
