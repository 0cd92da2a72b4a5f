// Reads robots.txt: groups of agents, rules with wildcards, paths in one spelling.
#include "io/robots.h"

#include <algorithm>
#include <optional>

namespace polybius {
namespace {

constexpr std::size_t most_rules = 20'000;
constexpr std::string_view blanks = " \t\r\n";

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equal_whatever_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lowered(x) == lowered(y); });
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

/// "PolyBot" of "PolyBot/1.0 (news)".
std::string_view product_of(std::string_view agent) {
  const auto part = [](char c) { return (lowered(c) >= 'a' && lowered(c) <= 'z') || c == '_' || c == '-'; };
  return agent.substr(
      0, static_cast<std::size_t>(std::find_if_not(agent.begin(), agent.end(), part) - agent.begin()));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return lowered(c) >= 'a' && lowered(c) <= 'f' ? lowered(c) - 'a' + 10 : -1;
}

bool stands_for_itself(unsigned char c) {
  const char low = lowered(static_cast<char>(c));
  return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/// One spelling for a path: what needs no escape has none, all others are in upper case.
std::string normal_path(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  const auto escape = [&](unsigned char c) {
    out += '%';
    out += digits[c >> 4];
    out += digits[c & 15];
  };
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto c = static_cast<unsigned char>(path[i]);
    const bool escaped =
        c == '%' && i + 2 < path.size() && hex_digit(path[i + 1]) >= 0 && hex_digit(path[i + 2]) >= 0;
    if (escaped) {
      const auto value = static_cast<unsigned char>(hex_digit(path[i + 1]) * 16 + hex_digit(path[i + 2]));
      i += 2;
      if (stands_for_itself(value)) {
        out += static_cast<char>(value);
      } else {
        escape(value);
      }
    } else if (c >= 0x80) {
      escape(c);
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

/// Whether a path begins as the pattern says: `*` is anything, `$` at the end is the end.
bool fits(std::string_view pattern, std::string_view path) {
  const bool whole = pattern.ends_with('$');
  if (whole) pattern.remove_suffix(1);
  bool first = true;
  while (true) {
    const std::size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const bool last = star == std::string_view::npos;
    if (first) {
      if (!path.starts_with(part)) return false;
      path.remove_prefix(part.size());
    } else if (last && whole) {
      return path.ends_with(part);
    } else {
      const std::size_t at = path.find(part);
      if (at == std::string_view::npos) return false;
      path.remove_prefix(at + part.size());
    }
    if (last) return !whole || path.empty();
    pattern.remove_prefix(star + 1);
    first = false;
  }
}

/// A line's key in lower case and its value; nothing if it has none.
std::optional<std::pair<std::string, std::string_view>> key_and_value(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string key(without_blanks(line.substr(0, colon)));
  std::transform(key.begin(), key.end(), key.begin(), lowered);
  return std::pair(key, without_blanks(line.substr(colon + 1)));
}

}  // namespace

RobotsRules RobotsRules::parse(std::string_view text, std::string_view token) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  RobotsRules ours;
  RobotsRules everybodys;
  bool named = false;
  bool for_us = false;
  bool for_all = false;
  bool in_rules = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const auto pair = key_and_value(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!pair) continue;
    const auto& [key, value] = *pair;
    if (key == "user-agent") {
      if (in_rules) for_us = for_all = false;
      in_rules = false;
      for_us |= equal_whatever_case(product_of(value), token);
      for_all |= value == "*";
      named |= for_us;
    } else if (key == "allow" || key == "disallow") {
      in_rules = true;
      if (value.empty()) continue;
      for (RobotsRules* rules : {for_us ? &ours : nullptr, for_all ? &everybodys : nullptr}) {
        if (rules == nullptr || rules->rules_.size() == most_rules) continue;
        rules->rules_.push_back({normal_path(value), key == "allow"});
      }
    }
  }
  return named ? ours : everybodys;
}

RobotsRules RobotsRules::none_allowed() {
  RobotsRules out;
  out.rules_.push_back({"/", false});
  return out;
}

bool RobotsRules::allows(std::string_view path) const {
  const std::string wanted = normal_path(path.empty() ? "/" : path);
  if (wanted == "/robots.txt") return true;
  std::size_t longest = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    const std::size_t length = rule.pattern.size();
    if (length < longest || (length == longest && !rule.allow) || !fits(rule.pattern, wanted)) continue;
    longest = length;
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace polybius
