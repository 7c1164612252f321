#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "chainqual/io/chain_folder.hpp"

// The shipped chains, read once, and the tables of what the documents hold.
namespace chainqual::shipped {

using Counts = std::map<std::string, int>;

inline const ChainFile& file(const std::string& name) {
  static std::map<std::string, ChainFile> read;
  const auto at = read.find(name);
  if (at != read.end()) return at->second;
  return read.emplace(name, read_chain(std::string(CHAINQUAL_DATASETS) + "/" + name)).first->second;
}

/// Rows of tests/data/datasets/<table>, heading and comment lines left out. Cells hold no quotes or commas.
inline std::vector<std::vector<std::string>> expected(const std::string& table) {
  std::ifstream in(std::string(CHAINQUAL_TEST_DATA) + "/datasets/" + table);
  if (!in) throw std::runtime_error("missing tests/data/datasets/" + table);
  std::vector<std::vector<std::string>> rows;
  bool heading = true;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (heading) {
      heading = false;
      continue;
    }
    std::vector<std::string> cells;
    std::istringstream split(line);
    for (std::string cell; std::getline(split, cell, ',');) cells.push_back(cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

inline Counts totals(const std::string& dataset) {
  Counts counts;
  for (const auto& row : expected("totals.csv")) {
    if (row.at(0) == dataset) counts[row.at(1)] = std::stoi(row.at(2));
  }
  return counts;
}

/// Whether a source such as "… 附表1上游与中游 …" names the annex row of that stage.
inline bool annex_row_names(const std::string& source, Stage stage) {
  const auto annex = source.find("附表1");
  if (annex == std::string::npos) return false;
  // The clause ends at the first mark after the annex: what follows speaks of other places.
  std::size_t end = source.size();
  for (const char* mark : {"；", "、", "（", "，"}) end = std::min(end, source.find(mark, annex));
  return source.substr(annex, end - annex).find(label_of(stage, Language::zh)) != std::string::npos;
}

}  // namespace chainqual::shipped
