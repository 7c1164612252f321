#include "arrow_reals.hpp"

#include <cmath>
#include <limits>

#include "arrow_headings.hpp"
#include "chainqual/chain/builder.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool keeps(RealRule rule, double value) noexcept {
  switch (rule) {
    case RealRule::flow:
      return is_flow(value);
    case RealRule::share:
      return value >= 0.0 && value <= 1.0;
    case RealRule::weight:
      return value >= 0.0 && std::isfinite(value);
  }
  return false;
}

Finding broken(const ArrowColumn& column, RealRule rule, std::uint64_t row, double value) {
  Finding finding = rule == RealRule::flow    ? flow_finding(column.name(), row, value)
                    : rule == RealRule::share ? share_finding(column.name(), row, value)
                                              : weight_finding(row, value);
  finding.where.column = column.name();
  return finding;
}

class Reader {
 public:
  Reader(const ArrowColumn& column, RealRule rule, bool repair, Findings& findings)
      : column_(column), rule_(rule), findings_(findings), converter_({}, findings, repair) {}

  [[nodiscard]] double real(const ArrowCell& cell, std::uint64_t row) {
    if (const auto* value = std::get_if<double>(&cell)) return checked(*value, row);
    if (const auto* value = std::get_if<float>(&cell)) return checked(static_cast<double>(*value), row);
    if (const auto* value = std::get_if<ArrowHalf>(&cell)) return checked(static_cast<double>(value->to_float()), row);
    if (const auto* value = std::get_if<std::int64_t>(&cell)) return checked(static_cast<double>(*value), row);
    if (const auto* value = std::get_if<std::uint64_t>(&cell)) return checked(static_cast<double>(*value), row);
    if (const auto* value = std::get_if<ArrowDecimal>(&cell)) return checked(value->to_double(), row);
    if (const auto* text = std::get_if<std::string_view>(&cell)) {
      const auto range = rule_ == RealRule::share ? NumberRange::share() : NumberRange::non_negative();
      const auto read = converter_.real(*text, {row, 0, column_.name()}, range);
      return read.has_value() ? checked(read.value(), row) : none;
    }
    return none;
  }

  [[nodiscard]] double checked(double value, std::uint64_t row) {
    if (std::isnan(value) || keeps(rule_, value)) return value;
    findings_.add(broken(column_, rule_, row, value));
    return none;
  }

 private:
  const ArrowColumn& column_;
  RealRule rule_;
  Findings& findings_;
  CellConverter converter_;
};

template <class T>
bool fill_from(const ArrowColumn& column, std::size_t chunk, std::int64_t at, std::uint64_t first_row, Reader& reader,
               std::span<double> out) {
  const auto view = column.view<T>(chunk);
  if (!view) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = reader.checked(static_cast<double>((*view)[static_cast<std::size_t>(at) + i]), first_row + i);
  }
  return true;
}

}  // namespace

bool holds_reals(const ArrowType& type) noexcept {
  return is_integer(type.kind) || is_real(type.kind) || is_text(type.kind) || type.kind == ArrowKind::decimal128 ||
         type.kind == ArrowKind::null;
}

void fill_reals(const ArrowColumn& column, std::size_t chunk, std::int64_t at, RealRule rule, bool repair,
                std::span<double> out, Findings& findings) {
  Reader reader(column, rule, repair, findings);
  const ChunkCells cells(column, chunk);
  const std::uint64_t first_row = cells.first_row() + static_cast<std::uint64_t>(at) + 1;
  if (fill_from<double>(column, chunk, at, first_row, reader, out)) return;
  if (fill_from<float>(column, chunk, at, first_row, reader, out)) return;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = reader.real(cells.cell(at + static_cast<std::int64_t>(i)), first_row + i);
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
