// WARC 1.0 and 1.1: the pages of a web archive, record by record, whatever its headers claim.
#include <algorithm>
#include <charconv>

#include "ingest/forms.h"

namespace polybius {
namespace {

constexpr std::size_t header_limit = 64 * 1024;

/// The value of a header field, whatever its case; empty if it is not there.
std::string_view field_of(std::string_view header, std::string_view lower_name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size());
    const std::string_view line = header.substr(0, end);
    if (line.size() > lower_name.size() && line[lower_name.size()] == ':' &&
        begins_ignoring_case(line, lower_name)) {
      return trimmed(line.substr(lower_name.size() + 1));
    }
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return "";
}

std::string_view without_brackets(std::string_view value) {
  if (value.size() > 1 && value.front() == '<' && value.back() == '>')
    value = value.substr(1, value.size() - 2);
  return value;
}

/// The length of a block of header lines with the blank line behind it; 0 if that is not there.
std::size_t header_length(std::string_view bytes) {
  const std::size_t carriage = bytes.find("\r\n\r\n");
  const std::size_t plain = bytes.substr(0, carriage).find("\n\n");
  if (plain != std::string_view::npos) return plain + 2;
  return carriage == std::string_view::npos ? 0 : carriage + 4;
}

/// Undoes chunked transfer; where the chunks break off or lie, the bytes are taken as they stand.
std::string without_chunks(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    std::size_t size = 0;
    const auto [end, fault] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
    const auto digits = static_cast<std::size_t>(end - body.data());
    const std::size_t line = body.find('\n', digits);
    if (fault != std::errc() || line == std::string_view::npos || line > digits + 256)
      return out.empty() ? std::string(body) : out;
    if (size == 0) return out;
    body.remove_prefix(line + 1);
    out += body.substr(0, size);
    body.remove_prefix(std::min(size, body.size()));
    body.remove_prefix(std::min(body.find_first_not_of("\r\n"), body.size()));
  }
  return out;
}

/// What an HTTP response carries.
struct Payload {
  std::string bytes;
  std::string type;     ///< lower case, "text/html; charset=..."
  bool wanted = false;  ///< a page or a text with status 200
};

/// Undoes one content coding. Some archives store the unpacked bytes and leave the header as it was.
std::optional<Error> undo_coding(std::string_view coding, std::size_t limit, std::string& bytes) {
  const bool gzip = packing_of(bytes) == Packing::gzip;
  std::optional<Error> fault;
  std::string unpacked;
  if (gzip || coding == "deflate") {
    fault = inflate_bytes(bytes, limit, unpacked);
  } else if (coding == "br") {
    fault = unpack_brotli(bytes, limit, unpacked);
  } else if (packing_of(bytes) == Packing::zstd) {
    auto result = unpack_bytes(bytes, limit);
    if (!result) return result.error();
    unpacked = std::move(result).value();
  } else {
    return std::nullopt;
  }
  const bool was_unpacked = fault && !gzip && looks_like_html(std::string_view(bytes).substr(0, 64 * 1024));
  if (was_unpacked) return std::nullopt;
  if (!fault) bytes = std::move(unpacked);
  return fault;
}

/// Undoes what `Content-Encoding` lists, the last first.
std::optional<Error> undo_codings(std::string_view codings, std::size_t limit, std::string& bytes) {
  for (int count = 0; !codings.empty() && count < 4; ++count) {
    const std::size_t comma = codings.rfind(',');
    const bool last = comma == std::string_view::npos;
    const std::string_view coding = trimmed(last ? codings : codings.substr(comma + 1));
    codings = last ? std::string_view() : codings.substr(0, comma);
    if (auto fault = undo_coding(coding, limit, bytes)) return fault;
  }
  return std::nullopt;
}

Result<Payload> payload_of(std::string_view block, std::size_t limit, const std::string& place) {
  Payload out;
  const std::size_t length = header_length(block.substr(0, header_limit));
  if (!block.starts_with("HTTP/") || length == 0) {
    return Error{"E-ING-33", place, "skipped: the response has no HTTP header", ""};
  }
  const std::string_view header = block.substr(0, length);
  out.type = lower_ascii(field_of(header, "content-type"));
  const std::size_t space = std::min(header.find(' '), header.size() - 1);
  const bool page = out.type.empty() || out.type.starts_with("text/html") ||
                    out.type.starts_with("text/plain") || out.type.starts_with("application/xhtml");
  out.wanted = trimmed(header.substr(space)).starts_with("200") && page;
  if (!out.wanted) return out;
  out.bytes = block.substr(length);
  if (lower_ascii(field_of(header, "transfer-encoding")).find("chunked") != std::string::npos) {
    out.bytes = without_chunks(out.bytes);
  }
  if (auto fault = undo_codings(lower_ascii(field_of(header, "content-encoding")), limit, out.bytes)) {
    return Error{fault->code, place, "skipped: " + fault->fault, ""};
  }
  return out;
}

class WarcReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<std::uint64_t> boundary() override {
    skip_line_ends();
    if (!source_.is_packed) return source_.bytes->offset();
    const PackedPlace place = packed_place();
    return place.at_begin && !source_.bytes->peek(1).empty() ? std::optional(place.packed) : std::nullopt;
  }

  bool go_to(std::uint64_t offset) override {
    if (source_.is_packed) {
      if (!source_.unpacker->go_to_member(offset)) return false;
      forget_window();
      return true;
    }
    if (offset < source_.bytes->offset()) return false;
    source_.bytes->skip(offset - source_.bytes->offset());
    return true;
  }

  std::optional<Result<Item>> next() override {
    for (;;) {
      skip_line_ends();
      const std::string_view head = source_.bytes->peek(header_limit).substr(0, header_limit);
      place_ = source_.name + ": byte " +
               std::to_string(source_.is_packed ? packed_place().packed : source_.bytes->offset());
      if (head.empty()) {
        auto fault = packing_fault();
        if (!fault) return std::nullopt;
        go_on_behind_fault();
        return *fault;
      }
      const std::size_t length = header_length(head);
      if (!head.starts_with("WARC/") || length == 0) {
        const bool at_end = head.size() < header_limit;
        if (auto fault = at_end ? packing_fault() : std::nullopt) {
          source_.bytes->skip(head.size());
          go_on_behind_fault();
          return *fault;
        }
        find_record();
        return Error{"E-ING-31", place_, "skipped up to the next record: no WARC record begins here", ""};
      }
      const std::string header(head.substr(0, length));
      if (auto out = read_record(header)) return out;
    }
  }

 private:
  void skip_line_ends() {
    while (source_.bytes->peek(1).starts_with('\r') || source_.bytes->peek(1).starts_with('\n'))
      source_.bytes->skip(1);
  }

  /// Nothing if the record is of a kind that holds no page.
  std::optional<Result<Item>> read_record(const std::string& header) {
    std::uint64_t size = 0;
    const std::string_view stated = field_of(header, "content-length");
    const auto [end, fault] = std::from_chars(stated.data(), stated.data() + stated.size(), size);
    if (fault != std::errc() || end != stated.data() + stated.size()) {
      find_record();
      return Error{"E-ING-32", place_, "skipped: the record's Content-Length is missing or no number", ""};
    }
    // Room for the HTTP header beside the page.
    if (size > source_.options.item_limit + header_limit) return pass_over_giant(header);
    const std::size_t total = header.size() + static_cast<std::size_t>(size);
    const std::string_view bytes = source_.bytes->peek(total + 4);
    if (bytes.size() < total) return cut_off(header);
    const std::string_view behind = bytes.substr(total);
    const bool honest = behind.empty() || behind.starts_with("\r\n") || behind.starts_with('\n');
    if (!honest) {
      find_record();
      return Error{"E-ING-32", place_, "skipped: the record does not end where its Content-Length says", ""};
    }
    std::string block(bytes.substr(header.size(), static_cast<std::size_t>(size)));
    source_.bytes->skip(total);
    return item_of(header, std::move(block));
  }

  std::optional<Result<Item>> item_of(const std::string& header, std::string block) {
    const std::string_view kind = field_of(header, "warc-type");
    Payload payload;
    if (kind == "response") {
      auto response = payload_of(block, source_.options.item_limit, place_);
      if (!response) return response.error();
      payload = std::move(response).value();
    } else if (kind == "resource" || kind == "conversion") {
      payload.type = lower_ascii(field_of(header, "content-type"));
      payload.bytes = std::move(block);
      payload.wanted = payload.type.starts_with("text/html") || payload.type.starts_with("text/plain") ||
                       payload.type.starts_with("application/xhtml");
    }
    if (!payload.wanted) return std::nullopt;
    Item item;
    item.place = place_;
    Document& document = item.document;
    document.origin.record = without_brackets(field_of(header, "warc-record-id"));
    document.origin.url = without_brackets(field_of(header, "warc-target-uri"));
    const std::size_t charset = payload.type.find("charset=");
    std::string declared = charset == std::string::npos ? "" : payload.type.substr(charset + 8);
    declared.erase(std::remove(declared.begin(), declared.end(), '"'), declared.end());
    const bool html = payload.type.starts_with("text/html") ||
                      payload.type.starts_with("application/xhtml") ||
                      (payload.type.empty() && looks_like_html(payload.bytes));
    if (html && declared.empty()) declared = declared_charset(payload.bytes);
    document.form = html ? BodyForm::html : BodyForm::plain;
    document.text = decode_noting(std::move(payload.bytes), declared, document.warnings);
    complete_document(document, source_, document.text);
    return item;
  }

  Error cut_off(const std::string& header) {
    if (auto fault = packing_fault()) {
      source_.bytes->skip(source_.bytes->peek(1).size());
      go_on_behind_fault();
      return *fault;
    }
    source_.bytes->skip(header.size());
    find_record();
    return Error{
        "E-ING-32", place_,
        "skipped: the archive or the record is cut off before the end that its Content-Length states", ""};
  }

  Error pass_over_giant(const std::string& header) {
    const Error error{
        "E-ING-02", place_,
        "skipped: the record states " + std::string(field_of(header, "content-length")) + " bytes", ""};
    source_.bytes->skip(header.size());
    find_record();
    return error;
  }

  /// Moves to the next line that begins a record, or to the end. In a packed archive it looks through no more
  /// than what an item may hold, then goes on at the next member: so a bomb is not unpacked to its end.
  void find_record() {
    constexpr std::string_view mark = "\nWARC/1.";
    std::uint64_t searched = 0;
    for (;;) {
      const std::string_view bytes = source_.bytes->peek(mark.size());
      const std::size_t found = bytes.find(mark);
      if (found != std::string_view::npos) {
        source_.bytes->skip(found + 1);
        return;
      }
      if (bytes.size() < mark.size()) {
        source_.bytes->skip(bytes.size());
        return;
      }
      searched += bytes.size();
      source_.bytes->skip(bytes.size() - (mark.size() - 1));
      if (source_.is_packed && searched > source_.options.item_limit) {
        if (!go_on_behind_fault()) source_.bytes->skip(source_.bytes->peek(1).size());
        return;
      }
    }
  }

  std::string place_;
};

}  // namespace

std::unique_ptr<FormReader> open_warc(Source source) {
  return std::make_unique<WarcReader>(std::move(source));
}

}  // namespace polybius
