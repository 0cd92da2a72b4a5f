// The brief as one HTML page.
#include <algorithm>

#include "brief/assets.h"
#include "brief/brief.h"
#include "brief/digest.h"
#include "brief/html.h"
#include "brief/html_article.h"
#include "brief/quotes.h"
#include "text/text.h"

namespace polybius {
namespace {

using std::string;

bool is_real(Status status) {
  return status == Status::occurred || status == Status::ongoing;
}

bool is_real(PlanStatus status) {
  return status == PlanStatus::held || status == PlanStatus::under_way;
}

template <typename AnyStatus>
string badge(AnyStatus status, std::string_view before = {}) {
  return "<span class=\"badge " + string(name_of(status)) + (is_real(status) ? " fact" : "") +
         "\"><span aria-hidden=\"true\">" + string(mark_of(status)) + "</span> " + string(before) +
         string(words_of(status)) + "</span>";
}

/// Letters and digits only, as codes of registries are.
bool plain_code(std::string_view code, std::string_view letters) {
  return !code.empty() && code.find_first_not_of(letters) == std::string_view::npos;
}

string code_links(const Actor& actor) {
  const Codes& codes = actor.entity->codes;
  string out;
  const auto add = [&](const string& html) { out += (out.empty() ? "" : " · ") + html; };
  for (const string& code : codes.cameo) add(html_escaped(code));
  if (!codes.plover_sector.empty()) add("sector " + html_escaped(codes.plover_sector));
  const bool told = std::find(codes.cameo.begin(), codes.cameo.end(), codes.iso3) != codes.cameo.end();
  if (!codes.iso3.empty() && !told) add(html_escaped(codes.iso3));
  if (plain_code(codes.wikidata, "Q0123456789")) {
    add("<a href=\"https://www.wikidata.org/wiki/" + codes.wikidata + "\" rel=\"noreferrer\">" +
        codes.wikidata + "</a>");
  } else if (!codes.wikidata.empty()) {
    add(html_escaped(codes.wikidata));
  }
  if (plain_code(codes.geonames, "0123456789")) {
    add("<a href=\"https://www.geonames.org/" + codes.geonames + "\" rel=\"noreferrer\">GeoNames " +
        codes.geonames + "</a>");
  } else if (!codes.geonames.empty()) {
    add(html_escaped(codes.geonames));
  }
  return out;
}

class Story {
 public:
  Story(const Record& record, std::size_t number)
      : record_(record), names_(record, number), text_(record.text), digest_(digest_of(record, text_)) {}

  string write();
  const Digest& digest() const {
    return digest_;
  }

 private:
  string section(std::string_view name, std::string_view title, std::string_view note,
                 const string& body) const;
  /// The opening tag of something found: the script links it by `id` with its places in the article.
  string found(std::string_view tag, std::string_view classes, std::string_view id) const;
  string heading() const;
  string article() const;
  string findings(const std::vector<Finding>& list) const;
  string finding(const Finding& finding) const;
  string to_text(std::uint32_t offset, std::string_view what) const;
  string voices() const;
  string said(const Said& said) const;
  string plans() const;
  string plan(const PlanStory& story) const;
  string actors() const;
  string rest() const;

  const Record& record_;
  PartNames names_;
  Text text_;
  Digest digest_;
};

string Story::section(std::string_view name, std::string_view title, std::string_view note,
                      const string& body) const {
  if (body.empty()) return "";
  const string id = names_.prefix() + string(name);
  string out = "<section class=\"" + string(name) + "\" aria-labelledby=\"" + id + "\">\n<h3 id=\"" + id +
               "\">" + string(title) + "</h3>\n";
  if (!note.empty()) out += "<p class=\"note\">" + string(note) + "</p>\n";
  return out + body + "</section>\n";
}

string Story::found(std::string_view tag, std::string_view classes, std::string_view id) const {
  string out = "<";
  out.append(tag).append(" class=\"found");
  if (!classes.empty()) out.append(" ").append(classes);
  out.append("\" id=\"").append(names_.prefix()).append(id);
  out.append("\" data-ids=\"").append(id).append("\">");
  return out;
}

string Story::heading() const {
  string out = "<header>\n<h2 id=\"" + names_.prefix() + "title\">" + html_escaped(digest_.title) + "</h2>\n";
  out += "<p class=\"source\">" + html_escaped(digest_.source) +
         "</p>\n<ul class=\"glance\" aria-label=\"At a glance\">";
  for (const string& part : digest_.at_a_glance) out += "<li>" + html_escaped(part) + "</li>";
  return out + "</ul>\n</header>\n";
}

string Story::article() const {
  constexpr std::pair<std::string_view, std::string_view> shown[] = {
      {"ev", "events"}, {"st", "statements"}, {"pl", "plans"}, {"en", "names"}, {"ti", "times"}};
  string out = "<section class=\"text\" aria-labelledby=\"" + names_.prefix() + "text\">\n<h3 id=\"" +
               names_.prefix() + "text\">The article</h3>\n";
  out += "<fieldset class=\"legend\"><legend class=\"hidden\">Marked in the article</legend>";
  for (const auto& [value, label] : shown) {
    out += "<label><input type=\"checkbox\" value=\"" + string(value) + "\" checked> <span class=\"" +
           string(value) + (value == "ev" ? " occurred" : "") + "\">" + string(label) + "</span></label>";
  }
  return out + "</fieldset>\n<div class=\"prose\" lang=\"en\">\n" + article_html(record_, text_, names_) +
         "</div>\n</section>\n";
}

string Story::to_text(std::uint32_t offset, std::string_view what) const {
  return " <a class=\"to\" href=\"#" + names_.place(offset) +
         "\">in the text<span class=\"hidden\">: " + html_escaped(what) + "</span></a>";
}

string Story::finding(const Finding& finding) const {
  const Event& first = *finding.events.front();
  string ids;
  string anchors;
  for (const Event* event : finding.events) {
    ids += (ids.empty() ? "" : " ") + names_.of(*event);
    if (event != &first) anchors += "<span id=\"" + names_.prefix() + names_.of(*event) + "\"></span>";
  }
  string sentences;
  for (const Quote& quote : finding.quotes)
    sentences += (sentences.empty() ? "" : " ") + std::to_string(quote.sentence);
  string plain;
  for (const Run& run : finding.sentence) plain += run.text;
  string out = "<li class=\"found finding " + string(name_of(first.status)) +
               (finding.unsure ? " unsure" : "") + "\" id=\"" + names_.prefix() + names_.of(first) +
               "\" data-ids=\"" + ids + "\" data-sentences=\"" + sentences + "\">" + anchors;
  out += "<p class=\"claim short\">" + badge(first.status) +
         (finding.unsure ? "<span class=\"who\">perhaps: </span>" : "") + html_runs(finding.sentence);
  if (finding.told) out += "<span class=\"who\">, " + html_escaped(finding.attribution) + "</span>";
  out += "</p>";
  std::vector<string> when;
  if (!finding.time.empty()) when.push_back(finding.time);
  if (!finding.place.empty()) when.push_back(finding.place);
  if (!when.empty()) out += "<p class=\"when\">" + html_escaped(joined(when)) + "</p>";
  for (std::size_t i = 0; i < finding.quotes.size(); ++i) {
    out += "<blockquote>" + html_runs(finding.quotes[i].runs);
    if (i == 0 && !first.trigger.empty()) out += to_text(first.trigger.front().begin, plain);
    out += "</blockquote>";
  }
  out += "<p class=\"why\">" + html_escaped(finding.codes);
  if (!finding.why.empty()) out += " · " + html_escaped(finding.why);
  return out + "</p></li>\n";
}

string Story::findings(const std::vector<Finding>& list) const {
  if (list.empty()) return "";
  string out = "<ol class=\"list\">\n";
  for (const Finding& found : list) out += finding(found);
  return out + "</ol>\n";
}

string Story::said(const Said& said) const {
  const Statement& statement = *said.statement;
  string cue = said.speaker.empty() ? "" : "<b>" + html_escaped(said.speaker) + "</b> ";
  cue += said.cue.empty() ? string(name_of(statement.kind)) : html_escaped(said.cue);
  if (!said.addressee.empty()) cue += " to " + html_escaped(said.addressee);
  if (!said.time.empty()) cue += " · " + html_escaped(said.time);
  const string id = names_.of(statement);
  string out = "<li class=\"found said " + string(name_of(statement.kind)) + "\" id=\"" + names_.prefix() +
               id + "\" data-ids=\"" + id + "\">";
  out += "<p>" + cue;
  if (!statement.content.empty()) out += to_text(statement.content.front().begin, said.content);
  out += "</p><blockquote class=\"short\">" + html_escaped(said.content) + "</blockquote>";
  if (!said.inner.empty()) {
    out += "<ol>";
    for (const Said& inner : said.inner) out += this->said(inner);
    out += "</ol>";
  }
  return out + "</li>\n";
}

string Story::voices() const {
  string out;
  for (const Voice& voice : digest_.voices) {
    out += "<div class=\"voice\"><h4>" +
           (voice.name.empty() ? "Speaker not named" : html_escaped(capitalised(voice.name)));
    if (!voice.role.empty()) out += " <span>" + html_escaped(voice.role) + "</span>";
    out += "</h4>\n<ol>\n";
    for (const Said& statement : voice.said) out += said(statement);
    out += "</ol>";
    for (const string& by : voice.quoted_by)
      out += "<p class=\"note\">quoted by " + html_escaped(by) + "</p>";
    out += "</div>\n";
  }
  return out;
}

string Story::plan(const PlanStory& story) const {
  string out = "<div class=\"plan\"><h4>" + html_escaped(story.what);
  if (!story.lines.empty()) out += " " + badge(story.lines.back().step->status, "now: ");
  out += "</h4>";
  std::vector<string> about;
  if (!story.parties.empty()) about.push_back(story.parties);
  if (!story.place.empty()) about.push_back(story.place);
  if (!story.when.empty()) about.push_back("planned for " + story.when);
  if (!about.empty()) out += "<p>" + html_escaped(joined(about)) + "</p>";
  out += "\n<ol class=\"timeline\">\n";
  for (const PlanLine& line : story.lines) {
    const string id = names_.of(*story.plan, *line.step);
    const string status(name_of(line.step->status));
    out += found("li", "step " + status, id);
    out += "<span class=\"dot\" aria-hidden=\"true\">" + string(mark_of(line.step->status)) +
           "</span><p class=\"short\"><time>" +
           (line.time.empty() ? string("date not known") : html_escaped(line.time)) +
           "</time> <span class=\"badge open\">" + string(words_of(line.step->status)) + "</span>";
    if (!line.teller.empty()) out += "<span class=\"who\">says " + html_escaped(line.teller) + "</span>";
    out += "</p><blockquote>" + html_runs(line.evidence) +
           to_text(line.step->evidence.begin, story.what + " " + string(words_of(line.step->status))) +
           "</blockquote></li>\n";
  }
  return out + "</ol></div>\n";
}

string Story::plans() const {
  string out;
  for (const PlanStory& story : digest_.plans) out += plan(story);
  return out;
}

string Story::actors() const {
  if (digest_.actors.empty()) return "";
  string out =
      "<table><thead><tr><th scope=\"col\">name</th><th scope=\"col\">kind and role</th><th "
      "scope=\"col\">codes</th>"
      "<th scope=\"col\">mentions</th></tr></thead>\n<tbody>\n";
  for (const Actor& actor : digest_.actors) {
    const Entity& entity = *actor.entity;
    const string id = names_.of(entity);
    out += found("tr", "", id);
    out += "<th scope=\"row\"><span class=\"short\">" + html_escaped(one_line(entity.name)) + "</span>";
    if (!entity.mentions.empty()) out += to_text(entity.mentions.front().span.begin, entity.name);
    out += "</th><td>" + actor.kind + (actor.role.empty() ? "" : " · " + html_escaped(actor.role)) +
           "</td><td class=\"codes\">" + code_links(actor) + "</td><td class=\"count\">" +
           std::to_string(entity.mentions.size()) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

string Story::rest() const {
  if (record_.warnings.empty() && record_.removed.empty()) return "";
  string out = "<ul class=\"list\">\n";
  for (const Warning& warning : record_.warnings) {
    const string id = names_.of(warning);
    out += found("li", "fault", id);
    out += "<span class=\"short\">" + html_escaped(warning.message) + "</span> <span class=\"why\">" +
           html_escaped(warning.code) + "</span>";
    if (warning.placed) out += to_text(warning.begin, warning.message);
    out += "</li>\n";
  }
  for (const Removed& removed : record_.removed)
    out += "<li>left out (" + html_escaped(removed.why) + "): <del>" + html_escaped(one_line(removed.text)) +
           "</del></li>\n";
  return out + "</ul>\n";
}

string Story::write() {
  string out = "<article class=\"story\" id=\"" + names_.prefix() + "story\" aria-labelledby=\"" +
               names_.prefix() + "title\">\n" + heading();
  out += "<div class=\"columns\">\n" + article() + "<div class=\"findings\">\n";
  out += section("happened", "What happened", "", findings(digest_.happened));
  out += section("told", "What others say happened", "Told by the persons named, not by the article itself.",
                 findings(digest_.told));
  out +=
      section("unreal", "What did not happen, or not yet",
              "Planned, put off, called off, threatened, denied or only supposed.", findings(digest_.unreal));
  out += section("said-by", "Who said what", "Their words, not facts.", voices());
  out += section("plans", "Plans and what became of them", "", plans());
  out += section("actors", "Who is who", "", actors());
  out += section("rest", "What looked wrong, and what was left out", "", rest());
  return out + "<footer>" + html_escaped(digest_.coder) + "</footer>\n</div>\n</div>\n</article>\n";
}

string navigation(const std::vector<Story>& stories) {
  if (stories.size() < 2) return "";
  string out = "<nav class=\"articles\" aria-labelledby=\"articles\"><h2 id=\"articles\">" +
               std::to_string(stories.size()) + " articles</h2>\n<ol>\n";
  for (std::size_t i = 0; i < stories.size(); ++i) {
    const Digest& digest = stories[i].digest();
    out += "<li><a href=\"#a" + std::to_string(i + 1) + "-story\">" + html_escaped(digest.title) +
           "</a><small>" + html_escaped(digest.source) + "</small></li>\n";
  }
  return out + "</ol></nav>\n";
}

string page_head(const string& title) {
  string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" +
         string(brief_css_sha256) + "'; script-src 'sha256-" + string(brief_js_sha256) +
         "'; base-uri 'none'; form-action 'none'\">\n";
  out +=
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n";
  out += "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + html_escaped(title) + "</title>\n";
  return out + "<style>" + string(brief_css) +
         "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the articles</a>\n";
}

}  // namespace

std::string brief_html(std::span<const Record> records) {
  std::vector<Story> stories;
  stories.reserve(records.size());  // a story's digest points into its own members
  for (const Record& record : records) stories.emplace_back(record, stories.size() + 1);
  const string count = std::to_string(stories.size()) + (stories.size() == 1 ? " article" : " articles");
  string out =
      page_head(stories.size() == 1 ? stories.front().digest().title + " – brief" : "Brief of " + count);
  out += "<div class=\"page\">\n<header class=\"masthead\"><h1>Polybius brief</h1><p>" + count +
         ": who did what to whom, who said what, what became of plans</p></header>\n";
  out += navigation(stories) + "<main id=\"main\">\n";
  for (Story& story : stories) out += story.write();
  out += "</main>\n</div>\n<p id=\"status\" class=\"hidden\" role=\"status\"></p>\n";
  out +=
      "<aside class=\"sheet\" aria-label=\"What stands here\" hidden><ul></ul><button type=\"button\" "
      "aria-label=\"Close\">×</button></aside>\n";
  return out + "<script>" + string(brief_js) + "</script>\n</body>\n</html>\n";
}

}  // namespace polybius
