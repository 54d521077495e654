// CaptureSource: recordings of one venue as market records: the frames of all files in order of
// receive time go through the venue's own decoder, so that a book is synchronised here as it is
// live. It knows no venue: the decoder is passed in. A frame that the decoder refuses is a bad row.
// The import command opens one for each venue.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "io/import/capture_reader.hpp"
#include "io/import/record_source.hpp"
#include "io/import/row_errors.hpp"

namespace grekko::importing {

// Owns the decoder behind the table.
class Decoder {
public:
    explicit Decoder(const grekko_market_decoder& table) : table_{table} {}
    Decoder(Decoder&& other) noexcept : table_{other.table_} { other.table_.self = nullptr; }
    Decoder& operator=(Decoder&&) = delete;
    ~Decoder() {
        if (table_.self != nullptr) table_.destroy(table_.self);
    }
    // False: refused, with reason().
    bool take(const CapturedFrame& frame, Instant received_at);
    const grekko_market_head* next_record() { return table_.next_record(table_.self); }
    const char* reason() { return table_.last_refusal(table_.self); }
    bool listing(std::uint32_t index, grekko_listing& listing) {
        return table_.listing(table_.self, index, &listing) != 0;
    }
    grekko_market_statistics statistics() {
        grekko_market_statistics statistics{};
        table_.statistics(table_.self, &statistics);
        return statistics;
    }

private:
    grekko_market_decoder table_;
};

class CaptureSource final : public RecordSource {
public:
    static Result<std::unique_ptr<CaptureSource>> open(std::span<const InputFile> inputs,
                                                       Decoder decoder, BadRows bad_rows);

    Result<const MarketHead*> next() override;
    const SourceReport& report() const override { return errors_.report(); }
    std::uint64_t consumed() const override;
    Decoder& decoder() { return decoder_; }
    // Gives the next frame to the decoder and drops its records; false: the end. For discovery.
    Result<bool> skip_frame();

private:
    struct Input {
        CaptureReader reader;
        const CapturedFrame* frame{nullptr}; // null: at its end
    };
    CaptureSource(Decoder decoder, RowErrors errors)
        : decoder_{std::move(decoder)},
          errors_{std::move(errors)} {}
    Result<void> advance(Input& input);
    Result<bool> take_frame();

    Decoder decoder_;
    RowErrors errors_;
    std::vector<Input> inputs_;
    Input* current_{nullptr}; // whose frame the decoder has
    Instant latest_;
};

// Looks at the first `frames_max` frames for the instruments that are traded in them and what the
// venue says about these. The decoder must discover; its ids mean nothing afterwards.
Result<std::vector<grekko_listing>> discover(std::span<const InputFile> inputs, Decoder decoder,
                                             std::size_t frames_max);

} // namespace grekko::importing
