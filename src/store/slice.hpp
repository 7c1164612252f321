#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core.hpp"

namespace chainqual {
inline namespace v1 {

/// The rows that the rules of a step or an edit look at, and no others: a dossier in small. Members are all there; of
/// enterprises and institutions those that the given words name.
class Store::State::Slice {
 public:
  explicit Slice(State& state) : state_(state) {}

  [[nodiscard]] Dossier of(ProblemStatus, const std::string& number, const std::string& by = {});
  [[nodiscard]] Dossier of(ProjectStatus, const std::string& number, const std::string& by = {});
  [[nodiscard]] Dossier of(ResultStatus, const std::string& number, const std::string& by = {});
  [[nodiscard]] Dossier of(LicenceStatus, const std::string& number, const std::string& by = {});
  [[nodiscard]] Dossier of(ConsortiumStatus, const std::string& number, const std::string& by = {});
  [[nodiscard]] Dossier of(Decision, const std::string& number, const std::string& by = {});

  void history(std::string_view lifecycle, const std::string& number);
  [[nodiscard]] std::vector<StepRecord> steps() && { return std::move(dossier_.history); }

 private:
  template <class R>
  void load(std::vector<R>& into, const std::string& condition) {
    for (const auto& row : state_.rows(storage::info_of(TableOf<R>::id), condition)) {
      into.push_back(storage::record_of<R>(row.cells));
    }
  }
  template <class R>
  void load(std::vector<R>& into, const std::string& condition, const std::string& value) {
    for (const auto& row : state_.rows(storage::info_of(TableOf<R>::id), condition, {value})) {
      into.push_back(storage::record_of<R>(row.cells));
    }
  }
  void project_with_all(const std::string& number);
  /// Members, and what the words name in the chain.
  void units(const std::vector<std::string>& words);
  void unit(const std::string& word);

  State& state_;
  Dossier dossier_;
};

/// The rows of a change that is named by project and number.
inline constexpr const char* change_named = "(\"project\" || '/' || COALESCE(\"number\", '')) = ?";

}  // namespace v1
}  // namespace chainqual
