#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Whether a document is what include/chainqual/map/html.hpp says: every key, every type, every index.
namespace chainqual::map_json_check {

using Json = nlohmann::json;

class Checker {
 public:
  explicit Checker(const Json& doc) : doc_(doc) {}

  std::vector<std::string> faults() {
    keys(doc_, "the document",
         {"format", "format_version", "language", "chain", "words", "segments", "enterprises", "links", "bundles",
          "products_en", "institutions", "problems", "projects", "results", "why", "version", "update", "difference"});
    if (!faults_.empty()) return faults_;
    expect(doc_["format"] == "chainqual-map" && doc_["format_version"] == 1, "format");
    expect(doc_["language"] == "zh" || doc_["language"] == "en", "language");
    chain();
    for (const auto& [group, words] : doc_["words"].items()) {
      for (const auto& [key, word] : words.items()) text(word, "words/" + group + "/" + key);
    }
    each("segments", [&](const Json& one, const std::string& at) { segment(one, at); });
    each("enterprises", [&](const Json& one, const std::string& at) { enterprise(one, at); });
    each("links", [&](const Json& one, const std::string& at) {
      expect(one.is_array() && one.size() == 5, at);
      index(one[0], "enterprises", at);
      index(one[1], "enterprises", at);
      share(one[2], at, true);
      expect(one[3] == 0 || one[3] == 1, at);
      expect(one[4].is_string(), at);
    });
    each("bundles", [&](const Json& one, const std::string& at) {
      expect(one.is_array() && one.size() == 4, at);
      index(one[0], "segments", at);
      index(one[1], "segments", at);
      expect(one[3].get<std::uint64_t>() <= one[2].get<std::uint64_t>(), at);
    });
    each("institutions", [&](const Json& one, const std::string& at) { institution(one, at); });
    each("problems", [&](const Json& one, const std::string& at) { problem(one, at); });
    each("projects", [&](const Json& one, const std::string& at) { project(one, at); });
    each("results", [&](const Json& one, const std::string& at) { result(one, at); });
    each("why", [&](const Json& one, const std::string& at) { why(one, at); });
    living();
    return faults_;
  }

 private:
  void expect(bool holds, const std::string& at) {
    if (!holds && faults_.size() < 30) faults_.push_back(at);
  }

  /// These keys and no others, so that a new key is described before it is written.
  void keys(const Json& object, const std::string& at, const std::vector<std::string>& wanted) {
    expect(object.is_object(), at);
    for (const auto& key : wanted) expect(object.contains(key), at + " lacks " + key);
    expect(object.size() == wanted.size(), at + " has other keys");
  }

  template <class Check>
  void each(const std::string& name, const Check& check) {
    expect(doc_[name].is_array(), name);
    for (std::size_t k = 0; k < doc_[name].size(); ++k) check(doc_[name][k], name + "/" + std::to_string(k));
  }

  void text(const Json& value, const std::string& at) {
    keys(value, at, {"zh", "en"});
    expect(value["zh"].is_string() && value["en"].is_string(), at);
  }
  void share(const Json& value, const std::string& at, bool optional = false) {
    if (value.is_null() && optional) return;
    expect(value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1, at + " is no share");
  }
  void index(const Json& value, const std::string& array, const std::string& at) {
    expect(value.is_number_unsigned() && value.get<std::size_t>() < doc_[array].size(),
           at + " is no index of " + array);
  }
  void indices(const Json& values, const std::string& array, const std::string& at) {
    expect(values.is_array(), at);
    for (const auto& value : values) index(value, array, at);
  }
  void strings(const Json& values, const std::string& at) {
    expect(values.is_array(), at);
    for (const auto& value : values) expect(value.is_string(), at);
  }
  void word(const Json& value, const std::string& group, const std::string& at) {
    expect(value.is_string() && doc_["words"][group].contains(value.get<std::string>()), at + " is no " + group);
  }
  void shares(const Json& rows, const std::string& at, bool optional) {
    if (rows.is_null() && optional) return;
    expect(rows.is_array(), at);
    for (const auto& row : rows) {
      expect(row.is_array() && row.size() == 2, at);
      index(row[0], "enterprises", at);
      share(row[1], at);
    }
  }

  void chain() {
    const Json& chain = doc_["chain"];
    keys(chain, "chain",
         {"name", "title", "home", "date", "version", "note", "sources", "sources_en", "enterprises", "links",
          "documented", "inferred", "carried", "chosen_by", "covered", "bundles_left_out", "assessed", "measure",
          "model"});
    for (const char* name : {"name", "title", "note"}) text(chain[name], std::string("chain/") + name);
    if (!chain["home"].is_null()) text(chain["home"], "chain/home");
    strings(chain["sources"], "chain/sources");
    strings(chain["sources_en"], "chain/sources_en");
    expect(chain["documented"].get<std::uint64_t>() + chain["inferred"].get<std::uint64_t>() == chain["links"],
           "chain: documented and inferred links make the whole");
    expect(chain["carried"]["enterprises"] == doc_["enterprises"].size(), "chain/carried");
    expect(chain["carried"]["links"] == doc_["links"].size(), "chain/carried");
    const bool all = chain["enterprises"] == doc_["enterprises"].size();
    expect(chain["chosen_by"].is_null() == all, "chain/chosen_by");
    if (!all) word(chain["chosen_by"], "chosen_by", "chain/chosen_by");
    share(chain["covered"], "chain/covered", true);
    expect(chain["bundles_left_out"].is_number_unsigned(), "chain/bundles_left_out");
    expect(chain["measure"].is_null() != chain["assessed"].get<bool>(), "chain/measure");
    std::uint64_t counted = 0;
    for (const auto& one : doc_["segments"]) counted += one["enterprises"].get<std::uint64_t>();
    expect(counted == chain["enterprises"], "every enterprise is counted in one segment");
  }

  void segment(const Json& one, const std::string& at) {
    keys(one, at, {"id",      "name",      "stage",       "industry",   "industry_en", "regions", "regions_en",
                   "final",   "note",      "enterprises", "home",       "outside",     "unknown", "owners",
                   "leaders", "followers", "covered",     "cut_points", "joints",      "sole",    "loss"});
    for (const char* count : {"cut_points", "joints", "sole"}) {
      expect(one[count].is_null() || one[count] <= one["enterprises"], at + " " + count);
    }
    text(one["name"], at);
    expect(one["stage"].get<int>() >= 0 && one["stage"].get<int>() <= 2, at);
    share(one["loss"], at, true);
    share(one["covered"], at, true);
    expect(one["home"].get<int>() + one["outside"].get<int>() + one["unknown"].get<int>() == one["enterprises"], at);
  }

  void enterprise(const Json& one, const std::string& at) {
    keys(one, at,
         {"id",       "name",        "segment", "also", "region",     "city", "place", "role", "ladder", "size",
          "products", "products_en", "loss",    "all",  "importance", "rank", "sole",  "cut",  "joint",  "ties"});
    expect(one["joint"].is_null() || one["joint"].is_boolean(), at + " joint");
    if (!one["cut"].is_null()) {
      keys(one["cut"], at + " cut", {"enterprises", "finals", "whom"});
      expect(one["cut"]["finals"] <= one["cut"]["enterprises"], at + " cut");
      indices(one["cut"]["whom"], "enterprises", at + " cut");
    }
    text(one["name"], at);
    text(one["region"], at);
    index(one["segment"], "segments", at);
    indices(one["also"], "segments", at);
    word(one["role"], "role", at);
    word(one["ladder"], "ladder", at);
    word(one["size"], "size", at);
    expect(one["place"] == "home" || one["place"] == "outside" || one["place"] == "unknown", at);
    strings(one["products"], at);
    strings(one["products_en"], at);
    strings(one["sole"], at);
    for (const char* name : {"loss", "all", "importance"}) share(one[name], at + "/" + name, true);
    expect(one["ties"].is_null() == doc_["chain"]["chosen_by"].is_null(), at + "/ties");
    if (one["ties"].is_null()) return;
    keys(one["ties"], at + "/ties", {"suppliers", "customers"});
    for (const auto& side : one["ties"]) ties(side, at + "/ties");
  }

  void ties(const Json& side, const std::string& at) {
    expect(side.is_array() && side.size() == 3, at);
    std::uint64_t left = 0;
    for (const auto& row : side[1]) {
      index(row[0], "segments", at);
      left += row[1].get<std::uint64_t>();
    }
    expect(left <= side[0].get<std::uint64_t>(), at + ": no more are left out than there are");
    expect(side[2].size() <= left, at + ": only those left out are named");
    for (const auto& row : side[2]) {
      expect(row[0].is_string(), at);
      index(row[1], "segments", at);
    }
  }

  void institution(const Json& one, const std::string& at) {
    keys(one, at,
         {"name", "region", "kind", "cma", "cnas", "segments", "products", "products_en", "parameters", "methods"});
    text(one["name"], at);
    indices(one["segments"], "segments", at);
  }

  void problem(const Json& one, const std::string& at) {
    keys(one, at,
         {"number",
          "name",
          "description",
          "stage",
          "segments",
          "enterprises",
          "products",
          "products_en",
          "category",
          "status",
          "declared",
          "common",
          "related",
          "ideas",
          "scope",
          "stars",
          "total",
          "technical_causes",
          "managerial_causes",
          "rank",
          "impact",
          "aspects",
          "suggested",
          "why_not",
          "placed",
          "hit",
          "hit_count"});
    text(one["name"], at);
    indices(one["segments"], "segments", at);
    indices(one["enterprises"], "enterprises", at);
    indices(one["related"], "problems", at);
    word(one["category"], "category", at);
    word(one["status"], "status", at);
    expect(one["stars"].get<int>() >= 0 && one["stars"].get<int>() <= 3, at);
    shares(one["placed"], at + "/placed", true);
    shares(one["hit"], at + "/hit", true);
    if (one["impact"].is_null()) return;
    keys(one["impact"], at, {"own_segment", "downstream_segments", "final_products", "whole_chain"});
    for (const auto& value : one["impact"]) share(value, at + "/impact");
  }

  void project(const Json& one, const std::string& at) {
    keys(one, at,
         {"number", "name", "problem", "expected", "kind", "status", "problems", "lead", "participants", "start", "end",
          "budget", "milestones"});
    word(one["kind"], "project_kind", at);
    word(one["status"], "project_status", at);
    indices(one["problems"], "problems", at);
    for (const auto& step : one["milestones"]) keys(step, at, {"name", "due", "done"});
  }

  void result(const Json& one, const std::string& at) {
    keys(one, at, {"number", "name", "kind", "status", "level", "terms", "project", "problems", "summary"});
    word(one["kind"], "result_kind", at);
    word(one["level"], "level", at);
    word(one["terms"], "terms", at);
    if (!one["project"].is_null()) index(one["project"], "projects", at);
    indices(one["problems"], "problems", at);
  }

  void why(const Json& one, const std::string& at) {
    keys(one, at, {"enterprise", "sentence", "sources", "paths"});
    index(one["enterprise"], "enterprises", at);
    text(one["sentence"], at);
    shares(one["sources"], at, false);
    for (const auto& path : one["paths"]) {
      keys(path, at, {"enterprises", "loss"});
      indices(path["enterprises"], "enterprises", at);
      share(path["loss"], at);
      expect(!path["enterprises"].empty() && path["enterprises"].back() == one["enterprise"],
             at + ": a path ends there");
    }
  }

  void version(const Json& one, const std::string& at) {
    keys(one, at, {"date", "version", "hash"});
    expect(one["hash"].get<std::string>().size() == 16, at + "/hash");
  }

  void living() {
    version(doc_["version"], "version");
    if (const Json& update = doc_["update"]; !update.is_null()) {
      keys(update, "update", {"drawn", "due", "cycle_months", "reasons", "watched"});
      for (const auto& one : update["reasons"]) {
        keys(one, "update/reasons", {"kind", "due", "what"});
        word(one["kind"], "due", "update/reasons");
        text(one["what"], "update/reasons");
      }
      expect(update["watched"].size() == 9, "update/watched");
      for (const auto& one : update["watched"]) {
        keys(one, "update/watched", {"dimension", "events", "triggers", "last"});
        word(one["dimension"], "dimension", "update/watched");
      }
    }
    const Json& difference = doc_["difference"];
    if (difference.is_null()) return;
    keys(difference, "difference", {"before", "after", "changes", "impacts"});
    for (const auto& one : difference["impacts"]) {
      keys(one, "difference/impacts", {"key", "before", "after"});
      share(one["before"], "difference/impacts", true);
      share(one["after"], "difference/impacts", true);
    }
    version(difference["before"], "difference/before");
    version(difference["after"], "difference/after");
    for (const auto& one : difference["changes"]) {
      keys(one, "difference/changes", {"kind", "part", "key", "name", "field", "before", "after"});
      word(one["kind"], "change", "difference/changes");
      word(one["part"], "part", "difference/changes");
      text(one["name"], "difference/changes");
      expect(one["field"].is_null() == (one["kind"] != "changed"), "difference/changes/field");
    }
  }

  const Json& doc_;
  std::vector<std::string> faults_;
};

inline std::vector<std::string> faults(const Json& doc) {
  return Checker(doc).faults();
}

}  // namespace chainqual::map_json_check
