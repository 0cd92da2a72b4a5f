// Words as they are looked for: the same for both databases, so that both find the same.
#include "store/words.h"

#include <vector>

#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t longest_word = 120;  // bytes; what is longer is no word that anybody looks for

/// Harman's S stemmer: plural to singular, nothing else.
void drop_plural(std::string& word) {
  const auto ends = [&](std::string_view end) { return word.size() > end.size() + 1 && word.ends_with(end); };
  if (ends("ies") && !ends("eies") && !ends("aies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends("es") && !ends("aes") && !ends("ees") && !ends("oes")) {
    word.pop_back();
  } else if (ends("s") && !ends("us") && !ends("ss")) {
    word.pop_back();
  }
}

class WordCutter {
 public:
  explicit WordCutter(bool stem) : stem_(stem) {}

  void take(char32_t point) {
    if (point < 0x80) {
      take_ascii(static_cast<char>(point));
    } else if (is_letter(point) || is_digit(point)) {
      std::string one;
      append_utf8(one, point);
      word_ += folded(one);
    } else if (point == 0x2019) {
      end(true);
    } else if (point < 0x300 || point > 0x36F) {  // a combining mark is part of its word
      end(false);
    }
  }
  std::string done() {
    end(false);
    return std::move(out_);
  }

 private:
  void take_ascii(char byte) {
    if (byte >= 'A' && byte <= 'Z') {
      word_ += static_cast<char>(byte - 'A' + 'a');
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      word_ += byte;
    } else {
      end(byte == '\'');
    }
  }
  void end(bool apostrophe) {
    const bool possessive = after_apostrophe_ && word_ == "s";
    after_apostrophe_ = apostrophe && !word_.empty();
    if (word_.empty()) return;
    if (word_.size() > longest_word) word_.clear();
    if (!possessive && !word_.empty()) {
      if (stem_) drop_plural(word_);
      if (!out_.empty()) out_ += ' ';
      out_ += word_;
    }
    word_.clear();
  }

  bool stem_;
  bool after_apostrophe_ = false;
  std::string word_;
  std::string out_;
};

/// A part of a search text: words in a row; `open`: the last one is a beginning.
struct Sought {
  std::vector<std::string> words;
  bool open = false;
};

void add_sought(std::vector<Sought>& all, std::string_view part, bool in_a_row) {
  const bool open = !in_a_row && part.ends_with('*');
  const std::string words = words_of(part, !open);
  Sought sought;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    sought.words.push_back(words.substr(at, end - at));
    at = end + 1;
  }
  sought.open = open;
  if (!sought.words.empty()) all.push_back(std::move(sought));
}

std::vector<Sought> parts_of(std::string_view text) {
  std::vector<Sought> all;
  while (!text.empty()) {
    if (text.front() == '"') {
      const std::size_t end = std::min(text.find('"', 1), text.size());
      add_sought(all, text.substr(1, end - 1), true);
      text.remove_prefix(std::min(end + 1, text.size()));
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\"", 1), text.size());
    add_sought(all, text.substr(0, end), false);
    text.remove_prefix(end);
  }
  return all;
}

std::string for_fts5(const Sought& sought) {
  std::string out = "\"";
  for (const std::string& word : sought.words) out += (out.size() > 1 ? " " : "") + word;
  return out + (sought.open ? "\"*" : "\"");
}

std::string for_tsquery(const Sought& sought) {
  std::string out = "(";
  for (std::size_t i = 0; i < sought.words.size(); ++i) {
    out += (i > 0 ? " <-> '" : "'") + sought.words[i] + "'";
    if (sought.open && i + 1 == sought.words.size()) out += ":*";
  }
  return out + ")";
}

}  // namespace

std::string words_of(std::string_view text, bool stem) {
  WordCutter cutter(stem);
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      cutter.take(byte);
      ++at;
    } else {
      cutter.take(next_code_point(text, at));
    }
  }
  return cutter.done();
}

bool holds_words(std::string_view words, std::string_view wanted) {
  if (wanted.empty()) return true;
  for (std::size_t at = words.find(wanted); at != std::string_view::npos; at = words.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

std::optional<std::string> text_query(std::string_view text, bool postgres) {
  std::string out;
  for (const Sought& sought : parts_of(text)) {
    if (!out.empty()) out += postgres ? " & " : " ";
    out += postgres ? for_tsquery(sought) : for_fts5(sought);
  }
  if (out.empty()) return std::nullopt;
  return out;
}

}  // namespace polybius
