#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "convert.hpp"
#include "placed.hpp"
#include "run.hpp"
#include "why_fields.hpp"

namespace chainqual::python {
namespace {

using Net = std::shared_ptr<NetworkBox>;

/// What the enterprises of an explanation are called, by number; nothing where they have no names.
py::dict called(const Why& why, const WhyNames& names) {
  py::dict out;
  if (!names.enterprise) return out;
  const auto add = [&](EnterpriseId id) {
    const py::int_ key(id.value);
    if (id.value == Network::none || out.contains(key)) return;
    out[key] = text_object({names.enterprise(id, Language::zh), names.enterprise(id, Language::en)});
  };
  add(why.enterprise);
  for (const SourceShare& share : why.sources) add(share.source);
  for (const LossPath& path : why.paths) {
    for (const EnterpriseId id : path.enterprises) add(id);
  }
  return out;
}

py::dict explained(const Net& net, const py::object& shock, const py::object& disruptions, const py::object& target,
                   const py::dict& model, const py::dict& options, const py::tuple& how) {
  const PlacedScenario scenario = placed_of(shock, disruptions, net->network().enterprises());
  const auto by = options_of<ModelOptions>(model);
  auto ways = options_of<WhyOptions>(options);
  ways.linear = by.linear;
  const EnterpriseId enterprise = enterprise_of(*net, target);
  const WhyNames names = names_of(*net);
  Why found = run(
      how, [&](const Control& control) { return why(net->network(), scenario, enterprise, by, ways, names, control); });
  const py::dict called_by = called(found, names);
  py::dict out = dict_of(std::move(found));
  out["names"] = called_by;
  return out;
}

}  // namespace

void bind_why(py::module_& module) {
  module.def("why", &explained);
  module.def("criticality", [](const Net& net, const py::dict& given, const py::tuple& how) {
    const auto options = options_of<CriticalityOptions>(given);
    return dict_of(run(how, [&](const Control& control) { return criticality(net->network(), options, control); }));
  });
}

}  // namespace chainqual::python
