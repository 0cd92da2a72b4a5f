// Says whom a pronoun means.
#include <algorithm>

#include "entities/resolve.h"
#include "text/text.h"

namespace polybius {
namespace {

bool contains(const std::vector<std::uint32_t>& drafts, std::uint32_t draft) {
  return std::ranges::find(drafts, draft) != drafts.end();
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

void resolve_relative(Reading& reading, std::uint32_t number) {
  const int noun = antecedent_of(reading.analysis, reading.candidates[number].head);
  const int mention = noun < 0 ? -1 : candidate_at(reading, static_cast<std::uint32_t>(noun));
  if (mention < 0) return;
  const auto drafts = reading.candidates[static_cast<std::uint32_t>(mention)].drafts;
  for (const std::uint32_t draft : drafts) join(reading, number, draft);
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

/// Whom "I", "we" or "you" means where no quotation's speaker is known: by turns.
std::uint32_t resolve_by_turns(Reading& reading, const Placed& placed, std::uint32_t number,
                               std::string name) {
  const int meant = chosen_for(reading, placed, number, {});
  if (meant < 0) return found(reading, number, std::move(name));
  join(reading, number, static_cast<std::uint32_t>(meant));
  return static_cast<std::uint32_t>(meant);
}

/// "I" is who speaks; "we" a group of the speaker's country; "you" whoever is spoken to.
void resolve_speech_role(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate pronoun = reading.candidates[number];
  const int speaker = speaker_draft(reading, pronoun.head);
  if (pronoun.row["person"] == "2") {
    if (speaker < 0) {
      resolve_by_turns(reading, placed, number, "you");
    } else {
      speech_role(reading, number, speaker, "you");
    }
  } else if (!pronoun.many) {
    if (speaker >= 0) return join(reading, number, static_cast<std::uint32_t>(speaker));
    if (reading.quotation_of[pronoun.head] < 0) resolve_by_turns(reading, placed, number, "I");
  } else {
    const std::uint32_t draft = speaker < 0 ? resolve_by_turns(reading, placed, number, "we")
                                            : speech_role(reading, number, speaker, "we");
    Draft& group = reading.drafts[draft];
    if (group.name != "we") return;
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

/// Who speaks where names are misspelt: who is plainly present and fits, else the last speaker.
int speaker_in_garbled(const Reading& reading, const Placed& placed, const Candidate& pronoun,
                       const std::vector<std::uint32_t>& barred) {
  constexpr double plainly = 50;
  for (const Presence& presence : presences_before(reading, placed, pronoun.head, 6)) {
    const Draft& draft = reading.drafts[presence.draft];
    if (presence.weight <= plainly) break;
    const bool fits = draft.kind == EntityKind::person && !draft.many && draft.gender == pronoun.gender;
    if (fits && !contains(barred, presence.draft)) return static_cast<int>(presence.draft);
  }
  return last_speaker(reading, placed, pronoun.head, barred);
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

bool closes_speech(const Reading& reading, std::uint32_t head) {
  const Analysis& analysis = reading.analysis;
  const Token& token = analysis.tokens[head];
  if (!token.depends_as("nsubj") || token.head < 0 ||
      !is_speech_head(analysis, static_cast<std::uint32_t>(token.head)))
    return false;
  const Sentence& sentence = analysis.sentences[token.sentence];
  return head > sentence.first + 2 && analysis.tokens[head - 1].upos == Upos::PUNCT;
}

void resolve_pronoun(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate pronoun = reading.candidates[number];
  const Analysis& analysis = reading.analysis;
  if (pronoun.row["person"] == "rel") return resolve_relative(reading, number);
  if (pronoun.row["person"] == "1" || pronoun.row["person"] == "2")
    return resolve_speech_role(reading, placed, number);
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
  int meant = -1;
  if (closing && is_garbled_here(reading, placed, pronoun.head)) {
    meant = speaker_in_garbled(reading, placed, pronoun, barred);
  } else {
    meant = chosen_for(reading, placed, number, barred);
  }
  if (meant >= 0) return join(reading, number, static_cast<std::uint32_t>(meant));
  // Somebody who was not named before, but may be meant again; "it" is mostly a thing.
  if (pronoun.row["gender"] == "n") return;
  const std::uint32_t draft = found(reading, number, token.lower);
  if (pronoun.many) reading.drafts[draft].kind = EntityKind::group;
}

}  // namespace polybius
