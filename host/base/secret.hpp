// Secret<T>: a key, password or token. It cannot be printed, copied by accident or compared in
// variable time, and its bytes are zero after it is gone. It does not encrypt and cannot wipe
// copies that others made of expose(). io/secrets makes them, io/signer and io/http use them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace grekko {

// Zeroes memory in a way that no optimiser removes.
void wipe(std::span<std::byte> bytes) noexcept;

// Compares in a time that depends on the sizes alone.
bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b) noexcept;

template <class T>
concept SecretBuffer = requires(T value) {
    value.data();
    value.size();
    requires std::is_trivially_copyable_v<std::remove_reference_t<decltype(*value.data())>>;
};

// T is a string, vector or array of plain bytes, or a trivially copyable struct.
template <class T>
    requires SecretBuffer<T> || std::is_trivially_copyable_v<T>
class Secret {
public:
    // Takes the value over and wipes where it came from.
    explicit Secret(T&& value) : value_{std::move(value)} { wipe_value(value); }
    ~Secret() { wipe_value(value_); }

    Secret(Secret&& other) noexcept : value_{std::move(other.value_)} { wipe_value(other.value_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe_value(value_);
            value_ = std::move(other.value_);
            wipe_value(other.value_);
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    // A copy, spelled out so that a search finds every one.
    Secret duplicate() const {
        T copy = value_;
        return Secret{std::move(copy)};
    }

    // The value itself; whoever calls this must not keep, log or send it on.
    const T& expose() const { return value_; }

    bool equals(const Secret& other) const noexcept {
        return equal_in_constant_time(bytes(value_), bytes(other.value_));
    }
    bool operator==(const Secret&) const = delete;
    template <class Stream>
    friend Stream& operator<<(Stream&, const Secret&) = delete;

private:
    static std::span<const std::byte> bytes(const T& value) {
        if constexpr (SecretBuffer<T>) {
            return std::as_bytes(std::span{value.data(), value.size()});
        } else {
            return std::as_bytes(std::span{std::addressof(value), 1});
        }
    }
    static void wipe_value(T& value) noexcept {
        if constexpr (requires { value.resize(value.capacity()); }) {
            value.resize(value.capacity()); // what an earlier, longer value left; never allocates
        }
        if constexpr (SecretBuffer<T>) {
            wipe(std::as_writable_bytes(std::span{value.data(), value.size()}));
            if constexpr (requires { value.clear(); }) value.clear();
        } else {
            wipe(std::as_writable_bytes(std::span{std::addressof(value), 1}));
        }
    }

    T value_;
};

} // namespace grekko
