// Keeps the answers that were asked for last.
#include "server/answer_cache.h"

namespace polybius {
namespace {

std::size_t cost_of(const std::string& question, const ReplyBody& body) {
  constexpr std::size_t frame = 256;
  return question.size() * 2 + body.plain->size() + (body.packed ? body.packed->size() : 0) + frame;
}

}  // namespace

void AnswerCache::set_revision(std::int64_t revision) {
  if (revision == revision_) return;
  revision_ = revision;
  places_.clear();
  kept_.clear();
  bytes_ = 0;
}

std::optional<ReplyBody> AnswerCache::find(const std::string& question, std::int64_t revision) {
  const std::scoped_lock lock(mutex_);
  if (revision != revision_) return std::nullopt;
  const auto place = places_.find(question);
  if (place == places_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, place->second);
  return kept_.front().body;
}

void AnswerCache::keep(const std::string& question, std::int64_t revision, const ReplyBody& body) {
  const std::size_t cost = cost_of(question, body);
  if (cost > most_bytes_ / 16) return;
  const std::scoped_lock lock(mutex_);
  if (revision < revision_) return;  // of a catalogue that has been replaced meanwhile
  set_revision(revision);
  if (places_.contains(question)) return;
  kept_.push_front({question, body});
  places_[question] = kept_.begin();
  bytes_ += cost;
  while (bytes_ > most_bytes_) {
    bytes_ -= cost_of(kept_.back().question, kept_.back().body);
    places_.erase(kept_.back().question);
    kept_.pop_back();
  }
}

}  // namespace polybius
