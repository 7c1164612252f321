#pragma once

#include <concepts>
#include <type_traits>

#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Numbers that an Arrow column may hold as they are.
template <class T>
concept ArrowNumber = (std::integral<T> || std::same_as<T, float> || std::same_as<T, double>)&&!std::same_as<T, bool> &&
                      sizeof(T) <= 8;

template <ArrowNumber T>
[[nodiscard]] constexpr ArrowKind arrow_kind_of() noexcept {
  if constexpr (std::same_as<T, double>) {
    return ArrowKind::float64;
  } else if constexpr (std::same_as<T, float>) {
    return ArrowKind::float32;
  } else if constexpr (sizeof(T) == 1) {
    return std::is_signed_v<T> ? ArrowKind::int8 : ArrowKind::uint8;
  } else if constexpr (sizeof(T) == 2) {
    return std::is_signed_v<T> ? ArrowKind::int16 : ArrowKind::uint16;
  } else if constexpr (sizeof(T) == 4) {
    return std::is_signed_v<T> ? ArrowKind::int32 : ArrowKind::uint32;
  } else {
    return std::is_signed_v<T> ? ArrowKind::int64 : ArrowKind::uint64;
  }
}

}  // namespace detail

template <class T>
std::optional<std::span<const T>> ArrowColumn::view(std::size_t chunk) const noexcept {
  const void* data = numbers(chunk, detail::arrow_kind_of<T>(), sizeof(T));
  const auto length = static_cast<std::size_t>(state_->chunks[chunk].length);
  if (data == nullptr) return length == 0 ? std::optional<std::span<const T>>(std::in_place) : std::nullopt;
  return std::span<const T>(static_cast<const T*>(data), length);
}

}  // namespace v1
}  // namespace chainqual
