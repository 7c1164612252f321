#pragma once

// Many scenarios of one cascade: each begins as a front; those that grow wide go on in the lanes.

#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include "chainqual/impact/cascade_front-inl.hpp"
#include "chainqual/impact/cascade_lanes-inl.hpp"
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

/// What all workers read.
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
    // A push costs some thirty times a link of a lane: beyond this share the lanes take less time.
    limit = options.method == CascadeMethod::lanes ? 0 : front.pushes() / 30;
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

/// Runs jobs in sixteen lanes, a lane that ends taking the next job at once.
class LaneRunner {
 public:
  LaneRunner(const LanePlan& plan, Lanes instructions)
      : plan_(&plan), instructions_(instructions), arrays_{lines(plan.n), lines(plan.n), lines(plan.n), lines(plan.n)} {
    for (auto& array : arrays_) array.fill(0);
  }

  /// finish(job, steps, largest last fall, converged, lost[3]) for every job.
  template <class Finish>
  void run(const std::vector<LaneJob>& jobs, const CascadeRule& rule, const Control& control, Finish&& finish) {
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
          const std::array<double, 3> lost{pass_.lost[0][k], pass_.lost[1][k], pass_.lost[2][k]};
          finish(*lane.job, lane.steps, lane.converged, lost);
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

/// Scratch of one thread.
class CascadeWorker {
 public:
  explicit CascadeWorker(const CascadeBatch& batch) : batch_(&batch), front_(batch.front, batch.fine) {}

  /// Works out scenarios begin … end − 1 and returns how many came to the lanes.
  template <class Scenarios, class Result>
  std::size_t run(const Scenarios& scenarios, std::size_t begin, std::size_t end, const Control& control,
                  Progress& progress, Result& result) {
    const auto note = [&](std::size_t k, std::uint32_t steps, bool converged, const std::array<double, 3>& lost,
                          double total) {
      const auto index = [&](double sum) { return total > 0 ? std::min(1.0, sum / total) : 0.0; };
      result.index_downstream[k] = index(lost[0]);
      result.index_upstream[k] = index(lost[1]);
      result.index[k] = index(lost[2]);
      result.steps[k] = steps;
      result.converged[k] = converged ? 1 : 0;
      progress.add(1);
    };
    jobs_.clear();
    std::size_t in_lanes = 0;
    std::size_t parked = 0;
    const auto drain = [&] {
      if (jobs_.empty()) return;
      in_lanes += jobs_.size();
      if (!lanes_) lanes_ = std::make_unique<LaneRunner>(batch_->lanes, batch_->instructions);
      lanes_->run(jobs_, batch_->rule, control,
                  [&](const LaneJob& job, std::uint32_t steps, bool converged, std::array<double, 3> lost) {
                    for (double& sum : lost) sum /= static_cast<double>(whole_loss);
                    note(job.scenario, steps, converged, lost, batch_->lanes_total);
                  });
      jobs_.clear();
      parked = 0;
    };
    constexpr std::size_t most_parked = std::size_t{1} << 22U;  // losses: 48 MiB
    for (std::size_t k = begin; k < end; ++k) {
      throw_if_cancelled(control);
      front_.begin();
      scenarios.shocks(k, [&](std::uint32_t v, double share) { front_.shock(batch_->place[v], share, share); });
      if (front_.run(batch_->rule, batch_->limit, control)) {
        note(k, front_.steps(), front_.converged(), front_.lost(), batch_->total);
        continue;
      }
      park(k);
      parked += jobs_.back().losses.size();
      if (parked > most_parked) drain();
    }
    drain();
    return in_lanes;
  }

 private:
  void park(std::size_t scenario) {
    LaneJob& job = jobs_.emplace_back();
    job.scenario = scenario;
    job.steps = front_.steps();
    for (const std::uint32_t p : front_.touched()) {
      const auto down = static_cast<float>(front_.down(p));
      const auto up = static_cast<float>(front_.up(p));
      if (down != 0 || up != 0) job.losses.push_back({p, down, up});
    }
  }

  const CascadeBatch* batch_;
  Front front_;
  std::unique_ptr<LaneRunner> lanes_;
  std::vector<LaneJob> jobs_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
