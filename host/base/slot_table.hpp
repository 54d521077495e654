// SlotTable: records under keys that only ever grow (sequences of the journal), in flat memory.
// Finding is a binary search, adding is at the end, erasing leaves a mark that is swept when half
// of the index is marks: all flat to a million records. Not for keys in any other order.
// core/execution keeps its orders and parents in it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/assert.hpp"

namespace grekko {

template <class Key, class Record>
class SlotTable {
public:
    std::size_t size() const { return index_.size() - dead_; }
    bool empty() const { return size() == 0; }

    // ASSERT that `key` is above every key ever held. The reference lives until the next insert.
    Record& insert(Key key, Record record) {
        ASSERT(key > last_);
        last_ = key;
        std::uint32_t slot = static_cast<std::uint32_t>(slots_.size());
        if (free_.empty()) {
            slots_.push_back(std::move(record));
        } else {
            slot = free_.back();
            free_.pop_back();
            slots_[slot] = std::move(record);
        }
        index_.push_back({key, slot, 1});
        return slots_[slot];
    }

    // Null where there is none.
    const Record* find(Key key) const {
        const auto entry = position(key);
        return entry == index_.end() ? nullptr : &slots_[entry->slot];
    }
    Record* find(Key key) {
        const auto entry = position(key);
        return entry == index_.end() ? nullptr : &slots_[entry->slot];
    }

    // False where there is none.
    bool erase(Key key) {
        const auto entry = position(key);
        if (entry == index_.end()) return false;
        slots_[entry->slot] = Record{};
        free_.push_back(entry->slot);
        index_[static_cast<std::size_t>(entry - index_.begin())].live = 0;
        ++dead_;
        if (dead_ > sweep_min && dead_ * 2 > index_.size()) sweep();
        return true;
    }

    void fields(auto& archive) { archive(slots_, free_, index_, dead_, last_); }

private:
    static constexpr std::size_t sweep_min = 64;

    struct Entry {
        Key key{};
        std::uint32_t slot{0};
        std::uint32_t live{0};
        void fields(auto& archive) { archive(key, slot, live); }
    };

    auto position(Key key) const {
        const auto entry = std::lower_bound(index_.begin(), index_.end(), key,
                                            [](const Entry& e, Key k) { return e.key < k; });
        if (entry == index_.end() || entry->key != key || entry->live == 0) return index_.end();
        return entry;
    }
    void sweep() {
        std::erase_if(index_, [](const Entry& e) { return e.live == 0; });
        dead_ = 0;
    }

    std::vector<Record> slots_;
    std::vector<std::uint32_t> free_;
    std::vector<Entry> index_;
    std::uint64_t dead_{0};
    Key last_{};
};

} // namespace grekko
