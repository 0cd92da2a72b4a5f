// Streams, packing, folders and output, from the outside.
#include "io/io.h"

#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "temporary_folder.h"

using namespace polybius;
using polybius_test::TemporaryFolder;

namespace {

std::string gzipped(const std::string& text) {
  z_stream stream = {};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstded(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string all_of(Unpacker& unpacker) {
  std::string out;
  char piece[777];
  while (const std::size_t got = unpacker.read(piece, sizeof piece)) out.append(piece, got);
  return out;
}

std::string noise(std::size_t size) {  // does not pack well
  std::string out;
  std::uint32_t state = 1;
  while (out.size() < size) {
    state = state * 1664525u + 1013904223u;
    out += static_cast<char>('a' + state / 65536 % 26);
  }
  return out;
}

}  // namespace

TEST_CASE("lines come one by one, the last one also without a line feed") {
  auto stream = ByteStream::of("one\ntwo\r\n\nfour");
  CHECK(stream.line(100) == "one");
  CHECK(stream.line(100) == "two\r");
  CHECK(stream.line(100) == "");
  CHECK(stream.offset() == 10);
  CHECK(stream.line(100) == "four");
  CHECK(!stream.line(100));
}

TEST_CASE("a line over the limit is cut and the next one comes whole") {
  auto stream = ByteStream::of(std::string(300000, 'x') + "\nnext\n");
  bool cut = false;
  CHECK(stream.line(1000, &cut)->size() == 1000);
  CHECK(cut);
  CHECK(stream.line(1000, &cut) == "next");
  CHECK(!cut);
}

TEST_CASE("gzip members and zstd frames follow one another as one stream") {
  for (const bool gzip : {true, false}) {
    const auto pack = gzip ? gzipped : zstded;
    auto stream = ByteStream::of(pack("first ") + pack("second ") + pack(noise(200000)));
    Unpacker unpacker(stream, "x");
    CHECK(all_of(unpacker) == "first second " + noise(200000));
    CHECK(!unpacker.take_fault());
  }
}

TEST_CASE("a cut-off stream gives what came before, and the fault with its offset") {
  for (const bool gzip : {true, false}) {
    const auto pack = gzip ? gzipped : zstded;
    const std::string first = pack("whole");
    const std::string second = pack(noise(50000));
    auto stream = ByteStream::of(first + second.substr(0, second.size() / 2));
    Unpacker unpacker(stream, "a.gz");
    CHECK(all_of(unpacker).starts_with("whole"));
    const auto fault = unpacker.take_fault();
    REQUIRE(fault);
    CHECK(fault->code == "E-IO-10");
    CHECK(fault->fault.find("byte " + std::to_string(first.size())) != std::string::npos);
    CHECK(!unpacker.take_fault());
  }
}

TEST_CASE("after a broken member the next one is found") {
  std::string broken = gzipped(noise(50000));
  for (std::size_t i = 2000; i < 2100; ++i) broken[i] = '\x55';
  auto stream = ByteStream::of(broken + gzipped("next"));
  Unpacker unpacker(stream, "a.gz");
  all_of(unpacker);
  CHECK(unpacker.take_fault()->code == "E-IO-11");
  REQUIRE(unpacker.skip_member());
  CHECK(all_of(unpacker) == "next");
  CHECK(!unpacker.skip_member());
}

TEST_CASE("a bomb is left behind without being unpacked") {
  auto stream = ByteStream::of(gzipped(std::string(50'000'000, ' ')) + gzipped("next"));
  Unpacker unpacker(stream, "a.gz");
  char piece[1000];
  CHECK(unpacker.read(piece, sizeof piece) == sizeof piece);
  REQUIRE(unpacker.skip_member());
  CHECK(all_of(unpacker) == "next");
}

TEST_CASE("packed bytes in memory are unpacked up to a limit") {
  std::string out;
  CHECK(!inflate_bytes(gzipped("text"), 100, out));
  CHECK(out == "text");
  out.clear();
  CHECK(inflate_bytes(gzipped(std::string(1000, 'x')), 100, out)->code == "E-IO-12");
  CHECK(out.size() == 100);
  out.clear();
  CHECK(inflate_bytes(gzipped(noise(1000)).substr(0, 300), 5000, out)->code == "E-IO-10");
  CHECK(unpack_bytes(zstded("text"), 100).value() == "text");
  CHECK(unpack_bytes("plain", 100).value() == "plain");
}

TEST_CASE("a skippable zstd frame in front is passed over") {
  // Not a dictionary, only a frame to skip.
  std::string frame("\x5d\x2a\x4d\x18\x05\x00\x00\x00hello", 13);
  auto stream = ByteStream::of(frame + zstded("text"));
  Unpacker unpacker(stream, "x");
  CHECK(all_of(unpacker) == "text");
}

TEST_CASE("folders are listed in name order, without hidden files") {
  TemporaryFolder folder;
  for (const auto* name : {"b.txt", "a/2.txt", "a/1.txt", "c/d/e.txt", ".hidden", "a.txt"})
    folder.write(name, "x");
  const auto files = list_files(folder.path.string());
  REQUIRE(files);
  std::vector<std::string> names;
  for (const auto& file : files.value())
    names.push_back(std::filesystem::relative(file, folder.path).string());
  CHECK(names == std::vector<std::string>{"a/1.txt", "a/2.txt", "a.txt", "b.txt", "c/d/e.txt"});
  CHECK(list_files((folder.path / "none").string()).error().code == "E-IO-01");
}

TEST_CASE("missing files and folders are named") {
  TemporaryFolder folder;
  CHECK(ByteStream::open((folder.path / "none").string()).error().code == "E-IO-01");
  CHECK(ByteStream::open(folder.path.string()).error().code == "E-IO-03");
  const auto file = folder.write("f", "12345");
  CHECK(read_file(file).value() == "12345");
  CHECK(read_file(file, 4).error().code == "E-IO-04");
}

TEST_CASE("output appears whole or not at all") {
  TemporaryFolder folder;
  const std::string target = folder.write("out", "old");
  {
    Output output(target);
    output.write("half");
  }
  CHECK(read_file(target).value() == "old");
  {
    Output output(target);
    output.write("new");
    output.commit();
  }
  CHECK(read_file(target).value() == "new");
  CHECK(list_files(folder.path.string()).value().size() == 1);
  CHECK_THROWS(Output((folder.path / "none/out").string()));
}

TEST_CASE("SHA-256 gives the standard's values") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a name is told from its folder and extension") {
  CHECK(stem_of("/news/feed.jsonl") == "feed");
  CHECK(stem_of("a.b.txt") == "a.b");
  CHECK(stem_of(".profile") == ".profile");
}
