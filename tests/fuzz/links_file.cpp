// Any bytes as links.csv: no crash; and the fast path over chunks of a few bytes reads the same records as CsvReader
// does over the whole file.

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "../../src/io/links_rows.hpp"
#include "chainqual/io/links_file.hpp"

namespace {

using namespace chainqual;

void compare_paths(const std::string& content) {
  Findings findings(0);
  CsvReader whole(decode_text(FileBytes::of(content), "f", std::nullopt, findings), {}, findings);
  if (!whole.readable() || whole.headings().size() < 2) return;
  detail::LinkLayout layout;
  layout.reader = &whole;
  layout.text = whole.file().text();
  layout.cell_bytes = std::size_t{1} << 20U;
  layout.columns.assign(whole.headings().size(), detail::LinkColumn::other);
  layout.columns[0] = detail::LinkColumn::supplier;
  layout.columns[1] = detail::LinkColumn::customer;
  if (layout.columns.size() > 2) layout.columns[2] = detail::LinkColumn::value;
  std::uint64_t read = 0, records = 0, lines = whole.lines_before(), good = 0;
  detail::LinkRows rows;
  for (std::size_t begin = whole.position(); begin < layout.text.size();) {
    for (const std::size_t end : detail::chunk_ends(layout.text, begin, 7, 4, whole.delimiter())) {
      rows.clear();
      detail::parse_links(layout, begin, end, rows);
      read += rows.read;
      records += rows.records;
      lines += rows.lines;
      good += rows.size();
      begin = end;
    }
  }
  // The same with one chunk: every cut must be between records.
  detail::LinkRows all;
  if (whole.position() < layout.text.size()) detail::parse_links(layout, whole.position(), layout.text.size(), all);
  if (all.read != read || all.records != records || all.size() != good) std::abort();
  CsvRecord record;
  while (whole.next(record)) {
  }
  if (whole.records() != read || whole.records_before() != records || whole.lines_before() != lines) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string content(reinterpret_cast<const char*>(data), size);
  compare_paths("supplier,customer,value\n" + content);
  compare_paths(content);
  const int file = ::memfd_create("links", 0);
  if (file < 0) return 0;
  if (::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size())) {
    try {
      const NetworkTables tables = read_network("/proc/self/fd/" + std::to_string(file));
      if (tables.keys.size() != tables.network.enterprises() || !tables.keys.consistent()) std::abort();
      if (tables.link_rows.loaded + tables.link_rows.rejected != tables.link_rows.read) std::abort();
    } catch (const Error&) {
    }
  }
  ::close(file);
  return 0;
}
