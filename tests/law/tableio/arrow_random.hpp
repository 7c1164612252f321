#pragma once

#include <rapidcheck.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "chainqual/io/arrow_make.hpp"

// Random columns, and the same columns cut elsewhere.

namespace chainqual::testing {

/// Chunks of a column again, cut at other places by offset and length.
inline ArrowColumn recut(const ArrowColumn& column) {
  std::vector<ArrowChunk> chunks;
  for (const ArrowChunk& chunk : column.chunks()) {
    std::int64_t at = 0;
    while (at < chunk.length) {
      ArrowChunk part = chunk;
      part.offset = chunk.offset + at;
      part.null_count = -1;
      if (*rc::gen::arbitrary<bool>()) {
        part.length = 0;
        chunks.push_back(part);
      }
      part.length = *rc::gen::inRange<std::int64_t>(1, chunk.length - at + 1);
      at += part.length;
      chunks.push_back(std::move(part));
    }
  }
  return ArrowColumn(column.name(), column.type(), std::move(chunks), column.owner());
}

inline ArrowTable recut(const ArrowTable& table) {
  std::vector<ArrowColumn> columns;
  for (const ArrowColumn& column : table.columns()) columns.push_back(recut(column));
  return ArrowTable(std::move(columns));
}

inline std::vector<std::uint8_t> presence(std::size_t rows) {
  if (*rc::gen::arbitrary<bool>()) return {};
  return *rc::gen::container<std::vector<std::uint8_t>>(rows, rc::gen::inRange<std::uint8_t>(0, 2));
}

template <class T>
std::vector<T> numbers(std::size_t rows) {
  return *rc::gen::container<std::vector<T>>(rows, rc::gen::arbitrary<T>());
}

inline std::vector<std::string> words(std::size_t rows) {
  return *rc::gen::container<std::vector<std::string>>(
      rows, rc::gen::element<std::string>("", "a", "甲", "天津市", "exactly12byt", "more than twelve bytes",
                                          "产业链质量提升联合体"));
}

inline ArrowColumn random_column(const std::string& name, std::size_t rows) {
  const auto present = presence(rows);
  switch (*rc::gen::inRange(0, 11)) {
    case 0:
      return arrow_numbers(name, numbers<std::int8_t>(rows), present);
    case 1:
      return arrow_numbers(name, numbers<std::uint16_t>(rows), present);
    case 2:
      return arrow_numbers(name, numbers<std::int32_t>(rows), present);
    case 3:
      return arrow_numbers(name, numbers<std::int64_t>(rows), present);
    case 4:
      return arrow_numbers(name, numbers<std::uint64_t>(rows), present);
    case 5:
      return arrow_numbers(name, numbers<float>(rows), present);
    case 6:
      return arrow_numbers(name, numbers<double>(rows), present);
    case 7:
      return arrow_truths(
          name, *rc::gen::container<std::vector<std::uint8_t>>(rows, rc::gen::inRange<std::uint8_t>(0, 2)), present);
    case 8:
      return arrow_text(name, std::span<const std::string>(words(rows)), present);
    case 9: {
      std::vector<Decimal> values;
      for (const std::int32_t value : numbers<std::int32_t>(rows)) values.emplace_back(value, *rc::gen::inRange(0, 6));
      return arrow_decimals(name, values, present);
    }
    default: {
      const auto index = std::make_shared<const std::vector<std::uint8_t>>(
          *rc::gen::container<std::vector<std::uint8_t>>(rows, rc::gen::inRange<std::uint8_t>(0, 3)));
      static constexpr std::array<std::string_view, 3> texts{"低", "中", "高"};
      return arrow_words(name, *index, index, texts, *rc::gen::arbitrary<bool>(), present);
    }
  }
}

}  // namespace chainqual::testing
