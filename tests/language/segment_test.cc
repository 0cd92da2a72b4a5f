// Tokens, words and sentences of plain text.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "language/language.h"

namespace polybius {
namespace {

const Lexicon& lexicon() {
  static const Lexicon shared = Lexicon::builtin();
  return shared;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

std::string words_in(const std::string& text) {
  std::vector<std::string> forms;
  for (const Token& token : segment(Text(text), lexicon()).tokens) forms.push_back(token.form);
  return joined(forms);
}

std::vector<std::string> sentences_in(const std::string& text) {
  const Analysis analysis = segment(Text(text), lexicon());
  std::vector<std::string> out;
  for (const Sentence& sentence : analysis.sentences) out.emplace_back(analysis.text.slice(sentence.span));
  return out;
}

}  // namespace

TEST_CASE("contractions are words of their own") {
  CHECK(words_in("They don't know; he can't, she won't.") == "They do n't know ; he ca n't , she wo n't .");
  CHECK(words_in("It cannot be the minister's.") == "It can not be the minister 's .");
  CHECK(words_in("The ministers' cars aren’t here") == "The ministers ' cars are n’t here");
  CHECK(words_in("I'm gonna say they'd've gone") == "I 'm gon na say they 'd 've gone");
}

TEST_CASE("hyphens cut compounds, not prefixes") {
  CHECK(words_in("a well-known anti-government protest") == "a well - known anti-government protest");
  CHECK(words_in("an 18-year-old co-founder") == "an 18 - year - old co-founder");
}

TEST_CASE("numbers, money, times and units") {
  CHECK(words_in("It cost $1,200.50 (about 5%).") == "It cost $ 1,200.50 ( about 5 % ) .");
  CHECK(words_in("at 5pm on 11/28/2000") == "at 5 pm on 11/28/2000");
  CHECK(words_in("at 10:35 a.m. on the 20th in the 1980s") == "at 10:35 a.m. on the 20th in the 1980s");
}

TEST_CASE("addresses stay whole and give back the sentence's stop") {
  CHECK(words_in("See https://www.example.org/a-b?c=d.") == "See https://www.example.org/a-b?c=d .");
  CHECK(words_in("Write to press.office@example.gov, please") ==
        "Write to press.office@example.gov , please");
}

TEST_CASE("abbreviations keep their stop and do not end a sentence") {
  CHECK(words_in("Gen. Smith met Mr. J. Doe of the U.S. Army.") ==
        "Gen. Smith met Mr. J. Doe of the U.S. Army .");
  CHECK(sentences_in("Gen. Smith met the U.S. envoy. They talked.").size() == 2);
}

TEST_CASE("a line ends a sentence, with or without a stop") {
  const auto found = sentences_in("Talks collapse in Geneva\nDelegates left the city on Monday.\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "Talks collapse in Geneva");
}

TEST_CASE("a hard-wrapped text is read across its line ends") {
  const auto found = sentences_in(
      "The foreign ministers of the two countries met in the capital on Monday to\n"
      "discuss the border, an official of the host country said, and they agreed to\n"
      "meet again in the spring. No date was given for the second round, which will\n"
      "be held in a third country.\n\nThe talks were the first for years.\n");
  REQUIRE(found.size() == 3);
  CHECK(found[1].starts_with("No date"));
}

TEST_CASE("a quotation that is never closed does not swallow the text") {
  CHECK(sentences_in("He said: \"We will see. They left on Friday. The talks go on.").size() >= 3);
}

TEST_CASE("spans lie inside the text, in order, whatever the text") {
  for (const std::string text :
       {"", " \n\n ", "é’s “ü” 5€\u2028x", "'", "...", "a\r\nb", "s'", "$$$ --- '' ``", "cannot"}) {
    const Analysis analysis = segment(Text(text), lexicon());
    std::uint32_t last = 0;
    for (const Token& token : analysis.tokens) {
      CHECK(token.span.begin >= last);
      CHECK(token.span.end > token.span.begin);
      last = token.span.end;
      CHECK(analysis.text.slice(token.span) == token.form);
    }
    CHECK(last <= analysis.text.size());
  }
}

}  // namespace polybius
