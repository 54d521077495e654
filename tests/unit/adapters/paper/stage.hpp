// Stage: a paper venue driven by hand through its adapter table, as the host drives it, with a
// market of one instrument in round numbers and no latency unless a test wants it.
// It is not the contract suite (tests/contract/venue), which knows ports alone.
#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "paper/outbox.hpp"
#include "paper/paper.hpp"

namespace grekko::paper::tests {

inline constexpr grekko_time t0 = 1'000 * day; // a midnight
inline constexpr grekko_duration ms = 1'000'000;

// Tick 1, lot 0.001, no fees, no impact: prices of the tables appear as they are.
inline Config plain() {
    Config config;
    config.entry = config.response = {0, 0};
    config.impact = {};
    Listing listing;
    listing.instrument = 1;
    listing.base = "BTC";
    listing.quote = "USD";
    listing.major = true;
    listing.tick = Decimal{1};
    listing.lot = 0.001_dec;
    listing.maker_fee = listing.taker_fee = {};
    config.listings = {listing};
    config.balances = {{"USD", Decimal{1'000'000}}, {"BTC", Decimal{100}}};
    return config;
}

struct Ask {
    grekko_side side{GREKKO_BUY};
    std::uint8_t type{GREKKO_LIMIT};
    Decimal quantity{1};
    Decimal limit{};
    Decimal trigger{};
    Decimal trail{};
    Decimal shown{};
    std::uint8_t time_in_force{GREKKO_GTC};
    std::uint8_t flags{0};
    std::uint64_t linked{0};
    grekko_time expires_at{0};
};

class Stage {
public:
    explicit Stage(const Config& config) : adapter_{make_paper(config)} { (void)reports(0); }
    ~Stage() { adapter_.destroy(adapter_.self); }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // The host's number of the order; its client id is "c" and the number.
    std::uint64_t place(grekko_time at, const Ask& ask) { return place(at, ask, ++orders_); }
    std::uint64_t place(grekko_time at, const Ask& ask, std::uint64_t order) {
        grekko_request r = filled_in(at, ask, order);
        send(r);
        return order;
    }
    // `old`: the name it goes by, empty: its first.
    void replace(grekko_time at, std::uint64_t order, const Ask& ask,
                 const std::string& client_id, const std::string& old = {}) {
        grekko_request r = filled_in(at, ask, order);
        r.kind = GREKKO_REQUEST_REPLACE;
        write_text(r.replaces, old.empty() ? read_text(r.client_id) : old);
        write_text(r.client_id, client_id);
        send(r);
    }
    void cancel(grekko_time at, std::uint64_t order) { about(GREKKO_REQUEST_CANCEL, at, order); }
    void query(grekko_time at, std::uint64_t order) { about(GREKKO_REQUEST_QUERY, at, order); }
    void snapshot(grekko_time at) { about(GREKKO_REQUEST_SNAPSHOT, at, 0); }
    grekko_status send(const grekko_request& request) {
        return adapter_.request(adapter_.self, &request);
    }

    void bar(grekko_time open_at, std::int64_t open, std::int64_t high, std::int64_t low,
             std::int64_t close, Decimal volume = Decimal{1'000}, std::uint32_t missing = 0) {
        grekko_bar b{};
        head(b.head, sizeof b, GREKKO_MARKET_BAR, 0, open_at);
        b.head.received_at = open_at + interval;
        b.interval = interval;
        b.open = Decimal{open};
        b.high = Decimal{high};
        b.low = Decimal{low};
        b.close = Decimal{close};
        b.volume = volume;
        b.missing = missing;
        adapter_.market(adapter_.self, &b.head);
    }
    void market(const grekko_market_head& record) { adapter_.market(adapter_.self, &record); }
    void trade(grekko_time at, grekko_side aggressor, Decimal price, Decimal quantity) {
        grekko_trade t{};
        head(t.head, sizeof t, GREKKO_MARKET_TRADE, aggressor, at);
        t.price = price;
        t.quantity = quantity;
        adapter_.market(adapter_.self, &t.head);
    }
    void quote(grekko_time at, Decimal bid, Decimal bid_size, Decimal ask, Decimal ask_size) {
        grekko_quote q{};
        head(q.head, sizeof q, GREKKO_MARKET_QUOTE, 0, at);
        q.bid = bid;
        q.bid_quantity = bid_size;
        q.ask = ask;
        q.ask_quantity = ask_size;
        adapter_.market(adapter_.self, &q.head);
    }
    void level(grekko_time at, grekko_side side, Decimal price, Decimal quantity) {
        grekko_book_level l{};
        head(l.head, sizeof l, GREKKO_MARKET_BOOK_LEVEL, side, at);
        l.price = price;
        l.quantity = quantity;
        adapter_.market(adapter_.self, &l.head);
    }
    void commit(grekko_time at) {
        grekko_book_commit c{};
        head(c.head, sizeof c, GREKKO_MARKET_BOOK_COMMIT, 0, at);
        adapter_.market(adapter_.self, &c.head);
    }
    void reset(grekko_time at) {
        grekko_book_reset r{};
        head(r.head, sizeof r, GREKKO_MARKET_BOOK_RESET, 0, at);
        adapter_.market(adapter_.self, &r.head);
    }
    void gap(grekko_time at) {
        grekko_gap g{};
        head(g.head, sizeof g, GREKKO_MARKET_GAP, 0, at);
        adapter_.market(adapter_.self, &g.head);
    }
    void status(grekko_time at, std::uint8_t value) {
        grekko_status_change s{};
        head(s.head, sizeof s, GREKKO_MARKET_STATUS, 0, at);
        s.status = value;
        adapter_.market(adapter_.self, &s.head);
    }

    grekko_time next() { return adapter_.next_report(adapter_.self); }
    // Everything due up to and including `now`, as the host takes it: at announced times.
    std::vector<grekko_report> reports(grekko_time now) {
        std::vector<grekko_report> taken;
        for (grekko_time at = next(); at <= now; at = next()) {
            grekko_report report{};
            const bool kept = adapter_.take_report(adapter_.self, at, &report) != 0;
            if (!kept) throw std::logic_error{"a report was announced and is not there"};
            taken.push_back(report);
        }
        return taken;
    }
    // The same in short: "accepted 1", "filled 1 0.5@100", "rejected 2 no_market".
    std::vector<std::string> told(grekko_time now);

    grekko_duration interval{minute};

private:
    static void head(grekko_market_head& head, std::size_t size, std::uint8_t kind,
                     std::uint8_t flags, grekko_time at) {
        head = {static_cast<std::uint16_t>(size), kind, flags, 1, 1, at, at};
    }
    grekko_request filled_in(grekko_time at, const Ask& ask, std::uint64_t order) {
        grekko_request r{};
        r.size = sizeof r;
        r.kind = GREKKO_REQUEST_PLACE;
        r.side = ask.side;
        r.type = ask.type;
        r.time_in_force = ask.time_in_force;
        r.flags = ask.flags;
        r.venue = r.instrument = 1;
        r.order = order;
        r.linked = ask.linked;
        r.at = at;
        r.expires_at = ask.expires_at;
        r.quantity = ask.quantity;
        r.shown = ask.shown;
        r.limit = ask.limit;
        r.trigger = ask.trigger;
        r.trail = ask.trail;
        write_text(r.client_id, "c" + std::to_string(order));
        return r;
    }
    void about(std::uint8_t kind, grekko_time at, std::uint64_t order) {
        grekko_request r{};
        r.size = sizeof r;
        r.kind = kind;
        r.venue = r.instrument = 1;
        r.order = order;
        r.at = at;
        if (order != 0) write_text(r.client_id, "c" + std::to_string(order));
        send(r);
    }

    grekko_adapter adapter_;
    std::uint64_t orders_{0};
};

inline std::string text_of(const grekko_report& r) {
    static const char* const kinds[] = {
        "",          "accepted",        "rejected",     "filled",           "cancelled",
        "expired",   "cancel_rejected", "replaced",     "replace_rejected", "triggered",
        "ambiguous", "not_found",       "state",        "balance",          "begin",
        "end",       "connected",       "disconnected", "private_lost",     "private_restored",
        "clock"};
    static const char* const reasons[] = {"",
                                          " funds",
                                          " post_only",
                                          " band",
                                          " size",
                                          " unknown_instrument",
                                          " not_trading",
                                          " duplicate",
                                          " too_many",
                                          " rate",
                                          " would_trigger",
                                          " no_market",
                                          " self_trade",
                                          " reduce_only",
                                          " invalid",
                                          " other"};
    std::string text = kinds[r.kind];
    if (r.order != 0) text += " " + std::to_string(r.order);
    if (r.kind == GREKKO_REPORT_FILLED)
        text += " " + Decimal{r.quantity}.to_string() + "@" + Decimal{r.price}.to_string() +
                (r.liquidity == GREKKO_MAKER ? "m" : "t");
    if (r.kind == GREKKO_REPORT_BALANCE)
        text += " " + std::string{read_text(r.currency)} + " " + Decimal{r.total}.to_string() +
                "/" + Decimal{r.held}.to_string();
    if (r.kind == GREKKO_REPORT_ORDER_STATE)
        text += " " + std::to_string(r.status) + " " + Decimal{r.cumulative}.to_string();
    return text + reasons[r.reject];
}

inline std::vector<std::string> Stage::told(grekko_time now) {
    std::vector<std::string> texts;
    for (const grekko_report& report : reports(now))
        texts.push_back(text_of(report));
    return texts;
}

} // namespace grekko::paper::tests
