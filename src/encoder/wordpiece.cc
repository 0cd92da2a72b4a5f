// WordPiece: characters folded by the model's own table, then the longest pieces of the vocabulary.
#include "encoder/wordpiece.h"

#include <algorithm>

#include "text/text.h"

namespace polybius {

namespace {

enum CharacterKind : std::uint8_t { kLetter, kUpper, kDigit, kPunct, kSpace, kDrop, kSplit };
enum CaseShape : std::uint8_t { kLower, kTitle, kAllUpper, kOneCapital, kNumber, kMark, kMixed };

constexpr char32_t kIdeographs[][2] = {
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x2A6DF},
    {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF}, {0x2F800, 0x2FA1F},
};

bool is_ideograph(char32_t code) {
  return code >= 0x3400 &&
         std::any_of(std::begin(kIdeographs), std::end(kIdeographs),
                     [code](const auto& range) { return range[0] <= code && code <= range[1]; });
}

std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return hash ^ (hash >> 15U);
}

std::uint8_t shape_of(std::span<const std::uint8_t> kinds) {
  std::size_t upper = 0;
  std::size_t letters = 0;
  std::size_t digits = 0;
  bool first_upper = false;
  for (const std::uint8_t kind : kinds) {
    digits += kind == kDigit ? 1 : 0;
    if (kind != kUpper && kind != kLetter && kind != kSplit) continue;
    if (letters == 0) first_upper = kind == kUpper;
    ++letters;
    upper += kind == kUpper ? 1 : 0;
  }
  if (letters == 0) return digits > 0 ? kNumber : kMark;
  if (digits > 0) return kMixed;
  if (upper == 0) return kLower;
  if (letters == 1) return kOneCapital;
  if (upper == letters) return kAllUpper;
  return upper == 1 && first_upper ? kTitle : kMixed;
}

}  // namespace

Result<WordPieces> WordPieces::from(const ModelFile& file) {
  WordPieces made;
  const auto codes = file.integers("fold.code");
  const auto kinds = file.octets("fold.kind");
  const auto begins = file.integers("fold.begin");
  const auto into = file.integers("fold.into");
  const auto vocabulary = file.octets("vocabulary");
  if (!codes) return codes.error();
  if (!kinds) return kinds.error();
  if (!begins) return begins.error();
  if (!into) return into.error();
  if (!vocabulary) return vocabulary.error();
  made.codes_ = codes.value();
  made.kinds_ = kinds.value();
  made.begins_ = begins.value();
  made.into_ = into.value();
  const auto is_code = [](std::int32_t code) { return code >= 0 && code <= 0x10FFFF; };
  const bool fits = made.kinds_.size() == made.codes_.size() &&
                    made.begins_.size() == made.codes_.size() + 1 &&
                    std::is_sorted(made.codes_.begin(), made.codes_.end()) &&
                    std::is_sorted(made.begins_.begin(), made.begins_.end()) && made.begins_.front() == 0 &&
                    static_cast<std::size_t>(made.begins_.back()) == made.into_.size() &&
                    std::all_of(made.into_.begin(), made.into_.end(), is_code);
  if (!fits) return file.fault("E-MOD-05", "the character table does not fit itself");
  made.ascii_.assign(128, -1);
  for (std::size_t row = 0; row < made.codes_.size() && made.codes_[row] < 128; ++row) {
    if (made.codes_[row] >= 0)
      made.ascii_[static_cast<std::size_t>(made.codes_[row])] = static_cast<std::int32_t>(row);
  }
  std::string_view text(reinterpret_cast<const char*>(vocabulary.value().data()), vocabulary.value().size());
  while (true) {
    const std::size_t line = text.find('\n');
    made.pieces_.push_back(text.substr(0, line));
    if (line == std::string_view::npos) break;
    text.remove_prefix(line + 1);
  }
  if (made.pieces_.size() != static_cast<std::size_t>(file.shape().vocabulary)) {
    return file.fault("E-MOD-05", "the vocabulary has another size than the metadata says");
  }
  std::size_t size = 64;
  while (size < made.pieces_.size() * 4) size *= 2;
  made.slots_.assign(size, Slot{});
  for (std::size_t id = 0; id < made.pieces_.size(); ++id) {
    const std::uint32_t hash = hash_of(made.pieces_[id]);
    std::size_t at = hash & (size - 1);
    while (made.slots_[at].id >= 0) at = (at + 1) & (size - 1);
    made.slots_[at] = Slot{hash, static_cast<std::int32_t>(id)};
  }
  made.unknown_ = made.find("[UNK]");
  made.begin_ = made.find("[CLS]");
  made.end_ = made.find("[SEP]");
  if (made.unknown_ < 0 || made.begin_ < 0 || made.end_ < 0) {
    return file.fault("E-MOD-05", "the vocabulary lacks [UNK], [CLS] or [SEP]");
  }
  made.most_pieces_ = static_cast<std::size_t>(file.shape().pieces_a_word);
  made.longest_run_ = static_cast<std::size_t>(file.shape().longest_run);
  return made;
}

std::int32_t WordPieces::find(std::string_view piece) const {
  const std::uint32_t hash = hash_of(piece);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].id >= 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && pieces_[static_cast<std::size_t>(slots_[at].id)] == piece)
      return slots_[at].id;
  }
  return -1;
}

WordPieces::Folded WordPieces::fold(char32_t code, std::int32_t& self) const {
  self = static_cast<std::int32_t>(code);
  std::size_t row = codes_.size();
  if (code < 128) {
    const std::int32_t known = ascii_[code];
    if (known >= 0) row = static_cast<std::size_t>(known);
  } else {
    const auto found = std::lower_bound(codes_.begin(), codes_.end(), self);
    if (found != codes_.end() && *found == self) row = static_cast<std::size_t>(found - codes_.begin());
  }
  if (row == codes_.size()) {
    const bool alone = is_ideograph(code);
    return Folded{alone ? kSplit : kLetter, std::span<const std::int32_t>(&self, 1)};
  }
  const auto begin = static_cast<std::size_t>(begins_[row]);
  return Folded{kinds_[row], into_.subspan(begin, static_cast<std::size_t>(begins_[row + 1]) - begin)};
}

void WordPieces::match_run(Scratch& scratch, std::vector<std::int32_t>& ids,
                           std::vector<std::uint8_t>& shapes) const {
  const std::size_t length = scratch.kinds.size();
  if (length == 0) return;
  scratch.starts.push_back(static_cast<std::uint32_t>(scratch.run.size()));
  const std::span<const std::uint8_t> kinds(scratch.kinds);
  const std::size_t before = ids.size();
  std::size_t begin = 0;
  while (begin < length && length <= longest_run_) {
    std::size_t end = length;
    std::int32_t id = -1;
    for (; end > begin; --end) {
      const std::string_view part =
          std::string_view(scratch.run)
              .substr(scratch.starts[begin], scratch.starts[end] - scratch.starts[begin]);
      if (begin == 0) {
        id = find(part);
      } else {
        scratch.piece.clear();
        scratch.piece += "##";
        scratch.piece += part;
        id = find(scratch.piece);
      }
      if (id >= 0) break;
    }
    if (id < 0) break;
    ids.push_back(id);
    shapes.push_back(shape_of(kinds.subspan(begin, end - begin)));
    begin = end;
  }
  if (begin < length) {
    ids.resize(before);
    shapes.resize(before);
    ids.push_back(unknown_);
    shapes.push_back(shape_of(kinds));
  }
  scratch.run.clear();
  scratch.kinds.clear();
  scratch.starts.clear();
}

void WordPieces::append(std::string_view word, Scratch& scratch, std::vector<std::int32_t>& ids,
                        std::vector<std::uint8_t>& shapes) const {
  const std::size_t before = ids.size();
  const auto add = [&scratch](std::int32_t code, std::uint8_t kind) {
    scratch.starts.push_back(static_cast<std::uint32_t>(scratch.run.size()));
    append_utf8(scratch.run, static_cast<char32_t>(code));
    scratch.kinds.push_back(kind);
  };
  for (std::size_t at = 0; at < word.size();) {
    std::int32_t self = 0;
    const Folded folded = fold(next_code_point(word, at), self);
    if (folded.kind == kDrop) continue;
    if (folded.kind == kLetter || folded.kind == kUpper || folded.kind == kDigit) {
      for (const std::int32_t code : folded.into) add(code, folded.kind);
      continue;
    }
    match_run(scratch, ids, shapes);
    if (folded.kind == kSpace) continue;
    for (const std::int32_t code : folded.into) {
      add(code, folded.kind);
      match_run(scratch, ids, shapes);
    }
  }
  match_run(scratch, ids, shapes);
  if (ids.size() == before) {
    ids.push_back(unknown_);
    shapes.push_back(kSpecialShape);
  }
  ids.resize(std::min(ids.size(), before + most_pieces_));
  shapes.resize(ids.size());
}

}  // namespace polybius
