#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "chainqual/register/capacity.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

template <class Row>
[[nodiscard]] Row& row_of(std::vector<Row>& rows, std::string_view number) {
  if (Row* row = find_row(rows, number)) return *row;
  const Unmet missing = no_such(number);
  throw Error(ErrorCode::not_found,
              {missing.rule.zh + "。" + missing.fix.zh + "。",
               "There is no record " + quoted(std::string(number), Language::en) + ". Check the number."});
}

[[nodiscard]] inline Change& change_of(std::vector<Change>& changes, std::string_view key) {
  const Change* found = find_change(changes, key);
  if (found != nullptr) return changes[static_cast<std::size_t>(found - changes.data())];
  throw Error(ErrorCode::not_found,
              {"没有变更申请" + quoted(std::string(key), Language::zh) + "。编号写作“项目编号/变更编号”。",
               "There is no application for change " + quoted(std::string(key), Language::en) +
                   ". It is named by project and number, as J1/C1."});
}

inline std::string names_of_actors(const std::array<Actor, 3>& actors, Language language) {
  std::string names;
  for (const Actor actor : actors) {
    if (actor == no_actor) continue;
    if (!names.empty()) names += language == Language::zh ? "、" : ", ";
    names += label_of(actor, language);
  }
  return names;
}

/// Who took the step must be said, and where it is a known unit, it must be one that may act so.
template <class State, class Add>
void against_whom(const Dossier& dossier, const LegalStep<State>& step, const StepRequest<State>& request, Date on,
                  Add&& add) {
  if (request.by.find_first_not_of(" \t\r\n") == std::string::npos) {
    add(ErrorCode::missing_value, "by", {}, {"没有写明办理人", "who took the step is not said"},
        {"写明办理人或单位", "give the person or unit"});
    return;
  }
  if (!step.may(request.who) || !is_known_unit(dossier, request.by)) return;
  const auto units = entitled(dossier, State{}, request.number, request.who, on);
  const bool one = std::any_of(units.begin(), units.end(),
                               [&](const std::string& unit) { return same_unit(dossier, unit, request.by); });
  if (units.empty() || one) return;
  Text names;
  for (const std::string& unit : units) {
    names.zh += (names.zh.empty() ? "" : "、") + shown_value(unit);
    names.en += (names.en.empty() ? "" : ", ") + shown_value(unit);
  }
  const auto actor = [&](Language language) { return std::string(label_of(request.who, language)); };
  add(ErrorCode::illegal_step, "by", request.by,
      {"该单位不是此处的" + actor(Language::zh), "that unit is not the " + actor(Language::en) + " here"},
      {"由下列单位办理：" + names.zh, "let one of these take it: " + names.en});
}

/// All that stands against a step of the table.
template <class State>
Findings against(const Dossier& dossier, const LegalStep<State>& step, const StepRequest<State>& request, Date on) {
  Findings findings;
  const auto add = [&](ErrorCode code, std::string column, std::string value, Text rule, Text fix) {
    findings.add({FindingLevel::error,
                  code,
                  {{}, 0, 0, std::move(column), 0},
                  std::move(value),
                  std::move(rule),
                  std::move(fix)});
  };
  if (!step.may(request.who)) {
    add(ErrorCode::illegal_step, "who", std::string(key_of(request.who)),
        {std::string(label_of(request.who, Language::zh)) + "不能办理“" + std::string(step.zh) + "”",
         "the " + std::string(label_of(request.who, Language::en)) + " may not " + std::string(step.en)},
        {"由下列一方办理：" + names_of_actors(step.who, Language::zh),
         "let one of these take it: " + names_of_actors(step.who, Language::en)});
  }
  if (step.reason && request.reason.find_first_not_of(" \t\r\n") == std::string::npos) {
    add(ErrorCode::missing_value, "reason", {},
        {"“" + std::string(step.zh) + "”要写明原因", "to " + std::string(step.en) + " asks for a reason"},
        {"写明原因", "give the reason"});
  }
  for (const Guard guard : step.guards) {
    if (auto missing = unmet(guard, dossier, request.number, on)) {
      add(ErrorCode::illegal_step, {}, request.number, std::move(missing->rule), std::move(missing->fix));
    }
  }
  against_whom(dossier, step, request, on, add);
  if (request.date.size() != 10) {
    add(ErrorCode::invalid_value, "date", request.date, {"办理日期要写到日", "the day of a step is a whole date"},
        {"写成 2025-03-01 的样子", "write it like 2025-03-01"});
  }
  if (const auto latest = Date::parse(request.latest); latest && *latest < on) {
    add(ErrorCode::invalid_value, "date", request.date, {"办理日期在将来", "the day of the step lies in the future"},
        {"核对年份和日期", "check year and day"});
  }
  const StepRecord* last = last_step(dossier.history, Lifecycle<State>::key, request.number);
  const auto before = last == nullptr ? std::nullopt : Date::parse(last->date);
  if (before && on < *before) {
    add(ErrorCode::invalid_value, "date", request.date,
        {"早于上一步的日期 " + last->date, "the day lies before that of the step before, " + last->date},
        {"核对日期", "check the day"});
  }
  return findings;
}

}  // namespace register_detail

inline ProblemStatus& status_of(Dossier& dossier, std::string_view number, ProblemStatus) {
  return register_detail::row_of(dossier.problems, number).status;
}
inline ProjectStatus& status_of(Dossier& dossier, std::string_view number, ProjectStatus) {
  return register_detail::row_of(dossier.projects, number).status;
}
inline ResultStatus& status_of(Dossier& dossier, std::string_view number, ResultStatus) {
  return register_detail::row_of(dossier.results, number).status;
}
inline LicenceStatus& status_of(Dossier& dossier, std::string_view number, LicenceStatus) {
  return register_detail::row_of(dossier.licences, number).status;
}
inline ConsortiumStatus& status_of(Dossier& dossier, std::string_view, ConsortiumStatus) {
  if (dossier.consortium) return dossier.consortium->status;
  throw Error(ErrorCode::not_found,
              {"没有登记质量创新联合体。请先登记。", "No consortium is entered. Enter it first."});
}

inline Decision& status_of(Dossier& dossier, std::string_view number, Decision) {
  return register_detail::change_of(dossier.changes, number).decision;
}

template <class State>
StepRecord take_step(Dossier& dossier, const StepRequest<State>& request) {
  State& status = status_of(dossier, request.number, State{});
  const LegalStep<State>& step = legal_step(status, request.to);
  const Date on = date_from(request.date, "办理日期", "The day of the step");
  throw_if_errors(register_detail::against(dossier, step, request, on));
  StepRecord row{std::string(Lifecycle<State>::key),
                 request.number,
                 std::string(step.key),
                 std::string(key_of(step.from)),
                 std::string(key_of(step.to)),
                 on.to_string(),
                 request.who,
                 request.by,
                 request.reason};
  std::string decided = row.date;
  std::string decided_by = row.by;
  dossier.history.push_back(row);  // behind it nothing throws
  if constexpr (std::is_same_v<State, Decision>) {
    if (step.to != Decision::carried_out) {
      Change& change = register_detail::change_of(dossier.changes, request.number);
      change.decided.swap(decided);
      change.decided_by.swap(decided_by);
    }
  }
  if constexpr (std::is_same_v<State, LicenceStatus>) {
    if (step.to == LicenceStatus::in_force) {
      register_detail::row_of(dossier.licences, request.number).signed_on.swap(decided);
    }
  }
  status = step.to;
  return row;
}

}  // namespace v1
}  // namespace chainqual
