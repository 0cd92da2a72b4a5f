// Composes news stories and reprints of them by a fixed seed, with the truth beside: for
// `bench/score_reprints.py`.
//
// Usage: make_reprints DOCUMENTS OUT.jsonl TRUTH.tsv [SEED]
//
// A third of the documents stands alone. Stories of a topic share background paragraphs word for word, and
// market reports share all but names and numbers: these are no reprints. A near copy has a new headline and
// some of: paragraphs cut, added or moved, other quotation marks, a dateline. A light rewrite has a fifth to
// a half of the words that have a synonym exchanged, sentences turned around, dropped and added. Every word
// is made here.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Words = std::vector<std::string_view>;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {
    state_ = next() ^ seed << 32;  // neighbouring seeds must not give the same row, shifted by one
  }
  std::uint64_t next() {  // SplitMix64
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }
  unsigned below(std::size_t count) {
    return static_cast<unsigned>(next() % count);
  }
  unsigned between(unsigned low, unsigned high) {
    return low + below(high - low + 1);
  }
  bool chance(unsigned percent) {
    return below(100) < percent;
  }
  template <typename List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

// Words that can stand for each other.
const std::vector<Words> nouns = {{"agreement", "deal", "accord"},
                                  {"proposal", "plan", "offer"},
                                  {"minister", "official"},
                                  {"parliament", "legislature"},
                                  {"protest", "demonstration"},
                                  {"dispute", "quarrel", "row"},
                                  {"visit", "trip"},
                                  {"border", "frontier"},
                                  {"election", "vote"},
                                  {"company", "firm"},
                                  {"factory", "plant"},
                                  {"harbour", "port"},
                                  {"soldier", "trooper"},
                                  {"attack", "assault", "strike"},
                                  {"inquiry", "investigation", "probe"},
                                  {"court", "tribunal"},
                                  {"law", "statute"},
                                  {"reform", "overhaul"},
                                  {"tax", "levy"},
                                  {"budget", "spending plan"},
                                  {"farmer", "grower"},
                                  {"harvest", "crop"},
                                  {"drought", "dry spell"},
                                  {"flood", "deluge"},
                                  {"hospital", "clinic"},
                                  {"doctor", "physician"},
                                  {"vaccine", "jab"},
                                  {"school", "academy"},
                                  {"teacher", "instructor"},
                                  {"bridge", "crossing"},
                                  {"railway", "rail line"},
                                  {"airport", "airfield"},
                                  {"pipeline", "conduit"},
                                  {"ceasefire", "truce"},
                                  {"rebel", "insurgent"},
                                  {"convoy", "column"},
                                  {"refugee", "displaced person"},
                                  {"camp", "settlement"},
                                  {"aid", "assistance"},
                                  {"loan", "credit"},
                                  {"bank", "lender"},
                                  {"currency", "money"},
                                  {"price", "cost"},
                                  {"wage", "salary"},
                                  {"union", "labour body"},
                                  {"walkout", "stoppage"},
                                  {"envoy", "emissary"},
                                  {"summit", "top-level meeting"},
                                  {"treaty", "pact"},
                                  {"sanction", "penalty"},
                                  {"export", "shipment abroad"},
                                  {"import", "purchase abroad"},
                                  {"tariff", "duty"},
                                  {"island", "isle"},
                                  {"fishery", "fishing ground"},
                                  {"vessel", "ship"},
                                  {"mine", "pit"},
                                  {"coal", "lignite"},
                                  {"reactor", "nuclear unit"},
                                  {"grid", "power network"},
                                  {"satellite", "orbiter"},
                                  {"report", "study"},
                                  {"expert", "specialist"},
                                  {"scientist", "researcher"},
                                  {"museum", "gallery"},
                                  {"stadium", "arena"},
                                  {"coach", "trainer"},
                                  {"striker", "forward"},
                                  {"judge", "magistrate"},
                                  {"prison", "jail"},
                                  {"detainee", "captive"},
                                  {"witness", "bystander"},
                                  {"neighbour", "resident"},
                                  {"mayor", "city head"},
                                  {"council", "assembly"},
                                  {"deputy", "aide"},
                                  {"spokesman", "press officer"},
                                  {"general", "commander"},
                                  {"village", "hamlet"},
                                  {"valley", "dale"},
                                  {"forest", "woodland"},
                                  {"wildfire", "blaze"},
                                  {"earthquake", "tremor"},
                                  {"rescuer", "relief worker"},
                                  {"shelter", "refuge"},
                                  {"ally", "partner"},
                                  {"critic", "opponent"},
                                  {"coalition", "alliance"},
                                  {"cabinet", "government team"},
                                  {"decree", "order"},
                                  {"license", "permit"},
                                  {"auction", "public sale"},
                                  {"network", "web"},
                                  {"app", "program"},
                                  {"leak", "disclosure"},
                                  {"hacker", "intruder"}};
const std::vector<Words> verbs = {{"rejected", "turned down", "dismissed"},
                                  {"approved", "endorsed", "backed"},
                                  {"criticised", "attacked", "faulted"},
                                  {"praised", "hailed", "commended"},
                                  {"announced", "unveiled", "made public"},
                                  {"postponed", "put off", "delayed"},
                                  {"cancelled", "called off", "scrapped"},
                                  {"visited", "toured"},
                                  {"blocked", "halted", "stopped"},
                                  {"signed", "concluded"},
                                  {"discussed", "talked about", "reviewed"},
                                  {"demanded", "called for", "insisted on"},
                                  {"offered", "held out"},
                                  {"accused", "charged"},
                                  {"closed", "shut"},
                                  {"reopened", "opened again"},
                                  {"seized", "took", "captured"},
                                  {"destroyed", "wrecked", "ruined"},
                                  {"rebuilt", "restored"},
                                  {"funded", "paid for", "financed"},
                                  {"cut", "reduced", "lowered"},
                                  {"raised", "increased", "lifted"},
                                  {"lost", "gave up"},
                                  {"won", "secured", "gained"},
                                  {"defended", "stood by"},
                                  {"questioned", "doubted"},
                                  {"joined", "entered"},
                                  {"left", "quit", "abandoned"},
                                  {"warned of", "cautioned about"},
                                  {"monitored", "watched"},
                                  {"welcomed", "greeted"},
                                  {"ignored", "overlooked"},
                                  {"revised", "amended", "altered"},
                                  {"replaced", "took the place of"},
                                  {"sold", "disposed of"},
                                  {"bought", "acquired", "purchased"},
                                  {"tested", "tried out"},
                                  {"banned", "outlawed", "prohibited"},
                                  {"released", "freed"},
                                  {"held", "kept"},
                                  {"inspected", "examined"},
                                  {"supplied", "provided", "delivered"},
                                  {"evacuated", "cleared"},
                                  {"doubled", "increased twofold"},
                                  {"survived", "lived through"}};
const std::vector<Words> adjectives = {{"major", "large", "big"},   {"new", "fresh"},
                                       {"disputed", "contested"},   {"regional", "provincial"},
                                       {"national", "countrywide"}, {"costly", "expensive"},
                                       {"secret", "covert"},        {"joint", "common"},
                                       {"final", "last"},           {"long-awaited", "overdue"},
                                       {"northern", "upland"},      {"southern", "lowland"},
                                       {"coastal", "seaside"},      {"rural", "country"},
                                       {"urgent", "pressing"},      {"modest", "small"},
                                       {"historic", "landmark"},    {"public", "open"},
                                       {"private", "closed"},       {"foreign", "outside"},
                                       {"military", "army"},        {"civil", "civic"},
                                       {"wealthy", "rich"},         {"fragile", "shaky"},
                                       {"steady", "constant"},      {"rapid", "quick", "fast"},
                                       {"former", "one-time"},      {"senior", "high-ranking"},
                                       {"local", "nearby"},         {"damaged", "battered"},
                                       {"empty", "vacant"},         {"modern", "up-to-date"},
                                       {"ageing", "old"},           {"legal", "lawful"},
                                       {"broad", "wide"},           {"narrow", "slim"},
                                       {"bitter", "harsh"},         {"peaceful", "calm"},
                                       {"annual", "yearly"},        {"weekly", "seven-day"}};
const std::vector<Words> adverbs = {{"quickly", "swiftly"},          {"quietly", "without fuss"},
                                    {"unexpectedly", "by surprise"}, {"again", "once more"},
                                    {"formally", "officially"},      {"finally", "at last"},
                                    {"reluctantly", "unwillingly"},  {"repeatedly", "time and again"},
                                    {"partly", "in part"},           {"firmly", "strongly"}};
const Words syllables = {"bar", "den", "kor", "li",  "mar", "nes", "or",  "pel", "rad",  "sil", "tar",
                         "ul",  "ven", "wes", "zan", "bro", "cal", "dor", "el",  "fen",  "gal", "hol",
                         "is",  "jar", "kel", "lom", "mir", "nor", "os",  "pra", "quen", "ros"};
const Words days = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
const Words body_kinds = {"Ministry", "Council", "Agency",    "Party",      "Union",
                          "Bank",     "Front",   "Institute", "Federation", "Commission"};
const Words openings = {"Officials", "Residents", "Analysts",  "Diplomats",
                        "Lawyers",   "Aides",     "Observers", "Investors"};

/// A word or phrase, and the list and row it was taken from if others can stand for it.
struct Piece {
  std::string text;
  const std::vector<Words>* list = nullptr;
  unsigned row = 0;
};

/// A sentence in two halves that a rewriter may turn around: "A said on Monday that" and "B".
struct Sentence {
  std::vector<Piece> said;  // empty: no report
  std::vector<Piece> told;
  bool quoted = false;
};
using Paragraph = std::vector<Sentence>;

struct Story {
  std::string headline;
  std::string place;
  std::vector<Paragraph> paragraphs;
  unsigned day = 0;     // of the year
  unsigned minute = 0;  // of the day
  bool byline = false;
};

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string made_name(Dice& dice, unsigned least, unsigned most) {
  std::string out;
  for (unsigned left = dice.between(least, most); left > 0; --left) out += dice.pick(syllables);
  return capital(out);
}

/// Who and where a story is about.
struct Cast {
  std::vector<std::string> people;
  std::vector<std::string> surnames;
  std::vector<std::string> bodies;
  std::vector<std::string> places;
  explicit Cast(Dice& dice) {
    for (int i = 0; i < 3; ++i) {
      surnames.push_back(made_name(dice, 2, 3));
      people.push_back(made_name(dice, 2, 2) + " " + surnames.back());
      places.push_back(made_name(dice, 2, 3));
      bodies.push_back(made_name(dice, 2, 2) + "ian " + std::string(dice.pick(body_kinds)));
    }
  }
};

class Composer {
 public:
  Composer(Dice& dice, const Cast& cast) : dice_(dice), cast_(cast) {}

  Sentence sentence() {
    Sentence out;
    pieces_ = &out.told;
    switch (dice_.below(9)) {
      case 0:
        return report();
      case 1:
        return quotation();
      case 2:
        return report();
      case 3:
        add("the " + amount());
        one(nouns);
        one(verbs);
        thing();
        on_day();
        break;
      case 4:
        add(dice_.pick(cast_.people) + " of the " + dice_.pick(cast_.bodies));
        one(adverbs);
        one(verbs);
        thing();
        add("and");
        one(verbs);
        thing();
        break;
      case 5:
        add("in " + dice_.pick(cast_.places) + ", " + amount());
        one(adjectives);
        add("people");
        one(verbs);
        thing();
        break;
      case 6:
        add("after");
        thing();
        add("came " + amount());
        one(adjectives);
        one(nouns);
        add("in " + dice_.pick(cast_.places));
        break;
      case 7:
        thing();
        add("cost " + std::to_string(dice_.between(2, 990)) + " million crowns and");
        one(adverbs);
        one(verbs);
        thing();
        break;
      default:
        add("the " + dice_.pick(cast_.bodies));
        one(adverbs);
        one(verbs);
        thing();
        add("while " + dice_.pick(cast_.surnames));
        one(verbs);
        thing();
        on_day();
        break;
    }
    return out;
  }

  std::string headline() {
    Sentence out;
    pieces_ = &out.told;
    add(dice_.chance(50) ? dice_.pick(cast_.bodies) : dice_.pick(cast_.surnames));
    one(verbs);
    one(adjectives);
    one(nouns);
    add("in " + dice_.pick(cast_.places));
    std::string text;
    for (const Piece& piece : out.told) text += (text.empty() ? "" : " ") + piece.text;
    return text;
  }

 private:
  Sentence report() {
    Sentence out;
    pieces_ = &out.said;
    add(dice_.chance(50) ? dice_.pick(cast_.people) : std::string(dice_.pick(openings)));
    add("said");
    on_day();
    pieces_ = &out.told;
    thing();
    one(adverbs);
    one(verbs);
    thing();
    if (dice_.chance(50)) {
      add("because of");
      thing();
    }
    return out;
  }

  Sentence quotation() {
    Sentence out;
    out.quoted = true;
    pieces_ = &out.said;
    add(dice_.pick(cast_.surnames) + " said");
    pieces_ = &out.told;
    add(dice_.chance(50) ? "we" : "they");
    one(verbs);
    thing();
    add(dice_.chance(50) ? "and I" : "but nobody");
    one(verbs);
    thing();
    return out;
  }

  void add(std::string text) {
    pieces_->push_back({std::move(text), nullptr, 0});
  }
  void one(const std::vector<Words>& list) {
    const unsigned row = dice_.below(list.size());
    pieces_->push_back({std::string(list[row][0]), &list, row});
  }
  void thing() {
    add("the");
    if (dice_.chance(60)) one(adjectives);
    one(nouns);
    switch (dice_.below(6)) {
      case 0:
        add("of the");
        one(nouns);
        break;
      case 1:
        add("in " + dice_.pick(cast_.places));
        break;
      case 2:
        add("for the");
        one(adjectives);
        one(nouns);
        break;
      case 3:
        add("between " + dice_.pick(cast_.places) + " and the " + dice_.pick(cast_.bodies));
        break;
      default:
        break;
    }
  }
  void on_day() {
    if (dice_.chance(60)) add("on " + std::string(dice_.pick(days)));
  }
  std::string amount() {
    return std::to_string(dice_.between(2, 4900));
  }

  Dice& dice_;
  const Cast& cast_;
  std::vector<Piece>* pieces_ = nullptr;
};

Paragraph paragraph(Dice& dice, const Cast& cast) {
  Composer composer(dice, cast);
  Paragraph out;
  for (unsigned left = dice.between(1, 3); left > 0; --left) out.push_back(composer.sentence());
  return out;
}

Sentence fixed(std::string text) {
  Sentence out;
  out.told.push_back({std::move(text), nullptr, 0});
  return out;
}

/// The same frame for all: only names and numbers differ.
std::vector<Paragraph> market_report(Dice& dice, const Cast& cast) {
  const auto percent = [&] {
    return std::to_string(dice.between(0, 9)) + "." + std::to_string(dice.below(10)) + " percent";
  };
  const auto crowns = [&] {
    return std::to_string(dice.between(3, 980)) + "." + std::to_string(dice.between(10, 99)) + " crowns";
  };
  const std::string name = cast.places[0] + " " + cast.surnames[0];
  return {
      {fixed("shares of " + name + " closed " + percent() + " lower at " + crowns() + " on the " +
             cast.places[1] + " exchange"),
       fixed("the stock has lost " + percent() + " since the start of the year and " + percent() +
             " within a week")},
      {fixed("turnover in the shares of the company came to " + crowns() + " a head, compared with " +
             crowns() + " the day before"),
       fixed("the highest price of the last twelve months was " + crowns() + ", the lowest was " + crowns())},
      {fixed("analysts of " + cast.bodies[0] + " expect a price of " + crowns() +
             " within a year, those of " + cast.bodies[1] + " expect " + crowns()),
       fixed("the dividend for the year is put at " + crowns() + " a share, which is a yield of " +
             percent())},
      {fixed("the index of the exchange as a whole ended the day at " +
             std::to_string(dice.between(1000, 9000)) + " points, a change of " + percent()),
       fixed("among the winners of the day were " + cast.surnames[1] + " with " + percent() + " and " +
             cast.surnames[2] + " with " + percent())}};
}

Story compose(std::uint64_t seed, std::uint64_t number) {
  Dice dice(seed ^ number * 0xd6e8feb86659fd93u);
  const Cast cast(dice);
  Composer composer(dice, cast);
  Story out;
  out.headline = composer.headline();
  out.place = cast.places[0];
  out.day = dice.between(1, 330);
  out.minute = dice.below(1200);
  out.byline = dice.chance(80);
  if (dice.chance(5)) {
    out.paragraphs = market_report(dice, cast);
    return out;
  }
  for (unsigned left = dice.between(4, 8); left > 0; --left) out.paragraphs.push_back(paragraph(dice, cast));
  if (dice.chance(30)) {  // what is known already: told word for word by all stories of the topic
    Dice topic(seed + number / 8);
    const Cast known(topic);
    for (int i = 0; i < 2; ++i) {
      out.paragraphs.push_back(paragraph(topic, known));
      out.paragraphs.back().resize(1 + out.paragraphs.back().size() / 3);
    }
  }
  return out;
}

struct Marks {
  std::string_view open, close;
};
constexpr std::array<Marks, 5> marks = {{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"„", "“"}, {"``", "''"}}};

std::string joined(const std::vector<Piece>& pieces) {
  std::string out;
  for (const Piece& piece : pieces) out += (out.empty() ? "" : " ") + piece.text;
  return out;
}

std::string write_sentence(const Sentence& sentence, const Marks& mark, bool turned) {
  const std::string told = joined(sentence.told);
  const std::string said = joined(sentence.said);
  if (sentence.quoted) {
    if (turned) return said + ": " + std::string(mark.open) + capital(told) + "." + std::string(mark.close);
    return std::string(mark.open) + capital(told) + "," + std::string(mark.close) + " " + said + ".";
  }
  if (said.empty()) return capital(told) + ".";
  return turned ? capital(told) + ", " + said + "." : capital(said) + " that " + told + ".";
}

std::string write_text(const Story& story, const Marks& mark, const std::vector<bool>& turned) {
  std::string out;
  std::size_t number = 0;
  for (const Paragraph& part : story.paragraphs) {
    if (part.empty()) continue;
    if (!out.empty()) out += '\n';
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (i > 0) out += ' ';
      out += write_sentence(part[i], mark, number < turned.size() && turned[number]);
      ++number;
    }
  }
  return out;
}

void add_own_paragraphs(Story& story, Dice& dice, unsigned most) {
  const Cast cast(dice);
  for (unsigned left = dice.between(1, most); left > 0; --left)
    story.paragraphs.push_back(paragraph(dice, cast));
}

/// Cuts, additions and moves that leave the words of what stays as they are.
Marks make_near_copy(Story& story, Dice& dice) {
  auto& parts = story.paragraphs;
  if (dice.chance(35)) parts.resize(std::max<std::size_t>(2, parts.size() * dice.between(45, 90) / 100));
  if (dice.chance(25) && parts.size() > 3)
    std::swap(parts[1 + dice.below(parts.size() - 1)], parts[1 + dice.below(parts.size() - 1)]);
  if (dice.chance(10) && parts.size() > 3) std::rotate(parts.begin() + 1, parts.begin() + 2, parts.end());
  if (dice.chance(25))
    add_own_paragraphs(story, dice, std::max<unsigned>(1, static_cast<unsigned>(parts.size() / 2)));
  return dice.chance(40) ? dice.pick(marks) : marks[0];
}

void exchange_words(std::vector<Piece>& pieces, Dice& dice, unsigned percent) {
  for (Piece& piece : pieces) {
    if (piece.list == nullptr || !dice.chance(percent)) continue;
    const Words& row = (*piece.list)[piece.row];
    piece.text = row[1 + dice.below(row.size() - 1)];
  }
}

std::vector<bool> rewrite(Story& story, Dice& dice) {
  const unsigned percent = dice.between(30, 70);
  std::vector<bool> turned;
  for (Paragraph& part : story.paragraphs) {
    if (part.size() > 1 && dice.chance(15)) part.pop_back();
    if (dice.chance(10)) {
      const Cast cast(dice);
      part.push_back(Composer(dice, cast).sentence());
    }
    for (Sentence& sentence : part) {
      exchange_words(sentence.said, dice, percent);
      exchange_words(sentence.told, dice, percent);
      turned.push_back(dice.chance(25));
    }
  }
  return turned;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string date_of(unsigned day, unsigned minute, bool timed) {
  day = std::min(day, 335U);
  char out[40];
  const unsigned month = day / 28 + 1;
  const int size = timed ? std::snprintf(out, sizeof out, "2025-%02u-%02uT%02u:%02u:00Z", month, day % 28 + 1,
                                         minute / 60, minute % 60)
                         : std::snprintf(out, sizeof out, "2025-%02u-%02u", month, day % 28 + 1);
  return std::string(out, static_cast<std::size_t>(size));
}

struct Place {
  std::uint32_t story;
  std::uint32_t copy;  // 0: the original
};

std::vector<Place> plan(std::size_t count, Dice& dice) {
  std::vector<Place> out;
  for (std::uint32_t story = 0; out.size() < count; ++story) {
    unsigned size = 1;
    if (dice.chance(30)) {
      const unsigned roll = dice.below(1000);
      size = roll < 500   ? 2
             : roll < 850 ? dice.between(3, 5)
             : roll < 997 ? dice.between(6, 20)
                          : dice.between(21, 200);
    }
    for (unsigned copy = 0; copy < size && out.size() < count; ++copy) out.push_back({story, copy});
  }
  for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[dice.below(i)]);
  return out;
}

void write_document(std::FILE* out, std::FILE* truth, std::size_t number, Place place, std::uint64_t seed) {
  Story story = compose(seed, place.story);
  Dice dice(seed + 77 + (std::uint64_t{place.story} << 20) + place.copy);
  const bool copy = place.copy > 0;
  const bool rewritten = copy && dice.chance(25);
  Marks mark = marks[0];
  std::vector<bool> turned;
  if (rewritten) turned = rewrite(story, dice);
  if (copy && !rewritten) mark = make_near_copy(story, dice);
  std::string text = write_text(story, mark, turned);
  if (copy && dice.chance(30)) text = story.place + " - " + text;
  if (copy) {
    const Cast cast(dice);
    story.headline = Composer(dice, cast).headline();
    story.minute += dice.between(5, 200);
    story.day += dice.chance(40) ? dice.between(1, 3) : 0;
    story.byline = dice.chance(40);
  }
  const std::string id = "d" + std::to_string(number);
  std::string line = "{\"id\":\"" + id + "\",\"title\":" + json_string(story.headline);
  if (!copy || dice.chance(85))
    line += ",\"published\":\"" + date_of(story.day, story.minute, dice.chance(50)) + "\"";
  if (story.byline) line += ",\"authors\":[\"" + made_name(dice, 2, 2) + " " + made_name(dice, 2, 3) + "\"]";
  line += ",\"text\":" + json_string(text) + "}\n";
  std::fputs(line.c_str(), out);
  std::fprintf(truth, "%s\t%u\t%s\n", id.c_str(), place.story,
               !copy       ? "original"
               : rewritten ? "rewrite"
                           : "near");
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::fputs("usage: make_reprints DOCUMENTS OUT.jsonl TRUTH.tsv [SEED]\n", stderr);
    return 2;
  }
  const std::uint64_t seed = count > 4 ? std::strtoull(arguments[4], nullptr, 10) : 1;
  std::FILE* out = std::fopen(arguments[2], "w");
  std::FILE* truth = std::fopen(arguments[3], "w");
  if (out == nullptr || truth == nullptr) return 3;
  Dice dice(seed);
  const auto places = plan(std::strtoull(arguments[1], nullptr, 10), dice);
  for (std::size_t number = 0; number < places.size(); ++number)
    write_document(out, truth, number, places[number], seed);
  return std::fclose(out) == 0 && std::fclose(truth) == 0 ? 0 : 3;
}
