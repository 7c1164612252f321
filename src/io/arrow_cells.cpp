#include "arrow_cells.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <type_traits>
#include <utility>

namespace chainqual {
inline namespace v1 {
namespace {

detail::int128 wide_of(const ArrowDecimal& value) noexcept {
  return static_cast<detail::int128>(static_cast<detail::uint128>(static_cast<std::uint64_t>(value.high)) << 64U |
                                     value.low);
}

template <class T>
std::string digits_of(T value) {
  std::array<char, 40> buffer{};
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

/// The float's nearest half, ties to even, for finite floats.
std::uint16_t half_of(float value) noexcept {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 16U & 0x8000U);
  const float size = std::fabs(value);
  if (size >= 65520.0F) return static_cast<std::uint16_t>(sign | 0x7C00U);
  int exponent = 0;
  static_cast<void>(std::frexp(size, &exponent));
  // Halves have 11 bits; below 2^−14 their step stays 2^−24.
  const int step = std::max(exponent - 11, -24);
  const auto units = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(size, -step)));
  if (step == -24) return static_cast<std::uint16_t>(sign | units);
  // A mantissa that was rounded up to 2^11 carries into the exponent by itself.
  return static_cast<std::uint16_t>(sign | ((static_cast<std::uint32_t>(step + 24) << 10U) + units));
}

/// The fewest digits that read back to the same half.
std::string digits_of_half(ArrowHalf value) {
  const float real = value.to_float();
  if (!std::isfinite(real)) return digits_of(real);
  for (int digits = 1; digits <= 5; ++digits) {
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), real, std::chars_format::general, digits).ptr;
    float back = 0;
    std::from_chars(buffer.data(), end, back);
    if (half_of(back) == value.bits) return {buffer.data(), end};
  }
  return digits_of(real);
}

}  // namespace

std::optional<Decimal> ArrowDecimal::exact() const noexcept {
  detail::int128 number = wide_of(*this);
  int places = scale;
  while (places > 0 && number % 10 == 0) {
    number /= 10;
    --places;
  }
  for (; places < 0 && number != 0; ++places) {
    if (detail::magnitude(number) > static_cast<detail::uint128>(INT64_MAX)) return std::nullopt;
    number *= 10;
  }
  if (number == 0) places = 0;
  if (places > Decimal::max_scale || detail::magnitude(number) > static_cast<detail::uint128>(INT64_MAX)) {
    return std::nullopt;
  }
  return Decimal(static_cast<std::int64_t>(number), places);
}

std::string ArrowDecimal::to_string() const {
  const detail::int128 number = wide_of(*this);
  detail::uint128 rest = detail::magnitude(number);
  std::string digits;
  for (; rest != 0; rest /= 10) digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  if (scale < 0 && !digits.empty()) digits.insert(0, static_cast<std::size_t>(-scale), '0');
  while (static_cast<int>(digits.size()) <= scale || digits.empty()) digits.push_back('0');
  if (scale > 0) digits.insert(static_cast<std::size_t>(scale), 1, '.');
  if (number < 0) digits.push_back('-');
  return {digits.rbegin(), digits.rend()};
}

double ArrowDecimal::to_double() const noexcept {
  if (const auto small = exact()) return small->to_rational().to_double();
  // Beyond a Decimal: read the digits, which round once.
  std::array<char, 96> buffer{};
  std::size_t length = 0;
  for (const char c : to_string()) {
    if (length < buffer.size()) buffer[length++] = c;
  }
  double value = 0;
  std::from_chars(buffer.data(), buffer.data() + length, value);
  return value;
}

std::string ArrowDate::to_string() const {
  // Days to a date of the proleptic Gregorian calendar, by 400-year eras that begin on 1 March.
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const auto padded = [](std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number < 0 ? -number : number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return number < 0 ? "-" + digits : digits;
  };
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

float ArrowHalf::to_float() const noexcept {
  const std::uint32_t exponent = bits >> 10U & 0x1FU;
  const std::uint32_t mantissa = bits & 0x3FFU;
  float size = 0;
  if (exponent == 0x1FU) {
    size = mantissa == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  } else if (exponent == 0) {
    size = std::ldexp(static_cast<float>(mantissa), -24);
  } else {
    size = std::ldexp(static_cast<float>(mantissa | 0x400U), static_cast<int>(exponent) - 25);
  }
  return (bits & 0x8000U) != 0 ? -size : size;
}

std::string arrow_cell_text(const ArrowCell& cell) {
  struct Speller {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(ArrowHalf value) const { return digits_of_half(value); }
    std::string operator()(float value) const { return digits_of(value); }
    std::string operator()(double value) const { return digits_of(value); }
    std::string operator()(std::string_view value) const { return std::string(value); }
    std::string operator()(const ArrowDecimal& value) const { return value.to_string(); }
    std::string operator()(ArrowDate value) const { return value.to_string(); }
  };
  return std::visit(Speller(), cell);
}

namespace detail {

std::int64_t load_integer(ArrowKind kind, const void* buffer, std::int64_t at) noexcept {
  switch (kind) {
    case ArrowKind::int8:
      return load<std::int8_t>(buffer, at);
    case ArrowKind::uint8:
      return load<std::uint8_t>(buffer, at);
    case ArrowKind::int16:
      return load<std::int16_t>(buffer, at);
    case ArrowKind::uint16:
      return load<std::uint16_t>(buffer, at);
    case ArrowKind::int32:
      return load<std::int32_t>(buffer, at);
    case ArrowKind::uint32:
      return load<std::uint32_t>(buffer, at);
    default:
      return load<std::int64_t>(buffer, at);
  }
}

void ChunkCells::damaged(std::int64_t row, Text what) const {
  throw_damaged(column_->name(), first_row_ + static_cast<std::uint64_t>(row) + 1, std::move(what));
}

std::int64_t ChunkCells::word(std::int64_t i) const {
  if (!chunk_->valid(i)) return -1;
  const std::int64_t word = load_integer(*index_, chunk_->buffers[1], chunk_->offset + i);
  if (word < 0 || word >= words()) {
    damaged(i, {"字典序号 " + std::to_string(word) + " 超出字典的 " + std::to_string(words()) + " 个值",
                "dictionary index " + std::to_string(word) + " is beyond the dictionary's " + std::to_string(words()) +
                    " values"});
  }
  return word;
}

ArrowCell ChunkCells::cell(std::int64_t i) const {
  if (kind_ == ArrowKind::other) {
    const Text name = arrow_type_name(column_->type());
    const Text fix = fix_of_other(column_->type().format);
    throw Error(ErrorCode::wrong_format,
                {"列“" + column_->name() + "”是" + name.zh + "，不能读取。" + fix.zh + "。",
                 "Column '" + column_->name() + "' is of " + name.en + ", which is not read. Fix: " + fix.en + "."});
  }
  if (!index_) return cell_of(*chunk_, i, i);
  const std::int64_t at = word(i);
  return at < 0 ? ArrowCell() : cell_of(*chunk_->dictionary, at, i);
}

std::string_view ChunkCells::text(std::int64_t i) const {
  if (!index_) return chunk_->valid(i) ? text_of(*chunk_, i, i) : std::string_view();
  const std::int64_t at = word(i);
  const bool there = at >= 0 && chunk_->dictionary->valid(at);
  return there ? text_of(*chunk_->dictionary, at, i) : std::string_view();
}

ArrowCell ChunkCells::cell_of(const ArrowChunk& chunk, std::int64_t i, std::int64_t row) const {
  if (kind_ == ArrowKind::null || !chunk.valid(i)) return {};
  const std::int64_t at = chunk.offset + i;
  const void* data = chunk.buffers[1];
  switch (kind_) {
    case ArrowKind::boolean:
      return (static_cast<const std::uint8_t*>(data)[at >> 3] >> (at & 7) & 1U) != 0;
    case ArrowKind::uint64:
      return load<std::uint64_t>(data, at);
    case ArrowKind::float16:
      return ArrowHalf{load<std::uint16_t>(data, at)};
    case ArrowKind::float32:
      return load<float>(data, at);
    case ArrowKind::float64:
      return load<double>(data, at);
    case ArrowKind::decimal128:
      return ArrowDecimal{load<std::uint64_t>(data, 2 * at), load<std::int64_t>(data, 2 * at + 1),
                          column_->type().scale};
    case ArrowKind::date32:
      return ArrowDate{load<std::int32_t>(data, at)};
    case ArrowKind::date64: {
      constexpr std::int64_t day = 86'400'000;
      const auto milliseconds = load<std::int64_t>(data, at);
      return ArrowDate{milliseconds / day - (milliseconds % day < 0 ? 1 : 0)};
    }
    case ArrowKind::utf8:
    case ArrowKind::large_utf8:
    case ArrowKind::utf8_view:
      return text_of(chunk, i, row);
    default:
      return load_integer(kind_, data, at);
  }
}

std::string_view ChunkCells::text_of(const ArrowChunk& chunk, std::int64_t i, std::int64_t row) const {
  const std::int64_t at = chunk.offset + i;
  const void* offsets = chunk.buffers[1];
  if (kind_ == ArrowKind::utf8_view) return view_of(chunk, at, row);
  const bool large = kind_ == ArrowKind::large_utf8;
  const auto offset = [&](std::int64_t k) {
    return large ? load<std::int64_t>(offsets, k) : std::int64_t{load<std::int32_t>(offsets, k)};
  };
  const std::int64_t begin = offset(at);
  const std::int64_t end = offset(at + 1);
  // The last offset is the length of the bytes as far as anybody can know.
  const bool fits = begin >= 0 && begin <= end && end <= offset(chunk.offset + chunk.length);
  if (!fits || (end != begin && chunk.buffers[2] == nullptr)) {
    damaged(row, {"文本的偏移不成立", "the text's offsets cannot be"});
  }
  if (begin == end) return {"", 0};
  return {static_cast<const char*>(chunk.buffers[2]) + begin, static_cast<std::size_t>(end - begin)};
}

/// 16 bytes: the length, then up to 12 bytes of text, or 4 bytes of it, the number of a buffer and a place in it.
std::string_view ChunkCells::view_of(const ArrowChunk& chunk, std::int64_t at, std::int64_t row) const {
  const auto* view = static_cast<const unsigned char*>(chunk.buffers[1]) + 16 * at;
  const auto length = load<std::int32_t>(view, 0);
  const auto wrong = [&] { damaged(row, {"文本视图指向缓冲区之外", "a text view points outside its buffers"}); };
  if (length < 0) wrong();
  const auto size = static_cast<std::size_t>(length);
  if (length <= 12) return {static_cast<const char*>(static_cast<const void*>(view + 4)), size};
  const auto buffer = load<std::int32_t>(view, 2);
  const auto place = load<std::int32_t>(view, 3);
  // Behind validity and views come the text buffers, and last their lengths.
  const auto texts = static_cast<std::int64_t>(chunk.buffers.size()) - 3;
  if (buffer < 0 || buffer >= texts || place < 0 || chunk.buffers.back() == nullptr) wrong();
  const auto* bytes = static_cast<const char*>(chunk.buffers[static_cast<std::size_t>(buffer) + 2]);
  const auto room = load<std::int64_t>(chunk.buffers.back(), buffer);
  if (bytes == nullptr || room < 0 || std::int64_t{place} + length > room) wrong();
  return {bytes + place, size};
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
