// Writes the HTML brief of the tests' records to standard output: "one", "many" or "hostile", for the test in
// a browser.
#include <cstdio>
#include <string_view>

#include "brief/brief.h"
#include "brief/summit_record.h"
#include "record/sample_record.h"

int main(int count, char** words) {
  std::vector<polybius::Record> records{polybius::summit_record()};
  if (count > 1 && std::string_view(words[1]) == "hostile") records = {polybius::hostile_record()};
  if (count > 1 && std::string_view(words[1]) == "many") {
    records.push_back(polybius::sample_record());
    records.push_back(polybius::Record{});
  }
  std::fputs(polybius::brief_html(records).c_str(), stdout);
  return 0;
}
