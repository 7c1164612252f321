#include <algorithm>

#include "commands.hpp"
#include "grade_result.hpp"

namespace chainqual::cli {
namespace {

struct TypedGrade {
  std::vector<std::string> input;
  std::string weights;
  std::string thresholds;
  std::string rounding;
  std::string panel = "mean";
  std::string trim;
  std::string draws = "10000";
  std::string seed = "1";
  std::string out;
  bool stability = false;
  ReadFlags read;
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The chain's own model, with what was typed in place of its parts.
SeverityModel settled_model(const TypedGrade& typed, const SeverityModel& own) {
  Weights weights = own.weights();
  Thresholds thresholds = own.thresholds();
  Rounding rounding = own.rounding();
  if (!typed.rounding.empty()) {
    require_one_of("--rounding", typed.rounding, {"exact", "tenth"});
    rounding = *value_named<Rounding>(typed.rounding);
  }
  try {
    if (!typed.weights.empty()) {
      const auto parts = split(typed.weights);
      if (parts.size() != 3) {
        throw UsageError({"--weights 要三个数，例如 40,30,30。", "--weights takes three numbers, as in 40,30,30."});
      }
      weights = {weight_from_text(parts[0]), weight_from_text(parts[1]), weight_from_text(parts[2])};
    }
    if (!typed.thresholds.empty()) {
      const auto parts = split(typed.thresholds);
      if (parts.size() != 2) {
        throw UsageError({"--thresholds 要两个数，例如 4,2.5。", "--thresholds takes two numbers, as in 4,2.5."});
      }
      thresholds = {Rational::from_string(parts[0]), Rational::from_string(parts[1])};
    }
    return SeverityModel(weights, thresholds, rounding);
  } catch (const Error& error) {
    throw UsageError(error.message());
  }
}

PanelRule settled_rule(const TypedGrade& typed) {
  require_one_of("--panel", typed.panel, {"mean", "trimmed_mean", "median"});
  PanelRule rule;
  rule.consensus = *value_named<Consensus>(typed.panel);
  if (!typed.trim.empty()) {
    const auto trim = Rational::parse(typed.trim);
    if (!trim || *trim < 0 || *trim >= Rational(1, 2)) {
      throw UsageError({"--trim 需要 [0, 0.5) 内的数。", "--trim takes a number in [0, 0.5)."});
    }
    rule.trim = *trim;
  }
  return rule;
}

int grade_numbers(Session& session, const TypedGrade& typed) {
  std::array<Rational, 3> values;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const auto value = Rational::parse(typed.input[k]);
    if (!value || *value < lowest_score || *value > highest_score) {
      throw UsageError(
          {"评分是 1 到 5 的数（可以有小数），给的是“" + screen_safe(typed.input[k]) + "”。",
           "A score is a number from 1 to 5, decimals allowed, not '" + screen_safe(typed.input[k]) + "'."});
    }
    values[k] = *value;
  }
  const Score score{values[0], values[1], values[2]};
  const SeverityModel model = settled_model(typed, SeverityModel());
  if (!session.json) {
    print_card(session, model, score);
    return exit_done;
  }
  Scores scores;
  scores.problems = {""};
  scores.names = {""};
  scores.declared = {Grade::ungraded};
  scores.rows = {{"", "", {score.impact, score.diffusion, score.urgency}}};
  const Graded result = graded(session, std::move(scores), model, {}, std::nullopt);
  Json json = graded_json(session, result);
  Json row = json["problems"][0];
  for (const char* key : {"problem", "declared", "experts"}) row.erase(key);
  for (const char* key : {"problems", "agreement", "findings"}) json.erase(key);
  json.update(row);
  print_json(session, json);
  return exit_done;
}

int grade_file(Session& session, const TypedGrade& typed) {
  const PanelRule rule = settled_rule(typed);
  std::optional<WeightStudy> study;
  if (typed.stability) {
    study.emplace();
    study->draws = count_option("--draws", typed.draws, 1, 100'000'000);
    study->seed = count_option("--seed", typed.seed, 0, UINT64_MAX);
  }
  static_cast<void>(settled_model(typed, SeverityModel()));  // mistyped options are told before the file is read
  Scores scores = read_scores(session, typed.input.front(), typed.read);
  const SeverityModel model = settled_model(typed, scores.model.value_or(SeverityModel()));
  const Graded result = graded(session, std::move(scores), model, rule, study);
  if (!typed.out.empty()) write_graded_csv(result, typed.out);
  if (session.json) {
    print_json(session, graded_json(session, result));
    return exit_done;
  }
  print_graded(session, result);
  if (!typed.out.empty()) {
    session.print("\n" + std::string(session.say("已写出 ", "Written: ")) + screen_safe(typed.out) + "\n");
  }
  return exit_done;
}

int run_grade(Session& session, const TypedGrade& typed) {
  if (typed.input.size() == 3) return grade_numbers(session, typed);
  if (typed.input.size() == 1 && !Rational::parse(typed.input.front())) return grade_file(session, typed);
  throw UsageError({"要么给三个评分（影响、扩散、紧迫，如 5 4 4），要么给一个文件或链文件夹。",
                    "Give either three scores (impact, diffusion, urgency, as in 5 4 4) or one file or chain folder."});
}

}  // namespace

void add_grade(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedGrade>();
  auto& app = line.command("grade",
                           {"按精确的 40/30/30 模型分级：三个评分，或一张表、一条链",
                            "grade by the exact 40/30/30 model: three scores, a table, or a chain"},
                           {"chainqual grade 5 4 4", "chainqual grade scores.csv --panel median --stability",
                            "chainqual grade my_chain --rounding tenth --out graded.csv"},
                           [&session, typed] { return run_grade(session, *typed); });
  option(app, session, "SCORES", typed->input, "",
         {"三个数：影响、扩散、紧迫（1 到 5，可有小数）；或 .csv、链文件夹、.json",
          "three numbers: impact, diffusion, urgency (1 to 5, decimals allowed); or a .csv, chain folder or .json"});
  option(app, session, "--weights", typed->weights, "I,D,U",
         {"三项权重，和为 100 或 1，默认 40,30,30", "weights, sum 100 or 1; default 40,30,30"});
  option(app, session, "--thresholds", typed->thresholds, "C,I",
         {"★★★ 与 ★★ 的下限，默认 4,2.5", "lowest totals of ★★★ and ★★; default 4,2.5"});
  option(app, session, "--rounding", typed->rounding, "exact|tenth",
         {"按精确总分（默认）或先四舍五入到一位小数",
          "grade on the exact total (default) or on the total rounded to one decimal"});
  option(app, session, "--panel", typed->panel, "mean|trimmed_mean|median",
         {"多名专家的合成方法，默认 mean", "how several experts become one; default mean"});
  option(app, session, "--trim", typed->trim, "SHARE",
         {"去极值平均两端各去掉的比例，默认 0.2", "share left out at each end by the trimmed mean; default 0.2"});
  flag(app, session, "--stability", typed->stability,
       {"权重在模型附近变动时等级是否不变", "whether grades keep when the weights vary near the model's"});
  option(app, session, "--draws", typed->draws, "N",
         {"抽取多少组权重，默认 10000", "weight vectors drawn; default 10000"});
  option(app, session, "--seed", typed->seed, "N", {"随机种子，默认 1", "seed; default 1"});
  option(app, session, "--out", typed->out, "FILE.csv", {"分级结果写成 CSV", "write the grades as CSV"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
