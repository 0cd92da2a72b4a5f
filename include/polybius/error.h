// What broken input comes back as: a value with a place, a fault, a remedy and a stable code.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace polybius {

/// A fault that bytes can cause. Printed as `place: fault; remedy (code)`.
struct Error {
  std::string code;    ///< stable: "E-LEX-04"
  std::string place;   ///< "feed.jsonl:2071", "data/x.tsv:14:12"; may be empty
  std::string fault;   ///< what is wrong
  std::string remedy;  ///< what to do about it; may be empty

  std::string message() const {
    std::string out = place.empty() ? "" : place + ": ";
    out += fault;
    if (!remedy.empty()) out += "; " + remedy;
    return out + " (" + code + ")";
  }
  friend bool operator==(const Error&, const Error&) = default;
};

/// A value or an Error. Broken machines (disk, memory) throw instead; broken programs assert.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT: implicit by design, `return value;`
  Result(Error error) : content_(std::move(error)) {}  // NOLINT: implicit by design, `return Error{...};`

  bool ok() const {
    return content_.index() == 0;
  }
  explicit operator bool() const {
    return ok();
  }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&content_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&content_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&content_));
  }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&content_);
  }

 private:
  std::variant<T, Error> content_;
};

}  // namespace polybius
