#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/evaluate/register_counts-inl.hpp"
#include "chainqual/register/roster.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Counts the registers for one period.
class PeriodCounts {
 public:
  PeriodCounts(const Dossier& dossier, Period period, Findings& findings)
      : dossier_(dossier), period_(period), indicators_(rows_of_period(findings)) {
    for (const Project& project : dossier.projects) {
      if (runs(project)) projects_.push_back(&project);
    }
  }

  void fill(SummaryRow& row) const {
    units(row, SummaryField::enterprises);
    small_ones(row, true);
    units(row, SummaryField::institutions);
    experts(row);
    projects(row);
    solved(row);
    raised(row);
    funds(row);
    named(row);
  }
  /// What the registers know in part alone, where nothing else is known.
  void fill_rest(SummaryRow& row) const { small_ones(row, false); }

 private:
  static SummaryCell& cell(SummaryRow& row, SummaryField field) noexcept {
    return row.cells[static_cast<std::size_t>(field)];
  }
  static void know(SummaryCell& cell, Decimal value, Text basis) {
    cell.origin = CellOrigin::registers;
    cell.value = value;
    cell.basis = std::move(basis);
  }
  static Decimal whole(std::size_t count) { return Decimal(static_cast<std::int64_t>(count), 0); }

  /// Past the proposal by the period's end, and its time touches the period.
  [[nodiscard]] bool runs(const Project& project) const {
    const bool approved = evaluate_detail::state_of(dossier_, project, period_.until) != ProjectStatus::proposed;
    if (!approved || !evaluate_detail::begun_by(project, period_.until)) return false;
    if (project.end.empty()) return true;
    const auto last = Date::parse_last(project.end);
    return (last ? *last : date_from(project.end, "项目结束日期", "The end of a project")) >= period_.from;
  }

  /// A member on some day of the period: it entered by its end and had not left by its beginning.
  [[nodiscard]] bool belonged(const Member& member) const {
    const bool entered =
        member.entered.empty() || date_from(member.entered, "加入日期", "The day of entry") <= period_.until;
    return entered && (member.left.empty() || period_.from < date_from(member.left, "退出日期", "The day of exit"));
  }

  [[nodiscard]] std::optional<std::size_t> institution_called(std::string_view unit) const {
    const auto& all = dossier_.chain.institutions();
    const auto at = std::find_if(all.begin(), all.end(), [&](const Institution& one) {
      return unit == one.id || unit == one.name || unit == one.name_en;
    });
    if (at == all.end()) return std::nullopt;
    return static_cast<std::size_t>(at - all.begin());
  }

  /// One name for a unit, however it is called: the enterprise's or institution's id where the chain has it.
  [[nodiscard]] std::string one_name(std::string_view unit) const {
    if (const auto id = dossier_.chain.resolve(unit)) return dossier_.chain.enterprise(*id).id;
    if (const auto at = institution_called(unit)) return "institution " + std::to_string(*at);
    for (const Member& member : dossier_.members) {
      if (!is_called(member, unit)) continue;
      // A member goes by what it is first found under, so that all its names are one.
      for (const std::string* other : {&member.unit, &member.name, &member.credit_code}) {
        if (other->empty() || *other == unit) continue;
        if (const auto id = dossier_.chain.resolve(*other)) return dossier_.chain.enterprise(*id).id;
        if (const auto at = institution_called(*other)) return "institution " + std::to_string(*at);
      }
      return "member " + (member.unit.empty() ? member.name : member.unit);
    }
    return "unit " + std::string(unit);
  }

  /// Whether a unit that no member row describes is of the kind: the chain knows enterprises and institutions.
  [[nodiscard]] bool is_of(std::string_view unit, bool enterprise) const {
    if (dossier_.chain.resolve(unit)) return enterprise;
    return !enterprise && institution_called(unit).has_value();
  }

  /// Members of the period and units of its projects, each by one name.
  [[nodiscard]] std::set<std::string> taking_part(bool enterprise) const {
    std::set<std::string> names;
    for (const Member& member : dossier_.members) {
      const bool kind = enterprise ? member.kind == UnitKind::chain_owner || member.kind == UnitKind::enterprise
                                   : member.kind == UnitKind::institution;
      if (!kind || !belonged(member)) continue;
      names.insert(one_name(!member.unit.empty() ? member.unit : member.name));
    }
    for (const Project* project : projects_) {
      std::vector<std::string> units = project->participants;
      units.push_back(project->lead);
      for (const std::string& unit : units) {
        if (!unit.empty() && is_of(unit, enterprise)) names.insert(one_name(unit));
      }
    }
    return names;
  }

  void units(SummaryRow& row, SummaryField field) const {
    const bool enterprise = field == SummaryField::enterprises;
    if (dossier_.members.empty() && projects_.empty()) {
      const std::size_t count = enterprise ? dossier_.chain.enterprises() : dossier_.chain.institutions().size();
      if (count == 0) return;
      know(cell(row, field), whole(count),
           {"图谱所列；没有联合体成员名单，也没有开展的项目，实际参与者未知",
            "those of the map; there is neither a list of members nor a project under way, so who took part is "
            "unknown"});
      return;
    }
    const std::set<std::string> names = taking_part(enterprise);
    know(cell(row, field), whole(names.size()),
         {"联合体成员和项目牵头、参与单位，去重", "members, and units that lead or take part in projects, each once"});
  }

  /// Medium, small and micro enterprises among those that the column of enterprises counts, as the map knows their
  /// sizes.
  struct Sizes {
    std::size_t small = 0;
    std::size_t known = 0;
    std::size_t all = 0;
  };
  [[nodiscard]] Sizes sizes() const {
    Sizes sizes;
    const auto add = [&](EnterpriseSize size) {
      ++sizes.all;
      if (size == EnterpriseSize::unstated) return;
      ++sizes.known;
      if (size != EnterpriseSize::large) ++sizes.small;
    };
    if (dossier_.members.empty() && projects_.empty()) {
      for (std::uint32_t k = 0; k < dossier_.chain.enterprises(); ++k)
        add(dossier_.chain.enterprise(EnterpriseId{k}).size);
      return sizes;
    }
    for (const std::string& name : taking_part(true)) {
      const auto id = dossier_.chain.resolve(name);
      add(id ? dossier_.chain.enterprise(*id).size : EnterpriseSize::unstated);
    }
    return sizes;
  }

  /// The register knows the number where it knows every size. Where some are missing it is a lower bound, which stands
  /// only where nothing else is given; none found among them is unknown, not 0.
  void small_ones(SummaryRow& row, bool all_known) const {
    SummaryCell& target = cell(row, SummaryField::small_enterprises);
    const Sizes found = sizes();
    if (target.origin != CellOrigin::unknown || found.known == 0) return;
    if (found.known == found.all) {
      if (all_known) {
        know(target, whole(found.small),
             {"企业表所列规模为中型、小型、微型的参与企业",
              "enterprises taking part whose size is medium, small or micro"});
      }
      return;
    }
    if (all_known || found.small == 0) return;
    const std::string unknown = std::to_string(found.all - found.known);
    know(target, whole(found.small),
         {"至少：另有 " + unknown + " 家参与企业规模未登记",
          "at least: the size of " + unknown + " more enterprises is not registered"});
  }

  void experts(SummaryRow& row) const {
    std::set<std::string_view> names;
    for (const ScoreRow& score : dossier_.scores) {
      const bool scored_it = score.impact || score.diffusion || score.urgency;
      if (scored_it && score.basis != "illustrative" && !score.expert.empty()) names.insert(score.expert);
    }
    if (names.empty()) return;
    know(cell(row, SummaryField::experts), whole(names.size()),
         {"给问题评分的专家（评分无日期，不分期）", "experts who scored problems (scores bear no date)"});
  }

  void projects(SummaryRow& row) const {
    if (dossier_.projects.empty()) return;
    const std::size_t waiting = dossier_.projects.size() - projects_.size();
    know(
        cell(row, SummaryField::projects), whole(projects_.size()),
        {"本期已立项的攻关项目；另有 " + std::to_string(waiting) + " 个尚未立项或不在本期",
         "projects approved and within the period; " + std::to_string(waiting) + " others are proposed or outside it"});
  }

  void solved(SummaryRow& row) const {
    if (dossier_.problems.empty()) return;
    const DatedCount count = problems_solved_in(dossier_, period_);
    know(cell(row, SummaryField::problems_solved), count.sum(),
         {"按历史记录在本期解决 " + std::to_string(count.dated) + " 个，无历史记录而已解决 " +
              std::to_string(count.undated) + " 个",
          std::to_string(count.dated) + " solved within the period by the history, " + std::to_string(count.undated) +
              " solved without a history"});
  }

  /// Rows of the indicators that speak of the period, each indicator once by its latest; a row without a period speaks
  /// where no dated one does. Rows whose period cannot be read are told of and not taken.
  [[nodiscard]] std::vector<const IndicatorRow*> rows_of_period(Findings& findings) const {
    std::vector<const IndicatorRow*> chosen;
    std::vector<std::optional<Period>> covered;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
    for (std::size_t k = 0; k < dossier_.indicators.size(); ++k) {
      const IndicatorRow& row = dossier_.indicators[k];
      const auto said = row.period.empty() ? std::nullopt : period_from(row.period);
      if (!row.period.empty() && !said) {
        findings.add({FindingLevel::warning,
                      ErrorCode::invalid_value,
                      {"indicators", k + 1, 0, "period", 0},
                      shown_value(row.period),
                      {"指标“" + shown_value(row.name) + "”的期间无法识别，未计入汇总",
                       "the period of indicator '" + shown_value(row.name) + "' cannot be read: it is not counted"},
                      {"写成 2026、2026-03 或 2026年度", "write it as 2026 or 2026-03"}});
        continue;
      }
      if (said && !period_.holds(*said)) continue;
      const auto [at, fresh] = places.try_emplace({row.project, row.name}, chosen.size());
      if (fresh) {
        chosen.push_back(&row);
        covered.push_back(said);
      } else if (auto& known = covered[at->second]; said && (!known || known->until <= said->until)) {
        chosen[at->second] = &row;
        known = said;
      }
    }
    return chosen;
  }

  void raised(SummaryRow& row) const {
    std::size_t comparable = 0;
    std::size_t better = 0;
    std::string text;
    for (const IndicatorRow* one : indicators_) {
      if (!one->baseline || !one->value) continue;
      ++comparable;
      const bool up = one->direction == Direction::higher_is_better;
      if (!(up ? *one->value > *one->baseline : *one->value < *one->baseline)) continue;
      ++better;
      if (!text.empty()) text += "；";
      text += one->name + " " + one->baseline->to_string() + " → " + one->value->to_string() +
              (one->unit.empty() ? "" : " " + one->unit);
    }
    if (comparable == 0) return;
    SummaryCell& target = cell(row, SummaryField::indicators_raised);
    know(target, whole(better),
         {"本期有基准值和现值的指标 " + std::to_string(comparable) + " 个，其中改善的",
          "of " + std::to_string(comparable) +
              " indicators of the period with baseline and value, those that "
              "improved"});
    target.text = std::move(text);
  }

  /// What a project had spent by the end of a day, by its reports; 0 before the first.
  [[nodiscard]] Rational spent_by(const Project& project, Date day, bool& told) const {
    Rational spent;
    std::optional<Date> latest;
    for (const ProgressReport& report : dossier_.reports) {
      if (report.project != project.number || !report.spent) continue;
      const Date on = date_from(report.date, "报告日期", "The day of a report");
      told = true;
      if (on > day || (latest && on < *latest)) continue;
      latest = on;
      spent = Rational(*report.spent);
    }
    return spent;
  }

  void funds(SummaryRow& row) const {
    Rational spent;
    Rational budgets;
    bool reported = false;
    bool budgeted = false;
    for (const Project* project : projects_) {
      bool told = false;
      const Rational one =
          spent_by(*project, period_.until, told) - spent_by(*project, period_.from.plus_days(-1), told);
      if (told) spent += one;
      reported = reported || told;
      if (project->budget) budgets += Rational(*project->budget);
      budgeted = budgeted || project->budget.has_value();
    }
    SummaryCell& target = cell(row, SummaryField::funds);
    if (reported) {
      know(target, Decimal::from_string(spent.to_string()),
           {"进度报告所列本期支出（万元）", "spent in the period by the reports (10 000 yuan)"});
    } else if (budgeted) {
      know(target, Decimal::from_string(budgets.to_string()),
           {"本期项目预算（万元），尚无支出报告",
            "budgets of the period's projects (10 000 yuan); no spending reported"});
    }
  }

  /// Columns that a row of the indicators fills by bearing their name.
  void named(SummaryRow& row) const {
    for (const auto& field : Names<SummaryField>::table) {
      SummaryCell& target = cell(row, field.value);
      if (target.origin != CellOrigin::unknown) continue;
      for (const IndicatorRow* one : indicators_) {
        const bool called = one->name == field.zh || one->name == field.key || one->name_en == field.en;
        if (!called || !one->project.empty() || !one->value) continue;
        const std::string unit = one->unit.empty() ? "" : " (" + one->unit + ")";
        know(target, *one->value,
             {"指标表：" + one->name + (one->unit.empty() ? "" : "（" + one->unit + "）"),
              "indicators: " + (one->name_en.empty() ? one->name : one->name_en) + unit});
        break;
      }
    }
  }

  const Dossier& dossier_;
  Period period_;
  std::vector<const Project*> projects_;
  std::vector<const IndicatorRow*> indicators_;  // those that speak of the period
};

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
