// One description of a state's fields serves snapshot, restore and digest: a struct lists its
// members once in `void fields(auto& archive) { archive(a, b, c); }` and these three walk it.
// Flat values go as their bytes, so they must have no hidden padding. Not a format for other
// programs: the version stands in the snapshot. core/* and the engine use it.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace grekko {

namespace archive_detail {

template <class T, class Archive>
concept HasFields = requires(T& value, Archive& archive) { value.fields(archive); };

template <class T>
concept Flat = std::is_trivially_copyable_v<T> &&
               (std::has_unique_object_representations_v<T> || std::is_arithmetic_v<T>);

}  // namespace archive_detail

// Walks a value and gives runs of bytes to `Sink::bytes(const void*, std::size_t)`.
template <class Sink>
class ArchiveWriter {
public:
    explicit ArchiveWriter(Sink& sink) : sink_{sink} {}

    template <class... Values>
    void operator()(Values&... values) {
        (one(values), ...);
    }

private:
    template <class T>
    void one(T& value) {
        if constexpr (archive_detail::HasFields<std::remove_const_t<T>, ArchiveWriter>) {
            const_cast<std::remove_const_t<T>&>(value).fields(*this);
        } else {
            static_assert(archive_detail::Flat<std::remove_const_t<T>>,
                          "give it fields(), or spell out its padding");
            sink_.bytes(&value, sizeof(T));
        }
    }
    void one(std::string& value) {
        count(value.size());
        sink_.bytes(value.data(), value.size());
    }
    template <class T>
    void one(std::optional<T>& value) {
        count(value.has_value() ? 1 : 0);
        if (value) one(*value);
    }
    template <class A, class B>
    void one(std::pair<A, B>& value) {
        one(value.first);
        one(value.second);
    }
    template <class A, class B>
    void one(const std::pair<A, B>& value) {  // a key of a map or set
        one(value.first);
        one(value.second);
    }
    template <class T>
    void one(std::vector<T>& values) { all(values); }
    template <class T>
    void one(std::deque<T>& values) { all(values); }
    template <class T>
    void one(std::set<T>& values) { all(values); }
    template <class K, class V, class C>
    void one(std::map<K, V, C>& values) {
        count(values.size());
        for (auto& [key, value] : values) {
            one(const_cast<K&>(key));  // a writer only reads; keys may be pairs
            one(value);
        }
    }
    void one(std::vector<bool>& values) = delete;

    template <class Container>
    void all(Container& values) {
        count(values.size());
        for (auto& value : values) one(value);
    }
    void count(std::uint64_t n) { sink_.bytes(&n, sizeof n); }

    Sink& sink_;
};

// Reads back what ArchiveWriter wrote. A short or implausible input leaves ok() false and the
// values unspecified: the caller drops the state.
class ArchiveReader {
public:
    explicit ArchiveReader(std::span<const std::byte> bytes) : bytes_{bytes} {}

    template <class... Values>
    void operator()(Values&... values) {
        (one(values), ...);
    }
    bool ok() const { return ok_; }
    bool complete() const { return ok_ && bytes_.empty(); }

private:
    template <class T>
    void one(T& value) {
        if constexpr (archive_detail::HasFields<T, ArchiveReader>) {
            value.fields(*this);
        } else {
            static_assert(archive_detail::Flat<T>);
            take(&value, sizeof(T));
        }
    }
    void one(std::string& value) {
        value.resize(count(1));
        take(value.data(), value.size());
    }
    template <class T>
    void one(std::optional<T>& value) {
        value.reset();
        if (count(1) != 0) one(value.emplace());
    }
    template <class T>
    void one(std::vector<T>& values) { sequence(values); }
    template <class T>
    void one(std::deque<T>& values) { sequence(values); }
    template <class T>
    void one(std::set<T>& values) {
        values.clear();
        for (std::uint64_t n = count(1); ok_ && n > 0; --n) {
            T value{};
            one(value);
            values.insert(std::move(value));
        }
    }
    template <class A, class B>
    void one(std::pair<A, B>& value) {
        one(value.first);
        one(value.second);
    }
    template <class K, class V, class C>
    void one(std::map<K, V, C>& values) {
        values.clear();
        for (std::uint64_t n = count(1); ok_ && n > 0; --n) {
            K key{};
            one(key);
            one(values[std::move(key)]);
        }
    }

    template <class Container>
    void sequence(Container& values) {
        values.clear();
        for (std::uint64_t n = count(1); ok_ && n > 0; --n) one(values.emplace_back());
    }
    // A count of things of at least `least` bytes each: more than what is left cannot be.
    std::uint64_t count(std::size_t least) {
        std::uint64_t n = 0;
        take(&n, sizeof n);
        if (n > bytes_.size() / least) ok_ = false;
        return ok_ ? n : 0;
    }
    void take(void* to, std::size_t size) {
        if (size > bytes_.size()) ok_ = false;
        if (!ok_) return;
        if (size > 0) std::memcpy(to, bytes_.data(), size);
        bytes_ = bytes_.subspan(size);
    }

    std::span<const std::byte> bytes_;
    bool ok_{true};
};

// Sinks.
struct ByteSink {
    std::vector<std::byte>& out;
    void bytes(const void* from, std::size_t size) {
        const auto* first = static_cast<const std::byte*>(from);
        out.insert(out.end(), first, first + size);
    }
};

template <class State>
std::vector<std::byte> archive_save(const State& state) {
    std::vector<std::byte> out;
    ByteSink sink{out};
    ArchiveWriter<ByteSink> writer{sink};
    writer(state);
    return out;
}

// False where the bytes do not hold exactly one such state.
template <class State>
bool archive_load(State& state, std::span<const std::byte> bytes) {
    ArchiveReader reader{bytes};
    reader(state);
    return reader.complete();
}

}  // namespace grekko
