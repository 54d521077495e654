#include "base/planted.hpp"

#include <array>

namespace grekko {
namespace {

constexpr std::array<std::string_view, 16> names = {
    "none",
    "fill_booked_twice",
    "cancel_is_final",
    "unknown_resent",
    "unsent_not_counted",
    "stop_not_resized",
    "increase_after_halt",
    "client_id_reused",
    "remainder_lost",
    "fee_booked_twice",
    "sent_before_durable",
    "increase_after_restart",
    "sold_twice",
    "stale_price_traded",
    "replay_forgets",
    "full_disk_ignored",
};

} // namespace

#ifdef GREKKO_PLANTED_BUGS
Bug planted_bug = Bug::none;
#endif

Bug planted_named(std::string_view name) {
    for (std::size_t i = 1; i < names.size(); ++i) {
        if (names[i] == name) return static_cast<Bug>(i);
    }
    return Bug::none;
}

std::string_view name(Bug bug) {
    return names[static_cast<std::size_t>(bug)];
}

} // namespace grekko
