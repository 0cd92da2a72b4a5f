// Text as JSON, in the spelling of the records.
#pragma once

#include <string>
#include <string_view>

namespace polybius {

/// Appends `text` as a JSON string. Line and paragraph separators are escaped, so that one record stays one
/// line everywhere.
void append_json_string(std::string& out, std::string_view text);
/// Appends a finite number in its shortest fixed form; 0 for one that is not finite.
void append_json_number(std::string& out, double number);

}  // namespace polybius
