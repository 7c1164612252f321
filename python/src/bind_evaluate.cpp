#include <boost/math/distributions/students_t.hpp>

#include "bind.hpp"
#include "convert.hpp"
#include "evaluate_fields.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

/// Nothing special: these end at once or are done by the calling thread.
py::tuple plainly() {
  return py::make_tuple(py::none(), py::none());
}

/// What `kernel()` returns, without the GIL.
template <class Kernel>
py::dict brief(Kernel&& kernel) {
  return dict_of(run(
      plainly(), [&](const Control&) { return kernel(); }, Span::brief));
}

using Samples = std::vector<std::vector<double>>;

Samples samples_of(const py::list& given) {
  Samples samples;
  read_list(given, "samples", samples);
  return samples;
}

std::optional<double> limit_of(py::handle value, const char* name) {
  std::optional<double> limit;
  from_py(value, name, limit);
  return limit;
}

py::list ranked_modes(const py::list& modes, const py::object& rules) {
  std::vector<FailureMode> given;
  read_list(modes, "modes", given);
  std::optional<PriorityTable> table;
  if (!rules.is_none()) {
    std::vector<PriorityRule> rows;
    read_list(rules, "rules", rows);
    table.emplace(rows);
  }
  return to_py(rank_failure_modes(given, table ? &*table : nullptr));
}

py::dict tree(const py::dict& given, const py::dict& options, const py::tuple& how) {
  FaultTree tree;
  read_fields(given, "tree", tree);
  const auto chosen = options_of<FaultTreeOptions>(options);
  return dict_of(run(how, [&](const Control&) { return analyse(tree, chosen); }));
}

py::dict ahp(py::handle judgements, const py::list& given_names, bool refuse) {
  std::vector<std::string> names;
  read_list(given_names, "names", names);
  const auto matrix = column<double>(judgements, "judgements");
  return brief(
      [&] { return pairwise_weights(matrix.view, names, refuse ? Inconsistency::refuse : Inconsistency::report); });
}

py::dict two_ways(py::handle values, std::size_t rows, std::size_t columns, std::size_t replicates) {
  const auto cells = column<double>(values, "values");
  return brief([&] { return two_way_anova(cells.view, rows, columns, replicates); });
}

py::dict chart_of_samples(const std::string& kind, const py::list& given, const py::dict& options) {
  const Samples samples = samples_of(given);
  const auto chosen = options_of<ChartOptions>(options);
  return brief(
      [&] { return kind == "ranges" ? mean_range_chart(samples, chosen) : mean_deviation_chart(samples, chosen); });
}

py::dict chart_of_counts(const std::string& kind, py::handle counts, py::handle sizes, const py::dict& options) {
  AttributeChart chart = AttributeChart::p;
  from_py(py::str(kind), "kind", chart);
  const auto many = column<double>(counts, "counts");
  const auto of = column<double>(sizes, "sizes");
  const auto chosen = options_of<ChartOptions>(options);
  return brief([&] { return attribute_chart(chart, many.view, of.view, chosen); });
}

/// Capability of samples (a list of arrays) or of single values (an array).
py::dict capable(const py::object& given, const py::object& lower, const py::object& upper, double confidence) {
  const SpecificationLimits limits{limit_of(lower, "lower"), limit_of(upper, "upper")};
  if (py::isinstance<py::list>(given)) {
    const Samples samples = samples_of(py::reinterpret_borrow<py::list>(given));
    return brief([&] { return capability(samples, limits, confidence); });
  }
  const auto values = column<double>(given, "values");
  return brief([&] { return capability(values.view, limits, confidence); });
}

/// Capability by a standard deviation from elsewhere.
py::dict capable_by(double mean, double sigma, double degrees, std::size_t count, const py::object& lower,
                    const py::object& upper, double confidence) {
  const SpecificationLimits limits{limit_of(lower, "lower"), limit_of(upper, "upper")};
  return dict_of(capability_indices(mean, sigma, degrees, count, limits, confidence));
}

/// Signals of a chart given as columns of one length.
py::list signals_of(py::handle values, py::handle centre, py::handle sigma, py::handle lower, py::handle upper,
                    const std::string& word) {
  RuleSet rules = RuleSet::western_electric;
  from_py(py::str(word), "rules", rules);
  const auto value = column<double>(values, "values");
  const auto middle = column<double>(centre, "centre");
  const auto spread = column<double>(sigma, "sigma");
  const auto low = column<double>(lower, "lower");
  const auto high = column<double>(upper, "upper");
  std::vector<ChartPoint> points;
  for (std::size_t k = 0; k < value.view.size(); ++k) {
    points.push_back({value.view[k], middle.view[k], spread.view[k], low.view[k], high.view[k]});
  }
  return to_py(chart_signals(points, rules));
}

}  // namespace

void bind_evaluate(py::module_& module) {
  module.def("rank_failure_modes", &ranked_modes);
  module.def("fault_tree", &tree);
  module.def("pairwise_weights", &ahp);
  module.def("entropy_weights", [](py::handle values, std::size_t columns) {
    const auto cells = column<double>(values, "values");
    return give(entropy_weights(cells.view, columns));
  });
  module.def("one_way_anova", [](const py::list& groups) {
    const Samples samples = samples_of(groups);
    return brief([&] { return one_way_anova(samples); });
  });
  module.def("two_way_anova", &two_ways);
  module.def("control_constants", [](std::size_t n) { return dict_of(control_constants(n)); });
  module.def("sample_chart", &chart_of_samples);
  module.def("individuals_chart", [](py::handle values, const py::dict& options) {
    const auto series = column<double>(values, "values");
    const auto chosen = options_of<ChartOptions>(options);
    return brief([&] { return individuals_chart(series.view, chosen); });
  });
  module.def("attribute_chart", &chart_of_counts);
  module.def("ewma_chart", [](py::handle values, const py::dict& options) {
    const auto series = column<double>(values, "values");
    const auto chosen = options_of<EwmaOptions>(options);
    return brief([&] { return ewma_chart(series.view, chosen); });
  });
  module.def("cusum_chart", [](py::handle values, const py::dict& options) {
    const auto series = column<double>(values, "values");
    const auto chosen = options_of<CusumOptions>(options);
    return brief([&] { return cusum_chart(series.view, chosen); });
  });
  module.def("capability", &capable);
  module.def("capability_indices", &capable_by);
  module.def("chart_signals", &signals_of);
  module.def("student_quantile", [](double share, double degrees) {
    return boost::math::quantile(boost::math::students_t(degrees), share);
  });
  module.def("summarise", [](py::handle values) {
    const auto series = column<double>(values, "values");
    return brief([&] { return summarise(series.view); });
  });
}

}  // namespace chainqual::python
