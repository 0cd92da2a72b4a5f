// Decides which mentions tell of the same event, and joins what they tell.
#include "events/merge.h"

#include <algorithm>
#include <string>

namespace polybius {
namespace {

/// Acts of speech are told one by one; deeds are told again and again.
bool is_speech_act(EventType type) {
  switch (type) {
    case EventType::REQUEST:
    case EventType::ACCUSE:
    case EventType::REJECT:
    case EventType::THREATEN:
    case EventType::SUPPORT:
    case EventType::AGREE:
    case EventType::CONCEDE:
      return true;
    default:
      return false;
  }
}

/// A person in office and the state count as one side.
bool same_party(const Entity& left, const Entity& right) {
  if (left.id == right.id) return true;
  if (left.codes.iso3.empty() || left.codes.iso3 != right.codes.iso3) return false;
  const auto governs = [](const Entity& entity) {
    return entity.kind == EntityKind::country || entity.codes.plover_sector.starts_with("GOV");
  };
  return governs(left) && governs(right);
}

bool sides_meet(const std::vector<int>& left, const std::vector<int>& right, const MentionIndex& mentions) {
  return std::any_of(left.begin(), left.end(), [&](int one) {
    return std::any_of(right.begin(), right.end(),
                       [&](int other) { return same_party(mentions[one], mentions[other]); });
  });
}

bool side_fits(const std::vector<int>& left, const std::vector<int>& right, const MentionIndex& mentions) {
  return left.empty() || right.empty() || sides_meet(left, right, mentions);
}

bool parties_fit(const EventMention& left, const EventMention& right, const MentionIndex& mentions) {
  if (!side_fits(left.parties.actor, right.parties.actor, mentions)) return false;
  if (!side_fits(left.parties.recipient, right.parties.recipient, mentions)) return false;
  const bool shared = sides_meet(left.parties.actor, right.parties.actor, mentions) ||
                      sides_meet(left.parties.recipient, right.parties.recipient, mentions);
  if (left.mutual && right.mutual && left.parties.actor.size() > 1 && right.parties.actor.size() > 1) {
    // Two meetings that share one side only are two meetings.
    const auto& few = left.parties.actor.size() <= right.parties.actor.size() ? left : right;
    const auto& many = &few == &left ? right : left;
    return std::all_of(few.parties.actor.begin(), few.parties.actor.end(),
                       [&](int one) { return sides_meet({one}, many.parties.actor, mentions); });
  }
  if (shared) return true;
  const bool bare = (left.parties.actor.empty() && left.parties.recipient.empty()) ||
                    (right.parties.actor.empty() && right.parties.recipient.empty());
  return bare && left.lemma == right.lemma && left.noun == right.noun;
}

bool status_fits(Status left, Status right) {
  const auto folded_status = [](Status status) {
    return status == Status::ongoing ? Status::occurred : status;
  };
  return folded_status(left) == folded_status(right);
}

bool time_fits(const Event& left, const Event& right) {
  if (!left.time || !right.time || left.time->value == right.time->value) return true;
  if (left.time->from == "sentence" || right.time->from == "sentence") return true;
  const std::string& one = left.time->value;
  const std::string& other = right.time->value;
  return one.starts_with(other) || other.starts_with(one) || one.ends_with("_REF") || other.ends_with("_REF");
}

/// "were killed in an attack by rebels": the noun names the deed of the verb.
bool stands_within(const EventMention& known, const EventMention& found) {
  return known.within == static_cast<int>(found.token) || found.within == static_cast<int>(known.token);
}

/// "the blast killed five": the result beside the act.
bool is_result_of(const EventMention& known, const EventMention& found, const MentionIndex& mentions) {
  return known.event.sentence == found.event.sentence && known.result != found.result &&
         side_fits(known.parties.actor, found.parties.actor, mentions);
}

/// "were released" and "the army freed them": one way, one sufferer.
bool is_same_deed(const EventMention& known, const EventMention& found) {
  if (known.event.mode.empty() || known.event.mode != found.event.mode) return false;
  const auto& sufferers = known.parties.recipient;
  return std::any_of(found.parties.recipient.begin(), found.parties.recipient.end(), [&](int entity) {
    return std::find(sufferers.begin(), sufferers.end(), entity) != sufferers.end();
  });
}

bool tells_of(const EventMention& known, const EventMention& found, const MentionIndex& mentions) {
  const Event& left = known.event;
  const Event& right = found.event;
  if (left.type != right.type || !status_fits(left.status, right.status)) return false;
  if (left.type == EventType::ASSAULT &&
      (stands_within(known, found) || is_result_of(known, found, mentions)))
    return true;
  if (!left.mode.empty() && !right.mode.empty() && left.mode != right.mode) return false;
  // "A summit between them" that tells nothing of its own did not take place because a call of theirs did.
  const bool other_noun = known.noun && found.noun && known.lemma != found.lemma;
  if (other_noun && known.bare != found.bare) return false;
  if (is_speech_act(left.type) && known.lemma != found.lemma) return false;
  // A visit is told apart from whom one meets there.
  if (left.type == EventType::CONSULT && known.mutual != found.mutual && known.noun != found.noun)
    return false;
  // Two verbs tell of two things: "visited Chad and met the emir".
  const bool other_verb = !found.noun && !known.noun && known.lemma != found.lemma;
  if (other_verb && (left.sentence != right.sentence || left.type == EventType::CONSULT) &&
      !is_same_deed(known, found))
    return false;
  return time_fits(left, right) && parties_fit(known, found, mentions);
}

/// "the attack" of a text that told of one, with nobody named anew.
bool points_back_to(const EventMention& known, const EventMention& found) {
  const Event& left = known.event;
  const Event& right = found.event;
  if (!found.definite || !found.parties.actor.empty() || !found.parties.recipient.empty()) return false;
  if (left.type != right.type || is_speech_act(left.type)) return false;
  if (!left.mode.empty() && !right.mode.empty() && left.mode != right.mode) return false;
  constexpr std::uint32_t memory = 4;  // sentences
  if (right.sentence > left.sentence + memory) return false;
  return (found.assumed || status_fits(left.status, right.status)) && time_fits(left, right);
}

/// "The meeting has been cancelled" is of those who were to meet, though nobody is named anew.
void take_parties(EventMention& found, const std::vector<EventMention>& events) {
  constexpr std::uint32_t memory = 6;  // sentences
  if (!found.definite || !found.parties.actor.empty() || !found.parties.recipient.empty()) return;
  const auto told = std::find_if(events.rbegin(), events.rend(), [&](const EventMention& event) {
    return event.event.type == found.event.type && event.lemma == found.lemma && event.noun &&
           event.event.sentence + memory >= found.event.sentence;
  });
  if (told != events.rend()) found.parties = told->parties;
}

void join_side(std::vector<int>& known, const std::vector<int>& found, const MentionIndex& mentions) {
  for (const int entity : found) {
    if (!sides_meet({entity}, known, mentions)) known.push_back(entity);
  }
}

void join(EventMention& known, EventMention&& found, const MentionIndex& mentions) {
  Event& event = known.event;
  known.bare = known.bare && found.bare;
  if (!known.parties.opposite.empty()) {
    for (const int entity : found.parties.opposite) {
      if (!sides_meet({entity}, known.parties.actor, mentions)) known.parties.opposite.push_back(entity);
    }
  }
  for (const Span span : found.event.trigger) {
    if (std::find(event.trigger.begin(), event.trigger.end(), span) == event.trigger.end())
      event.trigger.push_back(span);
  }
  join_side(known.parties.actor, found.parties.actor, mentions);
  if (known.parties.recipient.empty()) known.parties.recipient = found.parties.recipient;
  if (event.mode.empty() && !found.event.mode.empty()) {
    event.mode = found.event.mode;
    event.cameo = found.event.cameo;
  }
  const bool better_time =
      found.event.time && (!event.time || (event.time->from != "words" && found.event.time->from == "words"));
  if (better_time) event.time = found.event.time;
  if (!event.place) event.place = found.event.place;
  if (found.event.said_by.empty()) event.said_by.clear();  // the article itself tells it once
  event.confidence = std::max(event.confidence, found.event.confidence);
}

bool has_happened(const EventMention& mention) {
  return mention.event.status == Status::occurred || mention.event.status == Status::ongoing;
}

/// "The summit between them" tells nothing of its own: where the text says what became of it, that holds.
void settle_bare_meetings(std::vector<EventMention>& events, const MentionIndex& mentions) {
  for (std::size_t at = 0; at < events.size();) {
    const EventMention& meeting = events[at];
    const bool open = meeting.bare && meeting.event.type == EventType::CONSULT && has_happened(meeting);
    const auto told = std::find_if(events.begin(), events.end(), [&](const EventMention& other) {
      return open && other.noun && other.event.type == EventType::CONSULT && !has_happened(other) &&
             (sides_meet(meeting.parties.actor, other.parties.actor, mentions) ||
              meeting.parties.actor.empty() || other.parties.actor.empty());
    });
    if (told == events.end()) {
      ++at;
      continue;
    }
    join(*told, std::move(events[at]), mentions);
    std::sort(told->event.trigger.begin(), told->event.trigger.end());
    told->event.sentence = std::min(told->event.sentence, events[at].event.sentence);
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

}  // namespace

std::vector<EventMention> merge_mentions(std::vector<EventMention> found, const MentionIndex& mentions) {
  std::vector<EventMention> events;
  for (EventMention& mention : found) {
    auto known = std::find_if(events.begin(), events.end(),
                              [&](const EventMention& event) { return tells_of(event, mention, mentions); });
    if (known == events.end()) {
      const auto nearest = std::find_if(events.rbegin(), events.rend(), [&](const EventMention& event) {
        return points_back_to(event, mention);
      });
      if (nearest != events.rend()) known = std::prev(nearest.base());
    }
    if (known == events.end()) {
      take_parties(mention, events);
      events.push_back(std::move(mention));
    } else {
      join(*known, std::move(mention), mentions);
    }
  }
  settle_bare_meetings(events, mentions);
  std::stable_sort(events.begin(), events.end(), [](const EventMention& left, const EventMention& right) {
    return left.event.trigger.front() < right.event.trigger.front();
  });
  return events;
}

}  // namespace polybius
