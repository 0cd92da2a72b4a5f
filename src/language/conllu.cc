// CoNLL-U to an analysis and back: comments, ids, forms, multi-word ranges and SpaceAfter survive.
#include <algorithm>
#include <array>
#include <charconv>

#include "language/language.h"
#include "text/text.h"

namespace polybius {
namespace {

using Columns = std::array<std::string_view, 10>;

std::optional<std::uint32_t> number_of(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return value;
}

std::optional<std::string_view> misc_value(std::string_view misc, std::string_view key) {
  while (!misc.empty()) {
    const std::size_t bar = std::min(misc.find('|'), misc.size());
    const std::string_view item = misc.substr(0, bar);
    if (item.size() > key.size() && item.starts_with(key) && item[key.size()] == '=')
      return item.substr(key.size() + 1);
    misc.remove_prefix(std::min(bar + 1, misc.size()));
  }
  return std::nullopt;
}

std::optional<Columns> columns_of(std::string_view line) {
  Columns columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::size_t tab = line.find('\t');
    if ((tab == std::string_view::npos) != (i + 1 == columns.size())) return std::nullopt;
    columns[i] = line.substr(0, tab);
    if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
  }
  return columns;
}

std::string plain(std::string_view column) {
  return column == "_" ? std::string() : std::string(column);
}

/// Reads line by line; `fault` is set once and ends the reading.
class ConlluReader {
 public:
  Result<Analysis> read(std::string_view conllu) {
    while (!conllu.empty() && fault_.empty()) {
      const std::size_t end = std::min(conllu.find('\n'), conllu.size());
      std::string_view line = conllu.substr(0, end);
      conllu.remove_prefix(std::min(end + 1, conllu.size()));
      ++number_;
      while (line.ends_with('\r')) line.remove_suffix(1);
      read_line(line);
    }
    if (fault_.empty()) close_sentence();
    if (!fault_.empty()) {
      return Error{"E-CNL-01", std::to_string(number_), fault_,
                   "CoNLL-U has ten columns cut by tabs and ids that count from 1"};
    }
    analysis_.text = Text(std::move(text_));
    place_words();
    break_circles();
    read_names();
    link_children(analysis_);
    return std::move(analysis_);
  }

 private:
  void read_line(std::string_view line) {
    if (line.empty()) return close_sentence();
    if (!valid_utf8(line)) {
      fault_ = "not UTF-8";
      return;
    }
    if (line[0] == '#') return read_comment(line);
    const std::optional<Columns> columns = columns_of(line);
    if (!columns) {
      fault_ = "not ten columns";
      return;
    }
    const std::string_view id = (*columns)[0];
    if (id.find('.') != std::string_view::npos) return keep(line);
    if ((*columns)[1].empty()) {
      fault_ = "an empty form";
    } else if (id.find('-') != std::string_view::npos) {
      read_range(*columns);
    } else {
      read_word(*columns);
    }
  }

  void keep(std::string_view line) {
    kept_.push_back({static_cast<std::uint32_t>(analysis_.tokens.size()), std::string(line)});
  }

  void read_comment(std::string_view line) {
    keep(line);
    paragraph_ = paragraph_ || line.starts_with("# newpar") || line.starts_with("# newdoc");
  }

  void read_range(const Columns& columns) {
    const std::size_t dash = columns[0].find('-');
    const auto first = number_of(columns[0].substr(0, dash));
    const auto last = number_of(columns[0].substr(dash + 1));
    if (!first || !last || *first != words_ + 1 || *last < *first || covered_ > words_) {
      fault_ = "a range that does not begin at the next word";
      return;
    }
    covered_ = *last;
    begin_surface(columns);
  }

  void begin_surface(const Columns& columns) {
    if (words_ == 0 || sentence_begin_ == kUnset) {
      if (paragraph_ && !text_.empty()) {
        if (text_.back() == ' ') text_.pop_back();
        text_.push_back('\n');
      }
      paragraph_ = false;
      sentence_begin_ = static_cast<std::uint32_t>(text_.size());
    }
    const auto begin = static_cast<std::uint32_t>(text_.size());
    text_ += columns[1];
    surfaces_.push_back({begin, static_cast<std::uint32_t>(text_.size())});
    space_after_ = misc_value(columns[9], "SpaceAfter") != "No";
    if (space_after_) text_.push_back(' ');
  }

  void read_word(const Columns& columns) {
    if (number_of(columns[0]) != words_ + 1) {
      fault_ = "a word id that is not the next number";
      return;
    }
    if (words_ >= covered_) begin_surface(columns);
    ++words_;
    Token token;
    token.form = columns[1];
    token.lower = lower_utf8(columns[1]);
    token.lemma = columns[2] == "_" && columns[1] != "_" ? std::string() : std::string(columns[2]);
    token.upos = upos_of(columns[3]).value_or(Upos::X);
    token.feats = plain(columns[5]);
    token.head = static_cast<int>(std::min<std::uint32_t>(number_of(columns[6]).value_or(0), 1U << 30U)) -
                 1;  // in the sentence, as yet
    token.deprel = plain(columns[7]);
    token.sentence = static_cast<std::uint32_t>(analysis_.sentences.size());
    token.surface = static_cast<std::uint32_t>(surfaces_.size()) - 1;
    token.space_after = words_ >= covered_ && space_after_;
    names_.emplace_back(misc_value(columns[9], "NER").value_or("O"));
    analysis_.tokens.push_back(std::move(token));
  }

  void close_sentence() {
    if (words_ < covered_) {
      fault_ = "a range without its words";
      return;
    }
    if (words_ == 0) return;
    const auto last = static_cast<std::uint32_t>(analysis_.tokens.size());
    const std::uint32_t first = last - words_;
    for (std::uint32_t i = first; i < last; ++i) {
      int& head = analysis_.tokens[i].head;
      head = head < 0 || head >= static_cast<int>(words_) ? -1 : head + static_cast<int>(first);
      if (head == static_cast<int>(i)) head = -1;
    }
    analysis_.sentences.push_back({{}, first, last, std::move(kept_)});
    kept_.clear();
    words_ = 0;
    covered_ = 0;
    sentence_begin_ = kUnset;
  }

  // Words of a range get the letters that are theirs, or the whole token where the letters do not add up.
  void place_words() {
    const std::vector<Span> spans = spans_of_surfaces();
    std::vector<Token>& tokens = analysis_.tokens;
    for (std::size_t i = 0; i < tokens.size();) {
      std::size_t end = i;
      std::string joined;
      while (end < tokens.size() && tokens[end].surface == tokens[i].surface) joined += tokens[end++].form;
      const Span surface = spans[tokens[i].surface];
      const bool adds_up = joined == analysis_.text.slice(surface);
      std::uint32_t at = surface.begin;
      for (; i < end; ++i) {
        tokens[i].span = surface;
        if (!adds_up) continue;
        const std::uint32_t length = Text(tokens[i].form).size();
        tokens[i].span = {at, at + length};
        at += length;
      }
    }
    for (Sentence& sentence : analysis_.sentences) {
      sentence.span = {tokens[sentence.first].span.begin, tokens[sentence.last - 1].span.end};
    }
  }

  std::vector<Span> spans_of_surfaces() const {
    std::vector<Span> spans;
    spans.reserve(surfaces_.size());
    for (const ByteRange bytes : surfaces_) spans.push_back(analysis_.text.span_of(bytes));
    return spans;
  }

  void break_circles() {
    std::vector<Token>& tokens = analysis_.tokens;
    std::vector<std::uint32_t> seen(tokens.size(), 0);
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      std::uint32_t at = i;
      while (seen[at] == 0 && tokens[at].head >= 0) {
        seen[at] = i + 1;
        at = static_cast<std::uint32_t>(tokens[at].head);
      }
      if (seen[at] == i + 1) tokens[at].head = -1;
      if (seen[at] == 0) seen[at] = i + 1;
    }
  }

  void read_names() {
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i].size() < 3) continue;
      const std::string_view kind = std::string_view(names_[i]).substr(2);
      for (const NameKind known : {NameKind::PER, NameKind::ORG, NameKind::LOC, NameKind::NORP}) {
        if (name_of(known) != kind) continue;
        std::vector<Name>& names = analysis_.names;
        const bool goes_on =
            names_[i][0] == 'I' && !names.empty() && names.back().last == i && names.back().kind == known;
        if (goes_on) {
          ++names.back().last;
        } else {
          names.push_back({i, i + 1, known});
        }
      }
    }
  }

  static constexpr std::uint32_t kUnset = 0xFFFFFFFF;
  Analysis analysis_;
  std::string text_;
  std::vector<ByteRange> surfaces_;
  std::vector<std::string> names_;  // NER tag by token
  std::vector<KeptLine> kept_;
  std::string fault_;
  std::size_t number_ = 0;
  std::uint32_t words_ = 0;    // of the open sentence
  std::uint32_t covered_ = 0;  // last word of the open range
  std::uint32_t sentence_begin_ = kUnset;
  bool paragraph_ = false;
  bool space_after_ = true;
};

void append_row(std::string& out, const std::array<std::string_view, 10>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back('\t');
    out += columns[i].empty() ? std::string_view("_") : columns[i];
  }
  out.push_back('\n');
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

std::vector<std::string> name_tags(const Analysis& analysis) {
  std::vector<std::string> tags(analysis.tokens.size());
  for (const Name& name : analysis.names) {
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      tags[i] = std::string(i == name.first ? "NER=B-" : "NER=I-") + std::string(name_of(name.kind));
    }
  }
  return tags;
}

void append_range(std::string& out, const Analysis& analysis, const Sentence& sentence, std::uint32_t first) {
  std::uint32_t last = first;
  while (last + 1 < sentence.last && analysis.tokens[last + 1].surface == analysis.tokens[first].surface)
    ++last;
  if (last == first) return;
  const std::string id =
      std::to_string(first - sentence.first + 1) + "-" + std::to_string(last - sentence.first + 1);
  const std::string form(analysis.words(first, last + 1));
  append_row(
      out, {id, form, "", "", "", "", "", "", "", analysis.tokens[last].space_after ? "" : "SpaceAfter=No"});
}

void append_word(std::string& out, const Analysis& analysis, const Sentence& sentence, std::uint32_t i,
                 const std::string& tag) {
  const Token& token = analysis.tokens[i];
  const bool alone = (i == sentence.first || analysis.tokens[i - 1].surface != token.surface) &&
                     (i + 1 == sentence.last || analysis.tokens[i + 1].surface != token.surface);
  std::string misc = tag;
  if (alone && !token.space_after) misc += misc.empty() ? "SpaceAfter=No" : "|SpaceAfter=No";
  const std::string id = std::to_string(i - sentence.first + 1);
  std::string head;
  if (token.head >= 0) head = std::to_string(token.head - static_cast<int>(sentence.first) + 1);
  if (token.head < 0 && !token.deprel.empty()) head = "0";
  const std::string_view upos =
      token.upos == Upos::X && token.deprel.empty() ? std::string_view() : name_of(token.upos);
  append_row(out, {id, token.form, token.lemma, upos, "", token.feats, head, token.deprel, "", misc});
}

}  // namespace

Result<Analysis> read_conllu(std::string_view conllu, const Lexicon& lexicon) {
  Result<Analysis> read = ConlluReader().read(conllu);
  if (read.ok()) match_lexicon(read.value(), lexicon);
  return read;
}

std::string write_conllu(const Analysis& analysis, std::uint32_t number) {
  std::string out;
  const std::vector<std::string> tags = name_tags(analysis);
  for (const Sentence& sentence : analysis.sentences) {
    if (sentence.kept.empty()) {
      out += "# sent_id = " + std::to_string(number) +
             "\n# text = " + one_line(analysis.text.slice(sentence.span)) + "\n";
    }
    auto kept = sentence.kept.begin();
    for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
      for (; kept != sentence.kept.end() && kept->before <= i; ++kept) out += kept->line + "\n";
      if (i == sentence.first || analysis.tokens[i - 1].surface != analysis.tokens[i].surface) {
        append_range(out, analysis, sentence, i);
      }
      append_word(out, analysis, sentence, i, tags[i]);
    }
    for (; kept != sentence.kept.end(); ++kept) out += kept->line + "\n";
    out += "\n";
    ++number;
  }
  return out;
}

}  // namespace polybius
