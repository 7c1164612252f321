#pragma once

#include <array>
#include <string>
#include <vector>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// What a result is (table G.1).
enum class ResultKind : std::uint8_t {
  patent,
  know_how,
  software_copyright,
  technical_standard,
  solution,
  database,
  typical_case,
  other
};

/// Who may see a result (table G.1, sharing level; 5.6.2).
enum class SharingLevel : std::uint8_t { open, members, directed };

/// What its use costs (table G.1, sharing terms).
enum class SharingTerms : std::uint8_t { free, paid, agreement };

enum class ResultStatus : std::uint8_t { submitted, under_review, shared, withdrawn };

template <>
struct Names<ResultKind> {
  static constexpr std::array<Name<ResultKind>, 8> table{{
      {ResultKind::patent, "patent", "专利", "patent"},
      {ResultKind::know_how, "know_how", "技术秘密", "know-how"},
      {ResultKind::software_copyright, "software_copyright", "软件著作权", "software copyright"},
      {ResultKind::technical_standard, "technical_standard", "技术标准", "technical standard"},
      {ResultKind::solution, "solution", "解决方案", "solution"},
      {ResultKind::database, "database", "数据库", "database"},
      {ResultKind::typical_case, "typical_case", "典型案例", "typical case"},
      {ResultKind::other, "other", "其他", "other"},
  }};
};

template <>
struct Names<SharingLevel> {
  static constexpr std::array<Name<SharingLevel>, 3> table{{
      {SharingLevel::open, "open", "完全公开", "open", "公开|公开共享"},
      {SharingLevel::members, "members", "联盟内共享", "members only", "成员内共享"},
      {SharingLevel::directed, "directed", "定向共享", "directed"},
  }};
};

template <>
struct Names<SharingTerms> {
  static constexpr std::array<Name<SharingTerms>, 3> table{{
      {SharingTerms::free, "free", "免费使用", "free", "免费"},
      {SharingTerms::paid, "paid", "有偿使用", "paid", "有偿|有偿共享"},
      {SharingTerms::agreement, "agreement", "需签订协议", "by agreement", "签订协议"},
  }};
};

template <>
struct Names<ResultStatus> {
  static constexpr std::array<Name<ResultStatus>, 4> table{{
      {ResultStatus::submitted, "submitted", "已提交", "submitted"},
      {ResultStatus::under_review, "under_review", "审核中", "under review"},
      {ResultStatus::shared, "shared", "已共享", "shared", "已入库"},
      {ResultStatus::withdrawn, "withdrawn", "已下架", "withdrawn", "下架"},
  }};
};

/// A shared breakthrough result (table G.1); a row of `results.csv`.
struct SharedResult {
  std::string number;
  std::string name;
  std::string name_en;
  std::string project;      ///< number of the accepted project it comes from
  std::string contributor;  ///< unit id or name
  ResultKind kind = ResultKind::other;
  std::string summary;
  std::vector<std::string> problems;
  std::string indicators;
  std::string scope;
  std::string rights_kind;
  std::string rights_status;
  std::string certificate;
  std::string owner;
  SharingLevel level = SharingLevel::members;
  SharingTerms terms = SharingTerms::agreement;
  std::string terms_note;                ///< what the terms are in particular: of paid use the price or how it is set
  std::vector<std::string> directed_to;  ///< units that the contributor consented to (5.6.2 c)
  std::string contact;
  bool pledged = false;  ///< the contributor's pledge that rights are clear and what is said is true
  std::string opinion;   ///< of the body that reviewed it
  ResultStatus status = ResultStatus::submitted;
  friend bool operator==(const SharedResult&, const SharedResult&) = default;
};

/// A quality policy tool (T1 and T2, annex 3); a row of `policy_tools.csv`.
struct PolicyTool {
  std::string number;
  std::string need;
  std::string need_en;
  std::string measures;
  std::string measures_en;
  std::string form;
  std::string form_en;
  std::string effect;
  std::string effect_en;
  std::vector<std::string> problems;  ///< numbers of the problems it serves
  std::string source;
  friend bool operator==(const PolicyTool&, const PolicyTool&) = default;
};

}  // namespace v1
}  // namespace chainqual
