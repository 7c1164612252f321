#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/impact/mitigation.hpp"
#include "chainqual/io/measures_json.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "convert.hpp"
#include "mitigation_fields.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

py::dict mitigated(const DossierBox& box, const std::string& measures, const py::object& scenarios,
                   const py::dict& given, const py::tuple& how) {
  const auto list = measures_from_json(measures);
  const auto options = options_of<MitigationOptions>(given);
  std::vector<Scenario> against;
  if (!scenarios.is_none()) against = scenarios_from_json(text_of(scenarios, "scenarios"));
  const auto content = box.shared();
  return dict_of(run(how, [&](const Control& control) { return mitigate(*content, list, against, options, control); }));
}

}  // namespace

void bind_mitigate(py::module_& module) {
  module.def("mitigate", &mitigated);
  module.def("suggest_measures", [](const DossierBox& box, const py::dict& given, const py::tuple& how) {
    const auto options = options_of<SuggestOptions>(given);
    const auto content = box.shared();
    return run(how, [&](const Control& control) {
      const auto found = suggest_measures(*content, options, control);
      return found.empty() ? std::string() : measures_to_json(found);
    });
  });
  module.def("measures", [](const std::string& text, const std::string& file) {
    return measures_to_json(measures_from_json(text, file));
  });
  module.def("read_measures", [](const std::string& path) { return measures_to_json(read_measures(path)); });
}

}  // namespace chainqual::python
