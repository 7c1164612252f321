#include "report.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <string_view>
#include <variant>

#include "buffers.hpp"
#include "control.hpp"
#include "options.hpp"

using namespace chainqual;

namespace {

const ReportTable& table_at(const chainqual_report* report, uint64_t table) {
  const auto& tables = capi::required(report, "report").tables;
  capi::require_index(table, tables.size());
  return tables[static_cast<std::size_t>(table)];
}

const SheetCell& cell_at(const std::vector<SheetCell>& row, std::size_t column) {
  static const SheetCell empty;
  return column < row.size() ? row[column] : empty;
}

struct AsNumber {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  double operator()(std::monostate) const { return none; }
  double operator()(const std::string&) const { return none; }
  double operator()(double value) const { return value; }
  double operator()(const Decimal& value) const { return value.to_rational().to_double(); }
  double operator()(Grade value) const { return static_cast<double>(value); }
};

struct AsText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(double value) const {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
  }
  std::string operator()(const Decimal& value) const { return value.to_string(); }
  std::string operator()(Grade value) const { return std::string(key_of(value)); }
};

/// What a column holds, by its first cell that is not empty.
int32_t cells_of(const ReportTable& table, std::size_t column) {
  for (const auto& row : table.rows) {
    switch (cell_at(row, column).index()) {
      case 1:
        return CHAINQUAL_CELLS_TEXT;
      case 2:
        return CHAINQUAL_CELLS_NUMBER;
      case 3:
        return CHAINQUAL_CELLS_EXACT;
      case 4:
        return CHAINQUAL_CELLS_GRADE;
      default:
        break;
    }
  }
  return CHAINQUAL_CELLS_EMPTY;
}
static_assert(std::is_same_v<SheetCell, std::variant<std::monostate, std::string, double, Decimal, Grade>>);

template <class Rows, class Key>
uint64_t position_of(const Rows& rows, std::string_view name, Key key) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return key(row) == name; });
  if (found == rows.end()) {
    const std::string shown = shown_value(name);
    throw Error(ErrorCode::not_found,
                {"报告中没有名为 «" + shown + "» 的表或列。", "The report has no table or column «" + shown + "»."});
  }
  return static_cast<uint64_t>(found - rows.begin());
}

}  // namespace

uint64_t chainqual_report_tables(const chainqual_report* report) {
  return report == nullptr ? 0 : report->tables.size();
}

chainqual_status chainqual_report_table(const chainqual_report* report, uint64_t table, chainqual_table_info* info,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    const ReportTable& own = table_at(report, table);
    chainqual_table_info out = CHAINQUAL_TABLE_INFO_INIT;
    out.name = own.key.data();  // of literals, as the columns' names: they end in NUL
    out.name_zh = own.name.zh.c_str();
    out.name_en = own.name.en.c_str();
    out.columns = own.columns.size();
    out.rows = own.rows.size();
    capi::hand_over(out, &capi::required(info, "info"));
  });
}

chainqual_status chainqual_report_column(const chainqual_report* report, uint64_t table, uint64_t column,
                                         chainqual_column_info* info, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const ReportTable& own = table_at(report, table);
    capi::require_index(column, own.columns.size());
    const ReportColumn& one = own.columns[static_cast<std::size_t>(column)];
    chainqual_column_info out = CHAINQUAL_COLUMN_INFO_INIT;
    out.cells = cells_of(own, static_cast<std::size_t>(column));
    out.name = one.key.data();
    out.name_zh = one.zh.data();
    out.name_en = one.en.data();
    capi::hand_over(out, &capi::required(info, "info"));
  });
}

chainqual_status chainqual_report_find(const chainqual_report* report, const char* table, const char* column,
                                       uint64_t* table_index, uint64_t* column_index, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& tables = capi::required(report, "report").tables;
    const auto at =
        position_of(tables, &capi::required(table, "table"), [](const ReportTable& one) { return one.key; });
    uint64_t& table_out = capi::required(table_index, "table_index");
    if (column != nullptr) {
      const auto& columns = tables[static_cast<std::size_t>(at)].columns;
      uint64_t& column_out = capi::required(column_index, "column_index");
      column_out = position_of(columns, column, [](const ReportColumn& one) { return one.key; });
    }
    table_out = at;
  });
}

chainqual_status chainqual_report_numbers(const chainqual_report* report, uint64_t table, uint64_t column,
                                          double* values, uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const ReportTable& own = table_at(report, table);
    capi::require_index(column, own.columns.size());
    std::vector<double> out;
    for (const auto& row : own.rows) {
      out.push_back(std::visit(AsNumber{}, cell_at(row, static_cast<std::size_t>(column))));
    }
    capi::hand_over(out, values, capacity, size);
  });
}

chainqual_status chainqual_report_text(const chainqual_report* report, uint64_t table, uint64_t column, uint64_t row,
                                       char* buffer, uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const ReportTable& own = table_at(report, table);
    capi::require_index(column, own.columns.size());
    capi::require_index(row, own.rows.size());
    const SheetCell& cell = cell_at(own.rows[static_cast<std::size_t>(row)], static_cast<std::size_t>(column));
    capi::hand_over_text(std::visit(AsText{}, cell), buffer, capacity, size);
  });
}

chainqual_status chainqual_report_json(const chainqual_report* report, char* buffer, uint64_t capacity, uint64_t* size,
                                       chainqual_error* error) {
  return capi::guarded(error, [&] {
    const chainqual_report& own = capi::required(report, "report");
    capi::hand_over_text(report_json(*own.dossier, own.report), buffer, capacity, size);
  });
}

chainqual_status chainqual_write_report(const chainqual_report* report, const char* folder, int32_t language,
                                        const chainqual_control* control, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const chainqual_report& own = capi::required(report, "report");
    write_report(*own.dossier, own.report, &capi::required(folder, "folder"), capi::language_of(language),
                 capi::control_of(control));
  });
}
