#pragma once

#include <span>
#include <vector>

#include "chainqual.h"
#include "chainqual/chain/columns.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/io/key_table.hpp"

struct chainqual_network {
  chainqual::Network network;
  chainqual::KeyTable keys = {};  ///< empty where the network has none
};

namespace chainqual::capi {

[[nodiscard]] const Network& network_of(const chainqual_network* network);

/// @throws Error{invalid_argument} a count without data, or both precisions.
[[nodiscard]] RealColumn column_of(const chainqual_real_column& column, const char* parameter);
[[nodiscard]] std::span<const std::uint32_t> column_of(const chainqual_u32_column& column, const char* parameter);
[[nodiscard]] std::span<const std::uint8_t> column_of(const chainqual_u8_column& column, const char* parameter);

/// The same as a vector, for options that own their columns.
[[nodiscard]] std::vector<double> vector_of(const chainqual_real_column& column, const char* parameter);
[[nodiscard]] std::vector<std::uint32_t> vector_of(const chainqual_u32_column& column, const char* parameter);
[[nodiscard]] std::vector<std::uint8_t> vector_of(const chainqual_u8_column& column, const char* parameter);

}  // namespace chainqual::capi
