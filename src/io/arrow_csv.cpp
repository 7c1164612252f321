#include <cmath>
#include <type_traits>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/table_csv.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

void write_cell(CsvWriter& writer, const ArrowCell& cell) {
  std::visit(
      [&]<class T>(const T& value) {
        if constexpr (std::is_same_v<T, std::monostate>) {
          writer.empty();
        } else if constexpr (std::is_same_v<T, std::string_view>) {
          writer.text(value);
        } else if constexpr (std::is_same_v<T, double>) {
          writer.number(value);
        } else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, ArrowHalf>) {
          float real = 0;
          if constexpr (std::is_same_v<T, float>) {
            real = value;
          } else {
            real = value.to_float();
          }
          // A double's digits would show what single precision does not say.
          if (std::isfinite(real)) {
            writer.digits(arrow_cell_text(value));
          } else {
            writer.number(static_cast<double>(real));
          }
        } else {
          writer.digits(arrow_cell_text(value));
        }
      },
      cell);
}

}  // namespace

void write_table_csv(const ArrowTable& table, const std::filesystem::path& path, const Control& control) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const ArrowColumn& column : table.columns()) writer.text(column.name());
    writer.end();
    constexpr std::uint64_t between = 1U << 14U;
    Progress progress(control, table.rows());
    for (std::uint64_t row = 0; row < table.rows(); ++row) {
      for (const ArrowColumn& column : table.columns()) write_cell(writer, column.cell(row));
      writer.end();
      if ((row + 1) % between != 0) continue;
      throw_if_cancelled(control);
      progress.add(between);
    }
    progress.finish();
  });
}

}  // namespace v1
}  // namespace chainqual
