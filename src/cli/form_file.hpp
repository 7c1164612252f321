#pragma once

#include <string>
#include <vector>

#include "chainqual/io/form.hpp"

namespace chainqual::cli {

/// @throws UsageError where forms cannot be written under such a name: .xlsx, .html and .pdf are what there is.
void require_form_file(const std::string& path);

/// Writes forms by the name's ending. @pre require_form_file.
/// @param day  ISO 8601, kept in a PDF as its day.
/// @throws Error{io_failure}, and as form_pdf.
void write_forms(const std::vector<Form>& forms, const std::string& path, const std::string& day = {});

}  // namespace chainqual::cli
