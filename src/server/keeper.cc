// Looks at the store's revision now and then; reading a catalogue never takes more than a fifth of a
// processor.
#include "server/keeper.h"

namespace polybius {

namespace {
constexpr int rest_factor = 4;  // times as long as reading took, before it is read again
}

CatalogueKeeper::CatalogueKeeper(std::string url, std::chrono::milliseconds look,
                                 std::function<void(bool)> after_look, std::function<void(const Error&)> log)
    : url_(std::move(url)), look_(look), after_look_(std::move(after_look)), log_(std::move(log)) {}

CatalogueKeeper::~CatalogueKeeper() {
  stop();
}

std::optional<Error> CatalogueKeeper::open() {
  auto opened = open_store(url_, StoreMode::read);
  if (!opened) return opened.error();
  store_.emplace(std::move(opened).value());
  return std::nullopt;
}

std::optional<Error> CatalogueKeeper::start() {
  if (auto fault = open()) return fault;
  catalogue_ = Catalogue::read(*store_);
  thread_ = std::thread([this] { watch(); });
  return std::nullopt;
}

void CatalogueKeeper::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<const Catalogue> CatalogueKeeper::current() const {
  const std::scoped_lock lock(mutex_);
  return catalogue_;
}

bool CatalogueKeeper::refresh() {
  try {
    if (!store_) {
      if (const auto fault = open()) throw StoreFailure(fault->message());
    }
    const auto known = current();
    const auto start = std::chrono::steady_clock::now();
    auto read = Catalogue::refreshed(known, *store_);
    failing_ = false;
    if (read == known) return false;
    rest_ = rest_factor * (std::chrono::steady_clock::now() - start);
    const std::scoped_lock lock(mutex_);
    catalogue_ = std::move(read);
    return true;
  } catch (const std::exception& failure) {
    store_.reset();
    if (!failing_ && log_) log_({"E-SRV-30", "", failure.what(), "answering from what was read before"});
    failing_ = true;  // said once, not twice a second
    return false;
  }
}

void CatalogueKeeper::watch() {
  auto rested = std::chrono::steady_clock::now();
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (stopped_.wait_for(lock, look_, [&] { return stopping_; })) return;
    }
    const bool due = std::chrono::steady_clock::now() >= rested;
    const bool changed = due && refresh();
    if (changed) rested = std::chrono::steady_clock::now() + rest_;
    after_look_(changed);
  }
}

}  // namespace polybius
