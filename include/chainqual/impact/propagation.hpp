#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// Which way losses travel along a supply link.
enum class Along : std::uint8_t { downstream, upstream };

template <>
struct Names<Along> {
  static constexpr std::array<Name<Along>, 2> table{{
      {Along::downstream, "downstream", "向下游", "downstream"},
      {Along::upstream, "upstream", "向上游", "upstream"},
  }};
};

/// The propagation models, each a function of the same name.
enum class Model : std::uint8_t { linear, cascade, contagion, distress, dynamics, inoperability };

template <>
struct Names<Model> {
  static constexpr std::array<Name<Model>, 6> table{{
      {Model::linear, "linear", "线性依赖模型", "linear dependency"},
      {Model::cascade, "cascade", "广义列昂惕夫级联模型", "generalised Leontief cascade"},
      {Model::contagion, "contagion", "独立级联传染模型", "independent cascade contagion"},
      {Model::distress, "distress", "困境排序模型", "DebtRank distress"},
      {Model::dynamics, "dynamics", "库存动态仿真模型", "inventory dynamics"},
      {Model::inoperability, "inoperability", "动态不可运行性模型", "dynamic inoperability"},
  }};
};

/// What words call an enterprise; where it is empty, its number from 1.
using EnterpriseName = std::function<std::string(EnterpriseId, Language)>;

/// What every propagation model gives, whatever else its own result adds.
///
/// A loss is a share of an enterprise's working: 0 works as before, 1 has stopped. Models that know one direction only
/// leave the vector of the other empty, and `combined` is then the one they know.
struct Propagation {
  std::vector<double> downstream;  ///< [n] in [0, 1], handed on by suppliers, by EnterpriseId
  std::vector<double> upstream;    ///< [n] in [0, 1], handed on by customers
  std::vector<double> combined;    ///< [n] in [0, 1]
  double index_downstream = 0;     ///< Σ v · downstream / Σ v
  double index_upstream = 0;       ///< Σ v · upstream / Σ v
  double index = 0;                ///< Σ v · combined / Σ v, in [0, 1]
  std::uint32_t steps = 0;         ///< steps, sweeps or days taken
  double last_change = 0;          ///< largest change of a loss in the last step
  bool converged = true;           ///< the stopping rule was met before the cap on steps
};

/// Weight of every enterprise in totals: the network's own where given, else o_i, the value it supplies in the chain.
///
/// @param net  n enterprises.
/// @return [n] ≥ 0; an enterprise without output and without a given weight weighs nothing.
/// @throws Error{invalid_value} a negative or infinite weight, or values that are no flows; the enterprise is named.
/// @complexity O(n + m).
/// @numerics   Sums of floats in double, in row order.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<double> default_weight(const Network& net);

/// Weight of every enterprise in totals: what is given, else `default_weight(net)`.
///
/// @param net     n enterprises.
/// @param weight  empty or [n] ≥ 0.
/// @return [n].
/// @throws Error{shape_mismatch} `weight` is neither empty nor of length n.
/// @throws Error{invalid_value}  a negative or non-finite weight; the enterprise is named.
/// @complexity O(n), or O(n + m) for the default.
/// @numerics   As `default_weight`.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<double> weights_in_totals(const Network& net, std::span<const double> weight);

/// Σ v · loss / Σ v; 0 where nobody weighs anything.
///
/// @param loss    [n].
/// @param weight  [n] ≥ 0.
/// @throws Error{shape_mismatch} the lengths differ.
/// @complexity O(n).
/// @numerics   Sums in double, by ascending EnterpriseId: same bits for any thread count.
/// @threads    No shared state.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] double weighted_mean_loss(std::span<const double> loss, std::span<const double> weight);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/propagation-inl.hpp"
