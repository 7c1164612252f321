#pragma once

#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// `Network::from_parts(parts, PartsCheck::full)` on all threads, in pieces between which it may be stopped. It refuses
/// the same arrays with the same errors: where a piece is bad, `from_parts` itself looks for the place to name.
///
/// @param parts    as `Network::from_parts`.
/// @param control  progress covers the shares 0.6 … 1, behind the checksums.
/// @throws Error{cancelled} or as `Network::from_parts`.
/// @complexity O(n + m log d), where d is the longest row.
/// @since 0.1, experimental.
[[nodiscard]] Network checked_network(NetworkParts parts, const Control& control);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
