#include "bind.hpp"
#include "boxes.hpp"
#include "convert.hpp"
#include "method_fields.hpp"

// Grading, design and training, and the files of all methods: work of moments, done with the GIL held.
namespace chainqual::python {
namespace {

/// {"points": [{"measurement", "value"}, …]} or {"worst", "best", "shape"}.
ValueCurve curve_from(const py::dict& given) {
  if (given.contains("points")) {
    std::vector<ValueCurve::Point> points;
    read_list(given["points"], "points", points);
    return ValueCurve::points(std::move(points));
  }
  return ValueCurve::exponential(real_number(given["worst"], "worst"), real_number(given["best"], "best"),
                                 real_number(given["shape"], "shape"));
}

py::array worth(const py::dict& given, py::handle measurements) {
  const ValueCurve curve = curve_from(given);
  const auto series = column<double>(measurements, "measurements");
  std::vector<double> values;
  values.reserve(series.view.size());
  for (const double measurement : series.view) values.push_back(curve(measurement));
  return give(std::move(values));
}

py::object lines(const py::list& given_criteria, const py::list& given_thresholds, const py::list& given_lines) {
  std::vector<GradingCriterion> criteria;
  for (const py::handle one : given_criteria) {
    const auto given = py::reinterpret_borrow<py::dict>(one);
    std::optional<double> least;
    from_py(given["least"], "least", least);
    criteria.push_back({text_of(given["name"], "name"), real_number(given["weight"], "weight"),
                        curve_from(py::reinterpret_borrow<py::dict>(given["curve"])), least});
  }
  std::vector<GradeThreshold> thresholds;
  read_list(given_thresholds, "thresholds", thresholds);
  std::vector<ProductionLine> production;
  read_list(given_lines, "lines", production);
  return to_py(grade_lines(criteria, thresholds, production));
}

std::vector<ProcessStage> stages_from(const py::list& given) {
  std::vector<ProcessStage> stages;
  read_list(given, "stages", stages);
  return stages;
}

LimitGrading limits_from(const py::list& given, const std::string& word) {
  std::vector<GradeLimit> limits;
  read_list(given, "limits", limits);
  Direction direction = Direction::lower_is_better;
  from_py(py::str(word), "direction", direction);
  return LimitGrading(std::move(limits), direction);
}

std::vector<Decimal> decimals_from(const py::list& given) {
  std::vector<Decimal> values;
  read_list(given, "values", values);
  return values;
}

py::dict ladder_place(const py::list& given_ladder, const py::list& given_measures) {
  std::vector<LadderStep> ladder;
  std::vector<SupplierMeasure> measures;
  read_list(given_ladder, "ladder", ladder);
  read_list(given_measures, "measures", measures);
  return dict_of(place_on_ladder(ladder, measures));
}

QualityHouse house_from(const py::handle given) {
  QualityHouse house;
  read_fields(given, "house", house);
  return house;
}

py::dict houses_in_a_row(const py::list& given) {
  std::vector<QualityHouse> houses;
  for (const py::handle one : given) houses.push_back(house_from(one));
  return dict_of(cascade_houses(houses));
}

DeviationProcess process_from(const py::dict& given) {
  DeviationProcess process;
  read_fields(given, "process", process);
  return process;
}

TrainingBase base_from(const py::dict& given) {
  TrainingBase base;
  read_fields(given, "base", base);
  return base;
}

template <class Read>
void reader(py::module_& module, const char* name, Read read) {
  module.def(name, [read](const std::string& path) { return to_py(read(path)); });
}

/// As `worth` and `grade_lines` take it.
py::dict curve_dict(const ValueCurve& curve) {
  py::dict given;
  if (curve.knots().empty()) {
    given["worst"] = curve.worst();
    given["best"] = curve.best();
    given["shape"] = curve.shape();
  } else {
    given["points"] = to_py(std::vector<ValueCurve::Point>(curve.knots()));
  }
  return given;
}

py::dict lines_of(LineGrading&& given) {
  py::list criteria;
  for (const GradingCriterion& one : given.criteria) {
    py::dict criterion;
    criterion["name"] = one.name;
    criterion["weight"] = one.weight;
    criterion["curve"] = curve_dict(one.curve);
    criterion["least"] = to_py(std::optional<double>(one.least));
    criteria.append(std::move(criterion));
  }
  py::dict found;
  found["criteria"] = std::move(criteria);
  found["thresholds"] = to_py(std::move(given.thresholds));
  found["lines"] = to_py(std::move(given.lines));
  return found;
}

/// Files of the quality methods, as `chainqual evaluate` reads them.
void bind_method_files(py::module_& module) {
  reader(module, "read_failure_modes", &read_failure_modes);
  reader(module, "read_priority_rules", &read_priority_rules);
  reader(module, "read_fault_tree", &read_fault_tree);
  reader(module, "read_measurements", &read_measurements);
  reader(module, "read_counts", &read_counts);
  reader(module, "read_judgements", &read_judgements);
  reader(module, "read_stages", &read_stages);
  reader(module, "read_grade_limits", &read_grade_limits);
  reader(module, "read_named_values", &read_named_values);
  reader(module, "read_ladder", &read_ladder);
  reader(module, "read_suppliers", &read_suppliers);
  reader(module, "read_kano_answers", &read_kano_answers);
  reader(module, "read_houses", &read_houses);
  reader(module, "read_deviation", &read_deviation);
  reader(module, "read_training", &read_training);
  module.def("read_line_grading", [](const std::string& path) { return lines_of(read_line_grading(path)); });
}

}  // namespace

void bind_quality(py::module_& module) {
  module.def("worth", &worth);
  module.def("grade_lines", &lines);
  module.def("inherit_quality", [](const py::list& stages) { return dict_of(inherit_quality(stages_from(stages))); });
  module.def("inherit_defects", [](const py::list& stages) { return dict_of(inherit_defects(stages_from(stages))); });
  module.def("grade_by_limits", [](const py::list& limits, const std::string& direction, const py::list& values) {
    const LimitGrading grading = limits_from(limits, direction);
    std::vector<std::optional<std::size_t>> grades;
    for (const Decimal& value : decimals_from(values)) grades.push_back(grading.grade(value));
    return to_py(std::move(grades));
  });
  module.def("tally_by_limits", [](const py::list& limits, const std::string& direction, const py::list& values) {
    return to_py(limits_from(limits, direction).tally(decimals_from(values)));
  });
  module.def("milk_limits", [] { return to_py(std::vector<GradeLimit>(milk_by_somatic_cells().limits())); });
  module.def("place_on_ladder", &ladder_place);
  module.def("classify_feature", [](const py::list& given) {
    std::vector<KanoPair> pairs;
    read_list(given, "answers", pairs);
    return dict_of(classify_feature(pairs));
  });
  module.def("build_house", [](const py::dict& house) { return dict_of(build_house(house_from(house))); });
  module.def("cascade_houses", &houses_in_a_row);
  module.def("propagate_deviations",
             [](const py::dict& process) { return dict_of(propagate_deviations(process_from(process))); });
  module.def("locate_sources", [](const py::dict& process, py::handle measured) {
    const auto means = column<double>(measured, "measured");
    return give(locate_sources(process_from(process), means.view));
  });
  module.def("session_scores", [](const py::dict& base, const py::dict& rules) {
    return to_py(session_scores(base_from(base), options_of<RegradeRules>(rules)));
  });
  module.def("regrade", [](const py::dict& base, py::handle first, py::handle last, const py::dict& rules) {
    return to_py(
        regrade(base_from(base), date_of(first, "first"), date_of(last, "last"), options_of<RegradeRules>(rules)));
  });
  bind_method_files(module);
  module.def("training_coverage", [](const DossierBox& box, const py::list& given) {
    std::vector<Course> courses;
    read_list(given, "courses", courses);
    return dict_of(training_coverage(box.shared()->problems, courses));
  });
}

}  // namespace chainqual::python
