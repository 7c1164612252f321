#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/impact/place.hpp"
#include "chainqual/io/cascade_tables.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "convert.hpp"
#include "daily_fields.hpp"
#include "placed.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

using Net = std::shared_ptr<NetworkBox>;

py::dict daily(const Net& net, const py::list& disruptions, const py::dict& given, const py::tuple& how) {
  std::vector<Disruption> struck;
  read_list(disruptions, "disruptions", struck);
  const auto options = options_of<DynamicsOptions>(given);
  auto result = run(how, [&](const Control& control) { return dynamics(net->network(), struck, options, control); });
  result.overshoot.note = overshoot_note(result.overshoot, names_of(*net).enterprise);
  return dict_of(std::move(result));
}

py::dict inoperable(const Net& net, const py::list& disruptions, const py::dict& given, const py::tuple& how) {
  std::vector<Disruption> struck;
  read_list(disruptions, "disruptions", struck);
  const auto options = options_of<InoperabilityOptions>(given);
  return dict_of(
      run(how, [&](const Control& control) { return inoperability(net->network(), struck, options, control); }));
}

py::dict propagated(const Net& net, const py::object& shock, const py::object& disruptions, const py::dict& given,
                    const py::tuple& how) {
  const PlacedScenario scenario = placed_of(shock, disruptions, net->network().enterprises());
  auto options = options_of<ModelOptions>(given);
  options.name = names_of(*net).enterprise;
  return dict_of(
      run(how, [&](const Control& control) { return propagate(net->network(), scenario, options, control); }));
}

NameLookup lookup(const Chain& chain, bool segments) {
  if (!segments) {
    return {[&chain](std::string_view text) -> std::optional<std::uint32_t> {
              const auto found = chain.resolve(text);
              return found ? std::optional(found->value) : std::nullopt;
            },
            [&chain](std::string_view text) { return chain.nearest_keys(text); }};
  }
  return {[&chain](std::string_view text) -> std::optional<std::uint32_t> {
            if (const auto found = chain.find_segment(text)) return found->value;
            const auto& all = chain.segments();
            for (std::uint32_t k = 0; k < all.size(); ++k) {
              if (all[k].name == text || all[k].name_en == text) return k;
            }
            return std::nullopt;
          },
          {}};
}

}  // namespace

namespace {

/// What differs by direction.
PlacedScenario directed(const py::tuple& shocks) {
  const auto down = column<double>(shocks[0], "shock");
  const auto up = column<double>(shocks[1], "shock_upstream");
  PlacedScenario placed;
  placed.shock_downstream.assign(down.view.begin(), down.view.end());
  placed.shock_upstream.assign(up.view.begin(), up.view.end());
  return placed;  // for the cascade, which reads no more
}

}  // namespace

PlacedScenario placed_of(const py::object& shock, const py::object& disruptions, std::uint32_t enterprises) {
  if (py::isinstance<py::tuple>(shock)) return directed(shock.cast<py::tuple>());
  PlacedScenario placed;
  if (disruptions.is_none()) {
    const auto losses = column<double>(shock, "shock");
    return lasting({losses.view.begin(), losses.view.end()});
  }
  read_list(disruptions, "disruptions", placed.disruptions);
  if (!shock.is_none()) {
    read_list(shock, "shock", placed.shock);
    return placed;
  }
  check_disruptions(placed.disruptions, enterprises);
  std::vector<PlacedShock> full;
  for (const Disruption& one : placed.disruptions) full.push_back({one.enterprise, one.magnitude});
  placed.shock = combine_shocks(enterprises, full);
  return placed;
}

void bind_daily(py::module_& module) {
  module.def("dynamics", &daily);
  module.def("inoperability", &inoperable);
  module.def("propagate", &propagated);
  module.def("daily_defaults", [] {
    py::dict all;
    all["dynamics"] = dict_of(DynamicsOptions{});
    all["inoperability"] = dict_of(InoperabilityOptions{});
    return all;
  });
  module.def("scenarios", [](const std::string& text, const std::string& file) {
    return scenarios_to_json(scenarios_from_json(text, file));
  });
  module.def("read_scenarios", [](const std::string& path) { return scenarios_to_json(read_scenarios(path)); });
  module.def("read_needs", [](const std::string& path, const DossierBox& box) {
    const Chain& chain = box.content->chain;
    return dict_of(read_needs(path, static_cast<std::uint32_t>(chain.segments().size()), lookup(chain, true)));
  });
  module.def("read_accounts", [](const std::string& path, const DossierBox& box) {
    const Chain& chain = box.content->chain;
    Accounts accounts = read_accounts(path, chain.enterprises(), lookup(chain, false));
    py::dict result;
    result["revenue"] = give(std::move(accounts.revenue));
    result["final_demand"] = give(std::move(accounts.final_demand));
    result["cost"] = give(std::move(accounts.cost));
    return result;
  });
}

}  // namespace chainqual::python
