// A body that begins with its first bytes: until then the answer may still become a problem.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/reply.h"

namespace polybius {

class StreamedBody {
 public:
  StreamedBody(Exchange& exchange, Reply head) : exchange_(exchange), head_(std::move(head)) {}
  StreamedBody(const StreamedBody&) = delete;
  StreamedBody& operator=(const StreamedBody&) = delete;
  /// An answer that was begun and not ended is broken off.
  ~StreamedBody();

  /// False: the client is gone.
  bool write(std::string_view bytes);
  /// What was written goes out now.
  bool flush();
  void end();

 private:
  Exchange& exchange_;
  Reply head_;
  std::string pending_;
  std::shared_ptr<ReplyStream> stream_;
  bool gone_ = false;
  bool ended_ = false;
};

}  // namespace polybius
