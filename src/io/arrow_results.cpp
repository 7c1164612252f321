#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/result_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

void check_keys(const KeyTable& keys, std::size_t enterprises) {
  if (keys.empty() || keys.size() == enterprises) return;
  const std::string have = std::to_string(keys.size());
  const std::string need = std::to_string(enterprises);
  throw Error(ErrorCode::shape_mismatch,
              {"键有 " + have + " 个，企业有 " + need + " 家；请给同一网络的键。",
               "There are " + have + " keys for " + need + " enterprises; give the keys of the same network."});
}

/// Keys of enterprises in the order of their ids, where they lie.
ArrowColumn key_column(std::string name, const KeyTable& keys) {
  ArrowChunk chunk;
  chunk.length = keys.size();
  // Offsets below 2^63 read the same signed and unsigned.
  chunk.buffers = {nullptr, keys.parts().offsets.data(), keys.parts().bytes.data()};
  std::vector<ArrowChunk> chunks;
  if (chunk.length != 0) chunks.push_back(std::move(chunk));
  return ArrowColumn(std::move(name), arrow_type(ArrowKind::large_utf8), std::move(chunks),
                     std::make_shared<const KeyTable>(keys));
}

ArrowColumn enterprises_by_id(const KeyTable& keys, std::size_t enterprises) {
  if (!keys.empty()) return key_column("enterprise", keys);
  std::vector<std::uint32_t> ids(enterprises);
  std::iota(ids.begin(), ids.end(), 0U);
  return arrow_numbers("enterprise", std::move(ids));
}

/// The keys of any ids, or the ids.
ArrowColumn named(std::string name, std::vector<std::uint32_t> ids, const KeyTable& keys) {
  if (keys.empty()) return arrow_numbers(std::move(name), std::move(ids));
  std::vector<std::string_view> texts(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) texts[i] = keys.key(EnterpriseId{ids[i]});
  return arrow_text(std::move(name), std::span<const std::string_view>(texts));
}

template <class T, class Rows, class Get>
std::vector<T> gathered(const Rows& rows, const Get& get) {
  std::vector<T> values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(static_cast<T>(get(row)));
  return values;
}

ArrowColumn shares_of(std::string name, std::span<const float> shares, const std::shared_ptr<const void>& owner) {
  std::vector<std::uint8_t> given(shares.size());
  for (std::size_t l = 0; l < shares.size(); ++l) given[l] = std::isnan(shares[l]) ? 0 : 1;
  return arrow_borrowed<float>(std::move(name), shares, owner, given);
}

// --- tables of reports -----------------------------------------------------------------------------------------------

enum class CellType : std::uint8_t { text, count, truth, grade, real };

CellType type_of_column(std::string_view key) noexcept {
  constexpr std::array<std::string_view, 15> counts{"rank",
                                                    "experts",
                                                    "moves",
                                                    "flips",
                                                    "enterprises",
                                                    "hit",
                                                    "problems",
                                                    "enterprises_hit",
                                                    "other_enterprises_hit",
                                                    "downstream_segments_hit",
                                                    "final_products_hit",
                                                    "diffusion_suggested",
                                                    "links_documented",
                                                    "links_inferred",
                                                    "enterprises_shocked"};
  constexpr std::array<std::string_view, 14> texts{"number",   "name",    "name_en",          "stage",      "segments",
                                                   "category", "status",  "magnitude_source", "enterprise", "region",
                                                   "role",     "segment", "product",          "aspect"};
  const auto among = [&](const auto& list) { return std::find(list.begin(), list.end(), key) != list.end(); };
  if (among(counts)) return CellType::count;
  if (among(texts)) return CellType::text;
  if (key == "differs" || key == "final_product") return CellType::truth;
  if (key == "declared" || key == "computed" || key == "grade") return CellType::grade;
  return CellType::real;
}

double real_of(const SheetCell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return decimal->to_rational().to_double();
  return 0;
}

std::string text_of(const SheetCell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? std::string() : *text;
}

ArrowColumn grade_words(std::string name, std::vector<std::uint8_t> grades, std::span<const std::uint8_t> given) {
  std::array<std::string_view, 4> words;
  for (std::size_t g = 0; g < words.size(); ++g) words[g] = key_of(static_cast<Grade>(g));
  auto held = std::make_shared<const std::vector<std::uint8_t>>(std::move(grades));
  const std::span<const std::uint8_t> index(*held);
  return arrow_words(std::move(name), index, std::move(held), words, true, given);
}

ArrowColumn report_column(const ReportTable& table, std::size_t c) {
  const auto cells = [&](std::size_t r) -> const SheetCell& { return table.rows[r][c]; };
  const std::size_t n = table.rows.size();
  std::string name(table.columns[c].key);
  std::vector<std::uint8_t> given(n);
  for (std::size_t r = 0; r < n; ++r) given[r] = std::holds_alternative<std::monostate>(cells(r)) ? 0 : 1;
  const auto values = [&](auto sample, const auto& get) {
    std::vector<decltype(sample)> result(n);
    for (std::size_t r = 0; r < n; ++r) result[r] = static_cast<decltype(sample)>(get(cells(r)));
    return result;
  };
  switch (type_of_column(name)) {
    case CellType::count:
      return arrow_numbers(std::move(name), values(std::uint32_t{}, real_of), given);
    case CellType::truth:
      return arrow_truths(std::move(name),
                          values(std::uint8_t{}, [](const SheetCell& cell) { return text_of(cell) == "true"; }), given);
    case CellType::grade:
      return grade_words(
          std::move(name),
          values(std::uint8_t{},
                 [](const SheetCell& cell) {
                   return static_cast<std::uint8_t>(value_named<Grade>(text_of(cell)).value_or(Grade::ungraded));
                 }),
          given);
    case CellType::text:
      return arrow_text(std::move(name), std::span<const std::string>(values(std::string(), text_of)), given);
    case CellType::real:
      break;
  }
  return arrow_numbers(std::move(name), values(double{}, real_of), given);
}

}  // namespace

ArrowTable table_of(const Propagation& losses, const KeyTable& keys) {
  const std::size_t n = losses.combined.size();
  check_keys(keys, n);
  std::vector<ArrowColumn> columns{enterprises_by_id(keys, n)};
  if (!losses.downstream.empty()) columns.push_back(arrow_numbers("downstream", losses.downstream));
  if (!losses.upstream.empty()) columns.push_back(arrow_numbers("upstream", losses.upstream));
  columns.push_back(arrow_numbers("combined", losses.combined));
  return ArrowTable(std::move(columns));
}

ArrowTable table_of(const CriticalityTable& table, const KeyTable& keys) {
  const auto& rows = table.rows;
  check_keys(keys, rows.size());
  using Row = CriticalityRow;
  std::vector<ArrowColumn> columns;
  columns.push_back(
      named("enterprise", gathered<std::uint32_t>(rows, [](const Row& row) { return row.enterprise.value; }), keys));
  const auto real = [&](const char* name, double Row::*member) {
    columns.push_back(arrow_numbers(name, gathered<double>(rows, [&](const Row& row) { return row.*member; })));
  };
  const auto count = [&](const char* name, std::uint32_t Row::*member) {
    columns.push_back(arrow_numbers(name, gathered<std::uint32_t>(rows, [&](const Row& row) { return row.*member; })));
  };
  const auto truth = [&](const char* name, bool Row::*member) {
    columns.push_back(arrow_truths(name, gathered<std::uint8_t>(rows, [&](const Row& row) { return row.*member; })));
  };
  real("systemic_risk", &Row::systemic_risk);
  real("risk_downstream", &Row::risk_downstream);
  real("risk_upstream", &Row::risk_upstream);
  const auto exists = gathered<std::uint8_t>(rows, [](const Row& row) { return !std::isnan(row.importance); });
  columns.push_back(
      arrow_numbers("importance", gathered<double>(rows, [](const Row& row) { return row.importance; }), exists));
  real("betweenness", &Row::betweenness);
  count("cut", &Row::cut);
  count("final_cut", &Row::final_cut);
  count("sole_source", &Row::sole_source);
  truth("joint", &Row::joint);
  real("own_concentration", &Row::own_concentration);
  real("size", &Row::size);
  for (const auto& measure : Names<CriticalityMeasure>::table) {
    const auto at = static_cast<std::size_t>(measure.value);
    columns.push_back(arrow_numbers(std::string(measure.key) + "_standing",
                                    gathered<double>(rows, [&](const Row& row) { return row.standing[at]; })));
  }
  truth("disagree", &Row::disagree);
  const auto text = [&](const char* name, std::string Text::*language) {
    const auto words =
        gathered<std::string_view>(rows, [&](const Row& row) { return std::string_view(row.why.*language); });
    columns.push_back(arrow_text(name, std::span<const std::string_view>(words)));
  };
  text("why_zh", &Text::zh);
  text("why", &Text::en);
  return ArrowTable(std::move(columns));
}

ArrowTable table_of(const Network& net, const KeyTable& keys) {
  check_keys(keys, net.enterprises());
  const auto held = std::make_shared<const Network>(net);
  std::vector<std::uint32_t> suppliers(static_cast<std::size_t>(net.links()));
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    std::fill(suppliers.begin() + static_cast<std::ptrdiff_t>(net.out_offsets()[i]),
              suppliers.begin() + static_cast<std::ptrdiff_t>(net.out_offsets()[i + 1]), i);
  }
  std::vector<ArrowColumn> columns;
  columns.push_back(named("supplier", std::move(suppliers), keys));
  if (keys.empty()) {
    columns.push_back(arrow_borrowed<std::uint32_t>("customer", net.out_targets(), held));
  } else {
    columns.push_back(named("customer", {net.out_targets().begin(), net.out_targets().end()}, keys));
  }
  columns.push_back(arrow_borrowed<float>("value", net.out_values(), held));
  if (!net.dependency().empty()) columns.push_back(shares_of("dependency", net.dependency(), held));
  if (!net.escape().empty()) columns.push_back(shares_of("escape", net.escape(), held));
  return ArrowTable(std::move(columns));
}

ArrowTable table_of(const ReportTable& table) {
  std::vector<ArrowColumn> columns;
  columns.reserve(table.columns.size());
  for (std::size_t c = 0; c < table.columns.size(); ++c) columns.push_back(report_column(table, c));
  return ArrowTable(std::move(columns));
}

}  // namespace v1
}  // namespace chainqual
