#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// The type that a format string of the C Data Interface names; `other` for those not read.
[[nodiscard]] ArrowType type_of_format(std::string_view format);

/// The format string of a kind that has one by itself; empty for decimal128 and other.
[[nodiscard]] std::string_view format_of(ArrowKind kind) noexcept;

[[nodiscard]] constexpr bool is_integer(ArrowKind kind) noexcept {
  return kind >= ArrowKind::int8 && kind <= ArrowKind::uint64;
}
[[nodiscard]] constexpr bool is_real(ArrowKind kind) noexcept {
  return kind >= ArrowKind::float16 && kind <= ArrowKind::float64;
}
[[nodiscard]] constexpr bool is_text(ArrowKind kind) noexcept {
  return kind >= ArrowKind::utf8 && kind <= ArrowKind::utf8_view;
}

/// Bytes of one value in the values' buffer; 0: they are not of whole bytes.
[[nodiscard]] std::size_t value_bytes(ArrowKind kind) noexcept;

/// How many buffers a chunk of the kind has; text views have that many or more.
[[nodiscard]] std::int64_t buffer_count(ArrowKind kind) noexcept;

/// What to do about a column of kind `other`.
[[nodiscard]] Text fix_of_other(std::string_view format);

/// Throws Error{wrong_format} unless the chunk can be one of the type.
void check_chunk(const std::string& column, const ArrowType& type, const ArrowChunk& chunk);

[[noreturn]] void throw_damaged(const std::string& column, std::uint64_t row, Text what);

/// Calls release once at the end, unless it was moved out.
template <class Struct>
class Released {
 public:
  Released() = default;
  explicit Released(Struct* taken) : held_(*taken) { taken->release = nullptr; }
  ~Released() {
    if (held_.release != nullptr) held_.release(&held_);
  }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;
  [[nodiscard]] Struct& operator*() noexcept { return held_; }
  [[nodiscard]] Struct* operator->() noexcept { return &held_; }
  [[nodiscard]] Struct* get() noexcept { return &held_; }
  /// Moves the struct out.
  [[nodiscard]] Struct take() noexcept {
    Struct moved = held_;
    held_.release = nullptr;
    return moved;
  }

 private:
  Struct held_{};
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
