#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/evaluate/period.hpp"
#include "chainqual/evaluate/training.hpp"
#include "convert.hpp"
#include "indicator_fields.hpp"

// Tables K.1 and I.1. All of it ends at once, so it runs with the GIL held but where it reads a chain.
namespace chainqual::python {
namespace {

std::vector<Indicator> indicators_from(const py::list& given) {
  std::vector<Indicator> indicators;
  read_list(given, "indicators", indicators);
  return indicators;
}

py::object judged(const py::list& indicators, const py::dict& sheet, py::handle today) {
  IndicatorSheet filled;
  read_fields(sheet, "sheet", filled);
  return to_py(judge(indicators_from(indicators), filled, date_of(today, "today")));
}

std::shared_ptr<Evaluation> evaluated(const py::list& indicators, const py::list& given, const py::dict& options) {
  std::vector<IndicatorSheet> sheets;
  read_list(given, "sheets", sheets);
  return std::make_shared<Evaluation>(
      evaluate(indicators_from(indicators), sheets, options_of<EvaluationOptions>(options)));
}

std::shared_ptr<SummaryRow> summary(const DossierBox& box, py::handle first, py::handle last, const py::list& figures) {
  std::vector<GivenFigure> given;
  read_list(figures, "given", given);
  const Date from = date_of(first, "first");
  const Date until = date_of(last, "last");
  const auto content = box.shared();
  const py::gil_scoped_release released;
  return std::make_shared<SummaryRow>(summary_of(*content, from, until, given));
}

py::list trends(const py::list& given) {
  std::vector<SummaryRow> rows;
  for (const py::handle row : given) rows.push_back(row.cast<const SummaryRow&>());
  return to_py(trend(rows));
}

std::string indicators_text(const py::dict& given) {
  IndicatorFile file;
  read_fields(given, "file", file);
  return indicators_to_json(file);
}

py::object period_of(const std::string& text) {
  const auto found = period_from(text);
  if (!found) return py::none();
  return py::make_tuple(to_py(Date(found->from)), to_py(Date(found->until)));
}

Indicator indicator_from(const py::dict& given) {
  Indicator indicator;
  read_fields(given, "indicator", indicator);
  return indicator;
}

/// The enumerators of a type: [(key, Text), …].
template <class E>
py::list words_of() {
  py::list words;
  for (const auto& row : Names<E>::table) {
    words.append(py::make_tuple(std::string(row.key), text_object({std::string(row.zh), std::string(row.en)})));
  }
  return words;
}

}  // namespace

void bind_indicators(py::module_& module) {
  py::class_<Evaluation, std::shared_ptr<Evaluation>>(module, "Evaluation")
      .def("content", [](const Evaluation& found) { return dict_of(Evaluation(found)); })
      .def("rules", [](const Evaluation& found) { return text_object(rules_of(found)); })
      .def("compare", [](const Evaluation& found, std::size_t before, std::size_t after) {
        return dict_of(compare(found, before, after));
      });
  py::class_<SummaryRow, std::shared_ptr<SummaryRow>>(module, "SummaryRow").def("content", [](const SummaryRow& row) {
    return dict_of(SummaryRow(row));
  });
  module.def("standard_indicators", [] { return to_py(standard_indicators()); });
  module.def("indicators_of", [](const DossierBox& box, const std::string& period) {
    const auto content = box.shared();
    FilledIndicators filled = [&] {
      const py::gil_scoped_release released;
      return indicators_of(*content, period);
    }();
    return dict_of(std::move(filled));
  });
  module.def("judge", &judged);
  module.def("evaluate", &evaluated);
  module.def("summary_of", &summary);
  module.def("trend", &trends);
  module.def("indicators_from_json", [](const std::string& text, const std::string& name) {
    return dict_of(indicators_from_json(text, name));
  });
  module.def("read_indicators", [](const std::string& path) { return dict_of(read_indicators(path)); });
  module.def("indicators_to_json", &indicators_text);
  module.def("read_figures", [](const std::string& path) { return to_py(read_figures(path)); });
  module.def("period_from", &period_of);
  module.def("is_share", [](const py::dict& indicator) { return is_share(indicator_from(indicator)); });
  module.def("difference", [](const py::dict& known, const py::dict& other) {
    return text_object(difference(indicator_from(known), indicator_from(other)));
  });
  module.def("evaluation_words", [] {
    py::dict words;
    words["category"] = words_of<IndicatorCategory>();
    words["attainment"] = words_of<Attainment>();
    words["summary"] = words_of<SummaryField>();
    words["origin"] = words_of<CellOrigin>();
    words["problem_category"] = words_of<Category>();
    words["course_group"] = words_of<CourseGroup>();
    return words;
  });
}

}  // namespace chainqual::python
