// Saves an indicator into flat bytes and restores it exactly: what continues after a load gives the
// same bits as what was never interrupted. It is not an exchange format: the bytes belong to one
// indicator with the same parameters and one version of this header. The host calls it for
// snapshots and reloads. Layout: little-endian 64-bit words; magic and version, word count, fields.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace grekko::ta {

// Rises whenever any indicator changes what it saves or how it computes.
inline constexpr std::uint64_t archive_version = 1;
inline constexpr std::uint64_t archive_magic = 0x4154'4f4b'4b45'5247; // "GREKKOTA"

namespace detail {

static_assert(std::endian::native == std::endian::little);

struct CountWords {
    static constexpr bool reads = false;
    std::size_t words = 0;
    void put(std::uint64_t) { ++words; }
};

struct WriteWords {
    static constexpr bool reads = false;
    std::byte* at;
    void put(std::uint64_t word) {
        std::memcpy(at, &word, sizeof word);
        at += sizeof word;
    }
};

// Run twice: once to check everything, changing nothing, and once to store.
struct ReadWords {
    static constexpr bool reads = true;
    const std::byte* at;
    bool stores;
    bool ok = true;
    std::uint64_t get() {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        at += sizeof word;
        return word;
    }
};

// What an indicator's visit() talks to. The number of words depends on the parameters alone.
template <class Words>
class Fields {
public:
    explicit Fields(Words& words) : words_{words} {}

    template <class... Field>
    void operator()(Field&... fields) {
        (one(fields), ...);
    }

    // A parameter: written, and on reading it must be what this object was made with.
    void same(std::uint64_t parameter) {
        if constexpr (Words::reads) {
            words_.ok &= words_.get() == parameter;
        } else {
            words_.put(parameter);
        }
    }
    void same(double parameter) { same(std::bit_cast<std::uint64_t>(parameter)); }

    // A position or count that must stay at or below `most`, whatever the bytes say.
    template <class Field>
    void bounded(Field& field, std::uint64_t most) {
        if constexpr (Words::reads) {
            const std::uint64_t word = words_.get();
            words_.ok &= word <= most;
            if (words_.stores) field = static_cast<Field>(word);
        } else {
            words_.put(field);
        }
    }

    // True in the pass that changes the object: derived fields are rebuilt then.
    bool stores() const {
        if constexpr (Words::reads) {
            return words_.stores;
        } else {
            return false;
        }
    }

    // For a part behind an interface, which visits its fields itself.
    Words& words() { return words_; }

private:
    template <class Field>
    void one(Field& field) {
        if constexpr (requires { Field::visit(field, *this); }) {
            Field::visit(field, *this);
        } else if constexpr (requires { field.begin(); }) {
            for (auto& element : field) {
                one(element);
            }
        } else if constexpr (std::is_same_v<std::remove_const_t<Field>, double>) {
            number(field);
        } else {
            static_assert(std::is_unsigned_v<Field>);
            bounded(field, std::is_same_v<Field, bool> ? 1 : ~std::uint64_t{0});
        }
    }

    void number(auto& field) {
        if constexpr (Words::reads) {
            const std::uint64_t word = words_.get();
            if (words_.stores) field = std::bit_cast<double>(word);
        } else {
            words_.put(std::bit_cast<std::uint64_t>(field));
        }
    }

    Words& words_;
};

template <class T, class Words>
void visit(T& object, Words& words) {
    Fields<Words> fields{words};
    fields(object);
}

} // namespace detail

// Bytes that `save` writes; depends on the parameters alone. [any]
template <class T>
std::size_t saved_size(const T& object) {
    detail::CountWords words;
    detail::visit(object, words);
    return (words.words + 2) * sizeof(std::uint64_t);
}

// Writes exactly saved_size() bytes to the front of `bytes`; false (nothing written) if too small.
template <class T>
bool save(const T& object, std::span<std::byte> bytes) {
    const std::size_t size = saved_size(object);
    if (bytes.size() < size) return false;
    detail::WriteWords words{bytes.data()};
    words.put(archive_magic ^ archive_version);
    words.put(size);
    detail::visit(object, words);
    return true;
}

// Restores what `save` wrote. False, and the object is unchanged, if the bytes are of another
// version, size, indicator parameters, or hold a position out of range. `bytes` may be hostile.
template <class T>
bool load(T& object, std::span<const std::byte> bytes) {
    const std::size_t size = saved_size(object);
    if (bytes.size() != size) return false;
    detail::ReadWords check{bytes.data(), false};
    check.ok = check.get() == (archive_magic ^ archive_version);
    check.ok &= check.get() == size;
    detail::visit(object, check);
    if (!check.ok) return false;
    detail::ReadWords words{bytes.data() + 2 * sizeof(std::uint64_t), true};
    detail::visit(object, words);
    return true;
}

} // namespace grekko::ta
