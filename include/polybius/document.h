// One input as it was read: bytes made text, with what is known of where and when; before cleaning.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace polybius {

/// Where the bytes came from; empty members do not apply.
struct Origin {
  std::string path;
  std::string url;
  std::string record;  ///< WARC record id
  std::string site;
  friend bool operator==(const Origin&, const Origin&) = default;
};

/// How the date of publication is known.
enum class PublishedBy { given, metadata, url, text, none };

/// What `Document::text` is.
enum class BodyForm { plain, html };

/// Something that looked wrong and what was done about it.
struct Warning {
  std::string code;     ///< "scrambled_quotes", "garbled_name", "no_date", "nothing_found", "encoding", ...
  bool placed = false;  ///< whether begin and end apply
  unsigned begin = 0;   ///< code points into the record's text
  unsigned end = 0;
  std::string message;
  friend bool operator==(const Warning&, const Warning&) = default;
};

/// One news item on its way in.
struct Document {
  std::string id;
  Origin origin;
  std::string title;
  std::vector<std::string> authors;
  std::string language;   ///< ISO 639-1, empty if unknown
  std::string published;  ///< ISO 8601 date or date-time, empty if unknown
  PublishedBy published_by = PublishedBy::none;
  BodyForm form = BodyForm::plain;
  std::string text;                                        ///< valid UTF-8
  std::vector<std::pair<std::string, std::string>> extra;  ///< other columns: name, value as JSON text
  std::vector<Warning> warnings;
};

}  // namespace polybius
