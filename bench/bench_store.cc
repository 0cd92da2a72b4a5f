// How long a store's questions take: filter, sort and first 100 rows; three facets with counts. Usage:
// bench_store DB [QUESTIONS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "store/store.h"

namespace polybius {
namespace {

double milliseconds_of(const auto& job) {
  const auto start = std::chrono::steady_clock::now();
  job();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void report(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  std::printf("%s: median %.2f ms, p95 %.2f ms, worst %.2f ms\n", what, at(0.5), at(0.95), times.back());
}

/// A question as a person might put it: one to four filters.
Filter any_filter(std::mt19937& random) {
  const char* names[] = {"Ruritania", "Holt",     "Q142",   "DEU",        "Brandt",
                         "Zenda",     "Borduria", "Nobody", "Olga Brandt"};
  const char* types[] = {"CONSULT", "ASSAULT", "ACCUSE", "THREATEN", "AID"};
  const char* statuses[] = {"planned", "occurred", "cancelled", "denied"};
  const char* places[] = {"Budapest", "CHE", "Cairo"};
  const auto pick = [&](const auto& list) { return std::string(list[random() % std::size(list)]); };
  Filter filter;
  if (random() % 2 == 0) filter.actor = pick(names);
  if (random() % 3 == 0) filter.recipient = pick(names);
  if (random() % 2 == 0) filter.types = {pick(types)};
  if (random() % 3 == 0) filter.statuses = {pick(statuses)};
  if (random() % 4 == 0) filter.place = pick(places);
  if (random() % 4 == 0) filter.from = std::to_string(2015 + random() % 9);
  if (random() % 6 == 0) filter.to = std::to_string(2016 + random() % 9) + "-06";
  return filter;
}

void run(const char* url, int questions) {
  auto opened = open_store(url, StoreMode::read);
  if (!opened) {
    std::printf("%s\n", opened.error().message().c_str());
    return;
  }
  Store& store = opened.value();
  std::shared_ptr<const Catalogue> catalogue;
  const double reading = milliseconds_of([&] { catalogue = Catalogue::read(store); });
  std::printf("catalogue: %zu documents, %zu events, read in %.0f ms\n", catalogue->documents(),
              catalogue->events(), reading);
  std::mt19937 random(7);
  std::vector<double> lists;
  std::vector<double> facets;
  std::vector<double> words;
  const std::vector<std::string> names{"type", "actor", "month"};
  for (int i = 0; i < questions; ++i) {
    Filter filter = any_filter(random);
    Page page;
    page.oldest_first = random() % 2 == 0;
    lists.push_back(milliseconds_of([&] { (void)find_events(store, *catalogue, filter, page); }));
    facets.push_back(milliseconds_of([&] { (void)count_facets(store, *catalogue, filter, names, 20); }));
    filter.text = "official morning";
    if (i % 10 == 0)
      words.push_back(milliseconds_of([&] { (void)find_events(store, *catalogue, filter, page); }));
  }
  report("filter, sort, first 100 rows", lists);
  report("three facets with counts", facets);
  report("with words that every document holds", words);
}

}  // namespace
}  // namespace polybius

int main(int count, char** arguments) {
  if (count < 2) return 2;
  polybius::run(arguments[1], count > 2 ? std::atoi(arguments[2]) : 300);
  return 0;
}
