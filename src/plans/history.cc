// Orders the steps of a plan by the days they bear, and drops what is told twice.
#include "plans/history.h"

#include <algorithm>
#include <charconv>

namespace polybius {
namespace {

/// A TIMEX3 value as something that sorts: weeks become their Monday, open weekdays sort among themselves;
/// empty if it cannot.
std::string sort_key(const std::string& value) {
  if (value.size() >= 8 && value[4] == '-' && value[5] == 'W') {
    int year = 0;
    int week = 0;
    std::from_chars(value.data(), value.data() + 4, year);
    std::from_chars(value.data() + 6, value.data() + 8, week);
    if (year < 1000 || week == 0) return value.starts_with("XXXX") ? value : std::string{};
    const Date fourth{year, 1, 4};
    return fourth.plus_days(7L * (week - 1) - (fourth.weekday() - 1)).iso();
  }
  const bool digits = value.size() >= 4 && std::all_of(value.begin(), value.begin() + 4, [](char letter) {
                        return letter >= '0' && letter <= '9';
                      });
  return digits ? value.substr(0, 10) : std::string{};
}

bool repeats(const ToldStep& known, const ToldStep& told) {
  if (known.step.status != told.step.status) return false;
  return known.step.time.empty() || told.step.time.empty() || known.step.time == told.step.time;
}

/// What was asked for is no news once it is announced or has begun, unless its day is told.
void drop_old_wishes(std::vector<ToldStep>& steps) {
  const bool settled = std::any_of(steps.begin(), steps.end(), [](const ToldStep& step) {
    const PlanStatus status = step.step.status;
    return status == PlanStatus::announced || status == PlanStatus::confirmed ||
           status == PlanStatus::under_way || status == PlanStatus::held;
  });
  if (!settled) return;
  std::erase_if(steps,
                [](const ToldStep& step) { return step.step.status == PlanStatus::proposed && !step.dated; });
}

/// The day beside which a vague one ("recently") stands: that of the change told with a date.
std::string day_of_change(const std::vector<ToldStep>& steps) {
  for (const ToldStep& step : steps) {
    const bool change =
        step.step.status == PlanStatus::postponed || step.step.status == PlanStatus::cancelled;
    std::string key = change ? sort_key(step.step.time) : std::string{};
    if (!key.empty()) return key;
  }
  return {};
}

bool is_done(PlanStatus status) {
  return status == PlanStatus::held || status == PlanStatus::under_way;
}

/// The key of the last announcement: what is done without a day is done after it.
std::string last_announcement(const std::vector<std::pair<std::string, PlanStep>>& keyed) {
  std::string last;
  for (const auto& [key, step] : keyed) {
    if (step.status == PlanStatus::announced || step.status == PlanStatus::proposed)
      last = std::max(last, key);
  }
  return last;
}

std::vector<ToldStep> without_repeats(std::vector<ToldStep> told) {
  std::vector<ToldStep> steps;
  for (ToldStep& step : told) {
    const auto known =
        std::find_if(steps.begin(), steps.end(), [&](const ToldStep& other) { return repeats(other, step); });
    if (known == steps.end()) {
      steps.push_back(std::move(step));
    } else if (!known->dated && (step.dated || known->step.time.empty())) {
      *known = std::move(step);
    }
  }
  return steps;
}

}  // namespace

std::vector<PlanStep> history_of(std::vector<ToldStep> told) {
  std::vector<ToldStep> steps = without_repeats(std::move(told));
  drop_old_wishes(steps);
  std::vector<std::pair<std::string, PlanStep>> keyed;
  std::string last;
  for (const ToldStep& step : steps) {
    std::string key = sort_key(step.step.time);
    if (step.step.time.ends_with("_REF")) key = day_of_change(steps);
    if (key.empty() && !step.earlier) key = last;
    last = key;
    keyed.emplace_back(std::move(key), step.step);
  }
  const std::string announced = last_announcement(keyed);
  for (auto& [key, step] : keyed) {
    if (step.time.empty() && is_done(step.status)) key = std::max(key, announced);
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& left, const auto& right) {
    if (left.first != right.first) return left.first < right.first;
    return left.second.status != PlanStatus::held && right.second.status == PlanStatus::held;
  });
  std::vector<PlanStep> history;
  history.reserve(keyed.size());
  for (auto& [key, step] : keyed) history.push_back(std::move(step));
  return history;
}

}  // namespace polybius
