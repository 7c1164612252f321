#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/io/evaluation_files.hpp"

// What the CSV and the JSON form of table I.1's figures share.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// A fault of a figure, or none where `column` is empty.
struct FigureFault {
  std::string_view column;
  ErrorCode code = ErrorCode::ok;
  Text rule;
  Text fix;
};

/// Figures by period, in time.
class FigurePeriods {
 public:
  /// @param from, until  as CellConverter::date gives them; an empty `until` is that of `from`.
  FigureFault add(const std::string& from, const std::string& until, GivenFigure figure) {
    const auto begin = Date::parse(from);
    const auto end = Date::parse_last(until.empty() ? from : until);
    if (!begin || !end || *end < *begin) {
      return {"until",
              ErrorCode::invalid_value,
              {"期间的结束早于开始", "the period ends before it begins"},
              {"更正日期", "correct the days"}};
    }
    PeriodFigures& period = periods_[{*begin, *end}];
    period.from = *begin;
    period.until = *end;
    const bool twice = std::any_of(period.given.begin(), period.given.end(),
                                   [&](const GivenFigure& known) { return known.field == figure.field; });
    if (twice) {
      return {"field",
              ErrorCode::duplicate,
              {"同一期间同一栏目填了两次", "the column is given twice for the period"},
              {"只留一次", "keep one of them"}};
    }
    period.given.push_back(std::move(figure));
    return {};
  }

  [[nodiscard]] bool empty() const { return periods_.empty(); }
  [[nodiscard]] std::vector<PeriodFigures> all() {
    std::vector<PeriodFigures> found;
    for (auto& [key, period] : periods_) found.push_back(std::move(period));
    return found;
  }

 private:
  std::map<std::pair<Date, Date>, PeriodFigures> periods_;
};

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
