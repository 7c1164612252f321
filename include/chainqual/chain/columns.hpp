#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chainqual {
inline namespace v1 {

/// A column of real numbers that someone else holds, in single or double precision. Empty: not given.
class RealColumn {
 public:
  RealColumn() = default;
  RealColumn(std::span<const float> values) : floats_(values.data()), size_(values.size()) {}
  RealColumn(std::span<const double> values) : doubles_(values.data()), size_(values.size()) {}
  RealColumn(const std::vector<float>& values) : RealColumn(std::span<const float>(values)) {}
  RealColumn(const std::vector<double>& values) : RealColumn(std::span<const double>(values)) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] double operator[](std::size_t i) const noexcept {
    return floats_ != nullptr ? static_cast<double>(floats_[i]) : doubles_[i];
  }
  /// Entries [begin, begin + count).
  [[nodiscard]] RealColumn part(std::size_t begin, std::size_t count) const noexcept {
    RealColumn column;
    column.floats_ = floats_ == nullptr ? nullptr : floats_ + begin;
    column.doubles_ = doubles_ == nullptr ? nullptr : doubles_ + begin;
    column.size_ = count;
    return column;
  }
  /// The column's own floats, or null when it holds doubles.
  [[nodiscard]] const float* floats() const noexcept { return floats_; }

 private:
  const float* floats_ = nullptr;
  const double* doubles_ = nullptr;
  std::size_t size_ = 0;
};

/// What each enterprise is, by its id. An empty column is not given.
struct EnterpriseColumns {
  std::uint64_t enterprises = 0;           ///< n; ids are 0 … n−1
  std::span<const std::uint8_t> stage;     ///< [n] Stage, or Network::no_stage
  std::span<const std::uint32_t> segment;  ///< [n] segment ids, or Network::none
  std::span<const std::uint32_t> sector;   ///< [n] sector ids, or Network::none
  RealColumn weight;                       ///< [n] ≥ 0, NaN: not given
};

/// Links as columns; row k says that supplier[k] supplies customer[k]. The arrays are only read.
struct LinkColumns {
  std::span<const std::uint32_t> supplier;  ///< [m]
  std::span<const std::uint32_t> customer;  ///< [m]
  RealColumn value;                         ///< [m] ≥ 0; empty: 1 each
  RealColumn dependency;                    ///< [m] in [0, 1], NaN: not given
  RealColumn escape;                        ///< [m] in [0, 1], NaN: not given
};

/// A whole network as columns.
struct NetworkColumns : EnterpriseColumns, LinkColumns {};

struct BuildOptions {
  bool keep_self_supply = false;  ///< else links from an enterprise to itself are dropped and counted
};

}  // namespace v1
}  // namespace chainqual
