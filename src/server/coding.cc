// Codes what was posted, article by article.
#include "server/coding.h"

#include "ingest/ingest.h"
#include "server/parameters.h"
#include "server/streamed_body.h"

namespace polybius {
namespace {

constexpr std::size_t whole_day = 10;  // letters of "2025-10-24"

/// The record of an item as one line, or why there is none.
Result<std::string> line_of(const Item& item, Coder::Worker& worker) {
  auto record = item.record_line.empty() ? worker.code(item.document) : from_json(item.record_line);
  if (!record) return record.error();
  return to_json(record.value());
}

/// Several articles: JSON Lines or server-sent events.
class ManyArticles {
 public:
  ManyArticles(Exchange& exchange, bool events)
      : events_(events),
        body_(exchange, Reply{200,
                              events ? "text/event-stream" : "application/x-ndjson",
                              nullptr,
                              {{"Cache-Control", "no-store"}}}) {}

  /// False: nobody reads on.
  bool add(const Result<std::string>& line) {
    ++(line ? records_ : faults_);
    const std::string data = line ? line.value() : problem_json(422, line.error());
    if (!events_) body_.write(data + "\n");
    if (events_) tell(line ? "record" : "fault", data);
    if (events_) tell("progress", "{\"done\":" + std::to_string(records_ + faults_) + "}");
    return body_.flush();
  }
  void end() {
    if (events_)
      tell("end",
           "{\"records\":" + std::to_string(records_) + ",\"faults\":" + std::to_string(faults_) + "}");
    body_.end();
  }

 private:
  void tell(const std::string& event, const std::string& data) {
    body_.write("event: " + event + "\ndata: " + data + "\n\n");
  }
  bool events_;
  StreamedBody body_;
  std::size_t records_ = 0, faults_ = 0;
};

class PostedArticles {
 public:
  PostedArticles(Exchange& exchange, Coder::Worker& worker, const IngestOptions& options)
      : exchange_(exchange),
        worker_(worker),
        reader_(DocumentReader::of(exchange.request().body, "posted", options)),
        events_(exchange.request().accept.find("text/event-stream") != std::string::npos) {}

  void answer() {
    auto item = next();
    auto following = item ? next() : std::nullopt;
    if (!following && !events_) return answer_one(item);
    ManyArticles many(exchange_, events_);
    bool read = true;
    while (item && read) {
      read = many.add(coded(*item));
      item = std::move(following);
      following = item ? next() : std::nullopt;
    }
    many.end();
  }

 private:
  std::optional<Result<Item>> next() {
    auto item = reader_.next();
    if (item && item->ok() && item->value().record_line.empty()) ids_.settle(item->value().document);
    return item;
  }

  Result<std::string> coded(const Result<Item>& item) {
    if (!item) return item.error();
    return line_of(item.value(), worker_);
  }

  void answer_one(const std::optional<Result<Item>>& item) {
    const Result<std::string> line =
        item ? coded(*item) : Error{"E-SRV-05", "", "there is nothing in it", "post the text of an article"};
    if (!line) return exchange_.send(problem_reply(422, line.error()));
    Reply reply{200, "application/json", std::make_shared<const std::string>(line.value()), {}};
    reply.headers.emplace_back("Cache-Control", "no-store");
    exchange_.send(std::move(reply));
  }

  Exchange& exchange_;
  Coder::Worker& worker_;
  DocumentReader reader_;
  IdKeeper ids_;
  bool events_;
};

}  // namespace

Result<const Coder*> SharedCoder::get() {
  const std::scoped_lock lock(mutex_);
  if (!coder_) {
    auto opened = Coder::open(options_);
    if (!opened) return opened.error();
    coder_.emplace(std::move(opened).value());
  }
  return &*coder_;
}

void answer_code(Exchange& exchange, SharedCoder& shared, WorkerTools& tools, std::size_t body_limit) {
  Parameters parameters(exchange.request().target);
  IngestOptions options;
  options.published = parameters.day("published");
  const std::string field = parameters.text("text_field");
  if (!field.empty()) options.text_field = field;
  options.item_limit = body_limit;
  auto fault = parameters.fault();
  if (!fault && !options.published.empty() && options.published.size() < whole_day)
    fault = Error{"E-SRV-03", "published", "a month or a year is no day", "write 2025-10-24"};
  if (fault) return exchange.send(problem_reply(status_of_error(*fault), *fault));
  const auto coder = shared.get();
  if (!coder) return exchange.send(problem_reply(503, coder.error()));
  if (!tools.coder) tools.coder.emplace(coder.value()->worker());
  PostedArticles(exchange, *tools.coder, options).answer();
}

}  // namespace polybius
