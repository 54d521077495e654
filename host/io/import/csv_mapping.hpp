// CsvMapping: which column of a CSV file is what, so that any such file becomes market records.
// The known formats (OHLCV, Binance public data) are mappings too. It reads no file: csv_source
// does. The import command fills it from its options.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace grekko::importing {

enum class RowKind : std::uint8_t { bar = 1, trade, quote };

enum class Field : std::uint8_t {
    time,       // opening of a bar; exchange time of a trade or quote
    received,   // local receive time, where recorded
    close_time, // of a bar: tells the interval
    open,
    high,
    low,
    close,
    volume,
    trades,
    price,
    quantity,
    side,
    buyer_is_maker,
    id,
    bid,
    bid_quantity,
    ask,
    ask_quantity
};
inline constexpr std::size_t field_count = 18;
const char* name(Field field);

// automatic: by size, as seconds below 10^11, then milliseconds, microseconds, nanoseconds.
enum class TimeUnit : std::uint8_t {
    automatic = 1,
    seconds,
    milliseconds,
    microseconds,
    nanoseconds,
    text
};

enum class Header : std::uint8_t { automatic = 1, present, absent };

// Whether a jump in ids means that rows are missing.
enum class Ids : std::uint8_t { free = 1, contiguous };

struct CsvMapping {
    RowKind kind{RowKind::bar};
    char delimiter{','};
    Header header{Header::automatic};
    TimeUnit time_unit{TimeUnit::automatic};
    Duration interval; // of bars; zero: from close_time, else from the first rows
    Ids ids{Ids::free};
    // A column's name in the header, or its number from 1; empty: there is none.
    std::array<std::string, field_count> columns;

    std::string& column(Field field) { return columns[static_cast<std::size_t>(field)]; }
    const std::string& column(Field field) const {
        return columns[static_cast<std::size_t>(field)];
    }
};

CsvMapping ohlcv_mapping();          // open_time_s,open,high,low,close,volume_base
CsvMapping binance_klines_mapping(); // Binance public data, spot, twelve columns
CsvMapping binance_trades_mapping();
CsvMapping binance_agg_trades_mapping();

// "time=timestamp,open=2,…" put over `base`. invalid_argument: an unknown field, a field twice, no
// "=", or a field that every row of this kind needs is missing; the message names what is known.
Result<CsvMapping> parse_mapping(RowKind kind, std::string_view text);

// Where each field stands in a row, none: nowhere.
using Places = std::array<std::optional<std::size_t>, field_count>;
// `header` is the first row's cells, empty where there is none. invalid_input: a column that the
// header has not, or one that is named where there is no header.
Result<Places> resolve(const CsvMapping& mapping, std::span<const std::string_view> header);

// A number (with decimals) in the unit, or RFC 3339 / "YYYY-MM-DD hh:mm:ss" in UTC for text.
Result<Instant> parse_time(std::string_view text, TimeUnit unit);

} // namespace grekko::importing
