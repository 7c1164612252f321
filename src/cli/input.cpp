#include "input.hpp"

#include <algorithm>
#include <filesystem>

#include "chain_findings.hpp"
#include "chainqual/chain/network_of.hpp"
#include "chainqual/io/links_file.hpp"
#include "chainqual/io/network_file.hpp"
#include "findings.hpp"

namespace chainqual::cli {
namespace {

constexpr std::size_t listed_places = 3;  // of a warning; `validate` lists all

void tell(Session& session, const Findings& findings) {
  if (session.quiet || findings.empty()) return;
  const bool serious = findings.count(FindingLevel::warning) + findings.count(FindingLevel::error) > 0;
  if (!serious && findings.count(FindingLevel::info) > 0) {
    session.note(session.error_ink()(Ink::dim, findings_count(findings, session)) + "\n");
    return;
  }
  session.note(findings_text(findings, session, listed_places));
  session.note(findings_count(findings, session) + "\n\n");
}

}  // namespace

void add_read_flags(CLI::App& app, const Session& session, ReadFlags& flags) {
  flag(app, session, "--repair", flags.repair,
       {"接受安全的修复（全角数字、信用代码大小写等），逐条列出",
        "take safe repairs (full-width digits, case of credit codes); each is listed"});
  option(app, session, "--rejects", flags.rejects, "FOLDER",
         {"有错误的行原样写到这里，其余照常读入",
          "write the rows that have errors here, as they stand, and load the rest"});
}

ChainFile read_and_check(Session& session, const std::string& path, const ReadFlags& flags) {
  ReadOptions options;
  options.repair = flags.repair;
  options.rejects = flags.rejects;
  auto file = read_chain(path, options, session.control(session.say("读取", "reading")));
  session.clear_progress();
  add_chain_findings(file, path, session.control());
  return file;
}

ChainFile load_chain(Session& session, const std::string& path, const ReadFlags& flags, Tell much) {
  auto file = read_and_check(session, path, flags);
  // Rows that went to the rejects are told, not counted against the rest.
  if (flags.rejects.empty()) throw_if_errors(file.findings);
  if (much == Tell::findings || flags.repair || !flags.rejects.empty()) {
    tell(session, file.findings);
  } else if (!session.quiet && file.findings.count(FindingLevel::warning) > 0) {
    session.note(session.error_ink()(Ink::dim, findings_count(file.findings, session) +
                                                   std::string(session.say("，见 chainqual validate ",
                                                                           "; listed by chainqual validate ")) +
                                                   screen_safe(path)) +
                 "\n");
  }
  return file;
}

namespace {

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

NamedNetwork::NamedNetwork(Session& session, const std::string& path, const ReadFlags& flags)
    : language_(session.language) {
  const std::string suffix = std::filesystem::path(path).extension().string();
  const auto control = session.control(session.say("读取", "reading"));
  if (suffix == ".cqn") {
    auto stored = open_network(path, Verify::full, control);
    network_ = std::move(stored.network);
    keys_ = std::move(stored.keys);
    segments_ = std::move(stored.segments);
  } else if (suffix == ".csv" && !std::filesystem::is_directory(path)) {
    ReadNetworkOptions options;
    options.repair = flags.repair;
    if (!flags.rejects.empty()) {
      std::filesystem::create_directories(flags.rejects);
      options.rejected_links = std::filesystem::path(flags.rejects) / "links.csv";
    }
    auto tables = read_network(path, options, control);
    network_ = std::move(tables.network);
    keys_ = std::move(tables.keys);
    segments_ = std::move(tables.segments);
    session.clear_progress();
    tell(session, tables.findings);
  } else {
    file_ = load_chain(session, path, flags);
    network_ = network_of(file_->dossier.chain, session.control());
  }
  session.clear_progress();
}

std::string NamedNetwork::key(EnterpriseId id) const {
  if (file_) return file_->dossier.chain.enterprise(id).id;
  return keys_.empty() ? std::to_string(id.index()) : std::string(keys_.key(id));
}

std::string NamedNetwork::name(EnterpriseId id) const {
  if (!file_) return key(id);
  const std::string shown = name_in(file_->dossier.chain.enterprise(id), language_);
  return shown.empty() ? key(id) : shown;
}

std::string NamedNetwork::segment_name(std::uint32_t segment) const {
  if (segment == Network::none) return {};
  if (file_) return name_in(file_->dossier.chain.segment(SegmentId(segment)), language_);
  return segment < segments_.size() ? segments_[segment] : std::to_string(segment);
}

std::string NamedNetwork::stage_name(EnterpriseId id) const {
  const auto stages = network_.stage();
  if (stages.empty() || stages[id.index()] == Network::no_stage) return {};
  return std::string(label_of(static_cast<Stage>(stages[id.index()]), language_));
}

std::vector<EnterpriseId> NamedNetwork::with_part(const std::string& text) const {
  std::vector<EnterpriseId> found;
  if (!file_ || text.empty()) return found;
  const Chain& chain = file_->dossier.chain;
  for (std::uint32_t i = 0; i < chain.enterprises(); ++i) {
    const Enterprise& record = chain.enterprise(EnterpriseId(i));
    if (record.name.find(text) != std::string::npos || record.name_en.find(text) != std::string::npos) {
      found.emplace_back(i);
    }
  }
  return found;
}

std::vector<std::string> NamedNetwork::near(const std::string& text) const {
  if (file_) return file_->dossier.chain.nearest_keys(text);
  return keys_.empty() ? std::vector<std::string>{} : keys_.nearest(text);
}

std::optional<EnterpriseId> NamedNetwork::find(std::string_view text) const {
  if (file_) return file_->dossier.chain.resolve(text);
  if (!keys_.empty()) return keys_.find(text);
  if (const auto number = whole_number(text); number && *number < network_.enterprises()) return EnterpriseId(*number);
  return std::nullopt;
}

EnterpriseId NamedNetwork::resolve(const std::string& text) const {
  if (const auto known = find(text)) return *known;
  if (!file_ && keys_.empty()) {  // a number, but none that will do
    static_cast<void>(
        count_option("ENTERPRISE", text, 0, network_.enterprises() == 0 ? 0 : network_.enterprises() - 1));
  }
  const auto parts = with_part(text);
  if (parts.size() == 1) return parts.front();
  std::string list;
  const auto add = [&](const std::string& item) {
    list += (list.empty() ? "" : language_ == Language::zh ? "、" : ", ") + item;
  };
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(parts.size(), most); ++i) add(key(parts[i]) + " " + name(parts[i]));
  if (parts.size() > most) list += " …";
  if (parts.size() > 1) {
    throw UsageError({"“" + screen_safe(text) + "”指向 " + std::to_string(parts.size()) + " 家企业：" +
                          screen_safe(list) + "。请写完整名称或编号。",
                      "'" + screen_safe(text) + "' fits " + std::to_string(parts.size()) +
                          " enterprises: " + screen_safe(list) + ". Give the whole name or the id."});
  }
  for (const auto& item : near(text)) add(item);
  const std::string shown = screen_safe(list);
  throw UsageError({"链上没有企业“" + screen_safe(text) + "”。" +
                        (shown.empty() ? "请写编号、信用代码或名称。" : "相近的有：" + shown + "。"),
                    "No enterprise '" + screen_safe(text) + "' in the chain. " +
                        (shown.empty() ? "Give an id, credit code or name." : "Near it: " + shown + ".")});
}

NameLookup enterprise_names_of(const Chain& chain) {
  return {[&chain](std::string_view text) -> std::optional<std::uint32_t> {
            const auto known = chain.resolve(text);
            return known ? std::optional(known->value) : std::nullopt;
          },
          [&chain](std::string_view text) { return chain.nearest_keys(std::string(text)); }};
}

NameLookup sector_names_of(const Chain& chain) {
  const auto find = [&chain](std::string_view text) -> std::optional<std::uint32_t> {
    if (const auto known = chain.find_segment(text)) return known->value;
    const auto& segments = chain.segments();
    for (std::uint32_t s = 0; s < segments.size(); ++s) {
      if (segments[s].name == text || segments[s].name_en == text) return s;
    }
    return std::nullopt;
  };
  const auto nearest = [&chain](std::string_view text) {
    std::vector<std::string_view> candidates;
    for (const Segment& segment : chain.segments()) {
      for (const std::string* word : {&segment.id, &segment.name, &segment.name_en}) candidates.push_back(*word);
    }
    std::vector<std::string> near;
    for (const std::size_t k : nearest_words(text, candidates)) near.emplace_back(candidates[k]);
    return near;
  };
  return {find, nearest};
}

NameLookup NamedNetwork::enterprise_names() const {
  if (file_) return enterprise_names_of(file_->dossier.chain);
  return {[this](std::string_view text) -> std::optional<std::uint32_t> {
            const auto known = find(text);
            return known ? std::optional(known->value) : std::nullopt;
          },
          [this](std::string_view text) { return near(std::string(text)); }};
}

NameLookup NamedNetwork::sector_names() const {
  if (file_) return sector_names_of(file_->dossier.chain);
  const std::uint32_t count = sectors();
  const bool named = network_.sector().empty();
  return {[this, count, named](std::string_view text) -> std::optional<std::uint32_t> {
            for (std::uint32_t s = 0; named && s < segments_.size(); ++s) {
              if (segments_[s] == text) return s;
            }
            const auto number = whole_number(text);
            return number && *number < count ? number : std::nullopt;
          },
          {}};
}

std::uint32_t NamedNetwork::sectors() const {
  const auto column = network_.sector().empty() ? network_.segment() : network_.sector();
  std::uint32_t count = 0;
  for (const std::uint32_t sector : column) {
    if (sector != Network::none) count = std::max(count, sector + 1);
  }
  return file_ ? std::max(count, static_cast<std::uint32_t>(file_->dossier.chain.segments().size())) : count;
}

std::vector<double> shocks_at(const NamedNetwork& named, const std::vector<std::string>& at) {
  std::vector<double> shock(named.network().enterprises(), 0.0);
  for (const auto& item : at) {
    const auto equals = item.rfind('=');
    if (equals == std::string::npos || equals == 0) {
      throw UsageError({"--at 要写成 企业=份额，例如 --at A01=0.5，给的是“" + screen_safe(item) + "”。",
                        "--at takes ENTERPRISE=SHARE, as in --at A01=0.5, not '" + screen_safe(item) + "'."});
    }
    const EnterpriseId id = named.resolve(item.substr(0, equals));
    shock[id.index()] = number_option("--at " + screen_safe(item.substr(0, equals)), item.substr(equals + 1), 0, 1);
  }
  return shock;
}

}  // namespace chainqual::cli
