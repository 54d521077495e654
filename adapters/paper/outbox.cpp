#include "paper/outbox.hpp"

namespace grekko::paper {

bool Outbox::take(grekko_time now, grekko_report& report) {
    if (waiting_.empty() || waiting_.begin()->first.first > now) return false;
    report = waiting_.begin()->second;
    waiting_.erase(waiting_.begin());
    return true;
}

} // namespace grekko::paper
