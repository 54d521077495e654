#include "io/import/csv_source.hpp"

#include <charconv>

#include "base/limits.hpp"

namespace grekko::importing {
namespace {

constexpr std::size_t rows_looked_at = 1'000;

Error invalid(std::string reason) {
    return make_error(ErrorCode::invalid_input, std::move(reason));
}

Result<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return invalid("\"" + std::string{text} + "\" is no whole number");
    }
    return value;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    for (const auto word : words)
        if (text == word) return true;
    return false;
}

} // namespace

Result<std::unique_ptr<CsvSource>> CsvSource::open(const InputFile& input, CsvOptions options) {
    TRY(bytes, open_bytes(input));
    LineReader lines{std::move(bytes), limits::csv_line_bytes_max};
    auto source =
        std::unique_ptr<CsvSource>{new CsvSource{input, std::move(options), std::move(lines)}};
    CsvMapping& mapping = source->options_.mapping;
    const bool has_interval = mapping.interval.count() > 0 || mapping.kind != RowKind::bar ||
                              !mapping.column(Field::close_time).empty();
    if (!has_interval) TRY(source->infer_interval(input));
    return source;
}

// The smallest distance between the first rows, read by a second reader of the same file.
Result<void> CsvSource::infer_interval(const InputFile& input) {
    CsvOptions options = options_;
    options.mapping.interval = Duration::nanoseconds(1);
    options.bad_rows = BadRows::skip;
    TRY(rows, open(input, std::move(options)));
    Duration smallest;
    Instant previous;
    for (std::size_t i = 0; i < rows_looked_at; ++i) {
        TRY(more, rows->read_row());
        if (!more) break;
        const auto opened = rows->time(Field::time);
        if (!opened) continue;
        const Duration distance = *opened - previous;
        const bool counts = !previous.is_none() && distance.count() > 0;
        if (counts && (smallest.count() == 0 || distance < smallest)) smallest = distance;
        previous = *opened;
    }
    if (smallest.count() == 0) {
        return invalid(input.name() + ": the interval of its bars cannot be seen from its rows; "
                                      "say it with --interval");
    }
    options_.mapping.interval = smallest;
    return {};
}

Result<bool> CsvSource::take_header() {
    const CsvMapping& mapping = options_.mapping;
    const auto& cells = row_.cells();
    const bool named = !cells.empty() && !cells[0].empty() &&
                       std::string_view{"0123456789+-."}.find(cells[0][0]) == std::string::npos;
    const bool is_header =
        mapping.header == Header::present || (mapping.header == Header::automatic && named);
    auto places = resolve(mapping, is_header ? std::span{cells} : std::span{cells}.first(0));
    if (!places) {
        return invalid(errors_.report().file + ":" + std::to_string(lines_.number()) + ": " +
                       places.error().message);
    }
    places_ = *places;
    return is_header;
}

Result<bool> CsvSource::read_row() {
    while (true) {
        auto line = lines_.next();
        if (!line) {
            const bool final = line.error().code != ErrorCode::limit_exceeded;
            TRY(errors_.bad(lines_.number(), line.error().message, line.error().code));
            if (final) return false;
            continue;
        }
        if (!*line) return false;
        if ((*line)->empty() || (*line)->starts_with('#')) continue;
        if (const auto split = row_.split(**line, options_.mapping.delimiter); !split) {
            TRY(errors_.bad(lines_.number(), split.error().message));
            continue;
        }
        if (!places_) {
            TRY(was_header, take_header());
            if (was_header) continue;
        }
        ++errors_.report().rows;
        return true;
    }
}

Result<std::string_view> CsvSource::cell(Field field) const {
    const auto place = (*places_)[static_cast<std::size_t>(field)];
    if (!place || *place >= row_.cells().size() || row_.cells()[*place].empty()) {
        return invalid(std::string{"no "} + name(field) + " in a row of " +
                       std::to_string(row_.cells().size()) + " cells");
    }
    return row_.cells()[*place];
}

template <class T>
Result<T> CsvSource::amount(Field field) const {
    TRY(text, cell(field));
    auto value = T::parse(text);
    if (!value) return invalid(std::string{name(field)} + ": " + value.error().message);
    return value;
}

Result<Instant> CsvSource::time(Field field) const {
    TRY(text, cell(field));
    auto value = parse_time(text, options_.mapping.time_unit);
    if (!value) return invalid(std::string{name(field)} + ": " + value.error().message);
    return value;
}

template <class T>
void CsvSource::begin(T& record, Instant exchange_at) {
    record = T{};
    record.head = market_head<T, T::kind>();
    record.head.venue = options_.venue;
    record.head.instrument = options_.instrument;
    record.head.exchange_at = exchange_at;
}

Result<MarketHead*> CsvSource::build_bar() {
    TRY(opened, time(Field::time));
    Bar bar;
    begin(bar, opened);
    TRY(open, amount<Price>(Field::open));
    TRY(high, amount<Price>(Field::high));
    TRY(low, amount<Price>(Field::low));
    TRY(close, amount<Price>(Field::close));
    TRY(volume, amount<Quantity>(Field::volume));
    bar.open = open;
    bar.high = high;
    bar.low = low;
    bar.close = close;
    bar.volume = volume;
    bar.interval = options_.mapping.interval;
    if (bar.interval.count() == 0) {
        TRY(closed, time(Field::close_time)); // the last moment inside: one unit before the end
        const auto seconds = ((closed - opened).count() + 999'999'999) / 1'000'000'000;
        if (seconds <= 0) return invalid("close_time is not after the opening");
        bar.interval = Duration::seconds(seconds);
    }
    if ((*places_)[static_cast<std::size_t>(Field::trades)]) {
        TRY(text, cell(Field::trades));
        TRY(trades, parse_count(text));
        bar.trades = static_cast<std::uint32_t>(std::min<std::uint64_t>(trades, UINT32_MAX));
    }
    if (!low.is_positive()) return invalid("low is not above zero");
    if (high < open || high < close) return invalid("high is below open or close");
    if (low > open || low > close) return invalid("low is above open or close");
    if (volume.is_negative()) return invalid("volume is below zero");
    if (volume.is_zero()) bar.head.flags = 1;
    if (!previous_open_.is_none()) {
        const Duration distance = opened - previous_open_;
        if (distance < bar.interval) {
            return invalid("the bar opens less than an interval after the one before; rows must "
                           "ascend, each time once");
        }
        const auto missing = distance.count() / bar.interval.count() - 1;
        bar.missing = static_cast<std::uint32_t>(std::min<std::int64_t>(missing, UINT32_MAX));
        if (missing > 0) ++errors_.report().gaps;
    }
    bar.head.received_at = opened + bar.interval + options_.feed_latency;
    previous_open_ = opened;
    bar_ = bar;
    return &bar_.head;
}

Result<Side> CsvSource::side() const {
    const bool by_maker = (*places_)[static_cast<std::size_t>(Field::buyer_is_maker)].has_value();
    TRY(text, cell(by_maker ? Field::buyer_is_maker : Field::side));
    if (by_maker) {
        if (is_one_of(text, {"true", "True", "TRUE", "1"})) return Side::sell;
        if (is_one_of(text, {"false", "False", "FALSE", "0"})) return Side::buy;
        return invalid("buyer_is_maker is \"" + std::string{text} + "\", not true or false");
    }
    if (is_one_of(text, {"buy", "BUY", "Buy", "b", "B"})) return Side::buy;
    if (is_one_of(text, {"sell", "SELL", "Sell", "s", "S"})) return Side::sell;
    return invalid("side is \"" + std::string{text} + "\", not buy or sell");
}

Result<MarketHead*> CsvSource::build_trade() {
    TRY(at, time(Field::time));
    Trade trade;
    begin(trade, at);
    TRY(taker, side());
    TRY(price, amount<Price>(Field::price));
    TRY(quantity, amount<Quantity>(Field::quantity));
    if (!price.is_positive()) return invalid("price is not above zero");
    if (!quantity.is_positive()) return invalid("quantity is not above zero");
    trade.head.flags = static_cast<std::uint8_t>(taker);
    trade.price = price;
    trade.quantity = quantity;
    if ((*places_)[static_cast<std::size_t>(Field::id)]) {
        TRY(text, cell(Field::id));
        TRY(id, parse_count(text));
        trade.trade_id = id;
    }
    TRY(place_in_time(trade.head));
    trade_ = trade;
    const bool jumped = options_.mapping.ids == Ids::contiguous && previous_id_ != 0 &&
                        trade.trade_id > previous_id_ + 1;
    if (jumped) {
        begin(gap_, at);
        gap_.head.received_at = trade.head.received_at;
        gap_.missing = trade.trade_id - previous_id_ - 1;
        trade_waits_ = true;
        ++errors_.report().gaps;
    }
    previous_id_ = trade.trade_id;
    return jumped ? &gap_.head : &trade_.head;
}

Result<MarketHead*> CsvSource::build_quote() {
    TRY(at, time(Field::time));
    Quote quote;
    begin(quote, at);
    TRY(bid, amount<Price>(Field::bid));
    TRY(bid_quantity, amount<Quantity>(Field::bid_quantity));
    TRY(ask, amount<Price>(Field::ask));
    TRY(ask_quantity, amount<Quantity>(Field::ask_quantity));
    quote.bid = bid;
    quote.bid_quantity = bid_quantity;
    quote.ask = ask;
    quote.ask_quantity = ask_quantity;
    if (!valid_market_record(&quote, sizeof quote)) return invalid("a price or size is below zero");
    TRY(place_in_time(quote.head));
    quote_ = quote;
    return &quote_.head;
}

Result<void> CsvSource::place_in_time(MarketHead& head) {
    head.received_at = head.exchange_at + options_.feed_latency;
    if ((*places_)[static_cast<std::size_t>(Field::received)]) {
        TRY(received, time(Field::received));
        head.received_at = received;
    }
    if (head.received_at < latest_) {
        return invalid("the row is older than the one before; rows must ascend in time");
    }
    latest_ = head.received_at;
    return {};
}

Result<MarketHead*> CsvSource::build() {
    switch (options_.mapping.kind) {
    case RowKind::bar: return build_bar();
    case RowKind::trade: return build_trade();
    case RowKind::quote: break;
    }
    return build_quote();
}

Result<const MarketHead*> CsvSource::next() {
    if (trade_waits_) {
        trade_waits_ = false;
        ++errors_.report().records;
        return &trade_.head;
    }
    while (true) {
        TRY(more, read_row());
        if (!more) return static_cast<const MarketHead*>(nullptr);
        auto record = build();
        if (record) {
            ++errors_.report().records;
            return static_cast<const MarketHead*>(*record);
        }
        TRY(errors_.bad(lines_.number(), record.error().message));
    }
}

} // namespace grekko::importing
