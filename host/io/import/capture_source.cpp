#include "io/import/capture_source.hpp"

#include <algorithm>

namespace grekko::importing {

bool Decoder::take(const CapturedFrame& frame, Instant received_at) {
    grekko_frame plain{};
    plain.size = sizeof plain;
    plain.kind = frame.kind;
    plain.received_at = received_at.nanoseconds();
    plain.text = frame.text.data();
    plain.text_bytes = frame.text.size();
    plain.readable = frame.readable;
    plain.url = frame.url.data();
    plain.url_bytes = frame.url.size();
    return table_.frame(table_.self, &plain) == GREKKO_OK;
}

Result<std::unique_ptr<CaptureSource>> CaptureSource::open(std::span<const InputFile> inputs,
                                                           Decoder decoder, BadRows bad_rows) {
    std::string names;
    for (const InputFile& input : inputs)
        names += (names.empty() ? "" : ", ") + input.name();
    auto source = std::unique_ptr<CaptureSource>{
        new CaptureSource{std::move(decoder), RowErrors{names, bad_rows}}};
    source->inputs_.reserve(inputs.size()); // frames point into their readers
    for (const InputFile& input : inputs) {
        TRY(reader, CaptureReader::open(input));
        source->inputs_.push_back({std::move(reader)});
        TRY(source->advance(source->inputs_.back()));
    }
    return source;
}

std::uint64_t CaptureSource::consumed() const {
    std::uint64_t total = 0;
    for (const Input& input : inputs_)
        total += input.reader.consumed();
    return total;
}

// Reads the input's next frame, past damaged lines where they are left out.
Result<void> CaptureSource::advance(Input& input) {
    while (true) {
        auto frame = input.reader.next();
        if (frame) {
            input.frame = *frame;
            return {};
        }
        const ErrorCode code = frame.error().code;
        TRY(errors_.bad_in(input.reader.file(), input.reader.line(), frame.error().message, code));
        if (code != ErrorCode::invalid_input && code != ErrorCode::limit_exceeded) {
            input.frame = nullptr;
            return {};
        }
    }
}

// Gives the earliest frame to the decoder; of equal ones that of the file named first.
Result<bool> CaptureSource::take_frame() {
    if (current_ != nullptr) TRY(advance(*current_));
    current_ = nullptr;
    for (Input& input : inputs_) {
        const bool earlier =
            input.frame != nullptr &&
            (current_ == nullptr || input.frame->received_at < current_->frame->received_at);
        if (earlier) current_ = &input;
    }
    SourceReport& report = errors_.report();
    const grekko_market_statistics statistics = decoder_.statistics();
    report.gaps = statistics.gaps;
    report.ignored = statistics.ignored;
    if (current_ == nullptr) return false;
    ++report.rows;
    if (current_->frame->received_at < latest_) {
        ++report.clock_steps; // the recorder's clock went back: time does not
    } else {
        latest_ = current_->frame->received_at;
    }
    if (!decoder_.take(*current_->frame, latest_)) {
        TRY(errors_.bad_in(current_->reader.file(), current_->reader.line(), decoder_.reason()));
    }
    return true;
}

Result<const MarketHead*> CaptureSource::next() {
    while (true) {
        while (const grekko_market_head* const plain = decoder_.next_record()) {
            const auto* const record = reinterpret_cast<const MarketHead*>(plain);
            if (valid_market_record(record, record->size)) {
                ++errors_.report().records;
                return record;
            }
            TRY(errors_.bad_in(current_->reader.file(), current_->reader.line(),
                               "the frame gives a record that makes no sense (prices or sizes)"));
        }
        TRY(more, take_frame());
        if (!more) return static_cast<const MarketHead*>(nullptr);
    }
}

Result<bool> CaptureSource::skip_frame() {
    while (decoder_.next_record() != nullptr) {
    }
    return take_frame();
}

Result<std::vector<grekko_listing>> discover(std::span<const InputFile> inputs, Decoder decoder,
                                             std::size_t frames_max) {
    TRY(source, CaptureSource::open(inputs, std::move(decoder), BadRows::skip));
    for (std::size_t i = 0; i < frames_max; ++i) {
        TRY(more, source->skip_frame());
        if (!more) break;
    }
    std::vector<grekko_listing> listings;
    grekko_listing listing{};
    while (source->decoder().listing(static_cast<std::uint32_t>(listings.size()), listing))
        listings.push_back(listing);
    return listings;
}

} // namespace grekko::importing
