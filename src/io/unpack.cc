// gzip and zstd, member by member, so that a broken or monstrous one can be left behind.
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <new>

#include "io/io.h"

namespace polybius {
namespace {

constexpr std::string_view gzip_magic("\x1f\x8b\x08", 3);
constexpr std::string_view zstd_magic("\x28\xb5\x2f\xfd", 4);
constexpr std::string_view dictionary_magic("\x37\xa4\x30\xec", 4);
constexpr std::size_t dictionary_limit = std::size_t{16} << 20;
constexpr std::size_t most_members = 100'000;  // of those whose begin is remembered
constexpr int window_log_limit = 26;           // 64 MiB: a frame must not ask for more memory than that

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (int i = 3; i >= 0; --i)
    out = out << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
  return out;
}

bool is_skippable_frame(std::string_view bytes) {
  return bytes.size() >= 8 && (little_endian(bytes) & 0xfffffff0u) == 0x184d2a50u;
}

/// zlib wants mutable pointers but does not write through them.
Bytef* input_of(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

class Inflater {
 public:
  explicit Inflater(int window_bits) {
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() {
    inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  void reset() {
    inflateReset(&stream_);
  }
  /// One step; `in` and `room` are what was used up and filled afterwards.
  int step(std::string_view bytes, char* into, std::size_t size, std::size_t& used, std::size_t& made) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    stream_.next_in = input_of(bytes);
    stream_.avail_in = static_cast<uInt>(std::min(bytes.size(), most));
    stream_.next_out = reinterpret_cast<Bytef*>(into);
    stream_.avail_out = static_cast<uInt>(std::min(size, most));
    const uInt in = stream_.avail_in;
    const uInt out = stream_.avail_out;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    used = in - stream_.avail_in;
    made = out - stream_.avail_out;
    return status;
  }

 private:
  z_stream stream_ = {};
};

constexpr int gzip_window = 15 + 16;

/// Whether a gzip member really begins here: its first bytes unpack.
bool begins_member(std::string_view bytes) {
  if (bytes.size() < 18 || !bytes.starts_with(gzip_magic) || (bytes[3] & 0xe0) != 0) return false;
  Inflater trial(gzip_window);
  char out[1024];
  std::size_t used = 0;
  std::size_t made = 0;
  const int status = trial.step(bytes.substr(0, 8192), out, sizeof out, used, made);
  return status == Z_STREAM_END || (status == Z_OK && made > 0);
}

}  // namespace

Packing packing_of(std::string_view bytes) {
  if (bytes.starts_with(gzip_magic)) return Packing::gzip;
  if (bytes.starts_with(zstd_magic) || is_skippable_frame(bytes)) return Packing::zstd;
  return Packing::none;
}

struct Unpacker::State {
  State(ByteStream& stream, std::string label) : packed(stream), name(std::move(label)) {
    packing = packing_of(packed.peek(18));
    if (packing == Packing::gzip) inflater = std::make_unique<Inflater>(gzip_window);
    if (packing == Packing::zstd) open_zstd();
  }
  ~State() {
    ZSTD_freeDCtx(zstd);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void open_zstd();
  std::size_t read_gzip(char* into, std::size_t size);
  std::size_t read_zstd(char* into, std::size_t size);
  bool begin_gzip_member(std::uint64_t unpacked);
  void note_member(std::uint64_t unpacked) {
    if (!members.empty() && members.back().unpacked == unpacked) members.pop_back();
    members.push_back({member, unpacked});
    if (members.size() > most_members) members.pop_front();
  }
  void break_off(const char* code, const std::string& what) {
    fault = Error{code, name + ":" + std::to_string(packed.offset()), what, ""};
    broken = true;
  }

  ByteStream& packed;
  std::string name;
  Packing packing = Packing::none;
  std::unique_ptr<Inflater> inflater;
  ZSTD_DCtx* zstd = nullptr;
  std::uint64_t member = 0;
  std::uint64_t given = 0;
  std::deque<Member> members;  // those whose bytes may still be asked for
  bool inside = false;
  bool broken = false;
  std::optional<Error> fault;
};

void Unpacker::State::open_zstd() {
  zstd = ZSTD_createDCtx();
  if (zstd == nullptr) throw std::bad_alloc();
  ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, window_log_limit);
  const std::string_view head = packed.peek(8);
  if (!is_skippable_frame(head)) return;
  const std::size_t size = little_endian(head.substr(4));
  if (size > dictionary_limit) return;  // some other frame to skip, which the library does
  std::string dictionary(packed.peek(8 + size).substr(0, 8 + size));
  if (dictionary.size() < 8 + size) return;
  dictionary.erase(0, 8);
  if (dictionary.starts_with(zstd_magic)) {
    auto unpacked = unpack_bytes(dictionary, dictionary_limit);
    if (unpacked) dictionary = std::move(unpacked).value();
  }
  if (!dictionary.starts_with(dictionary_magic)) return;
  packed.skip(8 + size);
  ZSTD_DCtx_loadDictionary(zstd, dictionary.data(), dictionary.size());
}

bool Unpacker::State::begin_gzip_member(std::uint64_t unpacked) {
  std::string_view head = packed.peek(18);
  while (!head.empty() && head[0] == '\0') {  // padding after the last member
    packed.skip(std::min(head.find_first_not_of('\0'), head.size()));
    head = packed.peek(18);
  }
  if (head.empty()) return false;
  member = packed.offset();
  if (!head.starts_with(gzip_magic.substr(0, std::min(head.size(), gzip_magic.size())))) {
    break_off("E-IO-11", "no gzip member begins here");
    return false;
  }
  inflater->reset();
  inside = true;
  note_member(unpacked);
  return true;
}

std::size_t Unpacker::State::read_gzip(char* into, std::size_t size) {
  std::size_t total = 0;
  while (total < size && !broken) {
    if (!inside && !begin_gzip_member(given + total)) break;
    const std::string_view bytes = packed.peek(1);
    if (bytes.empty()) {
      break_off("E-IO-10", "the gzip stream is cut off; its member begins at byte " + std::to_string(member));
      break;
    }
    std::size_t used = 0;
    std::size_t made = 0;
    const int status = inflater->step(bytes, into + total, size - total, used, made);
    packed.skip(used);
    total += made;
    if (status == Z_STREAM_END) {
      inside = false;
    } else if (status != Z_OK && !(status == Z_BUF_ERROR && used > 0)) {
      break_off("E-IO-11", "broken gzip data; its member begins at byte " + std::to_string(member));
    }
  }
  return total;
}

std::size_t Unpacker::State::read_zstd(char* into, std::size_t size) {
  ZSTD_outBuffer out{into, size, 0};
  while (out.pos < size && !broken) {
    const std::string_view bytes = packed.peek(1);
    if (bytes.empty()) {
      if (inside)
        break_off("E-IO-10",
                  "the zstd stream is cut off; its frame begins at byte " + std::to_string(member));
      break;
    }
    if (!inside) {
      member = packed.offset();
      note_member(given + out.pos);
    }
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    const std::size_t before = out.pos;
    const std::size_t status = ZSTD_decompressStream(zstd, &out, &in);
    packed.skip(in.pos);
    inside = status != 0;
    if (ZSTD_isError(status) != 0) {
      break_off("E-IO-11", std::string("broken zstd data (") + ZSTD_getErrorName(status) +
                               "); its frame begins at byte " + std::to_string(member));
    } else if (in.pos == 0 && out.pos == before && out.pos < size) {
      break_off("E-IO-11", "zstd data that does not end; its frame begins at byte " + std::to_string(member));
    }
  }
  return out.pos;
}

Unpacker::Unpacker(ByteStream& packed, std::string name)
    : state_(std::make_unique<State>(packed, std::move(name))) {}

Unpacker::~Unpacker() = default;

std::size_t Unpacker::read(char* into, std::size_t size) {
  if (state_->packing != Packing::none) {
    const std::size_t made =
        state_->packing == Packing::gzip ? state_->read_gzip(into, size) : state_->read_zstd(into, size);
    state_->given += made;
    return made;
  }
  const std::string_view bytes = state_->packed.peek(1);
  const std::size_t count = std::min(bytes.size(), size);
  std::copy_n(bytes.data(), count, into);
  state_->packed.skip(count);
  return count;
}

std::optional<Error> Unpacker::take_fault() {
  return std::exchange(state_->fault, std::nullopt);
}

bool Unpacker::skip_member() {
  if (state_->packing == Packing::none) return false;
  const bool gzip = state_->packing == Packing::gzip;
  const std::string_view magic = gzip ? gzip_magic : zstd_magic;
  state_->inside = false;
  state_->broken = true;
  if (state_->packed.offset() == state_->member) state_->packed.skip(1);
  for (;;) {
    const std::string_view bytes = state_->packed.peek(16 * 1024);
    if (bytes.size() < magic.size()) return false;
    const std::size_t found = bytes.find(magic);
    if (found == std::string_view::npos) {
      state_->packed.skip(bytes.size() - (magic.size() - 1));
      continue;
    }
    state_->packed.skip(found);
    if (!gzip || begins_member(state_->packed.peek(8192))) break;
    state_->packed.skip(1);
  }
  if (!gzip) ZSTD_DCtx_reset(state_->zstd, ZSTD_reset_session_only);
  state_->broken = false;
  return true;
}

std::uint64_t Unpacker::member_offset() const {
  return state_->member;
}

std::uint64_t Unpacker::given() const {
  return state_->given;
}

Unpacker::Member Unpacker::member_of(std::uint64_t unpacked) {
  auto& members = state_->members;
  while (members.size() > 1 && members[1].unpacked <= unpacked) members.pop_front();
  return members.empty() ? Member{} : members.front();
}

bool Unpacker::go_to_member(std::uint64_t packed) {
  if (state_->packing == Packing::none || packed < state_->packed.offset()) return false;
  state_->packed.skip(packed - state_->packed.offset());
  if (state_->zstd != nullptr) ZSTD_DCtx_reset(state_->zstd, ZSTD_reset_session_only);
  state_->inside = false;
  state_->broken = false;
  state_->fault.reset();
  state_->members.clear();
  return true;
}

std::optional<Error> inflate_bytes(std::string_view packed, std::size_t limit, std::string& out) {
  const bool gzip = packed.starts_with(gzip_magic.substr(0, 2));
  const bool zlib =
      packed.size() > 2 && (packed[0] & 0x0f) == 8 &&
      (static_cast<unsigned char>(packed[0]) * 256 + static_cast<unsigned char>(packed[1])) % 31 == 0;
  Inflater inflater(gzip ? gzip_window : zlib ? 15 : -15);
  char piece[32 * 1024];
  for (;;) {
    std::size_t used = 0;
    std::size_t made = 0;
    const int status = inflater.step(packed, piece, sizeof piece, used, made);
    packed.remove_prefix(used);
    if (out.size() + made > limit) {
      out.append(piece, limit - out.size());
      return Error{"E-IO-12", "", "unpacks to more than " + std::to_string(limit) + " bytes", ""};
    }
    out.append(piece, made);
    if (status == Z_STREAM_END) {
      if (!gzip || !packed.starts_with(gzip_magic)) return std::nullopt;
      inflater.reset();
      continue;
    }
    if (status == Z_BUF_ERROR || (status == Z_OK && packed.empty() && made < sizeof piece)) {
      return Error{"E-IO-10", "", "the packed data is cut off", ""};
    }
    if (status != Z_OK) return Error{"E-IO-11", "", "the packed data is broken", ""};
  }
}

Result<std::string> unpack_bytes(std::string_view packed, std::size_t limit) {
  if (packing_of(packed) == Packing::none) return std::string(packed);
  ByteStream stream = ByteStream::of(std::string(packed));
  Unpacker unpacker(stream, "");
  std::string out;
  std::string piece(64 * 1024, '\0');
  while (const std::size_t got = unpacker.read(piece.data(), piece.size())) {
    if (out.size() + got > limit) {
      return Error{"E-IO-12", "", "unpacks to more than " + std::to_string(limit) + " bytes", ""};
    }
    out.append(piece, 0, got);
  }
  if (auto fault = unpacker.take_fault()) return *fault;
  return out;
}

}  // namespace polybius
