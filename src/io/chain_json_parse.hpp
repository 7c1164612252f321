#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/io/chain_folder.hpp"

// JSON read part by part: a document of a million rows is never held as a tree, and every value knows its line.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// A JSON value. Numbers keep their digits as they stand in the document.
struct JsonValue {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  std::string text;               ///< of a text, number or boolean
  std::vector<std::string> keys;  ///< of an object, beside `values`
  std::vector<JsonValue> values;  ///< of an object or list
  std::uint64_t line = 0;
  std::uint64_t begin = 0;  ///< where it stands in the document
  std::uint64_t end = 0;

  [[nodiscard]] bool is_scalar() const noexcept { return kind != Kind::list && kind != Kind::object; }
  [[nodiscard]] const JsonValue* find(std::string_view key) const noexcept {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == key) return &values[i];
    }
    return nullptr;
  }
};

/// Receives the members of the document's one object, each when it is complete. Findings of the parser that arose since
/// the last call concern what is received.
class JsonSink {
 public:
  JsonSink() = default;
  JsonSink(const JsonSink&) = delete;
  JsonSink& operator=(const JsonSink&) = delete;
  virtual ~JsonSink() = default;

  /// Whether an array under this key is to come element by element.
  [[nodiscard]] virtual bool is_table(std::string_view key) const = 0;
  virtual void member(const std::string& key, JsonValue value) = 0;
  virtual void begin_table(const std::string& key) = 0;
  virtual void element(const std::string& key, JsonValue value) = 0;
};

/// "/" and the key with ~ and / escaped (RFC 6901).
[[nodiscard]] std::string pointer_step(std::string_view key);

/// Parses a document, which must be one object.
///
/// Found on the way: a key twice in one object, texts with NUL or over the limit, too many members. What cannot be
/// parsed, or nests too deep, ends the parsing.
/// @return whether the document was parsed to its end.
bool parse_json(std::string_view text, const std::string& file, const ReadLimits& limits, JsonSink& sink,
                Findings& findings);

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
