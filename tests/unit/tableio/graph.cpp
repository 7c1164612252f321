#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <clocale>
#include <locale>
#include <sstream>

#include "chainqual/io/graph_export.hpp"
#include "workspace.hpp"

// GraphML is parsed back with an XML parser, DOT with a reader of its strings: what stands in them is what the chain
// says.

namespace chainqual {
namespace {

using Tree = boost::property_tree::ptree;
using Attributes = std::map<std::string, std::string>;

const std::vector<std::string> hostile{"\"quoted\" 'name'",
                                       "</script><script>alert(1)</script>",
                                       "a & b &amp; c",
                                       "line\nbreak\ttab",
                                       "back\\slash\\",
                                       "\u202E右到左\u200F",
                                       "🏭 𠮷 䶮 𬭎",
                                       "=cmd|' /C calc'!A0",
                                       " ",
                                       std::string(200, 'x'),
                                       "node",
                                       "]]>",
                                       "\\N\\l",
                                       "name;[];{}"};

Chain hostile_chain() {
  Chain chain;
  for (const auto& name : hostile) {
    Enterprise e;
    e.id = "E" + std::to_string(chain.enterprises());
    e.name = name;
    e.weight = 0.1;
    e.stage = Stage::midstream;
    chain.add_enterprise(e);
    Link link;
    link.product = name;
    link.value = 1.0 / 3.0;
    link.evidence = Evidence::inferred;
    chain.add_link("E0", e.id, link);
  }
  return chain;
}

struct Parsed {
  std::map<std::string, std::string> types;  // attribute name → XML type
  std::vector<Attributes> nodes;
  std::vector<Attributes> edges;  // with "source" and "target"
};

Parsed parse(const std::string& graphml) {
  std::istringstream in(graphml);
  Tree tree;
  boost::property_tree::read_xml(in, tree);
  Parsed parsed;
  std::map<std::string, std::string> names;
  const auto attributes = [&](const Tree& element) {
    Attributes found;
    for (const auto& [tag, child] : element) {
      if (tag == "data") found[names.at(child.get<std::string>("<xmlattr>.key"))] = child.data();
    }
    return found;
  };
  for (const auto& [tag, element] : tree.get_child("graphml")) {
    if (tag != "key") continue;
    const Tree& xml = element.get_child("<xmlattr>");
    names[xml.find("id")->second.data()] = xml.find("attr.name")->second.data();
    parsed.types[xml.find("attr.name")->second.data()] = xml.find("attr.type")->second.data();
  }
  for (const auto& [tag, element] : tree.get_child("graphml.graph")) {
    if (tag == "node") parsed.nodes.push_back(attributes(element));
    if (tag != "edge") continue;
    parsed.edges.push_back(attributes(element));
    parsed.edges.back()["source"] = element.get<std::string>("<xmlattr>.source");
    parsed.edges.back()["target"] = element.get<std::string>("<xmlattr>.target");
  }
  return parsed;
}

TEST(GraphMl, EveryNameComesBackFromAnXmlParser) {
  const Parsed parsed = parse(to_graphml(hostile_chain()));
  ASSERT_EQ(parsed.nodes.size(), hostile.size());
  ASSERT_EQ(parsed.edges.size(), hostile.size());
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    EXPECT_EQ(parsed.nodes[i].at("name"), hostile[i]);
    EXPECT_EQ(parsed.edges[i].at("product"), hostile[i]);
    EXPECT_EQ(parsed.edges[i].at("source"), "n0");
    EXPECT_EQ(parsed.edges[i].at("target"), "n" + std::to_string(i));
    EXPECT_EQ(parsed.nodes[i].at("stage"), "midstream");
    EXPECT_EQ(parsed.edges[i].at("evidence"), "inferred");
  }
  EXPECT_EQ(parsed.types.at("weight"), "double");
  EXPECT_EQ(parsed.types.at("value"), "double");
  EXPECT_EQ(parsed.types.at("name"), "string");
}

TEST(GraphMl, NumbersKeepAllTheirDigitsAndAbsentOnesAreNaN) {
  const Parsed parsed = parse(to_graphml(hostile_chain()));
  EXPECT_EQ(std::stod(parsed.edges[0].at("value")), 1.0 / 3.0);
  EXPECT_EQ(parsed.edges[0].at("dependency"), "NaN");
}

TEST(GraphMl, TheGlobalLocaleChangesNothing) {
  struct Grouped : std::numpunct<char> {
    explicit Grouped(const char* sizes) : sizes_(sizes) {}
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return sizes_; }
    const char* sizes_;
  };
  const Chain chain = hostile_chain();
  const std::string plain = to_graphml(chain);
  const std::string dot = to_dot(chain);
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Grouped("\3")));
  const std::string grouped = to_graphml(chain);
  std::locale::global(std::locale(std::locale::classic(), new Grouped("\1")));
  const std::string grouped_dot = to_dot(chain);
  std::locale::global(before);
  EXPECT_EQ(grouped, plain);
  EXPECT_EQ(grouped_dot, dot);
}

TEST(GraphMl, ControlCharactersAndBrokenBytesDoNotBreakTheDocument) {
  Chain chain;
  Enterprise e;
  e.id = "E";
  e.name = std::string("a\x01\r\x7F") + "\xFF" + "b\xEF\xBF\xBF";
  chain.add_enterprise(e);
  EXPECT_EQ(parse(to_graphml(chain)).nodes.at(0).at("name"), "a␁␍␡\uFFFDb\uFFFD");
}

/// What Graphviz makes of the first quoted string after `key=` on each line: its scanner's rule, then those of labels.
std::vector<std::string> labels_of(const std::string& dot, const std::string& arrow) {
  std::vector<std::string> labels;
  std::size_t at = dot.find('{', dot.find("rank=same"));
  while ((at = dot.find("[label=\"", at)) != std::string::npos) {
    const std::size_t line = dot.rfind('\n', at);
    const bool edge = dot.substr(line, at - line).find("->") != std::string::npos;
    at += 8;
    std::string label;
    for (; dot[at] != '"'; ++at) {
      if (dot[at] != '\\') {
        label += dot[at];
      } else {
        ++at;
        label += dot[at] == 'n' ? '\n' : dot[at];
      }
    }
    for (std::size_t entity = 0; (entity = label.find("&amp;", entity)) != std::string::npos; ++entity)
      label.erase(entity + 1, 4);
    if (edge == !arrow.empty()) labels.push_back(label);
  }
  return labels;
}

TEST(Dot, EveryNameIsShownAsItIs) {
  const std::string dot = to_dot(hostile_chain());
  EXPECT_EQ(labels_of(dot, ""), hostile);
  EXPECT_EQ(labels_of(dot, "->"), hostile);
  EXPECT_NE(dot.find("e0->e1 "), std::string::npos);
  EXPECT_NE(dot.find("style=dashed"), std::string::npos);
}

TEST(Dot, LabelsFollowTheLanguageAsFarAsThereIsAName) {
  Chain chain;
  Enterprise e;
  e.id = "E1";
  e.name = "甲";
  e.name_en = "A";
  chain.add_enterprise(e);
  e.id = "E2";
  e.name_en = "";
  chain.add_enterprise(e);
  EXPECT_EQ(labels_of(to_dot(chain, Language::en), ""), (std::vector<std::string>{"A", "甲"}));
  EXPECT_EQ(labels_of(to_dot(chain, Language::zh), ""), (std::vector<std::string>{"甲", "甲"}));
}

TEST(WriteGraph, TheSuffixChoosesTheForm) {
  const testing::Workspace workspace;
  const Chain chain = hostile_chain();
  write_graph(chain, workspace.path("g.graphml"));
  write_graph(chain, workspace.path("g.gv"));
  EXPECT_EQ(testing::bytes_of(workspace.path("g.graphml")), to_graphml(chain));
  EXPECT_EQ(testing::bytes_of(workspace.path("g.gv")), to_dot(chain));
  EXPECT_THROW(write_graph(chain, workspace.path("g.png")), Error);
  EXPECT_EQ(parse(to_graphml(Chain())).nodes.size(), 0U);
}

}  // namespace
}  // namespace chainqual
