// What a brief says of a record, before it is set as text, Markdown or HTML: findings merged, statements by
// speaker, plans, actors.
#pragma once

#include <string>
#include <vector>

#include "brief/phrases.h"
#include "polybius/record.h"
#include "text/text.h"

namespace polybius {

/// Words of the article, with those set off that decided.
struct Quote {
  std::vector<Run> runs;
  std::uint32_t sentence = 0;
};

/// One thing that the article tells of, perhaps in several places.
struct Finding {
  std::vector<const Event*> events;  ///< never empty; the first is the one described
  std::vector<Run> sentence;
  bool told = false;    ///< whether it stands in somebody's statement
  bool unsure = false;  ///< whether the coder itself gives it less than an even chance
  std::string teller;
  std::string attribution;  ///< "according to A", if told
  std::string time;
  std::string place;
  std::string codes;  ///< "SANCTION · CAMEO 163 · 84 % sure"
  std::string why;
  std::vector<Quote> quotes;
};

/// One statement with those quoted in it.
struct Said {
  const Statement* statement = nullptr;
  std::string speaker;  ///< named only where it is not its group's
  std::string cue;      ///< "said at a briefing"
  std::string content;  ///< in quotation marks if it is a quotation
  std::string addressee;
  std::string time;
  std::vector<Said> inner;
};

/// What one speaker said.
struct Voice {
  std::string entity;  ///< empty if unknown
  std::string name;
  std::string role;
  std::vector<Said> said;
  std::vector<std::string> quoted_by;  ///< whose statements hold further ones of this speaker
};

struct PlanLine {
  const PlanStep* step = nullptr;
  std::string time;
  std::string teller;
  std::vector<Run> evidence;
};

struct PlanStory {
  const Plan* plan = nullptr;
  std::string what;
  std::string parties;
  std::string place;
  std::string when;
  std::vector<PlanLine> lines;
};

struct Actor {
  const Entity* entity = nullptr;
  std::string kind;
  std::string role;
  std::string codes;  ///< "USAGOV · USA · Q1"
};

/// Holds pointers into the record, which must outlive it.
struct Digest {
  std::string title;
  std::string source;  ///< "24 October 2025 (given) · example.org · by A. Writer"
  std::vector<std::string> at_a_glance;
  std::vector<Finding> happened;  ///< as the article itself tells
  std::vector<Finding> told;      ///< as somebody in it tells
  std::vector<Finding> unreal;    ///< planned, called off, denied, threatened, put off, supposed
  std::vector<Voice> voices;
  std::vector<PlanStory> plans;
  std::vector<Actor> actors;  ///< persons, organizations, groups, countries, places
  std::string coder;
};

/// `text` is `record.text`, indexed.
Digest digest_of(const Record& record, const Text& text);

/// The parts with a middle dot between them.
std::string joined(const std::vector<std::string>& parts);

}  // namespace polybius
