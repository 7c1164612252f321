#pragma once

// Many scenarios of one cascade: each begins as a front; those that grow wide go on in the lanes.

#include <array>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/impact/cascade-inl.hpp"
#include "chainqual/impact/cascade_front-inl.hpp"
#include "chainqual/impact/cascade_lanes-inl.hpp"
#include "chainqual/impact/linear_plan-inl.hpp"
#include "chainqual/impact/systemic_risk.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Lends out scratch that is costly to make, as many pieces as threads ask at once.
template <class T>
class ScratchPool {
 public:
  class Loan {
   public:
    Loan(ScratchPool& pool, std::unique_ptr<T> piece) : pool_(&pool), piece_(std::move(piece)) {}
    ~Loan() {
      const std::lock_guard lock(pool_->mutex_);
      pool_->free_.push_back(std::move(piece_));
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    T* operator->() const noexcept { return piece_.get(); }
    T& operator*() const noexcept { return *piece_; }

   private:
    ScratchPool* pool_;
    std::unique_ptr<T> piece_;
  };

  template <class Make>
  [[nodiscard]] Loan take(Make&& make) {
    {
      const std::lock_guard lock(mutex_);
      // Room to take all pieces back is made here, where failing is allowed.
      free_.reserve(++lent_);
      if (!free_.empty()) {
        std::unique_ptr<T> piece = std::move(free_.back());
        free_.pop_back();
        return {*this, std::move(piece)};
      }
    }
    return {*this, make()};
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> free_;
  std::size_t lent_ = 0;
};

/// A scenario on its way from a front to the lanes: the losses reached so far.
struct LaneJob {
  struct Loss {
    std::uint32_t place;
    float down;
    float up;
  };
  std::size_t scenario = 0;
  std::uint32_t steps = 0;
  std::vector<Loss> losses;
};

inline LaneJob lane_job(const Front& front, std::size_t scenario) {
  LaneJob job;
  job.scenario = scenario;
  job.steps = front.steps();
  for (const std::uint32_t p : front.touched()) {
    const auto down = static_cast<float>(front.down(p));
    const auto up = static_cast<float>(front.up(p));
    if (down != 0 || up != 0) job.losses.push_back({p, down, up});
  }
  return job;
}

/// What all threads read.
struct CascadeBatch {
  CascadeBatch(const Network& net, const CascadeModel& model, std::span<const double> weight,
               std::span<const std::uint32_t> places, std::span<const std::uint32_t> order,
               const SystemicRiskOptions& options, bool is_fine)
      : place(places),
        fine(is_fine),
        rule{options.cascade.tolerance, options.cascade.max_steps},
        front(make_front(net, model, weight, places, order)),
        instructions(usable_lanes(options.lanes, 1)) {
    for (const std::uint32_t v : order) enclosed.push_back(model.circles.enclosed[v]);
    for (const std::uint8_t bits : enclosed) circles |= bits;
    for (const double v : weight) total += v;
    limit = std::numeric_limits<std::uint64_t>::max();
    const bool few = model.n < least_for_lanes && options.method == CascadeMethod::automatic;
    if (fine || few || options.method == CascadeMethod::front) return;
    // A push takes as long as some eighty links of one lane while all lies near, as measured, and some twenty where
    // memory is what both wait for: a step of fewer pushes is the front's.
    limit =
        options.method == CascadeMethod::lanes ? 0 : front.pushes() / (model.n < LanePlan::least_to_fetch ? 80 : 20);
    if (options.method == CascadeMethod::automatic && options.cascade.tolerance < cascade_paper_tolerance) {
      lane_steps = most_lane_steps;
    }
    lanes = make_lanes(net, model, weight, places, order);
    for (const double v : lanes.weight) lanes_total += v;
  }

  /// In a smaller network single roundings show in the index, and time is no matter.
  static constexpr std::uint32_t least_for_lanes = 512;

  /// Where losses go round undiminished each step adds its roundings to the index, some 4e-10 as measured. Below the
  /// paper's ε such scenarios take hundreds of steps: one that takes more than this begins anew in double precision.
  static constexpr std::uint32_t most_lane_steps = 64;

  std::span<const std::uint32_t> place;
  std::vector<std::uint8_t> enclosed;  ///< bits of closed circles by place
  std::uint8_t circles = 0;            ///< all of them
  bool fine;                           ///< no rounding of losses, hence no lanes
  CascadeRule rule;
  FrontPlan front;
  LanePlan lanes;
  Lanes instructions;
  std::uint64_t limit = 0;  ///< pushes of a step above which a scenario leaves the front
  std::uint32_t lane_steps = std::numeric_limits<std::uint32_t>::max();  ///< steps after which it leaves the lanes
  double total = 0;                                                      ///< Σ v
  double lanes_total = 0;                                                ///< Σ v as the lanes have it
};

/// Scenarios that came to an end, in the result's columns.
struct RiskSink {
  SystemicRiskResult* result;
  std::vector<std::uint8_t>* cut;  ///< bits of what ε cut short, by scenario
  Progress* progress;
  void operator()(std::size_t scenario, std::uint32_t steps, bool converged, const std::array<double, 3>& lost,
                  double total, std::uint8_t cut_bits) const {
    const auto index = [&](double sum) { return total > 0 ? std::min(1.0, sum / total) : 0.0; };
    result->index_downstream[scenario] = index(lost[0]);
    result->index_upstream[scenario] = index(lost[1]);
    result->index[scenario] = index(lost[2]);
    result->steps[scenario] = steps;
    result->converged[scenario] = converged ? 1 : 0;
    (*cut)[scenario] = cut_bits;
    progress->add(1);
  }
};

/// Runs jobs in sixteen lanes, a lane that ends taking the next job at once.
class LaneRunner {
 public:
  explicit LaneRunner(const CascadeBatch& batch)
      : batch_(&batch),
        plan_(&batch.lanes),
        arrays_{lines(plan_->n), lines(plan_->n), lines(plan_->n), lines(plan_->n)} {
    for (auto& array : arrays_) array.fill(0);
  }

  /// @return scenarios that took too many steps for single precision, and reached no sink.
  std::vector<std::size_t> run(std::span<const LaneJob> jobs, const Control& control, const RiskSink& sink) {
    const CascadeRule& rule = batch_->rule;
    std::vector<std::size_t> late;
    const double limit = rule.tolerance * static_cast<double>(whole_loss);
    std::array<Lane, 16> lanes{};
    std::size_t next = 0;
    std::size_t busy = 0;
    for (;;) {
      for (std::size_t k = 0; k < 16 && next < jobs.size(); ++k) {
        if (lanes[k].job != nullptr) continue;
        lanes[k] = {&jobs[next], jobs[next].steps, false, false};
        load(jobs[next++], k);
        ++busy;
      }
      if (busy == 0) return late;
      throw_if_cancelled(control);
      const bool harvest = std::any_of(lanes.begin(), lanes.end(), [](const Lane& lane) { return lane.ends; });
      for (std::size_t k = 0; k < 16; ++k) {
        pass_.keep[k] = lanes[k].ends ? 0 : -1;
        if (lanes[k].ends) lanes[k].cut = under_way(k);
      }
      sweep(harvest);
      for (std::size_t k = 0; k < 16; ++k) {
        Lane& lane = lanes[k];
        if (lane.ends) {
          constexpr double unit = 1 / static_cast<double>(whole_loss);
          const std::array<double, 3> lost{pass_.lost[0][k] * unit, pass_.lost[1][k] * unit, pass_.lost[2][k] * unit};
          const bool done = lane.converged || lane.steps == rule.max_steps;
          if (done) {
            sink(lane.job->scenario, lane.steps, lane.converged, lost, batch_->lanes_total, lane.cut);
          } else {
            late.push_back(lane.job->scenario);
          }
          lane = {};
          --busy;
        } else if (lane.job != nullptr) {
          ++lane.steps;
          lane.converged = static_cast<double>(std::max(pass_.fall_down[k], pass_.fall_up[k])) <= limit;
          lane.ends = lane.converged || lane.steps == rule.max_steps || lane.steps > batch_->lane_steps;
        }
      }
    }
  }

 private:
  struct Lane {
    const LaneJob* job = nullptr;
    std::uint32_t steps = 0;
    bool ends = false;  ///< the next pass adds it up and clears it
    bool converged = false;
    std::uint8_t cut = 0;  ///< what ε cut short
  };

  static LargeArray<float> lines(std::uint32_t n) { return LargeArray<float>(roomy(16 * static_cast<std::size_t>(n))); }

  void load(const LaneJob& job, std::size_t lane) noexcept {
    for (const LaneJob::Loss& loss : job.losses) {
      const std::size_t at = 16 * static_cast<std::size_t>(loss.place) + lane;
      if (loss.down != 0) arrays_[now_][at] = loss.down * whole_loss;
      if (loss.up != 0) arrays_[2 + now_][at] = loss.up * whole_loss;
    }
  }

  /// As a front says; before the pass that ends the lane, when both steps are still there.
  [[nodiscard]] std::uint8_t under_way(std::size_t lane) const noexcept {
    std::uint8_t wanted = 0;
    if (pass_.fall_up[lane] > 0) wanted |= batch_->circles & circle_of_orders;
    if (pass_.fall_down[lane] > 0) wanted |= batch_->circles & circle_of_inputs;
    const auto grew = [&](std::size_t way, std::size_t at) {
      return arrays_[way + now_][at] > arrays_[way + 1 - now_][at];
    };
    std::uint8_t found = 0;
    for (std::size_t p = 0; p < plan_->n && found != wanted; ++p) {
      const std::uint8_t bits = batch_->enclosed[p] & wanted & static_cast<std::uint8_t>(~found);
      if (bits == 0) continue;
      if ((bits & circle_of_inputs) != 0 && grew(0, 16 * p + lane)) found |= circle_of_inputs;
      if ((bits & circle_of_orders) != 0 && grew(2, 16 * p + lane)) found |= circle_of_orders;
    }
    return found;
  }

  void sweep(bool harvest) noexcept {
    pass_.down_from = arrays_[now_].data();
    pass_.up_from = arrays_[2 + now_].data();
    now_ = 1 - now_;
    pass_.down_to = arrays_[now_].data();
    pass_.up_to = arrays_[2 + now_].data();
    sweep_lanes(batch_->instructions, *plan_, pass_, harvest);
  }

  const CascadeBatch* batch_;
  const LanePlan* plan_;
  std::array<LargeArray<float>, 4> arrays_;  // downstream now and next, upstream now and next
  std::size_t now_ = 0;
  LanePass pass_{};
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
