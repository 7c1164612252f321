#include "assess_flags.hpp"

#include "chainqual/io/scenario_json.hpp"

namespace chainqual::cli {

void add_assess_flags(CLI::App& app, const Session& session, AssessFlags& flags) {
  option(
      app, session, "--measure", flags.measure, "downstream|upstream|combined",
      {"排名与证据所用的损失，默认 downstream（向下游）", "loss that rankings and evidence go by; default downstream"});
  option(app, session, "--panel", flags.panel, "mean|trimmed_mean|median",
         {"多名专家评分的合成方法，默认 mean（平均）", "how several experts' scores become one; default mean"});
  option(app, session, "--ungraded", flags.ungraded, "SHARE",
         {"未分级问题的冲击大小（0 到 1）；不给时不推算",
          "shock of problems without a grade, 0 to 1; else they shock nobody"});
  option(app, session, "--segment-shock", flags.segment_shock, "whole|by_weight",
         {"没有指明企业的问题：whole 环节内每家全额承受（默认），by_weight 按权重分摊",
          "a problem that names no enterprise: whole, each of its segment has it (default), or by_weight, shared out"});
  add_model_flags(app, session, flags.model, Model::linear);
  option(app, session, "--scenario", flags.scenario, "FILE",
         {"情景文件（JSON，格式见 simulate --help）：与问题一并推算，各自单独列出",
          "scenarios (JSON; their form: simulate --help), propagated beside the problems, each by itself"});
  flag(app, session, "--include-solved", flags.include_solved, {"已解决的问题也推算", "solved problems shock as well"});
}

AssessOptions assess_options(const AssessFlags& flags) {
  AssessOptions options;
  require_one_of("--measure", flags.measure, {"downstream", "upstream", "combined"});
  require_one_of("--panel", flags.panel, {"mean", "trimmed_mean", "median"});
  options.measure = *value_named<LossKind>(flags.measure);
  options.panel.consensus = *value_named<Consensus>(flags.panel);
  require_one_of("--segment-shock", flags.segment_shock, {"whole", "by_weight"});
  options.shock.segment = *value_named<SegmentShock>(flags.segment_shock);
  options.shock.include_solved = flags.include_solved;
  check(flags.model);
  if (!flags.ungraded.empty()) options.shock.ungraded = number_option("--ungraded", flags.ungraded, 0, 1);
  if (!flags.scenario.empty()) options.scenarios = read_scenarios(flags.scenario);
  return options;
}

}  // namespace chainqual::cli
