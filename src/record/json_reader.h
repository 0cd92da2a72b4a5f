// Reads the members of a JSON object into structs; the first member of another form ends the reading and is
// named with its path.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "polybius/error.h"
#include "polybius/span.h"
#include "record/record_names.h"

namespace polybius {

/// Whether brackets nest no deeper than a record's ever do (64): what lies deeper would cost stack, not bring
/// news.
bool json_depth_allowed(std::string_view text);

/// Where in the record a value stands; the text of it is made only when there is a fault.
struct JsonPath {
  const JsonPath* parent = nullptr;
  std::string_view key;
  std::size_t index = 0;  ///< of a list's element, if `key` is empty

  std::string text() const;
};

/// The counterpart of ObjectWriter. Members that no `describe` names are passed over.
class ObjectReader {
 public:
  static constexpr bool writes = false;
  using Json = nlohmann::ordered_json;

  ObjectReader(const Json& object, const JsonPath& path, std::optional<Error>& error)
      : object_(object), path_(path), error_(error) {}

  /// A member that must begin with `family` and be `value`; the fault is E-REC-02.
  void constant(std::string_view key, std::string_view value, std::string_view family);
  template <typename T>
  void required(std::string_view key, T& value) {
    const Json* member = find(key);
    const JsonPath path{&path_, key};
    if (member) {
      get(*member, path, value);
    } else {
      fail(path, "is missing");
    }
  }
  template <typename T>
  void optional(std::string_view key, T& value) {
    const Json* member = find(key);
    if (member) get(*member, JsonPath{&path_, key}, value);
  }
  template <typename T>
  void defaulted(std::string_view key, T& value) {
    optional(key, value);
  }
  void optional_span(std::string_view begin_key, std::string_view end_key, std::optional<Span>& span);
  void share(std::string_view key, double& value) {
    required(key, value);
  }
  void anchor(std::string_view key, bool& published, std::optional<std::uint32_t>& offset);
  void extra(std::string_view key, std::vector<std::pair<std::string, std::string>>& columns);

 private:
  const Json* find(std::string_view key) const;
  void fail(const JsonPath& path, std::string_view fault);
  void get(const Json& json, const JsonPath& path, std::string& value);
  void get(const Json& json, const JsonPath& path, std::uint32_t& value);
  void get(const Json& json, const JsonPath& path, int& value);
  void get(const Json& json, const JsonPath& path, double& value);
  void get(const Json& json, const JsonPath& path, Span& value);
  template <typename T>
  void get(const Json& json, const JsonPath& path, std::optional<T>& value) {
    value.emplace();
    get(json, path, *value);
  }
  template <typename T>
  void get(const Json& json, const JsonPath& path, std::vector<T>& values) {
    if (!json.is_array()) return fail(path, "is no list");
    values.clear();
    values.reserve(json.size());
    for (const Json& element : json) {
      if (error_) return;
      const JsonPath element_path{&path, {}, values.size()};
      get(element, element_path, values.emplace_back());
    }
  }
  template <typename T>
  void get(const Json& json, const JsonPath& path, T& value) {
    if constexpr (std::is_enum_v<T>) {
      std::string name;
      get(json, path, name);
      if (error_) return;
      const auto known = value_of<T>(name);
      if (!known) return fail(path, "has the unknown value \"" + name + "\"");
      value = *known;
    } else {
      if (!json.is_object()) return fail(path, "is no object");
      ObjectReader members(json, path, error_);
      describe(members, value);
    }
  }

  const Json& object_;
  const JsonPath& path_;
  std::optional<Error>& error_;
};

}  // namespace polybius
