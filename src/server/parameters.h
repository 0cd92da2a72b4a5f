// The parameters of a request, each read once as what it should be; what is left over or wrong is the first
// fault.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/request.h"
#include "store/store.h"

namespace polybius {

using Choices = std::span<const std::string_view>;

class Parameters {
 public:
  explicit Parameters(const RequestTarget& target);

  /// At most `most` code points; empty if there is none. Only texts may be given empty.
  std::string text(std::string_view name, std::size_t most = 200);
  /// Of any number of repetitions; empty ones count as none.
  std::vector<std::string> texts(std::string_view name, std::size_t most = 40);
  std::vector<std::string> choices(std::string_view name, Choices known);
  std::string choice(std::string_view name, Choices known);  ///< without one the first
  std::size_t number(std::string_view name, std::size_t least, std::size_t most, std::size_t otherwise);
  double share(std::string_view name);
  bool flag(std::string_view name);
  std::string day(std::string_view name);
  std::string cursor();

  /// The first fault; to be asked for when all have been read. Errors: E-SRV-02 (unknown, or given twice),
  /// E-SRV-03 (not of its form).
  std::optional<Error> fault();

 private:
  const std::vector<std::string>& values_of(std::string_view name);
  std::optional<std::string> value_of(std::string_view name);
  void hold_to(std::string_view name, const std::string& value, Choices known);
  void fail(std::string_view name, std::string fault, std::string remedy);

  struct Given {
    std::vector<std::string> values;
    bool read = false;
  };
  std::map<std::string, Given, std::less<>> given_;
  std::optional<Error> fault_;
};

/// The lists, which differ in the filters that they take.
enum class ListKind { events, statements, plans, entities, documents };

Filter read_filter(Parameters& parameters, ListKind kind);
/// `pages`: limit, cursor and count, too.
Page read_page(Parameters& parameters, ListKind kind, bool pages);

}  // namespace polybius
