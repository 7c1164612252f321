#include "shown_table.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"

namespace chainqual::cli {
namespace {

/// Six digits, as people read them.
std::string short_digits(double value) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value < 0 ? "-∞" : "∞";
  std::array<char, 32> text{};
  const bool small = value != 0 && std::abs(value) < 1e-4;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 small ? std::chars_format::scientific : std::chars_format::general, small ? 3 : 6)
                       .ptr;
  return {text.data(), end};
}

struct CellText {
  const Session& session;
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(double value) const { return short_digits(value); }
  std::string operator()(const Decimal& value) const { return value.to_string(); }
  std::string operator()(Grade grade) const { return std::string(label_of(grade, session.language)); }
};

struct CellJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(const std::string& text) const { return text; }
  Json operator()(double value) const {
    if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
    return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
  }
  Json operator()(const Decimal& value) const { return value.to_string(); }
  Json operator()(Grade grade) const { return std::string(key_of(grade)); }
};

void write_csv(const ShownTable& table, const std::string& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const ShownColumn& column : table.columns) writer.text(column.key);
    writer.end();
    for (const auto& row : table.rows) {
      for (const SheetCell& cell : row) {
        const auto* real = std::get_if<double>(&cell);
        if (real != nullptr && !std::isfinite(*real)) {
          writer.text(CellJson{}(*real).get<std::string>());
        } else if (real != nullptr) {
          writer.number(*real);
        } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
          writer.digits(decimal->to_string());
        } else if (const auto* text = std::get_if<std::string>(&cell)) {
          writer.text(*text);
        } else {
          writer.empty();
        }
      }
      writer.end();
    }
  });
}

}  // namespace

SheetCell count_cell(std::uint64_t value) {
  return static_cast<double>(value);
}

SheetCell exact_cell(const std::optional<Rational>& value) {
  if (!value) return {};
  if (const auto decimal = Decimal::parse(value->to_string())) return *decimal;
  return value->to_double();
}

Json shown_json(const ShownTable& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json one = Json::object();
    for (std::size_t k = 0; k < row.size(); ++k) one[table.columns[k].key] = std::visit(CellJson{}, row[k]);
    rows.push_back(std::move(one));
  }
  return rows;
}

std::string shown_text(const Session& session, const ShownTable& table) {
  Table text;
  for (std::size_t k = 0; k < table.columns.size(); ++k) {
    bool number = !table.rows.empty();
    for (const auto& row : table.rows) number = number && !std::holds_alternative<std::string>(row[k]);
    text.column(session.say(table.columns[k].name), number ? Align::right : Align::left, table.columns[k].wide);
  }
  for (const auto& row : table.rows) {
    std::vector<Table::Cell> cells;
    for (const SheetCell& cell : row) cells.emplace_back(std::visit(CellText{session}, cell));
    text.row(std::move(cells));
  }
  return session.ink()(Ink::bold, screen_safe(session.say(table.name))) + "\n" +
         (table.rows.empty() ? "  –\n" : text.text(session.ink(), session.width()));
}

void write_shown(const Session& session, const std::vector<ShownTable>& tables, const std::string& path) {
  if (std::filesystem::path(path).extension() != ".xlsx") {
    write_csv(tables.front(), path);
    return;
  }
  std::vector<Sheet> sheets;
  for (const ShownTable& table : tables) {
    Sheet sheet{session.say(table.name), {}, {}};
    for (const ShownColumn& column : table.columns) sheet.headings.push_back(session.say(column.name));
    for (auto row : table.rows) {
      for (SheetCell& cell : row) {
        const auto* real = std::get_if<double>(&cell);
        if (real != nullptr && !std::isfinite(*real)) cell = short_digits(*real);
      }
      sheet.rows.push_back(std::move(row));
    }
    sheets.push_back(std::move(sheet));
  }
  write_xlsx(sheets, path);
}

}  // namespace chainqual::cli
