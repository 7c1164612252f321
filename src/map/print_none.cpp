#include "chainqual/core/error.hpp"
#include "chainqual/map/print.hpp"

// Stands in for print_cairo.cpp where Cairo and Pango were not found.
namespace chainqual {
inline namespace v1 {
namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorCode::invalid_argument,
              {"本程序编译时没有 Cairo 和 Pango，不能写 PDF 和 PNG。请安装 libpango1.0-dev 后重新编译，或改用 .svg",
               "this build has neither Cairo nor Pango and writes no PDF or PNG. Install libpango1.0-dev and build "
               "again, or write .svg"});
}

}  // namespace

bool can_print() noexcept {
  return false;
}

std::vector<std::string> missing_characters(const Scene&) {
  return {};
}

std::string to_pdf(const Scene&, const PrintOptions&) {
  refuse();
}

std::string to_pdf(std::span<const Scene>, const PrintOptions&) {
  refuse();
}

std::string to_png(const Scene&, const PrintOptions&) {
  refuse();
}

}  // namespace v1
}  // namespace chainqual
