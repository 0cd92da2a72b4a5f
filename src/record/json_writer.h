// Writes JSON text in the order in which values are given: strings escaped, numbers in their shortest form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "polybius/json.h"
#include "polybius/span.h"
#include "record/record_names.h"

namespace polybius {

/// `text` as one line of JSON in one spelling; as a JSON string if it is no JSON.
std::string canonical_json(std::string_view text);

/// The members of one JSON object as `describe` names them. A struct with a `describe` of its own becomes an
/// object.
class ObjectWriter {
 public:
  static constexpr bool writes = true;

  explicit ObjectWriter(std::string& out) : out_(out) {
    out_ += '{';
  }
  ~ObjectWriter() {
    out_ += '}';
  }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;

  void constant(std::string_view key, std::string_view value, std::string_view /*family*/) {
    required(key, std::string(value));
  }
  template <typename T>
  void required(std::string_view key, const T& value) {
    name(key);
    put(value);
  }
  template <typename T>
  void optional(std::string_view key, const T& value) {
    if (!absent(value)) required(key, value);
  }
  /// Always written; may be missing when read.
  template <typename T>
  void defaulted(std::string_view key, const T& value) {
    required(key, value);
  }
  /// Always written, as null where there is nothing.
  template <typename T>
  void nullable(std::string_view key, const std::optional<T>& value) {
    if (value) return required(key, *value);
    name(key);
    out_ += "null";
  }
  void optional_span(std::string_view begin_key, std::string_view end_key, const std::optional<Span>& span) {
    if (!span) return;
    required(begin_key, span->begin);
    required(end_key, span->end);
  }
  /// A share from 0 to 1, to three decimals.
  void share(std::string_view key, double value);
  void anchor(std::string_view key, bool published, const std::optional<std::uint32_t>& offset);
  void extra(std::string_view key, const std::vector<std::pair<std::string, std::string>>& columns);

 private:
  void name(std::string_view key);
  void put(const std::string& value) {
    append_json_string(out_, value);
  }
  void put(std::uint32_t value);
  void put(int value);
  void put(double value) {
    append_json_number(out_, value);
  }
  void put(Span value);
  template <typename T>
  void put(const std::optional<T>& value) {
    put(*value);
  }
  template <typename T>
  void put(const std::vector<T>& values) {
    out_ += '[';
    bool first = true;
    for (const T& value : values) {
      if (!first) out_ += ',';
      first = false;
      put(value);
    }
    out_ += ']';
  }
  template <typename T>
  void put(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      append_json_string(out_, name_of(value));
    } else {
      ObjectWriter members(out_);
      describe(members, value);
    }
  }

  static bool absent(const std::string& value) {
    return value.empty();
  }
  template <typename T>
  static bool absent(const std::optional<T>& value) {
    return !value.has_value();
  }
  template <typename T>
  static bool absent(const std::vector<T>& values) {
    return values.empty();
  }
  template <typename T>
  static bool absent(const T& value) {
    return value == T{};
  }

  std::string& out_;
  bool first_ = true;
};

}  // namespace polybius
