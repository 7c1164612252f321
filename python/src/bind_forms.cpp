#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/indicator_form.hpp"
#include "chainqual/io/standard_forms.hpp"
#include "chainqual/map/form_pages.hpp"
#include "convert.hpp"
#include "indicator_fields.hpp"

// The standard's forms, filled from a chain with its registers.
namespace chainqual::python {
namespace {

using Forms = std::vector<Form>;

struct FormsBox {
  Forms forms;
};

FormOptions options_from(const py::dict& given) {
  FormOptions options;
  options.language = text_of(given["language"], "lang") == "zh" ? Language::zh : Language::en;
  options.number = text_of(given["number"], "number");
  for (const auto& [key, into] : {std::pair{"day", &options.day}, {"first", &options.from}, {"last", &options.until}}) {
    if (!py::object(given[key]).is_none()) *into = date_of(given[key], key);
  }
  read_list(given["given"], "given", options.given);
  return options;
}

std::shared_ptr<FormsBox> forms_filled(const DossierBox& box, const std::string& word, const py::dict& given) {
  const auto which = value_named<StandardForm>(word);
  if (!which) refuse_word(word, "which", {"A", "C", "E", "F", "G", "H", "I"});
  const FormOptions options = options_from(given);
  const auto content = box.shared();
  const py::gil_scoped_release released;
  return std::make_shared<FormsBox>(FormsBox{standard_forms(*which, *content, options)});
}

Language language_named(const std::string& word) {
  return word == "zh" ? Language::zh : Language::en;
}

/// Table I.1 with a line for each row.
std::shared_ptr<FormsBox> summary_filled(const py::list& given, const std::string& lang) {
  std::vector<SummaryRow> rows;
  for (const py::handle row : given) rows.push_back(row.cast<const SummaryRow&>());
  return std::make_shared<FormsBox>(FormsBox{{summary_form(rows, language_named(lang))}});
}

/// Table K.1, one form a sheet; the sheets are those of the evaluation where there is one.
std::shared_ptr<FormsBox> indicators_filled(const py::list& known, const py::list& given, py::handle today,
                                            const std::string& lang, const Evaluation* evaluation) {
  std::vector<Indicator> indicators;
  read_list(known, "indicators", indicators);
  std::vector<IndicatorSheet> sheets;
  read_list(given, "sheets", sheets);
  const Date day = date_of(today, "today");
  Forms forms;
  for (std::size_t k = 0; k < sheets.size(); ++k) {
    forms.push_back(indicator_form(indicators, sheets[k], day, language_named(lang), evaluation, k));
  }
  return std::make_shared<FormsBox>(FormsBox{std::move(forms)});
}

/// The blocks of a form: [(heading, [[text, …], …]), …], a cell that spans several standing once.
py::list blocks_of(const FormsBox& box, std::size_t at) {
  py::list blocks;
  for (const FormBlock& block : box.forms.at(at).blocks) {
    py::list rows;
    for (const FormRow& row : block.rows) {
      py::list cells;
      for (const FormCell& cell : row.cells) cells.append(form_text(cell));
      rows.append(std::move(cells));
    }
    blocks.append(py::make_tuple(block.heading, rows));
  }
  return blocks;
}

}  // namespace

void bind_forms(py::module_& module) {
  py::class_<FormsBox, std::shared_ptr<FormsBox>>(module, "Forms")
      .def("heads",
           [](const FormsBox& box) {
             py::list heads;
             for (const Form& form : box.forms) heads.append(py::make_tuple(form.number, form.title, form.tab));
             return heads;
           })
      .def("blocks", &blocks_of)
      .def("notes",
           [](const FormsBox& box, std::size_t at) { return to_py(std::vector<std::string>(box.forms.at(at).notes)); })
      .def("html",
           [](const FormsBox& box) {
             const py::gil_scoped_release released;
             return form_html(box.forms);
           })
      .def("write_html",
           [](const FormsBox& box, const std::string& path) {
             const py::gil_scoped_release released;
             write_atomically(path, form_html(box.forms));
           })
      .def("write_pdf",
           [](const FormsBox& box, const std::string& path) {
             const py::gil_scoped_release released;
             write_atomically(path, form_pdf(box.forms));
           })
      .def("write_xlsx", [](const FormsBox& box, const std::string& path) {
        const py::gil_scoped_release released;
        write_form_xlsx(box.forms, path);
      });
  module.def("standard_forms", &forms_filled);
  module.def("summary_form", &summary_filled);
  module.def("indicator_form", &indicators_filled);
}

}  // namespace chainqual::python
