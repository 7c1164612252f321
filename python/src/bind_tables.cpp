#include <algorithm>
#include <limits>
#include <unordered_map>

#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/chain/large_array.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/network_table.hpp"
#include "chainqual/io/table_csv.hpp"
#include "convert.hpp"
#include "run.hpp"

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

// ---- columns out ------------------------------------------------------------------------------------------------

/// Keeps a column's memory alive for an array over it.
py::capsule owner_of(const ArrowColumn& column) {
  auto held = std::make_unique<ArrowColumn>(column);
  py::capsule owner(held.get(), [](void* memory) { delete static_cast<ArrowColumn*>(memory); });
  static_cast<void>(held.release());
  return owner;
}

/// The column's numbers: its own memory where they lie in one stretch, else behind each other in a new array.
template <class T>
py::object numbers_of(const ArrowColumn& column) {
  const auto chunks = column.chunks();
  if (chunks.size() == 1) {
    if (const auto view = column.view<T>(0)) return read_only(*view, owner_of(column));
  }
  py::array_t<T> array(static_cast<py::ssize_t>(column.rows()));
  T* data = array.mutable_data();
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    if (const auto view = column.view<T>(c)) {
      data = std::copy(view->begin(), view->end(), data);
      continue;
    }
    for (std::uint64_t row = column.chunk_begin(c), end = row + static_cast<std::uint64_t>(chunks[c].length); row < end;
         ++row) {
      const ArrowCell cell = column.cell(row);
      T value = std::numeric_limits<T>::quiet_NaN();  // 0 for integers, which come here without nulls only
      std::visit(
          [&]<class V>(const V& number) {
            if constexpr (std::is_arithmetic_v<V>) value = static_cast<T>(number);
            if constexpr (std::is_same_v<V, ArrowHalf>) value = static_cast<T>(number.to_float());
          },
          cell);
      *data++ = value;
    }
  }
  return array;
}

template <>
py::object numbers_of<bool>(const ArrowColumn& column) {
  py::array_t<bool> array(static_cast<py::ssize_t>(column.rows()));
  bool* data = array.mutable_data();
  for (std::uint64_t row = 0; row < column.rows(); ++row) data[row] = std::get<bool>(column.cell(row));
  return array;
}

struct ToPython {
  py::object decimal = py::module_::import("decimal").attr("Decimal");
  py::object date = py::module_::import("datetime").attr("date").attr("fromisoformat");

  py::object operator()(std::monostate) const { return py::none(); }
  py::object operator()(bool value) const { return py::bool_(value); }
  py::object operator()(std::int64_t value) const { return py::int_(value); }
  py::object operator()(std::uint64_t value) const { return py::int_(value); }
  py::object operator()(ArrowHalf value) const { return py::float_(static_cast<double>(value.to_float())); }
  py::object operator()(float value) const { return py::float_(static_cast<double>(value)); }
  py::object operator()(double value) const { return py::float_(value); }
  py::object operator()(std::string_view value) const { return py::str(value.data(), value.size()); }
  py::object operator()(const ArrowDecimal& value) const { return decimal(value.to_string()); }
  py::object operator()(ArrowDate value) const {
    const bool shown = value.days >= -719162 && value.days <= 2932896;  // the years 1 … 9999, which Python's dates have
    return shown ? date(value.to_string()) : py::str(value.to_string());
  }
};

py::list list_of_cells(const ArrowColumn& column) {
  const ToPython to_python;
  py::list result(static_cast<py::ssize_t>(column.rows()));
  for (std::uint64_t row = 0; row < column.rows(); ++row) {
    result[static_cast<std::size_t>(row)] = std::visit(to_python, column.cell(row));
  }
  return result;
}

/// A dictionary column as numbers into one list of words, whatever its chunks' own dictionaries are; −1: null.
struct Codes {
  std::vector<std::int32_t> codes;
  std::vector<ArrowCell> words;  ///< borrowed from the column
};

Codes codes_of(const ArrowColumn& column) {
  Codes result;
  result.codes.reserve(static_cast<std::size_t>(column.rows()));
  std::unordered_map<std::string, std::int32_t> numbers;
  ArrowType values = column.type();
  values.index.reset();
  for (const ArrowChunk& chunk : column.chunks()) {
    const ArrowColumn words("", values, {*chunk.dictionary}, column.owner());
    std::vector<std::int32_t> number(static_cast<std::size_t>(words.rows()), -1);
    for (std::uint64_t w = 0; w < words.rows(); ++w) {
      const ArrowCell word = words.cell(w);
      if (std::holds_alternative<std::monostate>(word)) continue;
      const auto [place, fresh] =
          numbers.try_emplace(arrow_cell_text(word), static_cast<std::int32_t>(result.words.size()));
      if (fresh) result.words.push_back(word);
      number[static_cast<std::size_t>(w)] = place->second;
    }
    ArrowChunk indices = chunk;
    indices.dictionary.reset();
    const ArrowColumn index(column.name(), arrow_type(*column.type().index), {indices}, column.owner());
    for (std::uint64_t row = 0; row < index.rows(); ++row) {
      const ArrowCell cell = index.cell(row);
      std::uint64_t at = number.size();
      if (const auto* small = std::get_if<std::int64_t>(&cell)) at = static_cast<std::uint64_t>(*small);
      if (const auto* large = std::get_if<std::uint64_t>(&cell)) at = *large;
      if (at >= number.size() && !std::holds_alternative<std::monostate>(cell)) {
        static_cast<void>(column.cell(result.codes.size()));  // throws, naming column and row
      }
      result.codes.push_back(at < number.size() ? number[static_cast<std::size_t>(at)] : -1);
    }
  }
  return result;
}

py::list words_of(const Codes& codes) {
  const ToPython to_python;
  py::list words;
  for (const ArrowCell& word : codes.words) words.append(std::visit(to_python, word));
  return words;
}

/// (numbers, words, whether their order means something), or None for a column without a dictionary.
py::object dictionary_of(const ArrowTable& table, const std::string& name) {
  const ArrowColumn& column = table.at(name);
  if (!column.type().index) return py::none();
  Codes codes = codes_of(column);
  py::list words = words_of(codes);
  return py::make_tuple(give(std::move(codes.codes)), words, column.type().ordered);
}

/// The words themselves; each is one object, however often it stands.
py::list list_of_words(const ArrowColumn& column) {
  const Codes codes = codes_of(column);
  const py::list words = words_of(codes);
  py::list result(static_cast<py::ssize_t>(codes.codes.size()));
  for (std::size_t row = 0; row < codes.codes.size(); ++row) {
    const std::int32_t code = codes.codes[row];
    result[row] = code < 0 ? py::object(py::none()) : py::object(words[static_cast<std::size_t>(code)]);
  }
  return result;
}

py::object values_of(const ArrowTable& table, const std::string& name) {
  const ArrowColumn& column = table.at(name);
  if (column.type().index) return list_of_words(column);
  switch (column.type().kind) {
    case ArrowKind::float64:
      return numbers_of<double>(column);
    case ArrowKind::float32:
    case ArrowKind::float16:
      return numbers_of<float>(column);
    default:
      break;
  }
  if (column.nulls() != 0) return list_of_cells(column);
  switch (column.type().kind) {
    case ArrowKind::boolean:
      return numbers_of<bool>(column);
    case ArrowKind::int8:
      return numbers_of<std::int8_t>(column);
    case ArrowKind::uint8:
      return numbers_of<std::uint8_t>(column);
    case ArrowKind::int16:
      return numbers_of<std::int16_t>(column);
    case ArrowKind::uint16:
      return numbers_of<std::uint16_t>(column);
    case ArrowKind::int32:
      return numbers_of<std::int32_t>(column);
    case ArrowKind::uint32:
      return numbers_of<std::uint32_t>(column);
    case ArrowKind::int64:
      return numbers_of<std::int64_t>(column);
    case ArrowKind::uint64:
      return numbers_of<std::uint64_t>(column);
    default:
      return list_of_cells(column);
  }
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

}  // namespace

void bind_tables(py::module_& module) {
  py::class_<ArrowColumn>(module, "ArrowColumn").def("__len__", [](const ArrowColumn& column) {
    return column.rows();
  });
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
  module.def("grade_table", &graded);
  module.def("grade_panel_table", &graded_panel);
  module.def("network_of_tables", &network_of_tables);
}

}  // namespace chainqual::python
