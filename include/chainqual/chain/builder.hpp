#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "chainqual/chain/columns.hpp"
#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {

/// Everything that is wrong with the columns: lengths that differ, too many enterprises, ids out of range, values
/// negative, NaN, infinite or beyond single precision, shares outside [0, 1], unknown stages. `record` counts from 1.
///
/// @param columns  read only.
/// @param control  executor and cancellation.
/// @returns the first 1,000 findings in the order of columns and rows, and the count of all; empty when all is well.
/// @throws Error{cancelled}
/// @complexity O(n + m) time, O(1) space when nothing is wrong.
/// @numerics None.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] Findings check_columns(const NetworkColumns& columns, const Control& control = {});

/// The network of the columns.
///
/// Parallel links become one. Values add up. Dependencies add up, to 1 at most, and the escape is their mean weighted
/// by dependency: so dependency × escape of the one link is the sum of the products of the many, and the linear model
/// gives the same losses as it would with the links apart (unless the dependencies pass 1). A link without a dependency
/// counts with its share of the customer's inputs, its default in the models; when no parallel link has one, the merged
/// link has none and escapes are weighted by value. An escape not given among given ones counts as 1.
///
/// @param columns  see NetworkColumns.
/// @param options  what to do with self-supply.
/// @param control  executor, cancellation, progress.
/// @throws Error{invalid_value | shape_mismatch | out_of_range | limit_exceeded} the columns have errors: all are in
///         `findings()`, and nothing was allocated for the network.
/// @throws Error{invalid_value} the sum of parallel links leaves single precision.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(n + m + Σ d log d) time, d = links of a supplier; 12 bytes a link beside input and result (20 with
/// shares).
/// @numerics Each value is rounded to single precision; parallel values are then added in double, ascending, and
/// rounded
///           once. Same bits for any number of threads and any order of the rows.
/// @threads Reads the columns only.
/// @source Partitioned counting sort: Satish et al. 2010 (partition by high bits, then sort within cache).
/// @since 0.1, experimental.
[[nodiscard]] Network build_network(const NetworkColumns& columns, const BuildOptions& options,
                                    const Control& control = {});
[[nodiscard]] Network build_network(const NetworkColumns& columns, const Control& control = {});

/// Builds a network from links that come in blocks, when their number, or that of the enterprises, is known only at the
/// end. Holds 12 bytes a link (20 with shares) and lets each block go as soon as it is sorted. The result does not
/// depend on the order of the blocks.
class NetworkBuilder {
 public:
  explicit NetworkBuilder(BuildOptions options = {}) : options_(options) {}

  /// Takes a copy of one block.
  ///
  /// @param links  a column may be given in one block and absent in another: absent values are 1, shares not given.
  /// @throws Error{shape_mismatch} lengths that differ; the builder is unchanged.
  /// @throws Error{invalid_value} value or share out of its domain (all listed); the builder is unchanged.
  /// @complexity O(block).
  /// @numerics Values are rounded to single precision.
  /// @threads One owner at a time.
  /// @source Definition, no paper.
  /// @since 0.1, experimental.
  void add(const LinkColumns& links);

  [[nodiscard]] std::uint64_t links() const noexcept { return links_; }

  /// Ends the collecting; the builder is empty afterwards, also after a throw.
  ///
  /// @param enterprises  how many there are, and what each is.
  /// @throws as build_network.
  /// @complexity as build_network.
  /// @numerics as build_network: the same bits as from columns.
  /// @threads One owner at a time.
  /// @source as build_network.
  /// @since 0.1, experimental.
  [[nodiscard]] Network build(const EnterpriseColumns& enterprises, const Control& control = {});

 private:
  struct Block {
    LargeArray<std::uint32_t> supplier;
    LargeArray<std::uint32_t> customer;
    LargeArray<float> value;
    LargeArray<float> dependency;
    LargeArray<float> escape;
  };
  void add_block();
  void copy_shares(const RealColumn& shares, std::size_t at, std::size_t count, LargeArray<float>& into);

  std::vector<Block> blocks_;
  std::uint64_t filled_ = 0;  // links in the last block
  bool shares_ = false;       // some block has a dependency or an escape
  std::uint64_t links_ = 0;
  std::uint64_t values_assumed_ = 0;
  BuildOptions options_;
};

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/builder-inl.hpp"
#include "chainqual/chain/network_of.hpp"
