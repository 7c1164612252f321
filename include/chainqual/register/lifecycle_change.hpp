#pragma once

#include <string>

#include "chainqual/register/lifecycle.hpp"
#include "chainqual/register/project_life.hpp"

// The lifecycle of an application to change a project (5.5.4 c). Its record is named by project and number: "J1/C1".

namespace chainqual {
inline namespace v1 {

template <>
struct Lifecycle<Decision> {
  using S = Decision;
  using A = Actor;
  static constexpr std::string_view key = "change";
  static constexpr S first = S::pending;
  static constexpr std::array<LegalStep<S>, 4> steps{{
      {S::pending,
       S::approved,
       "approve",
       "批准变更",
       "approve the change",
       {A::office, A::experts, no_actor},
       false,
       {Guard::application}},
      {S::pending, S::refused, "refuse", "不批准变更", "refuse the change", {A::office, A::experts, no_actor}, true},
      {S::approved, S::carried_out, "carry_out", "落实变更", "carry the change out", {A::lead, A::office, no_actor}},
      {S::approved, S::refused, "revoke", "撤销批准", "revoke the approval", {A::office, no_actor, no_actor}, true},
  }};
};

/// What names an application in histories and steps: project and number, "J1/C1".
[[nodiscard]] inline std::string key_of_change(const Change& change) {
  return change.project + "/" + change.number;
}

}  // namespace v1
}  // namespace chainqual
