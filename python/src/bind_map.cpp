#include "arrays.hpp"
#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/layout.hpp"
#include "chainqual/map/living.hpp"
#include "chainqual/map/print.hpp"
#include "chainqual/map/sketch.hpp"
#include "chainqual/map/svg.hpp"
#include "convert.hpp"
#include "run.hpp"

namespace chainqual::python {
namespace {

using Report = std::shared_ptr<ReportBox>;

/// What a map is drawn with, as Python's `quality_map` gathers it.
struct MapOptions {
  SvgOptions svg;
  HtmlOptions html;
  PrintOptions print;
};

MapOptions map_options(const std::string& language, const std::string& title, const py::dict& parts) {
  MapOptions options;
  options.svg.language = options.html.language = language_of(language);
  options.svg.title = options.html.title = title;
  const auto flag = [&](const char* name, bool& into) {
    if (parts.contains(name)) into = truth(parts[name], name);
  };
  flag("links", options.svg.links);
  flag("institutions", options.svg.institutions);
  flag("problems", options.svg.problems);
  return options;
}

PrintOptions print_options(const std::string& paper, std::uint32_t dpi, std::uint32_t tiles) {
  PrintOptions print;
  print.dpi = dpi;
  print.tiles = tiles;
  if (const auto known = value_named<Paper>(paper)) {
    print.paper = *known;
  } else {
    throw Error(ErrorCode::invalid_argument, {"没有纸张“" + paper + "”。可以是 fit、a4、a3、a2、a1、a0",
                                              "there is no paper '" + paper + "'. Choose fit, a4, a3, a2, a1 or a0"});
  }
  return print;
}

std::string put(const Scene& scene, const std::string& suffix, const PrintOptions& print) {
  return suffix == "svg" ? to_svg(scene) : suffix == "pdf" ? to_pdf(scene, print) : to_png(scene, print);
}

bool is_drawing(const std::string& suffix) {
  return suffix == "svg" || suffix == "pdf" || suffix == "png";
}

/// The map of a chain in the format that `suffix` names; `before`: of what changed since that version.
py::bytes chain_map(const DossierBox& box, const Report& report, const DossierBox* before, const std::string& suffix,
                    const py::tuple& look, const py::tuple& sheet, const py::tuple& how) {
  MapOptions options = map_options(look[0].cast<std::string>(), look[1].cast<std::string>(), look[2].cast<py::dict>());
  options.print =
      print_options(sheet[0].cast<std::string>(), sheet[1].cast<std::uint32_t>(), sheet[2].cast<std::uint32_t>());
  const auto content = box.shared();
  const auto old = before == nullptr ? nullptr : before->shared();
  const std::string made = run(how, [&](const Control& control) {
    const AssessReport* assessed = report && old == nullptr ? &report->report : nullptr;
    Dossier merged;
    const Dossier* drawn = content.get();
    if (old != nullptr) {
      options.svg.difference = options.html.difference = compare_maps(*old, *content);
      if (report) {
        const AssessReport then = assess(*old, report->report.options, control);
        add_impacts(*options.html.difference, *old, then, *content, report->report);
        options.svg.difference = options.html.difference;
      }
      merged = merged_versions(*old, *content);
      drawn = &merged;
    }
    options.print.date = content->info.date;
    options.svg.sheet = suffix != "svg" && options.print.paper != Paper::fit;
    if (is_drawing(suffix)) return put(chain_scene(*drawn, assessed, options.svg), suffix, options.print);
    return suffix == "json" ? map_json(*drawn, assessed, options.html, control)
                            : chain_html(*drawn, assessed, options.html, control);
  });
  return py::bytes(made);
}

/// The same of a network, drawn down to a sketch.
py::bytes network_map(const std::shared_ptr<NetworkBox>& box, const py::object& importance, const std::string& suffix,
                      const py::tuple& look, const py::tuple& sheet, const py::tuple& how) {
  MapOptions options = map_options(look[0].cast<std::string>(), look[1].cast<std::string>(), look[2].cast<py::dict>());
  options.print =
      print_options(sheet[0].cast<std::string>(), sheet[1].cast<std::uint32_t>(), sheet[2].cast<std::uint32_t>());
  const Column<double> measure = column<double>(importance, "importance");
  const std::string made = run(how, [&](const Control& control) {
    const StoredNetwork& stored = box->stored;
    SketchNames names;
    if (box->dossier) {
      const Chain& chain = box->dossier->chain;
      names.id = [&](EnterpriseId id) { return chain.enterprise(id).id; };
      names.name = [&](EnterpriseId id) { return Text{chain.enterprise(id).name, chain.enterprise(id).name_en}; };
    } else if (!stored.keys.empty()) {
      names.id = [&](EnterpriseId id) { return std::string(stored.keys.key(id)); };
    } else {
      names.name = [](EnterpriseId id) {
        const std::string number = std::to_string(id.index());
        return Text{"企业 " + number, "Enterprise " + number};
      };
    }
    names.segment = [&](std::uint32_t segment) {
      if (box->dossier) {
        const Segment& known = box->dossier->chain.segment(SegmentId(segment));
        return Text{known.name, known.name_en};
      }
      return segment < stored.segments.size() ? Text{stored.segments[segment], stored.segments[segment]} : Text{};
    };
    const ChainSketch sketch = sketch_chain(stored.network, names, measure.view, {}, control);
    options.svg.sheet = suffix != "svg" && options.print.paper != Paper::fit;
    if (is_drawing(suffix)) return put(chain_scene(sketch, options.svg), suffix, options.print);
    return suffix == "json" ? map_json(sketch, options.html) : chain_html(sketch, options.html);
  });
  return py::bytes(made);
}

std::string difference_of(const DossierBox& before, const DossierBox& after) {
  const auto old = before.shared();
  const auto now = after.shared();
  const py::gil_scoped_release released;
  return difference_json(compare_maps(*old, *now));
}

py::dict update_of(const DossierBox& box, const std::string& today, const std::string& language) {
  const Language wanted = language_of(language);
  const MapUpdate update = map_update(*box.shared(), date_from(today, "日期", "The day asked for"));
  const auto day = [](const std::optional<Date>& date) {
    return date ? py::object(py::str(date->to_string())) : py::object(py::none());
  };
  py::list reasons;
  for (const DueItem& each : update.reasons) {
    reasons.append(py::dict(py::arg("kind") = std::string(key_of(each.kind)), py::arg("number") = each.number,
                            py::arg("due") = each.due.to_string(), py::arg("overdue_days") = each.overdue_days,
                            py::arg("what") = wanted == Language::zh ? each.what.zh : each.what.en));
  }
  py::dict watched;
  for (const WatchedDimension& each : update.watched) {
    watched[py::str(std::string(key_of(each.dimension)))] = py::dict(
        py::arg("events") = each.events, py::arg("triggers") = each.triggers, py::arg("last") = day(each.last));
  }
  return py::dict(py::arg("drawn") = day(update.drawn), py::arg("cycle_months") = update.cycle_months,
                  py::arg("due") = day(update.due), py::arg("reasons") = reasons, py::arg("watched") = watched);
}

py::tuple version_of(const DossierBox& box) {
  const MapVersion version = map_version(*box.shared());
  return py::make_tuple(version.date, version.version, version.hash);
}

}  // namespace

void bind_map(py::module_& module) {
  module.def("chain_map", &chain_map, py::arg("chain"), py::arg("report").none(true), py::arg("before").none(true),
             py::arg("suffix"), py::arg("look"), py::arg("sheet"), py::arg("how"));
  module.def("network_map", &network_map);
  module.def("map_difference", &difference_of);
  module.def("map_update", &update_of);
  module.def("map_version", &version_of);
}

}  // namespace chainqual::python
