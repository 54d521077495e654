// CsvSource: a CSV file as bars, trades or quotes of one instrument, row by row, whatever its size.
// Rows must ascend in time; a missing interval is told in the bar behind it, a jump in contiguous
// ids as a gap record. It guesses nothing but the interval and the unit of time. The import command
// opens one for each input.
#pragma once

#include <memory>
#include <optional>

#include "io/import/csv_mapping.hpp"
#include "io/import/csv_row.hpp"
#include "io/import/line_reader.hpp"
#include "io/import/record_source.hpp"
#include "io/import/row_errors.hpp"

namespace grekko::importing {

struct CsvOptions {
    CsvMapping mapping{ohlcv_mapping()};
    VenueId venue{1};
    InstrumentId instrument{1};
    BadRows bad_rows{BadRows::stop};
    // How long after it has happened the host sees what a file has no receive time for.
    Duration feed_latency{Duration::milliseconds(50)};
};

class CsvSource final : public RecordSource {
public:
    // Opens the file and, for bars without a known interval, looks at its first rows.
    // invalid_input: a header that does not fit the mapping, no interval to be seen.
    static Result<std::unique_ptr<CsvSource>> open(const InputFile& input, CsvOptions options);

    Result<const MarketHead*> next() override;
    const SourceReport& report() const override { return errors_.report(); }
    std::uint64_t consumed() const override { return lines_.consumed(); }
    Duration interval() const { return options_.mapping.interval; } // of bars

private:
    CsvSource(const InputFile& input, CsvOptions options, LineReader lines)
        : options_{std::move(options)},
          lines_{std::move(lines)},
          errors_{input.name(), options_.bad_rows} {}
    // The cells of the next row that is no header; false: the end.
    Result<bool> read_row();
    Result<bool> take_header(); // whether the present row was one
    Result<void> infer_interval(const InputFile& input);
    Result<std::string_view> cell(Field field) const;
    template <class T>
    Result<T> amount(Field field) const;
    Result<Instant> time(Field field) const;
    Result<MarketHead*> build();
    Result<MarketHead*> build_bar();
    Result<MarketHead*> build_trade();
    Result<MarketHead*> build_quote();
    Result<Side> side() const;
    Result<void> place_in_time(MarketHead& head);
    template <class T>
    void begin(T& record, Instant exchange_at);

    CsvOptions options_;
    LineReader lines_;
    RowErrors errors_;
    CsvRow row_;
    std::optional<Places> places_;
    Instant latest_; // receive time of the record before
    Instant previous_open_;
    std::uint64_t previous_id_{0};
    bool trade_waits_{false}; // behind a gap record
    Bar bar_;
    Trade trade_;
    Quote quote_;
    Gap gap_;
};

} // namespace grekko::importing
