// Gathers what is written and hands it on in large pieces.
#include "server/streamed_body.h"

namespace polybius {

namespace {
constexpr std::size_t piece_size = std::size_t{64} << 10;
}

StreamedBody::~StreamedBody() {
  if (stream_ && !ended_) stream_->end(true);
}

bool StreamedBody::write(std::string_view bytes) {
  pending_ += bytes;
  return pending_.size() < piece_size ? !gone_ : flush();
}

bool StreamedBody::flush() {
  if (!stream_) stream_ = exchange_.begin(std::move(head_));
  if (!gone_ && !pending_.empty()) gone_ = !stream_->write(pending_);
  pending_.clear();
  return !gone_;
}

void StreamedBody::end() {
  flush();
  ended_ = true;
  stream_->end();
}

}  // namespace polybius
