#pragma once

#include <pybind11/pybind11.h>

// One function a file bind_<folder>.cpp; module.cpp calls them in this order.
namespace chainqual::python {

void bind_core(pybind11::module_& module);
void bind_severity(pybind11::module_& module);
void bind_network(pybind11::module_& module);
void bind_tables(pybind11::module_& module);
void bind_chain(pybind11::module_& module);
void bind_structure(pybind11::module_& module);
void bind_models(pybind11::module_& module);
void bind_daily(pybind11::module_& module);
void bind_why(pybind11::module_& module);
void bind_assess(pybind11::module_& module);
void bind_map(pybind11::module_& module);
void bind_mitigate(pybind11::module_& module);
void bind_evaluate(pybind11::module_& module);
void bind_indicators(pybind11::module_& module);
void bind_quality(pybind11::module_& module);
void bind_forms(pybind11::module_& module);
void bind_store(pybind11::module_& module);  // where the store is built
void bind_program(pybind11::module_& module);

}  // namespace chainqual::python
