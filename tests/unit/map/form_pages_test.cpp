#include <gtest/gtest.h>

#include <algorithm>

#include "chainqual/map/form_pages.hpp"
#include "chainqual/map/text_metrics.hpp"

namespace chainqual {
namespace {

FormRow row_of(std::vector<std::string> texts, double least = 8) {
  FormRow row;
  row.least_mm = least;
  for (auto& text : texts) row.cells.push_back(form_value(std::move(text)));
  return row;
}

Form long_form(std::size_t rows) {
  Form form;
  form.number = "表 X";
  form.title = "试表";
  FormBlock block;
  block.widths = {1, 4};
  FormRow head;
  head.head = true;
  head.cells = {form_label("编号"), form_label("说明")};
  block.rows.push_back(head);
  for (std::size_t i = 0; i < rows; ++i) block.rows.push_back(row_of({std::to_string(i), "一行说明文字"}));
  form.blocks.push_back(block);
  return form;
}

std::vector<std::string> texts_of(const Scene& page) {
  std::vector<std::string> texts;
  for (const auto& item : page.items) {
    if (const auto* text = std::get_if<SceneText>(&item)) texts.push_back(text->text);
  }
  return texts;
}

std::size_t count(const std::vector<Scene>& pages, const std::string& text) {
  std::size_t found = 0;
  for (const Scene& page : pages) {
    for (const auto& each : texts_of(page)) found += each == text ? 1 : 0;
  }
  return found;
}

void expect_within_margins(const std::vector<Scene>& pages) {
  constexpr double least = 12 * 96 / 25.4 - 1;
  for (const Scene& page : pages) {
    for (const auto& item : page.items) {
      if (const auto* text = std::get_if<SceneText>(&item)) {
        const Box box = text_box(*text);
        EXPECT_GE(box.x, least) << text->text;
        EXPECT_LE(box.right(), page.width - least) << text->text;
        EXPECT_LE(box.bottom(), page.height - least / 2) << text->text;
      }
      if (const auto* rect = std::get_if<SceneRect>(&item)) {
        EXPECT_LE(rect->box.bottom(), page.height - least);
      }
    }
  }
}

TEST(FormPages, SheetsAreA4EitherWay) {
  Form form = long_form(1);
  const Scene upright = form_pages(std::span(&form, 1)).front();
  EXPECT_NEAR(upright.width, 793.7, 0.1);
  EXPECT_NEAR(upright.height, 1122.5, 0.1);
  form.landscape = true;
  EXPECT_NEAR(form_pages(std::span(&form, 1)).front().width, 1122.5, 0.1);
}

TEST(FormPages, ALongTableGoesOnUnderItsHeadingAndLosesNoRow) {
  const Form form = long_form(100);
  const auto pages = form_pages(std::span(&form, 1));
  ASSERT_GE(pages.size(), 3U);
  EXPECT_EQ(count(pages, "编号"), pages.size());
  EXPECT_EQ(count(pages, "一行说明文字"), 100U);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(count(pages, std::to_string(i)), 1U) << i;
  EXPECT_EQ(count(pages, "1 / " + std::to_string(pages.size())), 1U);
  expect_within_margins(pages);
}

TEST(FormPages, ARowHigherThanAPageIsPartedBetweenLines) {
  Form form = long_form(2);
  std::string text;
  for (int i = 0; i < 200; ++i) text += "第" + std::to_string(1000 + i) + "行\n";
  form.blocks.front().rows.push_back(row_of({"长", text}));
  form.blocks.front().rows.push_back(row_of({"后", "末行"}));
  const auto pages = form_pages(std::span(&form, 1));
  EXPECT_GE(pages.size(), 4U);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(count(pages, "第" + std::to_string(1000 + i) + "行"), 1U) << i;
  EXPECT_EQ(count(pages, "末行"), 1U);
  expect_within_margins(pages);
}

TEST(FormPages, RowsUnderOneLabelStayTogether) {
  Form form = long_form(24);
  FormBlock& block = form.blocks.front();
  for (int group = 0; group < 12; ++group) {
    FormRow first = row_of({}, 20);
    first.cells = {form_label("组" + std::to_string(group), 1, 2), form_value("上" + std::to_string(group))};
    block.rows.push_back(first);
    block.rows.push_back(row_of({"下" + std::to_string(group)}, 20));
  }
  const auto pages = form_pages(std::span(&form, 1));
  for (int group = 0; group < 12; ++group) {
    for (const Scene& page : pages) {
      const auto texts = texts_of(page);
      const auto has = [&](const std::string& word) {
        return std::find(texts.begin(), texts.end(), word + std::to_string(group)) != texts.end();
      };
      EXPECT_EQ(has("上"), has("下")) << group;
      EXPECT_EQ(has("上"), has("组")) << group;
    }
  }
}

TEST(FormPages, APdfHasAPageForEachSheet) {
  const Form form = long_form(100);
  const std::vector<Form> forms{form, form};
  if (!can_print()) {
    EXPECT_THROW((void)form_pdf(forms), Error);
    return;
  }
  const std::string pdf = form_pdf(forms, "2025-06-01");
  EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
  EXPECT_EQ(pdf, form_pdf(forms, "2025-06-01"));
  const std::string pages = "/Count " + std::to_string(form_pages(forms).size());
  EXPECT_NE(pdf.find(pages), std::string::npos) << pages;
  EXPECT_THROW((void)to_pdf(std::span<const Scene>()), Error);
}

}  // namespace
}  // namespace chainqual
