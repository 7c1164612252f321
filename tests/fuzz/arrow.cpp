// Any bytes as an Arrow table: types, lengths, offsets and values that contradict one another, in buffers that are as
// long as a producer owes them. Whatever it says, it is read or refused with an Error, released once, and nothing is
// read outside its buffers.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <vector>

#include "chainqual/io/grade_table.hpp"
#include "chainqual/io/network_table.hpp"

namespace {

using namespace chainqual;

int alive = 0;

void require(bool holds) {
  if (!holds) std::abort();
}

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  bool rarely() { return byte() > 250; }
  /// A small number; now and then one far out.
  std::int64_t number(std::int64_t most) {
    const std::uint8_t b = byte();
    if (b == 255) return INT64_MAX - 3;
    if (b == 254) return -1;
    return b % (most + 1);
  }

 private:
  std::span<const std::uint8_t> rest_;
};

template <class Struct>
struct Hold {
  std::string format;
  std::string name;
  std::vector<std::unique_ptr<unsigned char[]>> memory;  // exact lengths, so that a sanitizer sees each step beyond
  std::vector<const void*> buffers;
  std::vector<Struct> children;
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
  --alive;
}

constexpr const char* formats[] = {"n",   "b",   "c",  "C",  "s", "S",      "i",         "I",     "l",
                                   "L",   "e",   "f",  "g",  "u", "U",      "vu",        "d:5,2", "d:38,-3",
                                   "tdD", "tdm", "+s", "+l", "z", "d:99,1", "d:5,2,256", "",      "tsn:"};
constexpr const char* names[] = {"impact", "影响程度",   "diffusion", "urgency",    "supplier", "customer",
                                 "value",  "dependency", "escape",    "enterprise", "problem",  ""};

std::size_t width_of(const std::string& format) {
  if (format == "c" || format == "C") return 1;
  if (format == "s" || format == "S" || format == "e") return 2;
  if (format == "i" || format == "I" || format == "f" || format == "tdD") return 4;
  if (format == "vu" || format.starts_with("d:")) return 16;
  return 8;
}

void add_buffer(Hold<ArrowArray>& hold, Bytes& bytes, std::size_t size) {
  auto memory = std::make_unique<unsigned char[]>(size);
  for (std::size_t k = 0; k < size; ++k) memory[k] = bytes.byte();
  hold.buffers.push_back(bytes.rarely() ? nullptr : memory.get());
  hold.memory.push_back(std::move(memory));
}

/// Buffers of a column of `rows` values, as long as the format says; their bytes are anything.
void add_buffers(Hold<ArrowArray>& hold, Bytes& bytes, const std::string& format, std::size_t rows) {
  if (format == "n") return;
  if (bytes.byte() % 2 == 0) {
    hold.buffers.push_back(nullptr);
  } else {
    add_buffer(hold, bytes, rows / 8 + 1);
  }
  if (format == "b") {
    add_buffer(hold, bytes, rows / 8 + 1);
  } else if (format == "u" || format == "U" || format == "z") {
    // The last offset tells how long the text is: that one a producer must get right.
    const std::size_t width = format == "U" ? 8 : 4;
    constexpr std::size_t text = 24;
    add_buffer(hold, bytes, width * (rows + 1));
    if (hold.buffers.back() != nullptr) {
      auto* offsets = hold.memory.back().get();
      for (std::size_t r = 0; r <= rows; ++r) {
        const std::int64_t at =
            bytes.rarely() ? -5 : static_cast<std::int64_t>(std::min<std::size_t>(text, r * (bytes.byte() % 8)));
        std::memcpy(offsets + width * r, &at, width);
      }
    }
    add_buffer(hold, bytes, text);
  } else {
    add_buffer(hold, bytes, width_of(format) * rows);
  }
  if (format != "vu") return;
  const std::size_t texts = bytes.byte() % 3;
  std::vector<std::int64_t> sizes;
  for (std::size_t t = 0; t < texts; ++t) {
    sizes.push_back(bytes.byte() % 40);
    add_buffer(hold, bytes, static_cast<std::size_t>(sizes.back()));
  }
  auto memory = std::make_unique<unsigned char[]>(8 * texts);
  if (texts != 0) std::memcpy(memory.get(), sizes.data(), 8 * texts);
  hold.buffers.push_back(memory.get());
  hold.memory.push_back(std::move(memory));
}

struct Column {
  ArrowSchema schema{};
  ArrowArray array{};
};

Column column_of(Bytes& bytes, std::int64_t length, bool dictionaries) {
  auto* type = new Hold<ArrowSchema>;
  auto* hold = new Hold<ArrowArray>;
  type->format = formats[bytes.byte() % std::size(formats)];
  type->name = names[bytes.byte() % std::size(names)];
  Column column;
  column.array.length = bytes.rarely() ? bytes.number(20) : length;
  column.array.offset = bytes.rarely() ? bytes.number(3) : bytes.byte() % 3;
  column.array.null_count = bytes.byte() % 4 == 0 ? bytes.number(5) : -1;
  const auto rows =
      static_cast<std::size_t>(std::max<std::int64_t>(0, std::min<std::int64_t>(column.array.length, 64)) +
                               std::max<std::int64_t>(0, std::min<std::int64_t>(column.array.offset, 64)));
  add_buffers(*hold, bytes, type->format, rows);
  column.schema.format = type->format.c_str();
  column.schema.name = bytes.rarely() ? nullptr : type->name.c_str();
  if (dictionaries && bytes.byte() % 4 == 0) {
    Column values = column_of(bytes, bytes.byte() % 6, false);
    type->dictionary = values.schema;
    hold->dictionary = values.array;
    column.schema.dictionary = &type->dictionary;
    column.array.dictionary = bytes.rarely() ? nullptr : &hold->dictionary;
  }
  column.schema.release = release<ArrowSchema>;
  column.schema.private_data = type;
  column.array.release = release<ArrowArray>;
  column.array.private_data = hold;
  column.array.n_buffers = bytes.rarely() ? bytes.number(4) : static_cast<std::int64_t>(hold->buffers.size());
  // A number of buffers beyond those there are would be read from memory that nobody gave.
  column.array.n_buffers = std::min(column.array.n_buffers, static_cast<std::int64_t>(hold->buffers.size()));
  column.array.buffers = hold->buffers.data();
  alive += 2;
  return column;
}

Column table_of_bytes(Bytes& bytes) {
  auto* type = new Hold<ArrowSchema>;
  auto* hold = new Hold<ArrowArray>;
  type->format = "+s";
  const std::int64_t length = bytes.byte() % 24;
  const std::size_t columns = bytes.byte() % 7;
  Column table;
  table.array.offset = bytes.byte() % 3 == 0 ? bytes.number(2) : 0;
  const std::int64_t below = std::max<std::int64_t>(0, std::min<std::int64_t>(table.array.offset, 64));
  for (std::size_t c = 0; c < columns; ++c) {
    const Column column = column_of(bytes, length + below, true);
    type->children.push_back(column.schema);
    hold->children.push_back(column.array);
  }
  for (auto& child : type->children) type->pointers.push_back(&child);
  for (auto& child : hold->children) hold->pointers.push_back(&child);
  hold->buffers.assign(1, nullptr);
  table.schema.format = type->format.c_str();
  table.schema.n_children = static_cast<std::int64_t>(columns);
  table.schema.children = type->pointers.data();
  table.schema.release = release<ArrowSchema>;
  table.schema.private_data = type;
  table.array.length = length;
  table.array.null_count = bytes.rarely() ? bytes.number(3) : 0;
  table.array.n_buffers = 1;
  table.array.buffers = hold->buffers.data();
  table.array.n_children =
      bytes.rarely() && columns > 0 ? static_cast<std::int64_t>(columns) - 1 : static_cast<std::int64_t>(columns);
  table.array.children = hold->pointers.data();
  table.array.release = release<ArrowArray>;
  table.array.private_data = hold;
  alive += 2;
  return table;
}

template <class Fn>
void reads_or_refuses(const Fn& fn) {
  try {
    fn();
  } catch (const Error& error) {
    require(error.code() != ErrorCode::internal && !error.message().zh.empty() && !error.message().en.empty());
  }
}

void use(const ArrowTable& table) {
  for (const ArrowColumn& column : table.columns()) {
    require(column.rows() == table.rows() && column.nulls() <= column.rows());
    for (std::uint64_t row = 0; row < column.rows(); ++row) {
      reads_or_refuses([&] { static_cast<void>(arrow_cell_text(column.cell(row))); });
    }
  }
  reads_or_refuses([&] {
    const ArrowTable graded = grade_table(SeverityModel(), table);
    require(graded.rows() == table.rows());
  });
  reads_or_refuses([&] { static_cast<void>(grade_panel_table(SeverityModel(), table)); });
  reads_or_refuses([&] {
    const NetworkTables network = network_from_table(table);
    require(network.keys.size() == network.network.enterprises());
  });
  reads_or_refuses([&] {
    ArrowArrayStream stream{};
    give_arrow(table, &stream);
    const ArrowTable back = take_arrow(&stream);
    require(back.rows() == table.rows() && back.columns().size() == table.columns().size());
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  {
    Column table = table_of_bytes(bytes);
    reads_or_refuses([&] { use(take_arrow(&table.schema, &table.array)); });
    require(table.schema.release == nullptr && table.array.release == nullptr);
  }
  require(alive == 0);
  return 0;
}
