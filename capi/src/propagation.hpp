#pragma once

#include "buffers.hpp"
#include "chainqual.h"
#include "chainqual/impact/propagation.hpp"
#include "options.hpp"

namespace chainqual::capi {

/// Whether options ask for a direction; throws for bits that mean nothing.
struct Directions {
  bool downstream = true;
  bool upstream = true;
};
[[nodiscard]] Directions directions_of(std::uint32_t bits);

/// The caller's result struct while a model runs: checked before, filled after.
class PropagationOut {
 public:
  /// @param inputs  that no buffer may overlap.
  /// @throws Error{shape_mismatch} a buffer of less than n; Error{invalid_argument} overlaps, a wrong size.
  PropagationOut(chainqual_propagation* result, std::uint32_t enterprises, std::initializer_list<Bytes> inputs);

  /// Whether losses are wanted; else only the size was asked for, and `size_only` answers.
  [[nodiscard]] bool wants_losses() const noexcept;
  void size_only();

  /// @throws Error{invalid_argument} a buffer for a direction that the options left out.
  void write(const Propagation& losses);

 private:
  chainqual_propagation* result_;
  chainqual_propagation own_;
  std::uint32_t enterprises_;
};

}  // namespace chainqual::capi
