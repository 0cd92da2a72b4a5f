// `polybius code`: one document record a line.
#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>

#include "cli/command.h"
#include "cli/reprints.h"

namespace polybius {
namespace {

struct CodeOptions {
  NewsOptions news;
  bool dedupe = false;
};

Outcome code_item(Coder::Worker& worker, const Item& item) {
  if (!item.record_line.empty()) return {item.record_line + "\n", std::nullopt};
  auto record = worker.code(item.document);
  if (!record) {
    Error fault = record.error();
    if (fault.place.empty()) fault.place = item.place;
    return {"", fault};
  }
  return {to_json(record.value()) + "\n", std::nullopt};
}

/// A story coded once: all inputs are read and compared first, then the most complete text of each story is
/// coded, then every document gets its record.
class StoryCoder {
 public:
  StoryCoder(const NewsOptions& options, const Coder& coder, ReprintFinder& finder)
      : options_(options), coder_(coder), finder_(finder) {}

  int run() {
    Output output(options_.output);
    ReadDocuments read = read_documents(
        options_, finder_,
        [this](const Item& item, std::uint32_t /*number*/) { items_.push_back(spool_.put(bytes_of(item))); });
    finder_.find(threads_of(options_));
    numbers_ = std::move(read.numbers);
    groups_ = finder_.groups_of(numbers_, threads_of(options_));
    records_.assign(finder_.size(), none);
    code_stories();
    const std::size_t faults = write_records(output);
    if (faults == numbers_.size() && read.skipped + faults > 0) return kFailed;
    output.commit();
    return read.skipped + faults == 0 ? kDone : kSkipped;
  }

 private:
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

  Item item_at(std::size_t position) const {
    return item_of(spool_.get(items_[position]));
  }

  void code_stories() {
    std::vector<std::size_t> positions;  // of the texts to code, in input order
    std::vector<bool> taken(finder_.size(), false);
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      if (groups_[i].members < 2 || groups_[i].longest != numbers_[i] || taken[numbers_[i]]) continue;
      taken[numbers_[i]] = true;
      positions.push_back(i);
    }
    Progress progress("stories coded");
    std::size_t given = 0;
    std::size_t done = 0;
    const auto next = [&]() -> std::optional<Job> {
      if (given == positions.size()) return std::nullopt;
      return Job(
          [item = item_at(positions[given++])](Coder::Worker& worker) { return code_item(worker, item); });
    };
    run_in_order(coder_, threads_of(options_), next, [&](const Outcome& outcome) {
      // A fault is named when the document's turn comes.
      if (!outcome.fault) records_[numbers_[positions[done]]] = coded_.put(outcome.output);
      ++done;
      progress.step();
    });
  }

  Outcome record_of(Coder::Worker& worker, std::size_t position) const {
    const Item item = item_at(position);
    const std::uint64_t story = records_[groups_[position].longest];
    if (!item.record_line.empty() || groups_[position].members < 2 || story == none)
      return code_item(worker, item);
    std::string line = coded_.get(story);
    if (groups_[position].longest == numbers_[position]) return {std::move(line), std::nullopt};
    if (line.ends_with('\n')) line.pop_back();
    const auto coded = from_json(line);
    if (!coded) return code_item(worker, item);
    const auto carried = carry_record(coded.value(), worker.extract(item.document));
    if (!carried) return code_item(worker, item);
    return {to_json(*carried) + "\n", std::nullopt};
  }

  std::size_t write_records(Output& output) {
    Progress progress("articles");
    std::size_t given = 0;
    std::size_t faults = 0;
    const auto next = [&]() -> std::optional<Job> {
      if (given == numbers_.size()) return std::nullopt;
      return Job([this, position = given++](Coder::Worker& worker) { return record_of(worker, position); });
    };
    run_in_order(coder_, threads_of(options_), next, [&](const Outcome& outcome) {
      if (outcome.fault) {
        progress.clear();
        show_fault(*outcome.fault);
        ++faults;
      }
      output.write(outcome.output);
      progress.step();
    });
    return faults;
  }

  const NewsOptions& options_;
  const Coder& coder_;
  ReprintFinder& finder_;
  Spool spool_;                         // items in input order
  Spool coded_;                         // records of stories
  std::vector<std::uint64_t> items_;    // handles, by position
  std::vector<std::uint32_t> numbers_;  // by position
  std::vector<ReprintGroup> groups_;    // by position
  std::vector<std::uint64_t> records_;  // handles, by number
};

int run_code(const CodeOptions& options) {
  const auto coder = open_coder(options.news);
  if (!coder) return fail_with(coder.error());
  if (!options.dedupe) return run_over_inputs(options.news, coder.value(), code_item);
  auto finder = ReprintFinder::open("", std::filesystem::temp_directory_path());
  if (!finder) return fail_with(finder.error());
  return StoryCoder(options.news, coder.value(), *finder.value()).run();
}

}  // namespace

void add_code_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("code", "write one document record a line (JSON Lines)");
  command->footer(
      "Examples:\n"
      "  polybius code article.txt\n"
      "  polybius code --published 2025-10-24 --jobs 2 folder/ -o records.jsonl\n"
      "  polybius code --dedupe week.jsonl -o records.jsonl\n"
      "  polybius code - < feed.jsonl | jq '.events[] | {type, status, why}'");
  const auto options = std::make_shared<CodeOptions>();
  add_news_options(*command, options->news);
  add_resume_option(*command, options->news);
  command
      ->add_flag("--dedupe", options->dedupe,
                 "code a story once; its reprints get its record, with their own offsets")
      ->excludes("--resume");
  command->callback([options, &status] { status = run_code(*options); });
}

}  // namespace polybius
