#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "arrow_cells.hpp"
#include "arrow_format.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Zeros among bits [begin, begin + count).
std::int64_t zero_bits(const std::uint8_t* bits, std::int64_t begin, std::int64_t count) noexcept {
  std::int64_t ones = 0;
  const auto bit = [&](std::int64_t at) { return bits[at >> 3] >> (at & 7) & 1; };
  std::int64_t at = begin;
  const std::int64_t end = begin + count;
  for (; at < end && (at & 7) != 0; ++at) ones += bit(at);
  for (; at + 64 <= end; at += 64) {
    std::uint64_t word = 0;
    std::memcpy(&word, bits + (at >> 3), sizeof word);
    ones += std::popcount(word);
  }
  for (; at < end; ++at) ones += bit(at);
  return count - ones;
}

bool aligned(const void* data, std::size_t to) noexcept {
  void* start = const_cast<void*>(data);  // std::align only moves it
  std::size_t space = to;
  return std::align(to, 1, start, space) == data;
}

}  // namespace

std::int64_t null_count(const ArrowChunk& chunk) noexcept {
  if (chunk.null_count >= 0) return chunk.null_count;
  if (chunk.buffers.empty() || chunk.buffers[0] == nullptr) return 0;
  return zero_bits(static_cast<const std::uint8_t*>(chunk.buffers[0]), chunk.offset, chunk.length);
}

ArrowColumn::ArrowColumn() : state_(std::make_shared<const State>()) {}

ArrowColumn::ArrowColumn(std::string name, ArrowType type, std::vector<ArrowChunk> chunks,
                         std::shared_ptr<const void> owner) {
  auto state = std::make_shared<State>();
  state->begins.reserve(chunks.size());
  for (const ArrowChunk& chunk : chunks) {
    detail::check_chunk(name, type, chunk);
    state->begins.push_back(state->rows);
    state->rows += static_cast<std::uint64_t>(chunk.length);
  }
  state->name = std::move(name);
  state->type = std::move(type);
  state->chunks = std::move(chunks);
  state->owner = std::move(owner);
  state_ = std::move(state);
}

ArrowColumn ArrowColumn::renamed(std::string name) const {
  auto state = std::make_shared<State>(*state_);
  state->name = std::move(name);
  ArrowColumn column;
  column.state_ = std::move(state);
  return column;
}

std::uint64_t ArrowColumn::nulls() const noexcept {
  std::uint64_t count = 0;
  for (const ArrowChunk& chunk : state_->chunks) {
    count +=
        static_cast<std::uint64_t>(type().kind == ArrowKind::null && !type().index ? chunk.length : null_count(chunk));
  }
  return count;
}

ArrowCell ArrowColumn::cell(std::uint64_t row) const {
  if (row >= rows()) {
    throw Error(ErrorCode::out_of_range, {"列“" + name() + "”没有第 " + std::to_string(row + 1) + " 行。",
                                          "Column '" + name() + "' has no row " + std::to_string(row + 1) + "."});
  }
  const auto behind = std::upper_bound(state_->begins.begin(), state_->begins.end(), row);
  // Chunks may be empty: the last one that begins at the row or before it holds the row.
  const auto chunk = static_cast<std::size_t>(behind - state_->begins.begin() - 1);
  return detail::ChunkCells(*this, chunk).cell(static_cast<std::int64_t>(row - state_->begins[chunk]));
}

const void* ArrowColumn::numbers(std::size_t at, ArrowKind kind, std::size_t size) const noexcept {
  const ArrowChunk& chunk = state_->chunks[at];
  if (type().kind != kind || type().index || chunk.length == 0 || null_count(chunk) != 0) return nullptr;
  const auto* data =
      static_cast<const unsigned char*>(chunk.buffers[1]) + chunk.offset * static_cast<std::int64_t>(size);
  return aligned(data, size) ? data : nullptr;
}

ArrowTable::ArrowTable(std::vector<ArrowColumn> columns) : columns_(std::move(columns)) {
  if (columns_.empty()) return;
  rows_ = columns_.front().rows();
  for (const ArrowColumn& column : columns_) {
    if (column.rows() == rows_) continue;
    const std::string got = std::to_string(column.rows());
    const std::string want = std::to_string(rows_);
    throw Error(ErrorCode::shape_mismatch,
                {"列“" + column.name() + "”有 " + got + " 行，而第一列有 " + want + " 行；各列行数必须相同。",
                 "Column '" + column.name() + "' has " + got + " rows and the first column " + want +
                     "; all columns must have the same number."});
  }
}

const ArrowColumn* ArrowTable::find(std::string_view name) const {
  const ArrowColumn* found = nullptr;
  for (const ArrowColumn& column : columns_) {
    if (column.name() != name) continue;
    if (found != nullptr) {
      const std::string shown = shown_value(name);
      throw Error(ErrorCode::duplicate, {"有两列都叫“" + shown + "”。请改掉其中一个列名。",
                                         "Two columns are named '" + shown + "'. Rename one of them."});
    }
    found = &column;
  }
  return found;
}

const ArrowColumn& ArrowTable::at(std::string_view name) const {
  if (const ArrowColumn* found = find(name)) return *found;
  Nearest nearest(name);
  std::vector<std::string> all;
  for (const ArrowColumn& column : columns_) {
    nearest.offer(column.name());
    if (all.size() < 20) all.push_back(shown_value(column.name()));
  }
  auto words = std::move(nearest).take();
  const bool near = !words.empty();
  if (!near) words = all;
  const std::string shown = shown_value(name);
  Text message{"没有名为“" + shown + "”的列。", "No column is named '" + shown + "'."};
  if (near) {
    message.zh += "是否指 " + quoted_list(words, "、") + "？";
    message.en += " Is " + quoted_list(words, ", ") + " meant?";
  } else if (!words.empty()) {
    message.zh += "表中有：" + quoted_list(words, "、") + "。";
    message.en += " The table has: " + quoted_list(words, ", ") + ".";
  }
  throw Error(ErrorCode::missing_column, std::move(message));
}

}  // namespace v1
}  // namespace chainqual
