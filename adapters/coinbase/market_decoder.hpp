// The market decoder of Coinbase Advanced Trade behind the table of <grekko/market_decoder.h>:
// codec, session and listings put together, with a quarantine of the frames it refused. It holds no
// logic of its own. The composition root makes one for a live feed or for an import.
#pragma once

#include <grekko/market_decoder.h>

#include <deque>
#include <string>

#include "coinbase/codec.hpp"
#include "coinbase/session.hpp"

namespace grekko::coinbase {

// A refused frame: why, when, and how it began.
struct Quarantined {
    static constexpr std::size_t kept_max = 16;
    static constexpr std::size_t bytes_kept = 256;
    Refusal refusal{Refusal::none};
    grekko_time received_at{0};
    std::string reason;
    std::string beginning;
    std::size_t bytes{0};
};

class MarketDecoder {
public:
    explicit MarketDecoder(Options options) : session_{std::move(options)} {}

    grekko_status frame(const grekko_frame& frame);
    const grekko_market_head* next_record() { return records_.next(); }
    const std::string& last_refusal() const { return refusal_; }
    bool next_request(grekko_market_request& request) { return session_.take_request(request); }
    bool listing(std::uint32_t index, grekko_listing& listing) const;
    grekko_market_statistics statistics() const;
    const std::deque<Quarantined>& quarantine() const { return quarantine_; } // the newest last

private:
    grekko_status refuse(const grekko_frame& frame, Refusal refusal, std::string reason);
    grekko_status take_listings(const grekko_frame& frame, std::string_view text);

    Codec codec_;
    Session session_;
    Message message_;
    sdk::RecordBuffer records_;
    std::map<std::string, grekko_listing, std::less<>> listings_;
    std::deque<Quarantined> quarantine_;
    std::uint64_t malformed_{0};
    std::string refusal_;
};

// [init] A decoder that owns its session; the host calls destroy at the end.
grekko_market_decoder make_market_decoder(Options options);

} // namespace grekko::coinbase
