#include "binance/book_sync.hpp"

namespace grekko::binance {

BookSync::Verdict BookSync::judge(std::uint64_t first_id, std::uint64_t last_id) {
    if (last_id <= id_) return Verdict::known;
    if (first_id > id_ + 1) {
        missing_ = first_id - id_ - 1;
        synchronised_ = false;
        return Verdict::gap;
    }
    id_ = last_id;
    return Verdict::apply;
}

void BookSync::hold(const Message& update) {
    const std::size_t levels = update.bids.size() + update.asks.size();
    if (levels_held_ + levels > levels_held_max) {
        held_.clear(); // the snapshot to come is newer, or another one is fetched
        levels_held_ = 0;
    }
    levels_held_ += levels;
    held_.push_back(
        {update.exchange_at, update.first_id, update.last_id, update.bids, update.asks});
}

BookSync::Verdict BookSync::on_update(const Message& update) {
    if (!synchronised_) {
        hold(update);
        return Verdict::held;
    }
    const Verdict verdict = judge(update.first_id, update.last_id);
    if (verdict == Verdict::gap) hold(update);
    return verdict;
}

BookSync::Snapshot BookSync::on_snapshot(std::uint64_t last_update_id) {
    if (synchronised_) return Snapshot::unwanted;
    if (!held_.empty() && last_update_id + 1 < held_.front().first_id) return Snapshot::too_old;
    synchronised_ = true;
    id_ = last_update_id;
    return Snapshot::joined;
}

bool BookSync::take_held(Update& update) {
    while (synchronised_ && !held_.empty()) {
        const Verdict verdict = judge(held_.front().first_id, held_.front().last_id);
        if (verdict == Verdict::gap) return false;
        update = std::move(held_.front());
        levels_held_ -= update.bids.size() + update.asks.size();
        held_.pop_front();
        if (verdict == Verdict::apply) return true;
    }
    return false;
}

void BookSync::lose() {
    synchronised_ = false;
    held_.clear();
    levels_held_ = 0;
}

} // namespace grekko::binance
