// How long a store's questions take: filter, sort and first 100 rows; three facets with counts. Usage:
// bench_store DB [QUESTIONS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

#include "store/store.h"

namespace polybius {
namespace {

/// Time by the clock and of this thread's processor, which other work on the machine does not stretch.
struct Took {
  double clock = 0;
  double processor = 0;
};

double now_of(clockid_t which) {
  timespec now{};
  clock_gettime(which, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

Took time_of(const auto& job) {
  const Took start{now_of(CLOCK_MONOTONIC), now_of(CLOCK_THREAD_CPUTIME_ID)};
  job();
  return {now_of(CLOCK_MONOTONIC) - start.clock, now_of(CLOCK_THREAD_CPUTIME_ID) - start.processor};
}

void report(const char* what, const std::vector<Took>& times) {
  for (double Took::*member : {&Took::clock, &Took::processor}) {
    std::vector<double> sorted;
    for (const Took& time : times) sorted.push_back(time.*member);
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
      return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    };
    std::printf("%s: median %.2f ms, p95 %.2f ms, worst %.2f ms%s\n", what, at(0.5), at(0.95), sorted.back(),
                member == &Took::clock ? "" : " of CPU");
  }
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
  const Took reading = time_of([&] { catalogue = Catalogue::read(store); });
  std::printf("catalogue: %zu documents, %zu events, read in %.0f ms (%.0f of CPU)\n", catalogue->documents(),
              catalogue->events(), reading.clock, reading.processor);
  std::mt19937 random(7);
  std::vector<Took> lists;
  std::vector<Took> facets;
  std::vector<Took> words;
  const std::vector<std::string> names{"type", "actor", "month"};
  for (int i = 0; i < questions; ++i) {
    Filter filter = any_filter(random);
    Page page;
    page.oldest_first = random() % 2 == 0;
    lists.push_back(time_of([&] { (void)find_events(store, *catalogue, filter, page); }));
    facets.push_back(time_of([&] { (void)count_facets(store, *catalogue, filter, names, 20); }));
    filter.text = "official morning";
    if (i % 10 == 0) words.push_back(time_of([&] { (void)find_events(store, *catalogue, filter, page); }));
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
