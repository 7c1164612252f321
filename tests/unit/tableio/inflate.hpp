#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace chainqual::testing {

/// Expands a raw DEFLATE stream (RFC 1951), plainly and slowly.
class Inflate {
 public:
  explicit Inflate(std::string_view bytes) : bytes_(bytes) {}

  std::string run() {
    bool last = false;
    while (!last) {
      last = bits(1) == 1;
      const unsigned kind = bits(2);
      if (kind == 0) {
        stored();
      } else if (kind == 1) {
        fixed();
      } else if (kind == 2) {
        dynamic();
      } else {
        throw std::runtime_error("bad block");
      }
    }
    return out_;
  }

 private:
  struct Code {
    std::map<std::pair<unsigned, unsigned>, unsigned> symbols;  // (length, bits) → symbol
  };

  unsigned bits(unsigned count) {
    unsigned value = 0;
    for (unsigned i = 0; i < count; ++i, ++position_) {
      const auto byte = static_cast<unsigned char>(bytes_.at(position_ / 8));
      value |= ((byte >> (position_ % 8)) & 1U) << i;
    }
    return value;
  }

  static Code code_of(const std::vector<unsigned>& lengths) {
    Code code;
    unsigned next = 0;
    for (unsigned length = 1; length <= 15; ++length) {
      next <<= 1U;
      for (unsigned symbol = 0; symbol < lengths.size(); ++symbol) {
        if (lengths[symbol] == length) code.symbols[{length, next++}] = symbol;
      }
    }
    return code;
  }

  unsigned symbol(const Code& code) {
    unsigned value = 0;
    for (unsigned length = 1; length <= 15; ++length) {
      value = (value << 1U) | bits(1);
      if (const auto at = code.symbols.find({length, value}); at != code.symbols.end()) return at->second;
    }
    throw std::runtime_error("bad code");
  }

  void stored() {
    position_ = (position_ + 7) / 8 * 8;
    const unsigned length = bits(16);
    (void)bits(16);
    for (unsigned i = 0; i < length; ++i) out_ += static_cast<char>(bits(8));
  }

  void fixed() {
    std::vector<unsigned> lengths(288, 8);
    for (unsigned i = 144; i < 256; ++i) lengths[i] = 9;
    for (unsigned i = 256; i < 280; ++i) lengths[i] = 7;
    body(code_of(lengths), code_of(std::vector<unsigned>(30, 5)));
  }

  void dynamic() {
    const unsigned literals = bits(5) + 257;
    const unsigned distances = bits(5) + 1;
    const unsigned count = bits(4) + 4;
    constexpr std::array<unsigned, 19> order{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    std::vector<unsigned> lengths(19, 0);
    for (unsigned i = 0; i < count; ++i) lengths[order[i]] = bits(3);
    const Code code = code_of(lengths);
    std::vector<unsigned> all;
    while (all.size() < literals + distances) {
      const unsigned next = symbol(code);
      if (next < 16) {
        all.push_back(next);
      } else if (next == 16) {
        all.insert(all.end(), bits(2) + 3, all.back());
      } else {
        all.insert(all.end(), next == 17 ? bits(3) + 3 : bits(7) + 11, 0);
      }
    }
    body(code_of({all.begin(), all.begin() + literals}), code_of({all.begin() + literals, all.end()}));
  }

  void body(const Code& literals, const Code& distances) {
    constexpr std::array<unsigned, 29> base{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                            31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    constexpr std::array<unsigned, 29> extra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                             2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    constexpr std::array<unsigned, 30> far{1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                           33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                           1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    for (unsigned next = symbol(literals); next != 256; next = symbol(literals)) {
      if (next < 256) {
        out_ += static_cast<char>(next);
        continue;
      }
      const unsigned length = base.at(next - 257) + bits(extra.at(next - 257));
      const unsigned code = symbol(distances);
      const unsigned distance = far.at(code) + bits(code < 2 ? 0 : code / 2 - 1);
      for (unsigned i = 0; i < length; ++i) out_ += out_.at(out_.size() - distance);
    }
  }

  std::string_view bytes_;
  std::size_t position_ = 0;
  std::string out_;
};

/// The members of a ZIP archive by name, read through its central directory.
inline std::map<std::string, std::string> unzip(std::string_view zip) {
  const auto number = [&](std::size_t at, unsigned bytes) {
    std::size_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) value |= std::size_t{static_cast<unsigned char>(zip.at(at + i))} << (8 * i);
    return value;
  };
  std::map<std::string, std::string> members;
  const std::size_t end = zip.rfind("PK\x05\x06");
  std::size_t entry = number(end + 16, 4);
  for (std::size_t count = number(end + 10, 2); count > 0; --count) {
    const std::size_t size = number(entry + 20, 4);
    const std::size_t name = number(entry + 28, 2);
    const std::size_t local = number(entry + 42, 4);
    const std::size_t data = local + 30 + number(local + 26, 2) + number(local + 28, 2);
    const std::string_view packed = zip.substr(data, size);
    members[std::string(zip.substr(entry + 46, name))] =
        number(entry + 10, 2) == 0 ? std::string(packed) : Inflate(packed).run();
    entry += 46 + name + number(entry + 30, 2) + number(entry + 32, 2);
  }
  return members;
}

}  // namespace chainqual::testing
