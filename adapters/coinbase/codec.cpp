#include "coinbase/codec.hpp"

#include <grekko/types.h>

#include <charconv>
#include <cstring>

#include <simdjson.h>

#include "coinbase/timestamp.hpp"

namespace grekko::coinbase {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

namespace {

bool is_key(const char* raw, std::string_view key) {
    return std::memcmp(raw, key.data(), key.size()) == 0 && raw[key.size()] == '"';
}

// Of a JSON string that is known to be closed.
std::string_view up_to_quote(const char* raw) {
    const char* end = raw;
    while (*end != '"')
        ++end;
    return {raw, static_cast<std::size_t>(end - raw)};
}

Channel channel_of(std::string_view text) {
    if (text == "l2_data") return Channel::l2_data;
    if (text == "ticker") return Channel::ticker;
    if (text == "market_trades") return Channel::market_trades;
    if (text == "candles") return Channel::candles;
    if (text == "heartbeats") return Channel::heartbeats;
    if (text == "subscriptions") return Channel::subscriptions;
    return Channel::other;
}

} // namespace

const char* name(Refusal refusal) {
    switch (refusal) {
    case Refusal::none: return "none";
    case Refusal::too_large: return "too_large";
    case Refusal::cut_short: return "cut_short";
    case Refusal::not_json: return "not_json";
    case Refusal::missing_field: return "missing_field";
    case Refusal::wrong_type: return "wrong_type";
    case Refusal::bad_amount: return "bad_amount";
    case Refusal::bad_time: return "bad_time";
    }
    return "unknown";
}

// Every take_… returns true where it is good; else `refusal` and `reason` say why not.
struct Codec::Work {
    ondemand::parser parser;
    std::string copy;
    std::string reason;
    Refusal refusal{Refusal::none};

    bool refuse(Refusal why, std::string_view what) {
        refusal = why;
        reason = std::string{name(why)} + ": " + std::string{what};
        return false;
    }
    bool refuse(error_code error) {
        const bool cut = error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT ||
                         error == simdjson::UNCLOSED_STRING || error == simdjson::EMPTY;
        const bool type = error == simdjson::INCORRECT_TYPE || error == simdjson::NUMBER_ERROR ||
                          error == simdjson::SCALAR_DOCUMENT_AS_VALUE;
        return refuse(cut    ? Refusal::cut_short
                      : type ? Refusal::wrong_type
                             : Refusal::not_json,
                      simdjson::error_message(error));
    }
    bool refuse_value(Refusal why, const char* raw, std::string_view value) {
        return refuse(why, "\"" + std::string{up_to_quote(raw)} + "\" is \"" + std::string{value} +
                               "\"");
    }

    // The fields of an object: `take(raw key, value)` for each.
    template <class Take>
    bool each_field(ondemand::object object, Take take) {
        for (auto field : object) {
            ondemand::raw_json_string key;
            if (const auto error = field.key().get(key)) return refuse(error);
            ondemand::value value;
            if (const auto error = field.value().get(value)) return refuse(error);
            if (!take(key.raw(), value)) return false;
        }
        return true;
    }
    // The objects of an array: `take(object)` for each.
    template <class Take>
    bool each_object(ondemand::value value, Take take) {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return refuse(error);
        for (auto element : array) {
            ondemand::object object;
            if (const auto error = element.get_object().get(object)) return refuse(error);
            if (!take(object)) return false;
        }
        return true;
    }
    bool text(ondemand::value value, std::string_view& out) {
        ondemand::raw_json_string raw;
        if (const auto error = value.get_raw_json_string().get(raw)) return refuse(error);
        out = up_to_quote(raw.raw());
        return true;
    }
    bool amount(const char* key, ondemand::value value, sdk::Decimal& out) {
        ondemand::raw_json_string raw;
        if (const auto error = value.get_raw_json_string().get(raw)) return refuse(error);
        const char* const end = sdk::Decimal::scan(raw.raw(), out);
        if (end != nullptr && *end == '"' && !out.is_negative()) return true;
        return refuse_value(Refusal::bad_amount, key, up_to_quote(raw.raw()));
    }
    bool time(const char* key, ondemand::value value, grekko_time& out) {
        std::string_view words;
        if (!text(value, words)) return false;
        const auto parsed = parse_timestamp(words);
        if (!parsed) return refuse_value(Refusal::bad_time, key, words);
        out = *parsed;
        return true;
    }
    bool whole(const char* key, ondemand::value value, std::uint64_t& out) {
        std::string_view words;
        if (!text(value, words)) return false;
        const char* const end = words.data() + words.size();
        const auto [stop, error] = std::from_chars(words.data(), end, out);
        if (error == std::errc{} && stop == end) return true;
        return refuse_value(Refusal::wrong_type, key, words);
    }
    bool side(const char* key, ondemand::value value, std::uint8_t& out) {
        std::string_view words;
        if (!text(value, words)) return false;
        if (words == "bid" || words == "BUY") {
            out = GREKKO_BUY;
        } else if (words == "offer" || words == "SELL") {
            out = GREKKO_SELL;
        } else {
            return refuse_value(Refusal::wrong_type, key, words);
        }
        return true;
    }
    bool complete(unsigned seen, unsigned all, const char* what) {
        if (seen == all) return true;
        return refuse(Refusal::missing_field, std::string{"a field of "} + what);
    }

    bool take_level(ondemand::object object, Message& message, const char*& event_time);
    bool take_trade(ondemand::object object, Message& message);
    bool take_ticker(ondemand::object object, Message& message);
    bool take_candle(ondemand::object object, Message& message);
    bool take_event(ondemand::object object, Message& message);
    bool take_envelope(ondemand::object object, Message& message);
    bool decode(std::string_view frame, std::size_t readable, Message& message);
};

bool Codec::Work::take_level(ondemand::object object, Message& message, const char*& event_time) {
    Level& level = message.levels.emplace_back();
    unsigned seen = 0;
    const bool good = each_field(object, [&](const char* key, ondemand::value value) {
        if (is_key(key, "side")) return (seen |= 1U, side(key, value, level.side));
        if (is_key(key, "event_time")) { // read once, at the end of the batch
            ondemand::raw_json_string raw;
            if (const auto error = value.get_raw_json_string().get(raw)) return refuse(error);
            event_time = raw.raw();
            return true;
        }
        if (is_key(key, "price_level")) return (seen |= 2U, amount(key, value, level.price));
        if (is_key(key, "new_quantity")) return (seen |= 4U, amount(key, value, level.quantity));
        return true;
    });
    if (!good || !complete(seen, 7U, "a level")) return false;
    return level.price.is_positive() || refuse(Refusal::bad_amount, "a level's price is zero");
}

bool Codec::Work::take_trade(ondemand::object object, Message& message) {
    Trade& trade = message.trades.emplace_back();
    unsigned seen = 0;
    const bool good = each_field(object, [&](const char* key, ondemand::value value) {
        if (is_key(key, "product_id")) return (seen |= 1U, text(value, trade.product));
        if (is_key(key, "trade_id")) return (seen |= 2U, whole(key, value, trade.trade_id));
        if (is_key(key, "price")) return (seen |= 4U, amount(key, value, trade.price));
        if (is_key(key, "size")) return (seen |= 8U, amount(key, value, trade.quantity));
        if (is_key(key, "time")) return (seen |= 16U, time(key, value, trade.traded_at));
        if (is_key(key, "side")) return (seen |= 32U, side(key, value, trade.maker_side));
        return true;
    });
    if (!good || !complete(seen, 63U, "a trade")) return false;
    const bool something = trade.price.is_positive() && trade.quantity.is_positive();
    return something || refuse(Refusal::bad_amount, "a trade of nothing");
}

bool Codec::Work::take_ticker(ondemand::object object, Message& message) {
    Ticker& ticker = message.tickers.emplace_back();
    unsigned seen = 0;
    const bool good = each_field(object, [&](const char* key, ondemand::value value) {
        if (is_key(key, "product_id")) return (seen |= 1U, text(value, ticker.product));
        if (is_key(key, "best_bid")) return (seen |= 2U, amount(key, value, ticker.bid));
        if (is_key(key, "best_ask")) return (seen |= 4U, amount(key, value, ticker.ask));
        if (is_key(key, "best_bid_quantity")) {
            return (seen |= 8U, amount(key, value, ticker.bid_quantity));
        }
        if (is_key(key, "best_ask_quantity")) {
            return (seen |= 16U, amount(key, value, ticker.ask_quantity));
        }
        return true;
    });
    if (!good || !complete(seen & 1U, 1U, "a ticker")) return false;
    if (seen != 31U) message.tickers.pop_back(); // ticker_batch has no best prices
    return true;
}

bool Codec::Work::take_candle(ondemand::object object, Message& message) {
    Candle& candle = message.candles.emplace_back();
    unsigned seen = 0;
    std::uint64_t start = 0;
    const bool good = each_field(object, [&](const char* key, ondemand::value value) {
        if (is_key(key, "product_id")) return (seen |= 1U, text(value, candle.product));
        if (is_key(key, "start")) return (seen |= 2U, whole(key, value, start));
        if (is_key(key, "open")) return (seen |= 4U, amount(key, value, candle.open));
        if (is_key(key, "high")) return (seen |= 8U, amount(key, value, candle.high));
        if (is_key(key, "low")) return (seen |= 16U, amount(key, value, candle.low));
        if (is_key(key, "close")) return (seen |= 32U, amount(key, value, candle.close));
        if (is_key(key, "volume")) return (seen |= 64U, amount(key, value, candle.volume));
        return true;
    });
    if (!good || !complete(seen, 127U, "a candle")) return false;
    constexpr std::uint64_t seconds_max = 7'258'118'400; // the year 2200
    if (start > seconds_max) return refuse(Refusal::bad_time, "a candle's start");
    candle.start = static_cast<grekko_time>(start) * 1'000'000'000;
    return candle.low.is_positive() || refuse(Refusal::bad_amount, "a candle's low is zero");
}

bool Codec::Work::take_event(ondemand::object object, Message& message) {
    BookEvent book;
    book.first = message.levels.size();
    const std::size_t first_trade = message.trades.size();
    const std::size_t first_candle = message.candles.size();
    std::string_view type;
    const char* event_time = nullptr; // of the last level
    bool has_updates = false;
    const bool good = each_field(object, [&](const char* key, ondemand::value value) {
        if (is_key(key, "type")) return text(value, type);
        if (is_key(key, "product_id")) return text(value, book.product);
        if (is_key(key, "updates")) {
            has_updates = true;
            return each_object(value, [&](ondemand::object level) {
                return take_level(level, message, event_time);
            });
        }
        if (is_key(key, "trades")) {
            return each_object(value, [&](ondemand::object o) { return take_trade(o, message); });
        }
        if (is_key(key, "tickers")) {
            return each_object(value, [&](ondemand::object o) { return take_ticker(o, message); });
        }
        if (is_key(key, "candles")) {
            return each_object(value, [&](ondemand::object o) { return take_candle(o, message); });
        }
        if (is_key(key, "heartbeat_counter")) {
            return value.get_uint64().get(message.heartbeat) == simdjson::SUCCESS ||
                   refuse(Refusal::wrong_type, "\"heartbeat_counter\" is no whole number");
        }
        return true;
    });
    if (!good) return false;
    const bool snapshot = type == "snapshot";
    for (std::size_t i = first_trade; i < message.trades.size(); ++i)
        message.trades[i].snapshot = snapshot;
    for (std::size_t i = first_candle; i < message.candles.size(); ++i)
        message.candles[i].snapshot = snapshot;
    if (!has_updates) return true;
    if (book.product.empty()) return refuse(Refusal::missing_field, "\"product_id\" of a book");
    if (!snapshot && type != "update") return refuse(Refusal::missing_field, "\"type\" of a book");
    book.snapshot = snapshot;
    book.count = message.levels.size() - book.first;
    if (event_time != nullptr) {
        const auto at = parse_timestamp(up_to_quote(event_time));
        if (!at) return refuse(Refusal::bad_time, "\"event_time\" of a level");
        book.event_at = *at;
    }
    message.books.push_back(book);
    return true;
}

bool Codec::Work::take_envelope(ondemand::object object, Message& message) {
    unsigned seen = 0;
    std::string_view channel;
    std::string_view type;
    const bool good = each_field(object, [&](const char* key, ondemand::value value) {
        if (is_key(key, "channel")) return (seen |= 1U, text(value, channel));
        if (is_key(key, "timestamp")) return (seen |= 2U, time(key, value, message.sent_at));
        if (is_key(key, "sequence_num")) {
            seen |= 4U;
            return value.get_uint64().get(message.sequence) == simdjson::SUCCESS ||
                   refuse(Refusal::wrong_type, "\"sequence_num\" is no whole number");
        }
        if (is_key(key, "events")) {
            seen |= 8U;
            return each_object(value, [&](ondemand::object o) { return take_event(o, message); });
        }
        if (is_key(key, "type")) return text(value, type);
        return true;
    });
    if (!good) return false;
    if (type == "error") {
        message.channel = Channel::venue_error;
        return true;
    }
    message.channel = channel_of(channel);
    return complete(seen, 15U, "the envelope (channel, timestamp, sequence_num, events)");
}

bool Codec::Work::decode(std::string_view frame, std::size_t readable, Message& message) {
    message.clear();
    if (frame.size() > frame_bytes_max) {
        return refuse(Refusal::too_large, std::to_string(frame.size()) + " bytes");
    }
    std::size_t capacity = frame.size() + readable;
    if (readable < simdjson::SIMDJSON_PADDING) {
        copy.assign(frame);
        copy.resize(frame.size() + simdjson::SIMDJSON_PADDING);
        frame = {copy.data(), frame.size()};
        capacity = copy.size();
    }
    ondemand::document document;
    const simdjson::padded_string_view padded{frame.data(), frame.size(), capacity};
    if (const auto error = parser.iterate(padded).get(document)) return refuse(error);
    ondemand::object object;
    if (const auto error = document.get_object().get(object)) return refuse(error);
    if (!take_envelope(object, message)) return false;
    if (document.current_location().error() == simdjson::OUT_OF_BOUNDS) return true;
    return refuse(Refusal::not_json, "text follows the message");
}

Codec::Codec() : work_{std::make_unique<Work>()} {}
Codec::~Codec() = default;
Codec::Codec(Codec&&) noexcept = default;
Codec& Codec::operator=(Codec&&) noexcept = default;

Refusal Codec::decode(std::string_view frame, std::size_t readable, Message& message) {
    return work_->decode(frame, readable, message) ? Refusal::none : work_->refusal;
}

const std::string& Codec::reason() const {
    return work_->reason;
}

} // namespace grekko::coinbase
