#include "arrow_totals.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "chainqual/io/arrow_make.hpp"
#include "chainqual/severity/grade.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::size_t rows_of_chunk = std::size_t{1} << 16U;

/// Places a fraction takes as a decimal; max_scale for one that does not end within them.
int places_of(std::int64_t denominator) noexcept {
  int twos = 0;
  int fives = 0;
  for (; denominator % 2 == 0; denominator /= 2) ++twos;
  for (; denominator % 5 == 0; denominator /= 5) ++fives;
  return denominator == 1 ? std::min(std::max(twos, fives), Decimal::max_scale) : Decimal::max_scale;
}

int128 power_of_ten(int places) noexcept {
  int128 power = 1;
  for (; places > 0; --places) power *= 10;
  return power;
}

/// numerator · scale / denominator, rounded half up. Numerators are totals: at most 5 denominators.
int128 scaled(std::int64_t numerator, std::int64_t denominator, int128 scale) noexcept {
  return (2 * scale * numerator + denominator) / (2 * static_cast<int128>(denominator));
}

int places_of_all(const LargeArray<Rational>& totals, const Control& control) {
  return reduce_chunks(
      control, totals.size(), rows_of_chunk, 0,
      [&](std::size_t begin, std::size_t end, std::size_t) {
        int places = 0;
        for (std::size_t i = begin; i < end; ++i) places = std::max(places, places_of(totals[i].denominator()));
        return places;
      },
      [](int a, int b) { return std::max(a, b); });
}

class TotalColumn {
 public:
  TotalColumn(const GradedRows& rows, const Control& control)
      : rows_(rows), control_(control), present_(presence(*rows.grade)) {}

  [[nodiscard]] ArrowColumn decimal() const {
    const auto* fractions = std::get_if<LargeArray<Rational>>(&rows_.total);
    const int places = fractions != nullptr ? places_of_all(*fractions, control_) : places_of(parts());
    const int128 scale = power_of_ten(places);
    auto held = std::make_shared<LargeArray<std::uint64_t>>(2 * size());
    const auto put = [&](std::size_t i, int128 value) {
      (*held)[2 * i] = static_cast<std::uint64_t>(value);
      (*held)[2 * i + 1] = static_cast<std::uint64_t>(static_cast<uint128>(value) >> 64U);
    };
    if (fractions == nullptr && scale % parts() == 0) {
      const auto factor = static_cast<std::int64_t>(scale / parts());  // most often 1
      each([&](std::size_t i, std::int64_t part, std::int64_t) { put(i, static_cast<int128>(part) * factor); });
    } else {
      each([&](std::size_t i, std::int64_t numerator, std::int64_t denominator) {
        put(i, scaled(numerator, denominator, scale));
      });
    }
    const void* data = held->data();
    return number_column("total", arrow_decimal_type(places + 1, places), data, size(), present_, std::move(held));
  }

  [[nodiscard]] ArrowColumn hundredths(LargeArray<std::uint16_t>* ready) const {
    auto held = std::make_shared<LargeArray<std::uint16_t>>();
    if (ready != nullptr) {
      *held = std::move(*ready);
    } else {
      *held = LargeArray<std::uint16_t>(size());
      each([&](std::size_t i, std::int64_t numerator, std::int64_t denominator) {
        (*held)[i] = static_cast<std::uint16_t>(scaled(numerator, denominator, 100));
      });
    }
    const auto values = held->view();
    return arrow_borrowed<std::uint16_t>("total_hundredths", values, std::move(held), present_);
  }

  [[nodiscard]] ArrowColumn real() const {
    auto held = std::make_shared<LargeArray<double>>(size());
    each([&](std::size_t i, std::int64_t numerator, std::int64_t denominator) {
      constexpr std::int64_t exact_double = std::int64_t{1} << 53;
      (*held)[i] = numerator <= exact_double && denominator <= exact_double
                       ? static_cast<double>(numerator) / static_cast<double>(denominator)
                       : Rational(numerator, denominator).to_double();
    });
    const auto values = held->view();
    return arrow_borrowed<double>("total", values, std::move(held), present_);
  }

 private:
  [[nodiscard]] std::size_t size() const noexcept { return rows_.grade->size(); }
  [[nodiscard]] std::int64_t parts() const noexcept { return rows_.total.index() == 0 ? 100 : rows_.parts; }

  /// 1 where a row was graded; empty where all were.
  static std::vector<std::uint8_t> presence(const LargeArray<std::uint8_t>& grades) {
    const auto view = grades.view();
    std::vector<std::uint8_t> present;
    if (view.empty() || std::memchr(view.data(), 0, view.size()) == nullptr) return present;
    present.assign(view.begin(), view.end());
    return present;
  }

  /// fn(row, numerator, denominator) for every row.
  template <class Fn>
  void each(const Fn& fn) const {
    for_chunks(control_, size(), rows_of_chunk, [&](std::size_t begin, std::size_t end, std::size_t) {
      std::visit(
          [&](const auto& totals) {
            for (std::size_t i = begin; i < end; ++i) {
              if constexpr (std::is_same_v<std::decay_t<decltype(totals)>, LargeArray<Rational>>) {
                fn(i, totals[i].numerator(), totals[i].denominator());
              } else {
                fn(i, std::int64_t{totals[i]}, parts());
              }
            }
          },
          rows_.total);
    });
  }

  const GradedRows& rows_;
  const Control& control_;
  std::vector<std::uint8_t> present_;
};

ArrowColumn total_column(GradedRows& rows, TotalForm form, const Control& control) {
  const TotalColumn column(rows, control);
  if (form == TotalForm::decimal) return column.decimal();
  if (form == TotalForm::real) return column.real();
  return column.hundredths(std::get_if<LargeArray<std::uint16_t>>(&rows.total));
}

}  // namespace

std::vector<ArrowColumn> graded_columns(GradedRows rows, TotalForm form, const Control& control) {
  std::array<std::string_view, 4> keys;
  std::array<std::string_view, 4> marks;
  for (std::size_t g = 0; g < keys.size(); ++g) {
    keys[g] = key_of(static_cast<Grade>(g));
    marks[g] = stars(static_cast<Grade>(g));
  }
  std::vector<ArrowColumn> columns;
  columns.push_back(total_column(rows, form, control));
  // Both columns of words lie over the one buffer of grades.
  columns.push_back(arrow_words("grade", rows.grade->view(), rows.grade, keys, true));
  columns.push_back(arrow_words("stars", rows.grade->view(), rows.grade, marks, true));
  return columns;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
