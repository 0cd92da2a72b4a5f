// What a site's robots.txt allows a named reader, by RFC 9309.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace polybius {

/// The rules for one reader.
class RobotsRules {
 public:
  /// Reads the groups for `token` ("polybius"), or those for all if there are none. Errors: none, whatever
  /// the text: lines that say nothing are left out. The first 20,000 rules count.
  static RobotsRules parse(std::string_view text, std::string_view token);
  static RobotsRules none_allowed();

  /// Whether a path with its query may be read: the longest rule that fits decides, `allow` where two are as
  /// long.
  bool allows(std::string_view path) const;

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace polybius
