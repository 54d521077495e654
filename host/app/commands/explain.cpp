// grekko explain: what led to an order, an intent or a denial, and what came of it.
#include <charconv>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/journal_path.hpp"
#include "app/session_file.hpp"
#include "core/risk/check.hpp"
#include "io/sqlite/chains.hpp"
#include "io/sqlite/render.hpp"
#include "io/sqlite/stories.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string id, journal;
    bool all{false}, brief{false};
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

Universe universe_of(const std::filesystem::path& journal) {
    const auto session = read_session(journal);
    if (!session) return {};
    const auto source = open_source(session->config, session->options.source);
    return source ? source->universe : Universe{};
}

void print(const sqlite::Chain& chain) {
    std::cout << sqlite::name(chain.end) << " " << chain.id.value() << ": " << chain.links << "\n";
    for (const std::string& hole : chain.holes)
        std::cout << "  HOLE: " << hole << "\n";
}

Json json_of(const sqlite::Chain& chain) {
    return {{"id", chain.id.value()}, {"end", std::string{sqlite::name(chain.end)}},
            {"open", chain.open},     {"fills", chain.fills},
            {"chain", chain.links},   {"holes", chain.holes}};
}

// What all chains of a journal add up to.
struct Sum {
    std::map<std::string, std::uint64_t> ends;
    std::uint64_t stories{0}, chains{0}, fills{0}, open{0}, bytes{0};
    std::vector<std::uint64_t> holes; // ids

    void add(const sqlite::Chain& chain) {
        ++chains;
        ++ends[std::string{sqlite::name(chain.end)}];
        fills += chain.fills;
        open += chain.open ? 1 : 0;
        if (!chain.holes.empty()) holes.push_back(chain.id.value());
    }
    std::string hole_list() const {
        constexpr std::size_t most = 20;
        std::string out;
        for (std::size_t i = 0; i < std::min(holes.size(), most); ++i)
            out += (i == 0 ? "" : ", ") + std::to_string(holes[i]);
        return out + (holes.size() > most ? " and more" : "");
    }
};

void print(const Sum& sum) {
    std::cout << sum.stories << " stories explained in full, " << sum.bytes << " bytes; "
              << sum.chains << " chains, " << sum.fills << " fills, " << sum.open
              << " orders still open\n";
    for (const auto& [end, count] : sum.ends)
        std::cout << "  " << end << " " << count << "\n";
    if (sum.holes.empty()) std::cout << "No chain has a hole.\n";
}

// Explains every order and every denial of the journal and says which lack a link.
Result<void> explain_all(const std::filesystem::path& path, const Options& options,
                         const Globals& globals) {
    TRY(stories, sqlite::Stories::read(path));
    const sqlite::ExplainNames names = names_for(path, universe_of(path));
    Sum sum;
    Json lines = Json::array();
    std::set<Sequence> seen; // stories that share a parent share its orders
    for (const Sequence root : stories.roots()) {
        const sqlite::Explanation story = stories.story(root);
        sum.bytes += sqlite::explain_text(story, names).size();
        ++sum.stories;
        for (const sqlite::Chain& chain : sqlite::chains(story, names)) {
            if (!seen.insert(chain.id).second) continue;
            sum.add(chain);
            const bool shown = !options.brief || !chain.holes.empty();
            if (shown && globals.output == Output::json) lines.push_back(json_of(chain));
            if (shown && globals.output == Output::human) print(chain);
        }
    }
    if (globals.output == Output::json) {
        const Json object{{"stories", sum.stories}, {"chains", sum.chains}, {"fills", sum.fills},
                          {"open", sum.open},       {"ends", sum.ends},     {"holes", sum.holes},
                          {"list", lines}};
        std::cout << object.dump(2) << "\n";
    } else {
        print(sum);
    }
    if (sum.holes.empty()) return {};
    return make_error(ErrorCode::check_failed,
                      std::to_string(sum.holes.size()) + " chains have a hole: " + sum.hole_list() +
                          "; `grekko explain ID` shows what there is, `grekko journal verify` "
                          "whether records are lost");
}

Result<void> explain(const Options& options, const Globals& globals) {
    const bool everything = options.all && options.id.empty();
    std::uint64_t id = 0;
    const char* const last = options.id.data() + options.id.size();
    const auto [end, failed] = std::from_chars(options.id.data(), last, id);
    if (!everything && (options.all || failed != std::errc{} || end != last || id == 0)) {
        return make_error(ErrorCode::invalid_argument,
                          "\"" + options.id +
                              "\" is no id: name one order, intent or denial by its number in the "
                              "journal (`grekko journal tail` shows them), or --all");
    }
    TRY(path, journal_path(options.journal, globals));
    if (everything) return explain_all(path, options, globals);
    TRY(explanation, sqlite::collect(path, Sequence{id}));
    if (globals.output == Output::json) {
        Json lines = Json::array();
        for (const sqlite::KeptRecord& record : explanation.records) {
            lines.push_back(Json::parse(sqlite::render({record.head(), record.body()}, "", 0)));
        }
        std::cout << lines.dump(2) << "\n";
        return {};
    }
    std::cout << sqlite::explain_text(explanation, names_for(path, universe_of(path)));
    return {};
}

} // namespace

void add_explain(CommandLine root) {
    CommandLine command =
        root.sub("explain", "Say why: mark, intent, votes, checks, order and fills of an id");
    Options& options = command.keep<Options>();
    command.place("id", options.id, "Number of an order, intent, denial or stop")
        .text("-j,--journal", options.journal,
              "journal.db or its folder (default: that of the book)")
        .flag("--all", options.all,
              "Every order and every denial, a line each, and what is missing")
        .flag("--brief", options.brief, "With --all: only the sums and the chains with a hole")
        .more_help("With --all the command fails (exit 16) where a chain from the mark to the "
                   "fills has a hole, and names it.")
        .example("grekko explain 4711")
        .run([&options](const Globals& globals) { return explain(options, globals); });
}

} // namespace grekko::app
