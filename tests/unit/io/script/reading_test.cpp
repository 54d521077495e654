// covers: market_api.cpp, position_api.cpp, time_api.cpp, output_api.cpp, series_api.cpp
// covers: handles.cpp, series.cpp, series.hpp, indicator.cpp, indicator.hpp
// What an agent reads and how events reach it.
#include "unit/io/script/script_host.hpp"

namespace grekko::script {
namespace {

TEST(Reading, MarketPositionAndValue) {
    ScriptHost host{on_trade(R"(
        local q = self:quote("BTC-USD")
        assert(q.bid == 59990 and q.ask == 60010 and q.mid == 60000 and not q.crossed)
        assert(math.abs(q.spread - 20 / 60000) < 1e-12 and self:quote("ETH-USD") == nil)
        local b = self:book("BTC-USD", 1)
        assert(#b.bids == 1 and b.bids[1].price == 59990 and #b.asks == 0)
        assert(self:venues("BTC-USD")[1] == "paper" and self:mark("BTC-USD") == 60000)
        assert(self:mark("SOL-USD") == nil and self:stale("SOL-USD") and not self:stale("BTC-USD"))
        local c = self:cost("BTC-USD", 1, "urgent")
        assert(c.round_trip == 0.003 and c.entry == 0.0015)
        local r = self:instrument("BTC-USD")
        assert(r.tick == 0.01 and r.base == "BTC" and r.status == "trading" and r.venue == "paper")
        assert(self:funding("BTC-USD") == 0.0001 and self:borrow("BTC-USD") == 0)
        assert(math.abs(self:volatility("BTC-USD", "4m") - 0.001) < 1e-12)
        local p = self:position("BTC-USD")
        assert(p.quantity == 0.5 and p.entry == 50000 and not p.flat and p.stop == 45000)
        assert(self:position("ETH-USD").flat and self:position("book", "BTC-USD").quantity == 0.5)
        assert(self:exposure("BTC-USD") == 0.3 and self:nav() == 100000)
        assert(self.name == "tried" and self.mode == "balanced"))")};
    ASSERT_TRUE(host.loaded()) << host.error;
    const InstrumentId id = host->instrument("BTC-USD");
    ASSERT_TRUE(host->quote("BTC-USD", 59'990_price, 60'010_price));
    host->view.bids = {{59'990_price, 1_quantity}, {59'980_price, 2_quantity}};
    host->view.markets[id].funding = 0.0001_rate;
    host->set_position("BTC-USD", 0.5, 50'000, 45'000);
    EXPECT_TRUE(host.trade()) << host.fault();
}

TEST(Reading, WrongArgumentsAreNamed) {
    const std::pair<const char*, const char*> cases[] = {
        {"self:quote('NONE-USD')", "quote: symbol: 'NONE-USD' is not traded"},
        {"self:quote('BTC-USD', 'papr')", "did you mean 'paper'?"},
        {"self:book('BTC-USD', 0)", "book: depth: must be a number from 1 to 500"},
        {"self:cost('BTC-USD', -1)", "cost: quantity"},
        {"self:cost('BTC-USD', 1, 'x')", "cost: urgency"},
        {"self:volatility('BTC-USD')", "volatility: horizon: must be a time"},
        {"self:position(5)", "position: symbol: must be a text, got 5"},
        {"self.quote('BTC-USD')", "quote: call it with a colon"},
        {"self:series('ETH-USD')", "none of this agent's symbols"},
        {"self:series('BTC-USD', '2h')", "'2h' is not declared in grekko.agent; declared: 1h"},
        {"self:series('BTC-USD'):ema(5)", "ema: make indicators in on_start"},
        {"return self:series('BTC-USD').clos", "did you mean 'close'?"},
        {"return self:series('BTC-USD')[-1]", "n counts bars back from 0"},
        {"return self:series('BTC-USD').close[64]", "set history = 65 in grekko.agent"},
        {"self:every('1x')", "every: must be a time"},
        {"self:at('25:00')", "at: must be a time of day in UTC"},
        {"self:metric('a', 0/0)", "metric: value: must be a number"},
        {"self:plot(5, 1)", "plot: series: must be a text"},
        {"self:random(0)", "the range is empty"},
        {"self:each(5)", "function expected"},
    };
    for (const auto& [body, says] : cases) {
        ScriptHost host{on_trade(body)};
        ASSERT_TRUE(host.loaded()) << host.error;
        EXPECT_FALSE(host.trade()) << body;
        EXPECT_NE(host.fault().find(says), std::string::npos) << body << "\n" << host.fault();
    }
}

constexpr const char* series_agent = R"(
local agent = grekko.agent { symbols = { "BTC-USD" }, bars = { "1h" }, warmup = 3, history = 4,
                             gap_reset = 5 }
function agent:on_start()
    local h = self:series("BTC-USD")
    self.h, self.sma, self.macd = h, h:sma(2), h:macd(2, 3, 2)
    self.volume, self.nested, self.pair = h:sma(2, "volume"), h:sma(2, h:roc(1)),
                                          h:correlation(3, h.volume)
    assert(h[0] == nil and h.close[0] ~= h.close[0] and #h == 0 and not self:ready())
end
function agent:on_bar(bar)
    local h = self.h
    self:log(bar.symbol, bar.interval, bar.close, h.close[0], h.close[1], self.sma[0], self.sma[1],
             self.volume[0], h[0].high, #h)
    assert(self.macd.line[0] == self.macd[0] and self.macd.signal and self.sma:ready())
    assert(self:ready("BTC-USD") and h:ready() and h:forming().close == bar.close)
end
return agent)";

TEST(Reading, SeriesAreFedOnceABarAndHandlersWaitForTheWarmUp) {
    ScriptHost host{series_agent};
    ASSERT_TRUE(host.loaded()) << host.error;
    for (const double close : {10.0, 20.0, 30.0, 40.0, 50.0})
        ASSERT_TRUE(host.bar(close)) << host.fault();
    EXPECT_EQ(host.log, "BTC-USD 1h 40.0 40.0 30.0 35.0 25.0 1.0 41.0 4\n"
                        "BTC-USD 1h 50.0 50.0 40.0 45.0 35.0 1.0 51.0 4\n");
}

TEST(Reading, AGapBeginsTheWarmUpAnew) {
    ScriptHost host{series_agent};
    for (const double close : {10.0, 20.0, 30.0, 40.0})
        ASSERT_TRUE(host.bar(close)) << host.fault();
    Bar late = fake_bar(host->instrument("BTC-USD"), host->view.at + Duration::hours(9),
                        Duration::hours(1), {50, 50, 50, 50, 1});
    late.missing = 9;
    host.log.clear();
    ASSERT_TRUE(host->bars(std::span{&late, 1})) << host.fault();
    ASSERT_TRUE(host.bar(60));
    ASSERT_TRUE(host.bar(70));
    EXPECT_EQ(host.log, "");
    ASSERT_TRUE(host.bar(80)) << host.fault();
    EXPECT_NE(host.log, "");
}

TEST(Reading, AnOldBarIsNotTakenTwice) {
    ScriptHost host{series_agent};
    for (const double close : {10.0, 20.0, 30.0, 40.0})
        ASSERT_TRUE(host.bar(close));
    const Bar again = fake_bar(host->instrument("BTC-USD"), host->view.at - Duration::hours(1),
                               Duration::hours(1), {50, 50, 50, 50, 1});
    host.log.clear();
    ASSERT_TRUE(host->bars(std::span{&again, 1}));
    EXPECT_EQ(host.log, "");
}

TEST(Reading, OnBarsComesOnceAfterAllOnBarShorterIntervalFirst) {
    ScriptHost host{R"(
local agent = grekko.agent { symbols = { "ETH-USD", "BTC-USD", "SOL-USD" }, bars = { "2h", "1h" } }
function agent:on_bar(bar) self:log(bar.interval, bar.symbol) end
function agent:on_bars(batch)
    local names = {}
    for symbol, bar in pairs(batch.bars) do names[#names + 1] = symbol .. "=" .. bar.close end
    self:log(batch.interval, table.concat(names, " "), "missing", table.concat(batch.missing, " "))
end
return agent)"};
    ASSERT_TRUE(host.loaded()) << host.error;
    const Instant at = host->view.at;
    const auto bar = [&](const char* symbol, Duration interval) {
        return fake_bar(host->instrument(symbol), at, interval, {1, 1, 1, 1, 1});
    };
    const Bar closed[] = {bar("ETH-USD", Duration::hours(2)), bar("ETH-USD", Duration::hours(1)),
                          bar("BTC-USD", Duration::hours(1))};
    ASSERT_TRUE(host->bars(closed)) << host.fault();
    EXPECT_EQ(host.log, "1h BTC-USD\n1h ETH-USD\n2h ETH-USD\n"
                        "1h BTC-USD=1.0 ETH-USD=1.0 missing SOL-USD\n"
                        "2h ETH-USD=1.0 missing BTC-USD SOL-USD\n");
}

TEST(Reading, TimersFireOnTheHourAndAtTheTimeOfDay) {
    ScriptHost host{R"(
local agent = grekko.agent { symbols = { "BTC-USD" } }
function agent:on_start()
    self:every("1h", "hourly") self:at("00:30", "daily") self.once = self:after("10m")
    self.gone = self:after("20m") self:cancel_timer(self.gone)
end
function agent:on_timer(timer)
    local u = self:utc()
    self:log(timer.name, u.day, u.hour, u.minute, u.weekday, self:blackout("23:00", "01:30"))
end
return agent)"};
    ASSERT_TRUE(host.loaded()) << host.error;
    EXPECT_EQ(host->last.size(), 4U);
    ASSERT_TRUE(host->advance(Duration::minutes(125))) << host.fault();
    // 2023-11-15 00:00 UTC was a Wednesday
    EXPECT_EQ(host.log, "after 15 0 10 3 true\ndaily 15 0 30 3 true\nhourly 15 1 0 3 true\n"
                        "hourly 15 2 0 3 false\n");
}

TEST(Reading, UtcKnowsLeapYears) {
    ScriptHost host{
        on_trade("local u = self:utc(1709164800) " // 2024-02-29
                 "assert(u.year == 2024 and u.month == 2 and u.day == 29 and u.weekday == 4) "
                 "u = self:utc(951782400) assert(u.year == 2000 and u.month == 2 and u.day == 29) "
                 "u = self:utc(0) assert(u.year == 1970 and u.month == 1 and u.day == 1)")};
    EXPECT_TRUE(host.trade()) << host.fault();
}

TEST(Reading, ChanceDependsOnSeedAndAgent) {
    const auto draws = [](std::uint64_t seed, const char* agent) {
        script::Setup setup;
        setup.seed = seed;
        setup.name = agent;
        ScriptHost host{on_trade("self:log(self:random(), self:random(6), self:random(-3, 3))"),
                        setup};
        EXPECT_TRUE(host.trade()) << host.fault();
        return host.log;
    };
    EXPECT_EQ(draws(1, "a"), draws(1, "a"));
    EXPECT_NE(draws(1, "a"), draws(2, "a"));
    EXPECT_NE(draws(1, "a"), draws(1, "b"));
}

TEST(Reading, OutputsReachTheSink) {
    ScriptHost host{on_trade("self:log('warning', 'a', 1, true, nil) print('b\\nc') "
                             "self:metric('m', 2) self:plot('p', 3)")};
    ASSERT_TRUE(host.trade()) << host.fault();
    EXPECT_EQ(host.log, "a 1 true nil\nb c\n");
    EXPECT_EQ(host.metrics["m"], 2);
    EXPECT_EQ(host.plots["p"], 3);
}

TEST(Reading, EveryEventReachesItsHandler) {
    ScriptHost host{R"(
local agent = grekko.agent { symbols = { "BTC-USD" } }
function agent:on_stop() self:log("stop") end
function agent:on_quote(q) self:log("quote", q.symbol, q.bid, q.ask, q.venue) end
function agent:on_trade(t) self:log("trade", t.price, t.quantity, t.side, t.venue) end
function agent:on_book(b) self:log("book", b.symbol) end
function agent:on_signal(name, payload) self:log("signal", name, payload) end
function agent:on_decision(d) self:log("decision", d.status, d.reason, d.votes.approve) end
function agent:on_order(o) self:log("order", o.id, o.status, o.limit) end
function agent:on_fill(f) self:log("fill", f.side, f.price, f.fee, f.venue) end
return agent)"};
    ASSERT_TRUE(host.loaded()) << host.error;
    ASSERT_TRUE(host->quote("BTC-USD", 1_price, 2_price));
    ASSERT_TRUE(host.trade(3));
    BookLevel level;
    level.head = market_head<BookLevel, MarketKind::book_level>();
    level.head.instrument = host->instrument("BTC-USD");
    Ask book;
    book.head.kind = AskKind::book;
    book.market = &level.head;
    ASSERT_TRUE(host->ask(book));
    ASSERT_TRUE(host->signal("news", "{}"));
    Decision decision;
    decision.instrument = level.head.instrument;
    decision.status = DecisionStatus::accepted;
    decision.approvals = 2;
    decision.reason = "PASSED";
    ASSERT_TRUE(host->decision(decision));
    OrderUpdate update;
    update.order.id = OrderId{9};
    update.order.instrument = level.head.instrument;
    update.order.limit = 5_price;
    update.status = OrderStatus::filled;
    Ask order;
    order.head.kind = AskKind::order;
    order.order = &update;
    ASSERT_TRUE(host->ask(order)) << host.fault();
    events::FillAllocated allocated;
    allocated.instrument = level.head.instrument;
    allocated.venue = VenueId{1};
    allocated.price = 4_price;
    allocated.fee_quote = 0.5_notional;
    Ask fill;
    fill.head.kind = AskKind::fill;
    fill.fill = &allocated;
    ASSERT_TRUE(host->ask(fill)) << host.fault();
    ASSERT_TRUE(host->stop());
    EXPECT_EQ(host.log, "quote BTC-USD 1.0 2.0 paper\ntrade 3.0 0.5 buy paper\nbook BTC-USD\n"
                        "signal news {}\ndecision accepted PASSED 2.0\norder 9.0 filled 5.0\n"
                        "fill buy 4.0 0.5 paper\nstop\n");
}

} // namespace
} // namespace grekko::script
