#include "mitigate_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "input.hpp"

namespace chainqual::cli {
namespace {

std::string enterprise_name(const Session& session, const Chain& chain, const std::string& text) {
  const auto id = chain.resolve(text);
  const std::string name = id ? name_in(chain.enterprise(*id), session.language) : std::string();
  return name.empty() ? text : name;
}

/// 0.0123 → "1.23%".
std::string percent_fine(double share) {
  return fixed(100 * share, 2) + "%";
}

/// Money as people write it: at most two decimals, none that say nothing.
std::string money(double amount) {
  std::string text = fixed(amount, 2);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

/// As `percent`, also below 0, where a measure adds loss.
std::string percent_signed(double share) {
  return share < 0 ? "-" + percent(-share) : percent(share);
}

/// Three figures of a number of any size.
std::string figures(double value) {
  if (value == 0) return "0";
  const int digits = static_cast<int>(std::floor(std::log10(std::abs(value))));
  return digits < -6 ? shortest(value) : fixed(value, std::max(0, 2 - digits));
}

class MitigationText {
 public:
  MitigationText(Session& session, const MitigationView& view) : session_(session), view_(view), found_(view.result) {}

  void print(std::size_t top) {
    head();
    chosen();
    frontier();
    left_out(top);
    session_.print("\n  " + wrapped(session_.say(found_.note), session_.text_width(), "  ", 2) + "\n");
  }

 private:
  [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
    return std::string(session_.say(zh, en));
  }
  [[nodiscard]] std::string title(std::size_t measure) const {
    return measure_title(session_, view_.dossier, view_.measures[measure]);
  }
  /// Of the loss without measures.
  [[nodiscard]] double share(double loss) const { return found_.loss_before > 0 ? loss / found_.loss_before : 0; }
  [[nodiscard]] double of_chain(double loss) const { return found_.weight > 0 ? loss / found_.weight : 0; }

  void head() {
    session_.print(say("模型：", "model: ") + std::string(label_of(found_.model, session_.language)) +
                   (found_.counted == LossKind::combined
                        ? std::string()
                        : say("（", " (") + std::string(label_of(found_.counted, session_.language)) + say("）", ")")) +
                   say("；", "; ") +
                   (view_.problems ? say("登记的质量问题 ", "registered problems: ") : say("情景 ", "scenarios: ")) +
                   grouped(found_.scenarios) + say(" 个\n", "\n"));
    session_.print(say("全链平均损失：", "mean loss of the chain: ") + percent_fine(of_chain(found_.loss_before)) +
                   " → " + percent_fine(of_chain(found_.loss_after)) + say("，减少 ", ", avoided: ") +
                   percent(share(found_.avoided)) + "\n");
    session_.print(say("预算 ", "budget: ") + money(found_.budget) + say(" 万元，用去 ", ", spent: ") +
                   money(found_.spent) + say(" 万元\n\n", " (10,000 yuan)\n\n"));
  }

  void chosen() {
    if (found_.chosen.empty()) {
      session_.print(say("  没有选出措施。\n", "  Nothing was chosen.\n"));
      return;
    }
    Table table;
    table.column("#", Align::right);
    table.column(say("措施", "measure"), Align::left, true);
    table.column(say("费用", "cost"), Align::right);
    table.column(say("减少损失", "avoided"), Align::right);
    table.column(say("单独采用", "alone"), Align::right);
    table.column(say("每万元减少", "per 10,000 yuan"), Align::right);
    table.column(say("剩余损失", "loss left"), Align::right);
    table.column("");
    for (std::size_t k = 0; k < found_.chosen.size(); ++k) {
      const ChosenMeasure& each = found_.chosen[k];
      table.row({std::to_string(k + 1),
                 title(each.measure),
                 money(each.cost),
                 percent_signed(share(each.avoided)),
                 percent_signed(share(each.avoided_alone)),
                 each.per_cost ? figures(100 * share(*each.per_cost)) + "%" : say("不花钱", "free"),
                 percent(share(each.loss)),
                 {bar(share(each.loss), 16), Ink::cyan}});
    }
    session_.print(table.text(session_.ink(), session_.width()));
    session_.print(say("  百分比都相对于不采取措施时的损失。\n", "  Shares are of the loss without measures.\n"));
  }

  /// What money buys, from left to right: the higher, the more loss is avoided.
  void frontier() {
    static constexpr std::array<std::string_view, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto& points = found_.frontier;
    if (points.size() < 2) return;
    constexpr std::size_t cells = 48;
    std::string line;
    for (std::size_t k = 0; k < cells; ++k) {
      const double spent = points.back().spent * static_cast<double>(k + 1) / cells;
      double worth = 0;
      for (const FrontierPoint& point : points) {
        if (point.spent <= spent * (1 + 1e-9)) worth = point.worth;
      }
      line += blocks[static_cast<std::size_t>(std::clamp(worth / points.back().worth, 0.0, 1.0) * 7.999)];
    }
    session_.print(
        "\n  " + say("花多少钱减少多少损失：", "loss avoided by money spent:") + "\n  " +
        session_.ink()(Ink::cyan, line) + "\n  " + say("最右 ", "at the right: ") + money(points.back().spent) +
        say(" 万元，减少 ", ", avoided: ") + percent(share(points.back().worth)) +
        (found_.frontier_exact ? say("；每一点都是同样花费下的最优", "; each point is the best for its money")
                               : std::string()) +
        "\n");
  }

  void left_out(std::size_t top) {
    std::vector<std::size_t> others;
    for (std::size_t k = 0; k < found_.outcomes.size(); ++k) {
      if (found_.outcomes[k].fate != MeasureFate::chosen) others.push_back(k);
    }
    if (others.empty()) return;
    std::stable_sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
      return found_.outcomes[a].avoided_alone > found_.outcomes[b].avoided_alone;
    });
    session_.print("\n  " + say("没有入选的措施：", "Measures left out:") + "\n");
    Table table;
    table.column(say("措施", "measure"), Align::left, true);
    table.column(say("结果", "outcome"));
    table.column(say("费用", "cost"), Align::right);
    table.column(say("单独采用减少", "avoided alone"), Align::right);
    std::vector<Text> reasons;
    for (std::size_t k = 0; k < std::min(top, others.size()); ++k) {
      const MeasureOutcome& outcome = found_.outcomes[others[k]];
      std::string fate(label_of(outcome.fate, session_.language));
      if (!outcome.why.en.empty()) {
        auto known = std::find(reasons.begin(), reasons.end(), outcome.why);
        if (known == reasons.end()) known = reasons.insert(reasons.end(), outcome.why);
        fate += " [" + std::to_string(known - reasons.begin() + 1) + "]";
      }
      table.row({title(others[k]), fate, outcome.cost ? money(*outcome.cost) : "?",
                 percent_signed(share(outcome.avoided_alone))});
    }
    session_.print(table.text(session_.ink(), session_.width()));
    if (others.size() > top) {
      session_.print(say("  … 另有 ", "  … and ") + grouped(others.size() - top) +
                     say(" 项；--top 0 全部列出，--out 写成 CSV。\n", " more; --top 0 lists all, --out writes CSV.\n"));
    }
    for (std::size_t k = 0; k < reasons.size(); ++k) {
      session_.print(
          "  " +
          wrapped("[" + std::to_string(k + 1) + "] " + session_.say(reasons[k]), session_.text_width(), "      ", 2) +
          "\n");
    }
  }

  Session& session_;
  const MitigationView& view_;
  const MitigationResult& found_;
};

}  // namespace

std::string measure_title(const Session& session, const Dossier& dossier, const Measure& measure) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const auto enterprise = [&](const std::string& text) { return enterprise_name(session, dossier.chain, text); };
  if (std::string name = name_in(measure, session.language); !name.empty()) return name;
  switch (measure.kind) {
    case MeasureKind::alternate: {
      const Alternate& each = measure.alternate;
      return enterprise(each.customer) + say("：", ": ") + enterprise(each.supplier) + say(" 的 ", " → ") +
             (session.language == Language::zh ? money(100 * each.share) + "%" + " 改由 " : std::string()) +
             enterprise(each.alternate) + say(" 供应", ", " + money(100 * each.share) + "%");
    }
    case MeasureKind::stock:
      return enterprise(measure.stock.enterprise) + say("：多备 ", ": ") + money(measure.stock.days) +
             say(" 天库存", " more days of stock");
    case MeasureKind::project:
      break;
  }
  for (const Project& project : dossier.projects) {
    if (project.number != measure.project.project || project.number.empty()) continue;
    return project.number + " " + name_in(project, session.language);
  }
  std::string list;
  for (const std::string& number : measure.project.problems) list += (list.empty() ? "" : say("、", ", ")) + number;
  return say("解决 ", "solve ") + list;
}

void print_mitigation(Session& session, const MitigationView& view, std::size_t top) {
  MitigationText(session, view).print(top);
}

}  // namespace chainqual::cli
