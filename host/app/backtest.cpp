#include "app/backtest.hpp"

#include "app/version.hpp"

namespace grekko::app {
namespace {

Result<Instant> date(const std::string& text, const char* option) {
    if (text.empty()) return Instant{};
    const Result<Instant> at = parse_instant(text);
    if (!at) {
        return make_error(ErrorCode::invalid_argument,
                          std::string{option} + " " + text +
                              ": write a date such as 2019-01-31 or 2019-01-31T12:00:00Z");
    }
    return *at;
}

paper::FillModel fill_model(const std::string& wanted, bool bars) {
    if (wanted == "synthetic") return paper::FillModel::synthetic;
    if (wanted == "book" || (wanted.empty() && !bars)) return paper::FillModel::book;
    return paper::FillModel::bars;
}

Decimal base_cash(const std::vector<Cash>& cash, const Universe& universe) {
    Decimal sum;
    for (const Cash& item : cash)
        if (item.currency == universe.base_currency) sum += item.amount;
    return sum;
}

void change_sizes(std::vector<Cash>& cash, risk::Settings& risk, Decimal factor) {
    if (factor == 1_d) return;
    for (Cash& item : cash)
        item.amount = multiply(item.amount, factor, Rounding::half_even);
    risk.order_value_cap =
        Notional{multiply(risk.order_value_cap.decimal(), factor, Rounding::half_even)};
}

void change_fees(Universe& universe, Decimal factor) {
    if (factor == 1_d) return;
    for (Listing& listing : universe.listings) {
        for (Rate* fee : {&listing.maker_fee, &listing.taker_fee})
            *fee = Rate{multiply(fee->decimal(), factor, Rounding::half_even)};
    }
}

Duration first_warm_up(const Agents& agents) {
    Duration shortest;
    for (const auto& agent : agents.all()) {
        const Duration own = agent->warm_up();
        shortest = shortest == Duration{} ? own : std::min(shortest, own);
    }
    return shortest;
}

} // namespace

Result<std::unique_ptr<BacktestParts>> make_backtest(const config::Config& config,
                                                     const BacktestOptions& options,
                                                     const script::Sink& sink) {
    TRY(source, open_source(config, options.source));
    return make_backtest(config, options, sink, std::move(source));
}

Result<std::unique_ptr<BacktestParts>> make_backtest(const config::Config& config,
                                                     const BacktestOptions& options,
                                                     const script::Sink& sink, Source source) {
    auto parts = std::make_unique<BacktestParts>();
    TRY(from, date(options.from, "--from"));
    TRY(to, date(options.to, "--to"));
    parts->source = std::move(source);
    parts->profile = options.profile.value_or(config.text("backtest.profile"));
    parts->fees = options.fees.value_or(config.text("backtest.fees"));
    research::SessionRequest& request = parts->request;
    request.universe = parts->source.universe;
    apply_fees(request.universe, parts->fees == "none" ? Fees::none : Fees::listed);
    change_fees(request.universe, options.changes.fees);
    request.seed = options.seed.value_or(static_cast<std::uint64_t>(config.whole("run.seed")));
    TRY(cash, starting_cash(config, request.universe));
    parts->cash = std::move(cash);
    const bool paper = options.fill == "synthetic"; // a paper run that is made again
    TRY(settings, paper ? make_paper_settings(config, request.universe)
                        : make_settings(config, request.universe));
    request.settings = std::move(settings);
    // It keeps the interval and the end it ran with.
    if (!paper) {
        request.settings.execution.reconcile_each = config.duration("backtest.reconcile_each");
        request.settle = config.duration("backtest.settle");
    }
    change_sizes(parts->cash, request.settings.risk, options.changes.size);
    if (options.consensus_off) request.settings.consensus_mode = engine::ConsensusMode::off;
    VenueRequest venues;
    venues.fill = fill_model(options.fill, parts->source.bars);
    parts->queue =
        options.changes.queue.empty() ? config.text("backtest.queue") : options.changes.queue;
    venues.queue = parts->queue;
    venues.latency = options.changes.latency;
    venues.next_opening = options.changes.next_opening;
    venues.seed = request.seed;
    venues.cash = parts->cash;
    TRY(made, make_venues(config, request.universe, venues));
    parts->venues = std::move(made);
    AgentRequest agents;
    agents.profile = parts->profile;
    agents.seed = request.seed;
    agents.capital = base_cash(parts->cash, request.universe);
    agents.only = options.agents;
    agents.sink = sink;
    TRY(live, date(options.live, "live"));
    agents.silent_until = live;
    request.live_from = live;
    TRY(loaded, Agents::load(config, request.universe, agents));
    parts->agents = std::move(loaded);
    parts->warm_up = first_warm_up(parts->agents);
    for (const Cash& item : parts->cash)
        request.deposits.push_back({item.venue, item.currency, item.amount});
    request.source = parts->source.reader.get();
    request.venues = parts->venues.all();
    request.agents = parts->agents.enrolments();
    request.version = version();
    request.config_hash = config.hash();
    TRY(start, date(options.start, "start"));
    request.start = start;
    request.from = from;
    request.to = to;
    return parts;
}

} // namespace grekko::app
