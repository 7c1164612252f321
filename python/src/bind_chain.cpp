#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/chain/network_of.hpp"
#include "chainqual/chain/region.hpp"
#include "chainqual/chain/validate.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/chain_json.hpp"
#include "chainqual/io/graph_export.hpp"
#include "chainqual/io/xlsx.hpp"
#include "convert.hpp"
#include "network_fields.hpp"
#include "records.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

using DossierHandle = std::shared_ptr<DossierBox>;

ReadOptions read_options(bool repair, const py::object& rejects) {
  ReadOptions options;
  options.repair = repair;
  if (!rejects.is_none()) options.rejects = text_of(rejects, "rejects");
  return options;
}

py::tuple boxed(ChainFile&& file) {
  auto box = std::make_shared<DossierBox>();
  *box->content = std::move(file.dossier);
  box->findings = std::move(file.findings);
  py::list tables;
  for (const TableCount& table : file.tables) {
    tables.append(py::make_tuple(table.table, table.read, table.loaded, table.rejected));
  }
  return py::make_tuple(box, tables);
}

py::tuple read(const std::string& path, bool repair, const py::object& rejects, const py::tuple& how) {
  const ReadOptions options = read_options(repair, rejects);
  return boxed(run(how, [&](const Control& control) { return read_chain(path, options, control); }));
}

py::tuple from_json(const std::string& text, const std::string& file, bool repair, const py::tuple& how) {
  const ReadOptions options = read_options(repair, py::none());
  return boxed(run(how, [&](const Control& control) { return chain_from_json(text, file, options, control); }));
}

py::dict info_of(const DossierBox& box) {
  const ChainInfo& info = box.content->info;
  const Weights& w = info.severity.weights();
  const Thresholds& t = info.severity.thresholds();
  py::dict result;
  result["name"] = info.name;
  result["name_en"] = info.name_en;
  result["home_region"] = info.home_region;
  result["date"] = info.date;
  result["version"] = info.version;
  result["review_cycle_months"] = info.review_cycle_months;
  result["report_cycle_months"] = info.report_cycle_months;
  result["severity"] =
      py::make_tuple(py::make_tuple(to_py(w.impact), to_py(w.diffusion), to_py(w.urgency)),
                     py::make_tuple(to_py(t.critical), to_py(t.important)), to_py(info.severity.rounding()));
  result["sources"] = to_py(info.sources);
  result["sources_en"] = to_py(info.sources_en);
  result["note"] = info.note;
  result["note_en"] = info.note_en;
  return result;
}

/// The code of a province given by code or name; empty for an empty text.
std::string region_code_of(const std::string& word) {
  if (word.empty()) return {};
  if (const Region* region = find_region(word)) return std::string(region->code);
  const auto near = nearest_regions(word);
  throw Error(
      ErrorCode::unknown_reference,
      {"home_region “" + shown_value(word) + "”不是省级行政区；请填名称或 GB/T 2260 代码，如 120000。" +
           (near.empty() ? "" : "相近的有：" + quoted_list(near, "、") + "。"),
       "home_region '" + shown_value(word) + "' is no province; write a name or a GB/T 2260 code, such as 120000." +
           (near.empty() ? "" : " The nearest are " + quoted_list(near, ", ") + ".")});
}

void set_info(DossierBox& box, const std::string& name, py::handle value) {
  ChainInfo info = box.content->info;  // changed only when the value is good
  if (name == "severity") {
    info.severity = py::cast<SeverityModel>(value);
  } else if (name == "review_cycle_months") {
    info.review_cycle_months = static_cast<int>(whole_number(value, "review_cycle_months", 1, 1200));
  } else if (name == "report_cycle_months") {
    info.report_cycle_months = static_cast<int>(whole_number(value, "report_cycle_months", 1, 1200));
  } else if (name == "home_region") {
    info.home_region = region_code_of(text_of(value, "home_region"));
  } else if (name == "sources") {
    read_list(value, "sources", info.sources);
  } else if (name == "sources_en") {
    read_list(value, "sources_en", info.sources_en);
  } else {
    std::string* const text = name == "name"      ? &info.name
                              : name == "name_en" ? &info.name_en
                              : name == "date"    ? &info.date
                              : name == "version" ? &info.version
                              : name == "note"    ? &info.note
                              : name == "note_en" ? &info.note_en
                                                  : nullptr;
    if (text == nullptr) throw py::attribute_error(name);
    *text = text_of(value, name.c_str());
  }
  box.editable().info = std::move(info);
}

py::dict validated(const DossierBox& box, const py::dict& given, const py::tuple& how) {
  const auto options = options_of<ValidateOptions>(given);
  const auto content = box.shared();
  return findings_object(run(how, [&](const Control& control) { return validate(content->chain, options, control); }));
}

std::shared_ptr<NetworkBox> frozen(const DossierBox& box, bool keep_self_supply, const py::tuple& how) {
  auto result = std::make_shared<NetworkBox>();
  result->dossier = box.shared();
  BuildOptions options;
  options.keep_self_supply = keep_self_supply;
  result->stored.network =
      run(how, [&](const Control& control) { return network_of(result->dossier->chain, options, control); });
  return result;
}

void write(const DossierBox& box, const std::string& path, const std::string& kind, const std::string& language) {
  const Language words = language == "zh" ? Language::zh : Language::en;
  const auto content = box.shared();
  const py::gil_scoped_release released;
  if (kind == "xlsx") {
    write_chain_xlsx(*content, path, words);
  } else if (kind == "graph") {
    write_graph(content->chain, path);
  } else {
    write_chain(*content, path, WriteOptions{words});
  }
}

}  // namespace

void bind_chain(py::module_& module) {
  py::class_<DossierBox, DossierHandle>(module, "Chain")
      .def(py::init<>())
      .def("copy",
           [](const DossierBox& box) {
             auto copy = std::make_shared<DossierBox>();
             copy->content = std::make_shared<Dossier>(*box.content);
             copy->findings = box.findings;
             return copy;
           })
      .def_property_readonly("enterprises", [](const DossierBox& box) { return box.content->chain.enterprises(); })
      .def_property_readonly("links", [](const DossierBox& box) { return box.content->chain.links(); })
      .def_property_readonly("info", &info_of)
      .def("set_info", &set_info)
      .def("add", [](DossierBox& box, const std::string& table,
                     const py::dict& record) { add_record(box.editable(), table, record); })
      .def("table", [](const DossierBox& box, const std::string& table) { return table_columns(*box.content, table); })
      .def("record", [](const DossierBox& box, const std::string& table,
                        std::size_t k) { return record_of(*box.content, table, k); })
      .def("replace_enterprise",
           [](DossierBox& box, std::uint32_t id, const py::dict& record) {
             replace_enterprise(box.editable(), EnterpriseId{id}, record);
           })
      .def("count", [](const DossierBox& box, const std::string& table) { return record_count(*box.content, table); })
      .def("resolve", [](const DossierBox& box, py::handle value) { return enterprise_of(*box.content, value).value; })
      .def("makers",
           [](const DossierBox& box, const std::string& product) {
             return to_py(std::vector<EnterpriseId>(box.content->chain.makers(product)));
           })
      .def("products", [](const DossierBox& box) { return to_py(box.content->chain.products()); })
      .def("validate", &validated)
      .def_property_readonly("findings", [](const DossierBox& box) { return findings_object(box.findings); })
      .def("network", &frozen)
      .def("write", &write)
      .def("to_json", [](const DossierBox& box) { return chain_to_json(*box.content); })
      .def("to_graph_text",
           [](const DossierBox& box, const std::string& kind, const std::string& language) {
             return kind == "dot" ? to_dot(box.content->chain, language == "zh" ? Language::zh : Language::en)
                                  : to_graphml(box.content->chain);
           })
      .def("same",
           [](const DossierBox& box, const DossierBox& other) { return same_content(*box.content, *other.content); });
  module.def("read_chain", &read);
  module.def("chain_from_json", &from_json);
  module.def("table_fields", &table_fields);
  module.def("table_names", &table_names);
}

}  // namespace chainqual::python
