// Decides after each surface token whether a sentence ends there: a logistic model whose weights are a table.
#include "language/sentences.h"

#include <algorithm>
#include <array>
#include <string>

#include "language/shapes.h"
#include "text/text.h"

namespace polybius {
namespace {

struct Weight {
  std::uint64_t feature;  ///< FNV-1a of its name
  std::int32_t hundredths;
};

constexpr std::uint64_t kSeed = 0xcbf29ce484222325;

constexpr std::uint64_t hash_on(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

struct NamedWeight {
  std::string_view name;
  std::int32_t hundredths;
};

constexpr NamedWeight kNamed[] = {
#include "language/sentence_weights.inc"
};

const std::vector<Weight>& sorted_weights() {
  static const std::vector<Weight> weights = [] {
    std::vector<Weight> made;
    made.reserve(std::size(kNamed));
    for (const NamedWeight& named : kNamed) made.push_back({hash_on(kSeed, named.name), named.hundredths});
    std::sort(made.begin(), made.end(),
              [](const Weight& a, const Weight& b) { return a.feature < b.feature; });
    return made;
  }();
  return weights;
}

// What the model sees of a token: mirrored in training/train_sentences.py.
struct Seen {
  std::string norm;
  std::string shape = "-";
  std::u32string_view form;
  bool space_after = false;
};

std::string norm_of(std::u32string_view form) {
  std::string out;
  for (const char32_t c : form.substr(0, 12)) append_utf8(out, is_ascii_digit(c) ? U'0' : lower_of(c));
  return out;
}

std::string shape_of(std::u32string_view form) {
  const char32_t first = form.front();
  const char32_t last = form.back();
  if (is_letter(first)) {
    const std::string stop = last == U'.' ? "." : "";
    if (!is_upper(first)) return "x" + stop;
    if (form.size() == 1) return "A";
    const bool all =
        std::all_of(form.begin(), form.end(), [](char32_t c) { return !is_letter(c) || is_upper(c); });
    return (all ? "X" : "Xx") + stop;
  }
  if (is_ascii_digit(first)) return "0";
  std::string out;
  append_utf8(out, first);
  if (last != first) append_utf8(out, last);
  return out;
}

bool is_stop(std::u32string_view form) {
  const char32_t first = form.front();
  if (first != U'.' && first != U'!' && first != U'?' && first != U'…') return false;
  return std::none_of(form.begin(), form.end(), [](char32_t c) { return is_letter(c) || is_digit(c); });
}

std::string_view bucket_of(std::size_t count) {
  constexpr std::array<std::string_view, 4> kSmall = {"0", "1", "2", "3"};
  if (count < 4) return kSmall[count];
  return count < 7 ? "4" : count < 12 ? "7" : count < 25 ? "12" : count < 45 ? "25" : "45";
}

/// Reads a block from left to right.
class BoundaryModel {
 public:
  BoundaryModel(std::u32string_view codes, const std::vector<Span>& tokens) {
    seen_.reserve(tokens.size());
    std::size_t stops = 0;
    for (const Span token : tokens) {
      Seen seen;
      seen.form = codes.substr(token.begin, token.size());
      seen.norm = norm_of(seen.form);
      seen.shape = shape_of(seen.form);
      seen.space_after = token.end >= codes.size() || is_space(codes[token.end]);
      stops += is_stop(seen.form) ? 1 : 0;
      seen_.push_back(std::move(seen));
    }
    const std::size_t count = seen_.size();
    const bool stop_last = is_stop(seen_.back().form) || (count > 1 && is_stop(seen_[count - 2].form));
    kind_ = std::string(stops == 0 ? "n" : "s") + (stop_last ? "e" : "o");
  }

  std::vector<bool> read() {
    std::vector<bool> ends(seen_.size(), false);
    for (std::size_t i = 0; i + 1 < seen_.size(); ++i) {
      track(seen_[i].form);
      if (score(i) <= 0) continue;
      ends[i] = true;
      start_ = i + 1;
      open_ = 0;
    }
    ends.back() = true;
    return ends;
  }

 private:
  void track(std::u32string_view form) {
    if (form == U"(" || form == U"[" || form == U"{") ++open_;
    if ((form == U")" || form == U"]" || form == U"}") && open_ > 0) --open_;
    if (form == U"\"" || form == U"''" || form == U"``") quote_ = !quote_;
    if (form == U"“") quote_ = true;
    if (form == U"”") quote_ = false;
  }

  const Seen& at(std::size_t i, int offset) const {
    static const Seen kNone;
    const std::ptrdiff_t index = static_cast<std::ptrdiff_t>(i) + offset;
    return index < 0 || index >= std::ssize(seen_) ? kNone : seen_[static_cast<std::size_t>(index)];
  }

  static std::int32_t weight(std::initializer_list<std::string_view> parts) {
    std::uint64_t hash = kSeed;
    for (const std::string_view part : parts) hash = hash_on(hash, part);
    const std::vector<Weight>& weights = sorted_weights();
    const auto found =
        std::lower_bound(weights.begin(), weights.end(), hash,
                         [](const Weight& entry, std::uint64_t wanted) { return entry.feature < wanted; });
    return found != weights.end() && found->feature == hash ? found->hundredths : 0;
  }

  std::int32_t score(std::size_t i) const {
    const Seen& z = at(i, -1);
    const Seen& a = at(i, 0);
    const Seen& c = at(i, 1);
    const Seen& d = at(i, 2);
    const std::string_view space = a.space_after ? "_" : "|";
    const std::string_view length = bucket_of(i - start_);
    const std::string_view left = bucket_of(seen_.size() - 1 - i);
    const std::string_view in_quote = quote_ ? "q" : "-";
    const std::string_view in_open = open_ > 0 ? "(" : "-";
    return weight({"b"}) + weight({"a ", a.norm}) + weight({"c ", c.norm}) + weight({"z ", z.norm}) +
           weight({"d ", d.norm}) + weight({"ac ", a.norm, " ", c.norm}) +
           weight({"as ", a.norm, " ", c.shape}) + weight({"sc ", a.shape, " ", c.norm}) +
           weight({"s2 ", a.shape, space, c.shape}) + weight({"s3 ", z.shape, " ", a.shape, space, c.shape}) +
           weight({"s4 ", a.shape, space, c.shape, " ", d.shape}) +
           weight({"s5 ", z.shape, " ", a.shape, space, c.shape, " ", d.shape}) +
           weight({"l ", length, " ", a.shape, " ", c.shape}) +
           weight({"r ", left, " ", a.shape, " ", c.shape}) +
           weight({"q ", in_quote, in_open, a.shape, space, c.shape}) +
           weight({"k ", kind_, " ", a.shape, space, c.shape}) + weight({"kl ", kind_, " ", length}) +
           weight({"za ", z.norm, " ", a.shape}) + weight({"lz ", length, " ", z.norm, " ", a.shape});
  }

  std::vector<Seen> seen_;
  std::string kind_;
  std::size_t start_ = 0;
  std::uint32_t open_ = 0;
  bool quote_ = false;
};

}  // namespace

std::vector<bool> sentence_ends(std::u32string_view codes, const std::vector<Span>& tokens) {
  if (tokens.empty()) return {};
  return BoundaryModel(codes, tokens).read();
}

}  // namespace polybius
