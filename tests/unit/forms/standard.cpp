#include <gtest/gtest.h>

#include <algorithm>

#include "chainqual/io/standard_forms.hpp"
#include "unit/forms/seen.hpp"
#include "unit/tableio/full_office.hpp"

// Each form is held against the records it was filled from, cell by cell, and each printed form against the model.

namespace chainqual {
namespace {

using testing::form_cells;
using testing::full_office;
using Cells = std::vector<std::string>;

Dossier shipped(const std::string& name) {
  return read_chain(std::filesystem::path(CHAINQUAL_DATASETS) / name).dossier;
}

Form one(StandardForm which, const Dossier& dossier, const FormOptions& options = {}) {
  const auto forms = standard_forms(which, dossier, options);
  EXPECT_EQ(forms.size(), 1U);
  return forms.front();
}

FormOptions of_year() {
  FormOptions options;
  options.from = Date::parse("2025-01-01");
  options.until = Date::parse("2025-12-31");
  return options;
}

std::string joined(const std::vector<std::string>& list, const std::string& between) {
  std::string text;
  for (const auto& each : list) text += (text.empty() ? "" : between) + each;
  return text;
}

Cells body(const Form& form) {
  Cells cells;
  for (const FormRow& row : form.blocks.front().rows) {
    if (row.head) continue;
    for (const FormCell& cell : row.cells) cells.push_back(form_text(cell));
  }
  return cells;
}

/// Whether a text of the form is `value`, beside the label `label`.
std::string beside(const Form& form, const std::string& label) {
  const Cells cells = form_cells(form);
  const auto at = std::find(cells.begin(), cells.end(), label);
  if (at == cells.end() || at + 1 == cells.end()) {
    ADD_FAILURE() << "no label " << label;
    return {};
  }
  return *(at + 1);
}

TEST(StandardForms, TheLibraryOfProblemsHoldsEveryProblemOfTheShippedChains) {
  for (const char* name : {"advanced_computing", "connected_vehicle"}) {
    const Dossier dossier = shipped(name);
    Cells expected;
    for (const Problem& p : dossier.problems) {
      Cells segments;
      for (const auto& id : p.segments) segments.push_back(dossier.chain.segment(*dossier.chain.find_segment(id)).name);
      const std::string stage = p.stage == Stage::upstream ? "上游" : p.stage == Stage::midstream ? "中游" : "下游";
      const std::string causes = (p.technical_causes.empty() ? "" : "技术原因：" + p.technical_causes) +
                                 (p.technical_causes.empty() || p.managerial_causes.empty() ? "" : "\n") +
                                 (p.managerial_causes.empty() ? "" : "管理原因：" + p.managerial_causes);
      const std::map<Category, std::string> categories{{Category::technology, "质量技术问题"},
                                                       {Category::management, "质量管理问题"},
                                                       {Category::brand, "质量品牌问题"},
                                                       {Category::infrastructure, "质量基础设施问题"},
                                                       {Category::other, "其他问题"}};
      const std::string given = p.reporter + (p.reporter.empty() || p.unit.empty() ? "" : "\n") + p.unit;
      for (const std::string& cell :
           {p.number, p.industry, stage + (segments.empty() ? "" : "-") + joined(segments, "、"), given,
            p.name + "：" + p.description, p.scope, causes, joined(p.related, "\n"), p.ideas, std::string("已识别"),
            categories.at(p.category), std::string(stars(p.declared))}) {
        expected.push_back(cell);
      }
    }
    EXPECT_EQ(body(one(StandardForm::problems, dossier)), expected) << name;
  }
}

TEST(StandardForms, TheListOfProjectsHoldsEveryProjectOfTheShippedChains) {
  for (const char* name : {"advanced_computing", "connected_vehicle"}) {
    const Dossier dossier = shipped(name);
    Cells expected;
    for (std::size_t i = 0; i < dossier.projects.size(); ++i) {
      const Project& p = dossier.projects[i];
      const std::string lead = p.lead.empty() ? "" : "牵头：" + p.lead;
      const std::string with = p.participants.empty() ? "" : "参与：" + joined(p.participants, "、");
      for (const std::string& cell :
           {std::to_string(i + 1), p.number + "\n" + p.name, p.problem_text + "\n问题编号：" + joined(p.problems, "、"),
            lead + (lead.empty() || with.empty() ? "" : "\n") + with, p.expected}) {
        expected.push_back(cell);
      }
    }
    Cells cells = body(one(StandardForm::projects, dossier));
    cells.resize(expected.size());
    EXPECT_EQ(cells, expected) << name;
  }
}

TEST(StandardForms, TheApplicationHoldsTheConsortiumAndItsMembers) {
  Dossier dossier = full_office();
  FormOptions then;
  then.day = Date::parse("2025-03-01");  // before the maker left
  const Form form = one(StandardForm::consortium, dossier, then);
  EXPECT_EQ(beside(form, "质量创新联合体名称"), "动力电池产业链质量创新联合体");
  EXPECT_EQ(beside(form, "产业链领域"), "动力电池");
  EXPECT_EQ(beside(form, "牵头单位（盖章）"), "Owner Ltd");
  EXPECT_EQ(beside(form, "负责人"), "王");
  EXPECT_EQ(beside(form, "建设目标"), "合格率 99.5%");
  EXPECT_EQ(beside(form, "1"), "Maker Ltd");
  EXPECT_EQ(beside(one(StandardForm::consortium, dossier), "1"), "");  // who has left is no member now
  EXPECT_EQ(form_cells(form)[form_cells(form).size() - 2], "");        // nobody gave an opinion yet
  dossier.history.push_back(
      {"consortium", "", "lead_agrees", "drafted", "lead_agreed", "2025-01-06", Actor::lead, "owner", "同意牵头"});
  const Cells cells = form_cells(one(StandardForm::consortium, dossier, then));
  EXPECT_NE(std::find(cells.begin(), cells.end(), "同意牵头"), cells.end());
  EXPECT_NE(std::find(cells.begin(), cells.end(), "（盖章）  Owner Ltd        2025年1月6日"), cells.end());
}

TEST(StandardForms, TheTaskBookHoldsTheProjectItsTargetsAndMilestones) {
  const Dossier vehicle = shipped("connected_vehicle");
  FormOptions options;
  options.number = "CV-P-01";
  const Form form = one(StandardForm::task_book, vehicle, options);
  EXPECT_EQ(form.tab, "F CV-P-01");
  EXPECT_EQ(beside(form, "牵头单位"), "中汽研汽车检验中心（天津）有限公司");
  const Project& project = vehicle.projects.front();
  EXPECT_EQ(beside(form, "预期成效"), project.expected);
  EXPECT_EQ(beside(form, "项目周期"), "");
  const Cells cells = form_cells(form);
  for (const IndicatorRow& row : vehicle.indicators) {
    const auto at = std::find(cells.begin(), cells.end(), row.name);
    EXPECT_EQ(at != cells.end(), row.project == "CV-P-01") << row.name;
    if (at == cells.end()) continue;
    EXPECT_EQ(*(at + 1), row.unit);
    EXPECT_EQ(*(at + 2), row.baseline ? row.baseline->to_string() : "");
    EXPECT_EQ(*(at + 3), row.target ? row.target->to_string() : "");
  }
  Dossier office = full_office();
  const Form other = one(StandardForm::task_book, office);
  EXPECT_EQ(beside(other, "来源问题编号"), "P1 杂质");
  EXPECT_EQ(beside(other, "项目周期"), "2025年1月10日 至 2025年12月31日");
  EXPECT_EQ(beside(other, "牵头单位"), "Owner Ltd");
  EXPECT_EQ(beside(other, "参与单位"), "Maker Ltd");
  const Cells filled = form_cells(other);
  const auto duty = std::find(filled.begin(), filled.end(), "总体；正极");
  ASSERT_NE(duty, filled.end()) << "section 4";
  EXPECT_EQ(*(duty - 3), "Owner Ltd");
  EXPECT_EQ(*(duty - 2), "牵头");
  EXPECT_EQ(*(duty - 1), "王");
  office.partners.push_back({"J1", "third", "赵", "验证"});
  const Cells more = form_cells(one(StandardForm::task_book, office));
  EXPECT_NE(std::find(more.begin(), more.end(), "验证"), more.end()) << "also a unit that the project does not list";
  EXPECT_EQ(standard_forms(StandardForm::task_book, vehicle).size(), vehicle.projects.size());
}

TEST(StandardForms, TheEntryOfAResultTicksWhatItIs) {
  const Form form = one(StandardForm::result, full_office());
  EXPECT_EQ(beside(form, "成果名称"), "提纯\n成果编号：R1");
  EXPECT_EQ(beside(form, "成果贡献方"), "Owner Ltd");
  EXPECT_EQ(beside(form, "成果类型"),
            "□ 专利  ☑ 技术秘密  □ 软件著作权  □ 技术标准  □ 解决方案  □ 数据库  □ 典型案例  □ 其他");
  EXPECT_EQ(beside(form, "共享级别"), "□ 完全公开  □ 联盟内共享  ☑ 定向共享\n定向共享对象：Maker Ltd、甲；乙");
  EXPECT_EQ(beside(form, "共享条件"), "□ 免费使用  ☑ 有偿使用  □ 需签订协议\n说明：按产量计价");
  EXPECT_EQ(beside(form, "贡献方承诺").substr(0, 4), "☑ ");
  EXPECT_EQ(beside(form, "管理机构审核意见"), "同意入库");
}

TEST(StandardForms, TheLicenceHoldsItsTerms) {
  const Form form = one(StandardForm::licence, full_office());
  EXPECT_EQ(beside(form, "甲方（许可方/贡献方）"), "Owner Ltd");
  EXPECT_EQ(beside(form, "乙方（被许可方/使用方）"), "Maker Ltd");
  EXPECT_EQ(beside(form, "成果名称"), "提纯");
  EXPECT_EQ(beside(form, "方式"), "□ 普通实施许可  ☑ 排他实施许可  □ 独占实施许可");
  EXPECT_EQ(beside(form, "地域范围"), "天津市");
  EXPECT_EQ(beside(form, "许可期限"), "自 2026年1月1日 至 2026年12月31日");
  EXPECT_EQ(beside(form, "费用（万元）"), "30.5");
}

TEST(StandardForms, TheSummaryHoldsWhatTheRegistersCountAndSaysHow) {
  for (const char* name : {"advanced_computing", "connected_vehicle"}) {
    const Dossier dossier = shipped(name);
    const SummaryRow row = summary_of(dossier, *of_year().from, *of_year().until);
    const Form form = one(StandardForm::summary, dossier, of_year());
    const Cells cells = body(form);
    ASSERT_EQ(cells.size(), 16U);
    EXPECT_EQ(cells[1], dossier.info.name + "\n2025-01-01 … 2025-12-31");
    std::size_t known = 0;
    for (std::size_t field = 0; field < 14; ++field) {
      const SummaryCell& cell = row.cells[field];
      if (cell.origin == CellOrigin::unknown) {
        EXPECT_EQ(cells[2 + field], "") << name << field;
      } else if (cell.text.empty()) {
        EXPECT_EQ(cells[2 + field], cell.value->to_string());
      }
      known += cell.origin != CellOrigin::unknown && !cell.basis.zh.empty() ? 1 : 0;
    }
    EXPECT_EQ(form.notes.size(), known);
  }
  EXPECT_THROW((void)standard_forms(StandardForm::summary, full_office()), Error);
}

TEST(StandardForms, StarsComeFromExpertsAndNeverFromIllustrations) {
  Dossier dossier = full_office();
  dossier.problems.front().declared = Grade::ungraded;
  dossier.scores.clear();
  const auto grade = [&] { return body(one(StandardForm::problems, dossier)).back(); };
  EXPECT_EQ(grade(), "");  // a fact alone: nobody scored it
  ScoreRow score{"P1",          "王", Decimal::from_string("4"), Decimal::from_string("4"), Decimal::from_string("4"),
                 "illustrative"};
  dossier.scores = {score};
  EXPECT_EQ(grade(), "");
  dossier.scores.front().basis.clear();
  EXPECT_EQ(grade(), "★★");
  dossier.problems.front().declared = Grade::critical;
  EXPECT_EQ(grade(), "★★★");
}

TEST(StandardForms, WhatIsUnknownIsBlank) {
  for (const auto& row : Names<StandardForm>::table) {
    const Form form = one(row.value, Dossier{}, of_year());
    for (const FormBlock& block : form.blocks) {
      for (const PlacedFormCell& at : placed_cells(block)) {
        if (at.cell->role != FormRole::value) continue;
        const std::string text = form_text(*at.cell);
        for (const FormBox& box : at.cell->boxes) EXPECT_FALSE(box.ticked);
        const bool printed = !at.cell->boxes.empty() || at.cell->centred || text.find("　　") != std::string::npos;
        EXPECT_TRUE(printed || text.empty() || row.value == StandardForm::summary) << row.key << ": " << text;
      }
    }
  }
}

TEST(StandardForms, ARecordThatIsNotThereIsRefused) {
  const auto code = [](StandardForm which, const std::string& number) {
    FormOptions options;
    options.number = number;
    try {
      (void)standard_forms(which, full_office(), options);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code(StandardForm::task_book, "J9"), ErrorCode::not_found);
  EXPECT_EQ(code(StandardForm::result, "J1"), ErrorCode::not_found);
  EXPECT_EQ(code(StandardForm::licence, "L1"), ErrorCode::ok);
  EXPECT_EQ(code(StandardForm::problems, "P1"), ErrorCode::invalid_argument);
}

TEST(StandardForms, PagesAndWorkbooksHoldWhatTheFormsSay) {
  for (const Dossier& dossier : {shipped("advanced_computing"), shipped("connected_vehicle"), full_office()}) {
    for (const Language language : {Language::zh, Language::en}) {
      for (const auto& row : Names<StandardForm>::table) {
        FormOptions options = of_year();
        options.language = language;
        const auto forms = standard_forms(row.value, dossier, options);
        Cells expected;
        for (const Form& form : forms) {
          for (const auto& cell : form_cells(form)) expected.push_back(cell);
        }
        EXPECT_EQ(testing::html_cells(form_html(forms)), expected) << row.key;
        Cells filled;
        for (const auto& cell : form_cells(forms.front())) {
          if (!cell.empty()) filled.push_back(cell);
        }
        Cells seen;
        for (const auto& [at, cell] : testing::sheet_of(forms).cells) seen.push_back(cell.value);
        for (const std::string* above : {&forms.front().number, &forms.front().title}) filled.push_back(*above);
        for (const auto& block : forms.front().blocks) {
          if (!block.heading.empty()) filled.push_back(block.heading);
        }
        for (const auto& note : forms.front().notes) filled.push_back(note);
        std::sort(filled.begin(), filled.end());
        std::sort(seen.begin(), seen.end());
        EXPECT_EQ(seen, filled) << row.key;
      }
    }
  }
}

}  // namespace
}  // namespace chainqual
