#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "guard.hpp"

// Structs that start with their size and grow at their ends.

namespace chainqual::capi {

[[noreturn]] void throw_bad_size(std::uint32_t size, std::size_t least);

/// Least struct_size that is taken for a size: the word itself and the one beside it.
inline constexpr std::size_t least_struct_size = 8;

/// Bytes of a struct that both sides know. A size that no version of the struct can have was never set.
/// @throws Error{invalid_argument}
template <class T>
[[nodiscard]] std::size_t shared_size(std::uint32_t size) {
  static_assert(std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T>);
  if (size < least_struct_size || size % alignof(T) != 0) throw_bad_size(size, sizeof(T));
  return size < sizeof(T) ? size : sizeof(T);
}

/// A copy of the caller's struct in which members that the caller's version lacks are zero; all are for null.
template <class T>
[[nodiscard]] T settled(const T* given) {
  T own{};
  if (given != nullptr) std::memcpy(&own, given, shared_size<T>(given->struct_size));
  return own;
}

/// Whether the caller's version of the struct has a member; null has them all.
template <class T, class Member>
[[nodiscard]] bool has(const T* given, Member T::*member) {
  const T own{};
  const auto offset = reinterpret_cast<const char*>(&(own.*member)) - reinterpret_cast<const char*>(&own);
  return given == nullptr || given->struct_size > static_cast<std::size_t>(offset);
}

/// Puts results into the caller's struct, as much of it as the caller's version has; struct_size keeps its value.
template <class T>
void hand_over(T own, T* given) {
  const std::size_t size = shared_size<T>(given->struct_size);
  own.struct_size = given->struct_size;
  std::memcpy(given, &own, size);
}

/// `value` where it is given, that is not 0, else `otherwise`.
template <class T, class U>
[[nodiscard]] T given_or(T value, U otherwise) {
  return value != T{} ? value : static_cast<T>(otherwise);
}

}  // namespace chainqual::capi
