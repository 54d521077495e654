#include "app/settings/settings.hpp"

#include <algorithm>

#include "app/settings/order.hpp"
#include "app/settings/rows.hpp"
#include "core/risk/check.hpp"
#include "io/config/keys.hpp"
#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

Rows make_rows() {
    Rows rows;
    add_market_rows(rows);
    add_agents_rows(rows);
    add_consensus_rows(rows);
    add_risk_rows(rows);
    add_breaker_rows(rows);
    add_stop_rows(rows);
    add_execution_rows(rows);
    add_portfolio_rows(rows);
    return rows;
}

const Rows& rows() {
    static const Rows all = make_rows();
    return all;
}

// Keys whose values are no plain member: lists, and rows that name agents or venues.
void add_special(config::Schema& schema) {
    schema.add(config::keys::list(
        "risk.disabled", "",
        "Checks that are not evaluated, by name; shown wherever limits are shown."));
    schema.add(config::keys::choice(
        "consensus.solo", {"automatic", "pass", "refuse"}, "automatic",
        "What happens with one agent alone; automatic: pass on paper, refuse live."));
    schema.add(config::Table{"consensus.veto", {}, false});
    schema.add(config::keys::text("consensus.veto[].agent", "", "Agent that may veto increases."));
    schema.add(config::keys::list("consensus.veto[].symbols", "", "Of these symbols; empty: all."));
    schema.add(config::keys::list("consensus.veto[].sides", "buy, sell", "And these sides."));
}

void add_fee_tier_keys(config::Schema& schema) {
    schema.add(config::Table{"execution.fee_tier", {}, false});
    schema.add(config::keys::text("execution.fee_tier[].venue", "", "Venue of a fee tier."));
    schema.add(config::keys::date("execution.fee_tier[].from", "1970-01-02", "Day it began, UTC."));
    schema.add(config::keys::amount("execution.fee_tier[].volume_min", "0", {"0", "", "in 30 days"},
                                    "Traded value from which it counts."));
    schema.add(config::keys::share("execution.fee_tier[].maker", "0",
                                   {"-0.01", "0.05", "of notional"}, "Fee of resting orders."));
    schema.add(config::keys::share("execution.fee_tier[].taker", "0",
                                   {"-0.01", "0.05", "of notional"}, "Fee of orders that take."));
}

config::Schema make_schema() {
    config::Schema schema = config::base_schema();
    for (const Row& row : rows())
        schema.add(row.key);
    add_special(schema);
    add_fee_tier_keys(schema);
    return schema;
}

Result<void> disable_checks(engine::Settings& settings, const config::Config& config) {
    for (const std::string& wanted : config.list("risk.disabled")) {
        bool found = false;
        std::vector<std::string> known;
        for (unsigned number = 1; number <= risk::check_count; ++number) {
            const auto check = static_cast<risk::Check>(number);
            known.emplace_back(risk::name(check));
            if (known.back() != wanted) continue;
            settings.risk.disabled |= risk::bit(check);
            found = true;
        }
        if (!found) {
            return make_error(ErrorCode::invalid_config,
                              "risk.disabled names \"" + wanted +
                                  "\", which is no check; docs/reference/risk-checks.md lists "
                                  "them" +
                                  config::did_you_mean(wanted, known));
        }
    }
    return {};
}

Result<InstrumentId> instrument_of(const Universe& universe, const std::string& symbol,
                                   const char* key) {
    const Instrument* found = universe.find(symbol);
    if (found == nullptr) {
        return make_error(ErrorCode::invalid_config, std::string{key} + " names " + symbol +
                                                         ", which is not traded in this run");
    }
    return found->id;
}

Result<void> add_vetoes(engine::Settings& settings, const config::Config& config,
                        const Universe& universe) {
    const std::vector<std::string>& names = config.rows("agents");
    for (const std::string& row : config.rows("consensus.veto")) {
        const std::string at = "consensus.veto[" + row + "].";
        const auto agent = std::ranges::find(names, config.text(at + "agent"));
        if (agent == names.end()) {
            return make_error(ErrorCode::invalid_config, at + "agent = \"" +
                                                             config.text(at + "agent") +
                                                             "\" is no agent of [[agents]]");
        }
        consensus::VetoRight right;
        right.agent = AgentId{static_cast<std::uint16_t>(agent - names.begin() + 1)};
        const std::vector<std::string> sides = config.list(at + "sides");
        right.buys = std::ranges::find(sides, "buy") != sides.end();
        right.sells = std::ranges::find(sides, "sell") != sides.end();
        const std::vector<std::string> symbols = config.list(at + "symbols");
        if (symbols.empty()) settings.consensus.vetoes.push_back(right);
        for (const std::string& symbol : symbols) {
            TRY(id, instrument_of(universe, symbol, "consensus.veto"));
            right.instrument = id;
            settings.consensus.vetoes.push_back(right);
        }
    }
    return {};
}

Result<void> add_fee_tiers(engine::Settings& settings, const config::Config& config,
                           const Universe& universe) {
    for (const std::string& row : config.rows("execution.fee_tier")) {
        const std::string at = "execution.fee_tier[" + row + "].";
        const std::string venue = config.text(at + "venue");
        const auto known = std::ranges::find_if(
            universe.venues, [&](const VenueSpec& v) { return v.name == venue; });
        if (known == universe.venues.end()) continue; // of a venue that this run does not use
        settings.execution.fee_tiers.push_back(
            {known->id, config.date(at + "from"), Notional{config.decimal(at + "volume_min")},
             config.rate(at + "maker"), config.rate(at + "taker")});
    }
    return {};
}

// Funding is not booked: a result on perpetuals is wrong by it, and somebody must want that.
Result<void> check_funding(const engine::Settings& settings, const config::Config& config,
                           const Universe& universe) {
    const auto perpetual = std::ranges::find_if(universe.instruments, [](const Instrument& each) {
        return !each.id.is_none() && each.kind == InstrumentKind::perpetual;
    });
    const bool unpaid = settings.risk.margin && perpetual != universe.instruments.end();
    if (!unpaid || config.flag("book.without_funding")) return {};
    return make_error(ErrorCode::invalid_config,
                      perpetual->symbol.string() +
                          " is a perpetual, and its funding is not known to this run; leave it "
                          "out, or accept results without funding by --without-funding");
}

// "BTC-USD 2026-03-18T17:45:00Z 2026-03-18T19:00:00Z"
Result<void> add_blackouts(engine::Settings& settings, const config::Config& config,
                           const Universe& universe) {
    for (const std::string& text : config.list("book.blackouts")) {
        const std::size_t first = text.find(' '), second = text.rfind(' ');
        const auto from = parse_instant(
            first == second ? std::string_view{}
                            : std::string_view{text}.substr(first + 1, second - first - 1));
        const auto to =
            parse_instant(second == std::string::npos ? std::string_view{}
                                                      : std::string_view{text}.substr(second + 1));
        if (!from || !to || *from >= *to) {
            return make_error(ErrorCode::invalid_config,
                              "book.blackouts has \"" + text +
                                  "\"; write \"SYMBOL FROM TO\" with two times in UTC, such as "
                                  "BTC-USD 2026-03-18T17:45:00Z 2026-03-18T19:00:00Z");
        }
        engine::Blackout blackout{{}, *from, *to};
        if (text.substr(0, first) != "*") {
            TRY(id, instrument_of(universe, text.substr(0, first), "book.blackouts"));
            blackout.instrument = id;
        }
        settings.blackouts.push_back(blackout);
    }
    return {};
}

} // namespace

const config::Schema& schema() {
    static const config::Schema all = make_schema();
    return all;
}

Result<engine::Settings> make_settings(const config::Config& config, const Universe& universe) {
    engine::Settings settings;
    for (const Row& row : rows())
        row.fill(settings, config);
    TRY(check_order([&](const char* path) { return config.text(path); }));
    TRY(disable_checks(settings, config));
    TRY(add_vetoes(settings, config, universe));
    TRY(add_fee_tiers(settings, config, universe));
    TRY(check_funding(settings, config, universe));
    const std::string solo = config.text("consensus.solo");
    settings.consensus.solo = solo == "refuse" ? consensus::Solo::refuse : consensus::Solo::pass;
    settings.consensus_mode = config.text("book.consensus") == "off" ? engine::ConsensusMode::off
                                                                     : engine::ConsensusMode::on;
    settings.shorts = config.flag("book.shorts");
    settings.on_disable = config.text("book.on_disable") == "flatten"
                              ? engine::OnDisable::flatten
                              : engine::OnDisable::keep_with_stops;
    TRY(add_blackouts(settings, config, universe));
    for (const std::string& symbol : config.list("book.restricted")) {
        if (const Instrument* found = universe.find(symbol)) {
            settings.restricted.push_back(found->id);
        }
    }
    return settings;
}

Result<engine::Settings> make_paper_settings(const config::Config& config,
                                             const Universe& universe) {
    TRY(settings, make_settings(config, universe));
    const Decimal speed = config.decimal("run.speed");
    const double pace = speed.is_positive() ? speed.to_double() : 100'000; // 0: as fast as it goes
    Duration& slow_for = settings.breakers.journal_slow_for;
    slow_for = Duration::nanoseconds(
        static_cast<std::int64_t>(static_cast<double>(slow_for.count()) * pace));
    return settings;
}

} // namespace grekko::app
