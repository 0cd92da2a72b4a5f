// Mentions by token, and the two sides of an event by the slots of its rule.
#include "events/parties.h"

#include <algorithm>
#include <array>

namespace polybius {
namespace {

bool political_kind(const Entity& entity) {
  return entity.kind == EntityKind::country || !entity.codes.cameo.empty();
}

void add_once(std::vector<int>& list, int entity) {
  if (entity >= 0 && std::find(list.begin(), list.end(), entity) == list.end()) list.push_back(entity);
}

/// One side as found, and the slots that gave it.
struct Side {
  std::vector<int> entities;
  std::vector<std::string_view> slots;
};

/// What a slot is looked at with: where names stand, what the other side took, whether the filler acts.
struct Look {
  const MentionIndex& mentions;
  const Side& other;
  bool acts = false;
};

void add_fillers(const Look& look, const std::vector<std::uint32_t>& fillers, bool modifiers,
                 std::vector<int>& side) {
  for (const std::uint32_t token : fillers) {
    const std::vector<int> pair = look.mentions.pair_at(token);
    for (const int one : pair) add_once(side, one);
    if (!pair.empty()) continue;
    const int entity = modifiers ? look.mentions.named_at(token) : look.mentions.entity_of(token, look.acts);
    const auto& taken = look.other.entities;
    if (entity < 0 || std::find(taken.begin(), taken.end(), entity) != taken.end()) continue;
    if (modifiers && look.mentions[entity].kind == EntityKind::place) continue;  // "the Budapest summit"
    add_once(side, entity);
  }
}

/// Entities of the first alternative that has any; slots that the other side took are closed.
Side side_of(const Analysis& analysis, const EventFrame& frame, const Slots& slots, const Look& look) {
  const auto& closed = look.other.slots;
  for (const auto& alternative : slots) {
    Side side;
    for (const std::string_view slot : alternative) {
      if (std::find(closed.begin(), closed.end(), slot) != closed.end()) continue;
      add_fillers(look, slot_fillers(analysis, frame, slot), slot == "mod", side.entities);
    }
    side.slots = alternative;
    if (!side.entities.empty()) return side;
  }
  return {};
}

/// Slots of the one whom somebody meets, joins or fights; those of the others name who does it.
bool is_opposite(std::string_view slot) {
  return slot == "with" || slot == "obj" || slot == "to" || slot == "against";
}

/// Of those who take part in a mutual event the ones that the words set apart: "met with the emir"; none in
/// "the king and the emir met".
std::vector<int> opposite_of(const Analysis& analysis, const EventFrame& frame, const Side& side,
                             const Look& look) {
  std::vector<int> near;
  std::vector<int> across;
  for (const std::string_view slot : side.slots)
    add_fillers(look, slot_fillers(analysis, frame, slot), slot == "mod", is_opposite(slot) ? across : near);
  if (near.empty()) return {};
  for (const int entity : near) across.erase(std::remove(across.begin(), across.end(), entity), across.end());
  return across;
}

/// "Secretary of state Ann Lee": a name that follows a noun without a preposition.
bool is_name_after(const Analysis& analysis, std::uint32_t noun, std::uint32_t below) {
  const Token& word = analysis.tokens[below];
  return below > noun && word.deprel == "nmod" && word.upos == Upos::PROPN &&
         marker_of(analysis, below).empty();
}

/// Whether a word below a noun may name the one whom the noun concerns.
bool leads_inward(const Analysis& analysis, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  if (word.upos == Upos::PRON) return false;
  if (word.depends_as("amod") || word.depends_as("compound") || word.deprel == "nmod:poss") return true;
  const bool participle = word.deprel == "acl" &&
                          (word.is("VerbForm=Part") || word.is("VerbForm=Ger"));  // "roads leading into Mali"
  const bool of_participle = (word.depends_as("obl") || word.deprel == "obj") && word.head >= 0 &&
                             analysis.tokens[word.head].deprel == "acl";
  if (participle || word.deprel == "obj") return participle || of_participle;
  if (!word.depends_as("nmod") && !of_participle) return false;
  constexpr std::array inward{"of", "with", "between", "by",      "from",   "against", "on",
                              "in", "to",   "into",    "towards", "toward", "for"};
  const std::string marker = marker_of(analysis, token);
  return marker.empty() || std::find(inward.begin(), inward.end(), marker) != inward.end();
}

/// Finds who is named within phrases.
struct Inward {
  const Analysis& analysis;
  const MentionIndex& mentions;

  /// Whether a word names a coded one that is none of the actors; a town is where it happens.
  bool names(std::uint32_t token, const std::vector<int>& actors) const {
    const int entity = mentions.named_at(token);
    return entity >= 0 && is_coded(mentions[entity]) && mentions[entity].kind != EntityKind::place &&
           std::find(actors.begin(), actors.end(), entity) == actors.end();
  }

  /// The nearest ones below some words.
  std::vector<int> below(std::vector<std::uint32_t> phrases, const std::vector<int>& actors) const {
    constexpr std::size_t reach = 24;  // words looked at, nearest first
    std::vector<int> found;
    for (std::size_t next = 0; next < phrases.size() && next < reach && found.empty(); ++next) {
      for (const std::uint32_t child : analysis.children[phrases[next]]) {
        if (!leads_inward(analysis, child)) continue;
        for (const std::uint32_t head : joined_heads(analysis, child)) {
          if (names(head, actors)) add_once(found, mentions.named_at(head));
        }
        phrases.push_back(child);
      }
    }
    return found;
  }
};

/// Acts done by speaking of other acts: "refused to meet the emir" concerns the emir.
bool speaks_of_acts(EventType type) {
  return type == EventType::REJECT || type == EventType::AGREE || type == EventType::REQUEST ||
         type == EventType::THREATEN || type == EventType::CONCEDE;
}

/// Objects and companions of the act that a word speaks of: "the emir" of "refused to meet the emir".
std::vector<std::uint32_t> objects_of_complement(const Analysis& analysis, const EventFrame& frame) {
  constexpr std::array companions{"with", "to", "against", "on", "from"};
  std::vector<std::uint32_t> found;
  for (const std::uint32_t child : analysis.children[frame.head]) {
    const Token& act = analysis.tokens[child];
    const bool complement = act.depends_as("xcomp") || (frame.noun && act.depends_as("acl")) ||
                            (act.depends_as("advcl") && act.is("VerbForm=Inf"));
    if (!complement || act.upos != Upos::VERB) continue;
    for (const std::uint32_t below : analysis.children[child]) {
      const Token& word = analysis.tokens[below];
      const std::string marker = word.depends_as("obl") ? marker_of(analysis, below) : std::string{};
      const bool companion = std::find(companions.begin(), companions.end(), marker) != companions.end();
      if (word.deprel == "obj" || word.depends_as("iobj") || companion) found.push_back(below);
    }
  }
  return found;
}

}  // namespace

void add_inner_recipient(Parties& parties, const Analysis& analysis, const EventFrame& frame,
                         const EventRule& rule, const MentionIndex& mentions) {
  if (rule.mutual || !parties.recipient.empty() || parties.actor.empty()) return;
  std::vector<std::uint32_t> phrases;
  for (const auto& alternative : rule.recipient) {
    for (const std::string_view slot : alternative) {
      for (const std::uint32_t filler : slot_fillers(analysis, frame, slot)) phrases.push_back(filler);
    }
  }
  const Inward inward{analysis, mentions};
  parties.recipient = inward.below(phrases, parties.actor);
  if (!parties.recipient.empty() || !speaks_of_acts(rule.type)) return;
  phrases = objects_of_complement(analysis, frame);
  for (const std::uint32_t phrase : phrases) {
    for (const std::uint32_t head : joined_heads(analysis, phrase)) {
      if (inward.names(head, parties.actor)) add_once(parties.recipient, mentions.named_at(head));
    }
    if (!parties.recipient.empty()) return;
  }
  parties.recipient = inward.below(phrases, parties.actor);
}

bool is_coded(const Entity& entity) {
  return !entity.codes.cameo.empty() || !entity.codes.plover_sector.empty() ||
         (!entity.codes.iso3.empty() && entity.kind != EntityKind::place);
}

MentionIndex::MentionIndex(const Analysis& analysis, std::span<const Entity> entities, const Lexicon& lexicon)
    : analysis_(analysis),
      lexicon_(lexicon),
      entities_(entities),
      by_head_(analysis.tokens.size(), -1),
      covering_(analysis.tokens.size(), -1),
      in_name_(analysis.tokens.size(), false),
      political_(analysis.sentences.size(), false) {
  Sizes sizes{std::vector<std::uint32_t>(analysis.tokens.size(), 0),
              std::vector<std::uint32_t>(analysis.tokens.size(), 0)};
  for (std::size_t number = 0; number < entities.size(); ++number) {
    for (const Mention& mention : entities[number].mentions) add(static_cast<int>(number), mention, sizes);
  }
}

void MentionIndex::add(int entity, const Mention& mention, Sizes& sizes) {
  const Span span = mention.span;
  const int first = analysis_.token_at(span.begin);
  if (first < 0 || span.size() == 0) return;
  const auto& tokens = analysis_.tokens;
  const auto begin = static_cast<std::uint32_t>(first);
  std::uint32_t end = begin;
  while (end < tokens.size() && tokens[end].span.begin < span.end) ++end;
  if (political_kind((*this)[entity]) && begin < end) political_[tokens[begin].sentence] = true;
  bool headed = false;
  for (std::uint32_t token = begin; token < end; ++token) {
    const bool outside = tokens[token].head < first || tokens[token].head >= static_cast<int>(end);
    if (outside && !headed && span.size() > sizes.head[token]) {
      by_head_[token] = entity;
      sizes.head[token] = span.size();
    }
    headed = headed || outside;
    if (mention.form == MentionForm::name) in_name_[token] = true;
    if (sizes.cover[token] != 0 && span.size() >= sizes.cover[token]) continue;
    covering_[token] = entity;
    sizes.cover[token] = span.size();
  }
}

bool MentionIndex::is_part(const Token& token) const {
  return token.upos == Upos::NUM || token.upos == Upos::DET || lexicon_.in_class(token.lemma, "part_noun");
}

bool MentionIndex::political_sentence(std::uint32_t sentence) const {
  return sentence < political_.size() && political_[sentence];
}

bool MentionIndex::political_document() const {
  return std::find(political_.begin(), political_.end(), true) != political_.end();
}

int MentionIndex::named_at(std::uint32_t token) const {
  return by_head_[token] >= 0 ? by_head_[token] : covering_[token];
}

/// The entity of a part of the phrase, where its head names none: "Israeli soldiers", "the city of Aleppo".
int MentionIndex::inside(std::uint32_t token, bool acts) const {
  const bool generic = is_part(analysis_.tokens[token]);
  for (const std::uint32_t child : analysis_.children[token]) {
    const Token& word = analysis_.tokens[child];
    if (word.depends_as("appos") || word.depends_as("flat") || is_name_after(analysis_, token, child)) {
      const int entity = named_at(child);
      if (entity >= 0) return entity;
    }
  }
  for (const std::uint32_t child : analysis_.children[token]) {
    const Token& word = analysis_.tokens[child];
    const bool of = word.depends_as("nmod") && marker_of(analysis_, child) == "of";
    if (generic && of) {
      const int entity = entity_of(child);
      if (entity >= 0) return entity;
    }
  }
  // A resolution of the council speaks for it; soldiers of a country act for themselves.
  if (acts && !generic && !lexicon_.in_class(analysis_.tokens[token].lemma, "document")) return -1;
  for (const std::uint32_t child : analysis_.children[token]) {
    const Token& word = analysis_.tokens[child];
    const bool modifier = word.depends_as("amod") || word.depends_as("compound") || word.depends_as("nmod");
    if (!modifier || (word.deprel == "nmod" && marker_of(analysis_, child) != "of")) continue;
    const int entity = named_at(child);
    if (entity >= 0) return entity;
  }
  return -1;
}

int MentionIndex::entity_of(std::uint32_t token, bool acts) const {
  const int named = by_head_[token] >= 0 ? by_head_[token] : covering_[token];
  const Token& word = analysis_.tokens[token];
  if (named >= 0 && (is_coded((*this)[named]) || !is_part(word))) return named;
  if (word.upos == Upos::PRON || word.upos == Upos::VERB) return named;
  const int part = inside(token, acts);
  return part >= 0 ? part : named;
}

int MentionIndex::phrase_entity(std::uint32_t token, bool acts) const {
  int found = entity_of(token, acts);
  for (int steps = 0; steps < 4; ++steps) {
    const Token& word = analysis_.tokens[token];
    const bool inner = word.depends_as("amod") || word.depends_as("compound") || word.depends_as("flat") ||
                       word.deprel == "nmod:desc";
    if (!inner || word.head < 0) break;
    token = static_cast<std::uint32_t>(word.head);
    const int whole = entity_of(token, acts);
    if (whole >= 0) found = whole;
  }
  return found;
}

std::vector<int> MentionIndex::pair_at(std::uint32_t token) const {
  const Token& noun = analysis_.tokens[token];
  const bool two = std::any_of(
      analysis_.children[token].begin(), analysis_.children[token].end(), [&](std::uint32_t child) {
        return analysis_.tokens[child].lower == "two" || analysis_.tokens[child].lower == "both";
      });
  if (!two || !lexicon_.in_class(noun.lemma, "pair_noun")) return {};
  const bool persons = lexicon_.in_class(noun.lemma, "pair_of_persons");
  std::vector<int> pair;
  constexpr std::uint32_t sight = 120;
  for (std::uint32_t back = token; back > 0 && token - back < sight && pair.size() < 2; --back) {
    const int entity = by_head_[back - 1];
    if (entity < 0 || !is_coded((*this)[entity])) continue;
    const EntityKind kind = (*this)[entity].kind;
    const bool fits = persons ? kind == EntityKind::person
                              : kind == EntityKind::country || kind == EntityKind::organization;
    if (fits) add_once(pair, entity);
  }
  if (pair.size() < 2) return {};
  std::reverse(pair.begin(), pair.end());
  return pair;
}

Parties parties_of(const Analysis& analysis, const EventFrame& frame, const EventRule& rule,
                   const MentionIndex& mentions) {
  Parties parties;
  const bool reversed =
      frame.light.token >= 0 && frame.light.row["flags"].find("subj_is_recipient") != std::string_view::npos;
  EventFrame actor_frame = frame;
  if (reversed) {
    actor_frame.light = {};
    actor_frame.governor = -1;
  }
  const Side none;
  const Look whom{mentions, none, false};
  Side recipient = side_of(analysis, frame, rule.recipient, whom);
  if (reversed && recipient.entities.empty()) recipient = side_of(analysis, frame, {{"subj"}}, whom);
  const Look who{mentions, recipient, true};
  Side actor = side_of(analysis, actor_frame, rule.actor, who);
  if (rule.mutual) parties.opposite = opposite_of(analysis, actor_frame, actor, who);
  parties.actor = std::move(actor.entities);
  parties.recipient = std::move(recipient.entities);
  return parties;
}

}  // namespace polybius
