// BookRun: one book on one instrument (or several that move alike) and one instant venue, driven by
// hand-made bars.
// Everything is real but the venue and the agents; time moves only with the bars.
// Tests of the engine and of the runtime share it.
#pragma once

#include <memory>

#include "runtime/boot.hpp"
#include "runtime/driver.hpp"
#include "runtime/memory_journal.hpp"
#include "runtime/memory_tape.hpp"
#include "support/instant_venue.hpp"
#include "support/scripted_agent.hpp"

namespace grekko::test {

// Bitcoin and, where there are more, C2, C3, …
inline Universe markets(std::uint16_t count) {
    Universe universe;
    universe.instruments.resize(count + 1U);
    universe.venues.resize(2);
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = "paper";
    for (std::uint16_t i = 1; i <= count; ++i) {
        const std::string base = i == 1 ? "BTC" : "C" + std::to_string(i);
        Instrument& coin = universe.instruments[i];
        coin.id = InstrumentId{i};
        coin.symbol = Symbol{base + "-USD"};
        coin.base = Currency{base};
        coin.quote = "USD";
        coin.major = true;
        Listing listing;
        listing.instrument = coin.id;
        listing.venue = VenueId{1};
        listing.maker_fee = 0.001_rate;
        listing.taker_fee = 0.001_rate;
        universe.listings.push_back(listing);
    }
    return universe;
}

inline Universe one_market() {
    return markets(1);
}

inline engine::Settings paper_settings() {
    engine::Settings settings;
    settings.consensus.solo = consensus::Solo::pass;
    return settings;
}

class BookRun {
public:
    explicit BookRun(engine::Settings settings = paper_settings(), Universe universe = one_market(),
                     runtime::DriverOptions options = {})
        : engine{std::move(universe), std::move(settings)},
          driver{engine, journal, nullptr, {&venue}, options, {{}, {}, keep_alerts()}} {}

    // Puts agents and money on the book and lets the venue reconcile.
    void open(std::vector<ScriptedAgent*> agents, Decimal money = 100'000_d) {
        open(std::move(agents), money, {{VenueId{1}, "USD", money}});
    }
    // `money` lies at the venue; what of it `deposits` do not say is found by the first snapshot.
    void open(std::vector<ScriptedAgent*> agents, Decimal money,
              std::vector<runtime::Deposit> deposits) {
        runtime::Opening opening;
        opening.incarnation = 0x1234;
        opening.deposits = std::move(deposits);
        for (ScriptedAgent* agent : agents) {
            opening.agents.push_back({agent, {}, 1_rate, Notional{money}, 0});
        }
        venue.deposit(money);
        ASSERT(runtime::open_book(driver, engine, opening, start).has_value());
        ASSERT(driver.advance(start + Duration::seconds(1)).has_value());
    }
    // One closed hourly bar after the other, prices as close; high and low one per mille around.
    void bars(std::initializer_list<int> closes) {
        for (const int close : closes)
            bar(Price{Decimal::whole(close)});
    }
    // A touch of two cents around the price, seen at `at`.
    void quote(Instant at, Price mid) {
        Quote record{market_head<Quote, MarketKind::quote>()};
        record.head.venue = VenueId{1};
        record.head.instrument = InstrumentId{1};
        record.head.exchange_at = record.head.received_at = at;
        record.bid = mid - 0.01_price;
        record.ask = mid + 0.01_price;
        record.bid_quantity = record.ask_quantity = 10'000_quantity;
        ASSERT(tape.append(record.head).has_value());
    }
    void wait(Duration duration) { ASSERT(driver.advance(driver.now() + duration).has_value()); }
    void say(Command command) { ASSERT(driver.input(Input{driver.now(), command}).has_value()); }
    void bar(Price close) {
        for (const Listing& listing : engine.universe().listings)
            bar(listing.instrument, close);
        next_bar = next_bar + Duration::hours(1);
        last = close;
    }
    void bar(InstrumentId instrument, Price close) {
        Bar record{market_head<Bar, MarketKind::bar>()};
        record.head.venue = VenueId{1};
        record.head.instrument = instrument;
        record.head.exchange_at = next_bar;
        record.head.received_at = next_bar + Duration::hours(1);
        record.interval = Duration::hours(1);
        record.open = last.is_zero() ? close : last;
        record.close = close;
        record.high = multiply(std::max(record.open, close), 1.001_rate, Rounding::half_even);
        record.low = multiply(std::min(record.open, close), 0.999_rate, Rounding::half_even);
        record.volume = volume;
        ASSERT(tape.append(record.head).has_value());
    }
    // A touch, so long after the last bar; the market has a book from then on.
    void quote(Price bid, Price ask, Duration after) {
        Quote record{market_head<Quote, MarketKind::quote>()};
        record.head.venue = VenueId{1};
        record.head.instrument = InstrumentId{1};
        record.head.exchange_at = record.head.received_at = next_bar + after;
        record.bid = bid;
        record.ask = ask;
        record.bid_quantity = record.ask_quantity = 100_quantity;
        ASSERT(tape.append(record.head).has_value());
    }
    // So many hourly bars around 50 000, six steps of 100 up and back, put on the tape and fed.
    void walk(int bars) {
        for (int i = 0; i < bars; ++i)
            bar(Price{Decimal::whole(50'000 + (i % 7) * 100)});
        ASSERT(run().has_value());
    }
    // Feeds what has been put on the tape since the last call.
    Result<void> run() {
        runtime::MemoryTapeReader reader{tape};
        TRY(reader.seek(TapePosition{fed}));
        fed = tape.size();
        return driver.run(reader);
    }
    template <class Event>
    std::vector<Event> events() {
        std::vector<Event> found;
        ASSERT(driver.flush().has_value());
        const auto read = journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
            engine::for_each_record(batch.payload, [&](const RecordHead& head) {
                visit_record(head, [&](const auto& body, const RecordHead&) {
                    if constexpr (std::is_same_v<std::decay_t<decltype(body)>, Event>) {
                        found.push_back(body);
                    }
                });
            });
            return {};
        });
        ASSERT(read.has_value());
        return found;
    }

    std::function<void(const AlertOperator&)> keep_alerts() {
        return [this](const AlertOperator& alert) { alerts.push_back(alert); };
    }

    Instant start{Instant::from_seconds(1'700'000'400 / 3600 * 3600)};
    Instant next_bar{start + Duration::hours(1)};
    Price last;
    Quantity volume{1000_quantity}; // of a bar
    std::vector<AlertOperator> alerts;
    std::size_t fed{0};
    runtime::MemoryTape tape;
    runtime::MemoryJournal journal;
    InstantVenue venue{VenueId{1}};
    engine::Engine engine;
    runtime::Driver driver;
};

} // namespace grekko::test
