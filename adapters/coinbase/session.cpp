#include "coinbase/session.hpp"

#include <algorithm>

namespace grekko::coinbase {
namespace {

constexpr std::size_t products_max = 20'000;
constexpr std::size_t product_bytes_max = 23;
constexpr grekko_duration candle_interval = 300'000'000'000; // the channel has 5 minutes only

} // namespace

Session::Session(Options options) : options_{std::move(options)} {
    for (const std::string& product : options_.products)
        by_product_.emplace(product, by_product_.size());
    states_.resize(options_.products.size());
}

std::size_t Session::index_of(std::string_view product) {
    if (latest_ != unknown && options_.products[latest_] == product) return latest_;
    const auto found = by_product_.find(product);
    if (found != by_product_.end()) return latest_ = found->second;
    const bool may_add = options_.discover && !product.empty() && states_.size() < products_max &&
                         product.size() <= product_bytes_max;
    if (!may_add) {
        ++statistics_.ignored;
        return unknown;
    }
    by_product_.emplace(product, states_.size());
    options_.products.emplace_back(product);
    states_.emplace_back();
    return latest_ = states_.size() - 1;
}

bool Session::take_request(grekko_market_request& request) {
    if (to_ask_.empty()) return false;
    request = {};
    request.size = sizeof request;
    request.kind = GREKKO_ASK_RESUBSCRIBE;
    options_.products[to_ask_.front()].copy(request.symbol, sizeof request.symbol - 1);
    to_ask_.pop_front();
    return true;
}

void Session::lose_books(std::uint64_t missing, grekko_time at, sdk::RecordBuffer& records) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
        if (!states_[i].in_step) continue;
        states_[i].in_step = false;
        records.add<grekko_gap>(GREKKO_MARKET_GAP, stamp(i, 0, at)).missing = missing;
        to_ask_.push_back(i);
    }
}

bool Session::count_frame(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    if (counting_ && message.sequence < expected_) {
        ++statistics_.duplicates;
        return false;
    }
    if (counting_ && message.sequence > expected_) {
        ++statistics_.gaps;
        lose_books(message.sequence - expected_, at, records);
    }
    counting_ = true;
    expected_ = message.sequence + 1;
    return true;
}

void Session::on_book(const Message& message, const BookEvent& event, grekko_time at,
                      sdk::RecordBuffer& records) {
    const std::size_t index = index_of(event.product);
    if (index == unknown) return;
    State& state = states_[index];
    if (!event.snapshot && !state.in_step) {
        ++statistics_.ignored; // until the snapshot comes
        return;
    }
    const sdk::Stamp now = stamp(index, event.event_at, at);
    if (event.snapshot) {
        state.in_step = true;
        ++statistics_.books;
        records.add<grekko_book_reset>(GREKKO_MARKET_BOOK_RESET, now).update_id = message.sequence;
    }
    for (std::size_t i = event.first; i < event.first + event.count; ++i) {
        const Level& level = message.levels[i];
        auto& record = records.add<grekko_book_level>(GREKKO_MARKET_BOOK_LEVEL, now, level.side);
        record.price = level.price;
        record.quantity = level.quantity;
        record.update_id = message.sequence;
    }
    records.add<grekko_book_commit>(GREKKO_MARKET_BOOK_COMMIT, now).update_id = message.sequence;
}

// A frame lists the newest trade first; records come in the order of trading.
void Session::on_trades(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    for (std::size_t i = message.trades.size(); i-- > 0;) {
        const Trade& trade = message.trades[i];
        const std::size_t index = index_of(trade.product);
        if (index == unknown) continue;
        State& state = states_[index];
        if (trade.trade_id <= state.trade_id) {
            ++statistics_.duplicates;
            continue;
        }
        state.trade_id = trade.trade_id;
        if (trade.snapshot) continue; // history: it was traded before anyone listened
        const auto taker = trade.maker_side == GREKKO_BUY ? GREKKO_SELL : GREKKO_BUY;
        auto& record =
            records.add<grekko_trade>(GREKKO_MARKET_TRADE, stamp(index, trade.traded_at, at),
                                      static_cast<std::uint8_t>(taker));
        record.price = trade.price;
        record.quantity = trade.quantity;
        record.trade_id = trade.trade_id;
    }
}

void Session::on_ticker(const Ticker& ticker, const Message& message, grekko_time at,
                        sdk::RecordBuffer& records) {
    const std::size_t index = index_of(ticker.product);
    if (index == unknown) return;
    if (options_.quotes == Quotes::without_book && states_[index].in_step) return;
    auto& quote = records.add<grekko_quote>(GREKKO_MARKET_QUOTE, stamp(index, message.sent_at, at));
    quote.bid = ticker.bid;
    quote.bid_quantity = ticker.bid_quantity;
    quote.ask = ticker.ask;
    quote.ask_quantity = ticker.ask_quantity;
    quote.update_id = message.sequence;
}

// A candle is closed when the next one of its product begins; those of a snapshot are history.
void Session::on_candle(const Candle& candle, grekko_time at, sdk::RecordBuffer& records) {
    const std::size_t index = index_of(candle.product);
    if (index == unknown) return;
    Candle& forming = states_[index].forming;
    if (candle.start < forming.start) return;
    const bool closes = forming.start != 0 && candle.start > forming.start && !candle.snapshot;
    if (closes) {
        auto& bar = records.add<grekko_bar>(
            GREKKO_MARKET_BAR, stamp(index, forming.start, at),
            forming.volume.is_zero() ? std::uint8_t{GREKKO_BAR_EMPTY} : std::uint8_t{0});
        bar.interval = candle_interval;
        bar.open = forming.open;
        bar.high = forming.high;
        bar.low = forming.low;
        bar.close = forming.close;
        bar.volume = forming.volume;
    }
    forming = candle;
    forming.product = {};
}

void Session::on_message(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    ++statistics_.frames;
    if (message.channel == Channel::venue_error) {
        ++statistics_.ignored;
        return;
    }
    if (!count_frame(message, at, records)) return;
    for (const BookEvent& event : message.books)
        on_book(message, event, at, records);
    on_trades(message, at, records);
    for (const Ticker& ticker : message.tickers)
        on_ticker(ticker, message, at, records);
    for (const Candle& candle : message.candles)
        on_candle(candle, at, records);
}

void Session::on_disconnected(grekko_time at, sdk::RecordBuffer& records) {
    lose_books(0, at, records);
    to_ask_.clear(); // who connects subscribes anyway
    counting_ = false;
}

} // namespace grekko::coinbase
