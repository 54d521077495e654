// EngineLoad: an engine with its driver, instruments, native agents and one instant venue, fed with
// made-up market records as fast as it takes them. Everything is real but the venue and the prices.
// It measures nothing. The benches, the instruction gate and the test that counts allocations
// share it, so that all three speak of the same work.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/boot.hpp"
#include "runtime/driver.hpp"
#include "runtime/memory_journal.hpp"
#include "support/behaviours.hpp"
#include "support/instant_venue.hpp"

namespace grekko::bench {

inline constexpr VenueId venue_one{1};

inline Universe make_universe(std::uint16_t instruments) {
    Universe universe;
    universe.instruments.resize(instruments + 1U);
    universe.venues.resize(2);
    universe.venues[1].id = venue_one;
    universe.venues[1].name = "paper";
    for (std::uint16_t i = 1; i <= instruments; ++i) {
        Instrument& coin = universe.instruments[i];
        coin.id = InstrumentId{i};
        coin.symbol = i == 1 ? Symbol{"BTC-USD"} : Symbol{"C" + std::to_string(i) + "-USD"};
        coin.base = i == 1 ? Currency{"BTC"} : Currency{"C" + std::to_string(i)};
        coin.quote = "USD";
        coin.major = true;
        Listing listing;
        listing.instrument = coin.id;
        listing.venue = venue_one;
        listing.maker_fee = 0.001_rate;
        listing.taker_fee = 0.001_rate;
        universe.listings.push_back(listing);
    }
    return universe;
}

// What would end a run of thousands of entries and exits without a gain is off; the checks run.
inline engine::Settings make_settings() {
    engine::Settings settings;
    settings.consensus.solo = consensus::Solo::pass;
    settings.risk.turnover_max = 1'000'000_rate;
    settings.risk.fees_max = 1'000'000_rate;
    settings.risk.losing_run_half = settings.risk.losing_run_breaker = 1'000'000'000;
    settings.risk.agent_drawdown_max = settings.risk.agent_day_loss_max = 1'000_rate;
    settings.risk.day_loss_reducing = settings.risk.day_loss_halted = 1'000_rate;
    settings.risk.drawdown_half = settings.risk.drawdown_recovered = 1'000_rate;
    settings.risk.drawdown_reducing = settings.risk.drawdown_halted = 1'000_rate;
    return settings;
}

// A native agent on the trades of one instrument; `Behaviour` is called directly, not through a
// std::function, as a compiled strategy would be.
template <class Behaviour>
class NativeAgent final : public ports::Agent {
public:
    enum class Wants : std::uint8_t { trades = 1, votes };
    NativeAgent(std::string_view name, Wants wants, Behaviour behaviour)
        : behaviour_{std::move(behaviour)} {
        description_.name = name;
        description_.code_hash = std::string(name);
        description_.parameters_hash = "none";
        description_.votes.push_back(test::btc);
        ports::Subscription wanted;
        wanted.instrument = test::btc;
        wanted.trades = wants == Wants::trades;
        description_.subscriptions.push_back(wanted);
    }
    const ports::AgentDescription& description() const override { return description_; }
    bool ask(const Ask& ask, const ports::AgentView& view, Answer& answer, AgentFault&) override {
        ++asked;
        behaviour_(ask, view, answer.actions);
        return true;
    }
    Result<std::string> save() override { return std::string{}; }
    Result<void> load(std::string_view) override { return {}; }

    std::uint64_t asked{0};

private:
    ports::AgentDescription description_;
    Behaviour behaviour_;
};

// The instant venue behind a door that lets market records through only where they are wanted: its
// map of prices is no part of what is measured.
class QuietVenue final : public ports::Venue {
public:
    void place(const PlaceOrder& request, Instant now) override {
        ++orders;
        inner.market(last.head);
        inner.place(request, now);
        inner.placed.clear();
    }
    void replace(const ReplaceOrder& request, Instant now) override { inner.replace(request, now); }
    void cancel(const CancelOrder& request, Instant now) override {
        inner.cancel(request, now);
        inner.cancelled.clear();
    }
    void query(const QueryOrder& request, Instant now) override { inner.query(request, now); }
    void snapshot(const QuerySnapshot& request, Instant now) override {
        inner.snapshot(request, now);
    }
    void market(const MarketHead& record) override {
        if (record.kind == MarketKind::trade) last = reinterpret_cast<const Trade&>(record);
    }
    std::optional<Instant> next_report() const override { return inner.next_report(); }
    bool take_report(Instant now, VenueReport& report, Instant& at) override {
        return inner.take_report(now, report, at);
    }

    test::InstantVenue inner{venue_one};
    Trade last;
    std::uint64_t orders{0};
};

// A tape without a file: trades of all instruments in turn, each preceded by its quote where asked
// for, at a price that walks around 50 000 in a circle of 256 steps.
class MadeTape final : public ports::TapeReader {
public:
    struct Shape {
        Duration step{Duration::milliseconds(10)};
        std::uint16_t instruments{1};
        bool quotes{false};
        Price jump{
            0.2_price}; // 40: volatile enough to trade on, and out of the 1 bp grid each time
    };
    MadeTape(Shape shape, Instant start) : shape_{shape}, at_{start} {
        trade_.head = market_head<Trade, MarketKind::trade>();
        trade_.head.flags = static_cast<std::uint8_t>(Side::buy);
        trade_.head.venue = venue_one;
        trade_.quantity = 1_quantity;
        quote_.head = market_head<Quote, MarketKind::quote>();
        quote_.head.venue = venue_one;
        quote_.bid_quantity = quote_.ask_quantity = 100_quantity;
        for (std::size_t i = 0; i < circle; ++i) {
            const auto up = static_cast<std::int64_t>(i < circle / 2 ? i : circle - i);
            prices_.push_back(Price::whole(50'000) + at_walk(up));
        }
    }
    // As many steps more: a step is one trade, with its quote before it where there are quotes.
    void extend(std::uint64_t steps) { until_ += steps; }

    Result<const MarketHead*> next() override {
        if (quoted_) {
            quoted_ = false;
            return &trade_.head;
        }
        if (done_ == until_) return static_cast<const MarketHead*>(nullptr);
        at_ = at_ + shape_.step;
        const Price price = prices_[done_ % circle];
        trade_.head.instrument =
            InstrumentId{static_cast<std::uint16_t>(1 + done_ % shape_.instruments)};
        trade_.head.exchange_at = trade_.head.received_at = at_;
        trade_.price = price;
        ++done_;
        if (!shape_.quotes) return &trade_.head;
        quoted_ = true;
        quote_.head.instrument = trade_.head.instrument;
        quote_.head.exchange_at = quote_.head.received_at = at_;
        quote_.bid = price - 0.5_price;
        quote_.ask = price + 0.5_price;
        return &quote_.head;
    }
    Result<void> seek(TapePosition) override { return {}; }
    TapePosition position() const override { return TapePosition{done_}; }
    std::string hash() const override { return "made"; }
    Price price(std::uint64_t step) const { return prices_[step % circle]; }

private:
    Price at_walk(std::int64_t up) const {
        const Decimal steps = Decimal::from_units((up % 7) * 20 + up, 0);
        const Decimal twentieth = Decimal::from_units(5, -2);
        return Price{multiply(multiply(shape_.jump.decimal(), twentieth, Rounding::half_even),
                              steps, Rounding::half_even)};
    }
    static constexpr std::size_t circle = 256;
    Shape shape_;
    Instant at_;
    std::uint64_t done_{0}, until_{0};
    bool quoted_{false};
    Trade trade_;
    Quote quote_;
    std::vector<Price> prices_;
};

class EngineLoad {
public:
    using Keep = runtime::MemoryJournal::Keep;
    explicit EngineLoad(MadeTape::Shape shape, Keep keep = Keep::nothing)
        : tape{shape, start},
          journal{keep},
          engine{make_universe(shape.instruments), make_settings()},
          driver{engine, journal, nullptr, {&venue}, options(), {}} {}

    void open(std::vector<ports::Agent*> agents) {
        const Decimal money = 100'000'000_d;
        runtime::Opening opening;
        opening.incarnation = 1;
        opening.deposits.push_back({venue_one, "USD", money});
        venue.inner.deposit(money);
        for (ports::Agent* agent : agents)
            opening.agents.push_back({agent, {}, 1_rate, Notional{money}, 0});
        ASSERT(runtime::open_book(driver, engine, opening, start).has_value());
        ASSERT(driver.advance(start + Duration::seconds(1)).has_value());
    }
    void run(std::uint64_t steps) {
        tape.extend(steps);
        ASSERT(driver.run(tape).has_value());
    }

    Instant start{Instant::from_seconds(1'700'000'400 / 3600 * 3600)};
    MadeTape tape;
    runtime::MemoryJournal journal;
    QuietVenue venue;
    engine::Engine engine;
    runtime::Driver driver;

private:
    static runtime::DriverOptions options() {
        runtime::DriverOptions made;
        made.write_snapshots = false;
        return made;
    }
};

// Two averages; answers only where they cross, so that an intent is the exception it should be.
// `trading` false: the averages are kept, nothing is proposed.
struct EmaCross {
    bool trading{true};
    double fast{0}, slow{0};
    bool above{false};
    void operator()(const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind != AskKind::trade) return;
        const Price price = reinterpret_cast<const Trade*>(ask.market)->price;
        if (!update(price.decimal().to_double()) || !trading) return;
        const Price mark = view.market(test::btc, VenueId{}).mark.price;
        out.push_back(test::target(above ? 0.05_d : Decimal{}, mark));
    }
    // True where they have crossed.
    bool update(double price) {
        if (fast == 0) fast = slow = price;
        fast += (price - fast) * (2.0 / 13);
        slow += (price - slow) * (2.0 / 27);
        const bool crossed = (fast > slow) != above;
        above = fast > slow;
        return crossed;
    }
};

// In with one tick, out with the next.
struct EveryTick {
    std::uint64_t after{0}; // nothing before: volatility and volume must be known
    std::uint64_t seen{0};
    void operator()(const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind != AskKind::trade || ++seen <= after) return;
        const Price mark = view.market(test::btc, VenueId{}).mark.price;
        out.push_back(test::target(seen % 2 == 0 ? 0.05_d : Decimal{}, mark));
    }
};

struct Approves {
    void operator()(const Ask& ask, const ports::AgentView&, std::vector<Action>& out) {
        if (ask.head.kind == AskKind::proposal)
            out.push_back(test::ballot(ask, Ballot::approve, 0.5_rate));
    }
};

} // namespace grekko::bench
