#include "buffers.hpp"
#include "chainqual/severity/batch.hpp"
#include "control.hpp"
#include "options.hpp"
#include "severity.hpp"

using namespace chainqual;
using capi::Bytes;
using capi::entries;

namespace {

/// The three columns of a table and where its results go, all checked.
template <class Score, class Total>
struct Table {
  std::span<const Score> impact;
  std::span<const Score> diffusion;
  std::span<const Score> urgency;
  std::span<std::uint8_t> grade;
  std::span<Total> total;

  Table(const Score* impact_in, const Score* diffusion_in, const Score* urgency_in, std::uint64_t count,
        std::uint8_t* grade_out, Total* total_out, std::uint64_t capacity)
      : impact(entries(impact_in, count, "impact")),
        diffusion(entries(diffusion_in, count, "diffusion")),
        urgency(entries(urgency_in, count, "urgency")),
        grade(capi::room(grade_out, capacity, count, "grade")),
        total(capi::room(total_out, capacity, count, "total")) {
    capi::require_apart({Bytes::of(grade_out, count), Bytes::of(total_out, count)},
                        {Bytes::of(impact_in, count), Bytes::of(diffusion_in, count), Bytes::of(urgency_in, count)});
  }
};

}  // namespace

chainqual_status chainqual_grade_whole_scores(const chainqual_severity_model* model, const uint8_t* impact,
                                              const uint8_t* diffusion, const uint8_t* urgency, uint64_t count,
                                              const chainqual_control* control, uint8_t* grade,
                                              uint16_t* total_hundredths, uint64_t capacity, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Table table(impact, diffusion, urgency, count, grade, total_hundredths, capacity);
    grade_whole_scores(capi::model_of(model), {table.impact, table.diffusion, table.urgency}, table.grade, table.total,
                       capi::control_of(control));
  });
}

chainqual_status chainqual_grade_hundredths(const chainqual_severity_model* model, const int16_t* impact,
                                            const int16_t* diffusion, const int16_t* urgency, uint64_t count,
                                            const chainqual_control* control, uint8_t* grade, uint32_t* total,
                                            uint64_t capacity, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Table table(impact, diffusion, urgency, count, grade, total, capacity);
    grade_hundredths(capi::model_of(model), {table.impact, table.diffusion, table.urgency}, table.grade, table.total,
                     capi::control_of(control));
  });
}

chainqual_status chainqual_hundredths_total_scale(const chainqual_severity_model* model, uint32_t* scale,
                                                  chainqual_error* error) {
  return capi::guarded(error, [&] {
    const std::uint32_t result = hundredths_total_scale(capi::model_of(model));
    capi::required(scale, "scale") = result;
  });
}

chainqual_status chainqual_grade_panel_sums(const chainqual_severity_model* model, const chainqual_panel_sums* panels,
                                            const chainqual_control* control, uint8_t* grade,
                                            uint16_t* total_hundredths, uint64_t capacity, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto own = capi::settled(&capi::required(panels, "panels"));
    PanelSumColumns columns;
    columns.impact_sum = entries(own.impact_sum, own.rows, "impact_sum");
    columns.diffusion_sum = entries(own.diffusion_sum, own.rows, "diffusion_sum");
    columns.urgency_sum = entries(own.urgency_sum, own.rows, "urgency_sum");
    columns.impact_count = entries(own.impact_count, own.rows, "impact_count");
    columns.diffusion_count = entries(own.diffusion_count, own.rows, "diffusion_count");
    columns.urgency_count = entries(own.urgency_count, own.rows, "urgency_count");
    columns.unit = capi::given_or(own.unit, 1U);
    const auto grades = capi::room(grade, capacity, own.rows, "grade");
    const auto totals = capi::room(total_hundredths, capacity, own.rows, "total_hundredths");
    capi::require_apart({Bytes::of(grade, own.rows), Bytes::of(total_hundredths, own.rows)},
                        {Bytes::of(own.impact_sum, own.rows), Bytes::of(own.diffusion_sum, own.rows),
                         Bytes::of(own.urgency_sum, own.rows), Bytes::of(own.impact_count, own.rows),
                         Bytes::of(own.diffusion_count, own.rows), Bytes::of(own.urgency_count, own.rows)});
    grade_panel_sums(capi::model_of(model), columns, grades, totals, capi::control_of(control));
  });
}
