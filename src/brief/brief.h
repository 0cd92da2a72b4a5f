// A record as a person reads it: on a terminal, as Markdown, as one HTML page.
#pragma once

#include <span>
#include <string>

#include "polybius/record.h"

namespace polybius {

/// How a brief is set on a terminal.
struct BriefStyle {
  int width = 80;       ///< columns; less than 40 counts as 40, more than 110 as 110
  bool colour = false;  ///< ANSI colours; without them the marks and words alone tell facts from the rest
};

/// One article: what happened, who said what, what became of plans, who is who, what looked wrong; ends with
/// a line end. Control characters of the record never reach the terminal. Errors: none, whatever the record;
/// links that lead nowhere are passed over, spans outside the text clipped. Threads: safe.
std::string brief_text(const Record& record, const BriefStyle& style);

/// The same as CommonMark; everything that comes from the record is escaped.
std::string brief_markdown(const Record& record);

/// One self-contained page for all records: no request leaves it, its content security policy allows its own
/// style and script only. The same records give the same bytes.
std::string brief_html(std::span<const Record> records);

}  // namespace polybius
