// Build step: unpacks the table of places and writes its compiled form. Usage: compile_gazetteer TABLE.gz
// OUTPUT
#include <zlib.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "gazetteer/gazetteer.h"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: compile_gazetteer TABLE.gz OUTPUT\n", stderr);
    return 2;
  }
  const gzFile file = gzopen(arguments[1], "rb");
  if (file == nullptr) {
    std::fprintf(stderr, "%s cannot be read\n", arguments[1]);
    return 3;
  }
  std::string table;
  std::array<char, 65536> piece{};
  int got = 0;
  while ((got = gzread(file, piece.data(), piece.size())) > 0)
    table.append(piece.data(), static_cast<std::size_t>(got));
  gzclose(file);
  if (got < 0) {
    std::fprintf(stderr, "%s is broken\n", arguments[1]);
    return 3;
  }
  std::ofstream out(arguments[2], std::ios::binary);
  out << polybius::compile_gazetteer(table);
  return out.flush() ? 0 : 3;
}
