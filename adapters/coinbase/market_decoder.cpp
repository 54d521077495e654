#include "coinbase/market_decoder.hpp"

#include <memory>

#include "coinbase/listings.hpp"

namespace grekko::coinbase {
namespace {

MarketDecoder& decoder(void* self) {
    return *static_cast<MarketDecoder*>(self);
}

} // namespace

grekko_status MarketDecoder::refuse(const grekko_frame& frame, Refusal refusal,
                                    std::string reason) {
    ++malformed_;
    refusal_ = std::move(reason);
    if (quarantine_.size() == Quarantined::kept_max) quarantine_.pop_front();
    const std::string_view text{frame.text, frame.text_bytes};
    quarantine_.push_back({refusal, frame.received_at, refusal_,
                           std::string{text.substr(0, Quarantined::bytes_kept)}, text.size()});
    return GREKKO_ERROR_INVALID;
}

grekko_status MarketDecoder::take_listings(const grekko_frame& frame, std::string_view text) {
    std::vector<grekko_listing> found;
    std::string wrong = decode_products(text, found);
    if (!wrong.empty()) return refuse(frame, Refusal::not_json, "products: " + wrong);
    for (const grekko_listing& listing : found)
        listings_[listing.symbol] = listing;
    return GREKKO_OK;
}

grekko_status MarketDecoder::frame(const grekko_frame& frame) {
    records_.clear();
    if (frame.kind == GREKKO_FRAME_CONNECTED || frame.kind == GREKKO_FRAME_DISCONNECTED) {
        session_.on_disconnected(frame.received_at, records_);
        return GREKKO_OK;
    }
    const std::string_view text{frame.text, frame.text_bytes};
    const std::string_view url{frame.url, frame.url_bytes};
    const bool is_answer = frame.kind == GREKKO_FRAME_ANSWER;
    if (is_answer) return is_product_list(url) ? take_listings(frame, text) : GREKKO_OK;
    const Refusal refusal = codec_.decode(text, frame.readable, message_);
    if (refusal != Refusal::none) return refuse(frame, refusal, codec_.reason());
    session_.on_message(message_, frame.received_at, records_);
    return GREKKO_OK;
}

bool MarketDecoder::listing(std::uint32_t index, grekko_listing& listing) const {
    if (index >= session_.products().size()) return false;
    const std::string& symbol = session_.products()[index];
    const auto found = listings_.find(symbol);
    listing = found != listings_.end() ? found->second : grekko_listing{};
    listing.size = sizeof listing;
    listing.instrument = session_.instrument(index);
    symbol.copy(listing.symbol, sizeof listing.symbol - 1);
    return true;
}

grekko_market_statistics MarketDecoder::statistics() const {
    grekko_market_statistics statistics = session_.statistics();
    statistics.size = sizeof statistics;
    statistics.frames += malformed_;
    statistics.malformed = malformed_;
    return statistics;
}

grekko_market_decoder make_market_decoder(Options options) {
    grekko_market_decoder table{};
    table.size = sizeof table;
    table.version = GREKKO_MARKET_DECODER_VERSION;
    table.self = std::make_unique<MarketDecoder>(std::move(options)).release();
    table.frame = [](void* self, const grekko_frame* frame) { return decoder(self).frame(*frame); };
    table.next_record = [](void* self) { return decoder(self).next_record(); };
    table.last_refusal = [](void* self) { return decoder(self).last_refusal().c_str(); };
    table.next_request = [](void* self, grekko_market_request* request) {
        return decoder(self).next_request(*request) ? 1 : 0;
    };
    table.listing = [](void* self, std::uint32_t index, grekko_listing* listing) {
        return decoder(self).listing(index, *listing) ? 1 : 0;
    };
    table.statistics = [](void* self, grekko_market_statistics* statistics) {
        *statistics = decoder(self).statistics();
    };
    table.destroy = [](void* self) { std::default_delete<MarketDecoder>{}(&decoder(self)); };
    return table;
}

} // namespace grekko::coinbase
