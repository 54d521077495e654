#include "app/settings/order.hpp"

namespace grekko::app {
namespace {

Error contradiction(const char* low, const std::string& below, const char* high,
                    const std::string& above) {
    return make_error(ErrorCode::invalid_config, std::string{low} + " = " + below + " lies above " +
                                                     high + " = " + above + "; they must ascend");
}

} // namespace

Result<void> check_order(const TextOf& text_of) {
    constexpr const char* pairs[][2] = {
        {"risk.day_loss_reducing", "risk.day_loss_halted"},
        {"risk.drawdown_recovered", "risk.drawdown_half"},
        {"risk.drawdown_half", "risk.drawdown_reducing"},
        {"risk.drawdown_reducing", "risk.drawdown_halted"},
        {"risk.score.pass_max", "risk.score.reduce_max"},
        {"risk.volatility_warn", "risk.volatility_max"},
        {"risk.venue_share_warn", "risk.venue_share_max"},
        {"risk.message_ratio_warn", "risk.message_ratio_max"},
        {"risk.losing_run_half", "risk.losing_run_breaker"},
        {"consensus.size_small", "consensus.size_medium"},
        {"consensus.approval_small", "consensus.approval_medium"},
        {"consensus.approval_medium", "consensus.approval_large"},
        {"execution.slices_min", "execution.slices_max"},
        {"stops.disaster_min", "stops.disaster_max"},
    };
    for (const auto& [low, high] : pairs) {
        const std::string below = text_of(low), above = text_of(high);
        TRY(less, Decimal::parse(below));
        TRY(more, Decimal::parse(above));
        if (less > more) return contradiction(low, below, high, above);
    }
    return {};
}

} // namespace grekko::app
