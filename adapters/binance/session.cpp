#include "binance/session.hpp"

#include <algorithm>

namespace grekko::binance {
namespace {

constexpr std::size_t symbols_max = 20'000;
constexpr std::size_t symbol_bytes_max = 23;

void add_levels(const std::vector<Level>& levels, std::uint8_t side, std::uint64_t update_id,
                const sdk::Stamp& stamp, sdk::RecordBuffer& records) {
    for (const Level& level : levels) {
        auto& record = records.add<grekko_book_level>(GREKKO_MARKET_BOOK_LEVEL, stamp, side);
        record.price = level.price;
        record.quantity = level.quantity;
        record.update_id = update_id;
    }
}

void add_update(const std::vector<Level>& bids, const std::vector<Level>& asks,
                std::uint64_t update_id, const sdk::Stamp& stamp, sdk::RecordBuffer& records) {
    add_levels(bids, GREKKO_BUY, update_id, stamp, records);
    add_levels(asks, GREKKO_SELL, update_id, stamp, records);
    records.add<grekko_book_commit>(GREKKO_MARKET_BOOK_COMMIT, stamp).update_id = update_id;
}

} // namespace

Session::Session(Options options) : options_{std::move(options)} {
    for (const std::string& symbol : options_.symbols)
        by_symbol_.emplace(symbol, by_symbol_.size());
    books_.resize(options_.symbols.size());
}

std::size_t Session::index_of(std::string_view symbol) {
    if (latest_ != unknown && options_.symbols[latest_] == symbol) return latest_;
    const auto found = by_symbol_.find(symbol);
    if (found != by_symbol_.end()) return latest_ = found->second;
    const bool may_add = options_.discover && !symbol.empty() && books_.size() < symbols_max &&
                         symbol.size() <= symbol_bytes_max;
    if (!may_add) {
        ++statistics_.ignored;
        return unknown;
    }
    by_symbol_.emplace(symbol, books_.size());
    options_.symbols.emplace_back(symbol);
    books_.emplace_back();
    return latest_ = books_.size() - 1;
}

std::size_t Session::only_waiting() const {
    std::size_t found = unknown;
    for (std::size_t i = 0; i < books_.size(); ++i) {
        if (books_[i].sync.synchronised()) continue;
        if (found != unknown) return unknown;
        found = i;
    }
    return found;
}

sdk::Stamp Session::stamp(std::size_t index, grekko_time exchange_at, grekko_time at) const {
    return {options_.venue, instrument(index), exchange_at, at};
}

void Session::ask_snapshot(std::size_t index) {
    if (books_[index].asked) return;
    books_[index].asked = true;
    to_ask_.push_back(index);
}

bool Session::take_request(grekko_market_request& request) {
    if (to_ask_.empty()) return false;
    request = {};
    request.size = sizeof request;
    request.kind = GREKKO_ASK_SNAPSHOT;
    const std::string& symbol = options_.symbols[to_ask_.front()];
    symbol.copy(request.symbol, sizeof request.symbol - 1);
    to_ask_.pop_front();
    return true;
}

void Session::add_gap(std::size_t index, std::uint64_t missing, grekko_time at,
                      sdk::RecordBuffer& records) {
    records.add<grekko_gap>(GREKKO_MARKET_GAP, stamp(index, 0, at)).missing = missing;
    ++statistics_.gaps;
}

void Session::on_update(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    const std::size_t index = index_of(message.symbol);
    if (index == unknown) return;
    BookSync& sync = books_[index].sync;
    switch (sync.on_update(message)) {
    case BookSync::Verdict::apply:
        add_update(message.bids, message.asks, message.last_id,
                   stamp(index, message.exchange_at, at), records);
        break;
    case BookSync::Verdict::known: ++statistics_.duplicates; break;
    case BookSync::Verdict::held: ask_snapshot(index); break;
    case BookSync::Verdict::gap:
        add_gap(index, sync.missing(), at, records);
        ask_snapshot(index);
        break;
    }
}

void Session::on_snapshot(const Message& message, std::string_view symbol, grekko_time at,
                          sdk::RecordBuffer& records) {
    const std::size_t index = symbol.empty() ? only_waiting() : index_of(symbol);
    if (index == unknown) return;
    Book& book = books_[index];
    book.asked = false;
    switch (book.sync.on_snapshot(message.last_id)) {
    case BookSync::Snapshot::unwanted: ++statistics_.duplicates; return;
    case BookSync::Snapshot::too_old: ask_snapshot(index); return;
    case BookSync::Snapshot::joined: break;
    }
    ++statistics_.books;
    const sdk::Stamp now = stamp(index, 0, at);
    records.add<grekko_book_reset>(GREKKO_MARKET_BOOK_RESET, now).update_id = message.last_id;
    add_update(message.bids, message.asks, message.last_id, now, records);
    BookSync::Update held;
    while (book.sync.take_held(held)) {
        add_update(held.bids, held.asks, held.last_id, stamp(index, held.exchange_at, at), records);
    }
    if (!book.sync.synchronised()) {
        add_gap(index, book.sync.missing(), at, records);
        ask_snapshot(index);
    }
}

void Session::on_ticker(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    const std::size_t index = index_of(message.symbol);
    if (index == unknown) return;
    if (options_.quotes == Quotes::without_book && in_step(index)) return;
    auto& quote = records.add<grekko_quote>(GREKKO_MARKET_QUOTE, stamp(index, 0, at));
    quote.bid = message.bid;
    quote.bid_quantity = message.bid_quantity;
    quote.ask = message.ask;
    quote.ask_quantity = message.ask_quantity;
    quote.update_id = message.last_id;
}

void Session::on_trade(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    const std::size_t index = index_of(message.symbol);
    if (index == unknown) return;
    Book& book = books_[index];
    if (book.trade_kind == MessageKind::ignored) book.trade_kind = message.kind;
    if (book.trade_kind != message.kind) { // the other stream tells the same trades again
        ++statistics_.ignored;
        return;
    }
    if (message.trade_id <= book.trade_id) {
        ++statistics_.duplicates;
        return;
    }
    book.trade_id = message.trade_id;
    auto& trade = records.add<grekko_trade>(
        GREKKO_MARKET_TRADE, stamp(index, message.exchange_at, at),
        message.buyer_is_maker ? std::uint8_t{GREKKO_SELL} : std::uint8_t{GREKKO_BUY});
    trade.price = message.price;
    trade.quantity = message.quantity;
    trade.trade_id = message.trade_id;
}

void Session::on_kline(const Message& message, grekko_time at, sdk::RecordBuffer& records) {
    const std::size_t index = index_of(message.symbol);
    const Kline& kline = message.kline;
    if (index == unknown || !kline.closed) return;
    constexpr grekko_time millisecond = 1'000'000;
    auto& bar = records.add<grekko_bar>(GREKKO_MARKET_BAR, stamp(index, kline.open_at, at),
                                        kline.volume.is_zero() ? std::uint8_t{GREKKO_BAR_EMPTY}
                                                               : std::uint8_t{0});
    bar.interval = kline.close_at - kline.open_at + millisecond;
    bar.open = kline.open;
    bar.high = kline.high;
    bar.low = kline.low;
    bar.close = kline.close;
    bar.volume = kline.volume;
    bar.trades = kline.trades;
}

void Session::on_message(const Message& message, std::string_view symbol, grekko_time at,
                         sdk::RecordBuffer& records) {
    ++statistics_.frames;
    switch (message.kind) {
    case MessageKind::depth_update: return on_update(message, at, records);
    case MessageKind::depth_snapshot: return on_snapshot(message, symbol, at, records);
    case MessageKind::book_ticker: return on_ticker(message, at, records);
    case MessageKind::trade:
    case MessageKind::agg_trade: return on_trade(message, at, records);
    case MessageKind::kline: return on_kline(message, at, records);
    case MessageKind::ignored:
    case MessageKind::acknowledgement:
    case MessageKind::venue_error: ++statistics_.ignored; return;
    }
}

void Session::on_disconnected(grekko_time at, sdk::RecordBuffer& records) {
    for (std::size_t i = 0; i < books_.size(); ++i) {
        if (books_[i].sync.synchronised()) add_gap(i, 0, at, records);
        books_[i].sync.lose();
        books_[i].asked = false;
    }
    to_ask_.clear();
}

} // namespace grekko::binance
