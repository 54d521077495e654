#include "binance/codec.hpp"

#include <cstring>

#include <simdjson.h>

namespace grekko::binance {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

namespace {

// Keys of a message, one bit each: seen with a value of a fitting type, or with another one.
enum Key : std::uint32_t {
    key_e = 1U << 0U,
    key_E = 1U << 1U,
    key_s = 1U << 2U,
    key_U = 1U << 3U,
    key_u = 1U << 4U,
    key_bids = 1U << 5U,
    key_asks = 1U << 6U,
    key_b = 1U << 7U,
    key_B = 1U << 8U,
    key_a = 1U << 9U,
    key_A = 1U << 10U,
    key_t = 1U << 11U,
    key_p = 1U << 12U,
    key_q = 1U << 13U,
    key_T = 1U << 14U,
    key_m = 1U << 15U,
    key_k = 1U << 16U,
    key_last = 1U << 17U,
    key_id = 1U << 18U,   // id or result: an acknowledgement
    key_code = 1U << 19U, // code, msg or error
    key_stream = 1U << 20U,
    key_agg = 1U << 21U // a as a number
};

constexpr std::uint32_t depth_keys = key_s | key_U | key_u | key_bids | key_asks;
constexpr std::uint32_t snapshot_keys = key_last | key_bids | key_asks;
constexpr std::uint32_t ticker_keys = key_s | key_u | key_b | key_B | key_a | key_A;
constexpr std::uint32_t trade_keys = key_s | key_t | key_p | key_q | key_T | key_m;
constexpr std::uint32_t agg_trade_keys = key_s | key_agg | key_p | key_q | key_T | key_m;
constexpr std::uint32_t kline_keys = key_s | key_k;

constexpr const char* key_names[] = {
    "e", "E", "s", "U", "u", "bids", "asks",         "b",  "B",    "a",      "A",
    "t", "p", "q", "T", "m", "k",    "lastUpdateId", "id", "code", "stream", "a"};

constexpr grekko_time nanoseconds_per_millisecond = 1'000'000;
constexpr std::uint64_t time_ms_max = INT64_MAX / nanoseconds_per_millisecond;

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
    }
    return "unknown";
}

struct Codec::Work {
    ondemand::parser parser;
    std::string copy;
    std::string reason;
    Refusal refusal{Refusal::none};
    std::uint32_t seen{0};
    std::uint32_t wrong{0};
    std::uint32_t bad_amounts{0};
    std::string_view event; // "e"

    Refusal refuse(Refusal why, std::string_view what) {
        refusal = why;
        reason = std::string{name(why)} + ": " + std::string{what};
        return why;
    }
    Refusal refuse(error_code error) {
        const bool cut = error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT ||
                         error == simdjson::UNCLOSED_STRING || error == simdjson::EMPTY;
        const bool type = error == simdjson::INCORRECT_TYPE || error == simdjson::NUMBER_ERROR ||
                          error == simdjson::SCALAR_DOCUMENT_AS_VALUE;
        return refuse(cut    ? Refusal::cut_short
                      : type ? Refusal::wrong_type
                             : Refusal::not_json,
                      simdjson::error_message(error));
    }
    void mark(Key key, bool good) { (good ? seen : wrong) |= key; }

    Refusal decode(std::string_view frame, std::size_t readable, Message& message);
    Refusal walk(ondemand::object object, Message& message, int depth);
    Refusal take_short(char key, ondemand::value value, Message& message);
    Refusal take_long(const char* key, ondemand::value value, Message& message, int depth);
    Refusal take_side(ondemand::value value, Message& message, bool bid);
    Refusal take_levels(ondemand::value value, std::vector<Level>& levels);
    Refusal take_kline(ondemand::value value, Kline& kline);
    Refusal classify(Message& message);
    Refusal need(std::uint32_t keys, MessageKind kind, Message& message);

    void amount(Key key, ondemand::value value, sdk::Decimal& out) {
        ondemand::raw_json_string text;
        if (value.get_raw_json_string().get(text) != simdjson::SUCCESS) return mark(key, false);
        const char* const end = sdk::Decimal::scan(text.raw(), out);
        if (end == nullptr || *end != '"') {
            bad_amounts |= key;
        } else {
            seen |= key;
        }
    }
    void number(Key key, ondemand::value value, std::uint64_t& out) {
        mark(key, value.get_uint64().get(out) == simdjson::SUCCESS);
    }
    void time(Key key, ondemand::value value, grekko_time& out) {
        std::uint64_t ms = 0;
        const bool good = value.get_uint64().get(ms) == simdjson::SUCCESS && ms <= time_ms_max;
        if (good) out = static_cast<grekko_time>(ms) * nanoseconds_per_millisecond;
        mark(key, good);
    }
    void text(Key key, ondemand::value value, std::string_view& out) {
        ondemand::raw_json_string raw;
        const bool good = value.get_raw_json_string().get(raw) == simdjson::SUCCESS;
        if (good) out = up_to_quote(raw.raw());
        mark(key, good);
    }
};

Refusal Codec::Work::take_levels(ondemand::value value, std::vector<Level>& levels) {
    levels.clear();
    ondemand::array rows;
    if (const auto error = value.get_array().get(rows)) return refuse(error);
    for (auto row : rows) {
        ondemand::array cells;
        if (const auto error = row.get_array().get(cells)) return refuse(error);
        sdk::Decimal amounts[2];
        std::size_t count = 0;
        for (auto cell : cells) {
            ondemand::raw_json_string text;
            if (count == 2) continue; // an older layout had a third, empty cell
            if (const auto error = cell.get_raw_json_string().get(text)) return refuse(error);
            const char* const end = sdk::Decimal::scan(text.raw(), amounts[count]);
            const bool sound = end != nullptr && *end == '"' && !amounts[count].is_negative();
            if (!sound || (count == 0 && !amounts[0].is_positive())) {
                return refuse(Refusal::bad_amount, "a level has \"" +
                                                       std::string{up_to_quote(text.raw())} +
                                                       "\" as price or quantity");
            }
            ++count;
        }
        if (count != 2) return refuse(Refusal::missing_field, "a level without price and quantity");
        levels.push_back({amounts[0], amounts[1]});
    }
    return Refusal::none;
}

// b and a: levels of a depth update, a price of a ticker, a trade's number of an aggTrade.
Refusal Codec::Work::take_side(ondemand::value value, Message& message, bool bid) {
    ondemand::json_type type{};
    if (const auto error = value.type().get(type)) return refuse(error);
    if (type == ondemand::json_type::array) {
        seen |= bid ? key_bids : key_asks;
        return take_levels(value, bid ? message.bids : message.asks);
    }
    if (type == ondemand::json_type::string) {
        amount(bid ? key_b : key_a, value, bid ? message.bid : message.ask);
    } else if (type == ondemand::json_type::number && !bid) {
        number(key_agg, value, message.trade_id);
    } else {
        wrong |= bid ? key_b | key_bids : key_a | key_asks | key_agg;
    }
    return Refusal::none;
}

Refusal Codec::Work::take_kline(ondemand::value value, Kline& kline) {
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        wrong |= key_k;
        return Refusal::none;
    }
    const std::uint32_t outer_seen = seen;
    const std::uint32_t outer_wrong = wrong;
    seen = wrong = 0;
    std::uint64_t trades = 0;
    for (auto field : object) {
        ondemand::raw_json_string key;
        if (const auto error = field.key().get(key)) return refuse(error);
        if (key.raw()[1] != '"') continue;
        ondemand::value inner;
        if (const auto error = field.value().get(inner)) return refuse(error);
        bool closed = false;
        switch (key.raw()[0]) {
        case 't': time(key_t, inner, kline.open_at); break;
        case 'T': time(key_T, inner, kline.close_at); break;
        case 'o': amount(key_p, inner, kline.open); break;
        case 'h': amount(key_a, inner, kline.high); break;
        case 'l': amount(key_b, inner, kline.low); break;
        case 'c': amount(key_q, inner, kline.close); break;
        case 'v': amount(key_B, inner, kline.volume); break;
        case 'n': number(key_U, inner, trades); break;
        case 'x':
            mark(key_m, inner.get_bool().get(closed) == simdjson::SUCCESS);
            kline.closed = closed;
            break;
        default: break;
        }
    }
    kline.trades = static_cast<std::uint32_t>(std::min<std::uint64_t>(trades, UINT32_MAX));
    constexpr std::uint32_t needed =
        key_t | key_T | key_p | key_a | key_b | key_q | key_B | key_U | key_m;
    if (bad_amounts != 0) return refuse(Refusal::bad_amount, "an amount of a kline");
    if ((wrong & needed) != 0) return refuse(Refusal::wrong_type, "a field of a kline");
    if ((seen & needed) != needed) return refuse(Refusal::missing_field, "a field of a kline");
    seen = outer_seen | key_k;
    wrong = outer_wrong;
    return Refusal::none;
}

Refusal Codec::Work::take_short(char key, ondemand::value value, Message& message) {
    switch (key) {
    case 'e': text(key_e, value, event); break;
    case 'E': time(key_E, value, message.exchange_at); break;
    case 's': text(key_s, value, message.symbol); break;
    case 'U': number(key_U, value, message.first_id); break;
    case 'u': number(key_u, value, message.last_id); break;
    case 'b': return take_side(value, message, true);
    case 'a': return take_side(value, message, false);
    case 'B': amount(key_B, value, message.bid_quantity); break;
    case 'A': amount(key_A, value, message.ask_quantity); break;
    case 't': number(key_t, value, message.trade_id); break;
    case 'p': amount(key_p, value, message.price); break;
    case 'q': amount(key_q, value, message.quantity); break;
    case 'T': time(key_T, value, message.kline.close_at); break;
    case 'm': mark(key_m, value.get_bool().get(message.buyer_is_maker) == simdjson::SUCCESS); break;
    case 'k': return take_kline(value, message.kline);
    default: break; // unknown fields mean nothing here
    }
    return Refusal::none;
}

Refusal Codec::Work::take_long(const char* key, ondemand::value value, Message& message,
                               int depth) {
    if (is_key(key, "data") && depth == 0) {
        ondemand::object inner;
        if (const auto error = value.get_object().get(inner)) return refuse(error);
        return walk(inner, message, depth + 1);
    }
    if (is_key(key, "stream")) {
        seen |= key_stream;
    } else if (is_key(key, "lastUpdateId")) {
        number(key_last, value, message.last_id);
    } else if (is_key(key, "bids")) {
        seen |= key_bids;
        return take_levels(value, message.bids);
    } else if (is_key(key, "asks")) {
        seen |= key_asks;
        return take_levels(value, message.asks);
    } else if (is_key(key, "result") || is_key(key, "id")) {
        seen |= key_id;
    } else if (is_key(key, "code") || is_key(key, "msg") || is_key(key, "error")) {
        seen |= key_code;
    }
    return Refusal::none;
}

Refusal Codec::Work::walk(ondemand::object object, Message& message, int depth) {
    for (auto field : object) {
        ondemand::raw_json_string key;
        if (const auto error = field.key().get(key)) return refuse(error);
        ondemand::value value;
        if (const auto error = field.value().get(value)) return refuse(error);
        const char* const raw = key.raw();
        const Refusal why = raw[0] != '"' && raw[1] == '"' ? take_short(raw[0], value, message)
                                                           : take_long(raw, value, message, depth);
        if (why != Refusal::none) return why;
    }
    return Refusal::none;
}

Refusal Codec::Work::need(std::uint32_t keys, MessageKind kind, Message& message) {
    message.kind = kind;
    const std::uint32_t missing = keys & ~seen;
    if (missing == 0) return Refusal::none;
    const auto first = static_cast<std::size_t>(__builtin_ctz(missing));
    const std::uint32_t bit = 1U << first;
    const Refusal why = (bad_amounts & bit) != 0 ? Refusal::bad_amount
                        : (wrong & bit) != 0     ? Refusal::wrong_type
                                                 : Refusal::missing_field;
    const std::string kind_name = event.empty() ? "message without e" : std::string{event};
    return refuse(why, std::string{"\""} + key_names[first] + "\" of a " + kind_name);
}

Refusal Codec::Work::classify(Message& message) {
    if ((seen & key_e) != 0) {
        if (event == "depthUpdate") return need(depth_keys, MessageKind::depth_update, message);
        if (event == "kline") return need(kline_keys, MessageKind::kline, message);
        const bool plain = event == "trade";
        if (plain || event == "aggTrade") {
            const auto why = plain ? need(trade_keys, MessageKind::trade, message)
                                   : need(agg_trade_keys, MessageKind::agg_trade, message);
            if (why != Refusal::none) return why;
            message.exchange_at = message.kline.close_at; // T, when it was traded
            if (message.price.is_positive() && message.quantity.is_positive()) return why;
            return refuse(Refusal::bad_amount, "a trade of nothing");
        }
        return Refusal::none;
    }
    if ((wrong & key_e) != 0) return refuse(Refusal::wrong_type, "\"e\" is no text");
    if ((seen & key_last) != 0 || (wrong & key_last) != 0) {
        const auto why = need(snapshot_keys, MessageKind::depth_snapshot, message);
        if ((seen & key_stream) != 0) message.kind = MessageKind::ignored; // a partial book
        return why;
    }
    if (((seen | bad_amounts) & (key_b | key_a)) != 0) {
        return need(ticker_keys, MessageKind::book_ticker, message);
    }
    if ((seen & key_code) != 0) {
        message.kind = MessageKind::venue_error;
    } else if ((seen & key_id) != 0) {
        message.kind = MessageKind::acknowledgement;
    } else {
        return refuse(Refusal::missing_field, "the message has no field that tells its kind");
    }
    return Refusal::none;
}

Refusal Codec::Work::decode(std::string_view frame, std::size_t readable, Message& message) {
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
    seen = wrong = bad_amounts = 0;
    event = {};
    message.kind = MessageKind::ignored;
    message.symbol = {};
    message.exchange_at = 0;
    ondemand::document document;
    const simdjson::padded_string_view padded{frame.data(), frame.size(), capacity};
    if (const auto error = parser.iterate(padded).get(document)) return refuse(error);
    ondemand::object object;
    if (const auto error = document.get_object().get(object)) return refuse(error);
    if (const auto why = walk(object, message, 0); why != Refusal::none) return why;
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
        return refuse(Refusal::not_json, "text follows the message");
    return classify(message);
}

Codec::Codec() : work_{std::make_unique<Work>()} {}
Codec::~Codec() = default;
Codec::Codec(Codec&&) noexcept = default;
Codec& Codec::operator=(Codec&&) noexcept = default;

Refusal Codec::decode(std::string_view frame, std::size_t readable, Message& message) {
    return work_->decode(frame, readable, message);
}

const std::string& Codec::reason() const {
    return work_->reason;
}

} // namespace grekko::binance
