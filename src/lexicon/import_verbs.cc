// Verb dictionaries of TABARI and PETRARCH become rows of `events`; CAMEO codes decide type and mode.
#include <algorithm>
#include <map>
#include <set>

#include "lexicon/import.h"
#include "lexicon/lexicon.h"
#include "lexicon/table_file.h"
#include "text/text.h"

namespace polybius {
namespace {

/// PLOVER types by CAMEO root. Source: the ontology's own table, `cameo_codes`, which the roots follow.
struct RootType {
  std::string_view root;
  std::string_view type;
};
constexpr RootType kRootTypes[] = {
    {"03", "AGREE"},    {"04", "CONSULT"}, {"05", "SUPPORT"},  {"06", "COOPERATE"}, {"07", "AID"},
    {"08", "RETREAT"},  {"09", "ACCUSE"},  {"10", "REQUEST"},  {"11", "ACCUSE"},    {"12", "REJECT"},
    {"13", "THREATEN"}, {"14", "PROTEST"}, {"15", "MOBILIZE"}, {"16", "SANCTION"},  {"17", "COERCE"},
    {"18", "ASSAULT"},  {"19", "ASSAULT"}, {"20", "ASSAULT"}};

std::string_view type_of_code(std::string_view code) {
  if (code.starts_with("080") || code == "0811" || code == "082" || code == "083") return "CONCEDE";
  for (const RootType& root : kRootTypes) {
    if (code.starts_with(root.root)) return root.type;
  }
  return {};
}

using Synsets = std::map<std::string, std::string, std::less<>>;

std::string_view take_word(std::string_view& text) {
  const auto first = text.find_first_not_of(" \t(){}");
  if (first == std::string_view::npos) {
    text = {};
    return {};
  }
  text.remove_prefix(first);
  const auto end = std::min(text.find_first_of(" \t(){}"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// The words of "- * &EFFORT TO $" behind their verb; marks of actor and recipient ($ + % ^) carry no word.
std::string pattern_words(std::string_view text, const Synsets& synsets) {
  std::string out;
  while (!text.empty()) {
    const std::string_view word = take_word(text);
    if (word.empty() || word == "*" || word.find_first_of("$+%^") != std::string_view::npos) continue;
    std::string form;
    if (word.starts_with('&')) {
      const auto set = synsets.find(word);
      if (set == synsets.end()) continue;
      form = set->second;
    } else {
      form = words_of_dictionary(word);
    }
    if (!form.empty()) out += " " + form;
  }
  return out;
}

/// Reads a verb dictionary line by line; a block of verbs shares the patterns below it.
class VerbReader {
 public:
  VerbReader(std::string_view name, std::vector<Error>& faults) : name_(name), faults_(faults) {}

  void read(const DictionaryLine& line) {
    const std::string_view text = line.text;
    const auto open = text.find('[');
    const std::string_view head = text.substr(0, std::min(open, text.find('{')));
    const std::string code =
        open == std::string_view::npos
            ? ""
            : std::string(text.substr(open + 1, text.find_first_of("]:", open) - open - 1));
    if (text.starts_with("---")) {
      verbs_.clear();
      synset_.clear();
      block_code_ = code;
    } else if (text.starts_with("- ")) {
      for (const auto& verb : verbs_) add(verb + pattern_words(head.substr(2), synsets_), code, line.number);
    } else if (text.starts_with('&')) {
      synset_ = words_trimmed(head);
    } else if (text.starts_with('+') && !synset_.empty()) {
      auto& words = synsets_[synset_];
      words += (words.empty() ? "" : "|") + words_of_dictionary(head.substr(1));
    } else {
      verb(words_of_dictionary(head), code, line.number);
    }
  }

  std::string table() const {
    return "# table: events\npattern\tpos\ttype\tcameo\n" + rows_;
  }

 private:
  static std::string words_trimmed(std::string_view text) {
    const auto last = text.find_last_not_of(" \t");
    return std::string(text.substr(0, last == std::string_view::npos ? 0 : last + 1));
  }

  void verb(std::string lemma, const std::string& code, std::uint32_t line) {
    // Without block headers (TABARI) each verb with a code begins a block of its own.
    if (block_code_.empty()) verbs_.clear();
    synset_.clear();
    if (lemma.empty()) return;
    add(lemma, code.empty() ? block_code_ : code, line);
    verbs_.push_back(std::move(lemma));
  }

  void add(const std::string& pattern, const std::string& code, std::uint32_t line) {
    if (code.empty() || code == "---") return;  // no event
    const std::string_view type = type_of_code(code);
    if (type.empty()) {
      if (code.starts_with("01") || code.starts_with("02"))
        return;  // statements and appeals are no PLOVER events
      faults_.push_back({"E-LEX-34", place_of(name_, line), "\"[" + code + "]\" is no CAMEO code",
                         "give a dictionary in CAMEO codes"});
      return;
    }
    if (!seen_.insert(pattern + "\t" + code).second) return;
    rows_ += pattern + "\tverb\t" + std::string(type) + "\t" + code + "\n";
  }

  std::string_view name_;
  std::vector<Error>& faults_;
  std::string block_code_;
  std::vector<std::string> verbs_;
  std::string synset_;
  Synsets synsets_;
  std::set<std::string> seen_;
  std::string rows_;
};

}  // namespace

std::string import_verbs(const std::vector<DictionaryLine>& lines, std::string_view name,
                         std::vector<Error>& faults) {
  VerbReader reader(name, faults);
  for (const DictionaryLine& line : lines) reader.read(line);
  return reader.table();
}

}  // namespace polybius
