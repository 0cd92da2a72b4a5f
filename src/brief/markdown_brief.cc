// The brief as Markdown.
#include "brief/brief.h"
#include "brief/digest.h"
#include "brief/quotes.h"
#include "text/text.h"

namespace polybius {
namespace {

/// Text of the record, so that none of it acts as Markdown or HTML.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : one_line(text)) {
    if (std::string_view("\\`*_[]<>&#~|!").find(letter) != std::string_view::npos) out += '\\';
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) continue;
    out += letter;
  }
  return out;
}

std::string set_off(const std::vector<Run>& runs) {
  std::string out;
  for (const Run& run : runs) {
    const bool strong = run.kind == Run::Kind::name || run.kind == Run::Kind::hit;
    // Blanks at the ends stay outside and inside alike: escaped() would take them away.
    const bool before = run.text.starts_with(' ');
    const bool after = run.text.size() > 1 && run.text.ends_with(' ');
    const std::string words = escaped(run.text);
    out += before ? " " : "";
    if (!words.empty()) out += strong ? "**" + words + "**" : words;
    out += after ? " " : "";
  }
  return out;
}

class MarkdownBrief {
 public:
  explicit MarkdownBrief(const Record& record)
      : record_(record), text_(record.text), digest_(digest_of(record, text_)) {}

  std::string make() {
    out_ = "# " + escaped(digest_.title) + "\n\n" + escaped(digest_.source) + "\n\n" +
           escaped(joined(digest_.at_a_glance)) + "\n";
    set_findings("What happened", "", digest_.happened);
    set_findings("What others say happened", "Told by the persons named, not by the article itself.",
                 digest_.told);
    set_findings("What did not happen, or not yet",
                 "Planned, put off, called off, threatened, denied or only supposed.", digest_.unreal);
    set_voices();
    set_plans();
    set_actors();
    set_rest();
    return std::move(out_);
  }

 private:
  void heading(std::string_view title, std::string_view note) {
    out_ += "\n## " + std::string(title) + "\n\n";
    if (!note.empty()) out_ += "_" + std::string(note) + "_\n\n";
  }
  void set_findings(std::string_view title, std::string_view note, const std::vector<Finding>& findings);
  void set_voices();
  void set_said(const Said& said, const std::string& margin);
  void set_plans();
  void set_actors();
  void set_rest();

  const Record& record_;
  Text text_;
  Digest digest_;
  std::string out_;
};

void MarkdownBrief::set_findings(std::string_view title, std::string_view note,
                                 const std::vector<Finding>& findings) {
  if (findings.empty()) return;
  heading(title, note);
  for (const Finding& finding : findings) {
    const Event& event = *finding.events.front();
    out_ += "- ";
    if (event.status != Status::occurred) out_ += "`" + std::string(words_of(event.status)) + "` ";
    out_ += (finding.unsure ? "Perhaps: " : "") + set_off(finding.sentence);
    if (finding.told) out_ += ", _" + escaped(finding.attribution) + "_";
    if (!finding.time.empty()) out_ += " · " + escaped(finding.time);
    if (!finding.place.empty()) out_ += " · " + escaped(finding.place);
    out_ += "\n";
    for (const Quote& quote : finding.quotes) out_ += "  > " + set_off(quote.runs) + "\n\n";
    out_ += "  " + escaped(finding.codes) + " · " + escaped(finding.why) + "\n";
  }
}

void MarkdownBrief::set_voices() {
  if (digest_.voices.empty()) return;
  heading("Who said what", "Their words, not facts.");
  for (const Voice& voice : digest_.voices) {
    out_ += "- **" + (voice.name.empty() ? "Speaker not named" : escaped(capitalised(voice.name))) + "**";
    if (!voice.role.empty()) out_ += ", " + escaped(voice.role);
    out_ += "\n";
    for (const Said& said : voice.said) set_said(said, "  ");
    for (const std::string& by : voice.quoted_by) out_ += "  - quoted by " + escaped(by) + "\n";
  }
}

void MarkdownBrief::set_said(const Said& said, const std::string& margin) {
  out_ += margin + "- ";
  if (!said.speaker.empty()) out_ += "**" + escaped(said.speaker) + "** ";
  out_ += said.cue.empty() ? std::string(name_of(said.statement->kind)) : escaped(said.cue);
  if (!said.addressee.empty()) out_ += " to " + escaped(said.addressee);
  if (!said.time.empty()) out_ += " (" + escaped(said.time) + ")";
  out_ += ": _" + escaped(said.content) + "_\n";
  for (const Said& inner : said.inner) set_said(inner, margin + "  ");
}

void MarkdownBrief::set_plans() {
  if (digest_.plans.empty()) return;
  heading("Plans and what became of them", "");
  for (const PlanStory& story : digest_.plans) {
    out_ += "- **" + escaped(story.what) + "**";
    if (!story.parties.empty()) out_ += " · " + escaped(story.parties);
    if (!story.place.empty()) out_ += " · " + escaped(story.place);
    if (!story.when.empty()) out_ += " · planned for " + escaped(story.when);
    out_ += "\n";
    for (const PlanLine& line : story.lines) {
      out_ += "  - `" + std::string(words_of(line.step->status)) + "` ";
      out_ += line.time.empty() ? "date not known" : escaped(line.time);
      if (!line.teller.empty()) out_ += ", _says " + escaped(line.teller) + "_";
      out_ += "\n    > " + set_off(line.evidence) + "\n";
    }
  }
}

void MarkdownBrief::set_actors() {
  if (digest_.actors.empty()) return;
  heading("Who is who", "");
  out_ += "| name | kind | role | codes | mentions |\n| --- | --- | --- | --- | ---: |\n";
  for (const Actor& actor : digest_.actors) {
    out_ += "| " + escaped(actor.entity->name) + " | " + actor.kind + " | " + escaped(actor.role) + " | " +
            escaped(actor.codes) + " | " + std::to_string(actor.entity->mentions.size()) + " |\n";
  }
}

void MarkdownBrief::set_rest() {
  if (!record_.warnings.empty() || !record_.removed.empty())
    heading("What looked wrong, and what was left out", "");
  for (const Warning& warning : record_.warnings)
    out_ += "- " + escaped(warning.message) + " (" + escaped(warning.code) + ")\n";
  for (const Removed& removed : record_.removed)
    out_ += "- left out (" + escaped(removed.why) + "): " + escaped(removed.text) + "\n";
  out_ += "\n" + escaped(digest_.coder) + "\n";
}

}  // namespace

std::string brief_markdown(const Record& record) {
  return MarkdownBrief(record).make();
}

}  // namespace polybius
