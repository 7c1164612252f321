#include "bind.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/random.hpp"
#include "convert.hpp"

namespace chainqual::python {
namespace {

// chainqual::Error becomes the Python class of its code, with message and findings in both languages.
void raise(const Error& error) {
  try {
    const std::string_view code = name_of(error.code());
    const py::object raised = py::module_::import("chainqual._errors")
                                  .attr("error_of")(py::str(code.data(), code.size()), text_object(error.message()),
                                                    findings_object(error.findings()));
    PyErr_SetObject(py::type::of(raised).ptr(), raised.ptr());
  } catch (py::error_already_set& failed) {
    failed.restore();
  }
}

}  // namespace

void bind_core(py::module_& module) {
  py::register_local_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::out_of_memory) {
        PyErr_SetString(PyExc_MemoryError, error.message().en.c_str());
      } else {
        raise(error);
      }
    }
  });
  module.attr("version") = CHAINQUAL_VERSION;
  module.def("threads", [] { return configured_threads(); });
  module.def("error_codes", [] {
    py::dict codes;
    for (std::int32_t code = 0; code <= static_cast<std::int32_t>(ErrorCode::conflict); ++code) {
      const auto value = static_cast<ErrorCode>(code);
      const std::string_view name = name_of(value);
      codes[py::str(name.data(), name.size())] = py::make_tuple(code, text_object(describe(value)));
    }
    return codes;
  });
}

}  // namespace chainqual::python
