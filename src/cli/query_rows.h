// What `query` shows of each kind: the columns of its tables and CSV files.
#pragma once

#include "cli/sheet.h"
#include "store/store.h"

namespace polybius {

SheetRow heading_of(const EventRow*);
SheetRow heading_of(const StatementRow*);
SheetRow heading_of(const PlanRow*);
SheetRow heading_of(const EntityRow*);
SheetRow heading_of(const DocumentRow*);
SheetRow heading_of(const TimelineRow*);

SheetRow cells_of(const EventRow& row);
SheetRow cells_of(const StatementRow& row);
SheetRow cells_of(const PlanRow& row);
SheetRow cells_of(const EntityRow& row);
SheetRow cells_of(const DocumentRow& row);
SheetRow cells_of(const TimelineRow& row);

}  // namespace polybius
