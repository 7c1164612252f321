#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <limits>
#include <sstream>

#include "chainqual/io/chain_info.hpp"
#include "chainqual/io/xlsx.hpp"
#include "inflate.hpp"
#include "workspace.hpp"

// Workbooks are unpacked and their XML parsed: what a spreadsheet will see.

namespace chainqual {
namespace {

using testing::Workspace;
using Tree = boost::property_tree::ptree;

Tree xml(const std::string& text) {
  std::istringstream in(text);
  Tree tree;
  boost::property_tree::read_xml(in, tree);
  return tree;
}

/// One cell as it stands: its type ("s" text, "" number) and its value.
struct Seen {
  std::string type;
  std::string value;
  friend bool operator==(const Seen&, const Seen&) = default;
};

std::map<std::string, Seen> cells_of(const std::map<std::string, std::string>& book, int sheet) {
  std::vector<std::string> strings;
  const Tree shared = xml(book.at("xl/sharedStrings.xml"));
  for (const auto& [tag, item] : shared.get_child("sst")) {
    if (tag == "si") strings.push_back(item.get<std::string>("t"));
  }
  std::map<std::string, Seen> cells;
  const Tree page = xml(book.at("xl/worksheets/sheet" + std::to_string(sheet) + ".xml"));
  for (const auto& [row_tag, row] : page.get_child("worksheet.sheetData")) {
    for (const auto& [tag, cell] : row) {
      if (tag != "c") continue;
      EXPECT_EQ(cell.count("f"), 0U) << "a formula";
      const auto type = cell.get<std::string>("<xmlattr>.t", "");
      const auto value = cell.get<std::string>("v", "");
      cells[cell.get<std::string>("<xmlattr>.r")] = {type, type == "s" ? strings.at(std::stoul(value)) : value};
    }
  }
  return cells;
}

std::map<std::string, Seen> written(const Sheet& sheet) {
  const Workspace workspace;
  write_xlsx({sheet}, workspace.path("x.xlsx"));
  return cells_of(testing::unzip(testing::bytes_of(workspace.path("x.xlsx"))), 1);
}

ErrorCode code_of(const std::vector<Sheet>& sheets, const std::filesystem::path& path) {
  try {
    write_xlsx(sheets, path);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(Xlsx, TextStaysTextWhateverItStartsWith) {
  const std::vector<std::string> texts{
      "=1+1", "+1",          "-1", "@SUM(A1)",  "{=1}", "http://example.com",    "mailto:a@b", "internal:x",
      "001",  "9.14403E+17", "'a", "</script>", "a\nb", "🏭𠮷䶮𬭎\u202E", "_x000D_",    "★"};
  Sheet sheet{"s", {"t"}, {}};
  for (const auto& text : texts) sheet.rows.push_back({text});
  const auto cells = written(sheet);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] == "_x000D_") continue;
    EXPECT_EQ(cells.at("A" + std::to_string(i + 2)), (Seen{"s", texts[i]}));
  }
}

TEST(Xlsx, NumbersAreNumbersAndLongDecimalsStayExactAsText) {
  const auto cells =
      written({"s",
               {"a", "b", "c", "d", "e"},
               {{0.1, Decimal::from_string("4.40"), Decimal::from_string("0.1234567890123456"), Grade::critical, {}}}});
  EXPECT_EQ(std::stod(cells.at("A2").value), 0.1);
  EXPECT_EQ(cells.at("A2").type, "");
  EXPECT_EQ(std::stod(cells.at("B2").value), 4.4);
  EXPECT_EQ(cells.at("B2").type, "");
  EXPECT_EQ(cells.at("C2"), (Seen{"s", "0.1234567890123456"}));
  EXPECT_EQ(cells.at("D2"), (Seen{"s", "★★★"}));
  EXPECT_FALSE(cells.contains("E2"));
}

TEST(Xlsx, TheHeadingIsFrozenFilteredAndColumnsFitChinese) {
  const Workspace workspace;
  write_xlsx({{"s", {"编号", "name"}, {{std::string("一二三四五六七八九十"), std::string("abcdefghij")}}}},
             workspace.path("x.xlsx"));
  const std::string page = testing::unzip(testing::bytes_of(workspace.path("x.xlsx"))).at("xl/worksheets/sheet1.xml");
  EXPECT_NE(page.find("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"),
            std::string::npos);
  EXPECT_NE(page.find("<autoFilter ref=\"A1:B2\"/>"), std::string::npos);
  const Tree columns = xml(page).get_child("worksheet.cols");
  std::vector<double> widths;
  for (const auto& [tag, column] : columns) widths.push_back(column.get<double>("<xmlattr>.width"));
  ASSERT_EQ(widths.size(), 2U);
  EXPECT_GT(widths[0], 20.0);
  EXPECT_LT(widths[1], 13.0);
}

TEST(Xlsx, NamesOfSheetsAreMadeLegalAndUnlike) {
  const Workspace workspace;
  const Sheet base{"", {"a"}, {}};
  std::vector<Sheet> sheets(6, base);
  sheets[0].name = "a/b:c*d?e[f]g\\h";
  sheets[1].name = "产业链质量问题库产业链质量问题库产业链质量问题库产业链质量问题库";
  sheets[2].name = sheets[1].name;
  sheets[3].name = "Problems";
  sheets[4].name = "problems";
  write_xlsx(sheets, workspace.path("x.xlsx"));
  std::vector<std::string> names;
  const Tree book = xml(testing::unzip(testing::bytes_of(workspace.path("x.xlsx"))).at("xl/workbook.xml"));
  for (const auto& [tag, sheet] : book.get_child("workbook.sheets")) {
    if (tag == "sheet") names.push_back(sheet.get<std::string>("<xmlattr>.name"));
  }
  const std::vector<std::string> expected{"a_b_c_d_e_f_g_h",
                                          "产业链质量问题库产业链质量问题库产业链质量问题库产业链质量问题",
                                          "产业链质量问题库产业链质量问题库产业链质量问题库产业链 (2)",
                                          "Problems",
                                          "problems (2)",
                                          "Sheet"};
  EXPECT_EQ(names, expected);
}

TEST(Xlsx, EqualSheetsGiveEqualBytes) {
  const Workspace workspace;
  const std::vector<Sheet> sheets{{"s", {"a"}, {{std::string("x")}, {1.5}}}};
  write_xlsx(sheets, workspace.path("a.xlsx"));
  write_xlsx(sheets, workspace.path("b.xlsx"));
  EXPECT_EQ(testing::bytes_of(workspace.path("a.xlsx")), testing::bytes_of(workspace.path("b.xlsx")));
}

TEST(Xlsx, WhatExcelCannotHoldIsRefusedAndNothingIsCut) {
  const Workspace workspace;
  const auto path = workspace.put("x.xlsx", "old");
  EXPECT_EQ(code_of({}, path), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of({{"s", {"a"}, {{1.0, 2.0}}}}, path), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of({{"s", {"a"}, {{std::string(32768, 'x')}}}}, path), ErrorCode::limit_exceeded);
  EXPECT_EQ(code_of({{"s", {"a"}, std::vector<std::vector<SheetCell>>(1048576)}}, path), ErrorCode::limit_exceeded);
  EXPECT_EQ(code_of({{"s", {"a"}, {{std::numeric_limits<double>::infinity()}}}}, path), ErrorCode::invalid_value);
  EXPECT_EQ(code_of({{"s", {"a"}, {{std::string("a\0b", 3)}}}}, path), ErrorCode::invalid_value);
  EXPECT_EQ(code_of({{"s", {"a"}, {{std::string("\xFF")}}}}, path), ErrorCode::invalid_value);
  EXPECT_NE(code_of({{"s", {"a"}, {}}}, workspace.path("absent/x.xlsx")), ErrorCode::ok);
  EXPECT_EQ(testing::bytes_of(path), "old");
  EXPECT_EQ(code_of({{"s", {"a"}, {{std::string(32767, 'x')}}}}, path), ErrorCode::ok);
}

TEST(Xlsx, AChainGivesOneSheetATable) {
  const Dossier dossier = read_chain(std::filesystem::path(CHAINQUAL_TEST_DATA) / "chains" / "utf8").dossier;
  const auto sheets = chain_sheets(dossier, Language::zh);
  std::vector<std::string> names;
  for (const auto& sheet : sheets) names.push_back(sheet.name);
  EXPECT_EQ(names, (std::vector<std::string>{"环节", "企业", "供应关系", "质量问题库", "专家评分", "产业链信息"}));
  const Workspace workspace;
  write_chain_xlsx(dossier, workspace.path("c.xlsx"), Language::en);
  const auto cells = cells_of(testing::unzip(testing::bytes_of(workspace.path("c.xlsx"))), 4);
  EXPECT_EQ(cells.at("A1"), (Seen{"s", "number"}));
  EXPECT_EQ(cells.at("A2"), (Seen{"s", "001"}));
}

TEST(Xlsx, TheLastSheetSaysAllThatTheChainSaysOfItself) {
  Dossier dossier;
  dossier.info.name = "试链";
  dossier.info.home_region = "120000";
  dossier.info.date = "2025-06-01";
  dossier.info.version = "1.0";
  dossier.info.review_cycle_months = 6;
  dossier.info.severity = SeverityModel({Rational(1, 3), Rational(1, 3), Rational(1, 3)},
                                        {Rational(41, 10), Rational(5, 2)}, Rounding::tenth);
  dossier.info.sources = {"甲；乙", "丙, 丁"};
  dossier.info.sources_en = {"first; second", "third, fourth"};
  dossier.info.note = "第一行\n第二行";
  for (const Language language : {Language::zh, Language::en}) {
    const Sheet sheet = chain_sheets(dossier, language).back();
    InfoTexts texts;
    for (const auto& row : sheet.rows) texts.emplace_back(std::get<std::string>(row[0]), std::get<std::string>(row[1]));
    EXPECT_EQ(info_with({}, texts, "sheet"), dossier.info);
  }
  const auto code = [](const InfoTexts& texts) {
    try {
      static_cast<void>(info_with({}, texts, "sheet"));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code({{"colour", "red"}}), ErrorCode::unknown_column);
  EXPECT_EQ(code({{"name", "a"}, {"名称", "b"}}), ErrorCode::duplicate);
  EXPECT_EQ(code({{"severity.weights.impact", "0.9"}}), ErrorCode::invalid_value) << "weights no longer add up to 1";
}

}  // namespace
}  // namespace chainqual
