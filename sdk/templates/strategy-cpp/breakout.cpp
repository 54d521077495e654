// Buys a close above the highest high of the last bars, leaves on a close below their lowest low.
#include <grekko/strategy.hpp>

#include <algorithm>
#include <deque>
#include <map>

namespace sdk = grekko::sdk;
using namespace sdk::literals;

class Breakout final : public sdk::Strategy {
public:
    static constexpr grekko_parameter_spec parameters[] = {
        sdk::whole("window", 20, 2, 500, "bars of the channel"),
        sdk::number("risk", 0.005_dec, 0.0001_dec, 0.02_dec, "fraction of NAV lost at the stop")};
    static constexpr sdk::Description description{.id = "example.breakout",
                                                  .version = "1.0",
                                                  .help = "trades breakouts of a channel",
                                                  .parameters = parameters,
                                                  .schema = 1};

    explicit Breakout(sdk::Context& context)
        : Strategy{context},
          window_{context.count("window")},
          risk_{context.number("risk")} {
        for (const grekko_instrument& i : context.instruments())
            context.subscribe(
                {.instrument = i.instrument, .bars = sdk::hours(1), .warmup = window_});
    }

    void on_bar(const sdk::Bar& bar, sdk::Actions& actions) override {
        auto& channel = channels_[bar.instrument];
        if (channel.size() == window_) {
            const auto high = std::ranges::max(channel, {}, &Range::high).high;
            const auto low = std::ranges::min(channel, {}, &Range::low).low;
            const bool flat = sdk::is_flat(host().position(bar.instrument));
            if (flat && bar.close > high)
                actions.target(sdk::Target::at_risk(bar.instrument, sdk::Side::buy, risk_, low));
            if (!flat && bar.close < low) actions.close(bar.instrument, "below the channel");
            channel.pop_front();
        }
        channel.push_back({bar.high, bar.low});
    }

    void on_proposal(const sdk::Proposal& proposal, sdk::Actions& actions) override {
        if (proposal.stop.is_zero())
            actions.vote(proposal, {sdk::Ballot::reject, 0.6_dec, {}, "no stop"});
    }

    void save(sdk::StateWriter& out) const override {
        out.put(channels_.size());
        for (const auto& [instrument, channel] : channels_) {
            out.put(instrument);
            out.put(channel.size());
            for (const Range& range : channel) {
                out.put(range.high);
                out.put(range.low);
            }
        }
    }
    void load(std::uint32_t, sdk::StateReader& in) override {
        for (std::size_t channels = in.count(16); channels > 0; --channels) {
            auto& channel = channels_[static_cast<std::uint16_t>(in.number())];
            for (std::size_t ranges = in.count(32); ranges > 0; --ranges) {
                const sdk::Decimal high = in.decimal();
                channel.push_back({high, in.decimal()});
            }
        }
    }

private:
    struct Range {
        sdk::Decimal high, low;
    };
    std::size_t window_;
    sdk::Decimal risk_;
    std::map<std::uint16_t, std::deque<Range>> channels_;
};
GREKKO_EXPORT_STRATEGY(Breakout);
