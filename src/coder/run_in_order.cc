// A pool whose results come out in the order in which the work went in.
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "coder/coder.h"

namespace polybius {
namespace {

/// What the threads share. `jobs_` wait for a thread, `outcomes_` for their turn.
class OrderedPool {
 public:
  OrderedPool(const Coder& coder, unsigned threads) : limit_(std::size_t{4} * threads) {
    for (unsigned number = 0; number < threads; ++number) {
      threads_.emplace_back([this, &coder] { work(coder.worker()); });
    }
  }
  OrderedPool(const OrderedPool&) = delete;
  OrderedPool& operator=(const OrderedPool&) = delete;
  ~OrderedPool() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  bool full() const {
    return given_ - taken_ >= limit_;
  }
  bool idle() const {
    return given_ == taken_;
  }
  void give(Job job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.emplace_back(given_++, std::move(job));
    }
    changed_.notify_all();
  }
  /// Waits for the outcome whose turn it is. Rethrows what its job threw.
  Outcome take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return outcomes_.contains(taken_); });
    auto node = outcomes_.extract(taken_++);
    lock.unlock();
    if (node.mapped().thrown) std::rethrow_exception(node.mapped().thrown);
    return std::move(node.mapped().outcome);
  }

 private:
  struct Done {
    Outcome outcome;
    std::exception_ptr thrown;
  };

  void work(Coder::Worker worker) {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
      if (closed_) return;
      auto [number, job] = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      Done done;
      try {
        done.outcome = job(worker);
      } catch (...) {
        done.thrown = std::current_exception();
      }
      lock.lock();
      outcomes_.emplace(number, std::move(done));
      changed_.notify_all();
    }
  }

  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::size_t, Job>> jobs_;
  std::map<std::size_t, Done> outcomes_;
  std::size_t given_ = 0;  // the calling thread's alone
  std::size_t taken_ = 0;  // likewise
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

void run_in_order(const Coder& coder, unsigned threads, const std::function<std::optional<Job>()>& next,
                  const std::function<void(Outcome)>& take) {
  OrderedPool pool(coder, threads == 0 ? 1 : threads);
  while (auto job = next()) {
    if (pool.full()) take(pool.take());
    pool.give(std::move(*job));
  }
  while (!pool.idle()) take(pool.take());
}

}  // namespace polybius
