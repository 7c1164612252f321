#pragma once

#include <string_view>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Whether two licences exclude each other: one result, days, territory and field in common, two licensees (not two
/// names of one unit), and at least one of the two sole or exclusive. An empty territory or field is all of it; two
/// that are named differently are taken to lie apart.
///
/// @param dossier  the registers, which know what units are called.
/// @throws Error{invalid_value} a day that is no date.
/// @complexity O(members).
/// @numerics none.
/// @threads  Reads only.
/// @source  Appendix H of the standard; the meanings of ordinary, sole and exclusive are those of the Patent Law's
///          judicial interpretation (普通、排他、独占).
/// @since 0.1, experimental.
[[nodiscard]] bool exclude_each_other(const Dossier& dossier, const Licence& a, const Licence& b);

/// The licences in force that exclude `licence`, itself aside.
///
/// @param dossier  the registers.
/// @param licence  one of them or a new one.
/// @throws Error{invalid_value} a day that is no date.
/// @complexity O(licences · members).
/// @numerics none.
/// @threads  Reads only.
/// @source  As exclude_each_other.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<const Licence*> conflicts_of(const Dossier& dossier, const Licence& licence);

/// Whether a signed licence covers the day.
[[nodiscard]] bool in_force(const Licence& licence, Date on);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/conflicts-inl.hpp"
