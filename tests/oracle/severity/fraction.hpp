// The oracle of severity: fractions of 128-bit integers, as plain as can be, sharing nothing with the library.
#pragma once

#include <array>

namespace oracle {

__extension__ typedef __int128 Wide;

struct Fraction {
  Wide top = 0;
  Wide bottom = 1;  // > 0, never reduced
};

inline Fraction plus(Fraction a, Fraction b) {
  return {a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom};
}
inline Fraction times(Fraction a, Fraction b) {
  return {a.top * b.top, a.bottom * b.bottom};
}
inline bool at_least(Fraction a, Fraction b) {
  return a.top * b.bottom >= b.top * a.bottom;
}
inline bool same(Fraction a, Fraction b) {
  return a.top * b.bottom == b.top * a.bottom;
}

/// Rounded half up to `parts` parts of one: 10 gives tenths. For values ≥ 0.
inline Fraction half_up(Fraction a, Wide parts) {
  const Wide doubled = 2 * a.top * parts + a.bottom;
  return {doubled / (2 * a.bottom), parts};
}

inline Fraction total(const std::array<Fraction, 3>& weights, const std::array<Fraction, 3>& scores) {
  return plus(plus(times(weights[0], scores[0]), times(weights[1], scores[1])), times(weights[2], scores[2]));
}

/// Stars of a total.
inline int stars(Fraction total, Fraction important, Fraction critical, bool tenth) {
  const Fraction decided = tenth ? half_up(total, 10) : total;
  if (at_least(decided, critical)) return 3;
  return at_least(decided, important) ? 2 : 1;
}

inline constexpr std::array<Fraction, 3> standard_weights{{{40, 100}, {30, 100}, {30, 100}}};
inline constexpr Fraction standard_important{25, 10};
inline constexpr Fraction standard_critical{40, 10};

}  // namespace oracle
