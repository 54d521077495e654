// IdMap: values by id, found in constant time however many there are. A flat table of (id, slot)
// with multiplicative placing; values stay where they are until erased, so references hold. It has
// no iteration: nothing can depend on the order of its table, and the archive goes by id.
// It is not a cache: it grows with what is put in. core/risk keeps open orders in it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "base/assert.hpp"

namespace grekko {

// Id has value() and is not zero; Value has a default.
template <class Id, class Value>
class IdMap {
public:
    std::size_t size() const { return used_; }

    // Null where the id is not in.
    Value* find(Id id) {
        const std::size_t at = place(id.value());
        return occupied(at) ? &slots_[table_[at].slot] : nullptr;
    }
    const Value* find(Id id) const { return const_cast<IdMap*>(this)->find(id); }

    // A default value under a new id; ASSERT that the id is not none and not in.
    Value& insert(Id id) {
        ASSERT(id.value() != 0);
        if (2 * (used_ + 1) > table_.size()) grow(std::max<std::size_t>(16, 2 * table_.size()));
        const std::size_t at = place(id.value());
        ASSERT(!occupied(at));
        table_[at] = {id.value(), take_slot()};
        ++used_;
        return slots_[table_[at].slot];
    }

    // False where it was not in.
    bool erase(Id id) {
        std::size_t hole = place(id.value());
        if (!occupied(hole)) return false;
        slots_[table_[hole].slot] = Value{};
        free_.push_back(table_[hole].slot);
        --used_;
        // Whatever was pushed along by the one that leaves moves back.
        for (std::size_t at = next(hole); table_[at].id != 0; at = next(at)) {
            const std::size_t home = home_of(table_[at].id);
            if (((at - home) & mask()) < ((at - hole) & mask())) continue;
            table_[hole] = table_[at];
            hole = at;
        }
        table_[hole] = {};
        return true;
    }

    // Makes room for `count` values at once.
    void reserve(std::size_t count) {
        const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, 2 * count));
        if (size > table_.size()) grow(size);
    }

    // By id, so that equal contents have equal bytes whatever came and went before.
    void fields(auto& archive) {
        std::uint64_t count = used_;
        archive(count);
        if constexpr (requires { archive.ok(); }) {
            *this = IdMap{};
            for (; count > 0 && archive.ok(); --count) {
                typename Id::value_type id{};
                archive(id);
                if (!archive.ok() || id == 0 || find(Id{id}) != nullptr) continue;
                archive(insert(Id{id}));
            }
        } else {
            std::vector<Entry> entries;
            entries.reserve(used_);
            std::copy_if(table_.begin(), table_.end(), std::back_inserter(entries),
                         [](const Entry& entry) { return entry.id != 0; });
            std::sort(entries.begin(), entries.end(),
                      [](const Entry& a, const Entry& b) { return a.id < b.id; });
            for (const Entry& entry : entries) {
                auto id = static_cast<typename Id::value_type>(entry.id);
                archive(id, slots_[entry.slot]);
            }
        }
    }

private:
    struct Entry {
        std::uint64_t id{0}; // 0: empty
        std::uint32_t slot{0};
        std::uint32_t reserved{0};
    };

    std::size_t mask() const { return table_.size() - 1; }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
    std::size_t home_of(std::uint64_t id) const {
        return static_cast<std::size_t>((id * 0x9E3779B97F4A7C15ULL) >> 20U) & mask();
    }
    bool occupied(std::size_t at) const { return at < table_.size() && table_[at].id != 0; }
    // Where the id is, or the empty place where it would be.
    std::size_t place(std::uint64_t id) const {
        if (table_.empty() || id == 0) return table_.size();
        std::size_t at = home_of(id);
        while (table_[at].id != 0 && table_[at].id != id) at = next(at);
        return at;
    }
    std::uint32_t take_slot() {
        if (free_.empty()) {
            slots_.emplace_back();
            return static_cast<std::uint32_t>(slots_.size() - 1);
        }
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        return slot;
    }
    void grow(std::size_t size) {
        std::vector<Entry> old(size);
        old.swap(table_);
        for (const Entry& entry : old) {
            if (entry.id != 0) table_[place(entry.id)] = entry;
        }
    }

    std::vector<Entry> table_; // a power of two, at most half full
    std::deque<Value> slots_;
    std::vector<std::uint32_t> free_;
    std::size_t used_{0};
};

} // namespace grekko
