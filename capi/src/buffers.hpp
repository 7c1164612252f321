#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "guard.hpp"

// The caller's memory: lengths, buffers, text.

namespace chainqual::capi {

[[noreturn]] void throw_too_small(std::uint64_t capacity, std::uint64_t size);
[[noreturn]] void throw_too_long(const char* parameter);

/// `count` entries from the caller. @throws Error{invalid_argument} null with a count; Error{limit_exceeded} more
/// entries than memory can hold.
template <class T>
[[nodiscard]] std::span<const T> entries(const T* data, std::uint64_t count, const char* parameter) {
  if (count == 0) return {};
  if (data == nullptr) throw_null(parameter);
  if (count > static_cast<std::uint64_t>(PTRDIFF_MAX) / sizeof(T)) throw_too_long(parameter);
  return {data, static_cast<std::size_t>(count)};
}

/// Room for results. @throws Error{shape_mismatch} less than `size`.
template <class T>
[[nodiscard]] std::span<T> room(T* buffer, std::uint64_t capacity, std::uint64_t size, const char* parameter) {
  if (size == 0) return {};
  if (buffer == nullptr) throw_null(parameter);
  if (capacity < size) throw_too_small(capacity, size);
  return {buffer, static_cast<std::size_t>(size)};
}

/// @throws Error{out_of_range} index ≥ size.
void require_index(std::uint64_t index, std::uint64_t size);

/// Bytes that a call reads or writes.
struct Bytes {
  const void* begin = nullptr;
  std::uint64_t size = 0;

  template <class T>
  static Bytes of(const T* data, std::uint64_t count) noexcept {
    return {data, data == nullptr ? 0 : count * sizeof(T)};
  }
  static Bytes of(const chainqual_real_column& column) noexcept {
    return column.f64 != nullptr ? of(column.f64, column.count) : of(column.f32, column.count);
  }
  static Bytes of(const chainqual_u32_column& column) noexcept { return of(column.data, column.count); }
};

/// @throws Error{invalid_argument} an output shares bytes with an input or with another output.
void require_apart(std::initializer_list<Bytes> outputs, std::initializer_list<Bytes> inputs);

/// Hands a result of any length over: its size, and into a buffer that is not null, its entries.
/// @throws Error{shape_mismatch} the buffer is too small; Error{invalid_argument} neither buffer nor size wanted.
template <class Range, class T>
void hand_over(const Range& values, T* buffer, std::uint64_t capacity, std::uint64_t* size) {
  if (buffer == nullptr && size == nullptr) throw_null("size");
  const std::uint64_t count = values.size();
  if (buffer != nullptr) {
    if (capacity < count) throw_too_small(capacity, count);
    std::size_t k = 0;
    for (const auto& value : values) buffer[k++] = static_cast<T>(value);
  }
  if (size != nullptr) *size = count;
}

/// A result whose length is known before it is computed.
template <class Compute>
struct Lazy {
  std::uint64_t size;
  Compute compute;
  Lazy(std::uint64_t size_in, Compute compute_in) : size(size_in), compute(std::move(compute_in)) {}
};

/// The same for one of these, which is computed only where a buffer can take it.
template <class Compute, class T>
void hand_over(const Lazy<Compute>& lazy, T* buffer, std::uint64_t capacity, std::uint64_t* size) {
  if (buffer == nullptr) {
    required(size, "size") = lazy.size;
    return;
  }
  if (capacity < lazy.size) throw_too_small(capacity, lazy.size);
  hand_over(lazy.compute(), buffer, capacity, size);
}

/// The same for a text; the size counts the NUL at its end.
void hand_over_text(std::string_view text, char* buffer, std::uint64_t capacity, std::uint64_t* size);

/// The caller's text; empty for null.
[[nodiscard]] inline std::string_view text_of(const char* text) noexcept {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

/// @throws Error{invalid_argument} neither CHAINQUAL_ZH nor CHAINQUAL_EN.
[[nodiscard]] Language language_of(std::int32_t language);

/// One of several texts, borrowed. @throws Error{out_of_range} there are no more than `index`.
void hand_over(const std::vector<Text>& texts, std::uint64_t index, std::int32_t language, const char** out);

/// The enumerator of a number. @throws Error{invalid_argument} none has it; the message names the parameter.
[[noreturn]] void throw_unknown_number(std::int64_t number, const char* parameter);
template <class E>
[[nodiscard]] E enumerator(std::int64_t number, const char* parameter) {
  for (const auto& row : Names<E>::table) {
    if (static_cast<std::int64_t>(row.value) == number) return row.value;
  }
  throw_unknown_number(number, parameter);
}

}  // namespace chainqual::capi
