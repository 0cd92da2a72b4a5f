// `polybius dedupe`: which documents are reprints of which.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/reprints.h"

namespace polybius {
namespace {

constexpr std::size_t batch_lines = 8192;

struct DedupeOptions {
  NewsOptions news;
  std::string index;
};

void write_groups(const ReprintFinder& finder, std::span<const std::uint32_t> numbers, unsigned threads,
                  Output& output) {
  const auto groups = finder.groups_of(numbers, threads);
  std::string lines;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const nlohmann::ordered_json line = {{"id", finder.id_of(numbers[i])},
                                         {"group", finder.id_of(groups[i].group)},
                                         {"original", finder.id_of(groups[i].original)},
                                         {"similarity", std::round(groups[i].similarity * 1000) / 1000}};
    lines += line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    lines += '\n';
  }
  output.write(lines);
}

int run_dedupe(const DedupeOptions& options) {
  auto opened = ReprintFinder::open(options.index, std::filesystem::temp_directory_path());
  if (!opened) return fail_with(opened.error());
  ReprintFinder& finder = *opened.value();
  Output output(options.news.output);
  const ReadDocuments read = read_documents(options.news, finder, {});
  if (read.numbers.empty() && read.skipped > 0) return kFailed;
  const unsigned threads = threads_of(options.news);
  finder.find(threads);
  for (std::size_t i = 0; i < read.numbers.size(); i += batch_lines) {
    write_groups(finder, std::span(read.numbers).subspan(i, std::min(batch_lines, read.numbers.size() - i)),
                 threads, output);
  }
  // The index first: if the output is lost, the same command gives it again.
  finder.commit();
  output.commit();
  return read.skipped == 0 ? kDone : kSkipped;
}

}  // namespace

void add_dedupe_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("dedupe", "say which documents are reprints of which (JSON Lines)");
  command->footer(
      "Writes {id,group,original,similarity} a line: `group` is named by its first document, `original` is "
      "the\n"
      "likely first to be published, `similarity` is to the original. With --index later runs know what "
      "earlier\n"
      "ones have read.\n\n"
      "Examples:\n"
      "  polybius dedupe folder/ > groups.jsonl\n"
      "  polybius dedupe --index week.reprints monday.jsonl -o monday.groups.jsonl\n"
      "  polybius dedupe feed.jsonl | jq -r 'select(.id == .original) | .id'");
  const auto options = std::make_shared<DedupeOptions>();
  add_news_options(*command, options->news);
  command->add_option("--index", options->index, "keep what was read in FILE, made if it is not there")
      ->type_name("FILE");
  command->callback([options, &status] { status = run_dedupe(*options); });
}

}  // namespace polybius
