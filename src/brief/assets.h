// The style and the script of the HTML brief, built in from src/brief/assets.
#pragma once

#include <string_view>

namespace polybius {

extern const std::string_view brief_css;
extern const std::string_view brief_css_sha256;  ///< base64, as a content security policy names it
extern const std::string_view brief_js;
extern const std::string_view brief_js_sha256;

}  // namespace polybius
