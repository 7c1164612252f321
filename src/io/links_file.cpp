#include "chainqual/io/links_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <list>
#include <optional>
#include <utility>

#include "chainqual/chain/nearest.hpp"
#include "enterprises_rows.hpp"
#include "links_rows.hpp"
#include "rejects_file.hpp"
#include "table_headings.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using detail::KeyIndex;
using detail::LinkColumn;
using detail::LinkLayout;
using detail::LinkRows;

constexpr std::size_t chunk_bytes = 1U << 16U;
constexpr std::size_t round_chunks = 16;

LinkColumn role_of(std::string_view key) noexcept {
  if (key == "supplier") return LinkColumn::supplier;
  if (key == "customer") return LinkColumn::customer;
  if (key == "value") return LinkColumn::value;
  if (key == "dependency") return LinkColumn::dependency;
  if (key == "escape") return LinkColumn::escape;
  return LinkColumn::other;
}

/// The columns of a round, in file order.
struct RoundColumns {
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;
  std::vector<double> value;
  std::vector<float> dependency;
  std::vector<float> escape;

  void resize(std::size_t rows, const LinkLayout& layout) {
    supplier.resize(rows);
    customer.resize(rows);
    value.resize(rows);
    dependency.resize(layout.has_dependency ? rows : 0);
    escape.resize(layout.has_escape ? rows : 0);
  }
};

class LinksReading {
 public:
  LinksReading(TextFile file, const ReadNetworkOptions& options, KeyIndex& index, bool adds, NetworkTables& result,
               const Control& control)
      : index_(index),
        adds_(adds),
        result_(result),
        control_(control),
        reader_(std::move(file), options.csv, result.findings),
        rejects_(options.rejected_links, reader_),
        builder_(options.build),
        chunks_(round_chunks) {
    const auto table = detail::table_headings<LinkRow>({"supplier", "customer"});
    layout_.reader = &reader_;
    layout_.text = reader_.file().text();
    layout_.cell_bytes = static_cast<std::size_t>(options.csv.cell_bytes);
    layout_.repair = options.repair;
    layout_.asks_totals = options.csv.total_rows == TotalRows::ask;
    for (const auto& column : match_headings(reader_, table, result.findings)) {
      layout_.columns.push_back(column ? role_of(table[*column].key) : LinkColumn::other);
      layout_.has_dependency = layout_.has_dependency || layout_.columns.back() == LinkColumn::dependency;
      layout_.has_escape = layout_.has_escape || layout_.columns.back() == LinkColumn::escape;
    }
    lines_ = reader_.lines_before();
    errors_before_ = result.findings.count(FindingLevel::error);
  }

  /// Reads every row. @return false when the heading leaves nothing to go on with.
  [[nodiscard]] bool run() {
    const bool usable = reader_.readable() && has(LinkColumn::supplier) && has(LinkColumn::customer);
    if (!usable) return reader_.readable() && reader_.headings().empty();
    for_rounds(0.0, 0.6, [&](std::size_t begin, const std::vector<std::size_t>& ends) {
      if (adds_) index_.begin_round(2 * (line_ends_ + 1), control_);  // each line adds two keys at the most
      read_round(begin, ends, adds_);
      if (adds_) index_.end_round();
      gather(ends.size(), adds_);
      for (std::size_t chunk = 0; chunk < ends.size(); ++chunk) note(chunks_[chunk]);
      if (result_.findings.count(FindingLevel::error) == errors_before_ || rejects_.wanted()) add_columns();
    });
    finish_findings();
    return true;
  }

  void assume_values();

  [[nodiscard]] NetworkBuilder& builder() noexcept { return builder_; }
  [[nodiscard]] std::uint64_t assumed() const noexcept { return waiting_.supplier.size(); }
  void commit_rejects() { rejects_.commit(); }

 private:
  [[nodiscard]] bool has(LinkColumn column) const {
    return std::find(layout_.columns.begin(), layout_.columns.end(), column) != layout_.columns.end();
  }

  /// Calls fn(begin, chunk ends) for one round after the other.
  template <class Fn>
  void for_rounds(double from, double to, Fn&& fn) {
    const std::size_t data = reader_.position();
    Progress progress(control_, layout_.text.size() - data, from, to);
    for (std::size_t begin = data; begin < layout_.text.size();) {
      throw_if_cancelled(control_);
      const auto ends = round_ends(begin);
      fn(begin, ends);
      reader_.file().drop(layout_.text.substr(begin, ends.back() - begin));
      progress.add(ends.back() - begin);
      begin = ends.back();
    }
  }

  /// Where the chunks of the round from `begin` on end. Counts the round's line ends.
  [[nodiscard]] std::vector<std::size_t> round_ends(std::size_t begin) {
    const std::string_view round = layout_.text.substr(begin, round_chunks * chunk_bytes);
    std::array<detail::TextSurvey, round_chunks> surveys;
    for_chunks(control_, round.size(), chunk_bytes, [&](std::size_t from, std::size_t to, std::size_t chunk) {
      surveys[chunk] = detail::survey(round.substr(from, to - from));
    });
    line_ends_ = 0;
    for (const auto& part : surveys) line_ends_ += part.line_ends;
    std::size_t quoteless = 0;
    while (quoteless < round_chunks && !surveys[quoteless].has_quotes) ++quoteless;
    const std::size_t quoteless_until = begin + std::min(quoteless * chunk_bytes, round.size());
    auto ends =
        detail::chunk_ends(layout_.text, begin, chunk_bytes, round_chunks, reader_.delimiter(), quoteless_until);
    const std::size_t behind = begin + round.size();
    if (ends.back() > behind) {
      line_ends_ += detail::survey(layout_.text.substr(behind, ends.back() - behind)).line_ends;
    }
    return ends;
  }

  void read_round(std::size_t begin, const std::vector<std::size_t>& ends, bool adds) {
    for_chunks(control_, ends.size(), 1, [&](std::size_t chunk, std::size_t, std::size_t) {
      const std::size_t start = chunk == 0 ? begin : ends[chunk - 1];
      LinkRows& rows = chunks_[chunk];
      rows.clear();
      detail::parse_links(layout_, start, ends[chunk], rows);
      detail::look_up_links(layout_, start, ends[chunk], index_, adds, static_cast<std::uint32_t>(chunk), rows);
    });
  }

  /// Puts the chunks' rows behind each other, under their final numbers.
  void gather(std::size_t chunks, bool adds) {
    std::vector<std::size_t> offsets(chunks + 1, 0);
    for (std::size_t c = 0; c < chunks; ++c) offsets[c + 1] = offsets[c] + chunks_[c].size();
    columns_.resize(offsets[chunks], layout_);
    for_chunks(control_, chunks, 1, [&](std::size_t c, std::size_t, std::size_t) {
      const LinkRows& rows = chunks_[c];
      const std::size_t at = offsets[c];
      for (std::size_t r = 0; r < rows.size(); ++r) {
        columns_.supplier[at + r] = adds ? index_.settled(rows.supplier_id[r]) : rows.supplier_id[r];
        columns_.customer[at + r] = adds ? index_.settled(rows.customer_id[r]) : rows.customer_id[r];
      }
      const auto put = [&](const auto& from, auto& to) {
        std::copy_n(from.begin(), rows.size(), to.begin() + static_cast<std::ptrdiff_t>(at));
      };
      put(rows.value, columns_.value);
      if (layout_.has_dependency) put(rows.dependency, columns_.dependency);
      if (layout_.has_escape) put(rows.escape, columns_.escape);
    });
  }

  /// Takes over what a chunk found: findings in file order, with their places in the file, rejected rows, counts.
  void note(LinkRows& rows) {
    std::vector<Finding> found = rows.parsing.kept();
    found.insert(found.end(), rows.looking.kept().begin(), rows.looking.kept().end());
    std::stable_sort(found.begin(), found.end(),
                     [](const Finding& a, const Finding& b) { return a.where.record < b.where.record; });
    for (Finding& finding : found) {
      finding.where.record += records_;
      finding.where.line += lines_;
      suggest(finding);
      result_.findings.add(std::move(finding));
    }
    for (const Findings* findings : {&rows.parsing, &rows.looking}) count_dropped(*findings);
    for (const auto& [from, to] : rows.rejected) rejects_.add(layout_.text.substr(from, to - from));
    records_ += rows.records;
    lines_ += rows.lines;
    blank_ += rows.records - rows.read;
    missing_ += rows.missing_values;
    result_.link_rows.read += rows.read;
    result_.link_rows.rejected += rows.rejected.size();
    result_.link_rows.loaded += rows.read - rows.rejected.size();
    kept_.splice(kept_.end(), rows.kept);  // the strings stay where they are: keys point to them
  }

  /// Findings beyond those that a chunk kept are counted still.
  void count_dropped(const Findings& findings) {
    std::array<std::uint64_t, 3> kept{};
    for (const Finding& finding : findings.kept()) ++kept[static_cast<std::size_t>(finding.level)];
    Findings dropped(0);
    for (const FindingLevel level : {FindingLevel::info, FindingLevel::warning, FindingLevel::error}) {
      for (std::uint64_t k = kept[static_cast<std::size_t>(level)]; k < findings.count(level); ++k) {
        Finding nameless;
        nameless.level = level;
        dropped.add(std::move(nameless));
      }
    }
    result_.findings.add(dropped);
  }

  /// Names the nearest enterprises for the first unknown ones; comparing costs time, so it has a budget.
  void suggest(Finding& finding) {
    if (finding.code != ErrorCode::unknown_reference || suggestions_ < result_.keys.size()) return;
    suggestions_ -= result_.keys.size();
    const auto words = result_.keys.nearest(finding.value);
    if (words.empty()) return;
    finding.fix = {"是否指 " + quoted_list(words, "、") + "？否则请在企业表里加上它",
                   "is " + quoted_list(words, ", ") + " meant? Else add the enterprise to the table"};
  }

  void add_columns() {
    if (missing_ != 0) set_waiting_aside();
    LinkColumns links;
    links.supplier = columns_.supplier;
    links.customer = columns_.customer;
    links.value = RealColumn(columns_.value);
    if (layout_.has_dependency) links.dependency = RealColumn(columns_.dependency);
    if (layout_.has_escape) links.escape = RealColumn(columns_.escape);
    if (!has(LinkColumn::value)) links.value = RealColumn();
    if (!columns_.supplier.empty()) builder_.add(links);
  }

  void set_waiting_aside();
  void finish_findings();

  KeyIndex& index_;
  bool adds_;
  NetworkTables& result_;
  const Control& control_;
  CsvReader reader_;
  LinkLayout layout_;
  detail::RejectsFile rejects_;
  NetworkBuilder builder_;
  std::vector<LinkRows> chunks_;
  RoundColumns columns_;
  RoundColumns waiting_;  ///< rows without a value
  std::list<std::string> kept_;
  std::uint64_t errors_before_ = 0;
  std::size_t line_ends_ = 0;  ///< of the round
  std::uint64_t records_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t blank_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t suggestions_ = 2'000'000;
};

void LinksReading::set_waiting_aside() {
  std::size_t kept = 0;
  for (std::size_t r = 0; r < columns_.supplier.size(); ++r) {
    const bool waits = std::isnan(columns_.value[r]);
    RoundColumns& to = waits ? waiting_ : columns_;
    const std::size_t at = waits ? to.supplier.size() : kept++;
    if (waits) to.resize(at + 1, layout_);
    to.supplier[at] = columns_.supplier[r];
    to.customer[at] = columns_.customer[r];
    to.value[at] = columns_.value[r];
    if (layout_.has_dependency) to.dependency[at] = columns_.dependency[r];
    if (layout_.has_escape) to.escape[at] = columns_.escape[r];
  }
  columns_.resize(kept, layout_);
}

/// Gives rows without a value the mean of what their customers buy otherwise, else of all values, else 1: as
/// network_of does for a Chain. It takes a second reading, since only its end tells which customers need it.
void LinksReading::assume_values() {
  if (waiting_.supplier.empty()) return;
  struct Mean {
    double sum = 0.0;
    std::uint64_t count = 0;
  };
  std::vector<Mean> inputs(index_.size());
  Mean all;
  const auto add = [](Mean& mean, double value) {
    mean.sum += value;
    ++mean.count;
  };
  for_rounds(0.6, 0.8, [&](std::size_t begin, const std::vector<std::size_t>& ends) {
    read_round(begin, ends, false);
    gather(ends.size(), false);
    for (std::size_t r = 0; r < columns_.value.size(); ++r) {
      if (std::isnan(columns_.value[r])) continue;
      add(inputs[columns_.customer[r]], columns_.value[r]);
      add(all, columns_.value[r]);
    }
  });
  for (std::size_t r = 0; r < waiting_.supplier.size(); ++r) {
    const Mean& own = inputs[waiting_.customer[r]];
    const Mean& mean = own.count != 0 ? own : all;
    waiting_.value[r] = mean.count != 0 ? mean.sum / static_cast<double>(mean.count) : 1.0;
  }
  std::swap(columns_, waiting_);
  missing_ = 0;
  add_columns();
  std::swap(columns_, waiting_);
  const std::string count = std::to_string(waiting_.supplier.size());
  Finding finding;
  finding.level = FindingLevel::info;
  finding.code = ErrorCode::missing_value;
  finding.where.file = reader_.file().name();
  finding.rule = {count + " 条供应关系没有供应额，按需方其他采购的平均值计",
                  "links without a value: " + count + "; each got the mean of its customer's other purchases"};
  result_.findings.add(std::move(finding));
}

void LinksReading::finish_findings() {
  if (records_ == blank_) {
    Finding finding;
    finding.level = FindingLevel::warning;
    finding.code = ErrorCode::missing_value;
    finding.where.file = reader_.file().name();
    finding.where.line = reader_.heading_line();
    finding.rule = {"只有表头，没有数据", "there is a heading and no record"};
    finding.fix = {"若应有内容，请补上数据行", "add records if there should be any"};
    if (!reader_.headings().empty()) result_.findings.add(std::move(finding));
  }
  if (blank_ != 0) {
    Finding finding;
    finding.level = FindingLevel::info;
    finding.code = ErrorCode::missing_value;
    finding.where.file = reader_.file().name();
    finding.rule = {"跳过了 " + std::to_string(blank_) + " 个空行",
                    "rows of empty cells skipped: " + std::to_string(blank_)};
    result_.findings.add(std::move(finding));
  }
}

/// Reads both tables, the first one where it is named.
NetworkTables read_tables(const std::filesystem::path* enterprises, const std::filesystem::path& links,
                          const ReadNetworkOptions& options, const Control& control) {
  NetworkTables result;
  std::optional<KeyIndex> index(std::in_place);
  std::optional<detail::EnterprisesReading> firms;
  bool usable = true;
  const auto errors = [&] { return result.findings.count(FindingLevel::error); };
  if (enterprises != nullptr) {
    firms.emplace(read_text(*enterprises, result.findings, control), options, *index, result);
    usable = firms->run(control) && (errors() == 0 || !options.rejected_enterprises.empty());
    result.keys = index->table(control);
  }
  TextFile text = read_text(links, result.findings, control);
  const std::uint64_t before = errors();
  LinksReading reading(std::move(text), options, *index, enterprises == nullptr, result, control);
  usable = errors() == before && usable;  // the heading
  usable = reading.run() && usable;
  if (!usable || (errors() != before && options.rejected_links.empty())) throw error_from(result.findings);
  reading.assume_values();
  if (enterprises == nullptr) result.keys = index->table(control);
  EnterpriseColumns columns;
  if (firms) columns = firms->columns();
  columns.enterprises = result.keys.size();
  index.reset();
  result.network = reading.builder().build(columns, phase_of(control, 0.8, 1.0));
  if (reading.assumed() != 0) {
    NetworkParts parts = result.network.parts();
    parts.summary.values_assumed += reading.assumed();
    result.network = Network::from_parts(std::move(parts), PartsCheck::shape);
  }
  if (firms) firms->commit_rejects();
  reading.commit_rejects();
  return result;
}

}  // namespace

NetworkTables read_network(const std::filesystem::path& links, const ReadNetworkOptions& options,
                           const Control& control) {
  return read_tables(nullptr, links, options, control);
}

NetworkTables read_network(const std::filesystem::path& enterprises, const std::filesystem::path& links,
                           const ReadNetworkOptions& options, const Control& control) {
  return read_tables(&enterprises, links, options, control);
}

}  // namespace v1
}  // namespace chainqual
