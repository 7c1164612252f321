#pragma once

#include <string>
#include <vector>

#include "chainqual/map/layout.hpp"
#include "chainqual/map/svg.hpp"

// Chains of any size to draw, and what must hold of every drawing.
namespace chainqual::map_cases {

/// `n` enterprises in `segments` segments over the three stages, each supplying the next ones; names get longer with
/// their number, so that some must be broken and some cut.
inline Dossier made_chain(std::uint32_t n, std::uint32_t segments) {
  Dossier d;
  d.info.name = "测试产业链";
  d.info.name_en = "Test chain";
  d.info.home_region = "120000";
  d.info.date = "2025-01-31";
  d.info.sources = {"第一份资料", "第二份资料"};
  d.info.note = std::string(40, 'x') + "这是一段很长的说明文字，用来占满几行。" + std::string(300, 'y');
  const Stage stages[] = {Stage::upstream, Stage::midstream, Stage::downstream};
  for (std::uint32_t s = 0; s < segments; ++s) {
    Segment segment;
    segment.id = "s" + std::to_string(s);
    segment.name =
        "环节" + std::to_string(s) + std::string(s % 4 == 3 ? "名称特别长以至于一行放不下的一个环节名称示例" : "");
    segment.name_en = "Segment " + std::to_string(s);
    segment.stage = stages[s % 3];
    segment.industry = "某产业";
    segment.regions = {"天津", s % 2 == 0 ? "武汉" : "北京"};
    segment.final_product = s % 5 == 2;
    d.chain.add_segment(segment);
    Institution institution;
    institution.id = "i" + std::to_string(s);
    institution.name = "质量检验研究院" + std::to_string(s);
    institution.cnas = true;
    institution.segments = {segment.id, "s0"};
    d.chain.add_institution(institution);
  }
  for (std::uint32_t k = 0; k < segments; ++k) {
    Institution university;
    university.id = "u" + std::to_string(k);
    university.name = "全链服务大学" + std::to_string(k);
    university.cma = k % 2 == 0;
    d.chain.add_institution(university);
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    Enterprise e;
    e.id = "e" + std::to_string(i);
    e.name = "企业" + std::to_string(i);
    for (std::uint32_t k = 0; k < i % 9; ++k) e.name += k % 2 == 0 ? "先进制造" : "Technology ";
    e.stage = stages[i % 3];
    if (segments != 0) e.segments = {"s" + std::to_string(i % segments)};
    if (segments > 1 && i % 7 == 0) e.segments.push_back("s" + std::to_string((i + 1) % segments));
    e.region = i % 3 == 0 ? "120000" : i % 3 == 1 ? "440000" : "";
    e.role = i % 50 == 0 ? Role::owner : Role::member;
    e.ladder = i % 4 == 0 ? Ladder::leader : i % 4 == 1 ? Ladder::follower : Ladder::unstated;
    e.size = static_cast<EnterpriseSize>(i % 5);
    e.products = {"产品甲", "产品乙", "一种名字很长很长很长很长很长很长的产品"};
    d.chain.add_enterprise(e);
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    for (const std::uint32_t step : {1u, 2u, 5u}) {
      if (i + step >= n) continue;
      Link link;
      link.dependency = 0.2;
      link.evidence = i % 3 == 0 ? Evidence::documented : Evidence::inferred;
      d.chain.add_link(EnterpriseId{i}, EnterpriseId{i + step}, link);
    }
  }
  for (std::uint32_t p = 0; p < 40 && segments != 0; ++p) {
    Problem problem;
    problem.number = "P" + std::to_string(p);
    problem.name =
        "问题" + std::to_string(p) + (p % 3 == 0 ? "，名字长得要在清单里截断才能放下的一个质量问题的名字示例" : "");
    problem.name_en = "Problem number " + std::to_string(p);
    problem.stage = stages[p % 3];
    problem.segments = {"s" + std::to_string(p % segments)};
    problem.declared = static_cast<Grade>(p % 4);
    d.problems.push_back(problem);
  }
  Project project;
  project.number = "J1";
  project.name = "项目";
  project.problems = {"P1", "P2"};
  d.projects.push_back(project);
  return d;
}

inline AssessReport assessed(const Dossier& dossier) {
  AssessOptions options;
  options.stability_draws = 0;
  return assess(dossier, options);
}

/// Everything wrong with a scene's layout, in words; empty when nothing is.
inline std::vector<std::string> layout_faults(const Scene& scene) {
  std::vector<std::string> faults;
  std::vector<std::pair<Box, std::string>> texts;
  const auto fault = [&](std::string what) {
    if (faults.size() < 20) faults.push_back(std::move(what));
  };
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text == nullptr) continue;
    const Box box = text_box(*text);
    if (!scene.frames.at(text->frame).box.contains(box)) fault("leaves its frame: " + text->text);
    texts.emplace_back(box, text->text);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t k = i + 1; k < texts.size(); ++k) {
      if (texts[i].first.overlaps(texts[k].first)) fault("overlap: " + texts[i].second + " / " + texts[k].second);
    }
  }
  for (std::size_t i = 0; i < scene.frames.size(); ++i) {
    const Frame& frame = scene.frames[i];
    if (!scene.frames.at(frame.parent).box.contains(frame.box))
      fault("frame " + std::to_string(i) + " leaves its parent");
    for (std::size_t k = i + 1; k < scene.frames.size(); ++k) {
      if (scene.frames[k].parent == frame.parent && k != frame.parent && i != frame.parent &&
          scene.frames[k].box.overlaps(frame.box)) {
        fault("frames " + std::to_string(i) + " and " + std::to_string(k) + " overlap");
      }
    }
  }
  return faults;
}

inline std::size_t frames_of(const Scene& scene, FrameRole role) {
  std::size_t count = 0;
  for (const auto& frame : scene.frames) count += frame.role == role ? 1 : 0;
  return count;
}

}  // namespace chainqual::map_cases
