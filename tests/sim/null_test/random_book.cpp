#include "sim/null_test/random_book.hpp"

#include <memory>

#include "base/random.hpp"
#include "core/engine/frame.hpp"
#include "io/plugin/adapter_venue.hpp"
#include "paper/paper.hpp"
#include "paper/synthetic/market.hpp"
#include "research/backtest/session.hpp"
#include "runtime/memory_journal.hpp"
#include "support/scripted_agent.hpp"

namespace grekko::tests {
namespace {

namespace synthetic = paper::synthetic;
using test::ScriptedAgent;

constexpr InstrumentId coin{1};
constexpr Instant start = Instant::from_seconds(1'800'000'000);
constexpr Decimal money = 100'000_d;
constexpr Duration bar{Duration::seconds(5)};

class Tape final : public ports::TapeReader {
public:
    Tape(std::uint64_t seed, Instant end)
        : market_{config(seed), {{bar.count(), 400}}},
          end_{end} {}

    Result<const MarketHead*> next() override {
        const std::vector<grekko_bar>& history = market_.history();
        if (position_ < history.size()) {
            return reinterpret_cast<const MarketHead*>(&history[position_++]);
        }
        market_.next(record_);
        ++position_;
        const auto* head = reinterpret_cast<const MarketHead*>(&record_);
        return head->received_at < end_ ? head : nullptr;
    }
    Result<void> seek(TapePosition) override { return {}; }
    TapePosition position() const override { return TapePosition{position_}; }
    std::string hash() const override { return "synthetic"; }

private:
    static synthetic::Config config(std::uint64_t seed) {
        synthetic::Config config;
        config.seed = seed;
        config.start = start.nanoseconds();
        config.instruments.resize(1);
        config.instruments[0].updates_per_second = 0.2; // shown sizes do not matter here
        return config;
    }
    synthetic::SyntheticMarket market_;
    grekko_market_record_buffer record_{};
    std::size_t position_{0};
    Instant end_;
};

Universe universe(bool fees) {
    Universe universe;
    universe.base_currency = "USD";
    universe.instruments.resize(2);
    Instrument& traded = universe.instruments[1];
    traded.id = coin;
    traded.symbol = "BTC-USD";
    traded.base = "BTC";
    traded.quote = "USD";
    traded.major = true;
    traded.finest_bar = bar;
    universe.venues.resize(2);
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = "paper";
    universe.venues[1].rate_per_second = 100;
    Listing listing;
    listing.instrument = coin;
    listing.venue = VenueId{1};
    listing.tick = 0.01_price;
    listing.lot = 0.00000001_quantity;
    listing.notional_min = 1_notional;
    listing.maker_fee = listing.taker_fee = fees ? 0.001_rate : Rate{};
    universe.listings.push_back(listing);
    return universe;
}

std::unique_ptr<plugin::AdapterVenue> venue(std::uint64_t seed, bool fees) {
    paper::Config config;
    config.seed = seed;
    config.fill = paper::FillModel::synthetic;
    paper::Listing listing;
    listing.instrument = 1;
    listing.base = "BTC";
    listing.quote = "USD";
    listing.major = true;
    listing.notional_min = paper::Decimal{1};
    listing.maker_fee = listing.taker_fee =
        fees ? paper::Decimal::ratio(1, 1'000) : paper::Decimal{};
    config.listings = {listing};
    config.balances = {{"USD", paper::Decimal{100'000}}};
    return std::make_unique<plugin::AdapterVenue>(VenueId{1}, paper::make_paper(config));
}

Action enter(Random& random, Price mark) {
    Action action;
    action.kind = ActionKind::target;
    action.instrument = coin;
    action.sizing = Sizing::weight;
    action.amount = Decimal::from_units(random.between(2, 10), -2); // 2 to 10 % of N
    action.stop = multiply(mark, random.chance(0.5) ? 0.98_rate : 0.995_rate, Rounding::half_even);
    action.horizon = Duration::days(2);
    action.confidence = 0.5_rate;
    action.working.urgency = random.chance(0.5) ? Urgency::urgent : Urgency::normal;
    action.reason = "a coin";
    return action;
}

// At each bar a coin of one in eight says whether to enter or, once in, to leave.
ScriptedAgent::Behaviour at_random(std::uint64_t seed, std::uint64_t stream) {
    auto random = std::make_shared<Random>(seed, stream);
    return [=](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind == AskKind::proposal) {
            out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
        }
        if (ask.head.kind != AskKind::bars || view.market(coin, {}).bars_only) return;
        const ports::AgentPosition position = view.position(ask.head.agent, coin);
        if (!random->chance(0.125) || position.pending) return;
        if (position.flat) {
            out.push_back(enter(*random, view.market(coin, {}).mark.price));
        } else {
            Action action;
            action.kind = ActionKind::close;
            action.instrument = coin;
            action.working.urgency = Urgency::urgent;
            out.push_back(action);
        }
    };
}

struct Counted {
    RandomBookResult result;
    void add(std::span<const std::byte> records) {
        engine::for_each_record(records, [&](const RecordHead& head) {
            visit_record(head, [&](const auto& body, const RecordHead&) { take(body); });
        });
    }
    void take(const events::FillAllocated& fill) {
        const double side = fill.side == Side::buy ? 1 : -1;
        const double slipped = side * (fill.price.to_double() - fill.mark.to_double());
        result.fees += fill.fee_quote.to_double();
        result.costs += fill.fee_quote.to_double() + slipped * fill.quantity.to_double();
        ++result.fills;
    }
    void take(const events::VoteCast&) { ++result.votes; }
    void take(const auto&) {}
};

} // namespace

RandomBookResult run_random_book(const RandomBookRequest& request) {
    Tape tape{request.seed, start + Duration::minutes(request.minutes)};
    const auto paper = venue(request.seed, request.fees);
    runtime::MemoryJournal journal{runtime::MemoryJournal::Keep::nothing};
    ScriptedAgent heads{"heads", coin, {bar}, at_random(request.seed, 11)};
    ScriptedAgent tails{"tails", coin, {bar}, at_random(request.seed, 12)};
    Counted counted;
    research::SessionRequest session;
    session.universe = universe(request.fees);
    // A coin loses many times in a row and trades all day: neither is what is tested here.
    for (const risk::Check check : {risk::Check::losing_run, risk::Check::turnover}) {
        session.settings.risk.disabled |= risk::bit(check);
    }
    session.source = &tape;
    session.journal = &journal;
    session.venues = {paper.get()};
    session.seed = request.seed;
    session.deposits.push_back({VenueId{1}, "USD", money});
    for (ScriptedAgent* agent : {&heads, &tails}) {
        session.agents.push_back({agent, {}, 1_rate, Notional{50'000_d}, 0});
    }
    session.hooks.on_records = [&](std::span<const std::byte> records) { counted.add(records); };
    const research::Session* running = nullptr;
    Instant minute = start;
    session.hooks.before_group = [&](Instant next) {
        for (; minute + Duration::minutes(1) <= next; minute = minute + Duration::minutes(1)) {
            const Mark mark = running->engine().market_state().mark(coin, minute);
            counted.result.mids.push_back(mark.price.to_double());
        }
        return true;
    };
    auto opened = research::Session::open(std::move(session));
    ASSERT(opened.has_value());
    running = opened->get();
    const auto done = (*opened)->run();
    ASSERT(done.has_value());
    counted.result.profit = done->book.nav.to_double() - money.to_double();
    return counted.result;
}

} // namespace grekko::tests
