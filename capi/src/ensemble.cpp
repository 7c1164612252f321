#include "chainqual/impact/ensemble.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "buffers.hpp"
#include "chainqual/impact/propagate.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "models.hpp"
#include "network.hpp"
#include "options.hpp"
#include "scenario.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_SPREADING_UNIFORM == static_cast<int>(Spreading::uniform));
static_assert(CHAINQUAL_SPREADING_TRIANGULAR == static_cast<int>(Spreading::triangular));
static_assert(CHAINQUAL_SPREADING_LOG_UNIFORM == static_cast<int>(Spreading::log_uniform));

struct chainqual_ensemble_result {
  EnsembleResult result;
};

namespace {

EnsembleOptions options_of(const chainqual_ensemble_options* options) {
  const auto own = capi::settled(options);
  EnsembleOptions result;
  auto quantiles = capi::vector_of(own.quantiles, "quantiles");
  if (!quantiles.empty()) result.quantiles = std::move(quantiles);
  result.by_enterprise = own.no_enterprises == 0;
  return result;
}

/// A number of samples that memory can count.
std::size_t samples_of(std::uint64_t samples) {
  if (samples > Network::max_enterprises) capi::throw_too_long("samples");
  return static_cast<std::size_t>(samples);
}

/// @throws Error{invalid_value} a host's run gave what is no share, which no sum could be made of.
void check_shares(const Propagation& losses, std::size_t sample) {
  const auto is_share = [](double value) { return value >= 0 && value <= 1; };
  const bool sound = std::all_of(losses.combined.begin(), losses.combined.end(), is_share) && is_share(losses.index) &&
                     is_share(losses.index_downstream) && is_share(losses.index_upstream);
  if (sound) return;
  const std::string shown = std::to_string(sample);
  throw Error(ErrorCode::invalid_value,
              {"样本 " + shown + " 的损失或指数不在 0 到 1 之间。",
               "Sample " + shown + " has a loss or an index that does not lie between 0 and 1."});
}

/// The caller's model, as the library calls models.
class HostModel {
 public:
  HostModel(const chainqual_ensemble_callbacks& callbacks, std::uint32_t enterprises, const chainqual_control* control)
      : callbacks_(callbacks), enterprises_(enterprises) {
    inner_.executor = &here_;
    inner_.cancel = capi::settled(control).cancel;
  }

  Propagation operator()(std::size_t sample, const Control&) const {
    Propagation losses;
    losses.downstream.resize(enterprises_);
    losses.upstream.resize(enterprises_);
    losses.combined.resize(enterprises_);
    chainqual_propagation out = CHAINQUAL_PROPAGATION_INIT;
    out.converged = 1;
    out.downstream = losses.downstream.data();
    out.upstream = losses.upstream.data();
    out.combined = losses.combined.data();
    out.capacity = enterprises_;
    chainqual_error error = CHAINQUAL_ERROR_INIT;
    const chainqual_status status = callbacks_.run(callbacks_.user, sample, &inner_, &out, &error);
    if (status != CHAINQUAL_OK) throw_failed(status, error, sample);
    losses.index = out.index;
    losses.index_downstream = out.index_downstream;
    losses.index_upstream = out.index_upstream;
    losses.converged = out.converged != 0;
    check_shares(losses, sample);
    return losses;
  }

 private:
  [[noreturn]] static void throw_failed(chainqual_status status, chainqual_error& error, std::size_t sample) {
    error.message[sizeof error.message - 1] = '\0';
    error.message_zh[sizeof error.message_zh - 1] = '\0';
    const std::string shown = std::to_string(sample);
    const auto code = static_cast<ErrorCode>(status);
    const bool known = status > CHAINQUAL_OK && name_of(code) != "unknown";
    throw Error(known ? code : ErrorCode::invalid_argument,
                {"样本 " + shown + "：" + (error.message_zh[0] != '\0' ? error.message_zh : describe(code).zh),
                 "Sample " + shown + ": " + (error.message[0] != '\0' ? error.message : describe(code).en)});
  }

  chainqual_ensemble_callbacks callbacks_;
  std::uint32_t enterprises_;
  chainqual_executor here_{std::make_unique<ThreadPool>(1U)};  // starts no thread
  chainqual_control inner_ = CHAINQUAL_CONTROL_INIT;
};

chainqual_spread to_c(const Spread& spread) noexcept {
  return {spread.mean, spread.deviation, spread.standard_error, spread.least, spread.most};
}

const std::vector<double>& column_of(const EnsembleResult& result, std::int32_t column) {
  switch (column) {
    case CHAINQUAL_ENSEMBLE_INDICES:
      return result.indices;
    case CHAINQUAL_ENSEMBLE_SHARES:
      return result.shares;
    case CHAINQUAL_ENSEMBLE_INDEX_QUANTILES:
      return result.index.quantiles;
    case CHAINQUAL_ENSEMBLE_DOWNSTREAM_QUANTILES:
      return result.index_downstream.quantiles;
    case CHAINQUAL_ENSEMBLE_UPSTREAM_QUANTILES:
      return result.index_upstream.quantiles;
    case CHAINQUAL_ENSEMBLE_MEAN:
      return result.mean;
    case CHAINQUAL_ENSEMBLE_DEVIATION:
      return result.deviation;
    case CHAINQUAL_ENSEMBLE_QUANTILES:
      return result.quantiles;
    default:
      throw Error(ErrorCode::not_found, {"集合没有第 " + std::to_string(column) + " 号列。",
                                         "An ensemble has no column " + std::to_string(column) + "."});
  }
}

}  // namespace

chainqual_status chainqual_latin_hypercube(const chainqual_uncertain_parameter* parameters, uint64_t count,
                                           uint64_t samples, uint64_t seed, double* values, uint64_t capacity,
                                           uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<UncertainParameter> given;
    for (const auto& one : capi::entries(parameters, count, "parameters")) {
      given.push_back({std::string(capi::text_of(one.name)), one.low, one.high,
                       capi::enumerator<Spreading>(one.spreading, "spreading"), one.mode});
    }
    const std::size_t drawn = samples_of(samples);
    if (count != 0 && drawn > static_cast<std::uint64_t>(PTRDIFF_MAX) / sizeof(double) / count) {
      capi::throw_too_long("samples");
    }
    capi::require_apart({capi::Bytes::of(values, drawn * count)}, {capi::Bytes::of(parameters, count)});
    const capi::Lazy all(drawn * count, [&] { return latin_hypercube(given, drawn, seed).values; });
    capi::hand_over(all, values, capacity, size);
  });
}

chainqual_status chainqual_ensemble(uint32_t enterprises, uint64_t samples,
                                    const chainqual_ensemble_callbacks* callbacks,
                                    const chainqual_ensemble_options* options, const chainqual_control* control,
                                    chainqual_ensemble_result** result, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto own = capi::settled(&capi::required(callbacks, "callbacks"));
    if (own.run == nullptr) capi::throw_null("callbacks->run");
    static_cast<void>(capi::required(result, "result"));
    const HostModel model(own, enterprises, control);
    EnsembleResult found = ensemble(samples_of(samples), model, options_of(options), capi::control_of(control));
    capi::make_handle(result, "result", std::move(found));
  });
}

chainqual_status chainqual_ensemble_of_scenarios(const chainqual_network* network,
                                                 const chainqual_placed_scenario* const* scenarios, uint64_t count,
                                                 const chainqual_model_options* model,
                                                 const chainqual_ensemble_options* options,
                                                 const chainqual_control* control, chainqual_ensemble_result** result,
                                                 chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const auto given = capi::entries(scenarios, count, "scenarios");
    for (const chainqual_placed_scenario* one : given) static_cast<void>(capi::required(one, "scenarios"));
    static_cast<void>(capi::required(result, "result"));
    const ModelOptions settled = capi::options_of(model);
    const auto run = [&](std::size_t sample, const Control& how) {
      return propagate(net, given[sample]->placed, settled, how);
    };
    EnsembleResult found = ensemble(given.size(), run, options_of(options), capi::control_of(control));
    capi::make_handle(result, "result", std::move(found));
  });
}

void chainqual_ensemble_result_free(chainqual_ensemble_result* result) {
  delete result;
}

chainqual_status chainqual_ensemble_result_figures(const chainqual_ensemble_result* result,
                                                   chainqual_ensemble_figures* figures, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const EnsembleResult& own = capi::required(result, "result").result;
    chainqual_ensemble_figures out = CHAINQUAL_ENSEMBLE_FIGURES_INIT;
    out.enterprises = static_cast<uint32_t>(own.mean.size());
    out.samples = own.samples;
    out.shares = own.shares.size();
    out.not_converged = own.not_converged;
    out.index = to_c(own.index);
    out.index_downstream = to_c(own.index_downstream);
    out.index_upstream = to_c(own.index_upstream);
    capi::hand_over(out, &capi::required(figures, "figures"));
  });
}

chainqual_status chainqual_ensemble_result_f64(const chainqual_ensemble_result* result, int32_t column, double* values,
                                               uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    capi::hand_over(column_of(capi::required(result, "result").result, column), values, capacity, size);
  });
}

chainqual_status chainqual_paired_difference(const double* first, const double* second, uint64_t count,
                                             chainqual_difference* difference, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const PairedDifference found =
        paired_difference(capi::entries(first, count, "first"), capi::entries(second, count, "second"));
    capi::require_apart({capi::Bytes::of(difference, 1)},
                        {capi::Bytes::of(first, count), capi::Bytes::of(second, count)});
    capi::required(difference, "difference") = {found.mean, found.standard_error, found.share_below};
  });
}
