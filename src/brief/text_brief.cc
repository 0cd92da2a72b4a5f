// The brief on a terminal.
#include "brief/brief.h"
#include "brief/digest.h"
#include "brief/quotes.h"
#include "brief/terminal.h"
#include "text/text.h"

namespace polybius {
namespace {

using Pieces = std::vector<Piece>;

constexpr std::size_t quotes_shown = 2;

Look look_of(Status status) {
  switch (status) {
    case Status::occurred:
      return Look::fact;
    case Status::ongoing:
      return Look::under_way;
    case Status::planned:
      return Look::planned;
    case Status::postponed:
      return Look::put_off;
    case Status::threatened:
      return Look::warning;
    case Status::cancelled:
    case Status::denied:
      return Look::undone;
    case Status::hypothetical:
      return Look::dim;
  }
  return Look::plain;
}

Look look_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::held:
      return Look::fact;
    case PlanStatus::under_way:
      return Look::under_way;
    case PlanStatus::proposed:
    case PlanStatus::announced:
    case PlanStatus::confirmed:
      return Look::planned;
    case PlanStatus::postponed:
      return Look::put_off;
    case PlanStatus::cancelled:
      return Look::undone;
    case PlanStatus::not_ruled_out:
      return Look::dim;
  }
  return Look::plain;
}

std::string upper(std::string_view words) {
  std::string out(words);
  for (char& letter : out) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return out;
}

void append(Pieces& pieces, const std::vector<Run>& runs, Look look) {
  for (const Run& run : runs) {
    const bool set_off = run.kind == Run::Kind::name || run.kind == Run::Kind::hit;
    pieces.push_back({run.text, set_off ? Look::strong : look});
  }
}

class TextBrief {
 public:
  TextBrief(const Record& record, const BriefStyle& style)
      : record_(record),
        text_(record.text),
        digest_(digest_of(record, text_)),
        page_(style.width, style.colour) {}

  std::string make() {
    set_heading();
    set_findings("What happened", "", digest_.happened);
    set_findings("What others say happened", "told by the persons named, not by the article itself",
                 digest_.told);
    set_findings("What did not happen, or not yet",
                 "planned, put off, called off, threatened, denied or only supposed", digest_.unreal);
    set_voices();
    set_plans();
    set_actors();
    set_rest();
    return page_.text();
  }

 private:
  void set_heading();
  void heading(std::string_view title, std::string_view note);
  void set_findings(std::string_view title, std::string_view note, const std::vector<Finding>& findings);
  void set_finding(const Finding& finding);
  void set_plans();
  void set_voices();
  void set_said(const Said& said, const std::string& margin);
  void set_actors();
  void set_rest();
  void dim_line(const std::string& line, const std::string& margin) {
    if (!line.empty()) page_.paragraph({{line, Look::dim}}, {margin}, margin);
  }

  const Record& record_;
  Text text_;
  Digest digest_;
  TerminalPage page_;
};

void TextBrief::set_heading() {
  page_.rule();
  page_.paragraph({{digest_.title, Look::strong}});
  page_.paragraph({{digest_.source, Look::dim}});
  page_.paragraph({{joined(digest_.at_a_glance)}});
  page_.rule();
}

void TextBrief::heading(std::string_view title, std::string_view note) {
  page_.blank_line();
  Pieces pieces{{upper(title), Look::heading}};
  if (!note.empty()) pieces.push_back({" – " + std::string(note), Look::dim});
  page_.paragraph(pieces);
}

void TextBrief::set_findings(std::string_view title, std::string_view note,
                             const std::vector<Finding>& findings) {
  if (findings.empty()) return;
  heading(title, note);
  for (const Finding& finding : findings) {
    page_.blank_line();
    set_finding(finding);
  }
}

void TextBrief::set_finding(const Finding& finding) {
  const Event& event = *finding.events.front();
  const Look look = look_of(event.status);
  const std::string margin = "    ";
  Pieces pieces;
  if (event.status != Status::occurred) pieces.push_back({"[" + upper(words_of(event.status)) + "] ", look});
  if (finding.unsure) pieces.push_back({"Perhaps: ", Look::dim});
  append(pieces, finding.sentence, Look::plain);
  if (finding.told) pieces.push_back({", " + finding.attribution, Look::speech});
  if (!finding.time.empty()) pieces.push_back({" · " + finding.time});
  if (!finding.place.empty()) pieces.push_back({" · " + finding.place});
  page_.paragraph(pieces, {"  " + std::string(mark_of(event.status)) + " ", look}, margin);
  for (std::size_t i = 0; i < finding.quotes.size() && i < quotes_shown; ++i) {
    Pieces quote;
    append(quote, finding.quotes[i].runs, Look::plain);
    page_.paragraph(quote, {margin + "│ ", Look::dim}, margin + "│ ");
  }
  if (finding.quotes.size() > quotes_shown)
    dim_line("and in " + std::to_string(finding.quotes.size() - quotes_shown) + " more places", margin);
  dim_line(finding.codes + " · " + finding.why, margin);
}

void TextBrief::set_plans() {
  if (digest_.plans.empty()) return;
  heading("Plans and what became of them", "");
  for (const PlanStory& story : digest_.plans) {
    page_.blank_line();
    Pieces pieces{{story.what, Look::strong}};
    if (!story.parties.empty()) pieces.push_back({" · " + story.parties});
    if (!story.place.empty()) pieces.push_back({" · " + story.place});
    if (!story.when.empty()) pieces.push_back({" · planned for " + story.when});
    page_.paragraph(pieces, {"  "}, "  ");
    for (const PlanLine& line : story.lines) {
      const PlanStatus status = line.step->status;
      Pieces step{{upper(words_of(status)), look_of(status)},
                  {" · " + (line.time.empty() ? "date not known" : line.time)}};
      if (!line.teller.empty()) step.push_back({", says " + line.teller, Look::speech});
      page_.paragraph(step, {"  " + std::string(mark_of(status)) + " ", look_of(status)}, "    ");
      Pieces evidence;
      append(evidence, line.evidence, Look::plain);
      page_.paragraph(evidence, {"    │ ", Look::dim}, "    │ ");
    }
  }
}

void TextBrief::set_voices() {
  if (digest_.voices.empty()) return;
  heading("Who said what", "their words, not facts");
  for (const Voice& voice : digest_.voices) {
    page_.blank_line();
    Pieces name{{voice.name.empty() ? "Speaker not named" : capitalised(voice.name), Look::strong}};
    if (!voice.role.empty()) name.push_back({" · " + voice.role, Look::dim});
    page_.paragraph(name, {"  "}, "  ");
    for (const Said& said : voice.said) set_said(said, "    ");
    for (const std::string& by : voice.quoted_by) dim_line("quoted by " + by, "    ");
  }
}

void TextBrief::set_said(const Said& said, const std::string& margin) {
  const StatementKind kind = said.statement->kind;
  const bool quoted = kind == StatementKind::direct || kind == StatementKind::mixed;
  Pieces pieces;
  if (!said.speaker.empty()) pieces.push_back({said.speaker + " ", Look::strong});
  if (!said.cue.empty()) pieces.push_back({said.cue, Look::dim});
  if (!said.addressee.empty()) pieces.push_back({" to " + said.addressee, Look::dim});
  if (!said.time.empty()) pieces.push_back({" (" + said.time + ")", Look::dim});
  if (pieces.empty())
    pieces.push_back({quoted ? "in quotation marks" : std::string(name_of(kind)), Look::dim});
  pieces.push_back({": ", Look::dim});
  pieces.push_back({said.content, Look::speech});
  page_.paragraph(pieces, {margin + (quoted ? "» " : "› "), Look::dim}, margin + "  ");
  for (const Said& inner : said.inner) set_said(inner, margin + "  ");
}

void TextBrief::set_actors() {
  if (digest_.actors.empty()) return;
  heading("Who is who", "");
  page_.blank_line();
  for (const Actor& actor : digest_.actors) {
    Pieces pieces{{one_line(actor.entity->name), Look::strong}, {" · " + actor.kind, Look::dim}};
    if (!actor.role.empty()) pieces.push_back({" · " + actor.role});
    if (!actor.codes.empty()) pieces.push_back({" · " + actor.codes, Look::dim});
    pieces.push_back({" · " + std::to_string(actor.entity->mentions.size()) + "×", Look::dim});
    page_.paragraph(pieces, {"  "}, "      ");
  }
}

void TextBrief::set_rest() {
  if (!record_.warnings.empty() || !record_.removed.empty())
    heading("What looked wrong, and what was left out", "");
  for (const Warning& warning : record_.warnings)
    page_.paragraph({{one_line(warning.message)}, {" (" + one_line(warning.code) + ")", Look::dim}},
                    {"  ! ", Look::warning}, "    ");
  for (const Removed& removed : record_.removed) {
    std::string shown;
    const Text text(removed.text);
    for (const Run& run : quote_of(text, {0, text.size()}, {}, 100)) shown += run.text;
    page_.paragraph({{"left out (" + one_line(removed.why) + "): ", Look::dim}, {shown, Look::dim}},
                    {"  - ", Look::dim}, "    ");
  }
  page_.blank_line();
  dim_line(digest_.coder, "");
}

}  // namespace

std::string brief_text(const Record& record, const BriefStyle& style) {
  return TextBrief(record, style).make();
}

}  // namespace polybius
