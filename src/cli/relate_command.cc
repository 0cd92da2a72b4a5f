// `polybius relate`: which event one marked party directs at another.
#include <charconv>
#include <memory>

#include "cli/command.h"

namespace polybius {
namespace {

/// `[12,34]`; nothing if it is something else.
std::optional<Span> read_span(std::string_view text) {
  Span span;
  const char* end = text.data() + text.size();
  if (!text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  const auto begin = std::from_chars(text.data() + 1, end, span.begin);
  if (begin.ec != std::errc() || *begin.ptr != ',') return std::nullopt;
  const auto last = std::from_chars(begin.ptr + 1, end, span.end);
  if (last.ec != std::errc() || last.ptr + 1 != end) return std::nullopt;
  return span;
}

/// The marked place of that name; nothing inside if the line does not have it.
Result<std::optional<Span>> marked_place(const Document& document, std::string_view name,
                                         const std::string& place) {
  for (const auto& [key, value] : document.extra) {
    if (key != name) continue;
    const auto span = read_span(value);
    if (!span) {
      return Error{"E-CLI-08", place, "\"" + std::string(name) + "\" is no [begin,end]",
                   "give two counts of code points, or leave it out"};
    }
    return span;
  }
  return std::optional<Span>();
}

Outcome relate_item(Coder::Worker& worker, const Item& item) {
  if (!item.record_line.empty())
    return {"", Error{"E-CLI-02", item.place, "a document record, not a text", "give marked texts"}};
  const Document& document = item.document;
  const auto actor = marked_place(document, "actor", item.place);
  if (!actor) return {"", actor.error()};
  const auto recipient = marked_place(document, "recipient", item.place);
  if (!recipient) return {"", recipient.error()};
  auto relation = worker.relate(document.text, actor.value(), recipient.value());
  if (!relation) {
    Error fault = relation.error();
    fault.place = item.place;
    return {"", fault};
  }
  return {relation_to_json(document.id, relation.value()) + "\n", std::nullopt};
}

int run_relate(const NewsOptions& options) {
  CoderOptions wanted;
  wanted.model = model_path(options.model);
  wanted.pairs = pairs_path(wanted.model.string());
  wanted.lexicons.assign(options.lexicons.begin(), options.lexicons.end());
  const auto coder = Coder::open(wanted);
  if (!coder) return fail_with(coder.error());
  return run_over_inputs(options, coder.value(), relate_item);
}

}  // namespace

void add_relate_command(CLI::App& program, int& status) {
  auto* command =
      program.add_subcommand("relate", "write which event a marked actor directs at a marked recipient");
  command->footer(
      "Input: JSON Lines {\"id\":...,\"text\":...,\"actor\":[begin,end],\"recipient\":[begin,end]}; either "
      "may be\n"
      "absent. The text is taken as it is; offsets count its code points. `type` is null where there is no "
      "event;\n"
      "future cooperation is AGREE.\n\n"
      "Examples:\n"
      "  echo '{\"text\":\"France condemned Mali.\",\"actor\":[0,6],\"recipient\":[17,21]}' | polybius "
      "relate -\n"
      "  polybius relate pairs.jsonl | jq -r '[.id,.type]|@tsv'");
  const auto options = std::make_shared<NewsOptions>();
  add_news_options(*command, *options);
  command->callback([options, &status] { status = run_relate(*options); });
}

}  // namespace polybius
