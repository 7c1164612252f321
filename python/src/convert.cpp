#include "convert.hpp"

#include <algorithm>

namespace chainqual::python {
namespace {

py::object package_attr(const char* module, const char* name) {
  return py::module_::import(module).attr(name);
}

[[noreturn]] void refuse_type(py::handle value, const char* name, const char* zh, const char* en) {
  throw py::type_error(say((std::string("{0} 应为") + zh + "，而不是 {1}。").c_str(),
                           (std::string("{0} must be ") + en + ", not {1}.").c_str(), {name, kind_of(value)}));
}

// Python's truths are whole numbers, but nobody who writes True means 1.
bool is_truth(py::handle value) {
  if (PyBool_Check(value.ptr()) != 0) return true;
  if (PyLong_Check(value.ptr()) != 0 || PyFloat_Check(value.ptr()) != 0) return false;
  const std::string kind = kind_of(value);
  return kind == "bool_" || kind == "bool";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// A ratio of two whole numbers of any size; where they do not fit, the number is too long to be exact here.
Rational ratio_of(const py::tuple& ratio, py::handle value, const char* name) {
  int above = 0;
  int below = 0;
  const long long numerator = PyLong_AsLongLongAndOverflow(py::object(ratio[0]).ptr(), &above);
  const long long denominator = PyLong_AsLongLongAndOverflow(py::object(ratio[1]).ptr(), &below);
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (above != 0 || below != 0) {
    throw py::value_error(
        say("{0}（{1}）的位数太多，无法精确计算；请写成较短的小数或分数。",
            "{0} ({1}) has too many digits to be computed exactly; write a shorter decimal or fraction.",
            {name, py::str(value)}));
  }
  return Rational{numerator, denominator};
}

// A float is taken where it is the number that it prints: 4.5 and 4.0 are, 4.4 is not.
void check_float(py::handle value, const char* name) {
  const py::object fraction = package_attr("fractions", "Fraction");
  const py::object number = py::float_(value.attr("__float__")());
  const bool finite = package_attr("math", "isfinite")(number).cast<bool>();
  if (finite && fraction(number).equal(fraction(py::repr(number)))) return;
  throw py::value_error(
      say("{0} = {1} 作为浮点数不是它所显示的数，分级因此可能出错。请写 '{1}'、Decimal('{1}') 或分数。",
          "{0} = {1} as a float is not the number that it prints, and a grade may turn on that. Write '{1}', "
          "Decimal('{1}') or a Fraction.",
          {name, py::repr(number)}));
}

}  // namespace

py::object text_object(const Text& text) {
  return package_attr("chainqual._text", "Text")(text.zh, text.en);
}

py::object finding_object(const Finding& finding) {
  py::dict where;
  where["file"] = finding.where.file;
  where["record"] = finding.where.record;
  where["line"] = finding.where.line;
  where["column"] = finding.where.column;
  where["byte"] = finding.where.byte;
  const std::string_view code = name_of(finding.code);
  return package_attr("chainqual._errors", "Finding")(
      to_py(finding.level), py::str(code.data(), code.size()), finding.where.file, finding.where.record,
      finding.where.line, finding.where.column, finding.where.byte, finding.value, text_object(finding.rule),
      text_object(finding.fix), text_object({to_string(finding, Language::zh), to_string(finding, Language::en)}));
}

py::dict findings_object(const Findings& findings) {
  py::list kept;
  for (const Finding& finding : findings.kept()) kept.append(finding_object(finding));
  py::dict result;
  result["kept"] = kept;
  result["counts"] = py::make_tuple(findings.count(FindingLevel::info), findings.count(FindingLevel::warning),
                                    findings.count(FindingLevel::error));
  return result;
}

py::object date_object(Date date) {
  return package_attr("datetime", "date").attr("fromisoformat")(date.to_string());
}

std::int64_t whole_number(py::handle value, const char* name, std::int64_t least, std::int64_t most) {
  if (is_truth(value) || PyIndex_Check(value.ptr()) == 0) refuse_type(value, name, "整数", "a whole number");
  const py::object index = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
  if (!index) throw py::error_already_set();
  int outside = 0;
  const long long number = PyLong_AsLongLongAndOverflow(index.ptr(), &outside);
  if (outside != 0 || number < least || number > most) {
    throw py::value_error(say("{0} = {1} 超出范围 {2} … {3}。", "{0} = {1} lies outside {2} … {3}.",
                              {name, py::str(value), std::to_string(least), std::to_string(most)}));
  }
  return number;
}

std::uint64_t large_number(py::handle value, const char* name) {
  if (is_truth(value) || PyIndex_Check(value.ptr()) == 0) refuse_type(value, name, "整数", "a whole number");
  const py::object index = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
  if (!index) throw py::error_already_set();
  const unsigned long long number = PyLong_AsUnsignedLongLong(index.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    throw py::value_error(
        say("{0} = {1} 超出范围 0 … 2^64 − 1。", "{0} = {1} lies outside 0 … 2^64 − 1.", {name, py::str(value)}));
  }
  return number;
}

double real_number(py::handle value, const char* name) {
  if (is_truth(value) || py::isinstance<py::str>(value) || py::isinstance<py::array>(value) ||
      PyNumber_Check(value.ptr()) == 0) {
    refuse_type(value, name, "数", "a number");
  }
  const double number = PyFloat_AsDouble(value.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    refuse_type(value, name, "实数", "a real number");
  }
  return number;
}

bool truth(py::handle value, const char* name) {
  if (!is_truth(value)) refuse_type(value, name, " True 或 False", "True or False");
  return PyObject_IsTrue(value.ptr()) == 1;
}

std::string text_of(py::handle value, const char* name) {
  if (!py::isinstance<py::str>(value)) refuse_type(value, name, "字符串", "a str");
  return py::cast<std::string>(value);
}

Rational rational_of(py::handle value, const char* name) {
  if (is_truth(value)) refuse_type(value, name, "数", "a number");
  if (PyIndex_Check(value.ptr()) != 0) {
    return Rational{whole_number(value, name, INT64_MIN + 1, INT64_MAX), 1};
  }
  if (py::isinstance<py::str>(value)) {
    const auto text = py::cast<std::string>(value);
    if (const auto parsed = Rational::parse(text)) return *parsed;
    throw py::value_error(say("{0} = '{1}' 不是数；应如 '4'、'3.67' 或 '11/3'。",
                              "{0} = '{1}' is no number; write '4', '3.67' or '11/3'.", {name, text}));
  }
  const bool decimal = py::isinstance(value, package_attr("decimal", "Decimal"));
  if (decimal && !value.attr("is_finite")().cast<bool>()) {
    throw py::value_error(say("{0} = {1} 不是有限的数。", "{0} = {1} is not a finite number.", {name, py::str(value)}));
  }
  if (!decimal && !py::isinstance(value, package_attr("fractions", "Fraction"))) {
    if (!py::hasattr(value, "as_integer_ratio") || !py::hasattr(value, "__float__")) {
      refuse_type(value, name, " int、Decimal、Fraction 或 str", "an int, Decimal, Fraction or str");
    }
    check_float(value, name);
    return ratio_of(package_attr("fractions", "Fraction")(py::repr(py::float_(value.attr("__float__")())))
                        .attr("as_integer_ratio")(),
                    value, name);
  }
  return ratio_of(value.attr("as_integer_ratio")(), value, name);
}

Decimal decimal_of(py::handle value, const char* name) {
  const std::string text = rational_of(value, name).to_string();
  if (const auto decimal = Decimal::parse(text)) return *decimal;
  throw py::value_error(say("{0} = {1} 不是有限小数。", "{0} = {1} does not end as a decimal.", {name, text}));
}

Date date_of(py::handle value, const char* name) {
  if (py::isinstance<py::str>(value)) return date_from(py::cast<std::string>(value), name, name);
  if (!py::isinstance(value, package_attr("datetime", "date"))) {
    refuse_type(value, name, " datetime.date 或如 '2026-03-01' 的文字",
                "a datetime.date or a text such as '2026-03-01'");
  }
  return date_from(py::cast<std::string>(value.attr("isoformat")()).substr(0, 10), name, name);
}

Text text_pair_of(py::handle value, const char* name) {
  if (py::isinstance(value, package_attr("chainqual._text", "Text"))) {
    return {text_of(value.attr("zh"), name), text_of(value.attr("en"), name)};
  }
  const std::string text = text_of(value, name);
  return {text, text};
}

void refuse_length(const char* name, std::size_t wanted, std::size_t given) {
  throw py::value_error(say("{0} 应有 {1} 项，而不是 {2} 项。", "{0} must have {1} entries, not {2}.",
                            {name, std::to_string(wanted), std::to_string(given)}));
}

void refuse_word(const std::string& word, const char* name, const std::vector<std::string>& allowed) {
  throw py::value_error(say("{0} 没有 '{1}' 这个取值；可用：{2}。", "{0} cannot be '{1}'; it is one of {2}.",
                            {name, word, joined(allowed)}));
}

void refuse_option(const std::string& name, const std::vector<std::string>& known) {
  throw py::type_error(
      say("没有选项 {0}；可用：{1}。", "There is no option {0}; there are {1}.", {name, joined(known)}));
}

}  // namespace chainqual::python
