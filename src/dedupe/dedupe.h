// Which documents are reprints of which: one story told by many documents in nearly the same words.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"
#include "polybius/record.h"
#include "polybius/span.h"

namespace polybius {

/// What is kept of a text to know it again: its words, two bytes each, and a sample of its runs of four
/// words.
///
/// A word is a run of letters and digits in lower case; punctuation, quotation marks and white space count
/// for nothing, so a copy with other quotation marks has the same words. An ideograph is a word of its own.
struct Fingerprint {
  static constexpr std::size_t most_words = 20'000;  ///< what comes after them is not compared
  static constexpr std::size_t most_keys = 32;

  /// Hashes of the words, 15 bits each; the top bit is set for names and numbers ("anchors").
  std::vector<std::uint16_t> words;
  /// The runs of four words whose hashes are least, rising; a passage that two texts share gives both the
  /// same.
  std::vector<std::uint32_t> keys;
  std::uint64_t text = 0;  ///< hash of the text as it stands
};

/// Threads: safe. Cost: linear in the text but for sorting its runs.
Fingerprint fingerprint_of(std::string_view text);

/// What is known of a document besides its words.
struct ReprintDocument {
  std::string id;
  std::string published;  ///< ISO 8601 date or date-time, or empty
  bool byline = false;    ///< whether it names its authors
};

/// Where a document belongs. All three are numbers that `ReprintFinder::add` gave.
struct ReprintGroup {
  std::uint32_t group = 0;     ///< the member that was added first: names the group
  std::uint32_t original = 0;  ///< the likely first: see `ReprintFinder`
  std::uint32_t longest = 0;   ///< the most complete; the original if it is about as long
  std::uint32_t members = 1;
  double similarity = 1;  ///< to the original: twice the words that both share by the words of both
};

/// Finds groups of reprints among any number of documents, with an index on disk if it shall go on later.
///
/// Two documents are reprints if their aligned passages cover half of the shorter one (up to four fifths of
/// one of less than 60 words) and a fifth of the longer, and names and numbers in them agree. Candidates come
/// from keys that both have: a sample of the least hashes (bottom-k MinHash, each key a band of its own).
///
/// The likely original is dated first (a day counts, a time only between two that have one; no date comes
/// last), then names its authors, then is as long as another member (printed as it was), then is the longest,
/// then was added first.
///
/// Memory: about 250 bytes a document; words lie on disk. The same documents in the same order give the same
/// groups on any number of threads. Throws std::system_error if the disk fails.
class ReprintFinder {
 public:
  /// `index` is a file that is made if it is not there, or empty: nothing is kept. `scratch` is a folder for
  /// words while nothing is kept. Errors: E-DUP-01 to E-DUP-05.
  static Result<std::unique_ptr<ReprintFinder>> open(const std::string& index, const std::string& scratch);
  ~ReprintFinder();
  ReprintFinder(const ReprintFinder&) = delete;
  ReprintFinder& operator=(const ReprintFinder&) = delete;

  /// Takes a document in and returns its number. One with the id and text of another that is in already gets
  /// that one's number; one with the id, but another text, gets `#2`, `#3`, ... behind its id.
  std::uint32_t add(const ReprintDocument& document, const Fingerprint& fingerprint);
  /// Compares what was added since the last call with all that is there, then forms the groups.
  void find(unsigned threads);

  std::uint32_t size() const;
  std::string_view id_of(std::uint32_t number) const;
  /// The documents' groups as of the last `find`. Cost: an alignment for each member of a group of several.
  std::vector<ReprintGroup> groups_of(std::span<const std::uint32_t> numbers, unsigned threads) const;
  /// Keeps what was added and found: until then the file is, for any reader, as it was.
  void commit();

 private:
  struct Parts;
  explicit ReprintFinder(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Carries the record of a story to a reprint: every span moves to where the same characters stand in the
/// reprint; what the reprint does not tell is left out, and with it what pointed at that.
///
/// `reprint`  its own id, origin, title, date, text (as `extract` gives them); fields from `sentences` on are
///            empty.
/// Nothing if the reprint has more than some words of its own, or tells a passage with other characters so
/// that something in it would be lost: then it wants a coding of its own. Cost: linear in both texts.
std::optional<Record> carry_record(const Record& coded, const Record& reprint);

}  // namespace polybius
