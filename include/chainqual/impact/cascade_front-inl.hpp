#pragma once

// One scenario of a cascade at a time, working only on what changes.
//
// Method: losses never shrink, so the sum of a row grows by weight · growth of each loss that it draws on, and the
// lack of the scarcest essential input is a running maximum. A step pushes the growth of the last step's changed losses
// along their links and settles the rows that received some. Exact: a row without news keeps its value.
// Invariant: what a node holds counts only while its stamp is the scenario's; nothing is cleared between scenarios.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

#include "chainqual/impact/apart-inl.hpp"
#include "chainqual/impact/cascade_circles-inl.hpp"
#include "chainqual/impact/cascade_front_plan-inl.hpp"
#include "chainqual/impact/settling-inl.hpp"
#include "chainqual/impact/sweep_kernels-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// When a scenario ends.
struct CascadeRule {
  double tolerance;
  std::uint32_t max_steps;
};

/// Runs scenarios over one plan; holds the scratch of one thread.
class Front {
 public:
  /// @param fine  keep losses as they are; else to 2^-34, so that what is too small to matter ends where it is.
  Front(const FrontPlan& plan, bool fine)
      : plan_(&plan),
        fine_(fine),
        nodes_(plan.n),
        groups_(plan.group_owner.size()),
        passed_(plan.market.empty() ? 0 : plan.n) {
    clear();
  }

  void begin() {
    if (++stamp_ == 0) clear();
    lost_ = {};
    steps_ = 0;
    last_change_ = 0;
    changed_down_.clear();
    changed_up_.clear();
    touched_.clear();
  }

  /// Capacity lost at the outset. Places ascend; each at most once.
  void shock(std::uint32_t p, double down, double up) {
    Node& node = touch(p);
    grow(node, p, changed_down_, node.down, rounded(down));
    grow(node, p, changed_up_, node.up, rounded(up));
  }

  /// Goes on until the rule is met or the cap reached (true), or the next step would take more pushes than `limit`
  /// (false). `settling` is told of each step.
  bool run(const CascadeRule& rule, std::uint64_t limit, const Control& control, Settling* settling = nullptr) {
    if (steps_ == 0) substitute();
    for (;;) {
      if (next_pushes() > limit) return false;
      if (fine_) throw_if_cancelled(control);
      if (arrivals_.size() < room_) arrivals_ = LargeArray<Arrival>(room_ + room_ / 2);
      step();
      if (settling != nullptr) settling->step(last_change_, steps_);
      converged_ = last_change_ <= rule.tolerance;
      if (converged_ || steps_ == rule.max_steps) return true;
    }
  }

  [[nodiscard]] std::uint32_t steps() const noexcept { return steps_; }
  [[nodiscard]] double last_change() const noexcept { return last_change_; }
  [[nodiscard]] bool converged() const noexcept { return converged_; }
  /// In which of the circles that places lie in the last step still raised a loss; elsewhere, and where none was, the
  /// losses are a fixed point, whatever ε. @param enclosed  bits by place.
  [[nodiscard]] std::uint8_t under_way(std::span<const std::uint8_t> enclosed) const noexcept {
    std::uint8_t circles = 0;
    for (const Change& change : changed_down_) circles |= enclosed[change.place] & circle_of_inputs;
    for (const Change& change : changed_up_) circles |= enclosed[change.place] & circle_of_orders;
    return circles;
  }
  /// Σ v · loss: downstream, upstream, larger of the two.
  [[nodiscard]] const std::array<double, 3>& lost() const noexcept { return lost_; }
  /// Every place that a push or a shock reached.
  [[nodiscard]] const std::vector<std::uint32_t>& touched() const noexcept { return touched_; }
  [[nodiscard]] double down(std::uint32_t p) const noexcept { return fresh(nodes_[p]) ? nodes_[p].down : 0; }
  [[nodiscard]] double up(std::uint32_t p) const noexcept { return fresh(nodes_[p]) ? nodes_[p].up : 0; }

 private:
  struct alignas(64) Node {
    double down;
    double down_sum;   ///< lack of ordinary inputs
    double down_most;  ///< lack of the scarcest essential input
    double up;
    double up_sum;
    double weight;
    std::uint32_t stamp;
    std::uint32_t down_turn;  ///< the step that put it on the list of rows to settle
    std::uint32_t up_turn;
  };
  struct Group {
    double sum;
    std::uint32_t stamp;
    std::uint32_t owner;
  };
  struct Arrival {
    std::uint32_t slot;
    double amount;
  };
  using First = FrontPlan::First;
  static constexpr std::size_t near = 12;  ///< arrivals between a request for a node and its use
  static constexpr std::size_t far = 24;   ///< the same for a group, which names the node
  struct Change {
    std::uint32_t place;
    double growth;
    double level;
  };

  void clear() {
    for (std::uint32_t p = 0; p < plan_->n; ++p) nodes_[p] = Node{0, 0, 0, 0, 0, plan_->weight[p], 0, 0, 0};
    for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g] = {0, 0, plan_->group_owner[g]};
    stamp_ = 1;
    turn_ = 0;
  }

  [[nodiscard]] bool fresh(const Node& node) const noexcept { return node.stamp == stamp_; }

  [[nodiscard]] double rounded(double loss) const noexcept {
    constexpr double grid = 393216;  // 1.5 · 2^52 / 2^34
    return fine_ ? loss : (loss + grid) - grid;
  }

  Node& touch(std::uint32_t p) {
    Node& node = nodes_[p];
    if (!fresh(node)) {
      node = Node{0, 0, 0, 0, 0, node.weight, stamp_, 0, 0};
      touched_.push_back(p);
      if (!passed_.empty()) passed_[p] = 0;
    }
    return node;
  }

  void grow(Node& node, std::uint32_t p, std::vector<Change>& changed, double& loss, double asked) {
    if (!(asked > loss)) return;
    const double worse = std::max(node.down, node.up);
    const double growth = asked - loss;
    loss = asked;
    lost_[&loss == &node.down ? 0 : 1] += apart(node.weight * growth);
    lost_[2] += apart(node.weight * (std::max(node.down, node.up) - worse));
    last_change_ = std::max(last_change_, growth);
    changed.push_back({p, growth, asked});
  }

  CHAINQUAL_INLINE static void fetch(const void* what) noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(what, 0, 3);
#else
    static_cast<void>(what);
#endif
  }

  /// How many pushes the next step takes; asks for where they lie.
  [[nodiscard]] std::uint64_t next_pushes() {
    const First* const first = plan_->first.data();
    const auto sum = [&](const std::vector<Change>& changed, std::uint64_t First::*begin) {
      std::uint64_t count = 0;
      for (std::size_t k = 0; k < changed.size(); ++k) {
        if (k + near < changed.size()) fetch(first + changed[k + near].place);
        count += first[changed[k].place + 1].*begin - first[changed[k].place].*begin;
      }
      return count;
    };
    const std::uint64_t down = sum(changed_down_, &First::down);
    const std::uint64_t up = sum(changed_up_, &First::up);
    room_ = std::max(down, up);
    return down + up;
  }

  void queue_down(Node& node, std::uint32_t p) {
    if (node.down_turn == turn_ || node.down >= 1) return;
    node.down_turn = turn_;
    rows_down_.push_back(p);
  }

  void need_more(std::uint32_t p, double lack) {
    Node& node = touch(p);
    if (!(lack > node.down_most)) return;
    node.down_most = lack;
    queue_down(node, p);
  }

  /// One direction's pushes of a step, laid side by side so that what they reach can be asked for ahead of time.
  /// Calls put(slot, weight, change) for each, in the order of the changes.
  template <std::uint64_t First::*begin, class Put>
  void for_pushes(const LargeArray<Push>& pushes, const std::vector<Change>& changed, Put&& put) {
    const First* const first = plan_->first.data();
    for (std::size_t k = 0; k < changed.size(); ++k) {
      if (k + 8 < changed.size()) fetch(pushes.data() + first[changed[k + 8].place].*begin);
      const Push* const end = pushes.data() + first[changed[k].place + 1].*begin;
      for (const Push* push = pushes.data() + first[changed[k].place].*begin; push != end; ++push) {
        put(*push, changed[k]);
      }
    }
  }

  void push_down() {
    const std::uint32_t n = plan_->n;
    Arrival* to = arrivals_.data();
    for_pushes<&First::down>(plan_->down, changed_down_, [&](const Push& push, const Change& change) {
      const bool single = push.slot - n < n;
      *to++ = {push.slot, apart(push.weight * (single ? change.level : change.growth))};
    });
    const auto count = static_cast<std::size_t>(to - arrivals_.data());
    for (std::size_t k = 0; k < count; ++k) {
      if (k + far < count && arrivals_[k + far].slot >= 2 * n) fetch(&groups_[arrivals_[k + far].slot - 2 * n]);
      if (k + near < count) {
        const std::uint32_t slot = arrivals_[k + near].slot;
        fetch(&nodes_[slot < n ? slot : slot < 2 * n ? slot - n : groups_[slot - 2 * n].owner]);
      }
      const auto [slot, amount] = arrivals_[k];
      if (slot < n) {
        Node& node = touch(slot);
        node.down_sum += amount;
        queue_down(node, slot);
      } else if (slot < 2 * n) {
        need_more(slot - n, amount);
      } else {
        Group& group = groups_[slot - 2 * n];
        group.sum = group.stamp == stamp_ ? group.sum + amount : amount;
        group.stamp = stamp_;
        need_more(group.owner, group.sum);
      }
    }
  }

  void push_up() {
    Arrival* to = arrivals_.data();
    for_pushes<&First::up>(plan_->up, changed_up_, [&](const Push& push, const Change& change) {
      *to++ = {push.slot, apart(push.weight * change.growth)};
    });
    const auto count = static_cast<std::size_t>(to - arrivals_.data());
    for (std::size_t k = 0; k < count; ++k) {
      if (k + near < count) fetch(&nodes_[arrivals_[k + near].slot]);
      const auto [slot, amount] = arrivals_[k];
      Node& node = touch(slot);
      node.up_sum += amount;
      if (node.up_turn == turn_ || node.up >= 1) continue;
      node.up_turn = turn_;
      rows_up_.push_back(slot);
    }
  }

  void step() {
    // Turns tell the steps of a scenario apart; a fresh node has none.
    turn_ = ++steps_;
    rows_down_.clear();
    rows_up_.clear();
    push_down();
    push_up();
    changed_down_.clear();
    changed_up_.clear();
    last_change_ = 0;
    for (std::size_t k = 0; k < rows_down_.size(); ++k) {
      if (k + near < rows_down_.size()) fetch(&nodes_[rows_down_[k + near]]);
      Node& node = nodes_[rows_down_[k]];
      const double lack = std::max(node.down_sum, node.down_most);
      grow(node, rows_down_[k], changed_down_, node.down, rounded(std::min(1.0, lack)));
    }
    for (std::size_t k = 0; k < rows_up_.size(); ++k) {
      if (k + near < rows_up_.size()) fetch(&nodes_[rows_up_[k + near]]);
      Node& node = nodes_[rows_up_[k]];
      grow(node, rows_up_[k], changed_up_, node.up, rounded(std::min(1.0, node.up_sum)));
    }
    substitute();
  }

  /// Where others of a market step in, what is handed on is σ · loss, and it grows for all of a market of which one
  /// changed.
  void substitute() {
    if (passed_.empty() || changed_down_.empty()) return;
    std::vector<std::uint32_t> markets;
    for (const Change& change : changed_down_) markets.push_back(plan_->market[change.place]);
    std::sort(markets.begin(), markets.end());
    markets.erase(std::unique(markets.begin(), markets.end()), markets.end());
    changed_down_.clear();
    for (const std::uint32_t market : markets) {
      const std::span<const std::uint32_t> members(plan_->members.data() + plan_->market_first[market],
                                                   plan_->market_first[market + 1] - plan_->market_first[market]);
      double left = 0;
      for (const std::uint32_t p : members) left += apart(plan_->sold[p] * (1 - down(p)));
      for (const std::uint32_t p : members) {
        const double loss = down(p);
        if (loss == 0) continue;
        const double kept = left > plan_->sold[p] ? plan_->sold[p] / left : 1;
        const double passed = kept * loss;
        if (!(passed > passed_[p])) continue;
        changed_down_.push_back({p, passed - passed_[p], passed});
        passed_[p] = passed;
      }
    }
  }

  const FrontPlan* plan_;
  bool fine_;
  LargeArray<Node> nodes_;
  LargeArray<Group> groups_;
  std::vector<double> passed_;  ///< σ · loss as handed on; empty where nothing is replaceable
  std::uint32_t stamp_ = 0;
  std::uint32_t turn_ = 0;
  std::uint32_t steps_ = 0;
  double last_change_ = 0;
  bool converged_ = false;
  std::array<double, 3> lost_{};
  std::vector<Change> changed_down_;
  std::vector<Change> changed_up_;
  LargeArray<Arrival> arrivals_;
  std::uint64_t room_ = 0;  ///< arrivals of the next step
  std::vector<std::uint32_t> rows_down_;
  std::vector<std::uint32_t> rows_up_;
  std::vector<std::uint32_t> touched_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
