#include "io/config/value.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/amount.hpp"
#include "base/instant.hpp"

namespace grekko::config {
namespace {

std::string trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
        text.remove_suffix(1);
    return std::string{text};
}

std::string_view last_part(std::string_view path) {
    return path.substr(path.rfind('.') + 1);
}

Error wrong(const Key& key, std::string_view path, const Raw& raw, std::string needs) {
    std::string shown = raw.kind == Raw::Kind::text ? "\"" + raw.text + "\"" : raw.text;
    if (raw.kind == Raw::Kind::list) shown = "a list";
    if (raw.kind == Raw::Kind::other) shown = "a table";
    if (sounds_secret(last_part(path))) shown = "(not shown)";
    std::string message = std::string{path} + " = " + shown + ": needs " + std::move(needs);
    if (const std::string range = range_text(key); !range.empty()) message += "; legal: " + range;
    return make_error(ErrorCode::invalid_config, std::move(message));
}

bool number_like(const Raw& raw) {
    return raw.kind == Raw::Kind::whole || raw.kind == Raw::Kind::real ||
           raw.kind == Raw::Kind::untyped || raw.kind == Raw::Kind::text;
}

template <class T>
bool in_range(const Key& key, const T& value, Result<T> (*parse)(std::string_view)) {
    if (!key.min.empty()) {
        const Result<T> low = parse(key.min);
        if (low && value < *low) return false;
    }
    if (!key.max.empty()) {
        const Result<T> high = parse(key.max);
        if (high && value > *high) return false;
    }
    return true;
}

Result<Decimal> parse_decimal(std::string_view text) {
    return Decimal::parse(text);
}

// "25 %", "25bp" or a plain number.
Result<Decimal> parse_share(std::string_view given) {
    std::string text = trimmed(given);
    Decimal divisor = Decimal::whole(1);
    if (text.ends_with("%")) {
        divisor = Decimal::whole(100);
        text = trimmed(text.substr(0, text.size() - 1));
    } else if (text.ends_with("bp")) {
        divisor = Decimal::whole(10'000);
        text = trimmed(text.substr(0, text.size() - 2));
    }
    TRY(number, Decimal::parse(text));
    const auto share = checked_divide(number, divisor, Rounding::half_even);
    if (!share) return make_error(ErrorCode::invalid_config, "out of range");
    return *share;
}

Result<Value> number(const Key& key, std::string_view path, const Raw& raw) {
    const bool share = key.type == Type::share;
    const std::string needs = share ? "a share such as 0.25, \"25 %\" or \"25 bp\""
                                    : "a decimal number such as 0.25 or \"0.25\"";
    if (!number_like(raw)) return wrong(key, path, raw, needs);
    const Result<Decimal> value = share ? parse_share(raw.text) : parse_decimal(trimmed(raw.text));
    if (!value) return wrong(key, path, raw, needs);
    if (!in_range<Decimal>(key, *value, parse_decimal)) {
        return wrong(key, path, raw, "a value in its range");
    }
    return Value{value->to_string(), {}, {}};
}

Result<Value> whole(const Key& key, std::string_view path, const Raw& raw) {
    std::int64_t value = 0;
    const std::string text = trimmed(raw.text);
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool typed = raw.kind == Raw::Kind::whole || raw.kind == Raw::Kind::untyped;
    if (!typed || failed != std::errc{} || end != text.data() + text.size()) {
        return wrong(key, path, raw, "a whole number without quotes");
    }
    if (!in_range<Decimal>(key, Decimal::whole(value), parse_decimal)) {
        return wrong(key, path, raw, "a value in its range");
    }
    return Value{std::to_string(value), {}, {}};
}

Result<Value> duration(const Key& key, std::string_view path, const Raw& raw) {
    const std::string needs =
        "a whole number with its unit, in quotes, such as \"500ms\" (ns us ms s m h d)";
    const bool typed = raw.kind == Raw::Kind::text || raw.kind == Raw::Kind::untyped;
    if (!typed) return wrong(key, path, raw, needs);
    const Result<Duration> value = parse_duration(trimmed(raw.text));
    if (!value) return wrong(key, path, raw, needs);
    if (!in_range<Duration>(key, *value, parse_duration)) {
        return wrong(key, path, raw, "a value in its range");
    }
    return Value{to_string(*value), {}, {}};
}

Result<Value> flag(const Key& key, std::string_view path, const Raw& raw) {
    const bool typed = raw.kind == Raw::Kind::flag || raw.kind == Raw::Kind::untyped;
    if (!typed || (raw.text != "true" && raw.text != "false")) {
        return wrong(key, path, raw, "true or false, without quotes");
    }
    return Value{raw.text, {}, {}};
}

Result<Value> text(const Key& key, std::string_view path, const Raw& raw) {
    const bool typed = raw.kind == Raw::Kind::text || raw.kind == Raw::Kind::untyped;
    if (!typed) return wrong(key, path, raw, "a text in quotes");
    if (key.type == Type::choice && std::ranges::find(key.choices, raw.text) == key.choices.end()) {
        return wrong(key, path, raw, "one of its choices");
    }
    return Value{raw.text, {}, {}};
}

Result<Value> list(const Key& key, std::string_view path, const Raw& raw) {
    Value value;
    if (raw.kind == Raw::Kind::list) {
        value.items = raw.items;
    } else if (raw.kind == Raw::Kind::untyped) {
        std::string_view rest = raw.text;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            value.items.push_back(trimmed(rest.substr(0, comma)));
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
    } else {
        return wrong(key, path, raw, "a list of texts such as [\"BTC-USD\", \"ETH-USD\"]");
    }
    for (const std::string& item : value.items) {
        if (item.empty() || item.find(',') != std::string::npos) {
            return wrong(key, path, raw, "items that are not empty and hold no comma");
        }
        value.text += (value.text.empty() ? "" : ", ") + item;
    }
    return value;
}

Result<Value> date(const Key& key, std::string_view path, const Raw& raw) {
    const bool typed = raw.kind == Raw::Kind::date || raw.kind == Raw::Kind::text ||
                       raw.kind == Raw::Kind::untyped;
    const Result<Instant> instant =
        typed ? parse_instant(raw.text) : make_error(ErrorCode::invalid_config, "not a date");
    if (!instant) return wrong(key, path, raw, "a date such as \"2024-08-08\", in UTC");
    return Value{to_string(*instant), {}, {}};
}

// The value itself never appears in a message: it may be the secret.
Result<Value> secret(std::string_view path, const Raw& raw) {
    const bool typed = raw.kind == Raw::Kind::text || raw.kind == Raw::Kind::untyped;
    if (typed && raw.text.empty()) return Value{};
    const bool reference = raw.text.starts_with("env:") || raw.text.starts_with("file:");
    if (!typed || !reference || raw.text.ends_with(":")) {
        return make_error(ErrorCode::invalid_config,
                          std::string{path} +
                              " holds a secret in clear: write a reference instead, \"env:NAME\" "
                              "or \"file:PATH\", and change the secret, since it lay open here");
    }
    return Value{raw.text, {}, {}};
}

// What a word of the environment or of a flag would be in a file.
Raw::Kind kind_of(const std::string& text) {
    if (text == "true" || text == "false") return Raw::Kind::flag;
    std::int64_t whole = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (failed == std::errc{} && end == text.data() + text.size()) return Raw::Kind::whole;
    return Decimal::parse(text, Rounding::half_even) ? Raw::Kind::real : Raw::Kind::text;
}

Result<Value> parameter(const Key& key, std::string_view path, const Raw& raw) {
    Value value{raw.text, {}, {}};
    switch (raw.kind == Raw::Kind::untyped ? kind_of(raw.text) : raw.kind) {
    case Raw::Kind::flag: value.parameter = raw.text == "true"; return value;
    case Raw::Kind::whole: {
        std::int64_t number = 0;
        std::from_chars(raw.text.data(), raw.text.data() + raw.text.size(), number);
        value.parameter = number;
        return value;
    }
    case Raw::Kind::real: {
        const Result<Decimal> number = Decimal::parse(raw.text, Rounding::half_even);
        if (!number) return wrong(key, path, raw, "a number, a text, true or false");
        value.parameter = number->to_double();
        return value;
    }
    case Raw::Kind::text:
        if (sounds_secret(last_part(path))) {
            return make_error(ErrorCode::invalid_config,
                              std::string{path} +
                                  " looks like a secret in clear: agents are given none; remove "
                                  "it, and change the secret, since it lay open here");
        }
        value.parameter = raw.text;
        return value;
    case Raw::Kind::untyped:
    case Raw::Kind::list:
    case Raw::Kind::date:
    case Raw::Kind::other: break;
    }
    return wrong(key, path, raw, "a number, a text, true or false");
}

} // namespace

std::string range_text(const Key& key) {
    std::string out;
    if (!key.choices.empty()) {
        for (const std::string& choice : key.choices)
            out += (out.empty() ? "" : " | ") + choice;
    } else if (!key.min.empty() && !key.max.empty()) {
        out = key.min + " … " + key.max;
    } else if (!key.min.empty()) {
        out = "at least " + key.min;
    } else if (!key.max.empty()) {
        out = "at most " + key.max;
    }
    if (!out.empty() && !key.unit.empty()) out += " " + key.unit;
    return out;
}

bool sounds_secret(std::string_view name) {
    std::string lower{name};
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const std::string_view part : {"secret", "password", "passphrase", "token", "api_key",
                                        "apikey", "private_key", "mnemonic", "credential"}) {
        if (lower.find(part) != std::string::npos) return true;
    }
    return false;
}

Result<Value> check(const Key& key, std::string_view path, const Raw& raw) {
    if (raw.kind == Raw::Kind::other) return wrong(key, path, raw, "a value, not a table");
    switch (key.type) {
    case Type::text:
    case Type::choice: return text(key, path, raw);
    case Type::whole: return whole(key, path, raw);
    case Type::amount:
    case Type::share: return number(key, path, raw);
    case Type::duration: return duration(key, path, raw);
    case Type::flag: return flag(key, path, raw);
    case Type::list: return list(key, path, raw);
    case Type::date: return date(key, path, raw);
    case Type::secret: return secret(path, raw);
    case Type::parameter: return parameter(key, path, raw);
    }
    return wrong(key, path, raw, "a known type");
}

} // namespace grekko::config
