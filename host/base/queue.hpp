// Bounded queues between threads: SpscRing for one producer and one consumer, Mailbox for many
// producers and one consumer that may sleep. Full means refuse and count; nothing grows, nothing is
// overwritten. They order by arrival and know no priorities. runtime and io use them, core never.
#pragma once

#include <atomic>
#include <bit>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

#include "base/assert.hpp"

namespace grekko {

inline constexpr std::size_t cache_line = 64;

// Both sides never wait for each other. Capacity is a power of two (ASSERT).
template <class T>
    requires std::is_trivially_copyable_v<T>
class SpscRing {
public:
    explicit SpscRing(std::size_t capacity)
        : slots_{std::make_unique_for_overwrite<T[]>(capacity)},
          mask_{capacity - 1} {
        ASSERT(std::has_single_bit(capacity));
    }

    std::size_t capacity() const { return mask_ + 1; }
    // [any] a moment's view
    std::size_t size() const {
        const std::uint64_t taken = head_.load(std::memory_order_acquire);
        return static_cast<std::size_t>(tail_.load(std::memory_order_acquire) - taken);
    }
    // [any] how often try_push refused
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

    // [producer] false when full
    bool try_push(const T& value) {
        const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
        if (tail - head_seen_ > mask_) {
            head_seen_ = head_.load(std::memory_order_acquire);
            if (tail - head_seen_ > mask_) {
                refused_.fetch_add(1, std::memory_order_relaxed);
                return false;
            }
        }
        slots_[tail & mask_] = value;
        tail_.store(tail + 1, std::memory_order_release);
        return true;
    }

    // [consumer] false when empty
    bool try_pop(T& value) {
        return drain(1, [&value](const T& item) { value = item; }) == 1;
    }

    // [consumer] gives up to max values, oldest first, to consume(const T&); returns how many. A
    // slot is free again once the whole call is done.
    template <class Consume>
    std::size_t drain(std::size_t max, Consume&& consume) {
        const std::uint64_t head = head_.load(std::memory_order_relaxed);
        if (tail_seen_ - head < max) tail_seen_ = tail_.load(std::memory_order_acquire);
        const std::uint64_t ready = tail_seen_ - head;
        const std::uint64_t count = ready < max ? ready : max;
        for (std::uint64_t i = 0; i < count; ++i)
            consume(std::as_const(slots_[(head + i) & mask_]));
        if (count > 0) head_.store(head + count, std::memory_order_release);
        return static_cast<std::size_t>(count);
    }

private:
    const std::unique_ptr<T[]> slots_;
    const std::uint64_t mask_;
    alignas(cache_line) std::atomic<std::uint64_t> tail_{0}; // written by the producer
    std::uint64_t head_seen_{0};
    std::atomic<std::uint64_t> refused_{0};
    alignas(cache_line) std::atomic<std::uint64_t> head_{0}; // written by the consumer
    std::uint64_t tail_seen_{0};
};

// Every slot carries a turn: 2n means free for the nth round of the ring, 2n + 1 means filled.
// Producers claim a slot by advancing the tail and never wait. Capacity is a power of two (ASSERT).
template <class T>
    requires std::is_default_constructible_v<T> && std::is_nothrow_move_assignable_v<T>
class Mailbox {
public:
    explicit Mailbox(std::size_t capacity)
        : slots_{std::make_unique<Slot[]>(capacity)},
          mask_{capacity - 1},
          round_bits_{std::countr_zero(capacity)} {
        ASSERT(std::has_single_bit(capacity));
    }

    std::size_t capacity() const { return mask_ + 1; }
    // [any] a moment's view
    std::size_t size() const {
        const std::uint64_t taken = head_.load(std::memory_order_acquire);
        return static_cast<std::size_t>(tail_.load(std::memory_order_acquire) - taken);
    }
    // [any] how often try_push refused
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

    // [any] false when full; the value is moved from only when it is taken.
    template <class Value>
    bool try_push(Value&& value) {
        std::uint64_t tail = tail_.load(std::memory_order_relaxed);
        for (;;) {
            Slot& slot = slots_[tail & mask_];
            const std::uint64_t turn = slot.turn.load(std::memory_order_acquire);
            if (turn == free_turn(tail)) {
                if (!tail_.compare_exchange_weak(tail, tail + 1, std::memory_order_relaxed))
                    continue;
                slot.value = std::forward<Value>(value);
                // Sequentially consistent with parked_: either this side sees the sleeper or the
                // sleeper sees the value.
                slot.turn.store(free_turn(tail) + 1, std::memory_order_seq_cst);
                if (parked_.load(std::memory_order_seq_cst)) unpark();
                return true;
            }
            if (turn < free_turn(tail)) { // still filled from the round before
                refused_.fetch_add(1, std::memory_order_relaxed);
                return false;
            }
            tail = tail_.load(std::memory_order_relaxed);
        }
    }

    // [consumer] gives up to max values, oldest first, to consume(T&&); returns how many. Never
    // waits: a value that its producer has not finished ends the batch.
    template <class Consume>
    std::size_t drain(std::size_t max, Consume&& consume) {
        std::uint64_t head = head_.load(std::memory_order_relaxed);
        std::size_t count = 0;
        for (; count < max && filled(head, std::memory_order_acquire); ++count) {
            Slot& slot = slots_[head & mask_];
            consume(std::move(slot.value));
            slot.turn.store(free_turn(head) + 2, std::memory_order_release);
            head_.store(++head, std::memory_order_release);
        }
        return count;
    }

    // [consumer] waits until there is a value, wake() is called or the timeout is over: a short
    // spin, then sleep. True when there is a value.
    bool wait(std::chrono::nanoseconds timeout) {
        const std::uint64_t head = head_.load(std::memory_order_relaxed);
        for (int i = 0; i < spins; ++i) {
            if (filled(head, std::memory_order_acquire)) return true;
            if (timeout.count() <= 0) return false;
            pause();
        }
        std::unique_lock lock{mutex_};
        parked_.store(true, std::memory_order_seq_cst);
        const auto ready = [&] { return filled(head, std::memory_order_seq_cst) || woken_; };
        condition_.wait_for(lock, timeout, ready);
        parked_.store(false, std::memory_order_relaxed);
        woken_ = false;
        return filled(head, std::memory_order_acquire);
    }

    // [any] ends the present or the next sleep of wait.
    void wake() {
        {
            const std::lock_guard lock{mutex_};
            woken_ = true;
        }
        condition_.notify_one();
    }

private:
    struct alignas(cache_line) Slot {
        std::atomic<std::uint64_t> turn{0};
        T value{};
    };
    static constexpr int spins = 200;

    std::uint64_t free_turn(std::uint64_t position) const { return (position >> round_bits_) * 2; }
    bool filled(std::uint64_t head, std::memory_order order) const {
        return slots_[head & mask_].turn.load(order) == free_turn(head) + 1;
    }
    [[gnu::noinline]] void unpark() {
        {
            const std::lock_guard lock{mutex_};
        } // the sleeper is asleep or has not looked yet
        condition_.notify_one();
    }
    static void pause() {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
    }

    const std::unique_ptr<Slot[]> slots_;
    const std::uint64_t mask_;
    const int round_bits_;
    alignas(cache_line) std::atomic<std::uint64_t> tail_{0};
    alignas(cache_line) std::atomic<std::uint64_t> head_{0};
    alignas(cache_line) std::atomic<std::uint64_t> refused_{0};
    std::atomic<bool> parked_{false};
    std::condition_variable condition_;
    std::mutex mutex_; // guards woken_
    bool woken_{false};
};

} // namespace grekko
