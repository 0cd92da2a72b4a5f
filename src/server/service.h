// What the server answers: routes, the state of the store that is answered from, threads for quick and for
// long answers.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <string>

#include "lexicon/lexicon.h"
#include "server/access.h"
#include "server/answer_cache.h"
#include "server/answers.h"
#include "server/coding.h"
#include "server/http.h"
#include "server/keeper.h"
#include "server/server.h"
#include "server/workers.h"

namespace polybius {

class Service final : public HttpListener {
 public:
  Service(const ServerOptions& options, AccessRules rules, Lexicon lexicon);
  ~Service() override;

  /// Errors: E-STO-... Throws StoreFailure.
  std::optional<Error> start();
  /// Ends the streams that never end by themselves.
  void end_changes();
  /// Lets what was begun be done, then ends the threads.
  void stop();
  std::size_t documents() const;

  std::optional<Reply> refuse(Request& request) override;
  void handle(std::shared_ptr<Exchange> exchange) override;

 private:
  enum class RouteKind { none, file, answer, export_, code, changes };
  struct Route {
    RouteKind kind = RouteKind::none;
    AnswerQuestion answer = nullptr;
    std::string id;
  };
  struct File {
    std::string type, cache;
    ReplyBody body;
    bool runs = false;  ///< a page, which may run the scripts beside it
  };
  using Job = std::function<void(WorkerTools&, Exchange&)>;

  void read_files();
  Route route_of(const std::string& path) const;
  void send_file(Exchange& exchange, const std::string& path) const;
  void answer(Exchange& exchange, const Route& route, WorkerTools& tools);
  void submit(WorkerPool& pool, const std::shared_ptr<Exchange>& exchange, Job job);
  void run_guarded(WorkerTools& tools, Exchange& exchange, const Job& job) const;
  void begin_changes(Exchange& exchange);
  void after_look(bool changed);
  void log(const Error& error) const;

  ServerOptions options_;
  AccessRules rules_;
  Lexicon lexicon_;
  std::map<std::string, File> files_;
  AnswerCache cache_;
  SharedCoder coder_;
  std::mutex changes_mutex_;
  std::list<std::shared_ptr<ReplyStream>> changes_;
  bool changes_ended_ = false;
  std::chrono::steady_clock::time_point told_;
  CatalogueKeeper keeper_;
  WorkerPool answering_, exporting_, coding_;
};

}  // namespace polybius
