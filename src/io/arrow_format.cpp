#include "arrow_format.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace chainqual {
inline namespace v1 {
namespace {

struct KindRow {
  ArrowKind kind;
  std::string_view format;
  std::size_t bytes;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array<KindRow, 20> kinds{{
    {ArrowKind::null, "n", 0, "空类型", "null"},
    {ArrowKind::boolean, "b", 0, "真假值", "boolean"},
    {ArrowKind::int8, "c", 1, "8 位整数", "int8"},
    {ArrowKind::uint8, "C", 1, "8 位无符号整数", "uint8"},
    {ArrowKind::int16, "s", 2, "16 位整数", "int16"},
    {ArrowKind::uint16, "S", 2, "16 位无符号整数", "uint16"},
    {ArrowKind::int32, "i", 4, "32 位整数", "int32"},
    {ArrowKind::uint32, "I", 4, "32 位无符号整数", "uint32"},
    {ArrowKind::int64, "l", 8, "64 位整数", "int64"},
    {ArrowKind::uint64, "L", 8, "64 位无符号整数", "uint64"},
    {ArrowKind::float16, "e", 2, "半精度小数", "float16"},
    {ArrowKind::float32, "f", 4, "单精度小数", "float32"},
    {ArrowKind::float64, "g", 8, "双精度小数", "float64"},
    {ArrowKind::utf8, "u", 4, "文本", "text"},
    {ArrowKind::large_utf8, "U", 8, "文本", "text"},
    {ArrowKind::utf8_view, "vu", 16, "文本", "text"},
    {ArrowKind::decimal128, "", 16, "十进制数", "decimal"},
    {ArrowKind::date32, "tdD", 4, "日期", "date"},
    {ArrowKind::date64, "tdm", 8, "日期", "date"},
    {ArrowKind::other, "", 0, "其他类型", "another type"},
}};

const KindRow& row_of(ArrowKind kind) noexcept {
  return kinds[static_cast<std::size_t>(kind)];
}

/// "d:5,2" or "d:5,2,128".
std::optional<ArrowType> decimal_of(std::string_view format) {
  std::array<int, 3> parts{0, 0, 128};
  const char* p = format.data() + 2;
  const char* const end = format.data() + format.size();
  std::size_t count = 0;
  while (count < parts.size()) {
    const auto [rest, failed] = std::from_chars(p, end, parts[count]);
    if (failed != std::errc()) return std::nullopt;
    ++count;
    p = rest;
    if (p == end) break;
    if (*p++ != ',') return std::nullopt;
  }
  if (p != end || count < 2 || parts[2] != 128 || parts[0] < 1 || parts[0] > 38) return std::nullopt;
  if (parts[1] < -38 || parts[1] > 38) return std::nullopt;
  return ArrowType{ArrowKind::decimal128, std::string(format), std::nullopt, false, parts[0], parts[1]};
}

}  // namespace

ArrowType arrow_type(ArrowKind kind) {
  return {kind, std::string(row_of(kind).format), std::nullopt, false, 0, 0};
}

ArrowType arrow_decimal_type(int precision, int scale) {
  return {ArrowKind::decimal128,
          "d:" + std::to_string(precision) + "," + std::to_string(scale),
          std::nullopt,
          false,
          precision,
          scale};
}

Text arrow_type_name(const ArrowType& type) {
  Text name{std::string(row_of(type.kind).zh), std::string(row_of(type.kind).en)};
  if (type.kind == ArrowKind::decimal128) {
    const std::string size = "(" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ")";
    name = {name.zh + size, name.en + size};
  }
  if (type.kind == ArrowKind::other) name = {"类型“" + type.format + "”", "type '" + type.format + "'"};
  if (type.index) name = {name.zh + "的字典", "dictionary of " + name.en};
  return name;
}

namespace detail {

ArrowType type_of_format(std::string_view format) {
  if (format.starts_with("d:")) {
    if (auto decimal = decimal_of(format)) return *std::move(decimal);
  }
  for (const auto& row : kinds) {
    if (!row.format.empty() && row.format == format) return arrow_type(row.kind);
  }
  ArrowType type;
  type.kind = ArrowKind::other;
  type.format = shown_value(format);
  return type;
}

std::string_view format_of(ArrowKind kind) noexcept {
  return row_of(kind).format;
}

std::size_t value_bytes(ArrowKind kind) noexcept {
  return row_of(kind).bytes;
}

std::int64_t buffer_count(ArrowKind kind) noexcept {
  if (kind == ArrowKind::null) return 0;
  return is_text(kind) ? 3 : 2;
}

Text fix_of_other(std::string_view format) {
  if (format == "+s") {
    return {"请先把嵌套列展开成多列（如 polars 的 unnest）",
            "unnest it into columns of its own first (polars: unnest)"};
  }
  if (format.starts_with('+')) {
    return {"请先展开（如 polars 的 explode）或改成文本", "explode it into rows, or turn it into text, first"};
  }
  if (format == "z" || format == "Z" || format == "vz" || format.starts_with("w:")) {
    return {"请先把二进制列转换为 UTF-8 文本", "cast the binary column to UTF-8 text first"};
  }
  if (format.starts_with("ts") || format.starts_with("tt")) {
    return {"请先转换为日期", "cast it to a date first"};
  }
  if (format.starts_with("d:")) {
    return {"请先转换为 128 位十进制数（至多 38 位）", "cast it to a decimal128 of at most 38 digits first"};
  }
  return {"请先转换为整数、小数、十进制数、日期或文本", "cast it to integers, floats, decimals, dates or text first"};
}

void throw_damaged(const std::string& column, std::uint64_t row, Text what) {
  Finding finding;
  finding.code = ErrorCode::wrong_format;
  finding.where.column = column;
  finding.where.record = row;
  finding.rule = std::move(what);
  finding.fix = {"请核对产生该 Arrow 表的程序", "look into the program that made the Arrow table"};
  Findings findings;
  findings.add(std::move(finding));
  throw error_from(std::move(findings));
}

void check_chunk(const std::string& column, const ArrowType& type, const ArrowChunk& chunk) {
  const auto refuse = [&](Text what) { throw_damaged(column, 0, std::move(what)); };
  // 64 bytes and more a value stay below the range of pointers.
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() >> 8;
  if (chunk.length < 0 || chunk.offset < 0 || chunk.length > most || chunk.offset > most) {
    refuse({"Arrow 数组的长度或偏移为负或过大", "an Arrow array's length or offset is negative or too large"});
  }
  if (chunk.null_count < -1 || chunk.null_count > chunk.length) {
    refuse({"Arrow 数组的空值数与长度矛盾", "an Arrow array's count of nulls contradicts its length"});
  }
  if (type.kind == ArrowKind::other) return;
  const ArrowKind stored = type.index.value_or(type.kind);
  const auto buffers = static_cast<std::int64_t>(chunk.buffers.size());
  const std::int64_t wanted = buffer_count(stored);
  if (stored == ArrowKind::utf8_view ? buffers < wanted : stored != ArrowKind::null && buffers != wanted) {
    refuse(
        {"Arrow 数组有 " + std::to_string(buffers) + " 个缓冲区，应有 " + std::to_string(wanted) + " 个",
         "an Arrow array has " + std::to_string(buffers) + " buffers where " + std::to_string(wanted) + " are needed"});
  }
  if (stored != ArrowKind::null && chunk.length != 0 && chunk.buffers[1] == nullptr) {
    refuse({"Arrow 数组缺少数据缓冲区", "an Arrow array's buffer of values is missing"});
  }
  if (stored != ArrowKind::null && chunk.null_count > 0 && chunk.buffers[0] == nullptr) {
    refuse({"Arrow 数组有空值却没有有效位图", "an Arrow array has nulls but no validity bitmap"});
  }
  if (type.index.has_value() != (chunk.dictionary != nullptr)) {
    refuse({"Arrow 字典列缺少字典", "an Arrow dictionary column comes without its dictionary"});
  }
  if (!type.index) return;
  ArrowType values = type;
  values.index.reset();
  check_chunk(column, values, *chunk.dictionary);
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
