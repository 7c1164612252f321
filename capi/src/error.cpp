#include <algorithm>
#include <ios>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include "buffers.hpp"
#include "control.hpp"
#include "options.hpp"

namespace chainqual::capi {
namespace {

// Statuses are the library's own codes.
template <chainqual_status status, ErrorCode code>
constexpr bool tied = status == static_cast<std::int32_t>(code);
static_assert(tied<CHAINQUAL_OK, ErrorCode::ok> && tied<CHAINQUAL_INVALID_ARGUMENT, ErrorCode::invalid_argument>);
static_assert(tied<CHAINQUAL_INVALID_VALUE, ErrorCode::invalid_value>);
static_assert(tied<CHAINQUAL_SHAPE_MISMATCH, ErrorCode::shape_mismatch>);
static_assert(tied<CHAINQUAL_OUT_OF_RANGE, ErrorCode::out_of_range> && tied<CHAINQUAL_OVERFLOW, ErrorCode::overflow>);
static_assert(tied<CHAINQUAL_NOT_FOUND, ErrorCode::not_found> && tied<CHAINQUAL_DUPLICATE, ErrorCode::duplicate>);
static_assert(tied<CHAINQUAL_UNKNOWN_REFERENCE, ErrorCode::unknown_reference>);
static_assert(tied<CHAINQUAL_BAD_ENCODING, ErrorCode::bad_encoding>);
static_assert(tied<CHAINQUAL_BAD_SYNTAX, ErrorCode::bad_syntax>);
static_assert(tied<CHAINQUAL_MISSING_COLUMN, ErrorCode::missing_column>);
static_assert(tied<CHAINQUAL_UNKNOWN_COLUMN, ErrorCode::unknown_column>);
static_assert(tied<CHAINQUAL_MISSING_VALUE, ErrorCode::missing_value>);
static_assert(tied<CHAINQUAL_LIMIT_EXCEEDED, ErrorCode::limit_exceeded>);
static_assert(tied<CHAINQUAL_WRONG_FORMAT, ErrorCode::wrong_format>);
static_assert(tied<CHAINQUAL_VERSION_MISMATCH, ErrorCode::version_mismatch>);
static_assert(tied<CHAINQUAL_CHECKSUM_MISMATCH, ErrorCode::checksum_mismatch>);
static_assert(tied<CHAINQUAL_IO_FAILURE, ErrorCode::io_failure> && tied<CHAINQUAL_CANCELLED, ErrorCode::cancelled>);
static_assert(tied<CHAINQUAL_NOT_CONVERGED, ErrorCode::not_converged>);
static_assert(tied<CHAINQUAL_NO_SOLUTION, ErrorCode::no_solution>);
static_assert(tied<CHAINQUAL_OUT_OF_MEMORY, ErrorCode::out_of_memory>);
static_assert(tied<CHAINQUAL_DECLARED_DIFFERS, ErrorCode::declared_differs>);
static_assert(tied<CHAINQUAL_SUSPICIOUS, ErrorCode::suspicious>);
static_assert(tied<CHAINQUAL_ILLEGAL_STEP, ErrorCode::illegal_step>);
static_assert(tied<CHAINQUAL_INTERNAL, ErrorCode::internal> && tied<CHAINQUAL_CONFLICT, ErrorCode::conflict>);
static_assert(Names<ErrorCode>::table.size() == static_cast<std::size_t>(CHAINQUAL_CONFLICT) + 1,
              "a code without a status: add it to chainqual.h");
static_assert(CHAINQUAL_ZH == static_cast<int>(Language::zh) && CHAINQUAL_EN == static_cast<int>(Language::en));

/// Copies as many whole characters as fit, and a NUL. Bytes that are no UTF-8 are cut anywhere.
void copy_cut(std::string_view text, char* into, std::size_t room) noexcept {
  std::size_t length = std::min(text.size(), room - 1);
  if (length < text.size()) {
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  }
  text.copy(into, length);
  into[length] = '\0';
}

/// Fills what the caller's struct has room for; allocates nothing, so that it can tell of exhausted memory.
void fill(chainqual_error* error, ErrorCode code, std::string_view zh, std::string_view en) noexcept {
  constexpr std::size_t head = offsetof(chainqual_error, message);
  if (error == nullptr || error->struct_size < head) return;
  error->code = static_cast<chainqual_status>(code);
  std::size_t rest = error->struct_size - head;
  if (rest == 0) return;
  copy_cut(en, error->message, std::min(rest, sizeof error->message));
  if (rest <= sizeof error->message) return;
  rest -= sizeof error->message;
  copy_cut(zh, error->message_zh, std::min(rest, sizeof error->message_zh));
}

chainqual_status failed(chainqual_error* error, ErrorCode code, const char* zh, const char* en) noexcept {
  fill(error, code, zh, en);
  return static_cast<chainqual_status>(code);
}

/// A collector holds what the last call found and nothing older, whatever ended that call.
void collect(const Findings& findings, Findings* sink) noexcept {
  if (sink == nullptr) return;
  try {
    *sink = findings;
  } catch (...) {
    *sink = Findings();  // no memory for them: the status and its message still tell of the failure
  }
}

}  // namespace

chainqual_status success(chainqual_error* error) noexcept {
  fill(error, ErrorCode::ok, {}, {});
  return CHAINQUAL_OK;
}

chainqual_status failure(chainqual_error* error, Findings* sink) noexcept {
  if (sink != nullptr) *sink = Findings();
  try {
    throw;
  } catch (const Error& thrown) {
    fill(error, thrown.code(), thrown.message().zh, thrown.message().en);
    collect(thrown.findings(), sink);
    return static_cast<chainqual_status>(thrown.code());
  } catch (const std::bad_alloc&) {
    return failed(error, ErrorCode::out_of_memory, "内存不足。", "Memory is exhausted.");
  } catch (const std::length_error&) {
    return failed(error, ErrorCode::out_of_memory, "所需的内存超出可寻址的范围。",
                  "More memory is needed than can be addressed.");
  } catch (const std::system_error& thrown) {  // of files, threads and streams alike
    fill(error, ErrorCode::io_failure, thrown.what(), thrown.what());
    return CHAINQUAL_IO_FAILURE;
  } catch (const std::exception& thrown) {
    fill(error, ErrorCode::internal, thrown.what(), thrown.what());
    return CHAINQUAL_INTERNAL;
  } catch (...) {
    return failed(error, ErrorCode::internal, "未知的异常。", "An unknown exception.");
  }
}

void throw_null(const char* parameter) {
  throw Error(ErrorCode::invalid_argument, {std::string("参数 ") + parameter + " 不能为空指针。",
                                            std::string("The parameter ") + parameter + " must not be NULL."});
}

void throw_wrong_use(const char* zh, const char* en) {
  throw Error(ErrorCode::invalid_argument, {zh, en});
}

void throw_bad_size(std::uint32_t size, std::size_t least) {
  throw Error(ErrorCode::invalid_argument,
              {"struct_size 为 " + std::to_string(size) + "，不是该结构体的大小（本版本为 " + std::to_string(least) +
                   "）；请用 CHAINQUAL_…_INIT 初始化。",
               "struct_size is " + std::to_string(size) + ", no size of this struct (here it has " +
                   std::to_string(least) + "); start from CHAINQUAL_..._INIT."});
}

void throw_too_small(std::uint64_t capacity, std::uint64_t size) {
  throw Error(
      ErrorCode::shape_mismatch,
      {"缓冲区可容纳 " + std::to_string(capacity) + " 项，结果有 " + std::to_string(size) + " 项；请加大缓冲区。",
       "The buffer has room for " + std::to_string(capacity) + " entries and the result has " + std::to_string(size) +
           "; give a larger one."});
}

void throw_too_long(const char* parameter) {
  throw Error(ErrorCode::limit_exceeded,
              {std::string("参数 ") + parameter + " 的项数超出可寻址的内存。",
               std::string("The parameter ") + parameter + " has more entries than memory can hold."});
}

void require_index(std::uint64_t index, std::uint64_t size) {
  if (index < size) return;
  throw Error(
      ErrorCode::out_of_range,
      {"序号 " + std::to_string(index) + " 超出范围：从 0 数起，共 " + std::to_string(size) + " 项。",
       "There is no entry " + std::to_string(index) + ", counted from 0; there are " + std::to_string(size) + "."});
}

void throw_unknown_number(std::int64_t number, const char* parameter) {
  throw Error(
      ErrorCode::invalid_argument,
      {std::string("参数 ") + parameter + " 的取值 " + std::to_string(number) + " 没有定义。",
       std::string("The parameter ") + parameter + " is " + std::to_string(number) + ", which stands for nothing."});
}

Language language_of(std::int32_t language) {
  if (language == CHAINQUAL_ZH) return Language::zh;
  if (language == CHAINQUAL_EN) return Language::en;
  throw_unknown_number(language, "language");
}

void require_apart(std::initializer_list<Bytes> outputs, std::initializer_list<Bytes> inputs) {
  const auto shared = [](const Bytes& a, const Bytes& b) {
    const auto left = reinterpret_cast<std::uintptr_t>(a.begin);
    const auto right = reinterpret_cast<std::uintptr_t>(b.begin);
    return a.size != 0 && b.size != 0 && left < right + b.size && right < left + a.size;
  };
  for (const Bytes* out = outputs.begin(); out != outputs.end(); ++out) {
    bool meets = std::any_of(inputs.begin(), inputs.end(), [&](const Bytes& in) { return shared(*out, in); });
    meets = meets || std::any_of(out + 1, outputs.end(), [&](const Bytes& other) { return shared(*out, other); });
    if (meets) {
      throw_wrong_use("结果缓冲区与输入或另一个结果缓冲区重叠。",
                      "A buffer for results overlaps an input or another such buffer.");
    }
  }
}

void hand_over_text(std::string_view text, char* buffer, std::uint64_t capacity, std::uint64_t* size) {
  if (buffer == nullptr && size == nullptr) throw_null("size");
  const std::uint64_t needed = std::uint64_t{text.size()} + 1;
  if (buffer != nullptr) {
    if (capacity < needed) throw_too_small(capacity, needed);
    text.copy(buffer, text.size());
    buffer[text.size()] = '\0';
  }
  if (size != nullptr) *size = needed;
}

void hand_over(const std::vector<Text>& texts, std::uint64_t index, std::int32_t language, const char** out) {
  require_index(index, texts.size());
  const std::string& text = texts[static_cast<std::size_t>(index)].in(language_of(language));
  required(out, "text") = text.c_str();
}

}  // namespace chainqual::capi

using namespace chainqual;

const char* chainqual_status_name(chainqual_status status) {
  return name_of(static_cast<ErrorCode>(status)).data();  // literals, which end in NUL
}

chainqual_status chainqual_status_describe(chainqual_status status, int32_t language, char* buffer, uint64_t capacity,
                                           uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Text text = describe(static_cast<ErrorCode>(status));
    capi::hand_over_text(text.in(capi::language_of(language)), buffer, capacity, size);
  });
}
