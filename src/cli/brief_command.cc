// `polybius brief`: what a person wants to know of the news, with its evidence.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "brief/brief.h"
#include "cli/command.h"

namespace polybius {
namespace {

struct BriefOptions {
  NewsOptions news;
  std::string format = "text";
  std::string colour = "auto";
  int width = 0;
};

BriefStyle style_of(const BriefOptions& options) {
  const bool terminal = isatty(1) != 0 && options.news.output.empty();
  BriefStyle style;
  style.colour =
      options.colour == "always" || (options.colour == "auto" && terminal && getenv("NO_COLOR") == nullptr);
  winsize size{};
  if (options.width > 0) {
    style.width = options.width;
  } else if (terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = size.ws_col;
  }
  return style;
}

Result<Record> record_of(Coder::Worker& worker, const Item& item) {
  if (!item.record_line.empty()) return from_json(item.record_line);
  return worker.code(item.document);
}

Error placed(Error fault, const Item& item) {
  if (fault.place.empty()) fault.place = item.place;
  return fault;
}

// HTML is one page for all articles, so records wait until the last one is there.
int run_html(const BriefOptions& options, const Coder& coder) {
  std::vector<Record> records;
  const int status = run_over_inputs(
      options.news, coder,
      [](Coder::Worker& worker, const Item& item) -> Outcome {
        const auto record = record_of(worker, item);
        if (!record) return {"", placed(record.error(), item)};
        return {to_json(record.value()), std::nullopt};
      },
      [&](Outcome&& outcome) {
        if (!outcome.output.empty()) records.push_back(from_json(outcome.output).value());
      });
  if (status == kFailed) return status;
  Output output(options.news.output);
  output.write(brief_html(records));
  output.commit();
  return status;
}

int run_brief(const BriefOptions& options) {
  const auto coder = open_coder(options.news);
  if (!coder) return fail_with(coder.error());
  if (options.format == "html") return run_html(options, coder.value());
  const BriefStyle style = style_of(options);
  const bool markdown = options.format == "md";
  return run_over_inputs(
      options.news, coder.value(), [&](Coder::Worker& worker, const Item& item) -> Outcome {
        const auto record = record_of(worker, item);
        if (!record) return {"", placed(record.error(), item)};
        return {(markdown ? brief_markdown(record.value()) : brief_text(record.value(), style)) + "\n",
                std::nullopt};
      });
}

}  // namespace

void add_brief_command(CLI::App& program, int& status) {
  auto* command =
      program.add_subcommand("brief", "say what the news says: events, statements, plans, evidence");
  command->footer(
      "Examples:\n"
      "  polybius brief article.txt\n"
      "  polybius brief --format html -o brief.html --published 2025-10-24 folder/\n"
      "  polybius code feed.jsonl | polybius brief -");
  const auto options = std::make_shared<BriefOptions>();
  add_news_options(*command, options->news);
  command->add_option("--format", options->format, "text (default), html or md")
      ->check(CLI::IsMember({"text", "html", "md"}));
  command->add_option("--colour,--color", options->colour, "auto (default), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->add_option("--width", options->width, "columns of text (default: the terminal's)")
      ->check(CLI::Range(40, 400));
  command->callback([options, &status] { status = run_brief(*options); });
}

}  // namespace polybius
