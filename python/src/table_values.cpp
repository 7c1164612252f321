#include "table_values.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <unordered_map>
#include <vector>

#include "arrays.hpp"

namespace chainqual::python {
namespace {

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

}  // namespace

py::object dictionary_of(const ArrowTable& table, const std::string& name) {
  const ArrowColumn& column = table.at(name);
  if (!column.type().index) return py::none();
  Codes codes = codes_of(column);
  py::list words = words_of(codes);
  return py::make_tuple(give(std::move(codes.codes)), words, column.type().ordered);
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

}  // namespace chainqual::python
