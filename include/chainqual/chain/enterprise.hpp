#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual/chain/stage.hpp"

namespace chainqual {
inline namespace v1 {

/// One enterprise, as a row of `enterprises.csv`. `id` is its stable key in the chain.
struct Enterprise {
  std::string id;           ///< given by the user; the credit code, else the name, when the cell is empty
  std::string credit_code;  ///< unified social credit code (GB 32100-2015), or empty
  std::string name;
  std::string name_en;
  Stage stage = Stage::upstream;
  std::vector<std::string> segments;  ///< segment ids; the first is its home, the others it also works in
  std::string region;                 ///< GB/T 2260 province code ("120000"), or empty
  std::string city;
  Role role = Role::member;
  Ladder ladder = Ladder::unstated;
  EnterpriseSize size = EnterpriseSize::unstated;
  std::vector<std::string> products;
  std::optional<double> weight;  ///< share in totals; the value it supplies when absent
  std::string source;            ///< where the source names it
  std::vector<std::string> products_en = {};
  friend bool operator==(const Enterprise&, const Enterprise&) = default;
};

/// A named step of a stage, as a row of `segments.csv`.
struct Segment {
  std::string id;
  std::string name;
  std::string name_en;
  Stage stage = Stage::upstream;
  std::string industry;
  std::vector<std::string> regions;  ///< as the source lists them
  bool final_product = false;        ///< its enterprises deliver the chain's end product
  std::string note;
  std::string industry_en = {};
  friend bool operator==(const Segment&, const Segment&) = default;
};

/// A quality institution (clause 3.5), as a row of `institutions.csv`.
struct Institution {
  std::string id;
  std::string credit_code;
  std::string name;
  std::string name_en;
  std::string kind;    ///< standards, metrology, inspection, testing, certification, research
  std::string region;  ///< GB/T 2260 province code, or empty
  bool cma = false;
  bool cnas = false;
  std::vector<std::string> segments;    ///< segment ids it serves
  std::vector<std::string> products;    ///< scope (5.3.5): products,
  std::vector<std::string> parameters;  ///< items or parameters,
  std::vector<std::string> methods;     ///< methods
  std::string source;
  std::vector<std::string> products_en = {};
  friend bool operator==(const Institution&, const Institution&) = default;
};

}  // namespace v1
}  // namespace chainqual
