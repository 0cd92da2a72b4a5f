// What the readers of the forms share: the source they read from, and one function a form.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/ingest.h"
#include "io/io.h"

namespace polybius {

/// Where bytes come from: the stream as it lies there, what unpacks it, and the bytes to read.
struct Source {
  std::string name;     ///< for messages
  std::string path;     ///< of the file; empty for standard input
  std::string url;      ///< where it was fetched; empty for what lies here
  std::string charset;  ///< that the server named
  std::string stem;     ///< the id of a document that has no other; empty for standard input
  IngestOptions options;
  std::unique_ptr<ByteStream> packed;
  std::unique_ptr<Unpacker> unpacker;
  std::unique_ptr<ByteStream> bytes;
  bool is_packed = false;
};

/// One form of input.
class FormReader {
 public:
  explicit FormReader(Source source) : source_(std::move(source)) {}
  virtual ~FormReader() = default;
  FormReader(const FormReader&) = delete;
  FormReader& operator=(const FormReader&) = delete;
  virtual std::optional<Result<Item>> next() = 0;
  /// A byte of the input as it lies there at which reading may go on, if the next item begins at one.
  virtual std::optional<std::uint64_t> boundary() {
    return std::nullopt;
  }
  /// Goes on at such a byte. False, and nothing done, if this form cannot.
  virtual bool go_to(std::uint64_t) {
    return false;
  }
  const std::string& name() const {
    return source_.name;
  }

 protected:
  /// The fault of the packing that ended the bytes, if it did.
  std::optional<Error> packing_fault() {
    return source_.unpacker ? source_.unpacker->take_fault() : std::nullopt;
  }
  /// After the bytes have ended: goes on behind a broken gzip member or zstd frame. False if there is nothing
  /// more.
  bool go_on_behind_fault() {
    if (!source_.is_packed || !source_.unpacker->skip_member()) return false;
    forget_window();
    return true;
  }
  void forget_window() {
    source_.bytes->drop_window();
    skipped_ = source_.unpacker->given() - source_.bytes->offset();
  }
  /// Where the next byte lies: in the member that begins at `packed`, which it begins if `at_begin`.
  struct PackedPlace {
    std::uint64_t packed = 0;
    bool at_begin = false;
  };
  PackedPlace packed_place() {
    const std::uint64_t unpacked = source_.bytes->offset() + skipped_;
    const Unpacker::Member member = source_.unpacker->member_of(unpacked);
    return {member.packed, member.unpacked == unpacked};
  }
  Source source_;

 private:
  std::uint64_t skipped_ = 0;  // unpacked bytes that were given out but never moved past
};

enum class InputForm {
  plain,
  html,
  json_lines,
  json_array,
  json_object,
  csv,
  feed,
  warc,
  page_list,
  binary,
  empty
};
/// Tells the form from the first bytes, UTF-8 or some one-byte encoding. `name` decides where content does
/// not (".csv").
InputForm form_of(std::string_view head, std::string_view name, const IngestOptions& options);
/// Whether a text is HTML by its tags.
bool looks_like_html(std::string_view head);
/// What kind of file the bytes are that are no text: "PDF"; empty if unknown.
std::string_view binary_kind(std::string_view head);

std::unique_ptr<FormReader> open_plain(Source source, BodyForm form);
std::unique_ptr<FormReader> open_json_lines(Source source);
std::unique_ptr<FormReader> open_json_array(Source source);
std::unique_ptr<FormReader> open_json_object(Source source);
std::unique_ptr<FormReader> open_csv(Source source);
std::unique_ptr<FormReader> open_feed(Source source);
std::unique_ptr<FormReader> open_warc(Source source);
/// A list of addresses whose pages lie in a folder: one address a line, or rows of GDELT.
std::unique_ptr<FormReader> open_page_list(Source source);
/// The column of a row, cut at tabs, that holds an address; npos if none does.
std::size_t address_column(std::string_view row);
/// Gives one error and ends.
std::unique_ptr<FormReader> open_fault(Source source, Error error);

/// All bytes of a source. Errors: E-ING-02 if there are more than the limit; a fault of the packing.
Result<std::string> read_whole(Source& source);
/// Fills in what the options and the source say: id, path, site, the default date.
void complete_document(Document& document, const Source& source, std::string_view own_bytes);
/// The document of a JSON object, or the record line. `json` is decoded.
Result<Item> item_of_json(std::string json, const Source& source, const std::string& place);
/// Decodes and notes in `warnings` if the encoding had to be guessed or bytes were replaced.
std::string decode_noting(std::string bytes, std::string_view declared, std::vector<Warning>& warnings);
/// The charset that HTML or XML names for itself; empty if none.
std::string declared_charset(std::string_view head);
/// The host of an address without "www."; empty if there is none.
std::string site_of(std::string_view url);
std::string_view trimmed(std::string_view text);
/// Whether `text` begins with `lower_prefix`, whatever the case of its ASCII letters.
bool begins_ignoring_case(std::string_view text, std::string_view lower_prefix);
bool equal_ignoring_case(std::string_view text, std::string_view lower);
std::string lower_ascii(std::string_view text);

}  // namespace polybius
