#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// How a gate's output follows from its inputs.
enum class GateKind : std::uint8_t {
  any,      ///< OR: one input or more
  all,      ///< AND: every input
  at_least  ///< k of n: `k` inputs or more
};

template <>
struct Names<GateKind> {
  static constexpr std::array<Name<GateKind>, 3> table{{
      {GateKind::any, "or", "或门", "or"},
      {GateKind::all, "and", "与门", "and"},
      {GateKind::at_least, "at_least", "表决门", "at least k"},
  }};
};

/// One basic event, which happens by itself; events are independent of each other.
struct BasicEvent {
  std::string name;
  double probability = 0;  ///< in [0, 1]
};

/// One gate; its inputs are names of events and gates, of which several gates may share any.
struct Gate {
  std::string name;
  GateKind kind = GateKind::any;
  std::vector<std::string> inputs;
  std::uint32_t k = 0;  ///< for `at_least`: 1 … number of inputs
};

/// A fault tree: how a top event, say a reject, comes about.
struct FaultTree {
  std::vector<BasicEvent> events;
  std::vector<Gate> gates;
  std::string top;  ///< name of a gate or event
};

struct FaultTreeOptions {
  std::uint64_t most_nodes = 10'000'000;  ///< of the diagrams, about 150 bytes each with the tables beside them
  std::uint64_t most_cut_sets = 100'000;  ///< listed; all are counted
};

/// How much one event matters to the top event.
struct EventImportance {
  double birnbaum =
      0;  ///< ∂P(top)/∂p: how much more likely the top is when the event is certain than when it cannot be
  double criticality = 0;                ///< Birnbaum · p / P(top): share of top events that would not be without it
  std::optional<double> fussell_vesely;  ///< P(a minimal cut set with the event is complete) / P(top); none where
                                         ///< `most_nodes` does not suffice
  double achievement_worth = 1;          ///< P(top | event) / P(top)
  double reduction_worth = 1;            ///< P(top) / P(top | not event); infinite where nothing is left
};

struct FaultTreeResult {
  double probability = 0;  ///< of the top event, exact but for rounding
  /// Minimal cut sets as positions in `events`, ascending; smaller sets first, then by their positions. The first
  /// `most_cut_sets` that the walk meets.
  std::vector<std::vector<std::uint32_t>> cut_sets;
  double cut_set_count = 0;  ///< all of them; exact to 2^53
  bool all_listed = true;
  std::vector<EventImportance> importance;  ///< by event; of events outside the tree all 0 and worths 1
  std::uint64_t nodes = 0;                  ///< of the binary decision diagram
  Findings findings;                        ///< warnings: events and gates that the top does not rest on
};

/// Analyses a fault tree exactly by a binary decision diagram.
///
/// The top event as a function of the basic events is built as a reduced ordered diagram (events in the order in which
/// a walk down the tree meets them), its probability by one sweep over the nodes, no rare-event approximation and no
/// truncation. Minimal cut sets come from the diagram by Rauzy's minimal solutions. All gates are monotone, so all
/// measures are within [0, 1], worths aside. Fussell–Vesely comes from the same diagram, cut sets unlisted. Where
/// P(top) is 0 shares of it are 0 and worths 1.
///
/// @param tree     events, gates, top; no cycle.
/// @param options  limits.
/// @throws Error with every fault of the tree at once: {duplicate} a name stands twice or among a gate's inputs twice;
///         {unknown_reference} an input or the top is nowhere; {invalid_value} a probability outside [0, 1] or NaN, a k
///         outside 1 … inputs, a gate without inputs; {invalid_argument} a cycle, under the top or not, whose gates are
///         named.
/// @throws Error{limit_exceeded} the diagram grows beyond `most_nodes`, or there are more than 10 000 events.
/// @complexity  O(nodes) for probability and importance; nodes may grow exponentially with the events.
/// @numerics    Two products and a sum a node: relative error about 2 · events · 2^-53.
/// @threads     Pure.
/// @source  Rauzy 1993, doi:10.1016/0951-8320(93)90060-C (diagrams, minimal solutions); Birnbaum 1969; Fussell 1975.
/// @since 0.1, experimental.
[[nodiscard]] FaultTreeResult analyse(const FaultTree& tree, const FaultTreeOptions& options = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/fault_tree-inl.hpp"
