// What is sent back: a whole body, or one that is written as it is made.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "polybius/error.h"
#include "server/request.h"

namespace polybius {

using Bytes = std::shared_ptr<const std::string>;

/// A body in the forms in which it goes out, made once.
struct ReplyBody {
  Bytes plain;
  Bytes packed;      ///< gzip; empty where that does not pay
  std::string etag;  ///< of the content; empty: none
};

struct Reply {
  int status = 200;
  std::string type;  ///< Content-Type
  Bytes body;        ///< empty: none
  std::vector<std::pair<std::string, std::string>> headers;
};

/// An answer of RFC 9457.
Reply problem_reply(int status, const Error& error);
/// The same as one line of JSON.
std::string problem_json(int status, const Error& error);
/// The status that an error of a question has: 400, 404, 422 or 503.
int status_of_error(const Error& error);

/// Whether the client takes gzip.
bool takes_gzip(const Request& request);
/// Names the content of a body and, if `pack`, packs it where that pays.
ReplyBody make_body(std::string plain, bool pack);
/// The form of a body that the request takes, or 304 if it has it already. `cache`: the Cache-Control.
Reply reply_with(const Request& request, const ReplyBody& body, const std::string& type,
                 const std::string& cache);

/// A body on its way from the thread that makes it to the one that sends it.
class ReplyStream {
 public:
  /// Waits while much is unsent. False: the client is gone, nobody needs the rest.
  bool write(std::string_view bytes);
  /// Takes bytes without waiting; false if there is no room for them.
  bool offer(std::string_view bytes);
  /// All is written; `broken`: the client shall see that something is missing.
  void end(bool broken = false);

  enum class Pulled { some, nothing_yet, end, broken };
  /// For the sender: up to `size` bytes. Where there is nothing yet, `sleep` is called under the lock and
  /// `wake` (see below) when there is more.
  Pulled pull(char* into, std::size_t size, std::size_t& count, const std::function<void()>& sleep);
  /// For the sender: it will not pull any more.
  void abandon();
  /// Set before the stream is used.
  std::function<void()> wake;

 private:
  void wake_sender(std::unique_lock<std::mutex>& lock);
  std::mutex mutex_;
  std::condition_variable room_;
  std::string unsent_;
  bool ended_ = false, broken_ = false, abandoned_ = false, asleep_ = false;
};

/// One request and the way to answer it: once, from any thread.
class Exchange {
 public:
  Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  virtual ~Exchange() = default;
  virtual const Request& request() const = 0;
  virtual void send(Reply reply) = 0;
  /// Sends the head; the body is written into the stream.
  virtual std::shared_ptr<ReplyStream> begin(Reply head) = 0;
  virtual bool answered() const = 0;
};

}  // namespace polybius
