// grekko backtest: runs agents over recorded data and shows what came of it.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/backtest.hpp"
#include "app/commands/commands.hpp"
#include "app/output_file.hpp"
#include "app/progress.hpp"
#include "app/session_file.hpp"
#include "core/risk/check.hpp"
#include "domain/names.hpp"
#include "runtime/memory_journal.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    BacktestOptions backtest;
    std::string profile, fees, out;
    std::int64_t seed{-1};
};

Json summary(const BacktestParts& parts, const research::SessionResult& result,
             const Tally& tally) {
    Json object;
    object["source"] = {
        {"name", parts.source.description},   {"sha256", parts.source.hash},
        {"records", result.market_records},   {"from", to_string(result.first_at)},
        {"to", to_string(result.last_at)},    {"fills_from", parts.source.bars ? "bars" : "book"},
        {"synthetic", parts.source.synthetic}};
    object["seed"] = parts.request.seed;
    object["fees"] = parts.fees;
    object["config_hash"] = parts.request.config_hash;
    object["digest"] = result.digest;
    object["market_digest"] = result.market_digest;
    object["journal"] = {{"records", result.last.value()}, {"answers", tally.answers}};
    object["nav"] = {{"currency", parts.request.universe.base_currency.string()},
                     {"end", result.book.nav.to_string()},
                     {"per_unit", result.book.nav_per_unit.to_string()},
                     {"drawdown", result.book.drawdown.to_string()}};
    object["intents"] = tally.intents;
    object["rounds"] = tally.rounds;
    for (const auto& [outcome, count] : tally.outcomes)
        object["outcomes"][std::string{name(outcome)}] = count;
    for (const auto& [refusal, count] : tally.refusals)
        object["refusals"][std::string{name(refusal)}] = count;
    for (const auto& [check, count] : tally.denials)
        object["denials"][std::string{risk::name(static_cast<risk::Check>(check))}] = count;
    object["orders"] = tally.orders;
    object["fills"] = tally.fills;
    for (const auto& [id, agent] : tally.agents) {
        if (agent.name.empty()) continue;
        object["agents"].push_back({{"name", agent.name},
                                    {"intents", agent.intents},
                                    {"refused", agent.refused},
                                    {"passed", agent.passed},
                                    {"not_passed", agent.rejected},
                                    {"denied", agent.denied},
                                    {"fills", agent.fills},
                                    {"votes", agent.votes},
                                    {"faults", agent.faults},
                                    {"last_fault", agent.last_fault}});
    }
    return object;
}

void print_counts(const Json& object, const char* key, const char* title) {
    if (!object.contains(key)) return;
    std::cout << title;
    for (const auto& [name, count] : object[key].items())
        std::cout << "  " << name << " " << count;
    std::cout << "\n";
}

void print_human(const Json& object) {
    const auto word = [&](const char* a, const char* b) { return object[a][b].get<std::string>(); };
    std::cout << "source   " << word("source", "name") << ", " << object["source"]["records"]
              << " records, " << word("source", "from") << " to " << word("source", "to")
              << ", fills from " << word("source", "fills_from") << "\n";
    if (object["source"]["synthetic"].get<bool>()) {
        std::cout << "         synthetic: profit on it proves nothing\n";
    }
    if (object["fees"] == "none") std::cout << "fees     none: a show, not a result\n";
    std::cout << "nav      " << word("nav", "end") << " " << word("nav", "currency")
              << ", per unit " << word("nav", "per_unit") << "\n";
    std::cout << "intents  " << object["intents"] << ", rounds " << object["rounds"] << ", orders "
              << object["orders"] << ", fills " << object["fills"] << "\n";
    print_counts(object, "outcomes", "rounds ");
    print_counts(object, "refusals", "refused");
    print_counts(object, "denials", "denied ");
    for (const Json& agent : object.value("agents", Json::array())) {
        std::cout << "agent    " << agent["name"].get<std::string>() << ": intents "
                  << agent["intents"] << ", passed " << agent["passed"] << ", denied "
                  << agent["denied"] << ", fills " << agent["fills"] << ", votes "
                  << agent["votes"];
        if (agent["faults"].get<std::uint64_t>() > 0) {
            std::cout << ", FAULTS " << agent["faults"]
                      << ", the last: " << agent["last_fault"].get<std::string>();
        }
        std::cout << "\n";
    }
    std::cout << "journal  " << object["journal"]["records"] << " records\n";
    std::cout << "digest   " << object["digest"].get<std::string>() << "\n";
    std::cout << "Paper results are not live results.\n";
}

Result<std::unique_ptr<ports::Journal>>
journal_in(const config::Config& config, const std::string& folder, const std::string& created) {
    if (folder.empty()) {
        return std::unique_ptr<ports::Journal>{
            std::make_unique<runtime::MemoryJournal>(runtime::MemoryJournal::Keep::nothing)};
    }
    const std::filesystem::path path = std::filesystem::path{folder} / "journal.db";
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
        return make_error(ErrorCode::already_exists,
                          path.string() + " is there already; name another --out folder, or "
                                          "delete that one");
    }
    TRY(journal, open_journal(config, path, Durable::no, created));
    return std::unique_ptr<ports::Journal>{std::move(journal)};
}

Result<void> run(Options& options, const Globals& globals) {
    TRY(config, load_config(globals));
    TRY(logger, make_logger(config, globals));
    if (!options.profile.empty()) {
        TRY(check_profile(config, options.backtest.agents, options.profile));
        options.backtest.profile = options.profile;
    }
    if (!options.fees.empty()) options.backtest.fees = options.fees;
    if (options.seed >= 0) options.backtest.seed = static_cast<std::uint64_t>(options.seed);
    script::Sink sink;
    sink.log = [&](script::LogLevel, std::string_view line) { LOG(*logger, debug, line); };
    TRY(parts, make_backtest(config, options.backtest, sink));
    TRY(journal, journal_in(config, options.out, parts->source.hash));
    if (!options.out.empty()) {
        TRY(write_session(options.out, options.backtest, config, globals));
    }
    parts->request.journal = journal.get();
    parts->request.options.write_snapshots = !options.out.empty();
    Tally tally;
    Progress progress{"backtest", parts->source.records};
    parts->request.hooks.on_records = [&](std::span<const std::byte> records) {
        tally.add(records);
    };
    parts->request.hooks.on_alert = [&](const AlertOperator& alert) {
        LOG(*logger, warning, alert.message.view(), logging::field("about", alert.what.view()));
    };
    const research::Session* running = nullptr;
    parts->request.hooks.before_group = [&](Instant) {
        progress.show(const_cast<research::Session*>(running)->driver().market_records());
        return true;
    };
    TRY(session, research::Session::open(parts->request));
    running = session.get();
    TRY(result, session->run());
    const Json object = summary(*parts, result, tally);
    if (!options.out.empty()) {
        const auto path = std::filesystem::path{options.out} / "summary.json";
        std::ofstream out{path};
        out << object.dump(2) << "\n";
        TRY(close_file(out, path));
    }
    if (globals.output == Output::json) {
        std::cout << object.dump(2) << "\n";
    } else {
        print_human(object);
    }
    return {};
}

} // namespace

void add_backtest(CommandLine root) {
    CommandLine command = root.sub("backtest", "Run agents over recorded data");
    Options& options = command.keep<Options>();
    command
        .required_places("data", options.backtest.source.paths,
                         "A tape (from `grekko data import`), or CSV files of bars")
        .texts("-a,--agent", options.backtest.agents,
               "Agent by name or folder, repeatable (default: [[agents]])")
        .texts("--symbol", options.backtest.source.symbols,
               "Symbol of each CSV file (default: run.symbols)")
        .text("--venue", options.backtest.source.venue,
              "Venue whose rules a CSV file is traded by (default: run.venue)")
        .text("--from", options.backtest.from, "First day, UTC")
        .text("--to", options.backtest.to, "End, UTC")
        .whole("--seed", options.seed, "Seed of everything drawn (default: run.seed)")
        .text("--profile", options.profile, "Profile of each agent.toml, such as tape")
        .choice("--fees", options.fees, {"none", "listed"},
                "none is a show without fees (default: backtest.fees)")
        .flag("--no-consensus", options.backtest.consensus_off,
              "Let every increase pass unvoted, to see what the vote is worth")
        .text("--out", options.out, "Folder for journal.db and summary.json (default: keep none)")
        .more_help("Equal data, seed and configuration give an equal digest.")
        .example("grekko backtest prices.csv --symbol BTC-USD --out results/first")
        .run([&options](const Globals& globals) { return run(options, globals); });
}

} // namespace grekko::app
