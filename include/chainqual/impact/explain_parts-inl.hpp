#pragma once

// What explanations of all models share: from whom loss arrives, by which path, through which neighbour, in which
// parts.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/impact/loss_paths-inl.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check_target(const Network& net, EnterpriseId target) {
  if (target.index() < net.enterprises()) return;
  throw Error(ErrorCode::out_of_range,
              {"要解释的企业序号超出范围，共有 " + whole(net.enterprises()) + " 家企业。",
               "the enterprise to explain lies beyond the " + whole(net.enterprises()) + " of the network."});
}

/// Rows made one after another.
class RowsMaker {
 public:
  void add(std::uint32_t neighbour, double weight) {
    rows_.own_neighbours.push_back(neighbour);
    weights_.push_back(weight);
  }
  void end_row() { rows_.own_offsets.push_back(weights_.size()); }
  [[nodiscard]] Rows take() {
    rows_.offsets = rows_.own_offsets;
    rows_.neighbours = rows_.own_neighbours;
    rows_.weights = LargeArray<double>(weights_.size());
    std::copy(weights_.begin(), weights_.end(), rows_.weights.data());
    return std::move(rows_);
  }

 private:
  Rows rows_{{}, {}, {}, {0}, {}};
  std::vector<double> weights_;
};

/// Those from whom loss arrives at the target, the target included, with the links among them. An enterprise without
/// loss hands none on, and stays without when a source is taken away.
struct Origin {
  std::vector<std::uint32_t> nodes;  ///< ascending
  std::uint32_t target = 0;          ///< position of the target
  std::vector<double> shock;
  Rows rows;
};

inline Origin origin_of(const Rows& rows, std::span<const double> shock, std::span<const double> loss,
                        std::uint32_t target) {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  Origin out;
  std::vector<std::uint32_t> place(rows.size(), none);
  out.nodes.push_back(target);
  place[target] = 0;
  for (std::size_t next = 0; next < out.nodes.size(); ++next) {
    const std::uint32_t v = out.nodes[next];
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      const std::uint32_t u = rows.neighbours[k];
      if (place[u] != none || !(rows.weights[k] > 0) || !(loss[u] > 0)) continue;
      place[u] = 0;
      out.nodes.push_back(u);
    }
  }
  std::sort(out.nodes.begin(), out.nodes.end());
  for (std::size_t k = 0; k < out.nodes.size(); ++k) place[out.nodes[k]] = static_cast<std::uint32_t>(k);
  out.target = place[target];
  RowsMaker made;
  for (const std::uint32_t v : out.nodes) {
    out.shock.push_back(shock[v]);
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      if (place[rows.neighbours[k]] == none || !(rows.weights[k] > 0)) continue;
      made.add(place[rows.neighbours[k]], rows.weights[k]);
    }
    made.end_row();
  }
  out.rows = made.take();
  return out;
}

/// The k best paths of an origin, from source to target.
inline std::vector<LossPath> paths_to_target(const Origin& origin, std::uint32_t count, const Control& control) {
  std::vector<LossPath> paths;
  for (const auto& path : PathSearch(origin.rows, origin.shock, origin.target).run(count, control)) {
    LossPath found;
    found.passed = path.passed;
    found.loss = path.loss;
    for (auto v = path.nodes.rbegin(); v != path.nodes.rend(); ++v) {
      found.enterprises.push_back(EnterpriseId{origin.nodes[*v]});
    }
    paths.push_back(std::move(found));
  }
  return paths;
}

/// Finds the neighbour, and the segment, that hands over most.
class Arrivals {
 public:
  explicit Arrivals(std::span<const std::uint32_t> segment) : segment_(segment) {}

  void add(std::uint32_t neighbour, double part) {
    all_ += part;
    if (part > binding_.loss) {
      binding_.loss = part;
      binding_.neighbour = EnterpriseId{neighbour};
    }
    if (!segment_.empty() && segment_[neighbour] != Network::none) by_segment_[segment_[neighbour]] += part;
  }
  [[nodiscard]] double all() const noexcept { return all_; }
  [[nodiscard]] BindingInput binding() const {
    BindingInput binding = binding_;
    for (const auto& [id, part] : by_segment_) {
      if (part > binding.segment_loss) {
        binding.segment_loss = part;
        binding.segment = SegmentId{id};
      }
    }
    return binding;
  }

 private:
  std::span<const std::uint32_t> segment_;
  BindingInput binding_;
  std::map<std::uint32_t, double> by_segment_;
  double all_ = 0;
};

/// Binding input of `v`, and the sum of what arrives, self-supply aside.
inline BindingInput binding_input(const Rows& rows, std::span<const double> loss,
                                  std::span<const std::uint32_t> segment, std::uint32_t v, double& arrived) {
  Arrivals arrivals(segment);
  for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
    const std::uint32_t u = rows.neighbours[k];
    if (u != v) arrivals.add(u, rows.weights[k] * loss[u]);
  }
  arrived = arrivals.all();
  return arrivals.binding();
}

/// What holds an enterprise down most where own shock and arrivals add up.
inline Holds larger_part(const Why& why) noexcept {
  if (!(why.loss > 0)) return Holds::nothing;
  return why.own >= why.arrived ? Holds::own_shock : Holds::arrivals;
}

/// Sorts, gives the rounding to the largest part, and fills the shares.
inline void settle_shares(double loss, std::vector<SourceShare>& shares) {
  std::stable_sort(shares.begin(), shares.end(),
                   [](const SourceShare& a, const SourceShare& b) { return a.loss > b.loss; });
  double sum = 0;
  for (const SourceShare& share : shares) sum += share.loss;
  if (!shares.empty()) shares.front().loss += loss - sum;
  for (SourceShare& share : shares) share.share = loss > 0 ? share.loss / loss : 0;
}

/// Falls of a loss by less than this share of it, all together, tell no cause: they are ends of runs.
inline constexpr double least_fall = 0.01;

/// Effects of sources alone below this share of the loss are at the level of tolerances.
inline constexpr double least_effect = 1e-9;

/// Makes parts of the differences, in proportion; false where together they do not exceed `least`, a share of the loss
/// or a tolerance of the model, whichever is more.
inline bool scale_shares(double loss, double least, std::vector<SourceShare>& shares) {
  double sum = 0;
  for (const SourceShare& share : shares) sum += share.difference;
  if (!(sum > least)) return false;
  for (SourceShare& share : shares) share.loss = loss * (share.difference / sum);
  settle_shares(loss, shares);
  return true;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
