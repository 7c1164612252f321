#include "assess_text.hpp"

#include <algorithm>
#include <string>

#include "input.hpp"

namespace chainqual::cli {
namespace {

constexpr std::size_t bar_cells = 12;

class Printer {
 public:
  Printer(Session& session, const Dossier& dossier, const AssessReport& report, std::size_t top)
      : session_(session), dossier_(dossier), report_(report), top_(top), measure_(report.options.measure) {}

  void title();
  void problems();
  void notes_on_problems();
  void enterprises();
  void groups();
  void aspects();
  void scenarios();
  void basis();
  void written(const OutputFolder& folder);

 private:
  [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
    return std::string(session_.say(zh, en));
  }
  void heading(const std::string& text) { session_.print("\n" + session_.ink()(Ink::bold, text) + "\n"); }
  void show(const Table& table) { session_.print(table.text(session_.ink(), session_.width())); }
  void sentence(const std::string& text) {
    session_.print("  " + wrapped(screen_safe(text), session_.text_width(), "  ", 2) + "\n");
  }
  [[nodiscard]] static Ink ink_of(Grade grade) {
    return grade == Grade::critical ? Ink::red : grade == Grade::important ? Ink::yellow : Ink::plain;
  }
  [[nodiscard]] Table::Cell grade(Grade value) const {
    if (value == Grade::ungraded) return Table::Cell("–", Ink::dim);
    return Table::Cell(std::string(stars(value)), ink_of(value));
  }
  [[nodiscard]] Table::Cell bar_of(double loss, double most) const {
    return Table::Cell(bar(most > 0 ? loss / most : 0, bar_cells), Ink::cyan);
  }
  [[nodiscard]] double loss_of(const EnterpriseRow& row) const {
    return GroupLoss{row.downstream, row.upstream, row.combined}.of(measure_);
  }
  [[nodiscard]] std::string home_segment(EnterpriseId id) const {
    const SegmentId home = dossier_.chain.home_segment(id);
    return home.is_none() ? std::string() : name_in(dossier_.chain.segment(home), session_.language);
  }
  [[nodiscard]] std::string where(const Problem& problem) const;
  [[nodiscard]] std::string count(std::uint64_t number, std::string_view zh, std::string_view one,
                                  std::string_view many) const {
    return grouped(number) + " " + say(zh, number == 1 ? one : many);
  }
  /// Mean loss with its bar, by which the tables are ranked; then the loss of all problems at once.
  void loss_columns(Table& table) const {
    table.column(say("平均损失", "mean loss"), Align::right);
    table.column("");
    table.column(say("同时发生", "all at once"), Align::right);
  }
  void group_table(const std::string& title, const std::vector<GroupRow>& rows, bool ranked);

  Session& session_;
  const Dossier& dossier_;
  const AssessReport& report_;
  std::size_t top_;
  LossKind measure_;
};

std::string Printer::where(const Problem& problem) const {
  std::string out;
  for (const auto& id : problem.segments) {
    const auto known = dossier_.chain.find_segment(id);
    out += (out.empty() ? "" : say("、", ", ")) +
           (known ? name_in(dossier_.chain.segment(*known), session_.language) : id);
  }
  const std::string stage(label_of(problem.stage, session_.language));
  return out.empty() ? stage + say("全段", ", whole") : stage + say("·", " · ") + out;
}

void Printer::title() {
  const ChainInfo& info = dossier_.info;
  const std::string name = name_in(info, session_.language);
  session_.print(session_.ink()(Ink::bold, screen_safe(name.empty() ? say("产业链", "Chain") : name) +
                                               say(" · 质量评估", " · quality assessment")) +
                 "\n");
  std::string line;
  const auto add = [&](const std::string& part) { line += (line.empty() ? "" : " · ") + part; };
  if (!info.date.empty()) add(say("内容截至 ", "content as of ") + info.date);
  add(count(report_.enterprises, "家企业", "enterprise", "enterprises"));
  add(count(dossier_.chain.segments().size(), "个环节", "segment", "segments"));
  add(count(report_.links, "条供应联系", "supply link", "supply links") + say("（有据 ", " (") +
      grouped(report_.links_documented) + say("，推断 ", " documented, ") + grouped(report_.links_inferred) +
      say("）", " inferred)"));
  sentence(line);
  line.clear();
  add(count(report_.problems.size(), "个问题", "problem", "problems"));
  if (report_.experts > 0) add(count(report_.experts, "位专家", "expert", "experts"));
  sentence(line);
}

void Printer::problems() {
  heading(say("问题：等级与影响", "Problems: grade and impact"));
  if (report_.problems.empty()) return sentence(say("链上没有登记问题。", "The chain has no problems registered."));
  Table table;
  table.column("#", Align::right);
  table.column(say("编号", "no."));
  table.column(say("问题", "problem"), Align::left, true);
  table.column(say("位置", "where"), Align::left, true);
  table.column(say("原文", "declared"));
  table.column(say("计算", "computed"));
  table.column(say("总分", "total"), Align::right);
  table.column(say("扩散 评→荐", "diffusion"));
  table.column(say("波及企业", "hit"), Align::right);
  table.column(say("全链损失", "chain loss"), Align::right);
  table.column("");
  double most = 0;
  for (const auto& found : report_.problems) most = std::max(most, found.impact.whole_chain.of(measure_));
  for (const std::size_t at : report_.problem_ranking) {
    const auto& found = report_.problems[at];
    const Problem& problem = dossier_.problems[found.problem];
    const auto& evidence = found.diffusion;
    const double loss = found.impact.whole_chain.of(measure_);
    const bool graded = found.computed && found.computed->grade != Grade::ungraded;
    const std::string suggested = evidence.suggested == 0 ? "–" : std::to_string(evidence.suggested);
    std::string declared = "–";
    if (evidence.declared) declared = evidence.declared->to_string(evidence.declared->is_integer() ? 0 : 1);
    declared = pad_to_width(declared, 3, Align::right);
    Table::Cell computed = grade(graded ? found.computed->grade : Grade::ungraded);
    if (found.differs) computed = Table::Cell(computed.text + " ≠", Ink::red);
    table.row({std::to_string(found.rank), problem.number, name_in(problem, session_.language), where(problem),
               grade(found.declared), computed, graded ? found.computed->total.to_string(2) : std::string("–"),
               declared + " → " + suggested, found.shocks ? std::to_string(evidence.enterprises_hit) : std::string("–"),
               found.shocks ? percent(loss) : std::string("–"), bar_of(loss, most)});
  }
  show(table);
}

void Printer::notes_on_problems() {
  std::size_t differing = 0;
  std::size_t scored = 0;
  std::size_t firm = 0;
  for (const auto& found : report_.problems) {
    differing += found.differs ? 1 : 0;
    if (!found.stability || !found.stability->kept_share) continue;
    ++scored;
    firm += *found.stability->kept_share >= 0.95 ? 1 : 0;
  }
  if (differing > 0) {
    sentence(say("≠ ", "≠ ") + count(differing, "个问题的原文星级与计算等级不同。",
                                     "problem's declared stars differ from its computed grade.",
                                     "problems' declared stars differ from their computed grades."));
  }
  if (scored > 0) {
    sentence(say("权重在模型附近变动时，", "With weights varied near the model's, ") + std::to_string(firm) + "/" +
             std::to_string(scored) +
             say(" 个评过分的问题等级基本不变（≥ 95 %）。", " of the scored problems keep their grade (≥ 95 %)."));
  }
  std::vector<std::pair<std::string, std::string>> reasons;  // reason, numbers
  for (const auto& found : report_.problems) {
    if (found.shocks) continue;
    const std::string& reason = session_.say(found.why_not);
    auto known = std::find_if(reasons.begin(), reasons.end(), [&](const auto& item) { return item.first == reason; });
    if (known == reasons.end()) known = reasons.insert(reasons.end(), {reason, ""});
    known->second += (known->second.empty() ? "" : say("、", ", ")) + found.number;
  }
  for (const auto& [reason, numbers] : reasons) {
    sentence(say("– 没有推算：", "– not propagated: ") + numbers + say("。", ". ") + reason);
  }
}

void Printer::enterprises() {
  heading(say("企业：按单个问题的平均影响排名", "Enterprises: ranked by the mean impact of one problem"));
  Table table;
  table.column("#", Align::right);
  table.column(say("企业", "enterprise"), Align::left, true);
  table.column(say("阶段", "stage"));
  table.column(say("环节", "segment"), Align::left, true);
  table.column(say("问题", "problems"), Align::right);
  table.column(say("重要度", "importance"), Align::right);
  loss_columns(table);
  std::size_t shown = 0;
  double most = 0;
  for (const auto& row : report_.enterprise_rows) most = std::max(most, row.mean_loss);
  for (const EnterpriseId id : report_.enterprise_ranking) {
    const EnterpriseRow& row = report_.enterprise_rows[id.index()];
    if (shown == top_ || row.mean_loss <= 0) break;
    const Enterprise& record = dossier_.chain.enterprise(id);
    table.row({std::to_string(row.rank), name_in(record, session_.language),
               std::string(label_of(record.stage, session_.language)), home_segment(id), std::to_string(row.problems),
               row.importance ? percent(*row.importance) : std::string("–"), percent(row.mean_loss),
               bar_of(row.mean_loss, most), percent(loss_of(row))});
    ++shown;
  }
  if (table.empty()) return sentence(say("没有企业受到影响。", "No enterprise is hit."));
  show(table);
  std::size_t hit = 0;
  for (const auto& row : report_.enterprise_rows) hit += row.mean_loss > 0 ? 1 : 0;
  if (hit > shown) {
    sentence(say("… 另有 ", "… and ") + std::to_string(hit - shown) +
             say(" 家受影响，见 impact_by_enterprise.csv；--top 0 全部列出。",
                 " more, in impact_by_enterprise.csv; --top 0 lists all."));
  }
}

void Printer::group_table(const std::string& title, const std::vector<GroupRow>& rows, bool ranked) {
  if (rows.empty()) return;
  heading(title);
  std::vector<const GroupRow*> order;
  for (const auto& row : rows) order.push_back(&row);
  if (ranked) {
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->rank < b->rank; });
  }
  Table table;
  if (ranked) table.column("#", Align::right);
  table.column(ranked ? say("环节", "segment") : say("阶段", "stage"), Align::left, true);
  table.column(say("企业", "enterprises"), Align::right);
  table.column(say("问题", "problems"), Align::right);
  loss_columns(table);
  double most = 0;
  for (const auto* row : order) most = std::max(most, row->mean_loss);
  std::size_t shown = 0;
  for (const auto* row : order) {
    if (ranked && shown++ == top_) break;
    std::vector<Table::Cell> cells;
    if (ranked) cells.emplace_back(std::to_string(row->rank));
    const std::string& name = session_.say(row->name);
    cells.emplace_back((name.empty() ? row->key : name) + (row->final_product ? say(" ◆", " ◆") : ""));
    for (const std::uint32_t number : {row->enterprises, row->problems}) cells.emplace_back(std::to_string(number));
    cells.emplace_back(percent(row->mean_loss));
    cells.push_back(bar_of(row->mean_loss, most));
    cells.emplace_back(percent(row->loss.of(measure_)));
    table.row(std::move(cells));
  }
  show(table);
}

void Printer::groups() {
  group_table(say("环节：按单个问题的平均影响排名（◆ 交付最终产品）",
                  "Segments: ranked by the mean impact of one problem (◆ delivers a final product)"),
              report_.segments, true);
  group_table(say("阶段：单个问题的平均影响", "Stages: the mean impact of one problem"), report_.stages, false);
}

void Printer::aspects() {
  Table table;
  table.column(say("方面", "aspect"));
  table.column(say("占比", "share"), Align::right);
  table.column(say("全链损失", "chain loss"), Align::right);
  table.column("");
  double most = 0;
  for (const auto& row : report_.aspects) most = std::max(most, row.share);
  if (most <= 0) return;
  for (const auto& row : report_.aspects) {
    table.row({std::string(label_of(row.aspect, session_.language)), percent(row.share), percent(row.loss.of(measure_)),
               bar_of(row.share, most)});
  }
  heading(say("影响落在哪些方面", "What the impact falls on"));
  show(table);
}

void Printer::scenarios() {
  if (report_.scenarios.empty()) return;
  heading(say("情景：各自单独发生时的影响", "Scenarios: the impact of each by itself"));
  Table table;
  table.column(say("情景", "scenario"), Align::left, true);
  table.column(say("扩散荐分", "diffusion"), Align::right);
  table.column(say("波及企业", "hit"), Align::right);
  table.column(say("最终产品", "final products"), Align::right);
  table.column(say("全链损失", "chain loss"), Align::right);
  table.column("");
  double most = 0;
  for (const auto& row : report_.scenarios) most = std::max(most, row.impact.whole_chain.of(measure_));
  for (const auto& row : report_.scenarios) {
    const double loss = row.impact.whole_chain.of(measure_);
    table.row({name_in(row, session_.language), std::to_string(row.diffusion.suggested),
               std::to_string(row.diffusion.enterprises_hit), percent(row.impact.final_products.of(measure_)),
               percent(loss), bar_of(loss, most)});
  }
  show(table);
  for (const auto& row : report_.scenarios) {
    for (const Text& note : row.losses.notes)
      sentence("· " + name_in(row, session_.language) + say("：", ": ") + session_.say(note));
  }
}

void Printer::basis() {
  heading(say("数字的依据", "What the figures rest on"));
  sentence("· " +
           say("平均损失是每个问题单独发生时损失的平均值；损失与证据均为",
               "The mean loss is that under each problem alone, averaged; losses and evidence are by ") +
           std::string(label_of(measure_, session_.language)) + say("。", "."));
  sentence("· " + say("传导模型：", "Propagation model: ") +
           std::string(label_of(report_.options.propagation.model, session_.language)) + say("。", "."));
  sentence("· " + say("全部问题同时发生时，全链损失 ", "All problems at once cost the chain ") +
           percent(report_.impact.whole_chain.of(measure_)) + say("，最终产品 ", ", its final products ") +
           percent(report_.impact.final_products.of(measure_)) + say("。", "."));
  sentence("· " + say("影响经过有据联系 ", "The impact runs over ") + grouped(report_.links_used_documented) +
           say(" 条、推断联系 ", " documented and ") + grouped(report_.links_used_inferred) +
           say(" 条。", " inferred links."));
  for (const auto& text : report_.assumptions) sentence("· " + session_.say(text));
  const std::string& note =
      session_.language == Language::zh || dossier_.info.note_en.empty() ? dossier_.info.note : dossier_.info.note_en;
  if (!note.empty()) sentence("· " + note);
}

void Printer::written(const OutputFolder& folder) {
  heading(say("已写出 ", "Written to ") + screen_safe(folder.folder().string()) + "/");
  std::string names;
  for (const auto& path : folder.files()) names += (names.empty() ? "" : "  ") + path.filename().string();
  sentence(names);
  sentence(say("产业链图：用浏览器打开 ", "The map: open in a browser ") +
           screen_safe((folder.folder() / "map.html").string()) + say("；静态图 map.svg", "; static: map.svg"));
}

}  // namespace

void print_assessment(Session& session, const Dossier& dossier, const AssessReport& report, std::size_t top,
                      const OutputFolder& folder) {
  Printer printer(session, dossier, report, top);
  printer.title();
  printer.problems();
  printer.notes_on_problems();
  printer.enterprises();
  printer.groups();
  printer.aspects();
  printer.scenarios();
  printer.basis();
  printer.written(folder);
}

}  // namespace chainqual::cli
