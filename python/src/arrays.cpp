#include "arrays.hpp"

#include <string_view>

#include "convert.hpp"

namespace chainqual::python {
namespace {

// `text` with each {k}, k one digit, replaced by the k-th argument.
std::string filled(std::string_view text, const std::vector<std::string>& arguments) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    result.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const bool mark = text.size() >= 3 && text[2] == '}' && text[1] >= '0' && text[1] <= '9';
    const std::size_t k = mark ? static_cast<std::size_t>(text[1] - '0') : arguments.size();
    if (k < arguments.size()) {
      result.append(arguments[k]);
      text.remove_prefix(3);
    } else {
      result.push_back('{');
      text.remove_prefix(1);
    }
  }
  return result;
}

std::string dtype_name(const py::dtype& dtype) {
  return py::str(dtype.attr("name"));
}

[[noreturn]] void refuse(py::handle value, const char* name, const std::string& wanted, const std::string& cure) {
  throw py::type_error(say("{0} 应为 {1} 数组，而不是 {2}。改法：{3}。",
                           "{0} must be an array of {1}, not {2}. Pass {3}.", {name, wanted, kind_of(value), cure}));
}

bool offers_array(py::handle value) {
  return py::hasattr(value, "__array__");
}

bool is_list(py::handle value) {
  return PyList_Check(value.ptr()) != 0 || PyTuple_Check(value.ptr()) != 0 || PyRange_Check(value.ptr()) != 0;
}

// A list of numbers is new memory anyway, so it is converted, but only where every number stays itself.
py::array from_list(py::handle value, const char* name, const py::dtype& wanted) {
  const py::module_ numpy = py::module_::import("numpy");
  const std::string type = dtype_name(wanted);
  const std::string cure = std::string("np.array(") + name + ", dtype=np." + type + ")";
  const py::object plain = numpy.attr("asarray")(value);
  const auto kind = plain.attr("dtype").attr("kind").cast<std::string>();
  const bool real = wanted.kind() == 'f';
  const bool numbers =
      kind == "i" || kind == "u" || (real && kind == "f") || plain.attr("size").cast<std::size_t>() == 0;
  if (!numbers) refuse(value, name, type, cure);
  const py::object made = plain.attr("astype")(wanted);
  if (!real && !numpy.attr("array_equal")(plain, made).cast<bool>()) {
    throw py::value_error(say("{0} 中有超出 {1} 范围的数。", "{0} holds numbers that {1} cannot hold.", {name, type}));
  }
  return py::reinterpret_borrow<py::array>(made);
}

}  // namespace

std::string say(const char* zh, const char* en) {
  return py::str(py::module_::import("chainqual._text").attr("chosen")(zh, en));
}

std::string say(const char* zh, const char* en, const std::vector<std::string>& arguments) {
  return filled(say(zh, en), arguments);
}

std::string kind_of(py::handle value) {
  if (py::isinstance<py::array>(value)) {
    const auto array = py::reinterpret_borrow<py::array>(value);
    return dtype_name(array.dtype()) + " (" + std::to_string(array.ndim()) + "-D array)";
  }
  return py::str(py::type::of(value).attr("__name__"));
}

py::array exact_array(py::handle value, const char* name, const py::dtype& wanted, int dimensions) {
  const std::string type = dtype_name(wanted);
  if (!py::isinstance<py::array>(value)) {
    if (is_list(value)) return from_list(value, name, wanted);
    if (!offers_array(value)) refuse(value, name, type, std::string("np.array(…, dtype=np.") + type + ")");
    const py::object array = py::module_::import("numpy").attr("asarray")(value);
    return exact_array(array, name, wanted, dimensions);
  }
  const auto array = py::reinterpret_borrow<py::array>(value);
  if (!array.dtype().equal(wanted)) refuse(value, name, type, std::string(name) + ".astype(np." + type + ")");
  if (array.ndim() != dimensions) {
    throw py::type_error(say("{0} 应为 {1} 维数组，而不是 {2}。", "{0} must have {1} dimension(s), not {2}.",
                             {name, std::to_string(dimensions), kind_of(value)}));
  }
  if ((array.flags() & py::array::c_style) == 0 || (array.flags() & py::detail::npy_api::NPY_ARRAY_ALIGNED_) == 0) {
    throw py::type_error(say("{0} 在内存中不连续。改法：np.ascontiguousarray({0})。",
                             "{0} is not contiguous in memory. Pass np.ascontiguousarray({0}).", {name}));
  }
  return array;
}

Reals reals(py::handle value, const char* name) {
  if (value.is_none()) return {};
  const bool single = py::isinstance<py::array>(value) &&
                      py::reinterpret_borrow<py::array>(value).dtype().equal(py::dtype::of<float>());
  const auto size = [](const py::array& array) { return static_cast<std::size_t>(array.size()); };
  if (single) {
    py::array array = exact_array(value, name, py::dtype::of<float>());
    const std::span<const float> view(static_cast<const float*>(array.data()), size(array));
    return {std::move(array), RealColumn(view)};
  }
  py::array array = exact_array(value, name, py::dtype::of<double>());
  const std::span<const double> view(static_cast<const double*>(array.data()), size(array));
  return {std::move(array), RealColumn(view)};
}

}  // namespace chainqual::python
