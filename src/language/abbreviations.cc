// The abbreviations that are known without a table, so that a text can be cut with an empty lexicon.
#include <algorithm>
#include <array>

#include "language/shapes.h"
#include "language/tokenise.h"

namespace polybius {
namespace {

// Sorted. Those that are also words ("no.", "art.", "sat.") need a capital.
constexpr std::array<std::string_view, 104> kAbbreviations = {
    "adm.",  "al.",   "apr.",  "approx.", "apt.",  "arrv.", "attn.", "aug.",  "ave.",   "blvd.", "bldg.",
    "brig.", "bros.", "ca.",   "capt.",   "cf.",   "cmdr.", "co.",   "col.",  "conf.",  "cons.", "corp.",
    "cpl.",  "ct.",   "dec.",  "dept.",   "dist.", "div.",  "dr.",   "ed.",   "eds.",   "eg.",   "esp.",
    "esq.",  "est.",  "et.",   "etc.",    "ext.",  "feb.",  "figs.", "fla.",  "fri.",   "ft.",   "ga.",
    "gen.",  "gov.",  "govt.", "hon.",    "ie.",   "ill.",  "inc.",  "incl.", "intl.",  "jan.",  "jr.",
    "kan.",  "lb.",   "lbs.",  "lt.",     "ltd.",  "maj.",  "mfg.",  "minn.", "mlle.",  "mme.",  "mr.",
    "mrs.",  "ms.",   "msgr.", "mt.",     "natl.", "nov.",  "oct.",  "op.",   "oz.",    "pa.",   "penn.",
    "pfc.",  "phd.",  "pres.", "prof.",   "pte.",  "pvt.",  "que.",  "rep.",  "reps.",  "rev.",  "sen.",
    "sens.", "sept.", "sgt.",  "sr.",     "st.",   "supt.", "tel.",  "tenn.", "thurs.", "tues.", "univ.",
    "va.",   "viz.",  "vol.",  "vs.",     "wed."};
constexpr std::array<std::string_view, 26> kCapitalized = {
    "Art.", "Ala.",  "Ariz.", "Ark.", "Calif.", "Colo.", "Conn.", "Del.",  "Fig.",
    "Ind.", "La.",   "Mass.", "Md.",  "Mich.",  "Miss.", "Mo.",   "Mont.", "No.",
    "Nos.", "Okla.", "Ore.",  "Sat.", "Sec.",   "Sun.",  "Tex.",  "Wash."};

}  // namespace

bool is_known_abbreviation(std::u32string_view form) {
  if (form.size() < 3 || form.size() > 8) return false;
  const std::string low = ascii_lower(form);
  if (std::find(kAbbreviations.begin(), kAbbreviations.end(), low) != kAbbreviations.end()) return true;
  std::string exact;
  for (const char32_t c : form) exact.push_back(c < 0x80 ? static_cast<char>(c) : '?');
  return std::find(kCapitalized.begin(), kCapitalized.end(), exact) != kCapitalized.end();
}

}  // namespace polybius
