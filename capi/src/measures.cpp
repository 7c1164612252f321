#include "measures.hpp"

#include <string>

#include "buffers.hpp"
#include "chain.hpp"
#include "chainqual/io/measures_json.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "options.hpp"
#include "records.hpp"

using namespace chainqual;
using capi::text_of;

static_assert(CHAINQUAL_MEASURE_ALTERNATE == static_cast<int>(MeasureKind::alternate));
static_assert(CHAINQUAL_MEASURE_STOCK == static_cast<int>(MeasureKind::stock));
static_assert(CHAINQUAL_MEASURE_PROJECT == static_cast<int>(MeasureKind::project));

namespace {

Measure measure_of(const chainqual_measure* measure) {
  const auto own = capi::settled(&capi::required(measure, "measure"));
  Measure made;
  made.kind = capi::enumerator<MeasureKind>(own.kind, "kind");
  switch (made.kind) {
    case MeasureKind::alternate:
      made.alternate.customer = text_of(own.customer);
      made.alternate.supplier = text_of(own.supplier);
      made.alternate.alternate = text_of(own.alternate);
      made.alternate.share = own.share;
      made.alternate.escape = capi::number_of(own.escape);
      break;
    case MeasureKind::stock:
      made.stock.enterprise = text_of(own.enterprise);
      made.stock.days = own.days;
      break;
    case MeasureKind::project:
      made.project.project = text_of(own.project);
      made.project.problems = capi::list_of(own.problems, "problems");
      if (own.effect != nullptr) made.project.effect = *own.effect;
      break;
  }
  made.cost = capi::number_of(own.cost);
  made.name = text_of(own.name);
  made.name_en = text_of(own.name_en);
  made.note = text_of(own.note);
  return made;
}

const Measure& measure_at(const chainqual_measures* measures, uint64_t index) {
  const auto& all = capi::required(measures, "measures").measures;
  capi::require_index(index, all.size());
  return all[static_cast<std::size_t>(index)];
}

SuggestOptions options_of(const chainqual_suggest_options* options) {
  const auto own = capi::settled(options);
  SuggestOptions result;
  result.projects = own.no_projects == 0;
  result.alternates = own.no_alternates == 0;
  result.same_product = own.any_product == 0;
  result.most_alternates = capi::given_or(own.most_alternates, std::uint64_t{result.most_alternates});
  result.share = capi::given_or(own.share, result.share);
  result.stock_days = own.stock_days;
  if (own.effect != nullptr) result.effect = *own.effect;
  return result;
}

}  // namespace

chainqual_status chainqual_measures_create(chainqual_measures** measures, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::make_handle(measures, "measures"); });
}

chainqual_status chainqual_measures_from_json(const char* text, uint64_t length, const char* file,
                                              const chainqual_control* control, chainqual_measures** measures,
                                              chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    throw_if_cancelled(capi::control_of(control));
    const auto bytes = capi::entries(text, length, "text");
    const std::string name(file == nullptr ? "measures.json" : file);
    capi::make_handle(measures, "measures", measures_from_json({bytes.data(), bytes.size()}, name));
  });
}

chainqual_status chainqual_read_measures(const char* path, const chainqual_control* control,
                                         chainqual_measures** measures, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    throw_if_cancelled(capi::control_of(control));
    capi::make_handle(measures, "measures", read_measures(&capi::required(path, "path")));
  });
}

chainqual_status chainqual_suggest_measures(const chainqual_chain* chain, const chainqual_suggest_options* options,
                                            const chainqual_control* control, chainqual_measures** measures,
                                            chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto content = capi::share(chain);
    capi::make_handle(measures, "measures", suggest_measures(*content, options_of(options), capi::control_of(control)));
  });
}

void chainqual_measures_free(chainqual_measures* measures) {
  delete measures;
}

chainqual_status chainqual_measures_add(chainqual_measures* measures, const chainqual_measure* measure,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    Measure made = measure_of(measure);
    capi::required(measures, "measures").measures.push_back(std::move(made));
  });
}

uint64_t chainqual_measures_size(const chainqual_measures* measures) {
  return measures == nullptr ? 0 : measures->measures.size();
}

chainqual_status chainqual_measures_get(const chainqual_measures* measures, uint64_t index, chainqual_measure* measure,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Measure& own = measure_at(measures, index);
    chainqual_measure out = CHAINQUAL_MEASURE_INIT;
    out.kind = static_cast<int32_t>(own.kind);
    out.customer = own.alternate.customer.c_str();
    out.supplier = own.alternate.supplier.c_str();
    out.alternate = own.alternate.alternate.c_str();
    out.share = own.alternate.share;
    out.escape = capi::borrowed(own.alternate.escape);
    out.enterprise = own.stock.enterprise.c_str();
    out.days = own.stock.days;
    out.project = own.project.project.c_str();
    out.problems.count = own.project.problems.size();
    out.effect = &own.project.effect;
    out.cost = capi::borrowed(own.cost);
    out.name = own.name.c_str();
    out.name_en = own.name_en.c_str();
    out.note = own.note.c_str();
    capi::hand_over(out, &capi::required(measure, "measure"));
  });
}

chainqual_status chainqual_measures_problem(const chainqual_measures* measures, uint64_t index, uint64_t problem,
                                            const char** number, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& problems = measure_at(measures, index).project.problems;
    capi::require_index(problem, problems.size());
    capi::required(number, "number") = problems[static_cast<std::size_t>(problem)].c_str();
  });
}

chainqual_status chainqual_measures_to_json(const chainqual_measures* measures, char* buffer, uint64_t capacity,
                                            uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    capi::hand_over_text(measures_to_json(capi::required(measures, "measures").measures), buffer, capacity, size);
  });
}
