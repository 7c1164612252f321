#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/links_file.hpp"
#include "key_index.hpp"
#include "rejects_file.hpp"
#include "segment_numbers.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Reads `enterprises.csv` into columns by EnterpriseId.
class EnterprisesReading {
 public:
  EnterprisesReading(TextFile file, const ReadNetworkOptions& options, KeyIndex& index, NetworkTables& result);

  /// @return false when an error leaves nothing to go on with.
  [[nodiscard]] bool run(const Control& control);
  void commit_rejects() { rejects_.commit(); }
  [[nodiscard]] EnterpriseColumns columns() const;

 private:
  enum class Role : std::uint8_t { other, id, credit_code, name, stage, segments, weight };
  struct Row {
    std::string_view id, credit_code, name;
    std::uint8_t stage = 0xFF;
    std::uint32_t segment = 0xFFFFFFFFU;
    double weight = 0.0;
  };

  [[nodiscard]] bool find_columns();
  [[nodiscard]] bool convert(const CsvRecord& record, Row& row);
  [[nodiscard]] bool number(const CsvRecord& record, std::string_view key);

  const ReadNetworkOptions& options_;
  KeyIndex& index_;
  NetworkTables& result_;
  CsvReader reader_;
  CellConverter converter_;
  RejectsFile rejects_;
  std::vector<Role> roles_;
  std::vector<std::uint8_t> stage_;
  std::vector<std::uint32_t> segment_;
  std::vector<double> weight_;
  std::vector<std::uint64_t> record_;  ///< of each enterprise
  SegmentNumbers segments_;
  std::deque<std::string> kept_;  ///< long keys that do not stand in the text as they are
  std::uint32_t in_round_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
