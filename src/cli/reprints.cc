// Documents on their way to the finder: one thread reads, the others make fingerprints.
#include "cli/reprints.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <future>
#include <mutex>
#include <system_error>
#include <thread>

#include "polybius/date.h"

namespace polybius {
namespace {

constexpr std::size_t batch_items = 512;
constexpr std::size_t batch_bytes = std::size_t{8} << 20;

/// An item and what the finder wants of it.
struct Prepared {
  std::optional<Result<Item>> item;
  ReprintDocument document;
  Fingerprint fingerprint;
};

/// Takes articles out of pages; opens the coder when the first page comes.
class PageReader {
 public:
  explicit PageReader(const NewsOptions& options) : options_(options) {}

  Result<Record> article_of(const Document& page) {
    auto worker = take();
    if (!worker) return worker.error();
    Record out = worker.value().extract(page);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(worker).value());
    return out;
  }

 private:
  Result<Coder::Worker> take() {
    const std::lock_guard lock(mutex_);
    if (!coder_) coder_.emplace(open_coder(options_));
    if (!coder_->ok()) return coder_->error();
    if (idle_.empty()) return coder_->value().worker();
    Coder::Worker out = std::move(idle_.back());
    idle_.pop_back();
    return out;
  }

  const NewsOptions& options_;
  std::mutex mutex_;
  std::optional<Result<Coder>> coder_;
  std::vector<Coder::Worker> idle_;
};

/// By its own field, or by a column that says so.
bool names_authors(const Document& document) {
  const auto says_so = [](const auto& column) {
    const bool named = column.first == "authors" || column.first == "author" || column.first == "byline";
    return named && column.second != "\"\"" && column.second != "[]";
  };
  return !document.authors.empty() || std::any_of(document.extra.begin(), document.extra.end(), says_so);
}

void describe_record(const Record& record, Prepared& out) {
  out.document = {record.id, record.published, !record.authors.empty()};
  out.fingerprint = fingerprint_of(record.text);
}

void prepare(Prepared& prepared, PageReader& pages) {
  if (!prepared.item->ok()) return;
  const Item& item = prepared.item->value();
  const Document& document = item.document;
  // A date that is not ISO 8601 is read where articles are.
  const bool dated = document.published.empty() || Date::from_iso(document.published);
  if (item.record_line.empty() && document.form == BodyForm::plain && dated) {
    prepared.document = {document.id, document.published, names_authors(document)};
    prepared.fingerprint = fingerprint_of(document.text);
    return;
  }
  auto record = item.record_line.empty() ? pages.article_of(document) : from_json(item.record_line);
  if (record) return describe_record(record.value(), prepared);
  Error fault = record.error();
  fault.place = item.place + (fault.place.empty() ? "" : ": " + fault.place);
  prepared.item = fault;
}

std::vector<Prepared> read_batch(InputReader& reader) {
  std::vector<Prepared> out;
  std::size_t bytes = 0;
  while (out.size() < batch_items && bytes < batch_bytes) {
    auto item = reader.next();
    if (!item) break;
    if (item->ok()) bytes += item->value().document.text.size() + item->value().record_line.size();
    out.emplace_back();
    out.back().item = std::move(item);
  }
  return out;
}

void prepare_all(std::vector<Prepared>& batch, unsigned threads, PageReader& pages) {
  std::vector<std::future<void>> others;
  const auto part = [&](unsigned first) {
    for (std::size_t i = first; i < batch.size(); i += threads) prepare(batch[i], pages);
  };
  for (unsigned number = 1; number < threads; ++number)
    others.push_back(std::async(std::launch::async, part, number));
  part(0);
  for (auto& other : others) other.get();
}

[[noreturn]] void fail_with_spool() {
  throw std::system_error(errno, std::generic_category(), "cannot keep documents in a temporary file");
}

void put_text(std::string& out, std::string_view text) {
  const auto size = static_cast<std::uint64_t>(text.size());
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  out += text;
}

class SpoolReader {
 public:
  explicit SpoolReader(std::string_view bytes) : rest_(bytes) {}
  std::string text() {
    const std::uint64_t size = number();
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }
  std::uint64_t number() {
    std::uint64_t out = 0;
    rest_.copy(reinterpret_cast<char*>(&out), sizeof out);
    rest_.remove_prefix(sizeof out);
    return out;
  }

 private:
  std::string_view rest_;
};

void put_number(std::string& out, std::uint64_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

}  // namespace

unsigned threads_of(const NewsOptions& options) {
  return options.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.jobs;
}

ReadDocuments read_documents(const NewsOptions& options, ReprintFinder& finder, const KeepItem& keep) {
  InputReader reader(options.inputs, options.ingest);
  PageReader pages(options);
  Progress progress("documents read");
  ReadDocuments out;
  // The thread that reads is one of those asked for.
  const unsigned threads = std::max(1U, threads_of(options) - 1);
  for (std::vector<Prepared> batch = read_batch(reader); !batch.empty();) {
    auto next = std::async(std::launch::async, [&reader] { return read_batch(reader); });
    prepare_all(batch, threads, pages);
    for (Prepared& prepared : batch) {
      if (prepared.item->ok()) {
        const std::uint32_t number = finder.add(prepared.document, prepared.fingerprint);
        out.numbers.push_back(number);
        if (keep) keep(prepared.item->value(), number);
      } else {
        progress.clear();
        show_fault(prepared.item->error());
        ++out.skipped;
      }
      progress.step();
    }
    batch = next.get();
  }
  return out;
}

Spool::Spool() {
  std::string path = std::filesystem::temp_directory_path() / "polybius.XXXXXX";
  descriptor_ = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail_with_spool();
  ::unlink(path.c_str());
}

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t Spool::put(std::string_view bytes) {
  const std::uint64_t handle = end_;
  std::string all;
  put_text(all, bytes);
  for (std::string_view rest = all; !rest.empty();) {
    const ssize_t done = ::pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(end_));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail_with_spool();
    end_ += static_cast<std::uint64_t>(done);
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
  return handle;
}

std::string Spool::get(std::uint64_t handle) const {
  const auto read = [this](std::uint64_t at, char* into, std::size_t count) {
    while (count > 0) {
      const ssize_t got = ::pread(descriptor_, into, count, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) fail_with_spool();
      at += static_cast<std::uint64_t>(got);
      into += got;
      count -= static_cast<std::size_t>(got);
    }
  };
  std::uint64_t size = 0;
  read(handle, reinterpret_cast<char*>(&size), sizeof size);
  std::string out(size, '\0');
  read(handle + sizeof size, out.data(), out.size());
  return out;
}

std::string bytes_of(const Item& item) {
  const Document& document = item.document;
  std::string out;
  for (const auto* text : {&item.record_line, &item.place, &document.id, &document.origin.path,
                           &document.origin.url, &document.origin.record, &document.origin.site,
                           &document.title, &document.language, &document.published, &document.text}) {
    put_text(out, *text);
  }
  put_number(out, static_cast<std::uint64_t>(document.published_by));
  put_number(out, static_cast<std::uint64_t>(document.form));
  put_number(out, document.authors.size());
  for (const auto& author : document.authors) put_text(out, author);
  put_number(out, document.extra.size());
  for (const auto& [name, value] : document.extra) {
    put_text(out, name);
    put_text(out, value);
  }
  put_number(out, document.warnings.size());
  for (const Warning& warning : document.warnings) {
    put_text(out, warning.code);
    put_text(out, warning.message);
    for (const std::uint64_t number :
         {std::uint64_t{warning.placed}, std::uint64_t{warning.begin}, std::uint64_t{warning.end}}) {
      put_number(out, number);
    }
  }
  return out;
}

Item item_of(std::string_view bytes) {
  SpoolReader reader(bytes);
  Item item;
  Document& document = item.document;
  for (auto* text : {&item.record_line, &item.place, &document.id, &document.origin.path,
                     &document.origin.url, &document.origin.record, &document.origin.site, &document.title,
                     &document.language, &document.published, &document.text}) {
    *text = reader.text();
  }
  document.published_by = static_cast<PublishedBy>(reader.number());
  document.form = static_cast<BodyForm>(reader.number());
  for (std::uint64_t left = reader.number(); left > 0; --left) document.authors.push_back(reader.text());
  for (std::uint64_t left = reader.number(); left > 0; --left) {
    std::string name = reader.text();
    document.extra.emplace_back(std::move(name), reader.text());
  }
  for (std::uint64_t left = reader.number(); left > 0; --left) {
    Warning warning;
    warning.code = reader.text();
    warning.message = reader.text();
    warning.placed = reader.number() != 0;
    warning.begin = static_cast<unsigned>(reader.number());
    warning.end = static_cast<unsigned>(reader.number());
    document.warnings.push_back(std::move(warning));
  }
  return item;
}

}  // namespace polybius
