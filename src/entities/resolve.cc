// Says whom pronouns and nominals mean: by description, by gender and number, by how present somebody is.
#include "entities/resolve.h"

#include <algorithm>
#include <array>
#include <utility>

#include "entities/tables.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::array<double, 7> kDecay = {100, 62, 38, 22, 13, 8, 5};

/// How much the place of a mention in its clause keeps it present.
double role_weight(const Analysis& analysis, std::uint32_t head) {
  const Token& token = analysis.tokens[head];
  if (token.depends_as("nsubj")) return 1.0;
  if (token.depends_as("obj") || token.depends_as("iobj")) return 0.65;
  if (token.deprel == "nmod:poss") return 0.5;
  if (token.depends_as("conj") && token.head >= 0)
    return role_weight(analysis, static_cast<std::uint32_t>(token.head)) * 0.9;
  if (token.deprel == "nmod:desc" || token.depends_as("compound") || token.depends_as("amod")) return 0.3;
  return 0.5;
}

}  // namespace

std::vector<Presence> recent_before(const Reading& reading, const Placed& placed, std::uint32_t token,
                                    std::uint32_t reach) {
  const Analysis& analysis = reading.analysis;
  const std::uint32_t sentence = analysis.tokens[token].sentence;
  std::vector<Presence> out;
  std::vector<int> slot(reading.drafts.size(), -1);
  for (auto here = placed.lower_bound(token); here != placed.begin();) {
    --here;
    const std::uint32_t distance = sentence - analysis.tokens[here->first].sentence;
    if (distance > reach) break;
    const Candidate& mention = reading.candidates[here->second];
    double weight =
        kDecay[std::min<std::size_t>(distance, kDecay.size() - 1)] * role_weight(analysis, here->first);
    if (mention.adjective) weight *= 0.3;
    if (mention.form == MentionForm::nominal && !mention.definite) weight *= 0.6;
    if (distance > 0 &&
        is_speech_head(analysis, static_cast<std::uint32_t>(std::max(analysis.tokens[here->first].head, 0))))
      weight *= 1.25;
    for (const std::uint32_t draft : mention.drafts) {
      if (slot[draft] < 0) {
        slot[draft] = static_cast<int>(out.size());
        out.push_back({draft, 0, distance, {}});
      }
      Presence& presence = out[static_cast<std::size_t>(slot[draft])];
      presence.weight = std::max(presence.weight, weight) + 0.3 * std::min(presence.weight, weight);
      presence.mentions.push_back(here->second);
    }
  }
  return out;
}

std::vector<Presence> presences_before(const Reading& reading, const Placed& placed, std::uint32_t token,
                                       std::uint32_t reach) {
  std::vector<Presence> out = recent_before(reading, placed, token, reach);
  std::ranges::stable_sort(out, [](const Presence& left, const Presence& right) {
    if (left.weight != right.weight) return left.weight > right.weight;
    return left.draft < right.draft;
  });
  return out;
}

int chosen_for(Reading& reading, const Placed& placed, std::uint32_t candidate,
               const std::vector<std::uint32_t>& barred) {
  ReferenceChoice choice = choice_for(reading, placed, candidate, barred);
  const int meant = reading.tables.references.best(choice);
  if (reading.choices != nullptr) reading.choices->push_back(std::move(choice));
  return meant;
}

std::vector<std::uint32_t> coarguments(const Reading& reading, std::uint32_t head) {
  const Analysis& analysis = reading.analysis;
  std::vector<std::uint32_t> out;
  const Token& token = analysis.tokens[head];
  const bool argument = token.depends_as("nsubj") || token.depends_as("obj") || token.depends_as("iobj") ||
                        token.depends_as("obl");
  if (!argument || token.head < 0) return out;
  const auto add = [&](int other) {
    if (other < 0 || other == static_cast<int>(head)) return;
    const int mention = candidate_at(reading, static_cast<std::uint32_t>(other));
    if (mention < 0) return;
    const auto& drafts = reading.candidates[static_cast<std::uint32_t>(mention)].drafts;
    out.insert(out.end(), drafts.begin(), drafts.end());
  };
  const auto verb = static_cast<std::uint32_t>(token.head);
  for (const std::uint32_t child : analysis.children[verb]) {
    const Token& word = analysis.tokens[child];
    if (word.depends_as("nsubj") || word.depends_as("obj") || word.depends_as("iobj") ||
        word.depends_as("obl"))
      add(static_cast<int>(child));
  }
  if (!token.depends_as("nsubj")) add(find_subject(analysis, verb));
  return out;
}

std::string country_of(const Reading& reading, const Draft& draft) {
  if (draft.row.table() == "countries" || draft.row.table() == "organizations")
    return std::string(draft.row["iso3"]);
  if (draft.kind == EntityKind::person && draft.row) {
    const auto offices = reading.lexicon.offices_of(draft.row, reading.day);
    if (!offices.empty() && !offices.front().role["iso3"].empty())
      return std::string(offices.front().role["iso3"]);
  }
  return draft.description.iso3;
}

int speaker_draft(const Reading& reading, std::uint32_t token) {
  const int quotation = reading.quotation_of[token];
  if (quotation < 0) return -1;
  const int subject = reading.speaker_token_of[static_cast<std::size_t>(quotation)];
  if (subject < 0) return -1;
  const int mention = candidate_at(reading, static_cast<std::uint32_t>(subject));
  if (mention < 0) return -1;
  const auto& drafts = reading.candidates[static_cast<std::uint32_t>(mention)].drafts;
  return drafts.empty() ? -1 : static_cast<int>(drafts.front());
}

void place(const Reading& reading, Placed& placed, std::uint32_t candidate) {
  if (!reading.candidates[candidate].drafts.empty()) placed[reading.candidates[candidate].head] = candidate;
}

void resolve_references(Reading& reading) {
  std::vector<std::uint32_t> order;
  Placed placed;
  for (std::uint32_t number = 0; number < reading.candidates.size(); ++number) {
    if (reading.candidates[number].drafts.empty()) {
      order.push_back(number);
    } else {
      place(reading, placed, number);
    }
  }
  // Quotations last: who "I" is, and whose president is meant, depends on who speaks, and "she said" often
  // follows.
  std::ranges::stable_sort(order, [&](std::uint32_t left, std::uint32_t right) {
    const auto key = [&](std::uint32_t number) {
      const Candidate& candidate = reading.candidates[number];
      return std::pair(reading.quotation_of[candidate.head] >= 0, candidate.head);
    };
    return key(left) < key(right);
  });
  for (const std::uint32_t number : order) {
    if (reading.candidates[number].form == MentionForm::pronoun) {
      resolve_pronoun(reading, placed, number);
    } else {
      resolve_nominal(reading, placed, number);
    }
    place(reading, placed, number);
  }
}

}  // namespace polybius
