#include <algorithm>

#include "chainqual/evaluate/indicator.hpp"
#include "chainqual/register/roster.hpp"
#include "standard_forms_parts.hpp"

// Appendix F (task book), table G.1 (entry of a result), appendix H (licence agreement).

namespace chainqual {
inline namespace v1 {
namespace forms {
namespace {

constexpr std::size_t page = 24;  // parts

FormBlock writing(std::string heading, std::string text, double least) {
  FormBlock block;
  block.heading = std::move(heading);
  block.widths = {page};
  block.rows.push_back({{form_value(std::move(text))}, least});
  return block;
}

FormRow labelled(std::string label, std::string value, double least = 8) {
  return {{form_label(std::move(label)), form_value(std::move(value))}, least};
}

FormCell centred(FormCell cell) {
  cell.centred = true;
  return cell;
}

SheetCell number_cell(const std::optional<Decimal>& value) {
  return value ? SheetCell(*value) : SheetCell();
}

FormBlock project_facts(const Speaker& speaker, const Project& project) {
  FormBlock block;
  block.heading = speaker.say("一、项目基本信息", "1. The project");
  block.widths = {6, 18};
  block.rows = {
      labelled(speaker.say("项目名称", "Name"), lines({speaker.either(project.name, project.name_en),
                                                       headed(speaker.say("项目编号：", "Number: "), project.number)})),
      labelled(speaker.say("来源问题编号", "Problems it comes from"), speaker.problems(project.problems)),
      labelled(speaker.say("牵头单位", "Lead"), speaker.unit(project.lead)),
      labelled(speaker.say("参与单位", "Participants"), speaker.units(project.participants)),
      labelled(speaker.say("项目周期", "Period"), speaker.period(project.start, project.end))};
  return block;
}

/// The kinds of target of appendix F: technical, quality, application.
std::size_t kind_of_target(const IndicatorRow& row) {
  const auto category = value_named<IndicatorCategory>(row.category);
  if (!category || *category == IndicatorCategory::quality) return 1;
  return *category == IndicatorCategory::innovation ? 0 : 2;
}

FormBlock targets(const Speaker& speaker, const Project& project) {
  FormBlock block;
  block.heading = speaker.say("二、项目目标与考核指标", "2. Targets");
  block.widths = {4, 8, 3, 3, 3, 3};
  block.rows.push_back(
      head_row({speaker.say("类别", "Kind"), speaker.say("考核指标", "Indicator"), speaker.say("单位", "Unit"),
                speaker.say("现状值", "Now"), speaker.say("目标值", "Target"), speaker.say("方向", "Better")}));
  const std::array<std::string, 3> kinds{speaker.say("技术指标", "Technical"), speaker.say("质量指标", "Quality"),
                                         speaker.say("产业应用目标", "Application")};
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    std::vector<const IndicatorRow*> rows;
    for (const IndicatorRow& row : speaker.dossier().indicators) {
      if (!project.number.empty() && row.project == project.number && kind_of_target(row) == kind) rows.push_back(&row);
    }
    for (std::size_t i = 0; i < std::max<std::size_t>(rows.size(), 1); ++i) {
      FormRow line;
      if (i == 0) line.cells.push_back(form_label(kinds[kind], 1, std::max<std::size_t>(rows.size(), 1)));
      if (rows.empty()) {
        line.cells.resize(6);
        line.cells.front() = form_label(kinds[kind]);
      } else {
        const IndicatorRow& row = *rows[i];
        line.cells.push_back(form_value(speaker.either(row.name, row.name_en)));
        line.cells.push_back(centred(form_value(row.unit)));
        line.cells.push_back(centred(form_value(number_cell(row.baseline))));
        line.cells.push_back(centred(form_value(number_cell(row.target))));
        line.cells.push_back(centred(form_value(speaker.word(row.direction))));
      }
      block.rows.push_back(std::move(line));
    }
  }
  block.rows.push_back({{form_label(speaker.say("预期成效", "Expected results")),
                         form_value(speaker.either(project.expected, project.expected_en), 5)},
                        14});
  return block;
}

struct Partner {
  std::string name;
  bool lead = false;
  std::string principal = {};
  std::string tasks = {};
};

/// A unit with several rows shows all of them.
std::string joined_lines(const std::string& first, const std::string& second) {
  return first.empty() ? second : second.empty() ? first : first + "\n" + second;
}

std::vector<Partner> partners_of(const Speaker& speaker, const Project& project) {
  std::vector<Partner> partners;
  if (!project.lead.empty()) partners.push_back({speaker.unit(project.lead), true});
  for (const std::string& id : project.participants) {
    if (!id.empty()) partners.push_back({speaker.unit(id), false});
  }
  for (const ProjectPartner& row : speaker.dossier().partners) {
    if (project.number.empty() || row.project != project.number) continue;
    const std::string name = speaker.unit(row.unit);
    auto at = std::find_if(partners.begin(), partners.end(), [&](const Partner& one) { return one.name == name; });
    if (at == partners.end()) at = partners.insert(at, {name, same_unit(speaker.dossier(), row.unit, project.lead)});
    at->principal = joined_lines(at->principal, row.principal);
    at->tasks = joined_lines(at->tasks, row.tasks);
  }
  if (partners.empty()) partners.resize(2);
  return partners;
}

FormBlock duties(const Speaker& speaker, const std::vector<Partner>& partners) {
  FormBlock block;
  block.heading = speaker.say("四、项目组织与职责分工", "4. Organisation and duties");
  block.widths = {8, 3, 4, 9};
  block.rows.push_back(head_row({speaker.say("单位", "Unit"), speaker.say("角色", "Part"),
                                 speaker.say("负责人", "In charge"), speaker.say("主要任务", "Main tasks")}));
  for (const Partner& partner : partners) {
    const std::string part = partner.name.empty() ? std::string()
                             : partner.lead       ? speaker.say("牵头", "lead")
                                                  : speaker.say("参与", "participant");
    block.rows.push_back({{form_value(partner.name), centred(form_value(part)), form_value(partner.principal),
                           form_value(partner.tasks)},
                          12});
  }
  return block;
}

FormBlock schedule(const Speaker& speaker, const Project& project) {
  FormBlock block;
  block.heading = speaker.say("五、计划进度与里程碑", "5. Schedule and milestones");
  block.widths = {2, 9, 4, 4, 5};
  block.rows.push_back(
      head_row({speaker.say("序号", "No."), speaker.say("里程碑", "Milestone"), speaker.say("计划完成", "Due"),
                speaker.say("实际完成", "Done"), speaker.say("说明", "Note")}));
  for (const Milestone& milestone : speaker.dossier().milestones) {
    if (project.number.empty() || milestone.project != project.number) continue;
    block.rows.push_back(
        {{centred(form_value(milestone.number)), form_value(speaker.either(milestone.name, milestone.name_en)),
          centred(form_value(speaker.date(milestone.due))), centred(form_value(speaker.date(milestone.done))),
          form_value(milestone.note)}});
  }
  constexpr std::size_t printed_rows = 3;
  if (block.rows.size() == 1) block.rows.resize(1 + printed_rows, FormRow{std::vector<FormCell>(5)});
  return block;
}

std::string content_and_route(const Speaker& speaker, const Project& project) {
  if (project.route.empty()) return project.content;
  const std::string route = headed(speaker.say("技术路线：", "Technical route: "), project.route);
  return project.content.empty() ? route : project.content + "\n" + route;
}

FormBlock resources(const Speaker& speaker, const Project& project) {
  FormBlock block;
  block.heading = speaker.say("六、资源需求与预算", "6. Resources and budget");
  block.widths = {6, 18};
  block.rows = {
      {{form_label(speaker.say("预算（万元）", "Budget (10 000 yuan)")), form_value(number_cell(project.budget))}},
      labelled(speaker.say("资源需求", "Resources"), project.resources, 16)};
  return block;
}

FormBlock signatures(const Speaker& speaker, const std::vector<Partner>& partners) {
  FormBlock block;
  block.heading = speaker.say("七、签署页", "7. Signatures");
  block.widths = {8, 6, 6, 4};
  block.rows.push_back(head_row({speaker.say("单位", "Unit"), speaker.say("负责人（签字）", "In charge (signature)"),
                                 speaker.say("单位（盖章）", "Unit (seal)"), speaker.say("日期", "Date")}));
  for (const Partner& partner : partners) {
    FormRow row{std::vector<FormCell>(4), 18};
    row.cells.front() = form_value(partner.name);
    block.rows.push_back(std::move(row));
  }
  return block;
}

/// A line of table G.1: the group's label stands in its first line.
void put_group(FormBlock& block, std::string group, std::vector<FormRow> rows) {
  rows.front().cells.insert(rows.front().cells.begin(), form_label(std::move(group), 1, rows.size()));
  for (FormRow& row : rows) block.rows.push_back(std::move(row));
}

FormRow boxed(std::string label, std::vector<FormBox> boxes, std::string text = {}) {
  FormRow row = labelled(std::move(label), std::move(text));
  row.cells.back().boxes = std::move(boxes);
  return row;
}

}  // namespace

Form task_book_form(const Speaker& speaker, const Project* project) {
  const Project blank;
  const Project& shown = project == nullptr ? blank : *project;
  Form form = speaker.form(StandardForm::task_book, "附录 F", "Appendix F");
  const auto partners = partners_of(speaker, shown);
  form.blocks = {project_facts(speaker, shown),
                 targets(speaker, shown),
                 writing(speaker.say("三、主要研究内容与技术路线", "3. Content and technical route"),
                         content_and_route(speaker, shown), 30),
                 duties(speaker, partners),
                 schedule(speaker, shown),
                 resources(speaker, shown),
                 signatures(speaker, partners)};
  return form;
}

Form result_form(const Speaker& speaker, const SharedResult* result) {
  const SharedResult blank;
  const SharedResult& shown = result == nullptr ? blank : *result;
  const auto chosen = [&](auto value) { return result == nullptr ? std::nullopt : std::optional(value); };
  Form form = speaker.form(StandardForm::result, "表 G.1", "Table G.1");
  FormBlock block;
  block.widths = {4, 6, 14};
  put_group(
      block, speaker.say("基本信息", "The result"),
      {labelled(speaker.say("成果名称", "Name"), lines({speaker.either(shown.name, shown.name_en),
                                                        headed(speaker.say("成果编号：", "Number: "), shown.number)})),
       labelled(speaker.say("成果贡献方", "Contributor"), speaker.unit(shown.contributor)),
       boxed(speaker.say("成果类型", "Kind"), boxes_of(speaker, chosen(shown.kind))),
       labelled(speaker.say("成果简介", "Summary"), shown.summary, 16)});
  put_group(block, speaker.say("成果内容", "Content"),
            {labelled(speaker.say("解决的质量问题", "Problems solved"), speaker.problems(shown.problems), 12),
             labelled(speaker.say("技术指标/性能", "Indicators"), shown.indicators, 12),
             labelled(speaker.say("应用场景与范围", "Scope of use"), shown.scope, 12)});
  put_group(block, speaker.say("知识产权", "Intellectual property"),
            {labelled(speaker.say("知识产权类型", "Kind of right"), shown.rights_kind),
             labelled(speaker.say("权利状态", "Status of the right"), shown.rights_status),
             labelled(speaker.say("证书编号", "Certificate"), shown.certificate),
             labelled(speaker.say("专利权人/著作权人", "Owner"), speaker.unit(shown.owner))});
  put_group(block, speaker.say("共享信息", "Sharing"),
            {boxed(speaker.say("共享级别", "Level"), boxes_of(speaker, chosen(shown.level)),
                   headed(speaker.say("定向共享对象：", "Shared with: "), speaker.units(shown.directed_to))),
             boxed(speaker.say("共享条件", "Terms"), boxes_of(speaker, chosen(shown.terms)),
                   headed(speaker.say("说明：", "Note: "), shown.terms_note)),
             labelled(speaker.say("联系方式", "Contact"), shown.contact)});
  FormRow pledge = boxed(speaker.say("贡献方承诺", "Contributor's pledge"),
                         {{speaker.say("成果权属清晰、没有纠纷，所填信息真实有效。",
                                       "Its rights are clear and undisputed, and what is stated here is true."),
                           shown.pledged}},
                         {});
  FormRow seal;
  seal.least_mm = 12;
  seal.cells.emplace_back();
  seal.cells.back().role = FormRole::sign;
  seal.cells.back().joined = true;
  seal.cells.back().content =
      speaker.say("（贡献方盖章）        ", "(Contributor's seal)        ") + speaker.date_line({});
  pledge.cells.front().rows = 2;
  put_group(
      block, speaker.say("审核信息", "Review"),
      {pledge, seal, labelled(speaker.say("管理机构审核意见", "Opinion of the managing body"), shown.opinion, 20)});
  form.blocks.push_back(std::move(block));
  return form;
}

namespace {

FormCell sentence(std::string text, std::size_t columns = 1) {
  FormCell cell = form_value(std::move(text), columns);
  cell.role = FormRole::words;
  return cell;
}

FormBlock clause(std::string heading, std::vector<FormRow> rows) {
  FormBlock block;
  block.heading = std::move(heading);
  block.widths = {6, 18};
  block.rows = std::move(rows);
  return block;
}

FormBlock parties(const Speaker& speaker, const Licence& licence, const std::string& result) {
  FormBlock block;
  block.widths = {9, 15};
  const std::string name = result.empty() ? speaker.say("【　　　　　　　　】", "[                    ]")
                                          : speaker.say("【", "[") + result + speaker.say("】", "]");
  block.rows = {
      labelled(speaker.say("甲方（许可方/贡献方）", "Party A (licensor, contributor)"), speaker.unit(licence.licensor),
               10),
      labelled(speaker.say("乙方（被许可方/使用方）", "Party B (licensee, user)"), speaker.unit(licence.licensee), 10),
      {{sentence(speaker.say("甲方持有" + name +
                                 "的知识产权并已将其纳入成果共享库，乙方拟使用该成果。"
                                 "双方经协商，约定如下。",
                             "Party A holds the rights in " + name +
                                 ", which stands in the library of shared results, and Party B wishes to use "
                                 "it. The parties agree as follows."),
                 2)},
       12}};
  return block;
}

FormBlock seals(const Speaker& speaker, const Licence& licence) {
  FormBlock block;
  block.widths = {12, 12};
  block.lined = false;
  const std::string date = speaker.date_line(licence.signed_on);
  const auto cell = [&](const std::string& party) {
    return sentence(party + "\n\n" + speaker.say("授权代表（签字）：", "Authorised signature:") + "\n\n" + date);
  };
  block.rows = {
      {{cell(speaker.say("甲方（盖章）：", "Party A (seal):")), cell(speaker.say("乙方（盖章）：", "Party B (seal):"))},
       34}};
  return block;
}

}  // namespace

namespace {

/// A day within a sentence, or the room for it.
std::string day_or_line(const Speaker& speaker, const std::string& iso) {
  return iso.empty() ? speaker.say("　　　年　　月　　日", "____________") : speaker.date(iso);
}

}  // namespace

Form licence_form(const Speaker& speaker, const Licence* licence) {
  const Licence blank;
  const Licence& shown = licence == nullptr ? blank : *licence;
  const auto& results = speaker.dossier().results;
  const auto at =
      std::find_if(results.begin(), results.end(), [&](const SharedResult& one) { return one.number == shown.result; });
  const std::string name =
      at == results.end() || shown.result.empty() ? shown.result : speaker.either(at->name, at->name_en);
  Form form = speaker.form(StandardForm::licence, "附录 H", "Appendix H");
  form.blocks = {
      parties(speaker, shown, name),
      clause(speaker.say("一、许可成果", "1. The result"), {labelled(speaker.say("成果名称", "Name"), name),
                                                            labelled(speaker.say("成果编号", "Number"), shown.result)}),
      clause(speaker.say("二、许可方式", "2. Kind of licence"),
             {boxed(speaker.say("方式", "Kind"),
                    boxes_of(speaker, licence == nullptr ? std::nullopt : std::optional(shown.kind)))}),
      clause(speaker.say("三、许可范围与期限", "3. Scope and term"),
             {labelled(speaker.say("地域范围", "Territory"), shown.territory),
              labelled(speaker.say("使用领域", "Field of use"), shown.field),
              labelled(speaker.say("许可期限", "Term"),
                       speaker.say("自 ", "From ") + day_or_line(speaker, shown.start) + speaker.say(" 至 ", " to ") +
                           day_or_line(speaker, shown.end))}),
      clause(speaker.say("四、费用及支付", "4. Fee and payment"),
             {{{form_label(speaker.say("费用（万元）", "Fee (10 000 yuan)")), form_value(number_cell(shown.fee))}},
              labelled(speaker.say("支付方式", "Payment"), shown.payment)}),
      writing(speaker.say("五、双方权利与义务", "5. Rights and duties"), shown.duties, 24),
      writing(speaker.say("六、违约责任", "6. Breach"), shown.breach, 22),
      writing(speaker.say("七、争议解决", "7. Disputes"), shown.disputes, 22),
      seals(speaker, shown)};
  if (!shown.number.empty()) form.notes.push_back(speaker.say("协议编号：", "Agreement number: ") + shown.number);
  return form;
}

}  // namespace forms
}  // namespace v1
}  // namespace chainqual
