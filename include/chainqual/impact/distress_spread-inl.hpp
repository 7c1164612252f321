#pragma once

// Hands on distress step by step in one direction.
//
// Invariants: loss never falls; handing_[i] > 0 exactly for the members of front_, which ascend. Pushing from the front
// and gathering over all rows add the same terms by ascending giver (terms of others are +0), so the choice between
// them changes no bit.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/apart-inl.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/link_column-inl.hpp"
#include "chainqual/impact/settling-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// F of one direction in rows of those who receive (effect) or of those who hand on (cause).
inline Rows exposure_rows(const Network& net, Along along, Side side, std::span<const double> given) {
  Rows rows;
  if (given.empty()) {
    rows = make_rows(net, along, side);
  } else {
    rows.weights = LargeArray<double>(net.links());
    if (rows_over_suppliers(along, side)) {
      rows.offsets = net.in_offsets();
      rows.neighbours = net.in_sources();
      for_places_of_customers(net, [&](std::uint64_t l, std::uint64_t place) { rows.weights[place] = given[l]; });
    } else {
      rows.offsets = net.out_offsets();
      rows.neighbours = net.out_targets();
      std::copy(given.begin(), given.end(), rows.weights.data());
    }
  }
  for (std::size_t k = 0; k < rows.weights.size(); ++k) rows.weights[k] = std::min(rows.weights[k], 1.0);
  return rows;
}

/// What spreading of one direction needs to know.
struct DistressJob {
  const Network* net;
  Along along;
  std::span<const double> exposure;  ///< [m] or empty
  std::span<const double> shock;
  std::span<const double> weight;
  const DistressOptions* options;
};

class DistressSpread {
 public:
  explicit DistressSpread(const DistressJob& job)
      : job_(&job), loss_(job.shock.begin(), job.shock.end()), handing_(job.shock.begin(), job.shock.end()) {
    for (std::uint32_t v = 0; v < loss_.size(); ++v) {
      if (loss_[v] > 0) front_.push_back(v);
    }
  }

  /// Has `run` add up what every enterprise hands on, for those who explain.
  void keep_handed() { handed_.assign(loss_.size(), 0.0); }
  [[nodiscard]] std::vector<double> take_handed() noexcept { return std::move(handed_); }

  DistressRun run(const Control& control) {
    DistressRun run;
    double total = run.first = total_loss();
    run.history.push_back(total);
    const bool once = job_->options->variant == DistressVariant::once;
    if (once) {
      met_.resize(loss_.size());
      std::transform(loss_.begin(), loss_.end(), met_.begin(), [](double loss) { return loss > 0 ? 1 : 0; });
    }
    run.converged = front_.empty();
    Progress progress(control, settling_units);
    Settling settling(progress, settling_units, job_->options->tolerance, job_->options->max_steps);
    while (!run.converged && run.steps < job_->options->max_steps) {
      throw_if_cancelled(control);
      if (!handed_.empty()) {
        for (const std::uint32_t v : front_) handed_[v] += handing_[v];
      }
      ++run.steps;
      run.last_change = 0;
      if (links_of_front() <= job_->net->links() / 16) {
        push(run, total);
      } else {
        gather(control, run, total);
      }
      run.history.push_back(total);
      settling.step(run.last_change, run.steps);
      run.converged = front_.empty() || (!once && run.last_change <= job_->options->tolerance);
    }
    run.last = run.history.back() = total_loss();
    for (const double loss : loss_) run.at_cap += loss == 1 ? 1U : 0U;
    progress.finish();
    return run;
  }

  [[nodiscard]] std::vector<double> take_losses() noexcept { return std::move(loss_); }

  /// Rows to gather over; made where they have not been needed so far.
  [[nodiscard]] Rows take_rows() {
    if (!effect_) effect_ = exposure_rows(*job_->net, job_->along, Side::effect, job_->exposure);
    return std::move(*effect_);
  }

 private:
  [[nodiscard]] double total_loss() const noexcept {
    double total = 0;
    for (std::size_t v = 0; v < loss_.size(); ++v) total += apart(job_->weight[v] * loss_[v]);
    return total;
  }

  [[nodiscard]] std::uint64_t links_of(std::uint32_t v) const noexcept {
    const auto offsets = job_->along == Along::downstream ? job_->net->out_offsets() : job_->net->in_offsets();
    return offsets[v + std::size_t{1}] - offsets[v];
  }

  [[nodiscard]] std::uint64_t links_of_front() const noexcept {
    std::uint64_t links = 0;
    for (const std::uint32_t v : front_) links += links_of(v);
    return links;
  }

  /// Adds what arrives at an enterprise to its loss. @return by how much that grew.
  [[nodiscard]] static double receive(double& loss, double arrived) noexcept {
    const double before = loss;
    loss = std::min(1.0, before + arrived);
    return loss - before;
  }

  /// Takes one enterprise's growth into the totals. Enterprises come in ascending order. @return what it hands on in
  /// the next step; if anything, it is of the front.
  [[nodiscard]] double settle(std::uint32_t v, double growth, DistressRun& run, double& total) {
    run.last_change = std::max(run.last_change, growth);
    total += apart(job_->weight[v] * growth);
    if (!met_.empty() && std::exchange(met_[v], std::uint8_t{1}) != 0) {
      if (links_of(v) == 0) return 0;  // nobody would have received it
      ++run.times_kept_back;
      run.kept_back += apart(job_->weight[v] * growth);
      return 0;
    }
    front_.push_back(v);
    return growth;
  }

  void push(DistressRun& run, double& total) {
    if (!cause_) {
      cause_ = exposure_rows(*job_->net, job_->along, Side::cause, job_->exposure);
      arrived_.assign(loss_.size(), 0.0);
    }
    touched_.clear();
    for (const std::uint32_t i : front_) {
      const double handed = std::exchange(handing_[i], 0.0);
      for (auto k = cause_->offsets[i]; k < cause_->offsets[i + std::size_t{1}]; ++k) {
        const double term = apart(cause_->weights[k] * handed);
        double& arrived = arrived_[cause_->neighbours[k]];
        if (arrived == 0 && term > 0) touched_.push_back(cause_->neighbours[k]);
        arrived += term;
      }
    }
    std::sort(touched_.begin(), touched_.end());
    front_.clear();
    for (const std::uint32_t v : touched_) {
      const double growth = receive(loss_[v], std::exchange(arrived_[v], 0.0));
      if (growth > 0) handing_[v] = settle(v, growth, run, total);
    }
  }

  void gather(const Control& control, DistressRun& run, double& total) {
    if (!effect_) effect_ = exposure_rows(*job_->net, job_->along, Side::effect, job_->exposure);
    grown_.resize(loss_.size());
    constexpr std::size_t grain = 4096;
    for_chunks(control, loss_.size(), grain, [&](std::size_t begin, std::size_t end, std::size_t) {
      const std::uint64_t* const offsets = effect_->offsets.data();
      const std::uint32_t* const givers = effect_->neighbours.data();
      const double* const exposure = effect_->weights.data();
      const double* const handing = handing_.data();
      for (std::size_t v = begin; v < end; ++v) {
        grown_[v] = 0;
        if (loss_[v] == 1) continue;
        double arrived = 0;
        const std::uint64_t last = offsets[v + 1];
        for (std::uint64_t k = offsets[v]; k < last; ++k) arrived += apart(exposure[k] * handing[givers[k]]);
        grown_[v] = receive(loss_[v], arrived);
      }
    });
    front_.clear();
    for (std::uint32_t v = 0; v < grown_.size(); ++v) {
      if (grown_[v] > 0) grown_[v] = settle(v, grown_[v], run, total);
    }
    handing_.swap(grown_);
  }

  const DistressJob* job_;
  std::vector<double> loss_;
  std::vector<double> handing_;  // what each member of the front hands on; 0 for all others
  std::vector<double> handed_;   // in all, where asked for
  std::vector<std::uint32_t> front_;
  std::vector<std::uint8_t> met_;  // 1: has had a loss before; empty where that does not matter
  std::vector<double> grown_;      // scratch of a gathering step
  std::vector<double> arrived_;    // 0 between steps
  std::vector<std::uint32_t> touched_;
  std::optional<Rows> cause_;
  std::optional<Rows> effect_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
