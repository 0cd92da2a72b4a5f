// Keeps the catalogue that is answered from: reads it anew, beside the answering, when others have changed
// the store.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "store/store.h"

namespace polybius {

class CatalogueKeeper {
 public:
  /// `after_look`  called from the keeper's thread after each look at the store; `changed`: the catalogue is
  /// another. `log`         what went wrong; the old catalogue is kept then.
  CatalogueKeeper(std::string url, std::chrono::milliseconds look,
                  std::function<void(bool changed)> after_look, std::function<void(const Error&)> log);
  ~CatalogueKeeper();
  CatalogueKeeper(const CatalogueKeeper&) = delete;
  CatalogueKeeper& operator=(const CatalogueKeeper&) = delete;

  /// Reads the first one and looks from then on. Errors: E-STO-.. Throws StoreFailure.
  std::optional<Error> start();
  void stop();
  std::shared_ptr<const Catalogue> current() const;

 private:
  void watch();
  bool refresh();
  std::optional<Error> open();

  std::string url_;
  std::chrono::milliseconds look_;
  std::function<void(bool)> after_look_;
  std::function<void(const Error&)> log_;
  std::optional<Store> store_;
  bool failing_ = false;
  std::chrono::steady_clock::duration rest_{};  ///< after a costly reading
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::shared_ptr<const Catalogue> catalogue_;
  std::thread thread_;
};

}  // namespace polybius
