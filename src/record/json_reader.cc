// The forms of values that a record is read from.
#include "record/json_reader.h"

#include <limits>

namespace polybius {

bool json_depth_allowed(std::string_view text) {
  constexpr int limit = 64;
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (quoted) {
      if (byte == '\\') ++at;
      if (byte == '"') quoted = false;
    } else if (byte == '"') {
      quoted = true;
    } else if (byte == '[' || byte == '{') {
      if (++depth > limit) return false;
    } else if (byte == ']' || byte == '}') {
      --depth;
    }
  }
  return true;
}

std::string JsonPath::text() const {
  std::string before = parent ? parent->text() : std::string();
  if (!parent) return before;
  if (key.empty()) return before + "[" + std::to_string(index) + "]";
  if (!before.empty()) before += '.';
  return before + std::string(key);
}

void ObjectReader::fail(const JsonPath& path, std::string_view fault) {
  if (error_) return;  // the first fault is the one to mend
  error_ = Error{"E-REC-03", "", "\"" + path.text() + "\" " + std::string(fault), ""};
}

const ObjectReader::Json* ObjectReader::find(std::string_view key) const {
  if (error_) return nullptr;
  for (const auto& member : object_.items()) {
    if (member.key() == key) return &member.value();
  }
  return nullptr;
}

void ObjectReader::constant(std::string_view key, std::string_view value, std::string_view family) {
  const Json* member = find(key);
  if (error_) return;
  const std::string name(key);
  if (!member || !member->is_string() || !member->get_ref<const std::string&>().starts_with(family)) {
    error_ =
        Error{"E-REC-02", "",
              "no document record: \"" + name + "\" does not begin with \"" + std::string(family) + "\"", ""};
  } else if (member->get_ref<const std::string&>() != value) {
    error_ = Error{"E-REC-02", "",
                   "a record of another version: \"" + name + "\" is not \"" + std::string(value) + "\"",
                   "code the document anew"};
  }
}

void ObjectReader::get(const Json& json, const JsonPath& path, std::string& value) {
  if (!json.is_string()) return fail(path, "is no string");
  value = json.get_ref<const std::string&>();
}

void ObjectReader::get(const Json& json, const JsonPath& path, std::uint32_t& value) {
  if (!json.is_number_unsigned()) return fail(path, "is no count");
  const auto number = json.get<std::uint64_t>();
  if (number > std::numeric_limits<std::uint32_t>::max()) return fail(path, "is too large");
  value = static_cast<std::uint32_t>(number);
}

void ObjectReader::get(const Json& json, const JsonPath& path, int& value) {
  std::uint32_t number = 0;
  get(json, path, number);
  if (number > static_cast<std::uint32_t>(std::numeric_limits<int>::max())) return fail(path, "is too large");
  value = static_cast<int>(number);
}

void ObjectReader::get(const Json& json, const JsonPath& path, double& value) {
  if (!json.is_number()) return fail(path, "is no number");
  value = json.get<double>();
}

void ObjectReader::get(const Json& json, const JsonPath& path, Span& value) {
  if (!json.is_array() || json.size() != 2) return fail(path, "is no [begin, end]");
  get(json[0], JsonPath{&path, {}, 0}, value.begin);
  get(json[1], JsonPath{&path, {}, 1}, value.end);
}

void ObjectReader::optional_span(std::string_view begin_key, std::string_view end_key,
                                 std::optional<Span>& span) {
  if (!find(begin_key) && !find(end_key)) return;
  span.emplace();
  required(begin_key, span->begin);
  required(end_key, span->end);
}

void ObjectReader::anchor(std::string_view key, bool& published, std::optional<std::uint32_t>& offset) {
  const Json* member = find(key);
  if (!member) return;
  published = member->is_string();
  if (!published) return get(*member, JsonPath{&path_, key}, offset);
  if (member->get_ref<const std::string&>() != "published")
    fail(JsonPath{&path_, key}, "is neither \"published\" nor a count");
}

void ObjectReader::extra(std::string_view key, std::vector<std::pair<std::string, std::string>>& columns) {
  const Json* member = find(key);
  if (!member) return;
  if (!member->is_object()) return fail(JsonPath{&path_, key}, "is no object");
  for (const auto& column : member->items()) columns.emplace_back(column.key(), column.value().dump());
}

}  // namespace polybius
