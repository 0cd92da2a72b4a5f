// Cuts the text at every place where something begins or ends, and says of each piece what it belongs to.
#include "brief/html_article.h"

#include <algorithm>
#include <vector>

namespace polybius {
namespace {

/// Something found in the text. A lower rank is more telling: it decides where a link leads.
struct Mark {
  Span span;
  int rank = 0;
  std::string id;
  std::string classes;
  bool starts = false;  ///< whether it is the first place of its thing, where the link stands
  std::string title;
};

bool is_real(Status status) {
  return status == Status::occurred || status == Status::ongoing;
}

class ArticleWriter {
 public:
  ArticleWriter(const Record& record, const Text& text, const PartNames& names)
      : record_(record), text_(text), names_(names) {}

  std::string write();

 private:
  void collect();
  void collect_statement(const Statement& statement);
  void add(Span span, int rank, const std::string& id, const std::string& classes, bool starts,
           const std::string& title = {});
  void add_boundaries();
  void write_piece(Span piece);
  void enter(Span piece);
  void leave_sentence();
  void leave_paragraph();
  std::size_t sentence_at(std::uint32_t offset) const;

  const Record& record_;
  const Text& text_;
  const PartNames& names_;
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> boundaries_;
  std::vector<const Mark*> active_;
  std::string out_;
  bool in_paragraph_ = false;
  std::size_t sentence_ = std::string::npos;
};

void ArticleWriter::add(Span span, int rank, const std::string& id, const std::string& classes, bool starts,
                        const std::string& title) {
  span.end = std::min(span.end, text_.size());
  if (span.begin < span.end) marks_.push_back({span, rank, id, classes, starts, title});
}

void ArticleWriter::collect_statement(const Statement& statement) {
  const std::string id = names_.of(statement);
  for (const Span& piece : statement.content) add(piece, 3, id, "st", &piece == statement.content.data());
  for (const Span& piece : statement.cue) add(piece, 3, id, "", false);
  if (statement.speaker && statement.speaker->span) add(*statement.speaker->span, 5, id, "", false);
}

void ArticleWriter::collect() {
  for (const Event& event : record_.events) {
    const std::string classes =
        "ev " + std::string(name_of(event.status)) + (is_real(event.status) ? "" : " unreal");
    for (const Span& piece : event.trigger)
      add(piece, 1, names_.of(event), classes, &piece == event.trigger.data());
  }
  for (const Plan& plan : record_.plans) {
    for (const PlanStep& step : plan.history) add(step.evidence, 2, names_.of(plan, step), "pl", true);
  }
  for (const Statement& statement : record_.statements) collect_statement(statement);
  for (const Entity& entity : record_.entities) {
    for (const Mention& mention : entity.mentions)
      add(mention.span, 4, names_.of(entity), "en", &mention == entity.mentions.data(), entity.name);
  }
  for (const Time& time : record_.times) add(time.span, 6, "", "ti", false, time.value);
  for (const Warning& warning : record_.warnings) {
    if (warning.placed) add({warning.begin, warning.end}, 0, names_.of(warning), "wa", true, warning.message);
  }
  std::stable_sort(marks_.begin(), marks_.end(),
                   [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
}

void ArticleWriter::add_boundaries() {
  boundaries_ = {0, text_.size()};
  for (const Mark& mark : marks_) {
    boundaries_.push_back(mark.span.begin);
    boundaries_.push_back(mark.span.end);
  }
  for (const Span sentence : record_.sentences) {
    boundaries_.push_back(std::min(sentence.begin, text_.size()));
    boundaries_.push_back(std::min(sentence.end, text_.size()));
  }
  for (std::uint32_t at = 0; at < text_.size(); ++at) {
    if (text_.at(at) != '\n') continue;
    boundaries_.push_back(at);
    boundaries_.push_back(at + 1);
  }
  std::sort(boundaries_.begin(), boundaries_.end());
  boundaries_.erase(std::unique(boundaries_.begin(), boundaries_.end()), boundaries_.end());
}

std::size_t ArticleWriter::sentence_at(std::uint32_t offset) const {
  const auto after = std::upper_bound(record_.sentences.begin(), record_.sentences.end(), offset,
                                      [](std::uint32_t at, Span sentence) { return at < sentence.begin; });
  if (after == record_.sentences.begin()) return std::string::npos;
  const auto index = static_cast<std::size_t>(after - record_.sentences.begin()) - 1;
  return offset < record_.sentences[index].end ? index : std::string::npos;
}

void ArticleWriter::leave_sentence() {
  if (sentence_ != std::string::npos) out_ += "</span>";
  sentence_ = std::string::npos;
}

void ArticleWriter::leave_paragraph() {
  leave_sentence();
  if (in_paragraph_) out_ += "</p>\n";
  in_paragraph_ = false;
}

/// Opens the paragraph and the sentence in which a piece stands.
void ArticleWriter::enter(Span piece) {
  if (!in_paragraph_) out_ += "<p>";
  in_paragraph_ = true;
  const std::size_t sentence = sentence_at(piece.begin);
  if (sentence == sentence_) return;
  leave_sentence();
  sentence_ = sentence;
  if (sentence != std::string::npos) out_ += "<span data-sentence=\"" + std::to_string(sentence) + "\">";
}

void ArticleWriter::write_piece(Span piece) {
  const std::string text = html_escaped(text_.slice(piece));
  std::string ids;
  std::string classes = "m";
  std::string title;
  const Mark* link = nullptr;
  bool starts = false;
  for (const Mark* mark : active_) {
    if (!mark->id.empty()) ids += (ids.empty() ? "" : " ") + mark->id;
    if (!mark->classes.empty()) classes += " " + mark->classes;
    if (!mark->title.empty()) title += (title.empty() ? "" : " · ") + mark->title;
    starts = starts || mark->span.begin == piece.begin;
    if (mark->starts && mark->span.begin == piece.begin && (!link || mark->rank < link->rank)) link = mark;
  }
  if (active_.empty()) {
    out_ += text;
    return;
  }
  out_ += link ? "<a href=\"#" + names_.prefix() + link->id + "\"" : std::string("<span");
  if (starts) out_ += " id=\"" + names_.place(piece.begin) + "\"";
  out_ += " class=\"" + classes + "\"";
  if (!ids.empty()) out_ += " data-ids=\"" + ids + "\"";
  if (!title.empty()) out_ += " title=\"" + html_escaped(title) + "\"";
  out_ += ">" + text + (link ? "</a>" : "</span>");
}

std::string ArticleWriter::write() {
  collect();
  add_boundaries();
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < boundaries_.size(); ++i) {
    const Span piece{boundaries_[i], boundaries_[i + 1]};
    std::erase_if(active_, [&](const Mark* mark) { return mark->span.end <= piece.begin; });
    for (; next < marks_.size() && marks_[next].span.begin <= piece.begin; ++next)
      active_.push_back(&marks_[next]);
    if (text_.at(piece.begin) == '\n') {
      leave_paragraph();
    } else {
      enter(piece);
      write_piece(piece);
    }
  }
  leave_paragraph();
  return std::move(out_);
}

}  // namespace

std::string article_html(const Record& record, const Text& text, const PartNames& names) {
  return ArticleWriter(record, text, names).write();
}

}  // namespace polybius
