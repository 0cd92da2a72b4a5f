// Bytes in and out: files, folders, standard input, packed streams; output that appears whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"

namespace polybius {

/// A stream of bytes with a window in front of it. Memory: the largest window asked for, plus one piece of 64
/// KiB.
class ByteStream {
 public:
  /// Writes up to `size` bytes to `into` and returns how many; 0 at the end.
  using Pull = std::function<std::size_t(char* into, std::size_t size)>;

  explicit ByteStream(Pull pull) : pull_(std::move(pull)) {}
  /// Opens a file, or standard input for "-". Errors: E-IO-01 (missing), E-IO-02 (not readable), E-IO-03 (a
  /// folder).
  static Result<ByteStream> open(const std::string& path);
  static ByteStream of(std::string bytes);

  /// The next `wanted` bytes, fewer only at the end, more if they are there. Valid until the next call.
  std::string_view peek(std::size_t wanted);
  /// Moves past `count` bytes, which may lie beyond the window. Returns how many there were.
  std::uint64_t skip(std::uint64_t count);
  /// Bytes moved past so far.
  std::uint64_t offset() const {
    return offset_;
  }
  /// The next line without its LF (a CR stays) and past it, as long as `limit` allows: a longer line is moved
  /// past, `cut` is set and its first `limit` bytes are returned. Nothing at the end.
  std::optional<std::string> line(std::size_t limit, bool* cut = nullptr);
  /// Forgets the window, so that the next byte is pulled anew.
  void drop_window();

 private:
  void fill(std::size_t wanted);
  Pull pull_;
  std::string window_;
  std::size_t begin_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

enum class Packing { none, gzip, zstd };
/// How a stream that begins with `bytes` is packed.
Packing packing_of(std::string_view bytes);

/// Unpacks a gzip stream of any number of members, a zstd stream of any number of frames (a leading
/// dictionary frame as in
/// `.warc.zst` is used), or passes bytes through.
class Unpacker {
 public:
  /// `packed` must outlive it. `name` is for messages.
  Unpacker(ByteStream& packed, std::string name);
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Up to `size` unpacked bytes; 0 at the end or at a break (see `fault`).
  std::size_t read(char* into, std::size_t size);
  /// What broke the stream, once: E-IO-10 (cut off), E-IO-11 (broken), with the offset in the packed stream.
  std::optional<Error> take_fault();
  /// Gives up the rest of this member and goes on at the next one; false if there is none. Cost: reads packed
  /// bytes only.
  bool skip_member();
  /// Where the member begins that is being read, in packed bytes.
  std::uint64_t member_offset() const;
  /// Where the member begins that holds an unpacked offset which is not before the last one asked for.
  struct Member {
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
  };
  Member member_of(std::uint64_t unpacked);
  /// Unpacked bytes given out so far.
  std::uint64_t given() const;
  /// Goes on at a member's packed offset. False, and nothing done, if that was passed already.
  bool go_to_member(std::uint64_t packed);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Unpacks gzip, zlib or raw deflate data that is in memory. Errors: E-IO-12 (more than `limit` bytes),
/// E-IO-10, E-IO-11; what came out before is left in `out`.
std::optional<Error> inflate_bytes(std::string_view packed, std::size_t limit, std::string& out);
/// Unpacks Brotli data that is in memory. Errors and `out` as above.
std::optional<Error> unpack_brotli(std::string_view packed, std::size_t limit, std::string& out);
/// Unpacks one gzip or zstd block or passes the bytes through. Errors as above.
Result<std::string> unpack_bytes(std::string_view packed, std::size_t limit);

/// The bytes of a file. Errors: as `ByteStream::open`; E-IO-04 (longer than `limit`).
Result<std::string> read_file(const std::string& path, std::size_t limit = std::size_t{1} << 31);
/// The files below a folder, in name order at each level; hidden ones are left out. A file gives itself.
/// Errors: E-IO-01, E-IO-02.
Result<std::vector<std::string>> list_files(const std::string& path);
/// "feed" of "/news/feed.jsonl": the name without folder and last extension.
std::string stem_of(std::string_view path);

/// Output that appears whole or not at all: written to a nameless file (or one
/// beside the target) that `commit` puts in its place.
class Output {
 public:
  /// "" or "-": standard output, which is written as it comes. Throws std::system_error if the file cannot be
  /// made.
  explicit Output(std::string path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  /// Throws std::system_error (disk full, reader gone).
  void write(std::string_view bytes);
  /// Flushes, and puts the file in its place. Throws std::system_error.
  void commit();

 private:
  void flush();
  void give_name();
  std::string path_;
  std::string temporary_;
  bool nameless_ = false;  ///< written to a file that has no name yet
  std::string buffer_;
  int descriptor_ = -1;
};

/// How addresses are fetched.
struct FetchOptions {
  std::size_t size_limit = std::size_t{64} << 20;  ///< bytes of an answer, unpacked
  unsigned seconds = 60;                           ///< for an address with all its redirects
  unsigned redirects = 5;
  bool private_networks = false;  ///< whether loopback, private and link-local addresses may be asked
  std::string user_agent;         ///< what servers are told; its first word is what robots.txt may name
  std::string certificates;       ///< file of roots (PEM) to trust instead of the system's
  std::function<void(const std::string& host)> before;  ///< called before each request: the place to wait
  std::function<bool()> stop;                           ///< asked now and then; true breaks off
};

/// By what a server tells whether an answer has changed.
struct Validators {
  std::string etag;
  std::string last_modified;
  friend bool operator==(const Validators&, const Validators&) = default;
};

/// What a server answered.
struct Fetched {
  std::string url;  ///< after redirects
  std::string body;
  std::string content_type;  ///< as sent: "text/html; charset=UTF-8"
  Validators validators;
  bool unchanged = false;  ///< since the validators given; there is no body then
};

/// Fetches `http:` and `https:` addresses one after another. Each host's robots.txt (RFC 9309) is read first
/// and heeded, also on the way through redirects; no address of a private network is connected to, whatever
/// name led there. Proxies of the environment are not used. Not to be shared by threads.
class Fetcher {
 public:
  explicit Fetcher(FetchOptions options);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// Errors: E-NET-01 (no such address), E-NET-02 (no connection), E-NET-03 (a private network), E-NET-04
  /// (robots.txt), E-NET-05 (too long), E-NET-06 (too slow), E-NET-07 (redirects), E-NET-08 (the status),
  /// E-NET-09 (a broken answer), E-NET-10 (stopped).
  Result<Fetched> get(const std::string& url, const Validators& known = {});
  /// Lets robots.txt be read anew; to be called at least once a day.
  void forget_robots();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Whether an input is an address to fetch: begins with "http://" or "https://", in any case.
bool is_address(std::string_view input);
/// An address that stands in the page `base`; as it is if it cannot be resolved.
std::string resolved_address(const std::string& base, const std::string& reference);

/// SHA-256 (FIPS 180-4), fed piece by piece.
class Sha256 {
 public:
  void add(std::string_view bytes);
  /// 64 lower-case hexadecimal digits; nothing may be added afterwards.
  std::string hex();

 private:
  void block(const unsigned char* bytes);
  std::uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  unsigned char pending_[64] = {};
  std::size_t pending_size_ = 0;
  std::uint64_t size_ = 0;
};
std::string sha256_hex(std::string_view bytes);

}  // namespace polybius
