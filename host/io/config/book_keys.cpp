// The keys of the book itself, its agents and its logs.
#include "io/config/keys.hpp"

namespace grekko::config {
namespace {

void add_book(Schema& schema) {
    schema.add(keys::text("book.name", "main",
                          "Name of the book; its files are in a folder of this name."));
    schema.add(keys::text("book.base_currency", "USD",
                          "Currency that NAV and all limits are counted in."));
    schema.add(
        keys::text("book.folder", "data",
                   "Folder that holds a folder for each book: journal, tape, views, reports."));
    schema.add(keys::choice(
        "book.durability", {"full", "none"}, "full",
        "full: a commit is on disk before an order leaves; none: a crash may lose it."));
    schema.add(
        keys::whole("book.reserve_bytes", "8388608", {"0", "1073741824", "bytes"},
                    "Disk space set aside so that fills and cancels are recorded on a full disk."));
    schema.add(keys::whole("book.snapshot_every", "1000000", {"1000", "", "records"},
                           "A snapshot of the state is written after so many records."));
    schema.add(
        keys::choice("book.consensus", {"on", "off"}, "on",
                     "off: every increase passes unvoted, to measure what the vote is worth."));
    schema.add(keys::flag("book.shorts", "false", "Whether agents may hold short positions."));
    schema.add(keys::flag("book.without_funding", "false",
                          "Trade perpetuals on margin though no funding is paid or received."));
    schema.add(keys::list("book.restricted", "", "Symbols that nobody may trade."));
    schema.add(keys::list("book.blackouts", "",
                          "Times without increases: \"SYMBOL FROM TO\", * for every symbol."));
    schema.add(keys::choice("book.on_disable", {"keep_with_stops", "flatten"}, "keep_with_stops",
                            "What becomes of the positions of an agent that is switched off."));
}

void add_agents(Schema& schema) {
    schema.add(Table{"agents", {"name"}, true});
    schema.add(keys::text("agents[].name", "", "Name of the agent."));
    schema.add(keys::text("agents[].folder", "",
                          "Folder with agent.lua; default: scripts/agents/<name>."));
    schema.add(keys::share("agents[].allocation", "1", {"0", "1", "of the starting cash"},
                           "Capital given to the agent."));
    schema.add(keys::share("agents[].participation", "1", {"0", "1", ""},
                           "Weight that the operator gives its votes."));
    schema.add(keys::share("agents[].risk_tolerance", "0", {"0", "1", ""},
                           "The one dial of risk; 0: that of its mode."));
    schema.add(keys::whole("agents[].group", "0", {"0", "65535", ""},
                           "Agents of one group share one vote; 0: by equal code."));
    schema.add(keys::list("agents[].symbols", "", "Symbols it trades; default: run.symbols."));
    schema.add(keys::parameter("agents[].params.*", "Parameters that the script declares."));
}

void add_logging(Schema& schema) {
    schema.add(keys::choice("logging.level", {"trace", "debug", "info", "warning", "error", "off"},
                            "info", "The least that is logged."));
    schema.add(keys::choice("logging.format", {"automatic", "human", "json"}, "automatic",
                            "automatic: human on a terminal, JSON lines otherwise."));
    schema.add(
        keys::text("logging.file", "", "File that logs are added to; empty: standard error."));
    schema.add(keys::whole("logging.lines_per_second", "100", {"1", "100000", "lines"},
                           "More than these are counted, not written."));
}

} // namespace

void add_book_keys(Schema& schema) {
    add_book(schema);
    add_agents(schema);
    add_logging(schema);
}

} // namespace grekko::config
