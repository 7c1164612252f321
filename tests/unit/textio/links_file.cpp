#include "chainqual/io/links_file.hpp"

#include <cmath>

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

class LinksFile : public ::testing::Test {
 protected:
  [[nodiscard]] NetworkTables links(std::string_view content, const ReadNetworkOptions& options = {}) {
    put(folder_ / "links.csv", content);
    return read_network(folder_ / "links.csv", options);
  }
  [[nodiscard]] NetworkTables both(std::string_view enterprises, std::string_view links,
                                   const ReadNetworkOptions& options = {}) {
    put(folder_ / "enterprises.csv", enterprises);
    put(folder_ / "links.csv", links);
    return read_network(folder_ / "enterprises.csv", folder_ / "links.csv", options);
  }
  /// The findings of the Error that a call throws, in one language, without the folder's name.
  template <class Call>
  [[nodiscard]] std::string errors(Call&& call, Language language = Language::en) {
    try {
      static_cast<void>(call());
    } catch (const Error& error) {
      return cut(shown(error.findings(), language));
    }
    return "no error";
  }
  [[nodiscard]] std::string cut(std::string text) const {
    const std::string name = folder_.path().string() + "/";
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) text.erase(at, name.size());
    return text;
  }

  Folder folder_;
};

TEST_F(LinksFile, NumbersEnterprisesByFirstAppearance) {
  const auto read = links("supplier,customer,value\nB,A,2\nA,C,3.5\nB,C,1\n");
  ASSERT_EQ(read.keys.size(), 3U);
  EXPECT_EQ(read.keys.key(EnterpriseId{0}), "B");
  EXPECT_EQ(read.keys.key(EnterpriseId{1}), "A");
  EXPECT_EQ(read.keys.key(EnterpriseId{2}), "C");
  EXPECT_EQ(read.network.links(), 3U);
  EXPECT_EQ(read.network.out_values()[read.network.find_link(EnterpriseId{1}, EnterpriseId{2})->index()], 3.5F);
  EXPECT_EQ(read.link_rows, (RowCounts{3, 3, 0}));
  EXPECT_TRUE(read.findings.empty());
}

TEST_F(LinksFile, ReadsChineseHeadingsAndGb18030) {
  // 供方,需方,供应额 / 天津,质量,2
  const auto read =
      links("\xB9\xA9\xB7\xBD,\xD0\xE8\xB7\xBD,\xB9\xA9\xD3\xA6\xB6\xEE\n\xCC\xEC\xBD\xF2,\xD6\xCA\xC1\xBF,2\n");
  EXPECT_EQ(read.keys.find("天津"), EnterpriseId{0});
  EXPECT_EQ(read.keys.find("质量"), EnterpriseId{1});
  EXPECT_EQ(read.network.out_values()[0], 2.0F);
}

TEST_F(LinksFile, TakesSharesQuotesGuardsUnitsAndSpaces) {
  const auto read = links(
      "supplier,customer,product,value,dependency,escape\r\n"
      "\"A, Ltd\",'=B,\"x\ny\",\"1,234\",50%,\r\n"
      " C ,\"A, Ltd\",,1.5万,,0.25\r\n");
  EXPECT_EQ(read.keys.find("A, Ltd"), EnterpriseId{0});
  EXPECT_EQ(read.keys.find("=B"), EnterpriseId{1});
  EXPECT_EQ(read.keys.find("C"), EnterpriseId{2});
  const auto first = read.network.find_link(EnterpriseId{0}, EnterpriseId{1})->index();
  const auto second = read.network.find_link(EnterpriseId{2}, EnterpriseId{0})->index();
  EXPECT_EQ(read.network.out_values()[first], 1234.0F);
  EXPECT_EQ(read.network.out_values()[second], 15000.0F);
  EXPECT_EQ(read.network.dependency()[first], 0.5F);
  EXPECT_TRUE(std::isnan(read.network.dependency()[second]));
  EXPECT_EQ(read.network.escape()[second], 0.25F);
  EXPECT_TRUE(read.findings.empty()) << en(read.findings);
}

TEST_F(LinksFile, ListsEveryErrorWithFileRowColumnValueAndFix) {
  const std::string content =
      "supplier,customer,value,dependency\nA,B,-1,\nA,,2,\nA,B,x,1.5\nA,B\nA,B,4,\n合计,,9,\nA,B,４,0.5\nA,B,1e39,\n";
  EXPECT_EQ(
      errors([&] { return links(content); }),
      "links.csv:2: column 'value' (record 1): value «-1»: must not be negative. Fix: mend the number, or leave the "
      "cell empty.\n"
      "links.csv:3: column 'customer' (record 2): the enterprise is missing. Fix: give the enterprise's id, or delete "
      "the row.\n"
      "links.csv:4: column 'value' (record 3): value «x»: not a number. Fix: give a number, or leave the cell empty.\n"
      "links.csv:4: column 'dependency' (record 3): value «1.5»: must lie between 0 and 1. Fix: give a decimal from 0 "
      "to 1, or per cent with its sign.\n"
      "links.csv:5 (record 4): value «A,B»: too few fields: the row has 2, the heading 4. Fix: add the missing "
      "fields; empty ones need their comma too.\n"
      "links.csv:7 (record 6): value «合计,,9,»: is this row a total, and not data? Fix: delete the row if it is a "
      "total; if it is data, put an apostrophe (') before the word.\n"
      "links.csv:8: column 'value' (record 7): value «４»: full-width characters. Fix: write '4', or ask for repair.\n"
      "links.csv:9: column 'value' (record 8): value «1e39»: the value is beyond single precision. Fix: use a larger "
      "unit.\n");
  EXPECT_NE(errors([&] { return links(content); }, Language::zh)
                .find("links.csv:3：“customer”列（第 2 条记录）：缺少企业编号。修改办法：请填企业编号，或删去该行。\n"),
            std::string::npos);
}

TEST_F(LinksFile, AMissingHeadingNamesBothLanguages) {
  EXPECT_EQ(errors([&] { return links("supplier,value\nA,1\n"); }),
            "links.csv:1: the required column 'customer' (需方) is missing. Fix: add a column headed 'customer' or "
            "'需方'.\n");
}

TEST_F(LinksFile, AnUnknownEnterpriseIsAnErrorWithTheNearest) {
  EXPECT_EQ(
      errors([&] { return both("id,name\nE1001,甲\nE1002,乙\n", "supplier,customer\nE1001,E1O02\nE1002,E1001\n"); }),
      "links.csv:2: column 'customer' (record 1): value «E1O02»: the enterprises table has no such enterprise. Fix: is "
      "«E1002» meant? Else add the enterprise to the table.\n");
}

TEST_F(LinksFile, TheSameEnterpriseTwiceNamesBothRows) {
  EXPECT_EQ(
      errors([&] { return both("id,name\nE1,甲\nE2,乙\nE1,丙\n", "supplier,customer\nE1,E2\n"); }),
      "enterprises.csv:4 (record 3): value «E1»: record 1 is the same enterprise. Fix: delete one of the two rows, or "
      "mend the id.\n");
}

TEST_F(LinksFile, EnterprisesGiveIdsColumnsAndSegments) {
  const auto read = both(
      "编号,统一社会信用代码,企业名称,产业链位置,环节,权重\n"
      "E1,,甲,上游,芯片;整机,2\n"
      ",914403001922038216,乙,中游,整机,\n"
      ",,丙,下游,,1.5\n",
      "supplier,customer,value\nE1,914403001922038216,3\n914403001922038216,丙,4\n");
  EXPECT_EQ(read.network.enterprises(), 3U);
  EXPECT_EQ(read.keys.find("丙"), EnterpriseId{2});
  EXPECT_EQ(std::vector<std::uint8_t>(read.network.stage().begin(), read.network.stage().end()),
            (std::vector<std::uint8_t>{0, 1, 2}));
  EXPECT_EQ(read.segments, (std::vector<std::string>{"芯片", "整机"}));
  EXPECT_EQ(read.network.segment()[1], 1U);
  EXPECT_EQ(read.network.segment()[2], Network::none);
  EXPECT_EQ(read.network.weight()[2], 1.5);
  EXPECT_TRUE(std::isnan(read.network.weight()[1]));
  EXPECT_TRUE(read.findings.empty()) << en(read.findings);
}

TEST_F(LinksFile, EnterprisesWithoutAnyNameAreAnError) {
  EXPECT_EQ(errors([&] { return both("stage\nupstream\n", "supplier,customer\n"); }),
            "enterprises.csv:1: no column says which enterprise a row is. Fix: add a column headed 'id' (编号), "
            "'credit_code' "
            "(统一社会信用代码) or 'name' (企业名称).\n"
            "links.csv:1: there is a heading and no record. Fix: add records if there should be any.\n");
  EXPECT_NE(errors([&] {
              return both("id,stage\n-,upstream\nE1,upstraem\n", "supplier,customer\nE1,E1\n");
            }).find("enterprises.csv:2 (record 1): the row has no id, credit code or name. Fix: give one of them.\n"),
            std::string::npos);
}

TEST_F(LinksFile, SelfSupplyIsAWarning) {
  const auto read = links("supplier,customer\nA,A\nA,B\n");
  EXPECT_EQ(
      cut(en(read.findings)),
      "links.csv:2: column 'customer' (record 1): value «A»: an enterprise supplies itself; propagation leaves it out. "
      "Fix: mend it if it is a slip, else let it be.\n");
  EXPECT_EQ(read.network.links(), 1U);
  EXPECT_EQ(read.network.summary().self_supply_dropped, 1U);
}

TEST_F(LinksFile, RowsWithoutAValueGetTheMeanOfTheirCustomersPurchases) {
  const auto read = links("supplier,customer,value\nA,C,2\nB,C,\nD,C,4\nA,B,无\nC,A,\n");
  const auto value = [&](std::uint32_t from, std::uint32_t to) {
    return read.network.out_values()[read.network.find_link(EnterpriseId{from}, EnterpriseId{to})->index()];
  };
  EXPECT_EQ(value(2, 1), 3.0F) << "B to C: the mean of 2 and 4";
  EXPECT_EQ(value(0, 2), 3.0F) << "A to B: B buys nothing else, so the mean of all";
  EXPECT_EQ(read.network.summary().values_assumed, 3U);
  EXPECT_EQ(cut(en(read.findings)),
            "links.csv: links without a value: 3; each got the mean of its customer's other purchases.\n");
}

TEST_F(LinksFile, EmptyTablesAreAnEmptyNetworkAndAWarning) {
  EXPECT_EQ(links("").network.enterprises(), 0U);
  const auto read = both("", "");
  EXPECT_EQ(read.network.enterprises(), 0U);
  EXPECT_EQ(read.findings.count(FindingLevel::warning), 2U);
  const auto heading = links("supplier,customer\n");
  EXPECT_EQ(heading.network.links(), 0U);
  EXPECT_EQ(cut(en(heading.findings)),
            "links.csv:1: there is a heading and no record. Fix: add records if there should be any.\n");
  EXPECT_EQ(both("id\nA\nB\n", "supplier,customer\n").network.enterprises(), 2U);
}

TEST_F(LinksFile, RejectsReceiveBadRowsByteForByteAndTheRestLoads) {
  ReadNetworkOptions options;
  options.rejected_links = folder_ / "rejected.csv";
  const auto read = links("\xEF\xBB\xBFsupplier,customer,value\r\nA,B,1\r\n\"A\",\"B\nC\",x\r\nA,C\nB,C,2", options);
  EXPECT_EQ(get(folder_ / "rejected.csv"), "\xEF\xBB\xBFsupplier,customer,value\r\n\"A\",\"B\nC\",x\r\nA,C\n");
  EXPECT_EQ(read.link_rows, (RowCounts{4, 2, 2}));
  EXPECT_EQ(read.network.links(), 2U);
  EXPECT_EQ(read.findings.kept().at(1).where.line, 5U) << "the quoted line break counts";
}

TEST_F(LinksFile, RejectsOfGb18030KeepTheirBytes) {
  ReadNetworkOptions options;
  options.rejected_links = folder_ / "rejected.csv";
  const auto read =
      links("supplier,customer,value\n\xCC\xEC\xBD\xF2,\xD6\xCA\xC1\xBF,x\n\xCC\xEC,\xD6\xCA,2\n", options);
  EXPECT_EQ(get(folder_ / "rejected.csv"), "supplier,customer,value\n\xCC\xEC\xBD\xF2,\xD6\xCA\xC1\xBF,x\n");
  EXPECT_EQ(read.network.links(), 1U);
}

TEST_F(LinksFile, AFileWithErrorsChangesNothing) {
  ReadNetworkOptions options;
  options.rejected_links = folder_ / "rejected.csv";
  EXPECT_EQ(errors([&] { return both("id\nA\nA\n", "supplier,customer\nA,x\n", options); }).substr(0, 15),
            "enterprises.csv");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "rejected.csv"));
}

TEST_F(LinksFile, CancelStopsIt) {
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  put(folder_ / "links.csv", "supplier,customer\nA,B\n");
  EXPECT_THROW(static_cast<void>(read_network(folder_ / "links.csv", ReadNetworkOptions{}, control)), Error);
}

}  // namespace
