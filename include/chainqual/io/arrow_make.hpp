#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/io/arrow.hpp"

// Columns made from what C++ programs hold. `present` says of each row whether it has a value (1) or is null (0);
// empty: all have. Each throws Error{shape_mismatch} when `present` is neither empty nor as long as the values.

namespace chainqual {
inline namespace v1 {

namespace detail {

/// A chunk's validity bits and how many are 0; null where every row has a value.
struct PresentBits {
  std::vector<std::uint8_t> bits;
  std::int64_t nulls = 0;
};
[[nodiscard]] PresentBits present_bits(std::span<const std::uint8_t> present, std::size_t rows);

/// A column of one chunk over numbers that `owner` holds.
[[nodiscard]] ArrowColumn number_column(std::string name, ArrowType type, const void* data, std::size_t rows,
                                        std::span<const std::uint8_t> present, std::shared_ptr<const void> owner);

}  // namespace detail

/// Numbers that someone else holds; `owner` keeps them alive. @complexity O(1), O(n) with nulls.
template <detail::ArrowNumber T>
[[nodiscard]] ArrowColumn arrow_borrowed(std::string name, std::span<const T> values, std::shared_ptr<const void> owner,
                                         std::span<const std::uint8_t> present = {}) {
  return detail::number_column(std::move(name), arrow_type(detail::arrow_kind_of<T>()), values.data(), values.size(),
                               present, std::move(owner));
}

/// Numbers, moved in. @complexity O(1), O(n) with nulls.
template <detail::ArrowNumber T>
[[nodiscard]] ArrowColumn arrow_numbers(std::string name, std::vector<T> values,
                                        std::span<const std::uint8_t> present = {}) {
  auto held = std::make_shared<const std::vector<T>>(std::move(values));
  const std::span<const T> span(*held);
  return arrow_borrowed<T>(std::move(name), span, std::move(held), present);
}

/// Truths: 0 is false. @complexity O(n).
[[nodiscard]] ArrowColumn arrow_truths(std::string name, std::span<const std::uint8_t> values,
                                       std::span<const std::uint8_t> present = {});

/// Text, UTF-8, copied: `utf8`, or `large_utf8` from 2 GiB on. @complexity O(bytes).
[[nodiscard]] ArrowColumn arrow_text(std::string name, std::span<const std::string_view> values,
                                     std::span<const std::uint8_t> present = {});
[[nodiscard]] ArrowColumn arrow_text(std::string name, std::span<const std::string> values,
                                     std::span<const std::uint8_t> present = {});

/// Words by number: row k says words[index[k]].
///
/// @param index    [n] < words.size(); `owner` keeps them alive.
/// @param ordered  whether the words ascend in meaning.
/// @throws Error{out_of_range} an index beyond the words.
/// @complexity O(n). @numerics none. @threads Pure. @source Arrow Columnar Format 1.4. @since 0.1, experimental.
[[nodiscard]] ArrowColumn arrow_words(std::string name, std::span<const std::uint8_t> index,
                                      std::shared_ptr<const void> owner, std::span<const std::string_view> words,
                                      bool ordered = false, std::span<const std::uint8_t> present = {});

/// Exact decimals, as decimal128 of the largest scale among them. @complexity O(n).
[[nodiscard]] ArrowColumn arrow_decimals(std::string name, std::span<const Decimal> values,
                                         std::span<const std::uint8_t> present = {});

}  // namespace v1
}  // namespace chainqual
