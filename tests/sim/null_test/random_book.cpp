#include "sim/null_test/random_book.hpp"

#include <array>
#include <cmath>
#include <memory>

#include "app/paper/synthetic_tape.hpp"
#include "base/random.hpp"
#include "core/engine/frame.hpp"
#include "io/plugin/adapter_venue.hpp"
#include "paper/paper.hpp"
#include "research/backtest/session.hpp"
#include "runtime/memory_journal.hpp"
#include "support/scripted_agent.hpp"

namespace grekko::tests {
namespace {

namespace synthetic = paper::synthetic;
using test::ScriptedAgent;

constexpr InstrumentId coin{1};
constexpr Instant start = Instant::from_seconds(1'800'000'000);
constexpr Decimal money = 1'000'000_d;
constexpr Duration bar{Duration::seconds(5)};
constexpr int held_bars = 6; // half a minute: long enough to trade, short enough to average out
constexpr double entry_chance = 0.2;

synthetic::Config market_of(std::uint64_t seed) {
    synthetic::Config config;
    config.seed = seed;
    config.start = start.nanoseconds();
    config.instruments.resize(1);
    // As often as the market does by itself: at less than a quote in five seconds the breaker of
    // stale data would be open most of the time.
    config.instruments[0].levels = 3;
    return config;
}

std::vector<synthetic::WarmUp> warm_up() {
    return {{bar.count(), 400}};
}

// The market ends with the session.
class Tape final : public ports::TapeReader {
public:
    Tape(std::uint64_t seed, Instant end) : market_{market_of(seed), warm_up()}, end_{end} {}

    Result<const MarketHead*> next() override {
        TRY(record, market_.next());
        return record->received_at < end_ ? record : nullptr;
    }
    Result<void> seek(TapePosition) override { return {}; }
    TapePosition position() const override { return market_.position(); }
    std::string hash() const override { return "synthetic"; }

private:
    app::SyntheticTape market_;
    Instant end_;
};

// The mids of the same market, bar by bar, before it has happened: nothing that trades moves it.
class Future {
public:
    Future(std::uint64_t seed, int bars) {
        Tape tape{seed, start + bar * (bars + 2 * held_bars)};
        double mid = 0;
        for (auto record = tape.next(); record && *record != nullptr; record = tape.next()) {
            if ((*record)->kind != MarketKind::quote) continue;
            while (start + bar * static_cast<std::int64_t>(mids_.size()) <= (*record)->received_at)
                mids_.push_back(mid);
            const auto& quote = reinterpret_cast<const Quote&>(**record);
            mid = (quote.bid.to_double() + quote.ask.to_double()) / 2;
        }
    }
    // The move over the time that a position is held, from the bar that ends now; 0 where unknown.
    // A wish is in the market a moment later, and out of it half a minute after that.
    double move(Instant now) const {
        const auto at = static_cast<std::size_t>((now - start).count() / bar.count());
        if (at + held_bars >= mids_.size() || mids_[at] <= 0) return 0;
        return mids_[at + held_bars] / mids_[at] - 1;
    }

private:
    std::vector<double> mids_;
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
    listing.maker_fee = listing.taker_fee = fees ? paper::Decimal::ratio(1, 3) : paper::Decimal{};
    config.listings = {listing};
    config.balances = {{"USD", paper::Decimal{1'000'000}}};
    return std::make_unique<plugin::AdapterVenue>(VenueId{1}, paper::make_paper(config));
}

Action enter(Random& random, Price mark) {
    Action action;
    action.kind = ActionKind::target;
    action.instrument = coin;
    action.sizing = Sizing::notional;
    action.amount = Decimal::whole(random.between(1'000, 2'000));
    action.stop = multiply(mark, 0.98_rate, Rounding::half_even);
    action.horizon = Duration::days(2);
    action.confidence = 0.5_rate;
    action.working.urgency = Urgency::urgent;
    action.reason = "a coin";
    return action;
}

Action leave() {
    Action action;
    action.kind = ActionKind::close;
    action.instrument = coin;
    action.working.urgency = Urgency::urgent;
    return action;
}

// At each bar a coin says whether to enter; half a minute later it leaves, whatever has happened.
class Gambler {
public:
    Gambler(const RandomBookRequest& request, std::uint64_t stream, const Future* future)
        : random_{request.seed, stream},
          foresight_{request.foresight},
          future_{future} {}

    void answer(const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind == AskKind::proposal) {
            out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
        }
        if (ask.head.kind != AskKind::bars || view.market(coin, {}).bars_only) return;
        const ports::AgentPosition position = view.position(ask.head.agent, coin);
        if (position.pending) return;
        if (!position.flat) {
            if (++bars_held_ >= held_bars) out.push_back(leave());
            return;
        }
        bars_held_ = 0;
        const double coming = future_ == nullptr ? 0 : future_->move(view.now());
        const double loaded = coming > 0 ? 1 + foresight_ : 1 - foresight_;
        if (!random_.chance(entry_chance * (future_ == nullptr ? 1 : loaded))) return;
        out.push_back(enter(random_, view.market(coin, {}).mark.price));
        coming_ = coming;
    }
    // What it knew of the move to come when it wanted its last entry.
    double coming() const { return coming_; }

private:
    Random random_;
    double foresight_;
    const Future* future_;
    int bars_held_{0};
    double coming_{0};
};

struct Counted {
    RandomBookResult result;
    std::array<const Gambler*, 2> gamblers{}; // of agents 1 and 2
    void add(std::span<const std::byte> records) {
        engine::for_each_record(records, [&](const RecordHead& head) {
            visit_record(head, [&](const auto& body, const RecordHead&) { take(body); });
        });
    }
    void take(const events::FillAllocated& fill) {
        const bool buys = fill.side == Side::buy;
        const double quantity = fill.quantity.to_double();
        const double slipped = fill.price.to_double() - fill.mark.to_double();
        result.fees += fill.fee_quote.to_double();
        result.costs += fill.fee_quote.to_double() + (buys ? slipped : -slipped) * quantity;
        ++result.fills;
        if (!buys) return;
        const double value = fill.price.to_double() * quantity;
        result.bought += value;
        result.planted += gamblers.at(fill.agent.value() - 1U)->coming() * value;
    }
    void take(const events::VoteCast&) { ++result.votes; }
    void take(const auto&) {}
};

} // namespace

RandomBookResult run_random_book(const RandomBookRequest& request) {
    Tape tape{request.seed, start + Duration::minutes(request.minutes)};
    const auto paper = venue(request.seed, request.fees);
    runtime::MemoryJournal journal{runtime::MemoryJournal::Keep::nothing};
    std::unique_ptr<Future> future;
    if (request.foresight > 0) {
        future = std::make_unique<Future>(request.seed, request.minutes * 12);
    }
    Gambler first{request, 11, future.get()};
    Gambler second{request, 12, future.get()};
    const auto of = [](Gambler& gambler) {
        return [&gambler](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            gambler.answer(ask, view, out);
        };
    };
    ScriptedAgent heads{"heads", coin, {bar}, of(first)};
    ScriptedAgent tails{"tails", coin, {bar}, of(second)};
    Counted counted;
    counted.gamblers = {&first, &second};
    research::SessionRequest session;
    session.universe = universe(request.fees);
    // A coin repeats itself, loses many times in a row and trades all day: none of that is what is
    // tested here.
    for (const risk::Check check :
         {risk::Check::edge, risk::Check::repetition, risk::Check::message_ratio,
          risk::Check::turnover, risk::Check::losing_run, risk::Check::score}) {
        session.settings.risk.disabled |= risk::bit(check);
    }
    session.source = &tape;
    session.journal = &journal;
    session.venues = {paper.get()};
    session.seed = request.seed;
    session.deposits.push_back({VenueId{1}, "USD", money});
    for (ScriptedAgent* agent : {&heads, &tails}) {
        session.agents.push_back({agent, {}, 1_rate, Notional{500'000_d}, 0});
    }
    session.hooks.on_records = [&](std::span<const std::byte> records) { counted.add(records); };
    session.options.write_snapshots = false;
    auto opened = research::Session::open(std::move(session));
    ASSERT(opened.has_value());
    const auto done = (*opened)->run();
    ASSERT(done.has_value());
    counted.result.profit = done->book.nav.to_double() - money.to_double();
    return counted.result;
}

} // namespace grekko::tests
