// Desk: the real engine, moved by hand. A test says what the market shows, what venues report and
// what agents answer; time moves only when told. Every record the engine writes is kept. Two coins
// and a stablecoin at 100 and 1, agents 1 to 3, a lot of 0.01; money 100 000, so that 1 % of N is
// ten coins. Shared by the tests that drive a rule through the engine.
#pragma once

#include <cstring>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/engine/engine.hpp"
#include "domain/event.hpp"

namespace grekko::test {

inline constexpr InstrumentId btc{1}, eth{2}, sol{3}, usdc{4}, btc_usdc{5};
inline constexpr VenueId first{1}, second{2};
inline constexpr AgentId one{1}, two{2}, three{3};
// 01:00 UTC of some day.
inline const Instant desk_start = Instant::from_seconds(1'700'000'000 / 86'400 * 86'400 + 3'600);

// What is configured before anything moves.
struct Plan {
    engine::Settings settings;
    std::uint32_t venues{1};
    Rate tolerance{1_rate}; // of every agent
    Notional allocation{100'000_notional};
    Decimal money{100'000_d};  // at the first venue
    Decimal money_second;      // at the second
    Decimal stable_money;      // USDC at the first venue
    Mode mode{Mode::balanced}; // of every agent
    std::vector<InstrumentId> quoted{btc, eth, sol};
    Rate fee; // of every listing, maker and taker
    std::vector<InstrumentId> symbols{btc, eth, sol, usdc, btc_usdc}; // of every agent
    InstrumentId not_of_one;                                           // of all but agent one
    std::function<void(Listing&)> listing;
    std::function<void(Universe&)> universe;
    Plan() { settings.consensus_mode = engine::ConsensusMode::off; }
};

inline Universe universe_of(const Plan& plan) {
    Universe made;
    made.instruments.resize(6);
    const char* const names[][3] = {{"BTC-USD", "BTC", "USD"},
                                    {"ETH-USD", "ETH", "USD"},
                                    {"SOL-USD", "SOL", "USD"},
                                    {"USDC-USD", "USDC", "USD"},
                                    {"BTC-USDC", "BTC", "USDC"}};
    for (std::uint16_t i = 1; i <= 5; ++i) {
        Instrument& each = made.instruments[i];
        each.id = InstrumentId{i};
        each.symbol = names[i - 1][0];
        each.base = names[i - 1][1];
        each.quote = names[i - 1][2];
        each.major = i != sol.value() && i != usdc.value();
    }
    made.venues.resize(plan.venues + 1);
    for (std::uint16_t v = 1; v <= plan.venues; ++v) {
        made.venues[v].id = VenueId{v};
        made.venues[v].name = v == 1 ? "first" : "second";
        made.venues[v].rate_per_second = 1'000;
    }
    for (std::uint16_t i = 1; i <= 5; ++i) {
        for (std::uint16_t v = 1; v <= plan.venues; ++v) {
            Listing listing;
            listing.instrument = InstrumentId{i};
            listing.venue = VenueId{v};
            listing.tick = 0.01_price;
            listing.lot = 0.01_quantity;
            listing.maker_fee = listing.taker_fee = plan.fee;
            if (plan.listing) plan.listing(listing);
            made.listings.push_back(listing);
        }
    }
    if (plan.universe) plan.universe(made);
    return made;
}

class Desk {
public:
    explicit Desk(const Plan& made) : plan{made}, engine{universe_of(made), made.settings} {
        open();
    }
    // Goes on from what another desk has made: same books, other limits.
    Desk(const Plan& made, const Desk& before)
        : plan{made},
          now{before.now},
          engine{universe_of(made), made.settings} {
        ASSERT(engine.restore(before.engine.save()));
        open_orders = before.open_orders;
        fills_ = before.fills_;
        quotes_ = before.quotes_;
        restart();
    }

    // ---- The market --------------------------------------------------------------------------
    void quote(InstrumentId id, Price bid, Price ask, Quantity size = 100'000_quantity,
               VenueId venue = first) {
        Quote record{market_head<Quote, MarketKind::quote>()};
        stamp(record.head, id, venue);
        record.bid = bid;
        record.ask = ask;
        record.bid_quantity = record.ask_quantity = size;
        quotes_[{id, venue}] = record;
        feed(record.head);
    }
    // A touch of two ticks around the price.
    void price(InstrumentId id, Price mid, VenueId venue = first) {
        quote(id, mid - 0.01_price, mid + 0.01_price, 100'000_quantity, venue);
    }
    // What was quoted last is quoted again.
    void refresh() {
        for (auto& [key, record] : std::map(quotes_)) {
            Quote again = record;
            stamp(again.head, key.first, key.second);
            feed(again.head);
        }
    }
    void trade(InstrumentId id, Price at, Quantity quantity, VenueId venue = first) {
        Trade record{market_head<Trade, MarketKind::trade>()};
        stamp(record.head, id, venue);
        record.head.flags = static_cast<std::uint8_t>(Side::buy);
        record.price = at;
        record.quantity = quantity;
        feed(record.head);
    }
    struct Shown {
        Side side;
        Price price;
        Quantity quantity;
    };
    void book(InstrumentId id, const std::vector<Shown>& levels, VenueId venue = first) {
        BookReset reset{market_head<BookReset, MarketKind::book_reset>()};
        stamp(reset.head, id, venue);
        feed(reset.head);
        for (const Shown& level : levels) {
            BookLevel record{market_head<BookLevel, MarketKind::book_level>()};
            stamp(record.head, id, venue);
            record.head.flags = static_cast<std::uint8_t>(level.side);
            record.price = level.price;
            record.quantity = level.quantity;
            feed(record.head);
        }
        BookCommit commit{market_head<BookCommit, MarketKind::book_commit>()};
        stamp(commit.head, id, venue);
        feed(commit.head);
    }
    void status(InstrumentId id, TradingStatus to) {
        StatusChange record{market_head<StatusChange, MarketKind::status>()};
        stamp(record.head, id, first);
        record.status = to;
        feed(record.head);
    }
    void gap(InstrumentId id) {
        Gap record{market_head<Gap, MarketKind::gap>()};
        stamp(record.head, id, first);
        feed(record.head);
    }
    void tick() {
        ClockTick record{market_head<ClockTick, MarketKind::clock>()};
        record.head.received_at = record.head.exchange_at = now;
        feed(record.head);
    }
    void bar(InstrumentId id, Price at, Quantity volume) {
        Bar record{market_head<Bar, MarketKind::bar>()};
        stamp(record.head, id, first);
        record.interval = Duration::hours(1);
        record.head.exchange_at = now - record.interval;
        record.open = record.high = record.low = record.close = at;
        record.volume = volume;
        feed(record.head);
        engine.close_bars(now);
        drain();
    }

    // ---- Time --------------------------------------------------------------------------------
    void advance(Duration by) {
        const Instant to = now + by;
        while (!timers_.empty() && timers_.begin()->first.first <= to) {
            const auto [at, timer] = *timers_.begin();
            timers_.erase(timers_.begin());
            now = std::max(now, at.first);
            give(timer);
        }
        now = to;
    }
    // So long with a live market: everything is quoted again each second.
    void live(Duration by) {
        for (Instant end = now + by; now < end;) {
            advance(std::min(Duration::seconds(1), end - now));
            refresh();
        }
    }

    // ---- Agents and people -------------------------------------------------------------------
    void answer(AgentId agent, std::vector<Action> actions) {
        Answer given;
        given.head.ask = AskId{++asks_};
        given.head.agent = agent;
        given.head.count = static_cast<std::uint16_t>(actions.size());
        given.head.generation = engine.generation(agent);
        given.actions = std::move(actions);
        give(given);
    }
    static Action target(InstrumentId id, Decimal quantity) {
        Action action;
        action.kind = quantity.is_zero() ? ActionKind::close : ActionKind::target;
        action.instrument = id;
        action.amount = quantity;
        action.stop = 97_price;
        action.take = 110_price;
        action.horizon = Duration::hours(4);
        action.confidence = 0.5_rate;
        action.working.urgency = Urgency::urgent;
        action.reason = "a test";
        return action;
    }
    events::CommandHandled say(Command command) {
        command.principal = "ann";
        command.reason = "a test";
        give(command);
        return all<events::CommandHandled>().back();
    }
    events::CommandHandled say(CommandKind kind) {
        Command command;
        command.kind = kind;
        return say(command);
    }

    // ---- Venues ------------------------------------------------------------------------------
    VenueReport about(OrderId id, ReportKind kind) const {
        VenueReport report;
        const Order& order = open_orders.at(id);
        report.kind = kind;
        report.venue = order.venue;
        report.instrument = order.instrument;
        report.order = id;
        report.client_id = order.client_id;
        return report;
    }
    Quantity rest(OrderId id) const {
        const auto filled = filled_.find(id);
        const Quantity done = filled == filled_.end() ? Quantity{} : filled->second;
        return open_orders.at(id).quantity - done;
    }
    void fill(OrderId id, Quantity quantity, Price at) {
        const Order order = open_orders.at(id);
        VenueReport report = about(id, ReportKind::filled);
        Fill& fill = report.fill;
        fill.order = id;
        fill.venue = order.venue;
        fill.instrument = order.instrument;
        fill.side = order.side;
        fill.liquidity = Liquidity::taker;
        fill.price = at;
        fill.quantity = quantity;
        const Universe& all_of = engine.universe();
        const Instrument& traded = all_of.instrument(order.instrument);
        const Rate rate = all_of.listing(order.instrument, order.venue)->taker_fee;
        const Quantity units{
            multiply(quantity.decimal(), traded.contract_size.decimal(), Rounding::half_even)};
        fill.fee =
            multiply(multiply(at, units, Rounding::half_even), rate, Rounding::ceiling).decimal();
        fill.fee_currency = traded.quote;
        fill.trade_id = TradeId{"t" + std::to_string(++fills_)};
        fill.exchange_at = now;
        report.cumulative = filled_[id] += quantity;
        if (report.cumulative >= order.quantity) open_orders.erase(id);
        give(report);
    }
    void end(OrderId id, ReportKind kind, RejectReason why = RejectReason::none) {
        VenueReport report = about(id, kind);
        report.reject = why;
        report.cumulative = filled_[id];
        open_orders.erase(id);
        give(report);
    }
    void venue(ReportKind kind, Decimal total = {}, VenueId id = first) {
        VenueReport report;
        report.kind = kind;
        report.venue = id;
        report.total = total;
        give(report);
    }
    // Every open order of an agent ends without a fill.
    void expire(AgentId agent) {
        for (const auto& [id, order] : std::map(open_orders)) {
            if (order.agent == agent) end(id, ReportKind::expired);
        }
    }

    // ---- What came of it ---------------------------------------------------------------------
    template <class Event>
    std::vector<Event> all() const {
        std::vector<Event> found;
        engine::for_each_record(log_, [&](const RecordHead& head) {
            if (const auto event = body<Event>(head)) found.push_back(*event);
        });
        return found;
    }
    // The last assessment of a kind.
    events::RiskAssessed assessed(events::AssessmentKind kind) const {
        events::RiskAssessed last;
        for (const auto& each : all<events::RiskAssessed>()) {
            if (each.kind == kind) last = each;
        }
        ASSERT(last.kind == kind);
        return last;
    }
    // What left the host for an intent after risk last looked at it so.
    Quantity sent_for(const events::RiskAssessed& seen) const {
        Quantity sum;
        engine::for_each_record(log_, [&](const RecordHead& head) {
            if (const auto looked = body<events::RiskAssessed>(head)) {
                if (looked->intent == seen.intent && looked->kind == seen.kind) sum = Quantity{};
            } else if (const auto sent = body<events::OrderSubmitted>(head)) {
                if (sent->order.intent == seen.intent) sum += sent->order.quantity;
            } else if (const auto again = body<events::ReplaceRequested>(head)) {
                if (again->replacement.intent == seen.intent) sum += again->replacement.quantity;
            }
        });
        return sum;
    }
    Quantity held(AgentId agent, InstrumentId id) const {
        return portfolio::position(engine.state().portfolio, agent, id).quantity;
    }
    events::BookState state() const { return engine.state().risk.book.state; }

    // What a fresh engine makes of the journal alone.
    std::string replayed() const {
        engine::Engine fresh{universe_of(plan), plan.settings};
        ASSERT(engine::for_each_record(
            log_, [&](const RecordHead& head) { ASSERT(fresh.apply_record(head)); }));
        return fresh.digest();
    }
    const risk::Breaker& breaker(const risk::BreakerKey& key) const {
        return risk::breaker(engine.state().risk.breakers, key);
    }

    void give(InputBody body) {
        engine.input(Input{now, std::move(body)}, TapePosition{});
        drain();
    }

    Plan plan;
    Instant now{desk_start};
    engine::Engine engine;
    std::map<OrderId, Order> open_orders;
    std::vector<Order> placed;
    std::vector<OrderId> cancelled;
    std::vector<Order> replaced;
    std::vector<QuerySnapshot> snapshots;
    bool accepts{true}, cancels{true}, reconciles{true};

private:
    template <class Event>
    static std::optional<Event> body(const RecordHead& head) {
        if (head.tag != Event::tag) return std::nullopt;
        Event event;
        std::memcpy(&event, reinterpret_cast<const std::byte*>(&head) + sizeof head, sizeof event);
        return event;
    }
    void open() {
        IncarnationOpened opened;
        opened.incarnation = 0x1234;
        opened.epoch = 1;
        give(opened);
        engine.deposit(first, "USD", plan.money, now);
        if (!plan.money_second.is_zero()) engine.deposit(second, "USD", plan.money_second, now);
        for (std::uint16_t i = 1; i <= 3; ++i)
            enrol(AgentId{i});
        connect();
        for (const InstrumentId id : plan.quoted) {
            price(id, 100_price);
            trade(id, 100_price, 1'000'000_quantity);
        }
        if (!plan.stable_money.is_zero()) {
            quote(usdc, 0.9999_price, 1.0001_price);
            engine.deposit(first, "USDC", plan.stable_money, now);
        }
        advance(Duration::seconds(1));
        refresh();
    }
    void restart() {
        connect();
        refresh();
        for (const InstrumentId id : plan.quoted)
            trade(id, 100_price, 1'000'000_quantity);
        advance(Duration::seconds(1));
        refresh();
    }
    void connect() {
        for (std::uint16_t v = 1; v <= plan.venues; ++v) {
            venue(ReportKind::connected, {}, VenueId{v});
            venue(ReportKind::private_restored, {}, VenueId{v});
        }
    }
    void enrol(AgentId id) {
        events::AgentRegistered agent;
        agent.name = AgentName{"agent" + std::to_string(id.value())};
        agent.risk_tolerance = plan.tolerance;
        agent.mode = plan.mode;
        agent.participation = 1_rate;
        agent.allocation = plan.allocation;
        ASSERT(engine.register_agent(agent, now) == id);
        GenerationCut cut;
        cut.agent = id;
        cut.kind = CutKind::start;
        cut.generation = Generation{1};
        cut.code_hash = Text<72>{"code" + std::to_string(id.value())};
        give(cut);
        std::vector<events::AgentSubscribed> wanted;
        for (const InstrumentId each : plan.symbols) {
            if (id == one && each == plan.not_of_one) continue;
            events::AgentSubscribed subscribed;
            subscribed.instrument = each;
            subscribed.votes = true;
            wanted.push_back(subscribed);
        }
        engine.subscribe(id, wanted, now);
        drain();
    }
    void stamp(MarketHead& head, InstrumentId id, VenueId venue) const {
        head.instrument = id;
        head.venue = venue;
        head.exchange_at = head.received_at = now;
    }
    void feed(const MarketHead& head) {
        engine.market(head, TapePosition{++tape_}, now);
        drain();
    }
    // Keeps what was written and carries out what is wanted, until nothing is.
    void drain() {
        const auto bytes = engine.frame().bytes();
        log_.insert(log_.end(), bytes.begin(), bytes.end());
        engine.clear_frame();
        Effects effects;
        engine.take_effects(effects);
        engine::AskBatch asks;
        engine.take_asks(asks);
        std::vector<VenueReport> reports;
        for (const Effect& effect : effects) {
            if (const auto* timer = std::get_if<SetTimer>(&effect)) {
                timers_[{timer->at, ++timer_order_}] = timer->timer;
            } else if (const auto* place = std::get_if<PlaceOrder>(&effect)) {
                placed.push_back(place->order);
                open_orders[place->order.id] = place->order;
                if (accepts) reports.push_back(about(place->order.id, ReportKind::accepted));
            } else if (const auto* cancel = std::get_if<CancelOrder>(&effect)) {
                cancelled.push_back(cancel->id);
                if (!cancels || !open_orders.contains(cancel->id)) continue;
                reports.push_back(about(cancel->id, ReportKind::cancelled));
                open_orders.erase(cancel->id);
            } else if (const auto* replace = std::get_if<ReplaceOrder>(&effect)) {
                replaced.push_back(replace->replacement);
                open_orders[replace->id] = replace->replacement;
                if (accepts) reports.push_back(about(replace->id, ReportKind::replaced));
            } else if (const auto* query = std::get_if<QuerySnapshot>(&effect)) {
                snapshots.push_back(*query);
                if (reconciles) describe(query->venue, reports);
            }
        }
        for (const VenueReport& report : reports)
            give(report);
    }
    // The venue as the ledgers have it.
    void describe(VenueId venue, std::vector<VenueReport>& reports) {
        VenueReport report;
        report.venue = venue;
        report.kind = ReportKind::snapshot_begin;
        reports.push_back(report);
        for (const auto& [id, order] : open_orders) {
            if (order.venue != venue || !accepts) continue; // it has seen none
            VenueReport known = about(id, ReportKind::order_state);
            known.status = OrderStatus::accepted;
            known.cumulative = filled_[id];
            reports.push_back(known);
        }
        report.kind = ReportKind::balance;
        for (const char* currency : {"USD", "USDC", "BTC", "ETH", "SOL"}) {
            report.currency = currency;
            report.total = portfolio::balance(engine.state().portfolio, venue, report.currency) +
                           unbooked[report.currency];
            reports.push_back(report);
        }
        report.kind = ReportKind::snapshot_end;
        reports.push_back(report);
    }

public:
    std::map<Currency, Decimal> unbooked; // what a venue shows beyond the ledgers

private:
    std::vector<std::byte> log_;
    std::map<std::pair<Instant, std::uint64_t>, TimerFired> timers_;
    std::map<std::pair<InstrumentId, VenueId>, Quote> quotes_;
    std::map<OrderId, Quantity> filled_;
    std::uint64_t timer_order_{0}, asks_{1'000}, tape_{0}, fills_{0};
};

// ---- What tests do over and over ---------------------------------------------------------------

// The agent's position becomes `quantity`: asked for, placed and filled at `at`.
inline void take_position(Desk& desk, AgentId agent, InstrumentId id, Decimal quantity, Price at,
                          Price stop = 97_price) {
    Action action = Desk::target(id, quantity);
    action.stop = stop;
    action.take = 200_price;
    desk.answer(agent, {action});
    for (int i = 0; i < 10 && desk.held(agent, id).decimal() != quantity; ++i) {
        for (const auto& [order, sent] : std::map(desk.open_orders)) {
            if (sent.agent == agent && sent.purpose != Purpose::disaster_stop) {
                desk.fill(order, sent.quantity, at);
            }
        }
        desk.advance(Duration::seconds(3));
        desk.refresh();
    }
    ASSERT(desk.held(agent, id).decimal() == quantity);
}

} // namespace grekko::test
