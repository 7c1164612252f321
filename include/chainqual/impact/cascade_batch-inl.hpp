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
    for (const double v : weight) total += v;
    limit = std::numeric_limits<std::uint64_t>::max();
    const bool few = model.n < least_for_lanes && options.method == CascadeMethod::automatic;
    if (fine || few || options.method == CascadeMethod::front) return;
    // A push takes as long as some eighty links of one lane while all lies near, as measured, and some twenty where
    // memory is what both wait for: a step of fewer pushes is the front's.
    limit =
        options.method == CascadeMethod::lanes ? 0 : front.pushes() / (model.n < LanePlan::least_to_fetch ? 80 : 20);
    lanes = make_lanes(net, model, weight, places, order);
    for (const double v : lanes.weight) lanes_total += v;
  }

  /// In a smaller network single roundings show in the index, and time is no matter.
  static constexpr std::uint32_t least_for_lanes = 512;

  std::span<const std::uint32_t> place;
  bool fine;  ///< no rounding of losses, hence no lanes
  CascadeRule rule;
  FrontPlan front;
  LanePlan lanes;
  Lanes instructions;
  std::uint64_t limit = 0;  ///< pushes of a step above which a scenario leaves the front
  double total = 0;         ///< Σ v
  double lanes_total = 0;   ///< Σ v as the lanes have it
};

/// Scenarios that came to an end, in the result's columns.
struct RiskSink {
  SystemicRiskResult* result;
  Progress* progress;
  void operator()(std::size_t scenario, std::uint32_t steps, bool converged, const std::array<double, 3>& lost,
                  double total) const {
    const auto index = [&](double sum) { return total > 0 ? std::min(1.0, sum / total) : 0.0; };
    result->index_downstream[scenario] = index(lost[0]);
    result->index_upstream[scenario] = index(lost[1]);
    result->index[scenario] = index(lost[2]);
    result->steps[scenario] = steps;
    result->converged[scenario] = converged ? 1 : 0;
    progress->add(1);
  }
};

/// Runs jobs in sixteen lanes, a lane that ends taking the next job at once.
class LaneRunner {
 public:
  LaneRunner(const LanePlan& plan, Lanes instructions)
      : plan_(&plan), instructions_(instructions), arrays_{lines(plan.n), lines(plan.n), lines(plan.n), lines(plan.n)} {
    for (auto& array : arrays_) array.fill(0);
  }

  void run(std::span<const LaneJob> jobs, const CascadeRule& rule, double total, const Control& control,
           const RiskSink& sink) {
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
      if (busy == 0) return;
      throw_if_cancelled(control);
      const bool harvest = std::any_of(lanes.begin(), lanes.end(), [](const Lane& lane) { return lane.ends; });
      for (std::size_t k = 0; k < 16; ++k) pass_.keep[k] = lanes[k].ends ? 0 : -1;
      sweep(harvest);
      for (std::size_t k = 0; k < 16; ++k) {
        Lane& lane = lanes[k];
        if (lane.ends) {
          constexpr double unit = 1 / static_cast<double>(whole_loss);
          const std::array<double, 3> lost{pass_.lost[0][k] * unit, pass_.lost[1][k] * unit, pass_.lost[2][k] * unit};
          sink(lane.job->scenario, lane.steps, lane.converged, lost, total);
          lane = {};
          --busy;
        } else if (lane.job != nullptr) {
          ++lane.steps;
          lane.converged = static_cast<double>(pass_.fall[k]) <= limit;
          lane.ends = lane.converged || lane.steps == rule.max_steps;
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
  };

  static LargeArray<float> lines(std::uint32_t n) { return LargeArray<float>(roomy(16 * static_cast<std::size_t>(n))); }

  void load(const LaneJob& job, std::size_t lane) noexcept {
    for (const LaneJob::Loss& loss : job.losses) {
      const std::size_t at = 16 * static_cast<std::size_t>(loss.place) + lane;
      if (loss.down != 0) arrays_[now_][at] = loss.down * whole_loss;
      if (loss.up != 0) arrays_[2 + now_][at] = loss.up * whole_loss;
    }
  }

  void sweep(bool harvest) noexcept {
    pass_.down_from = arrays_[now_].data();
    pass_.up_from = arrays_[2 + now_].data();
    now_ = 1 - now_;
    pass_.down_to = arrays_[now_].data();
    pass_.up_to = arrays_[2 + now_].data();
    sweep_lanes(instructions_, *plan_, pass_, harvest);
  }

  const LanePlan* plan_;
  Lanes instructions_;
  std::array<LargeArray<float>, 4> arrays_;  // downstream now and next, upstream now and next
  std::size_t now_ = 0;
  LanePass pass_{};
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
