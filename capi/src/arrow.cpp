#include "chainqual/io/arrow.hpp"

#include <string>
#include <utility>

#include "arrow_tables.hpp"
#include "buffers.hpp"
#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/network_table.hpp"
#include "chainqual/io/result_table.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "model_run.hpp"
#include "network.hpp"
#include "options.hpp"
#include "report.hpp"
#include "severity.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_TOTAL_DECIMAL == static_cast<int>(TotalForm::decimal));
static_assert(CHAINQUAL_TOTAL_HUNDREDTHS == static_cast<int>(TotalForm::hundredths));
static_assert(CHAINQUAL_TOTAL_REAL == static_cast<int>(TotalForm::real));

namespace {

const ArrowTable& table_of_handle(const chainqual_table* table, const char* parameter) {
  return capi::required(table, parameter).table;
}

std::string string_of(const char* text) {
  return std::string(capi::text_of(text));
}

/// What both kinds of grading share.
template <class Options, class Given>
Options grade_options_of(const Given& own) {
  Options options;
  options.total = capi::enumerator<TotalForm>(own.total, "total");
  options.impact = string_of(own.impact);
  options.diffusion = string_of(own.diffusion);
  options.urgency = string_of(own.urgency);
  return options;
}

NetworkTableOptions options_of(const chainqual_network_table_options* given) {
  const auto own = capi::settled(given);
  NetworkTableOptions options;
  options.supplier = string_of(own.supplier);
  options.customer = string_of(own.customer);
  options.value = string_of(own.value);
  options.dependency = string_of(own.dependency);
  options.escape = string_of(own.escape);
  if (own.positions != 0) options.positions = own.positions;
  options.repair = own.repair != 0;
  options.build.keep_self_supply = own.keep_self_supply != 0;
  return options;
}

}  // namespace

chainqual_status chainqual_take_arrow(struct ArrowSchema* schema, struct ArrowArray* array, chainqual_table** table,
                                      chainqual_error* error) {
  return capi::guarded(error, [&] {
    ArrowTable taken = take_arrow(schema, array);
    capi::make_handle(table, "table", std::move(taken));
  });
}

chainqual_status chainqual_take_arrow_stream(struct ArrowArrayStream* stream, chainqual_table** table,
                                             chainqual_error* error) {
  return capi::guarded(error, [&] {
    ArrowTable taken = take_arrow(stream);
    capi::make_handle(table, "table", std::move(taken));
  });
}

void chainqual_table_free(chainqual_table* table) {
  delete table;
}

uint64_t chainqual_table_rows(const chainqual_table* table) {
  return table == nullptr ? 0 : table->table.rows();
}

uint64_t chainqual_table_columns(const chainqual_table* table) {
  return table == nullptr ? 0 : table->table.columns().size();
}

chainqual_status chainqual_table_column_name(const chainqual_table* table, uint64_t column, const char** name,
                                             chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto columns = table_of_handle(table, "table").columns();
    capi::require_index(column, columns.size());
    capi::required(name, "name") = columns[static_cast<std::size_t>(column)].name().c_str();
  });
}

chainqual_status chainqual_give_arrow(const chainqual_table* table, struct ArrowSchema* schema,
                                      struct ArrowArray* array, chainqual_error* error) {
  return capi::guarded(error, [&] { give_arrow(table_of_handle(table, "table"), schema, array); });
}

chainqual_status chainqual_give_arrow_stream(const chainqual_table* table, struct ArrowArrayStream* stream,
                                             chainqual_error* error) {
  return capi::guarded(error, [&] { give_arrow(table_of_handle(table, "table"), stream); });
}

chainqual_status chainqual_grade_table(const chainqual_severity_model* model, const chainqual_table* table,
                                       const chainqual_grade_table_options* options, const chainqual_control* control,
                                       chainqual_table** graded, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto own = grade_options_of<GradeTableOptions>(capi::settled(options));
    ArrowTable result =
        grade_table(capi::model_of(model), table_of_handle(table, "table"), own, capi::control_of(control));
    capi::make_handle(graded, "graded", std::move(result));
  });
}

chainqual_status chainqual_grade_panel_table(const chainqual_severity_model* model, const chainqual_table* table,
                                             const chainqual_grade_panel_table_options* options,
                                             const chainqual_control* control, chainqual_table** graded,
                                             chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto given = capi::settled(options);
    auto own = grade_options_of<GradePanelOptions>(given);
    own.problem = string_of(given.problem);
    own.expert = string_of(given.expert);
    own.rule = capi::rule_of(given.rule);
    ArrowTable result =
        grade_panel_table(capi::model_of(model), table_of_handle(table, "table"), own, capi::control_of(control));
    capi::make_handle(graded, "graded", std::move(result));
  });
}

chainqual_status chainqual_network_from_table(const chainqual_table* links, const chainqual_table* enterprises,
                                              const chainqual_network_table_options* options,
                                              const chainqual_control* control, chainqual_network** network,
                                              chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const NetworkTableOptions own = options_of(options);
    const Control run = capi::control_of(control);
    const ArrowTable& rows = table_of_handle(links, "links");
    NetworkTables tables = enterprises == nullptr ? network_from_table(rows, own, run)
                                                  : network_from_table(enterprises->table, rows, own, run);
    capi::make_handle(network, "network", std::move(tables.network), std::move(tables.keys));
    capi::report(control, std::move(tables.findings));
  });
}

chainqual_status chainqual_network_table(const chainqual_network* network, chainqual_table** table,
                                         chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Network& net = capi::network_of(network);  // refuses null before its keys are looked at
    ArrowTable links = table_of(net, network->keys);
    capi::make_handle(table, "table", std::move(links));
  });
}

chainqual_status chainqual_model_run_table(const chainqual_model_run* run, const chainqual_network* network,
                                           chainqual_table** table, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const KeyTable keys = network == nullptr ? KeyTable() : network->keys;
    ArrowTable losses =
        std::visit([&](const auto& result) { return table_of(result, keys); }, capi::required(run, "run").result);
    capi::make_handle(table, "table", std::move(losses));
  });
}

chainqual_status chainqual_report_arrow(const chainqual_report* report, uint64_t table, chainqual_table** out,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& tables = capi::required(report, "report").tables;
    capi::require_index(table, tables.size());
    ArrowTable result = table_of(tables[static_cast<std::size_t>(table)]);
    capi::make_handle(out, "out", std::move(result));
  });
}
