#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/io/file.hpp"
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
}

}  // namespace chainqual::python
