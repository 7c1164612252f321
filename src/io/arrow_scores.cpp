#include "arrow_scores.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/io/cell.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::uint8_t no_whole_score = 255;
constexpr std::int16_t no_hundredths = -1;

template <class T>
void whole_of(const ArrowChunk& chunk, std::int64_t at, std::span<std::uint8_t> out) noexcept {
  const void* data = chunk.buffers[1];
  const std::int64_t first = chunk.offset + at;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto value = load<T>(data, first + static_cast<std::int64_t>(i));
    out[i] = value >= T{0} && value <= T{highest_score} ? static_cast<std::uint8_t>(value) : no_whole_score;
  }
}

void whole_of(ArrowKind kind, const ArrowChunk& chunk, std::int64_t at, std::span<std::uint8_t> out) noexcept {
  switch (kind) {
    case ArrowKind::int8:
      return whole_of<std::int8_t>(chunk, at, out);
    case ArrowKind::uint8:
      return whole_of<std::uint8_t>(chunk, at, out);
    case ArrowKind::int16:
      return whole_of<std::int16_t>(chunk, at, out);
    case ArrowKind::uint16:
      return whole_of<std::uint16_t>(chunk, at, out);
    case ArrowKind::int32:
      return whole_of<std::int32_t>(chunk, at, out);
    case ArrowKind::uint32:
      return whole_of<std::uint32_t>(chunk, at, out);
    case ArrowKind::int64:
      return whole_of<std::int64_t>(chunk, at, out);
    case ArrowKind::uint64:
      return whole_of<std::uint64_t>(chunk, at, out);
    default:
      for (auto& value : out) value = 0;  // a column of nulls
  }
}

/// Nulls become 0, whatever lies under them.
template <class T>
void clear_nulls(const ArrowChunk& chunk, std::int64_t at, std::span<T> out) noexcept {
  if (chunk.null_count == 0 || chunk.buffers.empty() || chunk.buffers[0] == nullptr) return;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!chunk.valid(at + static_cast<std::int64_t>(i))) out[i] = 0;
  }
}

/// Hundredths of a float that prints with at most two decimals: x is the float nearest to h/100. Decimals of so few
/// digits have floats of their own, so this h/100 is the shortest decimal of x.
template <class T>
std::int16_t hundredths_of_float(T value) noexcept {
  if (!(value >= T{1} && value <= T{highest_score})) return no_hundredths;
  const T nearest = std::nearbyint(value * T{100});
  return nearest / T{100} == value ? static_cast<std::int16_t>(nearest) : no_hundredths;
}

/// NaN and 0 say: not scored.
template <class T>
std::int16_t hundredths_or_nothing(T value) noexcept {
  return std::isnan(value) || value == T{0} ? std::int16_t{0} : hundredths_of_float(value);
}

template <class T>
bool hundredths_of_floats(const ArrowChunk& chunk, std::int64_t at, std::span<std::int16_t> out) noexcept {
  const void* data = chunk.buffers[1];
  bool plain = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::int64_t place = at + static_cast<std::int64_t>(i);
    out[i] = hundredths_or_nothing(load<T>(data, chunk.offset + place));
    plain = plain && (out[i] != no_hundredths || !chunk.valid(place));
  }
  clear_nulls(chunk, at, out);
  return plain;
}

/// "4", "3.5", "3.67"; anything else is left to exact_score.
std::int16_t hundredths_of_text(std::string_view text) noexcept {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.empty()) return 0;
  if (!digit(0) || text.size() == 2 || text.size() > 4 || (text.size() > 1 && text[1] != '.')) return no_hundredths;
  int value = 100 * (text[0] - '0');
  for (std::size_t i = 2, unit = 10; i < text.size(); ++i, unit /= 10) {
    if (!digit(i)) return no_hundredths;
    value += static_cast<int>(unit) * (text[i] - '0');
  }
  return static_cast<std::int16_t>(value);
}

std::int16_t hundredths_of_decimal(const ArrowDecimal& value) noexcept {
  const auto exact = value.exact();
  if (!exact) return no_hundredths;
  const Decimal small = exact->normalized();
  if (small.scale() > 2 || small.coefficient() < 0 || small.coefficient() > 500) return no_hundredths;
  std::int64_t hundredths = small.coefficient();
  for (int places = small.scale(); places < 2; ++places) hundredths *= 10;
  return hundredths <= 500 ? static_cast<std::int16_t>(hundredths) : no_hundredths;
}

std::int16_t hundredths_of_cell(const ArrowCell& cell) noexcept {
  struct OfValue {
    std::int16_t operator()(std::monostate) const { return 0; }
    std::int16_t operator()(bool) const { return no_hundredths; }
    std::int16_t operator()(std::int64_t value) const {
      return value >= 0 && value <= highest_score ? static_cast<std::int16_t>(100 * value) : no_hundredths;
    }
    std::int16_t operator()(std::uint64_t value) const {
      return value <= highest_score ? static_cast<std::int16_t>(100 * value) : no_hundredths;
    }
    std::int16_t operator()(ArrowHalf value) const { return hundredths_of_text(arrow_cell_text(value)); }
    std::int16_t operator()(float value) const { return hundredths_or_nothing(value); }
    std::int16_t operator()(double value) const { return hundredths_or_nothing(value); }
    std::int16_t operator()(std::string_view value) const { return hundredths_of_text(value); }
    std::int16_t operator()(const ArrowDecimal& value) const { return hundredths_of_decimal(value); }
    std::int16_t operator()(ArrowDate) const { return no_hundredths; }
  };
  return std::visit(OfValue(), cell);
}

/// A dictionary's values are converted once, then looked up.
bool hundredths_of_words(const ChunkCells& cells, std::int64_t at, std::span<std::int16_t> out) {
  std::vector<std::int16_t> words;
  constexpr std::int64_t most_ahead = 1 << 16;
  if (cells.words() <= most_ahead) {
    words.resize(static_cast<std::size_t>(cells.words()));
    for (std::size_t w = 0; w < words.size(); ++w) {
      words[w] = hundredths_of_cell(cells.word_cell(static_cast<std::int64_t>(w)));
    }
  }
  bool plain = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::int64_t word = cells.word(at + static_cast<std::int64_t>(i));
    out[i] = word < 0         ? std::int16_t{0}
             : !words.empty() ? words[static_cast<std::size_t>(word)]
                              : hundredths_of_cell(cells.word_cell(word));
    plain = plain && out[i] != no_hundredths;
  }
  return plain;
}

}  // namespace

ScoreTier score_tier(const ArrowType& type) noexcept {
  if (is_integer(type.kind) || type.kind == ArrowKind::null)
    return type.index ? ScoreTier::hundredths : ScoreTier::whole;
  const bool number = is_real(type.kind) || is_text(type.kind) || type.kind == ArrowKind::decimal128;
  return number ? ScoreTier::hundredths : ScoreTier::none;
}

void fill_whole(const ArrowColumn& column, std::size_t chunk, std::int64_t at, std::span<std::uint8_t> out) {
  whole_of(column.type().kind, column.chunks()[chunk], at, out);
  clear_nulls(column.chunks()[chunk], at, out);
}

bool fill_hundredths(const ArrowColumn& column, std::size_t chunk, std::int64_t at, std::span<std::int16_t> out) {
  const ArrowChunk& stretch = column.chunks()[chunk];
  const ChunkCells cells(column, chunk);
  if (column.type().index) return hundredths_of_words(cells, at, out);
  if (column.type().kind == ArrowKind::float64) return hundredths_of_floats<double>(stretch, at, out);
  if (column.type().kind == ArrowKind::float32) return hundredths_of_floats<float>(stretch, at, out);
  bool plain = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = hundredths_of_cell(cells.cell(at + static_cast<std::int64_t>(i)));
    plain = plain && out[i] != no_hundredths;
  }
  return plain;
}

ExactScores::Result ExactScores::outside(std::uint64_t row, std::string_view value, Findings& findings) const {
  Finding finding = score_outside(dimension_, value);
  finding.where.column = column_->name();
  finding.where.record = row;
  findings.add(std::move(finding));
  return {std::nullopt, true};
}

ExactScores::Result ExactScores::number(std::uint64_t row, double value, const ArrowCell& cell,
                                        Findings& findings) const {
  if (std::isnan(value) || value == 0) return {};
  const std::string digits = arrow_cell_text(cell);
  if (!(value >= lowest_score && value <= highest_score)) return outside(row, digits, findings);
  // Between 1 and 5 the fewest digits are at most 17, without an exponent.
  return {Decimal::from_string(digits).to_rational(), false};
}

ExactScores::Result ExactScores::text(std::uint64_t row, std::string_view value, Findings& findings) const {
  const auto plain = Decimal::parse(value);
  if (plain && plain->coefficient() == 0) return {};
  CellConverter converter({}, findings);
  const auto read = converter.decimal(value, {row, 0, column_->name()}, NumberRange::score());
  if (read.is_bad()) return {std::nullopt, true};
  if (!read.has_value()) return {};
  return {read.value().to_rational(), false};
}

ExactScores::Result ExactScores::at(std::int64_t i, Findings& findings) const {
  const ArrowCell cell = cells_.cell(i);
  const std::uint64_t row = cells_.first_row() + static_cast<std::uint64_t>(i) + 1;
  if (std::holds_alternative<std::monostate>(cell)) return {};
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    if (*whole == 0) return {};
    if (*whole < lowest_score || *whole > highest_score) return outside(row, std::to_string(*whole), findings);
    return {Rational(*whole), false};
  }
  if (const auto* whole = std::get_if<std::uint64_t>(&cell)) {
    if (*whole == 0) return {};
    if (*whole > highest_score) return outside(row, std::to_string(*whole), findings);
    return {Rational(*whole), false};
  }
  if (const auto* half = std::get_if<ArrowHalf>(&cell)) {
    return number(row, static_cast<double>(half->to_float()), cell, findings);
  }
  if (const auto* real = std::get_if<float>(&cell)) return number(row, static_cast<double>(*real), cell, findings);
  if (const auto* real = std::get_if<double>(&cell)) return number(row, *real, cell, findings);
  if (const auto* words = std::get_if<std::string_view>(&cell)) return text(row, *words, findings);
  if (const auto* decimal = std::get_if<ArrowDecimal>(&cell)) {
    const auto exact = decimal->exact();
    if (exact && exact->coefficient() == 0) return {};
    if (exact && !check_score(dimension_, exact->to_rational())) return {exact->to_rational(), false};
    const bool within = !exact && decimal->to_double() > lowest_score && decimal->to_double() < highest_score;
    if (!within) return outside(row, decimal->to_string(), findings);
    Finding finding;
    finding.code = ErrorCode::overflow;
    finding.where.column = column_->name();
    finding.where.record = row;
    finding.value = shown_value(decimal->to_string());
    finding.rule = {"评分最多可有 18 位小数", "a score has at most 18 decimals"};
    finding.fix = {"请减少小数位数", "give fewer decimals"};
    findings.add(std::move(finding));
    return {std::nullopt, true};
  }
  return {};
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
