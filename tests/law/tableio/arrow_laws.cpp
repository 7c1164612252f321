#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "arrow_random.hpp"
#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/network_table.hpp"

// A table says the same however it is cut, handed on, or typed.

namespace chainqual {
namespace {

ArrowTable through_stream(const ArrowTable& table) {
  ArrowArrayStream stream{};
  give_arrow(table, &stream);
  return take_arrow(&stream);
}

/// NaN is itself here.
bool same_cell(const ArrowCell& a, const ArrowCell& b) {
  return a.index() == b.index() && arrow_cell_text(a) == arrow_cell_text(b);
}

bool same_values(const ArrowTable& a, const ArrowTable& b) {
  if (a.rows() != b.rows() || a.columns().size() != b.columns().size()) return false;
  for (std::size_t c = 0; c < a.columns().size(); ++c) {
    const ArrowColumn& x = a.columns()[c];
    const ArrowColumn& y = b.columns()[c];
    if (x.name() != y.name() || x.type() != y.type() || x.nulls() != y.nulls()) return false;
    for (std::uint64_t r = 0; r < a.rows(); ++r) {
      if (!same_cell(x.cell(r), y.cell(r))) return false;
    }
  }
  return true;
}

RC_GTEST_PROP(ArrowLaws, CuttingAndHandingOnChangeNoValue, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(0, 40);
  std::vector<ArrowColumn> columns;
  for (int c = *rc::gen::inRange(1, 5); c > 0; --c)
    columns.push_back(testing::random_column("c" + std::to_string(c), rows));
  const ArrowTable table(std::move(columns));
  const ArrowTable cut = testing::recut(table);
  RC_ASSERT(same_values(cut, table));
  const ArrowTable back = through_stream(cut);
  RC_ASSERT(same_values(back, table));
  RC_ASSERT(same_values(through_stream(testing::recut(back)), table));
}

/// Scores of one column: none where `has` is 0.
struct Scored {
  std::vector<std::int32_t> hundredths;
  std::vector<std::uint8_t> has;
};

ArrowColumn as_some_type(const std::string& name, const Scored& scored) {
  const std::size_t n = scored.has.size();
  const bool whole =
      std::all_of(scored.hundredths.begin(), scored.hundredths.end(), [](int h) { return h % 100 == 0; });
  const auto converted = [&](auto sample, double unit) {
    std::vector<decltype(sample)> values(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<decltype(sample)>(scored.hundredths[i] / unit);
    return values;
  };
  switch (*rc::gen::inRange(0, whole ? 8 : 4)) {
    case 0:
      return arrow_numbers(name, converted(double{}, 100.0), scored.has);
    case 1: {
      std::vector<float> values(n);
      for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<float>(scored.hundredths[i]) / 100.0F;
      return arrow_numbers(name, values, scored.has);
    }
    case 2: {
      std::vector<Decimal> values;
      for (const int h : scored.hundredths) values.emplace_back(h, 2);
      return arrow_decimals(name, values, scored.has);
    }
    case 3: {
      std::vector<std::string> values;
      for (const int h : scored.hundredths) values.push_back(Rational(h, 100).to_string());
      return arrow_text(name, std::span<const std::string>(values), scored.has);
    }
    case 4:
      return arrow_numbers(name, converted(std::uint8_t{}, 100.0), scored.has);
    case 5:
      return arrow_numbers(name, converted(std::int8_t{}, 100.0), scored.has);
    case 6:
      return arrow_numbers(name, converted(std::int64_t{}, 100.0), scored.has);
    default: {
      const auto index = std::make_shared<const std::vector<std::uint8_t>>(converted(std::uint8_t{}, 100.0));
      static constexpr std::array<std::string_view, 6> texts{"无", "1", "2", "3.0", " 4", "5"};
      return arrow_words(name, *index, index, texts, false, scored.has);
    }
  }
}

SeverityModel random_model() {
  const int a = *rc::gen::inRange(1, 90);
  const int b = *rc::gen::inRange(1, 100 - a);
  const Weights percents{a, b, 100 - a - b};
  const Weights thirds{Rational(1, 3), Rational(1, 6), Rational(1, 2)};
  const Weights fine{Rational(123456789, 1000000000), Rational(1, 4), Rational(626543211, 1000000000)};
  const Rounding rounding = *rc::gen::element(Rounding::exact, Rounding::tenth);
  return SeverityModel(*rc::gen::element(Weights{}, percents, thirds, fine), {}, rounding);
}

RC_GTEST_PROP(ArrowLaws, ATableIsGradedAsItsRowsAreInAnyTypeAndCut, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(0, 60);
  const bool whole = *rc::gen::arbitrary<bool>();
  const auto has = *rc::gen::container<std::vector<std::uint8_t>>(rows, rc::gen::inRange<std::uint8_t>(0, 4));
  std::array<Scored, 3> scored;
  for (auto& column : scored) {
    column.has = has;
    column.hundredths = *rc::gen::container<std::vector<std::int32_t>>(rows, rc::gen::inRange(100, 501));
    if (whole) {
      for (auto& h : column.hundredths) h = h / 100 * 100;
    }
  }
  const SeverityModel model = random_model();
  const ArrowTable table = testing::recut(ArrowTable(
      {as_some_type("impact", scored[0]), as_some_type("diffusion", scored[1]), as_some_type("urgency", scored[2])}));
  GradeTableOptions options;
  const ArrowTable exact = grade_table(model, table, options);
  options.total = TotalForm::real;
  const ArrowTable real = grade_table(model, table, options);
  options.total = TotalForm::hundredths;
  const ArrowTable hundredths = grade_table(model, table, options);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto part = [&](std::size_t c) { return Rational(scored[c].hundredths[i], 100); };
    const Severity severity = has[i] == 0 ? Severity{} : model.grade({part(0), part(1), part(2)});
    for (const ArrowTable& graded : {exact, real, hundredths}) {
      RC_ASSERT(arrow_cell_text(graded.at("grade").cell(i)) == key_of(severity.grade));
      RC_ASSERT(arrow_cell_text(graded.at("stars").cell(i)) == stars(severity.grade));
    }
    if (has[i] == 0) {
      RC_ASSERT(arrow_cell_text(exact.at("total").cell(i)).empty());
      continue;
    }
    const int places = std::get<ArrowDecimal>(exact.at("total").cell(i)).scale;
    RC_ASSERT(arrow_cell_text(exact.at("total").cell(i)) == severity.total.to_string(places));
    RC_ASSERT(places == 18 || Rational::from_string(arrow_cell_text(exact.at("total").cell(i))) == severity.total);
    RC_ASSERT(std::get<double>(real.at("total").cell(i)) == severity.total.to_double());
    RC_ASSERT(arrow_cell_text(hundredths.at("total_hundredths").cell(i)) ==
              (severity.total.round_half_up(2) * Rational(100)).to_string());
  }
}

RC_GTEST_PROP(ArrowLaws, ANetworkDependsOnTheRowsAloneNotOnChunksOrThreads, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(0, 300);
  const auto ends = [&] { return *rc::gen::container<std::vector<std::int32_t>>(rows, rc::gen::inRange(0, 30)); };
  const auto suppliers = ends();
  const auto customers = ends();
  std::vector<double> values(rows);
  for (auto& value : values) value = *rc::gen::inRange(0, 100) / 8.0;
  const auto present = testing::presence(rows);
  const ArrowTable numbers({arrow_numbers("supplier", suppliers), arrow_numbers("customer", customers),
                            arrow_numbers("value", values, present)});
  const auto text = [](const std::vector<std::int32_t>& ids) {
    std::vector<std::string> texts;
    for (const auto id : ids) texts.push_back(std::to_string(id));
    return texts;
  };
  const ArrowTable texts({arrow_text("supplier", std::span<const std::string>(text(suppliers))),
                          arrow_text("customer", std::span<const std::string>(text(customers))),
                          arrow_numbers("value", values, present)});
  ThreadPool pool(3);
  Control threaded;
  threaded.executor = &pool;
  Control alone;
  alone.executor = &inline_executor();
  const NetworkTables first = network_from_table(numbers, {}, alone);
  for (const ArrowTable& table : {testing::recut(numbers), testing::recut(texts)}) {
    const NetworkTables again = network_from_table(table, {}, threaded);
    RC_ASSERT(identical(first.network, again.network));
    RC_ASSERT(first.findings.kept() == again.findings.kept());
    RC_ASSERT(first.keys.size() == again.keys.size());
    for (std::uint32_t id = 0; id < first.keys.size(); ++id) {
      RC_ASSERT(first.keys.key(EnterpriseId{id}) == again.keys.key(EnterpriseId{id}));
    }
  }
}

}  // namespace
}  // namespace chainqual
