// Words and keys of a text: what two copies of a story have in common, whatever their marks and headlines.
#include <algorithm>

#include "dedupe/dedupe.h"
#include "dedupe/words.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::uint64_t hash_start = 0xcbf29ce484222325u;
constexpr std::uint64_t hash_factor = 0x100000001b3u;
constexpr std::size_t run = 4;             // words of a key
constexpr std::size_t enough_runs = 8;     // with fewer weighty ones, all runs count
constexpr std::uint32_t weighty_size = 5;  // letters

/// Spreads a hash over all bits (the finalizer of MurmurHash3).
std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdu;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53u;
  return hash ^ hash >> 33;
}

bool is_ideograph(char32_t c) {
  return (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xa000) || (c >= 0xf900 && c < 0xfb00) ||
         (c >= 0x20000 && c < 0x40000);
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019;
}

/// Cuts a text into words in one pass.
class WordCutter {
 public:
  WordCutter(std::string_view text, std::size_t limit, std::vector<ComparedWord>& words)
      : text_(text), limit_(limit), words_(words) {}

  void cut() {
    std::size_t position = 0;
    std::uint32_t offset = 0;
    while (position < text_.size() && words_.size() < limit_) {
      const auto here = static_cast<std::uint32_t>(position);
      take(next_code_point(text_, position), here, offset++, position);
    }
    close(offset);
    if (words_.size() > limit_) words_.resize(limit_);
  }

 private:
  void take(char32_t c, std::uint32_t byte, std::uint32_t offset, std::size_t next) {
    if (is_ideograph(c)) {
      close(offset);
      open(c, byte, offset);
      word_.weighty = true;
      close(offset + 1);
    } else if (is_letter(c) || is_digit(c)) {
      if (letters_ == 0) open(c, byte, offset);
      word_.anchor |= c < 0x80 && is_digit(c);
      ++letters_;
      word_.hash = (word_.hash ^ (c < 0x80 ? lowered(c) : lower_of(c))) * hash_factor;
    } else if (letters_ > 0 && joins(c, next)) {
      // "don't", "1,200" and "3.5" are one word each; the mark itself may differ.
    } else {
      close(offset);
      if (c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || is_double_quote(c)) starts_ = true;
    }
  }

  static char32_t lowered(char32_t c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  bool joins(char32_t c, std::size_t next) const {
    if (next >= text_.size()) return false;
    const auto following = static_cast<unsigned char>(text_[next]);
    if (is_apostrophe(c)) return (following | 0x20U) >= 'a' && (following | 0x20U) <= 'z';
    return (c == ',' || c == '.') && word_.anchor && following >= '0' && following <= '9';
  }

  void open(char32_t c, std::uint32_t byte, std::uint32_t offset) {
    word_ = {hash_start, byte, offset, offset, false, false};
    word_.anchor = !starts_ && !is_digit(c) && is_upper(c);
    if (is_ideograph(c)) word_.hash = (hash_start ^ c) * hash_factor;
    letters_ = is_ideograph(c) ? 1 : 0;
    starts_ = false;
  }

  void close(std::uint32_t offset) {
    if (letters_ == 0) return;
    word_.hash = mixed(word_.hash);
    word_.end = offset;
    word_.weighty |= letters_ >= weighty_size;
    words_.push_back(word_);
    letters_ = 0;
  }

  std::string_view text_;
  std::size_t limit_;
  std::vector<ComparedWord>& words_;
  ComparedWord word_;
  std::uint32_t letters_ = 0;  // of the word at hand
  bool starts_ = true;         // a sentence, so that a capital says nothing
};

std::uint64_t hash_of_run(const ComparedWord* words, std::size_t count) {
  std::uint64_t out = count;
  for (std::size_t i = 0; i < count; ++i) out = mixed(out * 3 + words[i].hash);
  return out;
}

/// The runs of four words; those of function words alone ("one of the most") only if there is little else.
std::vector<std::uint64_t> runs_of(const std::vector<ComparedWord>& words) {
  std::vector<std::uint64_t> out;
  if (words.size() < run) {
    if (!words.empty()) out.push_back(hash_of_run(words.data(), words.size()));
    return out;
  }
  for (const bool all : {false, true}) {
    out.clear();
    for (std::size_t i = 0; i + run <= words.size(); ++i) {
      const auto weight = std::count_if(words.begin() + static_cast<std::ptrdiff_t>(i),
                                        words.begin() + static_cast<std::ptrdiff_t>(i + run),
                                        [](const ComparedWord& word) { return word.weighty; });
      if (all || weight >= 2) out.push_back(hash_of_run(&words[i], run));
    }
    if (out.size() >= enough_runs) break;
  }
  return out;
}

std::uint64_t hash_of_bytes(std::string_view bytes) {
  std::uint64_t out = hash_start;
  for (const char c : bytes) out = (out ^ static_cast<unsigned char>(c)) * hash_factor;
  return out;
}

}  // namespace

void find_compared_words(std::string_view text, std::size_t limit, std::vector<ComparedWord>& words) {
  words.clear();
  WordCutter(text, limit, words).cut();
}

std::uint16_t packed_word(const ComparedWord& word) {
  return static_cast<std::uint16_t>((word.hash & 0x7fffU) | (word.anchor ? 0x8000U : 0U));
}

Fingerprint fingerprint_of(std::string_view text) {
  std::vector<ComparedWord> words;
  words.reserve(text.size() / 5);
  find_compared_words(text, Fingerprint::most_words, words);
  Fingerprint out;
  out.text = hash_of_bytes(text);
  out.words.reserve(words.size());
  for (const ComparedWord& word : words) out.words.push_back(packed_word(word));
  std::vector<std::uint64_t> runs = runs_of(words);
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  runs.resize(std::min(runs.size(), Fingerprint::most_keys));
  // The least by their upper half, known by their lower half, which is spread evenly.
  for (const std::uint64_t hash : runs) out.keys.push_back(static_cast<std::uint32_t>(hash));
  std::sort(out.keys.begin(), out.keys.end());
  out.keys.erase(std::unique(out.keys.begin(), out.keys.end()), out.keys.end());
  return out;
}

}  // namespace polybius
