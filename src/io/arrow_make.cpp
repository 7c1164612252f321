#include "chainqual/io/arrow_make.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "arrow_format.hpp"
#include "chainqual/chain/large_array.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// A column of a single chunk. `owner` keeps the buffers behind the first one alive.
ArrowColumn one_chunk(std::string name, ArrowType type, ArrowChunk chunk, detail::PresentBits present,
                      std::shared_ptr<const void> owner) {
  struct Held {
    std::vector<std::uint8_t> bits;
    std::shared_ptr<const void> owner;
  };
  auto held = std::make_shared<const Held>(Held{std::move(present.bits), std::move(owner)});
  chunk.null_count = present.nulls;
  chunk.buffers[0] = held->bits.empty() ? nullptr : held->bits.data();
  std::vector<ArrowChunk> chunks;
  if (chunk.length != 0) chunks.push_back(std::move(chunk));
  return ArrowColumn(std::move(name), std::move(type), std::move(chunks), std::move(held));
}

ArrowChunk chunk_of(std::size_t rows, std::vector<const void*> buffers) {
  ArrowChunk chunk;
  chunk.length = static_cast<std::int64_t>(rows);
  chunk.buffers = std::move(buffers);
  return chunk;
}

/// Texts behind each other.
template <class Offset>
struct PackedTexts {
  LargeArray<Offset> offsets;
  LargeArray<char> bytes;
};

template <class Offset, class Texts>
std::shared_ptr<const PackedTexts<Offset>> packed(const Texts& texts, std::uint64_t bytes) {
  auto result = std::make_shared<PackedTexts<Offset>>();
  result->offsets = LargeArray<Offset>(texts.size() + 1);
  result->bytes = LargeArray<char>(static_cast<std::size_t>(bytes));
  std::size_t at = 0;
  result->offsets[0] = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].empty()) std::memcpy(result->bytes.data() + at, texts[i].data(), texts[i].size());
    at += texts[i].size();
    result->offsets[i + 1] = static_cast<Offset>(at);
  }
  return result;
}

/// The highest number, −1 of none. Steps of constant length, which compilers vectorise at any level of optimisation.
int highest_of(std::span<const std::uint8_t> numbers) noexcept {
  if (numbers.empty()) return -1;
  constexpr std::size_t step = 64;
  std::array<std::uint8_t, step> lanes{};
  std::size_t i = 0;
  for (; i + step <= numbers.size(); i += step) {
    for (std::size_t j = 0; j < step; ++j) lanes[j] = std::max(lanes[j], numbers[i + j]);
  }
  std::uint8_t highest = *std::max_element(lanes.begin(), lanes.end());
  for (; i < numbers.size(); ++i) highest = std::max(highest, numbers[i]);
  return highest;
}

template <class Texts>
std::uint64_t bytes_of(const Texts& texts) noexcept {
  std::uint64_t bytes = 0;
  for (const auto& text : texts) bytes += text.size();
  return bytes;
}

template <class Offset, class Texts>
ArrowColumn packed_column(std::string name, ArrowKind kind, const Texts& texts, std::uint64_t bytes,
                          std::span<const std::uint8_t> present) {
  auto held = packed<Offset>(texts, bytes);
  auto chunk = chunk_of(texts.size(), {nullptr, held->offsets.data(), held->bytes.data()});
  return one_chunk(std::move(name), arrow_type(kind), std::move(chunk), detail::present_bits(present, texts.size()),
                   std::move(held));
}

template <class Texts>
ArrowColumn text_column(std::string name, const Texts& texts, std::span<const std::uint8_t> present) {
  const std::uint64_t bytes = bytes_of(texts);
  if (bytes > static_cast<std::uint64_t>(std::numeric_limits<std::int32_t>::max())) {
    return packed_column<std::int64_t>(std::move(name), ArrowKind::large_utf8, texts, bytes, present);
  }
  return packed_column<std::int32_t>(std::move(name), ArrowKind::utf8, texts, bytes, present);
}

}  // namespace

namespace detail {

PresentBits present_bits(std::span<const std::uint8_t> present, std::size_t rows) {
  PresentBits result;
  if (present.empty()) return result;
  if (present.size() != rows) {
    throw Error(
        ErrorCode::shape_mismatch,
        {"空值标记有 " + std::to_string(present.size()) + " 项，而列有 " + std::to_string(rows) + " 行。",
         "There are " + std::to_string(present.size()) + " marks of presence for " + std::to_string(rows) + " rows."});
  }
  result.nulls = std::count(present.begin(), present.end(), std::uint8_t{0});
  if (result.nulls == 0) return result;
  result.bits.assign(rows / 8 + 1, 0);
  for (std::size_t i = 0; i < rows; ++i) {
    if (present[i] != 0) result.bits[i / 8] = static_cast<std::uint8_t>(result.bits[i / 8] | 1U << (i % 8));
  }
  return result;
}

ArrowColumn number_column(std::string name, ArrowType type, const void* data, std::size_t rows,
                          std::span<const std::uint8_t> present, std::shared_ptr<const void> owner) {
  return one_chunk(std::move(name), std::move(type), chunk_of(rows, {nullptr, data}), present_bits(present, rows),
                   std::move(owner));
}

}  // namespace detail

ArrowColumn arrow_truths(std::string name, std::span<const std::uint8_t> values,
                         std::span<const std::uint8_t> present) {
  auto bits = std::make_shared<std::vector<std::uint8_t>>(values.size() / 8 + 1, std::uint8_t{0});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0) (*bits)[i / 8] = static_cast<std::uint8_t>((*bits)[i / 8] | 1U << (i % 8));
  }
  const void* data = bits->data();
  return detail::number_column(std::move(name), arrow_type(ArrowKind::boolean), data, values.size(), present,
                               std::move(bits));
}

ArrowColumn arrow_text(std::string name, std::span<const std::string_view> values,
                       std::span<const std::uint8_t> present) {
  return text_column(std::move(name), values, present);
}

ArrowColumn arrow_text(std::string name, std::span<const std::string> values, std::span<const std::uint8_t> present) {
  return text_column(std::move(name), values, present);
}

ArrowColumn arrow_words(std::string name, std::span<const std::uint8_t> index, std::shared_ptr<const void> owner,
                        std::span<const std::string_view> words, bool ordered, std::span<const std::uint8_t> present) {
  if (const auto highest = highest_of(index); highest >= 0 && static_cast<std::size_t>(highest) >= words.size()) {
    throw Error(
        ErrorCode::out_of_range,
        {"词号 " + std::to_string(highest) + " 超出 " + std::to_string(words.size()) + " 个词。",
         "Word number " + std::to_string(highest) + " is beyond the " + std::to_string(words.size()) + " words."});
  }
  struct Held {
    std::shared_ptr<const PackedTexts<std::int32_t>> words;
    std::shared_ptr<const void> index;
  };
  auto held = std::make_shared<const Held>(Held{packed<std::int32_t>(words, bytes_of(words)), std::move(owner)});
  ArrowType type = arrow_type(ArrowKind::utf8);
  type.index = ArrowKind::uint8;
  type.ordered = ordered;
  ArrowChunk chunk = chunk_of(index.size(), {nullptr, index.data()});
  chunk.dictionary = std::make_shared<const ArrowChunk>(
      chunk_of(words.size(), {nullptr, held->words->offsets.data(), held->words->bytes.data()}));
  return one_chunk(std::move(name), std::move(type), std::move(chunk), detail::present_bits(present, index.size()),
                   std::move(held));
}

ArrowColumn arrow_decimals(std::string name, std::span<const Decimal> values, std::span<const std::uint8_t> present) {
  int scale = 0;
  for (const Decimal& value : values) scale = std::max(scale, value.scale());
  auto held = std::make_shared<LargeArray<std::uint64_t>>(2 * values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    detail::int128 number = values[i].coefficient();
    for (int places = values[i].scale(); places < scale; ++places) number *= 10;
    (*held)[2 * i] = static_cast<std::uint64_t>(number);
    (*held)[2 * i + 1] = static_cast<std::uint64_t>(static_cast<detail::uint128>(number) >> 64U);
  }
  const void* data = held->data();
  return detail::number_column(std::move(name), arrow_decimal_type(38, scale), data, values.size(), present,
                               std::move(held));
}

}  // namespace v1
}  // namespace chainqual
