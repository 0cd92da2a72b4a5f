// Opens inputs: unpacks, looks at the first bytes, and hands on to the reader of the form.
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "ingest/forms.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t head_size = 64 * 1024;

/// The charset of text whose units are wider than a byte, by its byte order mark or by where its zero bytes
/// stand; empty if it is none.
std::string wide_charset(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\xff\xfe\0\0"sv)) return "UTF-32LE";
  if (head.starts_with("\0\0\xfe\xff"sv)) return "UTF-32BE";
  if (head.starts_with("\xff\xfe"sv)) return "UTF-16LE";
  if (head.starts_with("\xfe\xff"sv)) return "UTF-16BE";
  const std::string_view sample = head.substr(0, 4096);
  if (sample.size() < 8) return "";
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += static_cast<std::size_t>(sample[i] == '\0');
  const std::size_t half = sample.size() / 2;
  if (zeros[1] * 10 > half * 6 && zeros[0] * 20 < half) return "UTF-16LE";
  if (zeros[0] * 10 > half * 6 && zeros[1] * 20 < half) return "UTF-16BE";
  return "";
}

/// Turns a stream of wide units into UTF-8 as it is read.
class WideDecoder {
 public:
  WideDecoder(ByteStream stream, const std::string& charset) : stream_(std::move(stream)) {
    UErrorCode status = U_ZERO_ERROR;
    converter_ = {ucnv_open(charset.c_str(), &status), ucnv_close};
  }

  std::size_t read(char* into, std::size_t size) {
    while (ready_.size() - given_ == 0 && !ended_) refill();
    const std::size_t count = std::min(size, ready_.size() - given_);
    std::copy_n(ready_.data() + given_, count, into);
    given_ += count;
    return count;
  }

 private:
  void refill() {
    ready_.clear();
    given_ = 0;
    const std::string_view bytes = stream_.peek(1);
    ended_ = bytes.empty();
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    UChar wide[4096];
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
      status = U_ZERO_ERROR;
      UChar* target = wide;
      ucnv_toUnicode(converter_.get(), &target, wide + std::size(wide), &source, source_end, nullptr,
                     static_cast<UBool>(ended_), &status);
      append(wide, static_cast<std::size_t>(target - wide));
    }
    stream_.skip(bytes.size());
    if (ended_ && lead_ != 0) append_utf8(ready_, 0xfffd);
  }

  void append(const UChar* wide, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const char32_t unit = wide[i];
      if (lead_ != 0 && unit >= 0xdc00 && unit < 0xe000) {
        append_utf8(ready_, 0x10000 + ((lead_ - 0xd800) << 10) + (unit - 0xdc00));
        lead_ = 0;
        continue;
      }
      if (lead_ != 0) append_utf8(ready_, 0xfffd);
      lead_ = 0;
      if (unit >= 0xd800 && unit < 0xdc00) {
        lead_ = unit;
      } else if (unit != 0xfeff || started_) {
        append_utf8(ready_, unit >= 0xdc00 && unit < 0xe000 ? 0xfffd : unit);
      }
      started_ = true;
    }
  }

  ByteStream stream_;
  std::unique_ptr<UConverter, void (*)(UConverter*)> converter_{nullptr, ucnv_close};
  std::string ready_;
  std::size_t given_ = 0;
  char32_t lead_ = 0;
  bool started_ = false;
  bool ended_ = false;
};

void decode_wide(Source& source) {
  const std::string charset = wide_charset(source.bytes->peek(4096));
  if (charset.empty()) return;
  auto decoder = std::make_shared<WideDecoder>(std::move(*source.bytes), charset);
  source.bytes = std::make_unique<ByteStream>(
      [decoder](char* into, std::size_t size) { return decoder->read(into, size); });
}

/// "windows-1251" of "text/html; charset=windows-1251".
std::string charset_of(std::string_view content_type) {
  const std::string lower = lower_ascii(content_type);
  const std::size_t at = lower.find("charset=");
  if (at == std::string::npos) return "";
  std::string_view value = trimmed(std::string_view(lower).substr(at + 8));
  if (value.starts_with('"')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"; ")));
}

Error form_fault(InputForm form, const Source& source, std::string_view head) {
  if (form == InputForm::empty) return {"E-ING-03", source.name, "skipped: nothing in it", ""};
  const std::string_view kind = binary_kind(head);
  return {"E-ING-04", source.name,
          "skipped: " + std::string(kind.empty() ? "not text" : "not text but " + std::string(kind)),
          "turn it into text or HTML first"};
}

std::unique_ptr<FormReader> open_form(Source source) {
  ByteStream& packed = *source.packed;
  source.is_packed = packing_of(packed.peek(18)) != Packing::none;
  if (source.is_packed) {
    source.unpacker = std::make_unique<Unpacker>(packed, source.name);
    source.bytes =
        std::make_unique<ByteStream>([unpacker = source.unpacker.get()](char* into, std::size_t size) {
          return unpacker->read(into, size);
        });
  } else {
    source.bytes = std::make_unique<ByteStream>([&packed](char* into, std::size_t size) -> std::size_t {
      const std::string_view bytes = packed.peek(1);
      const std::size_t count = std::min(bytes.size(), size);
      std::copy_n(bytes.data(), count, into);
      packed.skip(count);
      return count;
    });
  }
  decode_wide(source);
  const std::string_view head = source.bytes->peek(head_size).substr(0, head_size);
  const InputForm form = form_of(head, source.name, source.options);
  if (form == InputForm::empty && source.unpacker) {
    if (auto fault = source.unpacker->take_fault()) return open_fault(std::move(source), *fault);
  }
  switch (form) {
    case InputForm::plain:
      return open_plain(std::move(source), BodyForm::plain);
    case InputForm::html:
      return open_plain(std::move(source), BodyForm::html);
    case InputForm::json_lines:
      return open_json_lines(std::move(source));
    case InputForm::json_array:
      return open_json_array(std::move(source));
    case InputForm::json_object:
      return open_json_object(std::move(source));
    case InputForm::csv:
      return open_csv(std::move(source));
    case InputForm::feed:
      return open_feed(std::move(source));
    case InputForm::warc:
      return open_warc(std::move(source));
    case InputForm::page_list:
      return open_page_list(std::move(source));
    case InputForm::binary:
    case InputForm::empty:
      break;
  }
  Error fault = form_fault(form, source, head);
  return open_fault(std::move(source), std::move(fault));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return text.substr(text.size());
  return text.substr(begin, text.find_last_not_of(blank) + 1 - begin);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return out;
}

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && begins_ignoring_case(text, lower);
}

bool begins_ignoring_case(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] | 0x20) : text[i];
    if (c != lower_prefix[i]) return false;
  }
  return true;
}

std::string site_of(std::string_view url) {
  std::string_view host = host_of_url(url);
  if (host.starts_with("www.")) host.remove_prefix(4);
  return lower_ascii(host);
}

void complete_document(Document& document, const Source& source, std::string_view own_bytes) {
  document.origin.path = source.path;
  if (document.origin.site.empty()) document.origin.site = site_of(document.origin.url);
  if (document.id.empty()) document.id = document.origin.record;
  if (document.id.empty()) document.id = document.origin.url;
  if (document.id.empty()) document.id = source.stem;
  if (document.id.empty()) document.id = "sha256:" + sha256_hex(own_bytes);
  if (document.published.empty() && !source.options.published.empty()) {
    document.published = source.options.published;
    // A page may carry a date of its own, which is not read yet: `none` says that this one is for the case
    // that it does not.
    document.published_by = document.form == BodyForm::html ? PublishedBy::none : PublishedBy::given;
  }
}

DocumentReader::DocumentReader(std::unique_ptr<FormReader> form) : form_(std::move(form)) {}
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;
DocumentReader::~DocumentReader() = default;

Result<DocumentReader> DocumentReader::open(const std::string& path, const IngestOptions& options) {
  auto stream = ByteStream::open(path);
  if (!stream) return stream.error();
  Source source;
  const bool file = path != "-";
  source.name = file ? path : "standard input";
  source.path = file ? path : "";
  source.stem = file ? stem_of(path) : "";
  source.options = options;
  source.packed = std::make_unique<ByteStream>(std::move(stream).value());
  return DocumentReader(open_form(std::move(source)));
}

DocumentReader DocumentReader::of(std::string bytes, const std::string& name, const IngestOptions& options) {
  Source source;
  source.name = name;
  source.stem = stem_of(name);
  source.options = options;
  source.packed = std::make_unique<ByteStream>(ByteStream::of(std::move(bytes)));
  return DocumentReader(open_form(std::move(source)));
}

DocumentReader DocumentReader::of(Fetched fetched, const IngestOptions& options) {
  Source source;
  source.name = fetched.url;
  source.url = std::move(fetched.url);
  source.charset = charset_of(fetched.content_type);
  source.stem = stem_of(std::string_view(source.name).substr(0, source.name.find_first_of("?#")));
  source.options = options;
  source.packed = std::make_unique<ByteStream>(ByteStream::of(std::move(fetched.body)));
  return DocumentReader(open_form(std::move(source)));
}

std::optional<Result<Item>> DocumentReader::next() {
  auto item = form_->next();
  const bool silent = !item && !anything_;
  anything_ = true;
  ++items_;
  // A feed without entries, a table without rows, an archive without pages: said once, not passed over.
  if (silent) return Error{"E-ING-03", form_->name(), "skipped: nothing in it that could be read", ""};
  return item;
}

void DocumentReader::go_on(const ReadingMark& mark) {
  if (mark.items == 0) return;
  anything_ = true;
  items_ = mark.items;
  if (mark.offset && form_->go_to(*mark.offset)) return;
  for (std::uint64_t count = 0; count < mark.items && form_->next(); ++count) {
  }
}

ReadingMark DocumentReader::mark() {
  return {0, items_, form_->boundary()};
}

InputReader::InputReader(std::vector<std::string> inputs, IngestOptions options)
    : options_(std::move(options)), pending_(std::move(inputs)) {
  if (pending_.empty()) pending_.emplace_back("-");
  std::reverse(pending_.begin(), pending_.end());
}

std::optional<Error> InputReader::open_address(const std::string& address) {
  if (!fetcher_) fetcher_ = std::make_unique<Fetcher>(options_.fetch);
  auto fetched = fetcher_->get(address);
  if (!fetched) return fetched.error();
  reader_.emplace(DocumentReader::of(std::move(fetched).value(), options_));
  return std::nullopt;
}

Result<std::string> InputReader::next_file() {
  ++opened_;
  if (files_.empty()) {
    const std::string input = std::move(pending_.back());
    pending_.pop_back();
    if (input == "-" || is_address(input)) return input;
    auto files = list_files(input);
    if (!files) return files.error();
    files_ = std::move(files).value();
    std::reverse(files_.begin(), files_.end());
    if (files_.empty()) return Error{"E-ING-03", input, "skipped: no file in this folder", ""};
  }
  std::string file = std::move(files_.back());
  files_.pop_back();
  return file;
}

std::optional<Error> InputReader::open_next() {
  auto file = next_file();
  if (!file) return file.error();
  if (is_address(file.value())) return open_address(file.value());
  auto reader = DocumentReader::open(file.value(), options_);
  if (!reader) return reader.error();
  reader_.emplace(std::move(reader).value());
  return std::nullopt;
}

void InputReader::go_on(const ReadingMark& mark) {
  while (opened_ + 1 < mark.file && !(files_.empty() && pending_.empty())) {
    const auto passed = next_file();
    static_cast<void>(passed.ok());
  }
  if (mark.file == 0 || (files_.empty() && pending_.empty())) return;
  const auto fault = open_next();
  if (!fault && reader_) reader_->go_on(mark);
}

ReadingMark InputReader::mark() {
  ReadingMark out;
  if (reader_) out = reader_->mark();
  out.file = opened_;
  return out;
}

std::optional<Result<Item>> InputReader::next() {
  for (;;) {
    if (reader_) {
      if (auto item = reader_->next()) {
        if (item->ok() && item->value().record_line.empty()) ids_.settle(item->value().document);
        return item;
      }
      reader_.reset();
    }
    if (files_.empty() && pending_.empty()) return std::nullopt;
    if (auto error = open_next()) return *error;
  }
}

}  // namespace polybius
