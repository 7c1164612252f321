#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/linear.hpp"

namespace chainqual {
inline namespace v1 {

/// How `why` explains.
struct WhyOptions {
  Along along = Along::downstream;
  std::uint32_t paths = 3;                ///< at most so many paths of loss
  std::uint32_t separate_sources = 1000;  ///< when the cap binds, weaker sources beyond so many form one part
  LinearOptions linear;                   ///< as the explained result was computed; the direction is taken from `along`
};

/// How the loss was split among its sources.
///
/// `superposition`: the cap binds nowhere on the way, so the parts are each source's own effect, exactly.
/// `remove_one`: the cap binds; parts are proportional to how much the loss falls when the source alone is taken away.
/// `alone`: the cap binds and no source is missed: without any one of them the loss stays, or falls, over all sources,
/// by less than 1 % of itself or the model's ε. Parts are proportional to each source's effect alone.
/// `equal`: no source is missed and none has an effect alone; they cannot be told apart, and get equal parts.
enum class SplitRule : std::uint8_t { superposition, remove_one, alone, equal };

template <>
struct Names<SplitRule> {
  static constexpr std::array<Name<SplitRule>, 4> table{{
      {SplitRule::superposition, "superposition", "线性叠加（精确）", "superposition (exact)"},
      {SplitRule::remove_one, "remove_one", "逐一剔除差值（按比例折算）", "remove-one differences (scaled)"},
      {SplitRule::alone, "alone", "单独作用（去掉任何一个都几乎不变；按比例折算）",
       "effects alone (taking any one away changes little; scaled)"},
      {SplitRule::equal, "equal", "无法区分（平均分摊）", "equal parts (cannot be told apart)"},
  }};
};

/// A source's part of a loss.
struct SourceShare {
  EnterpriseId source;  ///< none(): all the sources that were not told apart
  double shock = 0;     ///< its own shock; of several, the largest; models with days: its mean over the horizon
  double loss = 0;      ///< its part; the parts sum to the whole
  double share = 0;     ///< part of the whole, 0 … 1
  double difference =
      0;  ///< unscaled: `remove_one` the fall of the loss without it, `alone` its effect; else as `loss`
};

/// One path along which loss arrives, from a source to the explained enterprise.
struct LossPath {
  std::vector<EnterpriseId> enterprises;  ///< the source first, the explained enterprise last
  double passed = 0;                      ///< product of the link weights, 0 … 1 (1 for the source itself)
  double loss = 0;                        ///< shock of the source × passed
};

/// What holds an enterprise down most.
enum class Holds : std::uint8_t {
  nothing,    ///< it loses nothing
  own_shock,  ///< its own shock
  arrivals,   ///< what its neighbours hand on, all together
  essential,  ///< the lack of one essential input
  ordinary,   ///< the lack of ordinary inputs together
  stocks,     ///< the stock of one kind of input has run down
  orders,     ///< missing orders
};

template <>
struct Names<Holds> {
  static constexpr std::array<Name<Holds>, 7> table{{
      {Holds::nothing, "nothing", "无", "nothing"},
      {Holds::own_shock, "own_shock", "自身冲击", "its own shock"},
      {Holds::arrivals, "arrivals", "上下游传来的损失", "what its neighbours hand on"},
      {Holds::essential, "essential", "缺少一种必需投入", "the lack of an essential input"},
      {Holds::ordinary, "ordinary", "缺少一般投入", "the lack of ordinary inputs"},
      {Holds::stocks, "stocks", "一种投入的库存不足", "the low stock of an input"},
      {Holds::orders, "orders", "订货不足", "missing orders"},
  }};
};

/// The supplier (upstream: the customer) through which most of the loss comes.
struct BindingInput {
  EnterpriseId neighbour = EnterpriseId::none();  ///< none: nothing arrives over links
  double loss = 0;                        ///< link weight × the neighbour's loss; contagion, dynamics: see there
  SegmentId segment = SegmentId::none();  ///< segment that hands over most, all its enterprises together
  double segment_loss = 0;
  std::uint32_t sector = Network::none;  ///< kind of goods that is short, where the model knows kinds
};

/// What is known of a loss that is a probability.
struct WhyChance {
  std::uint64_t runs = 0;
  double level = 0;  ///< confidence of the interval
  double low = 0;    ///< Wilson's interval of the loss
  double high = 1;
  friend bool operator==(const WhyChance&, const WhyChance&) = default;
};

/// The worst day of a loss that is a mean over days.
struct WhyDay {
  std::uint32_t days = 0;  ///< horizon
  std::uint32_t day = 0;   ///< of the enterprise's largest loss, from 0; the first where several tie
  double loss = 0;         ///< on that day
  friend bool operator==(const WhyDay&, const WhyDay&) = default;
};

/// Why an enterprise loses what it loses.
struct Why {
  EnterpriseId enterprise;
  Model model = Model::linear;
  Along along = Along::downstream;
  double loss = 0;      ///< in [0, 1], as the model gives it
  double own = 0;       ///< its own shock
  double arrived = 0;   ///< linear: Σ over its inputs of weight × loss, before the cap; else see the model's `why`
  bool capped = false;  ///< own + arrived exceeded 1
  Holds holds = Holds::nothing;
  BindingInput binding;
  std::optional<WhyChance> chance;  ///< contagion
  std::optional<WhyDay> worst;      ///< dynamics, inoperability
  SplitRule rule = SplitRule::superposition;
  std::vector<SourceShare> sources;  ///< largest part first; `loss` of all sums to the whole
  std::vector<LossPath> paths;       ///< most loss first
  std::vector<Text> notes;           ///< what the model says a reader must know of its result in this direction
  Text sentence;
};

/// Names for the sentence; where a function is empty, ids are numbered from 1 (sectors: shown as they are).
struct WhyNames {
  EnterpriseName enterprise;
  std::function<std::string(SegmentId, Language)> segment;
  std::function<std::string(std::uint32_t sector, Language)> sector;
};

/// Explains one enterprise's loss under the linear model. For the others see explain_models.hpp.
///
/// Binding input: the neighbour, and the segment, that hands over most loss. Paths: the k simple paths from any shocked
/// enterprise with the largest shock × product of link weights (Yen's algorithm over Dijkstra's,
/// which on products of shares needs no logarithms). Split: see
/// SplitRule; the parts always sum to the loss.
///
/// @param net      n enterprises, m links.
/// @param shock    [n] as for `linear`.
/// @param target   the enterprise to explain.
/// @param options  direction, number of paths, linear options.
/// @param names    how the sentence calls enterprises and segments.
/// @param control  cancel and progress.
/// @throws Error{out_of_range}  `target` is beyond n. All errors of `linear`.
/// @complexity One solve of the network; then, over those alone from whom loss arrives, one adjoint solve, or when the
///             cap binds two solves a source; paths O(k · length · (n + m) log n).
/// @numerics   As `linear`; the largest part takes the rounding of the sum.
/// @threads    Reads only.
/// @source     Yen 1971, doi:10.1287/mnsc.17.11.712 (paths); the split is this project's definition.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, std::span<const double> shock, EnterpriseId target,
                      const WhyOptions& options = {}, const WhyNames& names = {}, const Control& control = {});

/// Names of a chain's enterprises, segments and sectors (in a chain, the home segments), falling back to the other
/// language and then the id. `chain` must outlive the result.
[[nodiscard]] WhyNames names_of_chain(const Chain& chain);

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/explain-inl.hpp"
#endif
