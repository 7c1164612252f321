#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>

#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/batch_kernels-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Rows of a chunk: some tens of microseconds of work, and whole blocks.
inline constexpr std::size_t batch_grain = std::size_t{1} << 18U;

[[noreturn]] inline void throw_column_length(const char* column, std::size_t rows, std::size_t expected) {
  const std::string got = std::to_string(rows);
  const std::string want = std::to_string(expected);
  const std::string name = column;
  throw Error(ErrorCode::shape_mismatch,
              {"列“" + name + "”有 " + got + " 行，而第一列有 " + want + " 行；各列行数必须相同。",
               "Column '" + name + "' has " + got + " rows and the first column " + want +
                   "; all columns must have the same number."});
}

inline void check_lengths(std::size_t expected, std::initializer_list<std::pair<const char*, std::size_t>> columns) {
  for (const auto& [name, rows] : columns) {
    if (rows != expected) throw_column_length(name, rows, expected);
  }
}

inline Finding at_row(Finding finding, std::size_t row) {
  finding.where.record = row + 1;
  return finding;
}

/// Keeps the first findings of a table and counts the others without making their words.
class RowFindings {
 public:
  template <class Make>
  void add(const Make& make) {
    if (findings_.kept().size() < most_kept) {
      findings_.add(make());
    } else {
      findings_.add(Finding{});
    }
  }
  [[nodiscard]] Findings take() && { return std::move(findings_); }

 private:
  static constexpr std::size_t most_kept = 1000;
  Findings findings_{most_kept};
};

/// Names every illegal cell of columns whose points are counted in 1/`unit`.
template <class T>
Findings find_bad_scores(const std::array<std::span<const T>, 3>& columns, int unit) {
  RowFindings findings;
  for (std::size_t row = 0; row < columns[0].size(); ++row) {
    if (columns[0][row] == 0 && columns[1][row] == 0 && columns[2][row] == 0) continue;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const int value = columns[i][row];
      const auto dimension = static_cast<Dimension>(i);
      if (value == 0) {
        findings.add([&] { return at_row(score_missing(dimension), row); });
      } else if (value < lowest_score * unit || value > highest_score * unit) {
        findings.add([&] { return at_row(score_outside(dimension, Rational(value, unit).to_string()), row); });
      }
    }
  }
  return std::move(findings).take();
}

/// Asks `legal(begin, end)` about every chunk of rows; at once false where one says no.
template <class Legal>
bool all_legal(std::size_t n, const Control& control, const Legal& legal) {
  std::atomic<bool> good{true};
  for_chunks(control, n, batch_grain, [&](std::size_t begin, std::size_t end, std::size_t) {
    if (good.load(std::memory_order_relaxed) && !legal(begin, end)) good.store(false, std::memory_order_relaxed);
  });
  return good.load();
}

/// Behind the first half of the progress (checking) stands the second (writing).
template <class Fn>
void chunks_with_progress(std::size_t n, const Control& control, const Fn& fn) {
  Progress progress(control, n);
  for_chunks(control, n, batch_grain, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    fn(begin, end, chunk);
    progress.add(end - begin);
  });
  progress.finish();
}

inline void grade_whole_scores_at(SimdLevel level, const SeverityModel& model, const WholeScoreColumns& scores,
                                  std::span<std::uint8_t> grade, std::span<std::uint16_t> total,
                                  const Control& control) {
  const std::size_t n = scores.impact.size();
  check_lengths(n, {{"diffusion", scores.diffusion.size()},
                    {"urgency", scores.urgency.size()},
                    {"grade", grade.size()},
                    {"total", total.size()}});
  const std::uint8_t* a = scores.impact.data();
  const std::uint8_t* b = scores.diffusion.data();
  const std::uint8_t* c = scores.urgency.data();
  const bool legal = all_legal(n, control, [&](std::size_t begin, std::size_t end) {
    return legal_whole_rows(level, a + begin, b + begin, c + begin, end - begin);
  });
  if (!legal) throw_if_errors(find_bad_scores<std::uint8_t>({scores.impact, scores.diffusion, scores.urgency}, 1));

  const bool stream = n * (sizeof(std::uint8_t) + sizeof(std::uint16_t)) >= stream_from_bytes;
  const IntegerModel integers = integer_model(model, 100);
  const auto write = [&](const auto& grade_rows) {
    chunks_with_progress(n, control, [&](std::size_t begin, std::size_t end, std::size_t) {
      write_rows(level, stream, begin, end, grade.data(), total.data(), grade_rows);
    });
  };
  if (is_whole_percent(integers)) {
    write([&, plan = percent_plan(integers)](std::size_t i, std::size_t rows, std::uint8_t* g, std::uint16_t* t) {
      grade_percent(level, plan, a + i, b + i, c + i, g, t, rows);
    });
  } else {
    write([&, plan = table_plan(model)](std::size_t i, std::size_t rows, std::uint8_t* g, std::uint16_t* t) {
      grade_table(plan, a + i, b + i, c + i, g, t, rows);
    });
  }
}

inline void grade_hundredths_at(SimdLevel level, const SeverityModel& model, const HundredthScoreColumns& scores,
                                std::span<std::uint8_t> grade, std::span<std::uint32_t> total, const Control& control) {
  const std::size_t n = scores.impact.size();
  check_lengths(n, {{"diffusion", scores.diffusion.size()},
                    {"urgency", scores.urgency.size()},
                    {"grade", grade.size()},
                    {"total", total.size()}});
  const auto plan = hundredth_plan(integer_model(model, 100));
  const std::int16_t* a = scores.impact.data();
  const std::int16_t* b = scores.diffusion.data();
  const std::int16_t* c = scores.urgency.data();
  const bool legal = all_legal(n, control, [&](std::size_t begin, std::size_t end) {
    return legal_hundredths(level, a + begin, b + begin, c + begin, end - begin);
  });
  if (!legal) throw_if_errors(find_bad_scores<std::int16_t>({scores.impact, scores.diffusion, scores.urgency}, 100));

  const bool stream = n * (sizeof(std::uint8_t) + sizeof(std::uint32_t)) >= stream_from_bytes;
  chunks_with_progress(n, control, [&](std::size_t begin, std::size_t end, std::size_t) {
    write_rows(level, stream, begin, end, grade.data(), total.data(),
               [&](std::size_t i, std::size_t rows, std::uint8_t* g, std::uint32_t* t) {
                 grade_hundredths_rows(level, plan, a + i, b + i, c + i, g, t, rows);
               });
  });
}

/// Sums and counts of one row, in the order of `Dimension`.
struct PanelRow {
  std::array<std::uint32_t, 3> sum{};
  std::array<std::uint32_t, 3> count{};
  [[nodiscard]] bool empty() const noexcept { return (sum[0] | sum[1] | sum[2] | count[0] | count[1] | count[2]) == 0; }
};

/// Stars and rounded hundredths of the total top / bottom.
template <class Wide>
std::pair<std::uint8_t, std::uint16_t> grade_fraction(const PanelPlan& plan, Wide top, Wide bottom) {
  const auto reaches = [&](const Rational& threshold) {
    return top * threshold.denominator() >= bottom * threshold.numerator();
  };
  const auto stars_of = static_cast<std::uint8_t>(1 + reaches(plan.important) + reaches(plan.critical));
  return {stars_of, static_cast<std::uint16_t>((200 * top + bottom) / (2 * bottom))};
}

inline std::pair<std::uint8_t, std::uint16_t> grade_panel_row(const PanelPlan& plan, const PanelRow& row) {
  if (row.empty()) return {std::uint8_t{0}, std::uint16_t{0}};
  if (row.count[0] == row.count[1] && row.count[1] == row.count[2] && plan.narrow) {
    const std::int64_t top = plan.weights[0] * row.sum[0] + plan.weights[1] * row.sum[1] + plan.weights[2] * row.sum[2];
    return grade_fraction<std::int64_t>(plan, top, plan.divisor * row.count[0]);
  }
  const auto part = [&](std::size_t i, std::size_t j, std::size_t k) {
    return static_cast<int128>(plan.weights[i]) * row.sum[i] * row.count[j] * row.count[k];
  };
  const int128 top = part(0, 1, 2) + part(1, 0, 2) + part(2, 0, 1);
  const int128 bottom = static_cast<int128>(plan.divisor) * row.count[0] * row.count[1] * row.count[2];
  return grade_fraction<int128>(plan, top, bottom);
}

inline bool legal_panel(const PanelRow& row, std::uint64_t unit) noexcept {
  if (row.empty()) return true;
  bool legal = true;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::uint64_t least = unit * row.count[i];
    legal = legal && row.count[i] != 0 && row.count[i] <= most_panel_experts && row.sum[i] >= least * lowest_score &&
            row.sum[i] <= least * highest_score;
  }
  return legal;
}

inline void add_panel_findings(const PanelRow& row, std::uint32_t unit, std::size_t number, RowFindings& findings) {
  if (row.empty()) return;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    const std::uint64_t least = std::uint64_t{unit} * row.count[i];
    if (row.count[i] == 0) {
      findings.add([&] { return at_row(score_missing(dimension), number); });
    } else if (row.count[i] > most_panel_experts) {
      findings.add([&] {
        return at_row(score_finding(ErrorCode::invalid_value, dimension, std::to_string(row.count[i]),
                                    {"一个问题的专家人数不能超过 1048576", "a problem has at most 1048576 experts"},
                                    {"请核对人数一列", "check the column of counts"}),
                      number);
      });
    } else if (row.sum[i] < least || row.sum[i] > least * highest_score) {
      findings.add([&] {
        return at_row(score_outside(dimension, Rational(row.sum[i], static_cast<std::int64_t>(least)).to_string()),
                      number);
      });
    }
  }
}

}  // namespace detail

inline void grade_whole_scores(const SeverityModel& model, const WholeScoreColumns& scores,
                               std::span<std::uint8_t> grade, std::span<std::uint16_t> total_hundredths,
                               const Control& control) {
  detail::grade_whole_scores_at(detail::best_simd_level(), model, scores, grade, total_hundredths, control);
}

inline std::uint32_t hundredths_total_scale(const SeverityModel& model) {
  return detail::hundredth_plan(detail::integer_model(model, 100)).scale;
}

inline void grade_hundredths(const SeverityModel& model, const HundredthScoreColumns& scores,
                             std::span<std::uint8_t> grade, std::span<std::uint32_t> total, const Control& control) {
  detail::grade_hundredths_at(detail::best_simd_level(), model, scores, grade, total, control);
}

inline void grade_panel_sums(const SeverityModel& model, const PanelSumColumns& panels, std::span<std::uint8_t> grade,
                             std::span<std::uint16_t> total_hundredths, const Control& control) {
  const std::size_t n = panels.impact_sum.size();
  detail::check_lengths(n, {{"diffusion_sum", panels.diffusion_sum.size()},
                            {"urgency_sum", panels.urgency_sum.size()},
                            {"impact_count", panels.impact_count.size()},
                            {"diffusion_count", panels.diffusion_count.size()},
                            {"urgency_count", panels.urgency_count.size()},
                            {"grade", grade.size()},
                            {"total", total_hundredths.size()}});
  if (panels.unit == 0) {
    throw Error(ErrorCode::invalid_argument, {"分值单位 unit 必须至少为 1（1 表示整分，100 表示百分之一分）。",
                                              "The unit of the sums must be at least 1 (1: points, 100: hundredths)."});
  }
  const auto plan = detail::panel_plan(detail::integer_model(model), panels.unit);
  const auto row_at = [&](std::size_t i) {
    return detail::PanelRow{{panels.impact_sum[i], panels.diffusion_sum[i], panels.urgency_sum[i]},
                            {panels.impact_count[i], panels.diffusion_count[i], panels.urgency_count[i]}};
  };
  const bool legal = detail::all_legal(n, control, [&](std::size_t begin, std::size_t end) {
    bool good = true;
    for (std::size_t i = begin; i < end; ++i) good = detail::legal_panel(row_at(i), panels.unit) && good;
    return good;
  });
  if (!legal) {
    detail::RowFindings findings;
    for (std::size_t i = 0; i < n; ++i) detail::add_panel_findings(row_at(i), panels.unit, i, findings);
    throw_if_errors(std::move(findings).take());
  }
  detail::chunks_with_progress(n, control, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto [stars_of, total] = detail::grade_panel_row(plan, row_at(i));
      grade[i] = stars_of;
      total_hundredths[i] = total;
    }
  });
}

}  // namespace v1
}  // namespace chainqual
