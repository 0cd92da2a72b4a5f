// Says whom a pronoun means.
#include <algorithm>

#include "entities/resolve.h"
#include "text/text.h"

namespace polybius {
namespace {

bool contains(const std::vector<std::uint32_t>& drafts, std::uint32_t draft) {
  return std::ranges::find(drafts, draft) != drafts.end();
}

/// How well an entity fits gender and number of a pronoun: 0 not at all.
double agreement(const Candidate& pronoun, const Draft& draft) {
  if (pronoun.row["gender"] == "n") {
    if (draft.kind == EntityKind::country || draft.kind == EntityKind::organization)
      return draft.many ? 0 : 1.0;
    return draft.kind == EntityKind::place ? 0.4 : 0;
  }
  if (pronoun.many) {
    if (draft.kind == EntityKind::group || draft.many) return 1.0;
    return draft.kind == EntityKind::organization ? 0.45 : 0;
  }
  if (draft.kind != EntityKind::person || draft.many || draft.name == "you" || draft.name == "I") return 0;
  if (draft.gender == pronoun.gender) return 1.0;
  return draft.gender == Gender::unknown ? 0.75 : 0;
}

/// Whether the pronoun is the subject of a cue whose words stand before it: "..., he said".
bool closes_speech(const Reading& reading, std::uint32_t head) {
  const Analysis& analysis = reading.analysis;
  const Token& token = analysis.tokens[head];
  if (!token.depends_as("nsubj") || token.head < 0 ||
      !is_speech_head(analysis, static_cast<std::uint32_t>(token.head)))
    return false;
  const Sentence& sentence = analysis.sentences[token.sentence];
  return head > sentence.first + 2 && analysis.tokens[head - 1].upos == Upos::PUNCT;
}

/// Who is named in the words before "..., he said": spoken of, so not the speaker.
std::vector<std::uint32_t> spoken_of(const Reading& reading, const Placed& placed, std::uint32_t head) {
  std::vector<std::uint32_t> out;
  const Analysis& analysis = reading.analysis;
  std::uint32_t from = analysis.sentences[analysis.tokens[head].sentence].first;
  for (std::uint32_t token = from + 2; token + 4 < head;
       ++token) {  // a quotation may have ended a sentence before
    const std::uint32_t mark = analysis.tokens[token].span.begin;
    const char32_t stop = analysis.text.at(mark - 1);
    if (is_double_quote(analysis.text.at(mark)) && (stop == U'.' || stop == U'!' || stop == U'?'))
      from = token + 1;
  }
  for (auto here = placed.lower_bound(from); here != placed.end() && here->first < head; ++here) {
    const Candidate& mention = reading.candidates[here->second];
    if (mention.form != MentionForm::pronoun)
      out.insert(out.end(), mention.drafts.begin(), mention.drafts.end());
  }
  return out;
}

/// How likely "it" names an actor by its place in the clause: what is or was done is mostly a thing.
double thinghood(const Analysis& analysis, std::uint32_t head) {
  const Token& token = analysis.tokens[head];
  if (token.deprel == "nsubj:pass" || token.head < 0) return 0.3;
  if (token.depends_as("nsubj"))
    return analysis.child(static_cast<std::uint32_t>(token.head), "cop") >= 0 ? 0.3 : 1;
  return token.deprel == "nmod:poss" ? 1 : 0.4;
}

void resolve_relative(Reading& reading, std::uint32_t number) {
  const Analysis& analysis = reading.analysis;
  int token = static_cast<int>(reading.candidates[number].head);
  for (int steps = 0; steps < 5 && token >= 0; ++steps) {
    const Token& word = analysis.tokens[static_cast<std::uint32_t>(token)];
    if (word.deprel.starts_with("acl:relcl") && word.head >= 0) {
      const int antecedent = candidate_at(reading, static_cast<std::uint32_t>(word.head));
      if (antecedent < 0) return;
      const auto drafts = reading.candidates[static_cast<std::uint32_t>(antecedent)].drafts;
      for (const std::uint32_t draft : drafts) join(reading, number, draft);
      return;
    }
    token = word.head;
  }
}

/// The entity that "we" or "you" is in one speaker's mouth (-1: the text's own), or a new one.
std::uint32_t speech_role(Reading& reading, std::uint32_t number, int speaker, std::string name) {
  for (std::uint32_t draft = 0; draft < reading.drafts.size(); ++draft) {
    if (reading.drafts[draft].name == name && reading.drafts[draft].spoken_by == speaker) {
      join(reading, number, draft);
      return draft;
    }
  }
  const std::uint32_t draft = found(reading, number, std::move(name));
  reading.drafts[draft].spoken_by = speaker;
  return draft;
}

/// "I" is who speaks; "we" a group of the speaker's country; "you" whoever is spoken to.
void resolve_speech_role(Reading& reading, std::uint32_t number) {
  const Candidate pronoun = reading.candidates[number];
  const int speaker = speaker_draft(reading, pronoun.head);
  if (pronoun.row["person"] == "2") {
    speech_role(reading, number, speaker, "you");
  } else if (!pronoun.many) {
    if (speaker >= 0) return join(reading, number, static_cast<std::uint32_t>(speaker));
    if (reading.quotation_of[pronoun.head] < 0) speech_role(reading, number, -1, "I");
  } else {
    const std::uint32_t draft = speech_role(reading, number, speaker, "we");
    Draft& group = reading.drafts[draft];
    group.kind = EntityKind::group;
    group.many = true;
    if (speaker >= 0)
      group.description.iso3 = country_of(reading, reading.drafts[static_cast<std::uint32_t>(speaker)]);
  }
}

bool is_reflexive(const Token& token) {
  return token.lower.ends_with("self") || token.lower.ends_with("selves");
}

/// The last speaker before a token, whatever the gender: for texts whose pronouns cannot be trusted.
int last_speaker(const Reading& reading, const Placed& placed, std::uint32_t token,
                 const std::vector<std::uint32_t>& barred) {
  for (auto here = placed.lower_bound(token); here != placed.begin();) {
    --here;
    const Token& word = reading.analysis.tokens[here->first];
    const Candidate& mention = reading.candidates[here->second];
    if (mention.drafts.empty() || !word.depends_as("nsubj") || word.head < 0 ||
        contains(barred, mention.drafts.front()))
      continue;
    if (reading.quotation_of[here->first] >= 0) continue;
    if (is_speech_head(reading.analysis, static_cast<std::uint32_t>(word.head)))
      return static_cast<int>(mention.drafts.front());
  }
  return -1;
}

/// Whether the sentence holds a name that was read in spite of its spelling.
bool is_garbled_here(const Reading& reading, const Placed& placed, std::uint32_t head) {
  const Sentence& sentence = reading.analysis.sentences[reading.analysis.tokens[head].sentence];
  for (auto here = placed.lower_bound(sentence.first); here != placed.end() && here->first < sentence.last;
       ++here) {
    if (reading.candidates[here->second].garbled) return true;
  }
  return false;
}

}  // namespace

void resolve_pronoun(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate pronoun = reading.candidates[number];
  const Analysis& analysis = reading.analysis;
  if (pronoun.row["person"] == "rel") return resolve_relative(reading, number);
  if (pronoun.row["person"] == "1" || pronoun.row["person"] == "2")
    return resolve_speech_role(reading, number);
  const Token& token = analysis.tokens[pronoun.head];
  if (is_reflexive(token) && token.head >= 0) {
    const int subject = find_subject(analysis, static_cast<std::uint32_t>(token.head));
    const int mention = subject < 0 ? -1 : candidate_at(reading, static_cast<std::uint32_t>(subject));
    if (mention >= 0) {
      const auto drafts = reading.candidates[static_cast<std::uint32_t>(mention)].drafts;
      for (const std::uint32_t draft : drafts) join(reading, number, draft);
      if (!drafts.empty()) return;
    }
  }
  std::vector<std::uint32_t> barred = coarguments(reading, pronoun.head);
  const bool closing = closes_speech(reading, pronoun.head);
  if (closing) {
    const auto named = spoken_of(reading, placed, pronoun.head);
    barred.insert(barred.end(), named.begin(), named.end());
  }
  const int speaker = speaker_draft(reading, pronoun.head);
  if (speaker >= 0) barred.push_back(static_cast<std::uint32_t>(speaker));
  double best = pronoun.row["gender"] == "n" ? 24 : 3;
  if (closing && is_garbled_here(reading, placed, pronoun.head)) best = 50;
  int meant = -1;
  const double doubt = pronoun.row["gender"] == "n" ? thinghood(analysis, pronoun.head) : 1;
  for (const Presence& presence : presences_before(reading, placed, pronoun.head, 6)) {
    if (contains(barred, presence.draft)) continue;
    const double value = presence.weight * agreement(pronoun, reading.drafts[presence.draft]) * doubt;
    if (value > best) {
      best = value;
      meant = static_cast<int>(presence.draft);
    }
  }
  if (meant < 0 && closing && is_garbled_here(reading, placed, pronoun.head)) {
    meant = last_speaker(reading, placed, pronoun.head, barred);
  }
  if (meant >= 0) join(reading, number, static_cast<std::uint32_t>(meant));
}

}  // namespace polybius
