// The filters of `query` and `export` as options.
#include "cli/filter_options.h"

namespace polybius {

void add_filter_options(CLI::App& command, Filter& filter) {
  const auto text = [&](const char* name, std::string& value, const char* what, const char* type) {
    command.add_option(name, value, what)->type_name(type)->group("Filters");
  };
  const auto list = [&](const char* name, std::vector<std::string>& values, const char* what) {
    command.add_option(name, values, what)
        ->type_name("NAME")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group("Filters");
  };
  text("--actor", filter.actor, "who does it: words of a name, a Wikidata id, a CAMEO or country code",
       "WHO");
  text("--recipient", filter.recipient, "whom it is done to", "WHO");
  text("--entity", filter.entity, "either side", "WHO");
  text("--speaker", filter.speaker, "who reports it", "WHO");
  list("--type", filter.types, "PLOVER type; kind of a statement or entity (a,b or repeated)");
  list("--mode", filter.modes, "PLOVER mode");
  list("--status", filter.statuses, "occurred, planned, cancelled ...; of plans the latest");
  command.add_option("--quad", filter.quads, "1 to 4")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group("Filters");
  text("--from", filter.from, "first day (2025-10-24, 2025-10 or 2025)", "DATE");
  text("--to", filter.to, "last day", "DATE");
  text("--place", filter.place, "words of a place's or country's name, a country code, a GeoNames id",
       "WHERE");
  text("--text", filter.text, "words of the article; \"in a row\", begin*", "WORDS");
  text("--document", filter.document, "its id", "ID");
  text("--source", filter.source, "its site", "SITE");
  command.add_option("--confidence", filter.confidence, "at least (0 to 1)")->group("Filters");
  command.add_flag("--wrong", filter.wrong, "events that somebody called wrong, too")->group("Filters");
}

}  // namespace polybius
