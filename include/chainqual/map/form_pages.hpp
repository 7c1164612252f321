#pragma once

#include <span>
#include <string>
#include <vector>

#include "chainqual/io/form.hpp"
#include "chainqual/map/print.hpp"
#include "chainqual/map/scene.hpp"

namespace chainqual {
inline namespace v1 {

/// Forms as drawings of A4 sheets, upright or across as each form says: the layout of the standard's forms, headings
/// again on each page, rows kept whole where a page can hold them, page numbers below.
///
/// @param forms  one or more.
/// @return the pages, form by form; texts stay within their cells.
/// @throws Error{invalid_argument} as form_html. Error{invalid_value} a number is not finite.
/// @complexity O(cells + text).
/// @numerics As text_width.
/// @threads Pure.
/// @source ISO 216 (sheets).
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Scene> form_pages(std::span<const Form> forms);

/// Forms as one PDF, a page for each of `form_pages`.
///
/// @param forms  one or more.
/// @param date   ISO 8601 day written into the file as its creation; anything else: 1970-01-01.
/// @returns the document's bytes.
/// @throws as form_pages, and as to_pdf.
/// @complexity As form_pages.
/// @numerics As to_pdf.
/// @threads Reads only.
/// @source As form_pages.
/// @since 0.1, experimental.
[[nodiscard]] std::string form_pdf(std::span<const Form> forms, const std::string& date = {});

}  // namespace v1
}  // namespace chainqual
