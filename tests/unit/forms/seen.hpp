#pragma once

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "chainqual/io/form.hpp"
#include "unit/tableio/inflate.hpp"
#include "unit/tableio/workspace.hpp"

// Forms as a spreadsheet program or a browser reads them: the workbook unpacked and parsed, the page's cells.

namespace chainqual::testing {

struct SeenCell {
  std::string type;  ///< "s" text, "" number
  std::string value;
  friend bool operator==(const SeenCell&, const SeenCell&) = default;
};

struct SeenSheet {
  std::map<std::string, SeenCell> cells;  ///< that hold something, by "A1"
  std::set<std::string> merged;
  std::map<int, double> heights;  ///< points, by row
};

[[nodiscard]] inline boost::property_tree::ptree parsed(const std::string& text) {
  std::istringstream in(text);
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(in, tree);
  return tree;
}

[[nodiscard]] inline SeenSheet sheet_of(std::span<const Form> forms, int number = 1) {
  const Workspace workspace;
  write_form_xlsx(forms, workspace.path("form.xlsx"));
  const auto book = unzip(bytes_of(workspace.path("form.xlsx")));
  std::vector<std::string> strings;
  const auto shared = parsed(book.at("xl/sharedStrings.xml"));
  for (const auto& [tag, item] : shared.get_child("sst")) {
    if (tag == "si") strings.push_back(item.get<std::string>("t"));
  }
  SeenSheet seen;
  const auto page = parsed(book.at("xl/worksheets/sheet" + std::to_string(number) + ".xml"));
  for (const auto& [row_tag, row] : page.get_child("worksheet.sheetData")) {
    if (const auto height = row.get_optional<double>("<xmlattr>.ht"))
      seen.heights[row.get<int>("<xmlattr>.r")] = *height;
    for (const auto& [tag, cell] : row) {
      if (tag != "c") continue;
      EXPECT_EQ(cell.count("f"), 0U) << "a formula";
      const auto type = cell.get<std::string>("<xmlattr>.t", "");
      const auto value = cell.get<std::string>("v", "");
      if (value.empty()) continue;
      seen.cells[cell.get<std::string>("<xmlattr>.r")] = {type, type == "s" ? strings.at(std::stoul(value)) : value};
    }
  }
  if (const auto merged = page.get_child_optional("worksheet.mergeCells")) {
    for (const auto& [tag, cell] : *merged) {
      if (tag == "mergeCell") seen.merged.insert(cell.get<std::string>("<xmlattr>.ref"));
    }
  }
  return seen;
}

[[nodiscard]] inline SeenSheet sheet_of(const Form& form) {
  return sheet_of(std::span(&form, 1));
}

/// The texts of a page's cells in order, entities undone.
[[nodiscard]] inline std::vector<std::string> html_cells(const std::string& html) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; at < html.size(); ++at) {
    if (html.compare(at, 3, "<td") != 0 && (html.compare(at, 3, "<th") != 0 || html.compare(at, 6, "<thead") == 0)) {
      continue;
    }
    const std::string close = html.compare(at, 3, "<td") == 0 ? "</td>" : "</th>";
    const auto begin = html.find('>', at) + 1;
    const auto end = html.find(close, begin);
    std::string text;
    for (std::size_t i = begin; i < end;) {
      if (html[i] == '<') {
        const auto tag_end = html.find('>', i);
        if (html.compare(i, 4, "<br>") == 0) text += '\n';
        if (html.compare(i, 7, "</span>") == 0 && html.compare(i + 7, 5, "<span") == 0) text += "  ";
        i = tag_end + 1;
        continue;
      }
      bool entity = false;
      for (const auto& [name, sign] : {std::pair{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}) {
        if (html.compare(i, std::string_view(name).size(), name) != 0) continue;
        text += sign;
        i += std::string_view(name).size();
        entity = true;
        break;
      }
      if (!entity) text += html[i++];
    }
    cells.push_back(text);
    at = end;
  }
  return cells;
}

/// The texts of a form's cells in order.
[[nodiscard]] inline std::vector<std::string> form_cells(const Form& form) {
  std::vector<std::string> cells;
  for (const FormBlock& block : form.blocks) {
    for (const PlacedFormCell& at : placed_cells(block)) cells.push_back(form_text(*at.cell));
  }
  return cells;
}

}  // namespace chainqual::testing
