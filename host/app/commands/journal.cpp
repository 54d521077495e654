// grekko journal: reads, checks, queries, exports and replays the journal of a book.
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/backtest.hpp"
#include "app/commands/commands.hpp"
#include "app/journal_path.hpp"
#include "app/output_file.hpp"
#include "app/session_file.hpp"
#include "io/sqlite/envelope.hpp"
#include "io/sqlite/query.hpp"
#include "io/sqlite/render.hpp"
#include "io/sqlite/store.hpp"
#include "io/sqlite/text_table.hpp"
#include "io/sqlite/verify.hpp"
#include "io/sqlite/views.hpp"
#include "research/backtest/replay.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Options {
    std::string journal;
    std::string sql, out;
    std::int64_t count{20}, from{1}, rows{1'000};
    bool verification{false}, envelope{false};
};

// One line for people: sequence, time, type, then the fields.
std::string brief(const sqlite::Record& record) {
    std::string line = std::to_string(record.head.sequence.value());
    line.resize(std::max<std::size_t>(line.size() + 1, 10), ' ');
    line += to_string(record.head.at) + "  ";
    std::string type{record_name(record.head.tag)};
    type.resize(std::max<std::size_t>(type.size() + 1, 26), ' ');
    return line + type + sqlite::render_data(record);
}

Result<void> tail(const Options& options, const Globals& globals) {
    TRY(path, journal_path(options.journal, globals));
    TRY(store, sqlite::Store::open_to_read(path));
    const std::string book = store.identity().book;
    return sqlite::tail(path, static_cast<std::uint64_t>(std::max<std::int64_t>(options.count, 0)),
                        [&](const sqlite::Record& record) -> Result<void> {
                            std::cout
                                << (globals.output == Output::json ? sqlite::render(record, book, 0)
                                                                   : brief(record))
                                << "\n";
                            return {};
                        });
}

// The views beside the journal, made or brought up to date first.
Result<fs::path> fresh_views(const fs::path& journal) {
    const fs::path path = fs::path{journal}.replace_filename("views.db");
    TRY(views, sqlite::Views::open(path, sqlite::KeepJson::no));
    TRY(views.catch_up(journal));
    return path;
}

Result<void> query(const Options& options, const Globals& globals) {
    TRY(path, journal_path(options.journal, globals));
    TRY(views, fresh_views(path));
    sqlite::QueryLimits limits;
    limits.rows = static_cast<std::size_t>(std::max<std::int64_t>(options.rows, 1));
    TRY(table, sqlite::query(views, options.sql, limits));
    if (globals.output == Output::json) {
        Json rows = Json::array();
        for (const auto& row : table.rows) {
            Json object;
            for (std::size_t i = 0; i < row.size(); ++i)
                object[table.columns[i]] = row[i] ? Json(*row[i]) : Json(nullptr);
            rows.push_back(std::move(object));
        }
        std::cout << rows.dump(2) << "\n";
        return {};
    }
    sqlite::TextTable text{table.columns};
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const auto& cell : row)
            cells.push_back(cell.value_or("-"));
        text.add(std::move(cells));
    }
    std::cout << text.text(0);
    if (table.cut) std::cerr << "grekko: more rows exist; --rows N shows more\n";
    return {};
}

Result<void> verify(const Options& options, const Globals& globals) {
    TRY(path, journal_path(options.journal, globals));
    TRY(report, sqlite::verify(path));
    Json object{{"journal", path.string()},        {"book", report.identity.book},
                {"batches", report.batches},       {"records", report.records},
                {"bytes", report.bytes},           {"snapshots", report.snapshots},
                {"in_reserve", report.in_reserve}, {"chain", report.head.chain},
                {"holds", report.holds()}};
    if (globals.output == Output::json) {
        std::cout << object.dump(2) << "\n";
    } else {
        std::cout << path.string() << ": book " << report.identity.book << ", " << report.records
                  << " records in " << report.batches << " batches, " << report.snapshots
                  << " snapshots\nchain " << report.head.chain << "\n"
                  << (report.holds() ? "The journal holds.\n" : "The journal does NOT hold.\n");
    }
    if (!report.holds()) return *report.fault;
    return {};
}

Result<void> export_lines(const Options& options, const Globals& globals) {
    TRY(path, journal_path(options.journal, globals));
    std::ofstream file;
    if (!options.out.empty()) {
        file.open(options.out, std::ios::binary | std::ios::trunc);
        if (!file) return not_written(options.out);
    }
    std::ostream& out = options.out.empty() ? std::cout : file;
    const Sequence from{static_cast<std::uint64_t>(std::max<std::int64_t>(options.from, 1))};
    const auto write = [&](std::string_view line) -> Result<void> {
        out << line; // with its end
        if (!out) return not_written(options.out.empty() ? "standard output" : options.out);
        return {};
    };
    TRY(options.envelope ? sqlite::export_envelopes(path, from, write)
                         : sqlite::export_json(path, from, write));
    if (!options.out.empty()) return close_file(file, options.out);
    if (!std::cout.flush()) return not_written("standard output");
    return {};
}

// A backtest's journal was created of the hash of its tape.
Result<void> same_tape(const fs::path& journal, const BacktestParts& parts) {
    constexpr std::size_t sha256_size = 64;
    TRY(store, sqlite::Store::open_to_read(journal));
    const std::string& created = store.identity().created;
    if (created.size() != sha256_size || created == parts.source.hash) return {};
    return make_error(ErrorCode::check_failed,
                      "the tape " + parts.source.description +
                          " is not the one of the journal: its SHA-256 is " +
                          parts.source.hash.substr(0, 12) + "…, the journal says " +
                          created.substr(0, 12) + "…; name the file as it was");
}

Result<void> replay(const Options& options, const Globals& globals) {
    TRY(path, journal_path(options.journal, globals));
    TRY(parts, rebuild(path));
    if (options.verification) TRY(same_tape(path, *parts));
    TRY(journal, open_to_read(path));
    Json object;
    TRY(audit, research::replay_audit(*journal, parts->request.universe, parts->request.settings));
    object["audit"] = {
        {"records", audit.records}, {"digest", audit.digest}, {"snapshot", audit.snapshot.value()}};
    if (options.verification) {
        TRY(verified, research::replay_verification(*journal, parts->request));
        object["verification"] = {{"records", verified.records},
                                  {"answers", verified.answers},
                                  {"digest", verified.digest},
                                  {"market_digest", verified.market_digest}};
        if (verified.digest != audit.digest) {
            return make_error(ErrorCode::check_failed, "audit and verification give different "
                                                       "digests: " +
                                                           audit.digest + ", " + verified.digest);
        }
    }
    if (globals.output == Output::json) {
        std::cout << object.dump(2) << "\n";
        return {};
    }
    std::cout << "audit         " << audit.records << " records folded, digest " << audit.digest
              << (audit.snapshot.is_none() ? "\n" : ", as its snapshot says\n");
    if (options.verification) {
        std::cout << "verification  " << object["verification"]["records"]
                  << " records made again, " << object["verification"]["answers"]
                  << " answers of agents among them, all equal\n";
    }
    return {};
}

} // namespace

void add_journal(CommandLine root) {
    CommandLine command = root.sub("journal", "Read, check, query, export and replay a journal");
    Options& options = command.keep<Options>();
    const auto sub = [&](const char* name, const char* doc, const char* example, auto body) {
        CommandLine made = command.sub(name, doc);
        made.example(example);
        made.text("-j,--journal", options.journal,
                  "journal.db or its folder (default: that of the book)");
        made.run([&options, body](const Globals& globals) { return body(options, globals); });
        return made;
    };
    sub("tail", "Show the last records", "grekko journal tail -n 50", tail)
        .whole("-n,--count", options.count, "How many");
    sub("query", "Run one SELECT against the views (docs/reference/views.md)",
        "grekko journal query \"SELECT * FROM fills LIMIT 5\"", query)
        .required_place("sql", options.sql, "The SELECT")
        .whole("--rows", options.rows, "Rows at most");
    sub("verify", "Check checksums, hash chain, sequence and snapshots",
        "grekko journal verify --journal results/first", verify);
    sub("export", "Every record as a line of JSON; equal journals give equal bytes",
        "grekko journal export --out journal.jsonl", export_lines)
        .text("--out", options.out, "File (default: standard output)")
        .whole("--from", options.from, "First sequence")
        .flag("--envelope", options.envelope,
              "As events for others: UUIDs, time, service, payload, correlation");
    sub("replay", "Fold the journal again and compare digests",
        "grekko journal replay --verify --journal results/first", replay)
        .flag("--verify", options.verification,
              "Also run tape and agents again and compare every record");
}

} // namespace grekko::app
