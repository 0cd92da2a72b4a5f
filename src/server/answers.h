// The questions that are answered whole: parameters in, JSON out.
#pragma once

#include <string>
#include <string_view>

#include "server/parameters.h"
#include "store/store.h"

namespace polybius {

struct Question {
  Parameters& parameters;
  const std::string& id;  ///< what follows the path of the route, decoded
  Store& store;
  const Catalogue& catalogue;
};

/// Errors: E-SRV-02, E-SRV-03 (parameters), E-SRV-04 (there is none such), those of the store. Throws
/// StoreFailure.
using AnswerQuestion = Result<std::string> (*)(Question& question);

/// The answer to the questions of a path; nothing if there is none such. "/api/documents/" and
/// "/api/dossiers/" are followed by an id.
AnswerQuestion answer_of_path(std::string_view path);

/// The data of /api/store.
std::string store_state_json(const Catalogue& catalogue);

}  // namespace polybius
