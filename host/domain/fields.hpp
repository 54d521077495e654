// visit_fields for every record of the journal: what a struct holds, by name, listed once for JSON,
// SQL projection and texts. It is not the binary form: that is the struct itself.
// io/sqlite renders and projects with it; whoever adds a field to an event adds it there.
#pragma once

#include "domain/fields/coordination.hpp"
#include "domain/fields/input.hpp"
#include "domain/fields/parts.hpp"
#include "domain/fields/risk.hpp"
#include "domain/fields/system.hpp"
#include "domain/fields/trading.hpp"
