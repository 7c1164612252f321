#pragma once

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/network.hpp"

namespace chainqual {
inline namespace v1 {

/// Freezes a chain. EnterpriseIds are kept; links between the same two enterprises (one per product) become one, as
/// `build_network` says. Stage, home segment and weight are carried; the sector is the home segment.
///
/// A link without a value gets the mean of the values given among its customer's inputs; where that customer has none,
/// the mean of all values given in the chain; where the chain has none, 1. So inputs without values count as equal
/// shares. `summary().values_assumed` says how many there are.
///
/// @param chain    n enterprises, m links.
/// @param options  what to do with self-supply.
/// @param control  executor, cancellation, progress.
/// @throws Error{invalid_value} a value negative, NaN or infinite, a share outside [0, 1]: all in `findings()`, each
///         naming the link by its keys' positions.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(n + m log degree) time; some 55 bytes a link beside the result.
/// @numerics as build_network; means are taken in double in the order of the links.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] Network network_of(const Chain& chain, const BuildOptions& options, const Control& control = {});
[[nodiscard]] Network network_of(const Chain& chain, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/network_of-inl.hpp"
