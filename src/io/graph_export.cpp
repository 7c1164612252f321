#include "chainqual/io/graph_export.hpp"

#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <charconv>
#include <functional>
#include <limits>
#include <locale>
#include <memory>
#include <sstream>

#include "chainqual/io/file.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using Graph = Chain::Graph;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;
using Edge = Chain::Edge;

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += "; ";
    out += item;
  }
  return out;
}

/// Shortest text of a double that reads back to the same bits, whatever the locale; NaN, INF and -INF as XML Schema
/// spells them.
std::string digits(const std::optional<double>& value) {
  if (!value || *value != *value) return "NaN";
  if (*value == std::numeric_limits<double>::infinity()) return "INF";
  if (*value == -std::numeric_limits<double>::infinity()) return "-INF";
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value).ptr;
  return {buffer.data(), end};
}

/// Text that XML 1.0 can hold: line feeds and tabs stay, other control characters become their pictures, what is no
/// character becomes U+FFFD. A carriage return is one of them: a parser would turn it into a line feed, and Boost
/// escapes the ampersand of "&#13;".
std::string xml_safe(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto character = detail::read_character(text);
    const std::string_view piece = text.substr(0, character.length);
    const char32_t code = character.code;
    if (!character.valid || code == 0xFFFE || code == 0xFFFF) {
      out += "\xEF\xBF\xBD";
    } else if ((code < 0x20 && code != U'\t' && code != U'\n') || code == 0x7F) {
      out += "\xE2\x90";
      out += static_cast<char>(code == 0x7F ? 0xA1 : 0x80 + code);
    } else {
      out += piece;
    }
    text.remove_prefix(piece.size());
  }
  return out;
}

/// A property that names its type and spells its values itself: Boost 1.74 prints values through a stream, six digits
/// and in the global locale.
class Property : public boost::dynamic_property_map {
 public:
  Property(const std::type_info& key, const std::type_info& value, std::function<std::string(const boost::any&)> spell)
      : key_(&key), value_(&value), spell_(std::move(spell)) {}
  boost::any get(const boost::any& key) override { return spell_(key); }
  std::string get_string(const boost::any& key) override { return spell_(key); }
  void put(const boost::any&, const boost::any&) override { BOOST_THROW_EXCEPTION(boost::dynamic_const_put_error()); }
  const std::type_info& key() const override { return *key_; }
  const std::type_info& value() const override { return *value_; }

 private:
  const std::type_info* key_;
  const std::type_info* value_;
  std::function<std::string(const boost::any&)> spell_;
};

/// Declares a property of the graph's nodes (Key = Vertex) or edges (Key = Edge), of XML type Value.
template <class Key, class Value, class Spell>
void declare(boost::dynamic_properties& properties, const Graph& graph, const char* name, Spell spell) {
  properties.insert(name,
                    boost::make_shared<Property>(typeid(Key), typeid(Value), [&graph, spell](const boost::any& key) {
                      return spell(graph[boost::any_cast<const Key&>(key)]);
                    }));
}

void declare_enterprise(boost::dynamic_properties& p, const Graph& g) {
  const auto text = [&](const char* name, std::string Enterprise::*member) {
    declare<Vertex, std::string>(p, g, name, [member](const Enterprise& e) { return xml_safe(e.*member); });
  };
  text("id", &Enterprise::id);
  text("credit_code", &Enterprise::credit_code);
  text("name", &Enterprise::name);
  text("name_en", &Enterprise::name_en);
  text("region", &Enterprise::region);
  text("city", &Enterprise::city);
  declare<Vertex, std::string>(p, g, "stage", [](const Enterprise& e) { return std::string(key_of(e.stage)); });
  declare<Vertex, std::string>(p, g, "segments", [](const Enterprise& e) { return xml_safe(joined(e.segments)); });
  declare<Vertex, std::string>(p, g, "role", [](const Enterprise& e) { return std::string(key_of(e.role)); });
  declare<Vertex, std::string>(p, g, "ladder", [](const Enterprise& e) { return std::string(key_of(e.ladder)); });
  declare<Vertex, std::string>(p, g, "products", [](const Enterprise& e) { return xml_safe(joined(e.products)); });
  declare<Vertex, double>(p, g, "weight", [](const Enterprise& e) { return digits(e.weight); });
}

void declare_link(boost::dynamic_properties& p, const Graph& g) {
  declare<Edge, std::string>(p, g, "product", [](const Link& l) { return xml_safe(l.product); });
  declare<Edge, double>(p, g, "value", [](const Link& l) { return digits(l.value); });
  declare<Edge, double>(p, g, "dependency", [](const Link& l) { return digits(l.dependency); });
  declare<Edge, double>(p, g, "escape", [](const Link& l) { return digits(l.escape); });
  declare<Edge, std::string>(p, g, "kind", [](const Link& l) { return xml_safe(l.kind); });
  declare<Edge, std::string>(p, g, "evidence", [](const Link& l) { return std::string(key_of(l.evidence)); });
}

/// A DOT string that Graphviz shows as `text`. Backslashes are doubled because labels give \n, \l, \N a meaning;
/// ampersands are spelt out because labels resolve HTML entities. Quotes are always set: unquoted, "node" and "graph"
/// are words of the language.
std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : xml_safe(text)) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '&':
        out += "&amp;";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

/// A node's id. Boost would write the number itself through the global locale: 1.000 for the thousandth.
std::string dot_id(Vertex v) {
  return "e" + std::to_string(v);
}

struct DotEnterprise {
  const Graph* graph;
  Language language;
  void operator()(std::ostream& out, Vertex v) const {
    const Enterprise& e = (*graph)[v];
    const bool chinese = language == Language::zh ? !e.name.empty() : e.name_en.empty();
    const std::string& name = chinese ? e.name : e.name_en;
    out << " [label=" << dot_quoted(name.empty() ? e.id : name) << ", id=" << dot_quoted(e.id)
        << ", class=" << key_of(e.stage);
    if (e.role == Role::owner) out << ", penwidth=3";
    out << ']';
  }
};

struct DotLink {
  const Graph* graph;
  void operator()(std::ostream& out, const Edge& edge) const {
    const Link& l = (*graph)[edge];
    out << " [";
    if (!l.product.empty()) out << "label=" << dot_quoted(l.product) << ", ";
    out << "style=" << (l.evidence == Evidence::inferred ? "dashed" : "solid") << ']';
  }
};

/// Left to right, and the enterprises of a stage in one rank.
struct DotChain {
  const Graph* graph;
  Language language;
  void operator()(std::ostream& out) const {
    out << "rankdir=LR;\nnode [shape=box, style=rounded];\n";
    for (const auto& stage : Names<Stage>::table) {
      out << "subgraph " << stage.key << " {rank=same; label=" << dot_quoted(label_of(stage.value, language)) << ';';
      for (const auto v : boost::make_iterator_range(boost::vertices(*graph))) {
        if ((*graph)[v].stage == stage.value) out << ' ' << dot_id(v) << ';';
      }
      out << "}\n";
    }
  }
};

}  // namespace

std::string to_graphml(const Chain& chain) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  boost::dynamic_properties properties;
  declare_enterprise(properties, chain.graph());
  declare_link(properties, chain.graph());
  boost::write_graphml(out, chain.graph(), boost::get(boost::vertex_index, chain.graph()), properties, true);
  return std::move(out).str();
}

std::string to_dot(const Chain& chain, Language language) {
  std::ostringstream out;
  out.imbue(std::locale::classic());
  const Graph& graph = chain.graph();
  boost::write_graphviz(out, graph, DotEnterprise{&graph, language}, DotLink{&graph}, DotChain{&graph, language},
                        boost::make_function_property_map<Vertex>(&dot_id));
  return std::move(out).str();
}

void write_graph(const Chain& chain, const std::filesystem::path& path) {
  const std::string suffix = path.extension().string();
  if (suffix == ".graphml" || suffix == ".xml") return write_atomically(path, to_graphml(chain));
  if (suffix == ".dot" || suffix == ".gv") return write_atomically(path, to_dot(chain));
  throw Error(ErrorCode::invalid_argument,
              {"图文件的后缀 “" + suffix + "” 未知：请用 .graphml、.xml、.dot 或 .gv。",
               "The suffix '" + suffix + "' of the graph file is unknown: use .graphml, .xml, .dot or .gv."});
}

}  // namespace v1
}  // namespace chainqual
