// A record of examples/summit.txt as a careful reader would code it: every status, nested speech and a plan
// with a history.
#include "brief/summit_record.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "record/sample_record.h"
#include "text/text.h"

namespace polybius {
namespace {

/// Fills a record by the words that things stand at.
class Maker {
 public:
  explicit Maker(const std::string& text) : text_(text) {
    record.text = text;
  }

  /// The span of the `nth` place where `words` stand.
  Span at(const std::string& words, int nth = 1) const {
    std::size_t found = text_.utf8().find(words);
    for (int i = 1; i < nth && found != std::string::npos; ++i) found = text_.utf8().find(words, found + 1);
    if (found == std::string::npos) throw std::runtime_error("not in the example: " + words);
    return text_.span_of(
        {static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + words.size())});
  }

  std::uint32_t sentence_of(Span span) const {
    std::uint32_t index = 0;
    while (index + 1 < record.sentences.size() && record.sentences[index + 1].begin <= span.begin) ++index;
    return index;
  }

  void lines_as_sentences() {
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i <= text_.size(); ++i) {
      const bool stop =
          i == text_.size() || text_.at(i) == '\n' || (text_.at(i) == ' ' && text_.at(i - 1) == '.');
      if (!stop) continue;
      if (i > begin) record.sentences.push_back({begin, i});
      begin = i + 1;
    }
  }

  Entity& entity(const std::string& id, EntityKind kind, const std::string& name, Codes codes,
                 std::vector<Mention> mentions) {
    Entity made;
    made.id = id;
    made.kind = kind;
    made.name = name;
    made.codes = std::move(codes);
    std::sort(mentions.begin(), mentions.end(),
              [](const Mention& a, const Mention& b) { return a.span < b.span; });
    made.mentions = std::move(mentions);
    return record.entities.emplace_back(std::move(made));
  }

  Event& event(const std::string& id, EventType type, Status status, std::vector<std::string> actor,
               std::vector<std::string> recipient, Span trigger) {
    Event made;
    made.id = id;
    made.type = type;
    made.status = status;
    made.actor = std::move(actor);
    made.recipient = std::move(recipient);
    made.trigger = {trigger};
    made.sentence = sentence_of(trigger);
    made.cameo = "010";
    made.confidence = 0.84;
    made.why = "verb \"" + std::string(text_.slice(trigger)) + "\"";
    return record.events.emplace_back(std::move(made));
  }

  Statement& statement(const std::string& id, StatementKind kind, Speaker speaker, std::vector<Span> cue,
                       std::vector<Span> content) {
    Statement made;
    made.id = id;
    made.kind = kind;
    made.speaker = std::move(speaker);
    made.cue = std::move(cue);
    made.content = std::move(content);
    return record.statements.emplace_back(std::move(made));
  }

  Record record;

 private:
  Text text_;
};

void add_entities(Maker& make) {
  const auto name = [&](const std::string& words, int nth = 1) {
    return Mention{make.at(words, nth), MentionForm::name};
  };
  const auto nominal = [&](const std::string& words, int nth = 1) {
    return Mention{make.at(words, nth), MentionForm::nominal};
  };
  make.entity("singapore", EntityKind::place, "Singapore", {{}, "", "SGP", "Q334", "1880252"},
              {name("Singapore")});
  make.entity("usa", EntityKind::country, "United States", {{"USA"}, "", "USA", "Q30", "6252001"},
              {name("US"), name("The United States")});
  make.entity("trump", EntityKind::person, "Donald Trump", {{"USAGOV"}, "GOV", "USA", "Q22686", ""},
              {name("Donald Trump"), nominal("the American president"), name("Trump had")})
      .role = Role{"President of the United States", "USA", "2017-01-20", ""};
  make.entity("nkorea", EntityKind::country, "North Korea", {{"PRK"}, "", "PRK", "Q423", "1873107"},
              {name("North Korean"), name("North Korea", 2), name("Pyongyang", 1), name("Pyongyang", 2),
               name("Pyongyang", 3), name("The North")});
  make.entity("kim", EntityKind::person, "Kim Jong Un", {{"PRKGOV"}, "GOV", "PRK", "Q56226", ""},
              {name("Kim Jong Un"), name("Kim,", 1), name("Kim met")})
      .role = Role{"Supreme Leader of North Korea", "PRK", "2011-12-17", ""};
  make.entity("pompeo", EntityKind::person, "Mike Pompeo", {{"USAGOV"}, "GOV", "USA", "Q473239", ""},
              {name("Mike Pompeo"), name("Pompey")})
      .role = Role{"Secretary of State of the United States", "USA", "2018-04-26", ""};
  make.entity("senators", EntityKind::group, "senators", {{"USALEG"}, "LEG", "USA", "", ""},
              {nominal("senators")});
  make.entity("kkg", EntityKind::person, "Kim Kye Gwan", {{"PRKGOV"}, "GOV", "PRK", "", ""},
              {name("Kim Kye Gwan"), nominal("the diplomat")});
  make.entity("moon", EntityKind::person, "Moon Jae-in", {{"KORGOV"}, "GOV", "KOR", "Q21001", ""},
              {name("Moon Jae-in"), name("Moon's office")})
      .role = Role{"President of South Korea", "KOR", "2017-05-10", ""};
  make.entity("seoul", EntityKind::country, "South Korea", {{"KOR"}, "", "KOR", "Q884", ""}, {name("Seoul")});
  make.entity("guterres", EntityKind::person, "Antonio Guterres", {{"IGOUNO"}, "IGO", "", "Q311440", ""},
              {name("Antonio Guterres")})
      .role = Role{"Secretary-General of the United Nations", "", "2017-01-01", ""};
}

void add_statements(Maker& make) {
  make.statement("s1", StatementKind::direct, {"trump", {}, make.at("the American president")},
                 {make.at("told reporters")}, {make.at("It could even be the twelfth")})
      .time = "2018-05-25";
  make.statement("s2", StatementKind::direct, {"trump", {}, {}}, {make.at("wrote")},
                 {make.at("“I feel it is inappropriate, at this time, to have this long-planned meeting.”")})
      .addressee = "kim";
  make.statement("s3", StatementKind::mixed, {"pompeo", {}, make.at("he said")}, {make.at("said")},
                 {make.at("Pompey “did not see” the preparation that would be necessary for success")})
      .time = "2018-05-24";
  make.statement(
          "s4", StatementKind::indirect, {"pompeo", {}, {}}, {make.at("stressed")},
          {make.at("The United States will keep its sanctions until the North gives up nuclear weapons")})
      .events = {"v5"};
  make.statement(
          "s5", StatementKind::mixed, {"kkg", {}, make.at("North Korean Vice Foreign Minister Kim Kye Gwan")},
          {make.at("answered")}, {make.at("Pyongyang remains “willing to sit down at any time” and any way")})
      .time = "2018-05-25";
  make.statement("s6", StatementKind::indirect, {"seoul", {}, {}}, {make.at("denied")},
                 {make.at("it learned of the cancellation from television")});
  make.statement("s7", StatementKind::attitude, {"seoul", {}, {}}, {make.at("learned")},
                 {make.at("of the cancellation from television")})
      .within = "s6";
  make.statement("s8", StatementKind::indirect, {"", {}, make.at("Moon's spokesman")},
                 {make.at("spokesman said")},
                 {make.at("High-level talks between the two Koreas"),
                  make.at("should take place in the coming days")})
      .events = {"v8"};
  make.statement("s9", StatementKind::mixed,
                 {"guterres", {}, make.at("UN Secretary-General Antonio Guterres")}, {make.at("said he was")},
                 {make.at("he was “deeply concerned”")});
}

void add_events(Maker& make) {
  Event& summit = make.event("v1", EventType::CONSULT, Status::cancelled, {"trump", "kim"}, {},
                             make.at("meeting in Singapore"));
  summit.time = EventTime{"2018-06-12", "neighbour"};
  summit.place = Place{"Singapore", "1880252", "SGP", 1.28967, 103.85007};
  summit.plan = "p1";
  summit.cameo = "036";
  summit.contexts = {"diplomatic"};
  Event& off =
      make.event("v2", EventType::REJECT, Status::occurred, {"trump"}, {"kim"}, make.at("called off"));
  off.mode = "meet";
  off.time = EventTime{"2018-05-24", "words"};
  off.plan = "p1";
  off.cameo = "121";
  Event& blast = make.event("v3", EventType::RETREAT, Status::occurred, {"nkorea"}, {}, make.at("blew up"));
  blast.mode = "disarm";
  blast.place = Place{"Punggye-ri", "", "PRK", {}, {}};
  Event& seen =
      make.event("v4", EventType::ACCUSE, Status::occurred, {"pompeo"}, {"nkorea"}, make.at("did not see"));
  seen.said_by = "s3";
  seen.mode = "disapprove";
  Event& sanctions = make.event("v5", EventType::SANCTION, Status::ongoing, {"usa"}, {"nkorea"},
                                make.at("keep its sanctions"));
  sanctions.said_by = "s4";
  make.event("v6", EventType::CONSULT, Status::occurred, {"kim"}, {"moon"}, make.at("met")).time =
      EventTime{"2018-05-26", "words"};
  Event& learned = make.event("v7", EventType::REJECT, Status::denied, {"seoul"}, {},
                              make.at("learned of the cancellation"));
  learned.said_by = "s6";
  Event& talks = make.event("v8", EventType::CONSULT, Status::postponed, {"nkorea", "seoul"}, {},
                            make.at("High-level talks"));
  talks.plan = "p2";
  Event& threat = make.event("v9", EventType::REJECT, Status::threatened, {"nkorea"}, {"usa"},
                             make.at("withdraw from the summit"));
  threat.mode = "meet";
  make.event("v10", EventType::REQUEST, Status::occurred, {"guterres"}, {"usa", "nkorea"}, make.at("urged"));
}

}  // namespace

Record summit_record() {
  std::ifstream file(std::string(POLYBIUS_SOURCE_DIR) + "/examples/summit.txt");
  std::stringstream content;
  std::string kept;
  std::vector<Removed> removed;
  for (std::string line; std::getline(file, line);) {
    const bool leftover = line.starts_with("ALSO READ") || line.starts_with("Trump's letter") ||
                          line.starts_with("Tell your friends") || line.starts_with("Photo:");
    if (leftover) {
      removed.push_back({line, line.starts_with("Photo") ? "caption" : "related", Text(kept).size()});
    } else {
      kept += (kept.empty() ? "" : "\n") + line;
    }
  }
  Maker make(kept);
  make.record.id = "summit";
  make.record.origin.path = "examples/summit.txt";
  make.record.title = "Singapore summit may still be held";
  make.record.language = "en";
  make.record.published = "2018-05-26";
  make.record.published_by = PublishedBy::given;
  make.record.removed = removed;
  make.lines_as_sentences();
  add_entities(make);
  make.record.times = {{make.at("Friday"), TimeType::DATE, "2018-05-25", true, {}},
                       {make.at("June 12"), TimeType::DATE, "2018-06-12", true, {}}};
  add_statements(make);
  add_events(make);
  const auto summit_place = make.record.events[0].place;
  make.record.plans = {
      {"p1",
       "summit in Singapore",
       {"trump", "kim"},
       summit_place,
       "2018-06-12",
       {{PlanStatus::announced, "2018-05-10", make.at("two weeks after it was announced"), ""},
        {PlanStatus::cancelled, "2018-05-24", make.at("called off the June 12 summit"), ""},
        {PlanStatus::not_ruled_out, "2018-05-25", make.at("It could even be the twelfth"), "s1"}}},
      {"p2",
       "high-level talks between the two Koreas",
       {"nkorea", "seoul"},
       {},
       "",
       {{PlanStatus::postponed, "2018-05-16", make.at("postponed by Pyongyang on May 16"), ""},
        {PlanStatus::confirmed, "", make.at("should take place in the coming days"), "s8"}}}};
  const Span quotes = make.at("“It could even be the twelfth” “");
  const Span name = make.at("Pompey");
  make.record.warnings = {{"scrambled_quotes", true, quotes.begin, quotes.end,
                           "a quotation mark opens twice; read as the end of the quotation"},
                          {"garbled_name", true, name.begin, name.end, "\"Pompey\" read as Mike Pompeo"}};
  make.record.coder = {"0.1.0", "hand", "none"};
  return make.record;
}

Record hostile_record() {
  const std::string evil =
      "<script>alert(1)</script>\"'&\x1b[31m\x07`*_[x](javascript:1)|\n# x \xE2\x80\xAE"
      "abc";
  Record record = sample_record();
  record.id = record.title = record.origin.site = evil;
  record.authors = {evil};
  record.extra = {{evil, evil}};
  for (Entity& entity : record.entities) entity.name = evil;
  record.entities[0].role->title = record.entities[0].codes.wikidata = evil;
  record.events[0].why = record.events[0].mode = record.events[0].cameo = record.events[0].place->name = evil;
  record.events[0].time->value = record.statements[0].time = record.plans[0].when = evil;
  record.plans[0].what = record.plans[0].id = record.coder.model = evil;
  record.warnings[0].message = record.removed[0].text = record.removed[0].why = evil;
  record.text = evil + evil;
  return record;
}

}  // namespace polybius
