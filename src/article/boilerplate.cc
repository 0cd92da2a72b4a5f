// Lines that stand in an article but are not of it: share buttons, teasers, credits.
#include <algorithm>

#include "article/parts.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t longest_rule_line = 400;   // bytes; longer lines are prose
constexpr std::size_t longest_short_line = 160;  // but for credits, copyright and offers to subscribe
constexpr std::size_t head_lines = 6;
constexpr std::size_t most_teasers = 12;

/// `*` stands for any number of characters. Linear but for the stars, of which there are few.
bool matches(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// Lower case, curly apostrophes straight.
std::string matching_form(std::string_view line) {
  std::string out = lower_utf8(line);
  for (const std::string_view curly : {"’", "‘"}) {
    for (std::size_t at = 0; (at = out.find(curly, at)) != std::string::npos;)
      out.replace(at, curly.size(), "'");
  }
  return out;
}

/// A line as a link to another story has it: short, and no sentence.
bool looks_like_teaser(std::string_view line) {
  if (line.empty() || line.size() > 140) return false;
  std::size_t at = 0;
  const char32_t first = next_code_point(line, at);
  if (is_double_quote(first)) return false;
  while (line.ends_with("”") || line.ends_with("’")) line.remove_suffix(3);
  const char last = line.back();
  return last != '.' && last != '"' && last != ':' && last != ',';
}

}  // namespace

Boilerplate::Boilerplate(const Lexicon& lexicon) {
  for (const Row row : lexicon.rows("boilerplate")) {
    Rule rule{matching_form(row["pattern"]), std::string(row["why"]), Where::line};
    const std::string_view where = row["where"];
    if (where == "tail") rule.where = Where::tail;
    if (where == "head") rule.where = Where::head;
    if (where == "until_blank") rule.where = Where::until_blank;
    if (rule.pattern.empty()) continue;
    const auto number = static_cast<std::uint32_t>(rules_.size());
    if (rule.pattern[0] == '*') {
      for (auto& list : by_first_) list.push_back(number);
    } else {
      by_first_[static_cast<unsigned char>(rule.pattern[0])].push_back(number);
    }
    rules_.push_back(std::move(rule));
  }
}

const Boilerplate::Rule* Boilerplate::rule_of(std::string_view line, bool at_head) const {
  if (line.empty() || line.size() > longest_rule_line) return nullptr;
  const std::string form = matching_form(line);
  const Rule* found = nullptr;
  for (const std::uint32_t number : by_first_[static_cast<unsigned char>(form[0])]) {
    const Rule& rule = rules_[number];
    if (rule.where == Where::head && !at_head) continue;
    const bool wordy = rule.why == "credit" || rule.why == "copyright" || rule.why == "subscribe";
    if (!wordy && line.size() > longest_short_line) continue;
    // Of several rules the one that takes most with it says what the line is.
    const bool stronger = found == nullptr || (rule.where == Where::tail && found->where != Where::tail) ||
                          (rule.where == Where::until_blank && found->where == Where::line);
    if (stronger && matches(form, rule.pattern)) found = &rule;
  }
  return found;
}

void Boilerplate::mark(std::vector<Line>& lines) const {
  std::size_t total = 0;
  for (const Line& line : lines) total += line.text.size();
  std::size_t seen = 0;         // bytes
  std::size_t filled = 0;       // lines
  const Rule* above = nullptr;  // the rule whose teasers may follow
  std::size_t teasers = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    seen += line.text.size();
    if (line.text.empty()) {
      // A blank line between the heading and its links does not part them.
      if (teasers > 0) above = nullptr;
      continue;
    }
    const Rule* rule = rule_of(line.text, filled++ < head_lines);
    if (rule == nullptr) {
      if (above != nullptr && teasers < most_teasers && looks_like_teaser(line.text)) {
        line.why = above->why;
        ++teasers;
      } else {
        above = nullptr;
      }
      continue;
    }
    line.why = rule->why;
    above = rule->where == Where::until_blank ? rule : nullptr;
    teasers = 0;
    // The end of the article must lie at its end: a heading in the middle takes only itself.
    if (rule->where == Where::tail && seen * 2 > total) {
      for (std::size_t k = i + 1; k < lines.size(); ++k)
        lines[k].why = lines[k].text.empty() ? "" : rule->why;
      return;
    }
  }
}

}  // namespace polybius
