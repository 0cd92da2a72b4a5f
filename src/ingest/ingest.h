// Bytes to documents, whatever their form: one item after another, and a broken one costs no other.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/io.h"
#include "polybius/document.h"
#include "polybius/error.h"

namespace polybius {

/// How inputs are read.
struct IngestOptions {
  std::string text_field = "text";  ///< the column or key that holds the text
  std::string published;            ///< date of inputs that carry none
  std::string pages;                ///< folder in which the pages of listed addresses lie
  bool only_text = false;  ///< plain text and JSON Lines only: HTML, CSV and feeds are text like any other
  bool check_records =
      true;  ///< off where whoever takes records parses them next: then a broken one is an item, too
  FetchOptions fetch;                              ///< how inputs that are addresses are fetched
  std::size_t item_limit = std::size_t{16} << 20;  ///< bytes of one item; longer ones are an error
};

/// One thing read: a document, or a document record that is passed on as it stands.
struct Item {
  Document document;
  std::string record_line;  ///< a JSON line whose `schema` begins with "polybius/"; `document` is empty then
  std::string place;        ///< "feed.jsonl:2071"
  bool of_feed = false;     ///< an entry of a feed: often a summary of the page that it links to
};

/// How far inputs have been read: enough to go on behind the last item.
struct ReadingMark {
  std::uint64_t file = 0;   ///< which of the files, from 1 on; 0: none yet
  std::uint64_t items = 0;  ///< items and faults that it gave
  std::optional<std::uint64_t>
      offset{};  ///< the byte, packed or not, at which the next record begins, if known
  friend bool operator==(const ReadingMark&, const ReadingMark&) = default;
};

class FormReader;  // one form of input; private to the room

/// Reads one file, standard input or bytes. Forms are told apart by content: plain text, HTML, JSON Lines, a
/// JSON array or object, CSV with named columns, RSS, Atom and JSON Feed, WARC; each also packed with gzip or
/// zstd, in any usual encoding.
///
/// `published`, `language` and `authors` are as found; `text` is decoded and otherwise untouched (see
/// article/article.h). Memory: bounded by `item_limit`, not by the input. Errors: E-IO-.. and E-ING-.., each
/// once, in order; none ends the reading of what follows. Throws std::system_error if the disk fails.
class DocumentReader {
 public:
  static Result<DocumentReader> open(const std::string& path, const IngestOptions& options);
  /// `name` is for messages and ids.
  static DocumentReader of(std::string bytes, const std::string& name, const IngestOptions& options);
  /// What was fetched from an address; `item_limit` holds as for files.
  static DocumentReader of(Fetched fetched, const IngestOptions& options);
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;
  ~DocumentReader();

  /// The next item or fault; nothing at the end.
  std::optional<Result<Item>> next();
  /// Where reading stands. `go_on`, on a reader that was just opened, goes there: archives by their offset,
  /// other forms by reading again what they gave.
  ReadingMark mark();
  void go_on(const ReadingMark& mark);

 private:
  explicit DocumentReader(std::unique_ptr<FormReader> form);
  std::unique_ptr<FormReader> form_;
  bool anything_ = false;  // came out so far
  std::uint64_t items_ = 0;
};

/// Makes ids unique: one that comes again with another text gets `#2`, `#3`, ... and a warning `id_again`.
/// Memory: 16 to 40 bytes a document.
class IdKeeper {
 public:
  /// An id and the text it stands for, as hashes.
  struct Entry {
    std::uint64_t id = 0;
    std::uint64_t text = 0;
  };
  void settle(Document& document);
  /// What was added since the last call, so that another run can be told of it.
  std::vector<Entry> take_added();
  void add(Entry entry);

 private:
  std::vector<std::uint64_t> texts_of(std::uint64_t id) const;
  void grow();
  std::vector<Entry> table_;  // open addressing; of entries of one id, the earlier come first
  std::size_t count_ = 0;
  std::vector<Entry> added_;
};

/// Reads all inputs of a command line in order: files, folders, addresses, "-"; none: standard input. Ids are
/// unique over all of them.
class InputReader {
 public:
  InputReader(std::vector<std::string> inputs, IngestOptions options);
  /// The next item or fault; nothing at the end. Errors: as DocumentReader, E-IO-01 for what is missing,
  /// E-NET-.. of addresses.
  std::optional<Result<Item>> next();
  /// Where reading stands; `go_on` before the first `next` goes there. The inputs and options must be the
  /// same, and the ids of what was read must be told to `ids()`.
  ReadingMark mark();
  void go_on(const ReadingMark& mark);
  IdKeeper& ids() {
    return ids_;
  }

 private:
  Result<std::string> next_file();
  std::optional<Error> open_next();
  std::optional<Error> open_address(const std::string& address);
  IngestOptions options_;
  std::unique_ptr<Fetcher> fetcher_;  // once an address came
  std::vector<std::string> pending_;  // the next one last
  std::vector<std::string> files_;    // of the folder at hand, the next one last
  std::optional<DocumentReader> reader_;
  std::uint64_t opened_ = 0;
  IdKeeper ids_;
};

/// Text in UTF-8 and how it came to be so.
struct Decoded {
  std::string utf8;
  std::string charset;       ///< "UTF-8", "windows-1251", ...
  bool guessed = false;      ///< nobody declared it
  std::size_t replaced = 0;  ///< ill-formed sequences that became U+FFFD
};
/// Decodes bytes of one text. `declared` is the charset somebody named, or empty; UTF-8 is preferred where
/// the bytes are valid. A byte order mark is left out.
Decoded decode_text(std::string bytes, std::string_view declared = "");

}  // namespace polybius
