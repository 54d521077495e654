#include "io/import/csv_mapping.hpp"

#include <algorithm>
#include <charconv>

#include "base/decimal.hpp"

namespace grekko::importing {
namespace {

constexpr std::array<const char*, field_count> field_names{
    "time",           "received", "close_time", "open",         "high",     "low",
    "close",          "volume",   "trades",     "price",        "quantity", "side",
    "buyer_is_maker", "id",       "bid",        "bid_quantity", "ask",      "ask_quantity"};

std::string known_fields() {
    std::string names;
    for (const char* known : field_names)
        names += (names.empty() ? "" : " ") + std::string{known};
    return names;
}

std::optional<Field> find_field(std::string_view text) {
    const auto found = std::find(field_names.begin(), field_names.end(), text);
    if (found == field_names.end()) return std::nullopt;
    return static_cast<Field>(found - field_names.begin());
}

std::span<const Field> needed(RowKind kind) {
    static constexpr Field bar[] = {Field::time, Field::open,  Field::high,
                                    Field::low,  Field::close, Field::volume};
    static constexpr Field trade[] = {Field::time, Field::price, Field::quantity};
    static constexpr Field quote[] = {Field::time, Field::bid, Field::bid_quantity, Field::ask,
                                      Field::ask_quantity};
    if (kind == RowKind::bar) return bar;
    return kind == RowKind::trade ? std::span<const Field>{trade} : std::span<const Field>{quote};
}

Result<void> check_complete(const CsvMapping& mapping) {
    for (const Field field : needed(mapping.kind)) {
        if (!mapping.column(field).empty()) continue;
        return make_error(ErrorCode::invalid_argument,
                          std::string{"the mapping has no column for "} + name(field) + "; add " +
                              name(field) + "=COLUMN");
    }
    const bool has_side =
        !mapping.column(Field::side).empty() || !mapping.column(Field::buyer_is_maker).empty();
    if (mapping.kind == RowKind::trade && !has_side) {
        return make_error(ErrorCode::invalid_argument,
                          "a trade needs the side of its taker; add side=COLUMN (buy or sell) or "
                          "buyer_is_maker=COLUMN (true or false)");
    }
    return {};
}

// The column's number from 1 where `text` is one.
std::optional<std::size_t> column_number(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number == 0) return {};
    return number;
}

} // namespace

const char* name(Field field) {
    return field_names[static_cast<std::size_t>(field)];
}

CsvMapping ohlcv_mapping() {
    CsvMapping mapping;
    mapping.header = Header::present;
    mapping.time_unit = TimeUnit::seconds;
    mapping.column(Field::time) = "open_time_s";
    mapping.column(Field::open) = "open";
    mapping.column(Field::high) = "high";
    mapping.column(Field::low) = "low";
    mapping.column(Field::close) = "close";
    mapping.column(Field::volume) = "volume_base";
    return mapping;
}

CsvMapping binance_klines_mapping() {
    CsvMapping mapping;
    mapping.column(Field::time) = "1";
    mapping.column(Field::open) = "2";
    mapping.column(Field::high) = "3";
    mapping.column(Field::low) = "4";
    mapping.column(Field::close) = "5";
    mapping.column(Field::volume) = "6";
    mapping.column(Field::close_time) = "7";
    mapping.column(Field::trades) = "9";
    return mapping;
}

CsvMapping binance_trades_mapping() {
    CsvMapping mapping;
    mapping.kind = RowKind::trade;
    mapping.ids = Ids::contiguous;
    mapping.column(Field::id) = "1";
    mapping.column(Field::price) = "2";
    mapping.column(Field::quantity) = "3";
    mapping.column(Field::time) = "5";
    mapping.column(Field::buyer_is_maker) = "6";
    return mapping;
}

CsvMapping binance_agg_trades_mapping() {
    CsvMapping mapping = binance_trades_mapping();
    mapping.column(Field::time) = "6";
    mapping.column(Field::buyer_is_maker) = "7";
    return mapping;
}

Result<CsvMapping> parse_mapping(RowKind kind, std::string_view text) {
    CsvMapping mapping;
    mapping.kind = kind;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        const auto field = find_field(part.substr(0, equals));
        if (equals == part.npos || equals + 1 == part.size() || !field) {
            return make_error(ErrorCode::invalid_argument,
                              "the mapping has \"" + std::string{part} +
                                  "\"; write FIELD=COLUMN with one of the fields " +
                                  known_fields());
        }
        if (!mapping.column(*field).empty()) {
            return make_error(ErrorCode::invalid_argument,
                              std::string{"the mapping names "} + name(*field) + " twice");
        }
        mapping.column(*field) = part.substr(equals + 1);
    }
    TRY(check_complete(mapping));
    return mapping;
}

Result<Places> resolve(const CsvMapping& mapping, std::span<const std::string_view> header) {
    Places places;
    for (std::size_t i = 0; i < field_count; ++i) {
        const std::string& column = mapping.columns[i];
        if (column.empty()) continue;
        const auto found = std::find(header.begin(), header.end(), column);
        if (found != header.end()) {
            places[i] = static_cast<std::size_t>(found - header.begin());
        } else if (const auto number = column_number(column)) {
            places[i] = *number - 1;
        } else {
            return make_error(ErrorCode::invalid_input,
                              "the header has no column \"" + column + "\" (for " + field_names[i] +
                                  "); map it with " + field_names[i] + "=COLUMN");
        }
    }
    return places;
}

} // namespace grekko::importing
