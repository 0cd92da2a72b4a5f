// Build step: checks the tables and writes their compiled form. Usage: compile_lexicon FOLDER OUTPUT
#include <cstdio>
#include <fstream>

#include "lexicon/lexicon.h"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: compile_lexicon FOLDER OUTPUT\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto image = polybius::compile_tables(std::span(&folder, 1));
  if (!image) {
    std::fprintf(stderr, "%s\n", image.error().message().c_str());
    return 3;
  }
  std::ofstream out(arguments[2], std::ios::binary);
  out << image.value();
  return out.flush() ? 0 : 3;
}
