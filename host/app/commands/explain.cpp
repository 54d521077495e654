// grekko explain: what led to an order, an intent or a denial, and what came of it.
#include <charconv>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/journal_path.hpp"
#include "app/session_file.hpp"
#include "core/risk/check.hpp"
#include "io/sqlite/explain.hpp"
#include "io/sqlite/render.hpp"

namespace grekko::app {
namespace {

struct Options {
    std::string id, journal;
};

// Names as the session knows them; numbers where there is no session file.
sqlite::ExplainNames names_for(const std::filesystem::path& journal, const Universe& universe) {
    sqlite::ExplainNames names;
    names.checks = risk::check_count;
    names.check = [](unsigned number) {
        return std::string{risk::name(static_cast<risk::Check>(number))};
    };
    std::map<AgentId, std::string> agents{{operator_agent, "operator"}, {house_agent, "house"}};
    const auto found =
        sqlite::read_journal(journal, Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
            engine::for_each_record(batch.payload, [&](const RecordHead& head) {
                visit_record(head, [&](const auto& body, const RecordHead&) {
                    using Body = std::decay_t<decltype(body)>;
                    if constexpr (std::is_same_v<Body, events::AgentRegistered>) {
                        agents[body.agent] = body.name.string();
                    }
                });
            });
            return {};
        });
    if (!found) agents.clear();
    names.agent = [agents](AgentId id) {
        const auto known = agents.find(id);
        return known == agents.end() ? "agent " + std::to_string(id.value()) : known->second;
    };
    names.instrument = [universe](InstrumentId id) {
        return id.value() < universe.instruments.size() && !id.is_none()
                   ? universe.instruments[id.value()].symbol.string()
                   : "instrument " + std::to_string(id.value());
    };
    names.venue = [universe](VenueId id) {
        return id.value() < universe.venues.size() && !id.is_none()
                   ? universe.venues[id.value()].name.string()
                   : "venue " + std::to_string(id.value());
    };
    return names;
}

Result<void> explain(const Options& options, const Globals& globals) {
    TRY(path, journal_path(options.journal, globals));
    std::uint64_t id = 0;
    const char* const last = options.id.data() + options.id.size();
    const auto [end, failed] = std::from_chars(options.id.data(), last, id);
    if (failed != std::errc{} || end != last || id == 0) {
        return make_error(ErrorCode::invalid_argument,
                          "\"" + options.id +
                              "\" is no id: orders, intents and denials are named "
                              "by their number in the journal (`grekko journal "
                              "tail` shows them)");
    }
    TRY(explanation, sqlite::collect(path, Sequence{id}));
    if (globals.output == Output::json) {
        nlohmann::ordered_json lines = nlohmann::ordered_json::array();
        for (const sqlite::KeptRecord& record : explanation.records) {
            lines.push_back(nlohmann::ordered_json::parse(
                sqlite::render({record.head(), record.body()}, "", 0)));
        }
        std::cout << lines.dump(2) << "\n";
        return {};
    }
    Universe universe;
    if (const auto session = read_session(path)) {
        if (const auto source = open_source(session->config, session->options.source)) {
            universe = source->universe;
        }
    }
    std::cout << sqlite::explain_text(explanation, names_for(path, universe));
    return {};
}

} // namespace

void add_explain(CommandLine root) {
    CommandLine command =
        root.sub("explain", "Say why: mark, intent, votes, checks, order and fills of an id");
    Options& options = command.keep<Options>();
    command.required_place("id", options.id, "Number of an order, intent, denial or stop")
        .text("-j,--journal", options.journal,
              "journal.db or its folder (default: that of the book)")
        .example("grekko explain 4711")
        .run([&options](const Globals& globals) { return explain(options, globals); });
}

} // namespace grekko::app
