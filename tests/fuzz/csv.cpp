// Any bytes as a CSV file: no crash; each record's bytes lie behind the last one's; good records have as many cells as
// there are headings; guards and lists round trip.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chainqual;
  std::string content(reinterpret_cast<const char*>(data), size);
  Findings findings(20);
  CsvOptions options;
  options.cell_bytes = 100;
  options.row_fields = 20;
  CsvReader reader(decode_text(FileBytes::of(std::move(content)), "f", std::nullopt, findings), options, findings);
  const std::string_view text = reader.file().text();
  std::size_t behind = reader.raw_heading().size();
  CsvRecord record;
  while (reader.next(record)) {
    const auto begin = static_cast<std::size_t>(record.raw.data() - text.data());
    if (begin < behind || record.raw.empty()) std::abort();
    behind = begin + record.raw.size();
    if (!record.bad && record.cells.size() != reader.headings().size()) std::abort();
    if (reader.file().original(record.raw).empty()) std::abort();
    for (const auto cell : record.cells) {
      if (unguarded(guarded(cell)) != cell) std::abort();
      const auto list = split_list(cell);
      if (split_list(join_list(list)) != list) std::abort();
    }
  }
  if (reader.bad_records() > reader.records()) std::abort();
  for (const auto& finding : findings.kept()) {
    if (to_string(finding, Language::zh).empty() || to_string(finding, Language::en).empty()) std::abort();
  }
  return 0;
}
