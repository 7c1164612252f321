#include <algorithm>

#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/impact/linear_plan.hpp"
#include "convert.hpp"
#include "model_fields.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

using Net = std::shared_ptr<NetworkBox>;
using Plan = std::shared_ptr<LinearPlan>;

/// Models without chance or days on a small network are brief even when they take their most steps.
Span span_of(const Net& net, std::uint64_t most_steps) {
  constexpr std::uint64_t visits = 20'000'000;  // of enterprises and links: some ten milliseconds
  const std::uint64_t size = net->network().enterprises() + net->network().links() + 1;
  return size <= visits / std::max<std::uint64_t>(most_steps, 1) ? Span::brief : Span::any;
}

py::dict linear_losses(const Net& net, py::handle shock, const py::dict& given, const py::tuple& how) {
  const auto losses = column<double>(shock, "shock");
  const auto options = options_of<LinearOptions>(given);
  return dict_of(run(
      how, [&](const Control& control) { return linear(net->network(), losses.view, options, control); },
      span_of(net, options.max_sweeps)));
}

py::array importance(const Net& net, py::handle weight, const std::string& along, const py::dict& given,
                     const py::tuple& how) {
  const auto weights = column<double>(weight, "weight");
  const auto options = options_of<LinearOptions>(given);
  Along direction = Along::downstream;
  from_py(py::str(along), "along", direction);
  return give(run(how, [&](const Control& control) {
    return linear_importance(net->network(), weights.view, direction, options, control);
  }));
}

py::tuple batch(const Plan& plan, const py::object& shocks, double tolerance, std::uint32_t max_sweeps,
                const py::tuple& how) {
  const py::array array = exact_array(shocks, "shocks", py::dtype::of<float>(), 2);
  const std::span<const float> view(static_cast<const float*>(array.data()), static_cast<std::size_t>(array.size()));
  LinearBatchOptions options;
  options.tolerance = tolerance;
  options.max_sweeps = max_sweeps;
  LinearBatchResult found =
      run(how, [&](const Control& control) { return linear_batch(*plan, view, options, control); });
  std::vector<bool> converged;
  for (const LinearRun& one : found.runs) converged.push_back(one.converged);
  return py::make_tuple(give(std::move(found.loss)), list_of(std::move(converged)));
}

py::dict cascade_losses(const Net& net, py::handle downstream, py::handle upstream, const py::dict& given,
                        const py::tuple& how) {
  const auto first = column<double>(downstream, "shock");
  const auto second = column<double>(upstream, "shock_upstream");
  const bool directed = !upstream.is_none();
  const auto options = options_of<CascadeOptions>(given);
  return dict_of(run(
      how,
      [&](const Control& control) {
        return directed ? cascade(net->network(), DirectedShock{first.view, second.view}, options, control)
                        : cascade(net->network(), first.view, options, control);
      },
      span_of(net, options.max_steps)));
}

/// [k × n], which the array must outlive.
std::span<const double> scenarios_of(const py::array& array, const std::string& name, std::uint32_t enterprises) {
  if (array.shape(1) != static_cast<py::ssize_t>(enterprises)) {
    throw Error(ErrorCode::shape_mismatch, {name + " 有 " + std::to_string(array.shape(1)) + " 列，企业有 " +
                                                std::to_string(enterprises) + " 家；每家一列。",
                                            name + " has " + std::to_string(array.shape(1)) + " columns for " +
                                                std::to_string(enterprises) + " enterprises; give one each."});
  }
  return {static_cast<const double*>(array.data()), static_cast<std::size_t>(array.size())};
}

py::dict risk(const Net& net, const py::object& scenarios, const py::object& upstream, const py::dict& given,
              const py::tuple& how) {
  const auto options = options_of<SystemicRiskOptions>(given);
  const Network& network = net->network();
  if (scenarios.is_none()) {
    return dict_of(run(how, [&](const Control& control) { return systemic_risk(network, options, control); }));
  }
  const py::array first = exact_array(scenarios, "scenarios", py::dtype::of<double>(), 2);
  const py::array second =
      upstream.is_none() ? first : exact_array(upstream, "scenarios_upstream", py::dtype::of<double>(), 2);
  const DirectedShock shocks{scenarios_of(first, "scenarios", network.enterprises()),
                             scenarios_of(second, "scenarios_upstream", network.enterprises())};
  return dict_of(run(how, [&](const Control& control) { return systemic_risk(network, shocks, options, control); }));
}

py::dict contagion_losses(const Net& net, py::handle start, const py::dict& given, const py::tuple& how) {
  const auto chances = column<double>(start, "start");
  const auto options = options_of<ContagionOptions>(given);
  return dict_of(
      run(how, [&](const Control& control) { return contagion(net->network(), chances.view, options, control); }));
}

py::dict distress_losses(const Net& net, py::handle shock, const py::dict& given, const py::tuple& how) {
  const auto losses = column<double>(shock, "shock");
  const auto options = options_of<DistressOptions>(given);
  return dict_of(run(
      how, [&](const Control& control) { return distress(net->network(), losses.view, options, control); },
      span_of(net, options.max_steps)));
}

py::array hypercube(const py::list& parameters, std::size_t samples, std::uint64_t seed) {
  std::vector<UncertainParameter> uncertain;
  read_list(parameters, "parameters", uncertain);
  auto made = latin_hypercube(uncertain, samples, seed);
  return give(std::move(made.values));
}

// Runs that are made already, summed up: the run of sample k is row k of `combined` with its three indices.
py::dict ensemble_of(py::handle combined, py::handle indices, py::handle converged, const py::dict& given,
                     const py::tuple& how) {
  const py::array losses = exact_array(combined, "combined", py::dtype::of<double>(), 2);
  const py::array index = exact_array(indices, "indices", py::dtype::of<double>(), 2);
  const auto settled = column<std::uint8_t>(converged, "converged");
  const auto options = options_of<EnsembleOptions>(given);
  const auto samples = static_cast<std::size_t>(losses.shape(0));
  const auto n = static_cast<std::size_t>(losses.shape(1));
  const auto* loss = static_cast<const double*>(losses.data());
  const auto* three = static_cast<const double*>(index.data());
  return dict_of(run(how, [&](const Control& control) {
    return ensemble(
        samples,
        [&](std::size_t k, const Control&) {
          Propagation one;
          one.combined.assign(loss + k * n, loss + (k + 1) * n);
          one.index_downstream = three[3 * k];
          one.index_upstream = three[3 * k + 1];
          one.index = three[3 * k + 2];
          one.converged = settled.view[k] != 0;
          return one;
        },
        options, control);
  }));
}

}  // namespace

void bind_models(py::module_& module) {
  module.def("linear", &linear_losses);
  module.def("linear_importance", &importance);
  module.def("cascade", &cascade_losses);
  module.def("systemic_risk", &risk);
  module.def("contagion", &contagion_losses);
  module.def("distress", &distress_losses);
  module.def("latin_hypercube", &hypercube);
  module.def("ensemble", &ensemble_of);
  module.def("paired_difference", [](py::handle first, py::handle second) {
    const auto a = column<double>(first, "first");
    const auto b = column<double>(second, "second");
    return dict_of(paired_difference(a.view, b.view));
  });
  py::class_<LinearPlan, Plan>(module, "LinearPlan")
      .def(py::init([](const Net& net, const std::string& along, const py::tuple& how) {
        Along direction = Along::downstream;
        from_py(py::str(along), "along", direction);
        return run(how, [&](const Control& control) {
          return std::make_shared<LinearPlan>(net->network(), direction, control);
        });
      }))
      .def_property_readonly("enterprises", &LinearPlan::enterprises)
      .def_property_readonly("memory", &LinearPlan::memory)
      .def("batch", &batch);
  // The defaults of every option, so that a test can hold Python's signatures against them.
  module.def("default_options", [] {
    py::dict all;
    all["linear"] = dict_of(LinearOptions{});
    all["cascade"] = dict_of(CascadeOptions{});
    all["contagion"] = dict_of(ContagionOptions{});
    all["distress"] = dict_of(DistressOptions{});
    all["ensemble"] = dict_of(EnsembleOptions{});
    return all;
  });
}

}  // namespace chainqual::python
