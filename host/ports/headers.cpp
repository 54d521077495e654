// Compiles every port on its own, so that each header stands alone.
#include "ports/agent.hpp"
#include "ports/agent_view.hpp"
#include "ports/journal.hpp"
#include "ports/report.hpp"
#include "ports/tape.hpp"
#include "ports/venue.hpp"
