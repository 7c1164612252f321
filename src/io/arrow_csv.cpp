#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <type_traits>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/table_csv.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// From here on doubles skip whole numbers: what is larger is written with an exponent, so that a code or number which
/// a spreadsheet took for a value shows that its last digits are lost.
constexpr double largest_sure = 9007199254740992.0;

void write_cell(CsvWriter& writer, const ArrowCell& cell) {
  std::visit(
      [&]<class T>(const T& value) {
        if constexpr (std::is_same_v<T, std::monostate>) {
          writer.empty();
        } else if constexpr (std::is_same_v<T, std::string_view>) {
          writer.text(value);
        } else if constexpr (std::is_same_v<T, double>) {
          if (std::isfinite(value) && std::abs(value) >= largest_sure) {
            std::array<char, 32> text{};
            const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::scientific).ptr;
            writer.digits({text.data(), static_cast<std::size_t>(end - text.data())});
          } else {
            writer.number(value);
          }
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
