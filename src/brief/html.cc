// Pieces of HTML: text that acts as nothing but text.
#include "brief/html.h"

namespace polybius {

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
      case '\t':
        out += letter;
        break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          out += "\xEF\xBF\xBD";
        } else {
          out += letter;
        }
    }
  }
  return out;
}

std::string html_runs(const std::vector<Run>& runs) {
  std::string out;
  for (const Run& run : runs) {
    const std::string text = html_escaped(run.text);
    switch (run.kind) {
      case Run::Kind::plain:
        out += text;
        break;
      case Run::Kind::name:
        out += "<b>" + text + "</b>";
        break;
      case Run::Kind::hit:
        out += "<mark>" + text + "</mark>";
        break;
      case Run::Kind::act: {
        const std::size_t blank = text.starts_with(' ') ? 1 : 0;  // not struck through with the verb
        out += text.substr(0, blank) + "<span class=\"act\">" + text.substr(blank) + "</span>";
        break;
      }
    }
  }
  return out;
}

}  // namespace polybius
