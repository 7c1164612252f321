#pragma once

#include "chainqual/io/schema.hpp"

// The tables of the consortium's office: the consortium itself, members, scopes, what projects gather, licences,
// events, reviews, facts of assessments, history. A field is one line.

namespace chainqual {
inline namespace v1 {

template <>
struct WordsOf<Consortium> {
  using type = EnumList<ConsortiumStatus>;
};

template <>
struct TableOf<Consortium> {
  using F = Field<Consortium>;
  static constexpr TableId id = TableId::consortium;
  static constexpr std::string_view name = "consortium";
  static constexpr std::string_view zh = "质量创新联合体";
  static constexpr std::array fields{
      F{"name", "联合体名称", "质量创新联合体名称|名称", &Consortium::name, true},
      F{"field", "产业链领域", "领域", &Consortium::field},
      F{"principal", "负责人", "", &Consortium::principal},
      F{"principal_phone", "负责人电话", "", &Consortium::principal_phone},
      F{"contact", "联系人", "", &Consortium::contact},
      F{"contact_phone", "联系电话", "联系人电话", &Consortium::contact_phone},
      F{"goals", "主要建设目标", "建设目标|目标", &Consortium::goals},
      F{"plan", "建设工作方案", "工作方案|方案", &Consortium::plan},
      F{"structure", "组织架构", "章程·组织架构", &Consortium::structure},
      F{"rights", "权利义务", "成员权利义务", &Consortium::rights},
      F{"ownership", "知识产权归属", "成果归属", &Consortium::ownership},
      F{"profit", "利益分配", "", &Consortium::profit},
      F{"entry", "进入和退出机制", "进退机制", &Consortium::entry},
      F{"status", "组建状态", "状态", &Consortium::status},
  };
};

template <>
struct WordsOf<Member> {
  using type = EnumList<UnitKind>;
};

template <>
struct TableOf<Member> {
  using F = Field<Member>;
  static constexpr TableId id = TableId::members;
  static constexpr std::string_view name = "members";
  static constexpr std::string_view zh = "联合体成员";
  static constexpr std::array fields{
      F{"unit", "单位编号", "编号|序号", &Member::unit, true},
      F{"credit_code", "统一社会信用代码", "信用代码", &Member::credit_code, false, CellKind::credit_code},
      F{"name", "成员单位名称", "单位名称|名称", &Member::name},
      F{"kind", "单位类型", "类型", &Member::kind},
      F{"lead", "是否牵头单位", "牵头单位", &Member::lead},
      F{"region", "地区", "省份|所在地区", &Member::region, false, CellKind::region},
      F{"contact", "联系人", "", &Member::contact},
      F{"phone", "联系电话", "电话", &Member::phone},
      F{"entered", "加入日期", "进入日期", &Member::entered, false, CellKind::date},
      F{"left", "退出日期", "", &Member::left, false, CellKind::date},
      F{"reason", "退出原因", "原因", &Member::reason},
  };
};

template <>
struct WordsOf<Scope> {
  using type = EnumList<Mark>;
};

template <>
struct TableOf<Scope> {
  using F = Field<Scope>;
  static constexpr TableId id = TableId::scopes;
  static constexpr std::string_view name = "scopes";
  static constexpr std::string_view zh = "检验检测能力";
  static constexpr std::array fields{
      F{"institution", "机构编号", "机构", &Scope::institution, true, CellKind::reference, TableId::institutions},
      F{"product", "产品", "检测产品", &Scope::product, true},
      F{"parameter", "项目参数", "项目/参数|参数|项目", &Scope::parameter},
      F{"method", "检测方法", "方法|方法标准", &Scope::method},
      F{"mark", "资质", "CMA/CNAS", &Scope::mark},
      F{"until", "有效期至", "有效期|截止日期", &Scope::until, false, CellKind::date},
  };
};

template <>
struct WordsOf<Change> {
  using type = EnumList<ChangeKind, Decision>;
};

template <>
struct TableOf<Change> {
  using F = Field<Change>;
  static constexpr TableId id = TableId::changes;
  static constexpr std::string_view name = "changes";
  static constexpr std::string_view zh = "项目变更";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &Change::project, true, CellKind::reference, TableId::projects},
      F{"number", "变更编号", "编号|序号", &Change::number},
      F{"kind", "变更类型", "类型", &Change::kind},
      F{"before", "变更前", "原内容", &Change::before},
      F{"after", "变更后", "新内容", &Change::after},
      F{"reason", "变更原因", "原因", &Change::reason},
      F{"applied", "申请日期", "", &Change::applied, false, CellKind::date},
      F{"by", "申请人", "申请单位", &Change::by},
      F{"decision", "审批结果", "审批意见|结果", &Change::decision},
      F{"decided", "审批日期", "", &Change::decided, false, CellKind::date},
      F{"decided_by", "审批人", "审批单位", &Change::decided_by},
  };
};

template <>
struct TableOf<ProjectRisk> {
  using F = Field<ProjectRisk>;
  static constexpr TableId id = TableId::risks;
  static constexpr std::string_view name = "risks";
  static constexpr std::string_view zh = "项目风险";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &ProjectRisk::project, true, CellKind::reference, TableId::projects},
      F{"number", "风险编号", "编号|序号", &ProjectRisk::number},
      F{"raised", "上报日期", "日期", &ProjectRisk::raised, false, CellKind::date},
      F{"description", "风险描述", "风险|描述", &ProjectRisk::description},
      F{"grave", "是否重大", "重大风险", &ProjectRisk::grave},
      F{"measure", "应对措施", "措施", &ProjectRisk::measure},
      F{"closed", "关闭日期", "", &ProjectRisk::closed, false, CellKind::date},
  };
};

template <>
struct TableOf<ProgressReport> {
  using F = Field<ProgressReport>;
  static constexpr TableId id = TableId::reports;
  static constexpr std::string_view name = "reports";
  static constexpr std::string_view zh = "项目进度";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &ProgressReport::project, true, CellKind::reference, TableId::projects},
      F{"date", "填报日期", "日期", &ProgressReport::date, false, CellKind::date},
      F{"done_share", "完成比例", "进度|完成率", &ProgressReport::done_share, false, CellKind::text, TableId::none,
        Range::share},
      F{"spent", "累计支出(万元)", "累计支出|支出", &ProgressReport::spent, false, CellKind::text, TableId::none,
        Range::money},
      F{"text", "进展情况", "进展|说明", &ProgressReport::text},
      F{"by", "填报人", "填报单位", &ProgressReport::by},
  };
};

template <>
struct WordsOf<ProjectDocument> {
  using type = EnumList<DocumentKind>;
};

template <>
struct TableOf<ProjectDocument> {
  using F = Field<ProjectDocument>;
  static constexpr TableId id = TableId::documents;
  static constexpr std::string_view name = "documents";
  static constexpr std::string_view zh = "项目文件";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &ProjectDocument::project, true, CellKind::reference, TableId::projects},
      F{"kind", "文件类型", "类型", &ProjectDocument::kind},
      F{"name", "文件名称", "名称", &ProjectDocument::name},
      F{"date", "提交日期", "日期", &ProjectDocument::date, false, CellKind::date},
      F{"place", "存放位置", "位置", &ProjectDocument::place},
  };
};

template <>
struct WordsOf<Licence> {
  using type = EnumList<LicenceKind, LicenceStatus>;
};

template <>
struct TableOf<Licence> {
  using F = Field<Licence>;
  static constexpr TableId id = TableId::licences;
  static constexpr std::string_view name = "licences";
  static constexpr std::string_view zh = "成果许可协议";
  static constexpr std::array fields{
      F{"number", "协议编号", "编号|序号", &Licence::number, true, CellKind::key},
      F{"result", "成果编号", "许可成果|成果", &Licence::result, true, CellKind::reference, TableId::results},
      F{"licensor", "许可方", "甲方|贡献方", &Licence::licensor},
      F{"licensee", "被许可方", "乙方|使用方", &Licence::licensee},
      F{"kind", "许可方式", "方式", &Licence::kind},
      F{"territory", "地域范围", "地域", &Licence::territory},
      F{"field", "使用领域", "领域", &Licence::field},
      F{"start", "许可开始日期", "开始日期|自", &Licence::start, false, CellKind::date},
      F{"end", "许可结束日期", "结束日期|至", &Licence::end, false, CellKind::date},
      F{"fee", "费用(万元)", "费用|许可费", &Licence::fee, false, CellKind::text, TableId::none, Range::money},
      F{"payment", "支付方式", "支付", &Licence::payment},
      F{"duties", "双方权利与义务", "权利义务", &Licence::duties},
      F{"breach", "违约责任", "", &Licence::breach},
      F{"disputes", "争议解决", "", &Licence::disputes},
      F{"status", "协议状态", "状态", &Licence::status},
      F{"signed_on", "签订日期", "", &Licence::signed_on, false, CellKind::date},
  };
};

template <>
struct WordsOf<ChainEvent> {
  using type = EnumList<WatchDimension>;
};

template <>
struct TableOf<ChainEvent> {
  using F = Field<ChainEvent>;
  static constexpr TableId id = TableId::events;
  static constexpr std::string_view name = "events";
  static constexpr std::string_view zh = "重点事件";
  static constexpr std::array fields{
      F{"number", "事件编号", "编号|序号", &ChainEvent::number},
      F{"date", "日期", "发生日期", &ChainEvent::date, false, CellKind::date},
      F{"dimension", "监测维度", "维度", &ChainEvent::dimension},
      F{"name", "事件", "事件名称|名称", &ChainEvent::name},
      F{"description", "事件描述", "描述", &ChainEvent::description},
      F{"segments", "环节", "涉及环节", &ChainEvent::segments, false, CellKind::reference, TableId::segments},
      F{"enterprises", "企业", "涉及企业", &ChainEvent::enterprises, false, CellKind::reference, TableId::enterprises},
      F{"projects", "项目编号", "涉及项目", &ChainEvent::projects, false, CellKind::reference, TableId::projects},
      F{"trigger", "触发更新", "是否触发更新", &ChainEvent::trigger},
      F{"source", "来源", "资料来源", &ChainEvent::source},
  };
};

template <>
struct WordsOf<Review> {
  using type = EnumList<ReviewSubject>;
};

template <>
struct TableOf<Review> {
  using F = Field<Review>;
  static constexpr TableId id = TableId::reviews;
  static constexpr std::string_view name = "reviews";
  static constexpr std::string_view zh = "评审记录";
  static constexpr std::array fields{
      F{"subject", "评审对象", "对象", &Review::subject},
      F{"date", "评审日期", "日期", &Review::date, false, CellKind::date},
      F{"by", "评审人", "评审单位", &Review::by},
      F{"note", "备注", "说明", &Review::note},
  };
};

template <>
struct WordsOf<AssessedFact> {
  using type = EnumList<Grade>;
};

template <>
struct TableOf<AssessedFact> {
  using F = Field<AssessedFact>;
  static constexpr TableId id = TableId::facts;
  static constexpr std::string_view name = "facts";
  static constexpr std::string_view zh = "评估结果";
  static constexpr std::array fields{
      F{"problem", "问题编号", "编号", &AssessedFact::problem, true, CellKind::reference, TableId::problems},
      F{"date", "评估日期", "日期", &AssessedFact::date, false, CellKind::date},
      F{"model", "传播模型", "模型", &AssessedFact::model},
      F{"inputs", "输入摘要", "", &AssessedFact::inputs},
      F{"total", "加权总分", "总分", &AssessedFact::total},
      F{"grade", "分级", "等级", &AssessedFact::grade},
      F{"mean_loss", "平均损失", "", &AssessedFact::mean_loss},
      F{"suggested_diffusion", "建议扩散分", "", &AssessedFact::suggested_diffusion},
  };
};

template <>
struct WordsOf<StepRecord> {
  using type = EnumList<Actor>;
};

template <>
struct TableOf<StepRecord> {
  using F = Field<StepRecord>;
  static constexpr TableId id = TableId::history;
  static constexpr std::string_view name = "history";
  static constexpr std::string_view zh = "办理记录";
  static constexpr std::array fields{
      F{"table", "登记簿", "", &StepRecord::table, true},
      F{"number", "编号", "记录编号", &StepRecord::number},
      F{"step", "步骤", "", &StepRecord::step},
      F{"from", "原状态", "", &StepRecord::from},
      F{"to", "新状态", "", &StepRecord::to, true},
      F{"date", "办理日期", "日期", &StepRecord::date, true, CellKind::date},
      F{"who", "办理方", "", &StepRecord::who},
      F{"by", "办理人", "办理单位", &StepRecord::by},
      F{"reason", "原因", "", &StepRecord::reason},
      F{"corrects", "更正的步骤", "更正步骤", &StepRecord::corrects},
  };
};

template <>
struct TableOf<ProjectPartner> {
  using F = Field<ProjectPartner>;
  static constexpr TableId id = TableId::partners;
  static constexpr std::string_view name = "partners";
  static constexpr std::string_view zh = "项目分工";
  static constexpr std::array fields{
      F{"project", "项目编号", "项目", &ProjectPartner::project, true, CellKind::reference, TableId::projects},
      F{"unit", "单位", "参与单位|单位名称", &ProjectPartner::unit, true},
      F{"principal", "负责人", "", &ProjectPartner::principal},
      F{"tasks", "主要任务", "承担的主要任务|任务", &ProjectPartner::tasks},
  };
};

}  // namespace v1
}  // namespace chainqual
