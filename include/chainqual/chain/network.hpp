#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "chainqual/chain/stage.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/ids.hpp"

namespace chainqual {
inline namespace v1 {

/// What the making of a network did with the links it was given.
struct BuildSummary {
  std::uint64_t links_given = 0;
  std::uint64_t self_supply_dropped = 0;  ///< links from an enterprise to itself, left out
  std::uint64_t parallel_merged = 0;      ///< links that were summed into another between the same two enterprises
  std::uint64_t values_assumed = 0;       ///< given links that came without a value
  friend bool operator==(const BuildSummary&, const BuildSummary&) = default;
};

/// The arrays of a network, wherever they lie. `owner` keeps their memory (a mapped file, vectors, an Arrow table)
/// alive as long as any copy of the network lives; the lengths are those of the members of `Network`.
struct NetworkParts {
  std::uint32_t enterprises = 0;
  std::span<const std::uint64_t> out_offsets;
  std::span<const std::uint32_t> out_targets;
  std::span<const float> out_values;
  std::span<const std::uint64_t> in_offsets;
  std::span<const std::uint32_t> in_sources;
  std::span<const float> in_values;
  std::span<const float> dependency;
  std::span<const float> escape;
  std::span<const std::uint8_t> stage;
  std::span<const std::uint32_t> segment;
  std::span<const std::uint32_t> sector;
  std::span<const double> weight;
  BuildSummary summary;
  std::shared_ptr<const void> owner;
};

/// How far `Network::from_parts` looks at what it is given.
enum class PartsCheck : std::uint8_t {
  shape,  ///< lengths only: O(1), for files whose checksum was verified or that are trusted
  full,   ///< every offset, id, order, value, and that both directions hold the same links: O(n + m log degree)
};

/// The frozen form of a chain: compressed sparse rows in both directions, with columns beside.
///
/// Rows are sorted by neighbour without repeats. LinkId = position in supplier order: link l of supplier i lies in
/// [out_offsets()[i], out_offsets()[i+1]) and goes to out_targets()[l]. 16 bytes a link and 16 an enterprise, plus the
/// columns that are given. Immutable; copies share the arrays, so a copy costs O(1).
///
/// A model of Boost's VertexListGraph, EdgeListGraph and BidirectionalGraph through `chain/network_graph.hpp`.
class Network {
 public:
  static constexpr std::uint64_t max_enterprises = 0xFFFFFFFEU;  ///< 2^32 − 2
  static constexpr std::uint32_t none = 0xFFFFFFFFU;             ///< "no segment", "no sector"
  static constexpr std::uint8_t no_stage = 0xFFU;

  /// No enterprises, no links.
  Network();

  /// A network over arrays that exist already.
  ///
  /// @param parts  see `NetworkParts`; absent columns are empty spans.
  /// @param check  `full` for arrays of unknown origin: kernels index by what the arrays say.
  /// @throws Error{shape_mismatch} lengths that do not fit together (always checked).
  /// @throws Error{out_of_range} offsets that do not ascend from 0 to m, ids ≥ n (full).
  /// @throws Error{invalid_value} rows not sorted or with repeats, the two directions differ, a value negative or not
  ///         finite, a share outside [0, 1], a stage that is none (full).
  /// @complexity O(1), or O(n + m log degree) for `full`; no allocation beyond O(1).
  /// @numerics None.
  /// @threads Reads only.
  /// @source Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] static Network from_parts(NetworkParts parts, PartsCheck check = PartsCheck::full);

  [[nodiscard]] std::uint32_t enterprises() const noexcept { return parts_.enterprises; }
  [[nodiscard]] std::uint64_t links() const noexcept { return parts_.out_targets.size(); }
  [[nodiscard]] bool empty() const noexcept { return parts_.enterprises == 0; }

  [[nodiscard]] std::span<const std::uint64_t> out_offsets() const noexcept { return parts_.out_offsets; }  ///< [n+1]
  [[nodiscard]] std::span<const std::uint32_t> out_targets() const noexcept { return parts_.out_targets; }  ///< [m]
  [[nodiscard]] std::span<const float> out_values() const noexcept { return parts_.out_values; }            ///< [m]
  [[nodiscard]] std::span<const std::uint64_t> in_offsets() const noexcept { return parts_.in_offsets; }    ///< [n+1]
  [[nodiscard]] std::span<const std::uint32_t> in_sources() const noexcept { return parts_.in_sources; }    ///< [m]
  [[nodiscard]] std::span<const float> in_values() const noexcept { return parts_.in_values; }              ///< [m]

  /// d_ij by LinkId; empty when none is given, NaN where one is not.
  [[nodiscard]] std::span<const float> dependency() const noexcept { return parts_.dependency; }
  /// e_ij by LinkId; empty when none is given, NaN where one is not.
  [[nodiscard]] std::span<const float> escape() const noexcept { return parts_.escape; }
  /// static_cast<std::uint8_t>(Stage) or `no_stage`, by EnterpriseId; empty when none is given.
  [[nodiscard]] std::span<const std::uint8_t> stage() const noexcept { return parts_.stage; }
  /// SegmentId's value or `none`, by EnterpriseId; empty when none is given.
  [[nodiscard]] std::span<const std::uint32_t> segment() const noexcept { return parts_.segment; }
  /// SectorId's value or `none`, by EnterpriseId; empty when none is given.
  [[nodiscard]] std::span<const std::uint32_t> sector() const noexcept { return parts_.sector; }
  /// Weight in totals, ≥ 0, by EnterpriseId; empty when none is given, NaN where one is not.
  [[nodiscard]] std::span<const double> weight() const noexcept { return parts_.weight; }

  [[nodiscard]] const BuildSummary& summary() const noexcept { return parts_.summary; }
  /// The arrays as a record, for writers of files.
  [[nodiscard]] const NetworkParts& parts() const noexcept { return parts_; }

  /// Customers of i, ascending. @pre i < n, as for all of the following.
  [[nodiscard]] std::span<const std::uint32_t> customers(EnterpriseId i) const noexcept {
    return parts_.out_targets.subspan(parts_.out_offsets[i.index()], out_degree(i));
  }
  /// Suppliers of i, ascending.
  [[nodiscard]] std::span<const std::uint32_t> suppliers(EnterpriseId i) const noexcept {
    return parts_.in_sources.subspan(parts_.in_offsets[i.index()], in_degree(i));
  }
  [[nodiscard]] std::uint64_t out_degree(EnterpriseId i) const noexcept {
    return parts_.out_offsets[i.index() + 1] - parts_.out_offsets[i.index()];
  }
  [[nodiscard]] std::uint64_t in_degree(EnterpriseId i) const noexcept {
    return parts_.in_offsets[i.index() + 1] - parts_.in_offsets[i.index()];
  }
  /// The link from supplier to customer. @complexity O(log out-degree of the supplier).
  [[nodiscard]] std::optional<LinkId> find_link(EnterpriseId supplier, EnterpriseId customer) const noexcept;
  /// Who delivers link l. @complexity O(log n).
  [[nodiscard]] EnterpriseId supplier(LinkId l) const noexcept;
  [[nodiscard]] EnterpriseId customer(LinkId l) const noexcept { return EnterpriseId{parts_.out_targets[l.index()]}; }

  /// Bytes of all arrays.
  [[nodiscard]] std::size_t memory() const noexcept;

 private:
  NetworkParts parts_;
};

/// Same enterprises, links and columns, bit by bit (NaN equals NaN); summaries are not compared.
[[nodiscard]] bool identical(const Network& a, const Network& b) noexcept;

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/network-inl.hpp"
