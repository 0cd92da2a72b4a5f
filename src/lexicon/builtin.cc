// The tables that the build compiled into the program.
#include <cstddef>

#include "lexicon/lexicon.h"

extern "C" {
extern const char polybius_lexicon_image[];
extern const unsigned long long polybius_lexicon_image_size;
}

namespace polybius {

Lexicon Lexicon::builtin() {
  return of_image({polybius_lexicon_image, static_cast<std::size_t>(polybius_lexicon_image_size)});
}

}  // namespace polybius
