// Buys when the fast average is above the slow one, leaves when it has fallen below.
#include <grekko/strategy.hpp>
#include <grekko/ta/averages.hpp>

#include <map>

namespace sdk = grekko::sdk;
using namespace sdk::literals;
using grekko::ta::Ema;

class EmaCross final : public sdk::Strategy {
public:
    static constexpr grekko_parameter_spec parameters[] = {
        sdk::whole("fast", 10, 2, 100, "bars of the fast average"),
        sdk::whole("slow", 40, 3, 400, "bars of the slow average")};
    static constexpr sdk::Description description{
        .id = "example.ema_cross", .version = "1.0", .parameters = parameters};
    explicit EmaCross(sdk::Context& context) : Strategy{context} {
        for (const grekko_instrument& i : context.instruments()) {
            averages_.emplace(i.instrument, std::pair{Ema(context.count("fast")), // NaN until ready
                                                      Ema(context.count("slow"))});
            context.subscribe({.instrument = i.instrument, .bars = sdk::hours(1), .warmup = 400});
        }
    }
    void on_bar(const sdk::Bar& bar, sdk::Actions& actions) override {
        auto& [fast, slow] = averages_.at(bar.instrument);
        fast.update(bar.close.to_double());
        slow.update(bar.close.to_double());
        const bool flat = sdk::is_flat(host().position(bar.instrument));
        const sdk::Decimal stop = multiply(bar.close, 0.97_dec, sdk::Round::down);
        if (fast.value() > slow.value() && flat)
            actions.target(sdk::Target::at_risk(bar.instrument, sdk::Side::buy, 0.005_dec, stop));
        if (fast.value() < slow.value() && !flat) actions.close(bar.instrument, "trend over");
    }

private:
    std::map<std::uint16_t, std::pair<Ema, Ema>> averages_;
};
GREKKO_EXPORT_STRATEGY(EmaCross);
