#include <cstring>
#include <utility>

#include "arrow_format.hpp"
#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using detail::Released;
using detail::throw_damaged;

[[noreturn]] void throw_use(Text message) {
  throw Error(ErrorCode::invalid_argument, std::move(message));
}

template <class Struct>
void check_given(const Struct* given) {
  if (given == nullptr) {
    throw_use({"缺少 Arrow 结构：指针为空。", "An Arrow struct is missing: the pointer is null."});
  }
  if (given->release == nullptr) {
    throw_use({"Arrow 结构已被释放或取走。", "An Arrow struct was released or taken already."});
  }
}

std::string_view text_or_nothing(const char* text) noexcept {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

/// A column's name and type, as the schema has them.
struct Heading {
  std::string name;
  ArrowType type;
};

Heading heading_of(const ArrowSchema& schema) {
  Heading heading{std::string(text_or_nothing(schema.name)), {}};
  heading.type = detail::type_of_format(text_or_nothing(schema.format));
  if (schema.dictionary == nullptr) return heading;
  const ArrowKind index = heading.type.kind;
  heading.type = detail::type_of_format(text_or_nothing(schema.dictionary->format));
  const bool readable = detail::is_integer(index) && schema.dictionary->dictionary == nullptr;
  if (!readable) {
    heading.type = ArrowType{};
    heading.type.kind = ArrowKind::other;
    heading.type.format = "dictionary";
    return heading;
  }
  if (heading.type.kind == ArrowKind::other) return heading;
  heading.type.index = index;
  heading.type.ordered = (schema.flags & ARROW_FLAG_DICTIONARY_ORDERED) != 0;
  return heading;
}

/// What a schema says of a whole table: the columns of a struct, or one column.
struct Headings {
  bool is_struct = false;
  std::vector<Heading> columns;
};

Headings headings_of(const ArrowSchema& schema) {
  Headings headings;
  headings.is_struct = text_or_nothing(schema.format) == "+s";
  if (!headings.is_struct) {
    headings.columns.push_back(heading_of(schema));
    return headings;
  }
  if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr)) {
    throw_damaged("", 0, {"Arrow 表的列数不成立", "the number of the Arrow table's columns cannot be"});
  }
  for (std::int64_t c = 0; c < schema.n_children; ++c) {
    if (schema.children[c] == nullptr || schema.children[c]->release == nullptr) {
      throw_damaged("", 0, {"Arrow 表的一列没有类型", "a column of the Arrow table has no type"});
    }
    headings.columns.push_back(heading_of(*schema.children[c]));
  }
  return headings;
}

/// The chunk that an array is, `length` values from `skip` on.
ArrowChunk chunk_of(const std::string& column, const ArrowArray& array, std::int64_t skip, std::int64_t length) {
  constexpr std::int64_t most_buffers = 1 << 24;
  const bool fits = array.length >= 0 && array.offset >= 0 && skip >= 0 && length >= 0 && length <= array.length &&
                    skip <= array.length - length && array.n_buffers >= 0 && array.n_buffers <= most_buffers &&
                    (array.n_buffers == 0 || array.buffers != nullptr);
  if (!fits) {
    throw_damaged(
        column, 0,
        {"Arrow 数组的长度、偏移或缓冲区数不成立", "an Arrow array's length, offset or number of buffers cannot be"});
  }
  ArrowChunk chunk;
  chunk.length = length;
  if (__builtin_add_overflow(array.offset, skip, &chunk.offset)) chunk.offset = -1;
  chunk.null_count = array.null_count;
  if (length != array.length && array.null_count > 0) chunk.null_count = -1;
  chunk.buffers.assign(array.buffers, array.buffers + array.n_buffers);
  if (array.dictionary != nullptr) {
    if (array.dictionary->release == nullptr) {
      throw_damaged(column, 0, {"Arrow 字典已被释放", "an Arrow dictionary was released already"});
    }
    chunk.dictionary =
        std::make_shared<const ArrowChunk>(chunk_of(column, *array.dictionary, 0, array.dictionary->length));
  }
  return chunk;
}

/// Collects the chunks of a table's columns.
class Taking {
 public:
  explicit Taking(Headings headings) : headings_(std::move(headings)), chunks_(headings_.columns.size()) {}

  void add(ArrowArray* given) {
    auto held = std::make_shared<Released<ArrowArray>>(given);
    const ArrowArray& array = **held;
    if (!headings_.is_struct) {
      add_column(0, array, 0, array.length);
    } else {
      check_struct(array);
      for (std::size_t c = 0; c < chunks_.size(); ++c) {
        const ArrowArray* child = array.children[c];
        if (child == nullptr || child->release == nullptr) {
          throw_damaged(headings_.columns[c].name, 0, {"Arrow 列已被释放", "an Arrow column was released already"});
        }
        add_column(c, *child, array.offset, array.length);
      }
    }
    owners_->push_back(std::move(held));
  }

  [[nodiscard]] ArrowTable table() && {
    std::vector<ArrowColumn> columns;
    columns.reserve(chunks_.size());
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
      Heading& heading = headings_.columns[c];
      columns.emplace_back(std::move(heading.name), std::move(heading.type), std::move(chunks_[c]), owners_);
    }
    return ArrowTable(std::move(columns));
  }

 private:
  void check_struct(const ArrowArray& array) const {
    const bool fits = array.n_children == static_cast<std::int64_t>(chunks_.size()) &&
                      (array.n_children == 0 || array.children != nullptr) && array.length >= 0 && array.offset >= 0;
    if (!fits) {
      throw_damaged("", 0,
                    {"Arrow 批次的列数与类型不符，或长度为负",
                     "an Arrow batch has other columns than its type says, or a negative length"});
    }
    ArrowChunk rows;
    rows.length = array.length;
    rows.offset = array.offset;
    rows.null_count = array.null_count;
    if (array.n_buffers > 0 && array.buffers != nullptr) rows.buffers.assign(1, array.buffers[0]);
    if (array.length < (std::int64_t{1} << 48) && null_count(rows) != 0) {
      throw_damaged("", 0, {"Arrow 表有整行为空的行", "the Arrow table has rows that are null as a whole"});
    }
  }

  void add_column(std::size_t c, const ArrowArray& array, std::int64_t skip, std::int64_t length) {
    const Heading& heading = headings_.columns[c];
    ArrowChunk chunk = chunk_of(heading.name, array, skip, length);
    detail::check_chunk(heading.name, heading.type, chunk);
    if (chunk.length != 0) chunks_[c].push_back(std::move(chunk));
  }

  Headings headings_;
  std::vector<std::vector<ArrowChunk>> chunks_;
  std::shared_ptr<std::vector<std::shared_ptr<Released<ArrowArray>>>> owners_ =
      std::make_shared<std::vector<std::shared_ptr<Released<ArrowArray>>>>();
};

/// What a call that failed left behind in `out` is nobody's.
template <class Struct>
void check_stream(ArrowArrayStream& stream, int status, Struct& out) {
  if (status == 0) return;
  out.release = nullptr;
  const char* words = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
  const std::string said =
      words == nullptr || *words == '\0' ? std::string(std::strerror(status)) : shown_value(words, 400);
  throw Error(ErrorCode::io_failure,
              {"Arrow 流报错：" + said + "。", "The Arrow stream reports an error: " + said + "."});
}

}  // namespace

ArrowTable take_arrow(ArrowSchema* schema, ArrowArray* array) {
  // Whatever was given is taken, so that a caller never has to ask whether it must release.
  std::optional<Released<ArrowSchema>> type;
  std::optional<Released<ArrowArray>> values;
  if (schema != nullptr && schema->release != nullptr) type.emplace(schema);
  if (array != nullptr && array->release != nullptr) values.emplace(array);
  check_given(type ? type->get() : schema);
  check_given(values ? values->get() : array);
  Taking taking(headings_of(**type));
  taking.add(values->get());
  return std::move(taking).table();
}

ArrowTable take_arrow(ArrowArrayStream* given) {
  check_given(given);
  Released<ArrowArrayStream> stream(given);
  if (stream->get_schema == nullptr || stream->get_next == nullptr) {
    throw_use({"Arrow 流缺少读取函数。", "The Arrow stream has no functions to read it by."});
  }
  Released<ArrowSchema> schema;
  check_stream(*stream, stream->get_schema(stream.get(), schema.get()), *schema);
  check_given(schema.get());
  Taking taking(headings_of(*schema));
  while (true) {
    Released<ArrowArray> batch;
    check_stream(*stream, stream->get_next(stream.get(), batch.get()), *batch);
    if (batch->release == nullptr) break;
    taking.add(batch.get());
  }
  return std::move(taking).table();
}

}  // namespace v1
}  // namespace chainqual
