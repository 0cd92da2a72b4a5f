// A record that uses every field, about a summit that never was.
#pragma once

#include <string>

#include "polybius/record.h"

namespace polybius {

/// Valid by the schema, without faults by `faults_of`.
inline Record sample_record() {
  Record record;
  record.id = "sample";
  record.extra = {{"desk", R"("foreign")"}, {"rank", "3"}, {"tags", R"(["a","b"])"}};
  record.origin = {"news/sample.html", "https://example.org/sample", "urn:uuid:0", "example.org"};
  record.title = "Summit \"put off\"";
  record.authors = {"A. Writer", "B. Writer"};
  record.language = "en";
  record.published = "2031-05-09";
  record.published_by = PublishedBy::metadata;
  //              0         1         2         3         4         5         6         7
  //              0123456789012345678901234567890123456789012345678901234567890123456789012345
  record.text = "Chancellor Adler put off talks with Queen Élodie on Thursday, her office said.";
  record.removed = {{"Share this story", "share", 0}};
  record.sentences = {{0, 78}};
  Entity adler{"e1", EntityKind::person, "Adler", {{"DEUGOV", "DEU"}, "GOV", "DEU", "Q1", ""}, {}, {}, {},
               {}};
  adler.role = Role{"Chancellor", "DEU", "2029-01-01", "2033-01-01"};
  adler.mentions = {{{11, 16}, MentionForm::name}, {{62, 65}, MentionForm::pronoun}};
  Entity queen{"e2",
               EntityKind::person,
               "Élodie",
               {},
               {},
               {},
               Role{"Queen", "", "", ""},
               {{{42, 48}, MentionForm::name}}};
  Entity office{"e3", EntityKind::organization,          "Chancellery", {}, 52.5, -13.25,
                {},   {{{62, 72}, MentionForm::nominal}}};
  record.entities = {adler, queen, office};
  record.times = {{{52, 60}, TimeType::DATE, "2031-05-08", true, {}}};
  Statement said{"s1",
                 StatementKind::indirect,
                 Speaker{"e3", {"e1"}, Span{62, 72}},
                 {{73, 77}},
                 {{0, 60}},
                 "e2",
                 "2031-05-09",
                 "",
                 {"v1"}};
  record.statements = {said};
  Event event;
  event.id = "v1";
  event.type = EventType::CONSULT;
  event.mode = "visit";
  event.contexts = {"diplomatic"};
  event.quad = 1;
  event.cameo = "036";
  event.actor = {"e1"};
  event.recipient = {"e2"};
  event.trigger = {{17, 24}, {25, 30}};
  event.time = EventTime{"2031-05-08", "words"};
  event.place = Place{"Trier", "2821164", "DEU", 49.75565, 6.63935};
  event.status = Status::postponed;
  event.plan = "p1";
  event.said_by = "s1";
  event.confidence = 0.925;
  event.why = "verb \"put off\"";
  record.events = {event};
  record.plans = {{"p1",
                   "talks",
                   {"e1", "e2"},
                   event.place,
                   "2031-05-20",
                   {{PlanStatus::postponed, "2031-05-08", {17, 30}, "s1"}}}};
  record.warnings = {{"no_date", false, 0, 0, "no date in the text"},
                     {"garbled_name", true, 11, 16, "read as Adler"}};
  record.coder = {"0.1.0", "rules", "builtin"};
  return record;
}

}  // namespace polybius
