#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

#include "chainqual/io/grading_files.hpp"
#include "fraction.hpp"
#include "name_order.hpp"
#include "small_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using intake::NameOrder;
using intake::SmallTable;
constexpr double blank = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<CsvHeading, 3> judgement_headings{{
    {"first", "甲", "a|指标|前者", true},
    {"second", "乙", "b|对比指标|后者", true},
    {"judgement", "判断", "重要性|标度|ratio", true},
}};

constexpr std::array<CsvHeading, 3> stage_headings{{
    {"name", "工序", "stage|名称", true},
    {"own", "本工序", "自身", true},
    {"inherited", "继承", "遗传|inheritance"},
}};

constexpr std::array<CsvHeading, 2> limit_headings{{
    {"name", "等级", "grade|名称", true},
    {"limit", "限值", "界限", true},
}};

constexpr std::array<CsvHeading, 2> named_headings{{
    {"value", "测量值", "measurement|数值|值", true},
    {"name", "名称", "id|样品|对象"},
}};

constexpr std::array<CsvHeading, 4> ladder_headings{{
    {"step", "台阶", "级别|等级|level", true},
    {"measure", "指标", "项目", true},
    {"limit", "限值", "要求", true},
    {"direction", "方向", "好坏方向"},
}};

constexpr std::array<CsvHeading, 3> supplier_headings{{
    {"supplier", "供应商", "name|企业", true},
    {"measure", "指标", "项目", true},
    {"value", "数值", "测量值", true},
}};

constexpr std::array<CsvHeading, 3> kano_headings{{
    {"feature", "特性", "功能|需求", true},
    {"with", "具备时", "正向|functional", true},
    {"without", "不具备时", "反向|dysfunctional", true},
}};

/// A text that must not be empty.
template <class Table>
std::string text_of(Table& table, std::size_t column) {
  std::string text(table.cell(column));
  if (text.empty()) table.missing(column);
  return text;
}

/// Judgements by the pairs met, and which of them are missing.
class Pairs {
 public:
  void add(SmallTable<3>& table) {
    const std::string one = text_of(table, 0);
    const std::string two = text_of(table, 1);
    const auto value = table.needed(2, intake::fraction(table.convert(), table.cell(2), table.place(2)));
    if (one.empty() || two.empty() || !value.has_value()) return;
    if (!(value.value() > 0)) {
      table.report(2, ErrorCode::invalid_value, {"判断应是正数", "a judgement is a positive number"},
                   {"用 1/9 到 9 之间的数", "give 1/9 … 9"});
    }
    const std::size_t row = names_.place(one);
    const std::size_t column = names_.place(two);
    if (row == column) {
      table.report(1, ErrorCode::invalid_value, {"不能与自己比较", "it is compared with itself"},
                   {"换成另一个指标，或删去该行", "name the other one, or leave the row out"});
      return;
    }
    if (!given_.try_emplace({row, column}, value.value()).second) {
      table.report(1, ErrorCode::duplicate, {"这一对已经比较过", "the pair is judged already"},
                   {"只留一行", "keep one of the rows"});
    }
  }

  PairwiseJudgements made(SmallTable<3>& table) {
    const std::size_t n = names_.names.size();
    PairwiseJudgements made{names_.names, std::vector<double>(n * n, blank)};
    for (std::size_t k = 0; k < n; ++k) made.judgements[k * n + k] = 1;
    for (const auto& [pair, value] : given_) made.judgements[pair.first * n + pair.second] = value;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (given_.contains({i, j}) || given_.contains({j, i})) continue;
        const std::string pair = shown_value(made.names[i]) + " : " + shown_value(made.names[j]);
        table.report_heading(ErrorCode::missing_value, {"没有比较 " + pair, "no row judges " + pair},
                             {"补一行", "add a row"});
      }
    }
    return made;
  }

 private:
  NameOrder names_;
  std::map<std::pair<std::size_t, std::size_t>, double> given_;
};

}  // namespace

PairwiseJudgements judgements_from_table(TextFile text, Findings findings) {
  SmallTable<3> table(std::move(text), judgement_headings, std::move(findings));
  Pairs pairs;
  while (table.next()) pairs.add(table);
  PairwiseJudgements made = pairs.made(table);
  table.refuse_empty(made.names.empty());
  table.finish();
  return made;
}

PairwiseJudgements read_judgements(const std::filesystem::path& path) {
  return intake::table_from(path, judgements_from_table);
}

std::vector<ProcessStage> stages_from_table(TextFile text, Findings findings) {
  SmallTable<3> table(std::move(text), stage_headings, std::move(findings));
  std::vector<ProcessStage> stages;
  while (table.next()) {
    ProcessStage stage;
    stage.name = text_of(table, 0);
    const auto own = table.needed(1, table.convert().real(table.cell(1), table.place(1), NumberRange::share()));
    const auto inherited = table.convert().real(table.cell(2), table.place(2), NumberRange::share());
    if (inherited.is_missing() && !stages.empty()) table.missing(2);
    if (own.has_value()) stage.own = own.value();
    if (inherited.has_value()) stage.inherited = inherited.value();
    stages.push_back(std::move(stage));
  }
  table.refuse_empty(stages.empty());
  table.finish();
  return stages;
}

std::vector<ProcessStage> read_stages(const std::filesystem::path& path) {
  return intake::table_from(path, stages_from_table);
}

std::vector<GradeLimit> grade_limits_from_table(TextFile text, Findings findings) {
  SmallTable<2> table(std::move(text), limit_headings, std::move(findings));
  std::vector<GradeLimit> limits;
  while (table.next()) {
    std::string name = text_of(table, 0);
    const auto limit = table.needed(1, table.convert().decimal(table.cell(1), table.place(1)));
    limits.push_back({std::move(name), limit.has_value() ? limit.value() : Decimal()});
  }
  table.refuse_empty(limits.empty());
  table.finish();
  return limits;
}

std::vector<GradeLimit> read_grade_limits(const std::filesystem::path& path) {
  return intake::table_from(path, grade_limits_from_table);
}

std::vector<NamedValue> named_values_from_table(TextFile text, Findings findings) {
  SmallTable<2> table(std::move(text), named_headings, std::move(findings));
  std::vector<NamedValue> values;
  while (table.next()) {
    const auto value = table.needed(0, table.convert().decimal(table.cell(0), table.place(0)));
    values.push_back({std::string(table.cell(1)), value.has_value() ? value.value() : Decimal()});
  }
  table.refuse_empty(values.empty());
  table.finish();
  return values;
}

std::vector<NamedValue> read_named_values(const std::filesystem::path& path) {
  return intake::table_from(path, named_values_from_table);
}

std::vector<LadderStep> ladder_from_table(TextFile text, Findings findings) {
  SmallTable<4> table(std::move(text), ladder_headings, std::move(findings));
  NameOrder names;
  std::vector<LadderStep> ladder;
  while (table.next()) {
    const std::string step = text_of(table, 0);
    LadderDemand demand;
    demand.measure = text_of(table, 1);
    const auto limit = table.needed(2, table.convert().decimal(table.cell(2), table.place(2)));
    if (limit.has_value()) demand.limit = limit.value();
    const auto direction = table.convert().word<Direction>(table.cell(3), table.place(3));
    if (direction.has_value()) demand.direction = direction.value();
    const std::size_t at = names.place(step);
    if (at == ladder.size()) ladder.push_back({step, {}});
    auto& demands = ladder[at].demands;
    const bool twice = std::any_of(demands.begin(), demands.end(),
                                   [&](const LadderDemand& known) { return known.measure == demand.measure; });
    if (twice && !demand.measure.empty()) {
      table.report(1, ErrorCode::duplicate, {"该台阶已要求这一指标", "the step asks for this measure already"},
                   {"只留一行", "keep one of the rows"});
    }
    demands.push_back(std::move(demand));
  }
  table.refuse_empty(ladder.empty());
  table.finish();
  return ladder;
}

std::vector<LadderStep> read_ladder(const std::filesystem::path& path) {
  return intake::table_from(path, ladder_from_table);
}

std::vector<MeasuredSupplier> suppliers_from_table(TextFile text, Findings findings) {
  SmallTable<3> table(std::move(text), supplier_headings, std::move(findings));
  NameOrder names;
  std::vector<MeasuredSupplier> suppliers;
  while (table.next()) {
    const std::string supplier = text_of(table, 0);
    const std::string measure = text_of(table, 1);
    const auto value = table.convert().decimal(table.cell(2), table.place(2));
    const std::size_t at = names.place(supplier);
    if (at == suppliers.size()) suppliers.push_back({supplier, {}});
    auto& measures = suppliers[at].measures;
    const bool twice = std::any_of(measures.begin(), measures.end(),
                                   [&](const SupplierMeasure& known) { return known.measure == measure; });
    if (twice && !measure.empty()) {
      table.report(1, ErrorCode::duplicate, {"该供应商的这一指标已有数值", "the supplier has this measure already"},
                   {"只留一行", "keep one of the rows"});
    }
    if (value.has_value()) measures.push_back({measure, value.value()});
  }
  table.refuse_empty(suppliers.empty());
  table.finish();
  return suppliers;
}

std::vector<MeasuredSupplier> read_suppliers(const std::filesystem::path& path) {
  return intake::table_from(path, suppliers_from_table);
}

std::vector<FeatureAnswers> kano_answers_from_table(TextFile text, Findings findings) {
  SmallTable<3> table(std::move(text), kano_headings, std::move(findings));
  NameOrder names;
  std::vector<FeatureAnswers> features;
  while (table.next()) {
    const std::string feature = text_of(table, 0);
    const auto with = table.needed(1, table.convert().word<KanoAnswer>(table.cell(1), table.place(1)));
    const auto without = table.needed(2, table.convert().word<KanoAnswer>(table.cell(2), table.place(2)));
    const std::size_t at = names.place(feature);
    if (at == features.size()) features.push_back({feature, {}});
    if (with.has_value() && without.has_value()) features[at].pairs.push_back({with.value(), without.value()});
  }
  table.refuse_empty(features.empty());
  table.finish();
  return features;
}

std::vector<FeatureAnswers> read_kano_answers(const std::filesystem::path& path) {
  return intake::table_from(path, kano_answers_from_table);
}

}  // namespace v1
}  // namespace chainqual
