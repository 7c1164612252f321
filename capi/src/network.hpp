#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chainqual.h"
#include "chainqual/chain/columns.hpp"
#include "chainqual/chain/network.hpp"

struct chainqual_network {
  chainqual::Network network;
};

namespace chainqual::capi {

[[nodiscard]] const Network& network_of(const chainqual_network* network);

/// @throws Error{invalid_argument} data without a count or the reverse, or both precisions.
[[nodiscard]] RealColumn column_of(const chainqual_real_column& column, const char* parameter);
[[nodiscard]] std::span<const std::uint32_t> column_of(const chainqual_u32_column& column, const char* parameter);
[[nodiscard]] std::span<const std::uint8_t> column_of(const chainqual_u8_column& column, const char* parameter);

/// The same as a vector, for options that own their columns.
[[nodiscard]] std::vector<double> vector_of(const chainqual_real_column& column, const char* parameter);
template <class Column>
[[nodiscard]] auto vector_of(const Column& column, const char* parameter) {
  const auto entries = column_of(column, parameter);
  return std::vector(entries.begin(), entries.end());
}

}  // namespace chainqual::capi
