// Pieces of HTML: text that acts as nothing but text, and the names by which parts of a page are linked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brief/phrases.h"
#include "polybius/record.h"

namespace polybius {

/// Text for an element or a quoted attribute; control characters become U+FFFD.
std::string html_escaped(std::string_view text);
/// Names in <b>, deciding words in <mark>, verbs in a span of the class "act".
std::string html_runs(const std::vector<Run>& runs);

/// The names of a record's things within its page, made from their places in their lists, since ids may hold
/// anything.
class PartNames {
 public:
  PartNames(const Record& record, std::size_t article)
      : record_(record), prefix_("a" + std::to_string(article) + "-") {}

  const std::string& prefix() const {
    return prefix_;
  }
  std::string of(const Event& event) const {
    return "v" + std::to_string(&event - record_.events.data());
  }
  std::string of(const Statement& statement) const {
    return "s" + std::to_string(&statement - record_.statements.data());
  }
  std::string of(const Entity& entity) const {
    return "e" + std::to_string(&entity - record_.entities.data());
  }
  std::string of(const Warning& warning) const {
    return "w" + std::to_string(&warning - record_.warnings.data());
  }
  std::string of(const Plan& plan, const PlanStep& step) const {
    return "p" + std::to_string(&plan - record_.plans.data()) + "-" +
           std::to_string(&step - plan.history.data());
  }
  /// The place in the article where something begins.
  std::string place(std::uint32_t offset) const {
    return prefix_ + "o" + std::to_string(offset);
  }

 private:
  const Record& record_;
  std::string prefix_;
};

}  // namespace polybius
