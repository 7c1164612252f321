#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/io/links_file.hpp"
#include "convert.hpp"
#include "network_fields.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

using NetworkHandle = std::shared_ptr<NetworkBox>;

// Python's name of a column and where it lies.
py::array view_of(const Network& network, const std::string& name) {
  auto* held = new Network(network);  // copies share the arrays
  const py::capsule owner(held, [](void* memory) { delete static_cast<Network*>(memory); });
  if (name == "out_offsets") return read_only(network.out_offsets(), owner);
  if (name == "out_targets") return read_only(network.out_targets(), owner);
  if (name == "out_values") return read_only(network.out_values(), owner);
  if (name == "in_offsets") return read_only(network.in_offsets(), owner);
  if (name == "in_sources") return read_only(network.in_sources(), owner);
  if (name == "in_values") return read_only(network.in_values(), owner);
  if (name == "dependency") return read_only(network.dependency(), owner);
  if (name == "escape") return read_only(network.escape(), owner);
  if (name == "stage") return read_only(network.stage(), owner);
  if (name == "segment") return read_only(network.segment(), owner);
  if (name == "sector") return read_only(network.sector(), owner);
  if (name == "weight") return read_only(network.weight(), owner);
  throw py::attribute_error(name);
}

/// The arrays that a network is built from, kept alive while it is.
struct HeldColumns {
  Column<std::uint32_t> supplier, customer, segment, sector;
  Column<std::uint8_t> stage;
  Reals value, dependency, escape, weight;
};

HeldColumns held_columns(const py::dict& given) {
  const auto at = [&](const char* name) { return given.contains(name) ? py::object(given[name]) : py::none(); };
  return {column<std::uint32_t>(at("supplier"), "supplier"),
          column<std::uint32_t>(at("customer"), "customer"),
          column<std::uint32_t>(at("segment"), "segment"),
          column<std::uint32_t>(at("sector"), "sector"),
          column<std::uint8_t>(at("stage"), "stage"),
          reals(at("value"), "value"),
          reals(at("dependency"), "dependency"),
          reals(at("escape"), "escape"),
          reals(at("weight"), "weight")};
}

NetworkHandle from_arrays(std::uint64_t n, const py::dict& given, bool keep_self_supply, const py::object& keys,
                          const py::tuple& how) {
  const HeldColumns held = held_columns(given);
  NetworkColumns columns;
  columns.enterprises = n;
  columns.stage = held.stage.view;
  columns.segment = held.segment.view;
  columns.sector = held.sector.view;
  columns.weight = held.weight.view;
  columns.supplier = held.supplier.view;
  columns.customer = held.customer.view;
  columns.value = held.value.view;
  columns.dependency = held.dependency.view;
  columns.escape = held.escape.view;
  auto box = std::make_shared<NetworkBox>();
  if (!keys.is_none()) {
    std::vector<std::string> names;
    read_list(keys, "keys", names);
    if (names.size() != n) {
      throw Error(ErrorCode::shape_mismatch,
                  {"keys 有 " + std::to_string(names.size()) + " 个，企业有 " + std::to_string(n) + " 家；每家给一个。",
                   "There are " + std::to_string(names.size()) + " keys for " + std::to_string(n) +
                       " enterprises; give one each."});
    }
    box->stored.keys = KeyTable::of(names);
  }
  BuildOptions options;
  options.keep_self_supply = keep_self_supply;
  box->stored.network = run(how, [&](const Control& control) { return build_network(columns, options, control); });
  return box;
}

Verify verify_of(const std::string& word) {
  if (word == "header") return Verify::header;
  if (word == "checksum") return Verify::checksum;
  if (word == "full") return Verify::full;
  refuse_word(word, "verify", {"header", "checksum", "full"});
}

std::string key_of_enterprise(const NetworkBox& box, std::uint32_t id) {
  if (id >= box.network().enterprises()) {
    throw py::index_error(say("网络只有 {0} 家企业。", "The network has {0} enterprises only.",
                              {std::to_string(box.network().enterprises())}));
  }
  if (box.dossier) return box.dossier->chain.enterprise(EnterpriseId{id}).id;
  if (!box.stored.keys.empty()) return std::string(box.stored.keys.key(EnterpriseId{id}));
  return std::to_string(id);
}

py::object name_of_enterprise(const NetworkBox& box, std::uint32_t id) {
  const std::string key = key_of_enterprise(box, id);
  if (!box.dossier) return to_py(Text{key, key});
  const WhyNames names = names_of_chain(box.dossier->chain);
  return to_py(
      Text{names.enterprise(EnterpriseId{id}, Language::zh), names.enterprise(EnterpriseId{id}, Language::en)});
}

py::list keys_of(const NetworkBox& box) {
  py::list keys;
  for (std::uint32_t id = 0; id < box.network().enterprises(); ++id) keys.append(key_of_enterprise(box, id));
  return keys;
}

py::list names_of_segments(const NetworkBox& box) {
  py::list names;
  if (box.dossier) {
    for (const Segment& segment : box.dossier->chain.segments()) names.append(segment.id);
  } else {
    for (const auto& name : box.stored.segments) names.append(name);
  }
  return names;
}

// A network made from a chain is stored with the chain's keys and segments.
StoredNetwork to_store(const NetworkBox& box) {
  StoredNetwork stored = box.stored;
  if (box.dossier && stored.keys.empty() && box.network().enterprises() > 0) {
    std::vector<std::string> keys;
    for (std::uint32_t id = 0; id < box.network().enterprises(); ++id) keys.push_back(key_of_enterprise(box, id));
    stored.keys = KeyTable::of(keys);
    for (const Segment& segment : box.dossier->chain.segments()) stored.segments.push_back(segment.id);
  }
  return stored;
}

NetworkHandle open(const std::string& path, const std::string& verify, const py::tuple& how) {
  const Verify how_much = verify_of(verify);
  auto box = std::make_shared<NetworkBox>();
  box->stored = run(how, [&](const Control& control) { return open_network(path, how_much, control); });
  return box;
}

py::tuple read_tables(const std::string& links, const py::object& enterprises, bool repair, const py::tuple& how) {
  ReadNetworkOptions options;
  options.repair = repair;
  const std::string first = enterprises.is_none() ? "" : text_of(enterprises, "enterprises");
  NetworkTables tables = run(how, [&](const Control& control) {
    return first.empty() ? read_network(links, options, control) : read_network(first, links, options, control);
  });
  auto box = std::make_shared<NetworkBox>();
  box->stored = {std::move(tables.network), std::move(tables.keys), std::move(tables.segments), {}, 0};
  return py::make_tuple(box, findings_object(tables.findings));
}

void bind_class(py::module_& module) {
  py::class_<NetworkBox, NetworkHandle>(module, "Network")
      .def("view", [](const NetworkBox& box, const std::string& name) { return view_of(box.network(), name); })
      .def_property_readonly("enterprises", [](const NetworkBox& box) { return box.network().enterprises(); })
      .def_property_readonly("links", [](const NetworkBox& box) { return box.network().links(); })
      .def_property_readonly("memory", [](const NetworkBox& box) { return box.network().memory(); })
      .def_property_readonly("content_hash", [](const NetworkBox& box) { return box.stored.content_hash; })
      .def_property_readonly("summary",
                             [](const NetworkBox& box) { return to_py(BuildSummary(box.network().summary())); })
      .def_property_readonly("named",
                             [](const NetworkBox& box) { return box.dossier != nullptr || !box.stored.keys.empty(); })
      .def("key", &key_of_enterprise)
      .def("name", &name_of_enterprise)
      .def("keys", &keys_of)
      .def("segments", &names_of_segments)
      .def("resolve", [](const NetworkBox& box, py::handle value) { return enterprise_of(box, value).value; })
      .def("find_link",
           [](const NetworkBox& box, std::uint32_t supplier, std::uint32_t customer) {
             const auto link = box.network().find_link(EnterpriseId{supplier}, EnterpriseId{customer});
             return link ? py::object(py::int_(link->value)) : py::object(py::none());
           })
      .def("suppliers_of_links",
           [](const NetworkBox& box) {  // [m] who delivers, by LinkId
             const Network& network = box.network();
             std::vector<std::uint32_t> supplier(network.links());
             const auto offsets = network.out_offsets();
             for (std::uint32_t i = 0; i < network.enterprises(); ++i) {
               for (std::uint64_t l = offsets[i]; l < offsets[i + 1]; ++l) supplier[l] = i;
             }
             return give(std::move(supplier));
           })
      .def("identical",
           [](const NetworkBox& box, const NetworkBox& other) { return identical(box.network(), other.network()); })
      .def("save", [](const NetworkBox& box, const std::string& path, const py::tuple& how) {
        const StoredNetwork stored = to_store(box);
        return run(how, [&](const Control& control) { return write_network(path, stored, control); });
      });
}

}  // namespace

WhyNames names_of(const NetworkBox& box) {
  if (box.dossier) return names_of_chain(box.dossier->chain);
  WhyNames names;
  if (!box.stored.keys.empty()) {
    names.enterprise = [&box](EnterpriseId id, Language) { return std::string(box.stored.keys.key(id)); };
  }
  if (!box.stored.segments.empty()) {
    names.segment = [&box](SegmentId id, Language) {
      return id.index() < box.stored.segments.size() ? box.stored.segments[id.index()] : std::to_string(id.value);
    };
  }
  return names;
}

void bind_network(py::module_& module) {
  bind_class(module);
  module.def("network_from_arrays", &from_arrays);
  module.def("network_open", &open);
  module.def("network_read", &read_tables);
  module.def("generate", [](const py::dict& given, const py::tuple& how) {
    const auto options = options_of<GenerateOptions>(given);
    auto box = std::make_shared<NetworkBox>();
    box->stored.network = run(how, [&](const Control& control) { return generate_network(options, control); });
    return box;
  });
}

}  // namespace chainqual::python
