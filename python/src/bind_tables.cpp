#include <algorithm>
#include <array>
#include <filesystem>

#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/chain_info.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/network_table.hpp"
#include "chainqual/io/table_csv.hpp"
#include "convert.hpp"
#include "run.hpp"
#include "table_values.hpp"

namespace chainqual::python {
namespace {

// ---- capsules ---------------------------------------------------------------------------------------------------

template <class Struct>
struct CapsuleOf;
template <>
struct CapsuleOf<ArrowSchema> {
  static constexpr const char* name = "arrow_schema";
};
template <>
struct CapsuleOf<ArrowArray> {
  static constexpr const char* name = "arrow_array";
};
template <>
struct CapsuleOf<ArrowArrayStream> {
  static constexpr const char* name = "arrow_array_stream";
};

template <class Struct>
[[nodiscard]] Struct* struct_in(py::handle capsule) {
  void* pointer = PyCapsule_GetPointer(capsule.ptr(), CapsuleOf<Struct>::name);
  if (pointer == nullptr) throw py::error_already_set();
  return static_cast<Struct*>(pointer);
}

/// A capsule that releases what it holds, unless a consumer has taken it.
template <class Struct>
[[nodiscard]] py::object capsule_of(std::unique_ptr<Struct> held) {
  const auto destroy = [](PyObject* capsule) {
    auto* given = static_cast<Struct*>(PyCapsule_GetPointer(capsule, CapsuleOf<Struct>::name));
    if (given->release != nullptr) given->release(given);
    delete given;
  };
  py::object capsule = py::reinterpret_steal<py::object>(PyCapsule_New(held.get(), CapsuleOf<Struct>::name, destroy));
  if (!capsule) throw py::error_already_set();
  static_cast<void>(held.release());
  return capsule;
}

ArrowTable take_stream(const py::object& capsule) {
  auto* stream = struct_in<ArrowArrayStream>(capsule);
  const py::gil_scoped_release released;
  return take_arrow(stream);
}

ArrowTable take_array(const py::object& schema, const py::object& array) {
  return take_arrow(struct_in<ArrowSchema>(schema), struct_in<ArrowArray>(array));
}

py::object give_stream(const ArrowTable& table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  give_arrow(table, stream.get());
  return capsule_of(std::move(stream));
}

py::object give_schema(const ArrowTable& table) {
  ArrowArrayStream stream{};
  give_arrow(table, &stream);
  auto schema = std::make_unique<ArrowSchema>();
  const int status = stream.get_schema(&stream, schema.get());
  stream.release(&stream);
  if (status != 0) throw std::bad_alloc();
  return capsule_of(std::move(schema));
}

py::list column_names(const ArrowTable& table) {
  py::list names;
  for (const ArrowColumn& column : table.columns()) names.append(column.name());
  return names;
}

/// Rows [begin, begin + count), where they lie.
ArrowTable part_of(const ArrowTable& table, std::uint64_t begin, std::uint64_t count) {
  begin = std::min(begin, table.rows());
  const std::uint64_t end = begin + std::min(count, table.rows() - begin);
  std::vector<ArrowColumn> columns;
  for (const ArrowColumn& column : table.columns()) {
    std::vector<ArrowChunk> chunks;
    for (std::size_t c = 0; c < column.chunks().size(); ++c) {
      ArrowChunk chunk = column.chunks()[c];
      const std::uint64_t first = column.chunk_begin(c);
      const std::uint64_t from = std::max(begin, first);
      const std::uint64_t to = std::min(end, first + static_cast<std::uint64_t>(chunk.length));
      if (from >= to) continue;
      chunk.offset += static_cast<std::int64_t>(from - first);
      chunk.length = static_cast<std::int64_t>(to - from);
      if (chunk.null_count > 0) chunk.null_count = -1;
      chunks.push_back(std::move(chunk));
    }
    columns.emplace_back(column.name(), column.type(), std::move(chunks), column.owner());
  }
  return ArrowTable(std::move(columns));
}

// ---- columns in -------------------------------------------------------------------------------------------------

/// Keeps a Python object alive; it may be let go from any thread.
std::shared_ptr<const void> kept(const py::object& object) {
  return {new py::object(object), [](const void* memory) {
            const py::gil_scoped_acquire held;
            delete static_cast<const py::object*>(memory);
          }};
}

struct Presence {
  py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast> array;
  [[nodiscard]] std::span<const std::uint8_t> view() const {
    return {array.data(), static_cast<std::size_t>(array.size())};
  }
};

Presence presence_of(const py::object& present) {
  if (present.is_none()) return {};
  return {py::cast<py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast>>(present)};
}

template <class T>
bool borrow(const std::string& name, const py::array& array, const Presence& present, std::vector<ArrowColumn>& out) {
  if (!py::isinstance<py::array_t<T>>(array)) return false;
  const std::span<const T> values(static_cast<const T*>(array.data()), static_cast<std::size_t>(array.size()));
  out.push_back(arrow_borrowed(name, values, kept(array), present.view()));
  return true;
}

/// A column over a NumPy array of numbers; none for another dtype.
py::object column_of_numbers(const std::string& name, const py::array& array, const py::object& given) {
  const Presence present = presence_of(given);
  std::vector<ArrowColumn> out;
  const bool plain =
      array.ndim() == 1 && (array.flags() & py::array::c_style) != 0 &&
      (borrow<std::int8_t>(name, array, present, out) || borrow<std::uint8_t>(name, array, present, out) ||
       borrow<std::int16_t>(name, array, present, out) || borrow<std::uint16_t>(name, array, present, out) ||
       borrow<std::int32_t>(name, array, present, out) || borrow<std::uint32_t>(name, array, present, out) ||
       borrow<std::int64_t>(name, array, present, out) || borrow<std::uint64_t>(name, array, present, out) ||
       borrow<float>(name, array, present, out) || borrow<double>(name, array, present, out));
  if (plain) return py::cast(std::move(out.front()));
  if (array.ndim() != 1 || !py::isinstance<py::array_t<bool>>(array)) return py::none();
  const auto values = py::cast<py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast>>(array);
  const std::span<const std::uint8_t> view(values.data(), static_cast<std::size_t>(values.size()));
  return py::cast(arrow_truths(name, view, present.view()));
}

/// Texts, None for null.
ArrowColumn column_of_texts(const std::string& name, const py::list& values) {
  std::vector<std::string_view> texts(values.size());
  std::vector<std::uint8_t> present(values.size(), 1);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const py::handle value = values[i];
    if (value.is_none()) {
      present[i] = 0;
      continue;
    }
    Py_ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (text == nullptr) throw py::error_already_set();
    texts[i] = {text, static_cast<std::size_t>(size)};
  }
  return arrow_text(name, std::span<const std::string_view>(texts), present);
}

/// Decimals by their digits, None for null.
ArrowColumn column_of_decimals(const std::string& name, const py::list& values) {
  std::vector<Decimal> decimals(values.size());
  std::vector<std::uint8_t> present(values.size(), 1);
  for (std::size_t i = 0; i < decimals.size(); ++i) {
    if (values[i].is_none()) {
      present[i] = 0;
    } else {
      decimals[i] = Decimal::from_string(text_of(values[i], name.c_str()));
    }
  }
  return arrow_decimals(name, decimals, present);
}

ArrowTable table_of_columns(const py::list& columns) {
  std::vector<ArrowColumn> parts;
  for (const py::handle column : columns) parts.push_back(column.cast<const ArrowColumn&>());
  return ArrowTable(std::move(parts));
}

/// The only column of a table, under another name.
ArrowColumn only_column(const ArrowTable& table, const std::string& name) {
  if (table.columns().size() != 1) {
    throw py::type_error(say("{0} 应为一列，而不是 {1} 列的表。", "{0} must be one column, not a table of {1}.",
                             {name, std::to_string(table.columns().size())}));
  }
  return table.columns().front().renamed(name);
}

// ---- what is made of tables -------------------------------------------------------------------------------------

template <class Options>
void read_names(const py::dict& given, Options& options) {
  const std::string total = text_of(given["total"], "total");
  const auto form = value_named<TotalForm>(total);
  if (!form) refuse_word(total, "total", {"real", "decimal", "hundredths"});
  options.total = *form;
  for (const auto& [key, name] :
       {std::pair{"impact", &options.impact}, {"diffusion", &options.diffusion}, {"urgency", &options.urgency}}) {
    if (!py::object(given[key]).is_none()) *name = text_of(given[key], key);
  }
}

ArrowTable graded(const SeverityModel& model, const ArrowTable& table, const py::dict& given, const py::tuple& how) {
  GradeTableOptions options;
  read_names(given, options);
  return run(how, [&](const Control& control) { return grade_table(model, table, options, control); });
}

ArrowTable graded_panel(const SeverityModel& model, const ArrowTable& table, const py::dict& given,
                        const py::tuple& how) {
  GradePanelOptions options;
  read_names(given, options);
  from_py(given["consensus"], "consensus", options.rule.consensus);
  options.rule.trim = rational_of(given["trim"], "trim");
  for (const auto& [key, name] : {std::pair{"problem", &options.problem}, {"expert", &options.expert}}) {
    if (!py::object(given[key]).is_none()) *name = text_of(given[key], key);
  }
  return run(how, [&](const Control& control) { return grade_panel_table(model, table, options, control); });
}

py::tuple network_of_tables(const ArrowTable& links, const py::object& enterprises, const py::dict& given,
                            const py::tuple& how) {
  NetworkTableOptions options;
  for (const auto& [key, name] : {std::pair{"supplier", &options.supplier},
                                  {"customer", &options.customer},
                                  {"value", &options.value},
                                  {"dependency", &options.dependency},
                                  {"escape", &options.escape}}) {
    if (!py::object(given[key]).is_none()) *name = text_of(given[key], key);
  }
  if (!py::object(given["positions"]).is_none()) options.positions = large_number(given["positions"], "positions");
  options.repair = truth(given["repair"], "repair");
  options.build.keep_self_supply = truth(given["keep_self_supply"], "keep_self_supply");
  const ArrowTable* firms = enterprises.is_none() ? nullptr : &enterprises.cast<const ArrowTable&>();
  NetworkTables tables = run(how, [&](const Control& control) {
    return firms == nullptr ? network_from_table(links, options, control)
                            : network_from_table(*firms, links, options, control);
  });
  auto box = std::make_shared<NetworkBox>();
  box->stored = {std::move(tables.network), std::move(tables.keys), std::move(tables.segments), {}, 0};
  return py::make_tuple(box, findings_object(tables.findings));
}

/// What a sheet says of a chain, as the `chain.json` of a folder.
void write_info(const py::list& given, const std::string& title, const std::string& path) {
  InfoTexts fields;
  for (const py::handle pair : given) {
    auto [field, value] = py::cast<std::tuple<std::string, std::string>>(pair);
    fields.emplace_back(std::move(field), std::move(value));
  }
  write_atomically(path, info_json(info_with({}, fields, title)));
}

/// Findings of files "folder/table.csv" that held tables say the table, and no line of a file that nobody saw.
void name_tables(DossierBox& box, const std::string& folder) {
  Findings named;
  std::array<std::uint64_t, 3> dropped{};
  for (std::size_t level = 0; level < dropped.size(); ++level) {
    dropped[level] = box.findings.count(static_cast<FindingLevel>(level));
  }
  for (Finding finding : box.findings.kept()) {
    --dropped[static_cast<std::size_t>(finding.level)];
    const std::filesystem::path file(finding.where.file);
    if (file.parent_path() == folder) finding.where.file = file.stem().string();
    finding.where.line = 0;
    named.add(std::move(finding));
  }
  Findings rest(0);
  for (std::size_t level = 0; level < dropped.size(); ++level) {
    Finding nameless;
    nameless.level = static_cast<FindingLevel>(level);
    for (; dropped[level] > 0; --dropped[level]) rest.add(nameless);
  }
  named.add(rest);
  box.findings = std::move(named);
}

}  // namespace

void bind_tables(py::module_& module) {
  const py::class_<ArrowColumn> column_class(module, "ArrowColumn");
  py::class_<ArrowTable>(module, "ArrowTable")
      .def_static("take_stream", &take_stream)
      .def_static("take_array", &take_array)
      .def_static("of", &table_of_columns)
      .def_property_readonly("rows", [](const ArrowTable& table) { return table.rows(); })
      .def("names", &column_names)
      .def("types",
           [](const ArrowTable& table) {
             py::list types;
             for (const ArrowColumn& column : table.columns())
               types.append(text_object(arrow_type_name(column.type())));
             return types;
           })
      .def("unread",
           [](const ArrowTable& table) {  // columns of types that are not read
             py::list names;
             for (const ArrowColumn& column : table.columns()) {
               if (column.type().kind == ArrowKind::other) names.append(column.name());
             }
             return names;
           })
      .def("at", [](const ArrowTable& table, const std::string& name) { return table.at(name); })
      .def("values", &values_of)
      .def("dictionary", &dictionary_of)
      .def("part", &part_of)
      .def("column", &only_column)
      .def("stream", &give_stream)
      .def("schema", &give_schema);
  module.def("arrow_numbers", &column_of_numbers);
  module.def("arrow_texts", &column_of_texts);
  module.def("arrow_decimals", &column_of_decimals);
  module.def("write_table_csv", [](const ArrowTable& table, const std::string& path) {
    const py::gil_scoped_release released;
    write_table_csv(table, path);
  });
  module.def("name_tables", &name_tables);
  module.def("info_names", [] { return py::make_tuple(std::string(info_table.key), std::string(info_table.zh)); });
  module.def("write_info", &write_info);
  module.def("grade_table", &graded);
  module.def("grade_panel_table", &graded_panel);
  module.def("network_of_tables", &network_of_tables);
}

}  // namespace chainqual::python
