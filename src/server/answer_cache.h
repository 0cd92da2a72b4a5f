// Answers to questions that were asked before, as long as the store stays as it is.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "server/reply.h"

namespace polybius {

class AnswerCache {
 public:
  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// The answer kept for a question, if it is of that revision of the store.
  std::optional<ReplyBody> find(const std::string& question, std::int64_t revision);
  void keep(const std::string& question, std::int64_t revision, const ReplyBody& body);

 private:
  struct Kept {
    std::string question;
    ReplyBody body;
  };
  void set_revision(std::int64_t revision);

  std::size_t most_bytes_;
  std::mutex mutex_;
  std::int64_t revision_ = -1;
  std::size_t bytes_ = 0;
  std::list<Kept> kept_;  // the last asked first
  std::unordered_map<std::string, std::list<Kept>::iterator> places_;
};

}  // namespace polybius
