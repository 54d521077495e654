#include "research/sim/plan.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace grekko::sim {
namespace {

// Streams of the seed, one a topic: a topic that draws more changes no other.
enum Stream : std::uint64_t { world = 101, actors, venues, feeds, disk, people };

Duration between(Random& random, std::int64_t low_ms, std::int64_t high_ms) {
    return Duration::milliseconds(random.between(low_ms, high_ms));
}

Instrument instrument(std::uint16_t id, const char* symbol, const char* base, bool major) {
    Instrument out;
    out.id = InstrumentId{id};
    out.symbol = symbol;
    out.base = base;
    out.quote = "USD";
    out.major = major;
    return out;
}

Listing listing(Random& random, std::uint16_t instrument, std::uint16_t venue) {
    Listing out;
    out.instrument = InstrumentId{instrument};
    out.venue = VenueId{venue};
    out.replace_is_atomic = random.chance(0.5);
    out.fee_in_received_asset = random.chance(0.25);
    out.tick = 0.01_price;
    out.lot = random.chance(0.5) ? 0.0001_quantity : 0.00001_quantity;
    out.quantity_min = out.lot;
    out.notional_min = 10_notional;
    out.maker_fee = Rate{Decimal::from_units(random.between(0, 10), -4)};
    out.taker_fee = out.maker_fee + Rate{Decimal::from_units(random.between(1, 10), -4)};
    out.open_orders_max = 200;
    return out;
}

void draw_world(Plan& plan) {
    Random random{plan.seed, Stream::world};
    plan.start = Instant::from_seconds(1'700'000'000 + random.between(0, 86'399));
    plan.faulty = between(random, 60'000, 150'000);
    plan.healing = Duration::seconds(150);
    const bool two_coins = random.chance(0.3);
    const std::uint16_t venue_count = random.chance(0.4) ? 2 : 1;
    Universe& universe = plan.universe;
    universe.instruments.resize(1);
    universe.instruments.push_back(instrument(1, "BTC-USD", "BTC", true));
    if (two_coins) universe.instruments.push_back(instrument(2, "SOL-USD", "SOL", false));
    universe.venues.resize(1);
    for (std::uint16_t venue = 1; venue <= venue_count; ++venue) {
        VenueSpec spec;
        spec.id = VenueId{venue};
        spec.name = venue == 1 ? "north" : "south";
        spec.rate_per_second = 20;
        spec.latency = between(random, 5, 120);
        universe.venues.push_back(spec);
    }
    for (std::uint16_t coin = 1; coin <= (two_coins ? 2 : 1); ++coin) {
        for (std::uint16_t venue = 1; venue <= venue_count; ++venue) {
            universe.listings.push_back(listing(random, coin, venue));
        }
    }
    plan.cash = Decimal::whole(random.between(2, 50) * 10'000);
    plan.start_price = static_cast<double>(random.between(500, 60'000));
    plan.trades_per_second = 0.5 + random.uniform() * 2;
    // In money, so that books are as deep for a cheap coin: now and then thin, for partial fills.
    const double price = plan.start_price;
    const double trade = (random.chance(0.3) ? 300.0 : 3'000.0) / price;
    plan.trade_size = Decimal::from_double(trade).value_or(1_d);
    plan.level_size = Decimal::from_double(trade * (2 + random.uniform() * 20)).value_or(1_d);
    plan.snapshot_every = random.chance(0.5) ? 200 + random.below(2'000) : 0;
}

// Limits are as shipped in some runs; in others what only slows trading down is off, so that more
// orders meet more faults.
void draw_settings(Plan& plan) {
    Random random{plan.seed, Stream::world + 50};
    engine::Settings& settings = plan.settings;
    settings.consensus.solo = consensus::Solo::pass;
    if (random.chance(0.8)) {
        for (const int check : {19, 20, 34, 36, 41}) {
            settings.risk.disabled |= risk::CheckSet{1} << check;
        }
    }
    if (random.chance(0.3)) settings.consensus_mode = engine::ConsensusMode::off;
    settings.stops.disaster = random.chance(0.5) ? risk::DisasterMode::on : risk::DisasterMode::off;
    settings.nav_each = Duration::seconds(random.between(5, 60));
    if (random.chance(0.5)) settings.execution.passive_ttl = Duration::seconds(8);
    if (random.chance(0.5)) settings.execution.schedule_default = Duration::seconds(40);
    settings.execution.slice_each = Duration::seconds(10);
    settings.execution.reconcile_each = Duration::seconds(random.between(5, 30));
    settings.execution.balances_each = Duration::seconds(random.between(5, 60));
}

void draw_actors(Plan& plan) {
    Random random{plan.seed, Stream::actors};
    constexpr Character characters[] = {Character::steady, Character::slow, Character::hostile,
                                        Character::faulting};
    const std::int64_t count = random.between(2, 5);
    for (std::int64_t i = 0; i < count; ++i) {
        ActorPlan actor;
        actor.name = "actor" + std::to_string(i + 1);
        // The first two are well-behaved: without them no round would ever pass.
        actor.character = i < 2 ? Character::steady : characters[random.below(4)];
        actor.mode = static_cast<Mode>(1 + random.below(3));
        actor.eagerness = 0.02 + random.uniform() * 0.3;
        actor.value =
            multiply(plan.cash, Decimal::from_units(random.between(1, 25), -2), Rounding::floor);
        plan.actors.push_back(actor);
    }
}

void draw_venue_faults(Plan& plan) {
    Random random{plan.seed, Stream::venues};
    const auto maybe = [&](double most) {
        return random.chance(0.5) ? random.uniform() * most : 0;
    };
    plan.venue.report_lost = maybe(0.15);
    plan.venue.report_doubled = maybe(0.25);
    plan.venue.report_delayed = maybe(0.25);
    plan.venue.request_lost = maybe(0.10);
    plan.venue.ambiguous = maybe(0.15);
    plan.venue.refused = maybe(0.15);
    plan.venue.snapshot_lost = maybe(0.3);
    plan.venue.delay_max = between(random, 100, 8'000);
    const std::int64_t length = plan.faulty.count() / 1'000'000;
    for (std::int64_t i = random.between(0, 2); i > 0; --i) {
        Outage outage;
        outage.venue =
            VenueId{static_cast<std::uint16_t>(1 + random.below(plan.universe.venues.size() - 1))};
        outage.span = {between(random, 5'000, length), between(random, 200, 20'000)};
        outage.private_only = random.chance(0.4);
        plan.outages.push_back(outage);
    }
}

void draw_feed_faults(Plan& plan) {
    Random random{plan.seed, Stream::feeds};
    const std::int64_t length = plan.faulty.count() / 1'000'000;
    for (std::int64_t i = random.between(0, 4); i > 0; --i) {
        FeedTrouble trouble;
        trouble.kind = static_cast<FeedFault>(1 + random.below(4));
        trouble.venue =
            VenueId{static_cast<std::uint16_t>(1 + random.below(plan.universe.venues.size() - 1))};
        trouble.span = {between(random, 5'000, length), between(random, 500, 12'000)};
        trouble.jump = between(random, -5'000, 8'000);
        plan.feed.push_back(trouble);
    }
}

void draw_disk(Plan& plan) {
    Random random{plan.seed, Stream::disk};
    if (random.chance(0.7)) {
        plan.crash.each_write = random.chance(0.3) ? 0.05 : 0.005;
        plan.crash.crashes_max = static_cast<std::uint32_t>(random.between(1, 12));
        plan.crash.down_max = between(random, 600, 20'000);
    }
    const std::int64_t length = plan.faulty.count() / 1'000'000;
    for (std::int64_t i = random.chance(0.35) ? random.between(1, 2) : 0; i > 0; --i)
        plan.disk_full.push_back({between(random, 5'000, length), between(random, 500, 25'000)});
    if (random.chance(0.15)) {
        plan.disk_slow.push_back({between(random, 5'000, length), between(random, 5'000, 40'000)});
    }
}

Command command(CommandKind kind, std::uint64_t id) {
    Command out;
    out.kind = kind;
    out.id = id;
    out.principal = "sim";
    out.reason = "drawn by the seed";
    return out;
}

void draw_commands(Plan& plan) {
    Random random{plan.seed, Stream::people};
    constexpr CommandKind kinds[] = {CommandKind::halt,         CommandKind::reducing,
                                     CommandKind::resume,       CommandKind::flatten,
                                     CommandKind::cancel_all,   CommandKind::submit_operator_order,
                                     CommandKind::reconcile,    CommandKind::agent_disable,
                                     CommandKind::agent_enable, CommandKind::halt_freeze};
    const std::int64_t length = plan.faulty.count() / 1'000'000;
    for (std::int64_t i = random.between(0, 6); i > 0; --i) {
        Wish wish{between(random, 5'000, length),
                  command(kinds[random.below(std::size(kinds))], static_cast<std::uint64_t>(i))};
        wish.command.agent = AgentId{static_cast<std::uint16_t>(random.below(2))};
        if (wish.command.kind == CommandKind::agent_disable ||
            wish.command.kind == CommandKind::agent_enable) {
            wish.command.agent =
                AgentId{static_cast<std::uint16_t>(1 + random.below(plan.actors.size()))};
        }
        if (wish.command.kind == CommandKind::submit_operator_order) {
            wish.command.agent = AgentId{};
            wish.command.instrument = InstrumentId{1};
            wish.command.side = random.chance(0.7) ? Side::buy : Side::sell;
            wish.command.quantity = Quantity{
                divide(plan.cash, Decimal::whole(static_cast<std::int64_t>(plan.start_price) * 20),
                       Rounding::floor)};
        }
        if (wish.command.kind == CommandKind::reconcile) wish.command.venue = VenueId{1};
        plan.commands.push_back(wish);
    }
    std::ranges::sort(plan.commands, {}, &Wish::at);
}

} // namespace

Plan make_plan(std::uint64_t seed) {
    Plan plan;
    plan.seed = seed;
    draw_world(plan);
    draw_settings(plan);
    draw_actors(plan);
    draw_venue_faults(plan);
    draw_feed_faults(plan);
    draw_disk(plan);
    draw_commands(plan);
    return plan;
}

std::string describe(const Plan& plan) {
    const auto percent = [](double share) {
        return std::to_string(static_cast<int>(share * 100)) + " %";
    };
    std::string out = "seed " + std::to_string(plan.seed) + ": ";
    out += std::to_string(plan.universe.instruments.size() - 1) + " instruments on " +
           std::to_string(plan.universe.venues.size() - 1) + " venues, " +
           std::to_string(plan.actors.size()) + " agents, " + to_string(plan.faulty) +
           " with faults, then " + to_string(plan.healing) + " without\n";
    out += "  reports lost " + percent(plan.venue.report_lost) + ", doubled " +
           percent(plan.venue.report_doubled) + ", late " + percent(plan.venue.report_delayed) +
           "; requests lost " + percent(plan.venue.request_lost) + ", ambiguous " +
           percent(plan.venue.ambiguous) + ", refused " + percent(plan.venue.refused) + "\n";
    out += "  outages " + std::to_string(plan.outages.size()) + ", feed troubles " +
           std::to_string(plan.feed.size()) + ", crashes at most " +
           std::to_string(plan.crash.crashes_max) + ", full disks " +
           std::to_string(plan.disk_full.size()) + ", slow disks " +
           std::to_string(plan.disk_slow.size()) + ", commands " +
           std::to_string(plan.commands.size());
    return out;
}

} // namespace grekko::sim
