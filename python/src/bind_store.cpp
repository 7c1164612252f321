#include <mutex>

#include "bind.hpp"
#include "boxes.hpp"
#include "chainqual/store/store.hpp"
#include "convert.hpp"
#include "store_fields.hpp"

// The registers in a database. Every call is made without the GIL; a store has one owner, so calls of several threads
// wait for each other.
namespace chainqual::python {
namespace {

struct StoreBox {
  std::mutex mutex;
  std::optional<Store> store;  ///< none once closed
};

/// What `use(store)` returns, without the GIL; `use` must not touch Python objects.
template <class Use>
auto with(StoreBox& box, Use&& use) {
  const py::gil_scoped_release released;
  const std::lock_guard lock(box.mutex);
  if (!box.store) {
    throw Error(ErrorCode::invalid_argument,
                {"登记库已经关闭；请用 Store.open 重新打开。", "The store is closed: open it again with Store.open."});
  }
  return use(*box.store);
}

std::shared_ptr<StoreBox> open_store(const std::string& address, const std::string& clerk, bool must_exist,
                                     int wait_ms) {
  StoreOptions options;
  options.clerk = clerk;
  options.must_exist = must_exist;
  options.wait_ms = wait_ms;
  auto box = std::make_shared<StoreBox>();
  const py::gil_scoped_release released;
  box->store.emplace(Store::open(address, options));
  return box;
}

py::dict entry_object(const PlainEntry& entry) {
  py::dict fields;
  for (const auto& [heading, value] : entry.fields) fields[py::str(heading)] = value;
  py::dict result;
  result["table"] = std::string(names_of_table(entry.table).key);
  result["entry"] = entry.number;
  result["version"] = entry.version;
  result["changed_at"] = entry.changed_at;
  result["changed_by"] = entry.changed_by;
  result["fields"] = std::move(fields);
  return result;
}

py::object found(StoreBox& box, const std::string& table, const std::string& key, const std::string& within) {
  const auto entry = with(box, [&](Store& store) { return store.find(table_named(table), key, within); });
  return entry ? py::object(entry_object(*entry)) : py::object(py::none());
}

PlainRecord record_from(const py::dict& given) {
  PlainRecord record;
  for (const auto& [heading, value] : given) record.emplace_back(text_of(heading, "field"), text_of(value, "field"));
  return record;
}

py::tuple listed(StoreBox& box, const std::string& table, const py::list& where, const std::string& order_by,
                 bool descending, std::uint64_t offset, std::uint64_t limit) {
  Listing listing;
  for (const py::handle each : where) {
    const auto [field, match, value] = py::cast<std::tuple<std::string, std::string, std::string>>(each);
    const auto how = value_named<Match>(match);
    if (!how) refuse_word(match, "where", {"is", "is_not", "contains", "from", "until", "empty", "filled"});
    listing.where.push_back({field, *how, value});
  }
  listing.order_by = order_by;
  listing.descending = descending;
  listing.offset = offset;
  listing.limit = limit;
  const PlainPage page = with(box, [&](Store& store) { return store.list(table_named(table), listing); });
  py::list entries;
  for (const PlainEntry& entry : page.entries) entries.append(entry_object(entry));
  return py::make_tuple(entries, page.total);
}

py::tuple searched(StoreBox& box, const std::string& text, const py::list& tables, std::uint64_t offset,
                   std::uint64_t limit) {
  Search wanted{text, {}, offset, limit};
  for (const py::handle table : tables) wanted.tables.push_back(table_named(text_of(table, "tables")));
  const SearchPage page = with(box, [&](Store& store) { return store.search(wanted); });
  py::list hits;
  for (const SearchHit& hit : page.hits) {
    py::dict one;
    one["table"] = std::string(names_of_table(hit.table).key);
    one["entry"] = hit.entry;
    one["number"] = hit.number;
    one["name"] = hit.name;
    one["field"] = hit.field;
    one["text"] = hit.text;
    hits.append(std::move(one));
  }
  return py::make_tuple(hits, page.more);
}

py::object stepped(StoreBox& box, const py::dict& given, const py::object& seen) {
  std::optional<std::int64_t> version;
  if (!seen.is_none()) version = whole_number(seen, "version", 1, INT64_MAX);
  const auto text = [&](const char* key) { return text_of(given[key], key); };
  const PlainStep step{text("lifecycle"), text("number"), text("to"),    text("date"),
                       text("who"),       text("by"),     text("reason")};
  return to_py(with(box, [&](Store& store) { return store.step(step, version); }));
}

py::object corrected(StoreBox& box, const py::dict& given, const py::object& seen) {
  std::optional<std::int64_t> version;
  if (!seen.is_none()) version = whole_number(seen, "version", 1, INT64_MAX);
  const auto text = [&](const char* key) { return text_of(given[key], key); };
  const PlainCorrection correction{text("lifecycle"), text("number"), text("step"),  text("date"),
                                   text("who"),       text("by"),     text("reason")};
  return to_py(with(box, [&](Store& store) { return store.correct(correction, version); }));
}

std::shared_ptr<DossierBox> chain_of(Dossier&& dossier) {
  auto box = std::make_shared<DossierBox>();
  *box->content = std::move(dossier);
  return box;
}

py::object due_items(StoreBox& box, py::handle today, const py::dict& given) {
  const Date day = date_of(today, "today");
  const auto options = options_of<DueOptions>(given);
  return to_py(with(box, [&](Store& store) { return store.due(day, options); }));
}

py::object facts_written(StoreBox& box, const ReportBox& report, py::handle given) {
  const Date day = date_of(given, "day");
  const auto dossier = report.dossier;  // the GIL is held: as all copies of it are made
  return to_py(with(box, [&](Store& store) { return store.write_facts(*dossier, report.report, day); }));
}

py::list revisions_of(StoreBox& box, const std::string& table, std::int64_t entry) {
  const auto all = with(box, [&](Store& store) { return store.revisions(table_named(table), entry); });
  py::list list;
  for (const PlainRevision& one : all) {
    py::dict revision;
    revision["record"] = entry_object(one.entry);
    revision["ended_at"] = one.ended_at;
    revision["ended_by"] = one.ended_by;
    revision["removed"] = one.removed;
    list.append(std::move(revision));
  }
  return list;
}

/// A chain that says of itself what the store's does, and its version, when and by whom it was written.
py::tuple info_object(const Entry<ChainInfo>& entry) {
  Dossier bare;
  bare.info = entry.record;
  return py::make_tuple(chain_of(std::move(bare)), entry.version, entry.changed_at, entry.changed_by);
}

py::list proposals_of(StoreBox& box) {
  py::list list;
  for (const Proposal& one : with(box, [](Store& store) { return store.proposals(); })) {
    py::dict proposal;
    proposal["number"] = one.project.number;
    proposal["name"] = one.project.name;
    proposal["name_en"] = one.project.name_en;
    proposal["lead"] = one.project.lead;
    proposal["contributed"] = one.contributed;
    list.append(std::move(proposal));
  }
  return list;
}

void define_rules(py::class_<StoreBox, std::shared_ptr<StoreBox>>& type) {
  type.def("revisions", &revisions_of)
      .def("info", [](StoreBox& box) { return info_object(with(box, [](Store& store) { return store.info(); })); })
      .def("change_info",
           [](StoreBox& box, std::int64_t version, const DossierBox& chain) {
             const auto content = chain.shared();
             return info_object(with(box, [&](Store& store) { return store.change_info(version, content->info); }));
           })
      .def("access",
           [](StoreBox& box, const std::string& result, const std::string& unit, py::handle given) {
             const Date day = date_of(given, "day");
             return to_py(with(box, [&](Store& store) { return store.access(result, unit, day); }));
           })
      .def("coverage",
           [](StoreBox& box, py::handle given) {
             const Date day = date_of(given, "day");
             return to_py(with(box, [&](Store& store) { return store.coverage(day); }));
           })
      .def("proposals", &proposals_of)
      .def("conflicts", [](StoreBox& box, const std::string& licence) {
        py::list list;
        for (const Licence& one : with(box, [&](Store& store) { return store.conflicts(licence); })) {
          list.append(one.number);
        }
        return list;
      });
}

void define_records(py::class_<StoreBox, std::shared_ptr<StoreBox>>& type) {
  type.def("add",
           [](StoreBox& box, const std::string& table, const py::dict& fields) {
             const PlainRecord record = record_from(fields);
             return entry_object(with(box, [&](Store& store) { return store.add(table_named(table), record); }));
           })
      .def("change",
           [](StoreBox& box, const std::string& table, std::int64_t entry, std::int64_t version,
              const py::dict& fields) {
             const PlainRecord record = record_from(fields);
             return entry_object(
                 with(box, [&](Store& store) { return store.change(table_named(table), entry, version, record); }));
           })
      .def("remove",
           [](StoreBox& box, const std::string& table, std::int64_t entry, std::int64_t version) {
             with(box, [&](Store& store) { store.remove(table_named(table), entry, version); });
           })
      .def("get",
           [](StoreBox& box, const std::string& table, std::int64_t entry) {
             return entry_object(with(box, [&](Store& store) { return store.get(table_named(table), entry); }));
           })
      .def("find", &found)
      .def("list", &listed)
      .def("search", &searched)
      .def("step", &stepped)
      .def("correct", &corrected)
      .def("history", [](StoreBox& box, const std::string& lifecycle, const std::string& number) {
        return to_py(with(box, [&](Store& store) { return store.history(lifecycle, number); }));
      });
}

void define_contents(py::class_<StoreBox, std::shared_ptr<StoreBox>>& type) {
  type.def("content", [](StoreBox& box) { return chain_of(with(box, [](Store& store) { return store.content(); })); })
      .def("as_of",
           [](StoreBox& box, py::handle given, bool recorded) {
             const Date day = date_of(given, "day");
             const Moment moment = recorded ? Moment::recorded : Moment::registers;
             return chain_of(with(box, [&](Store& store) { return store.as_of(day, moment); }));
           })
      .def("fill",
           [](StoreBox& box, const DossierBox& chain) {
             const auto content = chain.shared();
             with(box, [&](Store& store) { store.fill(*content); });
           })
      .def("import_chain",
           [](StoreBox& box, const std::string& path, bool repair) {
             ReadOptions options;
             options.repair = repair;
             return findings_object(with(box, [&](Store& store) { return store.import_chain(path, options); }));
           })
      .def("export_chain",
           [](StoreBox& box, const std::string& path, const std::string& language) {
             const WriteOptions options{language == "zh" ? Language::zh : Language::en};
             with(box, [&](Store& store) { store.export_chain(path, options); });
           })
      .def("back_up",
           [](StoreBox& box, const std::string& path) { with(box, [&](Store& store) { store.back_up(path); }); })
      .def("restore",
           [](StoreBox& box, const std::string& path) { with(box, [&](Store& store) { store.restore(path); }); })
      .def("check",
           [](StoreBox& box) { return findings_object(with(box, [](Store& store) { return store.check(); })); })
      .def("due", &due_items)
      .def("warnings",
           [](StoreBox& box, py::handle today) {
             const Date day = date_of(today, "today");
             return to_py(with(box, [&](Store& store) { return store.warnings(day); }));
           })
      .def("consistency",
           [](StoreBox& box, py::handle today) {
             const Date day = date_of(today, "today");
             return findings_object(with(box, [&](Store& store) { return store.consistency(day); }));
           })
      .def("write_facts", &facts_written);
}

}  // namespace

void bind_store(py::module_& module) {
  py::class_<StoreBox, std::shared_ptr<StoreBox>> type(module, "Store");
  type.def_static("open", &open_store)
      .def_property_readonly("address",
                             [](StoreBox& box) { return with(box, [](Store& store) { return store.address(); }); })
      .def("close", [](StoreBox& box) {
        const py::gil_scoped_release released;
        const std::lock_guard lock(box.mutex);
        box.store.reset();
      });
  define_records(type);
  define_rules(type);
  define_contents(type);
}

}  // namespace chainqual::python
