#include <array>
#include <utility>

#include "chainqual/io/method_files.hpp"
#include "name_order.hpp"
#include "small_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr NumberRange rating{1, 10, false};

constexpr std::array<CsvHeading, 4> mode_headings{{
    {"name", "失效模式", "mode|名称|failure mode|潜在失效模式", true},
    {"severity", "严重度", "S", true},
    {"occurrence", "频度", "O|发生度", true},
    {"detection", "探测度", "D|检测度", true},
}};

constexpr std::array<CsvHeading, 7> rule_headings{{
    {"priority", "优先级", "AP|action priority|措施优先级", true},
    {"severity_from", "严重度起", ""},
    {"severity_to", "严重度止", ""},
    {"occurrence_from", "频度起", ""},
    {"occurrence_to", "频度止", ""},
    {"detection_from", "探测度起", ""},
    {"detection_to", "探测度止", ""},
}};

constexpr std::array<CsvHeading, 3> value_headings{{
    {"value", "测量值", "measurement|数值|值", true},
    {"sample", "样本", "group|batch|组|批|分组|子组"},
    {"second", "第二因素", "second factor|因素2|block|区组"},
}};

constexpr std::array<CsvHeading, 2> count_headings{{
    {"count", "不合格数", "counts|defects|不合格品数|缺陷数", true},
    {"size", "样本量", "sizes|n|检验数|样本大小"},
}};

template <class Table>
std::vector<FailureMode> modes_of(Table&& table) {
  std::vector<FailureMode> modes;
  bool any = false;
  while (table.next()) {
    any = true;
    FailureMode mode;
    mode.name = table.cell(0);
    if (mode.name.empty()) table.missing(0);
    const std::array into{&mode.severity, &mode.occurrence, &mode.detection};
    for (std::size_t k = 0; k < into.size(); ++k) {
      const auto cell = table.needed(k + 1, table.convert().whole(table.cell(k + 1), table.place(k + 1), rating));
      if (cell.has_value()) *into[k] = static_cast<int>(cell.value());
    }
    modes.push_back(std::move(mode));
  }
  table.refuse_empty(!any);
  table.finish();
  return modes;
}

}  // namespace

std::vector<FailureMode> failure_modes_from_table(TextFile text, Findings findings) {
  return modes_of(intake::SmallTable<4>(std::move(text), mode_headings, std::move(findings)));
}

std::vector<FailureMode> read_failure_modes(const std::filesystem::path& path) {
  return intake::table_from(path, failure_modes_from_table);
}

std::vector<PriorityRule> priority_rules_from_table(TextFile text, Findings findings) {
  intake::SmallTable<7> table(std::move(text), rule_headings, std::move(findings));
  std::vector<PriorityRule> rules;
  while (table.next()) {
    PriorityRule rule;
    const auto priority = table.needed(0, table.convert().word<ActionPriority>(table.cell(0), table.place(0)));
    if (priority.has_value()) rule.priority = priority.value();
    const std::array into{&rule.severity_from, &rule.severity_to,    &rule.occurrence_from,
                          &rule.occurrence_to, &rule.detection_from, &rule.detection_to};
    for (std::size_t k = 0; k < into.size(); ++k) {
      const auto cell = table.convert().whole(table.cell(k + 1), table.place(k + 1), rating);
      if (cell.has_value()) *into[k] = static_cast<int>(cell.value());
    }
    rules.push_back(rule);
  }
  table.refuse_empty(rules.empty());
  table.finish();
  return rules;
}

std::vector<PriorityRule> read_priority_rules(const std::filesystem::path& path) {
  return intake::table_from(path, priority_rules_from_table);
}

Measurements measurements_from_table(TextFile text, Findings findings) {
  intake::SmallTable<3> table(std::move(text), value_headings, std::move(findings));
  Measurements found;
  intake::NameOrder samples;
  intake::NameOrder seconds;
  std::vector<std::pair<std::size_t, std::size_t>> places;  // sample and second level of each value
  while (table.next()) {
    const auto value = table.needed(0, table.convert().real(table.cell(0), table.place(0)));
    for (const std::size_t column : {1, 2}) {
      if (table.has(column) && table.cell(column).empty()) table.missing(column);
    }
    const std::size_t sample = samples.place(table.cell(1));
    found.samples.resize(samples.names.size());
    places.emplace_back(sample, table.has(2) ? seconds.place(table.cell(2)) : 0);
    found.in_order.push_back(value.has_value() ? value.value() : 0);
    found.samples[sample].push_back(found.in_order.back());
  }
  table.refuse_empty(samples.names.empty());
  table.finish();
  found.names = std::move(samples.names);
  found.second_names = std::move(seconds.names);
  found.cells.resize(found.names.size() * found.second_names.size());
  for (std::size_t k = 0; k < places.size() && !found.cells.empty(); ++k) {
    found.cells[places[k].first * found.second_names.size() + places[k].second].push_back(found.in_order[k]);
  }
  return found;
}

Measurements read_measurements(const std::filesystem::path& path) {
  return intake::table_from(path, measurements_from_table);
}

InspectionCounts counts_from_table(TextFile text, Findings findings) {
  intake::SmallTable<2> table(std::move(text), count_headings, std::move(findings));
  InspectionCounts found;
  while (table.next()) {
    const auto count =
        table.needed(0, table.convert().real(table.cell(0), table.place(0), NumberRange::non_negative()));
    found.counts.push_back(count.has_value() ? count.value() : 0);
    if (!table.has(1)) continue;
    const auto size = table.needed(1, table.convert().real(table.cell(1), table.place(1), NumberRange::non_negative()));
    found.sizes.push_back(size.has_value() ? size.value() : 0);
  }
  table.refuse_empty(found.counts.empty());
  table.finish();
  return found;
}

InspectionCounts read_counts(const std::filesystem::path& path) {
  return intake::table_from(path, counts_from_table);
}

}  // namespace v1
}  // namespace chainqual
