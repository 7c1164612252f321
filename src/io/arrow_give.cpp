#include <algorithm>
#include <cerrno>
#include <utility>

#include "arrow_format.hpp"
#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using detail::Released;

// --- schemas ---------------------------------------------------------------------------------------------------------

/// What a schema handed out owns. Children and dictionary may have been moved out, which nulls their release.
struct SchemaHold {
  std::string format;
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};

  SchemaHold() = default;
  SchemaHold(const SchemaHold&) = delete;
  SchemaHold& operator=(const SchemaHold&) = delete;
  ~SchemaHold() {
    for (auto& child : children) {
      if (child.release != nullptr) child.release(&child);
    }
    if (dictionary.release != nullptr) dictionary.release(&dictionary);
  }
};

void release_schema(ArrowSchema* schema) {
  delete static_cast<SchemaHold*>(schema->private_data);
  schema->release = nullptr;
}

/// @pre the hold has its children, whose number no longer changes.
ArrowSchema schema_of(std::unique_ptr<SchemaHold> hold, std::int64_t flags) noexcept {
  ArrowSchema schema{};
  schema.format = hold->format.c_str();
  schema.name = hold->name.c_str();
  schema.flags = flags;
  schema.n_children = static_cast<std::int64_t>(hold->children.size());
  schema.children = hold->pointers.empty() ? nullptr : hold->pointers.data();
  schema.dictionary = hold->dictionary.release == nullptr ? nullptr : &hold->dictionary;
  schema.release = release_schema;
  schema.private_data = hold.release();
  return schema;
}

ArrowSchema column_schema(const ArrowColumn& column) {
  const ArrowType& type = column.type();
  auto hold = std::make_unique<SchemaHold>();
  hold->name = column.name();
  hold->format = type.index ? std::string(detail::format_of(*type.index)) : type.format;
  if (type.index) {
    auto values = std::make_unique<SchemaHold>();
    values->format = type.format;
    hold->dictionary = schema_of(std::move(values), ARROW_FLAG_NULLABLE);
  }
  return schema_of(std::move(hold), ARROW_FLAG_NULLABLE | (type.ordered ? ARROW_FLAG_DICTIONARY_ORDERED : 0));
}

ArrowSchema table_schema(const ArrowTable& table) {
  auto hold = std::make_unique<SchemaHold>();
  hold->format = "+s";
  const auto columns = table.columns();
  hold->children.resize(columns.size());
  for (auto& child : hold->children) hold->pointers.push_back(&child);
  for (std::size_t c = 0; c < columns.size(); ++c) hold->children[c] = column_schema(columns[c]);
  return schema_of(std::move(hold), 0);
}

// --- arrays ----------------------------------------------------------------------------------------------------------

/// What an array handed out owns: its share of the buffers, whatever becomes of the other arrays.
struct ArrayHold {
  std::vector<const void*> buffers;
  std::shared_ptr<const void> owner;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};

  ArrayHold() = default;
  ArrayHold(const ArrayHold&) = delete;
  ArrayHold& operator=(const ArrayHold&) = delete;
  ~ArrayHold() {
    for (auto& child : children) {
      if (child.release != nullptr) child.release(&child);
    }
    if (dictionary.release != nullptr) dictionary.release(&dictionary);
  }
};

void release_array(ArrowArray* array) {
  delete static_cast<ArrayHold*>(array->private_data);
  array->release = nullptr;
}

ArrowArray array_of(std::unique_ptr<ArrayHold> hold, std::int64_t length, std::int64_t offset,
                    std::int64_t nulls) noexcept {
  ArrowArray array{};
  array.length = length;
  array.offset = offset;
  array.null_count = nulls;
  array.n_buffers = static_cast<std::int64_t>(hold->buffers.size());
  array.n_children = static_cast<std::int64_t>(hold->children.size());
  array.buffers = hold->buffers.empty() ? nullptr : hold->buffers.data();
  array.children = hold->pointers.empty() ? nullptr : hold->pointers.data();
  array.dictionary = hold->dictionary.release == nullptr ? nullptr : &hold->dictionary;
  array.release = release_array;
  array.private_data = hold.release();
  return array;
}

ArrowArray chunk_array(const ArrowColumn& column, const ArrowChunk& chunk) {
  auto hold = std::make_unique<ArrayHold>();
  hold->owner = column.owner();
  hold->buffers = chunk.buffers;
  if (chunk.dictionary != nullptr) hold->dictionary = chunk_array(column, *chunk.dictionary);
  return array_of(std::move(hold), chunk.length, chunk.offset, chunk.null_count);
}

/// An array of no values; every kind's offsets still have their first one.
ArrowArray empty_array(const ArrowType& type) {
  static constexpr std::int64_t zero = 0;
  const auto of_kind = [](ArrowKind kind) {
    auto hold = std::make_unique<ArrayHold>();
    hold->buffers.assign(static_cast<std::size_t>(detail::buffer_count(kind)), nullptr);
    for (std::size_t b = 1; b < hold->buffers.size(); ++b) hold->buffers[b] = &zero;
    return hold;
  };
  auto hold = of_kind(type.index.value_or(type.kind));
  if (type.index) hold->dictionary = array_of(of_kind(type.kind), 0, 0, 0);
  return array_of(std::move(hold), 0, 0, 0);
}

/// `length` rows of a column from `row` on, all of which lie in one chunk.
ArrowArray column_array(const ArrowColumn& column, std::uint64_t row, std::uint64_t length) {
  if (length == 0) return empty_array(column.type());
  std::size_t at = 0;
  while (row >= column.chunk_begin(at) + static_cast<std::uint64_t>(column.chunks()[at].length)) ++at;
  ArrowChunk part = column.chunks()[at];
  const auto skip = static_cast<std::int64_t>(row - column.chunk_begin(at));
  if (skip != 0 || length != static_cast<std::uint64_t>(part.length)) {
    part.offset += skip;
    part.length = static_cast<std::int64_t>(length);
    if (part.null_count > 0) part.null_count = -1;
  }
  return chunk_array(column, part);
}

ArrowArray table_array(const ArrowTable& table, std::uint64_t row, std::uint64_t length) {
  auto hold = std::make_unique<ArrayHold>();
  hold->buffers.assign(1, nullptr);
  const auto columns = table.columns();
  hold->children.resize(columns.size());
  for (auto& child : hold->children) hold->pointers.push_back(&child);
  for (std::size_t c = 0; c < columns.size(); ++c) hold->children[c] = column_array(columns[c], row, length);
  return array_of(std::move(hold), static_cast<std::int64_t>(length), 0, 0);
}

/// The rows at which some column is cut, with the end.
std::vector<std::uint64_t> cuts_of(const ArrowTable& table) {
  std::vector<std::uint64_t> cuts;
  for (const ArrowColumn& column : table.columns()) {
    for (std::size_t c = 0; c < column.chunks().size(); ++c) cuts.push_back(column.chunk_begin(c));
  }
  cuts.push_back(0);
  cuts.push_back(table.rows());
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

void check_columns(const ArrowTable& table) {
  for (const ArrowColumn& column : table.columns()) {
    if (column.type().kind != ArrowKind::other) continue;
    const Text name = arrow_type_name(column.type());
    throw Error(ErrorCode::wrong_format,
                {"列“" + column.name() + "”是" + name.zh + "，不能交出。请去掉该列。",
                 "Column '" + column.name() + "' is of " + name.en + " and cannot be handed out. Leave it out."});
  }
}

[[noreturn]] void throw_null() {
  throw Error(ErrorCode::invalid_argument, {"缺少用来接收的 Arrow 结构：指针为空。",
                                            "The Arrow struct to write to is missing: the pointer is null."});
}

// --- streams ---------------------------------------------------------------------------------------------------------

struct StreamHold {
  ArrowTable table;
  std::vector<std::uint64_t> cuts;
  std::size_t next = 0;
  std::string error;
};

/// Runs what may throw; the stream's own words for what went wrong stay valid until the next call.
template <class Fn>
int guarded_call(ArrowArrayStream* stream, const Fn& fn) noexcept {
  auto& hold = *static_cast<StreamHold*>(stream->private_data);
  try {
    hold.error.clear();
    fn(hold);
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  } catch (const std::exception& error) {
    try {
      hold.error = error.what();
    } catch (...) {
      hold.error.clear();
    }
    return EINVAL;
  }
}

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return guarded_call(stream, [&](StreamHold& hold) { *out = table_schema(hold.table); });
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  return guarded_call(stream, [&](StreamHold& hold) {
    if (hold.next + 1 >= hold.cuts.size()) {
      *out = ArrowArray{};
      return;
    }
    const std::uint64_t begin = hold.cuts[hold.next];
    *out = table_array(hold.table, begin, hold.cuts[hold.next + 1] - begin);
    ++hold.next;
  });
}

const char* stream_error(ArrowArrayStream* stream) {
  const auto& hold = *static_cast<StreamHold*>(stream->private_data);
  return hold.error.empty() ? nullptr : hold.error.c_str();
}

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<StreamHold*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void give_arrow(const ArrowTable& table, ArrowSchema* schema, ArrowArray* array) {
  if (schema == nullptr || array == nullptr) throw_null();
  check_columns(table);
  if (cuts_of(table).size() > 2) {
    throw Error(ErrorCode::invalid_argument, {"表由多段组成，须作为 Arrow 流交出。",
                                              "The table has several chunks; hand it out as an Arrow stream."});
  }
  ArrowSchema type = table_schema(table);
  Released<ArrowSchema> held(&type);
  *array = table_array(table, 0, table.rows());
  *schema = held.take();
}

void give_arrow(const ArrowTable& table, ArrowArrayStream* stream) {
  if (stream == nullptr) throw_null();
  check_columns(table);
  auto hold = std::make_unique<StreamHold>();
  hold->table = table;
  hold->cuts = cuts_of(table);
  ArrowArrayStream given{};
  given.get_schema = stream_schema;
  given.get_next = stream_next;
  given.get_last_error = stream_error;
  given.release = release_stream;
  given.private_data = hold.release();
  *stream = given;
}

}  // namespace v1
}  // namespace chainqual
