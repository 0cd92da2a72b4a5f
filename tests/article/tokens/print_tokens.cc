// Prints the tokens of pages, for html5lib's tests: reads JSON Lines {input,state,last}, writes a line of
// tokens each.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "article/html_tokens.h"

using nlohmann::json;

namespace {

/// As browsers hand names and values on: ASCII letters small, NUL as U+FFFD.
std::string tidied(std::string_view text, bool small, bool zeros_too = true) {
  std::string out;
  for (const char c : text) {
    if (c == '\0' && zeros_too) {
      out += "\xef\xbf\xbd";
    } else {
      out += small && c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  return out;
}

std::string with_plain_line_ends(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i] == '\r' ? '\n' : text[i];
  }
  return out;
}

json tag_token(const polybius::HtmlToken& token) {
  if (token.kind == polybius::HtmlToken::Kind::end) return {"EndTag", tidied(token.name, true)};
  json attributes = json::object();
  polybius::HtmlAttributes reader(token.rest);
  polybius::HtmlAttribute attribute;
  while (reader.next(attribute)) {
    const std::string name = tidied(attribute.name, true);
    const std::string value =
        polybius::decode_references(tidied(attribute.value, false), polybius::ReferencePlace::attribute);
    if (!attributes.contains(name)) attributes[name] = value;
  }
  json out = {"StartTag", tidied(token.name, true), attributes};
  if (token.self_closed) out.push_back(true);
  return out;
}

json tokens_of(const json& test) {
  using Inside = polybius::HtmlTokenizer::Inside;
  const std::string source = with_plain_line_ends(test["input"].get<std::string>());
  const std::string state = test["state"].get<std::string>();
  const std::string last = test["last"].get<std::string>();
  polybius::HtmlTokenizer tokenizer(source);
  Inside inside = Inside::markup;
  if (state == "PLAINTEXT state") inside = Inside::plain_text;
  if (state == "RCDATA state") inside = Inside::text;
  if (state == "RAWTEXT state") inside = Inside::raw;
  if (state == "Script data state") inside = Inside::script;
  if (inside != Inside::markup) tokenizer.read_inside(inside, last.empty() ? "nothing" : last);
  bool first = true;
  json out = json::array();
  polybius::HtmlToken token;
  while (tokenizer.next(token)) {
    if (token.kind == polybius::HtmlToken::Kind::text) {
      const bool raw =
          first && (inside == Inside::raw || inside == Inside::script || inside == Inside::plain_text);
      std::string text = tidied(token.rest, false, first && inside != Inside::markup);
      if (!raw) text = polybius::decode_references(text);
      if (!out.empty() && out.back()[0] == "Character") {
        out.back()[1] = out.back()[1].get<std::string>() + text;
      } else {
        out.push_back({"Character", text});
      }
    } else if (token.kind == polybius::HtmlToken::Kind::comment) {
      out.push_back({"Comment", tidied(token.rest, false)});
    } else if (token.kind == polybius::HtmlToken::Kind::doctype) {
      out.push_back({"DOCTYPE"});
    } else {
      out.push_back(tag_token(token));
    }
    first = false;
  }
  return out;
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) std::cout << tokens_of(json::parse(line)).dump() << "\n";
}
