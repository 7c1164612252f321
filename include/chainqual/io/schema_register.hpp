#pragma once

#include "chainqual/io/schema.hpp"

// The tables of the registers: problems, scores, projects, milestones, results, policy tools, indicators. A field is
// one line.

namespace chainqual {
inline namespace v1 {

template <>
struct WordsOf<Problem> {
  using type = EnumList<Stage, ProblemStatus, Category, Grade>;
};

template <>
struct TableOf<Problem> {
  using F = Field<Problem>;
  using E = Element<Problem>;
  static constexpr TableId id = TableId::problems;
  static constexpr std::string_view name = "problems";
  static constexpr std::string_view zh = "质量问题库";
  static constexpr auto shares = &Problem::aspect_shares;
  static constexpr std::array fields{
      F{"number", "编号", "序号|问题编号|问题ID", &Problem::number, true, CellKind::key},
      F{"name", "问题名称", "质量问题|名称", &Problem::name},
      F{"name_en", "问题英文名称", "英文名称", &Problem::name_en},
      F{"industry", "产业名称", "产业链|产业|行业", &Problem::industry},
      F{"stage", "产业链位置", "产业链位置(上/中/下游)|位置|位置(上/中/下游)|阶段", &Problem::stage, true},
      F{"segments", "环节", "节点|环节、节点|具体节点|产业链环节", &Problem::segments, false, CellKind::reference,
        TableId::segments},
      F{"enterprises", "企业", "涉及企业|主要企业名称|主要企业", &Problem::enterprises, false, CellKind::reference,
        TableId::enterprises},
      F{"products", "主要产品或技术", "产品|主要产品|涉及产品|产品或技术", &Problem::products},
      F{"products_en", "产品英文名称", "", &Problem::products_en},
      F{"reporter", "填报人", "填报人及单位", &Problem::reporter},
      F{"unit", "填报单位", "单位", &Problem::unit},
      F{"date", "填报日期", "日期", &Problem::date, false, CellKind::date},
      F{"description", "质量问题描述", "问题描述|描述", &Problem::description},
      F{"description_en", "问题英文描述", "英文描述", &Problem::description_en},
      F{"scope", "影响范围与程度", "影响范围|影响程度", &Problem::scope},
      F{"cost", "成本", "成本影响", E{shares, 0}, false, CellKind::text, TableId::none, Range::share},
      F{"efficiency", "效率", "效率影响", E{shares, 1}, false, CellKind::text, TableId::none, Range::share},
      F{"safety", "安全", "安全影响", E{shares, 2}, false, CellKind::text, TableId::none, Range::share},
      F{"brand", "品牌", "品牌影响", E{shares, 3}, false, CellKind::text, TableId::none, Range::share},
      F{"environment", "环境", "环境影响", E{shares, 4}, false, CellKind::text, TableId::none, Range::share},
      F{"technical_causes", "技术性原因", "原因初步分析|原因分析|原因|技术根源", &Problem::technical_causes},
      F{"managerial_causes", "管理性原因", "管理根源", &Problem::managerial_causes},
      F{"related", "关联问题", "相关问题", &Problem::related, false, CellKind::reference, TableId::problems},
      F{"common", "共性技术问题", "共性问题|是否共性技术问题", &Problem::common},
      F{"ideas", "初步改进建议", "改进建议|改进措施", &Problem::ideas},
      F{"status", "问题状态", "状态", &Problem::status},
      F{"category", "质量问题分类", "问题分类|分类|类别", &Problem::category},
      F{"declared", "质量问题分级", "问题分级|分级|等级|星级|重要程度", &Problem::declared},
      F{"source", "来源", "资料来源", &Problem::source},
  };
};

template <>
struct TableOf<ScoreRow> {
  using F = Field<ScoreRow>;
  static constexpr TableId id = TableId::scores;
  static constexpr std::string_view name = "scores";
  static constexpr std::string_view zh = "专家评分";
  static constexpr std::array fields{
      F{"problem", "问题编号", "编号|问题ID|来源问题编号", &ScoreRow::problem, true, CellKind::reference,
        TableId::problems},
      F{"expert", "专家", "评分人|专家编号", &ScoreRow::expert, true},
      F{"impact", "影响程度", "影响|对产业链安全与竞争力的影响", &ScoreRow::impact, false, CellKind::text,
        TableId::none, Range::score},
      F{"diffusion", "扩散程度", "扩散|扩散性|影响扩散程度|问题影响的扩散性", &ScoreRow::diffusion, false,
        CellKind::text, TableId::none, Range::score},
      F{"urgency", "紧迫程度", "紧迫|改进紧迫程度|问题改进的紧迫性与难度", &ScoreRow::urgency, false, CellKind::text,
        TableId::none, Range::score},
      F{"basis", "评分依据", "依据", &ScoreRow::basis},
  };
};

template <>
struct WordsOf<Project> {
  using type = EnumList<ProjectKind, ProjectStatus>;
};

template <>
struct TableOf<Project> {
  using F = Field<Project>;
  static constexpr TableId id = TableId::projects;
  static constexpr std::string_view name = "projects";
  static constexpr std::string_view zh = "质量攻关库";
  static constexpr std::array fields{
      F{"number", "编号", "序号|项目编号", &Project::number, true, CellKind::key},
      F{"name", "攻关项目名称", "项目名称|名称", &Project::name, true},
      F{"name_en", "项目英文名称", "英文名称", &Project::name_en},
      F{"kind", "项目类型", "类型|攻关类型", &Project::kind},
      F{"problems", "来源问题编号", "问题编号|关联问题", &Project::problems, false, CellKind::reference,
        TableId::problems},
      F{"problem_text", "拟解决的产业链质量问题", "拟解决的质量问题|拟解决问题", &Project::problem_text},
      F{"problem_text_en", "拟解决问题英文", "", &Project::problem_text_en},
      F{"lead", "牵头单位", "牵头机构|项目牵头单位|项目牵头和参与机构", &Project::lead},
      F{"participants", "参与单位", "参与机构", &Project::participants},
      F{"start", "开始日期", "起始日期|项目开始", &Project::start, false, CellKind::date},
      F{"end", "结束日期", "截止日期|项目结束", &Project::end, false, CellKind::date},
      F{"content", "主要研究内容", "主要研究内容与技术路线|研究内容", &Project::content},
      F{"route", "技术路线", "", &Project::route},
      F{"resources", "资源需求", "", &Project::resources},
      F{"expected", "预期成效", "预期成果|预期效果", &Project::expected},
      F{"expected_en", "预期成效英文", "", &Project::expected_en},
      F{"budget", "预算(万元)", "预算|经费|经费(万元)", &Project::budget, false, CellKind::text, TableId::none,
        Range::money},
      F{"status", "项目状态", "状态", &Project::status},
      F{"source", "来源", "资料来源", &Project::source},
  };
};

template <>
struct TableOf<Milestone> {
  using F = Field<Milestone>;
  static constexpr TableId id = TableId::milestones;
  static constexpr std::string_view name = "milestones";
  static constexpr std::string_view zh = "里程碑";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &Milestone::project, true, CellKind::reference, TableId::projects},
      F{"number", "编号", "序号|里程碑编号", &Milestone::number, false, CellKind::key},
      F{"name", "里程碑", "里程碑名称|名称", &Milestone::name, true},
      F{"name_en", "里程碑英文名称", "英文名称", &Milestone::name_en},
      F{"due", "计划日期", "计划完成日期|截止日期", &Milestone::due, false, CellKind::date},
      F{"done", "完成日期", "实际完成日期", &Milestone::done, false, CellKind::date},
      F{"note", "备注", "说明", &Milestone::note},
  };
};

template <>
struct WordsOf<SharedResult> {
  using type = EnumList<ResultKind, SharingLevel, SharingTerms, ResultStatus>;
};

template <>
struct TableOf<SharedResult> {
  using F = Field<SharedResult>;
  static constexpr TableId id = TableId::results;
  static constexpr std::string_view name = "results";
  static constexpr std::string_view zh = "成果共享库";
  static constexpr std::array fields{
      F{"number", "编号", "序号|成果编号", &SharedResult::number, true, CellKind::key},
      F{"name", "成果名称", "名称", &SharedResult::name, true},
      F{"name_en", "成果英文名称", "英文名称", &SharedResult::name_en},
      F{"project", "项目编号", "项目|攻关项目|来源项目", &SharedResult::project, false, CellKind::reference,
        TableId::projects},
      F{"contributor", "成果贡献方", "贡献方", &SharedResult::contributor},
      F{"kind", "成果类型", "类型", &SharedResult::kind},
      F{"summary", "成果简介", "简介", &SharedResult::summary},
      F{"problems", "解决的质量问题", "问题编号|来源问题编号", &SharedResult::problems, false, CellKind::reference,
        TableId::problems},
      F{"indicators", "技术指标/性能", "技术指标|指标", &SharedResult::indicators},
      F{"scope", "应用场景与范围", "应用范围|应用场景", &SharedResult::scope},
      F{"rights_kind", "知识产权类型", "", &SharedResult::rights_kind},
      F{"rights_status", "权利状态", "", &SharedResult::rights_status},
      F{"certificate", "证书编号", "", &SharedResult::certificate},
      F{"owner", "专利权人/著作权人", "权利人", &SharedResult::owner},
      F{"level", "共享级别", "", &SharedResult::level},
      F{"terms", "共享条件", "", &SharedResult::terms},
      F{"terms_note", "共享条件说明", "有偿使用说明", &SharedResult::terms_note},
      F{"directed_to", "定向共享对象", "共享对象", &SharedResult::directed_to},
      F{"contact", "联系方式", "联系人", &SharedResult::contact},
      F{"pledged", "贡献方承诺", "承诺", &SharedResult::pledged},
      F{"opinion", "管理机构审核意见", "审核意见", &SharedResult::opinion},
      F{"status", "成果状态", "状态", &SharedResult::status},
  };
};

template <>
struct TableOf<PolicyTool> {
  using F = Field<PolicyTool>;
  static constexpr TableId id = TableId::policy_tools;
  static constexpr std::string_view name = "policy_tools";
  static constexpr std::string_view zh = "质量政策工具";
  static constexpr std::array fields{
      F{"number", "编号", "序号|工具编号", &PolicyTool::number, true, CellKind::key},
      F{"need", "质量政策工具需求", "工具需求|需求", &PolicyTool::need},
      F{"need_en", "需求英文", "", &PolicyTool::need_en},
      F{"measures", "具体措施", "措施", &PolicyTool::measures},
      F{"measures_en", "措施英文", "", &PolicyTool::measures_en},
      F{"form", "落实形式", "形式", &PolicyTool::form},
      F{"form_en", "落实形式英文", "", &PolicyTool::form_en},
      F{"effect", "预期成效", "预期效果", &PolicyTool::effect},
      F{"effect_en", "预期成效英文", "", &PolicyTool::effect_en},
      F{"problems", "来源问题编号", "问题编号|关联问题", &PolicyTool::problems, false, CellKind::reference,
        TableId::problems},
      F{"source", "来源", "资料来源", &PolicyTool::source},
  };
};

template <>
struct WordsOf<IndicatorRow> {
  using type = EnumList<Direction>;
};

template <>
struct TableOf<IndicatorRow> {
  using F = Field<IndicatorRow>;
  static constexpr TableId id = TableId::indicators;
  static constexpr std::string_view name = "indicators";
  static constexpr std::string_view zh = "绩效指标";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &IndicatorRow::project, false, CellKind::reference, TableId::projects},
      F{"name", "指标名称", "常用指标|指标|名称", &IndicatorRow::name, true},
      F{"name_en", "指标英文名称", "英文名称", &IndicatorRow::name_en},
      F{"category", "指标分类", "分类", &IndicatorRow::category},
      F{"unit", "单位", "计量单位", &IndicatorRow::unit},
      F{"direction", "方向", "指标方向", &IndicatorRow::direction},
      F{"baseline", "基线值", "基准值|现状值", &IndicatorRow::baseline, false, CellKind::text, TableId::none,
        Range::bare},
      F{"target", "目标值", "目标", &IndicatorRow::target, false, CellKind::text, TableId::none, Range::bare},
      F{"value", "实际值", "当前值|完成值", &IndicatorRow::value, false, CellKind::text, TableId::none, Range::bare},
      F{"period", "周期", "时期|年度", &IndicatorRow::period},
      F{"evidence", "佐证方式", "佐证|依据", &IndicatorRow::evidence},
      F{"source", "来源", "资料来源", &IndicatorRow::source},
      F{"steps", "评审分档", "专家评分|分档", &IndicatorRow::steps},
      F{"date", "评价日期", "日期", &IndicatorRow::date, false, CellKind::date},
      F{"action", "改进措施", "措施", &IndicatorRow::action},
      F{"owner", "责任人", "责任单位", &IndicatorRow::owner},
      F{"due", "完成期限", "期限", &IndicatorRow::due, false, CellKind::date},
  };
};

}  // namespace v1
}  // namespace chainqual
