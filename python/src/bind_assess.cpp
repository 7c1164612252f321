#include "assess_fields.hpp"
#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/chain/network_of.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/place.hpp"
#include "chainqual/io/report.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "convert.hpp"
#include "run.hpp"
#include "why_fields.hpp"

namespace chainqual::python {
namespace {

using Report = std::shared_ptr<ReportBox>;

Report assessed(const DossierBox& box, const py::dict& given, const py::object& scenarios, const py::tuple& how) {
  auto options = options_of<AssessOptions>(given);
  if (!scenarios.is_none()) options.scenarios = scenarios_from_json(text_of(scenarios, "scenarios"));
  auto made = std::make_shared<ReportBox>();
  made->dossier = box.shared();
  made->report = run(how, [&](const Control& control) { return assess(*made->dossier, options, control); });
  return made;
}

py::object cell_object(const SheetCell& cell) {
  return std::visit(
      [](const auto& value) -> py::object {
        using V = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<V, std::monostate>) {
          return py::none();
        } else if constexpr (std::is_same_v<V, double>) {
          return py::float_(value);
        } else if constexpr (std::is_same_v<V, Decimal>) {
          return py::module_::import("decimal").attr("Decimal")(value.to_string());
        } else if constexpr (std::is_same_v<V, Grade>) {
          return py::int_(static_cast<int>(value));
        } else {
          return py::str(value);
        }
      },
      cell);
}

// {table: ([(key, zh, en, detail), …], [[value, …], …])}, columns of values.
py::dict tables_of(const ReportBox& box, const std::string& words) {
  const std::optional<Language> language = words.empty() ? std::nullopt : std::optional(language_of(words));
  py::dict result;
  const std::vector<ReportTable> tables = [&] {
    const py::gil_scoped_release released;
    return report_tables(*box.dossier, box.report, language);
  }();
  for (const ReportTable& table : tables) {
    py::list headings;
    py::list columns;
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      const ReportColumn& column = table.columns[k];
      headings.append(
          py::make_tuple(std::string(column.key), std::string(column.zh), std::string(column.en), column.detail));
      py::list values;
      for (const auto& row : table.rows) values.append(cell_object(row[k]));
      columns.append(values);
    }
    result[py::str(table.key.data(), table.key.size())] = py::make_tuple(text_object(table.name), headings, columns);
  }
  return result;
}

py::dict losses_of(const ReportBox& box) {
  const AssessReport& report = box.report;
  py::dict result = dict_of(ModelRun(report.losses));
  result["shock"] = give(std::vector<double>(report.shock));
  return result;
}

py::list scenarios_of(const ReportBox& box) {
  py::list result;
  for (const ScenarioAssessment& scenario : box.report.scenarios) {
    py::dict one;
    one["name"] = scenario.name;
    one["name_en"] = scenario.name_en;
    one["shock"] = give(std::vector<double>(scenario.shock));
    one["losses"] = dict_of(ModelRun(scenario.losses));
    one["suggested"] = scenario.diffusion.suggested;
    result.append(one);
  }
  return result;
}

// The shock of one problem alone, or none with the reason why it shocks nobody.
py::tuple shock_of_problem(const ReportBox& box, const std::string& number) {
  for (const ProblemAssessment& problem : box.report.problems) {
    if (problem.number != number) continue;
    if (!problem.shocks) return py::make_tuple(py::none(), text_object(problem.why_not));
    return py::make_tuple(give(combine_shocks(box.report.enterprises, problem.placed)), py::none());
  }
  throw Error(ErrorCode::unknown_reference, {"没有编号为 " + shown_value(number) + " 的问题。",
                                             "There is no problem number " + shown_value(number) + "."});
}

py::dict figures(const ReportBox& box) {
  const AssessReport& report = box.report;
  py::dict result;
  result["enterprises"] = report.enterprises;
  result["links"] = report.links;
  result["links_documented"] = report.links_documented;
  result["links_inferred"] = report.links_inferred;
  result["problems"] = report.problems.size();
  std::array<std::size_t, 4> stars{};
  std::size_t differ = 0;
  for (const ProblemAssessment& problem : report.problems) {
    ++stars.at(static_cast<std::size_t>(problem.grade));
    differ += problem.differs ? 1U : 0U;
  }
  result["grades"] = py::make_tuple(stars[0], stars[1], stars[2], stars[3]);
  result["differ"] = differ;
  result["experts"] = report.experts;
  result["index"] = report.losses.index;
  result["index_downstream"] = report.losses.index_downstream;
  result["index_upstream"] = report.losses.index_upstream;
  result["model"] = to_py(Model(report.options.propagation.model));
  result["measure"] = to_py(LossKind(report.options.measure));
  result["all_kept_share"] = to_py(std::optional<double>(report.all_kept_share));
  result["ungraded"] = to_py(std::vector<std::string>(report.ungraded));
  result["without_shock"] = to_py(std::vector<std::string>(report.without_shock));
  result["assumptions"] = to_py(std::vector<Text>(report.assumptions));
  return result;
}

py::tuple placed_on(const DossierBox& box, const std::string& scenarios, const py::dict& given) {
  const auto options = options_of<AssessOptions>(given);
  const auto content = box.shared();
  py::list result;
  for (const Scenario& scenario : scenarios_from_json(scenarios)) {
    PlacedScenario placed = [&] {
      const py::gil_scoped_release released;
      return place(*content, scenario, options);
    }();
    const py::object directions = placed.directed()
                                      ? py::object(py::make_tuple(give(std::move(placed.shock_downstream)),
                                                                  give(std::move(placed.shock_upstream))))
                                      : py::object(py::none());
    result.append(py::make_tuple(scenario.name, scenario.name_en, give(std::move(placed.shock)),
                                 to_py(std::move(placed.disruptions)), directions));
  }
  return py::tuple(result);
}

}  // namespace

void bind_assess(py::module_& module) {
  py::class_<ReportBox, Report>(module, "Report")
      .def("tables", &tables_of)
      .def("losses", &losses_of)
      .def("scenarios", &scenarios_of)
      .def("shock_of_problem", &shock_of_problem)
      .def("figures", &figures)
      .def("chain",
           [](const ReportBox& box) {
             auto chain = std::make_shared<DossierBox>();
             chain->content = std::make_shared<Dossier>(*box.dossier);
             return chain;
           })
      .def("network",
           [](const ReportBox& box, const py::tuple& how) {
             auto net = std::make_shared<NetworkBox>();
             net->dossier = box.dossier;
             net->stored.network =
                 run(how, [&](const Control& control) { return network_of(net->dossier->chain, control); });
             return net;
           })
      .def(
          "to_json", [](const ReportBox& box) { return report_json(*box.dossier, box.report); },
          py::call_guard<py::gil_scoped_release>())
      .def("write",
           [](const ReportBox& box, const std::string& folder, const std::string& language, const py::tuple& how) {
             run_apart(how, [&](const Control& control) {
               write_report(*box.dossier, box.report, folder, language_of(language), control);
             });
           })
      .def("write_xlsx", [](const ReportBox& box, const std::string& path, const std::string& language) {
        const py::gil_scoped_release released;
        write_report_xlsx(*box.dossier, box.report, path, language_of(language));
      });
  module.def("assess", &assessed);
  module.def("place", &placed_on);
  module.def("assess_defaults", [] { return dict_of(AssessOptions{}); });
}

}  // namespace chainqual::python
