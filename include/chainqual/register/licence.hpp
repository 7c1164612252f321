#pragma once

#include <array>
#include <optional>
#include <string>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// Who else may use a licensed result (appendix H, section 2).
enum class LicenceKind : std::uint8_t {
  ordinary,  ///< the contributor and other licensees may
  sole,      ///< the contributor may, no other licensee
  exclusive  ///< nobody else, the contributor included
};

enum class LicenceStatus : std::uint8_t { drafted, in_force, expired, terminated };

template <>
struct Names<LicenceKind> {
  static constexpr std::array<Name<LicenceKind>, 3> table{{
      {LicenceKind::ordinary, "ordinary", "普通实施许可", "ordinary", "普通许可|普通"},
      {LicenceKind::sole, "sole", "排他实施许可", "sole", "排他许可|排他"},
      {LicenceKind::exclusive, "exclusive", "独占实施许可", "exclusive", "独占许可|独占"},
  }};
};

template <>
struct Names<LicenceStatus> {
  static constexpr std::array<Name<LicenceStatus>, 4> table{{
      {LicenceStatus::drafted, "drafted", "拟订中", "drafted"},
      {LicenceStatus::in_force, "signed", "已签订", "signed", "生效"},
      {LicenceStatus::expired, "expired", "已到期", "expired"},
      {LicenceStatus::terminated, "terminated", "已终止", "terminated"},
  }};
};

/// A licence agreement for a shared result (appendix H); a row of `licences.csv`.
struct Licence {
  std::string number;
  std::string result;    ///< number of the result
  std::string licensor;  ///< unit id, party A: the contributor
  std::string licensee;  ///< unit id, party B
  LicenceKind kind = LicenceKind::ordinary;
  std::string territory;       ///< empty: everywhere
  std::string field;           ///< empty: every use
  std::string start;           ///< ISO 8601
  std::string end;             ///< ISO 8601, the last day
  std::optional<Decimal> fee;  ///< 10 000 yuan
  std::string payment;
  std::string duties;
  std::string breach;
  std::string disputes;
  LicenceStatus status = LicenceStatus::drafted;
  std::string signed_on;  ///< ISO 8601
  friend bool operator==(const Licence&, const Licence&) = default;
};

}  // namespace v1
}  // namespace chainqual
