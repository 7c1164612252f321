#include <array>
#include <atomic>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "arrow_headings.hpp"
#include "arrow_pieces.hpp"
#include "arrow_scores.hpp"
#include "arrow_totals.hpp"
#include "chainqual/chain/large_array.hpp"
#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/schema.hpp"
#include "chainqual/severity/batch.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using detail::ExactScores;
using detail::GradedRows;
using detail::ScoreTier;

constexpr std::size_t grade_piece_rows = std::size_t{1} << 18U;

using ScoreColumns = std::array<const ArrowColumn*, 3>;
using Piece = detail::Piece<3>;

/// The headings that `scores.csv` has for scores.
std::vector<CsvHeading> score_headings() {
  std::vector<CsvHeading> headings;
  for (const auto& heading : detail::table_headings<ScoreRow>({"impact", "diffusion", "urgency"})) {
    if (heading.required) headings.push_back(heading);
  }
  return headings;
}

ScoreColumns score_columns(const ArrowTable& table, const GradeTableOptions& options) {
  Findings findings;
  const std::array<std::string, 3> chosen{options.impact, options.diffusion, options.urgency};
  const auto found = detail::match_columns(table, score_headings(), chosen, findings);
  for (const ArrowColumn* column : found) {
    if (column == nullptr || detail::score_tier(column->type()) != ScoreTier::none) continue;
    findings.add(detail::type_finding(*column, {"整数、小数、十进制数或文本", "integers, floats, decimals or text"}));
  }
  throw_if_errors(findings);
  return {found[0], found[1], found[2]};
}

/// Whether the model's totals of scores in hundredths fit the columns' kernel.
bool takes_hundredths(const SeverityModel& model) {
  try {
    static_cast<void>(hundredths_total_scale(model));
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::overflow) return false;
    throw;
  }
}

bool whole_percents(const SeverityModel& model) {
  return takes_hundredths(model) && hundredths_total_scale(model) == 10'000;
}

class Grading {
 public:
  Grading(const SeverityModel& model, const ScoreColumns& columns, std::uint64_t rows, const Control& control)
      : model_(model), columns_(columns), rows_(static_cast<std::size_t>(rows)), control_(control) {
    graded_.grade = std::make_shared<LargeArray<std::uint8_t>>(rows_);
  }

  [[nodiscard]] GradedRows run(TotalForm form) && {
    ScoreTier tier = ScoreTier::whole;
    for (const ArrowColumn* column : columns_) tier = std::max(tier, detail::score_tier(column->type()));
    // The kernel of whole scores rounds totals of finer weights.
    if (form != TotalForm::hundredths && !whole_percents(model_)) tier = std::max(tier, ScoreTier::hundredths);
    if (tier == ScoreTier::hundredths && !takes_hundredths(model_)) tier = ScoreTier::exact;
    // The kernels' share of the progress ends at a half, so that it never falls where the slow way has to follow.
    const Control fast = phase_of(control_, 0.0, 0.5);
    const bool done =
        (tier == ScoreTier::whole && grade_whole(fast)) || (tier == ScoreTier::hundredths && grade_fine(fast));
    if (!done) grade_exactly(phase_of(control_, 0.5, 1.0));
    return std::move(graded_);
  }

 private:
  [[nodiscard]] std::span<std::uint8_t> grades(const Piece& piece) const noexcept {
    return {graded_.grade->data() + piece.row, piece.rows};
  }

  /// Calls fn on every piece, on the control's executor; `fn` says whether the piece went well.
  template <class Fn>
  [[nodiscard]] bool all_pieces(const Control& control, const Fn& fn) {
    const auto pieces = detail::pieces_of<3>(columns_, rows_, grade_piece_rows);
    std::atomic<bool> good{true};
    Progress progress(control, rows_);
    for_chunks(control, pieces.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
      if (!good.load(std::memory_order_relaxed)) return;
      if (!fn(pieces[k])) good.store(false, std::memory_order_relaxed);
      progress.add(pieces[k].rows);
    });
    if (good.load()) progress.finish();
    return good.load();
  }

  /// Runs a kernel; false where some row has no legal scores, which grade_exactly then names.
  template <class Fn>
  [[nodiscard]] static bool legal(const Fn& kernel) {
    try {
      kernel();
      return true;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::invalid_value || error.code() == ErrorCode::missing_value) return false;
      throw;
    }
  }

  /// The column's own bytes, where they are scores as they lie. Those of int8 below 0 read as scores above 5.
  [[nodiscard]] static const std::uint8_t* bytes_of(const ArrowColumn& column, std::size_t chunk) noexcept {
    if (const auto view = column.view<std::uint8_t>(chunk)) return view->data();
    if (const auto view = column.view<std::int8_t>(chunk)) {
      return static_cast<const std::uint8_t*>(static_cast<const void*>(view->data()));
    }
    return nullptr;
  }

  /// All rows at once, where each column is one stretch of bytes: the kernel then writes past the caches.
  [[nodiscard]] std::optional<WholeScoreColumns> one_stretch() const noexcept {
    std::array<std::span<const std::uint8_t>, 3> spans;
    for (std::size_t c = 0; c < 3; ++c) {
      if (columns_[c]->chunks().size() != 1) return std::nullopt;
      const std::uint8_t* bytes = bytes_of(*columns_[c], 0);
      if (bytes == nullptr) return std::nullopt;
      spans[c] = {bytes, rows_};
    }
    return WholeScoreColumns{spans[0], spans[1], spans[2]};
  }

  [[nodiscard]] bool grade_whole(const Control& control) {
    LargeArray<std::uint16_t> total(rows_);
    bool good = false;
    if (const auto stretch = one_stretch()) {
      good = legal([&] {
        grade_whole_scores(model_, *stretch, {graded_.grade->data(), rows_}, {total.data(), rows_}, control);
      });
    } else {
      good = all_pieces(control, [&](const Piece& piece) {
        std::array<std::span<const std::uint8_t>, 3> spans;
        LargeArray<std::uint8_t> room(3 * piece.rows);
        for (std::size_t c = 0; c < 3; ++c) {
          if (const std::uint8_t* bytes = bytes_of(*columns_[c], piece.chunk[c])) {
            spans[c] = {bytes + piece.at[c], piece.rows};
            continue;
          }
          const std::span<std::uint8_t> out(room.data() + c * piece.rows, piece.rows);
          detail::fill_whole(*columns_[c], piece.chunk[c], piece.at[c], out);
          spans[c] = out;
        }
        return legal([&] {
          grade_whole_scores(model_, {spans[0], spans[1], spans[2]}, grades(piece),
                             {total.data() + piece.row, piece.rows}, detail::inline_control());
        });
      });
    }
    graded_.total = std::move(total);
    return good;
  }

  [[nodiscard]] bool grade_fine(const Control& control) {
    LargeArray<std::uint32_t> total(rows_);
    const bool good = all_pieces(control, [&](const Piece& piece) {
      std::array<std::span<const std::int16_t>, 3> spans;
      LargeArray<std::int16_t> room(3 * piece.rows);
      for (std::size_t c = 0; c < 3; ++c) {
        const std::span<std::int16_t> out(room.data() + c * piece.rows, piece.rows);
        if (!detail::fill_hundredths(*columns_[c], piece.chunk[c], piece.at[c], out)) return false;
        spans[c] = out;
      }
      return legal([&] {
        grade_hundredths(model_, {spans[0], spans[1], spans[2]}, grades(piece), {total.data() + piece.row, piece.rows},
                         detail::inline_control());
      });
    });
    graded_.total = std::move(total);
    graded_.parts = hundredths_total_scale(model_);
    return good;
  }

  /// Row by row: any decimals, and every finding by name.
  void grade_exactly(const Control& control) {
    const auto pieces = detail::pieces_of<3>(columns_, rows_, grade_piece_rows);
    LargeArray<Rational> total(rows_);
    std::vector<Findings> findings(pieces.size());
    Progress progress(control, rows_);
    for_chunks(control, pieces.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
      grade_piece(pieces[k], total.data() + pieces[k].row, findings[k]);
      progress.add(pieces[k].rows);
    });
    Findings all;
    for (const Findings& part : findings) all.add(part);
    throw_if_errors(all);
    progress.finish();
    graded_.total = std::move(total);
  }

  void grade_piece(const Piece& piece, Rational* total, Findings& findings) const {
    const std::array<ExactScores, 3> scores{ExactScores(*columns_[0], piece.chunk[0], Dimension::impact),
                                            ExactScores(*columns_[1], piece.chunk[1], Dimension::diffusion),
                                            ExactScores(*columns_[2], piece.chunk[2], Dimension::urgency)};
    for (std::size_t i = 0; i < piece.rows; ++i) {
      std::array<ExactScores::Result, 3> cells;
      for (std::size_t c = 0; c < 3; ++c) cells[c] = scores[c].at(piece.at[c] + static_cast<std::int64_t>(i), findings);
      const Severity severity = severity_of(cells, piece.row + i + 1, findings);
      total[i] = severity.total;
      grades(piece)[i] = static_cast<std::uint8_t>(severity.grade);
    }
  }

  [[nodiscard]] Severity severity_of(const std::array<ExactScores::Result, 3>& cells, std::uint64_t row,
                                     Findings& findings) const {
    bool any = false;
    bool all = true;
    for (const auto& cell : cells) {
      any = any || cell.bad || cell.score;
      all = all && cell.score;
    }
    if (!any) return {};
    for (std::size_t c = 0; c < 3; ++c) {
      if (cells[c].bad || cells[c].score) continue;
      Finding finding = detail::score_missing(static_cast<Dimension>(c));
      finding.where.column = columns_[c]->name();
      finding.where.record = row;
      findings.add(std::move(finding));
    }
    if (!all) return {};
    try {
      return model_.grade({*cells[0].score, *cells[1].score, *cells[2].score});
    } catch (const Error& error) {
      if (error.code() != ErrorCode::overflow) throw;
      findings.add(
          detail::column_finding_of(*columns_[0], row, ErrorCode::overflow, {},
                                    {"总分超出可精确表示的范围", "the total does not fit an exact fraction"},
                                    {"请减少评分或权重的小数位数", "give the scores or weights fewer decimals"}));
      return {};
    }
  }

  const SeverityModel& model_;
  ScoreColumns columns_;
  std::size_t rows_;
  const Control& control_;
  GradedRows graded_;
};

}  // namespace

ArrowTable grade_table(const SeverityModel& model, const ArrowTable& table, const GradeTableOptions& options,
                       const Control& control) {
  const ScoreColumns columns = score_columns(table, options);
  GradedRows rows = Grading(model, columns, table.rows(), phase_of(control, 0.0, 0.9)).run(options.total);
  ArrowTable graded(detail::graded_columns(std::move(rows), options.total, control));
  Progress(control, 1).finish();
  return graded;
}

}  // namespace v1
}  // namespace chainqual
