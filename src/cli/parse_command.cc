// `polybius parse`: text to CoNLL-U: words, tags, lemmas, trees and names.
#include <algorithm>
#include <memory>
#include <thread>

#include "cli/command.h"
#include "text/text.h"

namespace polybius {
namespace {

struct ParseOptions {
  NewsOptions news;
  bool conllu = false;
};

/// Files in order; a folder's files by name. Faults of folders are kept in their place.
std::vector<Result<std::string>> files_of(const std::vector<std::string>& inputs) {
  std::vector<Result<std::string>> files;
  for (const std::string& input : inputs.empty() ? std::vector<std::string>{"-"} : inputs) {
    if (input == "-" || is_address(input)) {
      files.emplace_back(input);
      continue;
    }
    auto listed = list_files(input);
    if (!listed) {
      files.emplace_back(listed.error());
      continue;
    }
    for (std::string& file : listed.value()) files.emplace_back(std::move(file));
  }
  return files;
}

Result<std::string> fetched_bytes(const std::string& address, const FetchOptions& options) {
  auto fetched = Fetcher(options).get(address);
  if (!fetched) return fetched.error();
  return std::move(fetched).value().body;
}

/// Files become jobs, one for each part of a file, so that one long file keeps all threads busy.
class ParseJobs {
 public:
  ParseJobs(const Coder& coder, const std::vector<Result<std::string>>& files, const ParseOptions& options)
      : coder_(coder), files_(files), fetch_(options.news.ingest.fetch), conllu_(options.conllu) {}

  std::optional<Job> next() {
    while (part_ == parts_) {
      if (file_ == files_.size()) return std::nullopt;
      if (auto fault = open(files_[file_++])) {
        return Job([fault = *fault](Coder::Worker&) { return Outcome{"", fault}; });
      }
      if (!heading_.empty()) {
        return Job([heading = std::move(heading_)](Coder::Worker&) { return Outcome{heading, {}}; });
      }
    }
    return Job([cut = cut_, part = part_++](Coder::Worker& worker) {
      return Outcome{worker.parse(*cut, part), std::nullopt};
    });
  }

 private:
  std::optional<Error> open(const Result<std::string>& file) {
    part_ = parts_ = 0;
    heading_.clear();
    if (!file) return file.error();
    const std::string& path = file.value();
    auto bytes = is_address(path) ? fetched_bytes(path, fetch_) : read_file(path);
    if (!bytes) return bytes.error();
    if (conllu_) {
      auto cut = coder_.cut_conllu(bytes.value());
      if (!cut) {
        Error fault = cut.error();
        fault.place = path + ":" + fault.place;
        return fault;
      }
      cut_ = std::move(cut).value();
    } else {
      cut_ = coder_.cut(repair_utf8(bytes.value()));
      if (files_.size() > 1) heading_ = "# newdoc id = " + path + "\n";
    }
    parts_ = cut_->parts();
    return std::nullopt;
  }

  const Coder& coder_;
  const std::vector<Result<std::string>>& files_;
  const FetchOptions& fetch_;
  const bool conllu_;
  std::size_t file_ = 0;
  std::string heading_;
  std::optional<Coder::Cut> cut_;
  std::size_t part_ = 0;
  std::size_t parts_ = 0;
};

int run_parse(const ParseOptions& options) {
  const auto coder = open_coder(options.news);
  if (!coder) return fail_with(coder.error());
  const auto files = files_of(options.news.inputs);
  ParseJobs jobs(coder.value(), files, options);
  Output output(options.news.output);
  std::size_t skipped = 0;
  const unsigned threads =
      options.news.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.news.jobs;
  run_in_order(
      coder.value(), threads, [&] { return jobs.next(); },
      [&](const Outcome& outcome) {
        if (outcome.fault) {
          show_fault(*outcome.fault);
          ++skipped;
        }
        output.write(outcome.output);
      });
  if (skipped > 0 && skipped == files.size()) return kFailed;
  output.commit();
  return skipped > 0 ? kSkipped : kDone;
}

}  // namespace

void add_parse_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("parse", "write words, tags, lemmas, trees and names (CoNLL-U)");
  command->footer(
      "The text is taken as it is: a line is a paragraph, unless the text is hard-wrapped.\n\n"
      "Examples:\n"
      "  polybius parse article.txt > article.conllu\n"
      "  polybius parse --conllu tokens.conllu -o trees.conllu");
  const auto options = std::make_shared<ParseOptions>();
  NewsOptions& news = options->news;
  command->add_option("INPUT", news.inputs, "files, folders, addresses, or - for standard input")
      ->type_name("");
  command->add_flag("--conllu", options->conllu, "the input is CoNLL-U: its words and sentences are kept");
  command->add_option("-o,--output", news.output, "write to FILE, whole or not at all")->type_name("FILE");
  command
      ->add_option("--lexicon", news.lexicons, "add tables of your own (a file or folder; may be repeated)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command->add_option("--jobs", news.jobs, "threads (default: all)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command->add_option("--model", news.model, "weights to use")->type_name("FILE");
  add_fetch_options(*command, news.ingest.fetch);
  command->callback([options, &status] { status = run_parse(*options); });
}

}  // namespace polybius
