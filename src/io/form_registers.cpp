#include <algorithm>

#include "chainqual/register/roster.hpp"
#include "standard_forms_parts.hpp"

// Appendix A, tables C.1 and E.1: what lists the consortium, its problems and its projects.

namespace chainqual {
inline namespace v1 {
namespace forms {
namespace {

/// Printed rows of a table that is empty, as in the standard.
constexpr std::size_t printed_rows = 4;
constexpr double opinion_mm = 26;

std::vector<const Member*> members_of(const Dossier& dossier, std::optional<Date> day) {
  if (day) return roster(dossier, *day);
  std::vector<const Member*> members;
  for (const Member& member : dossier.members) {
    if (member.left.empty()) members.push_back(&member);
  }
  return members;
}

FormBlock applicant(const Speaker& speaker, const Consortium& consortium, const std::string& lead) {
  FormBlock block;
  block.widths = {6, 6, 5, 7};
  const auto wide = [&](std::string label, std::string value, double least) {
    FormRow row{{form_label(std::move(label)), form_value(std::move(value), 3)}, least};
    block.rows.push_back(std::move(row));
  };
  const auto person = [&](std::string label, const std::string& name, const std::string& phone) {
    block.rows.push_back({{form_label(std::move(label)), form_value(name),
                           form_label(speaker.say("联系电话", "Telephone")), form_value(phone)}});
  };
  const ChainInfo& info = speaker.dossier().info;
  wide(speaker.say("质量创新联合体名称", "Name of the consortium"), consortium.name, 9);
  wide(speaker.say("产业链领域", "Industry chain"),
       consortium.field.empty() ? speaker.either(info.name, info.name_en) : consortium.field, 9);
  wide(speaker.say("牵头单位（盖章）", "Lead unit (seal)"), lead, 16);
  person(speaker.say("负责人", "Principal"), consortium.principal, consortium.principal_phone);
  person(speaker.say("联系人", "Contact"), consortium.contact, consortium.contact_phone);
  return block;
}

FormBlock member_table(const Speaker& speaker, const std::vector<const Member*>& members) {
  FormBlock block;
  block.heading = speaker.say("一、主要成员单位", "1. Main members");
  block.widths = {2, 8, 7, 3, 4};
  block.rows.push_back(head_row({speaker.say("序号", "No."), speaker.say("成员单位名称", "Unit"),
                                 speaker.say("统一社会信用代码", "Unified social credit code"),
                                 speaker.say("联系人", "Contact"), speaker.say("联系电话", "Telephone")}));
  for (std::size_t i = 0; i < std::max(members.size(), printed_rows); ++i) {
    FormRow row;
    row.cells.push_back(form_value(std::to_string(i + 1)));
    row.cells.back().centred = true;
    const Member blank;
    const Member& member = i < members.size() ? *members[i] : blank;
    row.cells.push_back(form_value(member.name.empty() ? speaker.unit(member.unit) : member.name));
    for (const std::string* text : {&member.credit_code, &member.contact, &member.phone}) {
      row.cells.push_back(form_value(*text));
    }
    block.rows.push_back(std::move(row));
  }
  return block;
}

FormBlock contents(const Speaker& speaker, const Consortium& consortium) {
  FormBlock block;
  block.heading =
      speaker.say("二、主要建设内容（建设目标、工作方案等）", "2. What is to be built (goals, plan of work and so on)");
  block.widths = {6, 18};
  const auto row = [&](std::string label, const std::string& text, double least) {
    block.rows.push_back({{form_label(std::move(label)), form_value(text)}, least});
  };
  row(speaker.say("建设目标", "Goals"), consortium.goals, 22);
  row(speaker.say("工作方案", "Plan of work"), consortium.plan, 22);
  const auto charter = [&](std::string label, const std::string& text) {
    if (!text.empty()) row(std::move(label), text, 10);
  };
  charter(speaker.say("组织机构", "Bodies"), consortium.structure);
  charter(speaker.say("权利与义务", "Rights and duties"), consortium.rights);
  charter(speaker.say("成果归属", "Ownership of results"), consortium.ownership);
  charter(speaker.say("利益分配", "Sharing of profit"), consortium.profit);
  charter(speaker.say("加入与退出", "Entry and exit"), consortium.entry);
  return block;
}

/// An opinion as the history has it: the reason given with the step, or that it was agreed; who and when.
FormBlock opinion(const Speaker& speaker, std::string heading, ConsortiumStatus to) {
  const StepRecord* found = nullptr;
  for (const StepRecord& step : speaker.dossier().history) {
    if (step.table == "consortium" && step.to == key_of(to)) found = &step;
  }
  FormBlock block;
  block.heading = std::move(heading);
  block.widths = {24};
  std::string text;
  if (found != nullptr) text = found->reason.empty() ? speaker.say("同意", "Agreed") : found->reason;
  block.rows.push_back({{form_value(text)}, opinion_mm});
  FormCell sign;
  sign.role = FormRole::sign;
  sign.joined = true;
  const std::string by = found == nullptr ? std::string() : speaker.unit(found->by);
  sign.content = speaker.say("（盖章）", "(Seal)") + headed("  ", by) + "        " +
                 speaker.date_line(found == nullptr ? std::string() : found->date);
  block.rows.push_back({{sign}, 10});
  return block;
}

/// Stars that were declared; else those of the last assessment, where experts scored the problem.
Grade stars_of(const Dossier& dossier, const Problem& problem) {
  if (problem.declared != Grade::ungraded) return problem.declared;
  const bool scored = std::any_of(dossier.scores.begin(), dossier.scores.end(), [&](const ScoreRow& row) {
    return row.problem == problem.number && row.basis != "illustrative" && row.impact && row.diffusion && row.urgency;
  });
  const bool illustrated = std::any_of(dossier.scores.begin(), dossier.scores.end(), [&](const ScoreRow& row) {
    return row.problem == problem.number && row.basis == "illustrative";
  });
  if (!scored || illustrated) return Grade::ungraded;
  Grade grade = Grade::ungraded;
  for (const AssessedFact& fact : dossier.facts) {
    if (fact.problem == problem.number) grade = fact.grade;
  }
  return grade;
}

std::string position_of(const Speaker& speaker, const Problem& problem) {
  const Chain& chain = speaker.dossier().chain;
  std::vector<std::string> names;
  for (const std::string& id : problem.segments) {
    const auto found = chain.find_segment(id);
    names.push_back(found ? speaker.either(chain.segment(*found).name, chain.segment(*found).name_en) : id);
  }
  return speaker.word(problem.stage) + headed("-", speaker.list(names));
}

FormRow problem_row(const Speaker& speaker, const Problem& problem) {
  const std::string& name = speaker.either(problem.name, problem.name_en);
  const std::string& description = speaker.either(problem.description, problem.description_en);
  const std::string category = speaker.word(problem.category);
  FormRow row;
  const auto put = [&](SheetCell content, bool centred = false) {
    row.cells.push_back(form_value(std::move(content)));
    row.cells.back().centred = centred;
  };
  put(problem.number, true);
  put(problem.industry);
  put(position_of(speaker, problem));
  put(lines({problem.reporter, speaker.unit(problem.unit)}));
  put(name.empty() || description.empty() ? name + description : name + speaker.say("：", ": ") + description);
  put(problem.scope);
  put(lines({headed(speaker.say("技术原因：", "Technical: "), problem.technical_causes),
             headed(speaker.say("管理原因：", "Managerial: "), problem.managerial_causes)}));
  std::string related;
  for (const std::string& number : problem.related) related = lines({related, number});
  put(related);
  put(problem.ideas);
  put(speaker.word(problem.status), true);
  put(speaker.zh() ? category + "问题" : category, true);
  const Grade grade = stars_of(speaker.dossier(), problem);
  grade == Grade::ungraded ? put({}, true) : put(grade, true);
  return row;
}

}  // namespace

Form consortium_form(const Speaker& speaker, std::optional<Date> day) {
  const Dossier& dossier = speaker.dossier();
  const Consortium consortium = dossier.consortium.value_or(Consortium{});
  Form form = speaker.form(StandardForm::consortium, "附录 A", "Appendix A");
  std::string lead;
  std::vector<const Member*> others;
  for (const Member* member : members_of(dossier, day)) {
    if (member->lead && lead.empty()) {
      lead = member->name.empty() ? speaker.unit(member->unit) : member->name;
    } else {
      others.push_back(member);
    }
  }
  form.blocks.push_back(applicant(speaker, consortium, lead));
  form.blocks.push_back(member_table(speaker, others));
  form.blocks.push_back(contents(speaker, consortium));
  using S = ConsortiumStatus;
  form.blocks.push_back(
      opinion(speaker, speaker.say("三、牵头单位意见", "3. Opinion of the lead unit"), S::lead_agreed));
  form.blocks.push_back(opinion(
      speaker,
      speaker.say("四、所在区质量强区工作领导小组办公室审核意见", "4. Opinion of the district's quality office"),
      S::district_agreed));
  form.blocks.push_back(opinion(
      speaker, speaker.say("五、市质量强市工作领导小组办公室审核意见", "5. Opinion of the city's quality office"),
      S::established));
  return form;
}

Form problems_form(const Speaker& speaker) {
  Form form = speaker.form(StandardForm::problems, "表 C.1", "Table C.1");
  form.landscape = true;
  FormBlock block;
  // English words are longer than Chinese ones: "breakthrough" and "infrastructure" stand in one line.
  if (speaker.zh()) {
    block.widths = {6, 5, 7, 6, 15, 11, 12, 6, 10, 5, 7, 5};
  } else {
    block.widths = {6, 6, 8, 7, 13, 10, 11, 7, 10, 8, 9, 6};
  }
  FormRow top;
  top.head = true;
  top.cells = {form_label(speaker.say("编号", "No."), 1, 2), form_label(speaker.say("产业链", "Chain"), 2),
               form_label(speaker.say("产业链质量问题", "Quality problem"), 9)};
  block.rows = {
      top,
      head_row({speaker.say("产业名称", "Industry"),
                speaker.say("位置（上/中/下游）", "Position (up-, mid-, downstream)"),
                speaker.say("填报人及单位", "Reporter and unit"), speaker.say("质量问题描述", "Description"),
                speaker.say("影响范围与程度", "Scope and degree of impact"),
                speaker.say("原因初步分析", "First analysis of causes"), speaker.say("关联问题", "Related problems"),
                speaker.say("初步改进建议", "First ideas for improvement"), speaker.say("问题状态", "Status"),
                speaker.say("质量问题分类", "Category"), speaker.say("质量问题分级", "Grade")})};
  for (const Problem& problem : speaker.dossier().problems) block.rows.push_back(problem_row(speaker, problem));
  for (std::size_t blank = speaker.dossier().problems.empty() ? printed_rows : 0; blank > 0; --blank) {
    block.rows.push_back({std::vector<FormCell>(block.widths.size()), 14});
  }
  form.blocks.push_back(std::move(block));
  form.notes = {speaker.say("质量问题分类：质量技术问题、质量管理问题、质量品牌问题、质量基础设施问题、其他问题。",
                            "Category: technology, management, brand, infrastructure, other."),
                speaker.say("质量问题分级：★★★ 关键问题，★★ 重要问题，★ 一般问题；空白为未分级。",
                            "Grade: ★★★ critical, ★★ important, ★ general; blank: not graded.")};
  if (!speaker.zh())
    form.notes.push_back("Industry, scope, causes, ideas and names of units stand as they were entered.");
  return form;
}

Form projects_form(const Speaker& speaker) {
  Form form = speaker.form(StandardForm::projects, "表 E.1", "Table E.1");
  form.landscape = true;
  FormBlock block;
  block.widths = {3, 14, 20, 14, 20};
  block.rows.push_back(head_row({speaker.say("序号", "No."), speaker.say("攻关项目名称", "Project"),
                                 speaker.say("拟解决的产业链质量问题", "Problems to be solved"),
                                 speaker.say("项目牵头和参与机构", "Lead and participants"),
                                 speaker.say("预期成效", "Expected results")}));
  const auto& projects = speaker.dossier().projects;
  for (std::size_t i = 0; i < std::max(projects.size(), printed_rows); ++i) {
    const Project blank;
    const Project& project = i < projects.size() ? projects[i] : blank;
    FormRow row;
    row.least_mm = 12;
    row.cells = {
        form_value(std::to_string(i + 1)),
        form_value(lines({project.number, speaker.either(project.name, project.name_en)})),
        form_value(lines({speaker.either(project.problem_text, project.problem_text_en),
                          headed(speaker.say("问题编号：", "Problems: "), speaker.list(project.problems))})),
        form_value(lines({headed(speaker.say("牵头：", "Lead: "), speaker.unit(project.lead)),
                          headed(speaker.say("参与：", "Participants: "), speaker.units(project.participants))})),
        form_value(speaker.either(project.expected, project.expected_en))};
    row.cells.front().centred = true;
    block.rows.push_back(std::move(row));
  }
  form.blocks.push_back(std::move(block));
  return form;
}

}  // namespace forms
}  // namespace v1
}  // namespace chainqual
