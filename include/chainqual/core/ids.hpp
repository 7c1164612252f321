#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace chainqual {
inline namespace v1 {

/// A number that cannot be mistaken for another kind of number. `none()` marks "no such thing".
template <class Tag, class Rep>
struct StrongId {
  using rep = Rep;
  Rep value = std::numeric_limits<Rep>::max();

  constexpr StrongId() = default;
  constexpr explicit StrongId(Rep v) : value(v) {}
  [[nodiscard]] static constexpr StrongId none() noexcept { return StrongId{}; }
  [[nodiscard]] constexpr bool is_none() const noexcept { return *this == none(); }
  [[nodiscard]] constexpr std::size_t index() const noexcept { return value; }
  friend constexpr auto operator<=>(const StrongId&, const StrongId&) = default;  // NOLINT(modernize-use-nullptr)
};

/// Position of an enterprise in a chain or network: 0 … n−1, n ≤ 2^32 − 2.
using EnterpriseId = StrongId<struct EnterpriseTag, std::uint32_t>;
/// Position of a link in supplier order: 0 … m−1.
using LinkId = StrongId<struct LinkTag, std::uint64_t>;
/// Position of a segment in its chain.
using SegmentId = StrongId<struct SegmentTag, std::uint32_t>;
/// Position of a sector (industry) in a network.
using SectorId = StrongId<struct SectorTag, std::uint32_t>;

}  // namespace v1
}  // namespace chainqual

template <class Tag, class Rep>
struct std::hash<chainqual::StrongId<Tag, Rep>> {
  std::size_t operator()(const chainqual::StrongId<Tag, Rep>& id) const noexcept { return std::hash<Rep>{}(id.value); }
};
