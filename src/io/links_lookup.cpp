#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "links_rows.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

/// Finds where rows of a chunk stand, going forward.
class RowPlaces {
 public:
  RowPlaces(const LinkLayout& layout, std::size_t begin, std::size_t end)
      : layout_(layout), reader_(layout.reader->part(begin, end, ignored_)) {}

  const CsvRecord& at(std::size_t start) {
    while (record_.raw.data() != layout_.text.data() + start) {
      if (!reader_.next(record_)) break;
    }
    return record_;
  }

 private:
  const LinkLayout& layout_;
  Findings ignored_{0};
  CsvReader reader_;
  CsvRecord record_;
};

std::size_t column_of(const LinkLayout& layout, LinkColumn column) noexcept {
  return static_cast<std::size_t>(std::find(layout.columns.begin(), layout.columns.end(), column) -
                                  layout.columns.begin());
}

void report_unknown(const LinkLayout& layout, const CsvRecord& record, LinkColumn column, const PackedKey& key,
                    Findings& findings) {
  Finding finding;
  finding.code = ErrorCode::unknown_reference;
  finding.where = layout.reader->place(record, column_of(layout, column));
  finding.value = shown_value(key.view());
  finding.rule = {"企业表里没有这家企业", "the enterprises table has no such enterprise"};
  finding.fix = {"请改正编号，或在企业表里加上它", "mend the id, or add the enterprise to the table"};
  findings.add(std::move(finding));
}

void report_self_supply(const LinkLayout& layout, const CsvRecord& record, const PackedKey& key, Findings& findings) {
  Finding finding;
  finding.level = FindingLevel::warning;
  finding.code = ErrorCode::suspicious;
  finding.where = layout.reader->place(record, column_of(layout, LinkColumn::customer));
  finding.value = shown_value(key.view());
  finding.rule = {"企业供应自己，传播计算不计", "an enterprise supplies itself; propagation leaves it out"};
  finding.fix = {"若填错请改正，否则不必处理", "mend it if it is a slip, else let it be"};
  findings.add(std::move(finding));
}

}  // namespace

void look_up_links(const LinkLayout& layout, std::size_t begin, std::size_t end, KeyIndex& index, bool adds,
                   std::uint32_t chunk, LinkRows& rows) {
  const std::size_t count = rows.size();
  rows.supplier_id.resize(count);
  rows.customer_id.resize(count);
  // Slots are asked for a batch ahead of their use: memory answers many questions at once.
  constexpr std::size_t batch = 32;
  std::array<std::uint64_t, 2 * batch> hashes{};
  for (std::size_t from = 0; from < count; from += batch) {
    const std::size_t to = std::min(count, from + batch);
    for (std::size_t r = from; r < to; ++r) {
      const std::size_t h = 2 * (r - from);
      hashes[h] = hash_of(rows.supplier[r]);
      hashes[h + 1] = hash_of(rows.customer[r]);
      index.prefetch(hashes[h]);
      index.prefetch(hashes[h + 1]);
    }
    for (std::size_t r = from; r < to; ++r) {
      const std::size_t h = 2 * (r - from);
      if (adds) {
        const std::uint32_t position = chunk << 20U | static_cast<std::uint32_t>(r) << 1U;
        rows.supplier_id[r] = index.intern(rows.supplier[r], hashes[h], position);
        rows.customer_id[r] = index.intern(rows.customer[r], hashes[h + 1], position | 1U);
      } else {
        rows.supplier_id[r] = index.find(rows.supplier[r], hashes[h]);
        rows.customer_id[r] = index.find(rows.customer[r], hashes[h + 1]);
      }
    }
  }
  std::optional<RowPlaces> places;
  std::size_t kept = 0;
  for (std::size_t r = 0; r < count; ++r) {
    const std::uint32_t supplier = rows.supplier_id[r];
    const std::uint32_t customer = rows.customer_id[r];
    const bool unknown = supplier == KeyIndex::absent || customer == KeyIndex::absent;
    if (unknown || supplier == customer) {
      if (!places) places.emplace(layout, begin, end);
      const CsvRecord& record = places->at(rows.start[r]);
      if (supplier == KeyIndex::absent) {
        report_unknown(layout, record, LinkColumn::supplier, rows.supplier[r], rows.looking);
      }
      if (customer == KeyIndex::absent) {
        report_unknown(layout, record, LinkColumn::customer, rows.customer[r], rows.looking);
      }
      if (unknown) {
        rows.rejected.emplace_back(rows.start[r], rows.start[r] + record.raw.size());
        if (std::isnan(rows.value[r])) --rows.missing_values;
        continue;
      }
      report_self_supply(layout, record, rows.supplier[r], rows.looking);
    }
    rows.supplier_id[kept] = supplier;
    rows.customer_id[kept] = customer;
    rows.value[kept] = rows.value[r];
    if (layout.has_dependency) rows.dependency[kept] = rows.dependency[r];
    if (layout.has_escape) rows.escape[kept] = rows.escape[r];
    ++kept;
  }
  rows.supplier_id.resize(kept);
  rows.customer_id.resize(kept);
  rows.value.resize(kept);
  if (layout.has_dependency) rows.dependency.resize(kept);
  if (layout.has_escape) rows.escape.resize(kept);
  std::sort(rows.rejected.begin(), rows.rejected.end());
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
