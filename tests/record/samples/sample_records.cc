// Prints the sample records of the tests, one a line, for validators that are no part of this project.
#include <cstdio>

#include "record/sample_record.h"

int main() {
  const polybius::Record sample = polybius::sample_record();
  for (const polybius::Record& record : {sample, polybius::Record{}})
    std::puts(polybius::to_json(record).c_str());
  return 0;
}
