// Threads that do jobs.
#include "server/workers.h"

#include <sys/resource.h>
#include <unistd.h>

namespace polybius {

Result<Store*> WorkerTools::store() {
  if (!store_) {
    auto opened = open_store(url_, StoreMode::read);
    if (!opened) return opened.error();
    store_.emplace(std::move(opened).value());
  }
  return &*store_;
}

WorkerPool::WorkerPool(unsigned threads, std::size_t most_waiting, const std::string& url, bool gentle)
    : most_waiting_(most_waiting) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this, url, gentle] { work(url, gentle); });
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::submit(Job job) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_ || jobs_.size() >= most_waiting_) return false;
    jobs_.push_back(std::move(job));
  }
  more_.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  more_.notify_all();
  for (std::thread& thread : threads_)
    if (thread.joinable()) thread.join();
}

void WorkerPool::work(const std::string& url, bool gentle) {
  if (gentle) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);
  WorkerTools tools(url);
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      more_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job(tools);
  }
}

}  // namespace polybius
