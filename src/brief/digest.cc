// Turns a record into what its brief says, in the order in which it says it.
#include "brief/digest.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "brief/quotes.h"
#include "brief/spoken_time.h"

namespace polybius {
namespace {

using std::string;

void append_part(string& line, std::string_view part) {
  if (part.empty()) return;
  if (!line.empty()) line += " · ";
  line += part;
}

string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + string(count == 1 ? one : many);
}

/// Whether English sets "the" before the name.
bool takes_article(const Entity& entity) {
  if (entity.kind != EntityKind::country && entity.kind != EntityKind::organization) return false;
  const std::string_view name = entity.name;
  constexpr std::string_view ends[] = {
      "Republic", "Union",      "Islands",    "Emirates", "Nations", "Netherlands", "Philippines",
      "Maldives", "Bahamas",    "Gambia",     "Taliban",  "Kremlin", "White House", "Pentagon",
      "Treasury", "Parliament", "Commission", "Council",  "Court",   "Senate",      "Congress"};
  return name.starts_with("United ") ||
         std::any_of(std::begin(ends), std::end(ends),
                     [&](std::string_view end) { return name.ends_with(end); });
}

/// The things of a record by their ids.
class Index {
 public:
  explicit Index(const Record& record) {
    for (const Entity& entity : record.entities) entities_.emplace(entity.id, &entity);
    for (const Statement& statement : record.statements) statements_.emplace(statement.id, &statement);
  }
  const Entity* entity(const string& id) const {
    return find(entities_, id);
  }
  const Statement* statement(const string& id) const {
    return find(statements_, id);
  }
  std::vector<string> names(const std::vector<string>& ids) const {
    std::vector<string> names;
    for (const string& id : ids) {
      const Entity* found = entity(id);
      if (found) names.push_back((takes_article(*found) ? "the " : "") + one_line(found->name));
    }
    return names;
  }
  bool plural(const std::vector<string>& ids) const {
    if (ids.size() > 1) return true;
    const Entity* only = ids.empty() ? nullptr : entity(ids.front());
    return only && only->kind == EntityKind::group && only->name.ends_with('s');
  }

 private:
  template <typename T>
  static const T* find(const std::map<string, const T*>& things, const string& id) {
    const auto found = things.find(id);
    return found == things.end() ? nullptr : found->second;
  }
  std::map<string, const Entity*> entities_;
  std::map<string, const Statement*> statements_;
};

/// Small letters of ASCII, to hold a role against a name.
string small(string words) {
  for (char& letter : words) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return words;
}

string role_line(const Entity& entity) {
  if (!entity.role || small(entity.name).ends_with(small(entity.role->title))) return "";
  string line = one_line(entity.role->title);
  if (!entity.role->since.empty()) line += ", since " + spoken_time(entity.role->since);
  if (!entity.role->until.empty()) line += ", until " + spoken_time(entity.role->until);
  return line;
}

string code_line(const Codes& codes) {
  string line;
  for (const string& code : codes.cameo) append_part(line, code);
  if (!codes.plover_sector.empty()) append_part(line, "sector " + codes.plover_sector);
  if (std::find(codes.cameo.begin(), codes.cameo.end(), codes.iso3) == codes.cameo.end())
    append_part(line, codes.iso3);
  append_part(line, codes.wikidata);
  if (!codes.geonames.empty()) append_part(line, "GeoNames " + codes.geonames);
  return line;
}

string place_line(const std::optional<Place>& place) {
  if (!place) return "";
  string line = one_line(place->name);
  if (!place->iso3.empty() && place->iso3 != place->name) line += " (" + place->iso3 + ")";
  return line;
}

string time_line(const Event& event) {
  if (!event.time) return "";
  string line = spoken_time(event.time->value);
  if (event.time->from == "published") line += " (by the article's date)";
  if (event.time->from == "neighbour") line += " (by a sentence nearby)";
  return line;
}

/// The name of whoever makes a statement: its entity's, or the words that name it, or nothing.
string speaker_name(const Statement& statement, const Index& index, const Text& text) {
  if (!statement.speaker) return "";
  const Speaker& speaker = *statement.speaker;
  std::vector<string> ids{speaker.entity};
  ids.insert(ids.end(), speaker.also.begin(), speaker.also.end());
  string name;
  for (const Run& run : name_list(index.names(ids))) name += run.text;
  if (name.empty() && speaker.span) name = one_line(text.slice(*speaker.span));
  return name;
}

string attribution_to(const string& teller, const std::vector<string>& actors) {
  if (teller.empty()) return "as someone unnamed says";
  return actors.size() == 1 && actors.front() == teller ? "in their own words" : "according to " + teller;
}

string codes_of(const Event& event) {
  string line(name_of(event.type));
  if (!event.mode.empty()) line += "/" + event.mode;
  append_part(line, "CAMEO " + event.cameo);
  if (!event.contexts.empty()) {
    string contexts;
    for (const string& context : event.contexts) contexts += (contexts.empty() ? "" : ", ") + context;
    append_part(line, contexts);
  }
  const double share = event.confidence >= 0 && event.confidence <= 1 ? event.confidence : 0;
  append_part(line, (share < 0.5 ? "only " : "") + std::to_string(std::lround(share * 100)) + " % sure");
  return line;
}

class DigestMaker {
 public:
  DigestMaker(const Record& record, const Text& text) : record_(record), text_(text), index_(record) {}

  Digest make() {
    add_heading();
    for (const Event& event : record_.events) add_event(event);
    add_voices();
    for (const Plan& plan : record_.plans) add_plan(plan);
    add_actors();
    add_glance();
    return std::move(digest_);
  }

 private:
  void add_heading();
  void add_event(const Event& event);
  void add_voices();
  Voice& voice_of(const Statement& statement);
  Said said_of(const Statement& statement, const string& outer_speaker, std::size_t depth) const;
  void add_plan(const Plan& plan);
  void add_actors();
  void add_glance();

  const Record& record_;
  const Text& text_;
  Index index_;
  Digest digest_;
};

void DigestMaker::add_heading() {
  digest_.title = one_line(record_.title);
  if (digest_.title.empty()) {
    const Span line = without_dateline(
        text_, record_.sentences.empty() ? Span{0, text_.size()} : record_.sentences.front());
    for (const Run& run : quote_of(text_, line, {}, 110)) digest_.title += run.text;
  }
  if (digest_.title.empty()) digest_.title = record_.id.empty() ? "(no text)" : one_line(record_.id);
  if (record_.published.empty()) {
    append_part(digest_.source, "no date known");
  } else {
    string date = spoken_time(record_.published);
    if (record_.published_by == PublishedBy::text) date += " (date from the text)";
    if (record_.published_by == PublishedBy::url) date += " (date from the address)";
    append_part(digest_.source, date);
  }
  append_part(digest_.source, one_line(record_.origin.site));
  string authors;
  for (const string& author : record_.authors) authors += (authors.empty() ? "by " : ", ") + one_line(author);
  append_part(digest_.source, authors);
  append_part(digest_.source, one_line(record_.id));
  append_part(digest_.coder, "polybius " + record_.coder.version);
  if (!record_.coder.model.empty()) append_part(digest_.coder, "model " + one_line(record_.coder.model));
  if (!record_.coder.lexicon.empty())
    append_part(digest_.coder, "lexicon " + one_line(record_.coder.lexicon));
}

bool same_finding(const Event& one, const Event& other) {
  const bool same_time = !one.time || !other.time || one.time->value == other.time->value;
  const bool same_mode = one.mode == other.mode || one.mode.empty() || other.mode.empty();
  return one.type == other.type && one.status == other.status && one.actor == other.actor &&
         one.recipient == other.recipient && one.plan == other.plan && same_mode && same_time;
}

void DigestMaker::add_event(const Event& event) {
  const Statement* statement = index_.statement(event.said_by);
  const string teller = statement ? speaker_name(*statement, index_, text_) : "";
  const bool told = statement != nullptr;
  const bool real = event.status == Status::occurred || event.status == Status::ongoing;
  std::vector<Finding>& list = !real ? digest_.unreal : told ? digest_.told : digest_.happened;
  const Span sentence = event.sentence < record_.sentences.size()
                            ? record_.sentences[event.sentence]
                            : (event.trigger.empty() ? Span{} : event.trigger.front());
  Quote quote{quote_of(text_, sentence, event.trigger, 260), event.sentence};
  const auto known = std::find_if(list.begin(), list.end(), [&](const Finding& finding) {
    return finding.teller == teller && finding.told == told && same_finding(*finding.events.front(), event);
  });
  if (known != list.end()) {
    known->events.push_back(&event);
    const bool same_quote = std::any_of(known->quotes.begin(), known->quotes.end(),
                                        [&](const Quote& other) { return other.sentence == event.sentence; });
    if (!same_quote) known->quotes.push_back(std::move(quote));
    if (known->time.empty()) known->time = time_line(event);
    if (known->place.empty()) known->place = place_line(event.place);
    return;
  }
  Finding finding;
  finding.events = {&event};
  finding.sentence = event_sentence(event, index_.names(event.actor), index_.names(event.recipient),
                                    index_.plural(event.actor));
  finding.teller = teller;
  finding.told = told;
  finding.unsure = !(event.confidence >= 0.5);
  if (told) finding.attribution = attribution_to(teller, index_.names(event.actor));
  finding.time = time_line(event);
  finding.place = place_line(event.place);
  finding.codes = codes_of(event);
  finding.quotes.push_back(std::move(quote));
  finding.why = one_line(event.why);
  list.push_back(std::move(finding));
}

Voice& DigestMaker::voice_of(const Statement& statement) {
  const string name = speaker_name(statement, index_, text_);
  for (Voice& voice : digest_.voices) {
    if (voice.name == name) return voice;
  }
  Voice& voice = digest_.voices.emplace_back();
  voice.name = name;
  if (statement.speaker) {
    const Entity* entity = index_.entity(statement.speaker->entity);
    if (entity && statement.speaker->also.empty()) {
      voice.entity = entity->id;
      const bool told = entity->role && small(name).ends_with(small(entity->role->title));
      voice.role = entity->role && !told ? one_line(entity->role->title) : "";
    }
  }
  return voice;
}

Said DigestMaker::said_of(const Statement& statement, const string& outer_speaker, std::size_t depth) const {
  Said said;
  said.statement = &statement;
  said.speaker = speaker_name(statement, index_, text_);
  if (said.speaker == outer_speaker) said.speaker.clear();
  for (const Span piece : statement.cue)
    said.cue += (said.cue.empty() ? "" : " … ") + one_line(text_.slice(piece));
  said.content = content_of(statement, text_);
  const Entity* addressee = index_.entity(statement.addressee);
  if (addressee) said.addressee = one_line(addressee->name);
  if (!statement.time.empty()) said.time = spoken_time(statement.time);
  if (depth > 8) return said;  // no news nests deeper; a circle would
  for (const Statement& other : record_.statements) {
    if (other.within == statement.id) said.inner.push_back(said_of(other, "", depth + 1));
  }
  return said;
}

void DigestMaker::add_voices() {
  for (const Statement& statement : record_.statements) {
    const Statement* outer = index_.statement(statement.within);
    if (!outer || outer == &statement) {
      Voice& voice = voice_of(statement);
      voice.said.push_back(said_of(statement, voice.name, 0));
      continue;
    }
    const string quoter = speaker_name(*outer, index_, text_);
    Voice& voice = voice_of(statement);
    if (voice.name.empty() || voice.name == quoter) continue;
    const string by = quoter.empty() ? "someone unnamed" : quoter;
    if (std::find(voice.quoted_by.begin(), voice.quoted_by.end(), by) == voice.quoted_by.end())
      voice.quoted_by.push_back(by);
  }
  std::erase_if(digest_.voices,
                [](const Voice& voice) { return voice.said.empty() && voice.quoted_by.empty(); });
  std::stable_partition(digest_.voices.begin(), digest_.voices.end(),
                        [](const Voice& voice) { return !voice.name.empty(); });
}

void DigestMaker::add_plan(const Plan& plan) {
  PlanStory story;
  story.plan = &plan;
  story.what = one_line(plan.what);
  for (const Run& run : name_list(index_.names(plan.parties))) story.parties += run.text;
  story.place = place_line(plan.place);
  if (!plan.when.empty()) story.when = spoken_time(plan.when);
  for (const PlanStep& step : plan.history) {
    PlanLine line;
    line.step = &step;
    if (!step.time.empty()) line.time = spoken_time(step.time);
    const Statement* statement = index_.statement(step.said_by);
    if (statement) line.teller = speaker_name(*statement, index_, text_);
    line.evidence = quote_of(text_, sentence_around(record_, step.evidence), {step.evidence}, 200);
    story.lines.push_back(std::move(line));
  }
  digest_.plans.push_back(std::move(story));
}

void DigestMaker::add_actors() {
  constexpr EntityKind order[] = {EntityKind::person, EntityKind::organization, EntityKind::group,
                                  EntityKind::country, EntityKind::place};
  for (const EntityKind kind : order) {
    const std::size_t first = digest_.actors.size();
    for (const Entity& entity : record_.entities) {
      if (entity.kind != kind) continue;
      digest_.actors.push_back({&entity, string(name_of(kind)), role_line(entity), code_line(entity.codes)});
    }
    std::stable_sort(digest_.actors.begin() + static_cast<std::ptrdiff_t>(first), digest_.actors.end(),
                     [](const Actor& one, const Actor& other) {
                       return one.entity->mentions.size() > other.entity->mentions.size();
                     });
  }
}

void DigestMaker::add_glance() {
  std::vector<string>& glance = digest_.at_a_glance;
  if (!digest_.happened.empty())
    glance.push_back(counted(digest_.happened.size(), "thing happened", "things happened"));
  if (!digest_.told.empty()) glance.push_back(std::to_string(digest_.told.size()) + " reported by others");
  if (!digest_.unreal.empty()) glance.push_back(std::to_string(digest_.unreal.size()) + " not, or not yet");
  if (!record_.statements.empty())
    glance.push_back(counted(record_.statements.size(), "statement", "statements"));
  for (std::size_t i = 0; i < digest_.plans.size() && i < 3; ++i) {
    const PlanStory& story = digest_.plans[i];
    if (!story.lines.empty())
      glance.push_back(story.what + ": " + string(words_of(story.lines.back().step->status)));
  }
  if (glance.empty()) glance.emplace_back("No event, statement or plan found.");
}

}  // namespace

std::string joined(const std::vector<std::string>& parts) {
  std::string line;
  for (const std::string& part : parts) append_part(line, part);
  return line;
}

Digest digest_of(const Record& record, const Text& text) {
  return DigestMaker(record, text).make();
}

}  // namespace polybius
