// Reads records, one a line, from standard input and prints what the schema cannot say of them: faults of
// links and offsets.
#include <iostream>
#include <string>

#include "polybius/record.h"

int main() {
  int faults = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const auto record = polybius::from_json(line);
    if (!record) {
      std::cout << record.error().message() << "\n";
      ++faults;
      continue;
    }
    if (polybius::to_json(record.value()) != line) {
      std::cout << record.value().id << ": is not written as it was read\n";
      ++faults;
    }
    for (const std::string& fault : polybius::faults_of(record.value())) {
      std::cout << record.value().id << ": " << fault << "\n";
      ++faults;
    }
  }
  return faults == 0 ? 0 : 1;
}
