// Threads that do jobs in the order in which they came; no more of them wait than there is sense in.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "polybius/coder.h"
#include "store/store.h"

namespace polybius {

/// What a thread has of its own, opened when it is first needed.
class WorkerTools {
 public:
  explicit WorkerTools(std::string url) : url_(std::move(url)) {}
  /// Errors: E-STO-... Throws StoreFailure.
  Result<Store*> store();
  /// After a StoreFailure: the next `store` opens it anew.
  void forget_store() {
    store_.reset();
  }
  std::optional<Coder::Worker> coder;

 private:
  std::string url_;
  std::optional<Store> store_;
};

class WorkerPool {
 public:
  using Job = std::function<void(WorkerTools&)>;

  /// `gentle`: its threads let all others go first.
  WorkerPool(unsigned threads, std::size_t most_waiting, const std::string& url, bool gentle);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False: too many wait already, or the pool has stopped. A job must not throw.
  bool submit(Job job);
  /// Lets the jobs that are there be done, then ends the threads.
  void stop();

 private:
  void work(const std::string& url, bool gentle);
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Job> jobs_;
  std::size_t most_waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace polybius
