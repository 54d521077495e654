#include "app/wire.hpp"

#include <algorithm>
#include <stdexcept>

#include "app/paper/listing.hpp"
#include "app/settings/settings.hpp"
#include "app/version.hpp"
#include "paper/paper.hpp"

extern char** environ;

namespace grekko::app {

Result<config::Sources> config_sources(const Globals& globals) {
    config::Sources sources;
    sources.built_in = config::built_in();
    std::error_code ignored;
    if (!globals.config_file.empty()) {
        sources.file = globals.config_file;
    } else if (std::filesystem::exists("grekko.toml", ignored)) {
        sources.file = "grekko.toml";
    }
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string text{*variable};
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) continue;
        const std::string name = text.substr(0, equals);
        if (!config::names_setting(schema(), name)) continue;
        sources.environment.emplace_back(name, text.substr(equals + 1));
    }
    sources.flags = globals.set;
    return sources;
}

Result<config::Config> load_config(const Globals& globals) {
    TRY(sources, config_sources(globals));
    return config::Config::load(schema(), sources);
}

Result<std::unique_ptr<logging::Logger>> make_logger(const config::Config& config,
                                                     const Globals& globals) {
    logging::Options options;
    TRY(level, logging::parse_level(globals.log_level.empty() ? config.text("logging.level")
                                                              : globals.log_level));
    options.level = level;
    const std::string format = config.text("logging.format");
    options.format = format == "human"  ? logging::Format::human
                     : format == "json" ? logging::Format::json
                                        : logging::Format::automatic;
    options.file = config.text("logging.file");
    options.lines_per_second = static_cast<std::uint32_t>(config.whole("logging.lines_per_second"));
    return logging::Logger::create(options);
}

std::vector<ports::Venue*> Venues::all() const {
    std::vector<ports::Venue*> out;
    for (const auto& venue : owned)
        out.push_back(venue.get());
    return out;
}

Result<Venues> make_venues(const config::Config& config, const Universe& universe,
                           const VenueRequest& request) {
    Venues out;
    for (const VenueSpec& spec : universe.venues) {
        if (spec.id.is_none()) continue;
        paper::Config paper;
        paper.seed = request.seed + spec.id.value() - 1;
        paper.venue = spec.id.value();
        if (request.epoch > 1) paper.trade_prefix = std::to_string(request.epoch) + "-";
        const std::string at = "venues[" + spec.name.string() + "].latency_p99";
        const std::int64_t median = spec.latency.count();
        const std::int64_t p99 = config.has(at) ? config.duration(at).count() : median * 5;
        paper.entry = {median * request.latency, std::max(median, p99) * request.latency};
        paper.response = paper.entry;
        paper.fill = request.fill;
        paper.next_opening = request.next_opening;
        paper.queue =
            request.queue == "prob" ? paper::QueueModel::prob : paper::QueueModel::risk_averse;
        for (const Listing& listing : universe.listings) {
            if (listing.venue == spec.id)
                paper.listings.push_back(paper_listing(universe, listing));
        }
        for (const Cash& cash : request.cash) {
            if (cash.venue == spec.id) {
                paper.balances.emplace_back(cash.currency.string(), to_paper(cash.amount));
            }
        }
        try {
            out.owned.push_back(
                std::make_unique<plugin::AdapterVenue>(spec.id, paper::make_paper(paper)));
        } catch (const std::invalid_argument& error) {
            return make_error(ErrorCode::invalid_config, "the paper venue " + spec.name.string() +
                                                             " cannot be made: " + error.what());
        }
    }
    return out;
}

std::filesystem::path book_folder(const config::Config& config) {
    return std::filesystem::path{config.text("book.folder")} / config.text("book.name");
}

Result<std::unique_ptr<sqlite::SqliteJournal>> open_journal(const config::Config& config,
                                                            const std::filesystem::path& path,
                                                            Durable durable,
                                                            const std::string& created) {
    std::error_code failed;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) {
        return make_error(ErrorCode::io_error,
                          path.parent_path().string() + " cannot be made: " + failed.message());
    }
    sqlite::JournalOptions options;
    const bool full = durable == Durable::yes && config.text("book.durability") == "full";
    options.durability = full ? sqlite::Durability::full : sqlite::Durability::none;
    options.identity = {config.text("book.name"), created, std::string{version()}};
    options.reserve_bytes =
        full ? static_cast<std::uint64_t>(config.whole("book.reserve_bytes")) : 0;
    return sqlite::SqliteJournal::open(path, options);
}

} // namespace grekko::app
