#include "io/script/fake_host.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::script {

namespace {

Decimal decimal(double value) {
    const std::optional<Decimal> result = Decimal::from_double(value);
    return result ? *result : Decimal{};
}

} // namespace

MarketView FakeView::market(InstrumentId instrument, VenueId /*venue*/) const {
    const auto found = markets.find(instrument);
    if (found != markets.end()) return found->second;
    MarketView unknown;
    unknown.instrument = instrument;
    unknown.now = at;
    return unknown;
}

std::vector<ports::Level> FakeView::book(InstrumentId /*instrument*/, VenueId /*venue*/, Side side,
                                         std::size_t depth) const {
    std::vector<ports::Level> levels = side == Side::buy ? bids : asks;
    levels.resize(std::min(levels.size(), depth));
    return levels;
}

ports::AgentPosition FakeView::position(AgentId /*agent*/, InstrumentId instrument) const {
    const auto found = positions.find(instrument);
    return found == positions.end() ? ports::AgentPosition{} : found->second;
}

std::vector<ports::WorkingOrder> FakeView::orders(AgentId /*agent*/) const {
    return working;
}

ports::CostEstimate FakeView::cost(InstrumentId /*instrument*/, Quantity /*quantity*/,
                                   Urgency /*urgency*/) const {
    return costs;
}

Bar fake_bar(InstrumentId instrument, Instant opened_at, Duration interval,
             const BarValues& values) {
    Bar bar;
    bar.head = market_head<Bar, MarketKind::bar>();
    bar.head.instrument = instrument;
    bar.head.venue = VenueId{1};
    bar.head.exchange_at = opened_at;
    bar.head.received_at = opened_at + interval;
    bar.interval = interval;
    bar.open = Price{decimal(values.open)};
    bar.high = Price{decimal(values.high)};
    bar.low = Price{decimal(values.low)};
    bar.close = Price{decimal(values.close)};
    bar.volume = Quantity{decimal(values.volume)};
    return bar;
}

Universe fake_universe(const std::vector<std::string>& more_symbols) {
    Universe universe;
    std::vector<std::string> symbols = {"BTC-USD", "ETH-USD", "SOL-USD", "BTC-USDT", "ETH-USDT"};
    for (const std::string& symbol : more_symbols) {
        if (std::ranges::find(symbols, symbol) == symbols.end()) symbols.push_back(symbol);
    }
    universe.instruments.resize(1);
    universe.venues.resize(2);
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = "paper";
    for (const std::string& symbol : symbols) {
        Instrument instrument;
        instrument.id = InstrumentId{static_cast<std::uint16_t>(universe.instruments.size())};
        instrument.symbol = Symbol{symbol};
        instrument.base = Currency{std::string_view(symbol).substr(0, symbol.find('-'))};
        instrument.quote = "USD";
        universe.instruments.push_back(instrument);
        Listing listing;
        listing.instrument = instrument.id;
        listing.venue = VenueId{1};
        listing.maker_fee = listing.taker_fee = 0.001_rate;
        universe.listings.push_back(listing);
    }
    return universe;
}

Result<std::unique_ptr<FakeHost>> FakeHost::create(Setup setup) {
    auto host = std::make_unique<FakeHost>();
    host->view.traded = fake_universe(setup.symbols);
    host->view.value.nav = host->view.value.limit_base = 100'000_notional;
    host->view.costs.round_trip = 0.003_rate;
    host->view.costs.entry = host->view.costs.exit = 0.0015_rate;
    host->setup_ = std::move(setup);
    TRY(loaded, Agent::load(host->setup_, host->view.traded));
    host->agent = std::move(loaded);
    Ask start;
    start.head.kind = AskKind::start;
    if (!host->ask(start)) {
        return make_error(ErrorCode::script_error, host->fault->message.string());
    }
    return host;
}

bool FakeHost::ask(Ask& question) {
    question.head.ask = AskId{++asks_};
    Answer answer;
    AgentFault failure;
    const bool good = agent->ask(question, view, answer, failure);
    fault = good ? std::nullopt : std::optional{failure};
    last = answer.actions;
    for (const Action& action : last) {
        actions.push_back(action);
        if (action.kind == ActionKind::timer) due_.push_back({action.at, action.name});
    }
    return good;
}

InstrumentId FakeHost::instrument(std::string_view symbol) const {
    const Instrument* const found = view.traded.find(symbol);
    return found == nullptr ? InstrumentId{} : found->id;
}

bool FakeHost::bars(std::span<const Bar> closed) {
    for (const Bar& bar : closed) {
        view.at = std::max(view.at, bar.opened_at() + bar.interval);
        set_mark(view.traded.instrument(bar.head.instrument).symbol.view(), bar.close.to_double());
    }
    Ask question;
    question.head.kind = AskKind::bars;
    question.bars = closed;
    return ask(question);
}

bool FakeHost::trade(std::string_view symbol, Price price, Quantity quantity, Side side) {
    Trade record;
    record.head = market_head<Trade, MarketKind::trade>();
    record.head.flags = static_cast<std::uint8_t>(side);
    record.head.instrument = instrument(symbol);
    record.head.venue = VenueId{1};
    record.head.exchange_at = record.head.received_at = view.at;
    record.price = price;
    record.quantity = quantity;
    set_mark(symbol, price.to_double());
    Ask question;
    question.head.kind = AskKind::trade;
    question.market = &record.head;
    return ask(question);
}

bool FakeHost::quote(std::string_view symbol, Price bid, Price ask_price) {
    Quote record;
    record.head = market_head<Quote, MarketKind::quote>();
    record.head.instrument = instrument(symbol);
    record.head.venue = VenueId{1};
    record.head.exchange_at = record.head.received_at = view.at;
    record.bid = bid;
    record.ask = ask_price;
    record.bid_quantity = record.ask_quantity = 1_quantity;
    set_mark(symbol, (bid.to_double() + ask_price.to_double()) / 2);
    Touch& touch = view.markets[record.head.instrument].best;
    touch = {VenueId{1}, bid, ask_price, 1_quantity, 1_quantity, view.at, true, false, false};
    Ask question;
    question.head.kind = AskKind::quote;
    question.market = &record.head;
    return ask(question);
}

bool FakeHost::proposal(const Proposal& what) {
    Ask question;
    question.head.kind = AskKind::proposal;
    question.head.needs_answer = true;
    question.proposal = &what;
    return ask(question);
}

bool FakeHost::decision(const Decision& what) {
    Ask question;
    question.head.kind = AskKind::decision;
    question.decision = &what;
    return ask(question);
}

bool FakeHost::signal(std::string_view name, std::string_view payload) {
    Ask question;
    question.head.kind = AskKind::signal;
    question.signal = name;
    question.payload = payload;
    return ask(question);
}

bool FakeHost::stop() {
    Ask question;
    question.head.kind = AskKind::stop;
    return ask(question);
}

Result<void> FakeHost::reload() {
    TRY(saved, agent->save());
    TRY(fresh, Agent::load(setup_, view.traded));
    TRY(fresh->load(saved));
    agent = std::move(fresh);
    due_.clear(); // the fresh agent asks for its timers again
    Ask start;
    start.head.kind = AskKind::start;
    if (ask(start)) return {};
    return make_error(ErrorCode::script_error, fault->message.string());
}

bool FakeHost::advance(Duration time) {
    const Instant end = view.at + time;
    bool good = true;
    while (good) {
        const auto next = std::ranges::min_element(due_, {}, &Due::at);
        if (next == due_.end() || next->at > end) break;
        view.at = std::max(view.at, next->at);
        Ask question;
        question.head.kind = AskKind::timer;
        question.head.subject = next->timer;
        due_.erase(next);
        good = ask(question);
    }
    view.at = end;
    return good;
}

void FakeHost::set_mark(std::string_view symbol, double price) {
    const InstrumentId id = instrument(symbol);
    if (id.is_none()) return;
    MarketView& market = view.markets[id];
    market.instrument = id;
    market.now = view.at;
    market.mark = {Price{decimal(price)}, MarkSource::trade, false, view.at};
    if (market.sigma_1min.is_zero()) market.sigma_1min = 0.0005_rate;
}

void FakeHost::set_position(std::string_view symbol, double quantity, double entry, double stop) {
    const InstrumentId id = instrument(symbol);
    if (id.is_none()) return;
    ports::AgentPosition& position = view.positions[id];
    position = {};
    position.position.instrument = id;
    position.position.quantity = Quantity{decimal(quantity)};
    position.position.cost = Notional{decimal(quantity * entry)};
    position.position.since = view.at;
    position.flat = quantity == 0;
    position.target = position.position.quantity;
    position.stop = Price{decimal(stop)};
}

bool FakeHost::fill(std::string_view symbol) {
    const InstrumentId id = instrument(symbol);
    const auto newest = std::find_if(actions.rbegin(), actions.rend(), [&](const Action& action) {
        return action.instrument == id &&
               (action.kind == ActionKind::target || action.kind == ActionKind::close);
    });
    if (newest == actions.rend()) return false;
    const double mark = view.market(id, {}).mark.price.to_double();
    const double nav = view.value.nav.to_double();
    double quantity = newest->kind == ActionKind::close ? 0 : newest->amount.to_double();
    const double stop = newest->stop.to_double();
    if (newest->sizing == Sizing::notional) quantity /= mark;
    if (newest->sizing == Sizing::weight) quantity *= nav / mark;
    if (newest->sizing == Sizing::risk) quantity *= nav / (mark - stop);
    if (newest->kind == ActionKind::close) quantity = 0;
    set_position(symbol, quantity, mark, quantity == 0 ? 0 : stop);
    return true;
}

} // namespace grekko::script
