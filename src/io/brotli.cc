// Brotli, as pages are sent with it: one block in memory, whatever it claims to unpack to.
#include <brotli/decode.h>

#include <memory>
#include <new>

#include "io/io.h"

namespace polybius {

std::optional<Error> unpack_brotli(std::string_view packed, std::size_t limit, std::string& out) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> decoder(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (!decoder) throw std::bad_alloc();
  std::size_t left = packed.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(packed.data());
  std::uint8_t piece[32 * 1024];
  for (;;) {
    std::size_t room = sizeof piece;
    std::uint8_t* into = piece;
    const BrotliDecoderResult result =
        BrotliDecoderDecompressStream(decoder.get(), &left, &next, &room, &into, nullptr);
    const std::size_t made = sizeof piece - room;
    if (out.size() + made > limit) {
      out.append(reinterpret_cast<const char*>(piece), limit - out.size());
      return Error{"E-IO-12", "", "unpacks to more than " + std::to_string(limit) + " bytes", ""};
    }
    out.append(reinterpret_cast<const char*>(piece), made);
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return std::nullopt;
    if (result == BROTLI_DECODER_RESULT_ERROR) return Error{"E-IO-11", "", "the packed data is broken", ""};
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
      return Error{"E-IO-10", "", "the packed data is cut off", ""};
  }
}

}  // namespace polybius
