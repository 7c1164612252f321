#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chainqual/chain/enterprise.hpp"
#include "chainqual/chain/link.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/ids.hpp"

namespace chainqual {
inline namespace v1 {

/// The editable form of an industry chain: a Boost graph of enterprises and supply links, with stable string keys,
/// segments, institutions and an index of products. Every Boost algorithm runs on `graph()`; `network_of` freezes it
/// for the kernels.
///
/// Vertex v of the graph is EnterpriseId{v}. Enterprises are never removed or renumbered, so a key or an id that was
/// valid stays valid and is never given to another enterprise. Links may be removed.
///
/// Moving is O(1) and leaves an empty chain behind; copying is deep. Comfortable to about 1 M enterprises: a link costs
/// some 250 bytes with its texts, and freeing 10 M links takes seconds, because Boost keeps one list node a link.
class Chain {
 public:
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, Enterprise, Link>;
  using Edge = boost::graph_traits<Graph>::edge_descriptor;

  Chain() = default;
  Chain(const Chain& other);
  Chain(Chain&& other) noexcept = default;
  Chain& operator=(const Chain& other);
  Chain& operator=(Chain&& other) noexcept = default;
  ~Chain() = default;

  /// Adds a segment.
  ///
  /// @param segment  `id` must not be empty.
  /// @throws Error{missing_value} empty id.
  /// @throws Error{duplicate} the id is taken; names both positions. On any throw the chain is unchanged.
  /// @complexity O(1) expected.
  /// @numerics None.
  /// @threads Changes the chain: one owner at a time.
  /// @source Definition, no paper.
  /// @since 0.1, experimental.
  SegmentId add_segment(Segment segment);

  /// Adds an enterprise. An empty `id` becomes the credit code, else the name. Segment ids are not looked up here
  /// (`validate` reports unknown ones), so tables may be read in any order.
  ///
  /// @param enterprise  its id, credit code or name must not be empty.
  /// @throws Error{missing_value} id, credit code and name are all empty.
  /// @throws Error{duplicate} the id is taken; names both positions.
  /// @throws Error{limit_exceeded} 2^32 − 2 enterprises stand already. On any throw the chain is unchanged.
  /// @complexity O(1) expected, plus the enterprise's products.
  /// @numerics None.
  /// @threads Changes the chain: one owner at a time.
  /// @source Definition, no paper.
  /// @since 0.1, experimental.
  EnterpriseId add_enterprise(Enterprise enterprise);

  /// Adds a quality institution. Its ids may be empty; a given one must be new.
  ///
  /// @param institution  the record.
  /// @returns its position in `institutions()`.
  /// @throws Error{duplicate} the id is taken; names both positions. On a throw the chain is unchanged.
  /// @complexity O(1) expected.
  /// @numerics None.
  /// @threads Changes the chain: one owner at a time.
  /// @source Definition, no paper.
  /// @since 0.1, experimental.
  std::size_t add_institution(Institution institution);

  /// Adds a supply link. Parallel links and self-supply are kept as given (`validate` reports them); so are values out
  /// of their domain, which `validate` reports and `network_of` refuses.
  ///
  /// @param supplier  who delivers.
  /// @param customer  who receives.
  /// @param link      product, value, dependency …
  /// @throws Error{out_of_range} an id beyond the chain. On a throw the chain is unchanged.
  /// @complexity O(1) amortised.
  /// @numerics None.
  /// @threads Changes the chain: one owner at a time.
  /// @source Definition, no paper.
  /// @since 0.1, experimental.
  Edge add_link(EnterpriseId supplier, EnterpriseId customer, const Link& link);

  /// The same by keys.
  ///
  /// @throws Error{unknown_reference} a key that no enterprise has; the message gives up to three nearest ones.
  /// @complexity O(1) expected; O(n · length) when a key is unknown.
  /// @since 0.1, experimental.
  Edge add_link(std::string_view supplier, std::string_view customer, const Link& link);

  /// Takes a link out. Ids of enterprises and descriptors of other links stay valid.
  /// @complexity O(degree of both ends).
  void remove_link(Edge edge);

  /// Puts another record in an enterprise's place; an empty id means "the same id".
  ///
  /// @throws Error{out_of_range} no such enterprise.
  /// @throws Error{invalid_argument} another id: keys are stable. On any throw the chain is unchanged.
  /// @complexity O(products, and the makers of each).
  /// @since 0.1, experimental.
  void replace_enterprise(EnterpriseId id, Enterprise enterprise);

  /// Room for that many enterprises, so that adding them moves nothing.
  void reserve(std::size_t enterprises);

  [[nodiscard]] std::uint32_t enterprises() const noexcept;
  [[nodiscard]] std::uint64_t links() const noexcept;
  /// The Boost graph, read-only; edges(graph()) runs in the order in which links were added.
  [[nodiscard]] const Graph& graph() const noexcept;

  /// @throws Error{out_of_range} no such enterprise.
  [[nodiscard]] const Enterprise& enterprise(EnterpriseId id) const;
  [[nodiscard]] std::optional<EnterpriseId> find(std::string_view key) const;
  /// As `find`. @throws Error{unknown_reference} no such key; the message gives up to three nearest ones.
  [[nodiscard]] EnterpriseId at(std::string_view key) const;
  /// The one enterprise whose id, else credit code, else Chinese or English name is `text`; nothing when none or
  /// several are. For people's input. @complexity O(1) for an id, else O(n).
  [[nodiscard]] std::optional<EnterpriseId> resolve(std::string_view text) const;
  /// Up to `count` keys that a misspelt one may have meant, nearest first. @complexity O(n · length).
  [[nodiscard]] std::vector<std::string> nearest_keys(std::string_view key, std::size_t count = 3) const;

  [[nodiscard]] EnterpriseId supplier(Edge edge) const;
  [[nodiscard]] EnterpriseId customer(Edge edge) const;
  [[nodiscard]] const Link& link(Edge edge) const;
  /// For editing; the ends of a link are fixed.
  [[nodiscard]] Link& link(Edge edge);

  [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }
  /// @throws Error{out_of_range} no such segment.
  [[nodiscard]] const Segment& segment(SegmentId id) const;
  [[nodiscard]] std::optional<SegmentId> find_segment(std::string_view id) const;
  /// The first of the enterprise's segments; none() when it has none or names one that the chain does not hold.
  [[nodiscard]] SegmentId home_segment(EnterpriseId id) const;

  [[nodiscard]] const std::vector<Institution>& institutions() const noexcept { return institutions_; }
  [[nodiscard]] std::optional<std::size_t> find_institution(std::string_view id) const;

  /// Enterprises that list `product`, ascending; empty when none does.
  [[nodiscard]] const std::vector<EnterpriseId>& makers(std::string_view product) const;
  /// Every product that an enterprise lists, in byte order. @complexity O(p log p).
  [[nodiscard]] std::vector<std::string> products() const;

  /// Same enterprises, segments, institutions and links, in the same order.
  friend bool operator==(const Chain& a, const Chain& b);

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  template <class Value>
  using Index = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

  Graph& editable();
  void check(EnterpriseId id) const;
  void index_products(EnterpriseId id, const Enterprise& enterprise);
  void forget_products(EnterpriseId id, const Enterprise& enterprise);

  // Held by pointer because moving a Boost 1.74 adjacency_list copies it. Null stands for the empty graph.
  std::unique_ptr<Graph> graph_;
  Index<EnterpriseId> keys_;
  std::vector<Segment> segments_;
  Index<SegmentId> segment_ids_;
  std::vector<Institution> institutions_;
  Index<std::size_t> institution_ids_;
  Index<std::vector<EnterpriseId>> makers_;
};

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/chain-inl.hpp"
