#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "arrow_enterprises.hpp"
#include "arrow_headings.hpp"
#include "arrow_keys.hpp"
#include "arrow_pieces.hpp"
#include "arrow_reals.hpp"
#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/io/network_table.hpp"
#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using detail::KeyIndex;
using detail::PackedKey;

namespace link_columns {
enum Place : std::size_t { supplier, customer, value, dependency, escape };
}  // namespace link_columns

using Columns = std::array<const ArrowColumn*, 5>;
using LinkPiece = detail::Piece<5>;

constexpr std::size_t round_rows = std::size_t{1} << 16U;
constexpr std::size_t link_piece_rows = std::size_t{1} << 12U;

Columns columns_of(const ArrowTable& table, const NetworkTableOptions& options) {
  Findings findings;
  std::vector<CsvHeading> headings;
  for (const std::string_view key : {"supplier", "customer", "value", "dependency", "escape"}) {
    for (const auto& heading : detail::table_headings<LinkRow>({"supplier", "customer"})) {
      if (heading.key == key) headings.push_back(heading);
    }
  }
  const std::array<std::string, 5> chosen{options.supplier, options.customer, options.value, options.dependency,
                                          options.escape};
  Columns columns{};
  const auto found = detail::match_columns(table, headings, chosen, findings);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    columns[c] = found[c];
    if (found[c] == nullptr) continue;
    const ArrowType& type = found[c]->type();
    const bool is_end = c <= link_columns::customer;
    if (is_end && options.positions && !detail::is_integer(type.kind)) {
      findings.add(detail::type_finding(*found[c], {"整数（企业序号）", "integers, the positions of enterprises"}));
    } else if (is_end && !detail::holds_keys(type)) {
      findings.add(detail::type_finding(*found[c], {"文本或整数", "text or integers"}));
    } else if (!is_end && !detail::holds_reals(type)) {
      findings.add(detail::type_finding(*found[c], {"数", "numbers"}));
    }
  }
  throw_if_errors(detail::in_table(findings, "links"));
  return columns;
}

/// Links in the order of their rows. Rows that an error keeps out are left out.
struct Links {
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;
  std::vector<double> value;
  std::vector<double> dependency;
  std::vector<double> escape;

  void resize(std::size_t rows, const Columns& columns) {
    supplier.resize(rows);
    customer.resize(rows);
    if (columns[link_columns::value] != nullptr) value.resize(rows);
    if (columns[link_columns::dependency] != nullptr) dependency.resize(rows);
    if (columns[link_columns::escape] != nullptr) escape.resize(rows);
  }
  void move(std::size_t from, std::size_t to) { copy(*this, from, to); }
  /// Overwrites row `to` with row `from` of links with the same columns.
  void copy(const Links& links, std::size_t from, std::size_t to) {
    supplier[to] = links.supplier[from];
    customer[to] = links.customer[from];
    if (!value.empty()) value[to] = links.value[from];
    if (!dependency.empty()) dependency[to] = links.dependency[from];
    if (!escape.empty()) escape[to] = links.escape[from];
  }
  [[nodiscard]] LinkColumns columns() const {
    LinkColumns links;
    links.supplier = supplier;
    links.customer = customer;
    if (!value.empty()) links.value = RealColumn(value);
    if (!dependency.empty()) links.dependency = RealColumn(dependency);
    if (!escape.empty()) links.escape = RealColumn(escape);
    return links;
  }
};

class LinksTaking {
 public:
  LinksTaking(const ArrowTable& table, const NetworkTableOptions& options, KeyIndex& index, bool adds,
              NetworkTables& result, const Control& control)
      : table_(table),
        options_(options),
        columns_(columns_of(table, options)),
        index_(index),
        adds_(adds),
        result_(result),
        control_(control),
        builder_(options.build) {}

  void run() {
    for_rounds(adds_, 0.0, 0.6, [&](const std::vector<Findings>& found) {
      for (const Findings& part : found) findings_.add(part);
      if (findings_.has_errors()) return;
      set_waiting_aside();
      if (!links_.supplier.empty()) builder_.add(links_.columns());
    });
    result_.link_rows.read = table_.rows();
    result_.link_rows.loaded = table_.rows();
    result_.findings.add(detail::in_table(findings_, "links", [this](Finding& finding) { suggest(finding); }));
  }

  /// Gives rows without a value the mean of what their customers buy otherwise, else of all values, else 1: as
  /// `read_network` does. It takes a second reading, since only its end tells which customers need it.
  void assume_values();

  [[nodiscard]] NetworkBuilder& builder() noexcept { return builder_; }
  [[nodiscard]] std::uint64_t assumed() const noexcept { return waiting_.supplier.size(); }

 private:
  /// Reads rows into links_, stretch by stretch, and calls fn(findings by piece) after each.
  template <class Fn>
  void for_rounds(bool adds, double from, double to, const Fn& fn) {
    const auto pieces = detail::pieces_of<5>(columns_, table_.rows(), link_piece_rows);
    Progress progress(control_, table_.rows(), from, to);
    for (std::size_t begin = 0; begin < pieces.size();) {
      throw_if_cancelled(control_);
      std::size_t end = begin;
      std::size_t rows = 0;
      while (end < pieces.size() && (end == begin || rows + pieces[end].rows <= round_rows)) rows += pieces[end++].rows;
      links_.resize(rows, columns_);
      std::vector<Findings> findings(end - begin);
      if (adds) index_.begin_round(2 * rows, control_);
      for_chunks(control_, end - begin, 1, [&](std::size_t k, std::size_t, std::size_t) {
        const LinkPiece& piece = pieces[begin + k];
        take(piece, static_cast<std::size_t>(piece.row - pieces[begin].row), adds, findings[k]);
      });
      if (adds) {
        index_.end_round();
        settle();
      }
      note_self_supply(pieces[begin].row, findings.back());
      fn(findings);
      progress.add(rows);
      begin = end;
    }
  }

  void take(const LinkPiece& piece, std::size_t at, bool adds, Findings& findings) {
    if (options_.positions) {
      take_positions(link_columns::supplier, piece, at, links_.supplier, findings);
      take_positions(link_columns::customer, piece, at, links_.customer, findings);
    } else {
      take_keys(link_columns::supplier, piece, at, adds, links_.supplier, findings);
      take_keys(link_columns::customer, piece, at, adds, links_.customer, findings);
    }
    const auto reals = [&](link_columns::Place place, detail::RealRule rule, std::vector<double>& into) {
      if (columns_[place] == nullptr) return;
      const std::span<double> out(into.data() + at, piece.rows);
      detail::fill_reals(*columns_[place], piece.chunk[place], piece.at[place], rule, options_.repair, out, findings);
    };
    reals(link_columns::value, detail::RealRule::flow, links_.value);
    reals(link_columns::dependency, detail::RealRule::share, links_.dependency);
    reals(link_columns::escape, detail::RealRule::share, links_.escape);
  }

  void take_positions(link_columns::Place place, const LinkPiece& piece, std::size_t at,
                      std::vector<std::uint32_t>& into, Findings& findings) const;
  void take_keys(link_columns::Place place, const LinkPiece& piece, std::size_t at, bool adds,
                 std::vector<std::uint32_t>& into, Findings& findings);

  void settle() {
    for_chunks(control_, links_.supplier.size(), link_piece_rows, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t r = begin; r < end; ++r) {
        // A row without a key has no number; its finding ends the reading.
        if (links_.supplier[r] != KeyIndex::absent) links_.supplier[r] = index_.settled(links_.supplier[r]);
        if (links_.customer[r] != KeyIndex::absent) links_.customer[r] = index_.settled(links_.customer[r]);
      }
    });
  }

  void note_self_supply(std::uint64_t first_row, Findings& findings) const {
    for (std::size_t r = 0; r < links_.supplier.size(); ++r) {
      if (links_.supplier[r] != links_.customer[r] || links_.supplier[r] == KeyIndex::absent) continue;
      const std::uint64_t row = first_row + r;
      Finding finding = detail::column_finding_of(
          *columns_[link_columns::customer], row + 1, ErrorCode::suspicious,
          arrow_cell_text(columns_[link_columns::customer]->cell(row)),
          {"企业供应自己，传播计算不计", "an enterprise supplies itself; propagation leaves it out"},
          {"若填错请改正，否则不必处理", "mend it if it is a slip, else let it be"});
      finding.level = FindingLevel::warning;
      findings.add(std::move(finding));
    }
  }

  void set_waiting_aside();

  /// Names the nearest enterprises for the first unknown ones; comparing costs time, so it has a budget.
  void suggest(Finding& finding);

  const ArrowTable& table_;
  const NetworkTableOptions& options_;
  Columns columns_;
  KeyIndex& index_;
  bool adds_;
  NetworkTables& result_;
  const Control& control_;
  NetworkBuilder builder_;
  Findings findings_;
  Links links_;    ///< of the round
  Links waiting_;  ///< rows without a value
  std::uint64_t suggestions_ = 2'000'000;
};

void LinksTaking::take_positions(link_columns::Place place, const LinkPiece& piece, std::size_t at,
                                 std::vector<std::uint32_t>& into, Findings& findings) const {
  const detail::ChunkCells cells(*columns_[place], piece.chunk[place]);
  for (std::size_t i = 0; i < piece.rows; ++i) {
    const ArrowCell cell = cells.cell(piece.at[place] + static_cast<std::int64_t>(i));
    std::uint64_t position = ~std::uint64_t{0};
    if (const auto* number = std::get_if<std::int64_t>(&cell)) position = static_cast<std::uint64_t>(*number);
    if (const auto* number = std::get_if<std::uint64_t>(&cell)) position = *number;
    into[at + i] = position < *options_.positions ? static_cast<std::uint32_t>(position) : KeyIndex::absent;
    if (position < *options_.positions) continue;
    const std::string last = std::to_string(*options_.positions - 1);
    const bool missing = std::holds_alternative<std::monostate>(cell);
    findings.add(detail::column_finding_of(
        *columns_[place], piece.row + i + 1, missing ? ErrorCode::missing_value : ErrorCode::out_of_range,
        arrow_cell_text(cell),
        *options_.positions == 0 ? Text{"没有企业，却有供应关系", "there are no enterprises to link"}
                                 : Text{"企业序号须在 0 到 " + last + " 之间", "enterprise ids run from 0 to " + last},
        {"改正序号，或增加企业数", "correct the id, or raise the number of enterprises"}));
  }
}

void LinksTaking::take_keys(link_columns::Place place, const LinkPiece& piece, std::size_t at, bool adds,
                            std::vector<std::uint32_t>& into, Findings& findings) {
  detail::ChunkKeys keys(*columns_[place], piece.chunk[place]);
  // Slots are asked for some rows ahead of their use: memory answers many questions at once.
  constexpr std::size_t block = 32;
  std::array<PackedKey, block> packed;
  std::array<std::uint64_t, block> hashes{};
  for (std::size_t from = 0; from < piece.rows; from += block) {
    const std::size_t count = std::min(block, piece.rows - from);
    for (std::size_t k = 0; k < count; ++k) {
      const std::string_view key = keys.key(piece.at[place] + static_cast<std::int64_t>(from + k));
      packed[k] = detail::pack(key, key.data() + key.size());
      hashes[k] = detail::hash_of(packed[k]);
      index_.prefetch(hashes[k]);
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t r = at + from + k;
      const std::uint64_t row = piece.row + from + k + 1;
      into[r] = KeyIndex::absent;
      if (packed[k].size() == 0) {
        findings.add(detail::column_finding_of(
            *columns_[place], row, ErrorCode::missing_value, {}, {"缺少企业编号", "the enterprise is missing"},
            {"请填企业编号，或删去该行", "give the enterprise's id, or delete the row"}));
        continue;
      }
      const auto position = static_cast<std::uint32_t>(2 * r + place);
      into[r] = adds ? index_.intern(packed[k], hashes[k], position) : index_.find(packed[k], hashes[k]);
      if (into[r] != KeyIndex::absent) continue;
      findings.add(detail::column_finding_of(
          *columns_[place], row, ErrorCode::unknown_reference, packed[k].view(),
          {"企业表里没有这家企业", "the enterprises table has no such enterprise"},
          {"请改正编号，或在企业表里加上它", "mend the id, or add the enterprise to the table"}));
    }
  }
}

void LinksTaking::set_waiting_aside() {
  if (columns_[link_columns::value] == nullptr) return;
  std::size_t kept = 0;
  const std::size_t rows = links_.supplier.size();
  for (std::size_t r = 0; r < rows; ++r) {
    if (!std::isnan(links_.value[r])) {
      links_.move(r, kept++);
      continue;
    }
    const std::size_t at = waiting_.supplier.size();
    waiting_.resize(at + 1, columns_);
    waiting_.copy(links_, r, at);
  }
  links_.resize(kept, columns_);
}

void LinksTaking::assume_values() {
  if (waiting_.supplier.empty()) return;
  struct Mean {
    double sum = 0.0;
    std::uint64_t count = 0;
    void add(double value) noexcept {
      sum += value;
      ++count;
    }
  };
  std::vector<Mean> inputs(options_.positions ? static_cast<std::size_t>(*options_.positions) : index_.size());
  Mean all;
  for_rounds(false, 0.6, 0.8, [&](const std::vector<Findings>&) {
    for (std::size_t r = 0; r < links_.value.size(); ++r) {
      if (std::isnan(links_.value[r])) continue;
      inputs[links_.customer[r]].add(links_.value[r]);
      all.add(links_.value[r]);
    }
  });
  for (std::size_t r = 0; r < waiting_.supplier.size(); ++r) {
    const Mean& own = inputs[waiting_.customer[r]];
    const Mean& mean = own.count != 0 ? own : all;
    waiting_.value[r] = mean.count != 0 ? mean.sum / static_cast<double>(mean.count) : 1.0;
  }
  builder_.add(waiting_.columns());
  const std::string count = std::to_string(waiting_.supplier.size());
  Finding finding;
  finding.level = FindingLevel::info;
  finding.code = ErrorCode::missing_value;
  finding.where.file = "links";
  finding.rule = {count + " 条供应关系没有供应额，按需方其他采购的平均值计",
                  "links without a value: " + count + "; each got the mean of its customer's other purchases"};
  result_.findings.add(std::move(finding));
}

void LinksTaking::suggest(Finding& finding) {
  if (finding.code != ErrorCode::unknown_reference || suggestions_ < result_.keys.size()) return;
  suggestions_ -= result_.keys.size();
  const auto words = result_.keys.nearest(finding.value);
  if (words.empty()) return;
  finding.fix = {"是否指 " + quoted_list(words, "、") + "？否则请在企业表里加上它",
                 "is " + quoted_list(words, ", ") + " meant? Else add the enterprise to the table"};
}

void check_utf8(const KeyTable& keys, Findings& findings) {
  for (std::uint32_t id = 0; id < keys.size(); ++id) {
    const std::string_view key = keys.key(EnterpriseId{id});
    if (!first_invalid_utf8(key)) continue;
    Finding finding;
    finding.code = ErrorCode::bad_encoding;
    finding.value = shown_value(key);
    finding.rule = {"企业的键不是 UTF-8 文本", "an enterprise's key is not UTF-8 text"};
    finding.fix = {"请核对产生该表的程序", "look into the program that made the table"};
    findings.add(std::move(finding));
  }
}

NetworkTables taken_network(const ArrowTable* enterprises, const ArrowTable& links, const NetworkTableOptions& options,
                            const Control& control) {
  NetworkTables result;
  KeyIndex index;
  std::optional<detail::EnterprisesTaken> taken;
  EnterpriseColumns columns;
  columns.enterprises = options.positions.value_or(0);
  throw_if_errors(detail::check_enterprises(columns));
  if (enterprises != nullptr) {
    taken = detail::take_enterprises(*enterprises, options.repair, index, result, control);
    result.keys = index.table(control);
    columns = taken->columns();
  }
  const bool adds = enterprises == nullptr && !options.positions;
  LinksTaking taking(links, options, index, adds, result, control);
  taking.run();
  throw_if_errors(result.findings);
  taking.assume_values();
  if (adds) result.keys = index.table(control);
  check_utf8(result.keys, result.findings);
  throw_if_errors(result.findings);
  columns.enterprises = options.positions.value_or(result.keys.size());
  result.network = taking.builder().build(columns, phase_of(control, 0.8, 1.0));
  if (taking.assumed() != 0) {
    NetworkParts parts = result.network.parts();
    parts.summary.values_assumed += taking.assumed();
    result.network = Network::from_parts(std::move(parts), PartsCheck::shape);
  }
  return result;
}

}  // namespace

NetworkTables network_from_table(const ArrowTable& links, const NetworkTableOptions& options, const Control& control) {
  return taken_network(nullptr, links, options, control);
}

NetworkTables network_from_table(const ArrowTable& enterprises, const ArrowTable& links,
                                 const NetworkTableOptions& options, const Control& control) {
  if (options.positions) {
    throw Error(ErrorCode::invalid_argument,
                {"给出企业表时，供应关系用企业的键指明两端，不能再按序号（positions）。",
                 "With a table of enterprises, links name their ends by key; positions cannot be given too."});
  }
  return taken_network(&enterprises, links, options, control);
}

}  // namespace v1
}  // namespace chainqual
