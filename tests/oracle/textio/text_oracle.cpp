// UTF-8 against a decoder by the book, GB18030 against the system's, numbers against strtod.

#include <gtest/gtest.h>
#include <iconv.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <optional>
#include <set>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/text.hpp"
#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;
using namespace textio_test;

/// By RFC 3629's own words: decode, then ask whether the shortest form was used and the code is a scalar value.
std::optional<std::size_t> slow_first_invalid(const std::string& bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    std::size_t length = 1;
    char32_t code = lead;
    if (lead >= 0x80) {
      if ((lead & 0xE0) == 0xC0) {
        length = 2;
        code = lead & 0x1F;
      } else if ((lead & 0xF0) == 0xE0) {
        length = 3;
        code = lead & 0x0F;
      } else if ((lead & 0xF8) == 0xF0) {
        length = 4;
        code = lead & 0x07;
      } else {
        return i;
      }
    }
    if (i + length > bytes.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(bytes[i + k]);
      if ((next & 0xC0) != 0x80) return i;
      code = code << 6 | (next & 0x3F);
    }
    const std::size_t shortest = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (shortest != length || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return i;
    i += length;
  }
  return std::nullopt;
}

RC_GTEST_PROP(TextOracle, Utf8ValidityEqualsTheDecoderByTheBook, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "plain ASCII of more than thirty-two bytes, so that runs are skipped", "\x80", "\xBF", "\xC2", "\xE0",
      "\xA0", "\xED", "\x9F", "\xEF", "\xF0", "\x90", "\xF4", "\x8F", "\xFF", "é", "天", "津", "𠮷", "\xC0", "\xF5"));
  std::string bytes;
  for (const auto& part : parts) bytes += part;
  RC_ASSERT(first_invalid_utf8(bytes) == slow_first_invalid(bytes));
}

TEST(TextOracle, EveryTwoByteUtf8PrefixIsJudgedAlike) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      for (const std::string tail : {"", "\x80", "\x80\x80", "\xBF\xBF"}) {
        const std::string bytes{std::string{static_cast<char>(a), static_cast<char>(b)} + tail};
        ASSERT_EQ(first_invalid_utf8(bytes), slow_first_invalid(bytes)) << a << ' ' << b;
      }
    }
  }
}

#if defined(__GLIBC__)
class SystemDecoder {
 public:
  SystemDecoder() : handle_(::iconv_open("UTF-8", "GB18030")) {}
  SystemDecoder(const SystemDecoder&) = delete;
  SystemDecoder& operator=(const SystemDecoder&) = delete;
  ~SystemDecoder() { static_cast<void>(::iconv_close(handle_)); }
  std::optional<std::string> operator()(std::string bytes) {
    static_cast<void>(::iconv(handle_, nullptr, nullptr, nullptr, nullptr));
    std::string out(16, '\0');
    char* from = bytes.data();
    char* to = out.data();
    std::size_t from_left = bytes.size();
    std::size_t to_left = out.size();
    if (::iconv(handle_, &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1)) return std::nullopt;
    out.resize(out.size() - to_left);
    return out;
  }

 private:
  iconv_t handle_;
};

std::string hex(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    text += digits[static_cast<unsigned char>(c) >> 4U];
    text += digits[static_cast<unsigned char>(c) & 15U];
  }
  return text;
}

// Where glibc and the 2022 edition (as WHATWG has it) part.
const std::set<std::string> known_differences{"A3A0", "FE51", "FE52", "FE53", "FE6C", "FE76", "FE91"};

TEST(TextOracle, TwoByteGb18030EqualsTheSystemsButForKnownCodes) {
  SystemDecoder system;
  std::set<std::string> differences;
  for (int lead = 0x81; lead <= 0xFE; ++lead) {
    for (int trail = 0x40; trail <= 0xFE; ++trail) {
      if (trail == 0x7F) continue;
      const std::string code{static_cast<char>(lead), static_cast<char>(trail)};
      std::string ours;
      ASSERT_EQ(append_gb18030(code, ours), std::nullopt) << hex(code);
      if (system(code) != ours) differences.insert(hex(code));
    }
  }
  EXPECT_EQ(differences, known_differences);
}

TEST(TextOracle, FourByteGb18030EqualsTheSystems) {
  SystemDecoder system;
  for (int a = 0x81; a <= 0x84; ++a) {
    for (int b = 0x30; b <= 0x39; ++b) {
      for (int c = 0x81; c <= 0xFE; ++c) {
        for (int d = 0x30; d <= 0x39; ++d) {
          const std::string code{static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                                 static_cast<char>(d)};
          std::string ours;
          const bool good = append_gb18030(code, ours) == std::nullopt;
          const auto theirs = system(code);
          // glibc leaves the four-byte codes of some private-use characters out.
          if (theirs) {
            ASSERT_TRUE(good) << hex(code);
            ASSERT_EQ(ours, *theirs) << hex(code);
          }
        }
      }
    }
  }
  for (const std::string code : {"\x90\x30\x81\x30", "\x95\x34\xB2\x35", "\xE3\x32\x9A\x35"}) {
    std::string ours;
    EXPECT_EQ(append_gb18030(code, ours), std::nullopt);
    EXPECT_EQ(system(code), ours) << hex(code);
  }
}
#endif

TEST(TextOracle, StrictGb18030RefusesWhatIsNoCode) {
  for (const std::string code :
       {"\x80", "\xFF", "\x81", "\x81\x7F", "\x81\xFF", "\x81\x30", "\x81\x30\x81", "\x81\x30\x81\x2F",
        "\x84\x31\xA4\x40", "\xE3\x32\x9A\x36", "\xFE\x39\xFE\x39", "\x85\x30\x81\x30"}) {
    std::string out;
    EXPECT_EQ(append_gb18030("ab" + code, out), 2U) << shown_value(code);
    EXPECT_EQ(out, "ab");
  }
}

RC_GTEST_PROP(TextOracle, RealsEqualStrtod, ()) {
  const auto whole = *rc::gen::inRange<std::uint64_t>(0, 1'000'000'000'000U);
  const auto fraction = *rc::gen::container<std::string>(rc::gen::inRange('0', static_cast<char>('9' + 1)));
  const auto exponent = *rc::gen::inRange(-30, 30);
  const std::string cell = std::to_string(whole) + "." + fraction + "0e" + std::to_string(exponent);
  Findings findings;
  CellConverter converter("t", findings);
  RC_ASSERT(converter.real(cell, {}).value() == std::strtod(cell.c_str(), nullptr));
}

}  // namespace
