// Frames to statements: speakers named, kinds told, one in another, in text order.
#include "statements/statements.h"

#include <algorithm>
#include <utility>

#include "statements/borders.h"
#include "statements/frames.h"
#include "text/text.h"

namespace polybius {
namespace {

StatementKind kind_of(const Hearing& hearing, const Frame& frame) {
  const Analysis& analysis = hearing.analysis;
  bool inside = false;
  bool outside = false;
  for (const Span piece : frame.content) {
    for (std::uint32_t at = piece.begin; at < piece.end; ++at) {
      if (!is_letter(analysis.text.at(at))) continue;
      const bool quoted = std::ranges::any_of(frame.quotations, [&](std::uint32_t number) {
        return hearing.quotations[number].span.contains({at, at + 1});
      });
      (quoted ? inside : outside) = true;
    }
  }
  if (frame.spoken) return StatementKind::direct;
  if (inside && outside) return StatementKind::mixed;
  if (inside) return StatementKind::direct;
  return frame.attitude ? StatementKind::attitude : StatementKind::indirect;
}

std::optional<Speaker> speaker_of(const Hearing& hearing, const Frame& frame) {
  if (frame.subject < 0) return std::nullopt;
  const auto subject = static_cast<std::uint32_t>(frame.subject);
  Speaker speaker;
  speaker.span = frame.source ? *frame.source : source_span(hearing.analysis, subject);
  std::vector<std::string> named = entities_at(hearing, subject);
  if (!named.empty()) {
    speaker.entity = named.front();
    speaker.also.assign(named.begin() + 1, named.end());
  }
  return speaker;
}

std::uint32_t begin_of(const Statement& statement) {
  return statement.content.front().begin;
}

/// A quotation without a cue is the last speaker's, if that one spoke in this paragraph or the one before.
void give_to_last_speaker(const Hearing& hearing, std::vector<Statement>& statements) {
  const Statement* last = nullptr;
  for (Statement& statement : statements) {
    if (!statement.cue.empty()) {
      if (statement.speaker && statement.kind != StatementKind::attitude) last = &statement;
      continue;
    }
    if (last == nullptr || statement.speaker) continue;
    const std::uint32_t from = std::max(last->content.back().end, last->cue.back().end);
    std::uint32_t breaks = 0;
    for (std::uint32_t at = from; at < begin_of(statement) && breaks < 2; ++at) {
      if (hearing.analysis.text.at(at) == U'\n' && (at == 0 || hearing.analysis.text.at(at - 1) != U'\n'))
        ++breaks;
    }
    if (breaks > 1 || last->speaker->entity.empty()) continue;
    statement.speaker = Speaker{last->speaker->entity, last->speaker->also, std::nullopt};
  }
}

bool holds(const Statement& outer, const Statement& inner) {
  if (inner.cue.empty()) return false;
  const auto inside = [&](Span span) {
    return std::ranges::any_of(outer.content, [&](Span piece) { return piece.contains(span); });
  };
  return std::ranges::all_of(inner.cue, inside) && std::ranges::all_of(inner.content, inside);
}

std::uint32_t size_of(const Statement& statement) {
  std::uint32_t size = 0;
  for (const Span piece : statement.content) size += piece.size();
  return size;
}

void nest(std::vector<Statement>& statements) {
  constexpr std::size_t kReach = 200;  // no statement holds more than so many others
  for (std::size_t number = 0; number < statements.size(); ++number) {
    Statement& inner = statements[number];
    const Statement* best = nullptr;
    for (std::size_t other = number - std::min(number, kReach);
         other < std::min(statements.size(), number + kReach); ++other) {
      const Statement& outer = statements[other];
      if (other == number || !holds(outer, inner)) continue;
      if (best == nullptr || size_of(outer) < size_of(*best)) best = &outer;
    }
    if (best != nullptr) inner.within = best->id;
  }
}

Statement statement_of(const Hearing& hearing, const Frame& frame) {
  Statement statement;
  statement.kind = kind_of(hearing, frame);
  statement.speaker = speaker_of(hearing, frame);
  statement.cue = runs_of(hearing.analysis, frame.cue);
  statement.content = frame.content;
  if (frame.addressee >= 0) {
    const auto named = entities_at(hearing, static_cast<std::uint32_t>(frame.addressee));
    if (!named.empty()) statement.addressee = named.front();
  }
  return statement;
}

}  // namespace

void index_mentions(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  hearing.mentions_at.resize(analysis.tokens.size());
  for (std::uint32_t number = 0; number < hearing.entities.size(); ++number) {
    for (const Mention& mention : hearing.entities[number].mentions) {
      int token = analysis.token_at(mention.span.begin);
      for (; token >= 0 && token < static_cast<int>(analysis.tokens.size()); ++token) {
        if (analysis.tokens[static_cast<std::uint32_t>(token)].span.begin >= mention.span.end) break;
        hearing.mentions_at[static_cast<std::uint32_t>(token)].emplace_back(mention.span.size(), number);
      }
    }
  }
}

std::vector<std::string> entities_at(const Hearing& hearing, std::uint32_t head) {
  std::vector<std::string> out;
  std::uint32_t narrowest = UINT32_MAX;
  for (const auto& [length, entity] : hearing.mentions_at[head]) {
    if (length < narrowest) out.clear();
    if (length > narrowest) continue;
    narrowest = length;
    const std::string& id = hearing.entities[entity].id;
    if (std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  if (out.empty() && hearing.analysis.tokens[head].is("PronType=Rel")) {  // "who" is no mention of its own
    const int noun = antecedent_of(hearing.analysis, head);
    if (noun >= 0) return entities_at(hearing, static_cast<std::uint32_t>(noun));
  }
  for (const std::uint32_t child : hearing.analysis.children[head]) {
    if (!hearing.analysis.tokens[child].depends_as("conj")) continue;
    for (std::string& id : entities_at(hearing, child)) {
      if (std::ranges::find(out, id) == out.end()) out.push_back(std::move(id));
    }
  }
  return out;
}

void hear_all(Hearing& hearing, std::vector<Warning>& warnings, std::vector<BorderChoice>* choices) {
  index_mentions(hearing);
  cut_segments(hearing);
  find_frames(hearing);
  judge_quotations(hearing, warnings);
  attach_quotations(hearing);
  hear_frames(hearing);
  settle_borders(hearing, choices);
}

std::vector<Statement> find_statements(const Analysis& analysis, std::span<const Entity> entities,
                                       const StatementTables& tables, const Lexicon& lexicon,
                                       std::vector<Warning>& warnings) {
  Hearing hearing{analysis, entities, lexicon, tables.borders(), {}, {}, {}, {}, {}, {}, {}};
  hear_all(hearing, warnings, nullptr);
  std::vector<Statement> out;
  out.reserve(hearing.frames.size());
  for (const Frame& frame : hearing.frames) out.push_back(statement_of(hearing, frame));
  std::ranges::stable_sort(out, [](const Statement& left, const Statement& right) {
    return std::pair(begin_of(left), right.content.back().end) <
           std::pair(begin_of(right), left.content.back().end);
  });
  for (std::size_t number = 0; number < out.size(); ++number)
    out[number].id = "s" + std::to_string(number + 1);
  give_to_last_speaker(hearing, out);
  nest(out);
  return out;
}

}  // namespace polybius
