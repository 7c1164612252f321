// What the fuzz targets of the C interface share: the bytes of a program of calls, and what must hold after each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <span>
#include <string>

#include "chainqual.h"

namespace fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}
/// The program's bytes; zeros when they are used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  /// Mostly small, now and then enormous.
  std::uint32_t number() {
    const std::uint8_t b = byte();
    return b >= 0xFE ? std::numeric_limits<std::uint32_t>::max() - (b - 0xFEU) : b % 16U;
  }
  std::int32_t enumerator() { return static_cast<std::int32_t>(byte() % 9) - 1; }
  double share() {
    const std::uint8_t b = byte();
    if (b == 0xFF) return std::numeric_limits<double>::quiet_NaN();
    if (b == 0xFE) return -std::numeric_limits<double>::infinity();
    return b / 200.0;
  }
  /// A text of up to 7 bytes of any kind but NUL.
  std::string text() {
    std::string result;
    for (std::size_t length = byte() % 8; length > 0; --length) {
      const char c = static_cast<char>(byte());
      if (c != '\0') result += c;
    }
    return result;
  }
  std::string rest() {
    std::string result(rest_.begin(), rest_.end());
    rest_ = {};
    return result;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

/// The size of a struct: right, or any.
inline std::uint32_t size_of(Bytes& bytes, std::size_t right) {
  const std::uint8_t b = bytes.byte();
  return b < 200 ? static_cast<std::uint32_t>(right) : static_cast<std::uint32_t>((b - 200) * 4);
}

/// Ends the program unless a call ended in a known status, with a message in both languages where it failed.
inline bool check(chainqual_status status, const chainqual_error& error, const chainqual_findings* findings) {
  require(status >= CHAINQUAL_OK && status <= CHAINQUAL_CONFLICT && status != CHAINQUAL_INTERNAL);
  require(error.code == status && (status == CHAINQUAL_OK) == (error.message[0] == '\0'));
  require(std::memchr(error.message, '\0', sizeof error.message) != nullptr);
  require(std::memchr(error.message_zh, '\0', sizeof error.message_zh) != nullptr);
  const std::uint64_t kept = chainqual_findings_kept(findings);
  if (kept != 0) {
    std::array<char, 4096> text;
    static_cast<void>(
        chainqual_findings_text(findings, kept - 1, CHAINQUAL_ZH, text.data(), text.size(), nullptr, nullptr));
  }
  return status == CHAINQUAL_OK;
}

}  // namespace fuzz
