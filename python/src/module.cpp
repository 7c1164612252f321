#include "bind.hpp"

PYBIND11_MODULE(_chainqual, module) {
  using namespace chainqual::python;
  module.doc() = "The C++ library as chainqual's Python files use it; not meant to be called directly.";
  bind_core(module);
  bind_severity(module);
  bind_network(module);
  bind_tables(module);
  bind_chain(module);
  bind_structure(module);
  bind_models(module);
  bind_daily(module);
  bind_why(module);
  bind_assess(module);
  bind_map(module);
  bind_mitigate(module);
  bind_evaluate(module);
  bind_indicators(module);
  bind_quality(module);
  bind_forms(module);
#ifdef CHAINQUAL_STORE
  bind_store(module);
#endif
  bind_program(module);
}
