#include "form_file.hpp"

#include <filesystem>

#include "chainqual/io/file.hpp"
#include "chainqual/map/form_pages.hpp"
#include "session.hpp"

namespace chainqual::cli {
namespace {

std::string ending_of(const std::string& path) {
  return std::filesystem::path(path).extension().string();
}

}  // namespace

void require_form_file(const std::string& path) {
  const std::string ending = ending_of(path);
  if (ending == ".xlsx" || ending == ".html" || ending == ".pdf") return;
  throw UsageError({"不认识的格式 " + screen_safe(ending) + "：表单写成 .xlsx、.html 或 .pdf。",
                    "Unknown format " + screen_safe(ending) + ": forms are written as .xlsx, .html or .pdf."});
}

void write_forms(const std::vector<Form>& forms, const std::string& path, const std::string& day) {
  const std::string ending = ending_of(path);
  if (ending == ".xlsx") {
    write_form_xlsx(forms, path);
  } else {
    write_atomically(path, ending == ".pdf" ? form_pdf(forms, day) : form_html(forms));
  }
}

}  // namespace chainqual::cli
