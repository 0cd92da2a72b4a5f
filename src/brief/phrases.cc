// The verbs of PLOVER's types and modes, and how a status bends them.
#include "brief/phrases.h"

#include <array>

namespace polybius {
namespace {

using std::string_view;

/// In `rest` the part in brackets stands only when there is a recipient, whose name takes the place of %;
/// "[%|someone]" has a word for when there is none.
struct Phrase {
  EventType type;
  string_view mode;  ///< empty: any mode that has no line of its own
  string_view base;
  string_view past;
  string_view gerund;
  string_view rest;
};

using enum EventType;

constexpr std::array phrases{
    Phrase{AGREE, "", "agree", "agreed", "agreeing", " to cooperate[ with %]"},
    Phrase{CONSULT, "visit", "visit", "visited", "visiting", " [%|abroad]"},
    Phrase{CONSULT, "phone", "speak", "spoke", "speaking", " by phone[ with %]"},
    Phrase{CONSULT, "third-party", "mediate", "mediated", "mediating", "[ with %]"},
    Phrase{CONSULT, "multilateral", "meet", "met", "meeting", " in a larger circle[ with %]"},
    Phrase{CONSULT, "", "meet", "met", "meeting", "[ with %]"},
    Phrase{SUPPORT, "", "give", "gave", "giving", " support[ to %]"},
    Phrase{CONCEDE, "", "give", "gave", "giving", " way[ to %]"},
    Phrase{COOPERATE, "", "cooperate", "cooperated", "cooperating", "[ with %]"},
    Phrase{AID, "", "give", "gave", "giving", " aid[ to %]"},
    Phrase{RETREAT, "withdraw", "withdraw", "withdrew", "withdrawing", "[ from %]"},
    Phrase{RETREAT, "release", "release", "released", "releasing", " [%|prisoners]"},
    Phrase{RETREAT, "disarm", "lay", "laid", "laying", " down arms[ before %]"},
    Phrase{RETREAT, "ceasefire", "hold", "held", "holding", " fire[ against %]"},
    Phrase{RETREAT, "access", "open", "opened", "opening", " access[ to %]"},
    Phrase{RETREAT, "resign", "resign", "resigned", "resigning", ""},
    Phrase{RETREAT, "", "pull", "pulled", "pulling", " back[ from %]"},
    Phrase{REQUEST, "assist", "ask", "asked", "asking", "[ %] for help"},
    Phrase{REQUEST, "change", "call", "called", "calling", "[ on %] for a change"},
    Phrase{REQUEST, "yield", "demand", "demanded", "demanding", " that [%|the other side] give way"},
    Phrase{REQUEST, "meet", "ask", "asked", "asking", "[ %] for a meeting"},
    Phrase{REQUEST, "", "make", "made", "making", " a demand[ of %]"},
    Phrase{ACCUSE, "disapprove", "criticise", "criticised", "criticising", " [%|someone]"},
    Phrase{ACCUSE, "investigate", "investigate", "investigated", "investigating", " [%|a case]"},
    Phrase{ACCUSE, "", "accuse", "accused", "accusing", " [%|someone]"},
    Phrase{REJECT, "assist", "refuse", "refused", "refusing", " help[ to %]"},
    Phrase{REJECT, "change", "refuse", "refused", "refusing", " a change[ that % asked for]"},
    Phrase{REJECT, "yield", "refuse", "refused", "refusing", " to give way[ to %]"},
    Phrase{REJECT, "meet", "say", "said", "saying", " no to a meeting[ with %]"},
    Phrase{REJECT, "", "turn", "turned", "turning", " down [%|a proposal]"},
    Phrase{THREATEN, "restrict", "threaten", "threatened", "threatening", "[ %] with restrictions"},
    Phrase{THREATEN, "arrest", "threaten", "threatened", "threatening", "[ %] with arrest"},
    Phrase{THREATEN, "relations", "threaten", "threatened", "threatening", " to cut ties[ with %]"},
    Phrase{THREATEN, "expel", "threaten", "threatened", "threatening", "[ %] with expulsion"},
    Phrase{THREATEN, "territory", "threaten", "threatened", "threatening", " to take territory[ of %]"},
    Phrase{THREATEN, "violence", "threaten", "threatened", "threatening", "[ %] with force"},
    Phrase{THREATEN, "", "warn", "warned", "warning", " [%|of consequences]"},
    Phrase{PROTEST, "demo", "demonstrate", "demonstrated", "demonstrating", "[ against %]"},
    Phrase{PROTEST, "riot", "riot", "rioted", "rioting", "[ against %]"},
    Phrase{PROTEST, "strike", "strike", "struck", "striking", "[ against %]"},
    Phrase{PROTEST, "hunger", "go", "went", "going", " on hunger strike[ against %]"},
    Phrase{PROTEST, "boycott", "boycott", "boycotted", "boycotting", " [%|]"},
    Phrase{PROTEST, "obstruct", "obstruct", "obstructed", "obstructing", " [%|the way]"},
    Phrase{PROTEST, "vandalize", "damage", "damaged", "damaging", " property[ of %]"},
    Phrase{PROTEST, "", "protest", "protested", "protesting", "[ against %]"},
    Phrase{SANCTION, "convict", "convict", "convicted", "convicting", " [%|someone]"},
    Phrase{SANCTION, "expel", "expel", "expelled", "expelling", " [%|someone]"},
    Phrase{SANCTION, "withdraw", "withdraw", "withdrew", "withdrawing", " from dealings[ with %]"},
    Phrase{SANCTION, "discontinue", "cut", "cut", "cutting", " ties or trade[ with %]"},
    Phrase{SANCTION, "", "impose", "imposed", "imposing", " sanctions[ on %]"},
    Phrase{MOBILIZE, "troops", "move", "moved", "moving", " troops[ against %]"},
    Phrase{MOBILIZE, "weapons", "ready", "readied", "readying", " weapons[ against %]"},
    Phrase{MOBILIZE, "police", "send", "sent", "sending", " police[ against %]"},
    Phrase{MOBILIZE, "militia", "raise", "raised", "raising", " militias[ against %]"},
    Phrase{MOBILIZE, "", "mobilise", "mobilised", "mobilising", " forces[ against %]"},
    Phrase{COERCE, "seize", "seize", "seized", "seizing", " property[ of %]"},
    Phrase{COERCE, "restrict", "restrict", "restricted", "restricting", " [%|freedoms]"},
    Phrase{COERCE, "censor", "censor", "censored", "censoring", " [%|the media]"},
    Phrase{COERCE, "curfew", "impose", "imposed", "imposing", " a curfew[ on %]"},
    Phrase{COERCE, "martial-law", "impose", "imposed", "imposing", " martial law[ on %]"},
    Phrase{COERCE, "arrest", "arrest", "arrested", "arresting", " [%|someone]"},
    Phrase{COERCE, "deport", "deport", "deported", "deporting", " [%|someone]"},
    Phrase{COERCE, "withhold", "withhold", "withheld", "withholding", " goods[ from %]"},
    Phrase{COERCE, "misinformation", "spread", "spread", "spreading", " false news[ against %]"},
    Phrase{COERCE, "cyber", "attack", "attacked", "attacking", " computers[ of %]"},
    Phrase{COERCE, "", "coerce", "coerced", "coercing", " [%|someone]"},
    Phrase{ASSAULT, "abduct", "abduct", "abducted", "abducting", " [%|someone]"},
    Phrase{ASSAULT, "beat", "beat", "beat", "beating", " [%|someone]"},
    Phrase{ASSAULT, "torture", "torture", "tortured", "torturing", " [%|someone]"},
    Phrase{ASSAULT, "sexual", "assault", "assaulted", "assaulting", " [%|someone] sexually"},
    Phrase{ASSAULT, "targeted", "kill", "killed", "killing", " [%|someone]"},
    Phrase{ASSAULT, "destroy", "destroy", "destroyed", "destroying", " property[ of %]"},
    Phrase{ASSAULT, "primitive", "attack", "attacked", "attacking", " [%|someone] with simple weapons"},
    Phrase{ASSAULT, "firearms", "fire", "fired", "firing", " on [%|someone]"},
    Phrase{ASSAULT, "explosives", "bomb", "bombed", "bombing", " [%|someone]"},
    Phrase{ASSAULT, "suicide-attack", "carry", "carried", "carrying", " out a suicide attack[ on %]"},
    Phrase{ASSAULT, "aerial", "attack", "attacked", "attacking", " [%|someone] from the air"},
    Phrase{ASSAULT, "drone", "attack", "attacked", "attacking", " [%|someone] with drones"},
    Phrase{ASSAULT, "heavy-weapons", "shell", "shelled", "shelling", " [%|someone]"},
    Phrase{ASSAULT, "crowd-control", "use", "used", "using", " force against [%|a crowd]"},
    Phrase{ASSAULT, "unconventional", "attack", "attacked", "attacking", " [%|someone] with banned weapons"},
    Phrase{ASSAULT, "", "attack", "attacked", "attacking", " [%|someone]"},
};

/// Where CAMEO says more of the act than type and mode do. Only codes of the act itself: what is planned or
/// threatened bears other codes, and falls back on its type.
struct CodedPhrase {
  string_view cameo;
  Phrase phrase;
};

constexpr std::array coded_phrases{
    CodedPhrase{"043", {CONSULT, "", "host", "hosted", "hosting", " [%|a guest]"}},
    CodedPhrase{"046", {CONSULT, "", "negotiate", "negotiated", "negotiating", "[ with %]"}},
    CodedPhrase{"051", {SUPPORT, "", "praise", "praised", "praising", " [%|someone]"}},
    CodedPhrase{"052", {SUPPORT, "", "defend", "defended", "defending", " [%|someone]"}},
    CodedPhrase{"054", {SUPPORT, "", "recognise", "recognised", "recognising", " [%|a state]"}},
    CodedPhrase{"055", {CONCEDE, "", "apologise", "apologised", "apologising", "[ to %]"}},
    CodedPhrase{"056", {CONCEDE, "", "pardon", "pardoned", "pardoning", " [%|someone]"}},
    CodedPhrase{"057", {SUPPORT, "", "sign", "signed", "signing", " an agreement[ with %]"}},
    CodedPhrase{"061", {COOPERATE, "", "trade", "traded", "trading", "[ with %]"}},
    CodedPhrase{"062", {COOPERATE, "", "cooperate", "cooperated", "cooperating", " militarily[ with %]"}},
    CodedPhrase{"064", {COOPERATE, "", "share", "shared", "sharing", " intelligence[ with %]"}},
    CodedPhrase{"072", {AID, "", "give", "gave", "giving", " military aid[ to %]"}},
    CodedPhrase{"074", {AID, "", "send", "sent", "sending", " peacekeepers[ to %]"}},
    CodedPhrase{"075", {AID, "", "give", "gave", "giving", " asylum or protection[ to %]"}},
    CodedPhrase{"085", {RETREAT, "", "ease", "eased", "easing", " sanctions[ on %]"}},
    CodedPhrase{"0871", {RETREAT, "", "declare", "declared", "declaring", " a ceasefire[ with %]"}},
    CodedPhrase{"0872", {RETREAT, "", "ease", "eased", "easing", " a blockade[ of %]"}},
    CodedPhrase{"115", {ACCUSE, "", "sue", "sued", "suing", " [%|someone]"}},
    CodedPhrase{"126", {REJECT, "", "refuse", "refused", "refusing", " mediation[ by %]"}},
    CodedPhrase{"127", {REJECT, "", "reject", "rejected", "rejecting", " a plan[ of %]"}},
    CodedPhrase{"129", {REJECT, "", "veto", "vetoed", "vetoing", " [%|a decision]"}},
    CodedPhrase{"150", {MOBILIZE, "", "show", "showed", "showing", " military force[ against %]"}},
    CodedPhrase{"152", {MOBILIZE, "", "raise", "raised", "raising", " the military alert[ against %]"}},
    CodedPhrase{"161", {SANCTION, "", "cut", "cut", "cutting", " diplomatic ties[ with %]"}},
    CodedPhrase{"162", {SANCTION, "", "cut", "cut", "cutting", " aid[ to %]"}},
    CodedPhrase{"163", {SANCTION, "", "impose", "imposed", "imposing", " sanctions[ on %]"}},
    CodedPhrase{"164", {REJECT, "", "break", "broke", "breaking", " off or put off talks[ with %]"}},
    CodedPhrase{"165", {REJECT, "", "stop", "stopped", "stopping", " mediating[ with %]"}},
    CodedPhrase{"191", {ASSAULT, "", "blockade", "blockaded", "blockading", " [%|territory]"}},
    CodedPhrase{"192", {ASSAULT, "", "occupy", "occupied", "occupying", " territory[ of %]"}},
    CodedPhrase{"196", {ASSAULT, "", "break", "broke", "breaking", " a ceasefire[ with %]"}},
};

const Phrase& phrase_of(const Event& event) {
  for (const CodedPhrase& coded : coded_phrases) {
    if (coded.cameo == event.cameo) return coded.phrase;
  }
  const Phrase* general = &phrases.front();
  for (const Phrase& phrase : phrases) {
    if (phrase.type != event.type) continue;
    if (phrase.mode == event.mode) return phrase;
    if (phrase.mode.empty()) general = &phrase;
  }
  return *general;
}

/// What stands before the verb, and which form of it follows.
struct Bend {
  std::string before;
  string_view Phrase::*form;
};

Bend bend_of(Status status, bool plural) {
  switch (status) {
    case Status::occurred:
      break;
    case Status::ongoing:
      return {plural ? "are " : "is ", &Phrase::gerund};
    case Status::planned:
      return {plural ? "are to " : "is to ", &Phrase::base};
    case Status::postponed:
    case Status::cancelled:
      return {plural ? "were to " : "was to ", &Phrase::base};
    case Status::threatened:
      return {plural ? "threaten to " : "threatens to ", &Phrase::base};
    case Status::denied:
      return {"did not ", &Phrase::base};
    case Status::hypothetical:
      return {"might ", &Phrase::base};
  }
  return {"", &Phrase::past};
}

void append_names(std::vector<Run>& sentence, const std::vector<std::string>& names) {
  for (Run& run : name_list(names)) sentence.push_back(std::move(run));
}

/// Writes `rest` with the recipients in it.
void append_rest(std::vector<Run>& sentence, string_view rest, const std::vector<std::string>& recipients) {
  const std::size_t open = rest.find('[');
  if (open == string_view::npos) {
    sentence.push_back({std::string(rest), Run::Kind::act});
    return;
  }
  const std::size_t close = rest.find(']', open);
  string_view inner = rest.substr(open + 1, close - open - 1);
  const std::size_t bar = inner.find('|');
  const string_view otherwise = bar == string_view::npos ? string_view() : inner.substr(bar + 1);
  inner = inner.substr(0, bar);
  sentence.push_back({std::string(rest.substr(0, open)), Run::Kind::act});
  if (recipients.empty()) {
    sentence.push_back({std::string(otherwise), Run::Kind::act});
  } else {
    const std::size_t hole = inner.find('%');
    sentence.push_back({std::string(inner.substr(0, hole)), Run::Kind::act});
    append_names(sentence, recipients);
    sentence.push_back({std::string(inner.substr(hole + 1)), Run::Kind::act});
  }
  sentence.push_back({std::string(rest.substr(close + 1)), Run::Kind::act});
}

}  // namespace

std::string capitalised(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

std::vector<Run> name_list(const std::vector<std::string>& names) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) runs.push_back({i + 1 == names.size() ? " and " : ", ", Run::Kind::plain});
    runs.push_back({names[i], Run::Kind::name});
  }
  return runs;
}

std::vector<Run> event_sentence(const Event& event, const std::vector<std::string>& actors,
                                const std::vector<std::string>& recipients, bool plural) {
  const Phrase& phrase = phrase_of(event);
  const Bend bend = bend_of(event.status, plural);
  std::vector<Run> sentence;
  if (actors.empty()) {
    sentence.push_back({"Someone unnamed", Run::Kind::plain});
  } else {
    append_names(sentence, actors);
    sentence.front().text = capitalised(sentence.front().text);
  }
  sentence.push_back({" " + bend.before + std::string(phrase.*bend.form), Run::Kind::act});
  append_rest(sentence, phrase.rest, recipients);
  std::erase_if(sentence, [](const Run& run) { return run.text.empty(); });
  while (sentence.back().text.ends_with(' ')) sentence.back().text.pop_back();  // "boycott [%]" of nobody
  return sentence;
}

std::string_view words_of(Status status) {
  switch (status) {
    case Status::occurred:
      return "happened";
    case Status::ongoing:
      return "under way";
    case Status::planned:
      return "planned";
    case Status::postponed:
      return "postponed";
    case Status::cancelled:
      return "called off";
    case Status::threatened:
      return "threatened";
    case Status::denied:
      return "denied";
    case Status::hypothetical:
      return "hypothetical";
  }
  return "";
}

std::string_view words_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::proposed:
      return "proposed";
    case PlanStatus::announced:
      return "announced";
    case PlanStatus::confirmed:
      return "confirmed";
    case PlanStatus::postponed:
      return "postponed";
    case PlanStatus::cancelled:
      return "called off";
    case PlanStatus::not_ruled_out:
      return "not ruled out";
    case PlanStatus::under_way:
      return "under way";
    case PlanStatus::held:
      return "held";
  }
  return "";
}

std::string_view mark_of(Status status) {
  switch (status) {
    case Status::occurred:
      return "●";
    case Status::ongoing:
      return "◐";
    case Status::planned:
      return "○";
    case Status::postponed:
      return "◷";
    case Status::cancelled:
      return "✕";
    case Status::threatened:
      return "!";
    case Status::denied:
      return "⊘";
    case Status::hypothetical:
      return "?";
  }
  return "";
}

std::string_view mark_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::proposed:
      return "◌";
    case PlanStatus::announced:
      return "○";
    case PlanStatus::confirmed:
      return "◎";
    case PlanStatus::postponed:
      return "◷";
    case PlanStatus::cancelled:
      return "✕";
    case PlanStatus::not_ruled_out:
      return "?";
    case PlanStatus::under_way:
      return "◐";
    case PlanStatus::held:
      return "●";
  }
  return "";
}

}  // namespace polybius
