// The text of the article as HTML, everything that was found in it marked where it stands.
#pragma once

#include <string>

#include "brief/html.h"
#include "polybius/record.h"
#include "text/text.h"

namespace polybius {

/// Paragraphs of the text. Each stretch that something was found in is an element of the class "m" whose
/// `data-ids` names it; where a finding begins, that element is a link to it with the id
/// `names.place(begin)`.
std::string article_html(const Record& record, const Text& text, const PartNames& names);

}  // namespace polybius
