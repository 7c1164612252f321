#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "chainqual/chain/region.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/report.hpp"
#include "report_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace reporting {

void check_same(const Dossier& dossier, const AssessReport& report) {
  if (report.problems.size() == dossier.problems.size() && report.segments.size() == dossier.chain.segments().size() &&
      report.enterprise_rows.size() == dossier.chain.enterprises()) {
    return;
  }
  throw Error(ErrorCode::shape_mismatch,
              {"报告与链不是一对：问题、环节或企业的数目不同。请用得出报告的那条链。",
               "The report is not of this chain: the numbers of problems, segments or enterprises differ. Give the "
               "chain that it was made from."});
}

std::vector<const GroupRow*> by_rank(const std::vector<GroupRow>& rows) {
  std::vector<const GroupRow*> sorted;
  for (const auto& row : rows) sorted.push_back(&row);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->rank < b->rank; });
  return sorted;
}

}  // namespace reporting

namespace {

template <class Row>
struct Column {
  ReportColumn heading;
  std::function<SheetCell(const Row&)> cell;
};

template <class Row, class Rows>
ReportTable make_table(std::string_view key, Text name, const std::vector<Column<Row>>& columns, const Rows& rows) {
  ReportTable table{key, std::move(name), {}, {}};
  for (const auto& column : columns) table.columns.push_back(column.heading);
  table.rows.reserve(rows.size());
  for (const auto& row : rows) {
    std::vector<SheetCell> cells;
    cells.reserve(columns.size());
    for (const auto& column : columns) cells.push_back(column.cell(*row));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// An exact value as a number: its decimal where it ends, else the nearest double.
SheetCell number(const Rational& value) {
  if (const auto decimal = Decimal::parse(value.to_string())) return *decimal;
  return value.to_double();
}

SheetCell whole(std::uint64_t count) {
  return static_cast<double>(count);
}
SheetCell real(double value) {
  return value;
}
SheetCell maybe(const std::optional<double>& value) {
  if (!value) return std::monostate{};
  return *value;
}

/// Cells in keys (CSV files) or in one language's words (workbooks).
class ReportWords {
 public:
  explicit ReportWords(std::optional<Language> language) : language_(language) {}

  template <class E>
  [[nodiscard]] SheetCell word(E value) const {
    return std::string(language_ ? label_of(value, *language_) : key_of(value));
  }
  [[nodiscard]] SheetCell grade(Grade value) const {
    if (!language_) return std::string(key_of(value));
    return value;
  }
  [[nodiscard]] SheetCell yes(bool value) const {
    if (!language_) return std::string(value ? "true" : "false");
    return std::string(*language_ == Language::zh ? (value ? "是" : "否") : (value ? "yes" : "no"));
  }
  [[nodiscard]] SheetCell region(const std::string& code) const {
    const Region* known = language_ ? find_region(code) : nullptr;
    if (known == nullptr) return code;
    return std::string(*language_ == Language::zh ? known->short_name : known->name_en);
  }
  [[nodiscard]] SheetCell segments(const Chain& chain, const std::vector<std::string>& ids) const {
    std::vector<std::string> shown;
    for (const auto& id : ids) {
      const auto known = language_ ? chain.find_segment(id) : std::nullopt;
      if (!known) {
        shown.push_back(id);
        continue;
      }
      const Segment& segment = chain.segment(*known);
      shown.push_back(*language_ == Language::en && !segment.name_en.empty() ? segment.name_en : segment.name);
    }
    return join_list(shown);
  }

 private:
  std::optional<Language> language_;
};

struct Case {
  const Problem* problem;
  const ProblemAssessment* found;
};

const ImpactFigures& impact_of(const Case& row) {
  return row.found->impact;
}
const ImpactFigures& impact_of(const ScenarioAssessment& row) {
  return row.impact;
}
const DiffusionEvidence& evidence_of(const Case& row) {
  return row.found->diffusion;
}
const DiffusionEvidence& evidence_of(const ScenarioAssessment& row) {
  return row.diffusion;
}

template <class Row>
void add_impact(std::vector<Column<Row>>& columns) {
  using Place = GroupLoss ImpactFigures::*;
  const auto add = [&](ReportColumn heading, Place place, LossKind kind) {
    columns.push_back({heading, [place, kind](const Row& row) { return real((impact_of(row).*place).of(kind)); }});
  };
  add({"whole_chain_downstream", "全链损失（向下游）", "loss of the whole chain, downstream"},
      &ImpactFigures::whole_chain, LossKind::downstream);
  add({"own_segment_downstream", "本环节损失（向下游）", "loss of its own segment, downstream"},
      &ImpactFigures::own_segment, LossKind::downstream);
  add({"downstream_segments_downstream", "下游环节损失（向下游）", "loss of downstream segments, downstream"},
      &ImpactFigures::downstream_segments, LossKind::downstream);
  add({"final_products_downstream", "最终产品损失（向下游）", "loss of final products, downstream"},
      &ImpactFigures::final_products, LossKind::downstream);
  add({"whole_chain_upstream", "全链损失（向上游）", "loss of the whole chain, upstream", true},
      &ImpactFigures::whole_chain, LossKind::upstream);
  add({"own_segment_upstream", "本环节损失（向上游）", "loss of its own segment, upstream", true},
      &ImpactFigures::own_segment, LossKind::upstream);
  add({"downstream_segments_upstream", "下游环节损失（向上游）", "loss of downstream segments, upstream", true},
      &ImpactFigures::downstream_segments, LossKind::upstream);
  add({"final_products_upstream", "最终产品损失（向上游）", "loss of final products, upstream", true},
      &ImpactFigures::final_products, LossKind::upstream);
  add({"whole_chain_combined", "全链损失（综合）", "loss of the whole chain, combined", true},
      &ImpactFigures::whole_chain, LossKind::combined);
  add({"own_segment_combined", "本环节损失（综合）", "loss of its own segment, combined", true},
      &ImpactFigures::own_segment, LossKind::combined);
  add({"downstream_segments_combined", "下游环节损失（综合）", "loss of downstream segments, combined", true},
      &ImpactFigures::downstream_segments, LossKind::combined);
  add({"final_products_combined", "最终产品损失（综合）", "loss of final products, combined", true},
      &ImpactFigures::final_products, LossKind::combined);
}

template <class Row>
void add_evidence(std::vector<Column<Row>>& columns) {
  const auto add = [&](ReportColumn heading, std::function<SheetCell(const DiffusionEvidence&)> cell) {
    columns.push_back({heading, [cell = std::move(cell)](const Row& row) { return cell(evidence_of(row)); }});
  };
  add({"diffusion_suggested", "扩散建议分", "diffusion suggested"}, [](const DiffusionEvidence& e) -> SheetCell {
    if (e.suggested == 0) return std::monostate{};
    return static_cast<double>(e.suggested);
  });
  add({"segments_share", "受影响下游环节占比", "share of downstream segments hit"},
      [](const DiffusionEvidence& e) { return real(e.segments_share); });
  add({"products_share", "受影响最终产品占比", "share of final products hit"},
      [](const DiffusionEvidence& e) { return real(e.products_share); });
  add({"enterprises_share", "受影响企业占比", "share of enterprises hit"},
      [](const DiffusionEvidence& e) { return real(e.enterprises_share); });
  add({"enterprises_hit", "受影响企业数", "enterprises hit"},
      [](const DiffusionEvidence& e) { return whole(e.enterprises_hit); });
  add({"other_enterprises_hit", "其中问题所在企业以外", "of these, others than where it sits", true},
      [](const DiffusionEvidence& e) { return whole(e.other_enterprises_hit); });
  add({"downstream_segments_hit", "受影响下游环节数", "downstream segments hit", true},
      [](const DiffusionEvidence& e) { return whole(e.downstream_segments_hit); });
  add({"final_products_hit", "受影响最终产品数", "final products hit", true},
      [](const DiffusionEvidence& e) { return whole(e.final_products_hit); });
}

void add_aspects(std::vector<Column<Case>>& columns) {
  static constexpr std::array<ReportColumn, 5> headings{{
      {"cost_loss", "成本方面损失", "loss in cost", true},
      {"efficiency_loss", "效率方面损失", "loss in efficiency", true},
      {"safety_loss", "安全方面损失", "loss in safety", true},
      {"brand_loss", "品牌方面损失", "loss in brand", true},
      {"environment_loss", "环境方面损失", "loss in environment", true},
  }};
  for (std::size_t aspect = 0; aspect < headings.size(); ++aspect) {
    columns.push_back(
        {headings[aspect], [aspect](const Case& row) { return real(row.found->aspect_loss[aspect].downstream); }});
  }
}

void add_grading(std::vector<Column<Case>>& columns, const ReportWords& words) {
  const auto add = [&](ReportColumn heading, std::function<SheetCell(const ProblemAssessment&)> cell) {
    columns.push_back({heading, [cell = std::move(cell)](const Case& row) { return cell(*row.found); }});
  };
  const auto score = [&](ReportColumn heading, Rational Score::*dimension) {
    add(heading, [dimension](const ProblemAssessment& p) -> SheetCell {
      if (!p.score) return std::monostate{};
      return number((*p.score).*dimension);
    });
  };
  add({"declared", "原文等级", "declared grade"}, [&](const ProblemAssessment& p) { return words.grade(p.declared); });
  add({"computed", "计算等级", "computed grade"}, [&](const ProblemAssessment& p) -> SheetCell {
    if (!p.computed) return std::monostate{};
    return words.grade(p.computed->grade);
  });
  add({"grade", "等级", "grade"}, [&](const ProblemAssessment& p) { return words.grade(p.grade); });
  add({"total", "加权总分", "weighted total"}, [](const ProblemAssessment& p) -> SheetCell {
    if (!p.computed || p.computed->grade == Grade::ungraded) return std::monostate{};
    return number(p.computed->total);
  });
  score({"impact", "影响程度", "impact"}, &Score::impact);
  score({"diffusion", "扩散程度", "diffusion"}, &Score::diffusion);
  score({"urgency", "紧迫程度", "urgency"}, &Score::urgency);
  add({"experts", "专家数", "experts"}, [](const ProblemAssessment& p) { return whole(p.experts); });
  add({"differs", "两种等级不同", "the two grades differ"},
      [&](const ProblemAssessment& p) { return words.yes(p.differs); });
  add({"moves", "可变动一分的方式", "moves of one point", true}, [](const ProblemAssessment& p) -> SheetCell {
    if (!p.stability) return std::monostate{};
    return whole(p.stability->moves);
  });
  add({"flips", "其中改变等级的", "of these, changing the grade", true}, [](const ProblemAssessment& p) -> SheetCell {
    if (!p.stability) return std::monostate{};
    return whole(p.stability->flips);
  });
  add({"kept_share", "权重变动时等级不变的比例", "share of weights that keep the grade"},
      [](const ProblemAssessment& p) { return p.stability ? maybe(p.stability->kept_share) : SheetCell{}; });
  add({"magnitude", "冲击大小", "magnitude of the shock"},
      [](const ProblemAssessment& p) { return real(p.magnitude); });
  add({"magnitude_source", "冲击依据", "the magnitude rests on"},
      [&](const ProblemAssessment& p) { return words.word(p.magnitude_source); });
}

ReportTable problems_table(const Dossier& dossier, const AssessReport& report, const ReportWords& words) {
  std::vector<Column<Case>> columns{
      {{"rank", "名次", "rank"}, [](const Case& row) { return whole(row.found->rank); }},
      {{"number", "编号", "number"}, [](const Case& row) { return SheetCell(row.problem->number); }},
      {{"name", "问题名称", "name (Chinese)"}, [](const Case& row) { return SheetCell(row.problem->name); }},
      {{"name_en", "英文名称", "name"}, [](const Case& row) { return SheetCell(row.problem->name_en); }},
      {{"stage", "阶段", "stage"}, [&](const Case& row) { return words.word(row.problem->stage); }},
      {{"segments", "环节", "segments"},
       [&](const Case& row) { return words.segments(dossier.chain, row.problem->segments); }},
      {{"category", "类别", "category"}, [&](const Case& row) { return words.word(row.problem->category); }},
      {{"status", "状态", "status"}, [&](const Case& row) { return words.word(row.problem->status); }},
  };
  add_grading(columns, words);
  add_evidence(columns);
  add_impact(columns);
  add_aspects(columns);
  columns.push_back({{"links_documented", "所经有据联系", "documented links it runs over"},
                     [](const Case& row) { return whole(row.found->links_documented); }});
  columns.push_back({{"links_inferred", "所经推断联系", "inferred links it runs over"},
                     [](const Case& row) { return whole(row.found->links_inferred); }});
  std::vector<Case> cases;
  for (const std::size_t at : report.problem_ranking) {
    const auto& found = report.problems[at];
    cases.push_back({&dossier.problems[found.problem], &found});
  }
  std::vector<const Case*> rows;
  for (const auto& row : cases) rows.push_back(&row);
  return make_table("graded_problems", {"问题分级", "Graded problems"}, columns, rows);
}

constexpr ReportColumn mean_loss_heading{"mean_loss", "平均损失（单个问题）", "mean loss of one problem"};
constexpr std::array<ReportColumn, 4> at_once_headings{{
    {"shock", "自身冲击（同时发生）", "own shock, all at once"},
    {"downstream", "向下游损失（同时发生）", "loss downstream, all at once"},
    {"upstream", "向上游损失（同时发生）", "loss upstream, all at once"},
    {"combined", "综合损失（同时发生）", "combined loss, all at once"},
}};

ReportTable enterprises_table(const Dossier& dossier, const AssessReport& report, const ReportWords& words) {
  const Chain& chain = dossier.chain;
  const auto record = [&](const EnterpriseRow& row) -> const Enterprise& { return chain.enterprise(row.enterprise); };
  const std::vector<Column<EnterpriseRow>> columns{
      {{"rank", "名次", "rank"}, [](const EnterpriseRow& row) { return whole(row.rank); }},
      {{"enterprise", "企业编号", "enterprise"}, [&](const EnterpriseRow& row) { return SheetCell(record(row).id); }},
      {{"name", "企业名称", "name (Chinese)"}, [&](const EnterpriseRow& row) { return SheetCell(record(row).name); }},
      {{"name_en", "英文名称", "name"}, [&](const EnterpriseRow& row) { return SheetCell(record(row).name_en); }},
      {{"stage", "阶段", "stage"}, [&](const EnterpriseRow& row) { return words.word(record(row).stage); }},
      {{"segments", "环节", "segments"},
       [&](const EnterpriseRow& row) { return words.segments(chain, record(row).segments); }},
      {{"region", "地区", "region"}, [&](const EnterpriseRow& row) { return words.region(record(row).region); }},
      {{"role", "角色", "role"}, [&](const EnterpriseRow& row) { return words.word(record(row).role); }},
      {mean_loss_heading, [](const EnterpriseRow& row) { return real(row.mean_loss); }},
      {at_once_headings[0], [](const EnterpriseRow& row) { return real(row.shock); }},
      {at_once_headings[1], [](const EnterpriseRow& row) { return real(row.downstream); }},
      {at_once_headings[2], [](const EnterpriseRow& row) { return real(row.upstream); }},
      {at_once_headings[3], [](const EnterpriseRow& row) { return real(row.combined); }},
      {{"weight", "权重", "weight"}, [](const EnterpriseRow& row) { return real(row.weight); }},
      {{"importance", "重要度（单独停产时全链损失份额）", "importance (share of the chain lost if it alone stopped)"},
       [](const EnterpriseRow& row) { return maybe(row.importance); }},
      {{"problems", "所在问题数", "problems at it"}, [](const EnterpriseRow& row) { return whole(row.problems); }},
  };
  std::vector<const EnterpriseRow*> rows;
  rows.reserve(report.enterprise_ranking.size());
  for (const EnterpriseId id : report.enterprise_ranking) rows.push_back(&report.enterprise_rows[id.index()]);
  return make_table("impact_by_enterprise", {"企业影响", "Enterprises"}, columns, rows);
}

ReportTable groups_table(std::string_view key, Text name, ReportColumn id, const std::vector<GroupRow>& groups,
                         const ReportWords& words) {
  const std::vector<Column<GroupRow>> columns{
      {{"rank", "名次", "rank"}, [](const GroupRow& row) { return whole(row.rank); }},
      {id, [](const GroupRow& row) { return SheetCell(row.key); }},
      {{"name", "名称", "name (Chinese)"}, [](const GroupRow& row) { return SheetCell(row.name.zh); }},
      {{"name_en", "英文名称", "name"}, [](const GroupRow& row) { return SheetCell(row.name.en); }},
      {{"enterprises", "企业数", "enterprises"}, [](const GroupRow& row) { return whole(row.enterprises); }},
      {{"hit", "受影响企业数（同时发生）", "enterprises hit, all at once"},
       [](const GroupRow& row) { return whole(row.hit); }},
      {{"problems", "问题数", "problems"}, [](const GroupRow& row) { return whole(row.problems); }},
      {mean_loss_heading, [](const GroupRow& row) { return real(row.mean_loss); }},
      {at_once_headings[0], [](const GroupRow& row) { return real(row.shock); }},
      {at_once_headings[1], [](const GroupRow& row) { return real(row.loss.downstream); }},
      {at_once_headings[2], [](const GroupRow& row) { return real(row.loss.upstream); }},
      {at_once_headings[3], [](const GroupRow& row) { return real(row.loss.combined); }},
      {{"weight", "权重", "weight"}, [](const GroupRow& row) { return real(row.weight); }},
      {{"final_product", "最终产品", "final product"},
       [&](const GroupRow& row) { return words.yes(row.final_product); }},
  };
  return make_table(key, std::move(name), columns, reporting::by_rank(groups));
}

ReportTable aspects_table(const AssessReport& report, const ReportWords& words) {
  const std::vector<Column<AspectRow>> columns{
      {{"aspect", "方面", "aspect"}, [&](const AspectRow& row) { return words.word(row.aspect); }},
      {{"share", "占比", "share"}, [](const AspectRow& row) { return real(row.share); }},
      {at_once_headings[1], [](const AspectRow& row) { return real(row.loss.downstream); }},
      {at_once_headings[2], [](const AspectRow& row) { return real(row.loss.upstream); }},
      {at_once_headings[3], [](const AspectRow& row) { return real(row.loss.combined); }},
  };
  std::vector<const AspectRow*> rows;
  for (const auto& row : report.aspects) rows.push_back(&row);
  return make_table("impact_by_aspect", {"各方面影响", "Aspects"}, columns, rows);
}

ReportTable scenarios_table(const AssessReport& report) {
  std::vector<Column<ScenarioAssessment>> columns{
      {{"name", "情景", "name (Chinese)"}, [](const ScenarioAssessment& row) { return SheetCell(row.name); }},
      {{"name_en", "英文名称", "name"}, [](const ScenarioAssessment& row) { return SheetCell(row.name_en); }},
      {{"enterprises_shocked", "直接受冲击企业数", "enterprises shocked"},
       [](const ScenarioAssessment& row) {
         return whole(static_cast<std::uint64_t>(
             std::count_if(row.shock.begin(), row.shock.end(), [](double share) { return share > 0; })));
       }},
  };
  add_evidence(columns);
  add_impact(columns);
  columns.push_back({{"links_documented", "所经有据联系", "documented links it runs over"},
                     [](const ScenarioAssessment& row) { return whole(row.links_documented); }});
  columns.push_back({{"links_inferred", "所经推断联系", "inferred links it runs over"},
                     [](const ScenarioAssessment& row) { return whole(row.links_inferred); }});
  std::vector<const ScenarioAssessment*> rows;
  for (const auto& row : report.scenarios) rows.push_back(&row);
  return make_table("impact_by_scenario", {"情景影响", "Scenarios"}, columns, rows);
}

}  // namespace

std::vector<ReportTable> report_tables(const Dossier& dossier, const AssessReport& report,
                                       std::optional<Language> language) {
  reporting::check_same(dossier, report);
  const ReportWords words(language);
  std::vector<ReportTable> tables;
  tables.push_back(problems_table(dossier, report, words));
  tables.push_back(enterprises_table(dossier, report, words));
  tables.push_back(groups_table("impact_by_segment", {"环节影响", "Segments"}, {"segment", "环节编号", "segment"},
                                report.segments, words));
  tables.push_back(groups_table("impact_by_product", {"产品影响", "Products"}, {"product", "产品", "product"},
                                report.products, words));
  tables.push_back(
      groups_table("impact_by_stage", {"阶段影响", "Stages"}, {"stage", "阶段", "stage"}, report.stages, words));
  tables.push_back(aspects_table(report, words));
  tables.push_back(scenarios_table(report));
  return tables;
}

}  // namespace v1
}  // namespace chainqual
