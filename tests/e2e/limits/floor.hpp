// Floor: one book with its agents, quotes and trades in event time, and a venue that says when each
// order and cancel reached it. Everything is real but the venue and the prices; time moves with the
// market alone, so a limit in milliseconds is a difference of two records, never of two clocks.
// The suites of this folder share it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/engine_load.hpp"
#include "runtime/memory_tape.hpp"

namespace grekko::test {

// InstantVenue, and when what arrived there.
class TimedVenue final : public ports::Venue {
public:
    struct Placed {
        Instant at;
        Order order;
    };
    struct Cancelled {
        Instant at;
        OrderId order;
    };
    explicit TimedVenue(VenueId id) : inner{id} {}
    void place(const PlaceOrder& request, Instant now) override {
        if (on_place) on_place();
        placed.push_back({now, request.order});
        inner.place(request, now);
    }
    void replace(const ReplaceOrder& request, Instant now) override { inner.replace(request, now); }
    void cancel(const CancelOrder& request, Instant now) override {
        if (on_cancel) on_cancel();
        cancelled.push_back({now, request.id});
        inner.cancel(request, now);
    }
    void query(const QueryOrder& request, Instant now) override { inner.query(request, now); }
    void snapshot(const QuerySnapshot& request, Instant now) override {
        inner.snapshot(request, now);
    }
    void market(const MarketHead& record) override {
        inner.market(record);
        if (on_market) on_market();
    }
    std::optional<Instant> next_report() const override { return inner.next_report(); }
    bool take_report(Instant now, VenueReport& report, Instant& at) override {
        const bool taken = inner.take_report(now, report, at);
        if (taken && on_report) on_report(report);
        return taken;
    }

    // What `make limits` stamps its times in.
    std::function<void()> on_place, on_cancel, on_market;
    std::function<void(const VenueReport&)> on_report;
    InstantVenue inner;
    std::vector<Placed> placed;
    std::vector<Cancelled> cancelled;
};

// An event with the head it was journaled under.
template <class Event>
struct Recorded {
    RecordHead head;
    Event body;
};

class Floor {
public:
    struct Setup {
        engine::Settings settings{bench::make_settings()};
        std::uint16_t instruments{1};
        Duration thinking{Duration::milliseconds(1)}; // of an agent, for each answer
        Duration step{Duration::seconds(10)};
        Decimal money{100'000'000_d};
        std::uint32_t venue_rate{10}; // requests a second that the venue allows
    };
    // `disk`: a journal to write to in place of memory.
    explicit Floor(Setup wanted, ports::Journal* disk = nullptr)
        : setup{std::move(wanted)},
          journal{disk == nullptr ? static_cast<ports::Journal&>(memory) : *disk},
          engine{universe(setup), setup.settings},
          driver{engine, journal, nullptr, {&venue}, options(), hooks()},
          at_{start} {}

    static Universe universe(const Setup& setup) {
        Universe made = bench::make_universe(setup.instruments);
        made.venues[1].rate_per_second = setup.venue_rate;
        return made;
    }

    void open(const std::vector<ports::Agent*>& agents) {
        runtime::Opening opening;
        opening.incarnation = 1;
        opening.deposits.push_back({bench::venue_one, "USD", setup.money});
        venue.inner.deposit(setup.money);
        for (ports::Agent* agent : agents)
            opening.agents.push_back({agent, {}, 1_rate, Notional{setup.money}, 0});
        ASSERT(runtime::open_book(driver, engine, opening, start).has_value());
        at_ = start + Duration::seconds(1);
        ASSERT(driver.advance(at_).has_value());
    }

    // A quote half a dollar around the price and a trade at it, `after` the last ones.
    void tick(Price price, Duration after, InstrumentId instrument = btc) {
        at_ = at_ + after;
        Quote quote{market_head<Quote, MarketKind::quote>()};
        stamp(quote.head, instrument);
        quote.bid = price - 0.5_price;
        quote.ask = price + 0.5_price;
        quote.bid_quantity = quote.ask_quantity = 100_quantity;
        Trade trade{market_head<Trade, MarketKind::trade>()};
        stamp(trade.head, instrument);
        trade.head.flags = static_cast<std::uint8_t>(Side::buy);
        trade.price = price;
        trade.quantity = 10_quantity;
        ASSERT(tape_.append(quote.head).has_value());
        ASSERT(tape_.append(trade.head).has_value());
        last_price = price;
    }
    void tick(Price price) { tick(price, setup.step); }
    // Feeds what has been put on the tape.
    void run() {
        runtime::MemoryTapeReader reader{tape_};
        ASSERT(reader.seek(TapePosition{fed_}).has_value());
        fed_ = tape_.size();
        const auto done = driver.run(reader);
        ASSERT(done.has_value());
    }
    // Prices that swing around 50 000, until volatility and volume are known for every check.
    void warm_up(int ticks = 800) {
        for (int i = 0; i < ticks; ++i) {
            for (std::uint16_t one = 1; one <= setup.instruments; ++one)
                tick(swing(i), one == 1 ? setup.step : Duration{}, InstrumentId{one});
        }
        run();
    }
    static Price swing(int i) {
        const int up = i % 256 < 128 ? i % 256 : 256 - i % 256;
        return Price::whole(50'000 + 2 * ((up % 7) * 20 + up));
    }
    // Time without market data, `of` later.
    void wait(Duration of) {
        at_ = at_ + of;
        ASSERT(driver.advance(at_).has_value());
    }
    void say(ReportKind kind) {
        VenueReport report;
        report.kind = kind;
        report.venue = bench::venue_one;
        say(report);
    }
    void say(VenueReport report) {
        report.venue = bench::venue_one;
        ASSERT(driver.input(Input{driver.now(), report}).has_value());
    }
    void command(Command command) {
        command.principal = "operator";
        command.reason = "test";
        ASSERT(driver.input(Input{driver.now(), command}).has_value());
    }
    void command(CommandKind kind) {
        Command one;
        one.kind = kind;
        command(one);
    }

    // Every record of the journal, in order.
    void each(const std::function<void(const RecordHead&)>& visit) {
        ASSERT(driver.flush().has_value());
        const auto read = journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
            engine::for_each_record(batch.payload, visit);
            return {};
        });
        ASSERT(read.has_value());
    }
    template <class Event>
    std::vector<Recorded<Event>> all() {
        std::vector<Recorded<Event>> found;
        each([&](const RecordHead& head) {
            visit_record(head, [&](const auto& body, const RecordHead&) {
                if constexpr (std::is_same_v<std::decay_t<decltype(body)>, Event>)
                    found.push_back({head, body});
            });
        });
        return found;
    }
    events::BookState state() const { return engine.state().risk.book.state; }
    Quantity held(AgentId agent, InstrumentId instrument = btc) const {
        return portfolio::position(engine.state().portfolio, agent, instrument).quantity;
    }
    Instant now() const { return driver.now(); }

    struct Alert {
        Instant at;
        std::string what, message;
    };

    Setup setup;
    Instant start{Instant::from_seconds(1'700'000'400 / 3600 * 3600)};
    runtime::MemoryJournal memory;
    ports::Journal& journal;
    std::function<void(std::span<const std::byte>)> on_records;
    TimedVenue venue{bench::venue_one};
    engine::Engine engine;
    std::vector<Alert> alerts;
    runtime::Driver driver;
    Price last_price;

private:
    runtime::DriverOptions options() const {
        runtime::DriverOptions made;
        made.inline_decision = setup.thinking;
        made.write_snapshots = false;
        return made;
    }
    runtime::DriverHooks hooks() {
        runtime::DriverHooks made;
        made.on_alert = [this](const AlertOperator& alert) {
            alerts.push_back({driver.now(), alert.what.string(), alert.message.string()});
        };
        made.on_records = [this](std::span<const std::byte> records) {
            if (on_records) on_records(records);
        };
        return made;
    }
    void stamp(MarketHead& head, InstrumentId instrument) const {
        head.venue = bench::venue_one;
        head.instrument = instrument;
        head.exchange_at = head.received_at = at_;
    }

    runtime::MemoryTape tape_;
    std::size_t fed_{0};
    Instant at_;
};

// Proposes what a test has wished for, at the next trade; votes as told.
struct Wish {
    std::optional<Decimal> target;
    Urgency urgency{Urgency::urgent};
    std::uint64_t asked{0};

    ScriptedAgent::Behaviour proposer() {
        return [this](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (ask.head.kind != AskKind::trade) return;
            ++asked;
            if (!target) return;
            const Price mark = view.market(ask.head.instrument, VenueId{}).mark.price;
            Action action = test::target(*target, mark);
            action.instrument = ask.head.instrument;
            action.working.urgency = urgency;
            out.push_back(action);
            target.reset();
        };
    }
};

// Five agents of one book: one that proposes what is wished for, four that vote.
struct FiveAgents {
    explicit FiveAgents(Ballot with = Ballot::approve) {
        for (const char* name : {"b", "c", "d", "e"})
            voters.push_back(
                std::make_unique<ScriptedAgent>(name, btc, std::vector<Duration>{}, votes(with)));
    }
    std::vector<ports::Agent*> all() {
        std::vector<ports::Agent*> out{&proposer};
        for (const auto& voter : voters)
            out.push_back(voter.get());
        return out;
    }
    Wish wish;
    ScriptedAgent proposer{"a", btc, {}, wish.proposer()};
    std::vector<std::unique_ptr<ScriptedAgent>> voters;
};

inline constexpr AgentId first_agent{1};

} // namespace grekko::test
