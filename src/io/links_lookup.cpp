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
  if (rows.supplier_id.size() < count) {
    rows.supplier_id.resize(rows.supplier.size());
    rows.customer_id.resize(rows.supplier.size());
  }
  bool remarkable = false;  // an unknown key or self-supply
  // Slots are asked for some rows ahead of their use: memory answers many questions at once.
  constexpr std::size_t ahead = 16;
  struct Hashes {
    std::uint64_t supplier, customer;
  };
  std::array<Hashes, ahead> asked{};
  const auto ask = [&](std::size_t r) {
    asked[r % ahead] = {hash_of(rows.supplier[r]), hash_of(rows.customer[r])};
    index.prefetch(asked[r % ahead].supplier);
    index.prefetch(asked[r % ahead].customer);
  };
  for (std::size_t r = 0; r < std::min(ahead, count); ++r) ask(r);
  struct Pending {
    std::uint64_t hash;
    std::uint32_t row;
    std::uint32_t is_customer;
  };
  constexpr std::size_t block = 64;
  std::array<Pending, 2 * block> pending;
  for (std::size_t from = 0; from < count; from += block) {
    const std::size_t to = std::min(count, from + block);
    std::size_t waiting = 0;
    for (std::size_t r = from; r < to; ++r) {
      const Hashes hashes = asked[r % ahead];
      if (count - r > ahead) ask(r + ahead);
      const auto row = static_cast<std::uint32_t>(r);
      rows.supplier_id[r] = index.find_near(rows.supplier[r], hashes.supplier);
      pending[waiting] = {hashes.supplier, row, 0U};
      if (rows.supplier_id[r] == KeyIndex::absent) ++waiting;
      rows.customer_id[r] = index.find_near(rows.customer[r], hashes.customer);
      pending[waiting] = {hashes.customer, row, 1U};
      if (rows.customer_id[r] == KeyIndex::absent) ++waiting;
    }
    for (std::size_t k = 0; k < waiting; ++k) {
      const auto [hash, row, is_customer] = pending[k];
      const PackedKey& key = is_customer != 0 ? rows.customer[row] : rows.supplier[row];
      const std::uint32_t id =
          adds ? index.intern(key, hash, chunk << 20U | row << 1U | is_customer) : index.find(key, hash);
      (is_customer != 0 ? rows.customer_id : rows.supplier_id)[row] = id;
      remarkable = remarkable || id == KeyIndex::absent;
    }
    for (std::size_t r = from; r < to; ++r) remarkable |= rows.supplier_id[r] == rows.customer_id[r];
  }
  if (!remarkable) return;
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
  rows.count = kept;
  std::sort(rows.rejected.begin(), rows.rejected.end());
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
