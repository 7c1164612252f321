#pragma once

// What a record that is added by itself must keep to, so that every chain that was built row by row can be read again:
// references to what is there, keys that stand once, numbers within the range of their column, whole scores.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "chainqual/chain/nearest.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/io/schema.hpp"
#include "chainqual/register/dossier.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual::python {

/// Calls fn(key) for the key of every record that others may refer to; nothing for tables that none refers to.
template <class Fn>
void each_key(const Dossier& dossier, TableId table, Fn fn) {
  const auto numbers = [&fn](const auto& rows) {
    for (const auto& row : rows) fn(row.number);
  };
  if (table == TableId::problems) numbers(dossier.problems);
  if (table == TableId::projects) numbers(dossier.projects);
  if (table == TableId::results) numbers(dossier.results);
  if (table == TableId::segments) {
    for (const Segment& segment : dossier.chain.segments()) fn(segment.id);
  }
  if (table == TableId::institutions) {
    for (const Institution& institution : dossier.chain.institutions()) fn(institution.id);
  }
  if (table == TableId::enterprises) {
    for (std::uint32_t id = 0; id < dossier.chain.enterprises(); ++id)
      fn(dossier.chain.enterprise(EnterpriseId{id}).id);
  }
}

[[nodiscard]] inline bool holds(const Dossier& dossier, TableId table, const std::string& key) {
  if (table == TableId::enterprises) return dossier.chain.find(key).has_value();
  if (table == TableId::segments) return dossier.chain.find_segment(key).has_value();
  if (table == TableId::institutions) return dossier.chain.find_institution(key).has_value();
  bool found = false;
  each_key(dossier, table, [&](const std::string& known) { found = found || known == key; });
  return found;
}

/// A record on its way into a dossier, checked column by column.
template <class R>
class RecordRules {
 public:
  RecordRules(const Dossier& dossier, const R& record) : dossier_(dossier), record_(record) {}

  /// @throws Error{unknown_reference, invalid_value, missing_value, duplicate} with every finding; nothing is changed.
  void check(bool fresh) {
    for (const Field<R>& field : TableOf<R>::fields) {
      std::visit([&](const auto& member) { check_member(field, member); }, field.member);
    }
    if constexpr (std::is_same_v<R, ScoreRow>) check_scores();
    if (fresh) check_key();
    throw_if_errors();
  }

 private:
  void add(ErrorCode code, std::string_view column, const std::string& value, Text rule, Text fix) {
    Finding finding;
    finding.code = code;
    finding.where.file = std::string(TableOf<R>::name);
    finding.where.column = std::string(column);
    finding.value = shown_value(value);
    finding.rule = std::move(rule);
    finding.fix = std::move(fix);
    findings_.add(std::move(finding));
  }

  template <class T>
  void check_member(const Field<R>& field, const T& member) {
    if constexpr (std::is_same_v<T, std::string R::*>) {
      if (!(record_.*member).empty()) check_reference(field, record_.*member);
    } else if constexpr (std::is_same_v<T, std::vector<std::string> R::*>) {
      for (const std::string& key : record_.*member) check_reference(field, key);
    } else if constexpr (std::is_same_v<T, std::optional<double> R::*>) {
      if (const auto& value = record_.*member) check_range(field, *value, std::to_string(*value));
    } else if constexpr (std::is_same_v<T, std::optional<Decimal> R::*>) {
      if (const auto& value = record_.*member) check_range(field, Rational(*value).to_double(), value->to_string());
    } else if constexpr (std::is_same_v<T, Element<R>>) {
      if (const auto& value = (record_.*member.array)[member.index]) {
        check_range(field, Rational(*value).to_double(), value->to_string());
      }
    }
  }

  /// As in files, a problem may name related ones of its own table, known before or not yet.
  void check_reference(const Field<R>& field, const std::string& key) {
    if (field.refers == TableId::none || field.refers == TableOf<R>::id || holds(dossier_, field.refers, key)) return;
    Nearest nearest(key);
    each_key(dossier_, field.refers, [&nearest](const std::string& known) { nearest.offer(known); });
    const auto near = std::move(nearest).take();
    const std::string table = named_table(field.refers);
    Text fix{"请先在 " + table + " 表中添加它", "add it to the table " + table + " first"};
    if (!near.empty())
      fix = {"相近的编号：" + quoted_list(near, "、"), "nearest known ids: " + quoted_list(near, ", ")};
    add(ErrorCode::unknown_reference, field.key, key, {"链中没有此编号", "the chain holds no such id"}, std::move(fix));
  }

  void check_range(const Field<R>& field, double value, const std::string& shown) {
    const bool low = field.range != Range::any && !(value >= (field.range == Range::score ? lowest_score : 0));
    const bool high =
        (field.range == Range::share && value > 1) || (field.range == Range::score && value > highest_score);
    if (!low && !high) return;
    const char* zh = field.range == Range::share ? "应在 0 到 1 之间" : "不能为负";
    const char* en = field.range == Range::share ? "lies between 0 and 1" : "cannot be negative";
    if (field.range == Range::score) {
      zh = "应在 1 到 5 之间";
      en = "lies between 1 and 5";
    }
    const std::string key(field.key);
    add(ErrorCode::invalid_value, field.key, shown, {std::string(field.zh) + zh, key + " " + en},
        {"请更正", "correct the number"});
  }

  /// Three scores, or none.
  void check_scores() {
    const std::array cells{&ScoreRow::impact, &ScoreRow::diffusion, &ScoreRow::urgency};
    const auto given = [this](auto cell) { return (record_.*cell).has_value(); };
    if (std::all_of(cells.begin(), cells.end(), given) || std::none_of(cells.begin(), cells.end(), given)) return;
    const std::array<const char*, 3> names{"impact", "diffusion", "urgency"};
    for (std::size_t k = 0; k < cells.size(); ++k) {
      if (given(cells[k])) continue;
      add(ErrorCode::missing_value, names[k], {}, {"缺少这一项评分", "this score is missing beside the others"},
          {"三项评分请一并填写，或一并留空", "give all three scores, or none"});
    }
  }

  /// Keys that the chain itself does not look after.
  void check_key() {
    if constexpr (std::is_same_v<R, ScoreRow>) {
      once(
          dossier_.scores,
          [this](const R& row) { return row.problem == record_.problem && row.expert == record_.expert; }, "expert",
          record_.expert);
    } else if constexpr (std::is_same_v<R, Problem>) {
      once_numbered(dossier_.problems);
    } else if constexpr (std::is_same_v<R, Project>) {
      once_numbered(dossier_.projects);
    } else if constexpr (std::is_same_v<R, SharedResult>) {
      once_numbered(dossier_.results);
    } else if constexpr (std::is_same_v<R, PolicyTool>) {
      once_numbered(dossier_.policy_tools);
    } else if constexpr (std::is_same_v<R, Licence>) {
      once_numbered(dossier_.licences);
    }
  }

  void once_numbered(const std::vector<R>& rows) {
    if (record_.number.empty()) return;
    once(
        rows, [this](const R& row) { return row.number == record_.number; }, "number", record_.number);
  }

  template <class Same>
  void once(const std::vector<R>& rows, Same same, const char* column, const std::string& value) {
    if (std::none_of(rows.begin(), rows.end(), same)) return;
    add(ErrorCode::duplicate, column, value, {"表中已有这一行", "the table holds this row already"},
        {"请换一个编号，或更改已有的行", "use another one, or change the row that is there"});
  }

  [[nodiscard]] static std::string named_table(TableId table) {
    if (table == TableId::enterprises) return "enterprises";
    if (table == TableId::segments) return "segments";
    if (table == TableId::institutions) return "institutions";
    if (table == TableId::projects) return "projects";
    return table == TableId::results ? "results" : "problems";
  }

  void throw_if_errors() {
    if (findings_.has_errors()) throw error_from(std::move(findings_));
  }

  const Dossier& dossier_;
  const R& record_;
  Findings findings_;
};

/// @param fresh  the record is new, so that its key may not stand yet.
/// @throws as RecordRules::check.
template <class R>
void check_record(const Dossier& dossier, const R& record, bool fresh = true) {
  RecordRules<R>(dossier, record).check(fresh);
}

}  // namespace chainqual::python
