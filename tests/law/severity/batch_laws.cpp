#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "chainqual/severity/batch.hpp"
#include "law/severity/any_model.hpp"

namespace {

using namespace chainqual;
using law::any_model;

template <class T>
struct Columns {
  std::vector<T> a;
  std::vector<T> b;
  std::vector<T> c;
};

/// Legal rows, some of them empty, with scores from `lowest` to five times that.
template <class T>
Columns<T> any_columns(int lowest) {
  Columns<T> columns;
  const int rows = *rc::gen::inRange(0, 200);
  const auto part = [&] { return static_cast<T>(*rc::gen::inRange(lowest, 5 * lowest + 1)); };
  for (int i = 0; i < rows; ++i) {
    const bool empty = *rc::gen::inRange(0, 8) == 0;
    columns.a.push_back(empty ? T{0} : part());
    columns.b.push_back(empty ? T{0} : part());
    columns.c.push_back(empty ? T{0} : part());
  }
  return columns;
}

Control on(Executor& executor) {
  Control control;
  control.executor = &executor;
  return control;
}

RC_GTEST_PROP(BatchLaw, WholeScoresInColumnsAreGradedAsOneByOne, ()) {
  const SeverityModel model = any_model();
  const auto rows = any_columns<std::uint8_t>(1);
  std::vector<std::uint8_t> grade(rows.a.size());
  std::vector<std::uint16_t> total(rows.a.size());
  grade_whole_scores(model, {rows.a, rows.b, rows.c}, grade, total);
  for (std::size_t i = 0; i < grade.size(); ++i) {
    const Severity one = rows.a[i] == 0 ? Severity{} : model.grade({rows.a[i], rows.b[i], rows.c[i]});
    RC_ASSERT(grade[i] == static_cast<std::uint8_t>(one.grade));
    RC_ASSERT(Rational(total[i], 100) == one.total.round_half_up(2));
  }
}

RC_GTEST_PROP(BatchLaw, HundredthsInColumnsAreGradedAsOneByOne, ()) {
  const SeverityModel model = any_model();
  const auto rows = any_columns<std::int16_t>(100);
  std::vector<std::uint8_t> grade(rows.a.size());
  std::vector<std::uint32_t> total(rows.a.size());
  grade_hundredths(model, {rows.a, rows.b, rows.c}, grade, total);
  const Rational unit(1, hundredths_total_scale(model));
  for (std::size_t i = 0; i < grade.size(); ++i) {
    const auto part = [](std::int16_t hundredths) { return Rational(hundredths, 100); };
    const Severity one = rows.a[i] == 0 ? Severity{} : model.grade({part(rows.a[i]), part(rows.b[i]), part(rows.c[i])});
    RC_ASSERT(grade[i] == static_cast<std::uint8_t>(one.grade));
    RC_ASSERT(unit * Rational(total[i]) == one.total);
  }
}

RC_GTEST_PROP(BatchLaw, PanelSumsAreGradedAsTheirMeans, ()) {
  const SeverityModel model = any_model();
  const auto unit = static_cast<std::uint32_t>(*rc::gen::element(1, 2, 100));
  std::array<std::vector<std::uint32_t>, 3> sums;
  std::array<std::vector<std::uint32_t>, 3> counts;
  const int rows = *rc::gen::inRange(1, 50);
  for (int i = 0; i < rows; ++i) {
    for (std::size_t d = 0; d < 3; ++d) {
      const std::uint32_t count = *rc::gen::inRange(1U, 30U);
      counts[d].push_back(count);
      sums[d].push_back(*rc::gen::inRange(unit * count, 5 * unit * count + 1));
    }
  }
  std::vector<std::uint8_t> grade(sums[0].size());
  std::vector<std::uint16_t> total(sums[0].size());
  grade_panel_sums(model, {sums[0], sums[1], sums[2], counts[0], counts[1], counts[2], unit}, grade, total);
  for (std::size_t i = 0; i < grade.size(); ++i) {
    const auto mean = [&](std::size_t d) {
      return Rational(sums[d][i], static_cast<std::int64_t>(counts[d][i]) * unit);
    };
    const Severity one = model.grade({mean(0), mean(1), mean(2)});
    RC_ASSERT(grade[i] == static_cast<std::uint8_t>(one.grade));
    RC_ASSERT(Rational(total[i], 100) == one.total.round_half_up(2));
  }
}

/// One bad cell anywhere: named with its row, and neither output touched, at every length about the vectors' widths.
RC_GTEST_PROP(BatchLaw, OneBadCellAnywhereIsFoundAndChangesNothing, ()) {
  const std::size_t rows = *rc::gen::inRange<std::size_t>(1, 300);
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, rows);
  Columns<std::uint8_t> columns{std::vector<std::uint8_t>(rows, 3), std::vector<std::uint8_t>(rows, 3),
                                std::vector<std::uint8_t>(rows, 3)};
  auto* const column = *rc::gen::element(&columns.a, &columns.b, &columns.c);
  (*column)[at] = static_cast<std::uint8_t>(*rc::gen::element(0, 6, 7, 128, 133, 255));
  std::vector<std::uint8_t> grade(rows, 42);
  std::vector<std::uint16_t> total(rows, 4242);
  bool thrown = false;
  try {
    grade_whole_scores(SeverityModel(), {columns.a, columns.b, columns.c}, grade, total);
  } catch (const Error& error) {
    thrown = true;
    RC_ASSERT(error.findings().total() == 1U);
    RC_ASSERT(error.findings().kept()[0].where.record == at + 1);
  }
  RC_ASSERT(thrown);
  RC_ASSERT(grade == std::vector<std::uint8_t>(rows, 42));
  RC_ASSERT(total == std::vector<std::uint16_t>(rows, 4242));
}

/// Tables of several chunks, large enough to be streamed, on 1, 2 and 7 threads.
TEST(BatchLaw, EveryNumberOfThreadsGivesTheSameBits) {
  const std::size_t n = 3 * (std::size_t{1} << 20U) + 17;
  std::vector<std::uint8_t> a(n);
  std::vector<std::uint8_t> b(n);
  std::vector<std::uint8_t> c(n);
  std::vector<std::int16_t> d(n);
  for (std::size_t i = 0; i < n; ++i) {
    a[i] = static_cast<std::uint8_t>(1 + i * 7 % 5);
    b[i] = static_cast<std::uint8_t>(1 + i / 5 % 5);
    c[i] = static_cast<std::uint8_t>(1 + i / 25 % 5);
    d[i] = static_cast<std::int16_t>(100 + i % 401);
  }
  std::vector<std::uint8_t> grade(n);
  std::vector<std::uint16_t> total(n);
  std::vector<std::uint8_t> grade_of_hundredths(n);
  std::vector<std::uint32_t> total_of_hundredths(n);
  grade_whole_scores(SeverityModel(), {a, b, c}, grade, total, on(inline_executor()));
  grade_hundredths(SeverityModel(), {d, d, d}, grade_of_hundredths, total_of_hundredths, on(inline_executor()));
  for (const unsigned threads : {1U, 2U, 7U}) {
    ThreadPool pool(threads);
    std::vector<std::uint8_t> other_grade(n);
    std::vector<std::uint16_t> other_total(n);
    grade_whole_scores(SeverityModel(), {a, b, c}, other_grade, other_total, on(pool));
    EXPECT_TRUE(other_grade == grade && other_total == total);
    std::vector<std::uint32_t> wide(n);
    grade_hundredths(SeverityModel(), {d, d, d}, other_grade, wide, on(pool));
    EXPECT_TRUE(other_grade == grade_of_hundredths && wide == total_of_hundredths);
  }
}

}  // namespace
