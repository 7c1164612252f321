#pragma once

#include <string>

namespace chainqual {
inline namespace v1 {

template <class State>
const LegalStep<State>& legal_step(State from, State to) {
  if (const LegalStep<State>* step = find_step(from, to)) return *step;
  const auto named = [](State state, Language language) { return std::string(label_of(state, language)); };
  Text legal;
  for (const auto& step : steps_from(from)) {
    legal.zh += (legal.zh.empty() ? "“" : "、“") + named(step.to, Language::zh) + "”（" + std::string(step.zh) + "）";
    legal.en += (legal.en.empty() ? "'" : ", '") + named(step.to, Language::en) + "' (" + std::string(step.en) + ")";
  }
  const Text out{legal.zh.empty() ? "这是最终状态，没有下一步。" : "从这里可以到：" + legal.zh + "。",
                 legal.en.empty() ? "That is an end: no step leads on." : "From here lead: " + legal.en + "."};
  throw Error(
      ErrorCode::illegal_step,
      {"不能从“" + named(from, Language::zh) + "”到“" + named(to, Language::zh) + "”。" + out.zh,
       "There is no step from '" + named(from, Language::en) + "' to '" + named(to, Language::en) + "'. " + out.en});
}

}  // namespace v1
}  // namespace chainqual
