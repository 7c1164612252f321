#include "bind.hpp"
#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/severity_model.hpp"
#include "chainqual/severity/stability.hpp"
#include "convert.hpp"
#include "run.hpp"
#include "severity_fields.hpp"

namespace chainqual::python {
namespace {

Rational weight_of(py::handle value, const char* name) {
  if (py::isinstance<py::str>(value)) return weight_from_text(py::cast<std::string>(value));
  return rational_of(value, name);
}

SeverityModel make_model(const py::tuple& weights, const py::tuple& thresholds, const std::string& rounding) {
  Rounding chosen = Rounding::exact;
  from_py(py::str(rounding), "rounding", chosen);
  return SeverityModel(
      Weights{weight_of(weights[0], "weights[0]"), weight_of(weights[1], "weights[1]"),
              weight_of(weights[2], "weights[2]")},
      Thresholds{rational_of(thresholds[0], "thresholds[0]"), rational_of(thresholds[1], "thresholds[1]")}, chosen);
}

Score score_of(py::handle impact, py::handle diffusion, py::handle urgency) {
  return {rational_of(impact, "impact"), rational_of(diffusion, "diffusion"), rational_of(urgency, "urgency")};
}

std::optional<Rational> cell_of(py::handle value, const char* name) {
  if (value.is_none()) return std::nullopt;
  return rational_of(value, name);
}

/// Grading a row takes some nanoseconds.
Span span_of(std::size_t rows) {
  return rows <= 100'000 ? Span::brief : Span::any;
}

py::tuple severity_tuple(const Severity& severity) {
  return py::make_tuple(severity.total.to_string(), static_cast<int>(severity.grade));
}

py::tuple grade_whole(const SeverityModel& model, py::handle impact, py::handle diffusion, py::handle urgency,
                      const py::tuple& how) {
  const auto a = column<std::uint8_t>(impact, "impact");
  const auto b = column<std::uint8_t>(diffusion, "diffusion");
  const auto c = column<std::uint8_t>(urgency, "urgency");
  std::vector<std::uint8_t> grade(a.view.size());
  std::vector<std::uint16_t> total(a.view.size());
  run_apart(
      how,
      [&](const Control& control) {
        grade_whole_scores(model, {a.view, b.view, c.view}, grade, total, control);
      },
      span_of(a.view.size()));
  return py::make_tuple(give(std::move(grade)), give(std::move(total)), 100);
}

py::tuple grade_hundredth(const SeverityModel& model, py::handle impact, py::handle diffusion, py::handle urgency,
                          const py::tuple& how) {
  const auto a = column<std::int16_t>(impact, "impact");
  const auto b = column<std::int16_t>(diffusion, "diffusion");
  const auto c = column<std::int16_t>(urgency, "urgency");
  std::vector<std::uint8_t> grade(a.view.size());
  std::vector<std::uint32_t> total(a.view.size());
  const std::uint32_t scale = hundredths_total_scale(model);
  run_apart(
      how,
      [&](const Control& control) {
        grade_hundredths(model, {a.view, b.view, c.view}, grade, total, control);
      },
      span_of(a.view.size()));
  return py::make_tuple(give(std::move(grade)), give(std::move(total)), scale);
}

py::tuple grade_sums(const SeverityModel& model, const py::tuple& sums, const py::tuple& counts, std::uint32_t unit,
                     const py::tuple& how) {
  const auto a = column<std::uint32_t>(sums[0], "impact_sum");
  const auto b = column<std::uint32_t>(sums[1], "diffusion_sum");
  const auto c = column<std::uint32_t>(sums[2], "urgency_sum");
  const auto i = column<std::uint32_t>(counts[0], "impact_count");
  const auto j = column<std::uint32_t>(counts[1], "diffusion_count");
  const auto k = column<std::uint32_t>(counts[2], "urgency_count");
  std::vector<std::uint8_t> grade(a.view.size());
  std::vector<std::uint16_t> total(a.view.size());
  run_apart(
      how,
      [&](const Control& control) {
        grade_panel_sums(model, {a.view, b.view, c.view, i.view, j.view, k.view, unit}, grade, total, control);
      },
      span_of(a.view.size()));
  return py::make_tuple(give(std::move(grade)), give(std::move(total)), 100);
}

// Rows (problem, expert, impact, diffusion, urgency); a cell may be None.
std::vector<ExpertScore> expert_rows(const py::list& rows) {
  std::vector<ExpertScore> result;
  result.reserve(rows.size());
  for (const py::handle given : rows) {
    const auto row = py::reinterpret_borrow<py::tuple>(given);
    result.push_back({text_of(row[0], "problem"),
                      text_of(row[1], "expert"),
                      {cell_of(row[2], "impact"), cell_of(row[3], "diffusion"), cell_of(row[4], "urgency")}});
  }
  return result;
}

PanelRule rule_of(const std::string& consensus, py::handle trim) {
  PanelRule rule;
  from_py(py::str(consensus), "consensus", rule.consensus);
  rule.trim = rational_of(trim, "trim");
  return rule;
}

py::object panel(const py::list& rows, const std::string& consensus, py::handle trim) {
  return to_py(panel_scores(expert_rows(rows), rule_of(consensus, trim)));
}

py::object consensus(const py::list& values, const std::string& rule, py::handle trim) {
  std::vector<Rational> numbers;
  for (const py::handle value : values) numbers.push_back(rational_of(value, "values"));
  return to_py(consensus_of(numbers, rule_of(rule, trim)));
}

py::object flips(const SeverityModel& model, const py::tuple& score) {
  py::list result;
  for (const Flip& flip : score_flips(model, score_of(score[0], score[1], score[2]))) {
    result.append(py::make_tuple(to_py(flip.dimension), to_py(flip.from), to_py(flip.to), severity_tuple(flip.result)));
  }
  return result;
}

py::dict stability(const SeverityModel& model, const py::list& scores, const py::dict& options, const py::tuple& how) {
  std::vector<std::optional<Score>> given;
  for (const py::handle score : scores) {
    if (score.is_none()) {
      given.emplace_back();
    } else {
      const auto three = py::reinterpret_borrow<py::tuple>(score);
      given.emplace_back(score_of(three[0], three[1], three[2]));
    }
  }
  const auto study = options_of<WeightStudy>(options);
  auto found = run(how, [&](const Control& control) { return weight_stability(model, given, study, control); });
  py::list problems;
  for (const ProblemStability& problem : found.problems) {
    problems.append(py::make_tuple(severity_tuple(problem.severity), problem.grades[0], problem.grades[1],
                                   problem.grades[2], problem.grades[3], to_py(KeptShare(problem.kept))));
  }
  py::dict result;
  result["problems"] = problems;
  result["all_kept"] = to_py(std::move(found.all_kept));
  return result;
}

}  // namespace

void bind_severity(py::module_& module) {
  py::class_<SeverityModel>(module, "SeverityModel")
      .def(py::init(&make_model))
      .def("grade",
           [](const SeverityModel& model, py::handle impact, py::handle diffusion, py::handle urgency) {
             return severity_tuple(model.grade(score_of(impact, diffusion, urgency)));
           })
      .def("grade_of_total",
           [](const SeverityModel& model, py::handle total) {
             return static_cast<int>(model.grade_of_total(rational_of(total, "total")));
           })
      .def("describe",
           [](const SeverityModel& model) {
             const Weights& w = model.weights();
             const Thresholds& t = model.thresholds();
             return py::make_tuple(py::make_tuple(to_py(w.impact), to_py(w.diffusion), to_py(w.urgency)),
                                   py::make_tuple(to_py(t.critical), to_py(t.important)), to_py(model.rounding()));
           })
      .def("grade_whole", &grade_whole)
      .def("grade_hundredths", &grade_hundredth)
      .def("grade_sums", &grade_sums)
      .def("flips", &flips)
      .def("stability", &stability);
  module.def("consensus", &consensus);
  module.def("panel", &panel);
  module.def("agreement", [](const py::list& rows) { return to_py(panel_agreement(expert_rows(rows))); });
}

}  // namespace chainqual::python
