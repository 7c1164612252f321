#include <gtest/gtest.h>

#include <limits>

#include "chainqual/io/form.hpp"
#include "unit/forms/seen.hpp"

namespace chainqual {
namespace {

using testing::Workspace;

FormBlock block_of(std::vector<std::size_t> widths, std::vector<FormRow> rows) {
  FormBlock block;
  block.widths = std::move(widths);
  block.rows = std::move(rows);
  return block;
}

Form form_of(std::vector<FormBlock> blocks) {
  Form form;
  form.number = "表 X";
  form.title = "试表";
  form.blocks = std::move(blocks);
  return form;
}

ErrorCode code_of(const Form& form) {
  try {
    (void)form_html(form);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(Form, CellsFillTheirBlockWithoutGapOrOverlap) {
  const FormBlock block = block_of({1, 1, 1}, {{{form_label("a", 1, 2), form_value(std::string("b"), 2)}},
                                               {{form_value(std::string("c")), form_value(std::string("d"))}}});
  const auto placed = placed_cells(block);
  ASSERT_EQ(placed.size(), 4U);
  EXPECT_EQ(placed[1].column, 1U);
  EXPECT_EQ(placed[2].row, 1U);
  EXPECT_EQ(placed[2].column, 1U);
  EXPECT_EQ(placed[3].column, 2U);
}

TEST(Form, WhatDoesNotTileIsRefused) {
  const FormCell one;
  FormCell wide;
  wide.columns = 2;
  FormCell tall;
  tall.rows = 2;
  FormCell none;
  none.columns = 0;
  FormCell endless;
  endless.columns = std::numeric_limits<std::size_t>::max();
  FormRow head{{one, one}};
  head.head = true;
  FormRow tall_head{{tall, one}};
  tall_head.head = true;
  const std::vector<FormBlock> bad{block_of({1, 1}, {{{one}}}),
                                   block_of({1, 1}, {{{one, one, one}}}),
                                   block_of({1, 1}, {{{one, wide}}}),
                                   block_of({1, 1}, {{{tall, one}}}),
                                   block_of({1, 1}, {{{none, one}}}),
                                   block_of({1, 1}, {{{endless}}}),
                                   block_of({1, 0}, {{{one, one}}}),
                                   block_of({}, {}),
                                   block_of({1, 1, 1}, {{{one, tall, one}}, {{wide}}}),
                                   block_of({1, 1}, {{{one, one}}, head}),
                                   block_of({1, 1}, {tall_head, {{one}}})};
  for (std::size_t i = 0; i < bad.size(); ++i) {
    EXPECT_EQ(code_of(form_of({bad[i]})), ErrorCode::invalid_argument) << i;
    const Workspace workspace;
    EXPECT_THROW(write_form_xlsx(form_of({bad[i]}), workspace.path("x.xlsx")), Error) << i;
    EXPECT_FALSE(std::filesystem::exists(workspace.path("x.xlsx")));
  }
}

TEST(Form, BlocksAreAsWideAsEachOther) {
  const FormCell one;
  EXPECT_EQ(code_of(form_of({block_of({1, 1}, {{{one, one}}}), block_of({3}, {{{one}}})})),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(form_of({block_of({1, 2}, {{{one, one}}}), block_of({3}, {{{one}}})})), ErrorCode::ok);
  EXPECT_EQ(code_of(form_of({})), ErrorCode::invalid_argument);
  EXPECT_THROW((void)form_html(std::span<const Form>()), Error);
}

TEST(Form, NumbersAndDaysAreNotBrokenAtTheirHyphens) {
  const auto html = [](const char* text) { return form_html(form_of({block_of({1}, {{{form_value(text)}}})})); };
  const std::string page = html("编号：AC-U-T-01、B-2；2026-12-31 end-to-end <-1>");
  for (const char* whole : {"AC-U-T-01", "B-2", "2026-12-31", "-1"}) {
    EXPECT_NE(page.find("<span class=\"no\">" + std::string(whole) + "</span>"), std::string::npos) << whole;
  }
  EXPECT_NE(page.find(" end-to-end &lt;"), std::string::npos) << "words may be";
  EXPECT_EQ(html("a 123456-123456").find("<span"), std::string::npos) << "a narrow cell might not hold it";
  EXPECT_EQ(html("AC-U-T-01").find("<span"), std::string::npos) << "alone in its cell";
}

TEST(Form, WhatBelongsTogetherStandsOnOnePage) {
  FormRow sign{{form_value("盖章")}};
  sign.cells.front().joined = true;
  FormRow group{{form_label("质量", 2)}};
  const Form form = form_of(
      {block_of({2}, {{{form_value("意见")}}, sign}), block_of({1, 1}, {group, {{form_value("a"), form_value("b")}}})});
  const std::string html = form_html(form);
  EXPECT_NE(html.find("<tr class=\"on\""), std::string::npos) << "a seal with what it is set under";
  EXPECT_NE(html.find("<tr class=\"over\""), std::string::npos) << "a group with its first row";
  EXPECT_NE(html.find("<table class=\"lined short\">"), std::string::npos);
  const Form tall = form_of({block_of({1}, std::vector<FormRow>(7, FormRow{{form_value("x")}}))});
  EXPECT_EQ(form_html(tall).find("lined short"), std::string::npos) << "a long one may go over pages";
}

TEST(Form, HostileTextStaysTextInHtml) {
  const std::string hostile = "</td><script>alert(1)</script>&amp;\"'\x01\xFF𠮷䶮\u202E";
  Form form = form_of({block_of({1}, {{{form_value(hostile)}}})});
  form.title = form.number = form.blocks[0].heading = hostile;
  form.notes = {hostile};
  form.blocks[0].rows[0].cells[0].boxes = {{hostile, true}};
  const std::string html = form_html(form);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find('\x01'), std::string::npos);
  EXPECT_EQ(html.find('\xFF'), std::string::npos);
  const std::string kept = "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;'\uFFFD\uFFFD𠮷䶮\u202E";
  std::size_t seen = 0;
  for (auto at = html.find(kept); at != std::string::npos; at = html.find(kept, at + 1)) ++seen;
  EXPECT_EQ(seen, 7U);  // title twice, number, heading, note, cell, box
  EXPECT_EQ(testing::html_cells(html).size(), 1U);
}

TEST(Form, HostileTextStaysTextInWorkbooks) {
  const std::string far(200, 'x');
  const std::vector<std::string> texts{"=1+1", "+1", "-1",   "@SUM(A1)", "http://example.com", "</t>", "001",
                                       "𠮷䶮", far,  "a\nb", "🏭\u202E"};
  std::vector<FormRow> rows;
  for (const auto& text : texts) rows.push_back({{form_value(text), form_value(text, 2)}});
  const auto seen = testing::sheet_of(form_of({block_of({1, 1, 1}, rows)}));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string row = std::to_string(i + 3);  // number and title stand above
    EXPECT_EQ(seen.cells.at("A" + row), (testing::SeenCell{"s", texts[i]}));
    EXPECT_EQ(seen.cells.at("B" + row), (testing::SeenCell{"s", texts[i]}));
    EXPECT_TRUE(seen.merged.contains("B" + row + ":C" + row));
  }
}

TEST(Form, NumbersAreNumbersInWorkbooksAndExactInHtml) {
  const Form form = form_of(
      {block_of({1, 1, 1}, {{{form_value(Decimal::from_string("4.40")),
                              form_value(Decimal::from_string("0.1234567890123456")), form_value(Grade::critical)}}})});
  const auto seen = testing::sheet_of(form);
  EXPECT_EQ(seen.cells.at("A3").type, "");
  EXPECT_EQ(std::stod(seen.cells.at("A3").value), 4.4);
  EXPECT_EQ(seen.cells.at("B3"), (testing::SeenCell{"s", "0.1234567890123456"}));
  EXPECT_EQ(seen.cells.at("C3"), (testing::SeenCell{"s", "★★★"}));
  EXPECT_EQ(testing::html_cells(form_html(form)), (std::vector<std::string>{"4.40", "0.1234567890123456", "★★★"}));
  EXPECT_EQ(code_of(form_of({block_of({1}, {{{form_value(std::numeric_limits<double>::infinity())}}})})),
            ErrorCode::invalid_value);
}

TEST(Form, BlocksOfDifferentColumnsShareOneGrid) {
  const FormCell one;
  const auto seen = testing::sheet_of(form_of({block_of({2, 4}, {{{form_label("a"), form_label("b")}}}),
                                               block_of({3, 3}, {{{form_label("c"), form_label("d")}}})}));
  EXPECT_EQ(seen.cells.at("A3").value, "a");
  EXPECT_TRUE(seen.merged.contains("B3:C3"));
  EXPECT_TRUE(seen.merged.contains("A4:B4"));
  EXPECT_EQ(seen.cells.at("C4").value, "d");
}

TEST(Form, ALongTextGetsRowsThatExcelTakes) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "很长的一段说明文字";
  const auto seen = testing::sheet_of(form_of({block_of({1, 5}, {{{form_value(text), form_label("b")}}})}));
  double least = 0;
  for (const auto& [row, points] : seen.heights) {
    EXPECT_LE(points, 409);
    if (row >= 3) least += points;
  }
  EXPECT_GT(least, 3600.0 * 10 * 10 / (186 / 6.0 * 72 / 25.4));  // at least one line of 10 points for each width
  EXPECT_EQ(seen.cells.at("A3").value, text);
}

TEST(Form, EqualFormsGiveEqualBytes) {
  const Form form = form_of({block_of({1}, {{{form_value(std::string("x"))}}})});
  const Workspace workspace;
  write_form_xlsx(form, workspace.path("a.xlsx"));
  write_form_xlsx(form, workspace.path("b.xlsx"));
  EXPECT_EQ(testing::bytes_of(workspace.path("a.xlsx")), testing::bytes_of(workspace.path("b.xlsx")));
  EXPECT_EQ(form_html(form), form_html(form));
}

TEST(Form, WhatExcelCannotHoldIsRefused) {
  const Workspace workspace;
  const auto path = workspace.put("x.xlsx", "old");
  for (const std::string& text : {std::string(32768, 'x'), std::string("a\0b", 3), std::string("\xFF")}) {
    EXPECT_THROW(write_form_xlsx(form_of({block_of({1}, {{{form_value(text)}}})}), path), Error);
  }
  EXPECT_EQ(testing::bytes_of(path), "old");
}

}  // namespace
}  // namespace chainqual
