#pragma once

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/io/arrow_abi.hpp"

// An Arrow producer of the tests' own, which shares no code with the library: it lays buffers out by hand and counts
// what is alive.

namespace chainqual::testing {

/// An array with its type, before it is handed out. Buffers are bytes.
struct Produced {
  std::string format;
  std::string name;
  std::int64_t flags = ARROW_FLAG_NULLABLE;
  std::int64_t length = 0;
  std::int64_t null_count = 0;
  std::int64_t offset = 0;
  std::vector<std::vector<unsigned char>> buffers;
  std::vector<bool> absent;  ///< by buffer: its pointer is null
  std::vector<Produced> children;
  std::vector<Produced> dictionary;  ///< none or one
};

template <class T>
std::vector<unsigned char> bytes_of(const std::vector<T>& values) {
  std::vector<unsigned char> bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

inline std::vector<unsigned char> bits_of(const std::vector<bool>& values) {
  std::vector<unsigned char> bytes(values.size() / 8 + 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) bytes[i / 8] = static_cast<unsigned char>(bytes[i / 8] | 1U << (i % 8));
  }
  return bytes;
}

/// A column of fixed-width values; `valid` empty: no nulls.
template <class T>
Produced fixed(std::string format, std::string name, const std::vector<T>& values,
               const std::vector<bool>& valid = {}) {
  Produced column;
  column.format = std::move(format);
  column.name = std::move(name);
  column.length = static_cast<std::int64_t>(values.size());
  column.buffers = {bits_of(valid), bytes_of(values)};
  column.absent = {valid.empty(), false};
  for (const bool there : valid) column.null_count += there ? 0 : 1;
  return column;
}

/// 128-bit decimals out of the low and high words of their coefficients.
inline Produced decimals(std::string format, std::string name, const std::vector<std::uint64_t>& words,
                         const std::vector<bool>& valid = {}) {
  Produced column = fixed(std::move(format), std::move(name), words, valid);
  column.length /= 2;
  return column;
}

template <class Offset>
Produced text(std::string format, std::string name, const std::vector<std::string>& values,
              const std::vector<bool>& valid = {}) {
  std::vector<Offset> offsets{0};
  std::string all;
  for (const auto& value : values) {
    all += value;
    offsets.push_back(static_cast<Offset>(all.size()));
  }
  Produced column = fixed(std::move(format), std::move(name), offsets, valid);
  column.length = static_cast<std::int64_t>(values.size());
  column.buffers.emplace_back(all.begin(), all.end());
  column.absent.push_back(false);
  return column;
}

/// String views; texts beyond 12 bytes go into data buffers of at most `room` bytes each.
inline Produced text_views(std::string name, const std::vector<std::string>& values,
                           const std::vector<bool>& valid = {}, std::size_t room = 40) {
  std::vector<unsigned char> views;
  std::vector<std::vector<unsigned char>> data(1);
  for (const auto& value : values) {
    unsigned char view[16] = {};
    const auto length = static_cast<std::int32_t>(value.size());
    std::memcpy(view, &length, 4);
    if (value.size() <= 12) {
      std::memcpy(view + 4, value.data(), value.size());
    } else {
      if (data.back().size() + value.size() > room) data.emplace_back();
      const auto buffer = static_cast<std::int32_t>(data.size() - 1);
      const auto at = static_cast<std::int32_t>(data.back().size());
      std::memcpy(view + 4, value.data(), 4);
      std::memcpy(view + 8, &buffer, 4);
      std::memcpy(view + 12, &at, 4);
      data.back().insert(data.back().end(), value.begin(), value.end());
    }
    views.insert(views.end(), view, view + 16);
  }
  Produced column = fixed("vu", std::move(name), views, valid);
  column.length = static_cast<std::int64_t>(values.size());
  std::vector<std::int64_t> sizes;
  for (auto& part : data) {
    sizes.push_back(static_cast<std::int64_t>(part.size()));
    column.buffers.push_back(std::move(part));
    column.absent.push_back(false);
  }
  column.buffers.push_back(bytes_of(sizes));
  column.absent.push_back(false);
  return column;
}

inline Produced struct_of(std::vector<Produced> columns) {
  Produced table;
  table.format = "+s";
  table.flags = 0;
  table.length = columns.empty() ? 0 : columns.front().length;
  table.buffers.resize(1);
  table.absent = {true};
  table.children = std::move(columns);
  return table;
}

/// Structs handed out and not released yet.
inline std::int64_t& alive() {
  static std::int64_t count = 0;
  return count;
}

namespace producing {

template <class Struct>
struct Hold {
  std::shared_ptr<const Produced> source;
  std::vector<const void*> buffers;
  std::deque<Struct> children;
  std::vector<Struct*> pointers;
  Struct dictionary{};
};

template <class Struct>
void release(Struct* given) {
  auto* hold = static_cast<Hold<Struct>*>(given->private_data);
  for (auto& child : hold->children) {
    if (child.release != nullptr) child.release(&child);
  }
  if (hold->dictionary.release != nullptr) hold->dictionary.release(&hold->dictionary);
  delete hold;
  given->release = nullptr;
  --alive();
}

inline ArrowSchema schema(const std::shared_ptr<const Produced>& source) {
  auto* hold = new Hold<ArrowSchema>{source, {}, {}, {}, {}};
  for (const auto& child : source->children) {
    hold->children.push_back(schema(std::shared_ptr<const Produced>(source, &child)));
  }
  for (auto& child : hold->children) hold->pointers.push_back(&child);
  if (!source->dictionary.empty()) {
    hold->dictionary = schema(std::shared_ptr<const Produced>(source, &source->dictionary[0]));
  }
  ArrowSchema out{};
  out.format = source->format.c_str();
  out.name = source->name.c_str();
  out.flags = source->flags;
  out.n_children = static_cast<std::int64_t>(hold->children.size());
  out.children = hold->pointers.data();
  out.dictionary = source->dictionary.empty() ? nullptr : &hold->dictionary;
  out.release = release<ArrowSchema>;
  out.private_data = hold;
  ++alive();
  return out;
}

inline ArrowArray array(const std::shared_ptr<const Produced>& source) {
  auto* hold = new Hold<ArrowArray>{source, {}, {}, {}, {}};
  for (std::size_t b = 0; b < source->buffers.size(); ++b) {
    hold->buffers.push_back(source->absent[b] ? nullptr : source->buffers[b].data());
  }
  for (const auto& child : source->children) {
    hold->children.push_back(array(std::shared_ptr<const Produced>(source, &child)));
  }
  for (auto& child : hold->children) hold->pointers.push_back(&child);
  if (!source->dictionary.empty()) {
    hold->dictionary = array(std::shared_ptr<const Produced>(source, &source->dictionary[0]));
  }
  ArrowArray out{};
  out.length = source->length;
  out.null_count = source->null_count;
  out.offset = source->offset;
  out.n_buffers = static_cast<std::int64_t>(hold->buffers.size());
  out.n_children = static_cast<std::int64_t>(hold->children.size());
  out.buffers = hold->buffers.data();
  out.children = hold->pointers.data();
  out.dictionary = source->dictionary.empty() ? nullptr : &hold->dictionary;
  out.release = release<ArrowArray>;
  out.private_data = hold;
  ++alive();
  return out;
}

struct Stream {
  std::vector<std::shared_ptr<const Produced>> batches;
  std::size_t next = 0;
  std::size_t fails_at = SIZE_MAX;
};

}  // namespace producing

/// A schema and an array of the same column or table.
inline std::pair<ArrowSchema, ArrowArray> produce(Produced source) {
  auto shared = std::make_shared<const Produced>(std::move(source));
  return {producing::schema(shared), producing::array(shared)};
}

/// A stream of batches of one type; from batch `fails_at` on it reports an error.
inline ArrowArrayStream produce_stream(std::vector<Produced> batches, std::size_t fails_at = SIZE_MAX) {
  auto* hold = new producing::Stream;
  hold->fails_at = fails_at;
  for (auto& batch : batches) hold->batches.push_back(std::make_shared<const Produced>(std::move(batch)));
  ArrowArrayStream stream{};
  stream.private_data = hold;
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    *out = producing::schema(static_cast<producing::Stream*>(self->private_data)->batches.at(0));
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto& state = *static_cast<producing::Stream*>(self->private_data);
    if (state.next >= state.fails_at) return EIO;
    *out = state.next < state.batches.size() ? producing::array(state.batches[state.next]) : ArrowArray{};
    ++state.next;
    return 0;
  };
  stream.get_last_error = [](ArrowArrayStream*) { return "the disk has gone"; };
  stream.release = [](ArrowArrayStream* self) {
    delete static_cast<producing::Stream*>(self->private_data);
    self->release = nullptr;
    --alive();
  };
  ++alive();
  return stream;
}

}  // namespace chainqual::testing
