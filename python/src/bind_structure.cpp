#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/chain/network_graph.hpp"
#include "convert.hpp"
#include "run.hpp"
#include "structure_fields.hpp"

namespace chainqual::python {
namespace {

using Net = std::shared_ptr<NetworkBox>;

/// Nothing special: the standard threads, no progress.
py::tuple plainly() {
  return py::make_tuple(py::none(), py::none());
}

/// The points of failure seen from `sources`, or from where supply begins.
py::dict dominated(const Net& net, const py::object& sources, const py::object& finals, const py::tuple& how) {
  const Network& network = net->network();
  const bool given = !sources.is_none();
  const bool ends_given = !finals.is_none();
  const auto roots = column<std::uint32_t>(sources, "sources");
  const auto ends = column<std::uint32_t>(finals, "finals");
  auto found = run(how, [&](const Control&) {
    const std::vector<std::uint32_t> from = given ? std::vector<std::uint32_t>(roots.view.begin(), roots.view.end())
                                                  : supply_sources(network, strong_components(network));
    const std::vector<std::uint32_t> to =
        ends_given ? std::vector<std::uint32_t>(ends.view.begin(), ends.view.end()) : final_enterprises(network);
    auto forest = dominators(network, from);
    auto points = single_points_of_failure(forest, to);
    return std::pair(std::move(forest), std::move(points));
  });
  py::dict result;
  result["immediate"] = give(std::move(found.first.immediate));
  result["order"] = give(std::move(found.first.order));
  result["points"] = columns_of(std::move(found.second));
  return result;
}

}  // namespace

void bind_structure(py::module_& module) {
  module.def("strong_components", [](const Net& net, const py::tuple& how) {
    auto found = run(how, [&](const Control&) {
      auto components = strong_components(net->network());
      auto cyclic = cyclic_components(net->network(), components);
      return std::pair(std::move(components), std::move(cyclic));
    });
    py::dict result = dict_of(std::move(found.first));
    result["cyclic"] = give(std::move(found.second));
    return result;
  });
  module.def("topological_order", [](const Net& net, const py::tuple& how) -> py::object {
    auto order = run(how, [&](const Control&) { return topological_order(net->network()); });
    if (!order) return py::none();
    return give(std::move(*order));
  });
  module.def("dominators", &dominated);
  module.def("articulation", [](const Net& net, const py::tuple& how) {
    return dict_of(run(how, [&](const Control&) { return articulation(net->network()); }));
  });
  module.def("betweenness", [](const Net& net, const py::tuple& how) {
    return give(run(how, [&](const Control& control) { return betweenness(net->network(), control); }));
  });
  module.def("sampled_betweenness",
             [](const Net& net, double error, double failure, std::uint64_t seed, const py::tuple& how) {
               return dict_of(run(how, [&](const Control& control) {
                 return sampled_betweenness(net->network(), {error, failure, seed}, control);
               }));
             });
  module.def("single_sources", [](const Net& net, const py::tuple& how) {
    return columns_of(run(how, [&](const Control&) { return single_sources(net->network()); }));
  });
  module.def("supplier_concentration", [](const Net& net, const py::tuple& how) {
    return columns_of(run(how, [&](const Control&) { return supplier_concentration(net->network()); }));
  });
  module.def("final_enterprises", [](const Net& net) { return give(final_enterprises(net->network())); });
  module.def("single_source_products", [](const DossierBox& box) {
    const auto content = box.shared();
    return to_py(run(plainly(), [&](const Control&) { return single_source_products(content->chain); }));
  });
  module.def("region_concentration", [](const DossierBox& box) {
    const auto content = box.shared();
    return to_py(run(plainly(), [&](const Control&) { return region_concentration(content->chain); }));
  });
}

}  // namespace chainqual::python
